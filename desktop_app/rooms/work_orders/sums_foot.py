"""The foot of a table: what each payer bears, and the total."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.i18n.live import follow_language
from desktop_app.theme.theme import current, follow, payer_mark
from desktop_app.widgets.painting import RIGHT, open_painter, text, width_of
from desktop_app.widgets.pill import draw_square, square_side

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPaintEvent

    from desktop_app.theme.theme import Theme

_SIDE = 14


@dataclass(frozen=True, slots=True)
class Sum:
    """A share in words already translated: its mark (payer key, or empty), label, figure; `tone` for what is not decided."""

    mark: str
    letter: str
    label: str
    figure: str
    tone: str = "text"
    second: str = ""


class SumsFoot(QWidget):
    """Shares from left to right, the total at the right end; large with the label above the figure, or in one quiet line.

    `fill` gives (words at the left, shares, label of the total, total); it is asked again when the language changes.
    """

    def __init__(self, large: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._large = large
        self._left, self._label, self._total = "", "", ""
        self._sums: Sequence[Sum] = ()
        self._fill: Callable[[], tuple[str, Sequence[Sum], str, str]] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self._take_theme)
        follow_language(self._on_language)

    def show_sums(self, fill: Callable[[], tuple[str, Sequence[Sum], str, str]]) -> None:
        """Show what `fill` gives."""
        self._fill = fill
        self._left, self._sums, self._label, self._total = fill()
        words = [self._left, *(f"{each.label} {each.figure} {each.second}".strip() for each in self._sums), f"{self._label} {self._total}"]
        self.setAccessibleName(", ".join(part for part in words if part.strip()))
        self.update()

    def sizeHint(self) -> QSize:
        theme = current()
        height = theme.metrics("small").height() + theme.metrics("20", True).height() + 22 if self._large else theme.metrics("20", True).height() + 20
        return QSize(400, max(70 if self._large else 50, height))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        painter.setRenderHint(painter.RenderHint.Antialiasing, False)
        radius = int(theme.radius("l"))
        rect = QRectF(self.rect())
        painter.fillRect(rect.adjusted(1, 0, -1, -radius), theme.colour("sunken"))
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("sunken"))
        painter.setBrush(theme.colour("sunken"))
        painter.drawRoundedRect(rect.adjusted(1, 4, -1, -1), radius - 1, radius - 1)
        painter.setRenderHint(painter.RenderHint.Antialiasing, False)
        painter.fillRect(QRectF(0, 0, rect.width(), 1), theme.colour("line"))
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        if self._large:
            self._paint_large(theme)
        else:
            self._paint_line(theme)

    def _paint_large(self, theme: Theme) -> None:
        painter = open_painter(self)
        rect = QRectF(self.rect())
        small, big = theme.metrics("small").height(), theme.metrics("20", True).height()
        top = (rect.height() - small - big - 4) / 2
        total_room = max(width_of(self._total, "20", True), width_of(self._label, "small")) + 2 * _SIDE
        painter.fillRect(QRectF(rect.width() - total_room - 12, 0, 1, rect.height()), theme.colour("line"))
        text(painter, QRectF(rect.width() - total_room, top, total_room - _SIDE, small), self._label, "small", theme.colour("text2"), align=RIGHT)
        last = QRectF(rect.width() - total_room - 8, top + small + 4, total_room - _SIDE + 8, big)
        text(painter, last, self._total, "20", theme.colour("text"), bold=True, align=RIGHT, elide=False)
        room = rect.width() - total_room - 12 - _SIDE
        widths = [max(width_of(each.figure, "title", True), width_of(each.label, "small") + square_side() + 6) + 24 for each in self._sums]
        spare = max(0.0, (room - sum(widths)) / max(1, len(widths)))
        x = float(_SIDE)
        for each, width in zip(self._sums, widths, strict=True):
            if x + width - 24 > room:
                break
            draw_square(painter, x, top + small / 2, each.letter, payer_mark(each.mark).sem if each.mark else "violet")
            text(painter, QRectF(x + square_side() + 6, top, width, small), each.label, "small", theme.colour("text2"))
            text(painter, QRectF(x, top + small + 4, width, big), each.figure, "title", theme.colour(each.tone), bold=True, elide=False)
            x += width + min(spare, 40.0)

    def _paint_line(self, theme: Theme) -> None:
        painter = open_painter(self)
        rect = QRectF(self.rect())
        x = float(_SIDE)
        text(painter, QRectF(x, 0, 400, rect.height()), self._left, "small", theme.colour("text"), bold=True)
        x += width_of(self._left, "small", True) + 24
        total = width_of(self._total, "title", True)
        label = width_of(self._label, "small")
        right = rect.width() - _SIDE
        text(painter, QRectF(right - total - 4, 0, total + 4, rect.height()), self._total, "title", theme.colour("text"), bold=True, align=RIGHT, elide=False)
        text(painter, QRectF(right - total - label - 24, 0, label + 4, rect.height()), self._label, "small", theme.colour("text2"))
        end = right - total - label - 36
        for each in self._sums:
            width = (square_side() + 6 if each.letter else 0) + width_of(each.label, "small") + width_of(each.figure, "small") + 12
            if x + width > end:
                break
            if each.letter:
                x += draw_square(painter, x, rect.height() / 2, each.letter, payer_mark(each.mark).sem if each.mark else "violet") + 6
            words = f"{each.label} {each.figure}".strip()
            text(painter, QRectF(x, 0, width + 20, rect.height()), words, "small", theme.colour(each.tone))
            x += width_of(words, "small") + 20

    def _on_language(self, _language: str) -> None:
        if self._fill is not None:
            self.show_sums(self._fill)

    def _take_theme(self) -> None:
        self.updateGeometry()
        self.update()
