"""The ten rooms of the rail. Each package exports `ROOM` and imports its view only when the room is first opened."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.room import Room

ROOM_MODULES = ("check_in", "board", "work_orders", "recommendations", "claims", "customers", "follow_ups", "cashier", "insights", "settings")
"""Keys in the order of the rail; each is a package beside this module."""


def all_rooms() -> tuple[Room, ...]:
    """Every room, without its view."""
    return tuple(import_module(f"{__name__}.{key}").ROOM for key in ROOM_MODULES)
