"""The list of findings under a search: rows of 44 px in groups, moved through by keys while the typing goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.cells import Look
from desktop_app.widgets.highlight import draw_highlighted
from desktop_app.widgets.key_hint import draw_hint, hint_width
from desktop_app.widgets.painting import LEFT, RIGHT, box, open_painter, text, width_of
from desktop_app.widgets.pill import draw_square
from desktop_app.widgets.plate_chip import draw_plate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QWheelEvent

    from desktop_app.widgets.cells import Cell

MOST_SEEN = 8


@dataclass(frozen=True)
class Result:
    """A finding: what it is (`value`, handed back when chosen) and how it looks. Groups are words already translated.

    At the left a plate with its colour, a mark (character, family), or an icon; then bold title and second words; at the right a
    pill or figure, and a key.
    """

    value: object
    title: str
    second: str = ""
    group: str = ""
    plate: str = ""
    plate_colour: str = "blue"
    mark: tuple[str, str] | None = None
    icon: str = ""
    right: Cell | None = None
    right_width: int = 110
    middle: str = ""
    keys: str = ""


class ResultList(QWidget):
    """Painted rows; the focus stays in the edit above, which hands ↑↓ and Enter on by `step` and `choose_current`."""

    chosen = Signal(object, bool)
    """The value of the chosen result, and whether with Ctrl (in a new window)."""
    moved = Signal()

    def __init__(self, row_height: int = 44, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row_height = row_height
        self._results: list[Result] = []
        self._current = -1
        self._first = 0
        self._searched = ""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self._take_theme)

    def show_results(self, results: Sequence[Result], searched: str = "", choose_first: bool = True) -> None:
        """Show other findings; the first one is current unless told otherwise."""
        self._results = list(results)
        self._searched = searched
        self._current = 0 if self._results and choose_first else -1
        self._first = 0
        self._announce()
        self._take_theme()

    @property
    def results(self) -> Sequence[Result]:
        """What is shown."""
        return self._results

    @property
    def current(self) -> Result | None:
        """The current finding."""
        return self._results[self._current] if 0 <= self._current < len(self._results) else None

    def step(self, step: int) -> None:
        """Go some findings down (or up), round the ends."""
        if self._results:
            self._current = (self._current + step) % len(self._results) if self._current >= 0 else (0 if step > 0 else len(self._results) - 1)
            self._scroll()
            self._announce()
            self.update()

    def next_group(self) -> None:
        """Go to the first finding of the next group."""
        groups = list(dict.fromkeys(result.group for result in self._results))
        if self.current is not None and len(groups) > 1:
            wanted = groups[(groups.index(self.current.group) + 1) % len(groups)]
            self._current = next(place for place, result in enumerate(self._results) if result.group == wanted)
            self._scroll()
            self._announce()
            self.update()

    def choose_current(self, apart: bool = False) -> bool:
        """Choose the current finding; False when there is none."""
        if self.current is None:
            return False
        self.chosen.emit(self.current.value, apart)
        return True

    def sizeHint(self) -> QSize:
        shown = [height for _result, _group, height in self._lines()][: MOST_SEEN + 3]
        rows, total = 0, 0
        for _place, group, height in self._lines():
            if not group:
                rows += 1
            if rows > MOST_SEEN:
                break
            total += height
        return QSize(320, total if shown else 0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position().y())
        if place >= 0 and place != self._current:
            self._current = place
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position().y())
        if place >= 0:
            self._current = place
            self.choose_current(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))

    def wheelEvent(self, event: QWheelEvent) -> None:
        last = max(0, len(self._results) - MOST_SEEN)
        self._first = min(last, max(0, self._first + (1 if event.angleDelta().y() < 0 else -1)))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        painter.fillRect(self.rect(), theme.colour("raised"))
        for place, group, rect in self._rects():
            if group:
                text(painter, rect.adjusted(16, 4, -16, 0), group, "small", theme.colour("text3"))
            else:
                self._paint_result(painter, rect, self._results[place], place == self._current)

    def _paint_result(self, painter: QPainter, rect: QRectF, result: Result, on: bool) -> None:
        theme = current()
        if on:
            painter.fillRect(rect, theme.colour("select"))
        x, middle, right = rect.x() + 16, rect.center().y(), rect.right() - 16
        if result.plate:
            x += draw_plate(painter, x, middle, result.plate, result.plate_colour, "small") + 12
        elif result.mark is not None:
            x += draw_square(painter, x, middle, *result.mark) + 10
        elif result.icon:
            draw_icon(painter, result.icon, "text2", x, round(middle - 8), 16)
            x += 28
        if result.keys:
            right -= hint_width(result.keys)
            draw_hint(painter, right, middle, result.keys)
            right -= 12
        if result.right is not None:
            right -= result.right_width
            result.right.draw(painter, QRectF(right, rect.y(), result.right_width, rect.height()), Look(on))
            right -= 12
        if result.middle:
            width = width_of(result.middle, "table")
            text(painter, QRectF(right - width, rect.y(), width + 1, rect.height()), result.middle, "table", theme.colour("text2"), align=RIGHT)
            right -= width + 12
        room = QRectF(x, rect.y(), max(0.0, right - x), rect.height())
        used = draw_highlighted(painter, room, result.title, "body", theme.colour("text"), bold=bool(result.second), searched=self._searched, on_select=on)
        if result.second and used + 40 < room.width():
            rest = room.adjusted(used + 12, 0, 0, 0)
            draw_highlighted(painter, rest, result.second, "table", theme.colour("text2"), searched=self._searched, on_select=on)

    def _lines(self) -> list[tuple[int, str, int]]:
        """Place of a result and its height, or -1, a group's words and its height, from the first seen on."""
        theme = current()
        row = max(self._row_height, theme.metrics("body").height() + 12)
        lines, group = [], ""
        for place, result in enumerate(self._results):
            if place < self._first:
                group = result.group if place < self._first - 1 else ""
                continue
            if result.group != group and result.group:
                lines.append((-1, result.group, 32))
            group = result.group
            lines.append((place, "", row))
        return lines

    def _rects(self) -> list[tuple[int, str, QRectF]]:
        y, rects = 0.0, []
        for place, group, height in self._lines():
            if y > self.height():
                break
            rects.append((place, group, QRectF(0, y, self.width(), height)))
            y += height
        return rects

    def _at(self, y: float) -> int:
        return next((place for place, group, rect in self._rects() if not group and rect.top() <= y < rect.bottom()), -1)

    def _scroll(self) -> None:
        if self._current < self._first:
            self._first = self._current
        while True:
            seen = [place for place, group, rect in self._rects() if not group and rect.bottom() <= self.height() + 1]
            if not seen or self._current <= seen[-1] or self._first >= self._current:
                return
            self._first += 1

    def _announce(self) -> None:
        result = self.current
        self.setAccessibleName(" ".join(part for part in (result.plate, result.title, result.second) if part) if result is not None else "")
        self.moved.emit()

    def _take_theme(self) -> None:
        self.updateGeometry()
        self.update()


class ResultPopup(QWidget):
    """A result list in a frame that floats below an edit, in the edit's own window so that the typing goes on."""

    def __init__(self, below: QWidget, row_height: int = 36) -> None:
        super().__init__(below.window())
        self._below = below
        self.list = ResultList(row_height, self)
        self.note = ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def place(self) -> None:
        """Stand below the edit, as wide as it, above everything else in the window."""
        window = self._below.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        height = self.list.sizeHint().height() + 2 + (self._note_height() if self.note else 0)
        corner = self._below.mapTo(window, self._below.rect().bottomLeft())
        room = window.height() - corner.y() - 8
        self.setGeometry(corner.x(), corner.y() + 4, max(self._below.width(), 280), min(height, max(room, 120)))
        self.list.setGeometry(1, 1, self.width() - 2, self.height() - 2 - (self._note_height() if self.note else 0))
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        box(painter, QRectF(self.rect()), theme.radius("m"), theme.colour("raised"), theme.colour("line2"))
        if self.note:
            height = self._note_height()
            text(painter, QRectF(16, self.height() - height - 1, self.width() - 32, height), self.note, "small", theme.colour("text3"), align=LEFT)

    def _note_height(self) -> int:
        return current().metrics("small").height() + 12
