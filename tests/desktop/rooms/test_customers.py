"""The room Customers and vehicles in the whole program, driven by keys, on both stores."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu
from sqlalchemy import func, select

from db.commands.customers import ChangeCustomer, CustomerValues
from db.commands.vehicles import AddVehicle, VehicleValues
from db.engine import reading, writing
from db.models import (
    Appointment,
    Contact,
    Customer,
    CustomerPhone,
    InspectionResult,
    OdometerReading,
    Ownership,
    Policy,
    Promise,
    Vehicle,
    VehiclePlate,
)
from db.rules.record_words import PolicyKind, PromiseState, VehicleFate, Verdict
from desktop_app.i18n import LANGUAGES
from desktop_app.widgets.field import BAD, OK, WARN
from tests.desktop.rooms.customers_walk import find, open_car, room, row
from tests.desktop.rooms.customers_walk import walk as walk
from tests.desktop.rooms.customers_walk import walk_as as walk_as

if TYPE_CHECKING:

    from tests.desktop.whole_program import Walk
    from tests.small_shop import SmallShop

Key = Qt.Key
TODAY = dt.date(2026, 11, 24)


def plates(walk: Walk) -> list[str]:
    return [found.plate for found in room(walk).list.cars.rows]


def test_a_car_is_found_by_whom_it_belongs_to_and_its_file_stands_beside_it(walk: Walk) -> None:
    find(walk, "huangliwen")
    assert plates(walk) == ["粤BD28816"]
    view = room(walk)
    assert view.list.states.chip("active").accessibleName() == "Kept 1" and view.list.states.chip("all").accessibleName() == "All 1"
    walk.until(lambda: view.list.sheet is not None and view.list.sheet.car.plate == "粤BD28816", "its file shows")
    assert "黃麗雯" in view.list.vehicle.people.list.lines[0].words
    assert view.context_words() == "2 vehicles · 2 customers"
    walk.press(Key.Key_Return)
    assert view.list.in_file
    walk.press(Key.Key_Escape)
    assert view.list.table.hasFocus()
    walk.press(Key.Key_Escape)
    walk.rest()
    assert sorted(plates(walk)) == ["粤B8K326", "粤BD28816"]


def test_filters_are_seen_and_taken_away_by_esc(walk: Walk) -> None:
    view = room(walk)
    view.list.states.chip("lost").click()
    walk.rest()
    assert plates(walk) == [] and view.list._no_match.isVisible() and view.list.filters.active
    view.list.focus_list()
    walk.press(Key.Key_Escape)
    walk.rest()
    assert len(plates(walk)) == 2 and not view.list.filters.active


def test_the_next_due_comes_after_the_list_and_in_its_words(walk: Walk) -> None:
    walk.until(lambda: all(found.worked_out for found in room(walk).list.cars.rows), "dues are worked out")
    model = room(walk).list.cars
    place = next(place for place, column in enumerate(model.columns) if column.key == "due")
    assert model.cell(0, place).plain.startswith("being done")


def test_a_customer_is_changed_by_keys_and_changed_back(walk: Walk, small_shop: SmallShop) -> None:
    open_car(walk)
    view = room(walk)
    walk.press(Key.Key_Return)
    view.list.vehicle.people.list.setFocus()
    walk.press(Key.Key_F4)
    dialog = walk.dialog("CustomerDialog")
    walk.control(Key.Key_A)
    walk.write("陳曉琳")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    assert row(small_shop, Customer, small_shop.customer).name == "陳曉琳" and dialog is not None
    assert "changed" in walk.toast()
    walk.control(Key.Key_Z)
    walk.rest()
    assert row(small_shop, Customer, small_shop.customer).name == "陳志強"


def test_a_mistyped_phone_is_said_at_its_field_and_stays_until_it_is_meant(walk: Walk, small_shop: SmallShop) -> None:
    open_car(walk)
    room(walk).list.open_record("customer", small_shop.customer)
    walk.rest()
    room(walk).acts.do("edit")
    dialog = walk.dialog("CustomerDialog")
    field = dialog.edits["phones"].lines[0]
    field.edit.setFocus()
    walk.control(Key.Key_A)
    walk.write("138 0268 441")
    walk.press(Key.Key_F8)
    assert field.state == BAD and field.edit.text() == "138 0268 441" and field.edit.hasFocus()
    assert "11" in field.edit.accessibleDescription() and "10" in field.edit.accessibleDescription()
    walk.control(Key.Key_A)
    walk.write("13802684417")
    walk.press(Key.Key_Tab)
    assert field.state == OK
    walk.press(Key.Key_F8)
    walk.no_dialog()
    with reading(small_shop.engine) as session:
        numbers = session.execute(select(CustomerPhone.e164).where(CustomerPhone.customer_id == small_shop.customer)).scalars().all()
    assert numbers == ["+8613802684417"]


def test_what_somebody_else_changed_meanwhile_is_shown_before_it_is_overwritten(walk: Walk, small_shop: SmallShop) -> None:
    shop = small_shop
    open_car(walk)
    room(walk).acts.do("edit_customer", shop.customer)
    dialog = walk.dialog("CustomerDialog")
    dialog.edits["address"].setFocus()
    walk.write("mine")
    other = CustomerValues("陳志強", ("13520876610",), "mr", address="theirs", tier="gold")
    shop.do(ChangeCustomer(shop.customer, row(shop, Customer, shop.customer).version, other), who=shop.second_advisor)
    walk.press(Key.Key_F8)
    walk.until(lambda: dialog.fields["address"].state == WARN, "the difference is shown")
    assert "theirs" in dialog.edits["address"].accessibleDescription() and dialog.edits["address"].text() == "mine"
    assert dialog.edits["tier"].chosen == "gold"
    assert row(shop, Customer, shop.customer).address == "theirs"
    walk.press(Key.Key_F8)
    walk.no_dialog()
    found = row(shop, Customer, shop.customer)
    assert (found.address, found.tier) == ("mine", "gold")
    walk.control(Key.Key_Z)
    walk.until(lambda: row(shop, Customer, shop.customer).address == "theirs", "undo takes back one's own change")
    assert row(shop, Customer, shop.customer).tier == "gold", "and leaves the other's"


def test_a_vehicle_is_changed_and_a_doubtful_vin_kept_on_the_second_f8(walk: Walk, small_shop: SmallShop) -> None:
    open_car(walk)
    walk.press(Key.Key_F4)
    dialog = walk.dialog("VehicleDialog")
    walk.control(Key.Key_A)
    walk.write("LVGBV54H1LG001357")
    walk.press(Key.Key_Return)
    assert dialog.fields["vin"].state == WARN
    walk.press(Key.Key_F8)
    assert dialog.isVisible() and dialog.edits["vin"].text() == "LVGBV54H1LG001357"
    walk.press(Key.Key_F8)
    walk.no_dialog()
    assert row(small_shop, Vehicle, small_shop.vehicle).vin == "LVGBV54H1LG001357"


def test_a_vin_of_another_car_is_refused_at_its_field(walk: Walk, small_shop: SmallShop) -> None:
    open_car(walk)
    walk.press(Key.Key_F4)
    dialog = walk.dialog("VehicleDialog")
    walk.control(Key.Key_A)
    walk.write(row(small_shop, Vehicle, small_shop.second_vehicle).vin)
    walk.press(Key.Key_F8, Key.Key_F8)
    walk.until(lambda: dialog.fields["vin"].state == BAD, "it is said at the field")
    assert "another car" in dialog.edits["vin"].accessibleDescription()
    walk.press(Key.Key_Escape)
    walk.no_dialog()


def test_another_plate_and_one_that_another_car_bears(walk: Walk, small_shop: SmallShop) -> None:
    open_car(walk)
    room(walk).acts.do("plate")
    dialog = walk.dialog("PlateDialog")
    walk.write("粤B8K3O6")
    walk.press(Key.Key_Return)
    assert dialog.fields["plate"].state == BAD and dialog.fields["plate"]._offer is not None
    dialog.edits["plate"].setFocus()
    walk.control(Key.Key_A)
    walk.write("粤BD28816")
    walk.press(Key.Key_F8)
    walk.until(lambda: "another car now: 比亞迪" in dialog.edits["plate"].accessibleDescription(), "the other car is named")
    hint = dialog.fields["plate"]._hint
    for language in LANGUAGES:
        walk.desk.set_language(language)
        walk.application.processEvents()
        assert hint.text().count("F8") == 1 and "粤B・D28816" in hint.text().replace("·", "・")
        assert hint.heightForWidth(hint.width()) <= hint.height(), "the whole question can be read"
    walk.desk.set_language("en")
    assert dialog.fields["plate"].state == WARN
    assert dialog._status._icon == "triangle-alert" and dialog._status._words == "F8 once more moves the plate to this car"
    walk.press(Key.Key_F8)
    walk.no_dialog()
    with reading(small_shop.engine) as session:
        bearers = session.execute(select(VehiclePlate.vehicle_id).where(VehiclePlate.plate == "粤BD28816", VehiclePlate.until.is_(None))).scalars().all()
    assert bearers == [small_shop.vehicle]
    walk.until(lambda: len(room(walk).list.vehicle.plates.list.lines) == 2, "both plates are in the file")


def test_a_new_owner_is_typed_and_the_former_one_stays_in_the_past(walk: Walk, small_shop: SmallShop) -> None:
    open_car(walk)
    walk.press(Key.Key_Return)
    room(walk).list.vehicle.people.list.setFocus()
    walk.press(Key.Key_Insert)
    dialog = walk.dialog("PersonDialog")
    walk.write("林子軒")
    walk.press(Key.Key_Return)
    walk.until(dialog.edits["name"].hasFocus, "a new customer is offered")
    walk.press(Key.Key_Tab)
    walk.write("13822904416")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    with reading(small_shop.engine) as session:
        ties = session.execute(
            select(Customer.name, Ownership.until)
            .join(Ownership, Ownership.customer_id == Customer.id)
            .where(Ownership.vehicle_id == small_shop.vehicle)
            .order_by(Ownership.id)
        ).all()
    assert ties == [("陳志強", TODAY), ("林子軒", None)]
    walk.until(lambda: len(room(walk).list.vehicle.people.list.lines) == 2, "both are in the file")


def test_a_known_user_is_found_and_his_time_ended(walk: Walk, small_shop: SmallShop) -> None:
    open_car(walk)
    room(walk).acts.do("person")
    dialog = walk.dialog("PersonDialog")
    dialog.edits["role"].choose("driver")
    walk.write("hlw")
    walk.until(lambda: dialog.edits["who"].popup_open, "she is found")
    walk.press(Key.Key_Return)
    walk.until(lambda: dialog.fields["who"].state == OK, "she is chosen")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    walk.until(lambda: len(room(walk).list.vehicle.people.list.lines) == 2, "she is in the file")
    room(walk).list.vehicle.people.list.setFocus()
    walk.press(Key.Key_Down, Key.Key_Delete)
    walk.dialog("TieDialog")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    with reading(small_shop.engine) as session:
        until = select(Ownership.until).where(Ownership.vehicle_id == small_shop.vehicle, Ownership.customer_id == small_shop.second_customer)
        assert session.execute(until).scalar_one() == TODAY


def test_a_call_puts_the_number_on_the_clipboard_and_the_talk_in_the_file(walk: Walk, small_shop: SmallShop) -> None:
    with writing(small_shop.engine) as session:
        # Nothing is due, so that the talk is one of its own.
        session.query(Contact).delete()
    walk.program.runner.records_changed.emit(frozenset({"contact"}))
    walk.rest()
    open_car(walk)
    walk.press(Key.Key_C)
    dialog = walk.dialog("TalkDialog")
    assert QGuiApplication.clipboard().text() == "+8613520876610"
    walk.press(Key.Key_F8)
    assert dialog.fields["words"].state == BAD
    walk.write("月底再來")
    dialog.edits["next_on"].setFocus()
    walk.write("+5")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    with reading(small_shop.engine) as session:
        rows = session.execute(select(Contact.words, Contact.due_on).where(Contact.created_at == small_shop.now).order_by(Contact.id)).all()
    assert sorted(rows, key=str) == [("", dt.date(2026, 11, 29)), ("月底再來", None)]
    walk.until(lambda: any("月底再來" in line.words for line in room(walk).list.vehicle.talks.list.lines), "the talk is in the file")


def test_a_promise_is_made_and_kept(walk: Walk, small_shop: SmallShop) -> None:
    open_car(walk)
    room(walk).acts.do("new_promise")
    walk.dialog("PromiseDialog")
    walk.write("送雨刷片一對")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    walk.until(lambda: "送雨刷片" in room(walk).list.vehicle.talks.list.lines[0].words, "it is in the file")
    room(walk).list.vehicle.talks.list.setFocus(Qt.FocusReason.TabFocusReason)
    walk.press(Key.Key_Return)
    walk.dialog("ClosePromiseDialog")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    with reading(small_shop.engine) as session:
        assert session.execute(select(Promise.state)).scalar_one() is PromiseState.KEPT


def test_a_promise_is_taken_back_only_with_a_word(walk: Walk, small_shop: SmallShop) -> None:
    open_car(walk)
    room(walk).acts.do("new_promise")
    walk.dialog("PromiseDialog")
    walk.write("call on Friday")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    walk.until(lambda: "call on Friday" in room(walk).list.vehicle.talks.list.lines[0].words, "it is in the file")
    room(walk).acts.do("promise", room(walk).list.sheet.promises[0].promise_id)  # type: ignore[union-attr]
    dialog = walk.dialog("ClosePromiseDialog")
    dialog._back.setFocus()
    walk.press(Key.Key_Return)
    assert dialog.isVisible() and dialog.fields["words"].state == BAD
    walk.write("no part to be had")
    dialog._back.setFocus()
    walk.press(Key.Key_Return)
    walk.no_dialog()
    with reading(small_shop.engine) as session:
        assert session.execute(select(Promise.state, Promise.closed_words)).one() == (PromiseState.TAKEN_BACK, "no part to be had")


def test_a_reading_and_a_policy_by_hand(walk: Walk, small_shop: SmallShop) -> None:
    open_car(walk)
    room(walk).acts.do("reading")
    dialog = walk.dialog("ReadingDialog")
    walk.write("4300")
    walk.press(Key.Key_F8)
    walk.until(lambda: dialog.fields["reason"].state == BAD, "it is doubted")
    dialog.edits["kilometres"].setFocus()
    walk.control(Key.Key_A)
    walk.write("43130")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    room(walk).acts.do("add_policy")
    dialog = walk.dialog("PolicyDialog")
    dialog.edits["insurer_code"].choose("PICC")
    dialog.edits["premium"].setFocus()
    walk.write("4318")
    walk.press(Key.Key_F8)
    assert dialog.fields["until_on"].state == BAD
    walk.write("2027-11-23")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    with reading(small_shop.engine) as session:
        assert session.execute(select(func.max(OdometerReading.kilometres)).where(OdometerReading.vehicle_id == small_shop.vehicle)).scalar_one() == 43_130
        policy = session.execute(select(Policy)).scalar_one()
        assert (policy.insurer_code, policy.kind, policy.premium, policy.until_on) == ("PICC", PolicyKind.COMMERCIAL, 431_800, dt.date(2027, 11, 23))


def test_f10_opens_all_acts_and_a_fate_can_be_taken_back(walk: Walk, small_shop: SmallShop) -> None:
    open_car(walk)
    walk.press(Key.Key_F10)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [act.text() for act in menu.actions()]
    assert any(text.startswith("History") for text in words) and "What became of it" in words
    menu.close()
    room(walk).acts.do("fate", VehicleFate.SCRAPPED)
    walk.rest()
    assert row(small_shop, Vehicle, small_shop.vehicle).fate is VehicleFate.SCRAPPED
    walk.until(lambda: room(walk).list.sheet is not None and room(walk).list.sheet.state == "scrapped", "the file says so")
    walk.control(Key.Key_Z)
    walk.rest()
    assert row(small_shop, Vehicle, small_shop.vehicle).fate is VehicleFate.KEPT


def test_history_tells_it_in_sentences(walk: Walk, small_shop: SmallShop) -> None:
    small_shop.do(AddVehicle(VehicleValues(model="x"), "粤B00001"))
    open_car(walk)
    walk.press(Key.Key_H, modifier=Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    dialog = walk.dialog("HistoryDialog")
    walk.rest()
    assert dialog.entries._list._entries
    walk.press(Key.Key_Escape)
    walk.no_dialog()


def test_basis_says_which_rule_and_reading_a_due_comes_from(walk: Walk) -> None:
    open_car(walk)
    view = room(walk)
    walk.press(Key.Key_Return)
    assert view.list.vehicle.due.hasFocus()
    walk.press(Key.Key_Return)
    walk.dialog("BasisDialog")
    walk.press(Key.Key_Escape)
    walk.no_dialog()
    assert view.list.vehicle.due.hasFocus()


def test_sections_are_walked_by_f6(walk: Walk) -> None:
    open_car(walk)
    view = room(walk)
    walk.press(Key.Key_F6)
    assert view.list.in_file
    view.list.vehicle.people.list.setFocus()
    walk.press(Key.Key_F6)
    assert view.list.vehicle.visits.list.hasFocus()
    walk.press(Key.Key_F6, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert view.list.vehicle.people.list.hasFocus()


def test_a_visit_opens_its_order_and_f2_checks_the_car_in(walk: Walk, small_shop: SmallShop) -> None:
    open_car(walk)
    room(walk).list.vehicle.visits.list.setFocus()
    walk.press(Key.Key_Return)
    walk.rest()
    assert walk.window.room_key == "work_orders"
    walk.control(Key.Key_6)
    find(walk, "28816")
    walk.until(lambda: room(walk).list.sheet is not None and room(walk).list.sheet.car.plate == "粤BD28816", "the other car shows")
    walk.press(Key.Key_F2)
    walk.rest()
    assert walk.window.room_key == "check_in" and walk.window.room_widget("check_in").in_form  # type: ignore[union-attr]


def test_b_books_an_appointment_for_the_car(walk: Walk, small_shop: SmallShop) -> None:
    find(walk, "28816")
    walk.until(lambda: room(walk).list.sheet is not None and room(walk).list.sheet.car.plate == "粤BD28816", "the other car shows")
    walk.press(Key.Key_B)
    dialog = walk.dialog("AppointmentDialog")
    dialog._reason.setFocus()
    walk.write("tyres")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    with reading(small_shop.engine) as session:
        assert session.execute(select(Appointment.vehicle_id, Appointment.reason)).one() == (small_shop.second_vehicle, "tyres")


def test_wear_is_a_chart_or_a_table(walk: Walk, small_shop: SmallShop) -> None:
    with writing(small_shop.engine) as session:
        for order, km, days, value in ((small_shop.earlier_order, 38_000, 150, 9100), (small_shop.order, 43_118, 0, 7400)):
            session.add(
                InspectionResult(
                    order_id=order, vehicle_id=small_shop.vehicle, point_code="B01", place="fl", value=value, verdict=Verdict.OK, odometer_km=km,
                    checked_at=small_shop.now - dt.timedelta(days=days),
                )
            )  # fmt: skip
    open_car(walk)
    walk.press(Key.Key_F5)
    walk.rest()
    panel = room(walk).list.vehicle
    walk.until(lambda: panel._charts[0].isVisible(), "the chart shows")
    assert "9.1 mm" in panel._charts[0].accessibleName() and "limit" in panel._charts[0].accessibleName()
    walk.control(Key.Key_T)
    assert not panel._charts[0].isVisible() and any("38,000 km" in line.words for line in panel.wear.list.lines)
    walk.control(Key.Key_T)
    assert panel._charts[0].isVisible()


def test_from_a_car_to_its_owner_and_back(walk: Walk, small_shop: SmallShop) -> None:
    open_car(walk)
    view = room(walk)
    walk.press(Key.Key_Return)
    view.list.vehicle.people.list.setFocus()
    walk.press(Key.Key_Return)
    walk.rest()
    walk.until(lambda: view.list.file is not None and view.list.file.customer_id == small_shop.customer, "his file shows")
    assert view.list.in_file
    walk.press(Key.Key_Escape)
    walk.rest()
    walk.until(lambda: view.list.sheet is not None, "the car's file is back")


def test_ctrl_n_adds_a_customer_and_he_stands_among_those_without_a_vehicle(walk: Walk, small_shop: SmallShop) -> None:
    walk.control(Key.Key_N)
    dialog = walk.dialog("CustomerDialog")
    walk.press(Key.Key_F8)
    assert dialog.fields["name"].state == BAD
    walk.write("周全")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    view = room(walk)
    walk.until(lambda: view.list.file is not None and view.list.file.name == "周全", "his file shows")
    view.list.kind.setFocus()
    walk.press(Key.Key_Right)
    walk.rest()
    assert [found.name for found in view.list.people.rows] == ["周全"]


def test_erasing_needs_a_manager_and_says_so_everywhere(walk: Walk, small_shop: SmallShop) -> None:
    room(walk).list.open_record("customer", small_shop.second_customer)
    walk.rest()
    walk.until(lambda: room(walk).list.file is not None, "her file shows")
    room(walk).acts.do("erase")
    walk.dialog("Dialog")
    assert walk.focused.accessibleName() == "Cancel"
    walk.press(Key.Key_Tab, Key.Key_Return)
    walk.leave()
    walk.until(lambda: row(small_shop, Customer, small_shop.second_customer).erased_at is not None, "she is erased")
    walk.until(lambda: room(walk).list.file is not None and room(walk).list.file.erased_at is not None, "the file says so")
    assert room(walk).list.customer.head.accessibleName() == "(erased)"


def test_every_word_follows_the_language(walk: Walk) -> None:
    open_car(walk)
    view = room(walk)
    assert view.list.vehicle.people.title.text() == "Owner and users"
    walk.desk.set_language("zh_CN")
    assert view.list.vehicle.people.title.text() == "车主与用车人" and view._call.text().startswith("打 135")
    assert view.list.vehicle.head.pill.accessibleName() == "在籍"
    assert view.list.vehicle.people.list.lines[0].left[0].text == "车主"
