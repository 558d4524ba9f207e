"""Buttons, chips and segments by keys, by name and in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from desktop_app.i18n.live import switch_language
from desktop_app.widgets.buttons import PRIMARY, Button, IconButton
from desktop_app.widgets.chip import Chip, ChipRow
from desktop_app.widgets.segments import Segments
from tests.desktop.typing_help import press, show

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

Key = Qt.Key


def test_enter_and_space_press_a_button(qtbot: QtBot) -> None:
    button, pressed = Button("Save", PRIMARY, keys="F8"), []
    button.clicked.connect(lambda: pressed.append(True))
    show(qtbot, button, button)
    press(qtbot, Key.Key_Return, Key.Key_Space, Key.Key_Enter)
    assert len(pressed) == 3
    assert button.accessibleName() == "存盤"


def test_a_busy_button_keeps_its_width_and_does_nothing(qtbot: QtBot) -> None:
    button, pressed = Button("Save", PRIMARY, icon="check"), []
    button.clicked.connect(lambda: pressed.append(True))
    show(qtbot, button, button)
    width = button.sizeHint().width()
    button.set_busy(True)
    press(qtbot, Key.Key_Return, Key.Key_Space)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == [] and button.sizeHint().width() == width
    button.set_busy(False)
    press(qtbot, Key.Key_Return)
    assert pressed == [True]


def test_buttons_are_as_wide_as_their_words(qtbot: QtBot) -> None:
    button = Button("Nothing found for “{words}”")
    qtbot.addWidget(button)
    button.set_phrase("Nothing found for “{words}”", words="8K326")
    traditional = button.sizeHint().width()
    switch_language("en")
    assert button.sizeHint().width() > traditional
    assert button.text() == "Nothing found for “8K326”"


def test_an_icon_alone_has_a_name(qtbot: QtBot) -> None:
    button = IconButton("x", "Close")
    qtbot.addWidget(button)
    assert (button.accessibleName(), button.toolTip()) == ("關閉", "關閉")


def test_chips_are_switched_and_walked_by_keys(qtbot: QtBot) -> None:
    row = ChipRow()
    for key in ("Today", "Tomorrow", "Back"):
        row.add(key, Chip(key))
    seen: list[object] = []
    row.chosen_changed.connect(seen.append)
    show(qtbot, row, row.chip("Today"))
    press(qtbot, Key.Key_Space, Key.Key_Right, Key.Key_Return, Key.Key_Right, Key.Key_Right)
    assert row.chip("Today").hasFocus()
    assert seen == [frozenset({"Today"}), frozenset({"Today", "Tomorrow"})]
    row.chip("Back").set_count(1234)
    assert row.chip("Back").accessibleName() == "返回 1,234"


def test_one_of_an_exclusive_row_is_always_chosen(qtbot: QtBot) -> None:
    row = ChipRow(exclusive=True)
    for key in ("a", "b"):
        row.add(key, Chip("Today"))
    row.choose("a")
    show(qtbot, row, row.chip("b"))
    press(qtbot, Key.Key_Space)
    assert row.chosen == {"b"}
    press(qtbot, Key.Key_Space)
    assert row.chosen == {"b"}


def test_chips_wrap_where_there_is_no_room(qtbot: QtBot) -> None:
    row = ChipRow()
    for number in range(8):
        row.add(str(number), Chip("Today"))
    host = QWidget()
    layout = QHBoxLayout(host)
    layout.addWidget(row)
    host.resize(200, 300)
    show(qtbot, host)
    lines = {chip.y() for chip in row.findChildren(Chip)}
    assert len(lines) > 2
    assert all(chip.geometry().right() <= row.width() for chip in row.findChildren(Chip))


def test_wrapped_chips_keep_their_lines_in_a_window_that_is_too_low(qtbot: QtBot) -> None:
    row = ChipRow()
    for number in range(8):
        row.add(str(number), Chip("Today"))
    host = QWidget()
    column = QVBoxLayout(host)
    column.addWidget(row)
    column.addWidget(QTextEdit())
    host.resize(200, 120)
    show(qtbot, host)
    assert row.height() >= max(chip.geometry().bottom() for chip in row.findChildren(Chip))
    lines = row.height()
    host.resize(900, 300)
    qtbot.waitUntil(lambda: row.minimumHeight() < lines)


def test_segments_are_chosen_by_arrows(qtbot: QtBot) -> None:
    segments = Segments()
    for key in ("Today", "Tomorrow", "Back"):
        segments.add(key, key)
    chosen: list[str] = []
    segments.chosen_changed.connect(chosen.append)
    show(qtbot, segments, segments)
    press(qtbot, Key.Key_Right, Key.Key_Right, Key.Key_Right, Key.Key_Left)
    assert chosen == ["Tomorrow", "Back", "Today", "Back"]
    assert segments.accessibleDescription() == "返回"
    segments.choose("Today")
    assert len(chosen) == 4
    qtbot.mouseClick(segments, Qt.MouseButton.LeftButton, pos=segments.rect().center())
    assert segments.chosen == "Tomorrow"
