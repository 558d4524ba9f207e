"""What the subjects of the settings have in common: read in the background, saved by F8, with what is not saved yet said at the bottom."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from db.engine import reading
from desktop_app import faults
from desktop_app.i18n import current_language
from desktop_app.i18n.live import follow_language
from desktop_app.i18n.phrases import phrases
from desktop_app.room import records_touch
from desktop_app.widgets.abstract import AbstractQt
from desktop_app.widgets.action_bar import ActionBar
from desktop_app.widgets.buttons import PRIMARY, Button
from desktop_app.widgets.card import Sheet
from desktop_app.widgets.choice import Choice, Tick
from desktop_app.widgets.field import BAD, WARN, Field
from desktop_app.widgets.paged_model import PagedModel
from desktop_app.widgets.paged_table import PagedTable
from desktop_app.widgets.scrolling import ScrollArea
from desktop_app.widgets.text_edits import LineEdit, NumberEdit

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from PySide6.QtGui import QKeyEvent

    from db.commands.perform import Command
    from db.engine import Session
    from db.rules.errors import Environment, Refusal
    from desktop_app.room import RoomContext
    from desktop_app.widgets.empty_state import EmptyState
    from desktop_app.widgets.paged_model import Column


class Page(QWidget, metaclass=AbstractQt):
    """One subject. `tables` are those whose changes concern it; their history stands beside it when `with_history`."""

    tables: frozenset[str] = frozenset()
    with_history = True
    count_changed = Signal(str)
    """What stands at the right of the subject: how many there are."""

    def __init__(self, context: RoomContext) -> None:
        super().__init__()
        self.context = context
        self.action_bar = ActionBar()
        follow_language(self._on_language)

    @property
    def unsaved(self) -> int:
        """How many values were typed and are not saved."""
        return 0

    @abstractmethod
    def load(self) -> None:
        """Read anew, and show."""

    def reload(self, subjects: Collection[str] | None) -> None:
        """Read again when records of these subjects changed."""
        if records_touch(subjects, self.tables):
            self.load()

    def offers(self, key: str) -> bool:
        """Whether the page has a main_act or a new_record."""
        return getattr(type(self), key) is not getattr(Page, key)

    def main_act(self) -> None:
        """F8."""

    def new_record(self) -> None:
        """Ctrl+N and Ins."""

    def back_out(self) -> bool:
        """Esc: whether there was something to leave."""
        return False

    def filter_focus(self) -> bool:
        """`/` and Ctrl+F: whether the page has something to search in."""
        return False

    def say_refusal(self, error: Refusal | Environment) -> str:
        """The sentence of a refusal in the screen's language."""
        return faults.sentence(error, phrases(current_language()))

    def words_changed(self) -> None:
        """The language changed: say again what no phrase says by itself."""

    def _on_language(self, _language: str) -> None:
        self.words_changed()


class ReadPage(Page):
    """A subject that is read at once in the background and shown."""

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        self._ticket = 0

    @abstractmethod
    def read(self, session: Session) -> Any:
        """What is shown, read in the background."""

    @abstractmethod
    def show_read(self, found: Any) -> None:
        """Show what was read."""

    def load(self) -> None:
        """Read in the background, and show."""
        engine = self.context.engine

        def work() -> Any:
            with reading(engine) as session:
                return self.read(session)

        self.context.runner.forget(self._ticket)
        self._ticket = self.context.runner.submit(self, work, self._on_read, self._on_not_read)

    def _on_read(self, found: Any) -> None:
        self._ticket = 0
        self.show_read(found)

    def _on_not_read(self, error: Exception) -> None:
        self._ticket = 0
        self.context.runner.failed.emit(error)


class FormPage(ReadPage):
    """A subject that is a form: `fields` by the record's names. F8 saves what differs, Esc brings back what was."""

    field_of_refusal: Mapping[str, str] = {}
    """Refusal code to the field that it is about."""

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        self.fields: dict[str, Field] = {}
        self.loaded: dict[str, object] = {}
        self.changed_meanwhile = False
        self._save_when_read = False
        self.undo_button = self.action_bar.add(Button("Leave as it was", keys="Esc"))
        self.save_button = self.action_bar.add(Button("Save", PRIMARY, "check", "F8", "big"))
        self.undo_button.clicked.connect(self.leave_as_it_was)
        self.save_button.clicked.connect(self.main_act)
        self.tell_unsaved()

    def add_field(self, name: str, label: str, edit: QWidget, required: bool = False, hint: str = "") -> Field:
        """A field for a value of the record."""
        field = Field(label, edit, required, hint, self)
        self.fields[name] = field
        if isinstance(edit, LineEdit):
            edit.textChanged.connect(self.tell_unsaved)
        elif isinstance(edit, Choice):
            edit.chosen_changed.connect(self.tell_unsaved)
        elif isinstance(edit, Tick):
            edit.toggled.connect(self.tell_unsaved)
        return field

    @abstractmethod
    def command(self, changed: dict[str, object]) -> Command:
        """What saves the values that differ."""

    def values(self) -> dict[str, object]:
        """What the fields say."""
        return {name: read_edit(field.edit) for name, field in self.fields.items()}

    def show_values(self, values: Mapping[str, object]) -> None:
        """Fill the fields with what is in the records. What was typed and not saved stays; what somebody else changed meanwhile is said."""
        typed = self.changed
        before, self.loaded = self.loaded, dict(values)
        told, self.changed_meanwhile = self.changed_meanwhile, False
        for name, field in self.fields.items():
            differs = bool(told or typed) and before.get(name) != values[name]
            if name not in typed:
                show_edit(field.edit, values[name])
                if differs:
                    field.set_hint(WARN, "Somebody changed this meanwhile")
                elif not typed:
                    field.clear_hint()
            elif differs and typed[name] != values[name]:
                field.set_hint(WARN, "Somebody changed this to {value} meanwhile; saving puts yours", value=values[name])
        self.tell_unsaved()

    @property
    def unsaved(self) -> int:
        return len(self.changed)

    @property
    def changed(self) -> dict[str, object]:
        """What differs from the records."""
        if not self.loaded:
            return {}
        return {name: value for name, value in self.values().items() if value != self.loaded.get(name)}

    def main_act(self) -> None:
        """Save; while the records are being read, as soon as they are there: what was read before may be of an older version."""
        if self._ticket:
            self._save_when_read = True
            return
        for field in self.fields.values():
            if isinstance(field.edit, LineEdit):
                field.edit.commit()
                if field.edit.fault is not None:
                    field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
                    return
            field.clear_hint()
        changed = self.changed
        if changed:
            self.context.perform(self.command(changed), partial(self._on_saved, changed), self._on_refused, owner=self)

    def leave_as_it_was(self) -> None:
        """Forget what was typed."""
        kept, self.loaded = self.loaded, {}
        self.show_values(kept)

    def back_out(self) -> bool:
        """Esc."""
        if not self.changed:
            return False
        self.leave_as_it_was()
        return True

    def tell_unsaved(self, _value: object = None) -> None:
        """Say how many values are not saved."""
        count = self.unsaved
        self.save_button.setEnabled(count > 0)
        self.undo_button.setVisible(count > 0)
        if count:
            self.action_bar.say_status("circle-dot", "warn", "{count} changes not saved", count=count)
        else:
            self.action_bar.say_status("check", "ok", "All saved")

    def _on_read(self, found: Any) -> None:
        super()._on_read(found)
        if self._save_when_read:
            self._save_when_read = False
            self.main_act()

    def _on_saved(self, saved: dict[str, object], _result: object) -> None:
        self.loaded.update(saved)
        self.tell_unsaved()
        self.load()

    def _on_refused(self, error: Refusal | Environment) -> None:
        if error.code == "changed_meanwhile":
            self.changed_meanwhile = True
            self.load()
            self.context.navigator.toast(self.say_refusal(error), kind="warn")
            return
        field = self.fields.get(self.field_of_refusal.get(error.code, "")) or next(iter(self.fields.values()))
        field.set_plain_hint(BAD, self.say_refusal(error))
        field.edit.setFocus(Qt.FocusReason.OtherFocusReason)


class TablePage(Page):
    """A subject that is a short list with acts: Enter or F8 changes the selected row, Ins adds one."""

    def __init__(self, context: RoomContext, name: str, columns: Sequence[Column], key: Callable[[Any], object], empty: EmptyState | None = None) -> None:
        super().__init__(context)
        self.model = PagedModel(context.runner, columns, key, self)
        self.table = PagedTable(f"settings.{name}", self.model, parent=self)
        if empty is not None:
            self.table.set_empty(empty)
        self.table.opened.connect(self.change_row)
        self.table.selected_changed.connect(self.row_selected)
        self.model.loaded.connect(self._on_loaded)
        self.above = QHBoxLayout()
        self.above.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self.above)
        column.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    @abstractmethod
    def rows(self, session: Session, after: Any, limit: int) -> Sequence[Any]:
        """A page of the rows; a short list gives all of them at once and nothing after them."""

    def load(self) -> None:
        """Read the list anew; the same row stays selected."""
        engine = self.context.engine

        def page(after: Any, limit: int) -> Sequence[Any]:
            with reading(engine) as session:
                return self.rows(session, after, limit)

        if self.model.rows or self.model.empty:
            self.model.reload()
        else:
            self.model.show_query(page)

    def change_row(self, row: Any) -> None:
        """Change one row."""

    def offers(self, key: str) -> bool:
        if key == "main_act" and type(self).main_act is TablePage.main_act:
            return self.table.selected is not None and type(self).change_row is not TablePage.change_row
        return super().offers(key)

    def row_selected(self, row: Any) -> None:
        """What can be done follows from the row."""

    def main_act(self) -> None:
        """F8."""
        if self.table.selected is not None:
            self.change_row(self.table.selected)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Insert:
            self.new_record()
            return
        super().keyPressEvent(event)

    def _on_loaded(self) -> None:
        if self.table.selected is None and self.model.rows:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.row_selected(self.table.selected)
        if self.model.complete:
            self.count_changed.emit(str(len(self.model.rows)))


def read_edit(edit: QWidget) -> object:
    """What an edit says."""
    if isinstance(edit, NumberEdit):
        return edit.value
    if isinstance(edit, LineEdit):
        return edit.text().strip()
    if isinstance(edit, Choice):
        return edit.chosen
    if isinstance(edit, Tick):
        return edit.isChecked()
    raise TypeError(type(edit).__name__)


def show_edit(edit: QWidget, value: Any) -> None:
    """Show a value in an edit."""
    if isinstance(edit, NumberEdit):
        edit.set_value(value)
    elif isinstance(edit, LineEdit):
        edit.set_text(value)
    elif isinstance(edit, Choice):
        edit.choose(value)
    elif isinstance(edit, Tick):
        edit.setChecked(bool(value))
    else:
        raise TypeError(type(edit).__name__)


def scrolled(content: QWidget, parent: QWidget) -> ScrollArea:
    """A form that scrolls where the window is low."""
    area = ScrollArea(parent, sideways=True)
    content.setMaximumWidth(880)
    area.setWidget(content)
    let_through(area)
    return area


def let_through(area: ScrollArea) -> None:
    """What lies behind a scroll area shows through it."""
    for layer in (area.viewport(), area.widget()):
        if layer is not None:
            layer.setAutoFillBackground(False)


def on_sheet(widget: QWidget, parent: QWidget) -> Sheet:
    """A white sheet around a page."""
    sheet = Sheet(parent)
    column = QVBoxLayout(sheet)
    column.setContentsMargins(1, 6, 1, 6)
    column.addWidget(widget)
    return sheet


def focus_is_in(widget: QWidget) -> bool:
    """Whether the focus is in this part of the window."""
    focus = QApplication.focusWidget()
    return focus is not None and (focus is widget or widget.isAncestorOf(focus))
