"""The history: what it records, that it cannot be edited, that its chain holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from db.commands.act import Act
from db.commands.perform import perform
from db.engine import reading, writing
from db.models import Base, Customer, History, HistoryPersonal, Partner, Staff
from db.rules.rights import Role

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class AddPerson:
    name: str
    verb: ClassVar[str] = "add_person"
    right: ClassVar[None] = None

    def apply(self, session: Session, act: Act) -> int:
        customer = Customer(name=self.name, created_at=act.at)
        session.add(customer)
        session.flush()
        customer.came_by = "sign"
        return customer.id


@dataclass(frozen=True)
class Hire:
    person: str
    partner: str
    verb: ClassVar[str] = "hire"
    right: ClassVar[None] = None

    def apply(self, session: Session, act: Act) -> None:
        session.add_all((Staff(name=self.person, roles=[Role.ADVISOR.value]), Partner(name=self.partner, kind="tow")))


def test_the_same_request_is_done_once_and_history_says_who(engine: Engine, now: dt.datetime) -> None:
    act = Act(at=now, device="counter 1", actor="command line (lin)", everything=True)
    first, second = perform(engine, AddPerson("陳志強"), act), perform(engine, AddPerson("陳志強"), act)
    assert first.result == second.result and first.subjects == {"customer"} and not second.subjects
    with reading(engine) as session:
        (row,) = session.execute(select(History)).scalars().all()
        assert (row.device, row.actor, row.verb, row.subject, row.change) == ("counter 1", "command line (lin)", "add_person", "customer", "added")
        assert row.changes["came_by"] == [None, "sign"]
        assert "陳志強" not in str(row.changes)
        assert {(side.field, side.value) for side in session.execute(select(HistoryPersonal)).scalars()} == {("name", "陳志強")}
        assert row.at == now


def test_names_of_staff_and_partners_stand_apart_too(engine: Engine, now: dt.datetime) -> None:
    perform(engine, Hire("唐敏", "拖車行老周"), Act(at=now, device="pc", everything=True))
    with reading(engine) as session:
        chained = [str(changes) for changes in session.execute(select(History.changes)).scalars()]
        assert len(chained) == 2 and not any("唐敏" in changes or "老周" in changes for changes in chained)
        assert {side.value for side in session.execute(select(HistoryPersonal)).scalars()} == {"唐敏", "拖車行老周"}


OF_NO_PERSON = {
    "bay.name": "a place", "insurer.phone": "a company's", "loaner.plate": "the shop's own car", "shop.name": "the shop's", "shop.address": "the shop's",
    "shop.phone": "the shop's", "shop.complaint_phone": "the shop's", "shop.licence_class": "the shop's",
    "attachment.file_name": "a picture's", "paper_print.file_name": "a paper's",
}  # fmt: skip


def test_every_column_that_tells_of_a_person_is_personal() -> None:
    of_a_person = re.compile(r"(^|_)(name|phone|e164|address|plate|person|driver|surveyor|assessor|licence|mail|typed|contact)(_|$)")
    not_of_one = re.compile(r"name_(zh_tw|zh_cn|en)$|_(id|at|on|colour)$|^vin_")
    found = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if of_a_person.search(column.name) and not not_of_one.search(column.name) and not column.info.get("personal")
    }
    assert found == set(OF_NO_PERSON)


EDITS = {
    "both": (
        "DELETE FROM history",
        "UPDATE history SET verb = 'other'",
        "UPDATE history_personal SET value = 'other'",
        "INSERT INTO history SELECT * FROM history WHERE id = 1 ON CONFLICT (id) DO UPDATE SET verb = 'other'",
        "INSERT INTO history_personal SELECT * FROM history_personal WHERE true ON CONFLICT (history_id, field, side) DO UPDATE SET value = 'other'",
    ),
    "sqlite": (
        "INSERT OR REPLACE INTO history SELECT * FROM history WHERE id = 1",
        "REPLACE INTO history_personal SELECT history_id, field, side, salt, 'other' FROM history_personal",
        "UPDATE OR REPLACE history SET id = 2",
    ),
    "postgresql": ("TRUNCATE history CASCADE", "TRUNCATE history, history_personal", "TRUNCATE history_personal"),
}


def test_history_cannot_be_edited(engine: Engine, now: dt.datetime) -> None:
    perform(engine, AddPerson("陳志強"), Act(at=now, device="pc", everything=True))
    before = everything(engine)
    for statement in (*EDITS["both"], *EDITS[engine.dialect.name]):
        with pytest.raises(DBAPIError, match="append-only"), writing(engine) as session:
            session.execute(text(statement))
        assert everything(engine) == before, statement
    perform(engine, AddPerson("林秀英"), Act(at=now, device="pc", everything=True))
    assert everything(engine)[: len(before)] == before


def everything(engine: Engine) -> list[object]:
    """All rows of the history and of what stands beside it of persons, in the order of the chain."""
    rows = text("SELECT h.id, h.verb, h.hash, p.field, p.value FROM history h LEFT JOIN history_personal p ON p.history_id = h.id ORDER BY h.id, p.field")
    with reading(engine) as session:
        return [tuple(row) for row in session.execute(rows)]
