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
from db.commands.order_moves import Cancel, Dispatch, Start
from db.commands.order_work import MarkLinesDone
from db.commands.perform import perform
from db.engine import reading
from db.models import Draft, WorkOrder, WorkOrderLine
from db.rules.errors import Refusal
from db.rules.order_life import LineKind, OrderState

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
