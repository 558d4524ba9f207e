"""Finds customers, with or without vehicles, by whatever was typed: name, phone, or a plate of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from db.models import Customer, Ownership, VehiclePlate
from db.queries.search import first_phones, matching_subjects
from db.rules import plate
from db.rules.record_words import OwnershipRole

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class PersonFound:
    """A customer as a line of a result list; `plates` of the vehicles that are his."""

    customer_id: int
    name: str
    title: str
    phone: str
    plates: str


def find_people(session: Session, typed: str, limit: int = 12) -> list[PersonFound]:
    """Customers that what was typed may mean, best first."""
    ids = _matching(session, typed, limit)
    rows = {
        row.id: row
        for row in session.execute(
            select(Customer).where(Customer.id.in_(ids), Customer.merged_into_id.is_(None), Customer.erased_at.is_(None))
        ).scalars()
    }  # fmt: skip
    phones = first_phones(session, rows)
    plates: dict[int, list[str]] = {}
    for key, text in session.execute(
        select(Ownership.customer_id, VehiclePlate.plate)
        .join(VehiclePlate, VehiclePlate.vehicle_id == Ownership.vehicle_id)
        .where(Ownership.customer_id.in_(list(rows)), Ownership.until.is_(None), VehiclePlate.until.is_(None))
        .order_by(Ownership.id)
    ):
        plates.setdefault(key, []).append(plate.display(text))
    return [PersonFound(key, rows[key].name, rows[key].title, phones.get(key, ""), ", ".join(plates.get(key, ())[:3])) for key in ids if key in rows][:limit]


def _matching(session: Session, typed: str, limit: int) -> list[int]:
    subjects = matching_subjects(session, typed, limit * 3)
    found: dict[int, None] = {key: None for subject, key in subjects if subject == "c"}
    cars = [key for subject, key in subjects if subject == "v"]
    owners = session.execute(
        select(Ownership.customer_id).where(Ownership.vehicle_id.in_(cars), Ownership.role == OwnershipRole.OWNER, Ownership.until.is_(None))
    ).scalars() if cars else ()  # fmt: skip
    for key in owners:
        found.setdefault(key)
    return list(found)
