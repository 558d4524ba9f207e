"""Puts the records of the lists into the small shop: a claim at a stage that is over its time, things found, calls, promises, policies, debts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from db.engine import writing
from db.models import Claim, ClaimStageRow, Contact, Policy, Promise, Recommendation, RecommendationDecision, Settlement
from db.rules.record_words import (
    ClaimState,
    ContactPurpose,
    PolicyKind,
    RecommendationSource,
    RecommendationState,
    SettlementState,
    Urgency,
)

if TYPE_CHECKING:
    from tests.small_shop import SmallShop

TODAY = dt.date(2026, 11, 24)


def add(shop: SmallShop, *records: Any) -> list[int]:
    """Write rows and give their ids."""
    with writing(shop.engine) as session:
        session.add_all(records)
        session.flush()
        return [record.id for record in records]


def recommendation(shop: SmallShop, state: RecommendationState = RecommendationState.FOUND, name: str = "更換前剎車片", **more: Any) -> Recommendation:
    """One thing found on the first car at its open visit, an hour ago."""
    values: dict[str, Any] = {
        "vehicle_id": shop.vehicle, "order_id": shop.order, "state": state, "source": RecommendationSource.TECHNICIAN, "name_zh_tw": name,
        "name_zh_cn": name, "name_en": "Front brake pads", "urgency": Urgency.NOW, "is_safety": True, "price": 68_000, "extra_minutes": 54,
        "found_at": shop.now - dt.timedelta(hours=1), "found_by_id": shop.technician,
    }  # fmt: skip
    return Recommendation(**{**values, **more})


def decision(shop: SmallShop, recommendation_id: int, state: RecommendationState, hours_ago: float) -> RecommendationDecision:
    return RecommendationDecision(
        recommendation_id=recommendation_id, order_id=shop.order, state=state, decided_at=shop.now - dt.timedelta(hours=hours_ago), price=68_000
    )


def claim(shop: SmallShop, number: str, state: ClaimState = ClaimState.OPEN, days: int = 6, **more: Any) -> Claim:
    """An accident of the second car."""
    values: dict[str, Any] = {
        "number": number, "state": state, "vehicle_id": shop.second_vehicle, "customer_id": shop.second_customer, "insurer_code": "PICC",
        "reported_at": shop.now - dt.timedelta(days=days), "assessed_amount": 1_864_000,
    }  # fmt: skip
    return Claim(**{**values, **more})


def stage(claim_id: int, code: str, position: int, standard: int, **more: Any) -> ClaimStageRow:
    return ClaimStageRow(claim_id=claim_id, code=code, position=position, standard_minutes=standard, role="accident", **more)


def contact(shop: SmallShop, due: int, purpose: ContactPurpose = ContactPurpose.SERVICE_DUE, **more: Any) -> Contact:
    """A call that is due so many days from today, with the first customer."""
    values: dict[str, Any] = {
        "customer_id": shop.customer, "vehicle_id": shop.vehicle, "purpose": purpose, "due_on": TODAY + dt.timedelta(days=due), "created_at": shop.now,
    }  # fmt: skip
    return Contact(**{**values, **more})


def promise(shop: SmallShop, words: str, until: int | None) -> Promise:
    until_on = None if until is None else TODAY + dt.timedelta(days=until)
    return Promise(customer_id=shop.customer, vehicle_id=shop.vehicle, words=words, promised_at=shop.now, until_on=until_on, staff_id=shop.advisor)


def policy(shop: SmallShop, ends_in: int, kind: PolicyKind = PolicyKind.COMMERCIAL, vehicle: int = 0) -> Policy:
    """A policy that ends so many days from today."""
    until = TODAY + dt.timedelta(days=ends_in)
    return Policy(vehicle_id=vehicle or shop.vehicle, insurer_code="PICC", kind=kind, from_on=until - dt.timedelta(days=364), until_on=until)


def settlement(shop: SmallShop, number: str, days: int, total: int, state: SettlementState = SettlementState.ON_ACCOUNT, **more: Any) -> Settlement:
    """A customer's share of the earlier visit, settled so many days ago."""
    at = shop.now - dt.timedelta(days=days)
    values: dict[str, Any] = {
        "number": number, "order_id": shop.earlier_order, "payer": "customer", "customer_id": shop.customer, "state": state, "total": total,
        "tax": 0, "settled_at": at,
    }  # fmt: skip
    return Settlement(**{**values, **more})
