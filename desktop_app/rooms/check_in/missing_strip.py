"""All that is missing for the order at once, each a button that goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.i18n.live import say
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.buttons import SECONDARY, Button
from desktop_app.widgets.labels import Label
from desktop_app.widgets.painting import open_painter

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

PHRASES = {
    "vehicle": ("the car", "Alt R"), "someone_to_reach": ("a phone number", "Alt R"), "mileage": ("the mileage", "Alt 1"),
    "mileage_reason": ("why the mileage is right", "Alt 1"), "promised_time": ("the promised time", "Alt 5"),
    "signature": ("the signature (Alt+P: on paper)", "Alt 6"),
}  # fmt: skip
"""What is missing, and the key of the room that goes there."""


class MissingStrip(QWidget):
    """`wanted` carries the code of what a person goes to."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Label("", "table", "bad", bold=True, parent=self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(20, 6, 20, 6)
        self._row.setSpacing(8)
        self._row.addWidget(self._words)
        self._row.addStretch(1)
        self._buttons: list[Button] = []
        self.hide()
        follow(self.update)

    def show_missing(self, codes: list[str]) -> None:
        """Name these; none hides the strip."""
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        self.setVisible(bool(codes))
        if not codes:
            return
        say(self._words.setText, "Still missing: {count}", count=len(codes))
        for place, code in enumerate(codes):
            phrase, keys = PHRASES[code]
            button = Button(phrase, SECONDARY, icon="circle-alert", keys=keys, height="small", parent=self)
            button.setProperty("code", code)
            button.clicked.connect(self._on_clicked)
            self._row.insertWidget(1 + place, button)
            button.show()
            self._buttons.append(button)

    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.wanted.emit(str(button.property("code")))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = open_painter(self)
        painter.fillRect(self.rect(), current().colour("bad_tint"))
        painter.setPen(current().colour("line"))
        painter.drawLine(0, 0, self.width(), 0)
