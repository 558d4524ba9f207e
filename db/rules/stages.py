"""The clock of a claim's stages: when each could start, what was waiting and what was work, what ran over, and when the car will be ready."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from db.rules.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.rules.working_calendar import WorkingCalendar

_MINUTE = dt.timedelta(minutes=1)

DELIVERY = "delivery"


class StageState(StrEnum):
    """How a stage is shown."""

    NOT_NEEDED = "not_needed"
    NOT_STARTED = "not_started"
    """Something before it is still to be done."""
    WAITING = "waiting"
    """It could start, or has started and is put to waiting."""
    IN_PROGRESS = "in_progress"
    DONE = "done"


class FallsTo(StrEnum):
    """Whom an overrun falls to: a role of the shop, somebody outside, or nobody."""

    ADVISOR = "advisor"
    TECHNICIAN = "technician"
    FOREMAN = "foreman"
    ACCIDENT = "accident"
    CASHIER = "cashier"
    PARTS = "parts"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"
    INSURER = "insurer"
    CUSTOMER = "customer"
    SUPPLIER = "supplier"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Wait:
    """A span in which a stage was put to waiting; without an end it lasts."""

    since: dt.datetime
    until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """One row of a claim's stages. A stage may open again: then a further row has the same code and a later `opened_at`.

    `after` are the codes that must be done before it, or not needed; a row of them that opened only after this one had started does not
    count. Minutes are working minutes of the shop, or round the clock. All moments aware.
    """

    key: int
    code: str
    after: tuple[str, ...]
    standard_minutes: int
    opened_at: dt.datetime
    needed: bool = True
    round_the_clock: bool = False
    started_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    waits: tuple[Wait, ...] = ()


@dataclass(frozen=True, slots=True)
class StageClock:
    """A stage's clock in minutes, from when it could start to its end, or to now.

    `minutes` is `waiting` and `work` together; the standard and the overrun compare all of it.
    """

    could_start_at: dt.datetime | None
    minutes: int
    waiting: int
    work: int
    standard: int
    overrun: int
    state: StageState


@dataclass(frozen=True, slots=True)
class StageForecast:
    """When the car can be given back, and why not sooner.

    `ends` holds the end, real or expected, of every stage by key; `path` the keys of the longest path to the delivery, done stages too; `held_by` is
    the first on it that is not done, None once the car is delivered.
    """

    delivery_at: dt.datetime
    held_by: int | None
    path: tuple[int, ...]
    ends: dict[int, dt.datetime]


def before(stage: Stage, stages: Iterable[Stage]) -> list[Stage]:
    """The rows that must be done, or not needed, before this one."""
    return [
        other for other in stages if other.key != stage.key and other.code in stage.after and (stage.started_at is None or other.opened_at <= stage.started_at)
    ]


def could_start_at(stage: Stage, stages: Iterable[Stage]) -> dt.datetime | None:
    """When all before a stage was done, and it was open itself; None while something is missing."""
    # A stage that is not needed passes on what came before it, so that a skipped step opens nothing too early.
    return _free_at(stage, list(stages), ())


def _free_at(stage: Stage, stages: Sequence[Stage], on_the_way: tuple[int, ...]) -> dt.datetime | None:
    if stage.key in on_the_way:
        raise Refusal("stages_in_circle", stages=sorted({other.code for other in stages if other.key in on_the_way}))
    free = stage.opened_at
    for other in before(stage, stages):
        ended = other.ended_at if other.needed else _free_at(other, stages, (*on_the_way, stage.key))
        if ended is None:
            return None
        free = max(free, ended)
    return free


def _open_before(stage: Stage, stages: Sequence[Stage]) -> set[str]:
    """The codes of what a stage waits for; what a step that is not needed would have waited for counts in its place."""
    codes: set[str] = set()
    for other in before(stage, stages):
        if not other.needed:
            codes |= _open_before(other, stages)
        elif other.ended_at is None:
            codes.add(other.code)
    return codes


def clock(stage: Stage, stages: Sequence[Stage], calendar: WorkingCalendar, now: dt.datetime) -> StageClock:
    """The stage's clock as it stands at `now`."""
    free = could_start_at(stage, stages)
    if not stage.needed or free is None or free > now:
        return StageClock(free, 0, 0, 0, stage.standard_minutes, 0, _state(stage, free, now))
    end = stage.ended_at or now
    started = stage.started_at or end
    # What was waited before the start is waiting whether anybody wrote it down or not.
    spans = [(free, max(started, free)), *((max(wait.since, started), min(wait.until or end, end)) for wait in stage.waits)]
    minutes = minutes_of(stage, free, end, calendar)
    waiting = min(sum(minutes_of(stage, since, until, calendar) for since, until in _merged(spans)), minutes)
    overrun = max(minutes - stage.standard_minutes, 0)
    return StageClock(free, minutes, waiting, minutes - waiting, stage.standard_minutes, overrun, _state(stage, free, now))


def minutes_of(stage: Stage, start: dt.datetime, end: dt.datetime, calendar: WorkingCalendar) -> int:
    """Minutes from `start` to `end` as the stage counts them; 0 when the end comes first."""
    if end <= start:
        return 0
    return (end - start) // _MINUTE if stage.round_the_clock else calendar.minutes_between(start, end)


def check_start(stage: Stage, stages: Sequence[Stage], started_at: dt.datetime) -> None:
    """Nothing, when the stage may have started then.

    Refusals: stage_not_needed (stage); stage_waits_for (stage, stages: what is not done); stage_starts_too_early (stage, started_at, could_start_at).
    """
    if not stage.needed:
        raise Refusal("stage_not_needed", stage=stage.code)
    free = could_start_at(stage, stages)
    if free is None:
        raise Refusal("stage_waits_for", stage=stage.code, stages=sorted(_open_before(stage, stages)))
    if started_at < free:
        raise Refusal("stage_starts_too_early", stage=stage.code, started_at=started_at, could_start_at=free)


def check_end(stage: Stage, stages: Iterable[Stage], ended_at: dt.datetime) -> None:
    """Nothing, when the stage may have ended then.

    Refusals: stage_not_started (stage); stage_ends_too_early (stage, ended_at, started_at); stage_ends_too_late (stage, ended_at, next_started_at)
    for an end after something that needed it has started.
    """
    if stage.started_at is None:
        raise Refusal("stage_not_started", stage=stage.code)
    earliest = max([stage.started_at, *(wait.until or wait.since for wait in stage.waits)])
    if ended_at < earliest:
        raise Refusal("stage_ends_too_early", stage=stage.code, ended_at=ended_at, started_at=earliest)
    followers = [other.started_at for other in stages if stage.code in other.after and other.started_at is not None and stage.opened_at <= other.started_at]
    if followers and min(followers) < ended_at:
        raise Refusal("stage_ends_too_late", stage=stage.code, ended_at=ended_at, next_started_at=min(followers))


def check_sign(stage: Stage, its_clock: StageClock, reason: str, falls_to: FallsTo | None) -> None:
    """Nothing, when the stage may be signed: done, and over its standard only with a reason and the one it falls to.

    Refusals: stage_not_ended (stage); overrun_needs_reason (stage, overrun_minutes).
    """
    if stage.needed and stage.ended_at is None:
        raise Refusal("stage_not_ended", stage=stage.code)
    if its_clock.overrun and (not reason.strip() or falls_to is None):
        raise Refusal("overrun_needs_reason", stage=stage.code, overrun_minutes=its_clock.overrun)


def forecast(stages: Sequence[Stage], calendar: WorkingCalendar, now: dt.datetime, target: str = DELIVERY) -> StageForecast | None:
    """The longest path through what is left, at standard times; None without a stage of the target's code that is needed.

    A stage that has begun ends at its standard from when it could start, but not before now. Refusal stages_in_circle (stages).
    """
    ends: dict[int, dt.datetime] = {}
    held: dict[int, Stage | None] = {}
    for stage in _in_order(stages):
        needs = before(stage, stages)
        held[stage.key] = max(needs, key=lambda other: (ends[other.key], other.key), default=None)
        free = max([stage.opened_at, *(ends[other.key] for other in needs)])
        if not stage.needed:
            ends[stage.key] = free
        elif stage.ended_at is not None:
            ends[stage.key] = stage.ended_at
        else:
            start = free if stage.started_at is not None else max(free, now)
            ends[stage.key] = max(_after(stage, start, calendar), now)
    last = max((stage for stage in stages if stage.code == target and stage.needed), key=lambda stage: (ends[stage.key], stage.key), default=None)
    if last is None:
        return None
    path: list[Stage] = []
    step: Stage | None = last
    while step is not None:
        if step.needed:
            path.append(step)
        step = held[step.key]
    path.reverse()
    held_by = next((stage.key for stage in path if stage.ended_at is None), None)
    return StageForecast(ends[last.key], held_by, tuple(stage.key for stage in path), ends)


def _after(stage: Stage, start: dt.datetime, calendar: WorkingCalendar) -> dt.datetime:
    return start + stage.standard_minutes * _MINUTE if stage.round_the_clock else calendar.add_minutes(start, stage.standard_minutes)


def _in_order(stages: Sequence[Stage]) -> list[Stage]:
    """The stages with all that each needs before it."""
    left, done, order = list(stages), set[int](), list[Stage]()
    while left:
        ready = [stage for stage in left if all(other.key in done for other in before(stage, stages))]
        if not ready:
            raise Refusal("stages_in_circle", stages=sorted({stage.code for stage in left}))
        order += ready
        done.update(stage.key for stage in ready)
        left = [stage for stage in left if stage.key not in done]
    return order


def _merged(spans: Iterable[tuple[dt.datetime, dt.datetime]]) -> list[tuple[dt.datetime, dt.datetime]]:
    merged: list[tuple[dt.datetime, dt.datetime]] = []
    for since, until in sorted(span for span in spans if span[0] < span[1]):
        if merged and since <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], until))
        else:
            merged.append((since, until))
    return merged


def _state(stage: Stage, free: dt.datetime | None, now: dt.datetime) -> StageState:
    if not stage.needed:
        return StageState.NOT_NEEDED
    if stage.ended_at is not None:
        return StageState.DONE
    if stage.started_at is None:
        return StageState.NOT_STARTED if free is None or free > now else StageState.WAITING
    return StageState.WAITING if any(wait.until is None or wait.until > now for wait in stage.waits if wait.since <= now) else StageState.IN_PROGRESS
