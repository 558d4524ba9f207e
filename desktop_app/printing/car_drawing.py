"""The car on paper: the bundled drawings as black lines, with numbers where it was damaged when it came."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from desktop_app.printing.signs import draw_number
from desktop_app.resource import resource

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.pdfgen.canvas import Canvas

    from db.queries.paper_content import DamageMarkOnPaper
    from desktop_app.printing.text import Style

_FILLS = {"#FFFFFF": 1.0, "#E9EEF3": 0.95, "#E4E9EE": 0.95, "#EEF1F4": 0.95, "#F3DEDC": 0.93, "#D5DBE2": 0.93}
_STROKES = {"#2B3542": 0.0, "#9AA5B1": 0.55}
_OPERATORS = {"M": ("m", 2), "L": ("l", 2), "C": ("c", 6)}
_TOKEN = re.compile(r"[MLCZ]|-?\d+(?:\.\d+)?")

_LENGTH = 480.0
_GAP = 14.0
_TOP_WIDTH = 220.0


@dataclass(frozen=True)
class CarDrawing:
    """A drawing as PDF path operators in its own units, y downwards."""

    width: float
    height: float
    operators: str


def _operators(d: str) -> list[str]:
    tokens = _TOKEN.findall(d)
    found: list[str] = []
    position = 0
    while position < len(tokens):
        letter = tokens[position]
        position += 1
        if letter == "Z":
            found.append("h")
            continue
        operator, count = _OPERATORS[letter]
        while position < len(tokens) and tokens[position] not in "MLCZ":
            found.append(" ".join(tokens[position : position + count]) + " " + operator)
            position += count
            operator = "l" if operator == "m" else operator
    return found


@cache
def car_drawing(body: str, sheet: bool) -> CarDrawing:
    """The unfolded car: left, top and right side; with `sheet` front and rear too. Unknown bodies are drawn as a sedan."""
    kind = body if body in ("sedan", "suv") else "sedan"
    root = ElementTree.parse(resource(f"car/{kind}_{'sheet' if sheet else 'around'}.svg")).getroot()
    _, _, width, height = (float(number) for number in root.attrib["viewBox"].split())
    code: list[str] = ["1 J 1 j"]
    for path in root.iter("{http://www.w3.org/2000/svg}path"):
        fill, stroke = path.attrib.get("fill", "none"), path.attrib.get("stroke", "none")
        shade = _FILLS.get(fill)
        if shade is not None:
            code.append(f"{shade:g} g")
        code.append(f"{_STROKES.get(stroke, 0.0):g} G {path.attrib.get('stroke-width', '1')} w")
        code.extend(_operators(path.attrib["d"]))
        code.append("S" if shade is None else "B")
    return CarDrawing(width, height, "\n".join(code))


def place_of_mark(body: str, sheet: bool, view: str, x: float, y: float) -> tuple[float, float]:
    """Where a mark of one view lies on the unfolded drawing, in its units, y downwards.

    `x` and `y` are 0 to 1 of the view's own drawing. A view that the drawing lacks (front and rear on the small one) is told at the
    nearest end of the car seen from above.
    """
    side = 190.0 if body == "suv" else 170.0
    first_row = side - 8 if sheet else 0.0
    left = side + _GAP
    if view == "left":
        return side - y * side, x * _LENGTH + first_row
    if view == "right":
        return left + _TOP_WIDTH + _GAP + y * side, _LENGTH - x * _LENGTH + first_row
    if view == "front":
        return (x * _TOP_WIDTH + left, y * side) if sheet else (_TOP_WIDTH - x * _TOP_WIDTH + left, 22.0)
    if view == "rear":
        return (x * _TOP_WIDTH + left, y * side + first_row + 474) if sheet else (x * _TOP_WIDTH + left, 458.0)
    return x * _TOP_WIDTH + left, y * 460.0 + 10 + first_row


def draw_car(canvas: Canvas, body: str, marks: Sequence[DamageMarkOnPaper], style: Style, x: float, top: float, width: float, sheet: bool = False) -> None:
    """Draw the unfolded car `width` points wide from (x, top) down, its marks numbered from 1."""
    drawing = car_drawing(body, sheet)
    scale = width / drawing.width
    canvas.saveState()
    canvas.transform(scale, 0, 0, -scale, x, top)
    canvas.addLiteral(drawing.operators)
    canvas.restoreState()
    for number, mark in enumerate(marks, 1):
        mark_x, mark_y = place_of_mark(body, sheet, mark.view, mark.x, mark.y)
        draw_number(canvas, number, style, x + mark_x * scale, top - mark_y * scale, 5.6)


def car_height(body: str, width: float, sheet: bool = False) -> float:
    """Height in points of the drawing when it is `width` points wide."""
    drawing = car_drawing(body, sheet)
    return drawing.height * width / drawing.width
