"""The PIN pad: dots, digits as on a number pad, and a line for what was wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from db.rules.pin import SHORTEST
from desktop_app.i18n.live import follow_language, hush, say, say_plain
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.buttons import PRIMARY, QUIET, Button
from desktop_app.widgets.field import BAD, NEUTRAL
from desktop_app.widgets.icon_line import IconLine
from desktop_app.widgets.painting import CENTRE, box, focus_ring, open_painter, text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

DIGITS = 6
"""So many places show; a longer PIN moves them together."""


class PinDots(QWidget):
    """The typed PIN as dots; takes digits, Backspace, Delete and Enter."""

    changed = Signal()
    entered = Signal()

    def __init__(self, longest: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.pin = ""
        self._longest = longest
        self._bad = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        say(self.setAccessibleName, "PIN")
        follow(self.update)

    def clear(self) -> None:
        """Forget what was typed."""
        self._take("")

    def press(self, digit: str) -> None:
        """One more digit; the last that may follow enters the PIN."""
        if len(self.pin) < self._longest:
            self._take(self.pin + digit)
            if len(self.pin) == self._longest:
                self.entered.emit()

    def take_back(self) -> None:
        """One digit less."""
        self._take(self.pin[:-1])

    def set_bad(self, bad: bool) -> None:
        """Mark it as wrong until the next key."""
        self._bad = bad
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, 58)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdigit() and event.text().isascii():
            self.press(event.text())
        elif event.key() == Qt.Key.Key_Backspace:
            self.take_back()
        elif event.key() == Qt.Key.Key_Delete:
            self.clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        rect = QRectF(self.rect())
        box(painter, rect, theme.radius("m"), theme.colour("surface"), theme.colour("bad_solid" if self._bad else "line2"), 2 if self._bad else 1)
        count = max(DIGITS, len(self.pin))
        gap = min(33.0, (rect.width() - 40) / count)
        left = rect.center().x() - gap * (count - 1) / 2
        for number in range(count):
            place = QRectF(left + number * gap - 8, rect.center().y() - 8, 16, 16)
            if number < len(self.pin):
                box(painter, place, 8, theme.colour("text"))
            else:
                box(painter, place.adjusted(1, 1, -1, -1), 7, None, theme.colour("line2"), 2)
        if self.hasFocus():
            focus_ring(painter, rect, theme.radius("m"))
            if self._bad:
                box(painter, rect.adjusted(2, 2, -2, -2), theme.radius("m") - 2, None, theme.colour("bad_solid"))

    def _take(self, pin: str) -> None:
        self.pin = pin
        self._bad = False
        self.update()
        self.changed.emit()


class PinPad(QWidget):
    """Typed digits (the number pad too) or presses; `entered` with the PIN by Enter or the button from four digits on, and at the last of `longest`.

    What was typed is never shown, named aloud or kept: `clear` it after each try. The button that enters stands under the digits, unless
    the one who shows the pad gives one of its own. `low` digits leave room for more in a window of 720 px.
    """

    entered = Signal(str)

    def __init__(self, longest: int = DIGITS, button: Button | None = None, parent: QWidget | None = None, *, low: bool = False) -> None:
        super().__init__(parent)
        self._low = low
        self.dots = PinDots(longest, self)
        self.dots.changed.connect(self._on_changed)
        self.dots.entered.connect(self._enter)
        self.setFocusProxy(self.dots)
        self.note = IconLine("", "", "text3", parent=self)
        self.button = button or Button("Sign in", PRIMARY, keys="Enter", height="big", parent=self)
        self.button.clicked.connect(self._enter)
        self._grid = QGridLayout()
        self._grid.setSpacing(10)
        for place, digit in enumerate("789456123"):
            self._grid.addWidget(self._digit(digit), place // 3, place % 3)
        wipe, back = Button("Clear", QUIET, height="big", parent=self), Button("One back", QUIET, height="big", parent=self)
        wipe.clicked.connect(self.dots.clear)
        back.clicked.connect(self.dots.take_back)
        self._wide_ones = (wipe, back)
        for key in self._wide_ones:
            key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._grid.addWidget(wipe, 3, 0)
        self._grid.addWidget(self._digit("0"), 3, 1)
        self._grid.addWidget(back, 3, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.dots)
        column.addWidget(self.note, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(self._grid)
        if button is None:
            self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            column.addWidget(self.button)
        say(self.setAccessibleName, "PIN")
        follow(self._even_out)
        follow_language(self._on_language)
        self._show()

    def clear(self) -> None:
        """Forget what was typed, and take away what was said of it."""
        self.dots.clear()

    def take_key(self, event: QKeyEvent) -> None:
        """A key that was pressed elsewhere, such as on a person's card."""
        self.dots.setFocus()
        self.dots.keyPressEvent(event)

    def set_message(self, state: str, phrase: str = "", **values: object) -> None:
        """Say something under the dots, neutral or bad, until the next digit; nothing with an empty phrase."""
        self.dots.set_bad(state == BAD)
        self.note.set_icon("circle-alert" if state == BAD else "", "bad" if state == BAD else "text3", "bad" if state == BAD else "text3")
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
        self.dots.keyPressEvent(event)

    def _digit(self, digit: str) -> Button:
        key = _Digit(digit, self, 48 if self._low else 62)
        key.clicked.connect(self._on_digit)
        return key

    def _on_digit(self) -> None:
        self.dots.press(self.sender().objectName())
        self.dots.setFocus()

    def _on_changed(self) -> None:
        self.set_message(NEUTRAL)
        self._show()

    def _enter(self) -> None:
        if len(self.dots.pin) >= SHORTEST:
            self.entered.emit(self.dots.pin)

    def _even_out(self) -> None:
        width = max(60, *(button.sizeHint().width() for button in self._wide_ones))
        for place in range(3):
            self._grid.setColumnStretch(place, 1)
            self._grid.setColumnMinimumWidth(place, width)

    def _on_language(self, _language: str) -> None:
        self._even_out()

    def _take_message(self, words: str) -> None:
        self.note.set_words(words)
        for widget in (self, self.dots):
            widget.setAccessibleDescription(words)

    def _show(self) -> None:
        self.button.setEnabled(len(self.dots.pin) >= SHORTEST)


class _Digit(Button):
    """One digit, large; never takes the focus from the dots."""

    def __init__(self, digit: str, parent: QWidget, high: int) -> None:
        super().__init__("", height="big", parent=parent)
        self._high = high
        self.setText(digit)
        self.setObjectName(digit)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(110, self._high)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 44)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        rect = QRectF(self.rect())
        fill, edge, ink = self._colours()
        box(painter, rect, theme.radius("m"), fill, edge)
        text(painter, rect, self.text(), "kpi", ink, bold=True, align=CENTRE, elide=False)
