"""New cars and people at a check-in, appointments taken over and moved, and a car that is here already."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from db.commands.appointments import MakeAppointment
from db.engine import reading
from db.models import Appointment, Customer, CustomerPhone, Draft, Ownership, Vehicle, VehiclePlate, WorkOrder
from db.rules.record_words import AppointmentState, SignedHow
from desktop_app.rooms.check_in.form import DRAFT_FORM
from tests.journeys.check_in_walk import NEW_VIN, begin, desk, finish, rows, section
from tests.journeys.check_in_walk import shop as shop
from tests.journeys.check_in_walk import walk as walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.desktop.whole_program import Walk
    from tests.small_shop import SmallShop

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def new_car(walk: Walk, view: Any, typed: str) -> Any:
    """Type what nobody knows yet, and Enter."""
    walk.write(typed)
    walk.press(Key.Key_Return)
    dialog = walk.dialog("NewCarDialog")
    walk.rest()
    return dialog


def test_a_vin_fills_maker_and_year_and_a_first_time_customer_is_kept_with_his_phone(walk: Walk, shop: SmallShop) -> None:
    view = desk(walk)
    dialog = new_car(walk, view, NEW_VIN)
    assert dialog._vin.text() == NEW_VIN and dialog._plate.hasFocus()
    assert dialog._maker.text() and dialog._year.text() == "2022"
    walk.write("粤B5T7K9")
    dialog._phone.setFocus()
    walk.write("139 2766 5544")
    walk.press(Key.Key_Return)
    walk.until(dialog._name.hasFocus, "Enter goes on to the name")
    walk.write("梁美儀")
    walk.press(Key.Key_F8)
    walk.until(lambda: view.in_form, "the form opens")
    walk.rest()
    order = finish(walk, view, "12")
    with reading(shop.engine) as session:
        vehicle = session.get_one(Vehicle, order.vehicle_id)
        assert (vehicle.vin, vehicle.model_year, vehicle.maker) == (NEW_VIN, 2022, dialog_maker(NEW_VIN))
        plate = session.execute(select(VehiclePlate.plate).where(VehiclePlate.vehicle_id == vehicle.id)).scalar_one()
        owner = session.execute(select(Customer).join(Ownership, Ownership.customer_id == Customer.id).where(Ownership.vehicle_id == vehicle.id)).scalar_one()
        numbers = list(session.execute(select(CustomerPhone.e164).where(CustomerPhone.customer_id == owner.id)).scalars())
    assert (plate, owner.name, numbers) == ("粤B5T7K9", "梁美儀", ["+8613927665544"])
    assert (order.odometer_km, order.signed_how, order.customer_id) == (12, SignedHow.ON_PAPER, owner.id)


def dialog_maker(vin: str) -> str:
    from db.rules import vin as rules

    maker = rules.recognise(vin, 2026).maker
    assert maker is not None
    return str(maker.en)


def test_a_new_cars_plate_is_read_and_its_power_train_proposed(walk: Walk, shop: SmallShop) -> None:
    view = desk(walk)
    dialog = new_car(walk, view, "粤bd39127")
    assert dialog._plate.text() == "粤bd39127" and dialog._power.chosen == "battery" and dialog._vin.hasFocus()
    dialog._phone.setFocus()
    walk.write("13927665544")
    walk.press(Key.Key_F8)
    walk.until(lambda: view.in_form, "the form opens")
    walk.rest()
    order = finish(walk, view, "3000")
    (plate,) = rows(shop, select(VehiclePlate).where(VehiclePlate.vehicle_id == order.vehicle_id))
    assert (plate.plate, plate.typed) == ("粤BD39127", "粤bd39127")


def kept_forms(shop: SmallShop) -> list[tuple[str, dict[str, Any]]]:
    """Title and body of the drafts on the disk."""
    with reading(shop.engine) as session:
        return [(row.title, row.body) for row in session.execute(select(Draft).where(Draft.form == DRAFT_FORM)).scalars()]


def test_what_is_typed_of_a_new_car_is_on_the_disk_before_it_is_taken_over(walk: Walk, shop: SmallShop) -> None:
    view = desk(walk)
    new_car(walk, view, NEW_VIN)
    assert kept_forms(shop) == [], "what was looked for is no form"
    walk.write("粤B7P9K2")
    walk.until(lambda: kept_forms(shop), "the dialog is kept")
    (title, body), = kept_forms(shop)
    assert title == "粤B7P9K2" and body["asking"] and (body["new_car"]["plate"], body["new_car"]["vin"]) == ("粤B7P9K2", NEW_VIN)
    assert not view.desk._strips, "it is not offered while it stands open"


def test_a_new_car_that_was_left_waits_on_the_desk(walk: Walk, shop: SmallShop) -> None:
    view = desk(walk)
    new_car(walk, view, NEW_VIN)
    walk.press(Key.Key_Escape)
    walk.no_dialog()
    assert kept_forms(shop) == [] and not walk.window.notices.history, "nothing was typed"
    new_car(walk, view, NEW_VIN)
    walk.write("粤B7P9K2")
    walk.press(Key.Key_Escape)
    walk.no_dialog()
    walk.until(lambda: len(view.desk._strips) == 1, "it is offered")
    assert walk.toast() == "粤B7P9K2 put aside; it stands on the desk"
    for _ in range(2):
        view.desk._strips[0].button.click()
        dialog = walk.dialog("NewCarDialog")
        assert (dialog.typed().plate, dialog.typed().vin) == ("粤B7P9K2", NEW_VIN)
        walk.press(Key.Key_Escape)
        walk.no_dialog()
        assert len(kept_forms(shop)) == 1, "it goes on waiting"
    view.desk._strips[0].button.click()
    dialog = walk.dialog("NewCarDialog")
    dialog._phone.setFocus()
    walk.write("13988776655")
    walk.press(Key.Key_F8)
    walk.until(lambda: view.in_form, "the form opens")
    walk.until(lambda: [body["asking"] for _, body in kept_forms(shop)] == [False], "the same draft is the form's")
    finish(walk, view)
    assert kept_forms(shop) == []


def test_a_new_car_of_which_nothing_stands_any_more_leaves_nothing(walk: Walk, shop: SmallShop) -> None:
    view = desk(walk)
    walk.control(Key.Key_N)
    walk.dialog("NewCarDialog")
    walk.write("B")
    walk.until(lambda: kept_forms(shop), "it is kept")
    walk.press(Key.Key_Backspace, Key.Key_Escape)
    walk.no_dialog()
    walk.until(lambda: not kept_forms(shop), "it is thrown away")
    assert view.desk._strips == []


def take_the_known_car(walk: Walk, view: Any, dialog: Any, shop: SmallShop) -> None:
    walk.write("粤BD28816")
    walk.press(Key.Key_Return)
    walk.until(lambda: dialog._known_vehicle == shop.second_vehicle, "it is known")
    walk.rest()
    walk.press(Key.Key_K, modifier=Modifier.AltModifier)
    walk.until(lambda: view.in_form, "the form of the known car opens")
    walk.rest()


def test_a_plate_that_is_known_after_all_leads_to_its_car(walk: Walk, shop: SmallShop) -> None:
    view = desk(walk)
    walk.control(Key.Key_N)
    dialog = walk.dialog("NewCarDialog")
    take_the_known_car(walk, view, dialog, shop)
    assert (view._form.vehicle_id, view._form.new_car) == (shop.second_vehicle, None)


def test_a_phoned_appointment_stays_with_the_car_that_is_known_after_all(walk: Walk, shop: SmallShop) -> None:
    made = shop.do(MakeAppointment(shop.now + dt.timedelta(minutes=30), "換機油", phone_typed="13911112222", name_typed="何先生", package_codes=("PK-MIN-S",)))
    view = desk(walk)
    view.desk.reload()
    walk.until(lambda: bool(view.desk.table.paged.rows), "it stands on the desk")
    walk.rest()
    view.desk.table.setFocus()
    view.desk.table.selectRow(0)
    walk.press(Key.Key_Return)
    dialog = walk.dialog("NewCarDialog")
    walk.rest()
    take_the_known_car(walk, view, dialog, shop)
    assert (view._form.vehicle_id, view._form.appointment_id, view._form.words) == (shop.second_vehicle, made["appointment_id"], "換機油")
    assert {line.package_code for line in view._form.lines} == {"PK-MIN-S"}
    order = finish(walk, view)
    assert order.appointment_id == made["appointment_id"] and appointment(shop).state is AppointmentState.CHECKED_IN


def test_an_appointment_by_plate_is_taken_over_with_its_car(walk: Walk, shop: SmallShop) -> None:
    made = shop.do(MakeAppointment(shop.now + dt.timedelta(minutes=30), "換機油", plate_typed="粵 bd-28816"))
    view = begin(walk)
    assert (view._form.appointment_id, view._form.words) == (made["appointment_id"], "換機油")
    order = finish(walk, view)
    assert order.appointment_id == made["appointment_id"] and appointment(shop).state is AppointmentState.CHECKED_IN


def appointment(shop: SmallShop) -> Appointment:
    (row,) = rows(shop, select(Appointment))
    return row


@pytest.fixture
def booked(shop: SmallShop) -> Callable[[float], int]:
    """An appointment of the second car, so many minutes from now."""

    def book(minutes: float) -> int:
        start = shop.now + dt.timedelta(minutes=minutes)
        made = shop.do(MakeAppointment(start, "換機油", shop.second_vehicle, shop.second_customer), minutes=-600)
        return int(made["appointment_id"])

    return book


def open_appointment(walk: Walk, view: Any) -> Any:
    """F4 on the day's first appointment."""
    walk.until(lambda: bool(view.desk.table.paged.rows), "it stands on the desk")
    view.desk.table.setFocus()
    walk.press(Key.Key_Home)
    walk.press(Key.Key_F4)
    dialog = walk.dialog("AppointmentDialog")
    walk.rest()
    return dialog


def press_button(walk: Walk, dialog: Any, words: str) -> None:
    """Tab to a button and Space."""
    for _ in range(40):
        if getattr(walk.focused, "text", str)() == words:
            walk.press(Key.Key_Space)
            return
        walk.press(Key.Key_Tab)
    raise AssertionError(f"Tab never comes to {words}")


def test_an_appointment_is_moved(walk: Walk, shop: SmallShop, booked: Callable[[float], int]) -> None:
    booked(60)
    view = desk(walk)
    dialog = open_appointment(walk, view)
    walk.until(dialog._when.hasFocus, "the time has the focus")
    dialog._when.selectAll()
    walk.write("16:40")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    row = appointment(shop)
    assert row.starts_at == shop.now.replace(hour=8, minute=40) and row.state is AppointmentState.BOOKED
    assert (row.reason, row.vehicle_id) == ("換機油", shop.second_vehicle)


def test_an_appointment_is_marked_not_shown_and_came_after_all(walk: Walk, shop: SmallShop, booked: Callable[[float], int]) -> None:
    key = booked(-60)
    view = desk(walk)
    press_button(walk, open_appointment(walk, view), "Not shown")
    walk.no_dialog()
    assert appointment(shop).state is AppointmentState.NOT_SHOWN
    walk.until(lambda: view.desk.table.paged.rows[0].state == "not_shown", "the desk shows it")
    press_button(walk, open_appointment(walk, view), "Came after all")
    walk.no_dialog()
    assert appointment(shop).state is AppointmentState.BOOKED
    walk.until(lambda: view.desk.table.paged.rows[0].state == "booked", "the desk shows it")
    view.desk.table.setFocus()
    walk.press(Key.Key_Home)
    walk.press(Key.Key_Return)
    walk.until(lambda: view.in_form, "it is taken over")
    walk.rest()
    order = finish(walk, view)
    assert (order.appointment_id, order.vehicle_id) == (key, shop.second_vehicle)
    assert appointment(shop).state is AppointmentState.CHECKED_IN


def test_a_car_that_is_here_is_not_checked_in_twice_and_its_order_is_offered(walk: Walk, shop: SmallShop) -> None:
    before = rows(shop, select(WorkOrder.id))
    view = begin(walk, "8K326")
    assert view.alerts.open_alerts[0].kind == "open_order", "it comes before all else"
    section(walk, 1)
    walk.write("44000")
    walk.press(Key.Key_P, modifier=Modifier.AltModifier)
    walk.press(Key.Key_F8)
    walk.until(lambda: bool(walk.toast()), "it is refused")
    walk.rest()
    assert view.in_form and walk.window.notices.history[-1].kind == "bad"
    assert rows(shop, select(WorkOrder.id)) == before
    walk.press(Key.Key_A, modifier=Modifier.AltModifier)
    walk.press(Key.Key_Return)
    walk.until(lambda: walk.window.room_key == "work_orders", "its order opens")
    room: Any = walk.window.room_widget("work_orders")
    walk.until(lambda: room.order is not None and room.order.file is not None and room.order.file.order_id == shop.order, "its order is shown")
    walk.rest()
