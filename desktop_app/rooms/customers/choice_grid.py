"""Two records side by side: for each field the side that stays is chosen by keys or clicks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.i18n import tr
from desktop_app.i18n.live import follow_language
from desktop_app.rooms.customers.merge_words import BOTH, GONE, KEPT, LABELS
from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.choice import draw_radio, draw_tick_box
from desktop_app.widgets.painting import CENTRE, RIGHT, box, focus_ring, open_painter, text, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent

    from desktop_app.rooms.customers.merge_words import FieldPair

_SIDES = (GONE, KEPT)
_LETTERS = {GONE: "A", KEPT: "B"}


class ChoiceGrid(QWidget):
    """↑↓ fields, ←→ sides, Space both where both can stay; A and B take all of one side. `choices` is field to kept, gone or both."""

    chosen_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pairs: list[FieldPair] = []
        self._heads: dict[str, tuple[str, str]] = {}
        self._at = 0
        self.choices: dict[str, str] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        follow(self._take_theme)
        follow_language(self._on_language)

    def show_pairs(self, pairs: Sequence[FieldPair], choices: dict[str, str], heads: dict[str, tuple[str, str]]) -> None:
        """Show the fields of two records; `heads` are title and second line of each side."""
        self._pairs, self.choices, self._heads = list(pairs), dict(choices), heads
        self._at = next((place for place, pair in enumerate(self._pairs) if pair.differs), 0)
        self._changed()
        self.updateGeometry()

    @property
    def differing(self) -> int:
        """How many fields differ."""
        return sum(pair.differs for pair in self._pairs)

    def choose(self, name: str, side: str) -> None:
        """Take a side of a field, or both."""
        pair = next(pair for pair in self._pairs if pair.name == name)
        if side == BOTH and not pair.joinable:
            return
        self.choices[name] = side
        self._changed()

    def choose_all(self, side: str) -> None:
        """Take one side of every field in which it has something."""
        for pair in self._pairs:
            if self._words(pair, side):
                self.choices[pair.name] = side
        self._changed()

    def sizeHint(self) -> QSize:
        return QSize(520, self._head() + self._row() * len(self._pairs))

    def minimumSizeHint(self) -> QSize:
        return QSize(360, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(key))
        side = {Qt.Key.Key_Left: GONE, Qt.Key.Key_Right: KEPT}.get(Qt.Key(key))
        if not bare or not self._pairs:
            super().keyPressEvent(event)
        elif step is not None:
            self._at = min(len(self._pairs) - 1, max(0, self._at + step))
            self._name()
            self.update()
        elif side is not None:
            self.choose(self._pairs[self._at].name, side)
        elif key == Qt.Key.Key_Space:
            name = self._pairs[self._at].name
            self.choose(name, BOTH if self.choices[name] != BOTH else KEPT)
        elif key in (Qt.Key.Key_A, Qt.Key.Key_B):
            self.choose_all(GONE if key == Qt.Key.Key_A else KEPT)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        place = int((event.position().y() - self._head()) // self._row())
        for side in _SIDES:
            rect = self._side_rect(side)
            if not rect.left() <= event.position().x() < rect.right():
                continue
            if place < 0:
                self.choose_all(side)
            elif place < len(self._pairs):
                self._at = place
                pair = self._pairs[place]
                self.choose(pair.name, self._clicked(pair, side))
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        head = QRectF(0, 0, self.width(), self._head())
        painter.fillRect(head, theme.colour("bg"))
        painter.fillRect(QRectF(0, head.bottom() - 1, self.width(), 1), theme.colour("line2"))
        for side in _SIDES:
            self._draw_head(painter, side)
        for place, pair in enumerate(self._pairs):
            rect = QRectF(0, self._head() + place * self._row(), self.width(), self._row())
            painter.fillRect(QRectF(0, rect.bottom() - 1, self.width(), 1), theme.colour("line"))
            self._draw_pair(painter, rect, pair)
            if self.hasFocus() and place == self._at:
                focus_ring(painter, rect, 0)

    def _draw_head(self, painter: QPainter, side: str) -> None:
        theme = current()
        rect = self._side_rect(side)
        title, second = self._heads.get(side, ("", ""))
        badge = QRectF(rect.x() + 10, 14, 22, 22)
        strong = side == KEPT
        box(painter, badge, 4, theme.colour("accent_tint" if strong else "surface"), theme.colour("accent" if strong else "line2"))
        text(painter, badge, _LETTERS[side], "small", theme.colour("accent" if strong else "text2"), bold=True, align=CENTRE, elide=False)
        whole = tr("all of {side}", side=_LETTERS[side])
        room = width_of(whole, "small") + 2
        right = QRectF(rect.right() - room - 12, 14, room, 22)
        text(painter, right, whole, "small", theme.colour("accent"), align=RIGHT, elide=False)
        text(painter, QRectF(badge.right() + 8, 14, right.left() - badge.right() - 16, 22), title, "body", theme.colour("text"), bold=True)
        text(painter, QRectF(rect.x() + 10, 40, rect.width() - 20, 20), second, "small", theme.colour("text2"))

    def _draw_pair(self, painter: QPainter, rect: QRectF, pair: FieldPair) -> None:
        theme = current()
        label = QRectF(12, rect.y(), self._label() - 16, rect.height())
        if pair.differs:
            half = rect.height() / 2
            text(painter, QRectF(label.x(), rect.y() + 3, label.width(), half - 2), tr(LABELS[pair.name]), "small", theme.colour("text2"))
            draw_icon(painter, "circle-alert", "warn", label.x(), rect.y() + half + 1, 12)
            text(painter, QRectF(label.x() + 16, rect.y() + half - 2, label.width() - 16, half - 1), tr("differs"), "small", theme.colour("warn"))
        else:
            text(painter, label, tr(LABELS[pair.name]), "small", theme.colour("text2"))
        choice = self.choices.get(pair.name, KEPT)
        for side in _SIDES:
            place = self._side_rect(side)
            words = self._words(pair, side)
            on = choice in (side, BOTH)
            cell = QRectF(place.x(), rect.y() + 4, place.width() - 8, rect.height() - 9)
            if on and pair.differs:
                box(painter, cell, theme.radius("m"), theme.colour("accent_tint"), theme.colour("accent"))
            middle = rect.center().y()
            if choice == BOTH:
                draw_tick_box(painter, place.x() + 11, middle, True)
            else:
                draw_radio(painter, place.x() + 11, middle, on)
            tone = "text" if words else "text3"
            text(
                painter,
                QRectF(place.x() + 38, rect.y(), cell.right() - place.x() - 44, rect.height()),
                words or "–",
                "table",
                theme.colour(tone),
                bold=on and bool(words),
            )
        remark = QRectF(rect.right() - self._remark() + 4, rect.y(), self._remark() - 12, rect.height())
        if self._remark() and pair.gone and pair.kept:
            words = tr("both stay") if choice == BOTH else "" if pair.differs else tr("the same")
            text(painter, remark, words, "small", theme.colour("text2"))

    def _clicked(self, pair: FieldPair, side: str) -> str:
        other = KEPT if side == GONE else GONE
        choice = self.choices[pair.name]
        if pair.joinable and choice == other:
            return BOTH
        return other if choice == BOTH else side

    def _words(self, pair: FieldPair, side: str) -> str:
        return pair.gone if side == GONE else pair.kept

    def _side_rect(self, side: str) -> QRectF:
        room = (self.width() - self._label() - self._remark()) / 2
        return QRectF(self._label() + (0 if side == GONE else room), 0, room, self.height())

    def _label(self) -> float:
        return min(132.0, self.width() * 0.22)

    def _remark(self) -> float:
        return 96.0 if self.width() > 600 else 0.0

    def _head(self) -> int:
        return 72

    def _row(self) -> int:
        return max(44, 2 * current().metrics("small").height() + 6)

    def _changed(self) -> None:
        self._name()
        self.update()
        self.chosen_changed.emit()

    def _name(self) -> None:
        if not self._pairs:
            self.setAccessibleName("")
            return
        pair = self._pairs[self._at]
        side = {GONE: "A", KEPT: "B", BOTH: "A, B"}[self.choices[pair.name]]
        self.setAccessibleName(f"{tr(LABELS[pair.name])}: A {pair.gone or '–'}, B {pair.kept or '–'}: {side}")

    def _on_language(self, _language: str) -> None:
        self._name()
        self.update()

    def _take_theme(self) -> None:
        self.updateGeometry()
        self.update()
