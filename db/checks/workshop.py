"""What happens in the workshop: clocks, measured values and their verdicts, recommendations and their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select

from db.checks.finding import Finding, rows_that_fail
from db.models import (
    InspectionPoint,
    InspectionResult,
    LabourSession,
    QualityCheck,
    Recommendation,
    RecommendationDecision,
    Staff,
    Vehicle,
    WorkOrder,
    WorkOrderLine,
)
from db.models.base import Moment
from db.queries.shop import the_shop
from db.rules.inspection import Limits, is_better, limits_for, verdict_of
from db.rules.order_life import Consent, LineKind, OrderState, WorkState
from db.rules.record_words import CheckLevel, RecommendationState, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

_READY = (OrderState.READY, OrderState.SETTLED, OrderState.DELIVERED)
_NO_VERDICT = (Verdict.NOT_APPLICABLE, Verdict.NOT_CHECKED)


def clocks(session: Session) -> Iterator[Finding]:
    """technician_on_two_lines, clock_ends_before_start, clock_outside_order, clock_running_on_order, working_without_clock, clock_without_working."""
    table = "labour_session"
    order = (LabourSession.started_at, LabourSession.id)

    def lag(column: Any, **more: Any) -> ColumnElement[Any]:
        return func.lag(column, **more).over(partition_by=LabourSession.technician_id, order_by=order)

    lagged = select(
        LabourSession.id, LabourSession.line_id, LabourSession.technician_id, LabourSession.started_at,
        lag(LabourSession.ended_at, type_=Moment()).label("before"), lag(LabourSession.id).label("other"),
    ).subquery()  # fmt: skip
    yield from rows_that_fail(
        session, "technician_on_two_lines", table,
        select(lagged.c.id, WorkOrder.number, Staff.name.label("technician"))
        .join(WorkOrderLine, WorkOrderLine.id == lagged.c.line_id).join(WorkOrder, WorkOrder.id == WorkOrderLine.order_id)
        .join(Staff, Staff.id == lagged.c.technician_id)
        .where(lagged.c.other.is_not(None), or_(lagged.c.before.is_(None), lagged.c.before > lagged.c.started_at)),
    )  # fmt: skip
    base = (
        select(LabourSession.id, WorkOrder.number)
        .join(WorkOrderLine, WorkOrderLine.id == LabourSession.line_id)
        .join(WorkOrder, WorkOrder.id == WorkOrderLine.order_id)
    )
    ended = LabourSession.ended_at
    yield from rows_that_fail(session, "clock_ends_before_start", table, base.where(ended < LabourSession.started_at))
    outside = or_(
        LabourSession.started_at < WorkOrder.checked_in_at, and_(WorkOrder.state.in_(_READY), ended > WorkOrder.ready_at), ended > WorkOrder.cancelled_at
    )
    yield from rows_that_fail(session, "clock_outside_order", table, base.where(outside))
    running = base.where(ended.is_(None))
    yield from rows_that_fail(session, "clock_running_on_order", table, running.where(WorkOrder.state != OrderState.IN_PROGRESS))
    still = select(LabourSession.id).where(LabourSession.line_id == WorkOrderLine.id, LabourSession.ended_at.is_(None)).exists()
    yield from rows_that_fail(
        session, "working_without_clock", "work_order_line",
        select(WorkOrderLine.id, WorkOrder.number).join(WorkOrder, WorkOrder.id == WorkOrderLine.order_id)
        .where(WorkOrderLine.work_state == WorkState.WORKING, ~still),
    )  # fmt: skip
    yield from rows_that_fail(
        session, "clock_without_working", table, running.where(WorkOrder.state == OrderState.IN_PROGRESS, WorkOrderLine.work_state != WorkState.WORKING)
    )


def final_checks(session: Session) -> Iterator[Finding]:
    """final_check_by_worker, where the shop asks for another."""
    shop = the_shop(session)
    if not shop.settings.final_check_by_another or not shop.sign_in:
        return
    clocked = (
        select(LabourSession.technician_id).join(WorkOrderLine, WorkOrderLine.id == LabourSession.line_id)
        .where(WorkOrderLine.order_id == QualityCheck.order_id, LabourSession.technician_id == QualityCheck.staff_id).correlate(QualityCheck)
    )  # fmt: skip
    said = (
        select(WorkOrderLine.done_by_id)
        .where(WorkOrderLine.order_id == QualityCheck.order_id, WorkOrderLine.done_by_id == QualityCheck.staff_id)
        .where(WorkOrderLine.kind.in_((LineKind.LABOUR, LineKind.SUBLET))).correlate(QualityCheck)
    )  # fmt: skip
    yield from rows_that_fail(
        session, "final_check_by_worker", "quality_check",
        select(QualityCheck.id, WorkOrder.number, Staff.name.label("checker"))
        .join(WorkOrder, WorkOrder.id == QualityCheck.order_id).join(Staff, Staff.id == QualityCheck.staff_id)
        .where(QualityCheck.level == CheckLevel.FINAL, QualityCheck.passed.is_(True), or_(clocked.exists(), said.exists())),
    )  # fmt: skip


def verdicts(session: Session) -> Iterator[Finding]:
    """verdict_better_than_measured, value_without_verdict."""
    stored = {code: limits for code, limits in session.execute(select(InspectionPoint.code, InspectionPoint.limits))}
    known: dict[tuple[str, str], Limits | None] = {}
    statement = (
        select(
            InspectionResult.id, WorkOrder.number, InspectionResult.point_code, InspectionResult.value, InspectionResult.verdict,
            InspectionResult.reason_better, Vehicle.power_train,
        )
        .join(WorkOrder, WorkOrder.id == InspectionResult.order_id)
        .join(Vehicle, Vehicle.id == InspectionResult.vehicle_id)
        .where(InspectionResult.value.is_not(None))
    )  # fmt: skip
    for row_id, number, point, value, verdict, reason, power_train in session.execute(statement.execution_options(yield_per=2000)):
        assert value is not None
        if verdict in _NO_VERDICT:
            yield Finding("value_without_verdict", "inspection_result", row_id, number, {"point": point})
            continue
        key = (point, power_train.value)
        if key not in known:
            known[key] = limits_for(stored.get(point) or {}, power_train.value)
        limits = known[key]
        if limits is None or reason:
            continue
        measured = verdict_of(value, limits)
        if is_better(verdict, measured):
            facts = {"point": point, "verdict": verdict.value, "measured": measured.value}
            yield Finding("verdict_better_than_measured", "inspection_result", row_id, number, facts)


def recommendations(session: Session) -> Iterator[Finding]:
    """recommendation_state_differs, accepted_without_line."""
    last = (
        select(RecommendationDecision.state).where(RecommendationDecision.recommendation_id == Recommendation.id)
        .order_by(RecommendationDecision.id.desc()).limit(1).correlate(Recommendation).scalar_subquery()
    )  # fmt: skip
    derived = func.coalesce(last, RecommendationState.FOUND.value)
    yield from rows_that_fail(
        session, "recommendation_state_differs", "recommendation",
        select(Recommendation.id, WorkOrder.number, Recommendation.state.label("state"), derived.label("last"))
        .outerjoin(WorkOrder, WorkOrder.id == Recommendation.order_id).where(Recommendation.state != derived),
    )  # fmt: skip
    line = (
        select(WorkOrderLine.id).join(WorkOrder, WorkOrder.id == WorkOrderLine.order_id)
        .where(WorkOrderLine.recommendation_id == Recommendation.id, WorkOrderLine.consent == Consent.AUTHORISED, WorkOrder.state != OrderState.CANCELLED)
    )  # fmt: skip
    yield from rows_that_fail(
        session, "accepted_without_line", "recommendation",
        select(Recommendation.id, WorkOrder.number).outerjoin(WorkOrder, WorkOrder.id == Recommendation.order_id)
        .where(Recommendation.state == RecommendationState.ACCEPTED, ~line.exists()),
    )  # fmt: skip

