"""Appointments (預約): made, moved, cancelled, marked not shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from db.commands.numbers import next_number
from db.models import Appointment
from db.queries.shop import the_shop
from db.rules.errors import Refusal
from db.rules.record_words import AppointmentState
from db.rules.rights import Right

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from db.commands.act import Act


@dataclass(frozen=True, slots=True)
class MakeAppointment:
    """Agree a visit, for a known car or for what was said on the phone; returns {"appointment_id", "number", "version"}. Numbered by the day it is for."""

    starts_at: dt.datetime
    reason: str
    vehicle_id: int | None = None
    customer_id: int | None = None
    plate_typed: str = ""
    name_typed: str = ""
    phone_typed: str = ""
    minutes: int = 60
    package_codes: tuple[str, ...] = ()
    skill: str = ""
    bay_id: int | None = None
    advisor_id: int | None = None
    verb: ClassVar[str] = "make_appointment"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: appointment_without_car (neither car nor phone), appointment_in_past, appointment_without_reason."""
        if self.vehicle_id is None and not (self.plate_typed.strip() or self.phone_typed.strip()):
            raise Refusal("appointment_without_car")
        if not self.reason.strip() and not self.package_codes:
            raise Refusal("appointment_without_reason")
        if self.starts_at < act.at:
            raise Refusal("appointment_in_past", starts_at=self.starts_at)
        row = Appointment(
            number=next_number(session, "A", the_shop(session).day_of(self.starts_at)), starts_at=self.starts_at, minutes=self.minutes,
            vehicle_id=self.vehicle_id, customer_id=self.customer_id, plate_typed=self.plate_typed.strip(), name_typed=self.name_typed.strip(),
            phone_typed=self.phone_typed.strip(), reason=self.reason.strip(), package_codes=list(self.package_codes), skill=self.skill,
            bay_id=self.bay_id, advisor_id=self.advisor_id, created_at=act.at,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return {"appointment_id": row.id, "number": row.number, "version": row.version}


def _as_it_stands(session: Session, row: Appointment) -> dict[str, Any]:
    session.flush()
    return {"appointment_id": row.id, "version": row.version}


def _booked(session: Session, appointment_id: int, expected_version: int) -> Appointment:
    row = session.get_one(Appointment, appointment_id)
    if row.version != expected_version:
        raise Refusal("changed_meanwhile")
    if row.state is not AppointmentState.BOOKED:
        raise Refusal("appointment_not_booked", number=row.number, state=row.state.value)
    return row


@dataclass(frozen=True, slots=True)
class MoveAppointment:
    """Give an appointment another time, car, name, phone, advisor, bay, reason or packages; its number stays. All values hold anew.

    Returns {"appointment_id", "version"}; the version is the expected one where nothing changed. With `puts_back` the values are those from
    before a move that is undone: their time may have passed meanwhile.
    """

    appointment_id: int
    expected_version: int
    starts_at: dt.datetime
    minutes: int
    reason: str
    vehicle_id: int | None = None
    customer_id: int | None = None
    plate_typed: str = ""
    name_typed: str = ""
    phone_typed: str = ""
    package_codes: tuple[str, ...] = ()
    skill: str = ""
    bay_id: int | None = None
    advisor_id: int | None = None
    puts_back: bool = False
    verb: ClassVar[str] = "move_appointment"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: changed_meanwhile, appointment_not_booked, appointment_without_car, appointment_in_past, appointment_without_reason."""
        row = _booked(session, self.appointment_id, self.expected_version)
        if self.vehicle_id is None and not (self.plate_typed.strip() or self.phone_typed.strip()):
            raise Refusal("appointment_without_car")
        if not self.reason.strip() and not self.package_codes:
            raise Refusal("appointment_without_reason")
        if self.starts_at < act.at and self.starts_at != row.starts_at and not self.puts_back:
            raise Refusal("appointment_in_past", starts_at=self.starts_at)
        row.starts_at, row.minutes, row.reason, row.package_codes = self.starts_at, self.minutes, self.reason.strip(), list(self.package_codes)
        row.skill, row.bay_id, row.advisor_id = self.skill, self.bay_id, self.advisor_id
        row.vehicle_id, row.customer_id = self.vehicle_id, self.customer_id
        row.plate_typed, row.name_typed, row.phone_typed = self.plate_typed.strip(), self.name_typed.strip(), self.phone_typed.strip()
        return _as_it_stands(session, row)


@dataclass(frozen=True, slots=True)
class EndAppointment:
    """Mark a booked appointment as not shown or cancelled; returns {"appointment_id", "version"}."""

    appointment_id: int
    expected_version: int
    state: AppointmentState
    verb: ClassVar[str] = "end_appointment"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: changed_meanwhile, appointment_not_booked, appointment_not_due (a visit that is still to come can't be marked not shown)."""
        row = _booked(session, self.appointment_id, self.expected_version)
        if self.state is AppointmentState.NOT_SHOWN and row.starts_at > act.at:
            raise Refusal("appointment_not_due", starts_at=row.starts_at)
        row.state = self.state
        return _as_it_stands(session, row)


@dataclass(frozen=True, slots=True)
class BookAgain:
    """Take 'not shown' or 'cancelled' back; returns {"appointment_id", "version"}."""

    appointment_id: int
    expected_version: int
    verb: ClassVar[str] = "book_again"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:  # noqa: ARG002
        """Refusals: changed_meanwhile, appointment_not_booked (it became a check-in)."""
        row = session.get_one(Appointment, self.appointment_id)
        if row.version != self.expected_version:
            raise Refusal("changed_meanwhile")
        if row.state is AppointmentState.CHECKED_IN:
            raise Refusal("appointment_not_booked", number=row.number, state=row.state.value)
        row.state = AppointmentState.BOOKED
        return _as_it_stands(session, row)
