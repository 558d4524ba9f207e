"""The room Work orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.room import Room, Verb

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop_app.room import RoomContext


def _build(context: RoomContext) -> QWidget:
    from desktop_app.rooms.work_orders.view import View

    return View(context)


_VERBS = (
    Verb("orders.add", "Add lines", "Ins", "plus", "work_orders", plain=True),
    Verb("orders.withdraw", "Take off the order", "Del", "trash-2", "work_orders", plain=True),
    Verb("orders.payer", "Who pays for it", "P", "wallet", "work_orders", plain=True),
    Verb("orders.authorise", "The customer agrees", "A", "signature", "work_orders", plain=True),
    Verb("orders.promise", "Promised time", "T", "clock", "work_orders", plain=True),
    Verb("orders.talk", "Talk with the customer", "K", "phone", "work_orders", plain=True),
    Verb("orders.note", "Write a note", "M", "message-square", "work_orders", plain=True, in_palette=False),
    Verb("orders.split", "Split the line", "S", "split", "work_orders", plain=True, in_palette=False),
    Verb("orders.done", "Done or handed out", "Space", "check", "work_orders", plain=True, in_palette=False),
    Verb("orders.change", "Change the line", "F4", "pencil", "work_orders", plain=True, in_palette=False),
    Verb("orders.up", "Move the line up", "Ctrl+Up", room="work_orders", in_palette=False),
    Verb("orders.down", "Move the line down", "Ctrl+Down", room="work_orders", in_palette=False),
)

ROOM = Room("work_orders", "Work orders", "clipboard-list", _build, "Ctrl+3", short="Orders", verbs=_VERBS)
