"""The room Insights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.room import Room, Verb

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop_app.room import RoomContext


def _build(context: RoomContext) -> QWidget:
    from desktop_app.rooms.insights.view import View

    return View(context)


ROOM = Room(
    "insights", "Insights", "chart-column", _build, "Ctrl+9",
    verbs=(
        Verb("month_before", "Month before", "Left", room="insights", plain=True, in_palette=False),
        Verb("month_after", "Month after", "Right", room="insights", plain=True, in_palette=False),
        Verb("open_rows", "Open the rows of a figure", "Return", room="insights", plain=True, in_palette=False),
        Verb("close_rows", "Close the rows", "Backspace", room="insights", plain=True, in_palette=False),
    ),
)  # fmt: skip
