"""A place to sign with pen, finger or mouse; gives the signature as a picture."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.i18n import tr
from desktop_app.i18n.live import follow_language, say
from desktop_app.theme.theme import current, follow
from desktop_app.theme.tokens import tokens
from desktop_app.widgets.painting import CENTRE, box, dashed_box, focus_ring, open_painter, text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QTabletEvent

PICTURE_WIDTH = 900
_LEAST_LENGTH = 24.0


class SignaturePad(QWidget):
    """Strokes are kept as drawn and follow the pad's size. A dot or a slip of the pen is no signature.

    `signed` after each stroke once there is one; Del clears. `png` draws it in ink on clear ground, the same in every theme.
    """

    signed = Signal()
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[list[tuple[float, float, float]]] = []
        self._drawing = False
        self._by_pen = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(66)
        say(self.setAccessibleName, "Signature")
        follow(self.update)
        follow_language(self._on_language)

    @property
    def is_signed(self) -> bool:
        """Whether there is more than a slip of the pen."""
        return sum(_length(stroke) for stroke in self._strokes) * max(1, self.width()) > _LEAST_LENGTH

    def clear(self) -> None:
        """Wipe the pad."""
        self._strokes.clear()
        self.update()
        self.cleared.emit()

    def png(self) -> bytes:
        """The signature as PNG, 900 px wide, ink on clear ground; empty while not signed."""
        if not self.is_signed:
            return b""
        image = QImage(PICTURE_WIDTH, max(1, round(PICTURE_WIDTH * self.height() / max(1, self.width()))), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter, QRectF(image.rect()), QColor(tokens()["light"]["base"]["text"]), PICTURE_WIDTH / max(1, self.width()))
        painter.end()
        held = QByteArray()
        buffer = QBuffer(held)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"PNG")).write(image)
        return bytes(held.data())

    def sizeHint(self) -> QSize:
        return QSize(320, 96)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._strokes:
            self.clear()
            return
        super().keyPressEvent(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        event.accept()
        pressure = max(0.2, event.pressure())
        if event.type() == QEvent.Type.TabletPress:
            self._by_pen = True
            self._begin(event.position(), pressure)
        elif event.type() == QEvent.Type.TabletMove and self._drawing:
            self._go_on(event.position(), pressure)
        elif event.type() == QEvent.Type.TabletRelease:
            self._end()
            self._by_pen = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._by_pen:
            self._begin(event.position(), 0.5)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drawing and not self._by_pen:
            self._go_on(event.position(), 0.5)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        if not self._by_pen:
            self._end()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        rect = QRectF(self.rect())
        box(painter, rect, theme.radius("m"), theme.colour("surface"))
        dashed_box(painter, rect, theme.radius("m"), theme.colour("line2"))
        if not self._strokes:
            text(painter, rect, tr("Sign here"), "small", theme.colour("text3"), align=CENTRE)
        self._draw(painter, rect, theme.colour("text"), 1.0)
        if self.hasFocus():
            focus_ring(painter, rect, theme.radius("m"))

    def _begin(self, point: QPointF, pressure: float) -> None:
        self._drawing = True
        self._strokes.append([])
        self._go_on(point, pressure)

    def _go_on(self, point: QPointF, pressure: float) -> None:
        x, y = point.x() / max(1, self.width()), point.y() / max(1, self.height())
        self._strokes[-1].append((min(1.0, max(0.0, x)), min(1.0, max(0.0, y)), pressure))
        self.update()

    def _end(self) -> None:
        if self._drawing:
            self._drawing = False
            if self.is_signed:
                self.signed.emit()

    def _draw(self, painter: QPainter, rect: QRectF, ink: QColor, scale: float) -> None:
        for stroke in self._strokes:
            points = [QPointF(rect.x() + x * rect.width(), rect.y() + y * rect.height()) for x, y, _pressure in stroke]
            weight = sum(pressure for _x, _y, pressure in stroke) / len(stroke)
            painter.setPen(QPen(ink, (1.2 + 1.6 * weight) * scale, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(_smooth(points))

    def _on_language(self, _language: str) -> None:
        self.update()


def _length(stroke: list[tuple[float, float, float]]) -> float:
    return sum(math.hypot(ax - bx, ay - by) for (ax, ay, _a), (bx, by, _b) in itertools.pairwise(stroke))


def _smooth(points: list[QPointF]) -> QPainterPath:
    """A curve through the middles between the points, so that few points don't show as corners."""
    path = QPainterPath(points[0])
    if len(points) == 1:
        path.lineTo(points[0] + QPointF(0.1, 0))
        return path
    for before, after in itertools.pairwise(points):
        path.quadTo(before, (before + after) / 2)
    path.lineTo(points[-1])
    return path
