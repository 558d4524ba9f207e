"""What is known of an order when a move is asked for, gathered for the rules of an order's life."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import case, func, select, union

from db.models import CustomerPhone, LabourSession, Payment, QualityCheck, Settlement, WorkOrder, WorkOrderLine
from db.queries.shop import the_shop
from db.rules import authorisation
from db.rules.authorisation import LineStanding
from db.rules.order_life import Consent, LineKind, OrderFacts, Payer, WorkState
from db.rules.record_words import CheckLevel, SettlementState

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_LIVE = (SettlementState.OPEN, SettlementState.PAID, SettlementState.ON_ACCOUNT, SettlementState.WRITTEN_OFF)
_CLOSED = (SettlementState.PAID, SettlementState.ON_ACCOUNT, SettlementState.WRITTEN_OFF)


def standings(session: Session, order_id: int) -> list[LineStanding]:
    """The order's lines as the rules of authorisation see them."""
    rows = session.execute(
        select(
            WorkOrderLine.kind, WorkOrderLine.payer, WorkOrderLine.consent, WorkOrderLine.work_state, WorkOrderLine.amount, WorkOrderLine.tax_basis_points
        ).where(WorkOrderLine.order_id == order_id)
    )
    return [LineStanding(*row) for row in rows]


def standing_of(line: WorkOrderLine) -> LineStanding:
    """One line as the rules of authorisation see it."""
    return LineStanding(line.kind, line.payer, line.consent, line.work_state, line.amount, line.tax_basis_points)


def who_worked(session: Session, order_id: int) -> frozenset[int]:
    """The people who clocked on a line of the order, or said that they did one that is no part."""
    clocked = select(LabourSession.technician_id).join(WorkOrderLine, WorkOrderLine.id == LabourSession.line_id).where(WorkOrderLine.order_id == order_id)
    said = select(WorkOrderLine.done_by_id).where(
        WorkOrderLine.order_id == order_id, WorkOrderLine.done_by_id.is_not(None), WorkOrderLine.kind.in_((LineKind.LABOUR, LineKind.SUBLET))
    )
    return frozenset(session.execute(union(clocked, said)).scalars())


def open_shares(session: Session, order_id: int) -> frozenset[Payer]:
    """The payers whose share is neither paid, on account nor written off."""
    owed = set(
        session.execute(select(WorkOrderLine.payer).where(WorkOrderLine.order_id == order_id, WorkOrderLine.consent == Consent.AUTHORISED).distinct()).scalars()
    )
    closed = set(session.execute(select(Settlement.payer).where(Settlement.order_id == order_id, Settlement.state.in_(_CLOSED))).scalars())
    return frozenset(owed - closed)


def taken_for(session: Session, order_id: int) -> int:
    """Fen taken for the order and not given back."""
    return int(
        session.execute(
            select(func.coalesce(func.sum(Payment.amount), 0))
            .join(Settlement, Settlement.id == Payment.settlement_id)
            .where(Settlement.order_id == order_id, Settlement.state.in_((*_LIVE, SettlementState.CANCELLED)))
        ).scalar_one()
    )


def may_check_own_work(session: Session) -> bool:
    """Whether the final check may be made by who did the work: by the shop's setting, and where nobody signs in."""
    shop = the_shop(session)
    return not shop.settings.final_check_by_another or not shop.sign_in


def order_facts(session: Session, order: WorkOrder, checker_id: int | None = None) -> OrderFacts:
    """What the rules want to know of an order; what only the asking person can say (a reason, who took the car) is left out."""
    lines = standings(session, order.id)
    billed = [line for line in lines if authorisation.is_billed(line)]
    running, clocked = session.execute(
        select(func.count(case((LabourSession.ended_at.is_(None), 1))), func.count())
        .select_from(LabourSession)
        .join(WorkOrderLine, WorkOrderLine.id == LabourSession.line_id)
        .where(WorkOrderLine.order_id == order.id)
    ).one()
    people = [key for key in (order.customer_id, order.sender_id) if key is not None]
    reachable = bool(order.contact_phone) or (
        bool(people) and session.execute(select(CustomerPhone.id).where(CustomerPhone.customer_id.in_(people)).limit(1)).first() is not None
    )
    return OrderFacts(
        vehicle=True, someone_to_reach=reachable, mileage=True, promised_time=True, signature=True,
        technician=order.technician_id is not None, bay=order.bay_id is not None,
        authorised_lines=len(billed), undone_lines=len(authorisation.undone(lines)), clocks_running=running, times_clocked=clocked,
        lines_handed_out=sum(line.work_state is WorkState.DONE and line.kind is not LineKind.FEE for line in billed),
        waiting_for=order.waiting_for, final_check=order.checked_at is not None,
        checker_did_the_work=checker_id is not None and checker_id in who_worked(session, order.id),
        own_work_may_be_checked=may_check_own_work(session),
        total_agreed=not authorisation.rise(order.agreed_total, lines, the_shop(session).settings.authorisation_tolerance_fen),
        open_shares=len(open_shares(session, order.id)), paid=taken_for(session, order.id), taken_by=bool(order.delivered_to),
    )  # fmt: skip


def checks_passed(session: Session, order_id: int) -> frozenset[CheckLevel]:
    """The levels of check that have been passed since the order was last sent back."""
    passed: set[CheckLevel] = set()
    for level, good in session.execute(select(QualityCheck.level, QualityCheck.passed).where(QualityCheck.order_id == order_id).order_by(QualityCheck.id)):
        if good:
            passed.add(level)
        else:
            passed.clear()
    return frozenset(passed)
