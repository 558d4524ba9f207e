"""The customer's answer to a recommendation: one row an answer, the state derived from the last (domain §5)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from db.models import History, Recommendation, RecommendationDecision
from db.rules.record_words import RecommendationState

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.commands.act import Act


def answer(
    session: Session,
    act: Act,
    recommendation_id: int,
    state: RecommendationState,
    order_id: int | None,
    *,
    reason: str | None = None,
    until: dt.date | None = None,
    until_km: int | None = None,
    how: str = "at_counter",
) -> None:
    """Present a recommendation again at this visit and write the customer's answer beside all earlier ones."""
    recommendation = session.get_one(Recommendation, recommendation_id)
    for step in (RecommendationState.PRESENTED, state):
        session.add(
            RecommendationDecision(
                recommendation_id=recommendation.id, order_id=order_id, state=step, how=how, reason=reason if step is state else None,
                words=recommendation.words, measured_value=recommendation.measured_value, price=recommendation.price,
                decided_at=act.at, staff_id=act.staff_id,
            )
        )  # fmt: skip
        session.flush()
    recommendation.state = state
    if state is RecommendationState.POSTPONED:
        recommendation.postponed_until, recommendation.postponed_until_km = until, until_km


def take_answers_back(session: Session, order_id: int) -> None:
    """After an undone check-in: each recommendation that it answered stands again as before that visit, with the answer given then: when, to whom, why,
    and until when it was put off."""
    touched = session.execute(
        select(RecommendationDecision.recommendation_id, func.min(RecommendationDecision.id))
        .where(RecommendationDecision.order_id == order_id)
        .group_by(RecommendationDecision.recommendation_id)
    ).all()
    for recommendation_id, first in touched:
        recommendation = session.get_one(Recommendation, recommendation_id)
        before = session.execute(
            select(RecommendationDecision)
            .where(RecommendationDecision.recommendation_id == recommendation_id)
            .where(RecommendationDecision.order_id.is_(None) | (RecommendationDecision.order_id != order_id))
            .order_by(RecommendationDecision.id.desc())
            .limit(1)
        ).scalar()
        state = before.state if before is not None else RecommendationState.FOUND
        said = before or recommendation
        session.add(
            RecommendationDecision(
                recommendation_id=recommendation_id, order_id=None, state=state, how="undone", reason=before.reason if before is not None else None,
                words=said.words, measured_value=said.measured_value, price=said.price,
                decided_at=before.decided_at if before is not None else recommendation.found_at,
                staff_id=before.staff_id if before is not None else recommendation.found_by_id,
            )
        )  # fmt: skip
        recommendation.state = state
        put_off = _as_before(session, recommendation_id, first)
        if "postponed_until" in put_off:
            day = put_off["postponed_until"]
            recommendation.postponed_until = dt.date.fromisoformat(day) if day is not None else None
        if "postponed_until_km" in put_off:
            recommendation.postponed_until_km = put_off["postponed_until_km"]


def _as_before(session: Session, recommendation_id: int, decision_id: int) -> dict[str, Any]:
    """The fields of a recommendation that were changed by the request that wrote this decision, or since, as they stood before it."""
    # No decision says until when: the history alone knows what stood there.
    wrote = select(History.request_id).where(History.subject == RecommendationDecision.__tablename__, History.subject_id == decision_id)
    since = select(func.min(History.id)).where(History.request_id.in_(wrote)).scalar_subquery()
    past = session.execute(
        select(History.changes)
        .where(History.subject == Recommendation.__tablename__, History.subject_id == recommendation_id, History.id >= since)
        .order_by(History.id)
    ).scalars()
    found: dict[str, Any] = {}
    for changes in past:
        for name, (old, _new) in changes.items():
            found.setdefault(name, old)
    return found
