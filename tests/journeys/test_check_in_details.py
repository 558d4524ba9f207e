"""The parts of a check-in, each by keyboard: photos, appointments, new cars and people, belongings, damage, words, and a car that is here already."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import shutil
import threading
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit
from sqlalchemy import select

from db.checks import findings
from db.commands import attachments
from db.commands.appointments import MakeAppointment
from db.commands.order_moves import Cancel
from db.engine import file_url, open_engine, reading, writing
from db.models import (
    Appointment,
    Attachment,
    AttachmentBytes,
    Complaint,
    Customer,
    CustomerPhone,
    DamageMark,
    OrderBelonging,
    Ownership,
    Vehicle,
    VehiclePlate,
    WorkOrder,
    WorkOrderLine,
)
from db.rules.order_life import Consent
from db.rules.record_words import AppointmentState, SignedHow
from desktop_app import pictures
from desktop_app.shell.closing import ClosePanel
from tests.desktop.whole_program import Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.small_shop import SmallShop

Key, Modifier = Qt.Key, Qt.KeyboardModifier
VIN = "LVGBV54H0LG001357"
NEW_VIN = "LVGBV54H9NG004821"


@pytest.fixture
def shop(furnished_sqlite: tuple[Path, SmallShop], tmp_path: Path) -> Iterator[SmallShop]:
    template, made = furnished_sqlite
    path = tmp_path / "data 資料" / "shop.db"
    path.parent.mkdir()
    shutil.copy(template, path)
    engine = open_engine(file_url(path))
    yield dataclasses.replace(made, engine=engine)
    engine.dispose()


@pytest.fixture
def walk(shop: SmallShop, tmp_path: Path, qtbot: QtBot) -> Iterator[Walk]:
    walk = Walk(shop, tmp_path / "machine 機器", shop.advisor, size=(1440, 1000))
    yield walk
    walk.stop()


def desk(walk: Walk) -> Any:
    """The empty desk with the cursor in its field."""
    walk.press(Key.Key_F2)
    view: Any = walk.window.room_widget("check_in")
    walk.until(view.desk.finder.hasFocus, "the finder has the focus")
    walk.rest()
    return view


def begin(walk: Walk, tail: str = "28816") -> Any:
    """The form of a known car, the cursor in the mileage."""
    view = desk(walk)
    walk.write(tail)
    walk.press(Key.Key_Return)
    walk.until(lambda: view.in_form, "the form opens")
    walk.rest()
    return view


def section(walk: Walk, number: int) -> None:
    """Alt and the section's number."""
    walk.press(Key(Key.Key_0 + number), modifier=Modifier.AltModifier)


def finish(walk: Walk, view: Any, kilometres: str = "22000") -> WorkOrder:
    """Mileage, signed on paper, F8; the order."""
    section(walk, 1)
    walk.control(Key.Key_A)
    walk.write(kilometres)
    walk.press(Key.Key_P, modifier=Modifier.AltModifier)
    walk.press(Key.Key_F8)
    walk.until(lambda: not view.in_form, "the order is opened")
    walk.rest()
    with reading(walk.shop.engine) as session:
        assert list(findings(session)) == []
        return session.execute(select(WorkOrder).order_by(WorkOrder.id.desc()).limit(1)).scalar_one()


def rows(shop: SmallShop, query: Any) -> list[Any]:
    with reading(shop.engine) as session:
        return list(session.execute(query).scalars())


def kept(shop: SmallShop, attachment: Attachment) -> Image.Image:
    (content,) = rows(shop, select(AttachmentBytes.content).where(AttachmentBytes.sha256 == attachment.sha256))
    return Image.open(io.BytesIO(content))


def photo(path: Path, size: tuple[int, int], orientation: int = 1) -> Path:
    """A photo whose left half is red, with the mark of how the camera was held."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    image.save(path, exif=exif, quality=95)
    return path


def test_a_photo_is_chosen_as_a_file_turned_and_shrunk_in_the_background(walk: Walk, shop: SmallShop, tmp_path: Path, monkeypatch: Any) -> None:
    file = photo(tmp_path / "door.jpg", (4000, 2400), orientation=6)
    prepare, threads = pictures.prepare, []

    def noted(content: bytes) -> pictures.Picture:
        threads.append(threading.current_thread())
        return prepare(content)

    monkeypatch.setattr(pictures, "prepare", noted)
    view = begin(walk)
    view.walk._photo.setFocus()

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        field = dialog.findChild(QLineEdit)
        assert field is not None
        field.setText(str(file))
        dialog.accept()

    QTimer.singleShot(200, answer)
    walk.press(Key.Key_Space)
    walk.window.activateWindow()
    walk.until(walk.window.isActiveWindow, "the window is in front again")
    walk.until(lambda: len(view._form.photo_ids) == 1, "the photo is kept")
    walk.rest()
    assert threads and threading.main_thread() not in threads
    assert view.walk._photos.text() == "photos 1"
    order = finish(walk, view)
    (row,) = rows(shop, select(Attachment).where(Attachment.kind == "photo"))
    assert (row.subject, row.subject_id, row.file_name, row.media_type) == ("work_order", order.id, "door.jpg", "image/jpeg")
    picture = kept(shop, row)
    assert (row.width, row.height) == picture.size and max(picture.size) == pictures.LONGEST_SIDE
    assert picture.size[0] < picture.size[1], "held upright, it stands upright"
    assert picture.getexif().get(0x0112, 1) == 1
    red, _green, blue = picture.getpixel((picture.width // 2, 20))  # type: ignore[misc]
    assert red > 200 > 60 > blue, "turned to the right, the left half is on top"


def test_photos_are_dropped_and_pasted_and_belong_to_the_mark_that_is_chosen(walk: Walk, shop: SmallShop, tmp_path: Path) -> None:
    view = begin(walk)
    section(walk, 4)
    walk.until(view.walk.drawing.hasFocus, "the drawing has the focus")
    walk.press(Key.Key_Space)
    view.walk.list.setFocus()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photo(tmp_path / "刮痕 1.jpg", (600, 400))))])
    middle, left = QPointF(view.walk.rect().center()), Qt.MouseButton.LeftButton
    with pytest.warns(DeprecationWarning):  # Python can't tell its two constructors apart.
        enters = QDragEnterEvent(middle.toPoint(), Qt.DropAction.CopyAction, mime, left, Modifier.NoModifier)
    QApplication.sendEvent(view.walk, enters)
    assert enters.isAccepted()
    QApplication.sendEvent(view.walk, QDropEvent(middle, Qt.DropAction.CopyAction, mime, left, Modifier.NoModifier))
    assert view.walk._photos.text() == "1 being read", "reading goes on behind the form"
    walk.until(lambda: bool(view._form.marks[0].photo_ids), "it belongs to the mark")
    walk.rest()
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.green)
    QGuiApplication.clipboard().setImage(image)
    view.walk.drawing.setFocus()
    walk.control(Key.Key_V)
    walk.until(lambda: len(view._form.photo_ids) == 1, "what is pasted elsewhere belongs to the car")
    walk.rest()
    assert view.walk._photos.text() == "photos 2"
    order = finish(walk, view)
    (mark,) = rows(shop, select(DamageMark).where(DamageMark.order_id == order.id))
    held = {(row.subject, row.subject_id, row.file_name) for row in rows(shop, select(Attachment).where(Attachment.kind == "photo"))}
    assert held == {("damage_mark", mark.id, "刮痕 1.jpg"), ("work_order", order.id, "clipboard.png")}


def test_what_is_no_picture_and_what_is_refused_is_said_and_not_counted_any_more(walk: Walk, tmp_path: Path, monkeypatch: Any) -> None:
    view = begin(walk)
    empty = view.walk._photos.text()
    broken, gone, good = tmp_path / "broken.jpg", tmp_path / "gone.jpg", photo(tmp_path / "good.jpg", (300, 200))
    broken.write_bytes(b"no picture at all")
    monkeypatch.setattr(attachments, "LARGEST_BYTES", 100)
    for file in (broken, gone, good):
        said = len(walk.window.notices.history)
        view.walk.take_files([file])
        assert view.walk._photos.text() == "1 being read"
        walk.until(lambda said=said: len(walk.window.notices.history) > said, f"{file.name} is said")  # type: ignore[misc]
        walk.rest()
        assert walk.window.notices.history[-1].kind == "bad"
        assert view.walk._photos.text() == empty and view.walk.photo_count == 0, file.name


@pytest.fixture
def held_photo(walk: Walk, tmp_path: Path, monkeypatch: Any) -> Iterator[threading.Event]:
    """A photo that goes on being read until the event is set."""
    free, prepare = threading.Event(), pictures.prepare

    def slow(content: bytes) -> pictures.Picture:
        free.wait(20)
        return prepare(content)

    monkeypatch.setattr(pictures, "prepare", slow)
    begin(walk).walk.take_files([photo(tmp_path / "door.jpg", (300, 200))])
    yield free
    free.set()


def test_closing_asks_while_a_photo_is_being_read(walk: Walk, held_photo: threading.Event) -> None:
    view = walk.desk.window.room_widget("check_in")
    assert not walk.window.close()
    (asked,) = [panel for panel in walk.window.panels if isinstance(panel, ClosePanel)]
    assert any("1 photo is being read" in label.text() for label in asked.findChildren(QLabel))
    walk.press(Key.Key_Escape)
    held_photo.set()
    walk.until(lambda: len(view._form.photo_ids) == 1, "the photo is kept")
    walk.rest()
    assert view.before_close() == ""


def test_an_order_waits_for_the_photos_that_are_being_read(walk: Walk, shop: SmallShop, held_photo: threading.Event) -> None:
    view = walk.desk.window.room_widget("check_in")
    before = len(rows(shop, select(WorkOrder)))
    walk.press(Key.Key_F8)
    assert "1 photo is still being read" in walk.window.notices.history[-1].words
    held_photo.set()
    walk.until(lambda: len(view._form.photo_ids) == 1, "the photo is kept")
    walk.rest()
    assert len(rows(shop, select(WorkOrder))) == before
    order = finish(walk, view)
    (row,) = rows(shop, select(Attachment).where(Attachment.kind == "photo"))
    assert (row.subject, row.subject_id) == ("work_order", order.id)


def test_a_photo_that_comes_after_its_form_was_left_is_said(walk: Walk, held_photo: threading.Event) -> None:
    view = walk.desk.window.room_widget("check_in")
    walk.press(Key.Key_Escape)
    walk.until(lambda: not view.in_form, "the form is left")
    held_photo.set()
    walk.until(lambda: any("door.jpg" in notice.words for notice in walk.window.notices.history), "it is said")
    assert walk.window.notices.history[-1].kind == "warn"


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
    assert view._form.totals() == {}
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


def test_what_was_typed_of_a_new_customer_stays_when_one_goes_back(walk: Walk) -> None:
    walk.press(Key.Key_F2)
    walk.control(Key.Key_N)
    walk.dialog("NewCarDialog")
    walk.press(Key.Key_Escape)
    walk.no_dialog()
    assert not walk.window.notices.history, "nothing was typed"
    walk.control(Key.Key_N)
    walk.dialog("NewCarDialog")
    walk.write("粤B7P9K2")
    walk.press(Key.Key_Escape)
    walk.no_dialog()
    assert walk.toast() == "What was typed is kept for the next new customer"
    walk.control(Key.Key_N)
    walk.dialog("NewCarDialog")
    walk.press(Key.Key_Escape)
    walk.no_dialog()
    walk.control(Key.Key_N)
    assert walk.dialog("NewCarDialog").typed().plate == "粤B7P9K2"


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
