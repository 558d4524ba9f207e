"""A menu in the program's look, which goes when it is closed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.theme.theme import current, style_sheet


class Menu(QMenu):
    """Made each time that it is opened; menus in it look like it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFont(current().font())
        self.setStyleSheet(style_sheet("menu"))
