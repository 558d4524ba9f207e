"""The lists of the customers' room: vehicles with owner, state and next due, and customers without a vehicle; paged, filtered, counted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, exists, func, literal, select, tuple_
from sqlalchemy.orm import aliased

from db.models import Customer, CustomerPhone, Ownership, Vehicle, VehiclePlate, WorkOrder
from db.queries.next_due import NextDue, next_dues
from db.queries.search import first_phones, matching_subjects, vehicles_of_customers
from db.queries.standing import ACTIVE, AWAY_GROUP, STATES, Cutoffs, cutoffs, state_of
from db.rules.order_life import OrderState, is_open
from db.rules.record_words import OwnershipRole, VehicleFate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

SEARCH_MOST = 200
"""Vehicles that a search shows at most."""

COUNT_MOST = 10_000
"""Where a count stops: a larger store says 10,000+."""

EXAMINED_MOST = 4_000
"""Vehicles that are worked out for one page of those that are due."""

_BATCH = 200
_SEEN_LATELY = dt.timedelta(days=30)

LAST_VISIT, PLATE, OWNER = "last_visit", "plate", "owner"


@dataclass(frozen=True, slots=True)
class VehicleFilter:
    """What of all vehicles is wanted. `state` is one of `STATES`, or empty for all.

    Exact are all but `due`: it passes over vehicles that were here in the last 30 days, since working out what is due needs a vehicle's whole past.
    """

    words: str = ""
    state: str = ""
    due: bool = False
    """Overdue, or due soon as the shop counts (30 days or 1,000 km)."""
    bought_here: bool = False
    no_phone: bool = False
    """Nobody who owns it can be called."""
    sort: str = LAST_VISIT
    descending: bool = True


@dataclass(frozen=True, slots=True)
class VehicleListRow:
    """A vehicle as a line of the list. `next` and `metres_per_day` are filled in by `with_dues`."""

    vehicle_id: int
    plate: str
    plate_colour: str
    vin: str
    maker: str
    model: str
    model_year: int | None
    power_train: str
    severe_use: bool
    first_registered_on: dt.date | None
    bought_on: dt.date | None
    last_visit_at: dt.datetime | None
    owner_id: int | None
    owner_name: str
    state: str
    """active, drifting, going or lost; else what became of it: sold_on, scrapped, moved."""
    open_order: bool
    place: tuple[Any, ...] = field(default=(), compare=False)
    """Where it stands in its order, for the next page."""
    next: NextDue | None = None
    metres_per_day: int | None = None
    distance_is_usual: bool = False
    worked_out: bool = False
    """Whether `with_dues` has been here."""


@dataclass(frozen=True, slots=True)
class CustomerListRow:
    """A customer without a vehicle."""

    customer_id: int
    name: str
    title: str
    is_company: bool
    phone: str
    tier: str
    created_at: dt.datetime
    place: tuple[Any, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Count:
    """How many; `more` when there are more than were counted."""

    number: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class _Phase:
    """A stretch of an order: vehicles that have what is sorted by come first, those that lack it after them, newest first."""

    query: Select[*tuple[Any, ...]]
    keys: tuple[Any, ...]
    descending: bool
    visited: bool | None = None
    """Whether its vehicles were here before; None: both."""


_COLUMNS = (
    Vehicle.id, VehiclePlate.plate, VehiclePlate.colour, Vehicle.vin, Vehicle.maker, Vehicle.model, Vehicle.model_year, Vehicle.power_train,
    Vehicle.severe_use, Vehicle.first_registered_on, Vehicle.bought_on, Vehicle.last_visit_at, Customer.id, Customer.name, Vehicle.fate,
)  # fmt: skip
_BEARS = and_(VehiclePlate.vehicle_id == Vehicle.id, VehiclePlate.until.is_(None))
_OWNS = and_(Ownership.vehicle_id == Vehicle.id, Ownership.role == literal(OwnershipRole.OWNER.value), Ownership.until.is_(None))
# Wrapped, so that no index on this column is taken for the way in: nearly every vehicle is one that was not merged.
_NOT_MERGED = func.coalesce(Vehicle.merged_into_id, 0) == 0


def _from_vehicle() -> Select[*tuple[Any, ...]]:
    query = select(*_COLUMNS).select_from(Vehicle).outerjoin(VehiclePlate, _BEARS).outerjoin(Ownership, _OWNS)
    return query.outerjoin(Customer, Customer.id == Ownership.customer_id).where(_NOT_MERGED)


def _from_plate() -> Select[*tuple[Any, ...]]:
    query = select(*_COLUMNS).select_from(VehiclePlate).join(Vehicle, _BEARS).outerjoin(Ownership, _OWNS)
    return query.outerjoin(Customer, Customer.id == Ownership.customer_id).where(_NOT_MERGED)


def _from_owner() -> Select[*tuple[Any, ...]]:
    query = select(*_COLUMNS).select_from(Customer).join(Ownership, Ownership.customer_id == Customer.id).join(Vehicle, _OWNS)
    return query.outerjoin(VehiclePlate, _BEARS).where(_NOT_MERGED)


def _phases(sort: str, descending: bool, state: str) -> list[_Phase]:
    if sort == PLATE:
        return [
            _Phase(_from_plate(), (VehiclePlate.plate, VehiclePlate.colour), descending),
            _Phase(_from_vehicle().where(VehiclePlate.id.is_(None)), (Vehicle.id,), True),
        ]
    if sort == OWNER:
        return [
            # The lower bound makes the index on names the way in for the first page too.
            _Phase(_from_owner().where(Customer.name_key >= ""), (Customer.name_key, Customer.id, Vehicle.id), descending),
            _Phase(_from_vehicle().where(Ownership.id.is_(None)), (Vehicle.id,), True),
        ]
    visit: Any = Vehicle.last_visit_at
    if state == AWAY_GROUP:
        # Few are away: they are found by their fate and put in order, not met one by one on the way through all visits.
        visit = case((Vehicle.fate != VehicleFate.KEPT, Vehicle.last_visit_at))
    return [
        _Phase(_from_vehicle().where(Vehicle.last_visit_at.is_not(None)), (visit, Vehicle.id), descending, True),
        _Phase(_from_vehicle().where(Vehicle.last_visit_at.is_(None)), (Vehicle.id,), True, False),
    ]


def vehicle_page(session: Session, wanted: VehicleFilter, now: dt.datetime, after: VehicleListRow | None = None, limit: int = 100) -> list[VehicleListRow]:
    """Vehicles in the asked order, `after` is the last row already shown; a search gives all that it finds, best first, on its one page.

    Never more than a page is read by index, whatever the size of the store, unless a filter finds next to nothing.
    """
    if wanted.words.strip():
        return [] if after is not None else searched_vehicles(session, wanted, now)[:SEARCH_MOST]
    limits = cutoffs(session, now)
    if not wanted.due:
        return _page(session, wanted, limits, after, limit)
    found: list[VehicleListRow] = []
    examined = 0
    while len(found) < limit and examined < EXAMINED_MOST:
        batch = _page(session, wanted, limits, after, _BATCH, seen_before=now - _SEEN_LATELY)
        found += [row for row in with_dues(session, batch, now) if is_due(row)]
        examined += len(batch)
        if len(batch) < _BATCH:
            break
        after = batch[-1]
    return found[:limit]


def is_due(row: VehicleListRow) -> bool:
    """Whether a worked-out row is overdue or due soon, and still a customer's."""
    return row.next is not None and row.next.state != "later" and row.state in ACTIVE


def searched_vehicles(session: Session, wanted: VehicleFilter, now: dt.datetime) -> list[VehicleListRow]:
    """All vehicles that the words find by plate, VIN or people, and that the other filters let through."""
    rows = [row for row in _found(session, wanted.words, now) if not wanted.state or state_group(row.state) == wanted.state]
    ids = [row.vehicle_id for row in rows]
    for condition in _side_conditions(wanted):
        kept = set(session.execute(select(Vehicle.id).where(Vehicle.id.in_(ids), condition)).scalars())
        rows = [row for row in rows if row.vehicle_id in kept]
    if wanted.due:
        rows = [row for row in with_dues(session, rows, now) if is_due(row)]
    return rows


def _found(session: Session, words: str, now: dt.datetime) -> list[VehicleListRow]:
    subjects = matching_subjects(session, words, SEARCH_MOST)
    ids = {key: None for subject, key in subjects if subject == "v"}
    for _customer_id, vehicle_id in vehicles_of_customers(session, [key for subject, key in subjects if subject == "c"]):
        ids.setdefault(vehicle_id)
    rows = _rows(session, session.execute(_from_vehicle().where(Vehicle.id.in_(list(ids)[:SEARCH_MOST]))).all(), cutoffs(session, now))
    known = {row.vehicle_id: row for row in rows}
    return [known[key] for key in ids if key in known]


def rows_of(session: Session, vehicle_ids: Sequence[int], now: dt.datetime) -> list[VehicleListRow]:
    """The lines of these vehicles, worked out, in the order given; merged ones are left out."""
    rows = _rows(session, session.execute(_from_vehicle().where(Vehicle.id.in_(vehicle_ids))).all(), cutoffs(session, now))
    known = {row.vehicle_id: row for row in with_dues(session, rows, now)}
    return [known[key] for key in vehicle_ids if key in known]


def _page(
    session: Session, wanted: VehicleFilter, limits: Cutoffs, after: VehicleListRow | None, limit: int, seen_before: dt.datetime | None = None
) -> list[VehicleListRow]:
    found: list[VehicleListRow] = []
    phases = _phases(wanted.sort, wanted.descending, wanted.state)
    for number in range(after.place[0] if after is not None else 0, len(phases)):
        phase = phases[number]
        query = phase.query.where(*_side_conditions(wanted))
        if wanted.state:
            query = query.where(limits.condition(wanted.state, phase.visited))
        if seen_before is not None and phase.visited is not False:
            query = query.where(Vehicle.last_visit_at < seen_before)
        if after is not None and number == after.place[0]:
            keys, values = tuple_(*phase.keys), tuple_(*(literal(value, key.type) for value, key in zip(after.place[1:], phase.keys, strict=True)))
            query = query.where(keys < values if phase.descending else keys > values)
        order = [key.desc() if phase.descending else key for key in phase.keys]
        rows = session.execute(query.add_columns(*phase.keys).order_by(*order).limit(limit - len(found))).all()
        found += [
            replace(made, place=(number, *row[len(_COLUMNS) :])) for made, row in zip(_rows(session, rows, limits), rows, strict=True)
        ]  # fmt: skip
        if len(found) >= limit:
            break
    return found


def _side_conditions(wanted: VehicleFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.bought_here:
        conditions.append(Vehicle.bought_here.is_(True))
    if wanted.no_phone:
        tie = aliased(Ownership)
        called = (
            select(tie.id)
            .join(CustomerPhone, CustomerPhone.customer_id == tie.customer_id)
            .where(tie.vehicle_id == Vehicle.id, tie.role == literal(OwnershipRole.OWNER.value), tie.until.is_(None))
        )
        conditions.append(~called.correlate(Vehicle).exists())
    return conditions


def _rows(session: Session, rows: Sequence[Any], limits: Cutoffs) -> list[VehicleListRow]:
    closed = [state for state in OrderState if not is_open(state)]
    here = set(
        session.execute(
            select(WorkOrder.vehicle_id).where(WorkOrder.vehicle_id.in_([row[0] for row in rows]), WorkOrder.state.not_in(closed))
        ).scalars()
    ) if rows else set()  # fmt: skip
    return [
        VehicleListRow(
            row[0], row[1] or "", row[2] or "blue", row[3], row[4], row[5], row[6], row[7].value, row[8], row[9], row[10], row[11], row[12], row[13] or "",
            state_of(row[14], row[11], row[10], limits), row[0] in here,
        )
        for row in rows
    ]  # fmt: skip


def with_dues(session: Session, rows: Sequence[VehicleListRow], now: dt.datetime) -> list[VehicleListRow]:
    """The same rows with their next due and daily distance, read at once for all of them."""
    known = next_dues(session, rows, now)
    return [
        replace(row, next=found.next, metres_per_day=found.metres_per_day, distance_is_usual=found.is_usual, worked_out=True)
        for row in rows
        for found in (known[row.vehicle_id],)
    ]


def state_group(state: str) -> str:
    """The filter that a state belongs to."""
    return state if state in ACTIVE else AWAY_GROUP


def vehicle_counts(session: Session, wanted: VehicleFilter, now: dt.datetime, most: int = COUNT_MOST) -> dict[str, Count]:
    """How many vehicles each state has, "" for all, under the other filters but `due`; of a search exactly, else counted up to `most`."""
    if wanted.words.strip():
        rows = searched_vehicles(session, replace(wanted, state="", due=False), now)
        states = [state_group(row.state) for row in rows]
        return {"": Count(len(rows)), **{state: Count(states.count(state)) for state in STATES}}
    limits = cutoffs(session, now)
    side = [_NOT_MERGED, *_side_conditions(wanted)]

    def upto(*conditions: ColumnElement[bool]) -> int:
        inner = select(Vehicle.id).where(*side, *conditions).limit(most + 1).subquery()
        return session.execute(select(func.count()).select_from(inner)).scalar_one()

    counts = {"": upto()}
    for state in STATES:
        parts = (upto(limits.condition(state, visited)) for visited in (True, False))
        counts[state] = sum(parts)
    return {state: Count(min(number, most), number > most) for state, number in counts.items()}


def customer_count(session: Session, most: int = 100_000) -> Count:
    """How many customers the store holds, counted up to `most`."""
    inner = select(Customer.id).where(Customer.merged_into_id.is_(None), Customer.erased_at.is_(None)).limit(most + 1).subquery()
    number = session.execute(select(func.count()).select_from(inner)).scalar_one()
    return Count(min(number, most), number > most)


def customers_without_vehicle(session: Session, words: str = "", after: CustomerListRow | None = None, limit: int = 100) -> list[CustomerListRow]:
    """Customers who are nothing to any vehicle now, by name; of a search all that it finds, best first."""
    tied = exists().where(Ownership.customer_id == Customer.id, Ownership.until.is_(None))
    query = select(Customer).where(Customer.merged_into_id.is_(None), Customer.erased_at.is_(None), ~tied)
    place: Callable[[Customer], tuple[Any, ...]] = lambda row: (row.name_key, row.id)  # noqa: E731
    if words.strip():
        if after is not None:
            return []
        ids = [key for subject, key in matching_subjects(session, words, SEARCH_MOST) if subject == "c"]
        known = {row.id: row for row in session.execute(query.where(Customer.id.in_(ids))).scalars()}
        rows = [known[key] for key in ids if key in known]
    else:
        if after is not None:
            query = query.where(tuple_(Customer.name_key, Customer.id) > after.place)
        rows = list(session.execute(query.order_by(Customer.name_key, Customer.id).limit(limit)).scalars())
    phones = first_phones(session, [row.id for row in rows])
    return [CustomerListRow(row.id, row.name, row.title, row.is_company, phones.get(row.id, ""), row.tier, row.created_at, place(row)) for row in rows]


__all__ = [
    "LAST_VISIT", "OWNER", "PLATE", "STATES", "Count", "CustomerListRow", "VehicleFate", "VehicleFilter", "VehicleListRow", "customer_count",
    "customers_without_vehicle", "is_due", "rows_of", "searched_vehicles", "state_group", "vehicle_counts", "vehicle_page", "with_dues",
]  # fmt: skip
