"""Tables of a paper: ruled rows under a head that is repeated on each page, rows kept whole where a page can hold them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop_app.printing.blocks import Block
from desktop_app.printing.page import FULL_PAGE, HAIRLINE, RULE_GREY, SHADE
from desktop_app.printing.text import Line, Style, Words, draw_lines, set_lines, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportlab.pdfgen.canvas import Canvas

_PAD = 4.5
_HEAD_HEIGHT = 18.0


@dataclass(frozen=True)
class Column:
    """`width` in points, None for what is left."""

    title: str = ""
    width: float | None = None
    align: str = "left"


@dataclass(frozen=True)
class Row:
    """Cells in the order of the columns; `height` is the least in points."""

    cells: Sequence[Words]
    height: float = 18.0
    bold: bool = False
    shaded: bool = False
    with_next: bool = False
    """Kept on the page of the row after it."""
    ruled: bool = True
    padding: float = 4.5
    """Points that its words keep from the rules above and below, together."""
    indent: float = 0.0
    """Points by which the second column's words stand further in."""
    number: int | None = None
    """Painted in a circle in the first column."""
    wide: bool = False
    """The second column's words take all the columns to the right; those have none of their own."""


@dataclass
class _SetRow:
    row: Row
    cells: list[tuple[list[Line], Style]]
    height: float = field(default=0.0)


class Grid(Block):
    """Rows under a head."""

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[Row],
        style: Style,
        space_before: float = 4.0,
        number: Callable[[Canvas, int, float, float], None] | None = None,
    ) -> None:
        self._columns = tuple(columns)
        self._rows = tuple(rows)
        self._style = style
        self._number = number
        self.space_before = space_before
        self._set: tuple[float, list[_SetRow]] | None = None
        self._styles: dict[tuple[str, bool], Style] = {}

    def _widths(self, width: float) -> list[float]:
        fixed = sum(column.width for column in self._columns if column.width is not None)
        open_columns = sum(1 for column in self._columns if column.width is None)
        return [(width - fixed) / open_columns if column.width is None else column.width for column in self._columns]

    def _cell_style(self, align: str, bold: bool) -> Style:
        style = self._styles.get((align, bold))
        if style is None:
            style = self._styles[align, bold] = self._style.but(align=align, bold=bold)
        return style

    def _set_row(self, row: Row, widths: list[float]) -> _SetRow:
        cells: list[tuple[list[Line], Style]] = []
        deepest = 1
        for position, words in enumerate(row.cells):
            style = self._cell_style(self._columns[position].align, row.bold)
            if not words:
                cells.append(([], style))
                continue
            indent = row.indent if position == 1 else 0.0
            room = sum(widths[1:]) if row.wide and position == 1 else widths[position]
            lines = set_lines(words, style, room - 2 * _PAD - indent)
            deepest = max(deepest, len(lines))
            cells.append((lines, style))
        return _SetRow(row, cells, max(row.height, deepest * self._style.leading + row.padding))

    def _rows_set(self, width: float) -> list[_SetRow]:
        if self._set is None or self._set[0] != width:
            widths = self._widths(width)
            self._set = width, [self._set_row(row, widths) for row in self._rows]
        return self._set[1]

    def _head_style(self, align: str) -> Style:
        return self._style.but(bold=True, size=8.6, leading=_HEAD_HEIGHT, align=align)

    @property
    def _head_height(self) -> float:
        return _HEAD_HEIGHT if any(column.title for column in self._columns) else 0.0

    def height(self, width: float) -> float:
        return self._head_height + sum(row.height for row in self._rows_set(width))

    def least(self, width: float) -> float:
        rows = self._rows_set(width)
        height = self._head_height
        for row in rows:
            height += row.height
            if not row.row.with_next:
                break
        return min(height, FULL_PAGE / 3)

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        rows = self._rows_set(width)
        room -= self._head_height
        used, fits, kept = 0.0, 0, 0
        for position, row in enumerate(rows):
            if used + row.height > room + 0.01:
                break
            used += row.height
            fits = position + 1
            if not row.row.with_next:
                kept = fits
        if fits == len(rows):
            return None
        cut = kept or (0 if rows[0].height < FULL_PAGE / 2 else fits)
        left_over = room - sum(row.height for row in rows[:cut])
        if cut < len(rows) and rows[cut].height > FULL_PAGE / 2:
            parts = self._split_row(rows[cut], left_over)
            if parts is not None:
                return self._part([*rows[:cut], parts[0]], width, self.space_before), self._part([parts[1], *rows[cut + 1 :]], width)
        if not cut:
            return None
        return self._part(rows[:cut], width, self.space_before), self._part(rows[cut:], width)

    def _split_row(self, row: _SetRow, room: float) -> tuple[_SetRow, _SetRow] | None:
        fits = int((room - row.row.padding) / self._style.leading)
        if fits < 3:
            return None
        first = _SetRow(row.row, [(lines[:fits], style) for lines, style in row.cells], fits * self._style.leading + row.row.padding)
        rest = [(lines[fits:], style) for lines, style in row.cells]
        deepest = max(len(lines) for lines, _ in rest)
        return first, _SetRow(row.row, rest, max(row.row.height, deepest * self._style.leading + row.row.padding))

    def _part(self, rows: list[_SetRow], width: float, space_before: float = 0.0) -> Grid:
        part = Grid(self._columns, [row.row for row in rows], self._style, space_before, self._number)
        part._set = width, rows
        return part

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        widths = self._widths(width)
        if self._head_height:
            self._draw_head(canvas, x, top, widths, width)
            top -= self._head_height
        for row in self._rows_set(width):
            self._draw_row(canvas, row, x, top, widths)
            top -= row.height
            if row.row.ruled:
                canvas.setStrokeGray(RULE_GREY)
                canvas.setLineWidth(HAIRLINE)
                canvas.line(x, top, x + width, top)

    def _draw_head(self, canvas: Canvas, x: float, top: float, widths: list[float], width: float) -> None:
        canvas.setFillGray(SHADE)
        canvas.rect(x, top - _HEAD_HEIGHT, width, _HEAD_HEIGHT, stroke=0, fill=1)
        canvas.setStrokeGray(0)
        canvas.setLineWidth(0.75)
        canvas.line(x, top, x + width, top)
        canvas.line(x, top - _HEAD_HEIGHT, x + width, top - _HEAD_HEIGHT)
        for column, own in zip(self._columns, widths, strict=True):
            if column.title:
                style = self._head_style(column.align)
                draw_lines(canvas, shortened(column.title, style, own), style, x + _PAD, top, own - 2 * _PAD)
            x += own

    def _draw_row(self, canvas: Canvas, row: _SetRow, x: float, top: float, widths: list[float]) -> None:
        if row.row.shaded:
            canvas.setFillGray(SHADE + 0.02)
            canvas.rect(x, top - row.height, sum(widths), row.height, stroke=0, fill=1)
        leading = self._style.leading
        deepest = max((len(lines) for lines, _ in row.cells), default=1)
        first = top - max(0.0, (row.height - max(deepest, 1) * leading) / 2)
        if row.row.number is not None and self._number is not None:
            self._number(canvas, row.row.number, x + widths[0] / 2, first - leading / 2)
        for position, ((lines, style), own) in enumerate(zip(row.cells, widths, strict=False)):
            indent = row.row.indent if position == 1 else 0.0
            if lines:
                draw_lines(canvas, lines, style, x + _PAD + indent, first, own - 2 * _PAD - indent)
            x += own
