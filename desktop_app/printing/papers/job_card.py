"""The job card (派工單): what the workshop works from, with room for times, findings and the three checks."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from desktop_app.printing.blocks import Block, Facts, Painted, SideBySide, Space, Stack, Text, heading
from desktop_app.printing.car_drawing import car_height, draw_car
from desktop_app.printing.grid import Column, Grid, Row
from desktop_app.printing.page import BODY_HEIGHT, WIDTH, WRITE_LINE
from desktop_app.printing.papers.parts import (
    THREE_PAIRS,
    belongings_words,
    billed_lines,
    car_band,
    choice,
    customers_words,
    damage_list,
    further_damage,
    line_name,
    places,
)
from desktop_app.printing.text import Span, Style, Words, body_style, natural_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.pdfgen.canvas import Canvas

    from db.queries.paper_content import Letterhead, OrderOnPaper, PaperLine
    from desktop_app.printing.wording import Wording

_CAR_WIDTH = 71 * mm
_MARKS_BESIDE_THE_CAR = 6
_TIMED = ("labour", "sublet")
_BOX = Span("", sign="box")


def compose(order: OrderOnPaper, letterhead: Letterhead, say: Wording) -> Sequence[Block]:  # noqa: ARG001
    """The job card's blocks from top to bottom."""
    style = body_style(say.language)
    blocks: list[Block] = [
        car_band(order, say, style, (say("Promised"), say.day_and_time(order.promised_at, order.checked_in_at))),
        Facts(_facts(order, say), style, THREE_PAIRS),
    ]
    words = customers_words(order, say, style)
    if words is not None:
        blocks.append(words)
    lines, condition = _lines(order, say), _Condition(order, say, style)
    under = _under_the_lines(order, say, style)
    below = [*condition.further_marks(), _checks(order, say, style)]
    above = _height_of([*blocks, _grid(lines, 0, say, style), under])
    empty_rows, write_lines = _room_to_write(above, _height_of(below), condition)
    return [*blocks, _grid(lines, empty_rows, say, style), under, condition.block(write_lines), *below]


def _height_of(blocks: Sequence[Block]) -> float:
    return sum(block.space_before + block.height(WIDTH) for block in blocks)


def _room_to_write(above: float, below: float, condition: _Condition) -> tuple[int, int]:
    """How many empty rows and lines for findings: as many as one page holds, else as many as leave the drawing on the first page."""
    for rest, choices in ((below, ((4, 5), (4, 4), (3, 4), (2, 4), (2, 3))), (0.0, ((3, 4), (2, 4), (2, 3), (1, 3)))):
        for empty_rows, write_lines in choices:
            if above + rest + empty_rows * WRITE_LINE + condition.height(write_lines) <= BODY_HEIGHT:
                return empty_rows, write_lines
    return 3, 4


def _facts(order: OrderOnPaper, say: Wording) -> list[tuple[str, str]]:
    place = (say("Bay"), "　".join(part for part in (order.bay, order.technician) if part)) if order.bay else (say("Technician"), order.technician)
    customer = say.person(order.customer.name, order.customer.title)
    return [
        (say("Customer"), customer),
        (say("Phone"), order.customer.masked_phone),
        (say("Advisor"), order.advisor),
        (say("Checked in"), say.day_and_time(order.checked_in_at, order.printed_at)),
        place,
        (say("Key tag"), order.key_tag),
        (say("Customer waits"), say("Yes") if order.customer_waits else ""),
        (say("Note"), order.note),
    ]


def _lines(order: OrderOnPaper, say: Wording) -> list[Row]:
    rows: list[Row] = []
    lines = [line for line in billed_lines(order) if line.kind != "fee"]
    for number, line in enumerate(lines):
        if line.in_package:
            continue
        inside = list(takewhile(lambda each: each.in_package, lines[number + 1 :])) if line.kind == "package" else []
        rows += _package(line, inside, order, say) if inside else [_row(line, order, say)]
    return rows


def _grid(lines: list[Row], empty_rows: int, say: Wording, style: Style) -> Grid:
    columns = [
        Column(say("Type"), 9.5 * mm, "center"),
        Column(say("Item")),
        Column(say("Hours"), 13 * mm, "right"),
        Column(say("Technician"), 21 * mm),
        Column(say("Start"), 23 * mm),
        Column(say("End"), 23 * mm),
        Column(say("Done"), 12 * mm, "center"),
    ]
    empty = [Row(["", "", "", "", "", "", [_BOX]], height=WRITE_LINE) for _ in range(empty_rows)]
    return Grid(columns, [*lines, *empty], style.but(size=9, leading=12.5), space_before=8)


def _package(head: PaperLine, inside: list[PaperLine], order: OrderOnPaper, say: Wording) -> list[Row]:
    """The package by its name, its work, and its material in one row; with a single piece of work that stands on the head's row."""
    work = [line for line in inside if line.kind in _TIMED]
    material = [line for line in inside if line not in work]
    if len(work) == 1 and head.consent == "authorised":
        rows = [_row(replace(head, technician=work[0].technician), order, say, timed=True)]
    else:
        rows = [_row(head, order, say), *(_row(line, order, say) for line in work)]
    if material:
        words = say.joined([f"{line.name} {say.quantity(line.quantity, line.unit)}" for line in material])
        rows.append(Row(["", words], indent=9, wide=True))
    return rows


def _row(line: PaperLine, order: OrderOnPaper, say: Wording, timed: bool = False) -> Row:
    name = line_name(line, order, say)
    if line.kind in ("part", "consumable"):
        name.append(Span(f"  {say.quantity(line.quantity, line.unit)}", bold=False))
    asked = line.consent != "authorised"
    if asked and not line.in_package:
        name.append(Span(say.bracketed(say("not agreed yet, do not begin")), bold=False))
    timed = timed or (line.kind in _TIMED and not asked)
    boxed: Words = [_BOX] if timed or (line.kind != "package" and not asked) else ""
    return Row(
        [[Span(say.kind_letter(line.kind), bold=True)], name, say.hours(line.hours), line.technician, "", "", boxed],
        height=WRITE_LINE if timed else 18.0,
        with_next=line.kind == "package",
        indent=9 if line.in_package else 0.0,
    )


def _under_the_lines(order: OrderOnPaper, say: Wording, style: Style) -> Block:
    hours = sum(line.hours for line in order.lines if line.kind != "package" and line.consent == "authorised")
    recalled = any(line.payer in ("recall", "warranty") and line.kind == "part" for line in billed_lines(order))
    words: list[Span | str] = []
    if hours:
        words += [say("Hours in all"), " ", Span(f"{say.hours(hours)} h", bold=True), "      "]
    words += [
        say("Replaced parts") + say.colon(),
        " ",
        *choice(order.keep_old_parts, say("customer takes them")),
        "   ",
        *choice(not order.keep_old_parts and not recalled, say("left with us")),
        "   ",
        *choice(not order.keep_old_parts and recalled, say("back to the maker")),
    ]
    return Text(words, style.but(size=9, align="right"), space_before=3)


class _Condition:
    """How the car came, beside lines to write findings on."""

    def __init__(self, order: OrderOnPaper, say: Wording, style: Style) -> None:
        self._order = order
        self._say = say
        self._style = style
        self._small = style.but(size=9, leading=13)

    @cached_property
    def _drawing(self) -> Block:
        order, say = self._order, self._say

        def paint(canvas: Canvas, x: float, top: float, width: float) -> None:
            draw_car(canvas, order.vehicle.body, order.marks, self._style, x, top, width)

        title = heading([say("Outside at check-in"), *places(order, say)], self._style, 0)
        return Stack([title, Painted(car_height(order.vehicle.body, _CAR_WIDTH), paint, 2)])

    @cached_property
    def _beside(self) -> list[Block]:
        order, say, small = self._order, self._say, self._small
        count = len(order.marks)
        blocks: list[Block] = [heading(say("Condition and belongings"), self._style, 0)]
        blocks.append(damage_list(order, say, small, 1, _MARKS_BESIDE_THE_CAR) if count else Text(say("No damage noted."), small))
        if count > _MARKS_BESIDE_THE_CAR:
            blocks.append(Text(say("No. {first} to {last} below.", first=_MARKS_BESIDE_THE_CAR + 1, last=count), small))
        things: list[Span | str] = [Span(say("Belongings"), grey=0.27), "  ", belongings_words(order, say)]
        if order.warning_lamps:
            things += ["    ", Span(say("Warning lamps"), grey=0.27), "  ", order.warning_lamps]
        return [*blocks, Text(things, small, 2), heading(say("Findings and measurements (write the value)"), self._style, 6)]

    def block(self, write_lines: int) -> Block:
        """Drawing and words with so many lines to write on."""
        right = Stack([*self._beside, Space(rules=write_lines)])
        return SideBySide([(_CAR_WIDTH, self._drawing), (None, right)], gap=6 * mm, space_before=8)

    def height(self, write_lines: int) -> float:
        """Height with so many lines, the room above included."""
        block = self.block(write_lines)
        return block.space_before + block.height(WIDTH)

    def further_marks(self) -> list[Block]:
        """The marks that have no room beside the drawing."""
        return further_damage(self._order, self._say, self._small, _MARKS_BESIDE_THE_CAR + 1)


def _checks(order: OrderOnPaper, say: Wording, style: Style) -> Block:
    columns = [Column(say("Check"), 28 * mm), Column(say("Result")), Column(say("Signature"), 38 * mm), Column(say("Time"), 30 * mm)]
    passed = [*choice(False, say("passed")), "     ", *choice(False, say("back to work, because")), say.colon()]
    rows = [Row([[Span(word, bold=True)], passed, "", ""], height=WRITE_LINE) for word in (say("Self-check"), say("Mutual check"), say("Final check"))]
    small = style.but(size=9)
    last: list[Span | str] = [
        say("Road test"),
        "  ",
        *choice(False, say.value("road test", "no")),
        "   ",
        *choice(False, say.value("road test", "yes")),
        "  ",
        "_" * 9,
        " km",
        "      ",
        say("Wash"),
        "  ",
        *choice(order.wash_wanted, say.value("wash", "yes")),
        "   ",
        *choice(not order.wash_wanted, say.value("wash", "no")),
    ]
    return Stack([Grid(columns, rows, small), _last_row(last, say, small)], space_before=8)


def _last_row(words: list[Span | str], say: Wording, style: Style) -> Block:
    label = say("Customer's signature")
    above = WRITE_LINE - style.leading

    def line(canvas: Canvas, x: float, top: float, width: float) -> None:
        canvas.setStrokeGray(0)
        canvas.setLineWidth(0.7)
        canvas.line(x, top - WRITE_LINE, x + width, top - WRITE_LINE)

    return SideBySide(
        [
            (None, Stack([Space(above), Text(words, style)])),
            (natural_width(label, style) + 1, Stack([Space(above), Text(label, style)])),
            (42 * mm, Painted(WRITE_LINE, line)),
        ],
        gap=2 * mm,
        space_before=2,
    )
