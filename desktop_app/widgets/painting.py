"""Shared strokes of the painted widgets: flat boxes, the focus ring, marks, text in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPalette, QPen

from desktop_app.theme.theme import current

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


def open_painter(device: QWidget) -> QPainter:
    """A painter with smooth edges."""
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def set_ground(widget: QWidget, token: str = "") -> None:
    """Give a field, a list or a text its ground by the token of a colour, or none; say it again when the theme changes."""
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Base, current().colour(token) if token else QColor(Qt.GlobalColor.transparent))
    widget.setPalette(palette)


def box(painter: QPainter, rect: QRectF, radius: float, fill: QColor | None, edge: QColor | None = None, width: float = 1.0) -> None:
    """A rounded box whose edge lies wholly inside `rect`."""
    inset = width / 2 if edge is not None else 0.0
    inner = rect.adjusted(inset, inset, -inset, -inset)
    painter.setPen(QPen(edge, width) if edge is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(inner, max(0.0, radius - inset), max(0.0, radius - inset))


def dashed_box(painter: QPainter, rect: QRectF, radius: float, edge: QColor) -> None:
    """A rounded box with a dashed 1 px edge."""
    pen = QPen(edge, 1)
    pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def focus_ring(painter: QPainter, rect: QRectF, radius: float, on: QColor | None = None) -> None:
    """The 2 px ring inside a focused thing's rect; on a filled thing a line of `on` sets it off."""
    theme = current()
    if on is not None:
        box(painter, rect.adjusted(2, 2, -2, -2), max(0.0, radius - 2), None, on, 1)
    box(painter, rect, radius, None, theme.colour("focus"), 2)


def edge_strip(painter: QPainter, rect: QRectF, radius: float, fill: QColor, edge: QColor, width: float = 3.0) -> None:
    """A tinted box with rounded corners and a solid edge of `width` px at the left."""
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    painter.save()
    painter.setClipPath(path)
    painter.fillRect(rect, fill)
    painter.fillRect(QRectF(rect.x(), rect.y(), width, rect.height()), edge)
    painter.restore()


def text(
    painter: QPainter, rect: QRectF, words: str, size: str, colour: QColor, *, bold: bool = False, align: Qt.AlignmentFlag = LEFT, elide: bool = True
) -> None:
    """One line of text in a rect, elided at its right when too long."""
    theme = current()
    painter.setFont(theme.font(size, bold))
    painter.setPen(colour)
    shown = theme.metrics(size, bold).elidedText(words, Qt.TextElideMode.ElideRight, int(rect.width()) + 1) if elide else words
    painter.drawText(rect, int(align | Qt.TextFlag.TextSingleLine), shown)


def width_of(words: str, size: str, bold: bool = False) -> int:
    """Width of a line of text in px."""
    return current().metrics(size, bold).horizontalAdvance(words)


def baseline(rect: QRectF, metrics: QFontMetrics) -> float:
    """The y at which text of these metrics stands in the middle of a rect."""
    return rect.y() + (rect.height() + metrics.ascent() - metrics.descent()) / 2


def tick(painter: QPainter, rect: QRectF, colour: QColor, width: float = 1.75) -> None:
    """The verdict ✓ as a path."""
    _strokes(painter, rect, colour, width, [(0.18, 0.55), (0.40, 0.76), (0.82, 0.26)])


def cross(painter: QPainter, rect: QRectF, colour: QColor, width: float = 1.75) -> None:
    """The verdict ✕ as a path."""
    _strokes(painter, rect, colour, width, [(0.22, 0.22), (0.78, 0.78)])
    _strokes(painter, rect, colour, width, [(0.78, 0.22), (0.22, 0.78)])


def triangle(painter: QPainter, rect: QRectF, colour: QColor, width: float = 1.75) -> None:
    """The verdict △ as a path."""
    _strokes(painter, rect, colour, width, [(0.5, 0.18), (0.88, 0.82), (0.12, 0.82), (0.5, 0.18)])


def _strokes(painter: QPainter, rect: QRectF, colour: QColor, width: float, points: list[tuple[float, float]]) -> None:
    path = QPainterPath()
    for index, (x, y) in enumerate(points):
        point = QPointF(rect.x() + x * rect.width(), rect.y() + y * rect.height())
        path.moveTo(point) if index == 0 else path.lineTo(point)
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
