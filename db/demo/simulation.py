"""Lets the lives of cars and orders run side by side in the order of time, and keeps what they share: technicians, bays, numbers."""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
from typing import TYPE_CHECKING

from db.rules.numbering import format_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from db.rules.working_calendar import WorkingCalendar

Span = tuple[dt.datetime, dt.datetime]

_MINUTE = dt.timedelta(minutes=1)


class Simulation:
    """Generators that yield the moment at which they go on; whoever's moment is next is run."""

    def __init__(self) -> None:
        self._queue: list[tuple[dt.datetime, int, Iterator[dt.datetime]]] = []
        self._order = itertools.count()
        self.now = dt.datetime.min.replace(tzinfo=dt.UTC)

    def spawn(self, at: dt.datetime, life: Iterator[dt.datetime]) -> None:
        """Begin a life at a moment, not before the present one."""
        heapq.heappush(self._queue, (max(at, self.now), next(self._order), life))

    def run(self, until: dt.datetime, tick: Callable[[dt.datetime], None]) -> None:
        """Run everything up to a moment, that moment included; what comes later never happens."""
        queue = self._queue
        while queue and queue[0][0] <= until:
            at, _, life = heapq.heappop(queue)
            self.now = at
            tick(at)
            again = next(life, None)
            if again is not None:
                heapq.heappush(queue, (max(again, at), next(self._order), life))


class Numbers:
    """The counters behind the numbers that people say aloud."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self._calendar = calendar
        self.last: dict[tuple[str, dt.date], int] = {}

    def next(self, series: str, at: dt.datetime) -> str:
        """The next number of a series on the shop's day of a moment."""
        day = self._calendar.day_of(at)
        counter = self.last[series, day] = self.last.get((series, day), 0) + 1
        return format_number(series, day, counter)


class Workshop:
    """Who works when: a technician is on one line at a time, in opening hours."""

    def __init__(self, calendar: WorkingCalendar, skills: dict[int, frozenset[str]]) -> None:
        self._calendar = calendar
        self._skills = skills
        self._free = {person: dt.datetime.min.replace(tzinfo=dt.UTC) for person in skills}
        self._kept: dict[int, list[Span]] = {person: [] for person in skills}

    def keep(self, person: int, start: dt.datetime, end: dt.datetime) -> None:
        """Keep a technician's time for work that is planned apart."""
        self._kept[person].append((start, end))
        self._kept[person].sort()

    def with_skill(self, skill: str) -> list[int]:
        """Who can do such work."""
        return [person for person, skills in self._skills.items() if skill in skills]

    def first_free(self, skill: str, among: list[int], at: dt.datetime) -> int:
        """Of those who can, the one who is free first."""
        able = [person for person in among if skill in self._skills[person]]
        return min(able, key=lambda person: (max(self._free[person], at), person))

    def plan(self, person: int, earliest: dt.datetime, minutes: int) -> list[Span]:
        """The spans in which a technician would do so many minutes of work, cut at pauses, closing time and what is kept."""
        left = minutes * _MINUTE
        start = max(earliest, self._free[person])
        spans: list[Span] = []
        kept = self._kept[person]
        while left:
            opens = self._calendar.next_open(start)
            closes = next(end for begin, end in self._calendar.spans_on(self._calendar.day_of(opens)) if begin <= opens < end)
            begins = opens
            for busy_from, busy_to in kept:
                if busy_to <= begins or busy_from >= closes:
                    continue
                if busy_from <= begins:
                    begins = busy_to
                else:
                    closes = busy_from
                    break
            usable = closes - begins
            if usable >= 5 * _MINUTE or usable >= left > dt.timedelta(0):
                taken = min(usable, left)
                spans.append((begins, begins + taken))
                left -= taken
            start = max(closes, begins)
        return spans

    def take(self, person: int, spans: list[Span]) -> None:
        """Do as planned."""
        self._free[person] = max(self._free[person], spans[-1][1])

    def free_from(self, person: int, at: dt.datetime) -> dt.datetime:
        """When a technician is free."""
        return max(self._free[person], at)


class Bays:
    """Where cars stand: one car at a time in each place of work."""

    def __init__(self, bays_of: dict[str, list[int]]) -> None:
        self._bays_of = bays_of
        self._free_at: dict[int, dt.datetime] = {}

    def first_free(self, kind: str, at: dt.datetime, until: dt.datetime) -> tuple[int, dt.datetime]:
        """The bay of a kind that is free first, taken until a moment; and when it is."""
        bay = min(self._bays_of[kind], key=lambda one: (max(self._free_at.get(one, at), at), one))
        start = max(self._free_at.get(bay, at), at)
        self._free_at[bay] = max(until, start)
        return bay, start
