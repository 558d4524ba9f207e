"""The room Cashier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.room import Room, list_verbs

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop_app.room import RoomContext


def _build(context: RoomContext) -> QWidget:
    from desktop_app.rooms.cashier.view import View

    return View(context)


ROOM = Room("cashier", "Cashier", "wallet", _build, "Ctrl+8", verbs=list_verbs("cashier"))
