"""Plain lists of what the store holds, for scripts and spreadsheets: newest first, found by whatever the search finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select

from db.models import Claim, Customer, CustomerPhone, Ownership, Vehicle, VehiclePlate, WorkOrder
from db.queries.search import matching_subjects
from db.rules.errors import Refusal
from db.rules.order_life import OrderState, is_open
from db.rules.record_words import ClaimState, OwnershipRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

OPEN = "open"
"""The state word for every order that is neither delivered nor cancelled."""

_MOST_FOUND = 2000
_current_plate = and_(VehiclePlate.vehicle_id == Vehicle.id, VehiclePlate.until.is_(None))
_current_owner = and_(Ownership.vehicle_id == Vehicle.id, Ownership.role == OwnershipRole.OWNER, Ownership.until.is_(None))


def work_orders(session: Session, state: str = "", find: str = "", limit: int | None = None) -> list[dict[str, Any]]:
    """Work orders, the latest check-in first. Refusal: state_unknown (state, states)."""
    query = (
        select(WorkOrder, Customer.name, Vehicle.maker, Vehicle.model, Vehicle.vin)
        .join(Vehicle, Vehicle.id == WorkOrder.vehicle_id)
        .outerjoin(Customer, Customer.id == WorkOrder.customer_id)
        .order_by(WorkOrder.checked_in_at.desc(), WorkOrder.id.desc())
    )
    if state == OPEN:
        query = query.where(WorkOrder.state.in_([word for word in OrderState if is_open(word)]))
    elif state:
        query = query.where(WorkOrder.state == _state(OrderState, state, (OPEN,)))
    if find:
        vehicles, customers = _found(session, find)
        by_number = WorkOrder.number.startswith(_as_number(find), autoescape=True)
        query = query.where(or_(by_number, WorkOrder.vehicle_id.in_(vehicles), WorkOrder.customer_id.in_(customers)))
    return [
        {
            "number": order.number,
            "state": order.state.value,
            "waiting_for": order.waiting_for.value if order.waiting_for else None,
            "plate": order.plate,
            "vin": vin,
            "vehicle": f"{maker} {model}".strip(),
            "customer": name or "",
            "odometer_km": order.odometer_km,
            "agreed_total_fen": order.agreed_total,
            "checked_in_at": order.checked_in_at,
            "promised_at": order.promised_at,
        }
        for order, name, maker, model, vin in session.execute(_first(query, limit))
    ]


def exists(session: Session, number: str) -> bool:
    """Whether there is a work order of this number."""
    return session.execute(select(WorkOrder.id).where(WorkOrder.number == number)).first() is not None


def claims(session: Session, state: str = "", find: str = "", limit: int | None = None) -> list[dict[str, Any]]:
    """Accident claims, the latest report first. Refusal: state_unknown (state, states)."""
    query = (
        select(Claim, Customer.name, VehiclePlate.plate)
        .join(Vehicle, Vehicle.id == Claim.vehicle_id)
        .outerjoin(VehiclePlate, _current_plate)
        .outerjoin(Customer, Customer.id == Claim.customer_id)
        .order_by(Claim.reported_at.desc(), Claim.id.desc())
    )
    if state:
        query = query.where(Claim.state == _state(ClaimState, state))
    if find:
        vehicles, customers = _found(session, find)
        by_number = Claim.number.startswith(find.strip().upper(), autoescape=True)
        query = query.where(or_(by_number, Claim.report_number == find.strip(), Claim.vehicle_id.in_(vehicles), Claim.customer_id.in_(customers)))
    return [
        {
            "number": claim.number,
            "state": claim.state.value,
            "severity": claim.severity.value,
            "plate": plate or "",
            "customer": name or "",
            "insurer": claim.insurer_code,
            "report_number": claim.report_number,
            "assessed_fen": claim.assessed_amount,
            "approved_fen": claim.approved_amount,
            "paid_fen": claim.paid_amount,
            "reported_at": claim.reported_at,
        }
        for claim, name, plate in session.execute(_first(query, limit))
    ]


def vehicles(session: Session, find: str = "", limit: int | None = None) -> list[dict[str, Any]]:
    """Vehicles that were not merged into another, the latest first."""
    query = (
        select(Vehicle, VehiclePlate.plate, VehiclePlate.colour, Customer.name)
        .outerjoin(VehiclePlate, _current_plate)
        .outerjoin(Ownership, _current_owner)
        .outerjoin(Customer, Customer.id == Ownership.customer_id)
        .where(Vehicle.merged_into_id.is_(None))
        .order_by(Vehicle.id.desc())
    )
    if find:
        query = query.where(Vehicle.id.in_(_found(session, find)[0]))
    return [
        {
            "id": vehicle.id,
            "plate": plate or "",
            "plate_colour": colour or "",
            "vin": vehicle.vin,
            "maker": vehicle.maker,
            "model": vehicle.model,
            "model_year": vehicle.model_year,
            "power_train": vehicle.power_train.value,
            "owner": owner or "",
            "last_visit_at": vehicle.last_visit_at,
        }
        for vehicle, plate, colour, owner in session.execute(_first(query, limit))
    ]


def customers(session: Session, find: str = "", limit: int | None = None) -> list[dict[str, Any]]:
    """People and companies that were not merged into another, the latest first."""
    query = select(Customer).where(Customer.merged_into_id.is_(None)).order_by(Customer.id.desc())
    if find:
        query = query.where(Customer.id.in_(_found(session, find)[1]))
    rows = session.execute(_first(query, limit)).scalars().all()
    by_position = select(CustomerPhone.customer_id, CustomerPhone.e164).order_by(CustomerPhone.position, CustomerPhone.id)
    phones = _joined(session, by_position, CustomerPhone.customer_id, rows)
    plates = _joined(
        session,
        select(Ownership.customer_id, VehiclePlate.plate)
        .join(VehiclePlate, and_(VehiclePlate.vehicle_id == Ownership.vehicle_id, VehiclePlate.until.is_(None)))
        .where(Ownership.until.is_(None), Ownership.role == OwnershipRole.OWNER)
        .order_by(VehiclePlate.plate),
        Ownership.customer_id,
        rows,
    )
    return [
        {
            "id": row.id,
            "name": row.name,
            "is_company": row.is_company,
            "phones": phones.get(row.id, []),
            "plates": plates.get(row.id, []),
            "language": row.language.value,
            "created_at": row.created_at,
        }
        for row in rows
    ]


def _first(query: Any, limit: int | None) -> Any:
    return query if limit is None else query.limit(limit)


def _state(kind: type[OrderState] | type[ClaimState], word: str, further: Sequence[str] = ()) -> Any:
    known = [state.value for state in kind]
    if word not in known:
        raise Refusal("state_unknown", state=word, states=[*further, *known])
    return kind(word)


def _as_number(find: str) -> str:
    """As an order's number begins: also out of a scanned code with the shop before a slash."""
    return find.strip().upper().rpartition("/")[2]


def _found(session: Session, find: str) -> tuple[list[int], list[int]]:
    """Ids of the vehicles and customers that are meant, each with those of the other kind that belong to them."""
    subjects = matching_subjects(session, find, _MOST_FOUND)
    cars = [key for subject, key in subjects if subject == "v"]
    people = [key for subject, key in subjects if subject == "c"]
    owned = session.execute(select(Ownership.vehicle_id).where(Ownership.customer_id.in_(people), Ownership.until.is_(None))).scalars()
    owners = session.execute(select(Ownership.customer_id).where(Ownership.vehicle_id.in_(cars), Ownership.until.is_(None))).scalars()
    return list({*cars, *owned}), list({*people, *owners})


def _joined(session: Session, query: Any, of: Any, rows: Sequence[Customer]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for start in range(0, len(rows), _MOST_FOUND):
        for key, words in session.execute(query.where(of.in_([row.id for row in rows[start : start + _MOST_FOUND]]))):
            found.setdefault(key, []).append(words)
    return found
