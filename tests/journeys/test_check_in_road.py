"""The main road by keyboard: a returning car is checked in, its order stands, its job card is there; and it can be taken back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from db.checks import findings
from db.commands.drafts import drafts
from db.engine import reading
from db.models import Appointment, Complaint, Draft, OdometerReading, PaperPrint, WorkOrder, WorkOrderLine
from db.rules.order_life import Consent, OrderState
from desktop_app.rooms.check_in.form import DRAFT_FORM, CheckInForm, NewCar
from tests.desktop.typing_help import scan_keys

if TYPE_CHECKING:
    from tests.journeys.conftest import Counter

ROOT = Path(__file__).resolve().parents[2]
MOST_KEYS = 25
WORDS = "早上冷車起步有咯吱聲"


def begin(counter: Counter) -> None:
    """F2 and the plate's tail: the form stands with the cursor in the mileage."""
    counter.press(Qt.Key.Key_F2)
    view = counter.desk.window.room_widget("check_in")
    counter.type("28816")
    counter.press(Qt.Key.Key_Return)
    counter.wait(lambda: view.in_form)
    counter.wait(lambda: view.promise.proposal is not None)
    counter.wait(view.condition.mileage.hasFocus)


def fill(counter: Counter) -> None:
    counter.type("22000")
    counter.press(Qt.Key.Key_Return)
    counter.type("5")
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_Return)
    counter.compose(WORDS)
    counter.press(Qt.Key.Key_Tab)
    counter.type("xby")
    counter.press(Qt.Key.Key_Return)
    view = counter.desk.window.room_widget("check_in")
    counter.wait(lambda: view._form.lines)
    counter.rest(0.2)


def scan(counter: Counter, code: str) -> None:
    """A scan wherever the focus is."""
    scan_keys(lambda: counter.focused, code)


def said(counter: Counter) -> str:
    history = counter.desk.window.notices.history
    return history[-1].words if history else ""


def papers(counter: Counter) -> list[Path]:
    folder = counter.program.place.papers_folder
    return sorted(folder.rglob("*.pdf")) if folder.exists() else []


def test_a_returning_car_with_one_package_in_25_keys(counter: Counter) -> None:
    with reading(counter.shop.engine) as session:
        before = len(session.execute(select(WorkOrder.id)).all())
    counter.keys = 0
    begin(counter)
    fill(counter)
    counter.press(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    counter.press(Qt.Key.Key_F8)
    counter.wait(lambda: papers(counter))
    assert counter.keys <= MOST_KEYS and counter.clicks == 0, counter.keys
    told = re.search(r"takes (\d+) keys beside the customer's words", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert told is not None and counter.keys == int(told[1]), "the README says how many"
    view = counter.desk.window.room_widget("check_in")
    counter.wait(lambda: not view.in_form and view.desk.finder.hasFocus())
    counter.settle()
    with reading(counter.shop.engine) as session:
        orders = session.execute(select(WorkOrder).order_by(WorkOrder.id)).scalars().all()
        assert len(orders) == before + 1
        order = orders[-1]
        assert order.state is OrderState.CHECKED_IN and order.odometer_km == 22000 and order.fuel_eighths == 5
        assert order.advisor_id == counter.shop.advisor and order.vehicle_id == counter.shop.second_vehicle
        lines = session.execute(select(WorkOrderLine).where(WorkOrderLine.order_id == order.id)).scalars().all()
        asked = [line for line in lines if line.complaint_id is not None]
        assert [(line.code, line.consent) for line in asked] == [("D01", Consent.PROPOSED)], "what was said proposes its diagnosis"
        done = [line for line in lines if line.complaint_id is None]
        assert done and all(line.consent is Consent.AUTHORISED for line in done)
        assert order.agreed_total == sum(line.amount for line in done)
        assert session.execute(select(Complaint.words).where(Complaint.order_id == order.id)).scalars().all() == [WORDS]
        assert drafts(session, DRAFT_FORM, counter.desk.session.device) == []
        assert list(findings(session)) == []
    (paper,) = papers(counter)
    assert order.number in paper.name and paper.read_bytes().startswith(b"%PDF")


def test_a_check_in_taken_back_brings_the_form_again(counter: Counter) -> None:
    begin(counter)
    fill(counter)
    counter.press(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    counter.press(Qt.Key.Key_F8)
    counter.wait(lambda: papers(counter))
    view = counter.desk.window.room_widget("check_in")
    counter.wait(lambda: not view.in_form)
    counter.rest(0.3)
    counter.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    counter.wait(lambda: view.in_form)
    counter.rest(0.3)
    assert view.words.words.text == WORDS and view.condition.odometer_km == 22000 and view._form.lines
    counter.settle()
    with reading(counter.shop.engine) as session:
        order = session.execute(select(WorkOrder).order_by(WorkOrder.id.desc())).scalars().first()
        assert order is not None and order.state is OrderState.CANCELLED and order.cancel_reason == "undone"
        assert all(session.execute(select(PaperPrint.void).where(PaperPrint.order_id == order.id)).scalars())
        assert session.execute(select(OdometerReading.id).where(OdometerReading.order_id == order.id)).all() == []
        assert list(findings(session)) == []
        undone = order.number
        (body,) = session.execute(select(Draft.body)).scalars().all()
        assert body["words"] == WORDS, "what an undo gave back is kept before anybody types"
    counter.press(Qt.Key.Key_F8)
    counter.wait(lambda: not view.in_form)
    counter.settle()
    with reading(counter.shop.engine) as session:
        order = session.execute(select(WorkOrder).order_by(WorkOrder.id.desc())).scalars().first()
        assert order is not None and order.state is OrderState.CHECKED_IN and order.number != undone
        assert list(findings(session)) == []


def open_one(counter: Counter) -> str:
    """A check-in from F2 to its order; the order's number."""
    view = counter.desk.window.room_widget("check_in")
    opened = len(papers(counter))
    begin(counter)
    fill(counter)
    counter.press(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    counter.press(Qt.Key.Key_F8)
    counter.wait(lambda: len(papers(counter)) > opened and not view.in_form)
    counter.settle()
    with reading(counter.shop.engine) as session:
        return str(session.execute(select(WorkOrder.number).order_by(WorkOrder.id.desc()).limit(1)).scalar_one())


def states(counter: Counter) -> dict[str, OrderState]:
    with reading(counter.shop.engine) as session:
        return {number: state for number, state in session.execute(select(WorkOrder.number, WorkOrder.state))}


def test_a_notices_undo_takes_its_own_order_back(counter: Counter) -> None:
    first = open_one(counter)
    notice = counter.desk.window.notices.history[-1]
    assert first in notice.words
    counter.desk.window.notices.history[-1].undo()
    view = counter.desk.window.room_widget("check_in")
    counter.wait(lambda: view.in_form)
    counter.settle()
    counter.press(Qt.Key.Key_F8)
    counter.wait(lambda: not view.in_form)
    counter.settle()
    with reading(counter.shop.engine) as session:
        second = str(session.execute(select(WorkOrder.number).order_by(WorkOrder.id.desc()).limit(1)).scalar_one())
    assert states(counter)[first] is OrderState.CANCELLED and states(counter)[second] is OrderState.CHECKED_IN
    notice.undo()
    counter.settle()
    assert states(counter)[second] is OrderState.CHECKED_IN, "an old notice does not undo what came after it"


def test_an_order_undone_from_its_own_room_after_the_rooms_were_built_anew(counter: Counter) -> None:
    """The room that opened it remembers nothing: the form comes from the store, and what stands in another form is put aside."""
    number = open_one(counter)
    counter.desk.window.forget_rooms()
    counter.desk.begin()
    begin_other(counter)
    with reading(counter.shop.engine) as session:
        order_id = session.execute(select(WorkOrder.id).where(WorkOrder.number == number)).scalar_one()
    counter.desk.navigator.open_order(order_id)
    orders = counter.desk.window.room_widget("work_orders")
    counter.wait(lambda: orders.showing_order and orders.order.file is not None and orders.order.file.order_id == order_id)
    counter.settle()
    orders.order.moves.make("undo_check_in")
    view = counter.desk.window.room_widget("check_in")
    counter.wait(lambda: counter.desk.window.room_key == "check_in" and view.in_form)
    counter.settle()
    assert states(counter)[number] is OrderState.CANCELLED
    assert view.words.words.text == WORDS and view.condition.odometer_km == 22000 and view._form.lines
    with reading(counter.shop.engine) as session:
        assert len(session.execute(select(Draft.id).where(Draft.form == DRAFT_FORM)).all()) == 2, "the other form waits on the desk"


def begin_other(counter: Counter) -> None:
    """A form of a car that nobody knows."""
    counter.press(Qt.Key.Key_F2)
    view = counter.desk.window.room_widget("check_in")
    view._open(CheckInForm(new_car=NewCar(plate="粤B12345", phone="13800138000", name="李先生")), None)
    counter.wait(lambda: view.in_form)


def test_t_goes_to_the_promised_time_from_where_no_text_is_typed(counter: Counter) -> None:
    begin(counter)
    view = counter.desk.window.room_widget("check_in")
    view.walk.drawing.setFocus()
    counter.press(Qt.Key.Key_T)
    counter.wait(view.promise.when.hasFocus)
    view.words.words.inner.setFocus()
    counter.press(Qt.Key.Key_T)
    counter.wait(lambda: view.words.words.text == "t")
    assert view.words.words.inner.hasFocus()


def test_what_is_missing_is_said_at_once_and_each_has_a_way_there(counter: Counter) -> None:
    begin(counter)
    counter.press(Qt.Key.Key_F8)
    view = counter.desk.window.room_widget("check_in")
    assert view.in_form and view.missing.isVisible()
    assert view._lacks() == ["mileage", "signature"]
    assert [button._keys for button in view.missing._buttons] == ["Alt 1", "Alt 6"], "each says the key that goes there"
    assert view.condition.mileage.hasFocus()
    counter.type("20000")
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_F8)
    assert view._lacks() == ["signature", "mileage_reason"]


def test_a_form_put_aside_waits_on_the_desk(counter: Counter) -> None:
    begin(counter)
    counter.type("22")
    counter.press(Qt.Key.Key_Escape)
    view = counter.desk.window.room_widget("check_in")
    counter.wait(lambda: not view.in_form and view.desk._strips)
    counter.settle()
    with reading(counter.shop.engine) as session:
        (body,) = session.execute(select(Draft.body)).scalars().all()
    assert body["mileage"] == "22"
    strip = view.desk._strips[0]
    strip.setFocus()
    counter.press(Qt.Key.Key_Return)
    counter.wait(lambda: view.in_form)
    assert view.condition.mileage.text() == "22"


def test_an_appointment_is_made_and_taken_over(counter: Counter) -> None:
    view = counter.desk.window.room_widget("check_in")
    counter.press(Qt.Key.Key_F2)
    counter.press(Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    counter.wait(lambda: QApplication.activeModalWidget() is not None or QApplication.activeWindow() is not counter.desk.window)
    dialog = QApplication.activeWindow()
    assert dialog is not None
    counter.type("28816")
    counter.press(Qt.Key.Key_Return)
    counter.wait(lambda: dialog._vehicle_id == counter.shop.second_vehicle)
    dialog._when.setFocus()
    dialog._when.selectAll()
    counter.type("16:00")
    counter.press(Qt.Key.Key_Return)
    dialog._reason.setFocus()
    counter.compose("換機油")
    counter.press(Qt.Key.Key_F8)
    counter.wait(lambda: QApplication.activeWindow() is counter.desk.window)
    counter.settle()
    with reading(counter.shop.engine) as session:
        row = session.execute(select(Appointment)).scalar_one()
        assert row.vehicle_id == counter.shop.second_vehicle and row.reason == "換機油"
    counter.wait(lambda: view.desk.table.paged.rows)
    view.desk.table.setFocus()
    view.desk.table.selectRow(0)
    counter.press(Qt.Key.Key_Return)
    counter.wait(lambda: view.in_form)
    assert view._form.appointment_id == row.id and view.words.words.text == "換機油"


def test_the_check_in_sheet_is_printed_along_on_f9(counter: Counter) -> None:
    begin(counter)
    fill(counter)
    counter.press(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    counter.press(Qt.Key.Key_F9)
    counter.wait(lambda: len(papers(counter)) == 2)
    assert sorted(paper.stem.split("-", 2)[2] for paper in papers(counter)) == ["check-in-sheet-1", "job-card-1"]


@pytest.mark.parametrize(
    ("code", "package", "shown"), [("BP-F-01", "", "前剎車片"), ("bp-f-01", "", "前剎車片"), ("P-FBUM", "", "前保險槓"), ("PK-MIN-S", "PK-MIN-S", "小保養")]
)
def test_a_scanned_item_is_a_line_of_the_open_form_and_the_field_keeps_its_words(counter: Counter, code: str, package: str, shown: str) -> None:
    begin(counter)
    view = counter.desk.window.room_widget("check_in")
    counter.type("22")
    scan(counter, code)
    counter.wait(lambda: view._form.lines)
    assert {line.package_code for line in view._form.lines} == {package} and all(not line.proposed for line in view._form.lines)
    assert package or [line.code for line in view._form.lines] == [code.upper()]
    assert view.condition.mileage.text() == "22" and view.condition.mileage.hasFocus()
    assert shown in said(counter)
    scan(counter, code)
    counter.wait(lambda: len(view.lines.table.paged.rows) == 2)
    counter.settle()


def test_a_scanned_code_that_nothing_bears_is_said_and_looked_for(counter: Counter) -> None:
    begin(counter)
    view = counter.desk.window.room_widget("check_in")
    scan(counter, "6901234567892")
    counter.wait(lambda: said(counter) == "不認得的條碼 6901234567892")
    assert view.in_form and not view._form.lines and view.lines.finder.text() == "" and view.condition.mileage.text() == ""
    counter.desk.window.notices.toast.act()
    assert counter.desk.window.panels[-1].field.text() == "6901234567892"
    counter.press(Qt.Key.Key_Escape)
    counter.settle()


def test_a_scanned_item_for_another_power_train_is_not_put_on(counter: Counter) -> None:
    begin(counter)
    view = counter.desk.window.room_widget("check_in")
    scan(counter, "PK-1ST-B")
    counter.wait(lambda: said(counter).endswith("用於其他動力類型的車"))
    assert view.in_form and not view._form.lines
    counter.settle()


def test_on_the_empty_desk_a_scanned_part_is_a_code_that_nothing_bears(counter: Counter) -> None:
    counter.press(Qt.Key.Key_F2)
    scan(counter, "BP-F-01")
    counter.wait(lambda: said(counter) == "不認得的條碼 BP-F-01")
    assert not counter.desk.window.room_widget("check_in").in_form
    counter.settle()
