"""Every number that the shop gives is found by it, through the index of its column, and no other text pays for that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event, text

from db.commands.appointments import MakeAppointment
from db.engine import reading
from db.models import Appointment
from db.queries.search import Found, find
from tests.db import list_records as put

if TYPE_CHECKING:
    import datetime as dt

    from tests.small_shop import SmallShop


@pytest.fixture
def numbered(small_shop: SmallShop, now: dt.datetime) -> dict[str, int]:
    """What bears a number: a claim of the second car, a settlement of the earlier order, appointments with a car and with a plate alone."""
    import datetime as dt

    (claim,) = put.add(small_shop, put.claim(small_shop, "C261118-01"))
    put.add(small_shop, put.settlement(small_shop, "S261120-007", 4, 50_000), put.settlement(small_shop, "S261120-008", 4, 10_000))
    start = now + dt.timedelta(days=1)
    known = small_shop.do(MakeAppointment(starts_at=start, reason="brakes", vehicle_id=small_shop.vehicle))["appointment_id"]
    typed = small_shop.do(MakeAppointment(starts_at=start, reason="brakes", plate_typed="粤B99999"))["appointment_id"]
    return {"claim": claim, "known": known, "typed": typed}


def found(shop: SmallShop, typed: str) -> Found:
    with reading(shop.engine) as session:
        return find(session, typed)


def number_of(shop: SmallShop, appointment_id: int) -> str:
    with reading(shop.engine) as session:
        return session.get_one(Appointment, appointment_id).number


@pytest.mark.parametrize("typed", ["C261118-01", "c261118-01", " K7Q2/C261118-01 ", "C26111801", "C2611"])
def test_a_claim_is_found_by_its_number(small_shop: SmallShop, numbered: dict[str, int], typed: str) -> None:
    answer = found(small_shop, typed)
    (paper,) = answer.papers
    assert (paper.kind, paper.number, paper.shown_as, paper.plate) == ("claim", "C261118-01", ("claim", numbered["claim"]), "粤BD28816")
    assert not answer.orders


def test_a_settlement_is_found_by_its_number_and_shown_on_its_order(small_shop: SmallShop, numbered: dict[str, int]) -> None:
    assert numbered
    assert [(paper.number, paper.shown_as, paper.plate) for paper in found(small_shop, "S261120-007").papers] == [
        ("S261120-007", ("order", small_shop.earlier_order), "粤B8K326")
    ]
    assert [paper.number for paper in found(small_shop, "S261120").papers] == ["S261120-008", "S261120-007"], "newest first"


def test_an_appointment_is_found_by_its_number_with_its_car_or_the_plate_that_was_said(small_shop: SmallShop, numbered: dict[str, int]) -> None:
    for key, plate in (("known", "粤B8K326"), ("typed", "粤B99999")):
        (paper,) = found(small_shop, number_of(small_shop, numbered[key])).papers
        assert (paper.kind, paper.shown_as, paper.plate) == ("appointment", ("appointment", numbered[key]), plate)


@pytest.mark.parametrize("typed", ["C261118-02", "D261118-01", "S12", "A", "261118-01", "C26X", "", "7742"])
def test_no_other_text_finds_one(small_shop: SmallShop, numbered: dict[str, int], typed: str) -> None:
    assert numbered and found(small_shop, typed).papers == []


def statements(shop: SmallShop, typed: str) -> list[tuple[str, Any]]:
    said: list[tuple[str, Any]] = []

    def listen(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        said.append((statement, parameters))

    with reading(shop.engine) as session:
        session.execute(text("SELECT 1"))
        event.listen(shop.engine, "before_cursor_execute", listen)
        find(session, typed)
    event.remove(shop.engine, "before_cursor_execute", listen)
    return said


@pytest.mark.parametrize(("typed", "table"), [("C261118-01", "claim"), ("S261120-007", "settlement"), ("A261125-01", "appointment")])
def test_a_number_is_looked_up_once_by_its_index(small_shop: SmallShop, typed: str, table: str) -> None:
    ((statement, parameters),) = [said for said in statements(small_shop, typed) if f"FROM {table}" in said[0]]
    with small_shop.engine.connect() as connection:
        if small_shop.engine.dialect.name == "sqlite":
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plan = " / ".join(row[3] for row in rows)
            assert f"SEARCH {table} USING INDEX" in plan and "number>?" in plan and "SCAN" not in plan and "TEMP" not in plan, plan
        else:
            # So few rows are read whole by choice; without that choice the index must do.
            connection.exec_driver_sql("SET enable_seqscan = off")
            plan = " / ".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters))
            assert "Index Cond: (((number)::text >=" in plan.replace(f"{table}.", "") or "Index Cond: ((number >=" in plan.replace(f"{table}.", ""), plan


@pytest.mark.parametrize("typed", ["8K326", "13632017742", "czq", "W261124-001", "261124", "陳志強", "LVGBV54HXNG004821"])
def test_what_is_no_number_of_theirs_asks_these_tables_nothing(small_shop: SmallShop, typed: str) -> None:
    assert not [said for said, _values in statements(small_shop, typed) if any(f"FROM {table}" in said for table in ("claim", "settlement", "appointment"))]
