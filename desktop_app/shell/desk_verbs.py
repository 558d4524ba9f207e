"""What each verb of every room does at one desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from desktop_app.i18n import tr
from desktop_app.shell.actions import LANGUAGE_VERBS
from desktop_app.shell.main_window import call
from desktop_app.shell.verbs import served_by
from desktop_app.theme import theme

if TYPE_CHECKING:
    from desktop_app.room import Verb
    from desktop_app.shell.desk import Desk

_NOT_HERE = {
    "main_act": "This room has no main act just now", "print": "Nothing to print here", "preview": "No paper to look at here",
    "more": "Nothing is selected that has further acts", "undo": "Nothing to undo here", "redo": "Nothing to redo here",
    "new_record": "Nothing new is made in this room", "filter": "No list to filter here", "next_section": "No further section here",
    "previous_section": "No further section here", "lock": "This shop works without signing in",
}  # fmt: skip
"""What is said when a key is pressed that nothing serves."""


class DeskVerbs:
    """One method a verb of `actions.COMMON`, named by its key; what it does not know is the room's own."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def possible(self, verb: Verb) -> bool:
        """Whether a verb would do anything now."""
        if verb.key == "lock":
            return self._desk.session.asks_who
        if verb.key == "undo" and self._desk.window.notices.toast.can_undo:
            return True
        return served_by(self._desk.window.room_widget(), verb)

    def do(self, key: str) -> None:
        """Do what a verb says, here or in the room in front, or say that there is nothing for it. Under a panel only the panel acts."""
        window = self._desk.window
        if window.covered:
            call(window.panels[-1], "act", key)
        elif (verb := window.verbs.verb(key)) is not None and not self.possible(verb):
            words = tr(_NOT_HERE[key]) if key in _NOT_HERE else tr("{act}: not possible here just now", act=tr(verb.text))
            self._desk.navigator.toast(words, kind="info")
        elif key.startswith("room."):
            window.show_room(key.removeprefix("room."))
        elif key in LANGUAGE_VERBS:
            self._desk.set_language(key)
        elif key in theme.THEMES:
            self._desk.set_theme(key)
        elif (own := getattr(self, f"_{key}", None)) is not None:
            own()
        else:
            call(window.room_widget(), "act", key)

    def _help(self) -> None:
        from desktop_app.shell.help_sheet import HelpSheet

        self._desk.window.open_panel(HelpSheet(self._desk.window.verbs, self._desk.window))

    def _check_in(self) -> None:
        if self._desk.context is not None and not call(self._desk.window.room_widget(), "check_in_here"):
            self._desk.navigator.new_check_in()

    def _find(self) -> None:
        self._desk.search()

    def _reload(self) -> None:
        if self._desk.performing is not None and self._desk.performing.count:
            self._desk.performing.retry_now()
        call(self._desk.window.room_widget(), "reload", None)

    def _next_section(self) -> None:
        call(self._desk.window.room_widget(), "next_section", 1)

    def _previous_section(self) -> None:
        call(self._desk.window.room_widget(), "next_section", -1)

    def _catalogue(self) -> None:
        if not call(self._desk.window.room_widget(), "catalogue_here"):
            settings = self._desk.window.show_room("settings")
            call(settings, "show_subject", "catalogue")
            call(settings, "filter_focus")

    def _main_act(self) -> None:
        call(self._desk.window.room_widget(), "main_act")

    def _print(self) -> None:
        call(self._desk.window.room_widget(), "print_paper")

    def _preview(self) -> None:
        call(self._desk.window.room_widget(), "preview_paper")

    def _more(self) -> None:
        call(self._desk.window.room_widget(), "more_acts")

    def _full_screen(self) -> None:
        self._desk.window.setWindowState(self._desk.window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _undo(self) -> None:
        if self._desk.window.notices.toast.can_undo:
            self._desk.window.notices.toast.undo()
        else:
            call(self._desk.window.room_widget(), "undo")

    def _redo(self) -> None:
        call(self._desk.window.room_widget(), "redo")

    def _new_record(self) -> None:
        call(self._desk.window.room_widget(), "new_record")

    def _filter(self) -> None:
        call(self._desk.window.room_widget(), "filter_focus")

    def _density(self) -> None:
        dense = self._desk.preferences.density != "dense"
        self._desk.preferences.density = "dense" if dense else "normal"
        theme.set_density(dense)
        for key in self._desk.window.rooms:
            call(self._desk.window.room_widget(key), "set_density", dense)

    def _history(self) -> None:
        from desktop_app.shell.notices import NoticeHistory

        self._desk.window.open_panel(NoticeHistory(self._desk.window.notices, self._desk.window))

    def _settings(self) -> None:
        self._desk.window.show_room("settings")

    def _lock(self) -> None:
        self._desk.lock("")

    def _new_window(self) -> None:
        self._desk.window_wanted.emit(None)

    def _about(self) -> None:
        from desktop_app.shell.about import About

        self._desk.window.open_panel(About(self._desk.place, self._desk.engine, self._desk.window))

    def _close(self) -> None:
        self._desk.window.close()
