"""What floats over a window: notices, dialogs, panels; where the focus goes and comes back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop_app.i18n.live import switch_language
from desktop_app.widgets import toast as toast_module
from desktop_app.widgets.alert_strip import AlertList, AlertStrip
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.card import Card
from desktop_app.widgets.dialog import Dialog, Scrim, ask
from desktop_app.widgets.empty_state import EmptyState
from desktop_app.widgets.field import BAD
from desktop_app.widgets.pin_pad import PinPad
from desktop_app.widgets.side_panel import PanelHost
from desktop_app.widgets.stepper import AHEAD, DONE, NOW, Step, Stepper
from desktop_app.widgets.text_edits import LineEdit
from desktop_app.widgets.timeline import Entry, Timeline
from desktop_app.widgets.toast import Toaster
from tests.desktop.typing_help import focused, press, show, type_words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

Key = Qt.Key


class Window(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.field, self.button = LineEdit(), Button("Save")
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.button)
        self.resize(900, 600)


def test_a_notice_offers_its_undo_once_and_is_kept(qtbot: QtBot) -> None:
    window, undone = Window(), []
    toaster = Toaster(window)
    show(qtbot, window, window.field)
    toaster.say("已推遲到 2026-12-10，列入跟進", act=lambda: undone.append(True))
    assert toaster.words == "已推遲到 2026-12-10，列入跟進"
    assert toaster.accessibleName().endswith("撤銷 Ctrl Z")
    assert window.field.hasFocus()
    toaster.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, Key.Key_Return)
    assert undone == [True] and not toaster.isVisible()
    toaster.do_act()
    assert undone == [True]
    toaster.say("一"), toaster.say("二")
    assert toaster.words == "二"
    assert [notice.words for notice in toaster.history] == ["已推遲到 2026-12-10，列入跟進", "一", "二"]


def test_a_notice_is_announced_where_somebody_listens(qtbot: QtBot) -> None:
    window = Window()
    toaster = Toaster(window)
    show(qtbot, window)
    was_active = QAccessible.isActive()
    QAccessible.setActive(True)
    try:
        toaster.say("已存盤")
    finally:
        QAccessible.setActive(was_active)
    assert toaster.words == "已存盤"


def test_a_notice_waits_while_it_has_the_focus(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toast_module, "STAYS_MS", 1)
    window = Window()
    toaster = Toaster(window)
    show(qtbot, window, window.field)
    toaster.say("一", act=window.update)
    assert toaster._timer.isActive()
    toaster.setFocus(Qt.FocusReason.TabFocusReason)
    assert not toaster._timer.isActive()
    window.field.setFocus()
    assert toaster._timer.isActive()
    qtbot.waitUntil(lambda: not toaster.isVisible(), timeout=3000)


def test_a_notice_stays_in_its_place_when_the_window_changes(qtbot: QtBot) -> None:
    window = Window()
    toaster = Toaster(window)
    show(qtbot, window)
    toaster.say("一")
    window.resize(700, 500)
    qtbot.waitUntil(lambda: abs(toaster.geometry().center().x() - 350) <= 1)
    assert toaster.geometry().bottom() == 500 - 84 - 1


def test_a_dialog_begins_at_its_safe_answer_and_gives_the_focus_back(qtbot: QtBot) -> None:
    window, said = Window(), []
    show(qtbot, window, window.field)
    dialog = ask(window, "Not below {value}", "Not above {value}", "Undo", lambda: said.append("yes"), value=3)
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.accessibleName() == "不能低於 3"
    assert focused().accessibleName() == "取消"
    assert window.findChild(Scrim) is not None and window.findChild(Scrim).isVisible()
    with qtbot.waitSignal(dialog.closed):
        press(qtbot, Key.Key_Return)
    assert said == []
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.waitUntil(window.field.hasFocus)
    qtbot.waitUntil(lambda: window.findChild(Scrim) is None)


def test_escape_harms_nothing_and_the_other_answer_takes_two_keys(qtbot: QtBot) -> None:
    window, said = Window(), []
    show(qtbot, window, window.field)
    first = ask(window, "Today", "Tomorrow", "Undo", lambda: said.append("yes"))
    qtbot.waitUntil(first.isActiveWindow)
    with qtbot.waitSignal(first.closed):
        press(qtbot, Key.Key_Escape)
    assert said == []
    second = ask(window, "Today", "Tomorrow", "Undo", lambda: said.append("yes"))
    qtbot.waitUntil(second.isActiveWindow)
    with qtbot.waitSignal(second.closed):
        press(qtbot, Key.Key_Tab, Key.Key_Return)
    assert said == ["yes"]


def test_a_dialogs_keys_work_from_every_field_in_it(qtbot: QtBot) -> None:
    window, said = Window(), []
    show(qtbot, window)
    dialog = Dialog(window, "Today")
    field = LineEdit(parent=dialog)
    dialog.body.addWidget(field)
    dialog.add_button("Cancel", dialog.reject, keys="Esc")
    dialog.add_button("Save", lambda: said.append(field.text()), "primary", keys="F8")
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    field.setFocus()
    type_words(qtbot, "陳")
    press(qtbot, Key.Key_F8)
    assert said == ["陳"]
    dialog.reject()


@pytest.mark.parametrize(("width", "docked"), [(1500, True), (1000, False)])
def test_a_panel_opens_beside_or_over_the_content(qtbot: QtBot, width: int, docked: bool) -> None:
    content, panel = Window(), Window()
    host = PanelHost(content, panel)
    host.resize(width, 500)
    show(qtbot, host, content.button)
    assert content.width() == width
    host.open_panel()
    assert panel.field.hasFocus() and host.docked is docked
    assert content.width() == (width - 300 - 12 if docked else width)
    assert panel.mapTo(host, panel.rect().topRight()).x() == width - 1
    press(qtbot, Key.Key_Escape)
    assert not host.is_open and content.button.hasFocus() and content.width() == width


def test_alerts_are_walked_handled_and_left(qtbot: QtBot) -> None:
    alerts, acted = AlertList(), []
    for key in ("owes", "policy", "promise"):
        strip = alerts.add(key, AlertStrip("bad", "banknote", button="Open"))
        strip.set_words(key, "rest", "second")
        strip.acted.connect(lambda key=key: acted.append(key))
    show(qtbot, alerts, alerts.strip("owes"))
    press(qtbot, Key.Key_Return, Key.Key_Down, Key.Key_Down, Key.Key_Return, Key.Key_Down, Key.Key_Up)
    assert acted == ["owes", "promise"]
    assert alerts.strip("promise").hasFocus()
    assert alerts.strip("owes").accessibleName() == "owes rest second"
    alerts.mark_handled("promise", "promise", "rest", "done")
    assert alerts.strip("owes").hasFocus()
    alerts.mark_handled("owes", "owes", "rest", "done")
    assert alerts.open_keys == ["policy"] and alerts.strip("policy").hasFocus()
    with qtbot.waitSignal(alerts.all_handled):
        alerts.mark_handled("policy", "policy", "", "done")
    assert alerts._head.text() == "已處理 3"


def test_the_pin_pad_answers_at_the_sixth_digit_and_never_tells(qtbot: QtBot) -> None:
    pad = PinPad()
    entered: list[str] = []
    pad.entered.connect(entered.append)
    show(qtbot, pad, pad)
    qtbot.keyClicks(pad, "123")
    press(qtbot, Key.Key_Return)
    assert entered == [] and not pad.button.isEnabled()
    press(qtbot, Key.Key_Backspace)
    qtbot.keyClicks(pad, "456")
    assert pad.button.isEnabled()
    qtbot.keyClicks(pad, "7")
    assert entered == ["124567"]
    pad.clear()
    pad.set_plain_message(BAD, "PIN 不對，還可以試 3 次")
    assert pad.accessibleDescription() == "PIN 不對，還可以試 3 次"
    for digit in "9876":
        qtbot.mouseClick(pad.findChild(Button, digit), Qt.MouseButton.LeftButton)
    assert pad.accessibleDescription() == ""
    press(qtbot, Key.Key_Return)
    assert entered == ["124567", "9876"]
    assert "9876" not in pad.accessibleName() + pad.accessibleDescription()


def test_what_happened_is_walked_by_keys(qtbot: QtBot) -> None:
    timeline = Timeline()
    timeline.set_entries([Entry(f"經過 {number}", "很長的一句話" * 20, "13:02 林依君", "ok", number) for number in range(20)])
    timeline.resize(300, 300)
    opened: list[object] = []
    timeline.opened.connect(opened.append)
    show(qtbot, timeline, timeline)
    press(qtbot, *[Key.Key_Down] * 15, Key.Key_Return, Key.Key_Up, Key.Key_Return)
    assert opened == [15, 14]
    assert focused().accessibleName().startswith("經過 14")
    assert timeline.verticalScrollBar().value() > 0


def test_steps_say_where_it_stands(qtbot: QtBot) -> None:
    stepper = Stepper()
    qtbot.addWidget(stepper)
    stepper.set_steps([Step("接車 13:02", DONE), Step("施工中", NOW, "wrench"), Step("交車", AHEAD)])
    assert stepper.accessibleName() == "✓ 接車 13:02, → 施工中, 交車"
    assert stepper.accessibleDescription() == "2/3"


def test_a_card_names_itself_and_shows_that_it_is_done(qtbot: QtBot) -> None:
    card = Card("Save", number=1)
    qtbot.addWidget(card)
    before = card.grab().toImage()
    card.set_done(True)
    assert card.accessibleName() == "存盤"
    assert card.grab().toImage() != before
    switch_language("en")
    assert card.title.text() == "Save"


def test_an_empty_room_has_one_thing_to_do(qtbot: QtBot) -> None:
    empty, pressed = EmptyState("car", "Today", "Tomorrow", "Open", "F2"), []
    empty.button.clicked.connect(lambda: pressed.append(True))
    show(qtbot, empty, empty.button)
    press(qtbot, Key.Key_Return)
    assert pressed == [True]


def test_a_closed_dialog_is_gone(qtbot: QtBot) -> None:
    window = Window()
    show(qtbot, window, window.field)
    dialog = Dialog(window, "Today")
    dialog.add_button("Close", dialog.reject, safe=True)
    gone: list[bool] = []
    dialog.destroyed.connect(lambda: gone.append(True))
    dialog.open()
    dialog.reject()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: gone == [True])
