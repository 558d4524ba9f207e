"""Something high in a part of the window that may be lower: it begins at the top and scrolls without a place for the keys of its own."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.widgets.scrolling import ScrollArea


class Scrolled(ScrollArea):
    """As wide as it is given; what lies behind shows through."""

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        frame = QWidget(self)
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(inside)
        column.addStretch(1)
        self.setWidget(frame)
