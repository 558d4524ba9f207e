"""The turning ring of something under way, which comes only after 150 ms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPen

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

PATIENCE_MS = 150
STEP_MS = 100
_STEPS = 12


class BusyRing(QObject):
    """Drives the ring that a widget paints with `draw` while `showing`."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._step = 0
        self.running = False
        self.showing = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._turn)

    def set_running(self, running: bool) -> None:
        """Start or end; nothing is seen of what takes less than 150 ms."""
        if running == self.running:
            return
        self.running = running
        if running:
            self._timer.start(PATIENCE_MS)
        else:
            self._timer.stop()
            self.showing = False
        self._host.update()

    def draw(self, painter: QPainter, rect: QRectF, colour: QColor) -> None:
        """Draw three quarters of a circle at the present step."""
        painter.setPen(QPen(colour, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawArc(rect.adjusted(2, 2, -2, -2), -self._step * 360 * 16 // _STEPS, 270 * 16)

    def _turn(self) -> None:
        self._timer.setInterval(STEP_MS)
        self.showing = True
        self._step = (self._step + 1) % _STEPS
        self._host.update()
