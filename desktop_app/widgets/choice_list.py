"""A list of which one is chosen: subjects of the settings, possible doubles, people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.i18n import tr
from desktop_app.i18n.live import follow_language
from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.painting import RIGHT, focus_ring, open_painter, text, width_of

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent


@dataclass(slots=True)
class _Item:
    key: object
    words: str
    context: str
    is_phrase: bool
    icon: str
    right: str
    right_tone: str
    second: str


class ChoiceList(QWidget):
    """Rows with an icon, words, maybe a second line, and a count or remark at the right; ↑↓ Home End choose, Enter `opened`.

    Put it into a scroll area where it may grow long; it asks for the height of all its rows.
    """

    chosen_changed = Signal(object)
    """The key, after a person chose it."""
    opened = Signal(object)
    """The key, on Enter or a double click."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[_Item] = []
        self._chosen = -1
        self._hovered = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self._take_theme)
        follow_language(self._on_language)

    def add_phrase(self, key: object, phrase: str, context: str = "", icon: str = "", right: str = "", right_tone: str = "text3") -> None:
        """Add a row whose words are a phrase."""
        self._add(_Item(key, phrase, context, True, icon, right, right_tone, ""))

    def add_words(self, key: object, words: str, icon: str = "", right: str = "", right_tone: str = "text3", second: str = "") -> None:
        """Add a row whose words are data."""
        self._add(_Item(key, words, "", False, icon, right, right_tone, second))

    def set_right(self, key: object, right: str, tone: str = "text3") -> None:
        """Write something else at the right of a row."""
        for item in self._items:
            if item.key == key:
                item.right, item.right_tone = right, tone
        self.update()

    def clear(self) -> None:
        """Take all rows away."""
        self._items.clear()
        self._chosen = -1
        self._take_theme()

    @property
    def chosen(self) -> object:
        """The chosen key, None when nothing is."""
        return self._items[self._chosen].key if self._chosen >= 0 else None

    def choose(self, key: object) -> None:
        """Choose without a signal; an unknown key chooses nothing."""
        self._chosen = next((place for place, item in enumerate(self._items) if item.key == key), -1)
        self._name()
        self.update()

    @property
    def chosen_rect(self) -> QRect:
        """Where the chosen row lies, in px of this list; empty when none is chosen. Keep it in sight when `chosen_changed` comes."""
        return self._rects()[self._chosen].toAlignedRect() if self._chosen >= 0 else QRect()

    def sizeHint(self) -> QSize:
        return QSize(200, round(sum(self._height(item) for item in self._items)))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._items) - 1
        wanted = {
            Qt.Key.Key_Down: min(last, self._chosen + 1), Qt.Key.Key_Up: max(0, self._chosen - 1), Qt.Key.Key_Home: 0, Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))  # fmt: skip
        if wanted is not None and self._items and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._person_chooses(wanted)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._chosen >= 0:
            self.opened.emit(self.chosen)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position().y())
        if place >= 0:
            self._person_chooses(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._at(event.position().y()) >= 0:
            self.opened.emit(self.chosen)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._at(event.position().y())
        self.update()

    def leaveEvent(self, _event: object) -> None:
        self._hovered = -1
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        for place, (item, rect) in enumerate(zip(self._items, self._rects(), strict=True)):
            on = place == self._chosen
            if on:
                painter.fillRect(rect, theme.colour("select"))
                painter.fillRect(QRectF(rect.x(), rect.y(), 3, rect.height()), theme.colour("accent"))
            elif place == self._hovered:
                painter.fillRect(rect, theme.colour("hover"))
            x, right = rect.x() + 14, rect.right() - 12
            if item.icon:
                draw_icon(painter, item.icon, "text", x, round(rect.center().y() - 8), 16)
                x += 28
            if item.right:
                width = width_of(item.right, "table")
                tone = "text2" if on and item.right_tone == "text3" else item.right_tone
                text(painter, QRectF(right - width, rect.y(), width + 1, rect.height()), item.right, "table", theme.colour(tone), align=RIGHT)
                right -= width + 10
            room = QRectF(x, rect.y(), max(0.0, right - x), rect.height())
            if item.second:
                first = theme.metrics("body", True).height()
                top = rect.y() + (rect.height() - first - theme.metrics("small").height()) / 2
                second = QRectF(x, top + first, room.width(), theme.metrics("small").height())
                text(painter, second, item.second, "small", theme.colour("text2"))
                room = QRectF(x, top, room.width(), first)
            text(painter, room, self._words(item), "body", theme.colour("text"), bold=on or bool(item.second))
            if on and self.hasFocus():
                focus_ring(painter, rect, theme.radius("s"))

    def _add(self, item: _Item) -> None:
        self._items.append(item)
        self._take_theme()

    def _words(self, item: _Item) -> str:
        return tr(item.words, item.context) if item.is_phrase else item.words

    def _person_chooses(self, place: int) -> None:
        if place != self._chosen:
            self._chosen = place
            self._name()
            self.update()
            self.chosen_changed.emit(self.chosen)

    def _height(self, item: _Item) -> float:
        theme = current()
        if item.second:
            return max(54, theme.metrics("body", True).height() + theme.metrics("small").height() + 16)
        return max(36, theme.metrics("body").height() + 16)

    def _rects(self) -> list[QRectF]:
        y, rects = 0.0, []
        for item in self._items:
            rects.append(QRectF(0, y, self.width(), self._height(item)))
            y += self._height(item)
        return rects

    def _at(self, y: float) -> int:
        return next((place for place, rect in enumerate(self._rects()) if rect.top() <= y < rect.bottom()), -1)

    def _name(self) -> None:
        chosen = self._items[self._chosen] if self._chosen >= 0 else None
        parts = (self._words(chosen), chosen.second, chosen.right) if chosen is not None else ()
        self.setAccessibleDescription(" ".join(part for part in parts if part))

    def _on_language(self, _language: str) -> None:
        self._take_theme()

    def _take_theme(self) -> None:
        self._name()
        self.updateGeometry()
        self.update()
