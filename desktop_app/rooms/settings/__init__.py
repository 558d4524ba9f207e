"""The room Settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.room import Room, Verb

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop_app.room import RoomContext


def _build(context: RoomContext) -> QWidget:
    from desktop_app.rooms.settings.view import View

    return View(context)


ROOM = Room(
    "settings", "Settings", "settings", _build, "Ctrl+0",
    verbs=(
        Verb("change_row", "Change the selected row", "Return", "pencil", "settings", plain=True, in_palette=False),
        Verb("add_row", "Add one", "Ins", "plus", "settings", plain=True, in_palette=False),
        Verb("give_pin", "Give a PIN", "P", "key-round", "settings", plain=True, in_palette=False),
        Verb("unlock_person", "Unlock", "U", "lock", "settings", plain=True, in_palette=False),
        Verb("who_changed_what", "Who changed what", "H", "history", "settings", plain=True, in_palette=False),
    ),
)  # fmt: skip
