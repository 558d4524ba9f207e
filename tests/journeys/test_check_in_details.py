"""The parts of a check-in, each by keyboard: damage, the customer's words, belongings, quantities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from db.commands.order_moves import Cancel
from db.engine import reading, writing
from db.models import Complaint, DamageMark, OrderBelonging, WorkOrderLine
from db.queries.papers import Printing, letterhead, order_on_paper
from db.rules.order_life import Consent, Payer
from desktop_app.i18n.formats import formats
from desktop_app.printing.papers import render
from tests.journeys.check_in_walk import begin, finish, open_order, put_aside_and_go_on, rows, section
from tests.journeys.check_in_walk import shop as shop
from tests.journeys.check_in_walk import walk as walk
from tests.printing.reading import words

if TYPE_CHECKING:


    from tests.desktop.whole_program import Walk
    from tests.small_shop import SmallShop

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def test_damage_is_marked_by_keys_with_kind_and_size(walk: Walk, shop: SmallShop) -> None:
    view = begin(walk)
    section(walk, 4)
    walk.until(view.walk.drawing.hasFocus, "the drawing has the focus")
    walk.press(Key.Key_Tab)
    walk.write("A")
    walk.press(Key.Key_Space)
    walk.write("12")
    walk.press(Key.Key_Return)
    walk.press(Key.Key_Tab)
    walk.write("g")
    walk.press(Key.Key_Space)
    first, second = view._form.marks
    assert (first.zone, first.view, first.kind, first.size_mm) == ("hood", "top", "dent", 120)
    assert (second.zone, second.kind, second.size_mm) == ("windshield", "scratch", None)
    walk.press(Key.Key_Delete)
    assert [mark.zone for mark in view._form.marks] == ["hood"]
    order = finish(walk, view)
    (mark,) = rows(shop, select(DamageMark).where(DamageMark.order_id == order.id))
    assert (mark.zone, mark.view, mark.kind, mark.size_mm, mark.known_before) == ("hood", "top", "dent", 120, False)
    assert 0 < mark.x < 1 and 0 < mark.y < 1


@pytest.mark.parametrize("then", ["F8", "arrow", "next mark", "put aside"])
def test_a_size_typed_without_enter_stands_on_the_order(walk: Walk, shop: SmallShop, then: str) -> None:
    view = begin(walk)
    section(walk, 1)
    walk.control(Key.Key_A)
    walk.write("22000")
    walk.press(Key.Key_P, modifier=Modifier.AltModifier)
    section(walk, 4)
    walk.until(view.walk.drawing.hasFocus, "the drawing has the focus")
    walk.press(Key.Key_Tab, Key.Key_Space)
    walk.write("12")
    if then == "arrow":
        walk.press(Key.Key_Down)
    elif then == "next mark":
        walk.press(Key.Key_Space)
        walk.write("5")
    elif then == "put aside":
        put_aside_and_go_on(walk, view)
    walk.press(Key.Key_F8)
    walk.until(lambda: not view.in_form, "the order is opened")
    walk.rest()
    marks = rows(shop, select(DamageMark).where(DamageMark.zone == "hood").order_by(DamageMark.position))
    assert [mark.size_mm for mark in marks] == ([120, 50] if then == "next mark" else [120])
    assert len({(mark.x, mark.y) for mark in marks}) == len(marks), "each at its own place"


def test_damage_of_the_last_visit_is_carried_over_as_known(walk: Walk, shop: SmallShop) -> None:
    with writing(shop.engine) as session:
        session.add(
            DamageMark(order_id=shop.earlier_order, position=0, zone="door_fl", view="left", x=0.4, y=0.5, kind="scratch", size_mm=80, note="")
        )  # fmt: skip
    shop.do(Cancel(shop.order, "no_time"))
    view = begin(walk, "8K326")
    (mark,) = view._form.marks
    assert (mark.zone, mark.kind, mark.size_mm, mark.known_before) == ("door_fl", "scratch", 80, True)
    order = finish(walk, view, "44000")
    (row,) = rows(shop, select(DamageMark).where(DamageMark.order_id == order.id))
    assert (row.zone, row.known_before, row.x) == ("door_fl", True, 0.4)


def test_the_customers_words_become_complaints_and_a_chip_proposes_its_diagnosis(walk: Walk, shop: SmallShop) -> None:
    view = begin(walk)
    section(walk, 2)
    walk.write("早上冷車起步有咯吱聲")
    walk.press(Key.Key_Return, modifier=Modifier.ShiftModifier)
    walk.write("空調不涼")
    assert view._form.words == "早上冷車起步有咯吱聲\n空調不涼"
    walk.press(Key.Key_Down)
    walk.until(lambda: view.lines.has("D01") and view.lines.has("D05"), "each matter proposes its diagnosis")
    assert [(line.code, line.proposed, line.complaint) for line in view._form.lines] == [("D01", True, 0), ("D05", True, 1)]
    assert {payer: (total.amount, total.proposed) for payer, total in view._form.totals().items()} == {Payer.CUSTOMER: (0, 32_400)}
    assert (view.lines.total.text(), view.lines.not_agreed.text()) == ("¥0.00", "Not agreed yet ¥324.00")
    view.lines._take([])
    walk.until(lambda: view.words.chips.isAncestorOf(walk.focused), "the chips have the focus")
    walk.write("1")
    walk.until(lambda: view.lines.has("D01"), "the diagnosis is proposed")
    walk.rest()
    assert view._form.tags == ["noise"] and [line.proposed for line in view._form.lines] == [True]
    walk.write("1")
    walk.until(lambda: not view._form.lines, "and goes with its chip")
    walk.write("1")
    walk.until(lambda: view.lines.has("D01"), "and comes again")
    walk.rest()
    walk.press(Key.Key_Up)
    walk.until(view.words.words.inner.hasFocus, "up leads back to the words")
    walk.press(Key.Key_Tab)
    walk.until(view.lines.finder.hasFocus, "and Tab on to the items")
    order = finish(walk, view)
    complaints = rows(shop, select(Complaint).where(Complaint.order_id == order.id).order_by(Complaint.position))
    assert [(row.words, row.tags) for row in complaints] == [("早上冷車起步有咯吱聲", ["noise"]), ("空調不涼", [])]
    (line,) = rows(shop, select(WorkOrderLine).where(WorkOrderLine.order_id == order.id))
    assert (line.code, line.consent) == ("D01", Consent.PROPOSED) and order.agreed_total == 0


def test_the_screen_the_order_and_the_contract_name_the_same_sums(walk: Walk, shop: SmallShop) -> None:
    view = begin(walk)
    assert not view.lines.not_agreed.isVisible()
    section(walk, 2)
    walk.write("剎車有異響")
    walk.press(Key.Key_Tab)
    walk.until(lambda: view.lines.has("D06") or view.lines.has("D01"), "the words propose a diagnosis")
    walk.write("BP-F-01")
    walk.until(lambda: bool(view.lines.finder.results), "the parts are found")
    walk.press(Key.Key_Return)
    walk.until(lambda: view.lines.has("BP-F-01"), "the part is on the form")
    walk.rest()
    (asked,) = [line.amount for line in view._form.lines if line.proposed]
    (agreed,) = [line.amount for line in view._form.lines if not line.proposed]
    estimate, second = formats().money(agreed), formats().money(asked)
    assert view.lines.not_agreed.isVisible()
    assert (view.lines.total.text(), view.lines.not_agreed.text()) == (estimate, f"Not agreed yet {second}")
    order = finish(walk, view)
    assert order.agreed_total == agreed
    with reading(shop.engine) as session:
        contract = order_on_paper(session, order.number, Printing("repair-contract", shop.now, language="en"))
        assert [(total.payer, total.total) for total in contract.totals] == [("customer", agreed)] and contract.not_agreed == asked
        text = words(render("repair-contract", contract, letterhead(session)))
    assert f"Estimate,youpay{estimate}" in text and f"Notagreedyet{second}" in text
    page = open_order(walk, order.number)
    foot = page.parts.foot.accessibleName()
    assert estimate in foot and f"not authorised {second}" in foot


@pytest.mark.parametrize(("language", "piece"), [("en", "pcs"), ("zh_TW", "個"), ("zh_CN", "个")])
def test_a_parts_quantity_stands_with_its_unit_in_the_language_shown(walk: Walk, language: str, piece: str) -> None:
    view = begin(walk)
    walk.desk.set_language(language)
    for code in ("HB-01", "EO-S", "G02"):
        walk.control(Key.Key_F)
        walk.write(code)
        walk.until(lambda: bool(view.lines.finder.results), "the item is found")
        walk.press(Key.Key_Return)
        walk.until(lambda code=code: view.lines.has(code), "its line is there")
        walk.rest()
    assert quantities(view) == [f"1 {piece}", "1 L", "1"], "labour is counted in hours, in the column beside"
    view.lines.table.setFocus()
    walk.press(Key.Key_Home, Key.Key_Down, Key.Key_Return)
    dialog = walk.dialog("LineDialog")
    walk.control(Key.Key_A)
    walk.write("4.2")
    assert dialog.quantity.unit == "L"
    walk.press(Key.Key_F8)
    walk.no_dialog()
    assert quantities(view) == [f"1 {piece}", "4.2 L", "1"]


def quantities(view: Any) -> list[str]:
    """The column of quantities as it is written."""
    model = view.lines.table.model()
    column = [place.key for place in model.columns].index("quantity")
    return [model.index(place, column).data() for place in range(model.rowCount())]


def test_belongings_and_keys_are_ticked_in_their_list(walk: Walk, shop: SmallShop) -> None:
    view = begin(walk)
    view.condition.things.setFocus()
    walk.press(Key.Key_Space)
    walk.dialog("Dialog")
    walk.press(Key.Key_Tab, Key.Key_Space, Key.Key_Tab, Key.Key_Space)
    walk.press(Key.Key_F8)
    walk.no_dialog()
    view.condition.things.setFocus()
    walk.write("2")
    order = finish(walk, view)
    things = rows(shop, select(OrderBelonging).where(OrderBelonging.order_id == order.id).order_by(OrderBelonging.id))
    assert [row.code for row in things] == ["vehicle_licence", "spare_wheel"] and order.keys_count == 2
