"""A vehicle's file: who owns and drives it, where it was, what is open on it. Shared by check-in and the customers' room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import case, func, select

from db.models import (
    Customer,
    CustomerPhone,
    OdometerReading,
    Ownership,
    ScheduleItem,
    Vehicle,
    VehiclePlate,
    WorkOrder,
    WorkOrderLine,
)
from db.queries.shop import the_shop
from db.rules import mileage
from db.rules.order_life import Consent, OrderState, is_open
from db.rules.record_words import OwnershipRole

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A customer with what he is to the vehicle; phones in E.164, the first one first."""

    customer_id: int
    name: str
    title: str
    role: str
    phones: tuple[str, ...]
    language: str
    tier: str
    consent_to_call: bool
    is_company: bool
    since: dt.date | None
    until: dt.date | None
    version: int


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A past or open visit; amount in fen of what was authorised."""

    order_id: int
    number: str
    state: str
    checked_in_at: dt.datetime
    odometer_km: int
    package_names: tuple[tuple[str, str, str], ...]
    """zh_TW, zh_CN, en of its packages, else of its first operations."""
    amount: int


@dataclass(frozen=True, slots=True)
class VehicleFile:
    """The vehicle itself with its plate, readings and people."""

    vehicle_id: int
    plate: str
    plate_colour: str
    plate_kind: str
    vin: str
    maker: str
    model: str
    model_year: int | None
    colour: str
    body: str
    power_train: str
    first_registered_on: dt.date | None
    bought_on: dt.date | None
    bought_here: bool
    inspection_ends_on: dt.date | None
    warranty_ends_on: dt.date | None
    fate: str
    severe_use: bool
    note: str
    version: int
    last_visit_at: dt.datetime | None
    readings: tuple[mileage.Reading, ...]
    """Newest last, at most twelve."""
    daily: mileage.DailyDistance
    people: tuple[PersonRow, ...]
    visit_count: int
    three_years_amount: int
    open_order: tuple[int, str] | None
    """id and number."""

    @property
    def owner(self) -> PersonRow | None:
        """Who owns it now."""
        return next((person for person in self.people if person.role == OwnershipRole.OWNER.value and person.until is None), None)

    @property
    def can_be_reached(self) -> bool:
        """Whether somebody who has to do with it now has a phone."""
        return any(person.phones for person in self.people if person.until is None)

    @property
    def last_reading(self) -> mileage.Reading | None:
        """What the odometer showed last."""
        return self.readings[-1] if self.readings else None


def vehicle_file(session: Session, vehicle_id: int, now: dt.datetime) -> VehicleFile:
    """The file of one vehicle. LookupError (NoResultFound) when there is none."""
    vehicle = session.get_one(Vehicle, vehicle_id)
    plate = session.execute(select(VehiclePlate).where(VehiclePlate.vehicle_id == vehicle_id, VehiclePlate.until.is_(None))).scalar_one_or_none()
    past = readings(session, vehicle_id)
    closed = [state for state in OrderState if not is_open(state)]
    open_order = session.execute(select(WorkOrder.id, WorkOrder.number).where(WorkOrder.vehicle_id == vehicle_id, WorkOrder.state.not_in(closed))).first()
    counted = (WorkOrder.vehicle_id == vehicle_id, WorkOrder.state != OrderState.CANCELLED)
    visits = session.execute(select(func.count()).select_from(WorkOrder).where(*counted)).scalar_one()
    three_years = now.replace(year=now.year - 3) if (now.month, now.day) != (2, 29) else now.replace(year=now.year - 3, day=28)
    amount = session.execute(
        select(func.coalesce(func.sum(WorkOrderLine.amount), 0))
        .join(WorkOrder, WorkOrder.id == WorkOrderLine.order_id)
        .where(*counted, WorkOrder.checked_in_at >= three_years, WorkOrderLine.consent == Consent.AUTHORISED)
    ).scalar_one()
    return VehicleFile(
        vehicle_id, plate.plate if plate else "", plate.colour if plate else "blue", plate.kind if plate else "OTHER", vehicle.vin, vehicle.maker,
        vehicle.model, vehicle.model_year, vehicle.colour, vehicle.body, vehicle.power_train.value, vehicle.first_registered_on, vehicle.bought_on,
        vehicle.bought_here, vehicle.inspection_ends_on, vehicle.warranty_ends_on, vehicle.fate.value, vehicle.severe_use, vehicle.note, vehicle.version,
        vehicle.last_visit_at, past, mileage.daily_distance(past, the_shop(session).settings.default_daily_kilometres),
        people_of(session, vehicle_id), visits, amount, (open_order[0], open_order[1]) if open_order else None,
    )  # fmt: skip


def readings(session: Session, vehicle_id: int, limit: int = 12) -> tuple[mileage.Reading, ...]:
    """The last odometer readings, newest last."""
    rows = session.execute(
        select(OdometerReading.read_at, OdometerReading.kilometres, OdometerReading.implausible_reason)
        .where(OdometerReading.vehicle_id == vehicle_id)
        .order_by(OdometerReading.read_at.desc(), OdometerReading.id.desc())
        .limit(limit)
    ).all()
    return tuple(mileage.Reading(at, km, mileage.ReadingReason(reason) if reason else None) for at, km, reason in reversed(rows))


def people_of(session: Session, vehicle_id: int, with_past: bool = True) -> tuple[PersonRow, ...]:
    """Owner first, then drivers and others, then those of the past."""
    query = (
        select(Ownership, Customer)
        .join(Customer, Customer.id == Ownership.customer_id)
        .where(Ownership.vehicle_id == vehicle_id)
        .order_by(
            case((Ownership.until.is_(None), 0), else_=1), case((Ownership.role == OwnershipRole.OWNER, 0), else_=1), Ownership.since.desc(), Ownership.id
        )
    )
    if not with_past:
        query = query.where(Ownership.until.is_(None))
    rows = session.execute(query).all()
    phones: dict[int, list[str]] = {}
    for customer_id, number, typed in session.execute(
        select(CustomerPhone.customer_id, CustomerPhone.e164, CustomerPhone.typed)
        .where(CustomerPhone.customer_id.in_([customer.id for _, customer in rows]))
        .order_by(CustomerPhone.position, CustomerPhone.id)
    ):
        phones.setdefault(customer_id, []).append(number or typed)
    return tuple(
        PersonRow(
            customer.id, customer.name, customer.title, tie.role.value, tuple(phones.get(customer.id, ())), customer.language.value, customer.tier,
            customer.consent_to_call, customer.is_company, tie.since, tie.until, customer.version,
        )
        for tie, customer in rows
    )  # fmt: skip


def visits(session: Session, vehicle_id: int, limit: int = 20) -> list[VisitRow]:
    """The visits of a vehicle, newest first; undone and cancelled ones are there with their state."""
    orders = session.execute(
        select(WorkOrder.id, WorkOrder.number, WorkOrder.state, WorkOrder.checked_in_at, WorkOrder.odometer_km)
        .where(WorkOrder.vehicle_id == vehicle_id)
        .order_by(WorkOrder.checked_in_at.desc(), WorkOrder.id.desc())
        .limit(limit)
    ).all()
    names: dict[int, dict[tuple[str, str, str], None]] = {}
    amounts: dict[int, int] = {}
    for line in session.execute(
        select(WorkOrderLine)
        .where(WorkOrderLine.order_id.in_([row[0] for row in orders]), WorkOrderLine.consent == Consent.AUTHORISED)
        .order_by(WorkOrderLine.position)
    ).scalars():
        amounts[line.order_id] = amounts.get(line.order_id, 0) + line.amount
        name = (
            (line.package_name_zh_tw, line.package_name_zh_cn, line.package_name_en) if line.package_code else (line.name_zh_tw, line.name_zh_cn, line.name_en)
        )
        names.setdefault(line.order_id, {}).setdefault(name)
    return [VisitRow(row[0], row[1], row[2].value, row[3], row[4], tuple(names.get(row[0], {}))[:4], amounts.get(row[0], 0)) for row in orders]


def schedule(session: Session, power_train: str) -> list[ScheduleItem]:
    """The maintenance schedule of a power train; for use inside a session only."""
    return list(session.execute(select(ScheduleItem).where(ScheduleItem.power_train == power_train).order_by(ScheduleItem.id)).scalars())
