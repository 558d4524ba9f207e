"""The fuel level in eighths, as the gauge in the car shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.painting import box, focus_ring, open_painter

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

EIGHTHS = 8


class FuelGauge(QWidget):
    """Eight blocks: ←→ one eighth, 0 to 8 directly, Del unknown, a click on a block; Enter goes to the next field."""

    value_changed = Signal(object)
    """Eighths 0 to 8, or None for unknown, after a person changed it."""

    def __init__(self, icon: str = "fuel", big: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._big = icon, big
        self._value: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self._take_theme)

    @property
    def value(self) -> int | None:
        """Eighths 0 to 8, None while unknown."""
        return self._value

    def set_value(self, value: int | None) -> None:
        """Show a level, without a signal."""
        self._value = value
        self.setAccessibleDescription("" if value is None else f"{value}/{EIGHTHS}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(172, current().row("field_large" if self._big else "field"))

    def minimumSizeHint(self) -> QSize:
        return QSize(140, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Plus):
            self._person_sets(min(EIGHTHS, (self._value or 0) + 1))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Minus):
            self._person_sets(max(0, (self._value or 0) - 1))
        elif Qt.Key.Key_0 <= key <= Qt.Key.Key_8 and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._person_sets(key - Qt.Key.Key_0)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._person_sets(None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for index, rect in enumerate(self._blocks()):
            if event.position().x() <= rect.right() + 1:
                over_icon = index == 0 and event.position().x() < rect.left()
                self._person_sets(0 if over_icon else index + 1)
                return
        self._person_sets(EIGHTHS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        rect = QRectF(self.rect())
        box(painter, rect, theme.radius("m"), theme.colour("surface"), theme.colour("line2"))
        side = 20 if self._big else 18
        draw_icon(painter, self._icon, "text" if self._value is not None else "text3", 10, round((rect.height() - side) / 2), side)
        low = self._value is not None and self._value <= 1
        solid = theme.sem("warn" if low else "ok").solid
        for index, block in enumerate(self._blocks()):
            if self._value is not None and index < self._value:
                box(painter, block, 2, solid, theme.sem("warn").fg if low else None)
            else:
                box(painter, block, 2, theme.colour("sunken"), theme.colour("line"))
        if self.hasFocus():
            focus_ring(painter, rect, theme.radius("m"))

    def _blocks(self) -> list[QRectF]:
        height = 22 if self._big else 16
        left = 38.0
        step = min(14.0, (self.width() - left - 8) / EIGHTHS)
        top = round((self.height() - height) / 2)
        return [QRectF(left + index * step, top, step - 3, height) for index in range(EIGHTHS)]

    def _person_sets(self, value: int | None) -> None:
        if value != self._value:
            self.set_value(value)
            self.value_changed.emit(value)

    def _take_theme(self) -> None:
        self.updateGeometry()
        self.update()
