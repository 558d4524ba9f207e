"""The example shop: made in an empty store, opened as it stands in one that has it, refused in a real shop's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.demo.clock import demo_now
from db.engine import file_of, reading
from db.queries.shop import the_shop
from db.rules.errors import Environment, Refusal
from db.rules.working_calendar import WorkingCalendar
from desktop_app.clock import machine_clock

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from db.engine import Engine
    from desktop_app.place import Request

def make_if_empty(engine: Engine, request: Request, progress: Callable[[int, int], object] | None = None) -> None:
    """See to it that the store holds an example shop. What `progress(done, total)` raises stops the making and leaves nothing behind.

    Refusal: real_shop_here (name).
    """
    from db.demo.bulk import make_bulk
    from db.demo.make import make_demo
    from db.demo.state import DemoState, demo_state
    from desktop_app.resource import resource

    calendar = WorkingCalendar()
    real_now = machine_clock()
    now = demo_now(request.today or calendar.day_of(real_now), real_now, calendar)
    with reading(engine) as session:
        state = demo_state(session, calendar.day_of(now))
        if state is DemoState.REAL:
            raise Refusal("real_shop_here", name=the_shop(session).name)
    if state is not DemoState.NONE:
        return

    def report(done: int, total: int, _what: str) -> None:
        if progress is not None:
            progress(done, total)

    if request.demo_size is not None:
        make_bulk(engine, resource("catalogue"), request.demo_size, request.demo_seed, calendar.day_of(now), now, report)
    else:
        make_demo(engine, resource("catalogue"), request.demo_seed, calendar.day_of(now), now, report)


def is_past(demo_day: dt.date | None) -> bool:
    """Whether the example shop of this day is to be offered anew."""
    calendar = WorkingCalendar()
    real_now = machine_clock()
    return demo_day is not None and demo_day < calendar.day_of(demo_now(calendar.day_of(real_now), real_now, calendar))


def throw_away(engine: Engine) -> None:
    """Take the example shop away, so that it can be made anew: its file, or its tables on a server.

    Refusal: real_shop_here. Environment: store_locked, where another holds it; of a server also server_away and server_rights.
    """
    with reading(engine) as session:
        shop = the_shop(session)
    if not shop.is_demo:
        raise Refusal("real_shop_here", name=shop.name)
    file = file_of(engine)
    if file is None:
        from db.demo.emptying import empty_server

        empty_server(engine)
    engine.dispose()
    if file is not None:
        for name in files_of(file):
            try:
                name.unlink(missing_ok=True)
            except OSError as error:
                raise Environment("store_locked", file=str(name)) from error


def files_of(file: Path) -> tuple[Path, ...]:
    """A SQLite file and what SQLite keeps beside it; the file itself last, so that no log of it survives it."""
    return (file.with_name(file.name + "-wal"), file.with_name(file.name + "-shm"), file)
