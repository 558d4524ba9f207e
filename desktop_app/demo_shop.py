"""The example shop: made in an empty store, opened as it stands in one that has it, refused in a real shop's."""

from __future__ import annotations

from dataclasses import dataclass
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
    from desktop_app.i18n import Phrases
    from desktop_app.place import Request

FIRST_SEED = 1


@dataclass(frozen=True, slots=True)
class OtherDemo:
    """The example shop that stands in a store, where another was asked for: the seed that it was drawn with, and its vehicles, None for the usual shop."""

    seed: int | None
    vehicles: int | None

    def words(self, phrases: Phrases) -> str:
        """What the console is told: which one is there, and how to get another."""
        if self.vehicles is None:
            return phrases(
                "An example shop of the usual size, drawn with seed {seed}, is here already. For another, name an empty folder with --data-dir or an empty "
                "database with --database", seed=self.seed,
            )  # fmt: skip
        return phrases(
            "An example shop of {count} vehicles, drawn with seed {seed}, is here already. For another, name an empty folder with --data-dir or an empty "
            "database with --database", count=self.vehicles, seed=self.seed,
        )  # fmt: skip


def make_if_empty(engine: Engine, request: Request, progress: Callable[[int, int], object] | None = None) -> OtherDemo | None:
    """See to it that the store holds an example shop; returns the one that is there already when another seed or size was asked for.

    What `progress(done, total)` raises stops the making and leaves nothing behind.
    Refusal: real_shop_here (name).
    """
    from db.demo.bulk import make_bulk
    from db.demo.make import make_demo
    from db.demo.state import DemoState, demo_state, drawn_vehicles
    from desktop_app.resource import resource

    calendar = WorkingCalendar()
    real_now = machine_clock()
    now = demo_now(request.today or calendar.day_of(real_now), real_now, calendar)
    with reading(engine) as session:
        state = demo_state(session, calendar.day_of(now))
        if state is DemoState.REAL:
            raise Refusal("real_shop_here", name=the_shop(session).name)
        if state is not DemoState.NONE:
            seed, vehicles = the_shop(session).demo_seed, drawn_vehicles(session)
            as_asked = request.demo_seed in (None, seed) and request.demo_size in (None, vehicles)
            return None if as_asked else OtherDemo(seed, vehicles)
    drawn = FIRST_SEED if request.demo_seed is None else request.demo_seed

    def report(done: int, total: int, _what: str) -> None:
        if progress is not None:
            progress(done, total)

    if request.demo_size is not None:
        make_bulk(engine, resource("catalogue"), request.demo_size, drawn, calendar.day_of(now), now, report)
    else:
        make_demo(engine, resource("catalogue"), drawn, calendar.day_of(now), now, report)
    return None


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
