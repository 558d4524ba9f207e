"""Lines of work orders: amounts worked out right, nothing worked on or billed that nobody agreed to, totals as agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, or_, select

from db.checks.arithmetic import line_amount
from db.checks.finding import Finding, rows_that_fail
from db.models import Authorisation, Complaint, Recommendation, Settlement, WorkOrder, WorkOrderLine
from db.queries.shop import the_shop
from db.rules.order_life import Consent, LineKind, OrderState, Payer, WorkState
from db.rules.record_words import SettlementState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

_BILLED = (OrderState.SETTLED, OrderState.DELIVERED)
_LIVE = (SettlementState.PAID, SettlementState.ON_ACCOUNT, SettlementState.WRITTEN_OFF)


def _lines(*more: Any) -> Select[*tuple[Any, ...]]:
    return select(WorkOrderLine.id, WorkOrder.number, *more).join(WorkOrder, WorkOrder.id == WorkOrderLine.order_id)


def amounts(session: Session) -> Iterator[Finding]:
    """line_amount_wrong, line_below_zero."""
    right = line_amount()
    statement = _lines(WorkOrderLine.amount.label("amount_fen"), right.label("right_fen")).where(WorkOrderLine.amount != right)
    yield from rows_that_fail(session, "line_amount_wrong", "work_order_line", statement)
    below = _lines(WorkOrderLine.amount.label("amount_fen")).where(WorkOrderLine.amount < 0)
    yield from rows_that_fail(session, "line_below_zero", "work_order_line", below)


def consent(session: Session) -> Iterator[Finding]:
    """worked_without_consent, billed_without_consent, consent_without_authorisation, authorisation_of_other_order, complaint_of_other_order,
    done_without_time, time_without_done."""
    table = "work_order_line"
    unagreed = WorkOrderLine.consent != Consent.AUTHORISED
    worked = and_(WorkOrderLine.work_state != WorkState.OPEN, WorkOrderLine.kind != LineKind.FEE)
    yield from rows_that_fail(session, "worked_without_consent", table, _lines(WorkOrderLine.consent.label("consent")).where(unagreed, worked))
    billed = WorkOrderLine.settlement_id.is_not(None)
    yield from rows_that_fail(session, "billed_without_consent", table, _lines(WorkOrderLine.consent.label("consent")).where(unagreed, billed))
    yield from rows_that_fail(
        session, "consent_without_authorisation", table, _lines().where(~unagreed, WorkOrderLine.authorisation_id.is_(None))
    )  # fmt: skip
    yield from rows_that_fail(
        session, "authorisation_of_other_order", table,
        _lines().join(Authorisation, Authorisation.id == WorkOrderLine.authorisation_id).where(Authorisation.order_id != WorkOrderLine.order_id),
    )  # fmt: skip
    yield from rows_that_fail(
        session, "complaint_of_other_order", table,
        _lines().join(Complaint, Complaint.id == WorkOrderLine.complaint_id).where(Complaint.order_id != WorkOrderLine.order_id),
    )  # fmt: skip
    done = WorkOrderLine.work_state == WorkState.DONE
    yield from rows_that_fail(session, "done_without_time", table, _lines().where(done, WorkOrderLine.done_at.is_(None)))
    yield from rows_that_fail(session, "time_without_done", table, _lines().where(~done, WorkOrderLine.done_at.is_not(None)))


def agreed(session: Session) -> Iterator[Finding]:
    """agreed_total_differs, billed_over_agreed, billed_with_work_left."""
    last = (
        select(Authorisation.agreed_total).where(Authorisation.order_id == WorkOrder.id).order_by(Authorisation.id.desc()).limit(1)
        .correlate(WorkOrder).scalar_subquery()
    )  # fmt: skip
    yield from rows_that_fail(
        session, "agreed_total_differs", "work_order",
        select(WorkOrder.id, WorkOrder.number, WorkOrder.agreed_total.label("agreed_fen"), last.label("last_fen"))
        .where(WorkOrder.agreed_total != func.coalesce(last, 0)),
    )  # fmt: skip
    tolerance = the_shop(session).settings.authorisation_tolerance_fen
    total = func.sum(case((WorkOrderLine.payer == Payer.CUSTOMER, WorkOrderLine.amount), else_=0))
    yield from rows_that_fail(
        session, "billed_over_agreed", "work_order",
        select(WorkOrder.id, WorkOrder.number, total.label("total_fen"), WorkOrder.agreed_total.label("agreed_fen"))
        .join(WorkOrderLine, WorkOrderLine.order_id == WorkOrder.id)
        .where(WorkOrder.state.in_(_BILLED), WorkOrderLine.consent == Consent.AUTHORISED)
        .group_by(WorkOrder.id, WorkOrder.number, WorkOrder.agreed_total).having(total > WorkOrder.agreed_total + tolerance),
    )  # fmt: skip
    finished = (OrderState.SETTLED, OrderState.DELIVERED)
    left = and_(WorkOrderLine.consent == Consent.AUTHORISED, WorkOrderLine.work_state != WorkState.DONE)
    yield from rows_that_fail(session, "billed_with_work_left", "work_order_line", _lines().where(WorkOrder.state.in_(finished), left))


def billed(session: Session) -> Iterator[Finding]:
    """payer_not_settled, line_not_billed, line_on_other_settlement."""
    live = select(Settlement.id).where(
        Settlement.order_id == WorkOrderLine.order_id, Settlement.payer == WorkOrderLine.payer, Settlement.state.in_(_LIVE)
    )
    finished = and_(WorkOrder.state.in_(_BILLED), WorkOrderLine.consent == Consent.AUTHORISED)
    yield from rows_that_fail(
        session, "payer_not_settled", "work_order",
        select(WorkOrder.id, WorkOrder.number, WorkOrderLine.payer.label("payer"))
        .join(WorkOrderLine, WorkOrderLine.order_id == WorkOrder.id).where(finished, ~live.exists()).distinct(),
    )  # fmt: skip
    yield from rows_that_fail(
        session, "line_not_billed", "work_order_line", _lines().where(finished, WorkOrderLine.settlement_id.is_(None), live.exists())
    )
    other = or_(Settlement.order_id != WorkOrderLine.order_id, Settlement.payer != WorkOrderLine.payer, Settlement.state == SettlementState.CANCELLED)
    yield from rows_that_fail(
        session, "line_on_other_settlement", "work_order_line",
        _lines(Settlement.number.label("settlement")).join(Settlement, Settlement.id == WorkOrderLine.settlement_id).where(other),
    )  # fmt: skip


def recommended(session: Session) -> Iterator[Finding]:
    """recommendation_of_other_vehicle."""
    yield from rows_that_fail(
        session, "recommendation_of_other_vehicle", "work_order_line",
        _lines().join(Recommendation, Recommendation.id == WorkOrderLine.recommendation_id).where(Recommendation.vehicle_id != WorkOrder.vehicle_id),
    )  # fmt: skip
