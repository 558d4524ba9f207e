"""Two processes check cars in at the same time: numbers without gaps or doubles, one unbroken history."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from sqlalchemy import select

from db.commands.act import Act
from db.commands.perform import perform
from db.commands.shop import MakeShop
from db.engine import open_engine, reading
from db.models import History, NumberCounter, WorkOrder

if TYPE_CHECKING:
    import datetime as dt


EACH = 500
"""Check-ins of each process."""


def test_numbers_run_without_gaps_or_doubles(store_url: str, now: dt.datetime) -> None:
    engine = open_engine(store_url)
    perform(engine, MakeShop(name="順通汽車", works_alone=True), Act(at=now, device="pc", everything=True))
    processes = [subprocess.Popen([sys.executable, "-m", "tests.db.check_in_many", store_url, str(first), str(EACH)]) for first in (0, EACH)]
    assert [process.wait(timeout=280) for process in processes] == [0, 0]
    with reading(engine) as session:
        numbers = session.execute(select(WorkOrder.number).order_by(WorkOrder.id)).scalars().all()
        assert sorted(numbers, key=lambda number: int(number.split("-")[1])) == [f"W261124-{place:03d}" for place in range(1, 2 * EACH + 1)]
        assert session.execute(select(NumberCounter.last).where(NumberCounter.series == "W")).scalar_one() == 2 * EACH
        previous = "0" * 64
        for row in session.execute(select(History.id, History.previous_hash, History.hash).order_by(History.id)):
            assert row.previous_hash == previous, row.id
            previous = row.hash
    engine.dispose()
