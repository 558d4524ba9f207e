"""Saving a check-in through the program, against the same rows written by a bare connection with the same durability."""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from benchmarks.bare import Statements, open_bare
from benchmarks.big_shop import NOW
from benchmarks.figure import Figure, median
from db.commands.act import Act
from db.commands.check_in import CheckIn, ComplaintValues, NewCustomer, NewVehicle
from db.commands.perform import perform, perform_in
from db.engine import file_url, open_engine, reading, writing
from db.models import Staff
from db.queries.catalogue import lines_of
from desktop_app.place import STORE_FILE_NAME

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

RATIO = 15.0


class _TakenBack(Exception):
    """Leaves a transaction without its changes."""


def saving(home: Path, samples: int) -> Figure:
    """The median of `samples` check-ins of new cars with a package, two complaints and their search keys and history."""
    file = home / STORE_FILE_NAME
    engine = open_engine(file_url(file))
    bare = open_bare(file)
    floor, value = [], []
    try:
        with reading(engine) as session:
            lines = tuple(lines_of(session, "package", "PK-MIN-S"))
            advisor = session.execute(select(Staff.id).order_by(Staff.id).limit(1)).scalar_one()
        start_at = time.time_ns()
        for number in range(samples + 2):
            shape = (lines, start_at + number * 2)
            written = _noted(engine, _check_in(*shape), _act(advisor))
            took = _write_bare(bare, written)
            command, act = _check_in(lines, start_at + number * 2 + 1), _act(advisor)
            start = time.perf_counter()
            perform(engine, command, act)
            ours = (time.perf_counter() - start) * 1000
            # The first ones fill caches on both sides.
            if number >= 2:
                floor.append(took)
                value.append(ours)
    finally:
        bare.close()
        engine.dispose()
    low = median(floor)
    return Figure("saving a check-in, median", median(value), "ms", RATIO * low, low, f"{len(written)} statements")


def _act(advisor: int) -> Act:
    return Act(at=NOW, device="counter 1", staff_id=advisor, everything=True)


def _check_in(lines: tuple[Any, ...], number: int) -> CheckIn:
    plate = f"粤B{number % 100_000:05d}"
    return CheckIn(
        odometer_km=43_118, promised_at=NOW + dt.timedelta(hours=3), signed_on_paper=True,
        new_customer=NewCustomer("陳志強", (f"135{number % 100_000_000:08d}",), title="mr"),
        new_vehicle=NewVehicle(plate=plate, maker="廣汽豐田", model="凱美瑞 2.5G", model_year=2020),
        complaints=(ComplaintValues("剎車有異響"), ComplaintValues("保養")), lines=lines, fuel_eighths=4,
    )  # fmt: skip


def _noted(engine: Engine, command: CheckIn, act: Act) -> list[tuple[str, Any, bool]]:
    """The statements by which the program writes this check-in, which is taken back again."""
    statements = Statements(engine)
    try:
        with writing(engine) as session:
            perform_in(session, command, act)
            raise _TakenBack
    except _TakenBack:
        pass
    finally:
        statements.stop()
    return statements.writing()


def _write_bare(bare: Any, written: list[tuple[str, Any, bool]]) -> float:
    """Milliseconds for the same rows in one transaction that reaches the disk."""
    start = time.perf_counter()
    bare.execute("BEGIN IMMEDIATE")
    for statement, values, many in written:
        if many and isinstance(values[0], (tuple, dict)):
            bare.executemany(statement, values)
        else:
            bare.execute(statement, values).fetchall()
    bare.execute("COMMIT")
    return (time.perf_counter() - start) * 1000

