"""F1: the keys that act now, in this room and everywhere, derived from the catalogue of verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.i18n.live import say
from desktop_app.shell.actions import LANGUAGE_VERBS, key_words
from desktop_app.shell.overlay import Panel
from desktop_app.widgets.buttons import PRIMARY, Button
from desktop_app.widgets.key_hint import KeyHint
from desktop_app.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop_app.room import Verb
    from desktop_app.shell.verbs import WindowVerbs

_PER_COLUMN = 13


class HelpSheet(Panel):
    """The keys of the room in front above those of every room."""

    gives_way = True

    def __init__(self, verbs: WindowVerbs, window: QWidget) -> None:
        super().__init__("Keys", 800, window, "keyboard")
        title, own, everywhere = verbs.keys_now()
        if own:
            self._add_group(title, own)
        self._add_group("Everywhere", [verb for verb in everywhere if verb.key not in LANGUAGE_VERBS])
        rooms = Label("", "body", "text2", wrap=True, parent=self)
        say(rooms.setText, "Ctrl+1 to Ctrl+9 go to the rooms in the order of the rail, Ctrl+0 to the settings. A scan is understood wherever the focus is.")
        self.body.addWidget(rooms)
        self.close_button = Button("Close", PRIMARY, keys="Esc", parent=self.sheet)
        self.close_button.clicked.connect(self.close_panel)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.close_button)

    def open(self) -> None:
        super().open()
        self.close_button.setFocus()

    def act(self, key: str) -> None:
        """F1 again closes it."""
        if key == "help":
            self.close_panel()

    def _add_group(self, title: str, verbs: Sequence[Verb]) -> None:
        head = Label("", "body", "text", bold=True, parent=self)
        say(head.setText, title)
        self.body.addWidget(head)
        row = QHBoxLayout()
        row.setSpacing(24)
        half = max(1, min(_PER_COLUMN, (len(verbs) + 1) // 2))
        for start in range(0, len(verbs), half):
            column = QVBoxLayout()
            grid = QGridLayout()
            grid.setHorizontalSpacing(10)
            grid.setVerticalSpacing(6)
            for number, verb in enumerate(verbs[start : start + half]):
                keys = QHBoxLayout()
                keys.setSpacing(4)
                for sequence in verb.sequences():
                    keys.addWidget(KeyHint(key_words(sequence), self))
                keys.addStretch(1)
                words = Label("", "table", "text", wrap=True, parent=self)
                say(words.setText, verb.text)
                grid.addLayout(keys, number, 0)
                grid.addWidget(words, number, 1)
            grid.setColumnMinimumWidth(0, 120)
            grid.setColumnStretch(1, 1)
            column.addLayout(grid)
            column.addStretch(1)
            row.addLayout(column, 1)
        self.body.addLayout(row)
        self.body.setAlignment(row, Qt.AlignmentFlag.AlignTop)
