"""The demo's 'now': the moment at which its shop stands still when it is opened."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.rules.working_calendar import WorkingCalendar

SETTLED_IN = dt.timedelta(hours=5)
"""How long the shop has been open at least: everything that the demo writes of its last day lies in this span, so it is the same for the whole day."""

_LAST_MINUTE = dt.timedelta(minutes=1)
_LONGEST_SEARCH = 400


def demo_now(today: dt.date, real_now: dt.datetime, calendar: WorkingCalendar) -> dt.datetime:
    """The latest moment, not after the real one nor after the day `today`, in opening hours at least five hours after opening; aware, UTC.

    At closing time the shop is no longer open: the last minute before it is the latest. LookupError for a shop that never opens so long.
    """
    latest = min(real_now, calendar.moment(today + dt.timedelta(1)) - _LAST_MINUTE)
    day = calendar.day_of(latest)
    for _ in range(_LONGEST_SEARCH):
        spans = calendar.spans_on(day)
        earliest = spans[0][0] + SETTLED_IN if spans else latest
        for start, end in reversed(spans):
            found = min(latest, end - _LAST_MINUTE) if latest < end else end - _LAST_MINUTE
            if found >= max(start, earliest):
                return found.astimezone(dt.UTC)
        day -= dt.timedelta(1)
    raise LookupError("the shop is never open for so long")
