"""What a page is built of: blocks that know their height, how to split over two pages, and how to draw themselves.

Heights and widths are points; `top` is the y of the upper edge, as on the canvas, where y grows upwards.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from desktop_app.printing.page import FULL_PAGE, HAIRLINE, WRITE_LINE
from desktop_app.printing.text import Line, Style, Words, draw_lines, set_lines, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportlab.pdfgen.canvas import Canvas


_LONGEST_FACT = 12
"""Lines of a fact beside its label; what is longer ends in …"""


class Block(ABC):
    """A part of a paper, as wide as it is told to be."""

    space_before = 0.0
    keep_with_next = False

    @abstractmethod
    def height(self, width: float) -> float:
        """Height that the whole block takes."""

    def least(self, width: float) -> float:
        """Height below which it is not begun on a page."""
        return self.height(width)

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:  # noqa: ARG002
        """The part that fits `room` and the rest; None when it goes to the next page as a whole."""
        return None

    @abstractmethod
    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        """Paint it with its upper left corner at (x, top)."""


class Text(Block):
    """Words in lines."""

    def __init__(self, words: Words, style: Style, space_before: float = 0.0, keep_with_next: bool = False) -> None:
        self._words = words
        self.style = style
        self.space_before = space_before
        self.keep_with_next = keep_with_next
        self._set: tuple[float, list[Line]] | None = None

    def lines(self, width: float) -> list[Line]:
        """The words set for this width."""
        if self._set is None or self._set[0] != width:
            self._set = width, set_lines(self._words, self.style, width)
        return self._set[1]

    def height(self, width: float) -> float:
        return len(self.lines(width)) * self.style.leading

    def least(self, width: float) -> float:
        return min(len(self.lines(width)), 2) * self.style.leading

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        lines = self.lines(width)
        fits = int((room + 0.01) / self.style.leading)
        if len(lines) - fits == 1:
            fits -= 1
        if fits < 2 or fits >= len(lines):
            return None
        return self._part(lines[:fits], width), self._part(lines[fits:], width)

    def _part(self, lines: list[Line], width: float) -> Text:
        part = Text("", self.style)
        part._set = width, lines
        return part

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        draw_lines(canvas, self.lines(width), self.style, x, top, width)


def heading(words: Words, style: Style, space_before: float = 9.0) -> Text:
    """The title of what follows, never left alone at the foot of a page."""
    return Text(words, style.but(bold=True, size=10.5, leading=16), space_before, keep_with_next=True)


class Space(Block):
    """Empty room; with `rules` so many lines to write on, each `WRITE_LINE` high."""

    def __init__(self, height: float = 0.0, rules: int = 0) -> None:
        self._height = height
        self._rules = rules

    def height(self, width: float) -> float:  # noqa: ARG002
        return self._height + self._rules * WRITE_LINE

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        canvas.setStrokeGray(0.35)
        canvas.setLineWidth(HAIRLINE)
        for number in range(1, self._rules + 1):
            y = top - self._height - number * WRITE_LINE
            canvas.line(x, y, x + width, y)


class Painted(Block):
    """A drawing of fixed height, painted by `paint(canvas, x, top, width)`."""

    def __init__(self, height: float, paint: Callable[[Canvas, float, float, float], None], space_before: float = 0.0) -> None:
        self._height = height
        self._paint = paint
        self.space_before = space_before

    def height(self, width: float) -> float:  # noqa: ARG002
        return self._height

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        self._paint(canvas, x, top, width)


class Stack(Block):
    """Blocks below one another; with `together` kept on one page when a page can hold them."""

    def __init__(self, blocks: Sequence[Block], space_before: float = 0.0, together: bool = True) -> None:
        self.blocks = tuple(blocks)
        self.space_before = space_before
        self._together = together

    def height(self, width: float) -> float:
        return sum(block.height(width) + (block.space_before if number else 0.0) for number, block in enumerate(self.blocks))

    def _stays_whole(self, width: float) -> bool:
        return self._together and self.height(width) <= FULL_PAGE

    def least(self, width: float) -> float:
        return self.height(width) if self._stays_whole(width) or not self.blocks else self.blocks[0].least(width)

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        if self._stays_whole(width):
            return None
        used = 0.0
        for number, block in enumerate(self.blocks):
            before = block.space_before if number else 0.0
            height = block.height(width) + before
            if used + height > room:
                parts = block.split(width, room - used - before)
                first = [*self.blocks[:number], *([parts[0]] if parts else [])]
                if not first:
                    return None
                rest = [*([parts[1]] if parts else [block]), *self.blocks[number + 1 :]]
                return Stack(first, self.space_before, self._together), Stack(rest, 0.0, self._together)
            used += height
        return None

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        for number, block in enumerate(self.blocks):
            top -= block.space_before if number else 0.0
            block.draw(canvas, x, top, width)
            top -= block.height(width)


class SideBySide(Block):
    """Blocks beside one another, their upper edges level, frames of one height; widths in points, None for what is left."""

    def __init__(self, columns: Sequence[tuple[float | None, Block]], gap: float = 5 * mm, space_before: float = 0.0) -> None:
        self._columns = tuple(columns)
        self._gap = gap
        self.space_before = space_before

    def _widths(self, width: float) -> list[float]:
        fixed = sum(wanted for wanted, _ in self._columns if wanted is not None)
        open_columns = sum(1 for wanted, _ in self._columns if wanted is None)
        rest = (width - fixed - self._gap * (len(self._columns) - 1)) / (open_columns or 1)
        return [rest if wanted is None else wanted for wanted, _ in self._columns]

    def height(self, width: float) -> float:
        return max(block.height(own) for own, (_, block) in zip(self._widths(width), self._columns, strict=True))

    def least(self, width: float) -> float:
        height = self.height(width)
        if height <= FULL_PAGE:
            return height
        return max(block.least(own) for own, (_, block) in zip(self._widths(width), self._columns, strict=True))

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        if self.height(width) <= FULL_PAGE:
            return None
        first: list[tuple[float | None, Block]] = []
        rest: list[tuple[float | None, Block]] = []
        for own, (wanted, block) in zip(self._widths(width), self._columns, strict=True):
            parts = (block, Space()) if block.height(own) <= room else block.split(own, room)
            if parts is None:
                return None
            first.append((wanted, parts[0]))
            rest.append((wanted, parts[1]))
        return SideBySide(first, self._gap), SideBySide(rest, self._gap)

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        height = self.height(width)
        for own, (_, block) in zip(self._widths(width), self._columns, strict=True):
            if isinstance(block, Framed):
                block.at_least = height
            block.draw(canvas, x, top, own)
            x += own + self._gap


class Framed(Block):
    """A block in a frame with round corners; split, each part has a frame of its own."""

    def __init__(self, block: Block, space_before: float = 0.0, inside: float = 8.0, line: float = 1.0) -> None:
        self._block = block
        self._inside = inside
        self._line = line
        self.space_before = space_before
        self.at_least = 0.0
        """Height that the frame is drawn with when its content needs less."""

    def height(self, width: float) -> float:
        return self._block.height(width - 2 * self._inside) + 2 * self._margin

    @property
    def _margin(self) -> float:
        return self._inside * 0.75

    def least(self, width: float) -> float:
        return self._block.least(width - 2 * self._inside) + 2 * self._margin

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        parts = self._block.split(width - 2 * self._inside, room - 2 * self._margin)
        if parts is None:
            return None
        return (Framed(parts[0], self.space_before, self._inside, self._line), Framed(parts[1], 0.0, self._inside, self._line))

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        height = max(self.height(width), self.at_least)
        canvas.setStrokeGray(0)
        canvas.setLineWidth(self._line)
        canvas.roundRect(x, top - height, width, height, 3.2, stroke=1, fill=0)
        self._block.draw(canvas, x + self._inside, top - self._margin, width - 2 * self._inside)


class Facts(Block):
    """Labels in grey with their values, `columns` pairs to a row; empty values leave no hole, they are not shown."""

    def __init__(self, pairs: Sequence[tuple[str, Words]], style: Style, columns: Sequence[float], space_before: float = 6.0) -> None:
        """`columns` are the widths of label and value in turn, in parts of the whole width."""
        self._pairs = [pair for pair in pairs if pair[1]]
        self._label = style.but(grey=0.27)
        self._style = style
        self._columns = tuple(columns)
        self.space_before = space_before
        self._set: tuple[float, list[list[tuple[list[Line], list[Line]]]]] | None = None

    def _rows(self, width: float) -> list[list[tuple[list[Line], list[Line]]]]:
        if self._set is None or self._set[0] != width:
            across = len(self._columns) // 2
            cells = [
                (
                    set_lines(label, self._label, width * self._columns[2 * (number % across)] - 4),
                    shortened(value, self._style, width * self._columns[2 * (number % across) + 1] - 6, _LONGEST_FACT),
                )
                for number, (label, value) in enumerate(self._pairs)
            ]
            self._set = width, [cells[start : start + across] for start in range(0, len(cells), across)]
        return self._set[1]

    def _row_height(self, row: list[tuple[list[Line], list[Line]]]) -> float:
        return max(max(len(label), len(value)) for label, value in row) * self._style.leading + 1.5

    def height(self, width: float) -> float:
        return sum(self._row_height(row) for row in self._rows(width))

    def least(self, width: float) -> float:
        return max((self._row_height(row) for row in self._rows(width)), default=0.0)

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        rows = self._rows(width)
        fits, used = 0, 0.0
        while fits < len(rows) and used + self._row_height(rows[fits]) <= room + 0.01:
            used += self._row_height(rows[fits])
            fits += 1
        if not 0 < fits < len(rows):
            return None
        return self._part(rows[:fits], width), self._part(rows[fits:], width)

    def _part(self, rows: list[list[tuple[list[Line], list[Line]]]], width: float) -> Facts:
        part = Facts((), self._style, self._columns, self.space_before)
        part._set = width, rows
        return part

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        for row in self._rows(width):
            left = x
            for number, (label, value) in enumerate(row):
                draw_lines(canvas, label, self._label, left, top, width)
                left += width * self._columns[2 * number]
                draw_lines(canvas, value, self._style, left, top, width)
                left += width * self._columns[2 * number + 1]
            top -= self._row_height(row)
