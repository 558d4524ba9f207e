"""Keeps the words under which customers, vehicles and catalogue entries are found, in the transaction that changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from db.models import Customer, CustomerPhone, SearchKey, Vehicle, VehiclePlate
from db.rules.found_under import customer_keys, vehicle_keys

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def renew_customer(session: Session, customer_id: int) -> None:
    """Write the keys of a customer anew; none when erased or merged away."""
    session.flush()
    session.execute(delete(SearchKey).where(SearchKey.subject == "c", SearchKey.subject_id == customer_id))
    customer = session.get_one(Customer, customer_id)
    if customer.erased_at is not None or customer.merged_into_id is not None:
        return
    phones = list(session.execute(select(CustomerPhone.e164).where(CustomerPhone.customer_id == customer_id)).scalars())
    _write(session, "c", customer_id, customer_keys(customer.name, customer.contact_person, phones))


def renew_vehicle(session: Session, vehicle_id: int) -> None:
    """Write the keys of a vehicle anew; none when merged away."""
    session.flush()
    session.execute(delete(SearchKey).where(SearchKey.subject == "v", SearchKey.subject_id == vehicle_id))
    vehicle = session.get_one(Vehicle, vehicle_id)
    if vehicle.merged_into_id is not None:
        return
    plates = list(session.execute(select(VehiclePlate.plate).where(VehiclePlate.vehicle_id == vehicle_id)).scalars())
    _write(session, "v", vehicle_id, vehicle_keys(plates, vehicle.vin))


def _write(session: Session, subject: str, subject_id: int, keys: set[str]) -> None:
    if keys:
        session.execute(insert(SearchKey), [{"key": key, "subject": subject, "subject_id": subject_id} for key in sorted(keys)])
