"""The damage that was marked, as numbered lines; Del takes one away, a photo belongs to the line that is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.i18n.live import say
from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.painting import LEFT, RIGHT, focus_ring, open_painter, text, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

MOST_SEEN = 4


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One line: where in bold, what, and at the right how many photos or since when it is known."""

    where: str
    what: str
    right: str
    photos: int
    known_before: bool


class MarkList(QWidget):
    """↑↓ choose a line, Del asks for its removal."""

    removal_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[MarkRow] = ()
        self.chosen = -1
        self._first = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        say(self.setAccessibleName, "Damage")
        follow(self._take_theme)

    def show_rows(self, rows: Sequence[MarkRow]) -> None:
        """Show these lines; the choice stays where it was."""
        self._rows = rows
        self.choose(min(self.chosen, len(rows) - 1))
        self.setVisible(bool(rows))
        self._take_theme()

    def choose(self, place: int) -> None:
        """Choose a line, -1 for none."""
        self.chosen = place
        if place >= 0:
            self._first = min(max(self._first, place - MOST_SEEN + 1), place)
            row = self._rows[place] if place < len(self._rows) else None
            self.setAccessibleDescription(f"{place + 1} {row.where} {row.what} {row.right}" if row else "")
        self._first = max(0, min(self._first, len(self._rows) - MOST_SEEN))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, max(1, min(len(self._rows), MOST_SEEN)) * self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and self._rows:
            self.choose(max(0, min(len(self._rows) - 1, self.chosen + step)))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and 0 <= self.chosen < len(self._rows):
            self.removal_asked.emit(self.chosen)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._first + int(event.position().y() // self._height())
        if place < len(self._rows):
            self.choose(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        height = self._height()
        for line, row in enumerate(self._rows[self._first : self._first + MOST_SEEN]):
            place = self._first + line
            rect = QRectF(0, line * height, self.width(), height)
            if place == self.chosen and self.hasFocus():
                painter.fillRect(rect, theme.colour("select"))
            sem = theme.sem("info" if row.known_before else "bad")
            disc = QRectF(2, rect.center().y() - 9, 18, 18)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(sem.solid)
            painter.drawEllipse(disc)
            text(painter, disc, str(place + 1), "micro", sem.on_solid, bold=True, align=Qt.AlignmentFlag.AlignCenter)
            where = QRectF(28, rect.y(), min(width_of(row.where, "table", True) + 4, self.width() / 2), height)
            text(painter, where, row.where, "table", theme.colour("text"), bold=True, align=LEFT)
            end = float(self.width())
            right = str(row.photos) if row.photos else row.right
            if right:
                end -= width_of(right, "small") + 6
                text(painter, QRectF(end, rect.y(), self.width() - end, height), right, "small", theme.colour("text3"), align=RIGHT)
            if row.photos:
                draw_icon(painter, "camera", "text3", end - 16, round(rect.center().y() - 7), 14)
                end -= 22
            what = QRectF(where.right() + 10, rect.y(), max(0.0, end - where.right() - 14), height)
            text(painter, what, row.what, "table", theme.colour("text2"), align=LEFT)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), theme.radius("s"))

    def _height(self) -> int:
        return max(26, current().metrics("table").height() + 6)

    def _take_theme(self) -> None:
        self.updateGeometry()
        self.update()
