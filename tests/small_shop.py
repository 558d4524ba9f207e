"""A small furnished shop for tests: its people, bays, the starter catalogue, two customers with cars, and one car on its second visit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import select

from db.catalogue_files import read_catalogue
from db.commands.act import Act
from db.commands.catalogue_load import load_starter
from db.commands.check_in import CheckIn, ComplaintValues, NewCustomer, NewVehicle
from db.commands.order_moves import Cancel, Deliver, Dispatch, PassCheck
from db.commands.order_settling import Settle, ShareValues
from db.commands.order_work import MarkLinesDone, StartWork, StopWork
from db.commands.perform import Done, perform
from db.commands.pins import hash_pin
from db.commands.shop import MakeShop
from db.engine import reading
from db.models import Bay, Staff, WorkOrderLine
from db.queries.catalogue import fee_line, lines_of
from db.rules.order_life import LineKind, OrderKind, Payer
from db.rules.record_words import BayKind, Language, PaymentMethod, StopReason
from db.rules.rights import Role
from desktop_app.resource import resource

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from db.commands.perform import Command
    from db.rules.order_line import LineValues

PIN = "1234"
"""Everybody's."""

DEVICE = "counter 1"


@dataclass(frozen=True, slots=True)
class SmallShop:
    """The keys of what stands in the shop; `now` is the afternoon of all examples."""

    engine: Engine
    now: dt.datetime
    manager: int
    advisor: int
    second_advisor: int
    foreman: int
    technician: int
    second_technician: int
    cashier: int
    parts_keeper: int
    bay: int
    second_bay: int
    wash_bay: int
    customer: int
    second_customer: int
    vehicle: int
    """A petrol car, 粤B8K326, with one visit in the books."""
    second_vehicle: int
    """A battery car, 粤BD28816."""
    earlier_order: int
    """The delivered visit of `vehicle`, five months ago."""
    order: int
    """The open order of `vehicle`, checked in an hour ago: a minor service, a diagnosis, a fee."""
    order_number: str

    def act(self, who: int | None = None, minutes: float = 0, **more: Any) -> Act:
        """An act of a person (the advisor), so many minutes after `now`."""
        return Act(at=self.now + dt.timedelta(minutes=minutes), device=DEVICE, staff_id=self.advisor if who is None else who, **more)

    def do(self, command: Command, who: int | None = None, minutes: float = 0, **more: Any) -> Any:
        """Perform a command as a person; returns its result."""
        return self.done(command, who, minutes, **more).result

    def done(self, command: Command, who: int | None = None, minutes: float = 0, **more: Any) -> Done:
        """As `do`, with the tables that were touched."""
        return perform(self.engine, command, self.act(who, minutes, **more))

    def lines_of(self, subject: str, code: str, **more: Any) -> list[LineValues]:
        """The lines of a catalogue item: subject package, operation or part."""
        with reading(self.engine) as session:
            return lines_of(session, subject, code, **more)

    def line_ids(self, order_id: int | None = None) -> list[int]:
        """The order's lines in their order."""
        with reading(self.engine) as session:
            query = select(WorkOrderLine.id).where(WorkOrderLine.order_id == (self.order if order_id is None else order_id))
            return list(session.execute(query.order_by(WorkOrderLine.position, WorkOrderLine.id)).scalars())

    def seen(self, *line_ids: int) -> tuple[tuple[int, int], ...]:
        """Lines with the versions that they have now."""
        with reading(self.engine) as session:
            return tuple((line_id, session.get_one(WorkOrderLine, line_id).version) for line_id in line_ids)


@dataclass(frozen=True, slots=True)
class _Furnish:
    """Puts people, bays and the starter catalogue into a new shop."""

    people: tuple[tuple[str, tuple[Role, ...], tuple[str, ...]], ...]
    verb: ClassVar[str] = "furnish"
    right: ClassVar[None] = None

    def apply(self, session: Session, act: Act) -> list[int]:
        load_starter(session, read_catalogue(resource("catalogue")))
        rows = [
            Staff(name=name, roles=[role.value for role in roles], skills=list(skills), pin_hash=_pin_hash(), position=n + 1)
            for n, (name, roles, skills) in enumerate(self.people)
        ]
        session.add_all(rows)
        session.add(Bay(name="4", kind=BayKind.ALIGNMENT, position=3))
        session.flush()
        return [row.id for row in rows]


_hashes: list[str] = []


def _pin_hash() -> str:
    if not _hashes:
        _hashes.append(hash_pin(PIN))
    return _hashes[0]


_PEOPLE = (
    ("林依君", (Role.ADVISOR,), ()),
    ("何家欣", (Role.ADVISOR,), ()),
    ("羅師傅", (Role.FOREMAN,), ("mechanical", "electrical")),
    ("阿強", (Role.TECHNICIAN,), ("mechanical", "electrical")),
    ("小馬", (Role.TECHNICIAN,), ("mechanical", "high_voltage")),
    ("周慧", (Role.CASHIER,), ()),
    ("老唐", (Role.PARTS,), ()),
)


def furnish(engine: Engine, now: dt.datetime) -> SmallShop:
    """Make the shop in a ready, empty store; the whole way of its earlier visit is walked by commands."""
    start = now - dt.timedelta(days=150)
    manager = perform(engine, MakeShop("安順汽車服務", manager_name="方經理", manager_pin=PIN), Act(at=start, device=DEVICE, everything=True)).result
    advisor, second_advisor, foreman, technician, second_technician, cashier, parts_keeper = perform(
        engine, _Furnish(_PEOPLE), Act(at=start, device=DEVICE, everything=True)
    ).result
    with reading(engine) as session:
        bays = list(session.execute(select(Bay.id).order_by(Bay.position)).scalars())
        minor = lines_of(session, "package", "PK-MIN-S")
        diagnosis = lines_of(session, "operation", "G02")[0]
        fee = fee_line(session, "廢油處理費", 2000)

    def perform_as(who: int, at: dt.datetime, command: Command) -> Any:
        return perform(engine, command, Act(at=at, device=DEVICE, staff_id=who)).result

    def minutes(count: int) -> dt.timedelta:
        return dt.timedelta(minutes=count)

    first = perform_as(
        advisor, start,
        CheckIn(
            odometer_km=38_000, promised_at=start + minutes(180), signed_on_paper=True, kind=OrderKind.MAINTENANCE,
            new_customer=NewCustomer("陳志強", ("13520876610",), title="mr"),
            new_vehicle=NewVehicle(plate="粤B8K326", vin="LVGBV54H0LG001357", maker="廣汽豐田", model="凱美瑞 2.5G", model_year=2020),
            lines=tuple(minor),
        ),
    )  # fmt: skip
    order = first["order_id"]
    with reading(engine) as session:
        lines = session.execute(select(WorkOrderLine.id, WorkOrderLine.kind).where(WorkOrderLine.order_id == order).order_by(WorkOrderLine.position)).all()
    labour = [line_id for line_id, kind in lines if kind is LineKind.LABOUR]
    others = tuple(line_id for line_id, kind in lines if kind is not LineKind.LABOUR)
    perform_as(foreman, start + minutes(5), Dispatch(order, technician, bays[0]))
    perform_as(parts_keeper, start + minutes(10), MarkLinesDone(others))
    for number, line_id in enumerate(labour):
        perform_as(technician, start + minutes(12 + 40 * number), StartWork(line_id, technician))
        perform_as(technician, start + minutes(45 + 40 * number), StopWork(technician, StopReason.DONE))
    perform_as(foreman, start + minutes(150), PassCheck(order))
    perform_as(cashier, start + minutes(160), Settle(order, (ShareValues(Payer.CUSTOMER, PaymentMethod.WECHAT),)))
    perform_as(advisor, start + minutes(165), Deliver(order, "陳志強"))
    second = perform_as(
        second_advisor, now - minutes(90),
        CheckIn(
            odometer_km=43_118, promised_at=now + minutes(120), signed_on_paper=True, vehicle_id=first["vehicle_id"], customer_id=first["customer_id"],
            contact_phone="13520876610", complaints=(ComplaintValues("剎車有異響"), ComplaintValues("保養")),
            lines=(*(_of_complaint(line, 1) for line in minor), _of_complaint(diagnosis, 0), fee),
        ),
    )  # fmt: skip
    other_start = now - dt.timedelta(days=30)
    other = perform_as(
        advisor, other_start,
        CheckIn(
            odometer_km=21_000, promised_at=other_start + minutes(60), signed_on_paper=True,
            new_customer=NewCustomer("黃麗雯", ("13798765432",), title="ms", language=Language.SIMPLIFIED),
            new_vehicle=NewVehicle(plate="粤BD28816", vin="LGXCE4CB9R0004812", maker="比亞迪", model="秦 PLUS EV", model_year=2024),
        ),
    )  # fmt: skip
    perform_as(advisor, other_start + minutes(2), Cancel(other["order_id"], "no_time"))
    return SmallShop(
        engine=engine, now=now, manager=manager, advisor=advisor, second_advisor=second_advisor, foreman=foreman, technician=technician,
        second_technician=second_technician, cashier=cashier, parts_keeper=parts_keeper, bay=bays[0], second_bay=bays[1], wash_bay=bays[2],
        customer=first["customer_id"], second_customer=other["customer_id"], vehicle=first["vehicle_id"], second_vehicle=other["vehicle_id"],
        earlier_order=order, order=second["order_id"], order_number=second["number"],
    )  # fmt: skip


def _of_complaint(line: LineValues, index: int) -> LineValues:
    return replace(line, complaint=index)
