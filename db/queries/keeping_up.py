"""What is kept up with a customer or about a vehicle: talks, promises, policies, vouchers, what is owed, merges that can be taken apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from db.models import Contact, Customer, Insurer, Merge, Payment, Policy, Promise, Settlement, Staff, Vehicle, VehiclePlate, Voucher
from db.queries.shop import the_shop
from db.rules.order_life import Payer
from db.rules.record_words import PolicyKind, PromiseState, SettlementState, VoucherState

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

MOST = 30
"""Rows of a kind that a file shows."""


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A talk, or one that is due: then `done_at` is None."""

    contact_id: int
    way: str
    purpose: str
    words: str
    result: str | None
    due_on: dt.date | None
    done_at: dt.datetime | None
    staff_name: str


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """What was promised; open until kept or taken back."""

    promise_id: int
    words: str
    state: str
    promised_at: dt.datetime
    until_on: dt.date | None
    overdue: bool
    staff_name: str
    closed_words: str
    version: int


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """An insurance of the vehicle; premium in fen, days until it ends below 0 once it has."""

    policy_id: int
    insurer_code: str
    insurer_names: tuple[str, str, str]
    """Short ones: zh_TW, zh_CN, en."""
    kind: PolicyKind
    number: str
    premium: int
    from_on: dt.date
    until_on: dt.date
    days: int
    sold_here: bool
    version: int


@dataclass(frozen=True, slots=True)
class OwedRow:
    """A settlement that is not paid in full: what is left of it in fen."""

    settlement_id: int
    number: str
    order_id: int
    left: int
    settled_at: dt.datetime
    due_on: dt.date | None


@dataclass(frozen=True, slots=True)
class VoucherRow:
    """Something given that can still be used; amount in fen."""

    voucher_id: int
    code: str
    amount: int
    terms: str
    expires_on: dt.date | None


@dataclass(frozen=True, slots=True)
class MergeRow:
    """A merge that stands: what the record that went was called."""

    merge_id: int
    gone_id: int
    gone_name: str
    merged_at: dt.datetime
    staff_name: str
    can_be_undone: bool


def staff_names(session: Session) -> dict[int, str]:
    """The names of all who work or worked here."""
    return {row[0]: row[1] for row in session.execute(select(Staff.id, Staff.name))}


def contacts(session: Session, *whose: ColumnElement[bool], limit: int = MOST) -> list[ContactRow]:
    """Talks of which one of these conditions holds: those due first, by day, then those had, newest first."""
    names = staff_names(session)
    due = select(Contact).where(or_(*whose), Contact.done_at.is_(None)).order_by(Contact.due_on, Contact.id).limit(limit)
    had = select(Contact).where(or_(*whose), Contact.done_at.is_not(None)).order_by(Contact.done_at.desc(), Contact.id.desc()).limit(limit)
    return [contact_row(row, names) for row in (*session.execute(due).scalars(), *session.execute(had).scalars())]


def contact_row(row: Contact, names: dict[int, str]) -> ContactRow:
    """A talk with the name of who had it; `names` by staff id."""
    return ContactRow(row.id, row.way.value, row.purpose.value, row.words, row.result, row.due_on, row.done_at, names.get(row.staff_id or 0, ""))


def promises(session: Session, now: dt.datetime, *whose: ColumnElement[bool], limit: int = MOST) -> list[PromiseRow]:
    """Promises of which one of these conditions holds, open ones first."""
    names, today = staff_names(session), the_shop(session).day_of(now)
    rows = list(session.execute(select(Promise).where(or_(*whose)).order_by(Promise.promised_at.desc(), Promise.id.desc()).limit(limit)).scalars())
    rows.sort(key=lambda row: row.state is not PromiseState.OPEN)
    return [
        PromiseRow(
            row.id, row.words, row.state.value, row.promised_at, row.until_on,
            row.state is PromiseState.OPEN and row.until_on is not None and row.until_on < today, names.get(row.staff_id or 0, ""), row.closed_words,
            row.version,
        )
        for row in rows
    ]  # fmt: skip


def policies(session: Session, vehicle_id: int, today: dt.date) -> list[PolicyRow]:
    """The vehicle's policies, the last to end first."""
    rows = session.execute(
        select(Policy, Insurer).outerjoin(Insurer, Insurer.code == Policy.insurer_code).where(Policy.vehicle_id == vehicle_id)
        .order_by(Policy.until_on.desc(), Policy.id.desc())
    ).all()  # fmt: skip
    return [
        PolicyRow(
            policy.id, policy.insurer_code, _short_names(policy.insurer_code, insurer), policy.kind, policy.number, policy.premium, policy.from_on,
            policy.until_on, (policy.until_on - today).days, policy.sold_here, policy.version,
        )
        for policy, insurer in rows
    ]  # fmt: skip


def insurers(session: Session) -> list[tuple[str, tuple[str, str, str]]]:
    """Code and short names of all insurers, as they are chosen from."""
    return [(row.code, _short_names(row.code, row)) for row in session.execute(select(Insurer).order_by(Insurer.id)).scalars()]


def _short_names(code: str, insurer: Insurer | None) -> tuple[str, str, str]:
    if insurer is None:
        return (code, code, code)
    return (insurer.short_zh_tw or insurer.name_zh_tw, insurer.short_zh_cn or insurer.name_zh_cn, insurer.short_en or insurer.name_en)


def owed(session: Session, customer_id: int) -> list[OwedRow]:
    """What a customer still has to pay, oldest first."""
    paid = select(func.coalesce(func.sum(Payment.amount), 0)).where(Payment.settlement_id == Settlement.id, Payment.method != "account").scalar_subquery()
    left = Settlement.total - Settlement.written_off - paid
    rows = session.execute(
        select(Settlement.id, Settlement.number, Settlement.order_id, left, Settlement.settled_at, Settlement.due_on)
        .where(
            Settlement.customer_id == customer_id,
            Settlement.payer == Payer.CUSTOMER,
            Settlement.state.in_((SettlementState.OPEN, SettlementState.ON_ACCOUNT)),
        )
        .order_by(Settlement.settled_at)
    )
    return [OwedRow(row[0], row[1], row[2], int(row[3]), row[4], row[5]) for row in rows if row[3] > 0]


def vouchers(session: Session, today: dt.date, *whose: ColumnElement[bool]) -> list[VoucherRow]:
    """What can still be used, the first to expire first."""
    rows = session.execute(
        select(Voucher)
        .where(or_(*whose), Voucher.state == VoucherState.GIVEN, Voucher.expires_on.is_(None) | (Voucher.expires_on >= today))
        .order_by(Voucher.expires_on.is_(None), Voucher.expires_on, Voucher.id)
    ).scalars()
    return [VoucherRow(row.id, row.code, row.amount, row.terms, row.expires_on) for row in rows]


def merges(session: Session, subject: str, kept_id: int) -> list[MergeRow]:
    """Merges into a record that stand, newest first: that one alone can be taken apart."""
    names = staff_names(session)
    rows = session.execute(
        select(Merge).where(Merge.subject == subject, Merge.kept_id == kept_id, Merge.undone_at.is_(None)).order_by(Merge.id.desc())
    ).scalars().all()  # fmt: skip
    called = record_names(session, subject, [row.gone_id for row in rows])
    return [
        MergeRow(row.id, row.gone_id, called.get(row.gone_id, ""), row.merged_at, names.get(row.staff_id or 0, ""), place == 0 and bool(row.moved))
        for place, row in enumerate(rows)
    ]


def record_names(session: Session, subject: str, ids: Sequence[int]) -> dict[int, str]:
    """What customers (by name) or vehicles (by their last plate, else VIN) are called."""
    if subject == "customer":
        return {row[0]: row[1] for row in session.execute(select(Customer.id, Customer.name).where(Customer.id.in_(ids)))}
    names = {row[0]: row[1] for row in session.execute(select(Vehicle.id, Vehicle.vin).where(Vehicle.id.in_(ids)))}
    for key, plate in session.execute(
        select(VehiclePlate.vehicle_id, VehiclePlate.plate).where(VehiclePlate.vehicle_id.in_(ids)).order_by(VehiclePlate.until.is_(None), VehiclePlate.id)
    ):
        names[key] = plate
    return names


def surviving(session: Session, subject: str, key: int) -> int:
    """The record that a merged one went into, through all later merges; itself when it was not merged."""
    table: Any = Customer if subject == "customer" else Vehicle
    into = session.execute(select(table.merged_into_id).where(table.id == key)).scalar()
    while into is not None:
        key = into
        into = session.execute(select(table.merged_into_id).where(table.id == key)).scalar()
    return key
