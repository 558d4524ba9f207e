"""Ctrl+Z on the desk takes back the newest act made there, and no older one in its place."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from db.checks import findings
from db.commands.appointments import MakeAppointment
from db.engine import reading
from db.models import Appointment, WorkOrder
from db.rules.order_life import OrderState
from db.rules.record_words import AppointmentState
from tests.journeys.check_in_walk import begin, desk, finish, rows
from tests.journeys.check_in_walk import shop as shop
from tests.journeys.check_in_walk import walk as walk

if TYPE_CHECKING:
    from tests.desktop.whole_program import Walk
    from tests.small_shop import SmallShop

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def book(shop: SmallShop, minutes: float) -> int:
    """An appointment of a caller, so many minutes from now."""
    start = shop.now + dt.timedelta(minutes=minutes)
    made = shop.do(MakeAppointment(start, "換機油", plate_typed="粤B12345", name_typed="Mr Lee", phone_typed="13800138000"), minutes=-600)
    return int(made["appointment_id"])


def appointment(shop: SmallShop) -> Appointment:
    (row,) = rows(shop, select(Appointment))
    return row


def state(shop: SmallShop, order: WorkOrder) -> OrderState:
    with reading(shop.engine) as session:
        assert list(findings(session)) == []
    return rows(shop, select(WorkOrder).where(WorkOrder.id == order.id))[0].state


def open_appointment(walk: Walk, view: Any, key: Qt.Key = Key.Key_F4) -> Any:
    walk.until(lambda: bool(view.desk.table.paged.rows), "it stands on the desk")
    walk.rest()
    view.desk.table.setFocus()
    walk.press(Key.Key_Home, key)
    dialog = walk.dialog("AppointmentDialog")
    walk.rest()
    return dialog


def press_button(walk: Walk, words: str) -> None:
    """Tab to a button of the open dialog and Space."""
    for _ in range(40):
        if getattr(walk.focused, "text", str)() == words:
            walk.press(Key.Key_Space)
            walk.no_dialog()
            walk.rest()
            return
        walk.press(Key.Key_Tab)
    raise AssertionError(f"Tab never comes to {words}")


def let_notice_pass(walk: Walk) -> None:
    walk.window.notices.toast.hide()


@pytest.mark.parametrize("notice_stands", [True, False])
@pytest.mark.parametrize(("words", "minutes", "ended"), [("Cancel the appointment", 60, "cancelled"), ("Not shown", -60, "not_shown")])
def test_an_ended_appointment_is_taken_back_and_not_the_check_in_before_it(
    walk: Walk, shop: SmallShop, words: str, minutes: float, ended: str, notice_stands: bool
) -> None:
    book(shop, minutes)
    order = finish(walk, begin(walk))
    view = desk(walk)
    open_appointment(walk, view)
    press_button(walk, words)
    assert appointment(shop).state.value == ended
    assert walk.toast().startswith("粤B12345")
    walk.until(lambda: [row.state for row in view.desk.table.paged.rows] == [ended], "it stays on the desk")
    if not notice_stands:
        let_notice_pass(walk)
    view.desk.table.setFocus()
    walk.control(Key.Key_Z)
    walk.rest()
    assert appointment(shop).state is AppointmentState.BOOKED
    assert state(shop, order) is OrderState.CHECKED_IN and not view.in_form
    let_notice_pass(walk)
    walk.control(Key.Key_Z)
    walk.rest()
    assert state(shop, order) is OrderState.CHECKED_IN and not view.in_form, "what lies further back is not undone"
    assert walk.toast() == "Nothing to undo here"


def test_a_cancelled_appointment_is_booked_again_from_its_dialog(walk: Walk, shop: SmallShop) -> None:
    book(shop, 60)
    view = desk(walk)
    open_appointment(walk, view)
    press_button(walk, "Cancel the appointment")
    walk.until(lambda: "0 appointments" in view.desk._count.text(), "nobody is expected")
    open_appointment(walk, view, Key.Key_Return)
    press_button(walk, "Book again")
    assert appointment(shop).state is AppointmentState.BOOKED
    walk.until(lambda: view.desk.table.paged.rows[0].state == "booked", "the desk shows it")
    walk.control(Key.Key_Z)
    walk.rest()
    assert appointment(shop).state is AppointmentState.CANCELLED


def test_a_cancelled_appointment_takes_no_time_of_the_day(walk: Walk, shop: SmallShop) -> None:
    book(shop, 60)
    view = desk(walk)
    open_appointment(walk, view)
    press_button(walk, "Cancel the appointment")
    walk.control(Key.Key_B)
    dialog = walk.dialog("AppointmentDialog")
    dialog._when.set_value(shop.now + dt.timedelta(minutes=60))
    dialog._on_when(shop.now + dt.timedelta(minutes=60))
    walk.rest()
    assert "粤B12345" not in dialog._day.text()


def test_a_moved_appointment_goes_back_to_a_time_that_has_passed(walk: Walk, shop: SmallShop) -> None:
    book(shop, -30)
    order = finish(walk, begin(walk))
    view = desk(walk)
    dialog = open_appointment(walk, view)
    before = appointment(shop)
    walk.until(dialog._when.hasFocus, "the time has the focus")
    dialog._when.selectAll()
    walk.write("16:40")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    walk.rest()
    assert appointment(shop).starts_at == shop.now.replace(hour=8, minute=40)
    assert walk.toast() == "粤B12345: appointment moved to Today 16:40"
    view.desk.table.setFocus()
    walk.control(Key.Key_Z)
    walk.rest()
    after = appointment(shop)
    for name in ("starts_at", "minutes", "reason", "plate_typed", "name_typed", "phone_typed", "vehicle_id", "customer_id", "advisor_id", "package_codes"):
        assert getattr(after, name) == getattr(before, name), name
    assert state(shop, order) is OrderState.CHECKED_IN


def test_a_new_appointment_is_taken_back(walk: Walk, shop: SmallShop) -> None:
    order = finish(walk, begin(walk))
    view = desk(walk)
    walk.control(Key.Key_B)
    dialog = walk.dialog("AppointmentDialog")
    walk.write("ZZ999")
    dialog._reason.setFocus()
    walk.write("tyres")
    walk.rest()
    walk.press(Key.Key_F8)
    walk.no_dialog()
    walk.rest()
    assert appointment(shop).state is AppointmentState.BOOKED
    view.desk.table.setFocus()
    walk.control(Key.Key_Z)
    walk.rest()
    assert appointment(shop).state is AppointmentState.CANCELLED and state(shop, order) is OrderState.CHECKED_IN


def test_a_form_put_aside_leaves_the_check_in_before_it_alone(walk: Walk, shop: SmallShop) -> None:
    order = finish(walk, begin(walk))
    view = begin(walk, "8K326")
    walk.press(Key.Key_Escape)
    walk.until(lambda: not view.in_form, "it is put aside")
    walk.rest()
    let_notice_pass(walk)
    view.desk.table.setFocus()
    walk.control(Key.Key_Z)
    walk.rest()
    assert state(shop, order) is OrderState.CHECKED_IN and not view.in_form
