"""Draws the lines of the search palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate

from desktop_app.i18n import tr
from desktop_app.i18n.state_words import state_word
from desktop_app.shell.actions import key_words
from desktop_app.shell.palette_lines import Hit, Line, Lines
from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, state_mark
from desktop_app.widgets.key_hint import draw_hint, hint_width
from desktop_app.widgets.painting import LEFT, RIGHT, text, width_of
from desktop_app.widgets.pill import draw_pill, pill_width
from desktop_app.widgets.plate_chip import draw_plate

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

    from desktop_app.room import Verb


_ICONS = {"order": "clipboard-list", "claim": "shield-alert", "appointment": "calendar-clock"}


def line_height(line: Line) -> int:
    """Height of a line in px."""
    theme = current()
    return max(30, theme.metrics("small").height() + 12) if line.head else max(theme.row("list"), theme.metrics("body").height() + 20)


class PalettePainter(QStyledItemDelegate):
    """Draws one line of the palette."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        model = index.model()
        assert isinstance(model, Lines)
        return QSize(100, line_height(model.lines[index.row()]))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        view = self.parent()
        model = index.model()
        assert isinstance(model, Lines) and isinstance(view, QListView)
        line = model.lines[index.row()]
        theme = current()
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = view.currentIndex().row() == index.row()
        if line.head:
            text(painter, rect.adjusted(16, 4, -16, 0), f"{tr(line.group)} · {line.head}", "small", theme.colour("text2"))
        else:
            if on:
                painter.fillRect(rect, theme.colour("select"))
            if line.hit is not None:
                self._paint_hit(painter, rect, line.hit, on)
            elif line.verb is not None:
                self._paint_verb(painter, rect, line.verb, line.words)
        painter.restore()

    def _paint_hit(self, painter: QPainter, rect: QRectF, hit: Hit, on: bool) -> None:
        theme = current()
        middle = rect.center().y()
        right = rect.right() - 16
        if on:
            keys = tr("Enter opens")
            right -= hint_width(keys)
            draw_hint(painter, right, middle, keys)
            right -= 10
        if hit.state:
            mark = state_mark("order_state", hit.state)
            words = state_word("order_state", hit.state)
            right -= pill_width(words, mark.icon)
            draw_pill(painter, right, middle, words, mark.sem, mark.icon)
            right -= 10
        elif hit.aside:
            width = width_of(hit.aside, "small")
            text(painter, QRectF(right - width - 1, rect.top(), width + 1, rect.height()), hit.aside, "small", theme.colour("text2"), align=RIGHT)
            right -= width + 10
        x = rect.left() + 16
        if hit.plate and hit.subject == "vehicle":
            x += draw_plate(painter, x, middle, hit.plate, hit.colour, "small") + 12
        else:
            draw_icon(painter, _ICONS.get(hit.subject, "users"), "text2", x, round(middle - 8), 16)
            x += 28
        bold = min(width_of(hit.bold, "body", bold=True) + 1, right - x)
        text(painter, QRectF(x, rect.top(), bold, rect.height()), hit.bold, "body", theme.colour("text"), bold=True, align=LEFT)
        x += bold + 10
        if right - x > 24:
            text(painter, QRectF(x, rect.top(), right - x, rect.height()), hit.plain, "body", theme.colour("text2"), align=LEFT)

    @staticmethod
    def _paint_verb(painter: QPainter, rect: QRectF, verb: Verb, words: str) -> None:
        middle = rect.center().y()
        if verb.icon:
            draw_icon(painter, verb.icon, "text2", rect.left() + 16, round(middle - 8), 16)
        right = rect.right() - 16
        if verb.shortcut:
            keys = key_words(verb.shortcut)
            right -= hint_width(keys)
            draw_hint(painter, right, middle, keys)
        text(painter, QRectF(rect.left() + 44, rect.top(), right - rect.left() - 56, rect.height()), words, "body", current().colour("text"))
