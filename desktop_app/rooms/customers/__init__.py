"""The room Customers and vehicles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.room import Room, Verb

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop_app.room import RoomContext


def _build(context: RoomContext) -> QWidget:
    from desktop_app.rooms.customers.view import View

    return View(context)


_HERE = "customers"

ROOM = Room(
    _HERE,
    "Customers and vehicles",
    "users",
    _build,
    "Ctrl+6",
    short="Customers",
    verbs=(
        Verb("customers.table", "Wear as a table or as charts", "Ctrl+T", "gauge", room=_HERE),
        Verb("customers.history", "History of the file", "Ctrl+Shift+H", "history", room=_HERE),
        Verb("customers.doubles", "All possible doubles", "Ctrl+M", "split", room=_HERE),
        Verb("customers.call", "Call, and write down the talk", "C", "phone", room=_HERE, plain=True),
        Verb("customers.book", "Book an appointment", "B", "calendar-plus", room=_HERE, plain=True),
        Verb("customers.edit", "Change what is in the file", "F4", "pencil", room=_HERE, plain=True),
        Verb("customers.open", "Into the file", "Enter", room=_HERE, plain=True, in_palette=False),
        Verb("customers.add", "Add to the section", "Ins", "plus", room=_HERE, plain=True, in_palette=False),
        Verb("customers.end", "From when until when", "Del", "minus", room=_HERE, plain=True, in_palette=False),
        Verb("customers.differ", "Doubles: not the same", "N", room=_HERE, plain=True, in_palette=False),
    ),
)
