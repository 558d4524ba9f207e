"""Work orders: their states with the times that these need, their numbers, their appointments and papers."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, and_, cast, func, or_, select
from sqlalchemy.orm import aliased

from db.checks.finding import Finding, rows_that_fail
from db.models import (
    Appointment,
    Claim,
    Customer,
    CustomerPhone,
    NumberCounter,
    PaperPrint,
    QualityCheck,
    Settlement,
    WorkOrder,
)
from db.queries.shop import the_shop
from db.rules import numbering
from db.rules.errors import Refusal
from db.rules.order_life import OrderKind, OrderState
from db.rules.record_words import AppointmentState, CheckLevel, SignedHow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

_S = OrderState
_CLOSED = (_S.DELIVERED, _S.CANCELLED)
_AFTER_DISPATCH = (_S.DISPATCHED, _S.IN_PROGRESS, _S.WAITING, _S.QUALITY_CHECK, _S.READY, _S.SETTLED, _S.DELIVERED)
_READY = (_S.READY, _S.SETTLED, _S.DELIVERED)
_NEEDED_TIMES = (
    ("dispatched_at", _AFTER_DISPATCH), ("started_at", _AFTER_DISPATCH[1:]), ("checked_at", _READY), ("ready_at", _READY), ("settled_at", _READY[1:]),
    ("delivered_at", (_S.DELIVERED,)), ("cancelled_at", (_S.CANCELLED,)),
)  # fmt: skip
_NOT_YET = (
    ("ready_at", (_S.CHECKED_IN, _S.DISPATCHED, _S.IN_PROGRESS, _S.WAITING, _S.QUALITY_CHECK)), ("settled_at", tuple(s for s in _S if s not in _READY[1:])),
    ("delivered_at", tuple(s for s in _S if s is not _S.DELIVERED)), ("cancelled_at", tuple(s for s in _S if s is not _S.CANCELLED)),
)  # fmt: skip
_IN_ORDER = ("checked_in_at", "dispatched_at", "started_at", "checked_at", "ready_at", "settled_at", "delivered_at")


def states(session: Session) -> Iterator[Finding]:
    """two_open_orders, order_time_missing, order_time_too_early, order_times_out_of_order, order_taker_missing, cancel_reason_missing,
    waiting_without_reason, waiting_reason_left."""
    other = aliased(WorkOrder)
    yield from rows_that_fail(
        session, "two_open_orders", "work_order",
        select(WorkOrder.id, WorkOrder.number, other.number.label("other"))
        .join(other, and_(other.vehicle_id == WorkOrder.vehicle_id, other.id < WorkOrder.id))
        .where(WorkOrder.state.not_in(_CLOSED), other.state.not_in(_CLOSED)),
    )  # fmt: skip
    base = select(WorkOrder.id, WorkOrder.number, WorkOrder.state.label("state"))
    for name, needing in _NEEDED_TIMES:
        column = getattr(WorkOrder, name)
        yield from _named(session, "order_time_missing", base.where(WorkOrder.state.in_(needing), column.is_(None)), name)
    for name, before in _NOT_YET:
        column = getattr(WorkOrder, name)
        yield from _named(session, "order_time_too_early", base.where(WorkOrder.state.in_(before), column.is_not(None)), name)
    for earlier, later in itertools.pairwise(_IN_ORDER):
        statement = base.where(getattr(WorkOrder, later) < getattr(WorkOrder, earlier))
        yield from _named(session, "order_times_out_of_order", statement, later)
    erased = select(Customer.id).where(Customer.id == WorkOrder.customer_id, Customer.erased_at.is_not(None)).exists()
    yield from rows_that_fail(
        session, "order_taker_missing", "work_order",
        select(WorkOrder.id, WorkOrder.number).where(WorkOrder.state == _S.DELIVERED, WorkOrder.delivered_to == "", ~erased),
    )  # fmt: skip
    reasonless = or_(WorkOrder.cancel_reason.is_(None), WorkOrder.cancel_reason == "")
    yield from rows_that_fail(
        session, "cancel_reason_missing", "work_order", select(WorkOrder.id, WorkOrder.number).where(WorkOrder.state == _S.CANCELLED, reasonless)
    )
    waits_without = or_(WorkOrder.waiting_for.is_(None), WorkOrder.waiting_since.is_(None))
    yield from rows_that_fail(
        session, "waiting_without_reason", "work_order", select(WorkOrder.id, WorkOrder.number).where(WorkOrder.state == _S.WAITING, waits_without)
    )
    yield from rows_that_fail(
        session, "waiting_reason_left", "work_order",
        select(WorkOrder.id, WorkOrder.number).where(WorkOrder.state != _S.WAITING, WorkOrder.waiting_for.is_not(None)),
    )  # fmt: skip


def _named(session: Session, code: str, statement: Any, name: str) -> Iterator[Finding]:
    for finding in rows_that_fail(session, code, "work_order", statement):
        yield Finding(finding.code, finding.table, finding.row_id, finding.number, {**finding.facts, "time": name})


def taken_in(session: Session) -> Iterator[Finding]:
    """order_nobody_to_reach, order_signature_missing, promised_before_check_in, comeback_without_work, comeback_of_other_vehicle."""
    phone = select(CustomerPhone.id).where(CustomerPhone.customer_id.in_((WorkOrder.customer_id, WorkOrder.sender_id))).exists()
    erased = select(Customer.id).where(Customer.id == WorkOrder.customer_id, Customer.erased_at.is_not(None)).exists()
    base = select(WorkOrder.id, WorkOrder.number)
    yield from rows_that_fail(session, "order_nobody_to_reach", "work_order", base.where(WorkOrder.contact_phone == "", ~phone, ~erased))
    unsigned = and_(WorkOrder.signed_how == SignedHow.SIGNATURE, WorkOrder.signature_id.is_(None))
    yield from rows_that_fail(session, "order_signature_missing", "work_order", base.where(unsigned))
    yield from rows_that_fail(session, "promised_before_check_in", "work_order", base.where(WorkOrder.promised_at <= WorkOrder.checked_in_at))
    yield from rows_that_fail(
        session, "comeback_without_work", "work_order", base.where(WorkOrder.kind == OrderKind.COMEBACK, WorkOrder.comeback_of_id.is_(None))
    )
    other = aliased(WorkOrder)
    yield from rows_that_fail(
        session, "comeback_of_other_vehicle", "work_order",
        base.join(other, other.id == WorkOrder.comeback_of_id)
        .where(or_(other.vehicle_id != WorkOrder.vehicle_id, other.checked_in_at >= WorkOrder.checked_in_at)),
    )  # fmt: skip


def numbers(session: Session) -> Iterator[Finding]:
    """number_of_other_day, numbers_with_gap, number_counter_differs."""
    shop = the_shop(session)
    series = (
        (numbering.WORK_ORDER, WorkOrder, WorkOrder.checked_in_at), (numbering.SETTLEMENT, Settlement, Settlement.settled_at),
        (numbering.CLAIM, Claim, Claim.reported_at), (numbering.APPOINTMENT, Appointment, None),
    )  # fmt: skip
    counted: dict[tuple[str, str], tuple[int, int]] = {}
    for letter, model, moment in series:
        day, counter = func.substr(model.number, 2, 6), cast(func.substr(model.number, 9), Integer)
        grouped = select(day, func.count(func.distinct(counter)), func.max(counter)).group_by(day)
        for text, count, highest in session.execute(grouped):
            counted[letter, text] = (count, highest)
            if count != highest:
                facts = {"series": letter, "count": count, "highest": highest}
                yield Finding("numbers_with_gap", model.__tablename__, None, f"{letter}{text}", facts)
        if moment is not None:
            yield from _on_their_day(session, model, moment, shop.day_of)
    stored = {
        (row[0], f"{row[1]:%y%m%d}"): row[2] for row in session.execute(select(NumberCounter.series, NumberCounter.day, NumberCounter.last))
    }  # fmt: skip
    for key in sorted(counted.keys() | stored.keys()):
        letter, text = key
        highest, last = counted.get(key, (0, 0))[1], stored.get(key, 0)
        if highest != last:
            yield Finding("number_counter_differs", "number_counter", None, f"{letter}{text}", {"highest": highest, "counter": last})


def _on_their_day(session: Session, model: Any, moment: Any, day_of: Any) -> Iterator[Finding]:
    for row_id, number, at in session.execute(select(model.id, model.number, moment).execution_options(yield_per=2000)):
        try:
            right = numbering.parse_number(number).day == day_of(at)
        except Refusal:
            right = False
        if not right:
            yield Finding("number_of_other_day", model.__tablename__, row_id, number, {})


def appointments(session: Session) -> Iterator[Finding]:
    """appointment_without_order, appointment_not_marked, appointment_used_twice."""
    undone = and_(WorkOrder.state == _S.CANCELLED, func.coalesce(WorkOrder.cancel_reason, "") == "undone")
    uses = select(WorkOrder.id).where(WorkOrder.appointment_id == Appointment.id, ~undone)
    yield from rows_that_fail(
        session, "appointment_without_order", "appointment",
        select(Appointment.id, Appointment.number).where(Appointment.state == AppointmentState.CHECKED_IN, ~uses.exists()),
    )  # fmt: skip
    yield from rows_that_fail(
        session, "appointment_not_marked", "appointment",
        select(Appointment.id, Appointment.number, Appointment.state.label("state")).where(Appointment.state != AppointmentState.CHECKED_IN, uses.exists()),
    )  # fmt: skip
    other = aliased(WorkOrder)
    other_undone = and_(other.state == _S.CANCELLED, func.coalesce(other.cancel_reason, "") == "undone")
    yield from rows_that_fail(
        session, "appointment_used_twice", "work_order",
        select(WorkOrder.id, WorkOrder.number, other.number.label("other"))
        .join(other, and_(other.appointment_id == WorkOrder.appointment_id, other.id < WorkOrder.id)).where(~undone, ~other_undone),
    )  # fmt: skip


def checks_made(session: Session) -> Iterator[Finding]:
    """final_check_missing, rework_count_differs, paper_of_cancelled_order."""
    final = select(QualityCheck.id).where(QualityCheck.order_id == WorkOrder.id, QualityCheck.level == CheckLevel.FINAL, QualityCheck.passed.is_(True))
    yield from rows_that_fail(
        session, "final_check_missing", "work_order", select(WorkOrder.id, WorkOrder.number).where(WorkOrder.state.in_(_READY), ~final.exists())
    )
    failed = select(func.count()).where(QualityCheck.order_id == WorkOrder.id, QualityCheck.passed.is_(False)).correlate(WorkOrder).scalar_subquery()
    yield from rows_that_fail(
        session, "rework_count_differs", "work_order",
        select(WorkOrder.id, WorkOrder.number, WorkOrder.rework_count.label("count"), failed.label("checks")).where(WorkOrder.rework_count != failed),
    )  # fmt: skip
    yield from rows_that_fail(
        session, "paper_of_cancelled_order", "paper_print",
        select(PaperPrint.id, WorkOrder.number, PaperPrint.paper.label("paper"))
        .join(WorkOrder, WorkOrder.id == PaperPrint.order_id).where(WorkOrder.state == _S.CANCELLED, PaperPrint.void.is_(False)),
    )  # fmt: skip

