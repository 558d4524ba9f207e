"""What falls due and when: schedule items, the first service's window, and customers who drift away."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from db.rules.months import add_months

if TYPE_CHECKING:
    from collections.abc import Iterable

SOON_DAYS = 30
SOON_KILOMETRES = 1000
DRIFT_MONTHS = (3, 6, 9)
RETAINED_MONTHS = 12

_LIFE = 36_500
_FIRST_SERVICE = "FIRST"


class DueBy(StrEnum):
    """Which of the two came first."""

    DATE = "date"
    KILOMETRES = "kilometres"


class DueState(StrEnum):
    DUE = "due"
    """Today or before."""
    SOON = "soon"
    LATER = "later"


class WindowState(StrEnum):
    NOT_OPEN = "not_open"
    OPEN = "open"
    CLOSED = "closed"


class Drift(StrEnum):
    """How far a customer has gone."""

    ACTIVE = "active"
    DRIFTING = "drifting"
    GOING = "going"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class ScheduleRule:
    """An item of a schedule: every so many km or months, whichever comes first; at least one of the two."""

    code: str
    kilometres: int | None
    months: int | None

    def in_severe_use(self) -> ScheduleRule:
        """The same at half the interval, rounded down."""
        return ScheduleRule(self.code, None if self.kilometres is None else self.kilometres // 2, None if self.months is None else self.months // 2)


@dataclass(frozen=True, slots=True)
class LastDone:
    """When an item was done last, or the day of purchase at 0 km. `kilometres` None where only the day is known."""

    on: dt.date
    kilometres: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a car stands: its last reading, that day, and how many metres it goes a day since."""

    on: dt.date
    kilometres: int
    metres_per_day: int

    def kilometres_on(self, day: dt.date) -> int:
        """What the odometer shows on a day from the reading on, whole km."""
        return self.kilometres + max((day - self.on).days, 0) * self.metres_per_day // 1000

    def day_of(self, kilometres: int) -> dt.date | None:
        """The first day on which the odometer shows so many; of what lies behind, the day worked out backwards. None: a car that stands still."""
        left = (kilometres - self.kilometres) * 1000
        if left == 0:
            return self.on
        if not self.metres_per_day:
            return self.on if left < 0 else None
        days = -(-left // self.metres_per_day)
        # A day that lies a human life ahead is no forecast; the calendar has no room for one that lies farther back.
        return None if days > _LIFE else self.on + dt.timedelta(max(days, -_LIFE))


@dataclass(frozen=True, slots=True)
class Due:
    """When an item is due, and where that comes from: the rule, what was done last, and the standing it was worked out with."""

    code: str
    on: dt.date
    by: DueBy
    by_date: dt.date | None
    by_kilometres: int | None
    rule: ScheduleRule
    last_done: LastDone
    standing: Standing | None

    def days_left(self, today: dt.date) -> int:
        """Days until it is due; below 0 when it is past."""
        return (self.on - today).days

    def kilometres_left(self, today: dt.date) -> int | None:
        """Kilometres until it is due, by the expected reading of that day; None without a figure or a reading."""
        if self.by_kilometres is None or self.standing is None:
            return None
        return self.by_kilometres - self.standing.kilometres_on(today)

    def state(self, today: dt.date, soon_days: int = SOON_DAYS, soon_kilometres: int = SOON_KILOMETRES) -> DueState:
        """Due, soon (by days or by km) or later."""
        kilometres = self.kilometres_left(today)
        if self.on <= today or (kilometres is not None and kilometres <= 0):
            return DueState.DUE
        if self.days_left(today) <= soon_days or (kilometres is not None and kilometres <= soon_kilometres):
            return DueState.SOON
        return DueState.LATER


def due(rule: ScheduleRule, last_done: LastDone, standing: Standing | None) -> Due | None:
    """When an item is due: the earliest of its date and the day on which its km will be reached; never before it was done last.

    None when neither can be worked out (km alone, and no reading, or a car that stands still).
    """
    by_date = None if rule.months is None else add_months(last_done.on, rule.months)
    by_kilometres = None if rule.kilometres is None or last_done.kilometres is None else last_done.kilometres + rule.kilometres
    reached = None if by_kilometres is None or standing is None else standing.day_of(by_kilometres)
    if reached is not None:
        reached = max(reached, last_done.on)
    if by_date is not None and (reached is None or by_date <= reached):
        return Due(rule.code, by_date, DueBy.DATE, by_date, by_kilometres, rule, last_done, standing)
    if reached is not None:
        return Due(rule.code, reached, DueBy.KILOMETRES, by_date, by_kilometres, rule, last_done, standing)
    return None


def next_due(dues: Iterable[Due]) -> Due | None:
    """The one that comes first; None of none."""
    return min(dues, key=lambda item: (item.on, item.code), default=None)


@dataclass(frozen=True, slots=True)
class FirstServiceRule:
    """When the first service is due after purchase, and by how much it may be early or late."""

    kilometres: int
    months: int
    tolerance_kilometres: int
    tolerance_days: int


@dataclass(frozen=True, slots=True)
class FirstServiceWindow:
    """When the first service may be used: due less and plus the tolerance, by date or km, whichever comes first."""

    opens_on: dt.date
    closes_on: dt.date
    closes_by: DueBy
    closes_at_kilometres: int
    days_left: int
    kilometres_left: int | None
    state: WindowState


def first_service_code(maker: str | None = None) -> str:
    """The code of the schedule item that is the first service: of all makers, or of the one (its code) for whom it differs."""
    return f"{_FIRST_SERVICE}-{maker}" if maker else _FIRST_SERVICE


def first_service_window(rule: FirstServiceRule, bought_on: dt.date, standing: Standing | None, today: dt.date) -> FirstServiceWindow:
    """The window of a car bought new on that day, as it stands today."""
    due_on = add_months(bought_on, rule.months)
    opens_on = max(due_on - dt.timedelta(rule.tolerance_days), bought_on)
    closes_on, closes_by = due_on + dt.timedelta(rule.tolerance_days), DueBy.DATE
    last_kilometre = rule.kilometres + rule.tolerance_kilometres
    kilometres_left = None
    if standing is not None:
        reached = standing.day_of(max(rule.kilometres - rule.tolerance_kilometres, 0))
        passed = standing.day_of(last_kilometre)
        opens_on = opens_on if reached is None else min(opens_on, max(reached, bought_on))
        if passed is not None and passed < closes_on:
            closes_on, closes_by = max(passed, bought_on), DueBy.KILOMETRES
        kilometres_left = last_kilometre - standing.kilometres_on(today)
    if today > closes_on or (kilometres_left is not None and kilometres_left < 0):
        state = WindowState.CLOSED
    else:
        state = WindowState.OPEN if today >= opens_on else WindowState.NOT_OPEN
    return FirstServiceWindow(opens_on, closes_on, closes_by, last_kilometre, (closes_on - today).days, kilometres_left, state)


def drift(since: dt.date | None, today: dt.date, months: tuple[int, int, int] = DRIFT_MONTHS) -> Drift | None:
    """How far a customer has gone since the last visit, or the purchase when there was none, or the due date, as the shop counts.

    None when nothing is known. For passenger cars with a schedule only. `months` are those of drifting, going, lost.
    """
    if since is None:
        return None
    for state, limit in zip((Drift.LOST, Drift.GOING, Drift.DRIFTING), reversed(months), strict=True):
        if today >= add_months(since, limit):
            return state
    return Drift.ACTIVE


def is_retained(last_visit: dt.date | None, sold_here_on: dt.date | None, today: dt.date, months: int = RETAINED_MONTHS) -> bool:
    """Whether a vehicle that is still kept belongs to the retained base: seen, or sold here, in the last months."""
    since = add_months(today, -months)
    return any(day is not None and day > since for day in (last_visit, sold_here_on))
