"""The room Check-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.room import Room, Verb

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop_app.room import RoomContext


def _build(context: RoomContext) -> QWidget:
    from desktop_app.rooms.check_in.view import View

    return View(context)


_HERE = "check_in"

ROOM = Room(
    _HERE,
    "Check-in",
    "log-in",
    _build,
    "Ctrl+1",
    verbs=(
        Verb("check_in.alerts", "Car and alerts", "Alt+A", "triangle-alert", room=_HERE),
        Verb("check_in.section1", "Mileage and condition", "Alt+1", room=_HERE, in_palette=False),
        Verb("check_in.section2", "In the customer's own words", "Alt+2", room=_HERE, in_palette=False),
        Verb("check_in.section3", "Items and estimate", "Alt+3", room=_HERE, in_palette=False),
        Verb("check_in.section4", "Walk-around", "Alt+4", room=_HERE, in_palette=False),
        Verb("check_in.section5", "Promised time", "Alt+5", room=_HERE, in_palette=False),
        Verb("check_in.section6", "Customer's signature", "Alt+6", room=_HERE, in_palette=False),
        Verb("check_in.on_paper", "Signed on paper", "Alt+P", "signature", room=_HERE),
        Verb("check_in.person", "Other person", "Alt+R", "users", room=_HERE),
        Verb("check_in.enlarge", "Enlarge the drawing", "Ctrl+E", "car", room=_HERE),
        Verb("check_in.appointment", "New appointment", "Ctrl+B", "calendar-plus", room=_HERE),
        Verb("check_in.chips", "From the words to what they are about", "Down", room=_HERE, plain=True, in_palette=False),
        Verb("check_in.promise", "Promised time", "T", "clock", room=_HERE, plain=True),
        Verb("check_in.add", "Add an item", "Ins", "plus", room=_HERE, plain=True),
        Verb("check_in.remove", "Remove the item", "Del", "minus", room=_HERE, plain=True),
        Verb("check_in.payer", "Payer of the item", "P", room=_HERE, plain=True),
        Verb("check_in.agreed", "The customer agrees to the item, or it is only proposed", "Space", room=_HERE, plain=True),
    ),
)
