"""The settings by keyboard in the real window: subjects, forms, lists, refusals at their fields, another's leave, history, the check."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from sqlalchemy import select, text

from db.commands.pins import TryPin
from db.commands.staff import AddPerson, PersonValues
from db.engine import reading, writing
from db.models import LabourOperation, Shop
from db.queries.settings import closure_rows, operation_rows, setting_changes
from db.queries.shop import bay_rows, staff_rows, the_shop
from db.rules.settings import ShopSettings
from desktop_app.form_dialog import FormDialog
from desktop_app.i18n.live import switch_language
from desktop_app.rooms.settings.value_words import VALUES
from desktop_app.rooms.settings.view import SUBJECTS
from desktop_app.shell.closing import ClosePanel
from tests.desktop.rooms.window import program_on, room, staff_of
from tests.desktop.typing_help import compose, focused, press, type_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop_app.bootstrap import Program
    from tests.small_shop import SmallShop


@pytest.fixture
def program(small_shop: SmallShop, tmp_path: Path, qtbot: QtBot) -> Iterator[Program]:
    with program_on(small_shop, tmp_path, qtbot, small_shop.manager) as running:
        yield running


def subject(program: Program, qtbot: QtBot, key: str) -> Any:
    """The page of a subject, loaded."""
    view = room(program, "settings")
    page = view.show_subject(key)
    if hasattr(page, "model"):
        qtbot.waitUntil(lambda: len(page.model.rows) > 0)
    elif hasattr(page, "loaded"):
        qtbot.waitUntil(lambda: bool(page.loaded))
    return page


def dialog(qtbot: QtBot) -> Any:
    """The dialog that lies over the window."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), FormDialog))
    found = QApplication.activeModalWidget()
    qtbot.waitUntil(lambda: found.isAncestorOf(QApplication.focusWidget() or found) and QApplication.focusWidget() is not None)
    return found


def asked(qtbot: QtBot) -> None:
    """Until a question lies over the window and has the focus."""
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    question = QApplication.activeModalWidget()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None and question.isAncestorOf(QApplication.focusWidget()))


def gone(qtbot: QtBot) -> None:
    """Until no dialog lies there and the window has the focus again."""
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None and QApplication.focusWidget() is not None)


def test_every_setting_of_the_rules_has_its_words() -> None:
    assert [value.name for value in VALUES if not hasattr(ShopSettings(), value.name)] == []
    assert {value.name for value in VALUES} == set(ShopSettings.__slots__)


def test_arrow_keys_go_through_all_subjects(program: Program, qtbot: QtBot) -> None:
    view = room(program, "settings")
    assert focused() is view.subjects
    for key, *_rest in SUBJECTS[1:]:
        press(qtbot, Qt.Key.Key_Down)
        assert view.subjects.chosen == key and view.context_words()
    for language in ("en", "zh_CN", "zh_TW"):
        switch_language(language)
    qtbot.waitUntil(lambda: program.runner.busy == 0 if isinstance(program.runner.busy, int) else not program.runner.busy)


def test_the_shop_is_changed_by_keys_and_esc_brings_back_what_was(program: Program, small_shop: SmallShop, qtbot: QtBot) -> None:
    page = subject(program, qtbot, "shop")
    press(qtbot, Qt.Key.Key_F6)
    name = page.fields["name"].edit
    assert focused() is name and not page.save_button.isEnabled()
    name.selectAll()
    type_words(qtbot, "新店")
    assert page.action_bar.status.accessibleName() == "1 處改動還沒存" or page.changed == {"name": "新店"}
    press(qtbot, Qt.Key.Key_Escape)
    assert name.text() == "安順汽車服務" and not page.changed
    name.selectAll()
    type_words(qtbot, "新店")
    press(qtbot, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: page.context.shop().name == "新店")
    assert not page.changed
    # What is missing is said at its field, and what was typed stays.
    name.setFocus()
    name.selectAll()
    press(qtbot, Qt.Key.Key_Delete, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: page.fields["name"].state == "bad")
    assert focused() is name and name.text() == ""
    press(qtbot, Qt.Key.Key_Escape)
    view = room(program, "settings")
    qtbot.waitUntil(lambda: len(view.history.timeline._list._entries) >= 2)
    assert "新店" in view.history.timeline._list._entries[0].second


def test_what_is_typed_and_not_saved_is_asked_about_before_it_goes(program: Program, small_shop: SmallShop, qtbot: QtBot) -> None:
    page = subject(program, qtbot, "shop")
    desk = program.desks[0]
    address = page.fields["address"].edit
    address.setFocus()
    type_words(qtbot, "12")
    assert not desk.window.close()
    asked = desk.window.panels[-1]
    assert isinstance(asked, ClosePanel) and "設定：1 處改動還沒存" in [label.text() for label in asked.findChildren(QLabel)]
    press(qtbot, Qt.Key.Key_Escape)
    assert desk.window.isVisible() and page.unsaved == 1
    # The same person comes back to it; another one is told whose it is, and may leave it standing.
    for stays in (True, False):
        desk.lock("")
        other = next(row for row in staff_of(program) if row.staff_id == small_shop.advisor)
        desk.window.panels[-1].signed_in.emit(other)
        for panel in [panel for panel in desk.window.panels if not isinstance(panel, ClosePanel)]:
            panel.close_panel()
        asked = desk.window.panels[-1]
        assert isinstance(asked, ClosePanel) and desk.session.person.id == small_shop.manager
        if stays:
            asked.close_panel()
            assert desk._lock_screen is not None and page.unsaved == 1
            desk.window.panels[-1].signed_in.emit(next(row for row in staff_of(program) if row.staff_id == small_shop.manager))
            for panel in list(desk.window.panels):
                panel.close_panel()
            assert page.unsaved == 1 and address.text().endswith("12")
        else:
            asked.leave.click()
            assert desk.session.person.id == small_shop.advisor


def test_somebody_else_changed_the_shop_meanwhile(program: Program, small_shop: SmallShop, qtbot: QtBot) -> None:
    page = subject(program, qtbot, "shop")
    phone = page.fields["phone"].edit
    phone.setFocus()
    type_words(qtbot, "0755")
    with writing(small_shop.engine) as session:
        shop = session.get_one(Shop, 1)
        shop.address, shop.phone = "別處", "12345"
    press(qtbot, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: page.fields["address"].edit.text() == "別處")
    # What was typed stays, what the other wrote is said, and saving once more puts it.
    assert phone.text() == "0755" and page.fields["phone"].state == "warn" == page.fields["address"].state
    press(qtbot, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: page.context.shop().phone == "0755")
    assert page.context.shop().address == "別處"


def test_what_is_being_typed_is_neither_lost_nor_put_over_anothers_words_unsaid(program: Program, small_shop: SmallShop, qtbot: QtBot) -> None:
    page = subject(program, qtbot, "shop")
    phone = page.fields["phone"].edit
    phone.setFocus()
    type_words(qtbot, "0755")
    with writing(small_shop.engine) as session:
        session.get_one(Shop, 1).phone = "12345"
    program.runner.records_changed.emit(frozenset({"shop"}))
    qtbot.waitUntil(lambda: page.fields["phone"].state == "warn")
    assert phone.text() == "0755"
    press(qtbot, Qt.Key.Key_Escape)
    assert phone.text() == "12345" and page.fields["phone"].state == "neutral"


def test_a_person_is_added_and_gets_another_pin(program: Program, small_shop: SmallShop, qtbot: QtBot) -> None:
    page = subject(program, qtbot, "people")
    page.table.setFocus()
    press(qtbot, Qt.Key.Key_Insert)
    form = dialog(qtbot)
    press(qtbot, Qt.Key.Key_F8)
    assert form.field("name").state == "bad" == form.field("roles").state, "all that is missing at once"
    assert focused() is form.name
    type_words(qtbot, "唐敏")
    press(qtbot, Qt.Key.Key_F8)
    assert form.field("name").state == "neutral" and form.field("roles").state == "bad"
    form.roles.chip("accident").setFocus()
    press(qtbot, Qt.Key.Key_Space)
    form.pin.setFocus()
    type_words(qtbot, "2468")
    press(qtbot, Qt.Key.Key_F8)
    assert form.field("again").state == "bad"
    form.again.setFocus()
    type_words(qtbot, "2468")
    press(qtbot, Qt.Key.Key_F8)
    gone(qtbot)
    qtbot.waitUntil(lambda: any(row.name == "唐敏" for row in page.model.rows))
    row = next(row for row in page.model.rows if row.name == "唐敏")
    assert row.roles == ("accident",) and row.working_days == (0, 1, 2, 3, 4, 5) and row.has_pin
    page.table.select_key(row.staff_id)
    page.table.setFocus()
    press(qtbot, Qt.Key.Key_P)
    form = dialog(qtbot)
    type_words(qtbot, "1357")
    form.again.setFocus()
    type_words(qtbot, "1357")
    press(qtbot, Qt.Key.Key_F8)
    gone(qtbot)
    qtbot.waitUntil(lambda: program.desks[0].performing is not None and program.desks[0].performing.count == 0)
    assert small_shop.do(TryPin(row.staff_id, "1357"))["ok"]


def test_a_refusal_comes_back_to_the_dialog_at_its_field(program: Program, small_shop: SmallShop, qtbot: QtBot) -> None:
    page = subject(program, qtbot, "people")
    page.table.select_key(small_shop.manager)
    page.table.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    form = dialog(qtbot)
    form.roles.choose("advisor")
    press(qtbot, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: form.field("roles").state == "bad" and form.isVisible())
    press(qtbot, Qt.Key.Key_Escape)
    gone(qtbot)


def test_a_person_leaves_after_being_asked_and_comes_back(program: Program, small_shop: SmallShop, qtbot: QtBot) -> None:
    page = subject(program, qtbot, "people")
    page.table.select_key(small_shop.second_technician)
    page.table.setFocus()
    press(qtbot, Qt.Key.Key_Delete)
    asked(qtbot)
    press(qtbot, Qt.Key.Key_Escape)
    gone(qtbot)
    page.table.setFocus()
    press(qtbot, Qt.Key.Key_Delete)
    asked(qtbot)
    press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: all(row.staff_id != small_shop.second_technician for row in page.model.rows))
    page.with_left.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: any(row.staff_id == small_shop.second_technician for row in page.model.rows))
    page.table.select_key(small_shop.second_technician)
    page.table.setFocus()
    press(qtbot, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: next(row for row in page.model.rows if row.staff_id == small_shop.second_technician).left_on is None)


def test_leaving_is_taken_back_by_undo_and_the_pin_given_anew(program: Program, small_shop: SmallShop, qtbot: QtBot) -> None:
    key = small_shop.do(AddPerson(PersonValues("唐敏", ("advisor",), badge="B-17"), "2468"), small_shop.manager)
    page = subject(program, qtbot, "people")
    notices = program.desks[0].window.notices
    qtbot.waitUntil(lambda: any(row.staff_id == key for row in page.model.rows))
    page.table.select_key(key)
    page.table.setFocus()
    press(qtbot, Qt.Key.Key_Delete)
    asked(qtbot)
    press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(notices.history) and notices.history[-1].words == "唐敏 已離職")
    gone(qtbot)
    qtbot.waitUntil(lambda: all(row.staff_id != key for row in page.model.rows))
    press(qtbot, Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: any(row.staff_id == key for row in page.model.rows))
    row = next(row for row in page.model.rows if row.staff_id == key)
    assert (row.left_on, row.badge, row.has_pin) == (None, "B-17", False)
    qtbot.waitUntil(lambda: "PIN" in notices.history[-1].words)


def test_a_closed_bay_is_opened_again_by_undo(program: Program, small_shop: SmallShop, qtbot: QtBot) -> None:
    page = subject(program, qtbot, "bays")
    names = [row.name for row in page.model.rows]
    page.table.select_key(small_shop.second_bay)
    page.table.setFocus()
    press(qtbot, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(page.model.rows) == len(names) - 1)
    qtbot.waitUntil(lambda: program.desks[0].window.notices.toast.can_undo)
    press(qtbot, Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: [row.name for row in page.model.rows] == names)


def test_f7_opens_the_catalogue_from_every_room(program: Program, qtbot: QtBot) -> None:
    window = program.desks[0].window
    for key in window.rooms:
        room(program, key)
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        press(qtbot, Qt.Key.Key_F7)
        qtbot.waitUntil(lambda: window.room_key == "settings")
        view = room(program, "settings")
        assert view.subjects.chosen == "catalogue" and focused() is view.page.search
        view.show_subject("shop")


def test_names_of_the_catalogue_can_be_read_with_the_history_beside_them(program: Program, qtbot: QtBot) -> None:
    view = room(program, "settings")
    page = subject(program, qtbot, "catalogue")
    header = page.table.horizontalHeader()
    keys = [column.key for column in page.model.columns]

    def shown() -> set[str]:
        return {key for place, key in enumerate(keys) if not header.isSectionHidden(place)}

    name = keys.index("name")
    assert not view._host.is_open and header.sectionSize(name) >= 200 and shown() == set(keys)
    page.table.setFocus()
    press(qtbot, Qt.Key.Key_H)
    qtbot.waitUntil(lambda: view._host.is_open and header.sectionSize(name) >= 200)
    assert {"code", "name", "amount"} <= shown() and "cost" not in shown()
    view.subjects.setFocus()
    press(qtbot, Qt.Key.Key_H)
    qtbot.waitUntil(lambda: not view._host.is_open and shown() == set(keys))
    assert header.sectionSize(keys.index("cost")) == 100


def test_bays_are_added_renamed_moved_and_closed(program: Program, small_shop: SmallShop, qtbot: QtBot) -> None:
    page = subject(program, qtbot, "bays")
    page.table.setFocus()
    press(qtbot, Qt.Key.Key_Insert)
    form = dialog(qtbot)
    type_words(qtbot, "4")
    press(qtbot, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: form.field("name").state == "bad" and form.isVisible())
    form.name.selectAll()
    type_words(qtbot, "5 號")
    press(qtbot, Qt.Key.Key_F8)
    gone(qtbot)
    qtbot.waitUntil(lambda: page.model.rows[-1].name == "5 號")
    page.table.select_key(page.model.rows[-1].bay_id)
    page.table.setFocus()
    press(qtbot, Qt.Key.Key_Up, modifier=Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: [row.name for row in page.model.rows][-2:] == ["5 號", "4"])
    press(qtbot, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: all(row.name != "5 號" for row in page.model.rows))
    with reading(small_shop.engine) as session:
        assert next(row for row in bay_rows(session, with_closed=True) if row.name == "5 號").closed_on == dt.date(2026, 11, 24)


def test_opening_hours_and_days_of_its_own(program: Program, small_shop: SmallShop, qtbot: QtBot) -> None:
    page = subject(program, qtbot, "calendar")
    assert page.notice.isVisible()
    opens, closes = page._week[6][0]
    opens.setFocus()
    type_words(qtbot, "9")
    press(qtbot, Qt.Key.Key_F8)
    assert page.message.isVisible() and focused() is closes
    type_words(qtbot, "12:30")
    press(qtbot, Qt.Key.Key_F8)

    def sunday() -> Any:
        with reading(small_shop.engine) as session:
            return the_shop(session).weekly_hours[6]

    qtbot.waitUntil(lambda: sunday() == ((540, 750),))
    page.new_record()
    form = dialog(qtbot)
    form.day.setFocus()
    type_words(qtbot, "2026-12-31")
    form.reason.setFocus()
    type_words(qtbot, "盤點")
    press(qtbot, Qt.Key.Key_F8)
    gone(qtbot)
    qtbot.waitUntil(lambda: [row.day for row in page._closures] == [dt.date(2026, 12, 31)])
    page.remove_button.click()
    qtbot.waitUntil(lambda: page._closures == [])
    press(qtbot, Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: [row.reason for row in page._closures] == ["盤點"])
    with reading(small_shop.engine) as session:
        assert not closure_rows(session, dt.date(2026, 1, 1))[0].is_open


def test_a_rule_is_found_changed_and_set_back(program: Program, small_shop: SmallShop, qtbot: QtBot) -> None:
    page = subject(program, qtbot, "values")
    press(qtbot, Qt.Key.Key_Slash)
    assert focused() is page.search
    type_words(qtbot, "返修")
    qtbot.waitUntil(lambda: [row.words.name for row in page.model.rows] == ["comeback_days"])
    page.table.setFocus()
    press(qtbot, Qt.Key.Key_F8)
    form = dialog(qtbot)
    type_words(qtbot, "45")
    press(qtbot, Qt.Key.Key_F8)
    gone(qtbot)
    qtbot.waitUntil(lambda: page.model.rows[0].value == 45)
    change = page.model.rows[0].change
    assert (change.old, change.new, change.who) == (None, 45, "方經理")
    page.table.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    form = dialog(qtbot)
    form.default_button.click()
    gone(qtbot)
    qtbot.waitUntil(lambda: page.model.rows[0].value == 30)
    with reading(small_shop.engine) as session:
        assert (setting_changes(session)["comeback_days"].old, the_shop(session).settings.comeback_days) == (45, 30)


def test_a_price_is_changed_in_the_catalogue_with_leave(small_shop: SmallShop, tmp_path: Path, qtbot: QtBot) -> None:
    with program_on(small_shop, tmp_path, qtbot, small_shop.advisor) as program:
        page = subject(program, qtbot, "catalogue")
        assert page.filter_focus()
        type_words(qtbot, "G02")
        qtbot.waitUntil(lambda: [row.code for row in page.model.rows] == ["G02"])
        page.table.setFocus()
        press(qtbot, Qt.Key.Key_Return)
        form = dialog(qtbot)
        form.price.setFocus()
        form.price.selectAll()
        type_words(qtbot, "200")
        press(qtbot, Qt.Key.Key_F8)
        # An advisor may not: the window asks for somebody's PIN, the dialog waits out of sight.
        window = program.desks[0].window
        qtbot.waitUntil(lambda: window.covered)
        press(qtbot, Qt.Key.Key_Escape)
        assert dialog(qtbot) is form and form.price.value == 20_000
        press(qtbot, Qt.Key.Key_Escape)
        gone(qtbot)
    with reading(small_shop.engine) as session:
        assert session.execute(select(LabourOperation.hourly_price).where(LabourOperation.code == "G02")).scalar_one() != 20_000


def test_the_catalogue_changes_by_keys_for_who_may(program: Program, small_shop: SmallShop, qtbot: QtBot) -> None:
    page = subject(program, qtbot, "catalogue")
    page.table.setFocus()
    press(qtbot, Qt.Key.Key_F8)
    form = dialog(qtbot)
    code = form._row.code
    form.hours.setFocus()
    form.hours.selectAll()
    type_words(qtbot, "1.25")
    form.names[0].setFocus()
    form.names[0].selectAll()
    compose(form.names[0], "新名稱")
    press(qtbot, Qt.Key.Key_F8)
    gone(qtbot)

    def row() -> Any:
        with reading(small_shop.engine) as session:
            return next(each for each in operation_rows(session) if each.code == code)

    qtbot.waitUntil(lambda: row().hours == 1250)
    assert row().names[0] == "新名稱"
    qtbot.waitUntil(lambda: page.model.rows[0].names[0] == "新名稱")
    for key in ("part", "package"):
        page.subject.choose(key)
        page._on_subject(key)
        qtbot.waitUntil(lambda key=key: bool(page.model.rows) and page.model.rows[0].subject == key)


def test_every_list_of_the_trade_shows(program: Program, qtbot: QtBot) -> None:
    page = subject(program, qtbot, "lists")
    for place in range(page.which.count()):
        key = page.which.itemData(place)
        page.which.choose(key)
        page._on_which(key)
        qtbot.waitUntil(lambda: page.model.empty or bool(page.model.rows))
        assert page.model.rows, key
        assert all(page.model.cell(row, column).plain is not None for row in range(len(page.model.rows)) for column in range(3))


def test_the_logo_is_kept_small_and_what_is_no_picture_is_said(program: Program, small_shop: SmallShop, qtbot: QtBot, tmp_path: Path) -> None:
    from PIL import Image

    page = subject(program, qtbot, "paper_head")
    picture = tmp_path / "標誌 logo.png"
    Image.new("RGBA", (3000, 1000), (200, 20, 20, 120)).save(picture)
    page.take_file(picture)
    qtbot.waitUntil(lambda: page.logo.shown)
    with reading(small_shop.engine) as session:
        logo = the_shop(session).logo
    assert logo is not None and logo.startswith(b"\x89PNG") and len(logo) < 100_000
    (tmp_path / "no.png").write_text("this is no picture")
    page.take_file(tmp_path / "no.png")
    qtbot.waitUntil(page.message.isVisible)
    page.remove_button.click()
    qtbot.waitUntil(lambda: not page.logo.shown)


def test_language_and_theme_hold_at_once(program: Program, qtbot: QtBot) -> None:
    page = subject(program, qtbot, "this_pc")
    page._languages.button(2).click()
    assert program.preferences.language == "en" and room(program, "settings").context_words() == "Language and this PC"
    page._themes.button(1).click()
    assert program.preferences.theme == "dark"
    page.scale.chosen_changed.emit(115)
    assert program.preferences.text_scale == 115
    page.scale.chosen_changed.emit(100)
    page._languages.button(0).click()
    page.name.setFocus()
    page.name.selectAll()
    type_words(qtbot, "counter 2")
    press(qtbot, Qt.Key.Key_Return)
    assert program.preferences.workplace == "counter 2"


def test_the_check_finds_what_is_wrong_and_says_when_it_was(program: Program, small_shop: SmallShop, qtbot: QtBot) -> None:
    page = subject(program, qtbot, "store")
    qtbot.waitUntil(lambda: page._values["size"].text() != "")
    press(qtbot, Qt.Key.Key_F8)
    assert page.stop_button.isVisible()
    qtbot.waitUntil(lambda: page.last.accessibleName() == "2026-11-24 14:32 檢查：沒有問題", timeout=20_000)
    with writing(small_shop.engine) as session:
        session.execute(text("UPDATE settlement SET total = total + 1"))
    press(qtbot, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: "行有問題" in page.last.accessibleName(), timeout=20_000)
    assert page.timeline._list._entries and not page.stop_button.isVisible()
    with reading(small_shop.engine) as session:
        assert staff_rows(session)
