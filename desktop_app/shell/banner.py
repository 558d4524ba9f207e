"""The amber strip above the rooms: what keeps changes from being written, what is safe, and a button to try again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.i18n.live import follow_language, say
from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.labels import ElidedLabel
from desktop_app.widgets.painting import box, edge_strip, open_painter

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent


class Banner(QWidget):
    """Hidden unless something lasting must be said."""

    pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words: Callable[[], str] = str
        self._strip = _Strip(self)
        self.words = ElidedLabel("", "table", "text", parent=self._strip)
        self.button = Button("Try again", keys="F5", height="small", parent=self._strip)
        self.button.clicked.connect(self.pressed)
        inner = QHBoxLayout(self._strip)
        inner.setContentsMargins(40, 6, 8, 6)
        inner.setSpacing(12)
        inner.addWidget(self.words, 1)
        inner.addWidget(self.button)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 0)
        row.addWidget(self._strip)
        self.hide()
        follow_language(self._on_language)

    def show_words(self, words: Callable[[], str], button: str = "Try again", keys: str = "F5") -> None:
        """Say a sentence, asked for anew at each change of language, with a button named by its English phrase; without one, none is shown."""
        self._words = words
        self._say_words()
        self.button.setVisible(bool(button))
        if button:
            say(self.button.setText, button)
            self.button.set_keys(keys)
        self.show()

    def _say_words(self) -> None:
        words = self._words()
        self.words.setText(words)
        self.setAccessibleName(words)

    def _on_language(self, _language: str) -> None:
        self._say_words()


class _Strip(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        follow(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        family = theme.sem("warn")
        rect = QRectF(self.rect())
        edge_strip(painter, rect, theme.radius("m"), family.tint, family.solid)
        box(painter, rect, theme.radius("m"), None, family.solid)
        draw_icon(painter, "triangle-alert", family.fg, 14, round(rect.height() / 2 - 8), 16)
