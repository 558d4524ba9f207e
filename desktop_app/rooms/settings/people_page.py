"""The shop's people: who works here as what, who has a PIN, who is locked, who has left."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from db.commands.pins import Unlock
from db.commands.staff import AddPerson, ChangePerson, ComeBack, Leave, SetPin
from db.queries.shop import staff_rows
from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.record_words import record_word
from desktop_app.rooms.settings.page import TablePage
from desktop_app.rooms.settings.people_dialogs import WEEKDAYS, PersonDialog, PinDialog
from desktop_app.row_cells import list_column
from desktop_app.widgets.buttons import PRIMARY, Button
from desktop_app.widgets.cells import State, Words
from desktop_app.widgets.choice import Tick
from desktop_app.widgets.dialog import ask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from db.commands.staff import PersonValues
    from db.engine import Session
    from db.queries.shop import StaffRow
    from desktop_app.room import RoomContext
    from desktop_app.widgets.cells import Cell


class PeoplePage(TablePage):
    """The list."""

    tables = frozenset({"staff"})

    def __init__(self, context: RoomContext) -> None:
        columns = (
            list_column("name", "Name", _name, 120),
            list_column("roles", "Roles", lambda row: Words(_several("role", row.roles)), 0),
            list_column("skills", "Skills", lambda row: Words(_several("skill", row.skills), tone="text2"), 190, gives_way=1),
            list_column("days", "Working days", lambda row: Words(_days(row.working_days), tone="text2"), 130),
            list_column("badge", "Badge", lambda row: Words(row.badge or "", tone="text2"), 90, gives_way=2),
            list_column("pin", "PIN", self._pin, 150),
        )
        super().__init__(context, "people", columns, _key)
        self.with_left = Tick("Show those who have left", self)
        self.with_left.toggled.connect(self._on_with_left)
        self.above.setContentsMargins(14, 6, 14, 0)
        self.above.addWidget(self.with_left)
        self.above.addStretch(1)
        self.add_button = self.action_bar.add(Button("New person", icon="plus", keys="Ins"))
        self.pin_button = self.action_bar.add(Button("PIN", icon="key-round", keys="P"))
        self.unlock_button = self.action_bar.add(Button("Unlock", icon="lock", keys="U"))
        self.leave_button = self.action_bar.add(Button("Leaves the shop", icon="user-x", keys="Del"))
        self.change_button = self.action_bar.add(Button("Change", PRIMARY, "pencil", "F8", "big"))
        for button, slot in (
            (self.add_button, self.new_record), (self.pin_button, self._on_pin), (self.unlock_button, self._on_unlock),
            (self.leave_button, self._on_leave), (self.change_button, self.main_act),
        ):  # fmt: skip
            button.clicked.connect(slot)

    def rows(self, session: Session, after: Any, limit: int) -> Sequence[StaffRow]:  # noqa: ARG002
        return [] if after is not None else staff_rows(session, with_left=self.with_left.isChecked())

    def row_selected(self, row: StaffRow | None) -> None:
        here = row is not None and row.left_on is None
        for button in (self.pin_button, self.change_button):
            button.setEnabled(here)
        self.unlock_button.setVisible(row is not None and row.locked_until is not None and row.locked_until > self.context.clock())
        self.leave_button.setEnabled(row is not None)
        self.leave_button.set_phrase("Leaves the shop" if here or row is None else "Works here again")

    def change_row(self, row: StaffRow) -> None:
        if row.left_on is None:
            self._open(row)

    def new_record(self) -> None:
        self._open(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {"p": self._on_pin, "u": self._on_unlock}
        act = acts.get(event.text().lower()) if not event.modifiers() else None
        if act is not None:
            act()
        elif event.key() == Qt.Key.Key_Delete:
            self._on_leave()
        else:
            super().keyPressEvent(event)

    def _open(self, row: StaffRow | None) -> None:
        dialog = PersonDialog(self.window(), row, partial(self._save, row))
        dialog.open()

    def _save(self, row: StaffRow | None, dialog: PersonDialog, values: PersonValues, pin: str) -> None:
        today = self.context.shop().day_of(self.context.clock())
        command = AddPerson(values, pin, today) if row is None else ChangePerson(row.staff_id, row.version, values)
        self.context.perform(command, dialog.done_for_good, dialog.refused, owner=dialog)

    def _on_pin(self) -> None:
        row = self.table.selected
        if row is not None and row.left_on is None:
            self._ask_pin(row)

    def _ask_pin(self, row: StaffRow) -> None:
        PinDialog(self.window(), row.name, partial(self._save_pin, row)).open()

    def _save_pin(self, row: StaffRow, dialog: PinDialog, pin: str) -> None:
        self.context.perform(SetPin(row.staff_id, pin), dialog.done_for_good, dialog.refused, owner=dialog)

    def _on_unlock(self) -> None:
        row = self.table.selected
        if row is not None and self.unlock_button.isVisible():
            self.context.perform(Unlock(row.staff_id), owner=self)

    def _on_leave(self) -> None:
        row = self.table.selected
        if row is None:
            return
        if row.left_on is not None:
            self._come_back(row, row.version)
            return
        ask(
            self.window(), "{name} leaves the shop", "What bears the name stays in the books; signing in ends, and the badge is free.", "{name} leaves",
            partial(self._leave, row), name=row.name,
        )  # fmt: skip

    def _leave(self, row: StaffRow) -> None:
        today = self.context.shop().day_of(self.context.clock())
        self.context.perform(Leave(row.staff_id, row.version, today), partial(self._on_left, row), owner=self)

    def _on_left(self, row: StaffRow, version: int) -> None:
        words = tr("{name} works here no longer", name=row.name)
        self.context.navigator.toast(words, undo=partial(self._come_back, row, version))

    def _come_back(self, row: StaffRow, version: int) -> None:
        self.context.perform(ComeBack(row.staff_id, version, row.badge or ""), partial(self._on_back, row), owner=self)

    def _on_back(self, row: StaffRow, _result: object) -> None:
        # The PIN went with the leaving, and nobody knows it.
        words = tr("{name} works here again, and needs a new PIN to sign in", name=row.name)
        self.context.navigator.toast(words, act=(tr("Give a PIN"), partial(self._ask_pin, row)))

    def _on_with_left(self, _on: bool) -> None:
        self.load()

    def _pin(self, row: StaffRow) -> Cell:
        if row.left_on is not None:
            return State(tr("left on {day}", day=formats().day(row.left_on)), "grey", "user-x")
        if row.locked_until is not None and row.locked_until > self.context.clock():
            return State(tr("locked until {time}", time=formats().time(row.locked_until)), "bad", "lock")
        return State(tr("has a PIN"), "ok", "key-round") if row.has_pin else State(tr("no PIN yet"), "warn", "circle-dashed")


def _name(row: StaffRow) -> Words:
    return Words(row.name, bold=True, tone="text3" if row.left_on is not None else "text")


def _several(kind: str, keys: Sequence[str]) -> str:
    return tr(", ", "list").join(record_word(kind, key) for key in keys)


def _days(days: Sequence[int]) -> str:
    """Mon–Fri, Sun."""
    spans: list[list[int]] = []
    for day in days:
        if spans and spans[-1][-1] == day - 1:
            spans[-1].append(day)
        else:
            spans.append([day])
    words = ["–".join(tr(WEEKDAYS[day], "weekday") for day in dict.fromkeys((span[0], span[-1]))) for span in spans]
    return tr(", ", "list").join(words)


def _key(row: StaffRow) -> int:
    return row.staff_id
