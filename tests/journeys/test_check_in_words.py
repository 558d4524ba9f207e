"""The customer's words at check-in: each matter keeps the diagnosis that it asked for, however the words are put in order."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from db.commands.appointments import MakeAppointment
from db.models import Complaint, WorkOrder, WorkOrderLine
from db.rules.order_life import Consent
from tests.journeys.check_in_walk import begin, finish, rows, section
from tests.journeys.check_in_walk import shop as shop
from tests.journeys.check_in_walk import walk as walk

if TYPE_CHECKING:
    from tests.desktop.whole_program import Walk
    from tests.small_shop import SmallShop

Key, Modifier = Qt.Key, Qt.KeyboardModifier
NOISE, COLD, WIPERS = "早上冷車起步有咯吱聲", "空調不涼", "雨刮刮不乾淨"


def say(walk: Walk, view: Any, words: str, *codes: str) -> None:
    """Words into the empty field, which is left; each matter's diagnosis comes."""
    section(walk, 2)
    write_lines(walk, words)
    walk.press(Key.Key_Tab)
    walk.until(lambda: all(view.lines.has(code) for code in codes), "each matter proposes its diagnosis")
    walk.rest()


def write_lines(walk: Walk, words: str) -> None:
    for place, line in enumerate(words.split("\n")):
        if place:
            walk.press(Key.Key_Return)
        walk.write(line)


def put_before(walk: Walk) -> None:
    """The wipers above all else, the cursor still in the words."""
    section(walk, 2)
    walk.control(Key.Key_Home)
    walk.write(WIPERS)
    walk.press(Key.Key_Return)


def asked_for(view: Any) -> dict[str, str]:
    """The words that each line answers."""
    words = view._form.said()
    return {line.code: words[line.complaint] for line in view._form.lines if line.complaint is not None}


def on_order(shop: SmallShop, order: WorkOrder) -> dict[str, str]:
    words = {row.id: row.words for row in rows(shop, select(Complaint).where(Complaint.order_id == order.id))}
    lines = rows(shop, select(WorkOrderLine).where(WorkOrderLine.order_id == order.id))
    return {line.code: words[line.complaint_id] for line in lines if line.complaint_id is not None}


def test_a_line_put_before_leaves_each_diagnosis_under_its_matter(walk: Walk, shop: SmallShop) -> None:
    view = begin(walk)
    say(walk, view, f"{NOISE}\n{COLD}", "D01", "D05")
    put_before(walk)
    walk.press(Key.Key_Tab)
    walk.rest()
    assert view._form.said() == [WIPERS, NOISE, COLD]
    assert asked_for(view) == {"D01": NOISE, "D05": COLD}
    assert on_order(shop, finish(walk, view)) == {"D01": NOISE, "D05": COLD}


def test_a_matter_taken_out_takes_its_proposal_along_and_no_other(walk: Walk, shop: SmallShop) -> None:
    view = begin(walk)
    say(walk, view, f"{NOISE}\n{COLD}", "D01", "D05")
    section(walk, 2)
    walk.control(Key.Key_Home)
    walk.press(Key.Key_End, modifier=Modifier.ShiftModifier)
    walk.press(Key.Key_Delete, Key.Key_Delete, Key.Key_Tab)
    walk.until(lambda: not view.lines.has("D01"), "its proposal goes")
    walk.rest()
    assert asked_for(view) == {"D05": COLD}
    assert on_order(shop, finish(walk, view)) == {"D05": COLD}


def test_a_diagnosis_agreed_to_follows_its_matter_into_an_order_opened_from_the_words(walk: Walk, shop: SmallShop) -> None:
    view = begin(walk)
    say(walk, view, NOISE, "D01")
    view.lines.table.setFocus()
    walk.press(Key.Key_Home, Key.Key_Space)
    assert [(line.code, line.proposed) for line in view._form.lines] == [("D01", False)]
    section(walk, 1)
    walk.write("22000")
    walk.press(Key.Key_P, modifier=Modifier.AltModifier)
    put_before(walk)
    walk.press(Key.Key_F8)
    walk.until(lambda: not view.in_form, "the order is opened")
    walk.rest()
    (order,) = rows(shop, select(WorkOrder).order_by(WorkOrder.id.desc()).limit(1))
    assert on_order(shop, order) == {"D01": NOISE}
    (line,) = rows(shop, select(WorkOrderLine).where(WorkOrderLine.order_id == order.id))
    assert line.consent is Consent.AUTHORISED


def test_words_put_in_order_anew_right_before_the_form_is_put_aside(walk: Walk) -> None:
    view = begin(walk)
    say(walk, view, NOISE, "D01")
    put_before(walk)
    walk.press(Key.Key_Up)
    write_lines(walk, f"{COLD}，")
    walk.press(Key.Key_Escape)
    walk.until(lambda: not view.in_form and bool(view.desk._strips) and bool(view.desk._strips[0].property("draft")), "the form waits on the desk")
    walk.rest()
    view.desk._strips[0].setFocus()
    walk.press(Key.Key_Return)
    walk.until(lambda: view.in_form and view.lines.has("D05"), "what was said last is looked into")
    walk.rest()
    first = view._form.said()[0]
    assert asked_for(view) == {"D01": NOISE, "D05": first} and COLD in first


REASON = "六萬公里保養，剎車有聲"


def begin_appointment(walk: Walk, shop: SmallShop) -> Any:
    shop.do(MakeAppointment(shop.now + dt.timedelta(minutes=30), REASON, shop.second_vehicle, shop.second_customer))
    view = begin(walk)
    assert view.words.words.text == REASON
    return view


@pytest.mark.parametrize("way", ["alt", "enter"])
def test_what_the_customer_says_stands_below_what_the_appointment_says(walk: Walk, shop: SmallShop, way: str) -> None:
    view = begin_appointment(walk, shop)
    if way == "alt":
        section(walk, 2)
    else:
        walk.write("22000")
        walk.press(Key.Key_Return, Key.Key_Return, Key.Key_Return)
    walk.until(view.words.words.inner.hasFocus, "the words have the focus")
    write_lines(walk, f"{NOISE}\n{COLD}")
    assert view._form.words == f"{REASON}\n{NOISE}\n{COLD}"


def test_words_that_were_only_passed_stay_as_they_are(walk: Walk, shop: SmallShop) -> None:
    view = begin_appointment(walk, shop)
    section(walk, 2)
    walk.press(Key.Key_Tab)
    section(walk, 2)
    walk.press(Key.Key_Shift, Key.Key_F6)
    assert view._form.words == REASON == view.words.words.text
    order = finish(walk, view)
    assert [row.words for row in rows(shop, select(Complaint).where(Complaint.order_id == order.id))] == [REASON]


def test_a_key_that_moves_the_cursor_lets_the_words_themselves_be_changed(walk: Walk, shop: SmallShop) -> None:
    view = begin_appointment(walk, shop)
    section(walk, 2)
    walk.press(Key.Key_End)
    walk.write("，右前")
    walk.press(Key.Key_Return)
    walk.write("A")
    assert view._form.words == f"{REASON}，右前\nA"


def test_pasted_words_begin_a_line_too(walk: Walk, shop: SmallShop) -> None:
    view = begin_appointment(walk, shop)
    QApplication.clipboard().setText(COLD)
    section(walk, 2)
    walk.control(Key.Key_V)
    walk.write("!")
    assert view._form.words == f"{REASON}\n{COLD}!"
