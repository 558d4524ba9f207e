"""The room Board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.room import Room, list_verbs

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop_app.room import RoomContext


def _build(context: RoomContext) -> QWidget:
    from desktop_app.rooms.board.view import View

    return View(context)


ROOM = Room("board", "Board", "square-kanban", _build, "Ctrl+2", verbs=list_verbs("board"))
