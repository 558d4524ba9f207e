"""The room Recommendations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.room import Room, list_verbs

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop_app.room import RoomContext


def _build(context: RoomContext) -> QWidget:
    from desktop_app.rooms.recommendations.view import View

    return View(context)


ROOM = Room("recommendations", "Recommendations", "lightbulb", _build, "Ctrl+4", short="Offers", verbs=list_verbs("recommendations"))
