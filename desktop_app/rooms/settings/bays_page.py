"""The shop's bays in their order."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from db.commands.bays import AddBay, ChangeBay, CloseBay, MoveBay
from db.queries.shop import bay_rows
from db.rules.record_words import BayKind
from desktop_app.form_dialog import FormDialog
from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.record_words import WORDS, record_word
from desktop_app.rooms.settings.page import TablePage
from desktop_app.row_cells import list_column
from desktop_app.widgets.buttons import PRIMARY, Button
from desktop_app.widgets.cells import State, Words
from desktop_app.widgets.choice import Choice, Tick
from desktop_app.widgets.text_edits import LineEdit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from db.engine import Session
    from db.queries.shop import BayRow
    from desktop_app.room import RoomContext


class BayDialog(FormDialog):
    """A bay's name and kind; `answered` receives both."""

    def __init__(self, parent: QWidget, row: BayRow | None, answered: Callable[[BayDialog, str, BayKind], object]) -> None:
        super().__init__(parent, "New bay" if row is None else "Bay", "Save", self._answer)
        self._answered = answered
        self.fields_of = {"name_missing": "name", "bay_name_taken": "name"}
        self.name = LineEdit(parent=self)
        self.kind = Choice(parent=self)
        for kind in BayKind:
            self.kind.add_phrase(kind.value, WORDS["bay_kind"][kind.value], "bay_kind")
        self.kind.choose(BayKind.LIFT.value if row is None else row.kind)
        self.name.set_text("" if row is None else row.name)
        self.add_field("name", "Bay's name", self.name, required=True, hint="as it is called across the workshop")
        self.add_field("kind", "Kind", self.kind)

    def _answer(self) -> None:
        self._answered(self, self.name.text(), BayKind(str(self.kind.chosen)))


class BaysPage(TablePage):
    """The list; Alt+↑ and Alt+↓ change the order."""

    tables = frozenset({"bay"})

    def __init__(self, context: RoomContext) -> None:
        columns = (
            list_column("name", "Bay", lambda row: Words(row.name, bold=True, tone="text3" if row.closed_on else "text"), 0),
            list_column("kind", "Kind", lambda row: Words(record_word("bay_kind", row.kind)), 200),
            list_column("state", "State", _state, 200),
        )
        super().__init__(context, "bays", columns, _key)
        self.with_closed = Tick("Show closed ones", self)
        self.with_closed.toggled.connect(self._on_with_closed)
        self.above.setContentsMargins(14, 6, 14, 0)
        self.above.addWidget(self.with_closed)
        self.above.addStretch(1)
        self.add_button = self.action_bar.add(Button("New bay", icon="plus", keys="Ins"))
        self.up_button = self.action_bar.add(Button("Up", keys="Alt ↑"))
        self.down_button = self.action_bar.add(Button("Down", keys="Alt ↓"))
        self.close_button = self.action_bar.add(Button("Close this bay", icon="x", keys="Del"))
        self.change_button = self.action_bar.add(Button("Change", PRIMARY, "pencil", "F8", "big"))
        for button, slot in (
            (self.add_button, self.new_record), (self.up_button, partial(self._move, -1)), (self.down_button, partial(self._move, 1)),
            (self.close_button, self._on_close), (self.change_button, self.main_act),
        ):  # fmt: skip
            button.clicked.connect(slot)
        self.table.installEventFilter(self)

    def rows(self, session: Session, after: Any, limit: int) -> Sequence[BayRow]:  # noqa: ARG002
        return [] if after is not None else bay_rows(session, with_closed=self.with_closed.isChecked())

    def row_selected(self, row: BayRow | None) -> None:
        for button in (self.up_button, self.down_button, self.close_button, self.change_button):
            button.setEnabled(row is not None)
        self.close_button.set_phrase("Close this bay" if row is None or row.closed_on is None else "Open it again")

    def change_row(self, row: BayRow) -> None:
        BayDialog(self.window(), row, partial(self._save, row)).open()

    def new_record(self) -> None:
        BayDialog(self.window(), None, partial(self._save, None)).open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The table would take Alt+↑ for ↑."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None:
                self._move(step)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self._on_close()
        else:
            super().keyPressEvent(event)

    def _save(self, row: BayRow | None, dialog: BayDialog, name: str, kind: BayKind) -> None:
        command = AddBay(name, kind) if row is None else ChangeBay(row.bay_id, row.version, name, kind)
        self.context.perform(command, dialog.done_for_good, dialog.refused, owner=dialog)

    def _move(self, step: int, _checked: bool = False) -> None:
        row = self.table.selected
        if row is not None:
            self.context.perform(MoveBay(row.bay_id, step), owner=self)

    def _on_close(self) -> None:
        row = self.table.selected
        if row is not None:
            today = self.context.shop().day_of(self.context.clock())
            self._close(row, today if row.closed_on is None else None, row.version)

    def _close(self, row: BayRow, on: dt.date | None, version: int) -> None:
        self.context.perform(CloseBay(row.bay_id, version, on), partial(self._on_closed, row, on), owner=self)

    def _on_closed(self, row: BayRow, on: dt.date | None, version: int) -> None:
        words = tr("Bay {name} is in use again", name=row.name) if on is None else tr("Bay {name} is closed", name=row.name)
        # What it was before: closed on the same day, or in use.
        before = row.closed_on if on is None else None
        self.context.navigator.toast(words, undo=partial(self._close, row, before, version) if before != on else None)

    def _on_with_closed(self, _on: bool) -> None:
        self.load()


def _state(row: BayRow) -> State:
    if row.closed_on is not None:
        return State(tr("closed on {day}", day=formats().day(row.closed_on)), "grey", "x")
    return State(tr("in use", "bay"), "ok", "check")


def _key(row: BayRow) -> int:
    return row.bay_id
