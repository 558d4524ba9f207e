"""One-line edits: words, numbers and money. What was typed is read on leaving, never rewritten while it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from desktop_app.i18n.formats import decimal, formats
from desktop_app.i18n.live import say
from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.key_hint import draw_hint, hint_width
from desktop_app.widgets.painting import RIGHT, box, focus_ring, open_painter, set_ground, text, width_of
from desktop_app.widgets.reading import Fault, Unreadable, read_number

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QPaintEvent

_BORDER = {"neutral": "line2", "ok": "line2", "warn": "warn_solid", "bad": "bad_solid"}


class LineEdit(QLineEdit):
    """A field for words, 36 px (44 when `big`), with optional icon at its left, and unit or key badge at its right.

    `committed` comes when the field is left or Enter is pressed after a change. Enter moves on to the next field
    (Ctrl+Enter is left to the window), but never in the middle of a composition.
    """

    committed = Signal()
    fault_changed = Signal(object)
    """A `Fault`, or None once there is none."""

    def __init__(self, big: bool = False, icon: str = "", unit: str = "", keys: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._big, self._icon, self._unit, self._keys = big, icon, unit, keys
        self._state = "neutral"
        self._fault: Fault | None = None
        self._composing = False
        self._last = ""
        self._moves_on = True
        self.setFrame(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_MacShowFocusRect, False)
        follow(self._take_theme)

    def set_placeholder(self, phrase: str, **values: object) -> None:
        """Grey words in the empty field, as a phrase."""
        say(self.setPlaceholderText, phrase, **values)

    def set_state(self, state: str) -> None:
        """Take neutral, ok, warn or bad into the border."""
        if state != self._state:
            self._state = state
            self.update()

    def set_enter_moves_on(self, moves_on: bool) -> None:
        """Whether Enter goes to the next field (it does, unless the field says otherwise)."""
        self._moves_on = moves_on

    @property
    def unit(self) -> str:
        """What is written at the right."""
        return self._unit

    def set_unit(self, unit: str) -> None:
        """Write a unit at the right."""
        self._unit = unit
        self._take_theme()

    def set_text(self, words: str) -> None:
        """Show other words as the field's untouched content."""
        self.setText(words)
        self._last = self.text()
        self.set_fault(None)

    def type_over(self, words: str) -> None:
        """Put other words in the place of what stands there and read them, as if they were typed; Ctrl+Z brings back what stood there."""
        self.selectAll()
        self.insert(words)
        self.commit()

    @property
    def composing(self) -> bool:
        """Whether an input method is in the middle of a word."""
        return self._composing

    @property
    def fault(self) -> Fault | None:
        """Why the content can't be taken, as found when the field was last left."""
        return self._fault

    def set_fault(self, fault: Fault | None) -> None:
        """Mark the content as wrong, or right again."""
        if fault != self._fault:
            self._fault = fault
            self.fault_changed.emit(fault)

    def commit(self) -> None:
        """Read what stands there now, as leaving the field does."""
        if self.text() != self._last:
            self._last = self.text()
            self._read()
            self._last = self.text()
            self.committed.emit()

    def _read(self) -> None:
        """Read the content after a change: set or clear the fault, and write a readable one in its usual form."""

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain_enter:
            if self._composing:
                return
            self.commit()
            super().keyPressEvent(event)
            if self._moves_on:
                event.accept()
                self.focusNextPrevChild(True)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._composing = False
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()

    def sizeHint(self) -> QSize:
        return QSize(max(super().sizeHint().width(), 120), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(64, self._height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        rect = QRectF(self.rect())
        radius = theme.radius("m")
        writable = self.isEnabled() and not self.isReadOnly()
        strong = self._state in ("warn", "bad")
        box(painter, rect, radius, theme.colour("surface" if writable else "sunken"), theme.colour(_BORDER[self._state]), 2 if strong else 1)
        if self._icon:
            draw_icon(painter, self._icon, "text2", 10, (rect.height() - 16) / 2, 16)
        if self._keys:
            draw_hint(painter, rect.width() - hint_width(self._keys) - 8, rect.height() / 2, self._keys)
        elif self._unit:
            size = "section" if self._big else "body"
            text(painter, rect.adjusted(0, 0, -10, 0), self._unit, size, theme.colour("text3"), align=RIGHT)
        painter.end()
        super().paintEvent(event)
        if self.hasFocus():
            painter = open_painter(self)
            focus_ring(painter, rect, radius)
            if strong:
                box(painter, rect.adjusted(2, 2, -2, -2), radius - 2, None, theme.colour(_BORDER[self._state]), 1)

    def _height(self) -> int:
        return max(current().row("field_large" if self._big else "field"), self.fontMetrics().height() + 12)

    def _take_theme(self) -> None:
        theme = current()
        self.setFont(theme.font("20", True) if self._big else theme.font("body"))
        set_ground(self)
        right = hint_width(self._keys) + 8 if self._keys else width_of(self._unit, "section" if self._big else "body") + 6 if self._unit else 0
        self.setMinimumHeight(self._height())
        self.setTextMargins(8 + (24 if self._icon else 0), 0, 8 + right, 0)
        self.updateGeometry()
        self.update()


class NumberEdit(LineEdit):
    """A number in whole parts of 10^-decimals: km with none, quantities and hours with three (`value` 1200 is 1.2)."""

    value_changed = Signal(object)

    def __init__(
        self, decimals: int = 0, unit: str = "", minimum: int | None = None, maximum: int | None = None, big: bool = False,
        keys: str = "", icon: str = "", parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        self._decimals, self._minimum, self._maximum = decimals, minimum, maximum
        self._value: int | None = None
        super().__init__(big, icon, unit, keys, parent)
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)

    @property
    def value(self) -> int | None:
        """The number as last read, None for an empty or unreadable field (then `fault` says why)."""
        return self._value

    def set_value(self, value: int | None) -> None:
        """Show a number as the field's untouched content."""
        self._value = value
        self.set_text("" if value is None else self.written(value))

    def written(self, value: int) -> str:
        """The number as this field writes it."""
        return decimal(value, 10**self._decimals).replace("−", "-")

    def _read(self) -> None:
        before = self._value
        try:
            self._value = read_number(self.text(), self._decimals)
            fault = self._limits_fault()
        except Unreadable as caught:
            self._value, fault = None, caught.fault
        if fault is not None:
            self._value = None
        elif self._value is not None:
            self.setText(self.written(self._value))
        self.set_fault(fault)
        if self._value != before:
            self.value_changed.emit(self._value)

    def _limits_fault(self) -> Fault | None:
        if self._value is None:
            return None
        if self._minimum is not None and self._value < self._minimum:
            return Fault("Not below {value}", {"value": self.written(self._minimum)})
        if self._maximum is not None and self._value > self._maximum:
            return Fault("Not above {value}", {"value": self.written(self._maximum)})
        return None


class MoneyEdit(NumberEdit):
    """An amount in fen, written as 1,286.00."""

    def __init__(
        self, minimum: int | None = None, maximum: int | None = None, big: bool = False, keys: str = "", unit: str = "¥", parent: QWidget | None = None
    ) -> None:
        super().__init__(2, unit, minimum, maximum, big, keys, parent=parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def written(self, value: int) -> str:
        return formats().amount(value).replace("−", "-")
