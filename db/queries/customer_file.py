"""A customer's file: who it is, how to reach him, his vehicles, what is kept up with him, what he owes; and what its history consists of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import case, func, or_, select

from db.models import Contact, Customer, CustomerPhone, History, Merge, Ownership, Promise, Voucher, WorkOrder, WorkOrderLine
from db.queries.keeping_up import ContactRow, MergeRow, OwedRow, PromiseRow, VoucherRow, contacts, merges, owed, promises, vouchers
from db.queries.search import FoundVehicle, vehicles
from db.queries.shop import the_shop
from db.rules.months import add_months
from db.rules.order_life import Consent, OrderState
from db.rules.record_words import Language, OwnershipRole

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class PhoneRow:
    """A way to reach a customer; `e164` empty when what was typed can't be read as a number."""

    e164: str
    typed: str


@dataclass(frozen=True, slots=True)
class VehicleTie:
    """What the customer is to a vehicle, from when until when."""

    ownership_id: int
    role: OwnershipRole
    since: dt.date | None
    until: dt.date | None
    vehicle: FoundVehicle


@dataclass(frozen=True, slots=True)
class CustomerFile:
    """All that is known of a customer. Money in fen."""

    customer_id: int
    name: str
    title: str
    is_company: bool
    contact_person: str
    address: str
    licence_number: str
    language: Language
    came_by: str
    consent_to_call: bool
    is_account: bool
    account_limit: int | None
    account_months: int | None
    is_government: bool
    tier: str
    note: str
    created_at: dt.datetime
    erased_at: dt.datetime | None
    version: int
    phones: tuple[PhoneRow, ...]
    ties: tuple[VehicleTie, ...]
    """Those of now first, owned ones before others."""
    contacts: tuple[ContactRow, ...]
    promises: tuple[PromiseRow, ...]
    owed: tuple[OwedRow, ...]
    vouchers: tuple[VoucherRow, ...]
    merges: tuple[MergeRow, ...]
    visit_count: int
    three_years_amount: int


def customer_file(session: Session, customer_id: int, now: dt.datetime) -> CustomerFile:
    """The file of one customer. LookupError (NoResultFound) when there is none."""
    row = session.get_one(Customer, customer_id)
    today = the_shop(session).day_of(now)
    visits, amount = _visits(session, customer_id, now)
    return CustomerFile(
        row.id, row.name, row.title, row.is_company, row.contact_person, row.address, row.licence_number, row.language, row.came_by, row.consent_to_call,
        row.is_account, row.account_limit, row.account_months, row.is_government, row.tier, row.note, row.created_at, row.erased_at, row.version,
        phones_of(session, customer_id), _ties(session, customer_id), tuple(contacts(session, Contact.customer_id == customer_id)),
        tuple(promises(session, now, Promise.customer_id == customer_id)), tuple(owed(session, customer_id)),
        tuple(vouchers(session, today, Voucher.customer_id == customer_id)), tuple(merges(session, "customer", customer_id)), visits, amount,
    )  # fmt: skip


def phones_of(session: Session, customer_id: int) -> tuple[PhoneRow, ...]:
    """A customer's phones, the first one first."""
    rows = session.execute(
        select(CustomerPhone.e164, CustomerPhone.typed)
        .where(CustomerPhone.customer_id == customer_id)
        .order_by(CustomerPhone.position, CustomerPhone.id)
    )  # fmt: skip
    return tuple(PhoneRow(row[0], row[1]) for row in rows)


def _ties(session: Session, customer_id: int) -> tuple[VehicleTie, ...]:
    rows = session.execute(
        select(Ownership)
        .where(Ownership.customer_id == customer_id)
        .order_by(case((Ownership.until.is_(None), 0), else_=1), case((Ownership.role == OwnershipRole.OWNER, 0), else_=1), Ownership.id.desc())
    ).scalars().all()  # fmt: skip
    lines = vehicles(session, [row.vehicle_id for row in rows])
    return tuple(VehicleTie(row.id, row.role, row.since, row.until, lines[row.vehicle_id]) for row in rows if row.vehicle_id in lines)


def _visits(session: Session, customer_id: int, now: dt.datetime) -> tuple[int, int]:
    """How many visits he brought, and what was authorised in the last three years (fen)."""
    his = (WorkOrder.customer_id == customer_id, WorkOrder.state != OrderState.CANCELLED)
    count = session.execute(select(func.count()).select_from(WorkOrder).where(*his)).scalar_one()
    begin = now.replace(**dict(zip(("year", "month", "day"), add_months(now.date(), -36).timetuple()[:3], strict=True)))  # type: ignore[arg-type]
    amount = session.execute(
        select(func.coalesce(func.sum(WorkOrderLine.amount), 0))
        .join(WorkOrder, WorkOrder.id == WorkOrderLine.order_id)
        .where(*his, WorkOrder.checked_in_at >= begin, WorkOrderLine.consent == Consent.AUTHORISED)
    ).scalar_one()
    return count, int(amount)


def customer_subjects(session: Session, customer_id: int) -> list[tuple[str, list[int]]]:
    """What the history of a customer consists of, for `subjects_history`: himself, those merged into him, phones, ties, talks, promises."""
    ids = [customer_id, *session.execute(select(Merge.gone_id).where(Merge.subject == "customer", Merge.kept_id == customer_id)).scalars()]
    return [
        ("customer", ids),
        ("customer_phone", phones_ever(session, ids)),
        ("ownership", list(session.execute(select(Ownership.id).where(Ownership.customer_id == customer_id)).scalars())),
        ("contact", list(session.execute(select(Contact.id).where(Contact.customer_id == customer_id)).scalars())),
        ("promise", list(session.execute(select(Promise.id).where(Promise.customer_id == customer_id)).scalars())),
    ]


def phones_ever(session: Session, customer_ids: Sequence[int]) -> list[int]:
    """The keys of all phones that customers have or had; of those taken away only history still knows whose they were."""
    sides = [History.changes["customer_id"][side].as_integer() for side in (0, 1)]
    query = select(History.subject_id).where(History.subject == "customer_phone", or_(*(side.in_(customer_ids) for side in sides)))
    now = select(CustomerPhone.id).where(CustomerPhone.customer_id.in_(customer_ids))
    return list({key for key in (*session.execute(query).scalars(), *session.execute(now).scalars()) if key is not None})
