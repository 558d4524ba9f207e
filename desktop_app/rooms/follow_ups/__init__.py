"""The room Follow-ups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.room import Room, Verb, list_verbs

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop_app.room import RoomContext


def _build(context: RoomContext) -> QWidget:
    from desktop_app.rooms.follow_ups.view import View

    return View(context)


ROOM = Room(
    "follow_ups", "Follow-ups", "phone", _build, "Ctrl+7", short="Follow-up",
    verbs=(*list_verbs("follow_ups"), Verb("follow_ups.call", "Call, and write down the talk", "C", "phone", room="follow_ups", plain=True)),
)  # fmt: skip
