"""What happened, newest first: dots on a line, each with its subject and two quieter lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.theme.theme import current, follow
from desktop_app.widgets.painting import box, focus_ring, open_painter
from desktop_app.widgets.scrolling import ScrollArea

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPaintEvent

_LEFT = 26
_GAP = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """One happening, in words already translated; `sem` colours its dot; `value` is handed back when it's opened."""

    title: str
    second: str = ""
    third: str = ""
    sem: str = "grey"
    value: object = None


class Timeline(ScrollArea):
    """A list that scrolls; ↑↓ go from entry to entry, Enter `opened`. Long lines wrap."""

    opened = Signal(object)
    """The value of the entry."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = _Entries(self)
        self.setWidget(self._list)
        self.setFocusProxy(self._list)

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show these, first on top."""
        self._list.set_entries(list(entries))


class _Entries(QWidget):
    def __init__(self, host: Timeline) -> None:
        super().__init__(host)
        self._host = host
        self._entries: list[Entry] = []
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        follow(self._take_theme)

    def set_entries(self, entries: list[Entry]) -> None:
        self._entries = entries
        self._current = 0
        self._take_theme()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return int(sum(self._height(entry, width) for entry in self._entries)) + 8

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(max(240, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.heightForWidth(max(120, self.width())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and self._entries:
            self._current = min(len(self._entries) - 1, max(0, self._current + step))
            self._show_current()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._entries:
            self._host.opened.emit(self._entries[self._current].value)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for place, (rect, _entry) in enumerate(self._rects()):
            if rect.contains(event.position()):
                self._current = place
                self._show_current()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        if self._entries:
            self._host.opened.emit(self._entries[self._current].value)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        rects = self._rects()
        if rects:
            painter.fillRect(QRectF(7.5, 14, 1, rects[-1][0].bottom() - 18), theme.colour("line"))
        for place, (rect, entry) in enumerate(rects):
            family = theme.sem(entry.sem)
            dot = QPointF(8, rect.y() + theme.metrics("table", True).height() / 2 + 1)
            box(painter, QRectF(dot.x() - 4.5, dot.y() - 4.5, 9, 9), 4.5, family.solid)
            y = rect.y()
            for words, size, bold, tone in self._parts(entry):
                height = self._part_height(words, size, bold, rect.width())
                painter.setFont(theme.font(size, bold))
                painter.setPen(theme.colour(tone))
                painter.drawText(QRectF(_LEFT, y, rect.width() - _LEFT, height), int(Qt.TextFlag.TextWordWrap), words)
                y += height
            if self.hasFocus() and place == self._current:
                focus_ring(painter, rect.adjusted(0, -3, 0, 3 - _GAP), theme.radius("s"))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def _show_current(self) -> None:
        rect, entry = self._rects()[self._current]
        self._host.ensureVisible(int(rect.x()), int(rect.center().y()), 0, int(rect.height() / 2) + 4)
        self.setAccessibleName(" ".join(words for words in (entry.title, entry.second, entry.third) if words))
        self.update()

    def _parts(self, entry: Entry) -> list[tuple[str, str, bool, str]]:
        parts = [(entry.title, "table", True, "text"), (entry.second, "table", False, "text2"), (entry.third, "small", False, "text3")]
        return [part for part in parts if part[0]]

    def _part_height(self, words: str, size: str, bold: bool, width: float) -> float:
        metrics: QFontMetrics = current().metrics(size, bold)
        return metrics.boundingRect(0, 0, max(40, int(width) - _LEFT), 10_000, int(Qt.TextFlag.TextWordWrap), words).height()

    def _height(self, entry: Entry, width: float) -> float:
        return sum(self._part_height(words, size, bold, width) for words, size, bold, _tone in self._parts(entry)) + _GAP

    def _rects(self) -> list[tuple[QRectF, Entry]]:
        y, rects = 4.0, []
        for entry in self._entries:
            height = self._height(entry, self.width())
            rects.append((QRectF(0, y, self.width(), height), entry))
            y += height
        return rects

    def _take_theme(self) -> None:
        self.updateGeometry()
        self.update()
