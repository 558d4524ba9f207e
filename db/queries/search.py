"""Finds vehicles, customers and work orders by whatever was typed: plate, phone, name, VIN tail, order number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, case, literal, select

from db.models import Customer, CustomerPhone, Ownership, SearchKey, Vehicle, VehiclePlate, WorkOrder
from db.rules import search_text
from db.rules.record_words import OwnershipRole

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

_END = "\U0010ffff"
"""Above every key that a prefix begins: the upper end of its range."""


@dataclass(frozen=True, slots=True)
class FoundVehicle:
    """A vehicle with its current plate and owner, as a line of a result list."""

    vehicle_id: int
    plate: str
    plate_colour: str
    vin: str
    maker: str
    model: str
    model_year: int | None
    owner_id: int | None
    owner_name: str
    owner_phone: str
    last_visit_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class FoundOrder:
    order_id: int
    number: str
    state: str
    plate: str
    plate_colour: str
    checked_in_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brings, best first in each group."""

    vehicles: list[FoundVehicle]
    customers_without_vehicle: list[tuple[int, str, str]]
    """id, name, first phone (E.164)."""
    orders: list[FoundOrder]


_one_prefix = (
    select(SearchKey.subject, SearchKey.subject_id)
    .where(SearchKey.key >= bindparam("low"), SearchKey.key < bindparam("high"))
    .order_by(SearchKey.key)
    .limit(bindparam("most"))
)


def matching_subjects(session: Session, typed: str, limit: int = 40) -> list[tuple[str, int]]:
    """(subject, id) pairs, `v` vehicles and `c` customers, that a key of what was typed begins; each kind of key in turn."""
    found: dict[tuple[str, int], None] = {}
    for prefix in search_text.search_prefixes(typed):
        rows = session.execute(_one_prefix, {"low": prefix, "high": prefix + _END, "most": limit})
        for subject, subject_id in rows:
            found.setdefault((subject, subject_id))
        if len(found) >= limit:
            break
    return list(found)[:limit]


def _vehicles_statement() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Vehicle.id, VehiclePlate.plate, VehiclePlate.colour, Vehicle.vin, Vehicle.maker, Vehicle.model, Vehicle.model_year,
            Customer.id, Customer.name, Vehicle.last_visit_at,
        )
        .outerjoin(VehiclePlate, and_(VehiclePlate.vehicle_id == Vehicle.id, VehiclePlate.until.is_(None)))
        .outerjoin(Ownership, and_(Ownership.vehicle_id == Vehicle.id, Ownership.role == literal(OwnershipRole.OWNER.value), Ownership.until.is_(None)))
        .outerjoin(Customer, Customer.id == Ownership.customer_id)
        .where(Vehicle.merged_into_id.is_(None))
    )  # fmt: skip


_vehicles_by_id = _vehicles_statement().where(Vehicle.id.in_(bindparam("ids", expanding=True)))
_vehicles_of_customers = (
    select(Ownership.customer_id, Ownership.vehicle_id)
    .where(Ownership.customer_id.in_(bindparam("ids", expanding=True)), Ownership.until.is_(None))
    .order_by(case((Ownership.role == literal(OwnershipRole.OWNER.value), 0), else_=1), Ownership.vehicle_id)
)
_phones = (
    select(CustomerPhone.customer_id, CustomerPhone.e164)
    .where(CustomerPhone.customer_id.in_(bindparam("ids", expanding=True)))
    .order_by(CustomerPhone.position.desc(), CustomerPhone.id.desc())
)


def vehicles(session: Session, ids: Iterable[int]) -> dict[int, FoundVehicle]:
    """The result lines of vehicles by id; merged ones are left out."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    rows = session.execute(_vehicles_by_id, {"ids": wanted}).all()
    phones = first_phones(session, (row[7] for row in rows if row[7] is not None))
    return {
        row[0]: FoundVehicle(
            row[0], row[1] or "", row[2] or "blue", row[3], row[4], row[5], row[6], row[7], row[8] or "", phones.get(row[7] or 0, ""), row[9]
        )
        for row in rows
    }  # fmt: skip


def first_phones(session: Session, customer_ids: Iterable[int]) -> dict[int, str]:
    """The first phone (E.164) of each customer."""
    wanted = list(dict.fromkeys(customer_ids))
    return {row[0]: row[1] for row in session.execute(_phones, {"ids": wanted})} if wanted else {}


def find(session: Session, typed: str, limit: int = 12) -> Found:
    """Everything that `typed` may mean. Vehicles found by a plate or VIN come before those found by their people."""
    subjects = matching_subjects(session, typed, limit * 4)
    vehicle_ids: dict[int, None] = {key: None for subject, key in subjects if subject == "v"}
    customer_ids = [key for subject, key in subjects if subject == "c"]
    owned: set[int] = set()
    if customer_ids:
        order = {key: place for place, key in enumerate(customer_ids)}
        rows = session.execute(_vehicles_of_customers, {"ids": customer_ids}).all()
        for customer_id, vehicle_id in sorted(rows, key=lambda row: order[row[0]]):
            owned.add(customer_id)
            vehicle_ids.setdefault(vehicle_id)
    lines = vehicles(session, list(vehicle_ids)[:limit])
    alone = [key for key in customer_ids if key not in owned][:limit]
    customers: list[tuple[int, str, str]] = []
    if alone:
        phones = first_phones(session, alone)
        rows_alone = session.execute(select(Customer.id, Customer.name).where(Customer.id.in_(alone), Customer.merged_into_id.is_(None)))
        names = {row[0]: row[1] for row in rows_alone}
        customers = [(key, names[key], phones.get(key, "")) for key in alone if key in names]
    return Found([lines[key] for key in vehicle_ids if key in lines][:limit], customers, orders_by_number(session, typed, limit))


def orders_by_number(session: Session, typed: str, limit: int = 12) -> list[FoundOrder]:
    """Work orders whose number begins as typed, with or without the W and the dash; newest first."""
    folded = typed.strip().upper().replace("－", "-")
    if "/" in folded:
        folded = folded.rsplit("/", 1)[1]
    digits = folded.removeprefix("W")
    if len(digits) < 3 or not digits.replace("-", "").isdigit():
        return []
    if "-" not in digits and len(digits) > 6:
        digits = f"{digits[:6]}-{digits[6:]}"
    low = f"W{digits}"
    rows = session.execute(
        select(WorkOrder.id, WorkOrder.number, WorkOrder.state, WorkOrder.plate, WorkOrder.plate_colour, WorkOrder.checked_in_at)
        .where(WorkOrder.number >= low, WorkOrder.number < low + _END)
        .order_by(WorkOrder.number.desc())
        .limit(limit)
    )
    return [FoundOrder(row[0], row[1], row[2].value, row[3], row[4], row[5]) for row in rows]
