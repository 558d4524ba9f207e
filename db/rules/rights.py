"""Who may do what: the roles of a shop, and the rights that each gives. Roles add up."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from db.rules.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


class Role(StrEnum):
    """What a person is in the shop."""

    ADVISOR = "advisor"
    TECHNICIAN = "technician"
    FOREMAN = "foreman"
    ACCIDENT = "accident"
    CASHIER = "cashier"
    PARTS = "parts"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """What an act asks for."""

    CHECK_IN = "check_in"
    """Check in, estimate, authorise by the customer's word."""
    CLOCK_AND_INSPECT = "clock_and_inspect"
    """Clock on and off, inspect, report a finding."""
    DISPATCH = "dispatch"
    """Dispatch, final check."""
    SELF_CHECK = "self_check"
    """Self and mutual check."""
    CUSTOMERS = "customers"
    """Customers, vehicles, appointments, contacts, promises."""
    DELIVER = "deliver"
    PARTS = "parts"
    """Hand out and order parts."""
    LEADS = "leads"
    """Leads and partners."""
    PAY_REWARD = "pay_reward"
    BULK_DATA = "bulk_data"
    """Import, full export, erase, unmasked phones in exports."""
    CLAIMS = "claims"
    """Claim stages and amounts."""
    SETTLE = "settle"
    """Settle, take payment."""
    DISCOUNT = "discount"
    """Discount up to the shop's limit."""
    DISCOUNT_OVER = "discount_over"
    """Discount over it."""
    SEE_COST = "see_cost"
    """See cost and gross."""
    REOPEN = "reopen"
    """Re-open, write off, correct a clock."""
    CATALOGUE = "catalogue"
    """Catalogue and prices."""
    SETTINGS = "settings"
    """Staff, settings, backup."""


_WHO: dict[Right, tuple[Role, ...]] = {
    Right.CHECK_IN: (Role.ADVISOR, Role.FOREMAN, Role.ACCIDENT, Role.MANAGER),
    Right.CLOCK_AND_INSPECT: (Role.TECHNICIAN, Role.FOREMAN),
    Right.DISPATCH: (Role.FOREMAN, Role.MANAGER),
    Right.SELF_CHECK: (Role.TECHNICIAN, Role.FOREMAN),
    Right.CUSTOMERS: (Role.ADVISOR, Role.FOREMAN, Role.ACCIDENT, Role.CASHIER, Role.MANAGER),
    Right.DELIVER: (Role.ADVISOR, Role.CASHIER, Role.MANAGER),
    Right.PARTS: (Role.FOREMAN, Role.PARTS, Role.MANAGER),
    Right.LEADS: (Role.ACCIDENT, Role.MANAGER),
    Right.PAY_REWARD: (Role.CASHIER, Role.MANAGER),
    Right.BULK_DATA: (Role.MANAGER, Role.ADMINISTRATOR),
    Right.CLAIMS: (Role.ACCIDENT, Role.MANAGER),
    Right.SETTLE: (Role.CASHIER, Role.MANAGER),
    Right.DISCOUNT: (Role.ADVISOR, Role.ACCIDENT, Role.MANAGER),
    Right.DISCOUNT_OVER: (Role.MANAGER,),
    Right.SEE_COST: (Role.PARTS, Role.MANAGER),
    Right.REOPEN: (Role.MANAGER,),
    Right.CATALOGUE: (Role.PARTS, Role.MANAGER, Role.ADMINISTRATOR),
    Right.SETTINGS: (Role.MANAGER, Role.ADMINISTRATOR),
}


def rights_of(roles: Iterable[Role]) -> frozenset[Right]:
    """All rights that these roles give together."""
    held = frozenset(roles)
    return frozenset(right for right, who in _WHO.items() if held.intersection(who))


def who_may(right: Right) -> tuple[Role, ...]:
    """The roles that give a right, for the sentence that says who may do what was refused."""
    return _WHO[right]


def right_for_discount(basis_points: int, limit_basis_points: int = 500) -> Right | None:
    """The right that a discount asks for; none asks for nothing. The limit itself is still within it."""
    if basis_points <= 0:
        return None
    return Right.DISCOUNT if basis_points <= limit_basis_points else Right.DISCOUNT_OVER


def check_discount(rights: Collection[Right], basis_points: int, limit_basis_points: int = 500) -> None:
    """Nothing, when these rights allow the discount.

    Refusals: discount_not_possible (basis_points) below 0 or above 100 %; discount_not_allowed (basis_points, limit_basis_points, right, roles).
    """
    if not 0 <= basis_points <= 10_000:
        raise Refusal("discount_not_possible", basis_points=basis_points)
    right = right_for_discount(basis_points, limit_basis_points)
    if right is not None and right not in rights:
        roles = [role.value for role in who_may(right)]
        raise Refusal("discount_not_allowed", basis_points=basis_points, limit_basis_points=limit_basis_points, right=right.value, roles=roles)
