"""The history beside an order: what was done, newest on top, and the field for a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.history_sentences import told
from desktop_app.i18n.live import follow_language, say
from desktop_app.widgets.card import Card
from desktop_app.widgets.text_edits import LineEdit
from desktop_app.widgets.timeline import Entry, Timeline

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from db.queries.history_words import HistoryEntry

_SEM = {
    "check_in": "info", "authorise": "ok", "withdraw_lines": "warn", "start_work": "teal", "stop_work": "teal", "mark_lines_done": "ok",
    "put_to_waiting": "warn", "send_back": "bad", "pass_check": "ok", "settle": "rose", "deliver": "ok", "cancel": "bad", "reopen": "bad",
    "change_promised_time": "warn", "add_contact": "info", "add_note": "info",
}  # fmt: skip


class HistoryPanel(QWidget):
    """A card with the entries; nothing in it can be changed. Enter in the note's field gives the note."""

    noted = Signal(str)

    def __init__(self, clock: Callable[[], dt.datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._entries: list[HistoryEntry] = []
        card = Card("History", icon="history", padded=False, parent=self)
        card.set_hint("cannot be changed")
        self.timeline = Timeline(self)
        say(self.timeline.setAccessibleName, "History")
        self.note = LineEdit(icon="message-square", keys="M", parent=self)
        self.note.set_placeholder("Write a note")
        self.note.set_enter_moves_on(False)
        self.note.returnPressed.connect(self._on_note)
        say(self.note.setAccessibleName, "Note")
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 8, 12, 8)
        foot.addWidget(self.note)
        inset = QVBoxLayout()
        inset.setContentsMargins(12, 10, 4, 0)
        inset.addWidget(self.timeline)
        card.body.addLayout(inset, 1)
        card.body.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.setFocusProxy(self.timeline)
        follow_language(self._on_language)

    def show_entries(self, entries: list[HistoryEntry]) -> None:
        """Show these, newest first."""
        self._entries = entries
        shown = []
        for entry in entries:
            words = told(entry, now=self._clock())
            shown.append(Entry(words.title, "\n".join(words.sentences), words.foot, _SEM.get(entry.verb, "grey")))
        self.timeline.set_entries(shown)

    def _on_note(self) -> None:
        words = self.note.text().strip()
        if words and not self.note.composing:
            self.noted.emit(words)
            self.note.set_text("")

    def _on_language(self, _language: str) -> None:
        self.show_entries(self._entries)
