"""When a car can be promised, from the workshop's load as the store knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from db.models import LabourSession, WorkOrder, WorkOrderLine
from db.queries.shop import staff_rows, the_shop, working_calendar
from db.rules.order_life import Consent, LineKind, OrderState, WorkState
from db.rules.promised_time import ExpectedDates, PlannedLabour, PromiseSettings, Proposal, Skill, propose
from db.rules.rights import Role

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from db.rules.order_line import LineValues

_IN_WORKSHOP = (OrderState.CHECKED_IN, OrderState.DISPATCHED, OrderState.IN_PROGRESS, OrderState.WAITING)


def cars_before(session: Session, now: dt.datetime, except_order: int | None = None) -> list[list[PlannedLabour]]:
    """The open authorised labour of each car in the workshop, less what is clocked, by promised time."""
    clocked: dict[int, int] = {}
    for line_id, started_at, ended_at, corrected in session.execute(
        select(LabourSession.line_id, LabourSession.started_at, LabourSession.ended_at, LabourSession.corrected_minutes)
        .join(WorkOrderLine, WorkOrderLine.id == LabourSession.line_id)
        .join(WorkOrder, WorkOrder.id == WorkOrderLine.order_id)
        .where(WorkOrder.state.in_(_IN_WORKSHOP))
    ):
        minutes = corrected if corrected is not None else int(((ended_at or now) - started_at).total_seconds() // 60)
        clocked[line_id] = clocked.get(line_id, 0) + max(minutes, 0)
    cars: dict[int, list[PlannedLabour]] = {}
    rows = session.execute(
        select(WorkOrder.id, WorkOrderLine.id, WorkOrderLine.skill, WorkOrderLine.standard_minutes)
        .join(WorkOrderLine, WorkOrderLine.order_id == WorkOrder.id)
        .where(
            WorkOrder.state.in_(_IN_WORKSHOP),
            WorkOrderLine.kind == LineKind.LABOUR,
            WorkOrderLine.consent == Consent.AUTHORISED,
            WorkOrderLine.work_state != WorkState.DONE,
            WorkOrderLine.skill != "",
        )
        .order_by(WorkOrder.promised_at, WorkOrder.id, WorkOrderLine.position)
    )
    for order_id, line_id, skill, minutes in rows:
        if order_id != except_order:
            cars.setdefault(order_id, []).append(PlannedLabour(Skill(skill), minutes, clocked.get(line_id, 0)))
    return list(cars.values())


def technicians_present(session: Session, day: dt.date) -> list[tuple[Skill, ...]]:
    """The skills of each technician whose working day it is."""
    return [
        tuple(Skill(skill) for skill in person.skills)
        for person in staff_rows(session)
        if Role.TECHNICIAN.value in person.roles and day.weekday() in person.working_days
    ]


def promise_for(session: Session, lines: Iterable[LineValues], now: dt.datetime, expected: ExpectedDates | None = None) -> Proposal:
    """The proposal for a car with these lines, checked in now."""
    shop = the_shop(session)
    labour = [PlannedLabour(Skill(line.skill), line.standard_minutes) for line in lines if line.kind is LineKind.LABOUR and line.skill and not line.proposed]
    settings = PromiseSettings(shop.settings.check_and_wash_minutes, shop.settings.buffer_minutes)
    calendar = working_calendar(session)
    return propose(
        labour,
        cars_before(session, now),
        technicians_present(session, calendar.day_of(calendar.next_open(now))),
        calendar,
        now,
        settings,
        expected or ExpectedDates(),
    )


def cars_today(session: Session, start: dt.datetime, end: dt.datetime) -> int:
    """How many cars were checked in between two moments, cancelled ones not counted."""
    return session.execute(
        select(func.count())
        .select_from(WorkOrder)
        .where(WorkOrder.checked_in_at >= start, WorkOrder.checked_in_at < end, WorkOrder.state != OrderState.CANCELLED)
    ).scalar_one()
