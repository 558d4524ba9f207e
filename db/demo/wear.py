"""How the demo's cars wear: pads and tyres fall with the km, brake fluid and battery age with the months, and what is renewed begins anew."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    import random

WHEELS = {"B01": ("fl", "fr"), "B02": ("rl", "rr"), "T01": ("fl", "fr", "rl", "rr")}
"""The places at which a point of each wheel is measured."""

_NEW_PADS = {"B01": 11_500, "B02": 10_000}
_NEW_TREAD = 7_800
_STEP = 100
"""Gauges show tenths of a millimetre."""


@dataclass(slots=True)
class Wear:
    """The state of one car's parts, in thousandths of mm, percent or years."""

    draw: random.Random
    since: dt.date
    electric: bool
    pad_rate: dict[str, int] = field(default_factory=dict)
    """Thousandths of a mm lost over 1,000 km."""
    tread_rate: int = 0
    pads_from: dict[str, int] = field(default_factory=dict)
    tread_from: int = 0
    fluid_from: dt.date | None = None
    battery_from: dt.date | None = None
    cabin_from: dt.date | None = None
    wipers_from: dt.date | None = None

    def __post_init__(self) -> None:
        draw = self.draw
        # Who recuperates brakes little: the pads of electric cars last twice as long.
        gentle = 2 if self.electric else 1
        self.pad_rate = {"B01": draw.randint(120, 190) // gentle, "B02": draw.randint(80, 130) // gentle}
        self.tread_rate = draw.randint(95, 150)
        self.pads_from = {"B01": 0, "B02": 0}
        self.fluid_from = self.battery_from = self.cabin_from = self.wipers_from = self.since

    def renewed(self, point: str, kilometres: int, day: dt.date) -> None:
        """What a point measures was renewed."""
        if point in self.pads_from:
            self.pads_from[point] = kilometres
        elif point == "T01":
            self.tread_from = kilometres
        elif point == "E05":
            self.fluid_from = day
        elif point == "L13":
            self.battery_from = day
        elif point == "I05":
            self.cabin_from = day
        elif point == "I06":
            self.wipers_from = day

    def measure(self, point: str, place: str, kilometres: int, day: dt.date) -> int:
        """What the gauge shows, in thousandths of the point's unit."""
        noise = self.draw.choice((-1, 0, 0, 0, 1)) * _STEP
        if point in _NEW_PADS:
            worn = (kilometres - self.pads_from[point]) * self.pad_rate[point] // 1000
            value = _NEW_PADS[point] - worn + (noise if place in ("fl", "rl") else 0)
            if value < 1_200:
                # Nobody drives on without lining: another shop has put new ones in.
                self.pads_from[point] = kilometres - 4_000
                return self.measure(point, place, kilometres, day)
        elif point == "T01":
            front = 115 if place in ("fl", "fr") else 100
            value = _NEW_TREAD - (kilometres - self.tread_from) * self.tread_rate * front // 100_000 + noise
            if value < 1_000:
                self.tread_from = kilometres - 6_000
                return self.measure(point, place, kilometres, day)
        elif point == "E05":
            value = 500 + self._months(self.fluid_from, day) * 95 + noise
            return max(value // _STEP * _STEP, 300)
        elif point == "L13":
            value = 101_000 - self._months(self.battery_from, day) * 950 + noise * 10
            return max(value // 1000 * 1000, 38_000)
        elif point == "H02":
            value = 100_000 - self._months(self.since, day) * 130 - kilometres // 10 * 10 * 40 // 1000
            return max(value // 1000 * 1000, 72_000)
        else:
            raise KeyError(point)
        return value // _STEP * _STEP

    def looks(self, point: str, day: dt.date) -> str:
        """The verdict on what is only looked at."""
        if point == "I05":
            months = self._months(self.cabin_from, day)
            return "ok" if months < 10 else "watch" if months < 18 else "replace"
        months = self._months(self.wipers_from, day)
        return "ok" if months < 11 else "watch" if months < 20 else "replace"

    @staticmethod
    def _months(since: dt.date | None, day: dt.date) -> int:
        return 0 if since is None else max((day - since).days, 0) // 30
