"""Typing as a person does: keys on whatever has the focus, and words as an input method brings them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.shell import scanner

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot


def compose(widget: QWidget, words: str) -> None:
    """Type what an input method would commit; keyClicks aborts on characters outside Latin-1."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(widget, event)


def begin_composing(widget: QWidget, letters: str) -> None:
    """Leave an input method in the middle of a word, with its letters not yet committed."""
    QApplication.sendEvent(widget, QInputMethodEvent(letters, []))


def focused() -> QWidget:
    """The widget that has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


def press(qtbot: QtBot, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press keys one after the other, each on what has the focus then."""
    for key in keys:
        qtbot.keyClick(focused(), key, modifier)


def type_words(qtbot: QtBot, words: str) -> None:
    """Type into what has the focus: keys for ASCII, commits of an input method for everything else."""
    for character in words:
        if character.isascii():
            qtbot.keyClicks(focused(), character)
        else:
            compose(focused(), character)


def show(qtbot: QtBot, window: QWidget, first: QWidget | None = None) -> None:
    """Show a window as the active one, with the focus where it is wanted."""
    qtbot.addWidget(window)
    vars(qtbot).setdefault("shown", []).append(window)  # qtbot itself holds a window only weakly
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    if first is not None:
        first.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(lambda: first.hasFocus() or (first.focusProxy() is not None and first.focusProxy().hasFocus()))


def scan_keys(focused: Callable[[], QWidget], code: str) -> None:
    """As a scanner types: without a pause, and Return at the end. However slow the machine is that the tests run on, it is one scan,
    apart from what was typed before."""
    first, *rest = code
    QTest.keyClick(focused(), first)
    with patch.object(scanner, "GAP_MS", 2000):
        for character in rest:
            QTest.keyClick(focused(), character)
        QTest.keyClick(focused(), Qt.Key.Key_Return)
