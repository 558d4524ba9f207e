"""The PIN pad: dots, digits, and an answer as soon as the last digit is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.i18n.live import follow_language, hush, say, say_plain
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.buttons import PRIMARY, QUIET, Button
from desktop_app.widgets.field import BAD, NEUTRAL
from desktop_app.widgets.icon_line import IconLine
from desktop_app.widgets.painting import box, focus_ring, open_painter

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent

DIGITS = 6


class PinPad(QWidget):
    """Typed digits (the number pad too) or presses; `entered` with the PIN once six are in, or by the button from four on.

    What was typed is never shown, named aloud or kept: `clear` it after each try.
    """

    entered = Signal(str)

    def __init__(self, button: str = "Sign in", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pin = ""
        self._dots = _Dots(self)
        self._message = IconLine("", "", "text3", parent=self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        grid = QGridLayout()
        grid.setSpacing(10)
        for place, digit in enumerate("789456123"):
            grid.addWidget(self._digit(digit), place // 3, place % 3)
        self._grid = grid
        wipe, back = Button("Clear", QUIET, parent=self), Button("Back one", QUIET, parent=self)
        wipe.clicked.connect(self.clear)
        back.clicked.connect(self._take_back)
        for key in (wipe, back):
            key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        grid.addWidget(wipe, 3, 0)
        grid.addWidget(self._digit("0"), 3, 1)
        grid.addWidget(back, 3, 2)
        self.button = Button(button, PRIMARY, keys="Enter", height="big", parent=self)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(self._enter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._dots)
        column.addWidget(self._message, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(grid)
        column.addWidget(self.button)
        say(self.setAccessibleName, "PIN")
        self._wide_ones = (wipe, back)
        follow(self._even_out)
        follow_language(self._on_language)
        self._show()

    def clear(self) -> None:
        """Forget what was typed."""
        self._pin = ""
        self._show()

    def set_message(self, state: str, phrase: str = "", **values: object) -> None:
        """Say something under the dots, neutral or bad; nothing with an empty phrase."""
        self._dots.set_bad(state == BAD)
        self._message.set_icon("circle-alert" if state == BAD else "", "bad" if state == BAD else "text3", "bad" if state == BAD else "text3")
        if phrase:
            say(self._take_message, phrase, **values)
        else:
            hush(self._take_message)
            self._take_message("")

    def set_plain_message(self, state: str, words: str) -> None:
        """As `set_message`, for a sentence already translated."""
        self.set_message(state)
        say_plain(self._take_message, words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.text() and event.text() in "0123456789":
            self._add(event.text())
        elif key == Qt.Key.Key_Backspace:
            self._take_back()
        elif key == Qt.Key.Key_Delete:
            self.clear()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._dots.set_focused(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._dots.set_focused(False)

    def _digit(self, digit: str) -> Button:
        key = Button("", height="big", parent=self)
        key.setText(digit)
        key.setObjectName(digit)
        key.setMinimumHeight(60)
        key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        key.clicked.connect(self._on_digit)
        return key

    def _on_digit(self) -> None:
        self._add(self.sender().objectName())

    def _add(self, digit: str) -> None:
        if len(self._pin) < DIGITS:
            self.set_message(NEUTRAL)
            self._pin += digit
            self._show()
            if len(self._pin) == DIGITS:
                self._enter()

    def _take_back(self) -> None:
        self._pin = self._pin[:-1]
        self._show()

    def _enter(self) -> None:
        if len(self._pin) >= 4:
            self.entered.emit(self._pin)

    def _even_out(self) -> None:
        width = max(60, *(button.sizeHint().width() for button in self._wide_ones))
        for place in range(3):
            self._grid.setColumnStretch(place, 1)
            self._grid.setColumnMinimumWidth(place, width)

    def _on_language(self, _language: str) -> None:
        self._even_out()

    def _take_message(self, words: str) -> None:
        self._message.set_words(words)
        self.setAccessibleDescription(words)

    def _show(self) -> None:
        self._dots.set_filled(len(self._pin))
        self.button.setEnabled(len(self._pin) >= 4)


class _Dots(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._filled, self._bad, self._focused = 0, False, False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self.update)

    def set_filled(self, filled: int) -> None:
        self._filled = filled
        self.update()

    def set_bad(self, bad: bool) -> None:
        self._bad = bad
        self.update()

    def set_focused(self, focused: bool) -> None:
        self._focused = focused
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, 60)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        rect = QRectF(self.rect())
        box(painter, rect, theme.radius("m"), theme.colour("surface"), theme.colour("bad_solid" if self._bad else "line2"), 2 if self._bad else 1)
        left = rect.center().x() - (DIGITS - 1) * 17
        for place in range(DIGITS):
            centre = QPointF(left + place * 34, rect.center().y())
            full = place < self._filled
            painter.setPen(QPen(theme.colour("text" if full else "line2"), 1.5))
            painter.setBrush(theme.colour("text" if full else "surface"))
            painter.drawEllipse(centre, 7, 7)
        if self._focused:
            focus_ring(painter, rect, theme.radius("m"))
            if self._bad:
                box(painter, rect.adjusted(2, 2, -2, -2), theme.radius("m") - 2, None, theme.colour("bad_solid"))
