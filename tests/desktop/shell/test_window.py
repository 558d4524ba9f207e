"""The window by keyboard: rooms, verbs, search, notices, and what a panel keeps away from the rooms."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop_app.i18n import LANGUAGES
from desktop_app.rooms import all_rooms
from desktop_app.shell.actions import COMMON, LANGUAGE_VERBS, catalogue, clashes
from tests.desktop.shell.conftest import FEW_MS

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key, modifiers)


def room_of(desk):
    return desk.window.room_widget()


def test_no_two_verbs_answer_to_the_same_keys():
    assert list(clashes(catalogue(all_rooms()))) == []


def test_a_clash_would_be_found():
    from desktop_app.room import Verb

    double = (*COMMON, Verb("x", "Print", "ctrl+k", room="board"), Verb("y", "Print", "Bogus+K"))
    assert [(one.key, other.key) for one, other, _keys in clashes(double)] == [("find", "x"), ("y", "y")]


@pytest.mark.parametrize(("digit", "key"), [(Qt.Key.Key_1 + number, room.key) for number, room in enumerate(all_rooms()[:9])] + [(Qt.Key.Key_0, "settings")])
def test_ctrl_and_a_digit_opens_a_room(desk, digit, key):
    desk.window.show_room("board" if key != "board" else "claims")
    press(Qt.Key(digit), CONTROL)
    assert desk.window.room_key == key
    assert desk.window.rail.button(key).isChecked()
    assert room_of(desk).isVisible() and ("shown",) in room_of(desk).calls


@pytest.mark.parametrize(
    ("key", "modifiers", "call"),
    [
        (Qt.Key.Key_F5, None, ("reload", None)),
        (Qt.Key.Key_F6, None, ("section", 1)),
        (Qt.Key.Key_F6, SHIFT, ("section", -1)),
        (Qt.Key.Key_F8, None, ("main_act",)),
        (Qt.Key.Key_F9, None, ("print",)),
        (Qt.Key.Key_F9, SHIFT, ("preview",)),
        (Qt.Key.Key_P, CONTROL, ("print",)),
        (Qt.Key.Key_F10, None, ("more",)),
        (Qt.Key.Key_N, CONTROL, ("new",)),
        (Qt.Key.Key_F, CONTROL, ("filter",)),
        (Qt.Key.Key_D, CONTROL, ("density", True)),
        (Qt.Key.Key_E, CONTROL, ("act", "board.dispatch")),
        (Qt.Key.Key_Escape, None, ("back",)),
    ],
    ids=str,
)
def test_a_key_reaches_the_room_also_out_of_a_field(desk, key, modifiers, call):
    desk.window.show_room("board").field.setFocus()
    press(key, modifiers or Qt.KeyboardModifier.NoModifier)
    assert room_of(desk).calls.count(call) == 1
    assert room_of(desk).field.text() == ""


def test_a_rooms_own_key_acts_in_its_room_only(desk):
    board = desk.window.show_room("board")
    claims = desk.window.show_room("claims")
    press(Qt.Key.Key_E, CONTROL)
    assert not any(call[0] == "act" for call in board.calls + claims.calls)


def test_f2_begins_a_check_in_from_anywhere(desk):
    desk.window.show_room("claims")
    press(Qt.Key.Key_F2)
    assert desk.window.room_key == "check_in"
    assert ("check_in", {}) in room_of(desk).calls


def test_a_slash_filters_from_a_list_and_is_a_letter_in_a_field(desk):
    board = desk.window.show_room("board")
    board.list.setFocus()
    press(Qt.Key.Key_Slash)
    assert ("filter",) in board.calls
    board.field.setFocus()
    QTest.keyClicks(board.field, "/")
    assert board.field.text() == "/" and board.calls.count(("filter",)) == 1


def test_the_focus_is_where_it_was_when_a_room_comes_back(desk):
    board = desk.window.show_room("board")
    board.list.setFocus()
    desk.window.show_room("claims")
    assert room_of(desk).field.hasFocus()
    desk.window.show_room("board")
    assert board.list.hasFocus()


def test_changes_reach_the_room_in_front_now_and_the_others_when_shown(program, desk):
    board = desk.window.show_room("board")
    claims = desk.window.show_room("claims")
    program.runner.records_changed.emit(frozenset({"work_order"}))
    program.runner.records_changed.emit(frozenset({"customer"}))
    assert [call for call in claims.calls if call[0] == "reload"] == [("reload", {"work_order"}), ("reload", {"customer"})]
    assert not any(call[0] == "reload" for call in board.calls)
    desk.window.show_room("board")
    assert [call for call in board.calls if call[0] == "reload"] == [("reload", {"work_order", "customer"})]


def test_the_palette_finds_a_car_by_plate_and_opens_it(desk, qtbot, shop_folder):
    made = shop_folder[1]
    desk.window.show_room("board").field.setFocus()
    press(Qt.Key.Key_K, CONTROL)
    palette = desk.window.panels[-1]
    assert palette.field.hasFocus()
    QTest.keyClicks(palette.field, "8K326")
    qtbot.waitUntil(lambda: any(line.hit and line.hit.subject == "vehicle" for line in palette.model.lines), timeout=FEW_MS)
    press(Qt.Key.Key_Return)
    assert desk.window.room_key == "customers"
    assert ("open", "vehicle", made.vehicle) in room_of(desk).calls


def test_the_palette_finds_an_order_and_offers_a_check_in_and_verbs(desk, qtbot, shop_folder):
    made = shop_folder[1]
    press(Qt.Key.Key_F3)
    palette = desk.window.panels[-1]
    QTest.keyClicks(palette.field, made.order_number)
    qtbot.waitUntil(lambda: any(line.hit and line.hit.subject == "order" for line in palette.model.lines), timeout=FEW_MS)
    palette.field.setText("8K326")
    qtbot.waitUntil(lambda: any(line.vehicle_id for line in palette.model.lines), timeout=FEW_MS)
    press(Qt.Key.Key_Tab)
    assert palette.model.lines[palette.list.currentIndex().row()].vehicle_id == made.vehicle
    press(Qt.Key.Key_Return)
    assert ("check_in", {"vehicle_id": made.vehicle}) in room_of(desk).calls
    press(Qt.Key.Key_K, CONTROL)
    QTest.keyClicks(desk.window.panels[-1].field, "board")
    qtbot.waitUntil(lambda: any(line.verb and line.verb.key == "room.board" for line in desk.window.panels[-1].model.lines))
    press(Qt.Key.Key_Return)
    assert desk.window.room_key == "board"


def test_escape_closes_the_palette_and_the_focus_is_back(desk):
    field = desk.window.show_room("board").field
    field.setFocus()
    press(Qt.Key.Key_K, CONTROL)
    press(Qt.Key.Key_Escape)
    assert not desk.window.covered and field.hasFocus()


def test_a_letter_on_the_search_button_begins_the_search(desk):
    desk.window.top_bar.search.setFocus()
    QTest.keyClicks(desk.window.top_bar.search, "c")
    assert desk.window.panels[-1].field.text() == "c"


def test_under_a_panel_no_verb_acts(desk):
    board = desk.window.show_room("board")
    press(Qt.Key.Key_F1)
    before = len(board.calls)
    for key in (Qt.Key.Key_F8, Qt.Key.Key_F9, Qt.Key.Key_F5):
        press(key)
    press(Qt.Key.Key_2, CONTROL)
    assert len(board.calls) == before and desk.window.covered
    press(Qt.Key.Key_F1)
    assert not desk.window.covered


def test_tab_stays_inside_a_panel(desk):
    desk.do("about")
    panel = desk.window.panels[-1]
    for _ in range(12):
        press(Qt.Key.Key_Tab)
        assert panel.isAncestorOf(QApplication.focusWidget())
    press(Qt.Key.Key_Escape)


def test_undo_of_a_notice_also_with_the_focus_in_an_empty_field(desk):
    undone = []
    board = desk.window.show_room("board")
    board.field.setFocus()
    desk.navigator.toast("已推遲到 2026-12-10", undo=lambda: undone.append(1))
    press(Qt.Key.Key_Z, CONTROL)
    assert undone == [1] and not desk.window.notices.toast.isVisible()
    desk.navigator.toast("再一次", undo=lambda: undone.append(2))
    QTest.keyClicks(board.field, "abc")
    press(Qt.Key.Key_Z, CONTROL)
    assert undone == [1] and board.field.text() == "", "a field's own words are taken back first"


def test_what_was_said_stays_in_the_history(desk):
    done = []
    desk.navigator.toast("一")
    desk.navigator.toast("二", kind="warn", act=("打開", lambda: done.append(1)))
    press(Qt.Key.Key_H, CONTROL)
    history = desk.window.panels[-1]
    assert history.list.chosen.words == "二"
    press(Qt.Key.Key_Down)
    assert history.list.chosen.words == "一"
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Return)
    assert done == [1] and not desk.window.covered


def test_a_toast_goes_by_itself_but_not_while_it_is_looked_at(desk, qtbot):
    toast = desk.window.notices.toast
    toast._clock.setInterval(60)
    desk.navigator.toast("一", undo=lambda: None)
    toast._undo.setFocus()
    qtbot.wait(150)
    assert toast.isVisible()
    desk.window.room_widget().field.setFocus()
    qtbot.waitUntil(lambda: not toast.isVisible(), timeout=2000)


def test_words_beside_the_title_are_the_rooms(desk):
    desk.window.show_room("board")
    assert desk.window.top_bar.context.text() == "今天 3 台"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_switch_of_language_leaves_no_word_behind(desk, language):
    others = [other for other in LANGUAGES if other != language]
    desk.do(others[0])
    desk.do("help")
    desk.do(language)
    desk.set_language(others[0])
    before = words_of(desk.window)
    desk.set_language(language)
    desk.set_language(others[0])
    assert words_of(desk.window) == before
    desk.set_language("en")
    left = {words for words in words_of(desk.window) if any("一" <= character <= "鿿" for character in words)}
    place, shop = desk.place, desk.session.shop
    data = {"今天 3 台", desk.session.person.name, f"{shop.name} · {desk.session.device}", place.store_words(), place.title}
    assert left <= data, left - data


def words_of(window: QWidget) -> list[str]:
    found = []
    for widget in window.findChildren(QWidget):
        if isinstance(widget, QLabel):
            found.append(widget.text())
        found.append(widget.accessibleName())
        found.append(widget.toolTip())
    return [words for words in found if words]


def test_languages_and_looks_are_remembered(desk):
    for key in LANGUAGE_VERBS:
        desk.do(key)
        assert desk.preferences.language == key
    desk.do("dark")
    assert desk.preferences.theme == "dark"
    desk.do("light")
    desk.do("zh_TW")


@pytest.mark.parametrize(("width", "rail"), [(1280, 64), (1440, 80), (1600, 184), (1920, 184), (960, 64)])
def test_the_rail_follows_the_windows_width(desk, qtbot, width, rail):
    desk.window.resize(width, 720)
    qtbot.waitUntil(lambda: desk.window.rail.width() == rail, timeout=2000)
    settings = desk.window.rail.button("settings")
    assert settings.geometry().bottom() <= desk.window.rail.height()


def test_arrow_keys_go_along_the_rail(desk):
    desk.window.rail.button("check_in").setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert desk.window.room_key == "work_orders"


def test_full_screen_and_back(desk):
    press(Qt.Key.Key_F11)
    assert desk.window.isFullScreen()
    press(Qt.Key.Key_F11)
    assert not desk.window.isFullScreen()


def test_closing_asks_while_something_runs(desk, qtbot):
    stopped = []
    end = desk.navigator.busy("正在匯入 300 列", lambda: stopped.append(1))
    assert desk.window.status_bar.work.isVisible()
    press(Qt.Key.Key_Q, CONTROL)
    assert desk.window.isVisible() and desk.window.covered
    press(Qt.Key.Key_Escape)
    assert desk.window.isVisible() and not stopped
    press(Qt.Key.Key_Q, CONTROL)
    panel = desk.window.panels[-1]
    with qtbot.waitSignal(desk.closed, timeout=FEW_MS):
        panel.leave.click()
    assert stopped == [1]
    end()


def test_what_rooms_began_is_stopped_and_forgotten_with_them(desk, qtbot):
    stopped = []
    end = desk.navigator.busy("正在列印", lambda: stopped.append(1))
    desk.window.forget_rooms()
    assert stopped == [1] and desk.window.busy_words() == []
    end()
    with qtbot.waitSignal(desk.closed, timeout=FEW_MS):
        desk.window.close()


def test_closing_does_not_ask_when_nothing_runs(desk, qtbot):
    desk.navigator.busy("x")()
    with qtbot.waitSignal(desk.closed, timeout=FEW_MS):
        press(Qt.Key.Key_Q, CONTROL)
