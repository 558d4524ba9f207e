"""A figure that can be opened: every total and rate leads to the rows that it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPen

from desktop_app.i18n.live import say, say_plain
from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.painting import focus_ring, open_painter, text, width_of
from desktop_app.widgets.pressable import Pressable

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

_SIDE = 4


class Figure(Pressable):
    """The figure with a dotted line under it on hover and focus; Enter or a click is `clicked`. `label` stands after it (or above).

    `set_figure` with what is already written out ("¥2,296.00", "16"), a tone, and a change against before with its direction.
    """

    def __init__(self, label: str = "", size: str = "title", above: bool = False, tone: str = "text", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size, self._above, self._tone = size, above, tone
        self._label, self._change, self._rising = "", "", 0
        self._change_tone = "text3"
        if label:
            self.set_label(label)
        follow(self._take_theme)

    def set_label(self, phrase: str, context: str = "", /, **values: object) -> None:
        """What is counted, as a phrase."""
        say(self._take_label, phrase, context, **values)

    def set_plain_label(self, words: str) -> None:
        """What is counted, as data."""
        say_plain(self._take_label, words)

    def set_figure(self, written: str, tone: str = "") -> None:
        """The figure itself, in a tone (bad, warn, ok…) if it should have one."""
        if tone:
            self._tone = tone
        self.setText(written)
        self._name()
        self._take_theme()

    def set_change(self, written: str, rising: int, tone: str = "text3") -> None:
        """A change with its sign ("+3.2 %"), rising (1), falling (-1) or neither (0); an empty text takes it away."""
        self._change, self._rising, self._change_tone = written, rising, tone
        self._name()
        self._take_theme()

    def sizeHint(self) -> QSize:
        theme = current()
        figure = width_of(self.text(), self._size, True)
        label = width_of(self._label, "small") if self._label else 0
        change = width_of(self._change, "small") + (20 if self._rising else 6) if self._change else 0
        height = theme.metrics(self._size, True).height()
        if self._above:
            return QSize(max(figure + change, label) + 2 * _SIDE, height + theme.metrics("small").height() + 8)
        return QSize(figure + change + (label + 6 if label else 0) + 2 * _SIDE, max(28, height + 4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        rect = QRectF(self.rect())
        x, height = float(_SIDE), float(theme.metrics(self._size, True).height())
        top = rect.height() - height - 4 if self._above else (rect.height() - height) / 2
        width = width_of(self.text(), self._size, True)
        text(painter, QRectF(x, top, width + 1, height), self.text(), self._size, theme.colour(self._tone), bold=True, elide=False)
        if self.underMouse() or self.hasFocus():
            pen = QPen(theme.colour("text2"), 1, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([1, 2])
            painter.setPen(pen)
            foot = round(top + height - 2) + 0.5
            painter.drawLine(QPointF(x, foot), QPointF(x + width, foot))
        x += width
        if self._change:
            x += 6
            if self._rising:
                draw_icon(painter, "trending-up" if self._rising > 0 else "trending-down", self._change_tone, x, round(top + height / 2 - 6), 13)
                x += 16
            change = width_of(self._change, "small")
            text(painter, QRectF(x, top, change + 1, height), self._change, "small", theme.colour(self._change_tone), elide=False)
            x += change
        if self._label and self._above:
            label = QRectF(_SIDE, 2, rect.width() - _SIDE, theme.metrics("small").height())
            text(painter, label, self._label, "small", theme.colour("text2"))
        elif self._label:
            text(painter, QRectF(x + 6, 0, rect.width() - x - 6, rect.height()), self._label, "small", theme.colour("text2"))
        if self.hasFocus():
            focus_ring(painter, rect, theme.radius("s"))

    def _take_label(self, words: str) -> None:
        self._label = words
        self._name()
        self._take_theme()

    def _name(self) -> None:
        self.setAccessibleName(" ".join(part for part in (self._label, self.text(), self._change) if part))

    def _take_theme(self) -> None:
        self.updateGeometry()
        self.update()
