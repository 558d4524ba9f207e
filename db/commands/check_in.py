"""Check-in (接車): a car and its customer are taken over, and the work order stands, in one transaction; and its undoing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import func, select

from db.commands.drafts import bring_back, keep_for_undo
from db.commands.numbers import next_number
from db.commands.order_access import give_free, locked_order, make_move, not_before
from db.commands.order_lines import insert_lines
from db.commands.order_prices import check_lines
from db.commands.people_and_cars import NewCustomer, NewVehicle, add_customer, add_vehicle, set_owner
from db.commands.recommendation_answers import answer, take_answers_back
from db.models import (
    Appointment,
    Attachment,
    Authorisation,
    Complaint,
    Customer,
    CustomerPhone,
    DamageMark,
    OdometerReading,
    OrderBelonging,
    Vehicle,
    VehiclePlate,
    Voucher,
    WorkOrder,
)
from db.queries import catalogue
from db.queries.shop import the_shop
from db.rules import mileage, order_life
from db.rules.complaint_words import GENERAL_DIAGNOSIS
from db.rules.errors import Refusal
from db.rules.order_life import OrderKind, OrderState, Payer, is_open
from db.rules.record_words import AppointmentState, AuthorisedHow, ReadingSource, RecommendationState, SignedHow, VoucherState
from db.rules.rights import Right

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from db.commands.act import Act
    from db.rules.order_line import LineValues
    from db.rules.plate_forms import Region


@dataclass(frozen=True, slots=True)
class ComplaintValues:
    """What the customer said, in his own words."""

    words: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkValues:
    """A damage on the drawing: `zone` of the car, place 0 to 1 within `view`, size in millimetres."""

    zone: str
    view: str
    x: float
    y: float
    kind: str
    size_mm: int | None = None
    note: str = ""
    known_before: bool = False
    photo_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class BelongingValues:
    """Something left in the car, from the list or in words."""

    code: str = ""
    words: str = ""
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class CheckIn:
    """Take a car over and open its work order; returns {"order_id", "number", "vehicle_id", "customer_id"}."""

    odometer_km: int | None
    promised_at: dt.datetime | None
    vehicle_id: int | None = None
    new_vehicle: NewVehicle | None = None
    customer_id: int | None = None
    new_customer: NewCustomer | None = None
    sender_id: int | None = None
    sender_name: str = ""
    contact_phone: str = ""
    odometer_reason: str | None = None
    fuel_eighths: int | None = None
    charge_percent: int | None = None
    keys_count: int = 1
    key_tag: str = ""
    warning_lamps: str = ""
    keep_old_parts: bool = False
    wash_wanted: bool = True
    customer_waits: bool = False
    kind: OrderKind = OrderKind.MAINTENANCE
    complaints: tuple[ComplaintValues, ...] = ()
    lines: tuple[LineValues, ...] = ()
    marks: tuple[MarkValues, ...] = ()
    belongings: tuple[BelongingValues, ...] = ()
    photo_ids: tuple[int, ...] = ()
    signature_id: int | None = None
    signed_on_paper: bool = False
    appointment_id: int | None = None
    claim_id: int | None = None
    comeback_of_id: int | None = None
    comeback_line_id: int | None = None
    voucher_ids: tuple[int, ...] = ()
    postponed_recommendations: tuple[tuple[int, dt.date | None, int | None], ...] = ()
    """Earlier recommendations put off again: id, until when, until which km."""
    declined_recommendations: tuple[tuple[int, str], ...] = ()
    """Earlier recommendations declined now: id, reason code."""
    draft: tuple[str, str, str] | None = None
    """Form, device and key of the draft that this was."""
    note: str = ""
    verb: ClassVar[str] = "check_in"
    right: ClassVar[Right] = Right.CHECK_IN

    def missing(self, reachable: bool) -> tuple[str, ...]:
        """All that a check-in lacks at once: codes vehicle, someone_to_reach, mileage, promised_time, signature (domain §3)."""
        lacks = []
        if self.vehicle_id is None and self.new_vehicle is None:
            lacks.append("vehicle")
        if not reachable:
            lacks.append("someone_to_reach")
        if self.odometer_km is None:
            lacks.append("mileage")
        if self.promised_at is None:
            lacks.append("promised_time")
        if self.signature_id is None and not self.signed_on_paper:
            lacks.append("signature")
        return tuple(lacks)

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: check_in_incomplete (missing), car_has_open_order (number, order_id), odometer_implausible, odometer_not_possible,
        promised_in_past, those of adding a customer or a vehicle, and those of `order_prices.check_lines`."""
        shop = the_shop(session)
        lacks = self.missing(self._reachable(session))
        if lacks:
            raise Refusal("check_in_incomplete", missing=list(lacks))
        assert self.odometer_km is not None and self.promised_at is not None
        if self.promised_at <= act.at:
            raise Refusal("promised_in_past", promised_at=self.promised_at)
        day = shop.day_of(act.at)
        vehicle = self._vehicle(session, act, shop.region)
        self._refuse_second_order(session, vehicle.id)
        self._check_odometer(session, vehicle.id, act.at)
        customer_id = self.customer_id
        if customer_id is None and self.new_customer is not None:
            customer_id = add_customer(session, self.new_customer, act, shop.region).id
        if (customer_id is not None and customer_id != self.customer_id) or self.vehicle_id is None:
            self._own(session, vehicle.id, customer_id, day)
        order = self._order(session, act, vehicle, customer_id, next_number(session, "W", day))
        self._put_on_order(session, act, order)
        vehicle.last_visit_at = act.at
        session.add(
            OdometerReading(
                vehicle_id=vehicle.id, kilometres=self.odometer_km, read_at=act.at, source=ReadingSource.CHECK_IN, order_id=order.id,
                implausible_reason=self.odometer_reason,
            )
        )  # fmt: skip
        if self.appointment_id is not None:
            session.get_one(Appointment, self.appointment_id).state = AppointmentState.CHECKED_IN
        if self.draft is not None:
            keep_for_undo(session, self.draft, order)
        return {"order_id": order.id, "number": order.number, "vehicle_id": vehicle.id, "customer_id": customer_id}

    def _own(self, session: Session, vehicle_id: int, customer_id: int | None, day: dt.date) -> None:
        """A car or a customer that is new here: who is called about the car owns it, unless somebody else brings it for an owner not named."""
        if customer_id is not None and self.sender_id is None and not self.sender_name:
            set_owner(session, vehicle_id, customer_id, day)

    def _diagnoses(self, session: Session) -> tuple[LineValues, ...]:
        """Where nothing is to be done yet, each complaint becomes a diagnosis to be agreed to: its words' or its chips', else the general one."""
        if self.lines:
            return self.lines
        found: list[LineValues] = []
        said = self.complaints
        for place, code in enumerate(catalogue.diagnoses_of(session, [each.words for each in said], [each.tags for each in said])):
            for wanted in (code, GENERAL_DIAGNOSIS):
                if wanted and catalogue.items_by_code(session, [("operation", wanted)], None):
                    found += [replace(line, proposed=True, complaint=place) for line in catalogue.lines_of(session, "operation", wanted)]
                    break
        return tuple(found)

    def _reachable(self, session: Session) -> bool:
        if self.contact_phone.strip() or (self.new_customer is not None and any(text.strip() for text in self.new_customer.phones)):
            return True
        known = [key for key in (self.customer_id, self.sender_id) if key is not None]
        return bool(known) and session.execute(select(CustomerPhone.id).where(CustomerPhone.customer_id.in_(known)).limit(1)).first() is not None

    def _vehicle(self, session: Session, act: Act, region: Region) -> Vehicle:
        if self.vehicle_id is not None:
            return session.get_one(Vehicle, self.vehicle_id)
        assert self.new_vehicle is not None
        return add_vehicle(session, self.new_vehicle, act, region)

    def _refuse_second_order(self, session: Session, vehicle_id: int) -> None:
        closed = [state for state in OrderState if not is_open(state)]
        row = session.execute(select(WorkOrder.id, WorkOrder.number).where(WorkOrder.vehicle_id == vehicle_id, WorkOrder.state.not_in(closed))).first()
        if row is not None:
            raise Refusal("car_has_open_order", order_id=row[0], number=row[1])

    def _check_odometer(self, session: Session, vehicle_id: int, at: dt.datetime) -> None:
        assert self.odometer_km is not None
        last = session.execute(
            select(OdometerReading.kilometres, OdometerReading.read_at, OdometerReading.implausible_reason)
            .where(OdometerReading.vehicle_id == vehicle_id)
            .order_by(OdometerReading.read_at.desc(), OdometerReading.id.desc())
            .limit(1)
        ).first()
        reason = mileage.ReadingReason(self.odometer_reason) if self.odometer_reason else None
        before = mileage.Reading(last[1], last[0], mileage.ReadingReason(last[2]) if last[2] else None) if last is not None else None
        mileage.check_reading(before, mileage.Reading(at, self.odometer_km, reason))

    def _order(self, session: Session, act: Act, vehicle: Vehicle, customer_id: int | None, number: str) -> WorkOrder:
        plate = session.execute(
            select(VehiclePlate.plate, VehiclePlate.colour).where(VehiclePlate.vehicle_id == vehicle.id, VehiclePlate.until.is_(None))
        ).first()
        assert self.odometer_km is not None and self.promised_at is not None
        order = WorkOrder(
            number=number, state=OrderState.CHECKED_IN, kind=self.kind, vehicle_id=vehicle.id, customer_id=customer_id, sender_id=self.sender_id,
            sender_name=self.sender_name, contact_phone=self.contact_phone, plate=plate[0] if plate else "", plate_colour=plate[1] if plate else "blue",
            odometer_km=self.odometer_km, fuel_eighths=self.fuel_eighths, charge_percent=self.charge_percent, keys_count=self.keys_count,
            key_tag=self.key_tag, warning_lamps=self.warning_lamps, keep_old_parts=self.keep_old_parts, wash_wanted=self.wash_wanted,
            customer_waits=self.customer_waits, advisor_id=act.staff_id, appointment_id=self.appointment_id, claim_id=self.claim_id,
            comeback_of_id=self.comeback_of_id, comeback_line_id=self.comeback_line_id, checked_in_at=act.at, promised_at=self.promised_at,
            first_promised_at=self.promised_at, signed_how=SignedHow.SIGNATURE if self.signature_id is not None else SignedHow.ON_PAPER,
            signature_id=self.signature_id, note=self.note,
        )  # fmt: skip
        session.add(order)
        session.flush()
        return order

    def _put_on_order(self, session: Session, act: Act, order: WorkOrder) -> None:
        # After all else that may be refused: whoever gives leave for a price gives it once.
        check_lines(session, act, self.lines)
        complaints = [Complaint(order_id=order.id, position=n, words=said.words, tags=list(said.tags)) for n, said in enumerate(self.complaints)]
        session.add_all(complaints)
        agreed = sum(line.amount for line in self.lines if line.payer is Payer.CUSTOMER and not line.proposed)
        authorisation = Authorisation(
            order_id=order.id, how=AuthorisedHow.SIGNATURE, by_name=self.sender_name or self._customer_name(session, order.customer_id),
            agreed_total=agreed, authorised_at=act.at, staff_id=act.staff_id,
        )  # fmt: skip
        session.add(authorisation)
        session.flush()
        order.agreed_total = agreed
        lines = insert_lines(session, order, self._diagnoses(session), [row.id for row in complaints], authorisation)
        for line in lines:
            if line.recommendation_id is not None and line.authorisation_id is not None:
                answer(session, act, line.recommendation_id, RecommendationState.ACCEPTED, order.id)
        for recommendation_id, until, until_km in self.postponed_recommendations:
            answer(session, act, recommendation_id, RecommendationState.POSTPONED, order.id, until=until, until_km=until_km)
        for recommendation_id, reason in self.declined_recommendations:
            answer(session, act, recommendation_id, RecommendationState.DECLINED, order.id, reason=reason)
        session.add_all(OrderBelonging(order_id=order.id, code=thing.code, words=thing.words, quantity=thing.quantity) for thing in self.belongings)
        marks = [
            DamageMark(
                order_id=order.id, position=n, zone=mark.zone, view=mark.view, x=mark.x, y=mark.y, kind=mark.kind, size_mm=mark.size_mm,
                note=mark.note, known_before=mark.known_before,
            )
            for n, mark in enumerate(self.marks)
        ]  # fmt: skip
        session.add_all(marks)
        session.flush()
        for row, mark in zip(marks, self.marks, strict=True):
            _attach(session, mark.photo_ids, "damage_mark", row.id)
        _attach(session, self.photo_ids, "work_order", order.id)
        if self.signature_id is not None:
            _attach(session, (self.signature_id,), "work_order", order.id)
        for voucher_id in self.voucher_ids:
            voucher = session.get_one(Voucher, voucher_id)
            voucher.state, voucher.used_order_id, voucher.used_at = VoucherState.USED, order.id, act.at

    def _customer_name(self, session: Session, customer_id: int | None) -> str:
        return session.execute(select(Customer.name).where(Customer.id == customer_id)).scalar() or ""


def _attach(session: Session, attachment_ids: Sequence[int], subject: str, subject_id: int) -> None:
    for attachment_id in attachment_ids:
        row = session.get_one(Attachment, attachment_id)
        row.subject, row.subject_id = subject, subject_id


@dataclass(frozen=True, slots=True)
class UndoCheckIn:
    """Take a check-in back while nobody has worked on the order: it is cancelled as undone, its number kept, its papers void, its form a draft again."""

    order_id: int
    verb: ClassVar[str] = "undo_check_in"
    right: ClassVar[Right] = order_life.UNDO_CHECK_IN.right

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """The result names the order, its car, and the key of its form's draft (empty: none was kept). Refusals: order_unknown, move_not_legal, move_needs."""
        order = locked_order(session, self.order_id)
        make_move(session, order, "undo_check_in")
        order.cancelled_at, order.cancel_reason = not_before(order, act.at), "undone"
        give_free(session, order)
        for reading in session.execute(select(OdometerReading).where(OdometerReading.order_id == order.id)).scalars():
            session.delete(reading)
        if order.appointment_id is not None:
            session.get_one(Appointment, order.appointment_id).state = AppointmentState.BOOKED
        take_answers_back(session, order.id)
        vehicle = session.get_one(Vehicle, order.vehicle_id)
        vehicle.last_visit_at = session.execute(
            select(func.max(WorkOrder.checked_in_at)).where(
                WorkOrder.vehicle_id == vehicle.id, WorkOrder.id != order.id, WorkOrder.state != OrderState.CANCELLED
            )
        ).scalar()
        return {"order_id": order.id, "number": order.number, "vehicle_id": order.vehicle_id, "draft_key": bring_back(session, order.id, act.device)}


__all__ = ["BelongingValues", "CheckIn", "ComplaintValues", "MarkValues", "NewCustomer", "NewVehicle", "UndoCheckIn"]
