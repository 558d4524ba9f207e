"""The shop's calendar: when it is open, and working minutes counted in that time.

Moments are aware and answers are UTC; days are the shop's own. All arithmetic is done on UTC, so an hour that a clock change takes
away or gives twice counts for what it really lasts.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from db.rules.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Span = tuple[dt.datetime, dt.datetime]

_MORNING_AND_AFTERNOON = ((8 * 60 + 30, 12 * 60), (13 * 60 + 30, 18 * 60))

USUAL_WEEK: tuple[tuple[tuple[int, int], ...], ...] = (*(_MORNING_AND_AFTERNOON for _ in range(6)), ())
"""Monday to Saturday 08:30–12:00 and 13:30–18:00, in minutes of the day."""

_FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
"""Month and day of what is closed in a year whose public holidays are not known."""

_LONGEST_CLOSURE = 400
"""Days without an opening hour after which the shop counts as never opening."""

_MINUTE = dt.timedelta(minutes=1)
_NOTHING = dt.timedelta(0)


@cache
def _public_days() -> tuple[frozenset[dt.date], frozenset[dt.date], range]:
    """Public holidays and make-up working days of the mainland, and the years for which they are known."""
    from chinese_calendar import constants

    holidays, workdays = frozenset(constants.holidays), frozenset(constants.workdays)
    years = {day.year for day in holidays}
    return holidays, workdays, range(min(years), max(years) + 1)


def knows_year(year: int) -> bool:
    """Whether the public holidays and make-up working days of a year are known."""
    return year in _public_days()[2]


@dataclass(frozen=True)
class WorkingCalendar:
    """When a shop is open.

    `weekly_hours` are seven days from Monday, each with its opening spans in minutes of the local day, in order. What is in
    `closures` is closed, else what is in `extra_open_days` is open, else public holidays are closed and make-up working days open
    (with `public_holidays`), else the weekday decides. An open day whose weekday has no hours takes those of the first weekday that has.
    Refusals: zone_not_known (zone); hours_not_possible (weekday) for spans that overlap, are empty or leave the day.
    """

    zone: str = "Asia/Shanghai"
    weekly_hours: Sequence[Sequence[Sequence[int]]] = USUAL_WEEK
    closures: frozenset[dt.date] = frozenset()
    extra_open_days: frozenset[dt.date] = frozenset()
    public_holidays: bool = True
    _zone: ZoneInfo = field(init=False, repr=False, compare=False)
    _spans: dict[dt.date, tuple[Span, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        try:
            zone = ZoneInfo(self.zone)
        except (KeyError, ValueError, OSError) as error:
            raise Refusal("zone_not_known", zone=self.zone) from error
        week = tuple(tuple((int(start), int(end)) for start, end in day) for day in self.weekly_hours)
        if len(week) != 7:
            raise ValueError("a week has seven days")
        for weekday, day in enumerate(week):
            ends = [0, *(minute for span in day for minute in span), 24 * 60]
            if ends != sorted(ends) or any(start == end for start, end in day):
                raise Refusal("hours_not_possible", weekday=weekday)
        object.__setattr__(self, "weekly_hours", week)
        object.__setattr__(self, "_zone", zone)
        object.__setattr__(self, "_spans", {})

    def knows_year(self, year: int) -> bool:
        """False when a promise in that year stands on weekdays and fixed holidays alone."""
        return not self.public_holidays or knows_year(year)

    def day_of(self, at: dt.datetime) -> dt.date:
        """The shop's day of a moment."""
        return at.astimezone(self._zone).date()

    def moment(self, day: dt.date, minute: int = 0) -> dt.datetime:
        """The UTC moment at which the shop's clock shows this minute of the day (0 to 1440)."""
        return (dt.datetime.combine(day, dt.time(), self._zone) + minute * _MINUTE).astimezone(dt.UTC)

    def spans_on(self, day: dt.date) -> tuple[Span, ...]:
        """The opening spans of the shop's day, as UTC moments in order; none when it is closed."""
        spans = self._spans.get(day)
        if spans is None:
            spans = self._spans[day] = self._make_spans(day)
        return spans

    def minutes_on(self, day: dt.date) -> int:
        """The working minutes of a day."""
        return sum((end - start for start, end in self.spans_on(day)), _NOTHING) // _MINUTE

    def is_working_day(self, day: dt.date) -> bool:
        """Whether the shop opens on that day at all."""
        return bool(self.spans_on(day))

    def is_open(self, at: dt.datetime) -> bool:
        """Whether the shop is open at a moment; at closing time it is not."""
        return any(start <= at < end for start, end in self.spans_on(self.day_of(at)))

    def next_open(self, at: dt.datetime) -> dt.datetime:
        """The moment itself, when the shop is open, else when it opens next. Refusal calendar_never_open."""
        for start, end in self._from(at):
            if at < end:
                return max(start, at).astimezone(dt.UTC)
        raise Refusal("calendar_never_open")

    def add_minutes(self, start: dt.datetime, minutes: int) -> dt.datetime:
        """The first moment by which so many working minutes have passed since `start`; with 0, `start` itself.

        So a piece of work that fills the morning ends at its closing time, not when the afternoon begins. Refusal calendar_never_open.
        """
        if minutes < 0:
            raise ValueError("working minutes are counted forwards")
        left = minutes * _MINUTE
        if not left:
            return start.astimezone(dt.UTC)
        for opens, closes in self._from(start):
            begins = max(opens, start)
            if closes - begins >= left:
                return (begins + left).astimezone(dt.UTC)
            left -= max(closes - begins, _NOTHING)
        raise Refusal("calendar_never_open")

    def minutes_between(self, start: dt.datetime, end: dt.datetime) -> int:
        """Whole working minutes from one moment to the other; below 0 when `end` comes first."""
        if end < start:
            return -self.minutes_between(end, start)
        first, last = self.day_of(start), self.day_of(end)
        passed = _NOTHING
        for offset in range((last - first).days + 1):
            for opens, closes in self.spans_on(first + dt.timedelta(offset)):
                passed += max(min(closes, end) - max(opens, start), _NOTHING)
        return passed // _MINUTE

    def working_days_after(self, day: dt.date, count: int) -> dt.date:
        """The working day that comes `count` working days after `day`; with 0, `day` itself. Refusal calendar_never_open."""
        for _ in range(count):
            day = next((later for later in self._days(day + dt.timedelta(1)) if self.is_working_day(later)), dt.date.max)
            if day == dt.date.max:
                raise Refusal("calendar_never_open")
        return day

    def _days(self, first: dt.date) -> Iterator[dt.date]:
        for offset in range(min(_LONGEST_CLOSURE, (dt.date.max - first).days)):
            yield first + dt.timedelta(offset)

    def _from(self, at: dt.datetime) -> Iterator[Span]:
        """All spans from the shop's day of a moment on, until none has come for longer than any closure."""
        day, found = self.day_of(at), True
        while found:
            found = False
            for later in self._days(day):
                spans = self.spans_on(later)
                if spans:
                    yield from spans
                    day, found = later + dt.timedelta(1), True
                    break

    def _hours(self, day: dt.date) -> Sequence[Sequence[int]]:
        own = self.weekly_hours[day.weekday()]
        if day in self.closures:
            return ()
        extra = day in self.extra_open_days
        if not extra and self.public_holidays:
            if knows_year(day.year):
                holidays, workdays, _ = _public_days()
                if day in holidays:
                    return ()
                extra = day in workdays
            elif (day.month, day.day) in _FIXED_HOLIDAYS:
                return ()
        if extra and not own:
            return next((hours for hours in self.weekly_hours if hours), ())
        return own

    def _make_spans(self, day: dt.date) -> tuple[Span, ...]:
        spans: list[Span] = []
        for start, end in self._hours(day):
            opens, closes = self.moment(day, start), self.moment(day, end)
            # Where clocks go forward a span can lie in the hour that does not exist: it is empty, and must not overlap the next.
            if spans:
                opens = max(opens, spans[-1][1])
            if opens < closes:
                spans.append((opens, closes))
        return tuple(spans)
