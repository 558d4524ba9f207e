"""One of a few, side by side: the boxed segments of a view switch, and the pill tabs of a panel."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.i18n import tr
from desktop_app.i18n.live import follow_language
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.painting import box, focus_ring, open_painter, text, width_of


@dataclass
class _Segment:
    key: str
    phrase: str
    context: str
    count: int | None


class Segments(QWidget):
    """A row of which exactly one is chosen; ←→ choose, and so does a click. `tabs` draws pills instead of boxes."""

    chosen_changed = Signal(str)
    """The key, after a person chose it."""

    def __init__(self, tabs: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs = tabs
        self._segments: list[_Segment] = []
        self._chosen = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum if not tabs else QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        follow(self._take_theme)
        follow_language(self._on_language)

    def add(self, key: str, phrase: str, context: str = "", count: int | None = None) -> None:
        """Add a segment; the first is chosen until another is."""
        self._segments.append(_Segment(key, phrase, context, count))
        self._chosen = self._chosen or key
        self._take_theme()

    def set_count(self, key: str, count: int | None) -> None:
        """Write a count after a segment's word."""
        for segment in self._segments:
            if segment.key == key:
                segment.count = count
        self._take_theme()

    @property
    def chosen(self) -> str:
        """The chosen key."""
        return self._chosen

    def choose(self, key: str) -> None:
        """Choose without a signal."""
        self._chosen = key
        self._name()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()) + (4 * (len(self._segments) - 1) if self._tabs else 0), max(30, current().metrics("table").height() + 10))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is None or not self._segments:
            super().keyPressEvent(event)
            return
        keys = [segment.key for segment in self._segments]
        self._person_chooses(keys[(keys.index(self._chosen) + step) % len(keys)])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for segment, rect in zip(self._segments, self._rects(), strict=True):
            if rect.contains(event.position()):
                self._person_chooses(segment.key)
                return

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        whole = QRectF(self.rect())
        radius = theme.radius("m")
        if not self._tabs:
            box(painter, whole, radius, theme.colour("surface"), theme.colour("line2"))
            clip = QPainterPath()
            clip.addRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
            painter.setClipPath(clip)
        for index, (segment, rect) in enumerate(zip(self._segments, self._rects(), strict=True)):
            on = segment.key == self._chosen
            if self._tabs:
                if on:
                    box(painter, rect, radius, theme.colour("accent_tint"))
                ink = theme.colour("accent" if on else "text2")
            else:
                if on:
                    painter.fillRect(rect, theme.colour("accent"))
                elif index:
                    painter.setPen(theme.colour("line"))
                    painter.drawLine(QPointF(rect.left() + 0.5, rect.top() + 1), QPointF(rect.left() + 0.5, rect.bottom() - 1))
                ink = theme.colour("on_accent" if on else "text")
            words, count = self._words(segment), self._count(segment)
            full = width_of(words, "table", on) + width_of(count, "table", True)
            x = rect.x() + (rect.width() - full) / 2
            text(painter, QRectF(x, rect.y(), full + 2, rect.height()), words, "table", ink, bold=on, elide=False)
            if count:
                x += width_of(words, "table", on)
                text(painter, QRectF(x, rect.y(), full, rect.height()), count, "table", ink, bold=True, elide=False)
        painter.setClipping(False)
        if self.hasFocus():
            chosen = next((rect for segment, rect in zip(self._segments, self._rects(), strict=True) if segment.key == self._chosen), whole)
            focus_ring(painter, chosen, radius, None if self._tabs else theme.colour("on_accent"))

    def _person_chooses(self, key: str) -> None:
        if key != self._chosen:
            self.choose(key)
            self.chosen_changed.emit(key)

    def _words(self, segment: _Segment) -> str:
        return tr(segment.phrase, segment.context)

    def _count(self, segment: _Segment) -> str:
        return f" {segment.count:,}" if segment.count is not None else ""

    def _widths(self) -> list[int]:
        return [width_of(self._words(segment), "table", True) + width_of(self._count(segment), "table", True) + 24 for segment in self._segments]

    def _rects(self) -> list[QRectF]:
        widths = [float(width) for width in self._widths()]
        gap = 4 if self._tabs else 0
        spare = 0.0 if self._tabs else max(0.0, self.width() - sum(widths)) / max(1, len(widths))
        rects, x = [], 0.0
        for width in widths:
            rects.append(QRectF(round(x), 0, round(width + spare), self.height()))
            x += width + spare + gap
        return rects

    def _name(self) -> None:
        self.setAccessibleDescription(next((self._words(segment) for segment in self._segments if segment.key == self._chosen), ""))

    def _on_language(self, _language: str) -> None:
        self._take_theme()

    def _take_theme(self) -> None:
        self._name()
        self.updateGeometry()
        self.update()
