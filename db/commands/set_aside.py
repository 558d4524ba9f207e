"""Lines that are taken off an order: never shown, put off, refused or a mistake, and what is remembered with the vehicle (domain §5)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select

from db.commands import campaigns
from db.commands.recommendation_answers import answer
from db.models import Recommendation, RecommendationDecision
from db.rules.order_life import Consent, Payer
from db.rules.record_words import RecommendationSource, RecommendationState, Urgency

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from db.commands.act import Act
    from db.models import WorkOrder, WorkOrderLine


class Withdrawal(StrEnum):
    """Which of them it is when a line is taken away."""

    NEVER_SHOWN = "never_shown"
    """Nobody has asked the customer."""
    PUT_OFF = "put_off"
    REFUSED = "refused"
    MISTAKE = "mistake"
    """It did not belong on the order."""


CONSENT_AFTER = {
    Withdrawal.NEVER_SHOWN: Consent.WITHDRAWN,
    Withdrawal.PUT_OFF: Consent.POSTPONED,
    Withdrawal.REFUSED: Consent.DECLINED,
    Withdrawal.MISTAKE: Consent.WITHDRAWN,
}


def set_aside(
    session: Session, act: Act, order: WorkOrder, lines: Sequence[WorkOrderLine], how: Withdrawal, reason: str, until: dt.date | None, until_km: int | None
) -> None:
    """Take the lines off the order.

    A recommendation behind them gets the answer once. What the customer himself puts off or refuses without one becomes a
    recommendation of its own, so that it comes back at the next visit.
    """
    for line in lines:
        line.consent = CONSENT_AFTER[how]
        line.withdrawn_reason = reason or how.value
    campaigns.give_up(session, order)
    if how in (Withdrawal.NEVER_SHOWN, Withdrawal.MISTAKE):
        for recommendation_id in _recommendations(lines):
            _take_acceptance_back(session, act, recommendation_id, order.id)
        return
    for unit in _units([line for line in lines if line.recommendation_id is None and line.payer is Payer.CUSTOMER]):
        remembered = _remember(session, act, order, unit)
        for line in unit:
            line.recommendation_id = remembered
    state = RecommendationState.POSTPONED if how is Withdrawal.PUT_OFF else RecommendationState.DECLINED
    for recommendation_id in _recommendations(lines):
        answer(session, act, recommendation_id, state, order.id, reason=reason or None, until=until, until_km=until_km)


def bring_back(session: Session, act: Act, order: WorkOrder, lines: Sequence[WorkOrderLine]) -> None:
    """Put lines back on the order as they were, authorised when they had been; the recommendations behind them stand as shown, or accepted, again."""
    for line in lines:
        line.consent = Consent.AUTHORISED if line.authorisation_id is not None else Consent.PROPOSED
        line.withdrawn_reason = None
    campaigns.take_back(session, order)
    for recommendation_id in _recommendations(lines):
        accepted = any(line.recommendation_id == recommendation_id and line.consent is Consent.AUTHORISED for line in lines)
        recommendation = session.get_one(Recommendation, recommendation_id)
        _decide(session, act, recommendation, RecommendationState.ACCEPTED if accepted else RecommendationState.PRESENTED, order.id, "undone")
        recommendation.postponed_until = recommendation.postponed_until_km = None


def take_acceptances_back(session: Session, act: Act, order: WorkOrder, lines: Iterable[WorkOrderLine]) -> None:
    """The order comes to nothing: what was accepted for it stands as shown again, and comes back at the next visit."""
    for recommendation_id in _recommendations(lines):
        _take_acceptance_back(session, act, recommendation_id, order.id)


def _recommendations(lines: Iterable[WorkOrderLine]) -> list[int]:
    return list(dict.fromkeys(line.recommendation_id for line in lines if line.recommendation_id is not None))


def _units(lines: Sequence[WorkOrderLine]) -> list[list[WorkOrderLine]]:
    """Lines of one package together, every other line alone."""
    units: dict[tuple[str, int], list[WorkOrderLine]] = {}
    for line in lines:
        key = ("line", line.id) if line.package_group is None else ("package", line.package_group)
        units.setdefault(key, []).append(line)
    return list(units.values())


def _remember(session: Session, act: Act, order: WorkOrder, unit: Sequence[WorkOrderLine]) -> int:
    head = unit[0]
    of_package = bool(head.package_code)
    recommendation = Recommendation(
        vehicle_id=order.vehicle_id, order_id=order.id, state=RecommendationState.FOUND, source=RecommendationSource.TECHNICIAN,
        subject_code=head.package_code or head.code,
        name_zh_tw=head.package_name_zh_tw if of_package else head.name_zh_tw,
        name_zh_cn=head.package_name_zh_cn if of_package else head.name_zh_cn,
        name_en=head.package_name_en if of_package else head.name_en,
        urgency=Urgency.SOON, price=sum(line.amount for line in unit), extra_minutes=sum(line.standard_minutes for line in unit),
        line_plan=[{"kind": line.kind.value, "code": line.code, "quantity": line.quantity} for line in unit],
        found_at=act.at, found_by_id=act.staff_id,
    )  # fmt: skip
    session.add(recommendation)
    session.flush()
    return recommendation.id


def _take_acceptance_back(session: Session, act: Act, recommendation_id: int, order_id: int) -> None:
    recommendation = session.get_one(Recommendation, recommendation_id)
    if recommendation.state is not RecommendationState.ACCEPTED:
        return
    before = session.execute(
        select(RecommendationDecision.state)
        .where(RecommendationDecision.recommendation_id == recommendation_id, RecommendationDecision.state != RecommendationState.ACCEPTED)
        .order_by(RecommendationDecision.id.desc())
        .limit(1)
    ).scalar()
    _decide(session, act, recommendation, before or RecommendationState.FOUND, order_id, "undone")


def _decide(session: Session, act: Act, recommendation: Recommendation, state: RecommendationState, order_id: int, how: str) -> None:
    session.add(
        RecommendationDecision(
            recommendation_id=recommendation.id, order_id=order_id, state=state, how=how, words=recommendation.words,
            measured_value=recommendation.measured_value, price=recommendation.price, decided_at=act.at, staff_id=act.staff_id,
        )
    )  # fmt: skip
    recommendation.state = state
