"""The verdict on a measured value: ok, watch or replace by the point's limits, and when a person may say otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.rules.errors import Refusal
from db.rules.record_words import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

_WORSE = (Verdict.OK, Verdict.WATCH, Verdict.REPLACE)


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a point in thousandths of its unit: two numbers on the side that its direction has, or two pairs for a band.

    Within `ok_low`…`ok_high` a value is ok, else within `watch_low`…`watch_high` watch, else replace, so a gap between watch and replace
    belongs to replace; a side that is None is open. A limit itself counts as the better verdict, unless `ok_excludes_limit` or
    `watch_excludes_limit` asks for better than it. Refusals:
    limits_crossed, a watch range that is narrower than the ok range, or an end before its start; limits_missing, none at all.
    """

    ok_low: int | None = None
    ok_high: int | None = None
    watch_low: int | None = None
    watch_high: int | None = None
    ok_excludes_limit: bool = False
    watch_excludes_limit: bool = False

    def __post_init__(self) -> None:
        pairs = ((self.watch_low, self.ok_low), (self.ok_low, self.ok_high), (self.ok_high, self.watch_high))
        if any(lower is not None and upper is not None and lower > upper for lower, upper in pairs):
            raise Refusal("limits_crossed")
        if self.ok_low == self.ok_high == self.watch_low == self.watch_high is None:
            raise Refusal("limits_missing")

    def replace_limits(self) -> tuple[int | None, int | None]:
        """The lowest and the highest value before replace, for the words beside a measured value; a side that is None is open."""
        return (self.ok_low if self.watch_low is None else self.watch_low, self.ok_high if self.watch_high is None else self.watch_high)


def limits_for(limits: Mapping[str, Mapping[str, Any]], power_train: str) -> Limits | None:
    """The limits of a point for a power train, else those of all others (`*`); None for a point that no figure decides."""
    values = limits.get(power_train) or limits.get("*")
    return Limits(**values) if values else None


def verdict_of(value: int, limits: Limits) -> Verdict:
    """The verdict on a value in thousandths."""
    ok_ends = limits.ok_excludes_limit
    if _from(value, limits.ok_low, ok_ends) and _up_to(value, limits.ok_high, ok_ends):
        return Verdict.OK
    # On a side without a watch limit of its own, what is no longer ok is replace.
    low = (limits.ok_low, ok_ends) if limits.watch_low is None else (limits.watch_low, limits.watch_excludes_limit)
    high = (limits.ok_high, ok_ends) if limits.watch_high is None else (limits.watch_high, limits.watch_excludes_limit)
    return Verdict.WATCH if _from(value, *low) and _up_to(value, *high) else Verdict.REPLACE


def is_better(said: Verdict, measured: Verdict) -> bool:
    """Whether what a person says is better than what the figure says; not applicable and not checked are better than any."""
    if measured not in _WORSE:
        return False
    return said not in _WORSE or _WORSE.index(said) < _WORSE.index(measured)


def check_verdict(said: Verdict, value: int | None, limits: Limits | None, reason_better: str = "") -> Verdict:
    """The verdict that is kept: a person may make it worse than the figure, or better with a reason.

    Refusals: verdict_better_needs_reason (said, measured); value_without_verdict for a value on a point not checked or not applicable.
    """
    if value is not None and said not in _WORSE:
        raise Refusal("value_without_verdict", said=said.value)
    if value is not None and limits is not None:
        measured = verdict_of(value, limits)
        if is_better(said, measured) and not reason_better.strip():
            raise Refusal("verdict_better_needs_reason", said=said.value, measured=measured.value)
    return said


def _from(value: int, low: int | None, excludes_limit: bool) -> bool:
    return low is None or value > low or (value == low and not excludes_limit)


def _up_to(value: int, high: int | None, excludes_limit: bool) -> bool:
    return high is None or value < high or (value == high and not excludes_limit)
