"""The small badge that names a key beside what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.theme.theme import current, follow
from desktop_app.widgets.painting import CENTRE, box, open_painter, text, width_of

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPainter, QPaintEvent


def hint_width(keys: str) -> int:
    """Width of the badge in px."""
    return max(18, width_of(keys, "micro") + 12)


def hint_height() -> int:
    """Height of the badge in px."""
    return current().metrics("micro").height() + 2


def draw_hint(painter: QPainter, x: float, middle: float, keys: str, ink: QColor | None = None) -> None:
    """Draw the badge from x, centred on a height; `ink` draws it in one colour without a fill, for filled buttons."""
    theme = current()
    height = hint_height()
    rect = QRectF(x, round(middle - height / 2), hint_width(keys), height)
    if ink is None:
        box(painter, rect, 4, theme.colour("surface"), theme.colour("line"))
        painter.setPen(theme.colour("line2"))
        painter.drawLine(QPointF(rect.left() + 3, rect.bottom() - 0.5), QPointF(rect.right() - 3, rect.bottom() - 0.5))
        text(painter, rect, keys, "micro", theme.colour("text2"), align=CENTRE, elide=False)
    else:
        box(painter, rect, 4, None, ink)
        text(painter, rect, keys, "micro", ink, align=CENTRE, elide=False)


class KeyHint(QWidget):
    """The badge as a widget; the key is written as it stands on the keyboard, in every language alike."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(keys)
        follow(self._take_theme)

    def set_keys(self, keys: str) -> None:
        """Name another key."""
        self._keys = keys
        self.setAccessibleName(keys)
        self._take_theme()

    def sizeHint(self) -> QSize:
        return QSize(hint_width(self._keys), hint_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = open_painter(self)
        draw_hint(painter, 0, self.height() / 2, self._keys)

    def _take_theme(self) -> None:
        self.updateGeometry()
        self.update()
