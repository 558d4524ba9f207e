"""Accounts: ages, limits, terms, bad and dead debt."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.ageing import AgeBand, Debt, DebtState, account_limit, age_band, age_in_days, aged, beyond_account, check_account, debt_state, due_on
from db.rules.errors import Refusal
from db.rules.rights import Role, rights_of

TODAY = dt.date(2026, 11, 24)


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days)


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (0, DebtState.WITHIN_TERM),
        (90, DebtState.WITHIN_TERM),
        (91, DebtState.OVERDUE),
        (180, DebtState.OVERDUE),
        (181, DebtState.BAD),
        (365, DebtState.BAD),
        (366, DebtState.DEAD),
    ],
)
def test_how_a_debt_stands(days: int, state: DebtState) -> None:
    assert debt_state(Debt(ago(days), 100, ago(days) + dt.timedelta(90)), TODAY) is state


def test_a_government_customer_has_six_months() -> None:
    settled = dt.date(2026, 8, 31)
    assert due_on(settled) == dt.date(2026, 11, 30)
    assert due_on(settled, months=1) == dt.date(2026, 9, 30)
    assert due_on(settled, months=12) == dt.date(2026, 11, 30)
    assert due_on(settled, government=True) == dt.date(2027, 2, 28)
    assert due_on(settled, months=6, government=True) == dt.date(2027, 2, 28)


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (0, AgeBand.UP_TO_30),
        (30, AgeBand.UP_TO_30),
        (31, AgeBand.UP_TO_60),
        (60, AgeBand.UP_TO_60),
        (61, AgeBand.UP_TO_90),
        (90, AgeBand.UP_TO_90),
        (91, AgeBand.OVER_90),
    ],
)
def test_bands(days: int, band: AgeBand) -> None:
    assert age_band(days) is band
    assert age_in_days(ago(days), TODAY) == days


debts = st.lists(st.builds(Debt, st.integers(0, 800).map(ago), st.integers(0, 10**7), st.none() | st.integers(-100, 700).map(ago)), max_size=10)


@given(debts)
def test_nothing_owed_is_lost_between_the_bands(owed: list[Debt]) -> None:
    bands = aged(owed, TODAY)
    assert list(bands) == list(AgeBand)
    assert sum(bands.values()) == sum(debt.left for debt in owed)


@given(debts, st.integers(0, 400))
def test_a_debt_never_gets_better_by_waiting(owed: list[Debt], later: int) -> None:
    order = list(DebtState)
    for debt in owed:
        assert order.index(debt_state(debt, TODAY)) <= order.index(debt_state(debt, TODAY + dt.timedelta(later)))


def test_the_limit_is_a_sixth_of_six_months_gross() -> None:
    assert account_limit(600_003) == 100_001  # half a fen goes up
    assert account_limit(-5) == 0
    assert account_limit(600_000, fixed=50_000) == 50_000
    assert account_limit(600_000, fixed=0) == 0


def test_beyond_limit_and_term_needs_a_manager() -> None:
    owed = [Debt(ago(100), 40_000, ago(10)), Debt(ago(5), 10_000, ago(-85))]
    assert beyond_account(owed, 50_000, 100_000, TODAY) == ("over_term",)
    assert beyond_account(owed[1:], 90_000, 100_000, TODAY) == ()
    assert beyond_account(owed, 50_001, 100_000, TODAY) == ("over_limit", "over_term")
    assert beyond_account([Debt(ago(100), 0, ago(10))], 1, 100_000, TODAY) == ()
    check_account(rights_of([Role.MANAGER]), owed, 50_001, 100_000, TODAY)
    check_account(rights_of([Role.CASHIER]), owed[1:], 90_000, 100_000, TODAY)
    with pytest.raises(Refusal) as refused:
        check_account(rights_of([Role.CASHIER]), owed, 50_001, 100_000, TODAY)
    assert refused.value.code == "account_needs_manager"
    assert refused.value.facts == {"reasons": ["over_limit", "over_term"], "owed_fen": 50_000, "new_fen": 50_001, "limit_fen": 100_000, "roles": ["manager"]}
