"""The customer's answer to a recommendation: one row an answer, the state derived from the last (domain §5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from db.models import Recommendation, RecommendationDecision
from db.rules.record_words import RecommendationState

if TYPE_CHECKING:
    import datetime as dt

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


def take_answers_back(session: Session, act: Act, order_id: int) -> None:
    """After an undone check-in: each recommendation that it answered stands again as before that visit."""
    touched = set(session.execute(select(RecommendationDecision.recommendation_id).where(RecommendationDecision.order_id == order_id)).scalars())
    for recommendation_id in touched:
        recommendation = session.get_one(Recommendation, recommendation_id)
        before = session.execute(
            select(RecommendationDecision.state)
            .where(RecommendationDecision.recommendation_id == recommendation_id)
            .where(RecommendationDecision.order_id.is_(None) | (RecommendationDecision.order_id != order_id))
            .order_by(RecommendationDecision.id.desc())
            .limit(1)
        ).scalar()
        state = before or RecommendationState.FOUND
        session.add(
            RecommendationDecision(
                recommendation_id=recommendation_id, order_id=None, state=state, how="undone", words=recommendation.words,
                measured_value=recommendation.measured_value, price=recommendation.price, decided_at=act.at, staff_id=act.staff_id,
            )
        )  # fmt: skip
        recommendation.state = state
