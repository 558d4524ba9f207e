"""How far something is, as a thin bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from desktop_app.theme.theme import current
from desktop_app.widgets.painting import box, open_painter

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent

HEIGHT = 6
_RADIUS = 3.0
_TURN_MS = 40
_TURNS = 36
_SHARE = 0.25


class ProgressBar(QProgressBar):
    """6 px; of unknown length (a range of 0 to 0) a short piece goes to and fro."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextVisible(False)
        self.setFixedHeight(HEIGHT)
        self._turn = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_TURN_MS)
        self._timer.timeout.connect(self._on_turn)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = current(), open_painter(self)
        whole = QRectF(self.rect())
        box(painter, whole, _RADIUS, theme.colour("sunken"))
        if self._endless:
            way = self._turn / _TURNS
            length = whole.width() * _SHARE
            done = QRectF((whole.width() - length) * (1 - abs(1 - 2 * way)), 0, length, whole.height())
        else:
            span = self.maximum() - self.minimum()
            done = QRectF(0, 0, whole.width() * max(0, self.value() - self.minimum()) / span, whole.height())
        if done.width() > 0:
            box(painter, done, _RADIUS, theme.colour("accent"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    @property
    def _endless(self) -> bool:
        return self.maximum() <= self.minimum()

    def _on_turn(self) -> None:
        if self._endless:
            self._turn = (self._turn + 1) % _TURNS
            self.update()
