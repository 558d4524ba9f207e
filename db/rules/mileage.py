"""What an odometer shows: whether a reading can be true, how far a car goes a day, what it should show by now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from db.rules.errors import Refusal
from db.rules.money import round_half_up_div

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_PER_DAY = 1500
"""Kilometres a day beyond which a reading is not believed."""

USUAL_PER_DAY = 40
"""Kilometres a day of a car whose own are not known."""

_DAY = dt.timedelta(days=1)
_READINGS = 5
_LEAST_SPAN = 30 * _DAY


class ReadingReason(StrEnum):
    """Why a reading that is not believed is kept."""

    TYPING_CORRECTED = "typing_corrected"
    CLUSTER_REPLACED = "cluster_replaced"
    OTHER_UNIT = "other_unit"


class Implausible(StrEnum):
    """What is wrong with a reading."""

    LOWER = "lower"
    TOO_FAST = "too_fast"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the odometer showed, and when (aware). With a `reason` it was kept although it was not believed: the line starts anew with it."""

    read_at: dt.datetime
    kilometres: int
    reason: ReadingReason | None = None


@dataclass(frozen=True, slots=True)
class DailyDistance:
    """How far a car goes a day in metres, and the readings that say so; none when it is the usual figure."""

    metres: int
    readings: tuple[Reading, ...] = ()

    @property
    def is_usual(self) -> bool:
        """True when nothing is known of this car yet."""
        return not self.readings


def implausible(last: Reading | None, new: Reading, most_per_day: int = MOST_PER_DAY) -> Implausible | None:
    """What is wrong with `new` after `last`; None when it can be true.

    A day is the least time that counts, so that a test drive on the day itself raises no question.
    """
    if last is None:
        return None
    driven = new.kilometres - last.kilometres
    if driven < 0:
        return Implausible.LOWER
    if driven * _DAY > most_per_day * max(new.read_at - last.read_at, _DAY):
        return Implausible.TOO_FAST
    return None


def check_reading(last: Reading | None, new: Reading, most_per_day: int = MOST_PER_DAY) -> None:
    """Nothing, when `new` can be true or says why it is kept.

    Refusals: odometer_not_possible (reading_km) below 0; odometer_implausible (kind, reading_km, last_km, last_at).
    """
    if new.kilometres < 0:
        raise Refusal("odometer_not_possible", reading_km=new.kilometres)
    problem = implausible(last, new, most_per_day)
    if problem is not None and last is not None and new.reason is None:
        raise Refusal("odometer_implausible", kind=problem.value, reading_km=new.kilometres, last_km=last.kilometres, last_at=last.read_at)


def daily_distance(readings: Sequence[Reading], usual_per_day: int = USUAL_PER_DAY) -> DailyDistance:
    """The slope through the last readings: up to five, over at least 30 days, else the usual figure (km).

    Readings in any order; those before the last one that was not believed do not count.
    """
    ordered = sorted(readings, key=lambda reading: reading.read_at)
    for position in range(len(ordered) - 1, -1, -1):
        if ordered[position].reason is not None:
            ordered = ordered[position:]
            break
    used = tuple(ordered[-_READINGS:])
    if len(used) < 2 or used[-1].read_at - used[0].read_at < _LEAST_SPAN:
        return DailyDistance(usual_per_day * 1000)
    seconds = [(reading.read_at - used[0].read_at) // dt.timedelta(seconds=1) for reading in used]
    kilometres = [reading.kilometres for reading in used]
    slope_over = len(used) * sum(x * y for x, y in zip(seconds, kilometres, strict=True)) - sum(seconds) * sum(kilometres)
    slope_under = len(used) * sum(x * x for x in seconds) - sum(seconds) ** 2
    return DailyDistance(max(round_half_up_div(slope_over * 86_400_000, slope_under), 0), used)


def expected_km(last: Reading, at: dt.datetime, daily: DailyDistance) -> int:
    """What the odometer should show at a moment: never less than it did."""
    return last.kilometres + round_half_up_div(daily.metres * max((at - last.read_at) // dt.timedelta(seconds=1), 0), 86_400_000)
