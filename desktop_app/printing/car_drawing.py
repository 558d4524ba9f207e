"""The car on paper: the bundled drawings as black lines, with numbers where it was damaged when it came."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from desktop_app.car_shapes import BODIES, drawing, spread
from desktop_app.printing.signs import draw_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.pdfgen.canvas import Canvas

    from db.queries.paper_content import DamageMarkOnPaper
    from desktop_app.car_shapes import Drawing, Segment
    from desktop_app.printing.text import Style

_FILLS = {"body": 1.0, "glass": 0.95, "arch": 0.95, "lamp": 0.93, "tyre": 0.93}
_STROKES = {"ink": 0.0, "detail": 0.55}
_OPERATORS = {"M": "m", "L": "l", "C": "c", "Z": "h"}
_MARK_RADIUS = 5.6
_MARKS_APART = 2.2 * _MARK_RADIUS
_END_OF_THE_CAR = {"front": 0.03, "rear": 0.97}


def _drawing(body: str, sheet: bool) -> Drawing:
    return drawing(body if body in BODIES else BODIES[0], "sheet" if sheet else "around")


def _operator(segment: Segment) -> str:
    letter, numbers = segment
    return " ".join([*(f"{number:g}" for number in numbers), _OPERATORS[letter]])


@cache
def _painting(body: str, sheet: bool) -> str:
    """The drawing as PDF path operators in its own units, y downwards."""
    code: list[str] = ["1 J 1 j"]
    for shape in _drawing(body, sheet).shapes:
        if shape.fill:
            code.append(f"{_FILLS[shape.fill]:g} g")
        code.append(f"{_STROKES[shape.stroke]:g} G {shape.width:g} w")
        code.extend(_operator(segment) for segment in shape.segments)
        code.append("B" if shape.fill else "S")
    return "\n".join(code)


def place_of_mark(body: str, sheet: bool, view: str, x: float, y: float) -> tuple[float, float]:
    """Where a mark of one view lies on the unfolded drawing, in its units, y downwards.

    `x` and `y` are 0 to 1 of the view. Front and rear, which the small drawing lacks, are told at that end of the car seen from above.
    """
    views = _drawing(body, sheet).views
    if view in views:
        return views[view].point(x, y)
    # Seen from the front the car's left is on the right, from above and from behind it is on the left.
    return views["top"].point(1 - x if view == "front" else x, _END_OF_THE_CAR.get(view, y))


def draw_car(
    canvas: Canvas, body: str, marks: Sequence[DamageMarkOnPaper], style: Style, x: float, top: float, width: float, sheet: bool = False
) -> None:  # fmt: skip
    """Draw the unfolded car (left, top, right; with `sheet` front and rear too) `width` points wide from (x, top) down, its marks numbered from 1."""
    scale = width / _drawing(body, sheet).width
    canvas.saveState()
    canvas.transform(scale, 0, 0, -scale, x, top)
    canvas.addLiteral(_painting(body, sheet))
    canvas.restoreState()
    for number, (right, down) in enumerate(_places_of_numbers(body, sheet, marks, width), 1):
        draw_number(canvas, number, style, x + right, top - down, _MARK_RADIUS)


def _places_of_numbers(body: str, sheet: bool, marks: Sequence[DamageMarkOnPaper], width: float) -> list[tuple[float, float]]:
    """Points to the right and down from the drawing's corner, none covering another."""
    scale = width / _drawing(body, sheet).width
    places = [place_of_mark(body, sheet, mark.view, mark.x, mark.y) for mark in marks]
    return spread([(across * scale, down * scale) for across, down in places], _MARKS_APART, width, car_height(body, width, sheet))


def car_height(body: str, width: float, sheet: bool = False) -> float:
    """Height in points of the drawing when it is `width` points wide."""
    found = _drawing(body, sheet)
    return found.height * width / found.width
