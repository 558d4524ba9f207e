"""The appointment's dialog, driven by keys, on both stores: what stands in its fields is what is stored."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from db.commands.appointments import MakeAppointment, MoveAppointment
from db.engine import reading
from db.models import Appointment
from db.rules.errors import Refusal
from desktop_app.widgets.chip import Chip
from tests.desktop.rooms.customers_walk import walk as walk
from tests.desktop.rooms.customers_walk import walk_as as walk_as

if TYPE_CHECKING:
    from tests.desktop.whole_program import Walk
    from tests.small_shop import SmallShop

Key = Qt.Key


def stored(shop: SmallShop) -> Appointment:
    with reading(shop.engine) as session:
        return session.execute(select(Appointment)).scalar_one()


def desk(walk: Walk) -> Any:
    walk.press(Key.Key_F2)
    view: Any = walk.window.room_widget("check_in")
    walk.until(view.desk.finder.hasFocus, "the finder has the focus")
    walk.rest()
    return view.desk


def book(shop: SmallShop, **more: Any) -> int:
    made = shop.do(MakeAppointment(shop.now + dt.timedelta(minutes=60), "換機油", **more), minutes=-600)
    return int(made["appointment_id"])


def change(walk: Walk) -> Any:
    """F4 on the day's only appointment."""
    page = desk(walk)
    walk.until(lambda: bool(page.table.paged.rows), "it stands on the desk")
    page.table.setFocus()
    walk.press(Key.Key_Home, Key.Key_F4)
    dialog = walk.dialog("AppointmentDialog")
    walk.rest()
    return dialog


def over(walk: Walk, edit: Any, words: str) -> None:
    edit.setFocus()
    walk.control(Key.Key_A)
    walk.write(words)


def tab_to(walk: Walk, kind: type) -> None:
    for _ in range(40):
        if isinstance(walk.focused, kind):
            return
        walk.press(Key.Key_Tab)
    raise AssertionError("Tab never comes there")


def save(walk: Walk) -> None:
    walk.rest()
    walk.press(Key.Key_F8)
    walk.no_dialog()
    walk.rest()


@pytest.mark.parametrize("known", [True, False])
def test_a_name_and_phone_changed_by_f4_are_kept(walk: Walk, small_shop: SmallShop, known: bool) -> None:
    if known:
        book(small_shop, vehicle_id=small_shop.second_vehicle, customer_id=small_shop.second_customer)
    else:
        book(small_shop, plate_typed="粤B12345", name_typed="Mr Lee", phone_typed="13800138000")
    dialog = change(walk)
    over(walk, dialog._name, "Ms Chan")
    over(walk, dialog._phone, "13900139000")
    save(walk)
    row = stored(small_shop)
    assert (row.name_typed, row.phone_typed, row.plate_typed) == ("Ms Chan", "13900139000", "" if known else "粤B12345")
    assert row.vehicle_id == (small_shop.second_vehicle if known else None)
    dialog = change(walk)
    assert (dialog._name.text(), dialog._phone.text()) == ("Ms Chan", "13900139000")


def test_another_car_typed_over_by_f4_is_the_appointments_car(walk: Walk, small_shop: SmallShop) -> None:
    book(small_shop, vehicle_id=small_shop.second_vehicle, customer_id=small_shop.second_customer)
    dialog = change(walk)
    over(walk, dialog._car, "ZZ999")
    save(walk)
    row = stored(small_shop)
    assert (row.vehicle_id, row.customer_id, row.plate_typed, row.name_typed) == (None, None, "ZZ999", "")


def test_a_chosen_car_typed_over_is_not_booked(walk: Walk, small_shop: SmallShop) -> None:
    desk(walk)
    walk.control(Key.Key_B)
    dialog = walk.dialog("AppointmentDialog")
    walk.write("28816")
    walk.press(Key.Key_Return)
    walk.until(lambda: dialog._vehicle_id == small_shop.second_vehicle, "the car is taken")
    assert dialog._name.text()
    over(walk, dialog._car, "ZZ999")
    over(walk, dialog._reason, "tyres")
    save(walk)
    row = stored(small_shop)
    assert (row.vehicle_id, row.customer_id, row.plate_typed, row.name_typed, row.phone_typed) == (None, None, "ZZ999", "", "")


@pytest.mark.parametrize("by_key", [True, False])
def test_a_package_is_taken_off_again(walk: Walk, small_shop: SmallShop, by_key: bool) -> None:
    book(small_shop, plate_typed="粤B12345", package_codes=("PKG-A", "PKG-B"))
    dialog = change(walk)
    dialog._package.setFocus()
    if by_key:
        tab_to(walk, Chip)
        assert walk.focused is dialog._chips.chip("PKG-A")
        walk.press(Key.Key_Space)
    else:
        dialog._chips.chip("PKG-A").click()
    walk.rest()
    assert dialog._package.hasFocus()
    save(walk)
    assert stored(small_shop).package_codes == ["PKG-B"]


def test_a_move_without_car_and_phone_is_refused(small_shop: SmallShop) -> None:
    key = book(small_shop, plate_typed="粤B12345")
    row = stored(small_shop)
    with pytest.raises(Refusal) as refused:
        small_shop.do(MoveAppointment(key, row.version, row.starts_at, 60, "x", plate_typed=" ", name_typed="Mr Lee"))
    assert refused.value.code == "appointment_without_car"
    assert stored(small_shop).plate_typed == "粤B12345"


def test_a_move_undone_may_lead_to_a_time_that_has_passed(small_shop: SmallShop) -> None:
    key, passed, later = book(small_shop, plate_typed="粤B12345"), small_shop.now + dt.timedelta(minutes=60), small_shop.now + dt.timedelta(minutes=300)
    unchanged = small_shop.do(MoveAppointment(key, 1, passed, 60, "換機油", plate_typed="粤B12345"))
    assert unchanged == {"appointment_id": key, "version": 1}
    moved = small_shop.do(MoveAppointment(key, 1, later, 60, "換機油", plate_typed="粤B12345"))
    back = MoveAppointment(key, moved["version"], passed, 60, "換機油", plate_typed="粤B12345")
    with pytest.raises(Refusal) as refused:
        small_shop.do(back, minutes=120)
    assert refused.value.code == "appointment_in_past"
    small_shop.do(dataclasses.replace(back, puts_back=True), minutes=120)
    assert stored(small_shop).starts_at == passed
    with pytest.raises(Refusal) as refused:
        small_shop.do(dataclasses.replace(back, puts_back=True), minutes=121)
    assert refused.value.code == "changed_meanwhile"
