"""The check-in sheet (接車單、環檢單): how the car came, walked around together, and what was in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from desktop_app.printing.blocks import Block, Facts, Painted, SideBySide, Space, Stack, Text, heading
from desktop_app.printing.car_drawing import car_height, draw_car
from desktop_app.printing.papers.parts import THREE_PAIRS, belongings_words, car_band, choice, customers_words, damage_list, further_damage, places
from desktop_app.printing.papers.signing import Party, signatures
from desktop_app.printing.text import Span, Style, body_style, draw_lines, set_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.pdfgen.canvas import Canvas

    from db.queries.paper_content import Letterhead, OrderOnPaper
    from desktop_app.printing.wording import Wording

_CAR_WIDTH = 90 * mm
_MARKS_BESIDE_THE_CAR = 10


def compose(order: OrderOnPaper, letterhead: Letterhead, say: Wording) -> Sequence[Block]:  # noqa: ARG001
    """The sheet's blocks from top to bottom."""
    style = body_style(say.language)
    blocks: list[Block] = [
        car_band(order, say, style, (say("Checked in"), say.day_and_time(order.checked_in_at, order.printed_at))),
        Facts(_facts(order, say), style, THREE_PAIRS),
    ]
    words = customers_words(order, say, style)
    if words is not None:
        blocks.append(words)
    blocks.extend(_condition(order, say, style))
    statement = say("I agree with the condition of the car and the list of belongings as noted. Valuables have been taken out or shown to the advisor.")
    blocks.append(Text(statement, style.but(size=9), 8, keep_with_next=True))
    signer = order.bringer or order.customer
    parties = [
        Party(say("Customer's signature"), say.person(signer.name, signer.title), order.signature, order.signed_at),
        Party(say("Advisor's signature"), order.advisor),
    ]
    blocks.append(signatures(parties, say, style.but(size=9, leading=12.5), 4))
    return blocks


def _facts(order: OrderOnPaper, say: Wording) -> list[tuple[str, str]]:
    customer = order.customer
    bringer = say.person(order.bringer.name, order.bringer.title) if order.bringer else ""
    phone = (order.bringer.phone if order.bringer else "") or customer.phone
    return [
        (say("Customer"), say.person(customer.name, customer.title)),
        (say("Brought by"), bringer),
        (say("Phone"), phone),
        (say("Advisor"), order.advisor),
        (say("Promised"), say.day_and_time(order.promised_at, order.printed_at)),
        (say("Key tag"), order.key_tag),
    ]


def _condition(order: OrderOnPaper, say: Wording, style: Style) -> list[Block]:
    small = style.but(size=9, leading=13)
    count = len(order.marks)

    def paint(canvas: Canvas, x: float, top: float, width: float) -> None:
        draw_car(canvas, order.vehicle.body, order.marks, style, x, top, width, sheet=True)

    drawing = Painted(car_height(order.vehicle.body, _CAR_WIDTH, sheet=True), paint)
    right: list[Block] = [*_gauges(order, say, small), heading([say("Outside"), *places(order, say)], style, 7)]
    right.append(damage_list(order, say, small, 1, _MARKS_BESIDE_THE_CAR) if count else Text(say("No damage noted."), small))
    if count > _MARKS_BESIDE_THE_CAR:
        right.append(Text(say("No. {first} to {last} below.", first=_MARKS_BESIDE_THE_CAR + 1, last=count), small))
    right += [
        heading(say("Belongings"), style, 7),
        Text(belongings_words(order, say), small),
        Space(rules=1),
        heading(say("In the car"), style, 7),
        Text(_in_the_car(say), small.but(leading=15)),
        heading(say("Agreed"), style, 7),
        *(Text(words, small.but(leading=15)) for words in _wishes(order, say)),
    ]
    blocks: list[Block] = [SideBySide([(_CAR_WIDTH, drawing), (None, Stack(right))], gap=7 * mm, space_before=9)]
    return [*blocks, *further_damage(order, say, small, _MARKS_BESIDE_THE_CAR + 1)]


def _gauges(order: OrderOnPaper, say: Wording, style: Style) -> list[Block]:
    blocks: list[Block] = []
    power_train = order.vehicle.power_train
    if power_train != "battery":
        blocks.append(_gauge(say("Fuel"), 8, order.fuel_eighths, "" if order.fuel_eighths is None else f"{order.fuel_eighths}/8", style))
    if power_train in ("battery", "plug_in_hybrid"):
        charge = order.charge_percent
        blocks.append(_gauge(say("Charge"), 10, None if charge is None else (charge + 5) // 10, "" if charge is None else f"{charge} %", style))
    lamps: list[Span | str] = [Span(say("Warning lamps"), grey=0.27), "  ", order.warning_lamps or say("none noted")]
    blocks.append(Text(lamps, style, 2))
    return blocks


def _gauge(label: str, parts: int, reached: int | None, figure: str, style: Style) -> Block:
    """A bar of so many parts, filled with hatching as far as it reached; empty to be marked by hand when nothing was noted."""

    def paint(canvas: Canvas, x: float, top: float, width: float) -> None:
        draw_lines(canvas, set_lines([Span(label, grey=0.27)], style, 60), style, x, top, 60)
        bar_left, bar_width, bar_height = x + 50, width - 100, 10.0
        part = bar_width / parts
        base = top - 12
        canvas.setStrokeGray(0)
        for number in range(parts):
            left = bar_left + number * part
            if reached is not None and number < reached:
                canvas.setLineWidth(0.6)
                step = 2.4
                marks = int((part - 2) / step)
                for mark in range(1, marks + 1):
                    canvas.line(left + mark * step, base + 1, left + mark * step, base + bar_height - 1)
            canvas.setLineWidth(0.8)
            canvas.rect(left, base, part, bar_height, stroke=1, fill=0)
        draw_lines(canvas, set_lines([Span(figure, bold=True)], style, 48), style, bar_left + bar_width + 8, top, 48)

    return Painted(16, paint)


def _in_the_car(say: Wording) -> list[Span | str]:
    words: list[Span | str] = []
    for thing in ("spare wheel", "jack", "tools", "warning triangle", "floor mats", "seat covers", "vehicle licence"):
        words += [*choice(False, say(thing)), "   "]
    return words


def _wishes(order: OrderOnPaper, say: Wording) -> list[list[Span | str]]:
    def wish(label: str, one: str, chosen: bool, other: str) -> list[Span | str]:
        return [Span(label, grey=0.27), "   ", *choice(chosen, one), "   ", *choice(not chosen, other)]

    return [
        wish(say("Replaced parts"), say("customer takes them"), order.keep_old_parts, say("left with us")),
        wish(say("Wash"), say.value("wash", "yes"), order.wash_wanted, say.value("wash", "no")),
        wish(say("Customer"), say("waits here"), order.customer_waits, say("comes back")),
    ]
