"""Finds vehicles, customers and work orders by whatever was typed: plate, phone, name, VIN tail, order number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, case, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from db.models import Appointment, Claim, Customer, CustomerPhone, Ownership, SearchKey, Settlement, Vehicle, VehiclePlate, WorkOrder
from db.rules import search_text
from db.rules.record_words import OwnershipRole

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

_END = "\U0010ffff"
"""Above every key that a prefix begins: the upper end of its range."""

MOST_MEANT = 400
"""Cars and people that a text may mean before it is looked for row by row."""


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
    waiting_for: str | None = None


@dataclass(frozen=True, slots=True)
class FoundPaper:
    """A claim, settlement or appointment that was found by its number."""

    kind: str
    """claim, settlement or appointment."""
    number: str
    shown_as: tuple[str, int]
    """What is opened for it, subject and id: a settlement is shown on its order."""
    plate: str
    plate_colour: str
    at: dt.datetime
    """When it was reported, settled, or is to be."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brings, best first in each group."""

    vehicles: list[FoundVehicle]
    customers_without_vehicle: list[tuple[int, str, str]]
    """id, name, first phone (E.164)."""
    orders: list[FoundOrder]
    papers: list[FoundPaper]


# The table's own columns: what goes through the mapping costs half as much again, and one search asks for up to five prefixes.
_keys = SearchKey.__table__.c
_one_prefix = (
    select(_keys.subject, _keys.subject_id)
    .where(_keys.key >= bindparam("low"), _keys.key < bindparam("high"))
    .order_by(_keys.key)
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


def vehicles_of_customers(session: Session, customer_ids: list[int]) -> list[tuple[int, int]]:
    """(customer, vehicle) ids of what they own, drive, bring or pay for now, in the customers' order, own vehicles first."""
    if not customer_ids:
        return []
    order = {key: place for place, key in enumerate(customer_ids)}
    rows = session.execute(_vehicles_of_customers, {"ids": customer_ids}).all()
    return sorted(((row[0], row[1]) for row in rows), key=lambda row: order[row[0]])


def find(session: Session, typed: str, limit: int = 12) -> Found:
    """Everything that `typed` may mean. Vehicles found by a plate or VIN come before those found by their people."""
    subjects = matching_subjects(session, typed, limit * 4)
    vehicle_ids: dict[int, None] = {key: None for subject, key in subjects if subject == "v"}
    customer_ids = [key for subject, key in subjects if subject == "c"]
    owned: set[int] = set()
    for customer_id, vehicle_id in vehicles_of_customers(session, customer_ids):
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
    cars = [lines[key] for key in vehicle_ids if key in lines][:limit]
    return Found(cars, customers, orders_by_number(session, typed, limit), papers_by_number(session, typed, limit))


def number_begun(typed: str, series: str) -> str:
    """What a number of a series (W orders, C claims, S settlements, A appointments) begins with when this was typed, with or without its letter, dash and
    shop code; empty when it can be no number, or is too short to mean one."""
    folded = typed.strip().upper().replace("－", "-").rpartition("/")[2]
    digits = folded.removeprefix(series)
    if len(digits) < 3 or not digits.replace("-", "").isdigit():
        return ""
    if "-" not in digits and len(digits) > 6:
        digits = f"{digits[:6]}-{digits[6:]}"
    return f"{series}{digits}"


def begins_with(column: Any, beginning: str) -> ColumnElement[bool]:
    """Whether a column that is compared by code point begins so; by its index."""
    return and_(column >= beginning, column < beginning + _END)


@dataclass(frozen=True, slots=True)
class Meant:
    """The cars and people that a text means, cars of these people too; so few that a query can begin with them."""

    vehicles: list[int]
    customers: list[int]

    def condition(self, vehicle: Any, customer: Any = None) -> ColumnElement[bool]:
        """Whether a row's vehicle or customer is among them."""
        by_vehicle: ColumnElement[bool] = vehicle.in_(self.vehicles)
        return by_vehicle if customer is None else or_(by_vehicle, customer.in_(self.customers))


def few_meant(session: Session, typed: str, most: int = MOST_MEANT) -> Meant | None:
    """What `typed` means; None when that may be more than `most`."""
    customers: set[int] = set()
    vehicles: set[int] = set()
    for prefix in search_text.search_prefixes(typed):
        rows = session.execute(_one_prefix, {"low": prefix, "high": prefix + _END, "most": most}).all()
        if len(rows) == most:
            return None
        vehicles.update(key for subject, key in rows if subject == "v")
        customers.update(key for subject, key in rows if subject == "c")
    if customers:
        vehicles.update(vehicle_id for _customer, vehicle_id in session.execute(_vehicles_of_customers, {"ids": sorted(customers)}))
    return Meant(sorted(vehicles), sorted(customers))


def meant_by(session: Session, typed: str, vehicle: Any, customer: Any = None, most: int = MOST_MEANT) -> ColumnElement[bool]:
    """Whether a row's vehicle, its owner, or its customer is one that `typed` means: the condition of every list's search field.

    A text that means few is turned into their ids; one that means more than `most` is looked for under the keys of each row, so that
    no row of a short list is missed because of the many that are not in it.
    """
    few = few_meant(session, typed, most)
    return has_key(typed, vehicle, customer) if few is None else few.condition(vehicle, customer)


def has_key(typed: str, vehicle: Any, customer: Any = None) -> ColumnElement[bool]:
    """`meant_by` for a text that means many: one row after the other is asked for its keys."""
    # Names of their own: a list that joins owners itself must not have these taken for its own.
    key, owner = aliased(SearchKey), aliased(Ownership)
    begins = or_(*(begins_with(key.key, prefix) for prefix in search_text.search_prefixes(typed)))
    of_vehicle = exists().where(key.subject_id == vehicle, key.subject == "v", begins)
    of_owner = exists().where(owner.vehicle_id == vehicle, owner.until.is_(None), key.subject_id == owner.customer_id, key.subject == "c", begins)
    if customer is None:
        return or_(of_vehicle, of_owner)
    return or_(of_vehicle, of_owner, exists().where(key.subject_id == customer, key.subject == "c", begins))


def orders_by_number(session: Session, typed: str, limit: int = 12) -> list[FoundOrder]:
    """Work orders whose number begins as typed, with or without the W and the dash; newest first."""
    low = number_begun(typed, "W")
    if not low:
        return []
    rows = session.execute(
        select(
            WorkOrder.id, WorkOrder.number, WorkOrder.state, WorkOrder.plate, WorkOrder.plate_colour, WorkOrder.checked_in_at, WorkOrder.waiting_for
        )
        .where(begins_with(WorkOrder.number, low))
        .order_by(WorkOrder.number.desc())
        .limit(limit)
    )
    return [FoundOrder(row[0], row[1], row[2].value, *row[3:6], row[6].value if row[6] is not None else None) for row in rows]


def _numbered(number: Any, record_id: Any, plate: Any, colour: Any, at: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(number, record_id, plate, colour, at)
        .where(number >= bindparam("low"), number < bindparam("high"))
        .order_by(number.desc())
        .limit(bindparam("most"))
    )


def _plate_now(vehicle: Any) -> ColumnElement[bool]:
    return and_(VehiclePlate.vehicle_id == vehicle, VehiclePlate.until.is_(None))


_papers = {
    "C": ("claim", "claim", _numbered(Claim.number, Claim.id, VehiclePlate.plate, VehiclePlate.colour, Claim.reported_at)
        .select_from(Claim).outerjoin(VehiclePlate, _plate_now(Claim.vehicle_id))),
    "S": ("settlement", "order", _numbered(Settlement.number, WorkOrder.id, WorkOrder.plate, WorkOrder.plate_colour, Settlement.settled_at)
        .select_from(Settlement).join(WorkOrder, WorkOrder.id == Settlement.order_id)),
    "A": ("appointment", "appointment", _numbered(Appointment.number, Appointment.id, func.coalesce(VehiclePlate.plate, Appointment.plate_typed),
        VehiclePlate.colour, Appointment.starts_at).select_from(Appointment).outerjoin(VehiclePlate, _plate_now(Appointment.vehicle_id))),
}  # fmt: skip
"""By the letter of their numbers: the kind, the subject that is opened, and the statement."""


def papers_by_number(session: Session, typed: str, limit: int = 12) -> list[FoundPaper]:
    """Claims, settlements or appointments whose number begins as typed, its letter at least; newest first.

    Digits alone mean a work order, so that no other text costs a look-up here.
    """
    series = typed.strip().upper().rpartition("/")[2][:1]
    low = number_begun(typed, series) if series in _papers else ""
    if not low:
        return []
    kind, subject, statement = _papers[series]
    rows = session.execute(statement, {"low": low, "high": low + _END, "most": limit})
    return [FoundPaper(kind, row[0], (subject, row[1]), row[2] or "", row[3] or "blue", row[4]) for row in rows]


def people_by_phone(session: Session, e164: str) -> list[tuple[int, str]]:
    """id and name of the customers who can be reached at a number."""
    rows = session.execute(
        select(Customer.id, Customer.name)
        .join(CustomerPhone, CustomerPhone.customer_id == Customer.id)
        .where(CustomerPhone.e164 == e164, Customer.merged_into_id.is_(None), Customer.erased_at.is_(None))
        .order_by(Customer.id)
    )
    return [(row[0], row[1]) for row in rows]
