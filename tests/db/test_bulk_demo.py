"""The shop of very many vehicles: as many as asked for, sound, findable, made by one load that history names."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from db.checks import check
from db.demo.bulk import make_bulk
from db.demo.state import DemoState, demo_state
from db.engine import file_url, open_engine, reading
from db.migrations.run import make_ready
from db.models import Customer, History, OdometerReading, SearchKey, Settlement, Vehicle, VehiclePlate, WorkOrder, WorkOrderLine
from db.queries.search import find
from desktop_app.resource import resource
from tests.conftest import NOW

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

VEHICLES = 700


def count(engine: Engine, model: type) -> int:
    with reading(engine) as session:
        return session.execute(select(func.count()).select_from(model)).scalar_one()


def test_the_load_is_whole_sound_and_found(engine: Engine) -> None:
    said: list[tuple[int, int]] = []
    make_bulk(engine, resource("catalogue"), VEHICLES, now=NOW, progress=lambda done, total, what: said.append((done, total)))
    assert said == sorted(said) and said[-1][0] == said[-1][1]
    assert count(engine, Vehicle) == VEHICLES and count(engine, Customer) == VEHICLES // 2
    for model in (WorkOrder, OdometerReading, Settlement):
        assert count(engine, model) == 4 * VEHICLES
    with reading(engine) as session:
        lines = session.execute(select(func.count()).select_from(WorkOrderLine).group_by(WorkOrderLine.order_id)).scalars().all()
        assert len(lines) == 4 * VEHICLES and {1, 2, 3} == set(lines)
        (row,) = session.execute(select(History)).scalars().all()
        assert (row.verb, row.changes["vehicles"]) == ("bulk_load", [None, VEHICLES])
        assert check(session) == []
        assert demo_state(session, NOW.date()) is DemoState.FRESH
        plate = session.execute(select(VehiclePlate.plate).where(VehiclePlate.vehicle_id == 41)).scalar_one()
        name = session.get_one(Customer, 21).name
        assert find(session, plate).vehicles[0].vehicle_id == 41
        assert find(session, name, limit=VEHICLES).vehicles
        assert session.execute(select(func.count()).select_from(SearchKey)).scalar_one() > 5 * VEHICLES


def test_a_load_that_is_stopped_leaves_nothing(engine: Engine) -> None:
    def stop(done: int, total: int, what: str) -> None:
        if what == "visits":
            raise InterruptedError

    with pytest.raises(InterruptedError):
        make_bulk(engine, resource("catalogue"), VEHICLES, now=NOW, progress=stop)
    for model in (Vehicle, WorkOrder, History):
        assert count(engine, model) == 0


@pytest.mark.large
@pytest.mark.timeout(1200)
def test_a_million_vehicles_in_ten_minutes(tmp_path: Path) -> None:
    engine = open_engine(file_url(tmp_path / "shop.db"))
    make_ready(engine)
    begun = time.monotonic()
    make_bulk(engine, resource("catalogue"), 1_000_000, now=NOW)
    assert time.monotonic() - begun < 600
    engine.dispose()
