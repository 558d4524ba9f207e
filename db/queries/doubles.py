"""Records that may be one: pairs of customers or vehicles with what speaks for it, the likeliest first, and what a merge would bring together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from db.models import (
    Contact,
    Customer,
    CustomerPhone,
    DoubleDismissed,
    Merge,
    Ownership,
    Policy,
    Recommendation,
    SearchKey,
    Vehicle,
    VehiclePlate,
    WorkOrder,
)
from db.queries.keeping_up import owed, record_names
from db.queries.search import FoundVehicle, vehicles
from db.queries.vehicle_sheet import OPEN_STATES
from db.rules import plate
from db.rules.search_text import VIN_TAIL, query_key

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

SAME_PHONE, SAME_NAME, SAME_SOUND, SAME_ADDRESS, SHARED_VEHICLE, PHONE_TAIL, OTHER_PHONES = (
    "same_phone", "same_name", "same_sound", "same_address", "shared_vehicle", "phone_tail", "other_phones",
)  # fmt: skip
VIN_TAILS, SAME_SERIAL, SAME_MODEL, SAME_OWNER, OTHER_VIN = "vin_tails", "same_serial", "same_model", "same_owner", "other_vin"

POINTS: dict[str, int] = {
    SAME_PHONE: 60, SAME_NAME: 31, SAME_SOUND: 16, SAME_ADDRESS: 20, SHARED_VEHICLE: 25, PHONE_TAIL: 28, OTHER_PHONES: -6,
    VIN_TAILS: 45, SAME_SERIAL: 35, SAME_MODEL: 15, SAME_OWNER: 35, OTHER_VIN: -40,
}  # fmt: skip
"""How far each reason speaks for (or against) two records being one, in per cent; the sum lies between 1 and 99."""

LEAST = 31
"""Pairs below it are not shown."""

PAIRS_MOST = 200
_GROUP_MOST = 6
"""A phone or name that more records share says nothing: a company's switchboard, a name that is everywhere."""
_TAIL_DIGITS = 7
_VIN_TAIL_LENGTH = 6


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that speaks for a pair, or against it."""

    code: str
    speaks_for: bool


@dataclass(frozen=True, slots=True)
class Double:
    """A pair that may be one: the smaller key first, per cent, and why."""

    subject: str
    first_id: int
    second_id: int
    first_name: str
    second_name: str
    per_cent: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two records to be merged: its values by field of `db.commands.merging`, its vehicles, and how much points to it."""

    key: int
    version: int
    name: str
    created_at: dt.datetime
    values: dict[str, Any]
    vehicles: tuple[FoundVehicle, ...]
    orders: int
    recommendations: int
    contacts: int
    policies: int
    owed: int
    """Fen."""
    last_change: dt.datetime | None
    """When it was last here."""


def possible_doubles(session: Session, subject: str, only: int | None = None, limit: int = 60) -> list[Double]:
    """Pairs of customers or vehicles that may be one, the likeliest first; `only` those of one record. Reads whole indexes: for the background."""
    pairs = _customer_pairs(session, only) if subject == "customer" else _vehicle_pairs(session, only)
    dismissed = {
        (row[0], row[1]) for row in session.execute(select(DoubleDismissed.first_id, DoubleDismissed.second_id).where(DoubleDismissed.subject == subject))
    }
    wanted = [pair for pair in pairs if pair not in dismissed]
    judged = _judged_customers(session, wanted) if subject == "customer" else _judged_vehicles(session, wanted)
    judged = sorted((pair for pair in judged if pair.per_cent >= LEAST), key=lambda pair: (-pair.per_cent, pair.first_id, pair.second_id))
    return judged[:limit]


def dealt_with(session: Session, subject: str) -> tuple[int, int]:
    """How many pairs were merged, and how many were said to be different."""
    merged = session.execute(select(func.count()).select_from(Merge).where(Merge.subject == subject, Merge.undone_at.is_(None))).scalar_one()
    apart = session.execute(select(func.count()).select_from(DoubleDismissed).where(DoubleDismissed.subject == subject)).scalar_one()
    return merged, apart


def _grouped(session: Session, column: Any, key: Any, only: int | None, *conditions: Any) -> set[tuple[int, int]]:
    """Pairs of keys that share a value of a column, of values that few share."""
    shared = select(column).where(column != "", *conditions).group_by(column).having(func.count() > 1, func.count() <= _GROUP_MOST).limit(PAIRS_MOST)
    if only is not None:
        shared = select(column).where(column != "", key == only)
    rows = session.execute(select(column, key).where(column.in_(shared), *conditions).order_by(column, key).limit(PAIRS_MOST * _GROUP_MOST)).all()
    groups: dict[str, set[int]] = {}
    for value, owner in rows:
        groups.setdefault(value, set()).add(owner)
    return _all_pairs((group for group in groups.values() if len(group) <= _GROUP_MOST), only)


def _all_pairs(groups: Iterable[set[int]], only: int | None) -> set[tuple[int, int]]:
    return {(first, second) for group in groups for first in group for second in group if first < second and (only is None or only in (first, second))}


def _customer_pairs(session: Session, only: int | None) -> set[tuple[int, int]]:
    living = (Customer.merged_into_id.is_(None), Customer.erased_at.is_(None))
    return _grouped(session, CustomerPhone.e164, CustomerPhone.customer_id, only) | _grouped(session, Customer.name_key, Customer.id, only, *living)


def _vehicle_pairs(session: Session, only: int | None) -> set[tuple[int, int]]:
    """Vehicles whose VINs end alike, that bear the same characters in other colours, or of one owner and one model, one of them without a VIN."""
    bears = and_(VehiclePlate.vehicle_id == Vehicle.id, Vehicle.merged_into_id.is_(None))
    of_cars = select(VehiclePlate.plate).join(Vehicle, bears).group_by(VehiclePlate.plate).having(func.count(VehiclePlate.vehicle_id.distinct()) > 1)
    if only is not None:
        of_cars = select(VehiclePlate.plate).where(VehiclePlate.vehicle_id == only)
    rows = session.execute(select(VehiclePlate.plate, VehiclePlate.vehicle_id).where(VehiclePlate.plate.in_(of_cars.limit(PAIRS_MOST))))
    groups: dict[str, set[int]] = {}
    for value, key in rows:
        groups.setdefault(value, set()).add(key)
    return _all_pairs(groups.values(), only) | _same_owner(session, only) | _vin_tails(session, only)


def _same_owner(session: Session, only: int | None) -> set[tuple[int, int]]:
    one, other = aliased(Ownership), aliased(Ownership)
    left, right = aliased(Vehicle), aliased(Vehicle)
    query = (
        select(left.id, right.id)
        .join(one, one.vehicle_id == left.id)
        .join(other, and_(other.customer_id == one.customer_id, other.vehicle_id != one.vehicle_id))
        .join(right, right.id == other.vehicle_id)
        .where(left.vin == "", left.merged_into_id.is_(None), right.merged_into_id.is_(None), left.model == right.model, left.model != "")
    )
    if only is not None:
        query = query.where((left.id == only) | (right.id == only))
    return {(min(row[0], row[1]), max(row[0], row[1])) for row in session.execute(query.limit(PAIRS_MOST))}


def _vin_tails(session: Session, only: int | None) -> set[tuple[int, int]]:
    tail = func.substr(SearchKey.key, 1, len(VIN_TAIL) + _VIN_TAIL_LENGTH)
    from_to = (SearchKey.key >= VIN_TAIL, SearchKey.key < VIN_TAIL + "\U0010ffff", SearchKey.subject == "v")
    if only is not None:
        wanted: Sequence[str] = session.execute(select(tail).where(SearchKey.subject == "v", SearchKey.subject_id == only, *from_to)).scalars().all()
    else:
        wanted = session.execute(select(tail).where(*from_to).group_by(tail).having(func.count() > 1, func.count() <= 2).limit(PAIRS_MOST)).scalars().all()
    groups = []
    for start in wanted:
        keys = session.execute(select(SearchKey.subject_id).where(SearchKey.key >= start, SearchKey.key < start + "\U0010ffff", SearchKey.subject == "v"))
        groups.append(set(keys.scalars()))
    return _all_pairs(groups, only)


def _judged_customers(session: Session, pairs: Sequence[tuple[int, int]]) -> list[Double]:
    ids = {key for pair in pairs for key in pair}
    people = {row.id: row for row in session.execute(select(Customer).where(Customer.id.in_(ids), Customer.merged_into_id.is_(None))).scalars()}
    phones: dict[int, set[str]] = {}
    for key, number in session.execute(select(CustomerPhone.customer_id, CustomerPhone.e164).where(CustomerPhone.customer_id.in_(ids))):
        phones.setdefault(key, set()).add(number)
    cars: dict[int, set[int]] = {}
    for key, vehicle_id in session.execute(select(Ownership.customer_id, Ownership.vehicle_id).where(Ownership.customer_id.in_(ids))):
        cars.setdefault(key, set()).add(vehicle_id)
    found = []
    for first, second in pairs:
        one, other = people.get(first), people.get(second)
        if one is None or other is None or one.erased_at is not None or other.erased_at is not None:
            continue
        numbers, others = (phones.get(key, set()) - {""} for key in (first, second))
        codes = []
        if numbers & others:
            codes.append(SAME_PHONE)
        elif {number[-_TAIL_DIGITS:] for number in numbers} & {number[-_TAIL_DIGITS:] for number in others}:
            codes.append(PHONE_TAIL)
        elif numbers and others:
            codes.append(OTHER_PHONES)
        if one.name and query_key(one.name) == query_key(other.name):
            codes.append(SAME_NAME)
        elif one.name_key and _sound(one.name_key) == _sound(other.name_key):
            codes.append(SAME_SOUND)
        if one.address and query_key(one.address) == query_key(other.address):
            codes.append(SAME_ADDRESS)
        if cars.get(first, set()) & cars.get(second, set()):
            codes.append(SHARED_VEHICLE)
        found.append(_double("customer", first, second, one.name, other.name, codes))
    return found


def _sound(name_key: str) -> str:
    return "".join(part for part in name_key.split() if part.isascii())


def _judged_vehicles(session: Session, pairs: Sequence[tuple[int, int]]) -> list[Double]:
    ids = {key for pair in pairs for key in pair}
    cars = {row.id: row for row in session.execute(select(Vehicle).where(Vehicle.id.in_(ids), Vehicle.merged_into_id.is_(None))).scalars()}
    plates: dict[int, set[str]] = {}
    for key, text in session.execute(select(VehiclePlate.vehicle_id, VehiclePlate.plate).where(VehiclePlate.vehicle_id.in_(ids))):
        plates.setdefault(key, set()).add(plate.serial_of(text))
    owners: dict[int, set[int]] = {}
    for key, customer_id in session.execute(select(Ownership.vehicle_id, Ownership.customer_id).where(Ownership.vehicle_id.in_(ids))):
        owners.setdefault(key, set()).add(customer_id)
    names = record_names(session, "vehicle", list(ids))
    found = []
    for first, second in pairs:
        one, other = cars.get(first), cars.get(second)
        if one is None or other is None:
            continue
        codes = []
        if one.vin and other.vin:
            if one.vin[-_VIN_TAIL_LENGTH:] == other.vin[-_VIN_TAIL_LENGTH:]:
                codes.append(VIN_TAILS)
            codes.append(OTHER_VIN)
        if plates.get(first, set()) & plates.get(second, set()):
            codes.append(SAME_SERIAL)
        if one.model and query_key(one.model) == query_key(other.model):
            codes.append(SAME_MODEL)
        if owners.get(first, set()) & owners.get(second, set()):
            codes.append(SAME_OWNER)
        found.append(_double("vehicle", first, second, names.get(first, ""), names.get(second, ""), codes))
    return found


def _double(subject: str, first: int, second: int, first_name: str, second_name: str, codes: Sequence[str]) -> Double:
    per_cent = max(1, min(99, sum(POINTS[code] for code in codes)))
    return Double(subject, first, second, first_name, second_name, per_cent, tuple(Reason(code, POINTS[code] > 0) for code in codes))


def customer_side(session: Session, customer_id: int) -> Side:
    """A customer as one side of a merge; values by the fields of `merging.CUSTOMER_FIELDS`, and phones."""
    row = session.get_one(Customer, customer_id)
    phones = session.execute(
        select(CustomerPhone.e164, CustomerPhone.typed)
        .where(CustomerPhone.customer_id == customer_id)
        .order_by(CustomerPhone.position, CustomerPhone.id)
    ).all()  # fmt: skip
    values = {
        "name": (row.name, row.title, row.is_company), "phones": tuple(number or typed for number, typed in phones), "contact_person": row.contact_person,
        "language": row.language.value, "came_by": row.came_by, "consent_to_call": row.consent_to_call,
        "account": (row.is_account, row.account_limit, row.account_months, row.is_government), "tier": row.tier, "address": row.address,
        "licence_number": row.licence_number, "note": row.note,
    }  # fmt: skip
    own = session.execute(select(Ownership.vehicle_id).where(Ownership.customer_id == customer_id, Ownership.until.is_(None)).order_by(Ownership.id)).scalars()
    lines = vehicles(session, own)
    counts = (_count(session, WorkOrder.customer_id == customer_id), 0, _count(session, Contact.customer_id == customer_id), 0)
    last = session.execute(select(func.max(WorkOrder.checked_in_at)).where(WorkOrder.customer_id == customer_id)).scalar()
    return Side(
        row.id, row.version, row.name, row.created_at, values, tuple(lines.values()), *counts, sum(line.left for line in owed(session, customer_id)), last
    )


def vehicle_side(session: Session, vehicle_id: int) -> Side:
    """A vehicle as one side of a merge; values by the fields of `merging.VEHICLE_FIELDS`, plate and owner."""
    row = session.get_one(Vehicle, vehicle_id)
    line = vehicles(session, [vehicle_id]).get(vehicle_id)
    values = {
        "plate": (line.plate, line.plate_colour) if line is not None else ("", "blue"), "owner": line.owner_name if line is not None else "", "vin": row.vin,
        "model": " ".join(part for part in (row.maker, row.model) if part), "model_year": row.model_year, "colour": row.colour,
        "power_train": row.power_train.value, "engine_number": row.engine_number, "first_registered_on": row.first_registered_on,
        "bought": (row.bought_on, row.bought_here), "inspection_ends_on": row.inspection_ends_on, "warranty_ends_on": row.warranty_ends_on,
        "fate": row.fate.value, "severe_use": row.severe_use, "note": row.note,
    }  # fmt: skip
    counts = (
        _count(session, WorkOrder.vehicle_id == vehicle_id),
        _count(session, Recommendation.vehicle_id == vehicle_id, Recommendation.state.in_(OPEN_STATES)),
        _count(session, Contact.vehicle_id == vehicle_id),
        _count(session, Policy.vehicle_id == vehicle_id),
    )
    return Side(
        row.id, row.version, record_names(session, "vehicle", [vehicle_id]).get(vehicle_id, ""), row.created_at, values,
        (line,) if line is not None else (), *counts, 0, row.last_visit_at,
    )  # fmt: skip


def _count(session: Session, *conditions: Any) -> int:
    return session.execute(select(func.count()).where(*conditions)).scalar_one()


__all__ = ["POINTS", "Double", "Reason", "Side", "customer_side", "dealt_with", "possible_doubles", "vehicle_side"]
