"""Owners, plates, numbers and money: what must hold whatever a program did."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from db.checks.finding import Finding
from db.models import Appointment, Claim, NumberCounter, Ownership, Payment, Settlement, VehiclePlate, WorkOrder, WorkOrderLine
from db.rules.money import line_amount, tax_inside
from db.rules.numbering import parse_number
from db.rules.order_life import Consent, OrderState
from db.rules.record_words import OwnershipRole, SettlementState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

_AT_ONCE = 2000


def owners(session: Session) -> Iterator[Finding]:
    """One owner at a time for each vehicle."""
    query = (
        select(Ownership.vehicle_id, func.count())
        .where(Ownership.role == OwnershipRole.OWNER, Ownership.until.is_(None))
        .group_by(Ownership.vehicle_id)
        .having(func.count() > 1)
    )
    for vehicle_id, count in session.execute(query):
        yield Finding("owner_doubled", "vehicle", str(vehicle_id), {"count": count})


def plates(session: Session) -> Iterator[Finding]:
    """A plate of a colour belongs to one vehicle at a time."""
    current = select(VehiclePlate.plate, func.count()).where(VehiclePlate.until.is_(None))
    query = current.group_by(VehiclePlate.plate, VehiclePlate.colour).having(func.count() > 1)
    for plate, count in session.execute(query):
        yield Finding("plate_doubled", "vehicle_plate", plate, {"count": count})


def open_orders(session: Session) -> Iterator[Finding]:
    """One open order for each car."""
    query = (
        select(WorkOrder.vehicle_id, func.count())
        .where(WorkOrder.state.not_in((OrderState.DELIVERED, OrderState.CANCELLED)))
        .group_by(WorkOrder.vehicle_id)
        .having(func.count() > 1)
    )
    for vehicle_id, count in session.execute(query):
        yield Finding("open_order_doubled", "vehicle", str(vehicle_id), {"count": count})


def numbers(session: Session) -> Iterator[Finding]:
    """The numbers of a day are 1, 2, 3 … without gaps, up to the last one given."""
    counters_given = session.execute(select(NumberCounter.series, NumberCounter.day, NumberCounter.last))
    given = {f"{series}{day:%y%m%d}": last for series, day, last in counters_given}
    for table in (WorkOrder, Claim, Settlement, Appointment):
        seen: dict[str, set[int]] = defaultdict(set)
        for text in session.execute(select(table.number)).scalars():
            number = parse_number(text)
            seen[text[:7]].add(number.counter)
        for day, counters in sorted(seen.items()):
            last = max(*counters, given.get(day, 0))
            for missing in sorted(set(range(1, last + 1)) - counters):
                yield Finding("number_missing", table.__tablename__, f"{day}-{missing:03}")


def line_amounts(session: Session) -> Iterator[Finding]:
    """A line's amount is quantity × price, less discount, plus adjustment, rounded once."""
    line = WorkOrderLine
    query = select(line.id, WorkOrder.number, line.quantity, line.unit_price, line.discount_basis_points, line.adjustment, line.amount).join(
        WorkOrder, WorkOrder.id == line.order_id
    )
    for key, number, quantity, price, discount, adjustment, amount in session.execute(query.execution_options(yield_per=_AT_ONCE)):
        right = line_amount(quantity, price, discount, adjustment)
        if amount != right:
            yield Finding("line_amount_wrong", "work_order_line", f"{number} #{key}", {"amount_fen": amount, "right_fen": right})


def settlement_totals(session: Session) -> Iterator[Finding]:
    """A settlement comes to the sum of its lines, and so does its tax."""
    totals: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    lines = select(WorkOrderLine.settlement_id, WorkOrderLine.amount, WorkOrderLine.tax_basis_points).where(
        WorkOrderLine.settlement_id.is_not(None), WorkOrderLine.consent == Consent.AUTHORISED
    )
    for settlement_id, amount, rate in session.execute(lines.execution_options(yield_per=_AT_ONCE)):
        if settlement_id is not None:
            totals[settlement_id][0] += amount
            totals[settlement_id][1] += tax_inside(amount, rate)
    for key, number, state, total, tax in session.execute(select(Settlement.id, Settlement.number, Settlement.state, Settlement.total, Settlement.tax)):
        right = totals[key]
        if key not in totals or state is SettlementState.OPEN:
            continue
        if [total, tax] != right:
            yield Finding("settlement_total_wrong", "settlement", number, {"total_fen": total, "right_fen": right[0]})


def payments(session: Session) -> Iterator[Finding]:
    """A payment that reverses another takes back exactly its amount."""
    reversed_payment = Payment.__table__.alias("reversed_payment")
    query = select(Payment.id, Payment.amount, reversed_payment.c.amount).join(reversed_payment, reversed_payment.c.id == Payment.reverses_id)
    for key, amount, original in session.execute(query):
        if amount + original != 0:
            yield Finding("reversal_wrong", "payment", str(key), {"amount_fen": amount, "original_fen": original})


CHECKS = (owners, plates, open_orders, numbers, line_amounts, settlement_totals, payments)
