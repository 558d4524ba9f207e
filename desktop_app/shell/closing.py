"""Asks before a window closes, or goes to another person, while something runs or waits to be saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from desktop_app.i18n.live import say, say_plain
from desktop_app.shell.overlay import Panel
from desktop_app.widgets.buttons import DANGER, PRIMARY, Button
from desktop_app.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget


class ClosePanel(Panel):
    """Says what goes on; the safe choice, to stay, is first."""

    close_anyway = Signal()
    stayed = Signal()

    def __init__(self, running: Sequence[str], waiting: int, window: QWidget, leave: str = "Stop it and close") -> None:
        super().__init__("Something is still going on", 480, window, "triangle-alert", "warn")
        self._leaving = False
        for words in running:
            label = Label("", "body", wrap=True, parent=self)
            say_plain(label.setText, words)
            self.body.addWidget(label)
        if waiting:
            label = Label("", "body", wrap=True, parent=self)
            say(label.setText, "{count} changes have not been saved yet; closing loses them", count=waiting)
            self.body.addWidget(label)
        self.stay = Button("Stay", PRIMARY, keys="Esc", parent=self.sheet)
        self.leave = Button(leave, DANGER, parent=self.sheet)
        self.stay.clicked.connect(self.close_panel)
        self.leave.clicked.connect(self._on_leave)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.leave)
        self.buttons.addWidget(self.stay)

    def open(self) -> None:
        super().open()
        self.stay.setFocus()

    def close_panel(self) -> None:
        hidden = self.isHidden()
        super().close_panel()
        if not hidden and not self._leaving:
            self.stayed.emit()

    def _on_leave(self) -> None:
        self._leaving = True
        self.close_panel()
        self.close_anyway.emit()
