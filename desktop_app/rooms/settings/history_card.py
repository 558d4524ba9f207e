"""Who changed what on a subject of the settings, newest first; nothing in it can be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.engine import reading
from db.queries.history_words import tables_history
from desktop_app.history_sentences import told
from desktop_app.i18n import tr
from desktop_app.i18n.live import follow_language
from desktop_app.rooms.settings.value_words import OF_NAME
from desktop_app.rooms.settings.values_page import written
from desktop_app.widgets.card import Card
from desktop_app.widgets.timeline import Entry, Timeline

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QWidget

    from db.queries.history_words import HistoryEntry
    from desktop_app.room import RoomContext

MOST = 60


class HistoryCard(Card):
    """`show_tables` says of which tables."""

    def __init__(self, context: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__("Who changed what", icon="history", padded=False, parent=parent)
        self.set_hint("can't be edited")
        self._context = context
        self._tables: tuple[str, ...] = ()
        self._entries: list[HistoryEntry] = []
        self._ticket = 0
        self.timeline = Timeline(self)
        self.body.setContentsMargins(12, 8, 8, 8)
        self.body.addWidget(self.timeline, 1)
        self.setFocusProxy(self.timeline)
        follow_language(self._on_language)

    def show_tables(self, tables: Collection[str]) -> None:
        """Read what was done to the records of these tables."""
        self._tables = tuple(sorted(tables))
        engine, wanted = self._context.engine, self._tables

        def work() -> list[HistoryEntry]:
            with reading(engine) as session:
                return tables_history(session, wanted, limit=MOST)

        self._context.runner.forget(self._ticket)
        self._ticket = self._context.runner.submit(self, work, self._show)

    def _show(self, entries: list[HistoryEntry]) -> None:
        self._entries = entries
        now = self._context.clock()
        lines: list[Entry] = []
        for entry in entries:
            words = told(entry, now=now)
            second = "\n".join(_settings(entry) or words.sentences)
            if second or entry.verb in ("make_shop", "begin_shop", "make_demo"):
                lines.append(Entry(words.title, second, words.foot, "info" if not lines else "grey"))
        self.timeline.set_entries(lines or [Entry(tr("Nothing was changed yet"))])

    def _on_language(self, _language: str) -> None:
        self._show(self._entries)


def _settings(entry: HistoryEntry) -> tuple[str, ...]:
    """A changed setting by its own name and unit."""
    lines: list[str] = []
    for fact in entry.facts:
        for field in fact.fields:
            if fact.subject != "shop" or field.field != "settings":
                continue
            old, new = (side if isinstance(side, dict) else {} for side in (field.old, field.new))
            for name in sorted({*old, *new}):
                words = OF_NAME.get(name)
                if words is not None and old.get(name) != new.get(name):
                    values = [written(words.unit, side[name]) if name in side else tr("default") for side in (old, new)]
                    lines.append(f"{tr(words.label)}: {values[0]} → {values[1]}")
    return tuple(lines)
