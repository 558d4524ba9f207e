"""What several papers show alike: the car's band, the customer's words, the list of damage, and the lines of the order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from desktop_app.printing.blocks import Block, Framed, Painted, SideBySide, Stack, Text
from desktop_app.printing.grid import Column, Grid, Row
from desktop_app.printing.page import WIDTH
from desktop_app.printing.signs import draw_number
from desktop_app.printing.text import Line, Span, Style, draw_lines, natural_width, set_lines, shortened, with_painted_dots

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from db.queries.paper_content import ComplaintOnPaper, DamageMarkOnPaper, OrderOnPaper, PaperLine, VehicleOnPaper
    from desktop_app.printing.wording import Wording

THREE_PAIRS = (0.115, 0.23, 0.105, 0.235, 0.105, 0.21)
"""Widths of three labels with their values, in parts of the page's."""

BILLED = ("proposed", "authorised")
"""Consents under which a line stands on a paper."""


def billed_lines(order: OrderOnPaper) -> list[PaperLine]:
    """The order's lines that are meant to be done, heads of packages with them."""
    return [line for line in order.lines if line.kind == "package" or line.consent in BILLED]


def car_name(vehicle: VehicleOnPaper, say: Wording) -> str:
    """`凱美瑞 2.5G 2021 珍珠白 汽油`."""
    model = vehicle.model
    if vehicle.maker and not model.lower().startswith(vehicle.maker.lower()):
        model = f"{vehicle.maker} {model}"
    year = str(vehicle.model_year) if vehicle.model_year else ""
    return " ".join(part for part in (model.strip(), year, vehicle.colour, say.value("power train", vehicle.power_train)) if part)


def car_band(order: OrderOnPaper, say: Wording, style: Style, right: tuple[str, str]) -> Block:
    """The plate as on the metal, the car in words, and on the right a framed label with what matters most."""
    vehicle = order.vehicle
    plate = with_painted_dots(say.plate(vehicle.plate, vehicle.plate_region)) if vehicle.plate else [say("no plate")]
    plate_style = style.but(size=19.5 if vehicle.plate else 13, leading=25, bold=True, align="center")
    label = style.but(size=8.5, leading=11, align="center")
    figure = style.but(size=15, leading=19, bold=True, align="center")
    name = style.but(size=12, leading=16, bold=True)
    second = " · ".join(
        part
        for part in (
            f"VIN {vehicle.vin}" if vehicle.vin else "",
            say.distance(order.odometer_km),
            say.tank(order.fuel_eighths, order.charge_percent),
        )
        if part
    )
    right_width = max(natural_width(right[1], figure), natural_width(right[0], label)) + 20
    plate_width = min(natural_width(plate, plate_style) + 24, 62 * mm)
    middle_left = plate_width + 12

    def middle(width: float) -> tuple[list[Line], list[Line]]:
        room = width - middle_left - right_width - 10
        return shortened(car_name(vehicle, say), name, room, most=2), set_lines(second, style, room)

    lines = middle(WIDTH)
    height = max(34.0, len(lines[0]) * name.leading + len(lines[1]) * style.leading)

    def paint(canvas: Canvas, x: float, top: float, width: float) -> None:
        canvas.setStrokeGray(0)
        canvas.setLineWidth(1.5)
        canvas.roundRect(x + 0.75, top - 30.75, plate_width - 1.5, 30, 4, stroke=1, fill=0)
        shown = shortened(plate, plate_style, plate_width - 8)[:1]
        draw_lines(canvas, shown, plate_style, x + 4, top - 2.6, plate_width - 8)
        top_of_words = top - max(0.0, (34 - len(lines[0]) * name.leading - len(lines[1]) * style.leading) / 2) + 1
        draw_lines(canvas, lines[0], name, x + middle_left, top_of_words, width)
        draw_lines(canvas, lines[1], style, x + middle_left, top_of_words - len(lines[0]) * name.leading, width)
        canvas.setLineWidth(1)
        canvas.roundRect(x + width - right_width + 0.5, top - 33.5, right_width - 1, 33, 3.2, stroke=1, fill=0)
        draw_lines(canvas, set_lines(right[0], label, right_width), label, x + width - right_width, top - 2, right_width)
        draw_lines(canvas, set_lines(right[1], figure, right_width), figure, x + width - right_width, top - 12.5, right_width)

    return Painted(height, paint, space_before=0)


def customers_words(order: OrderOnPaper, say: Wording, style: Style) -> Block | None:
    """The complaints in the customer's own words and as they were ticked, numbered when there are several; None when there are none."""
    if not order.complaints:
        return None
    label = Span(say("In the customer's words") if any(said.words for said in order.complaints) else say("The customer reports"), bold=True)
    if len(order.complaints) == 1:
        return Framed(Text([label, "   ", _said(order.complaints[0], say)], style), space_before=6)
    texts = [Text([label], style)]
    texts += [Text([Span(circled(number), bold=True), f" {_said(said, say)}"], style) for number, said in enumerate(order.complaints, 1)]
    return Framed(Stack(texts, together=False), space_before=6)


def _said(complaint: ComplaintOnPaper, say: Wording) -> str:
    """`「早上冷車起步有咯吱聲」 · 異響`."""
    return " · ".join(part for part in (say.quoted(complaint.words) if complaint.words else "", say.joined(list(complaint.names))) if part)


def circled(number: int) -> str:
    """`①` to `⑳`, beyond that the figure in brackets."""
    return chr(0x245F + number) if 1 <= number <= 20 else f"({number})"


def line_name(line: PaperLine, order: OrderOnPaper, say: Wording) -> list[Span | str]:
    """A line's name with its code, what kind of part it is, and which complaint it answers."""
    words: list[Span | str] = [Span(line.name, bold=not line.in_package)]
    if line.code and line.kind in ("part", "consumable"):
        words.append(Span(f" {line.code}", bold=False))
    if line.part_origin and line.kind == "part":
        words.append(Span(say.bracketed(say.value("part origin", line.part_origin)), bold=False))
    if line.complaint is not None and len(order.complaints) > 1:
        words.append(Span(f" {circled(line.complaint + 1)}", bold=False))
    return words


def damage_words(mark: DamageMarkOnPaper, say: Wording) -> str:
    """`右前門　刮痕 12 cm，見底漆，照片 2 張`."""
    kind = say.value("damage", mark.kind)
    size = f" {say.size(mark.size_mm)}" if mark.size_mm else ""
    comma = ", " if say.language == "en" else "，"
    more = [mark.note]
    if mark.known_before:
        more.append(say("known before"))
    if mark.photos:
        more.append(say("{count} photos", count=mark.photos))
    space = "  " if say.language == "en" else "　"
    return say.zone(mark.zone) + space + comma.join([f"{kind}{size}", *(part for part in more if part)])


def damage_list(order: OrderOnPaper, say: Wording, style: Style, first: int, last: int) -> Block:
    """The marks from `first` to `last` (counted from 1, both with) in words, each beside its number."""
    rows = [
        Row(["", damage_words(mark, say)], height=style.leading, ruled=False, padding=2.0, number=number)
        for number, mark in enumerate(order.marks, 1)
        if first <= number <= last
    ]

    def number_in_circle(canvas: Canvas, number: int, x: float, y: float) -> None:
        draw_number(canvas, number, style, x, y, 5.2)

    return Grid([Column(width=16), Column()], rows, style, space_before=0, number=number_in_circle)


def places(order: OrderOnPaper, say: Wording) -> list[Span | str]:
    """How many places are damaged, after a heading; nothing when none is."""
    return ["   ", say("{count} places", count=len(order.marks))] if order.marks else []


def further_damage(order: OrderOnPaper, say: Wording, style: Style, first: int) -> list[Block]:
    """The marks from `first` on in two columns; nothing when there are none."""
    count = len(order.marks)
    if count < first:
        return []
    middle = (first + count) // 2
    columns: list[tuple[float | None, Block]] = [(None, damage_list(order, say, style, first, middle))]
    columns.append((None, damage_list(order, say, style, middle + 1, count)))
    return [SideBySide(columns, space_before=4)]


def belongings_words(order: OrderOnPaper, say: Wording) -> str:
    """`行車紀錄儀、雨傘 2、鑰匙 1 把`."""
    things = [thing.name if thing.quantity == 1 else f"{thing.name} ×{thing.quantity}" for thing in order.belongings]
    return say.joined([*things, say("{count} keys", count=order.keys_count)])


def choice(sign_on: bool, words: str) -> list[Span | str]:
    """A box, ticked or not, with what it stands for."""
    return [Span("", sign="ticked" if sign_on else "box"), f"\xa0{words}"]
