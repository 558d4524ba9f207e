"""The demo shop: lived in, the same for the same seed and day, and nothing in it after its now."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import inspect, select, text

from db.demo.clock import SETTLED_IN, demo_now
from db.demo.make import make_demo
from db.demo.state import DemoState, demo_state
from db.engine import open_engine, reading, writing
from db.models import Base, Shop
from db.models.base import Moment
from db.rules.errors import Refusal
from db.rules.working_calendar import WorkingCalendar
from desktop_app.resource import resource
from tests.conftest import NOW

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

ZONE = ZoneInfo("Asia/Shanghai")
SCALE = 0.06


def make(engine: Engine, now: dt.datetime = NOW, **more: object) -> None:
    make_demo(engine, resource("catalogue"), now=now, scale=SCALE, **more)  # type: ignore[arg-type]


def at(hour: int, minute: int, day: int = 24) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("real", "expected"),
    [
        (at(14, 32), at(14, 32)), (at(13, 30), at(13, 30)), (at(13, 29), at(17, 59, 23)), (at(12, 30), at(17, 59, 23)), (at(8, 30), at(17, 59, 23)),
        (at(23, 0), at(17, 59)), (at(15, 0, 22), at(17, 59, 21)), (at(3, 0, 23), at(17, 59, 21)),
    ],
)  # fmt: skip
def test_now_is_the_latest_moment_five_hours_after_an_opening(real: dt.datetime, expected: dt.datetime) -> None:
    assert demo_now(real.date(), real, WorkingCalendar()) == expected


@given(st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2027, 12, 31), timezones=st.just(ZONE)))  # noqa: DTZ001
def test_now_is_never_after_the_real_moment_and_always_in_opening_hours(real: dt.datetime) -> None:
    calendar = WorkingCalendar()
    now = demo_now(real.date(), real, calendar)
    assert now <= real and calendar.is_open(now)
    assert now >= calendar.spans_on(calendar.day_of(now))[0][0] + SETTLED_IN


def fingerprint(engine: Engine) -> str:
    digest = hashlib.sha256()
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            keys = list(table.primary_key.columns)
            for row in connection.execute(select(table).order_by(*keys)):
                digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


def test_same_for_the_same_seed_and_day_whatever_the_hour(sqlite_template: Path, tmp_path: Path) -> None:
    prints = []
    for number, (now, seed) in enumerate(((NOW, 1), (at(17, 10), 1), (NOW, 2))):
        path = tmp_path / f"{number}.db"
        path.write_bytes(sqlite_template.read_bytes())
        engine = open_engine(f"sqlite:///{path.as_posix()}")
        make(engine, now, seed=seed)
        prints.append(fingerprint(engine))
        engine.dispose()
    assert prints[0] == prints[1] != prints[2]


def test_nothing_lies_after_now(engine: Engine) -> None:
    make(engine)
    ahead = {
        ("work_order", "promised_at"), ("work_order", "first_promised_at"), ("work_order", "waiting_until"), ("work_order_line", "expected_at"),
        ("appointment", "starts_at"), ("claim_stage", "planned_start_at"), ("claim_stage", "planned_end_at"), ("claim_wait", "expected_at"),
    }  # fmt: skip
    latest = at(13, 30)
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                if isinstance(column.type, Moment) and (table.name, column.name) not in ahead:
                    late = connection.execute(select(column).where(column > latest).limit(1)).first()
                    assert late is None, (table.name, column.name, late)


def test_a_real_shop_is_refused_and_a_demo_known_by_its_day(engine: Engine) -> None:
    with reading(engine) as session:
        assert demo_state(session, NOW.date()) is DemoState.NONE
    make(engine)
    with reading(engine) as session:
        assert demo_state(session, dt.date(2026, 11, 24)) is DemoState.FRESH
        assert demo_state(session, dt.date(2026, 11, 25)) is DemoState.STALE
    with pytest.raises(Refusal) as refused:
        make(engine)
    assert refused.value.code == "demo_here"
    with writing(engine) as session:
        session.get_one(Shop, 1).is_demo = False
    with pytest.raises(Refusal) as refused:
        make(engine)
    assert refused.value.code == "real_shop_here"


class Stopped(Exception):
    pass


def test_stopped_on_the_way_it_leaves_nothing_behind(engine: Engine) -> None:
    said: list[int] = []

    def progress(done: int, total: int, what: str) -> None:
        said.append(done)
        if done > total // 2:
            raise Stopped

    with pytest.raises(Stopped):
        make(engine, progress=progress)
    assert said == sorted(said)
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            assert connection.execute(select(text("1")).select_from(table).limit(1)).first() is None, table.name
        names = {index["name"] for table in Base.metadata.sorted_tables for index in inspect(connection).get_indexes(table.name)}
        assert {index.name for table in Base.metadata.sorted_tables for index in table.indexes} <= names
