"""How a point wears: a straight line through its readings, over km or, where km stand still, over days, and when it meets its limit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_DAYS = 36_500
"""A limit that lies a human life away is no forecast."""


class WearOver(StrEnum):
    KILOMETRES = "kilometres"
    DAYS = "days"


class Sureness(StrEnum):
    """How far a forecast can be trusted: more readings that lie closer to the line."""

    HIGH = "high"
    """Three readings or more, none off the line by more than a tenth of the wear seen."""
    MEDIUM = "medium"
    """Three readings or more, none off by more than a third."""
    LOW = "low"


@dataclass(frozen=True, slots=True)
class WearReading:
    """A measured value in thousandths of its unit, on a day and at an odometer's km."""

    on: dt.date
    kilometres: int
    value: int


@dataclass(frozen=True, slots=True)
class WearForecast:
    """When a value meets its limit, and how sure that is.

    `limit_kilometres` is None for a forecast over days; `limit_on` None where a forecast over km has no daily distance. `thousandths_per_step`
    is the wear over 1,000 km, or over 30 days. `spread` is the farthest reading from the line, in thousandths.
    """

    over: WearOver
    limit_kilometres: int | None
    limit_on: dt.date | None
    thousandths_per_step: int
    readings: tuple[WearReading, ...]
    spread: int
    sureness: Sureness
    reached: bool
    """The last reading is at the limit or past it."""


def forecast(readings: Sequence[WearReading], limit: int, higher_is_better: bool = True, metres_per_day: int = 0) -> WearForecast | None:
    """The forecast from two readings or more of the same point, in any order; None when the value does not move towards its limit.

    A value that has become better by over a fifth of its way to the limit was renewed in between: only what came after counts. At the limit
    already, the last reading's km and day are the answer.
    """
    ordered = _since_renewed(sorted(readings, key=lambda reading: (reading.on, reading.kilometres)), limit, higher_is_better)
    if len(ordered) < 2:
        return None
    over = WearOver.KILOMETRES if ordered[-1].kilometres > ordered[0].kilometres else WearOver.DAYS
    first, last = ordered[0], ordered[-1]
    steps = [reading.kilometres - first.kilometres if over is WearOver.KILOMETRES else (reading.on - first.on).days for reading in ordered]
    if steps[-1] <= 0:
        return None
    count, sum_x, sum_y = len(steps), sum(steps), sum(reading.value for reading in ordered)
    under = count * sum(x * x for x in steps) - sum_x**2
    slope = Fraction(count * sum(x * reading.value for x, reading in zip(steps, ordered, strict=True)) - sum_x * sum_y, under)
    start = Fraction(sum_y, count) - slope * Fraction(sum_x, count)
    if (slope >= 0) if higher_is_better else (slope <= 0):
        return None
    spread = max(abs(start + slope * x - reading.value) for x, reading in zip(steps, ordered, strict=True))
    reached = last.value <= limit if higher_is_better else last.value >= limit
    # Never before the last reading: it has shown that the limit is not met yet.
    left = max(-(-(limit - start - slope * steps[-1]) // slope), 0) if not reached else 0
    limit_kilometres = last.kilometres + left if over is WearOver.KILOMETRES else None
    days: int | None = left
    if over is WearOver.KILOMETRES and left:
        days = -(-left * 1000 // metres_per_day) if metres_per_day > 0 else None
    return WearForecast(
        over=over,
        limit_kilometres=limit_kilometres,
        limit_on=None if days is None or days > _LONGEST_DAYS else last.on + dt.timedelta(days),
        thousandths_per_step=round(abs(slope) * (1000 if over is WearOver.KILOMETRES else 30)),
        readings=tuple(ordered),
        spread=round(spread),
        sureness=_sureness(count, spread, abs(slope) * steps[-1]),
        reached=reached,
    )


def _since_renewed(ordered: list[WearReading], limit: int, higher_is_better: bool) -> list[WearReading]:
    sign = 1 if higher_is_better else -1
    for position in range(len(ordered) - 1, 0, -1):
        before, after = ordered[position - 1], ordered[position]
        better = sign * (after.value - before.value)
        if 5 * better > max(sign * (after.value - limit), 0) and better > 0:
            return ordered[position:]
    return ordered


def _sureness(count: int, spread: Fraction, wear: Fraction) -> Sureness:
    if count < 3 or 3 * spread > wear:
        return Sureness.LOW
    return Sureness.HIGH if 10 * spread <= wear else Sureness.MEDIUM
