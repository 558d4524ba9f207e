"""A person as one character in a disc, always in the same colour."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.theme.theme import current, follow
from desktop_app.widgets.painting import CENTRE, box, open_painter, text

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QPaintEvent

_FAMILIES = ("info", "violet", "teal", "rose", "warn", "ok", "rust", "grey")


def person_sem(name: str) -> str:
    """The family that a name is drawn in: the same in every run and at every PC."""
    return _FAMILIES[zlib.crc32(name.encode()) % len(_FAMILIES)]


def draw_avatar(painter: QPainter, rect: QRectF, name: str, sem: str = "") -> None:
    """Draw the disc into a square."""
    family = current().sem(sem or person_sem(name))
    box(painter, rect, rect.width() / 2, family.tint)
    size = "table" if rect.width() < 32 else "20" if rect.width() < 56 else "plate"
    text(painter, rect, name[:1].upper(), size, family.fg, bold=True, align=CENTRE, elide=False)


class Avatar(QWidget):
    """The disc as a widget, 28 px unless told."""

    def __init__(self, name: str = "", side: int = 28, sem: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._side, self._sem = name, side, sem
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        follow(self.update)

    def set_name(self, name: str, sem: str = "") -> None:
        """Show another person."""
        self._name, self._sem = name, sem
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_avatar(open_painter(self), QRectF(self.rect()), self._name, self._sem)
