"""A check-in taken back: what of it is undone, what keeps it from being undone, and the form that is a draft again."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from db.checks import findings
from db.commands.check_in import CheckIn, UndoCheckIn
from db.commands.drafts import drafts, keep_draft
from db.commands.order_changes import RestoreLines, Withdrawal, WithdrawLines
from db.commands.order_moves import Cancel, Dispatch, Start
from db.commands.order_work import MarkLinesDone
from db.commands.perform import perform
from db.engine import reading, writing
from db.models import Draft, Recommendation, RecommendationDecision, WorkOrder, WorkOrderLine
from db.queries.check_in import car_sheet
from db.rules.errors import Refusal
from db.rules.order_life import LineKind, OrderState
from db.rules.record_words import RecommendationSource, RecommendationState, Urgency

if TYPE_CHECKING:
    from tests.small_shop import SmallShop

FORM, PC, OTHER_PC, KEY = "check_in", "前台-1", "前台-2", "a form's key"


def check_in(shop: SmallShop, body: dict[str, Any] | None = None) -> int:
    if body is not None:
        keep_draft(shop.engine, FORM, PC, KEY, shop.advisor, "粤BD28816", body, shop.now)
    command = CheckIn(
        odometer_km=22_000, promised_at=shop.now + dt.timedelta(hours=3), vehicle_id=shop.second_vehicle, customer_id=shop.second_customer,
        signed_on_paper=True, lines=tuple(shop.lines_of("package", "PK-MIN-S")), draft=(FORM, PC, KEY),
    )  # fmt: skip
    return int(shop.do(command)["order_id"])


def kept(shop: SmallShop, device: str) -> dict[str, dict[str, Any]]:
    with reading(shop.engine) as session:
        return {key: body for _id, key, _person, _title, body, _at in drafts(session, FORM, device)}


def undo_at(shop: SmallShop, order_id: int, device: str) -> Any:
    return perform(shop.engine, UndoCheckIn(order_id), replace(shop.act(), device=device)).result


def test_the_form_comes_back_at_the_pc_where_the_order_was_undone(small_shop: SmallShop) -> None:
    order_id = check_in(small_shop, {"key": KEY, "vehicle_id": None, "words": "胎壓燈亮"})
    assert kept(small_shop, PC) == {}, "an order's form is no draft"
    result = undo_at(small_shop, order_id, OTHER_PC)
    assert (result["draft_key"], result["vehicle_id"]) == (KEY, small_shop.second_vehicle)
    assert kept(small_shop, PC) == {}
    (body,) = kept(small_shop, OTHER_PC).values()
    assert body["words"] == "胎壓燈亮" and (body["vehicle_id"], body["customer_id"]) == (small_shop.second_vehicle, small_shop.second_customer)
    with reading(small_shop.engine) as session:
        order = session.get_one(WorkOrder, order_id)
        assert (order.state, order.cancel_reason) == (OrderState.CANCELLED, "undone")
        assert list(findings(session)) == []


def test_an_order_without_a_kept_form_names_its_car(small_shop: SmallShop) -> None:
    result = undo_at(small_shop, check_in(small_shop), PC)
    assert (result["draft_key"], result["vehicle_id"]) == ("", small_shop.second_vehicle)


def test_forms_of_orders_that_went_on_are_thrown_away_at_the_next_check_in(small_shop: SmallShop) -> None:
    order_id = check_in(small_shop, {"key": KEY})
    small_shop.do(Dispatch(order_id, small_shop.technician, small_shop.bay), small_shop.foreman)
    undo_at(small_shop, order_id, PC)
    order_id = check_in(small_shop, {"key": KEY, "words": "第二次"})
    small_shop.do(Dispatch(order_id, small_shop.technician, small_shop.bay), small_shop.foreman)
    small_shop.do(Start(order_id), small_shop.foreman)
    with reading(small_shop.engine) as session:
        assert len(session.execute(select(Draft.id)).all()) == 1
    small_shop.do(Cancel(small_shop.order, "no_time"))
    small_shop.do(
        CheckIn(
            odometer_km=44_000, promised_at=small_shop.now + dt.timedelta(hours=3), vehicle_id=small_shop.vehicle, customer_id=small_shop.customer,
            signed_on_paper=True, draft=(FORM, PC, "another"),
        )
    )  # fmt: skip
    with reading(small_shop.engine) as session:
        assert session.execute(select(Draft.id)).all() == []


def test_what_has_been_begun_is_not_undone(small_shop: SmallShop) -> None:
    order_id = check_in(small_shop, {"key": KEY})
    with reading(small_shop.engine) as session:
        part = session.execute(select(WorkOrderLine.id).where(WorkOrderLine.order_id == order_id, WorkOrderLine.kind == LineKind.PART)).scalars().first()
    assert part is not None
    small_shop.do(MarkLinesDone((part,)), small_shop.parts_keeper)
    with pytest.raises(Refusal, match="move_needs") as refused:
        undo_at(small_shop, order_id, PC)
    assert refused.value.facts["missing"] == ["nobody_worked"], "a part was handed out"
    assert kept(small_shop, PC) == {}
    small_shop.do(Dispatch(small_shop.order, small_shop.technician, small_shop.bay), small_shop.foreman)
    small_shop.do(Start(small_shop.order), small_shop.foreman)
    with pytest.raises(Refusal, match="move_not_legal"):
        undo_at(small_shop, small_shop.order, PC)


@pytest.fixture
def advised(small_shop: SmallShop) -> dict[str, int]:
    """The ids of what was recommended for the second car at an earlier visit, by how it was answered then, by the second advisor."""
    then, ids = small_shop.now - dt.timedelta(days=30), {}
    answers: dict[str, tuple[dt.date | None, int | None, str | None]] = {
        "found": (None, None, None), "presented": (None, None, None), "declined": (None, None, "price"),
        "postponed": (dt.date(2026, 12, 18), 58_000, "no_time"),
    }  # fmt: skip
    with writing(small_shop.engine) as session:
        for name, (until, until_km, reason) in answers.items():
            state = RecommendationState(name)
            row = Recommendation(
                vehicle_id=small_shop.second_vehicle, state=state, source=RecommendationSource.TECHNICIAN, subject_code="BP-F-01", name_zh_tw="前制動片",
                name_zh_cn="前制动片", name_en="Front pads", words="剩 4 毫米", measured_value=4000, urgency=Urgency.SOON, price=30_000,
                line_plan=[{"kind": "part", "code": "BP-F-01", "quantity": 1000}], postponed_until=until, postponed_until_km=until_km,
                found_at=then, found_by_id=small_shop.technician,
            )  # fmt: skip
            session.add(row)
            session.flush()
            ids[name] = row.id
            if state is not RecommendationState.FOUND:
                session.add(
                    RecommendationDecision(
                        recommendation_id=row.id, state=state, how="phone", reason=reason, words="剩 4 毫米", measured_value=4000, price=30_000,
                        decided_at=then + dt.timedelta(hours=1), staff_id=small_shop.second_advisor,
                    )
                )  # fmt: skip
    return ids


def as_answered(shop: SmallShop) -> tuple[Any, ...]:
    """Everything of the recommendations but the version, the last answer to each, and what the next advisor and the vehicle's sheet tell of them."""
    with reading(shop.engine) as session:
        assert list(findings(session)) == []
        columns = [column for column in Recommendation.__table__.columns if column.name != "version"]
        rows = [tuple(row) for row in session.execute(select(*columns).order_by(Recommendation.id))]
        answers = [column for column in RecommendationDecision.__table__.columns if column.name not in ("id", "how", "order_id")]
        last = {row.recommendation_id: tuple(row) for row in session.execute(select(*answers).order_by(RecommendationDecision.id))}
        told = [
            (alert.kind, alert.rank, {name: value for name, value in alert.facts.items() if name != "decided_at" or alert.kind != "found"})
            for alert in car_sheet(session, shop.second_vehicle, shop.now).alerts
            if alert.rows[0][0] == "recommendation"
        ]
        answered = {key: row for key, row in last.items() if row[1] is not RecommendationState.FOUND}
        return rows, answered, told


def answered(ids: dict[str, int], name: str, how: str) -> dict[str, Any]:
    if how == "postpone":
        return {"postponed_recommendations": ((ids[name], dt.date(2027, 12, 1), None),)}
    return {"declined_recommendations": ((ids[name], "no_need"),)} if how == "decline" else {}


@pytest.mark.parametrize("how", ["postpone", "decline", "accept"])
@pytest.mark.parametrize("name", ["found", "presented", "declined", "postponed"])
def test_an_undone_visits_answer_leaves_the_one_before_it(small_shop: SmallShop, advised: dict[str, int], name: str, how: str) -> None:
    before = as_answered(small_shop)
    lines = small_shop.lines_of("part", "BP-F-01")
    wanted = [replace(line, recommendation_id=advised[name]) for line in lines] if how == "accept" else lines
    command = CheckIn(
        odometer_km=22_000, promised_at=small_shop.now + dt.timedelta(hours=3), vehicle_id=small_shop.second_vehicle,
        customer_id=small_shop.second_customer, signed_on_paper=True, lines=tuple(wanted), **answered(advised, name, how),
    )  # fmt: skip
    for minutes in (0, 10):
        order_id = small_shop.do(command, minutes=minutes)["order_id"]
        assert as_answered(small_shop) != before
        if how == "accept":
            (line_id,) = small_shop.line_ids(order_id)
            small_shop.do(WithdrawLines(small_shop.seen(line_id), Withdrawal.PUT_OFF, until_km=90_000), minutes=minutes + 1)
            small_shop.do(RestoreLines(small_shop.seen(line_id)), minutes=minutes + 2)
        small_shop.do(UndoCheckIn(order_id), minutes=minutes + 5)
        assert as_answered(small_shop) == before, "also the second time"
