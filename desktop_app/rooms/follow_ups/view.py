"""Follow-ups as a list: calls that are due, promises that are open, insurances to renew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from db.queries.follow_ups import FollowUpCounts, FollowUpFilter, Kind, Subject, Until, follow_up_counts, follow_up_rows
from db.rules import phone, plate
from db.rules.record_words import ContactPurpose
from desktop_app.i18n import tr
from desktop_app.i18n.live import say
from desktop_app.list_room import ListRoom
from desktop_app.names import joined
from desktop_app.rooms.follow_ups.columns import LOOKS, columns
from desktop_app.talk_dialogs import TalkDialog, open_promise, open_talk
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.chip import Chip, ChipRow
from desktop_app.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from db.queries.follow_ups import FollowUpRow
    from desktop_app.list_room import Count, Fetch
    from desktop_app.room import RoomContext

ALL = "all"
UNTIL_CHIPS = {Until.TODAY: "Until today", Until.WEEK: "Next 7 days", Until.ALL: "All"}


class View(ListRoom):
    """The room."""

    subjects = frozenset({"contact", "promise", "policy", "customer", "customer_phone", "vehicle", "vehicle_plate", "ownership", "shop"})

    def __init__(self, context: RoomContext) -> None:
        empty = EmptyState("phone", "All of today's calls are made", "Calls that fall due appear here by themselves", "See the next 7 days")
        super().__init__(context, "follow_ups", columns(context.clock, context.region), _key, empty)
        empty.button.clicked.connect(self._on_next_week)
        self.call_button = Button("Call", icon="phone", keys="C")
        self.call_button.setEnabled(False)
        self.call_button.clicked.connect(self.call)
        self.action_bar.add(self.call_button, first=True)
        self.table.selected_changed.connect(self._on_row_chosen)
        self.subject = ChipRow(exclusive=True)
        self.subject.add(ALL, Chip("All"))
        for subject, (phrase, sem, icon) in LOOKS.items():
            chip = Chip(icon=icon, icon_tone=sem)
            chip.set_phrase(phrase, "follow_up")
            self.subject.add(subject.value, chip)
        self.subject.choose(ALL)
        self.until = ChipRow(exclusive=True)
        for until, phrase in UNTIL_CHIPS.items():
            self.until.add(until.value, Chip(phrase))
        self.until.choose(Until.TODAY.value)
        self.mine = ChipRow()
        self.mine.add("mine", Chip("Mine", icon="user-check"))
        self.begin("Plate, phone, name")
        self.filters.add_chips("until", self.until)
        self.filters.add_chips("mine", self.mine)
        self.filters.add_chips("subject", self.subject)

    def fetch(self, values: dict[str, Any]) -> Fetch:
        wanted = self._wanted(values)
        return lambda session, now, after, limit: follow_up_rows(session, wanted, now, after, limit)

    def count(self, values: dict[str, Any]) -> Count:
        wanted = self._wanted(values)
        return lambda session, now: follow_up_counts(session, wanted, now)

    def show_counts(self, counts: FollowUpCounts) -> None:
        self.subject.chip(ALL).set_count(counts.all)
        for subject, count in counts.subjects.items():
            self.subject.chip(subject.value).set_count(count)
        say(self.foot_words.setText, "{count:,} to call: due calls, open promises, and policies at 90, 60 and 30 days before their end", count=counts.all)

    def title_words(self) -> str:
        return tr("{count:,} to call", count=self.counts.all)

    def open_row(self, row: FollowUpRow) -> None:
        if row.vehicle_id is not None:
            self.context.navigator.open_vehicle(row.vehicle_id)
        elif row.customer_id is not None:
            self.context.navigator.open_customer(row.customer_id)

    def act(self, key: str) -> None:
        """One of the room's verbs."""
        if key == "follow_ups.call":
            self.call()

    def offers(self, key: str) -> bool:
        """A call needs a row that it is about."""
        return self.table.selected is not None if key == "follow_ups.call" else super().offers(key)

    def call(self) -> None:
        """C: the number of whoever may be called goes to the clipboard, and what is said closes the row, be it a due call, a promise or a renewal."""
        row: FollowUpRow | None = self.table.selected
        if row is None:
            return
        if row.phone and row.consent_to_call:
            QGuiApplication.clipboard().setText(row.phone)
            self.context.navigator.toast(tr("{number} is on the clipboard", number=phone.display(row.phone, self.context.region())), kind="info")
        if row.kind is Kind.CONTACT:
            open_talk(self.context, self, row.row_id)
        elif row.kind is Kind.PROMISE:
            open_promise(self.context, self, row.row_id)
        else:
            name = joined(row.customer, plate.display(row.plate) if row.plate else "")
            dialog = TalkDialog(self.context, row.customer_id, row.vehicle_id, name, self, ContactPurpose.RENEWAL)
            dialog.saved.connect(self._on_talk_saved)
            dialog.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_C and not event.modifiers():
            self.call()
        else:
            super().keyPressEvent(event)

    def _on_talk_saved(self, _result: object) -> None:
        self.context.navigator.toast(tr("Talk written down"))

    def _on_row_chosen(self, row: FollowUpRow | None) -> None:
        self.call_button.setEnabled(row is not None)

    def _wanted(self, values: dict[str, Any]) -> FollowUpFilter:
        subject, until = next(iter(values["subject"]), ALL), next(iter(values["until"]), Until.TODAY.value)
        mine = self.context.person().id if values["mine"] else None
        return FollowUpFilter(None if subject == ALL else Subject(subject), Until(until), mine or None, values["text"])

    def _on_next_week(self) -> None:
        self.filters.choose("until", Until.WEEK.value)


def _key(row: FollowUpRow) -> tuple[str, int]:
    return row.key
