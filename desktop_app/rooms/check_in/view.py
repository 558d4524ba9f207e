"""What stands in Check-in while there is nothing to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from desktop_app.room import RoomContext


class View(QWidget):
    """The room."""

    def __init__(self, context: RoomContext) -> None:
        super().__init__()
        self._context = context
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(EmptyState("log-in", "Scan, or type a plate to begin", "Cars that were checked in today are in Work orders", parent=self))
