"""One talk, or one call that is due, as it is opened to be answered or corrected; one promise as it is opened to be closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, select

from db.models import Contact, Customer, Promise, Vehicle, VehiclePlate
from db.queries.keeping_up import PromiseRow, promises

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from db.rules.record_words import ContactPurpose, ContactWay


@dataclass(frozen=True, slots=True)
class TalkFile:
    """A talk with whom and what it is about; one that is due has no `done_at`."""

    contact_id: int
    version: int
    customer: str
    """Empty for nobody, or for one without a name."""
    title: str
    erased: bool
    plate: str
    vin: str
    way: ContactWay
    purpose: ContactPurpose
    words: str
    result: str | None
    due_on: dt.date | None
    done_at: dt.datetime | None
    next_on: dt.date | None
    """When the call that follows on it is due, or was."""


def talk_file(session: Session, contact_id: int) -> TalkFile | None:
    """The talk as it stands now; None where it is gone."""
    row = session.get(Contact, contact_id)
    if row is None:
        return None
    customer = None if row.customer_id is None else session.get(Customer, row.customer_id)
    car = None
    if row.vehicle_id is not None:
        bears = and_(VehiclePlate.vehicle_id == Vehicle.id, VehiclePlate.until.is_(None))
        query = select(VehiclePlate.plate, Vehicle.vin).select_from(Vehicle).outerjoin(VehiclePlate, bears).where(Vehicle.id == row.vehicle_id)
        car = session.execute(query).first()
    following = None if row.next_id is None else session.get(Contact, row.next_id)
    return TalkFile(
        row.id, row.version, customer.name if customer is not None else "", customer.title if customer is not None else "",
        customer is not None and customer.erased_at is not None, (car[0] or "") if car is not None else "", car[1] if car is not None else "", row.way,
        row.purpose, row.words, row.result, row.due_on, row.done_at, following.due_on if following is not None else None,
    )  # fmt: skip


def promise_row(session: Session, promise_id: int, now: dt.datetime) -> PromiseRow | None:
    """A promise as it stands now; None where it is gone."""
    return next(iter(promises(session, now, Promise.id == promise_id)), None)
