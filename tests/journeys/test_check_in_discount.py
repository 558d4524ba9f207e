"""A discount at check-in by keyboard: up to the advisor's limit as it is, above it with a manager's PIN; refused or not, nothing typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from db.checks import findings
from db.commands.drafts import drafts
from db.engine import reading
from db.models import History, WorkOrder, WorkOrderLine
from db.rules.order_life import OrderState
from desktop_app.rooms.check_in.form import DRAFT_FORM
from tests.desktop.whole_program import Walk
from tests.journeys.check_in_walk import begin, section

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.small_shop import SmallShop

Key, Modifier = Qt.Key, Qt.KeyboardModifier
WORDS = "早上冷車起步有咯吱聲"


@pytest.fixture
def walk(small_shop: SmallShop, tmp_path: Path, qtbot: QtBot) -> Iterator[Walk]:
    walk = Walk(small_shop, tmp_path / "machine 機器", small_shop.advisor, size=(1440, 1000))
    yield walk
    walk.stop()


def filled(walk: Walk, per_cent: str) -> Any:
    """A form with all that an order needs, a discount on its one line, and F8 pressed."""
    view = begin(walk)
    walk.control(Key.Key_A)
    walk.write("22000")
    section(walk, 2)
    walk.write(WORDS)
    section(walk, 3)
    walk.write("G01")
    walk.until(lambda: bool(view.lines.finder.results), "the item is found")
    walk.press(Key.Key_Return)
    walk.until(lambda: view.lines.has("G01"), "its line is there")
    walk.rest()
    place = [line.code for line in view._form.lines].index("G01")
    walk.press(Key.Key_Tab)
    walk.until(view.lines.table.hasFocus, "Tab leads on to the lines")
    walk.press(Key.Key_Home)
    for _ in range(place):
        walk.press(Key.Key_Down)
    walk.press(Key.Key_Return)
    dialog = walk.dialog("LineDialog")
    walk.press(Key.Key_Tab)
    walk.until(lambda: dialog._discount.isAncestorOf(walk.focused) or dialog._discount is walk.focused, "the discount has the focus")
    walk.control(Key.Key_A)
    walk.write(per_cent)
    walk.press(Key.Key_F8)
    walk.no_dialog()
    walk.press(Key.Key_P, modifier=Modifier.AltModifier)
    walk.press(Key.Key_F8)
    return view


def orders(shop: SmallShop) -> list[WorkOrder]:
    """The open orders of the car."""
    with reading(shop.engine) as session:
        assert list(findings(session)) == []
        return list(
            session.execute(select(WorkOrder).where(WorkOrder.vehicle_id == shop.second_vehicle, WorkOrder.state != OrderState.CANCELLED)).scalars()
        )


def opened(walk: Walk, view: Any) -> tuple[WorkOrder, int]:
    """The order, and the discount on its line."""
    walk.until(lambda: not view.in_form, "the order is opened")
    walk.rest()
    (order,) = orders(walk.shop)
    with reading(walk.shop.engine) as session:
        line = session.execute(select(WorkOrderLine).where(WorkOrderLine.order_id == order.id, WorkOrderLine.code == "G01")).scalar_one()
        return order, line.discount_basis_points


def test_a_discount_within_the_limit_needs_nobody(walk: Walk, small_shop: SmallShop) -> None:
    view = filled(walk, "5")
    assert opened(walk, view)[1] == 500


def test_above_the_limit_a_managers_pin_opens_the_order(walk: Walk, small_shop: SmallShop) -> None:
    view = filled(walk, "100")
    walk.leave()
    order, discount = opened(walk, view)
    assert (discount, order.agreed_total, order.advisor_id) == (10_000, 0, small_shop.advisor)
    with reading(small_shop.engine) as session:
        entry = session.execute(select(History).where(History.subject == "work_order", History.subject_id == order.id, History.change == "added")).scalar_one()
        assert (entry.staff_id, entry.approved_by_id) == (small_shop.advisor, small_shop.manager)
        assert drafts(session, DRAFT_FORM, walk.desk.session.device) == []


def test_without_leave_the_form_stands_as_it_was_typed_and_opens_once_the_discount_is_less(walk: Walk, small_shop: SmallShop) -> None:
    view = filled(walk, "12")
    walk.until(lambda: any(type(panel).__name__ == "LeavePanel" for panel in walk.window.panels), "leave is asked for")
    before = view._form.to_draft()
    walk.press(Key.Key_Escape)
    walk.until(lambda: not walk.window.panels, "no leave is given")
    walk.rest()
    assert orders(small_shop) == [] and view.in_form and not view.page.save.busy
    assert walk.toast() == "This discount needs someone with the right for it"
    assert view._form.to_draft() == before
    assert (before["mileage"], before["words"], before["signed_on_paper"]) == ("22,000", WORDS, True)
    assert [line["discount_basis_points"] for line in before["lines"] if line["code"] == "G01"] == [1200]
    with reading(small_shop.engine) as session:
        ((_id, key, _person, _title, body, _at),) = drafts(session, DRAFT_FORM, walk.desk.session.device)
        assert (key, body["words"], body["mileage"]) == (view._form.key, WORDS, "22,000")
    walk.press(Key.Key_F8)
    walk.until(lambda: any(type(panel).__name__ == "LeavePanel" for panel in walk.window.panels), "leave is asked for again")
    walk.press(Key.Key_Escape)
    walk.until(lambda: not walk.window.panels, "no leave is given")
    walk.rest()
    view.lines.table.setFocus()
    walk.press(Key.Key_Home)
    while view.lines.table.selected.shown.code != "G01":
        walk.press(Key.Key_Down)
    walk.press(Key.Key_Return)
    walk.dialog("LineDialog")
    walk.press(Key.Key_Tab)
    walk.control(Key.Key_A)
    walk.write("3")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    walk.press(Key.Key_F8)
    assert opened(walk, view)[1] == 300
