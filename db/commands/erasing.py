"""Erases a person: name, ways to reach him and words about him, in the records and behind the history; numbers, work and money stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, or_, select, update

from db.models import (
    Appointment,
    Authorisation,
    Claim,
    Contact,
    Customer,
    CustomerPhone,
    History,
    HistoryPersonal,
    Merge,
    Ownership,
    Payment,
    Promise,
    SearchKey,
    Settlement,
    WorkOrder,
)
from db.queries.customer_file import phones_ever
from db.queries.shop import the_shop
from db.rules.errors import Refusal
from db.rules.order_life import OrderState, Payer, is_open
from db.rules.record_words import PromiseState, SettlementState

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from db.commands.act import Act

_OF_A_VISIT = ("sender_name", "contact_phone", "delivered_to")


def erase(session: Session, customer: Customer, act: Act) -> None:
    """Erase a customer and those that were merged into him. Refusals: erase_open_order (number), erase_owes (owed_fen).

    A plate belongs to the car and stays with it; the tie between the two ends. Nothing of it can be brought back.
    """
    ids = _with_merged(session, customer.id)
    _refuse_unfinished(session, ids)
    for tie in session.execute(select(Ownership).where(Ownership.customer_id.in_(ids), Ownership.until.is_(None))).scalars():
        tie.until = the_shop(session).day_of(act.at)
    for promise in session.execute(select(Promise).where(Promise.customer_id.in_(ids), Promise.state == PromiseState.OPEN)).scalars():
        promise.state, promise.closed_at = PromiseState.TAKEN_BACK, act.at
    session.flush()
    # Not by flushes: the recorder would write what is being erased into the history as the old values.
    _erase_history(session, ids)
    _erase_records(session, ids, act)
    recorder = session.info["recorder"]
    for key in ids:
        recorder.note("customer", "erased", key, {})
    session.expire_all()


def _with_merged(session: Session, customer_id: int) -> list[int]:
    found = [customer_id]
    newest = found
    while newest:
        newest = list(session.execute(select(Customer.id).where(Customer.merged_into_id.in_(newest))).scalars())
        found += newest
    return found


def _refuse_unfinished(session: Session, ids: Collection[int]) -> None:
    closed = [state for state in OrderState if not is_open(state)]
    concerned = or_(WorkOrder.customer_id.in_(ids), WorkOrder.sender_id.in_(ids))
    number = session.execute(select(WorkOrder.number).where(concerned, WorkOrder.state.not_in(closed)).limit(1)).scalar()
    if number is not None:
        raise Refusal("erase_open_order", number=number)
    paid = select(func.coalesce(func.sum(Payment.amount), 0)).where(Payment.settlement_id == Settlement.id, Payment.method != "account").scalar_subquery()
    owed = session.execute(
        select(func.coalesce(func.sum(Settlement.total - Settlement.written_off - paid), 0)).where(
            Settlement.customer_id.in_(ids),
            Settlement.payer == Payer.CUSTOMER,
            Settlement.state.in_((SettlementState.OPEN, SettlementState.ON_ACCOUNT)),
        )
    ).scalar_one()
    if owed > 0:
        raise Refusal("erase_owes", owed_fen=int(owed))


def _erase_records(session: Session, ids: Collection[int], act: Act) -> None:
    orders = select(WorkOrder.id).where(WorkOrder.customer_id.in_(ids))
    personal = ("name", "name_key", "title", "contact_person", "address", "licence_number", "note")
    statements: list[Any] = [
        update(Customer)
        .where(Customer.id.in_(ids))
        .values({**dict.fromkeys(personal, ""), "consent_to_call": False, "erased_at": act.at, "version": Customer.version + 1}),
        delete(CustomerPhone).where(CustomerPhone.customer_id.in_(ids)),
        delete(SearchKey).where(SearchKey.subject == "c", SearchKey.subject_id.in_(ids)),
        update(Contact).where(Contact.customer_id.in_(ids)).values(words=""),
        update(Contact).where(Contact.customer_id.in_(ids), Contact.done_at.is_(None)).values(done_at=act.at, result="erased"),
        update(Authorisation).where(Authorisation.order_id.in_(orders)).values(by_name=""),
        update(Appointment).where(Appointment.customer_id.in_(ids)).values(name_typed="", phone_typed=""),
        update(Claim).where(Claim.customer_id.in_(ids)).values(driver_name=""),
        update(Merge).where(Merge.subject == "customer", or_(Merge.kept_id.in_(ids), Merge.gone_id.in_(ids))).values(moved={}),
        update(WorkOrder).where(WorkOrder.sender_id.in_(ids)).values(sender_name="", contact_phone=""),
        update(WorkOrder).where(WorkOrder.customer_id.in_(ids)).values(dict.fromkeys(_OF_A_VISIT, "")),
    ]
    for statement in statements:
        session.execute(statement.execution_options(synchronize_session=False))


def _erase_history(session: Session, ids: Collection[int]) -> None:
    orders = select(WorkOrder.id).where(WorkOrder.customer_id.in_(ids))
    by_fields: list[tuple[str, Select[int], tuple[str, ...]]] = [
        ("work_order", orders, _OF_A_VISIT),
        ("work_order", select(WorkOrder.id).where(WorkOrder.sender_id.in_(ids)), ("sender_name", "contact_phone")),
        ("authorisation", select(Authorisation.id).where(Authorisation.order_id.in_(orders)), ("by_name",)),
        ("appointment", select(Appointment.id).where(Appointment.customer_id.in_(ids)), ("name_typed", "phone_typed")),
        ("claim", select(Claim.id).where(Claim.customer_id.in_(ids)), ("driver_name",)),
        ("contact", select(Contact.id).where(Contact.customer_id.in_(ids)), ("words",)),
        ("merge", select(Merge.id).where(Merge.subject == "customer", or_(Merge.kept_id.in_(ids), Merge.gone_id.in_(ids))), ("moved",)),
    ]
    for subject, keys, fields in by_fields:
        rows = select(History.id).where(History.subject == subject, History.subject_id.in_(keys))
        session.execute(delete(HistoryPersonal).where(HistoryPersonal.history_id.in_(rows), HistoryPersonal.field.in_(fields)))
    for subject, key_list in (("customer", list(ids)), ("customer_phone", phones_ever(session, list(ids)))):
        rows = select(History.id).where(History.subject == subject, History.subject_id.in_(key_list))
        session.execute(delete(HistoryPersonal).where(HistoryPersonal.history_id.in_(rows)))
