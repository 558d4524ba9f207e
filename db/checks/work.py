"""What is worked on and billed: only what the customer agreed to, by one technician at a time, on an order that is where it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, func, or_, select

from db.checks.finding import Finding
from db.models import LabourSession, OdometerReading, QualityCheck, Settlement, Staff, WorkOrder, WorkOrderLine
from db.rules.order_life import Consent, OrderState, WorkState
from db.rules.record_words import CheckLevel, SettlementState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

_AFTER_THE_CHECK = (OrderState.READY, OrderState.SETTLED, OrderState.DELIVERED)
_AFTER_SETTLING = (OrderState.SETTLED, OrderState.DELIVERED)


def unauthorised_work(session: Session) -> Iterator[Finding]:
    """Nothing that is not authorised is worked on."""
    line = WorkOrderLine
    query = (
        select(line.id, WorkOrder.number)
        .join(WorkOrder, WorkOrder.id == line.order_id)
        .where(line.consent != Consent.AUTHORISED, line.work_state.in_((WorkState.WORKING, WorkState.STOPPED, WorkState.DONE)))
    )
    for key, number in session.execute(query):
        yield Finding("line_worked_unauthorised", "work_order_line", f"{number} #{key}")


def unauthorised_billing(session: Session) -> Iterator[Finding]:
    """Nothing that is not authorised is billed."""
    line = WorkOrderLine
    billed = select(line.id, WorkOrder.number).join(WorkOrder, WorkOrder.id == line.order_id).where(line.settlement_id.is_not(None))
    query = billed.where(line.consent != Consent.AUTHORISED)
    for key, number in session.execute(query):
        yield Finding("line_billed_unauthorised", "work_order_line", f"{number} #{key}")


def two_lines_at_once(session: Session) -> Iterator[Finding]:
    """A technician is on one line at a time: no two of his clocks overlap."""
    one, other = LabourSession, LabourSession.__table__.alias("other")
    query = (
        select(one.id, Staff.name)
        .join(Staff, Staff.id == one.technician_id)
        .join(other, and_(other.c.technician_id == one.technician_id, other.c.id > one.id))
        .where(
            or_(one.ended_at.is_(None), other.c.started_at < one.ended_at),
            or_(other.c.ended_at.is_(None), one.started_at < other.c.ended_at),
        )
        .order_by(one.id)
    )
    for key, name in session.execute(query):
        yield Finding("clocks_overlap", "labour_session", str(key), {"name": name})


def clock_ends_before_start(session: Session) -> Iterator[Finding]:
    """A clock ends after it began."""
    for key in session.execute(select(LabourSession.id).where(LabourSession.ended_at < LabourSession.started_at)).scalars():
        yield Finding("clock_backwards", "labour_session", str(key))


def states_without_ground(session: Session) -> Iterator[Finding]:
    """Ready needs a passed final check; settled needs every share settled."""
    passed = exists().where(QualityCheck.order_id == WorkOrder.id, QualityCheck.level == CheckLevel.FINAL, QualityCheck.passed.is_(True))
    for number in session.execute(select(WorkOrder.number).where(WorkOrder.state.in_(_AFTER_THE_CHECK), ~passed).order_by(WorkOrder.id)).scalars():
        yield Finding("order_ready_unchecked", "work_order", number)
    open_share = exists().where(Settlement.order_id == WorkOrder.id, Settlement.state == SettlementState.OPEN)
    for number in session.execute(select(WorkOrder.number).where(WorkOrder.state.in_(_AFTER_SETTLING), open_share).order_by(WorkOrder.id)).scalars():
        yield Finding("order_settled_open", "work_order", number)
    without_moment = select(WorkOrder.number).where(WorkOrder.state == OrderState.DELIVERED, WorkOrder.delivered_at.is_(None))
    for number in session.execute(without_moment).scalars():
        yield Finding("order_delivered_unknown_when", "work_order", number)


def odometers(session: Session) -> Iterator[Finding]:
    """A reading below the one before is kept only with a reason."""
    reading = OdometerReading
    before = func.lag(reading.kilometres).over(partition_by=reading.vehicle_id, order_by=(reading.read_at, reading.id)).label("before")
    rows = select(reading.id, reading.vehicle_id, reading.kilometres, reading.implausible_reason, before).subquery()
    query = select(rows.c.id, rows.c.vehicle_id).where(rows.c.kilometres < rows.c.before, rows.c.implausible_reason.is_(None))
    for key, vehicle_id in session.execute(query):
        yield Finding("odometer_without_reason", "odometer_reading", str(key), {"vehicle": vehicle_id})


CHECKS = (unauthorised_work, unauthorised_billing, two_lines_at_once, clock_ends_before_start, states_without_ground, odometers)
