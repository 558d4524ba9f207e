"""A number plate as it looks on the car, in its colour, with a painted dot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.theme.theme import current, follow
from desktop_app.widgets.painting import LEFT, box, open_painter, text, width_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QPaintEvent

SIZES = {"small": ("table", 22, 6, 4.0), "medium": ("title", 28, 7, 4.0), "large": ("plate", 38, 12, 6.0)}
"""Per size: text size, height, side padding, radius."""

_COLOURS = {"blue", "green", "yellow", "yellow_green", "white", "black"}


def plate_parts(plate: str) -> tuple[str, str]:
    """The part before the dot and the part after it; a plate that has no dot comes as ("", whole)."""
    for dot in "·•‧・":
        if dot in plate:
            head, _, tail = plate.partition(dot)
            return head, tail
    if len(plate) >= 7 and "一" <= plate[0] <= "鿿" and "A" <= plate[1] <= "Z":
        return plate[:2], plate[2:]
    return "", plate


def plate_width(plate: str, size: str = "small") -> int:
    """Width of the chip in px."""
    letters, _height, side, _radius = SIZES[size]
    head, tail = plate_parts(plate)
    width = width_of(tail, letters, True) + (width_of(head, letters, True) + _dot_room(letters) if head else 0)
    return width + 2 * side


def plate_height(size: str = "small") -> int:
    """Height of the chip in px."""
    letters, height, _side, _radius = SIZES[size]
    return max(height, current().metrics(letters, True).height() + 2)


def draw_plate(painter: QPainter, x: float, middle: float, plate: str, colour: str, size: str = "small") -> float:
    """Draw the chip from x, centred on a height; `colour` is the plate's (blue, green, yellow, yellow_green, white, black); returns its width."""
    theme = current()
    name = colour if colour in _COLOURS else "none"
    letters, _height, side, radius = SIZES[size]
    width, height = plate_width(plate, size), plate_height(size)
    rect = QRectF(x, round(middle - height / 2), width, height)
    fill, ink, edge, inner = (theme.colour(f"plate_{name}_{part}") for part in ("fill", "text", "border", "inner"))
    box(painter, rect, radius, fill, edge)
    if inner.alpha():
        box(painter, rect.adjusted(1.5, 1.5, -1.5, -1.5), radius - 1.5, None, inner)
    head, tail = plate_parts(plate)
    left = x + side
    if head:
        first = width_of(head, letters, True)
        text(painter, QRectF(left, rect.y(), first + 1, height), head, letters, ink, bold=True, align=LEFT, elide=False)
        left += first
        em = theme.px(letters)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(QPointF(left + _dot_room(letters) / 2, rect.center().y()), em * 0.1, em * 0.1)
        left += _dot_room(letters)
    text(painter, QRectF(left, rect.y(), rect.right() - left, height), tail, letters, ink, bold=True, align=LEFT, elide=False)
    return width


def _dot_room(letters: str) -> int:
    return round(current().px(letters) * 0.5)


class PlateChip(QWidget):
    """The chip as a widget: small 22, medium 28 or large 38 px high."""

    def __init__(self, plate: str = "", colour: str = "blue", size: str = "large", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plate, self._colour, self._size = plate, colour, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_plate(plate, colour)
        follow(self._take_theme)

    def set_plate(self, plate: str, colour: str) -> None:
        """Show another plate; an empty one hides the chip's content."""
        self._plate, self._colour = plate, colour
        self.setAccessibleName("·".join(part for part in plate_parts(plate) if part))
        self._take_theme()

    def sizeHint(self) -> QSize:
        return QSize(plate_width(self._plate, self._size), plate_height(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._plate:
            draw_plate(open_painter(self), 0, self.height() / 2, self._plate, self._colour, self._size)

    def _take_theme(self) -> None:
        self.updateGeometry()
        self.update()
