"""The room Work orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.room import Room

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop_app.room import RoomContext


def _build(context: RoomContext) -> QWidget:
    from desktop_app.rooms.work_orders.view import View

    return View(context)


ROOM = Room("work_orders", "Work orders", "clipboard-list", _build, "Ctrl+3", short="Orders")
