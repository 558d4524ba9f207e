"""The store: what and where it is, how large, and whether its history and books hold."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from db.engine import reading
from db.queries.settings import store_facts
from desktop_app import __version__
from desktop_app.faults import fact_words
from desktop_app.finding_words import SENTENCES
from desktop_app.i18n import current_language, tr
from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import say, say_plain
from desktop_app.i18n.phrases import phrases
from desktop_app.rooms.settings.page import ReadPage
from desktop_app.widgets.buttons import PRIMARY, Button
from desktop_app.widgets.card import Card
from desktop_app.widgets.icon_line import IconLine
from desktop_app.widgets.labels import Label
from desktop_app.widgets.timeline import Entry, Timeline

if TYPE_CHECKING:
    from db.checks.finding import Finding
    from db.engine import Session
    from db.queries.settings import StoreFacts
    from desktop_app.room import RoomContext
    from desktop_app.tasks.runner import Progress

MOST_SHOWN = 500
FACTS = (
    ("kind", "Kind"), ("place", "Place"), ("size", "Size"), ("history", "Rows of history"), ("revision", "Version of the tables"), ("program", "Program"),
)  # fmt: skip
EXPLAINED = (
    "It verifies that no row of the history was changed or taken out, and that the books hold: totals, owners, plates, clocks, numbers."
)


class StorePage(ReadPage):
    """F8 checks the store in the background; Esc stops the check."""

    with_history = False

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        self._facts: StoreFacts | None = None
        self._findings: list[Finding] = []
        self._running = 0
        self._end_busy: Any = None
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._values: dict[str, Label] = {}
        store = Card("Where the records are", icon="database", parent=self)
        for place, (key, phrase) in enumerate(FACTS):
            name = Label("", "table", "text2", parent=store)
            say(name.setText, phrase, "store")
            self._values[key] = Label("", "table", wrap=True, parent=store)
            self._grid.addWidget(name, place, 0)
            self._grid.addWidget(self._values[key], place, 1)
        store.body.addLayout(self._grid)
        check = Card("Check of the records", icon="shield-check", parent=self)
        self.last = IconLine(parent=check)
        self.timeline = Timeline(check)
        self.explained = Label("", "small", "text3", wrap=True, parent=check)
        say(self.explained.setText, EXPLAINED)
        check.body.addWidget(self.last)
        check.body.addWidget(self.explained)
        check.body.addWidget(self.timeline, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(12)
        column.addWidget(store)
        column.addWidget(check, 1)
        self.stop_button = self.action_bar.add(Button("Stop", keys="Esc"))
        self.stop_button.clicked.connect(self.back_out)
        self.stop_button.hide()
        self.check_button = self.action_bar.add(Button("Check now", PRIMARY, "shield-check", "F8", "big"))
        self.check_button.clicked.connect(self.main_act)
        self.setFocusProxy(self.check_button)
        self._say_last()

    def read(self, session: Session) -> StoreFacts:
        return store_facts(session, self.context.engine)

    def show_read(self, found: StoreFacts) -> None:
        self._facts = found
        form = formats()
        place = self.context.place
        kind = tr("SQLite file, {version}", version=found.version) if found.kind == "sqlite" else tr("PostgreSQL server, {version}", version=found.version)
        for key, words in (
            ("kind", kind), ("place", place.title), ("size", _size(found.size)), ("history", form.number(found.history_rows)),
            ("revision", found.revision), ("program", f"Service Front {__version__}"),
        ):  # fmt: skip
            say_plain(self._values[key].setText, words)

    def main_act(self) -> None:
        """F8: check."""
        if self._running:
            return
        engine = self.context.engine

        def work(progress: Progress) -> list[Finding]:
            from db.checks import findings

            with reading(engine) as session:
                return list(findings(session, progress))

        self._running = self.context.runner.submit_with_progress(
            self, work, self._on_progress, self._on_checked, self._on_failed, on_cancelled=self._on_stopped
        )
        self._end_busy = self.context.navigator.busy(tr("Checking the records"), self.back_out)
        self.check_button.set_busy(True)
        self.stop_button.show()
        self.action_bar.say_status("shield-check", "text2", "Checking the records")
        self.action_bar.show_progress(0, 0)

    def back_out(self) -> bool:
        """Esc: stop the check."""
        if not self._running:
            return False
        self.context.runner.cancel(self._running)
        return True

    def words_changed(self) -> None:
        if self._facts is not None:
            self.show_read(self._facts)
        self._say_last()
        self._show_findings()

    def _on_progress(self, done: int, total: int) -> None:
        self.action_bar.show_progress(done, total)

    def _on_checked(self, findings: list[Finding]) -> None:
        self._end()
        self._findings = findings
        self.context.preferences.last_check = f"{self.context.clock().isoformat()} {len(findings)}"
        self._say_last()
        self._show_findings()

    def _on_failed(self, error: Exception) -> None:
        self._end()
        self.context.runner.failed.emit(error)

    def _on_stopped(self) -> None:
        self._end()

    def _end(self) -> None:
        self._running = 0
        self.check_button.set_busy(False)
        self.stop_button.hide()
        self.action_bar.hide_progress()
        self.action_bar.say_status("", "text2", "")
        if self._end_busy is not None:
            self._end_busy()
            self._end_busy = None

    def _say_last(self) -> None:
        moment, _blank, failed = self.context.preferences.last_check.partition(" ")
        if not failed:
            self.last.set_icon("circle-dashed", "text2")
            self.last.set_phrase("Not checked yet on this PC")
            return
        at = formats().moment(dt.datetime.fromisoformat(moment))
        count = int(failed)
        self.last.set_icon("triangle-alert" if count else "check", "bad" if count else "ok")
        if count:
            self.last.set_phrase("Checked {at}: {count} rows fail", at=at, count=count)
        else:
            self.last.set_phrase("Checked {at}: nothing is wrong", at=at)

    def _show_findings(self) -> None:
        say_words = phrases(current_language())
        self.timeline.setVisible(bool(self._findings))
        self.timeline.set_entries(
            [
                Entry(
                    say_words(SENTENCES[finding.code], **{name: fact_words(name, value, say_words) for name, value in finding.facts.items()}),
                    f"{finding.table} {finding.key}", sem="bad",
                )
                for finding in self._findings[:MOST_SHOWN]
            ]
        )  # fmt: skip


def _size(count: int) -> str:
    for unit in ("B", "KB", "MB"):
        if count < 1024:
            return f"{count:,} {unit}"
        count = (count + 512) // 1024
    return f"{count:,} GB"


