"""One measured figure beside its floor, and the arithmetic of samples."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Figure:
    """`value` in `unit` is held to be at most `goal`, in the same unit; `floor` is what the bare way took in the same run (None: there is none)."""

    name: str
    value: float
    unit: str
    goal: float
    floor: float | None = None
    what: str = ""
    """Where the value was worst, for the reader; it decides nothing."""

    @property
    def met(self) -> bool:
        """The value against the goal, nothing else."""
        return self.value <= self.goal

    @property
    def ratio(self) -> float | None:
        """How many times the floor."""
        return self.value / self.floor if self.floor else None

    def as_json(self) -> dict[str, Any]:
        """Its row of the JSON file."""
        ratio = self.ratio
        return {
            "name": self.name,
            "value": round(self.value, 3),
            "unit": self.unit,
            "floor": None if self.floor is None else round(self.floor, 3),
            "ratio": None if ratio is None else round(ratio, 2),
            "goal": round(self.goal, 3),
            "met": self.met,
        }

    def as_line(self) -> str:
        """Its line on the console."""
        floor = "" if self.floor is None else f"floor {self.floor:9.2f}  ×{self.ratio or 0:5.2f}"
        return f"{'met   ' if self.met else 'MISSED'} {self.name:46} {self.value:9.2f} {self.unit:3} {floor:26} goal {self.goal:9.2f}  {self.what}".rstrip()


def percentile(samples: Sequence[float], share: float) -> float:
    """The sample that `share` (0 to 1) of all do not exceed."""
    ordered = sorted(samples)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def median(samples: Sequence[float]) -> float:
    """The middle sample."""
    return percentile(samples, 0.5)
