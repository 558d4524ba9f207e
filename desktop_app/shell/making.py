"""Shows how far the making of an example shop is, and lets it be stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from desktop_app.i18n.live import say
from desktop_app.shell.overlay import Panel
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.labels import Label
from desktop_app.widgets.progress_bar import ProgressBar

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget


class MakingPanel(Panel):
    """There is nothing to go back to while it runs; Esc and the button stop it, and nothing is left behind."""

    stop_wanted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__("Making the example shop", 480, window, "building-2")
        words = Label("", "body", "text2", wrap=True, parent=self)
        say(words.setText, "Three years of visits, accounts and history; it is made once and takes some ten seconds")
        self.body.addWidget(words)
        self.bar = ProgressBar(self)
        self.bar.setRange(0, 0)
        say(self.bar.setAccessibleName, "Making the example shop")
        self.body.addWidget(self.bar)
        self.stop = Button("Cancel", keys="Esc", parent=self.sheet)
        self.stop.clicked.connect(self.stop_wanted)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.stop)

    def open(self) -> None:
        super().open()
        self.stop.setFocus()

    def show_progress(self, done: int, total: int) -> None:
        """How far it is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.stop_wanted.emit()
        event.accept()
