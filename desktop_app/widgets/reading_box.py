"""A longer text that is only read, such as a licence or a report."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop_app.theme.theme import current, follow
from desktop_app.widgets.painting import set_ground
from desktop_app.widgets.scrolling import make_quiet


class ReadingBox(QPlainTextEdit):
    """Scrolls with the keys; Tab goes on; what is marked can be copied."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        make_quiet(self)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        follow(self._take_theme)

    def _take_theme(self) -> None:
        self.setFont(current().font("table"))
        set_ground(self)
