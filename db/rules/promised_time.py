"""When a car can be promised: its start, its work, check and wash, and a buffer, in the shop's working minutes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from db.rules.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.rules.working_calendar import WorkingCalendar

ROUND_TO = 10
"""A promise falls on full tens of minutes."""


class Skill(StrEnum):
    """What an operation asks for and a technician has."""

    MECHANICAL = "mechanical"
    ELECTRICAL = "electrical"
    HIGH_VOLTAGE = "high_voltage"
    SHEET_METAL = "sheet_metal"
    PAINT = "paint"
    WASH = "wash"


class HeldBy(StrEnum):
    """What keeps the car's work from starting or ending sooner."""

    NOTHING = "nothing"
    QUEUE = "queue"
    """The cars before it."""
    PARTS = "parts"
    SUBLET = "sublet"


@dataclass(frozen=True, slots=True)
class PlannedLabour:
    """A labour line: the skill that it asks for and its standard minutes, less what is clocked already."""

    skill: Skill
    standard_minutes: int
    clocked_minutes: int = 0

    @property
    def minutes_left(self) -> int:
        """What is still to be done; never below 0, however long it took."""
        return max(self.standard_minutes - self.clocked_minutes, 0)


@dataclass(frozen=True, slots=True)
class ExpectedDates:
    """When the parts that are not there yet come in, and when the sublets come back (aware)."""

    parts: tuple[dt.datetime, ...] = ()
    sublets: tuple[dt.datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class PromiseSettings:
    """Minutes for check and wash, and to be safe; technicians that are planned for the car."""

    check_and_wash_minutes: int = 40
    buffer_minutes: int = 20
    technicians_planned: int = 1


@dataclass(frozen=True, slots=True)
class Proposal:
    """A promised time with the four figures that it is made of, all in working minutes.

    `start_minutes` pass until the work starts at `start_at`; `work_minutes` is the longest chain of the labour (of several skills the one that
    ends last), or the time until a later sublet is back; `ready_at` is the sum, `promised_at` is rounded up to ten minutes.
    """

    start_minutes: int
    work_minutes: int
    check_and_wash_minutes: int
    buffer_minutes: int
    start_at: dt.datetime
    ready_at: dt.datetime
    promised_at: dt.datetime
    held_by: HeldBy
    skills_missing: tuple[Skill, ...]
    """Skills of its labour that no technician present has: counted as if one were free at once."""
    public_holidays_known: bool
    """False when the promise falls in a year whose public holidays are not known."""


def propose(
    lines: Iterable[PlannedLabour],
    cars_before: Iterable[Iterable[PlannedLabour]],
    technicians_present: Iterable[Iterable[Skill]],
    calendar: WorkingCalendar,
    now: dt.datetime,
    settings: PromiseSettings,
    expected_dates: ExpectedDates,
) -> Proposal:
    """The promise that the shop can make for labour `lines` at `now`.

    `cars_before` are the open authorised labour lines of each car that comes first, in their order; `technicians_present` the skills of each
    technician. Lines of one skill follow each other, shared by the technicians planned; different skills go side by side, each as soon as
    its first technician is free. A part that is expected holds the start, a sublet the end. Refusal calendar_never_open.
    """
    left: dict[Skill, int] = {}
    for line in lines:
        if line.minutes_left:
            left[line.skill] = left.get(line.skill, 0) + line.minutes_left
    free = _first_free(cars_before, [frozenset(skills) for skills in technicians_present])
    opens = calendar.next_open(now)
    parts_in = max((calendar.minutes_between(opens, at) for at in expected_dates.parts if at > opens), default=0)
    start = work = 0
    held_by = HeldBy.NOTHING
    for skill, minutes in sorted(left.items()):
        chain = -(-minutes // max(settings.technicians_planned, 1))
        begins = max(free.get(skill, 0), parts_in)
        if (begins + chain, chain) > (start + work, work):
            start, work = begins, chain
            held_by = HeldBy.NOTHING if not begins else HeldBy.PARTS if parts_in > free.get(skill, 0) else HeldBy.QUEUE
    if not left and parts_in:
        start, held_by = parts_in, HeldBy.PARTS
    sublets_back = max((calendar.minutes_between(opens, at) for at in expected_dates.sublets if at > opens), default=0)
    if sublets_back > start + work:
        work, held_by = sublets_back - start, HeldBy.SUBLET
    ready_at = calendar.add_minutes(opens, start + work + settings.check_and_wash_minutes + settings.buffer_minutes)
    promised_at = _rounded_up(ready_at, calendar)
    return Proposal(
        start_minutes=start,
        work_minutes=work,
        check_and_wash_minutes=settings.check_and_wash_minutes,
        buffer_minutes=settings.buffer_minutes,
        start_at=calendar.next_open(calendar.add_minutes(opens, start)),
        ready_at=ready_at,
        promised_at=promised_at,
        held_by=held_by,
        skills_missing=tuple(skill for skill in sorted(left) if skill not in free),
        public_holidays_known=calendar.knows_year(calendar.day_of(promised_at).year),
    )


def check_promise(promised_at: dt.datetime, now: dt.datetime, calendar: WorkingCalendar) -> None:
    """Nothing, when a time may be promised. Refusals: promised_in_past; promised_when_closed (opens_at: when the shop is next open)."""
    if promised_at <= now:
        raise Refusal("promised_in_past")
    if not calendar.is_open(promised_at) and not any(end == promised_at for _, end in calendar.spans_on(calendar.day_of(promised_at))):
        raise Refusal("promised_when_closed", opens_at=calendar.next_open(promised_at))


def _first_free(cars_before: Iterable[Iterable[PlannedLabour]], technicians: Sequence[frozenset[Skill]]) -> dict[Skill, int]:
    """Working minutes until the first technician of each skill is free, when each line goes to the one of its skill who is free first."""
    busy = [0] * len(technicians)
    for car in cars_before:
        for line in car:
            able = [position for position, skills in enumerate(technicians) if line.skill in skills]
            if able:
                # Of those who are free at once, the one with the fewest skills: who can do more is kept for what only he can do.
                chosen = min(able, key=lambda position: (busy[position], len(technicians[position]), position))
                busy[chosen] += line.minutes_left
    return {skill: min(busy[position] for position, skills in enumerate(technicians) if skill in skills) for skill in frozenset().union(*technicians)}


def _rounded_up(at: dt.datetime, calendar: WorkingCalendar) -> dt.datetime:
    """The next full ten minutes on the shop's clock, but not past the closing time before which `at` lies."""
    day = calendar.day_of(at)
    midnight = calendar.moment(day)
    ten = dt.timedelta(minutes=ROUND_TO)
    rounded = midnight - ((midnight - at) // ten) * ten
    for start, end in calendar.spans_on(day):
        if start <= at <= end:
            return min(rounded, end)
    return rounded
