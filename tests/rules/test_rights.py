"""Who may do what: the domain's table, read as it stands there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.errors import Refusal
from db.rules.rights import Right, Role, check_discount, rights_of, who_may

TABLE = """
check_in          advisor           foreman accident               manager
clock_and_inspect         technician foreman
dispatch                             foreman                       manager
self_check                technician foreman
customers         advisor            foreman accident cashier       manager
deliver           advisor                             cashier       manager
parts                                foreman                 parts manager
leads                                        accident               manager
pay_reward                                            cashier       manager
bulk_data                                                           manager administrator
claims                                       accident               manager
settle                                                cashier       manager
discount          advisor                    accident               manager
discount_over                                                       manager
see_cost                                                     parts manager
reopen                                                              manager
catalogue                                                    parts manager administrator
settings                                                            manager administrator
"""
EXPECTED = {Right(right): tuple(map(Role, roles)) for right, *roles in map(str.split, TABLE.strip().splitlines())}


def test_the_table_is_complete() -> None:
    assert set(EXPECTED) == set(Right)


@pytest.mark.parametrize("right", Right)
def test_each_row(right: Right) -> None:
    assert who_may(right) == EXPECTED[right]


@given(st.frozensets(st.sampled_from(Role)), st.frozensets(st.sampled_from(Role)))
def test_roles_add_up(first: frozenset[Role], second: frozenset[Role]) -> None:
    assert rights_of(first | second) == rights_of(first) | rights_of(second)


@given(st.frozensets(st.sampled_from(Role)), st.sampled_from(Right))
def test_who_may_and_rights_agree(roles: frozenset[Role], right: Right) -> None:
    assert (right in rights_of(roles)) == any(role in who_may(right) for role in roles)


def test_nobody_without_a_role_may_do_anything() -> None:
    assert rights_of(()) == frozenset()


@pytest.mark.parametrize(
    ("role", "basis_points", "allowed"),
    [
        (Role.ADVISOR, 500, True),
        (Role.ADVISOR, 501, False),
        (Role.ACCIDENT, 500, True),
        (Role.MANAGER, 10_000, True),
        (Role.CASHIER, 0, True),
        (Role.CASHIER, 1, False),
        (Role.TECHNICIAN, 100, False),
    ],
)
def test_discounts(role: Role, basis_points: int, allowed: bool) -> None:
    rights = rights_of([role])
    if allowed:
        check_discount(rights, basis_points)
        return
    with pytest.raises(Refusal) as refused:
        check_discount(rights, basis_points)
    assert refused.value.code == "discount_not_allowed"
    assert "manager" in refused.value.facts["roles"]


def test_the_shop_sets_the_limit() -> None:
    check_discount(rights_of([Role.ADVISOR]), 800, limit_basis_points=800)
    with pytest.raises(Refusal, match="discount_not_allowed"):
        check_discount(rights_of([Role.ADVISOR]), 1, limit_basis_points=0)


@pytest.mark.parametrize("basis_points", [-1, 10_001])
def test_no_discount_makes_a_price_higher_or_turns_it_round(basis_points: int) -> None:
    with pytest.raises(Refusal, match="discount_not_possible"):
        check_discount(rights_of(Role), basis_points)
