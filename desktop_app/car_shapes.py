"""The drawings of cars as plain shapes, for the widget that paints them and the papers that print them; without Qt.

A zone is the drawing's name for a panel (`door_fl`: front left door); left and right are the car's own. A view is one side of the
car (`top`, `left`, `right`, `front`, `rear`); a place on it is 0 to 1 of its width and height, whatever drawing it's shown in.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from desktop_app.resource import resource

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BODIES = ("sedan", "suv")
VIEWS = ("top", "left", "right", "front", "rear")

Segment = tuple[str, tuple[float, ...]]
"""M and L with x, y; C with three points; Z with nothing."""

FILLS = {"#FFFFFF": "body", "#E9EEF3": "glass", "#E4E9EE": "glass", "#D5DBE2": "tyre", "#F3DEDC": "lamp", "#EEF1F4": "arch"}
STROKES = {"#2B3542": "ink", "#9AA5B1": "detail"}

_GAP = 14
_TOP_WIDTH, _TOP_HEIGHT, _SIDE_LENGTH, _SHEET_STEP = 220, 460, 480, 474

APART = 34.0
"""Units of a drawing by which marks set by keys lie apart, so that their numbers stay clear of each other on the papers."""
_RINGS = 60

ZONE_WORDS = {
    "front_bumper": "Front bumper", "hood": "Bonnet", "windshield": "Windscreen", "roof": "Roof", "rear_window": "Rear window",
    "trunk": "Boot lid", "rear_bumper": "Rear bumper", "grille": "Grille", "plate_front": "Front plate", "plate_rear": "Rear plate",
    "fender_fl": "Left front wing", "fender_fr": "Right front wing", "door_fl": "Left front door", "door_fr": "Right front door",
    "door_rl": "Left rear door", "door_rr": "Right rear door", "quarter_rl": "Left rear wing", "quarter_rr": "Right rear wing",
    "window_fl": "Left front window", "window_fr": "Right front window", "window_rl": "Left rear window", "window_rr": "Right rear window",
    "window_ql": "Left quarter window", "window_qr": "Right quarter window", "mirror_l": "Left mirror", "mirror_r": "Right mirror",
    "headlight_l": "Left headlamp", "headlight_r": "Right headlamp", "taillight_l": "Left rear lamp", "taillight_r": "Right rear lamp",
    "fog_l": "Left fog lamp", "fog_r": "Right fog lamp", "sill_l": "Left sill", "sill_r": "Right sill",
    "wheel_fl": "Left front wheel", "wheel_fr": "Right front wheel", "wheel_rl": "Left rear wheel", "wheel_rr": "Right rear wheel",
}  # fmt: skip
"""English phrase of each zone (context `zone`)."""

ROUND = (
    *(("top", zone) for zone in ("front_bumper", "hood", "windshield", "roof", "rear_window", "trunk", "rear_bumper")),
    *(("left", zone) for zone in ("fender_fl", "door_fl", "door_rl", "quarter_rl", "mirror_l", "sill_l")),
    *(("right", zone) for zone in ("fender_fr", "door_fr", "door_rr", "quarter_rr", "mirror_r", "sill_r")),
    ("left", "wheel_fl"), ("right", "wheel_fr"), ("left", "wheel_rl"), ("right", "wheel_rr"),
)  # fmt: skip
"""The way round the car that Tab goes, as (view, zone)."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One outline: a zone, or a decoration with an empty `zone`. `fill` and `stroke` are roles, empty for none."""

    zone: str
    view: str
    segments: tuple[Segment, ...]
    fill: str
    stroke: str
    width: float


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a view lies in a drawing: its place (u, v from 0 to 1) goes to (x0 + u*ux + v*vx, y0 + u*uy + v*vy)."""

    x0: float
    y0: float
    ux: float
    uy: float
    vx: float
    vy: float

    def point(self, u: float, v: float) -> tuple[float, float]:
        """A place on the view as a point of the drawing."""
        return self.x0 + u * self.ux + v * self.vx, self.y0 + u * self.uy + v * self.vy

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point of the drawing as a place on the view, kept within 0 to 1."""
        scale = self.ux * self.vy - self.uy * self.vx
        dx, dy = x - self.x0, y - self.y0
        u, v = (dx * self.vy - dy * self.vx) / scale, (dy * self.ux - dx * self.uy) / scale
        return min(1.0, max(0.0, u)), min(1.0, max(0.0, v))


@dataclass(frozen=True, slots=True)
class Drawing:
    """All shapes of a drawing in the order they're painted, its size, and where its views lie."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    views: dict[str, Placing]


@cache
def drawing(body: str, layout: str) -> Drawing:
    """The drawing of a body (sedan, suv): `around` (left, top, right unfolded, front up), `sheet` (all five) or one view by its name."""
    source = resource(f"car/{body}_{layout}.svg").read_text(encoding="utf-8")
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', source)
    if size is None:
        raise ValueError(f"{body}_{layout}.svg has no viewBox")
    width, height = float(size[1]), float(size[2])
    whole = {layout: Placing(0, 0, width, 0, 0, height)}
    views = whole if layout in VIEWS else _unfolded(170 if body == "sedan" else 190, layout == "sheet")
    return Drawing(width, height, tuple(_shapes(source, layout)), views)


def spread(points: Sequence[tuple[float, float]], apart: float, width: float, height: float) -> list[tuple[float, float]]:
    """Where the numbers of marks are drawn, so that none covers another: each at its own place, or at the nearest free one `apart` from the others.

    All in the same unit, kept within `width` and `height` where there is room at all. Earlier ones stay where they are.
    """
    found: list[tuple[float, float]] = []
    for point in points:
        found.append(next((place for place in _around(point, apart / 4) if _is_free(place, found, apart, width, height)), point))
    return found


def _around(point: tuple[float, float], step: float) -> Iterator[tuple[float, float]]:
    """The point itself, then rings around it, ever wider."""
    yield point
    for ring in range(1, _RINGS):
        for turn in range(6 * ring):
            angle = 2 * math.pi * turn / (6 * ring)
            yield point[0] + ring * step * math.cos(angle), point[1] + ring * step * math.sin(angle)


def _is_free(place: tuple[float, float], others: Sequence[tuple[float, float]], apart: float, width: float, height: float) -> bool:
    within = 0 <= place[0] <= width and 0 <= place[1] <= height
    return within and all(math.dist(place, other) >= apart - 1e-6 for other in others)


def _unfolded(side: float, sheet: bool) -> dict[str, Placing]:
    """Where the views lie in the unfolded drawings: the sides are turned so that the car's front is up everywhere."""
    y0 = side - 8 if sheet else 0
    middle = side + _GAP
    views = {
        "left": Placing(side, y0, 0, _SIDE_LENGTH, -side, 0),
        "top": Placing(middle, y0 + 10, _TOP_WIDTH, 0, 0, _TOP_HEIGHT),
        "right": Placing(middle + _TOP_WIDTH + _GAP, y0 + _SIDE_LENGTH, 0, -_SIDE_LENGTH, side, 0),
    }
    if sheet:
        views["front"] = Placing(middle, 0, _TOP_WIDTH, 0, 0, side)
        views["rear"] = Placing(middle, y0 + _SHEET_STEP, _TOP_WIDTH, 0, 0, side)
    return views


def _shapes(source: str, layout: str) -> Iterator[Shape]:
    view = layout if layout in VIEWS else ""
    for group, attributes in re.findall(r'<g id="view_(\w+)">|<path ([^>]*)/>', source):
        if group:
            view = group
            continue
        found = dict(re.findall(r'([\w-]+)="([^"]*)"', attributes))
        zone = found.get("id", "").rpartition(".")[2]
        yield Shape(zone, view, tuple(_segments(found["d"])), FILLS.get(found["fill"], ""), STROKES[found["stroke"]], float(found["stroke-width"]))


def _segments(path: str) -> Iterator[Segment]:
    for command, rest in re.findall(r"([MLCZ])([^MLCZ]*)", path):
        numbers = tuple(float(number) for number in rest.split())
        step = {"M": 2, "L": 2, "C": 6, "Z": 0}[command]
        if step == 0:
            yield command, ()
        for start in range(0, len(numbers), step or 1):
            yield command, numbers[start : start + step]
