"""The room Claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.room import Room, list_verbs

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop_app.room import RoomContext


def _build(context: RoomContext) -> QWidget:
    from desktop_app.rooms.claims.view import View

    return View(context)


ROOM = Room("claims", "Claims", "shield-alert", _build, "Ctrl+5", verbs=list_verbs("claims"))
