"""The program's clock: the machine's, or in an example shop one that goes on from the shop's own last moment."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

Clock = Callable[[], dt.datetime]
"""Tells the moment as aware UTC."""


def machine_clock() -> dt.datetime:
    """This machine's own time, UTC."""
    return dt.datetime.now(dt.UTC)


def going_on_from(moment: dt.datetime) -> Clock:
    """A clock that stands at `moment` now and goes on from there at the usual pace."""
    start = time.monotonic()

    def now() -> dt.datetime:
        return moment.astimezone(dt.UTC) + dt.timedelta(seconds=time.monotonic() - start)

    return now


def standing_at(moment: dt.datetime) -> Clock:
    """A clock that always tells `moment`, so that two runs show the same."""
    return lambda: moment.astimezone(dt.UTC)


class SettableClock:
    """The program's clock: the machine's until the store says that its shop lives at another moment."""

    def __init__(self, clock: Clock = machine_clock) -> None:
        self.clock = clock

    def __call__(self) -> dt.datetime:
        return self.clock()
