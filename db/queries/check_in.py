"""What the check-in form shows: today's appointments, and all about the car that was chosen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from db.models import Appointment, Attachment, AttachmentBytes, DamageMark, Staff, WorkOrder
from db.queries import alerts as alert_query
from db.queries.promise import cars_today
from db.queries.search import first_phones, vehicles
from db.queries.shop import the_shop, working_calendar
from db.queries.vehicle_file import VehicleFile, VisitRow, vehicle_file, visits
from db.rules import mileage, phone, plate
from db.rules.order_life import OrderState
from db.rules.record_words import AppointmentState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """An appointment as a line of a list; the name and phone given for this visit before those on file, which stand in the last two as well."""

    appointment_id: int
    number: str
    state: str
    starts_at: dt.datetime
    minutes: int
    vehicle_id: int | None
    customer_id: int | None
    plate: str
    plate_colour: str
    model: str
    name: str
    phone: str
    reason: str
    package_codes: tuple[str, ...]
    skill: str
    bay_id: int | None
    advisor_id: int | None
    advisor_name: str
    version: int
    name_on_file: str
    phone_on_file: str


@dataclass(frozen=True, slots=True)
class KnownMark:
    """A damage that stood on the car at its last visit."""

    zone: str
    view: str
    x: float
    y: float
    kind: str
    size_mm: int | None
    note: str
    seen_on: dt.date


@dataclass(frozen=True, slots=True)
class CarSheet:
    """All that is shown once a car is chosen."""

    car: VehicleFile
    alerts: list[alert_query.Alert]
    last_visits: list[VisitRow]
    appointment: AppointmentRow | None
    expected_km: int | None
    known_marks: tuple[KnownMark, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """The empty room: how many cars came today, and who is expected."""

    cars_today: int
    appointments: list[AppointmentRow]


def desk(session: Session, now: dt.datetime) -> Desk:
    """The counter's day so far."""
    calendar = working_calendar(session)
    today = calendar.day_of(now)
    start, end = calendar.moment(today), calendar.moment(today + dt.timedelta(days=1))
    return Desk(cars_today(session, start, end), appointments(session, start, end))


def appointments(session: Session, start: dt.datetime, end: dt.datetime, *, with_cancelled: bool = False) -> list[AppointmentRow]:
    """Appointments whose time lies in a span, by time; cancelled ones are left out unless they are asked for."""
    found = select(Appointment).where(Appointment.starts_at >= start, Appointment.starts_at < end).order_by(Appointment.starts_at, Appointment.id)
    if not with_cancelled:
        found = found.where(Appointment.state != AppointmentState.CANCELLED)
    return _appointment_rows(session, session.execute(found).scalars().all())


def appointment_day(session: Session, appointment_id: int, now: dt.datetime) -> tuple[int, AppointmentRow]:
    """How many days from today an appointment is, cancelled or not, and itself. NoResultFound when there is none."""
    calendar = working_calendar(session)
    (row,) = _appointment_rows(session, [session.get_one(Appointment, appointment_id)])
    return (calendar.day_of(row.starts_at) - calendar.day_of(now)).days, row


def _appointment_rows(session: Session, rows: Sequence[Appointment]) -> list[AppointmentRow]:
    cars = vehicles(session, [row.vehicle_id for row in rows if row.vehicle_id is not None])
    phones = first_phones(session, [row.customer_id for row in rows if row.customer_id is not None])
    staff = {row[0]: row[1] for row in session.execute(select(Staff.id, Staff.name))}
    found = []
    for row in rows:
        car = cars.get(row.vehicle_id) if row.vehicle_id is not None else None
        phone = phones.get(row.customer_id, "") if row.customer_id is not None else ""
        name_on_file, phone_on_file = car.owner_name if car else "", phone or (car.owner_phone if car else "")
        found.append(
            AppointmentRow(
                row.id, row.number, row.state.value, row.starts_at, row.minutes, row.vehicle_id, row.customer_id,
                car.plate if car else row.plate_typed, car.plate_colour if car else "blue", " ".join((car.maker, car.model)) if car else "",
                row.name_typed or name_on_file, row.phone_typed or phone_on_file, row.reason,
                tuple(row.package_codes), row.skill, row.bay_id, row.advisor_id, staff.get(row.advisor_id or 0, ""), row.version,
                name_on_file, phone_on_file,
            )
        )  # fmt: skip
    return found


def car_sheet(session: Session, vehicle_id: int, now: dt.datetime) -> CarSheet:
    """The sheet of a known car. LookupError when there is none."""
    car = vehicle_file(session, vehicle_id, now)
    last = car.last_reading
    return CarSheet(
        car,
        alert_query.alerts(session, car, now),
        [visit for visit in visits(session, vehicle_id, 8) if visit.state != OrderState.CANCELLED.value][:3],
        _appointment_today(session, car, now),
        mileage.expected_km(last, now, car.daily) if last else None,
        _known_marks(session, vehicle_id),
    )


def _appointment_today(session: Session, car: VehicleFile, now: dt.datetime) -> AppointmentRow | None:
    """The day's first appointment of a car; one made for its plate or its owner's phone, no car chosen, counts where none was made for itself."""
    calendar = working_calendar(session)
    today = calendar.day_of(now)
    booked = session.execute(
        select(Appointment)
        .where(
            or_(Appointment.vehicle_id == car.vehicle_id, Appointment.vehicle_id.is_(None)),
            Appointment.state == AppointmentState.BOOKED,
            Appointment.starts_at >= calendar.moment(today),
            Appointment.starts_at < calendar.moment(today + dt.timedelta(days=1)),
        )
        .order_by(Appointment.starts_at, Appointment.id)
    ).scalars().all()  # fmt: skip
    region = the_shop(session).region
    found = next((row for means in (_is_for, _names_plate, _names_owner) for row in booked if means(row, car, region)), None)
    return None if found is None else _appointment_rows(session, [found])[0]


def _is_for(row: Appointment, car: VehicleFile, _region: str) -> bool:
    return row.vehicle_id == car.vehicle_id


def _names_plate(row: Appointment, car: VehicleFile, _region: str) -> bool:
    """The whole plate, or all of it but the province, which people of the same province leave out."""
    typed = plate.normalise(row.plate_typed)
    return bool(typed) and row.vehicle_id is None and typed in (car.plate, plate.without_province(car.plate))


def _names_owner(row: Appointment, car: VehicleFile, region: str) -> bool:
    """By the owner himself or his phone, and no other plate was said."""
    if row.vehicle_id is not None or car.owner is None or (row.plate_typed.strip() and not plate.has_tail(car.plate, row.plate_typed)):
        return False
    return row.customer_id == car.owner.customer_id or (bool(row.phone_typed) and phone.recognise(row.phone_typed, region).normalised in car.owner.phones)


def _known_marks(session: Session, vehicle_id: int) -> tuple[KnownMark, ...]:
    last = session.execute(
        select(WorkOrder.id, WorkOrder.checked_in_at)
        .where(WorkOrder.vehicle_id == vehicle_id, WorkOrder.state != OrderState.CANCELLED)
        .order_by(WorkOrder.checked_in_at.desc())
        .limit(1)
    ).first()
    if last is None:
        return ()
    day = the_shop(session).day_of(last[1])
    rows = session.execute(select(DamageMark).where(DamageMark.order_id == last[0]).order_by(DamageMark.position)).scalars()
    return tuple(KnownMark(row.zone, row.view, row.x, row.y, row.kind, row.size_mm, row.note, day) for row in rows)


def attachment_bytes(session: Session, attachment_id: int, thumbnail: bool = False) -> tuple[str, bytes] | None:
    """Media type and bytes of a picture (its thumbnail where there is one), None when it is not there."""
    row = session.execute(
        select(Attachment.media_type, AttachmentBytes.content, AttachmentBytes.thumbnail)
        .join(AttachmentBytes, AttachmentBytes.sha256 == Attachment.sha256)
        .where(Attachment.id == attachment_id)
    ).first()
    if row is None:
        return None
    if thumbnail and row[2] is not None:
        return "image/jpeg", row[2]
    return row[0], row[1]
