"""Turns the catalogue of verbs into one window's keys, and each key into a call of the window or of the room in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from desktop_app.shell.actions import COMMON, room_verb

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtWidgets import QWidget

    from desktop_app.room import Room, Verb
    from desktop_app.shell.key_rules import KeyRules
    from desktop_app.shell.main_window import MainWindow


ROOM_METHODS = {
    "main_act": "main_act", "print": "print_paper", "preview": "preview_paper", "more": "more_acts", "undo": "undo", "redo": "redo",
    "new_record": "new_record", "filter": "filter_focus", "filter_quick": "filter_focus", "next_section": "next_section",
    "previous_section": "next_section", "back": "back_out",
}  # fmt: skip
"""The method of a room's widget that serves a verb of every room; the other such verbs are served by the frame itself."""


def served_by(widget: QWidget | None, verb: Verb) -> bool:
    """Whether a room's widget has what the verb calls, and would do something by it now. Plain keys are looked after by what has the focus."""
    method = ROOM_METHODS.get(verb.key) or ("act" if verb.room and not verb.plain else "")
    if method and not callable(getattr(widget, method, None)):
        return False
    offers = getattr(widget, "offers", None)
    return bool(offers(verb.key)) if callable(offers) else True


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
        self.possible: Callable[[Verb], bool] = self._served
        """Whether a verb would do anything now, in the room in front."""
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
        rooms = (room_verb(room) for room in self._window.rooms.values())
        return [verb for verb in (*self._own(), *COMMON, *rooms) if verb.in_palette and not verb.plain and self.possible(verb)]

    def keys_now(self) -> tuple[str, list[Verb], list[Verb]]:
        """For help: the title of the room in front, its verbs with keys that do something now, and those of every room."""
        title = self._room.title if self._room is not None else ""
        own, everywhere = ([verb for verb in verbs if verb.shortcut and self.possible(verb)] for verbs in (self._own(), COMMON))
        return title, own, everywhere

    def verb(self, key: str) -> Verb | None:
        """The verb of this key, of every room or of the room in front."""
        return next((verb for verb in (*COMMON, *self._own()) if verb.key == key), None)

    def _own(self) -> tuple[Verb, ...]:
        return self._room.verbs if self._room is not None else ()

    def _served(self, verb: Verb) -> bool:
        return served_by(self._window.room_widget(), verb)

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
