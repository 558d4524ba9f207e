"""Pills and marks: a state as icon and word on its tint, a payer or a kind of line as one character in a square."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.i18n.live import say, say_plain
from desktop_app.i18n.state_words import LINE_KIND_MARKS, LINE_KINDS, ORDER_STATES, PAYER_MARKS, PAYERS
from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, follow, payer_mark, state_mark
from desktop_app.widgets.painting import CENTRE, box, open_painter, text, width_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QPaintEvent

_SIDE = 8
_ICON = 13
_GAP = 4


def pill_width(words: str, icon: str = "") -> int:
    """Width of a pill in px."""
    return width_of(words, "small") + 2 * _SIDE + (_ICON + _GAP if icon else 0)


def pill_height() -> int:
    """Height of a pill in px."""
    return max(22, current().metrics("small").height() + 4)


def draw_pill(painter: QPainter, x: float, middle: float, words: str, sem: str, icon: str = "", outline: bool = False, room: float = 0.0) -> float:
    """Draw a pill from x, centred on a height, elided to `room` px if given; returns its width."""
    family = current().sem(sem)
    width = pill_width(words, icon)
    if room:
        width = min(width, int(room))
    height = pill_height()
    rect = QRectF(x, round(middle - height / 2), width, height)
    box(painter, rect, height / 2, None if outline else family.tint, family.solid if outline else None)
    left = x + _SIDE
    if icon:
        draw_icon(painter, icon, family.fg, left, round(middle - _ICON / 2), _ICON)
        left += _ICON + _GAP
    text(painter, QRectF(left, rect.y(), rect.right() - _SIDE - left + 1, height), words, "small", family.fg)
    return width


def square_side() -> int:
    """Side of a mark's square in px."""
    return max(20, current().metrics("small").height() + 2)


def draw_square(painter: QPainter, x: float, middle: float, character: str, sem: str) -> float:
    """Draw a one-character square from x, centred on a height; returns its side."""
    family = current().sem(sem)
    side = square_side()
    rect = QRectF(x, round(middle - side / 2), side, side)
    box(painter, rect, 4, family.tint, family.solid)
    text(painter, rect, character, "small", family.fg, bold=True, align=CENTRE, elide=False)
    return side


class Pill(QWidget):
    """A state: icon and word in the colours of a family of meaning; never a bare colour."""

    def __init__(self, phrase: str = "", sem: str = "grey", icon: str = "", outline: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._sem, self._icon, self._outline = "", sem, icon, outline
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if phrase:
            self.show_phrase(phrase, sem, icon)
        follow(self._take_theme)

    def show_phrase(self, phrase: str, sem: str, icon: str = "", context: str = "", /, **values: object) -> None:
        """Show another state."""
        self._sem, self._icon = sem, icon
        say(self._take_words, phrase, context, **values)

    def show_words(self, words: str, sem: str, icon: str = "") -> None:
        """Show words that are data."""
        self._sem, self._icon = sem, icon
        say_plain(self._take_words, words)

    def show_order_state(self, state: str) -> None:
        """Show a work order's state by its key."""
        mark = state_mark("order_state", state)
        self.show_phrase(ORDER_STATES[state], mark.sem, mark.icon, "order_state")

    def show_payer(self, payer: str) -> None:
        """Show a payer by its key."""
        self.show_phrase(PAYERS[payer], payer_mark(payer).sem, "", "payer")

    def sizeHint(self) -> QSize:
        return QSize(pill_width(self._words, self._icon), pill_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_pill(open_painter(self), 0, self.height() / 2, self._words, self._sem, self._icon, self._outline, self.width())

    def _take_words(self, words: str) -> None:
        self._words = words
        self.setAccessibleName(words)
        self._take_theme()

    def _take_theme(self) -> None:
        self.updateGeometry()
        self.update()


class MarkSquare(QWidget):
    """A payer or a kind of line as one character in a square, with its whole word for the ear and on hover."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._character, self._sem = "", "grey"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        follow(self._take_theme)

    def show_payer(self, payer: str) -> None:
        """Show a payer by its key, in its colour."""
        self._sem = payer_mark(payer).sem
        say(self._take_character, PAYER_MARKS[payer], "payer_mark")
        say(self._take_name, PAYERS[payer], "payer")

    def show_line_kind(self, kind: str) -> None:
        """Show a kind of line by its key: grey, a package green."""
        self._sem = line_kind_sem(kind)
        say(self._take_character, LINE_KIND_MARKS[kind], "line_kind_mark")
        say(self._take_name, LINE_KINDS[kind], "line_kind")

    def sizeHint(self) -> QSize:
        return QSize(square_side(), square_side())

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_square(open_painter(self), 0, self.height() / 2, self._character, self._sem)

    def _take_character(self, character: str) -> None:
        self._character = character
        self.update()

    def _take_name(self, words: str) -> None:
        self.setAccessibleName(words)
        self.setToolTip(words)

    def _take_theme(self) -> None:
        self.updateGeometry()
        self.update()


def line_kind_sem(kind: str) -> str:
    """The family that a kind of line is drawn in; never a payer's."""
    return "ok" if kind == "package" else "grey"
