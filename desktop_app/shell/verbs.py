"""Turns the catalogue of verbs into one window's keys, and each key into a call of the window or of the room in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from desktop_app.shell.actions import COMMON, room_verb

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop_app.room import Room, Verb
    from desktop_app.shell.key_rules import KeyRules
    from desktop_app.shell.main_window import MainWindow


class WindowVerbs(QObject):
    """The window's actions. A verb with keys is one QAction; room verbs are alive while their room is in front."""

    wanted = Signal(str)
    """Key of a verb that was asked for, by its keys or by `ask`."""

    def __init__(self, window: MainWindow, rules: KeyRules) -> None:
        super().__init__(window)
        self._window = window
        self._rules = rules
        self._room: Room | None = None
        self._room_actions: list[QAction] = []
        self._make((*COMMON, *(room_verb(room) for room in window.rooms.values())))

    def take_room(self, room: Room) -> None:
        """The verbs of the room that comes to the front take the place of the last one's."""
        if room is self._room:
            return
        self._room = room
        for action in self._room_actions:
            self._window.removeAction(action)
            action.deleteLater()
        self._room_actions = self._make(room.verbs)

    def ask(self, key: str) -> None:
        """As if its keys had been pressed."""
        self.wanted.emit(key)

    def offered(self) -> list[Verb]:
        """What can be done now, for the palette: everywhere, and in the room in front."""
        own = self._room.verbs if self._room is not None else ()
        rooms = (room_verb(room) for room in self._window.rooms.values())
        return [verb for verb in (*own, *COMMON, *rooms) if verb.in_palette and not verb.plain]

    def _make(self, verbs: Iterable[Verb]) -> list[QAction]:
        made = []
        for verb in verbs:
            if verb.plain or not verb.sequences():
                continue
            action = QAction(self._window)
            action.setData(verb.key)
            action.setShortcuts([QKeySequence(words) for words in verb.sequences()])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setAutoRepeat(False)
            action.triggered.connect(self._on_triggered)
            self._window.addAction(action)
            self._rules.take(set(verb.sequences()))
            made.append(action)
        return made

    def _on_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.wanted.emit(action.data())
