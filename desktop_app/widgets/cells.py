"""What stands in a table's cell, and how it's painted: words, numbers, plates, states, marks and ticks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from desktop_app.i18n.state_words import state_word
from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, payer_mark, state_mark
from desktop_app.widgets.choice import draw_tick_box
from desktop_app.widgets.highlight import draw_highlighted
from desktop_app.widgets.painting import RIGHT, text, width_of
from desktop_app.widgets.pill import draw_pill, draw_square, line_kind_sem, pill_width
from desktop_app.widgets.plate_chip import draw_plate, plate_parts

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

_ON_SELECTION = {"text3": "text2"}


@dataclass(frozen=True, slots=True)
class Look:
    """What a cell must know of its row while it's painted."""

    selected: bool = False
    searched: str = ""

    def tone(self, tone: str) -> str:
        """The tone, as it reads on a selected row."""
        return _ON_SELECTION.get(tone, tone) if self.selected else tone


class Cell:
    """Base of all cells: `plain` is what is copied and read aloud."""

    right = False

    @property
    def plain(self) -> str:
        """The cell in words."""
        return ""

    def wanted_width(self) -> int:
        """Width in px in which nothing is cut short; 0 where that doesn't come about."""
        return 0

    def draw(self, painter: QPainter, rect: QRectF, look: Look, /) -> None:
        """Paint into a rect that is already free of padding."""


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Words(Cell):
    """Text, with a second, smaller and quieter text after it; `marked` are (start, length) of what a search found in it."""

    text: str
    second: str = ""
    bold: bool = False
    tone: str = "text"
    second_tone: str = "text3"
    second_bold: bool = False
    indent: int = 0
    marked: tuple[tuple[int, int], ...] = ()

    @property
    def plain(self) -> str:
        return f"{self.text} {self.second}".strip()

    def wanted_width(self) -> int:
        second = width_of(self.second, "small", self.second_bold) + 5 if self.second else 0
        return self.indent + width_of(self.text, "table", self.bold) + second

    def draw(self, painter: QPainter, rect: QRectF, look: Look, /) -> None:
        theme = current()
        place = rect.adjusted(self.indent, 0, 0, 0)
        first = theme.colour(look.tone(self.tone))
        used = draw_highlighted(
            painter, place, self.text, "table", first, bold=self.bold, searched=look.searched, marked=self.marked, on_select=look.selected
        )
        if self.second and used + 24 < place.width():
            tone = theme.colour(look.tone(self.second_tone))
            draw_highlighted(
                painter, place.adjusted(used + 5, 0, 0, 0), self.second, "small", tone, bold=self.second_bold, searched=look.searched, on_select=look.selected
            )


@dataclass(frozen=True, slots=True)
class Number(Cell):
    """A figure already written out (`formats().amount(...)`), at the right."""

    text: str
    bold: bool = False
    tone: str = "text"
    right = True

    @property
    def plain(self) -> str:
        return self.text

    def draw(self, painter: QPainter, rect: QRectF, look: Look, /) -> None:
        text(painter, rect, self.text, "table", current().colour(look.tone(self.tone)), bold=self.bold, align=RIGHT)


@dataclass(frozen=True, slots=True)
class Plate(Cell):
    """A number plate in its colour."""

    plate: str
    colour: str

    @property
    def plain(self) -> str:
        return "·".join(part for part in plate_parts(self.plate) if part)

    def draw(self, painter: QPainter, rect: QRectF, _look: Look, /) -> None:
        if self.plate:
            draw_plate(painter, rect.x(), rect.center().y() + 0.5, self.plate, self.colour, "small")


@dataclass(frozen=True, slots=True)
class State(Cell):
    """A pill: word, family of meaning, icon."""

    words: str
    sem: str
    icon: str = ""

    @property
    def plain(self) -> str:
        return self.words

    def wanted_width(self) -> int:
        return pill_width(self.words, self.icon)

    def draw(self, painter: QPainter, rect: QRectF, _look: Look, /) -> None:
        if self.words:
            draw_pill(painter, rect.x(), rect.center().y() + 0.5, self.words, self.sem, self.icon, room=rect.width())


def order_state(state: str) -> State:
    """The pill of a work order's state."""
    mark = state_mark("order_state", state)
    return State(state_word("order_state", state), mark.sem, mark.icon)


def payer(key: str) -> State:
    """The pill of a payer."""
    return State(state_word("payer", key), payer_mark(key).sem)


@dataclass(frozen=True, slots=True)
class IconWords(Cell):
    """An icon and a word in one tone, for what is quieter than a pill."""

    icon: str
    text: str
    tone: str = "text2"

    @property
    def plain(self) -> str:
        return self.text

    def draw(self, painter: QPainter, rect: QRectF, look: Look, /) -> None:
        draw_icon(painter, self.icon, look.tone(self.tone), rect.x(), round(rect.center().y() - 6), 14)
        text(painter, rect.adjusted(19, 0, 0, 0), self.text, "table", current().colour(look.tone(self.tone)))


@dataclass(frozen=True, slots=True)
class Marks(Cell):
    """Squares of one character each; `marks` holds (character, family, whole word)."""

    marks: tuple[tuple[str, str, str], ...]

    @property
    def plain(self) -> str:
        return ", ".join(word for _character, _sem, word in self.marks)

    def draw(self, painter: QPainter, rect: QRectF, _look: Look, /) -> None:
        x = rect.x()
        for character, sem, _word in self.marks:
            x += draw_square(painter, x, rect.center().y() + 0.5, character, sem) + 3


def payer_marks(payers: tuple[str, ...]) -> Marks:
    """The squares of some payers."""
    return Marks(tuple((state_word("payer_mark", key), payer_mark(key).sem, state_word("payer", key)) for key in payers))


def line_kind(kind: str) -> Marks:
    """The square of a kind of line."""
    return Marks(((state_word("line_kind_mark", kind), line_kind_sem(kind), state_word("line_kind", kind)),))


@dataclass(frozen=True, slots=True)
class Ticked(Cell):
    """A tick box."""

    on: bool

    @property
    def plain(self) -> str:
        return "✓" if self.on else ""

    def draw(self, painter: QPainter, rect: QRectF, _look: Look, /) -> None:
        draw_tick_box(painter, rect.x(), rect.center().y() + 0.5, self.on)


@dataclass(frozen=True, slots=True)
class Several(Cell):
    """Cells side by side, each with its width in px."""

    cells: tuple[tuple[Cell, int], ...]

    @property
    def plain(self) -> str:
        return " ".join(cell.plain for cell, _width in self.cells if cell.plain)

    def draw(self, painter: QPainter, rect: QRectF, look: Look, /) -> None:
        x = rect.x()
        for cell, width in self.cells:
            cell.draw(painter, QRectF(x, rect.y(), min(width, rect.right() - x), rect.height()), look)
            x += width


def words_width(words: str, bold: bool = False) -> int:
    """Width in px of words in a cell, for `Several`."""
    return width_of(words, "table", bold)
