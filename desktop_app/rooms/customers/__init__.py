"""The room Customers and vehicles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.room import Room

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop_app.room import RoomContext


def _build(context: RoomContext) -> QWidget:
    from desktop_app.rooms.customers.view import View

    return View(context)


ROOM = Room("customers", "Customers and vehicles", "users", _build, "Ctrl+6", short="Customers")
