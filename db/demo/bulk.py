"""A shop of very many vehicles, for measuring: as many vehicles as asked for and four visits of each, in one load."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from db.catalogue_files import read_catalogue
from db.commands.catalogue_load import load_starter
from db.demo.bulk_rows import Keys, People, Pool, Visits
from db.demo.ledger import Ledger
from db.demo.people import OFFICE, open_shop
from db.demo.shelf import Shelf
from db.demo.state import BULK_LOAD, refuse_real_shop
from db.demo.table_writer import TableWriter, loading, without_indexes
from db.models import Base, NumberCounter
from db.rules.working_calendar import WorkingCalendar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from sqlalchemy import Engine

    from db.demo.make import Progress

VISITS_EACH = 4
DAYS = 1095
_CHUNK = 10_000
"""Vehicles, or visits, between two reports."""
_CACHE_MEGABYTES = 256


class _QuietLedger(Ledger):
    """Books of a load: its records leave no history rows of their own, the load leaves one."""

    def _record(self, *_: Any) -> None:
        """Nothing: the whole load is one entry."""


@dataclass(frozen=True, slots=True)
class _Steps:
    """Reports how far a load is: rows of vehicles and visits first, then the indexes."""

    report: Progress
    vehicles: int

    @property
    def total(self) -> int:
        """A visit weighs as much as a vehicle; all the indexes together as much as the visits."""
        return self.vehicles * (1 + 2 * VISITS_EACH)

    def vehicle(self, done: int) -> None:
        self.report(done, self.total, "vehicles")

    def visit(self, done: int) -> None:
        self.report(self.vehicles + done, self.total, "visits")

    def index(self, done: int, of: int) -> None:
        self.report(self.vehicles * (1 + VISITS_EACH) + self.vehicles * VISITS_EACH * done // of, self.total, "indexes")


def make_bulk(
    engine: Engine, catalogue_folder: Path, vehicles: int, seed: int = 1, today: dt.date | None = None, now: dt.datetime | None = None,
    progress: Progress | None = None,
) -> None:  # fmt: skip
    """Fill a store that is ready and empty with `vehicles` vehicles and four visits of each; the same for the same seed, size and day.

    Every visit is a delivered order with one to three lines, a reading, a final check and a paid settlement; everything is found by its
    search keys. One history row names the whole load. `progress` and refusals as in `make_demo`.
    """
    calendar = WorkingCalendar()
    if now is None or (today is not None and calendar.day_of(now) != today):
        raise ValueError("the load stands on the day of its now")
    if vehicles < 1:
        raise ValueError("at least one vehicle")
    day = calendar.day_of(now)
    steps = _Steps(progress or _silent, vehicles)
    steps.vehicle(0)
    catalogue = read_catalogue(catalogue_folder)
    with loading(engine, _CACHE_MEGABYTES) as connection, Session(connection) as session:
        refuse_real_shop(session)
        load_starter(session, catalogue)
        session.flush()
        writer = TableWriter(connection)
        with without_indexes(connection, Base.metadata.sorted_tables, steps.index):
            draw = random.Random(f"{seed}/{vehicles}/{day.isoformat()}")
            ledger = _QuietLedger(writer, draw)
            opened = calendar.spans_on(calendar.working_days_after(day - dt.timedelta(days=DAYS + 2), 1))[0][0]
            crew = open_shop(ledger, catalogue, opened, day, seed)
            ledger.act(opened, crew.staff["fang"], OFFICE, BULK_LOAD)
            ledger.note("vehicle", "added", {"vehicles": [None, vehicles], "visits": [None, vehicles * VISITS_EACH], "seed": [None, seed]})
            pool = Pool(catalogue, Shelf(session, catalogue), crew, draw)
            visits = Visits(pool, calendar, vehicles, VISITS_EACH, day, DAYS)
            for (series, on), last in visits.counters.items():
                ledger.put(NumberCounter.__tablename__, series=series, day=on, last=last)
            ledger.write(lambda _: None)
            people = People(pool, vehicles, visits.last_visit_at, visits.opened)
            keys = Keys(connection)
            _write_all(writer, people.chunks(_CHUNK), steps.vehicle, keys)
            keys.write()
            _write_all(writer, visits.chunks(_CHUNK), steps.visit)
            writer.set_counters(Base.metadata.sorted_tables)
    steps.report(steps.total, steps.total, "done")


def _write_all(
    writer: TableWriter, chunks: Iterable[tuple[int, dict[str, tuple[tuple[str, ...], list[Any]]]]], report: Callable[[int], None], keys: Keys | None = None
) -> None:
    for done, tables in chunks:
        for name, (columns, rows) in tables.items():
            if keys is not None and name == "search_key":
                keys.keep(writer, rows)
            else:
                writer.write_tuples(Base.metadata.tables[name], columns, rows)
        report(done)


def _silent(done: int, total: int, what: str) -> None:
    """Nobody wants to know."""

