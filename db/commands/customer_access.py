"""How commands come to a customer or a vehicle: locked against others, seen as the window last saw it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import update

from db.commands.people_and_cars import NewCustomer, add_customer
from db.models import Contact, Customer, Ownership, Vehicle, VehiclePlate
from db.rules.errors import Refusal

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from db.commands.act import Act
    from db.rules.plate_forms import Region

Dated = TypeVar("Dated", Ownership, VehiclePlate)


def seen_customer(session: Session, customer_id: int, expected_version: int | None = None) -> Customer:
    """The customer, kept from other writers until the commit.

    Refusals: record_missing; merged_away (into_id); customer_erased; changed_meanwhile (customer_id) when it is no longer what was seen.
    """
    customer = session.get(Customer, customer_id, with_for_update=True, populate_existing=True)
    if customer is None:
        raise Refusal("record_missing")
    if customer.merged_into_id is not None:
        raise Refusal("merged_away", into_id=customer.merged_into_id)
    if customer.erased_at is not None:
        raise Refusal("customer_erased")
    if expected_version is not None and customer.version != expected_version:
        raise Refusal("changed_meanwhile", customer_id=customer_id)
    return customer


def seen_vehicle(session: Session, vehicle_id: int, expected_version: int | None = None) -> Vehicle:
    """The vehicle, kept from other writers until the commit. Refusals: record_missing, merged_away (into_id), changed_meanwhile (vehicle_id)."""
    vehicle = session.get(Vehicle, vehicle_id, with_for_update=True, populate_existing=True)
    if vehicle is None:
        raise Refusal("record_missing")
    if vehicle.merged_into_id is not None:
        raise Refusal("merged_away", into_id=vehicle.merged_into_id)
    if expected_version is not None and vehicle.version != expected_version:
        raise Refusal("changed_meanwhile", vehicle_id=vehicle_id)
    return vehicle


def raise_version(session: Session, row: Customer | Vehicle | Contact) -> None:
    """Let windows notice that something of the record (a phone, a plate, a tie, a next call) has changed; history is written by those rows themselves."""
    session.flush()
    table = type(row)
    session.execute(update(table).where(table.id == row.id).values(version=table.version + 1).execution_options(synchronize_session=False))
    session.refresh(row, ["version"])


def with_vehicle(session: Session, kind: type[Dated], row_id: int) -> tuple[Dated, Vehicle]:
    """A plate or tie, read once its vehicle is kept from other writers, and the vehicle. Refusals: record_missing, merged_away (into_id)."""
    row = session.get(kind, row_id)
    if row is None:
        raise Refusal("record_missing")
    vehicle = seen_vehicle(session, row.vehicle_id)
    session.refresh(row)
    return row, vehicle


def ends_before(since: dt.date | None, until: dt.date | None) -> bool:
    """Whether a span would end before it begins."""
    return since is not None and until is not None and until < since


def changed_vehicle(session: Session, vehicle: Vehicle) -> dict[str, Any]:
    """Raise the version of a vehicle of which a plate or tie has changed, and say so: {"vehicle_id", "version"}."""
    raise_version(session, vehicle)
    return {"vehicle_id": vehicle.id, "version": vehicle.version}


def customer_of(session: Session, who: int | NewCustomer, act: Act, region: Region) -> int:
    """The id of a known customer, or of a new one that is added. Refusals as `seen_customer`, customer_unknown."""
    if isinstance(who, NewCustomer):
        return add_customer(session, who, act, region).id
    return seen_customer(session, who).id
