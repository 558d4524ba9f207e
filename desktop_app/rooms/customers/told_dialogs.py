"""What is only looked at: from what the dues were worked out, and the history of a vehicle or a customer in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from db.engine import reading
from db.queries.customer_file import customer_subjects
from db.queries.history_words import HistoryEntry, subjects_history
from db.queries.vehicle_sheet import vehicle_subjects
from desktop_app.history_sentences import told
from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.rooms.customers.lines import Line, LineList, Part, ScrolledLines
from desktop_app.rooms.customers.vehicle_panel import basis_words
from desktop_app.rooms.customers.words import days_words, due_name
from desktop_app.widgets.dialog import MIDDLE, WIDE, Dialog
from desktop_app.widgets.labels import Label
from desktop_app.widgets.timeline import Entry, Timeline

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from db.queries.service_due import DueItem
    from db.queries.vehicle_sheet import VehicleSheet
    from desktop_app.room import RoomContext

_AROUND = 240
"""Height of what stands above and below the rows of a dialog."""


class BasisDialog(Dialog):
    """Every due with the rule and the reading that it comes from."""

    def __init__(self, sheet: VehicleSheet, parent: QWidget) -> None:
        super().__init__(parent, "What is due, and why", "calendar-clock", width=WIDE)
        rows = LineList(self)
        rows.set_lines([_due_line(item, sheet) for item in sheet.dues])
        area = ScrolledLines(rows, self)
        area.setFixedHeight(min(rows.sizeHint().height() + 4, parent.window().height() - _AROUND))
        self.body.addWidget(area)
        readings = ", ".join(f"{formats().day(reading.read_at)} {formats().km(reading.kilometres)}" for reading in sheet.car.daily.readings)
        text = tr("Readings used: {readings}", readings=readings) if readings else tr("Fewer than two readings over 30 days: the usual figure is taken")
        self.body.addWidget(Label(text, "small", "text2", wrap=True, parent=self))
        self.add_button("Close", self.reject, keys="Esc", safe=True)


def _due_line(item: DueItem, sheet: VehicleSheet) -> Line:
    words, tone = days_words(item.days, item.due_on, item.state)
    distance = formats().km(item.due_km) if item.due_km else ""
    right = (Part(words, tone, bold=tone != "text"), Part(formats().day(item.due_on), "text2"))
    return Line((Part(due_name(item), bold=True), Part(distance, "text2")), right, item.code, basis_words(item, sheet))


class HistoryDialog(Dialog):
    """Who changed what, when, in sentences; newest first."""

    def __init__(self, context: RoomContext, subject: str, key: int, name: str, parent: QWidget) -> None:
        super().__init__(parent, "History", "history", width=MIDDLE)
        self.title_right.setText(name)
        self._timeline = Timeline(self)
        self._timeline.setFixedHeight(max(260, min(560, parent.window().height() - _AROUND)))
        self._waiting = Label("", "small", "text3", parent=self)
        self.body.addWidget(self._timeline)
        self.body.addWidget(self._waiting)
        self.add_button("Close", self.reject, keys="Esc", safe=True)
        engine = context.engine

        def work() -> list[HistoryEntry]:
            with reading(engine) as session:
                found = vehicle_subjects(session, key) if subject == "vehicle" else customer_subjects(session, key)
                return subjects_history(session, found)

        context.runner.submit(self, work, self._on_entries)

    @property
    def entries(self) -> Timeline:
        """The list."""
        return self._timeline

    def _on_entries(self, entries: list[HistoryEntry]) -> None:
        shown = []
        for entry in entries:
            words = told(entry)
            shown.append(Entry(words.title, "\n".join(words.sentences), words.foot, "grey", entry.request_id))
        self._timeline.set_entries(shown)
        self._waiting.setText("" if shown else tr("Nothing was changed yet"))
        self._timeline.setFocus(Qt.FocusReason.TabFocusReason)
