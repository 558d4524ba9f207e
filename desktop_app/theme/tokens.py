"""The design's values, read once from `resources/theme/tokens.json`: no colour or size is written anywhere else."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from desktop_app.resource import resource


@cache
def tokens() -> dict[str, Any]:
    """The whole token file as it stands."""
    loaded: dict[str, Any] = json.loads(resource("theme/tokens.json").read_text(encoding="utf-8"))
    return loaded


def base_colours(theme: str) -> dict[str, str]:
    """Every single colour of a theme by name; the rail's are `rail_bg`, `rail_text`…, a plate's `plate_blue_fill`…"""
    chosen = tokens()[theme]
    colours: dict[str, str] = dict(chosen["base"])
    colours.update({f"rail_{name}": value for name, value in chosen["rail"].items()})
    colours.update({f"car_{name}": value for name, value in chosen["car"].items()})
    colours.update({f"toast_{name}": value for name, value in tokens()["toast"].items()})
    for plate, parts in tokens()["plate"].items():
        colours.update({f"plate_{plate}_{part}": value for part, value in parts.items()})
    for family, (foreground, tint, solid) in chosen["sem"].items():
        colours.update({family: foreground, f"{family}_tint": tint, f"{family}_solid": solid})
    return colours
