"""What scrolls: a slim bar that paints itself, and an area that lets the ground behind it show through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtWidgets import QAbstractSlider, QFrame, QScrollArea, QScrollBar, QWidget

from desktop_app.theme.theme import current
from desktop_app.widgets.painting import box, open_painter

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QContextMenuEvent, QEnterEvent, QHideEvent, QMouseEvent, QPaintEvent
    from PySide6.QtWidgets import QAbstractScrollArea

WIDTH = 12
_MARGIN = 2
_LEAST = 32
_RADIUS = 4.0


class ScrollBar(QScrollBar):
    """12 px, a rounded handle without arrows: drag it, or press beside it to go by pages."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self._grip = -1.0
        self._pressed_at = 0.0
        self._hovered = False

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, _LEAST) if self.orientation() == Qt.Orientation.Vertical else QSize(_LEAST, WIDTH)

    def minimumSizeHint(self) -> QSize:
        return QSize(WIDTH, WIDTH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.maximum() <= self.minimum():
            return
        start, length = self._handle()
        along = QRectF(_MARGIN, start, self.width() - 2 * _MARGIN, length)
        across = QRectF(start, _MARGIN, length, self.height() - 2 * _MARGIN)
        colour = current().colour("text3" if self._hovered or self._grip >= 0 else "line2")
        box(open_painter(self), along if self.orientation() == Qt.Orientation.Vertical else across, _RADIUS, colour)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self.maximum() <= self.minimum():
            event.ignore()
            return
        place = self._along(event)
        start, length = self._handle()
        if start <= place <= start + length:
            self._grip = place - start
            self.setSliderDown(True)
        else:
            self._pressed_at = place
            act = QAbstractSlider.SliderAction.SliderPageStepAdd if place > start else QAbstractSlider.SliderAction.SliderPageStepSub
            self.triggerAction(act)
            self.setRepeatAction(act)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip < 0:
            return
        _start, length = self._handle()
        room = self._room() - length
        share = (self._along(event) - self._grip - _MARGIN) / room if room > 0 else 0.0
        self.setSliderPosition(self.minimum() + round(min(1.0, max(0.0, share)) * (self.maximum() - self.minimum())))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._let_go()

    def hideEvent(self, event: QHideEvent) -> None:
        self._let_go()
        super().hideEvent(event)

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        super().sliderChange(change)
        start, length = self._handle()
        if self._grip < 0 and start <= self._pressed_at <= start + length:
            # The handle has come to where the mouse is held down.
            self.setRepeatAction(QAbstractSlider.SliderAction.SliderNoAction)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        # Qt's own menu here speaks Qt's own words.
        event.accept()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = False
        self.update()

    def _let_go(self) -> None:
        self._grip = -1.0
        self.setRepeatAction(QAbstractSlider.SliderAction.SliderNoAction)
        self.setSliderDown(False)
        self.update()

    def _along(self, event: QMouseEvent) -> float:
        return event.position().y() if self.orientation() == Qt.Orientation.Vertical else event.position().x()

    def _room(self) -> float:
        return (self.height() if self.orientation() == Qt.Orientation.Vertical else self.width()) - 2 * _MARGIN

    def _handle(self) -> tuple[float, float]:
        """Where the handle begins, and its length, in px."""
        values, room = self.maximum() - self.minimum(), self._room()
        length = min(room, max(float(_LEAST), room * self.pageStep() / (values + self.pageStep()))) if values + self.pageStep() > 0 else room
        share = (self.sliderPosition() - self.minimum()) / values if values > 0 else 0.0
        return _MARGIN + share * (room - length), length


def make_quiet(area: QAbstractScrollArea) -> None:
    """Give a list, a table or a text slim bars and no frame of its own."""
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setVerticalScrollBar(ScrollBar(Qt.Orientation.Vertical, area))
    area.setHorizontalScrollBar(ScrollBar(Qt.Orientation.Horizontal, area))


class ScrollArea(QScrollArea):
    """Holds one widget as wide as itself, scrolls it downwards, takes no focus, and shows what lies behind it."""

    def __init__(self, parent: QWidget | None = None, sideways: bool = False) -> None:
        super().__init__(parent)
        make_quiet(self)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        if not sideways:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def setWidget(self, widget: QWidget) -> None:
        super().setWidget(widget)
        # Only now: Qt lets what it is given fill itself.
        widget.setAutoFillBackground(False)
