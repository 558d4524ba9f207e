"""What is said when the store can't be opened: what is wrong, what is safe, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from desktop_app import faults
from desktop_app.i18n import current_language
from desktop_app.i18n.live import follow_language, say, say_plain
from desktop_app.i18n.phrases import phrases
from desktop_app.shell.overlay import Panel
from desktop_app.widgets.buttons import PRIMARY, Button
from desktop_app.widgets.labels import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from db.rules.errors import Environment, Refusal
    from desktop_app.place import Place


class StartTrouble(Panel):
    """Try again, or close; there is nothing beneath to go back to."""

    again = Signal()

    def __init__(self, error: Environment | Refusal, place: Place, window: QWidget) -> None:
        super().__init__("The shop's records can't be opened", 640, window, "database", "bad")
        self._error = faults.at_once(error)
        self._window = window
        self._sentence = Label("", "body", wrap=True, parent=self)
        self._sentence.setTextInteractionFlags(self._sentence.textInteractionFlags().TextSelectableByMouse)
        safe = Label("", "body", "text2", wrap=True, parent=self)
        say(safe.setText, "Nothing was changed or overwritten.")
        where = Label("", "small", "text2", wrap=True, parent=self)
        say(where.setText, "Store: {store} · Log: {path}", store=place.title, path=str(place.log_file))
        for label in (self._sentence, safe, where):
            self.body.addWidget(label)
        self.try_again = Button("Try again", PRIMARY, keys="F5", parent=self.sheet)
        self.try_again.clicked.connect(self._on_again)
        leave = Button("Close", parent=self.sheet)
        leave.clicked.connect(self._on_leave)
        self.buttons.addStretch(1)
        self.buttons.addWidget(leave)
        self.buttons.addWidget(self.try_again)
        self._take_language("")
        follow_language(self._take_language)

    def open(self) -> None:
        super().open()
        self.try_again.setFocus()

    def act(self, key: str) -> None:
        """F5 tries again, closing closes."""
        if key == "reload":
            self._on_again()
        elif key == "close":
            self._on_leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # There is nothing beneath to go back to.
        event.accept()

    def _on_again(self) -> None:
        self.close_panel()
        self.again.emit()

    def _on_leave(self) -> None:
        self._window.close()

    def _take_language(self, _language: str) -> None:
        say_plain(self._sentence.setText, faults.sentence(self._error, phrases(current_language())))
