"""What the advisor has to know of a car before anything else, worst first, each with the rows that it comes from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from db.models import (
    Campaign,
    CampaignVehicle,
    Claim,
    Payment,
    Policy,
    Promise,
    Recommendation,
    RecommendationDecision,
    Settlement,
    Voucher,
    WorkOrder,
    WorkOrderLine,
)
from db.queries.service_due import due_items
from db.queries.shop import the_shop
from db.rules.order_life import Consent, LineKind, OrderState, Payer
from db.rules.record_words import ClaimState, PromiseState, RecommendationState, SettlementState, Urgency, VoucherState

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from db.queries.vehicle_file import VehicleFile

MOST_DUE = 3
"""Things due that an alert of their own tells; the rest is one alert that opens the list."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be put on the order with one key: an item of the catalogue (subject, code), for whom, and what it answers."""

    subject: str
    code: str
    payer: Payer = Payer.CUSTOMER
    recommendation_id: int | None = None
    campaign_id: int | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to know. `kind` names the sentence, `family` the colour family of the design, a lower `rank` is worse.

    `rows` are (subject, id) pairs that open, at least one: order, settlement, claim, policy, promise, recommendation, campaign, voucher, vehicle,
    customer.
    """

    kind: str
    family: str
    rank: int
    facts: dict[str, Any]
    rows: tuple[tuple[str, int], ...] = ()
    offers: tuple[Offer, ...] = field(default=())


def alerts(session: Session, car: VehicleFile, now: dt.datetime) -> list[Alert]:
    """All alerts of a vehicle and its owner, worst first."""
    shop = the_shop(session)
    today = shop.day_of(now)
    owner_id = car.owner.customer_id if car.owner else None
    found = [
        *_open_order(car),
        *_owes(session, owner_id, now, today),
        *_recalls(session, car.vehicle_id),
        *_recommendations(session, car, today),
        *_due(session, car, now),
        *_claims(session, car.vehicle_id),
        *_policies(session, car.vehicle_id, today, shop.settings.renewal_days),
        *_inspection(car, today),
        *_promises(session, owner_id, car.vehicle_id),
        *_vouchers(session, owner_id, car.vehicle_id, today),
        *_guarantees(session, car, now),
        *_nobody_to_reach(car),
    ]
    return sorted(found, key=lambda alert: alert.rank)


def _open_order(car: VehicleFile) -> list[Alert]:
    if car.open_order is None:
        return []
    return [Alert("open_order", "bad", 0, {"number": car.open_order[1]}, (("order", car.open_order[0]),))]


def _owes(session: Session, owner_id: int | None, now: dt.datetime, today: dt.date) -> list[Alert]:
    if owner_id is None:
        return []
    paid = select(func.coalesce(func.sum(Payment.amount), 0)).where(Payment.settlement_id == Settlement.id, Payment.method != "account").scalar_subquery()
    rows = session.execute(
        select(Settlement.id, Settlement.number, Settlement.total - Settlement.written_off - paid, Settlement.settled_at, Settlement.due_on)
        .where(
            Settlement.customer_id == owner_id,
            Settlement.payer == Payer.CUSTOMER,
            Settlement.state.in_((SettlementState.OPEN, SettlementState.ON_ACCOUNT)),
        )
        .order_by(Settlement.settled_at)
    ).all()
    owed = [row for row in rows if row[2] > 0]
    if not owed:
        return []
    overdue = any(row[4] is not None and row[4] < today for row in owed)
    facts = {
        "amount": sum(row[2] for row in owed), "days": (now - owed[0][3]).days, "number": owed[0][1], "count": len(owed), "overdue": overdue,
        "customer_id": owner_id,
    }  # fmt: skip
    return [Alert("owes", "bad" if overdue else "warn", 10 if overdue else 32, facts, tuple(("settlement", row[0]) for row in owed))]


def _recalls(session: Session, vehicle_id: int) -> list[Alert]:
    rows = session.execute(
        select(Campaign)
        .join(CampaignVehicle, CampaignVehicle.campaign_id == Campaign.id)
        .outerjoin(WorkOrder, WorkOrder.id == CampaignVehicle.done_order_id)
        .where(CampaignVehicle.vehicle_id == vehicle_id, CampaignVehicle.done_at.is_(None))
        .where(WorkOrder.id.is_(None) | WorkOrder.state.in_((OrderState.DELIVERED, OrderState.CANCELLED)))
        .order_by(Campaign.is_recall.desc(), Campaign.id)
    ).scalars()
    return [
        Alert(
            "recall" if campaign.is_recall else "campaign", "rust" if campaign.is_recall else "info", 12 if campaign.is_recall else 60,
            {"code": campaign.code, "name_zh_TW": campaign.name_zh_tw, "name_zh_CN": campaign.name_zh_cn, "name_en": campaign.name_en},
            (("campaign", campaign.id),),
            (Offer("operation", campaign.operation_code, Payer.RECALL if campaign.is_recall else Payer.CUSTOMER, campaign_id=campaign.id),)
            if campaign.operation_code else (),
        )
        for campaign in rows
    ]  # fmt: skip


def _recommendations(session: Session, car: VehicleFile, today: dt.date) -> list[Alert]:
    open_states = (RecommendationState.FOUND, RecommendationState.PRESENTED, RecommendationState.POSTPONED, RecommendationState.DECLINED)
    rows = session.execute(
        select(Recommendation)
        .where(Recommendation.vehicle_id == car.vehicle_id, Recommendation.state.in_(open_states))
        .order_by(Recommendation.is_safety.desc(), Recommendation.found_at)
    ).scalars()
    found = []
    for row in rows:
        kind = {RecommendationState.POSTPONED: "postponed", RecommendationState.DECLINED: "declined"}.get(row.state, "found")
        last = session.execute(
            select(RecommendationDecision.decided_at, RecommendationDecision.reason)
            .where(RecommendationDecision.recommendation_id == row.id)
            .order_by(RecommendationDecision.id.desc())
            .limit(1)
        ).first()
        now_due = row.postponed_until is not None and row.postponed_until <= today
        urgent = row.urgency is Urgency.NOW or row.is_safety or now_due
        facts = {
            "name_zh_TW": row.name_zh_tw, "name_zh_CN": row.name_zh_cn, "name_en": row.name_en, "words": row.words, "point_code": row.point_code,
            "place": row.place, "value": row.measured_value, "price": row.price, "until": row.postponed_until, "until_km": row.postponed_until_km,
            "is_safety": row.is_safety, "found_at": row.found_at, "decided_at": last[0] if last else None, "reason": last[1] if last else None,
        }  # fmt: skip
        offers = tuple(Offer(_subject_of(item["kind"]), item["code"], recommendation_id=row.id) for item in row.line_plan if item["code"])
        found.append(
            Alert(
                kind, "bad" if urgent else "warn", (14 if row.is_safety else 20) if urgent else 36,
                facts, (("recommendation", row.id),), offers,
            )
        )  # fmt: skip
    return found


def _subject_of(kind: str) -> str:
    """In which list of the catalogue an item of a line's kind stands."""
    return "operation" if kind == LineKind.LABOUR.value else "part"


def _due(session: Session, car: VehicleFile, now: dt.datetime) -> list[Alert]:
    found = []
    due = [item for item in due_items(session, car, now) if item.state != "later"]
    # The package that does most of it comes first whatever its day; of a long list only the head is told one by one.
    due.sort(key=lambda item: (not item.is_first_service, item.item_subject != "package", item.days, item.code))
    visits = _visits(session, car.vehicle_id)
    vehicle = ("vehicle", car.vehicle_id)
    for item in due[:MOST_DUE]:
        facts = {
            "code": item.code, "name_zh_TW": item.name_zh_tw, "name_zh_CN": item.name_zh_cn, "name_en": item.name_en, "due_on": item.due_on,
            "days": item.days, "due_km": item.due_km, "rule": item.rule, "state": item.state, "is_first_service": item.is_first_service,
            "closes_in_days": item.closes_in_days, "closes_in_km": item.closes_in_km,
        }  # fmt: skip
        rank = 18 if item.is_first_service else 24 if item.state == "overdue" else 40
        offers = (Offer(item.item_subject, item.item_code),) if item.item_code else ()
        kind = "first_service" if item.is_first_service else "due"
        family = "warn" if item.state == "overdue" or item.is_first_service else "info"
        row = visits.get((item.last_done_on, item.last_done_km), vehicle)
        found.append(Alert(kind, family, rank, facts, (row,), offers))
    rest = due[MOST_DUE:]
    if rest:
        facts = {
            "count": len(rest), "name_zh_TW": "、".join(item.name_zh_tw for item in rest), "name_zh_CN": "、".join(item.name_zh_cn for item in rest),
            "name_en": ", ".join(item.name_en for item in rest),
        }  # fmt: skip
        found.append(Alert("due_more", "info", 41, facts, (vehicle,)))
    return found


def _visits(session: Session, vehicle_id: int) -> dict[tuple[dt.date, int | None], tuple[str, int]]:
    """The orders of finished visits by day and kilometres: what falls due again was done last at one of them."""
    shop = the_shop(session)
    rows = session.execute(
        select(WorkOrder.id, WorkOrder.checked_in_at, WorkOrder.odometer_km)
        .where(WorkOrder.vehicle_id == vehicle_id, WorkOrder.state.in_((OrderState.READY, OrderState.SETTLED, OrderState.DELIVERED)))
        .order_by(WorkOrder.checked_in_at)
    )
    return {(shop.day_of(at), kilometres): ("order", key) for key, at, kilometres in rows}


def _claims(session: Session, vehicle_id: int) -> list[Alert]:
    rows = session.execute(
        select(Claim.id, Claim.number, Claim.insurer_code, Claim.reported_at).where(Claim.vehicle_id == vehicle_id, Claim.state == ClaimState.OPEN)
    )
    return [Alert("claim", "violet", 16, {"number": row[1], "insurer": row[2], "reported_at": row[3]}, (("claim", row[0]),)) for row in rows]


def _policies(session: Session, vehicle_id: int, today: dt.date, within_days: int) -> list[Alert]:
    rows = session.execute(
        select(func.max(Policy.id), Policy.kind, func.max(Policy.until_on)).where(Policy.vehicle_id == vehicle_id).group_by(Policy.kind)
    ).all()
    if not rows:
        return []
    key, _, ends = min(rows, key=lambda row: row[2])
    days = (ends - today).days
    if days > within_days:
        return []
    policy = session.get_one(Policy, key)
    return [
        Alert(
            "policy",
            "violet",
            22 if days < 0 else 44,
            {"days": days, "until": ends, "insurer": policy.insurer_code, "sold_here": policy.sold_here},
            (("policy", key),),
        )
    ]


def _inspection(car: VehicleFile, today: dt.date) -> list[Alert]:
    if car.inspection_ends_on is None or (car.inspection_ends_on - today).days > 60:
        return []
    days = (car.inspection_ends_on - today).days
    return [
        Alert(
            "inspection", "bad" if days < 0 else "warn", 23 if days < 0 else 42, {"days": days, "until": car.inspection_ends_on}, (("vehicle", car.vehicle_id),)
        )
    ]


def _promises(session: Session, owner_id: int | None, vehicle_id: int) -> list[Alert]:
    rows = session.execute(
        select(Promise)
        .where(Promise.state == PromiseState.OPEN, (Promise.vehicle_id == vehicle_id) | ((Promise.vehicle_id.is_(None)) & (Promise.customer_id == owner_id)))
        .order_by(Promise.promised_at)
    ).scalars()
    return [
        Alert(
            "promise", "grey", 30, {"words": row.words, "promised_at": row.promised_at, "staff_id": row.staff_id, "until": row.until_on}, (("promise", row.id),)
        )
        for row in rows
    ]


def _vouchers(session: Session, owner_id: int | None, vehicle_id: int, today: dt.date) -> list[Alert]:
    rows = session.execute(
        select(Voucher)
        .where(Voucher.state == VoucherState.GIVEN, (Voucher.vehicle_id == vehicle_id) | ((Voucher.vehicle_id.is_(None)) & (Voucher.customer_id == owner_id)))
        .where(Voucher.expires_on.is_(None) | (Voucher.expires_on >= today))
        .order_by(Voucher.expires_on)
    ).scalars()
    return [
        Alert("voucher", "ok", 50, {"code": row.code, "amount": row.amount, "terms": row.terms, "expires_on": row.expires_on}, (("voucher", row.id),))
        for row in rows
    ]


def _guarantees(session: Session, car: VehicleFile, now: dt.datetime) -> list[Alert]:
    rows = session.execute(
        select(WorkOrder.id, WorkOrder.number, WorkOrder.delivered_at)
        .join(WorkOrderLine, WorkOrderLine.order_id == WorkOrder.id)
        .where(
            WorkOrder.vehicle_id == car.vehicle_id,
            WorkOrder.state == OrderState.DELIVERED,
            WorkOrderLine.kind == LineKind.LABOUR,
            WorkOrderLine.consent == Consent.AUTHORISED,
        )
        .order_by(WorkOrder.delivered_at.desc())
        .limit(1)
    ).first()
    if rows is None or rows[2] is None:
        return []
    settings = the_shop(session).settings
    days = (now - rows[2]).days
    if days > settings.comeback_days:
        return []
    return [Alert("recent_visit", "info", 46, {"number": rows[1], "days": days, "limit": settings.comeback_days}, (("order", rows[0]),))]


def _nobody_to_reach(car: VehicleFile) -> list[Alert]:
    if car.can_be_reached:
        return []
    row = ("customer", car.owner.customer_id) if car.owner is not None else ("vehicle", car.vehicle_id)
    return [Alert("nobody_to_reach", "warn", 8, {}, (row,))]
