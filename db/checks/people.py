"""Customers and vehicles: one owner and one plate at a time, readings that can be true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from db.checks.finding import Finding, rows_that_fail
from db.models import Customer, CustomerPhone, OdometerReading, Ownership, Vehicle, VehiclePlate, WorkOrder
from db.models.base import Moment
from db.rules import mileage
from db.rules.order_life import OrderState
from db.rules.record_words import OwnershipRole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


def ownership(session: Session) -> Iterator[Finding]:
    """two_owners, ownership_ends_before_start."""
    first, second = aliased(Ownership), aliased(Ownership)
    begins_before_end = or_(first.since.is_(None), second.until.is_(None), first.since < second.until)
    ends_after_begin = or_(second.since.is_(None), first.until.is_(None), second.since < first.until)
    yield from rows_that_fail(
        session, "two_owners", "ownership",
        select(second.id, _plate(second.vehicle_id), second.vehicle_id.label("vehicle"))
        .join(first, and_(first.vehicle_id == second.vehicle_id, first.id < second.id))
        .where(first.role == OwnershipRole.OWNER, second.role == OwnershipRole.OWNER, begins_before_end, ends_after_begin),
    )  # fmt: skip
    yield from rows_that_fail(
        session, "ownership_ends_before_start", "ownership", select(Ownership.id, _plate(Ownership.vehicle_id)).where(Ownership.until < Ownership.since)
    )


def _plate(vehicle_id: Any) -> ColumnElement[Any]:
    """The plate that a vehicle bears now, as what people call it."""
    current = aliased(VehiclePlate)
    return select(func.min(current.plate)).where(current.vehicle_id == vehicle_id, current.until.is_(None)).scalar_subquery()


def plates(session: Session) -> Iterator[Finding]:
    """plate_on_two_vehicles, vehicle_with_two_plates."""
    first, second = aliased(VehiclePlate), aliased(VehiclePlate)
    both_now = and_(first.until.is_(None), second.until.is_(None))
    known = and_(first.since.is_not(None), second.since.is_not(None))
    overlap = and_(
        known, or_(second.until.is_(None), first.since < second.until), or_(first.until.is_(None), second.since < first.until)
    )  # fmt: skip
    yield from rows_that_fail(
        session, "plate_on_two_vehicles", "vehicle_plate",
        select(second.id, second.plate, second.vehicle_id.label("vehicle"), first.vehicle_id.label("other"))
        .join(first, and_(first.plate == second.plate, first.colour == second.colour, first.id < second.id, first.vehicle_id != second.vehicle_id))
        .where(or_(both_now, overlap)),
    )  # fmt: skip
    yield from rows_that_fail(
        session, "vehicle_with_two_plates", "vehicle_plate",
        select(second.id, second.plate, second.vehicle_id.label("vehicle"))
        .join(first, and_(first.vehicle_id == second.vehicle_id, first.id < second.id)).where(both_now),
    )  # fmt: skip


def known_by(session: Session) -> Iterator[Finding]:
    """vehicle_unknown, customer_unknown, vin_twice."""
    has_plate = select(VehiclePlate.id).where(VehiclePlate.vehicle_id == Vehicle.id).exists()
    yield from rows_that_fail(
        session, "vehicle_unknown", "vehicle", select(Vehicle.id, Vehicle.vin).where(Vehicle.vin == "", Vehicle.merged_into_id.is_(None), ~has_plate)
    )
    has_phone = select(CustomerPhone.id).where(CustomerPhone.customer_id == Customer.id).exists()
    yield from rows_that_fail(
        session, "customer_unknown", "customer",
        select(Customer.id, Customer.name).where(Customer.name == "", Customer.erased_at.is_(None), Customer.merged_into_id.is_(None), ~has_phone),
    )  # fmt: skip
    other = aliased(Vehicle)
    yield from rows_that_fail(
        session, "vin_twice", "vehicle",
        select(Vehicle.id, Vehicle.vin, other.id.label("other"))
        .join(other, and_(other.vin == Vehicle.vin, other.id < Vehicle.id))
        .where(Vehicle.vin != "", Vehicle.merged_into_id.is_(None), other.merged_into_id.is_(None)),
    )  # fmt: skip


def readings(session: Session) -> Iterator[Finding]:
    """reading_implausible, order_without_reading, reading_differs."""
    order = (OdometerReading.read_at, OdometerReading.id)
    before = func.lag(OdometerReading.kilometres).over(partition_by=OdometerReading.vehicle_id, order_by=order)
    when = func.lag(OdometerReading.read_at, type_=Moment()).over(partition_by=OdometerReading.vehicle_id, order_by=order)
    lagged = select(
        OdometerReading.id, OdometerReading.vehicle_id, OdometerReading.kilometres, OdometerReading.read_at, OdometerReading.implausible_reason,
        before.label("before"), when.label("when"),
    ).subquery()  # fmt: skip
    doubtful = (
        select(lagged.c.id, _plate(lagged.c.vehicle_id), lagged.c.kilometres, lagged.c.before, lagged.c.read_at, lagged.c.when)
        .where(lagged.c.implausible_reason.is_(None), lagged.c.before.is_not(None))
        .where(or_(lagged.c.kilometres < lagged.c.before, lagged.c.kilometres > lagged.c.before + mileage.MOST_PER_DAY))
    )
    for row_id, plate, kilometres, last, read_at, last_at in session.execute(doubtful.execution_options(yield_per=500)):
        if mileage.implausible(mileage.Reading(last_at, last), mileage.Reading(read_at, kilometres)) is not None:
            yield Finding("reading_implausible", "odometer_reading", row_id, plate or "", {"reading_km": kilometres, "last_km": last})
    reading = aliased(OdometerReading)
    yield from rows_that_fail(
        session, "order_without_reading", "work_order",
        select(WorkOrder.id, WorkOrder.number).where(
            WorkOrder.state != OrderState.CANCELLED, ~select(reading.id).where(reading.order_id == WorkOrder.id).exists()
        ),
    )  # fmt: skip
    yield from rows_that_fail(
        session, "reading_differs", "odometer_reading",
        select(OdometerReading.id, WorkOrder.number, OdometerReading.kilometres.label("reading_km"), WorkOrder.odometer_km.label("order_km"))
        .join(WorkOrder, WorkOrder.id == OdometerReading.order_id)
        .where(or_(OdometerReading.kilometres != WorkOrder.odometer_km, OdometerReading.vehicle_id != WorkOrder.vehicle_id)),
    )  # fmt: skip
