"""What was found on cars, and what their owners said to it: waiting for an answer, put off, refused, done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select, tuple_

from db.models import Customer, InspectionPoint, Ownership, Recommendation, RecommendationDecision, Vehicle, VehiclePlate, WorkOrder
from db.queries.search import begins_with, meant_by, number_begun
from db.rules.order_life import is_open
from db.rules.record_words import OwnershipRole, RecommendationState

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from db.rules.order_life import OrderState
    from db.rules.record_words import RecommendationSource, Urgency

_S = RecommendationState


class Standing(StrEnum):
    """Where a recommendation stands, in the groups that a person thinks in."""

    AWAITED = "awaited"
    """Found, or shown and not yet answered."""
    ACCEPTED = "accepted"
    """Accepted, and not yet done."""
    POSTPONED = "postponed"
    DECLINED = "declined"
    CLOSED = "closed"
    """Done here or elsewhere, measured good, or refused for good."""


_STATES: dict[Standing, tuple[RecommendationState, ...]] = {
    Standing.AWAITED: (_S.FOUND, _S.PRESENTED),
    Standing.ACCEPTED: (_S.ACCEPTED,),
    Standing.POSTPONED: (_S.POSTPONED,),
    Standing.DECLINED: (_S.DECLINED,),
    Standing.CLOSED: (_S.DONE_HERE, _S.MEASURED_GOOD, _S.DONE_ELSEWHERE, _S.REFUSED_FOR_GOOD),
}


@dataclass(frozen=True, slots=True)
class RecommendationFilter:
    """Which are wanted; `standing` None: all that there ever were."""

    standing: Standing | None = Standing.AWAITED
    safety_only: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """One thing found on one car; price in fen, tax included, `measured_value` in thousandths of the point's unit."""

    recommendation_id: int
    vehicle_id: int
    plate: str
    plate_colour: str
    owner: str
    maker: str
    model: str
    names: tuple[str, str, str]
    """zh_TW, zh_CN, en."""
    words: str
    state: RecommendationState
    urgency: Urgency
    is_safety: bool
    source: RecommendationSource
    measured_value: int | None
    unit: str
    """Code of the point's unit, empty without a value."""
    price: int
    extra_minutes: int
    found_at: dt.datetime
    decided_at: dt.datetime | None
    """When the customer's last answer, or the last showing, was written."""
    postponed_until: dt.date | None
    postponed_until_km: int | None
    order_id: int | None
    """The visit at which it was found."""
    order_number: str
    order_state: OrderState | None

    @property
    def in_the_house(self) -> bool:
        """Whether the car is still here on the visit at which this was found."""
        return self.order_state is not None and is_open(self.order_state)

    def name(self, language: str) -> str:
        """Its name in zh_TW, zh_CN or en."""
        return self.names[{"zh_TW": 0, "zh_CN": 1}.get(language, 2)]


def recommendation_rows(
    session: Session, wanted: RecommendationFilter, after: RecommendationRow | None = None, limit: int = 100
) -> list[RecommendationRow]:
    """A page after the row `after`: those that wait for an answer from the oldest on, all others from the newest."""
    oldest_first = wanted.standing is Standing.AWAITED
    place = (Recommendation.found_at, Recommendation.id)
    query = (
        select(
            Recommendation.id, Recommendation.vehicle_id, VehiclePlate.plate, VehiclePlate.colour, Customer.name, Vehicle.maker, Vehicle.model,
            Recommendation.name_zh_tw, Recommendation.name_zh_cn, Recommendation.name_en, Recommendation.words, Recommendation.state,
            Recommendation.urgency, Recommendation.is_safety, Recommendation.source, Recommendation.measured_value, InspectionPoint.unit,
            Recommendation.price, Recommendation.extra_minutes, Recommendation.found_at, Recommendation.postponed_until,
            Recommendation.postponed_until_km, Recommendation.order_id, WorkOrder.number, WorkOrder.state,
        )
        .join(Vehicle, Vehicle.id == Recommendation.vehicle_id)
        .outerjoin(VehiclePlate, and_(VehiclePlate.vehicle_id == Vehicle.id, VehiclePlate.until.is_(None)))
        .outerjoin(Ownership, and_(Ownership.vehicle_id == Vehicle.id, Ownership.role == OwnershipRole.OWNER, Ownership.until.is_(None)))
        .outerjoin(Customer, Customer.id == Ownership.customer_id)
        .outerjoin(InspectionPoint, InspectionPoint.code == Recommendation.point_code)
        .outerjoin(WorkOrder, WorkOrder.id == Recommendation.order_id)
        .where(*_conditions(session, wanted))
        .order_by(*(place if oldest_first else (column.desc() for column in place)))
        .limit(limit)
    )  # fmt: skip
    if after is not None:
        last = (after.found_at, after.recommendation_id)
        query = query.where(tuple_(*place) > last if oldest_first else tuple_(*place) < last)
    rows = session.execute(query).all()
    decided = _decided(session, [row[0] for row in rows])
    return [
        RecommendationRow(
            recommendation_id=row[0], vehicle_id=row[1], plate=row[2] or "", plate_colour=row[3] or "blue", owner=row[4] or "", maker=row[5], model=row[6],
            names=(row[7], row[8], row[9]), words=row[10], state=row[11], urgency=row[12], is_safety=row[13], source=row[14], measured_value=row[15],
            unit=(row[16] or "") if row[15] is not None else "", price=row[17], extra_minutes=row[18], found_at=row[19], decided_at=decided.get(row[0]),
            postponed_until=row[20], postponed_until_km=row[21], order_id=row[22], order_number=row[23] or "", order_state=row[24],
        )
        for row in rows
    ]  # fmt: skip


def recommendation_counts(session: Session, wanted: RecommendationFilter) -> dict[Standing, int]:
    """How many each chip would show, the other filters staying as they are."""
    counts = dict.fromkeys(Standing, 0)
    group_of = {state: standing for standing, states in _STATES.items() for state in states}
    query = select(Recommendation.state, func.count()).where(*_conditions(session, replace(wanted, standing=None))).group_by(Recommendation.state)
    for state, count in session.execute(query):
        counts[group_of[state]] += count
    return counts


def awaited_cars(session: Session) -> int:
    """How many cars in the shop's hands have something found that nobody has answered yet."""
    query = (
        select(func.count(Recommendation.vehicle_id.distinct()))
        .join(WorkOrder, WorkOrder.id == Recommendation.order_id)
        .where(Recommendation.state.in_(_STATES[Standing.AWAITED]), WorkOrder.delivered_at.is_(None), WorkOrder.cancelled_at.is_(None))
    )
    return session.execute(query).scalar_one()


def _conditions(session: Session, wanted: RecommendationFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.standing is not None:
        found.append(Recommendation.state.in_(_STATES[wanted.standing]))
    if wanted.safety_only:
        found.append(Recommendation.is_safety.is_(True))
    if wanted.text.strip():
        meant = meant_by(session, wanted.text, Recommendation.vehicle_id)
        number = number_begun(wanted.text, "W")
        if number:
            meant = or_(meant, Recommendation.order_id.in_(select(WorkOrder.id).where(begins_with(WorkOrder.number, number))))
        names = (Recommendation.name_zh_tw, Recommendation.name_zh_cn, Recommendation.name_en)
        found.append(or_(meant, *(name.icontains(wanted.text.strip(), autoescape=True) for name in names)))
    return found


def _decided(session: Session, recommendation_ids: Sequence[int]) -> dict[int, dt.datetime]:
    last = (
        select(func.max(RecommendationDecision.id))
        .where(RecommendationDecision.recommendation_id.in_(recommendation_ids))
        .group_by(RecommendationDecision.recommendation_id)
    )
    query = select(RecommendationDecision.recommendation_id, RecommendationDecision.decided_at).where(RecommendationDecision.id.in_(last))
    return dict(session.execute(query).all())
