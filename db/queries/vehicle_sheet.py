"""All about one vehicle on one sheet, for the customers' room: due, people, plates, recommendations, wear, visits, policies, talks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import case, select

from db.models import (
    Contact,
    Customer,
    CustomerPhone,
    InspectionPoint,
    Merge,
    OdometerReading,
    Ownership,
    Policy,
    Promise,
    Recommendation,
    RecommendationDecision,
    Vehicle,
    VehiclePlate,
    Voucher,
)
from db.queries.customer_file import PhoneRow
from db.queries.keeping_up import ContactRow, MergeRow, PolicyRow, PromiseRow, VoucherRow, contacts, merges, policies, promises, vouchers
from db.queries.service_due import DueItem, due_items, main_due
from db.queries.shop import the_shop
from db.queries.standing import cutoffs, state_of
from db.queries.vehicle_file import VehicleFile, VisitRow, vehicle_file, visits
from db.queries.wear_lines import WearLine, wear_lines
from db.rules import mileage
from db.rules.record_words import OwnershipRole, RecommendationState, VehicleFate

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

OPEN_STATES = (RecommendationState.FOUND, RecommendationState.PRESENTED, RecommendationState.POSTPONED, RecommendationState.DECLINED)


@dataclass(frozen=True, slots=True)
class TieRow:
    """What a customer is to the vehicle, from when until when."""

    ownership_id: int
    customer_id: int
    name: str
    title: str
    is_company: bool
    role: OwnershipRole
    phones: tuple[PhoneRow, ...]
    language: str
    tier: str
    consent_to_call: bool
    erased: bool
    since: dt.date | None
    until: dt.date | None


@dataclass(frozen=True, slots=True)
class PlateRow:
    """A plate that the vehicle bears (no end) or bore."""

    plate_id: int
    plate: str
    colour: str
    since: dt.date | None
    until: dt.date | None


@dataclass(frozen=True, slots=True)
class OpenRecommendation:
    """What was found and is not done: price in fen, value in thousandths of its point's unit, the last answer with its reason and moment."""

    recommendation_id: int
    state: str
    names: tuple[str, str, str]
    words: str
    point_code: str
    place: str
    value: int | None
    unit: str
    price: int
    urgency: str
    is_safety: bool
    postponed_until: dt.date | None
    postponed_until_km: int | None
    found_at: dt.datetime
    decided_at: dt.datetime | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class VehicleSheet:
    """The vehicle's file with all that stands around it."""

    car: VehicleFile
    state: str
    vin_typed: str
    engine_number: str
    expected_km: int | None
    ties: tuple[TieRow, ...]
    """The owner first, then those of now, then those of the past."""
    plates: tuple[PlateRow, ...]
    """Newest first."""
    dues: tuple[DueItem, ...]
    recommendations: tuple[OpenRecommendation, ...]
    wear: tuple[WearLine, ...]
    visits: tuple[VisitRow, ...]
    policies: tuple[PolicyRow, ...]
    contacts: tuple[ContactRow, ...]
    promises: tuple[PromiseRow, ...]
    vouchers: tuple[VoucherRow, ...]
    merges: tuple[MergeRow, ...]
    today: dt.date

    @property
    def main_due(self) -> DueItem | None:
        """What it comes for next."""
        return main_due(self.dues)

    @property
    def owner(self) -> TieRow | None:
        """Who owns it now."""
        return next((tie for tie in self.ties if tie.role is OwnershipRole.OWNER and tie.until is None), None)

    @property
    def to_call(self) -> tuple[TieRow, PhoneRow] | None:
        """Whom to call first, and under which number: the owner, else whoever else can be reached."""
        return next(((tie, phone) for tie in self.ties if tie.until is None for phone in tie.phones), None)


def vehicle_sheet(session: Session, vehicle_id: int, now: dt.datetime) -> VehicleSheet:
    """The sheet of one vehicle. LookupError (NoResultFound) when there is none."""
    car = vehicle_file(session, vehicle_id, now)
    row = session.get_one(Vehicle, vehicle_id)
    limits = cutoffs(session, now)
    today = the_shop(session).day_of(now)
    ties = _ties(session, vehicle_id)
    owner_id = next((tie.customer_id for tie in ties if tie.role is OwnershipRole.OWNER and tie.until is None), None)
    of_owner = [] if owner_id is None else [(Promise.customer_id == owner_id) & Promise.vehicle_id.is_(None)]
    given = [] if owner_id is None else [(Voucher.customer_id == owner_id) & Voucher.vehicle_id.is_(None)]
    last = car.last_reading
    return VehicleSheet(
        car, state_of(VehicleFate(car.fate), car.last_visit_at, car.bought_on, limits), row.vin_typed, row.engine_number,
        mileage.expected_km(last, now, car.daily) if last is not None else None, ties, _plates(session, vehicle_id), tuple(due_items(session, car, now)),
        _recommendations(session, vehicle_id), tuple(wear_lines(session, car)), tuple(visits(session, vehicle_id)),
        tuple(policies(session, vehicle_id, today)), tuple(contacts(session, Contact.vehicle_id == vehicle_id)),
        tuple(promises(session, now, Promise.vehicle_id == vehicle_id, *of_owner)), tuple(vouchers(session, today, Voucher.vehicle_id == vehicle_id, *given)),
        tuple(merges(session, "vehicle", vehicle_id)), today,
    )  # fmt: skip


def _ties(session: Session, vehicle_id: int) -> tuple[TieRow, ...]:
    rows = session.execute(
        select(Ownership, Customer)
        .join(Customer, Customer.id == Ownership.customer_id)
        .where(Ownership.vehicle_id == vehicle_id)
        .order_by(
            case((Ownership.until.is_(None), 0), else_=1), case((Ownership.role == OwnershipRole.OWNER, 0), else_=1),
            Ownership.until.desc(), Ownership.since.desc(), Ownership.id,
        )
    ).all()  # fmt: skip
    phones: dict[int, list[PhoneRow]] = {}
    for customer_id, number, typed in session.execute(
        select(CustomerPhone.customer_id, CustomerPhone.e164, CustomerPhone.typed)
        .where(CustomerPhone.customer_id.in_([customer.id for _tie, customer in rows]))
        .order_by(CustomerPhone.position, CustomerPhone.id)
    ):
        phones.setdefault(customer_id, []).append(PhoneRow(number, typed))
    return tuple(
        TieRow(
            tie.id, customer.id, customer.name, customer.title, customer.is_company, tie.role, tuple(phones.get(customer.id, ())), customer.language.value,
            customer.tier, customer.consent_to_call, customer.erased_at is not None, tie.since, tie.until,
        )
        for tie, customer in rows
    )  # fmt: skip


def _plates(session: Session, vehicle_id: int) -> tuple[PlateRow, ...]:
    rows = session.execute(
        select(VehiclePlate.id, VehiclePlate.plate, VehiclePlate.colour, VehiclePlate.since, VehiclePlate.until)
        .where(VehiclePlate.vehicle_id == vehicle_id)
        .order_by(case((VehiclePlate.until.is_(None), 0), else_=1), VehiclePlate.until.desc(), VehiclePlate.id.desc())
    )
    return tuple(PlateRow(*row) for row in rows)


def _recommendations(session: Session, vehicle_id: int) -> tuple[OpenRecommendation, ...]:
    rows = session.execute(
        select(Recommendation)
        .where(Recommendation.vehicle_id == vehicle_id, Recommendation.state.in_(OPEN_STATES))
        .order_by(Recommendation.is_safety.desc(), Recommendation.found_at)
    ).scalars().all()  # fmt: skip
    last = {
        row.recommendation_id: row
        for row in session.execute(
            select(RecommendationDecision)
            .where(RecommendationDecision.recommendation_id.in_([row.id for row in rows]))
            .order_by(RecommendationDecision.id)
        ).scalars()
    }  # fmt: skip
    units = {row[0]: row[1] for row in session.execute(select(InspectionPoint.code, InspectionPoint.unit))} if rows else {}
    return tuple(
        OpenRecommendation(
            row.id, row.state.value, (row.name_zh_tw, row.name_zh_cn, row.name_en), row.words, row.point_code, row.place, row.measured_value,
            units.get(row.point_code, ""), row.price, row.urgency.value, row.is_safety, row.postponed_until, row.postponed_until_km, row.found_at,
            last[row.id].decided_at if row.id in last else None, last[row.id].reason if row.id in last else None,
        )
        for row in rows
    )  # fmt: skip


def vehicle_subjects(session: Session, vehicle_id: int) -> list[tuple[str, list[int]]]:
    """What the history of a vehicle consists of, for `subjects_history`: itself, those merged into it, plates, ties, readings, policies, talks, promises."""
    found = [("vehicle", [vehicle_id, *session.execute(select(Merge.gone_id).where(Merge.subject == "vehicle", Merge.kept_id == vehicle_id)).scalars()])]
    for table in (VehiclePlate, Ownership, OdometerReading, Policy, Contact, Promise):
        found.append((table.__tablename__, list(session.execute(select(table.id).where(table.vehicle_id == vehicle_id)).scalars())))
    return found
