"""What records are found by: every key that a person, a car or a catalogue entry should have, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from db.checks.finding import Finding
from db.models import CatalogueKey, Customer, CustomerPhone, LabourOperation, Package, Part, SearchKey, Vehicle, VehiclePlate
from db.rules.found_under import customer_keys, item_keys, vehicle_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

_CHUNK = 2000


def search_keys(session: Session) -> Iterator[Finding]:
    """search_key_missing, search_key_wrong: one finding a record, with the keys."""
    yield from _of_subject(session, "c", Customer, _customers)
    yield from _of_subject(session, "v", Vehicle, _vehicles)


def _of_subject(session: Session, subject: str, model: Any, expected: Any) -> Iterator[Finding]:
    highest = max(
        session.execute(select(func.max(model.id))).scalar() or 0,
        session.execute(select(func.max(SearchKey.subject_id)).where(SearchKey.subject == subject)).scalar() or 0,
    )
    for first in range(1, highest + 1, _CHUNK):
        wanted = expected(session, first, first + _CHUNK - 1)
        stored: dict[int, set[str]] = {}
        statement = select(SearchKey.subject_id, SearchKey.key).where(SearchKey.subject_id.between(first, first + _CHUNK - 1), SearchKey.subject == subject)
        for row_id, key in session.execute(statement):
            stored.setdefault(row_id, set()).add(key)
        for row_id in sorted(wanted.keys() | stored.keys()):
            name, keys = wanted.get(row_id, ("", set()))
            yield from _compare(model.__tablename__, row_id, name, keys, stored.get(row_id, set()))


def _compare(table: str, row_id: int | None, name: str, wanted: set[str], stored: set[str]) -> Iterator[Finding]:
    if wanted - stored:
        yield Finding("search_key_missing", table, row_id, name, {"keys": ", ".join(sorted(wanted - stored)[:5])})
    if stored - wanted:
        yield Finding("search_key_wrong", table, row_id, name, {"keys": ", ".join(sorted(stored - wanted)[:5])})


def _customers(session: Session, first: int, last: int) -> dict[int, tuple[str, set[str]]]:
    phones: dict[int, list[str]] = {}
    for customer_id, e164 in session.execute(select(CustomerPhone.customer_id, CustomerPhone.e164).where(CustomerPhone.customer_id.between(first, last))):
        phones.setdefault(customer_id, []).append(e164)
    rows = session.execute(
        select(Customer.id, Customer.name, Customer.contact_person)
        .where(Customer.id.between(first, last), Customer.erased_at.is_(None), Customer.merged_into_id.is_(None))
    )  # fmt: skip
    return {row_id: (name, customer_keys(name, contact, phones.get(row_id, []))) for row_id, name, contact in rows}


def _vehicles(session: Session, first: int, last: int) -> dict[int, tuple[str, set[str]]]:
    plates: dict[int, list[str]] = {}
    for vehicle_id, plate in session.execute(select(VehiclePlate.vehicle_id, VehiclePlate.plate).where(VehiclePlate.vehicle_id.between(first, last))):
        plates.setdefault(vehicle_id, []).append(plate)
    rows = session.execute(select(Vehicle.id, Vehicle.vin).where(Vehicle.id.between(first, last), Vehicle.merged_into_id.is_(None)))
    return {row_id: (" ".join(plates.get(row_id, [])) or vin, vehicle_keys(plates.get(row_id, []), vin)) for row_id, vin in rows}


def catalogue_keys(session: Session) -> Iterator[Finding]:
    """search_key_missing and search_key_wrong of operations, parts and packages."""
    stored: dict[tuple[str, str], set[str]] = {}
    for key, subject, code in session.execute(select(CatalogueKey.key, CatalogueKey.subject, CatalogueKey.code)):
        stored.setdefault((subject, code), set()).add(key)
    for subject, model in (("operation", LabourOperation), ("part", Part), ("package", Package)):
        for row_id, code, *names, find_words in session.execute(
            select(model.id, model.code, model.name_zh_tw, model.name_zh_cn, model.name_en, model.find_words).order_by(model.id)
        ):
            yield from _compare(model.__tablename__, row_id, code, item_keys(code, names, find_words), stored.pop((subject, code), set()))
    for (subject, code), keys in sorted(stored.items()):
        yield from _compare(subject, None, code, set(), keys)
