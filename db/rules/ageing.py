"""What is owed and for how long: ages of accounts, their limits and terms, bad and dead debt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from db.rules.errors import Refusal
from db.rules.money import round_half_up_div
from db.rules.months import add_months
from db.rules.rights import Right, who_may

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable

TERM_MONTHS = 3
TERM_MONTHS_GOVERNMENT = 6
BAD_DAYS = 180
DEAD_DAYS = 365


class DebtState(StrEnum):
    """How an unpaid settlement stands."""

    WITHIN_TERM = "within_term"
    OVERDUE = "overdue"
    BAD = "bad"
    """壞賬"""
    DEAD = "dead"
    """死賬"""


class AgeBand(StrEnum):
    """Days since settlement by which what is owed is laid out."""

    UP_TO_30 = "0-30"
    UP_TO_60 = "31-60"
    UP_TO_90 = "61-90"
    OVER_90 = "over_90"


_BANDS = ((30, AgeBand.UP_TO_30), (60, AgeBand.UP_TO_60), (90, AgeBand.UP_TO_90))


@dataclass(frozen=True, slots=True)
class Debt:
    """An open settlement: the shop's day on which it was settled, and what is left of it in fen."""

    settled_on: dt.date
    left: int
    due_on: dt.date | None = None


def due_on(settled_on: dt.date, months: int | None = None, government: bool = False) -> dt.date:
    """The last day on which a settlement is within its term: the customer's own months, but never more than the longest that is allowed."""
    longest = TERM_MONTHS_GOVERNMENT if government else TERM_MONTHS
    return add_months(settled_on, longest if months is None else min(max(months, 0), longest))


def age_in_days(settled_on: dt.date, today: dt.date) -> int:
    """Days since settlement, both days the shop's; 0 on the day itself."""
    return max((today - settled_on).days, 0)


def age_band(days: int) -> AgeBand:
    """The column of an ageing list."""
    return next((band for limit, band in _BANDS if days <= limit), AgeBand.OVER_90)


def debt_state(debt: Debt, today: dt.date, bad_days: int = BAD_DAYS, dead_days: int = DEAD_DAYS) -> DebtState:
    """Dead over `dead_days`, bad over `bad_days`, else by its term."""
    days = age_in_days(debt.settled_on, today)
    if days > dead_days:
        return DebtState.DEAD
    if days > bad_days:
        return DebtState.BAD
    return DebtState.OVERDUE if debt.due_on is not None and today > debt.due_on else DebtState.WITHIN_TERM


def aged(debts: Iterable[Debt], today: dt.date) -> dict[AgeBand, int]:
    """What is owed in fen in each column, all four there."""
    bands = dict.fromkeys(AgeBand, 0)
    for debt in debts:
        bands[age_band(age_in_days(debt.settled_on, today))] += debt.left
    return bands


def account_limit(gross_of_six_months: int, fixed: int | None = None) -> int:
    """What an account customer may owe in fen: fixed, else a sixth of the gross profit that he brought in the last six months, never below 0."""
    return fixed if fixed is not None else max(round_half_up_div(gross_of_six_months, 6), 0)


def beyond_account(debts: Collection[Debt], new: int, limit: int, today: dt.date) -> tuple[str, ...]:
    """What speaks against a new account settlement of `new` fen, all at once: over_limit, over_term."""
    owed = sum(debt.left for debt in debts)
    reasons = (
        ("over_limit", owed + new > limit),
        ("over_term", any(debt.left > 0 and debt_state(debt, today) is not DebtState.WITHIN_TERM for debt in debts)),
    )
    return tuple(reason for reason, speaks in reasons if speaks)


def check_account(rights: Collection[Right], debts: Collection[Debt], new: int, limit: int, today: dt.date) -> None:
    """Nothing, when a settlement may go on account: within limit and term, or by a manager.

    Refusal account_needs_manager (reasons: over_limit, over_term; owed_fen, new_fen, limit_fen; roles: who may).
    """
    reasons = beyond_account(debts, new, limit, today)
    if reasons and Right.REOPEN not in rights:
        roles = [role.value for role in who_may(Right.REOPEN)]
        raise Refusal("account_needs_manager", reasons=list(reasons), owed_fen=sum(debt.left for debt in debts), new_fen=new, limit_fen=limit, roles=roles)
