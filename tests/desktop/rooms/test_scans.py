"""A scanner types wherever the focus is: in a dialog, over a panel, at a room; what no one takes is said and changes nothing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from db.commands.appointments import EndAppointment, MakeAppointment
from db.commands.shop import ChangeShop
from db.commands.vehicles import AddVehicle, VehicleValues
from db.engine import reading, writing
from db.models import Appointment, CustomerPhone, Shop, Staff, Vehicle
from db.rules.record_words import AppointmentState
from desktop_app.shell.closing import ClosePanel
from desktop_app.shell.fault_panel import FaultPanel
from desktop_app.shell.help_sheet import HelpSheet
from desktop_app.shell.leave import LeavePanel
from desktop_app.shell.search_palette import SearchPalette
from tests.db import list_records as put
from tests.desktop.rooms.customers_walk import open_car, room
from tests.desktop.rooms.walks import walk_as as walk_as
from tests.desktop.typing_help import scan_keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.desktop.whole_program import Walk
    from tests.small_shop import SmallShop

Key = Qt.Key
VIN = "LVGBV54HXNG004821"
BADGE = "B-0001"


def scan(walk: Walk, code: str) -> None:
    """A scan wherever the focus is, and what comes of it."""
    walk.program.scanner.enabled = True
    scan_keys(lambda: walk.focused, code)
    walk.program.scanner.enabled = False
    walk.rest()


@pytest.fixture
def walk(walk_as: Callable[..., Walk], small_shop: SmallShop) -> Walk:
    """An advisor at the empty desk of the check-in."""
    walk = walk_as(small_shop.advisor)
    walk.press(Key.Key_F2)
    walk.rest()
    return walk


def vin_of(shop: SmallShop, vehicle_id: int) -> str:
    with reading(shop.engine) as session:
        return session.get_one(Vehicle, vehicle_id).vin


# Dialogs


def test_a_vin_scanned_into_a_new_car_stands_in_its_field_and_is_judged(walk: Walk) -> None:
    walk.control(Key.Key_N)
    dialog = walk.dialog("NewCarDialog")
    walk.write("B12")
    scan(walk, VIN)
    assert dialog._vin.text() == VIN and dialog._plate.text() == "B12" and dialog._plate.hasFocus()
    assert dialog._vin.accessibleDescription() == "check digit right" and dialog._year.text() == "2022"
    before = len(walk.window.notices.history)
    scan(walk, "6901234567892")
    assert walk.toast() == "Not used here: 6901234567892" and len(walk.window.notices.history) == before + 1
    assert dialog.isVisible() and dialog._plate.text() == "B12" and dialog._plate.hasFocus()


def test_a_vin_scanned_into_an_appointment_is_its_car(walk: Walk, small_shop: SmallShop) -> None:
    walk.control(Key.Key_B)
    dialog = walk.dialog("AppointmentDialog")
    dialog._reason.setFocus()
    walk.write("brakes")
    scan(walk, vin_of(small_shop, small_shop.second_vehicle))
    walk.until(lambda: dialog._vehicle_id == small_shop.second_vehicle, "the car is known")
    assert dialog._car.text().startswith("粤B·D28816") and dialog._reason.text() == "brakes"
    scan(walk, VIN)
    walk.until(lambda: dialog._vehicle_id is None, "another car, which is not known")
    assert dialog._car.text() == VIN


def test_a_vin_scanned_into_a_vehicles_form_is_its_vin(walk: Walk) -> None:
    walk.control(Key.Key_6)
    walk.until(lambda: room(walk).list.shown is not None, "the first file shows")
    walk.rest()
    open_car(walk)
    walk.press(Key.Key_F4)
    dialog = walk.dialog("VehicleDialog")
    dialog.edits["note"].setFocus()
    scan(walk, VIN)
    assert dialog.edits["vin"].text() == VIN and "check digit right" in dialog.edits["vin"].accessibleDescription()


def test_a_dialog_without_a_field_for_it_says_that_a_scan_is_of_no_use(walk: Walk, small_shop: SmallShop) -> None:
    walk.control(Key.Key_N)
    walk.dialog("NewCarDialog")
    scan(walk, small_shop.order_number)
    assert walk.toast() == f"Not used here: {small_shop.order_number}" and walk.window.room_key == "check_in"


def test_parts_scanned_one_after_the_other_come_on_the_order_while_lines_are_added(walk: Walk, small_shop: SmallShop) -> None:
    walk.control(Key.Key_3)
    view: Any = walk.window.room_widget("work_orders")
    walk.until(lambda: bool(view.list.table.paged.rows), "the list is read")
    walk.rest()
    walk.press(Key.Key_Return)
    walk.until(lambda: view.order is not None and view.order.file is not None and bool(view.order.table.paged.rows), "the order is read")
    walk.rest()
    walk.press(Key.Key_Insert)
    dialog = walk.dialog("ItemDialog")
    before = len(small_shop.line_ids())
    scan(walk, "BP-F-01")
    walk.until(lambda: len(small_shop.line_ids()) == before + 1, "the part is on the order")
    walk.rest()
    assert dialog.isVisible() and dialog.search.text() == ""


# Panels


def ask_for_leave(walk: Walk, small_shop: SmallShop) -> list[Any]:
    """The advisor wants to move the shop; what becomes of it is noted."""
    with writing(small_shop.engine) as session:
        session.get_one(Staff, small_shop.manager).badge = BADGE
        session.get_one(Staff, small_shop.technician).badge = "B-0002"
        version = session.get_one(Shop, 1).version
    heard: list[Any] = []
    walk.desk.context.perform(ChangeShop(version, {"address": "New address 99"}), heard.append, heard.append)  # type: ignore[union-attr]
    walk.until(lambda: isinstance(walk.window.panel_in_front, LeavePanel), "leave is asked for")
    walk.until(lambda: walk.window.panel_in_front._people is not None, "there are people")  # type: ignore[union-attr]
    return heard


def test_a_badge_scanned_where_leave_is_asked_for_chooses_its_person(walk: Walk, small_shop: SmallShop) -> None:
    heard = ask_for_leave(walk, small_shop)
    panel: Any = walk.window.panel_in_front
    walk.write("9")
    scan(walk, BADGE)
    assert walk.window.panel_in_front is panel and not heard and panel._row.staff_id == small_shop.manager and panel.pad.dots.pin == ""
    walk.write("1234")
    walk.press(Key.Key_Return)
    walk.until(lambda: bool(heard), "it is done")
    with reading(small_shop.engine) as session:
        assert session.get_one(Shop, 1).address == "New address 99"


def test_no_other_code_throws_away_what_leave_is_asked_for(walk: Walk, small_shop: SmallShop) -> None:
    heard = ask_for_leave(walk, small_shop)
    panel: Any = walk.window.panel_in_front
    scan(walk, "B-0002")
    assert "阿強" in panel.pad.note.accessibleName() and panel._row.staff_id == small_shop.manager
    for code in ("6901234567892", small_shop.order_number, VIN):
        scan(walk, code)
        assert walk.toast() == f"Not used here: {code}"
    assert walk.window.panel_in_front is panel and panel.pad.dots.hasFocus() and not heard and walk.window.room_key == "check_in"


@pytest.mark.parametrize("kind", [ClosePanel, FaultPanel])
def test_a_panel_that_asks_or_warns_stays_whatever_is_scanned(walk: Walk, small_shop: SmallShop, kind: type) -> None:
    if kind is ClosePanel:
        walk.window.begin_busy("Printing", None)
        assert not walk.window.close()
    else:
        try:
            raise ValueError("made up")
        except ValueError as error:
            walk.program.watch.take(error)
        walk.until(lambda: walk.window.covered, "the fault is said")
    scan(walk, small_shop.order_number)
    assert isinstance(walk.window.panel_in_front, kind) and walk.toast() == f"Not used here: {small_shop.order_number}"
    walk.press(Key.Key_Escape)
    assert not walk.window.covered and walk.window.room_key == "check_in"


def test_help_gives_way_to_a_scanned_paper(walk: Walk, small_shop: SmallShop) -> None:
    walk.press(Key.Key_F1)
    walk.until(lambda: isinstance(walk.window.panel_in_front, HelpSheet), "help shows")
    scan(walk, small_shop.order_number)
    walk.until(lambda: walk.window.room_key == "work_orders", "the order opens")
    assert not walk.window.covered


# Numbers that the shop gives


def by_scan(walk: Walk, code: str) -> None:
    """The code of a paper, the shop's own before it."""
    assert walk.desk.session.shop is not None
    scan(walk, f"{walk.desk.session.shop.code}/{code}")


def by_palette(walk: Walk, code: str) -> None:
    """Ctrl+K, the number, Enter."""
    walk.control(Key.Key_K)
    walk.write(code)
    palette: Any = walk.window.panel_in_front
    walk.until(lambda: any(line.hit is not None and line.hit.bold == code for line in palette.model.lines), "it is found")
    walk.rest()
    walk.press(Key.Key_Return)
    walk.rest()


def by_finder(walk: Walk, code: str) -> None:
    """The field of the check-in's desk."""
    walk.write(code)
    walk.rest()
    walk.press(Key.Key_Return)
    walk.rest()


ways = pytest.mark.parametrize("way", [by_scan, by_palette, by_finder])


@ways
def test_a_claims_number_opens_the_claim(walk: Walk, small_shop: SmallShop, way: Callable[[Walk, str], None]) -> None:
    put.add(small_shop, put.claim(small_shop, "C261118-01"), put.claim(small_shop, "C261118-02", vehicle_id=small_shop.vehicle))
    way(walk, "C261118-01")
    walk.until(lambda: walk.window.room_key == "claims", "the claims show")
    view: Any = walk.window.room_widget("claims")
    walk.until(lambda: view.table.selected is not None and view.table.selected.number == "C261118-01", "it is selected")


@ways
def test_a_settlements_number_opens_its_order(walk: Walk, small_shop: SmallShop, way: Callable[[Walk, str], None]) -> None:
    put.add(small_shop, put.settlement(small_shop, "S261120-007", 4, 50_000))
    way(walk, "S261120-007")
    walk.until(lambda: walk.window.room_key == "work_orders", "the orders show")
    view: Any = walk.window.room_widget("work_orders")
    walk.until(lambda: view.order is not None and view.order.file is not None and view.order.file.order_id == small_shop.earlier_order, "its order")


def booked(shop: SmallShop, days: int, **more: Any) -> tuple[int, str]:
    values: dict[str, Any] = {"starts_at": shop.now + dt.timedelta(days=days), "reason": "brakes", "vehicle_id": shop.second_vehicle}
    key = shop.do(MakeAppointment(**{**values, **more}))["appointment_id"]
    with reading(shop.engine) as session:
        return key, session.get_one(Appointment, key).number


@ways
def test_an_appointments_number_shows_its_day_and_enter_takes_it_over(walk: Walk, small_shop: SmallShop, way: Callable[[Walk, str], None]) -> None:
    booked(small_shop, 2, starts_at=small_shop.now + dt.timedelta(days=2, hours=-1), vehicle_id=small_shop.vehicle)
    key, number = booked(small_shop, 2)
    view: Any = walk.window.room_widget("check_in")
    way(walk, number)
    walk.until(lambda: view.desk.table.selected is not None and view.desk.table.selected.appointment_id == key, "the cursor is on it")
    assert view.desk.table.hasFocus() and len(view.desk.table.paged.rows) == 2
    walk.press(Key.Key_Return)
    walk.until(lambda: view.in_form, "its car is checked in")
    assert view._form.vehicle_id == small_shop.second_vehicle


def test_a_cancelled_appointment_is_said_to_be_cancelled(walk: Walk, small_shop: SmallShop) -> None:
    key, number = booked(small_shop, 2)
    small_shop.do(EndAppointment(key, 1, AppointmentState.CANCELLED))
    by_scan(walk, number)
    walk.until(lambda: number in walk.toast() and "cancelled" in walk.toast(), "it is said")
    table = walk.window.room_widget("check_in").desk.table  # type: ignore[union-attr]
    walk.until(lambda: table.hasFocus() and table.selected.appointment_id == key, "the cursor is on it")
    walk.press(Key.Key_Return)
    assert walk.dialog("AppointmentDialog")._row.state == "cancelled", "where it can be booked again"


def test_an_appointment_scanned_over_an_open_form_keeps_the_form_as_a_draft(walk: Walk, small_shop: SmallShop) -> None:
    key, number = booked(small_shop, 0, starts_at=small_shop.now + dt.timedelta(hours=1))
    view: Any = walk.window.room_widget("check_in")
    walk.write("28816")
    walk.press(Key.Key_Return)
    walk.until(lambda: view.in_form and view.condition.mileage.hasFocus(), "the form opens")
    walk.write("22000")
    by_scan(walk, number)
    walk.until(lambda: view.desk.table.hasFocus() and view.desk.table.selected.appointment_id == key, "the cursor is on it")
    walk.until(lambda: len(view.desk._strips) == 1, "the form is kept")


@pytest.mark.parametrize("code", ["C991118-01", "S991120-007", "A991124-03", "W991124-001"])
def test_a_number_that_was_never_given_is_said_to_be_unknown(walk: Walk, code: str) -> None:
    scan(walk, code)
    walk.until(lambda: walk.toast() == f"Unknown code {code}", "it is said")


@pytest.mark.parametrize(("code", "plate"), [("BD28816", "粤BD28816"), ("B8K326", "粤B8K326")])
def test_any_other_code_opens_the_only_record_that_it_means(walk: Walk, code: str, plate: str) -> None:
    walk.control(Key.Key_2)
    walk.rest()
    scan(walk, code)
    walk.until(lambda: walk.window.room_key == "customers", "the cars show")
    walk.until(lambda: room(walk).list.sheet is not None and room(walk).list.sheet.car.plate == plate, "its file")


def test_a_code_that_means_several_records_is_looked_for_in_the_palette(walk: Walk, small_shop: SmallShop) -> None:
    small_shop.do(AddVehicle(VehicleValues(), "粤B77777", "", small_shop.customer))
    with reading(small_shop.engine) as session:
        number = session.execute(select(CustomerPhone.e164).where(CustomerPhone.customer_id == small_shop.customer)).scalars().first()
    assert number is not None
    walk.control(Key.Key_2)
    walk.rest()
    scan(walk, number.removeprefix("+86"))
    walk.until(lambda: isinstance(walk.window.panel_in_front, SearchPalette), "the palette opens")
    palette: Any = walk.window.panel_in_front
    walk.until(lambda: sum(line.hit is not None for line in palette.model.lines) == 2, "both cars are there to choose from")
