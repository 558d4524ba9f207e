"""The shop's own rules (⚙): each with its value, its default, and who changed it last."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from db.commands.shop import ChangeSetting
from db.queries.settings import setting_changes
from db.queries.shop import the_shop
from db.rules.settings import ShopSettings
from desktop_app.form_dialog import FormDialog, Wrong
from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.rooms.settings.searched_page import SearchedPage
from desktop_app.rooms.settings.value_words import BASIS_POINTS, FEN, UNIT_WORDS, VALUES, YES_NO
from desktop_app.row_cells import list_column
from desktop_app.widgets.cells import Number, Words
from desktop_app.widgets.choice import Tick
from desktop_app.widgets.text_edits import LineEdit, MoneyEdit, NumberEdit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from db.engine import Session
    from db.queries.settings import SettingChange
    from desktop_app.room import RoomContext
    from desktop_app.rooms.settings.value_words import ValueWords
    from desktop_app.widgets.cells import Cell


@dataclass(frozen=True)
class ValueRow:
    """A setting as it stands."""

    words: ValueWords
    value: Any
    default: Any
    change: SettingChange | None


def written(unit: str, value: Any) -> str:
    """A value with its unit."""
    if unit == YES_NO:
        return tr("yes") if value else tr("no")
    if unit == FEN:
        return formats().money(value)
    if unit == BASIS_POINTS:
        return formats().percent(value)
    return f"{formats().number(value)} {tr(UNIT_WORDS[unit], 'unit')}"


class ValueDialog(FormDialog):
    """Another value for one setting; `answered` receives it. 'Back to the default' is a value like any other."""

    def __init__(self, parent: QWidget, row: ValueRow, answered: Callable[[ValueDialog, Any], object]) -> None:
        super().__init__(parent, row.words.label, "Save", self._answer)
        self._answered, self._row = answered, row
        self.fields_of = {"setting_not_fitting": "value"}
        self.edit: LineEdit | Tick
        if row.words.unit == YES_NO:
            self.edit = Tick("Yes, so it is", self)
            self.edit.setChecked(bool(row.value))
        else:
            self.edit = _edit(row.words.unit, self)
            self.edit.set_value(row.value)
        field = self.add_field("value", "Value", self.edit)
        field.set_plain_hint("neutral", tr("default: {value}", value=written(row.words.unit, row.default)))
        if row.value != row.default:
            self.default_button = self.add_button("Back to the default", self._on_default, icon="rotate-ccw", left=True)
        if isinstance(self.edit, LineEdit):
            self.edit.selectAll()

    def _answer(self) -> None:
        value = self.edit.isChecked() if isinstance(self.edit, Tick) else getattr(self.edit, "value", None)
        if value is None:
            raise Wrong({"value": "A figure is needed"})
        self._answered(self, value)

    def _on_default(self) -> None:
        if isinstance(self.edit, Tick):
            self.edit.setChecked(bool(self._row.default))
        elif isinstance(self.edit, NumberEdit):
            self.edit.set_value(self._row.default)
        self.submit()


class ValuesPage(SearchedPage):
    """The list."""

    tables = frozenset({"shop"})
    with_history = False

    def __init__(self, context: RoomContext) -> None:
        columns = (
            list_column("group", "Group", lambda row: Words(tr(row.words.group, "settings_group"), tone="text3"), 130),
            list_column("label", "Rule", lambda row: Words(tr(row.words.label), bold=row.value != row.default), 0),
            list_column("value", "Value", lambda row: Number(written(row.words.unit, row.value), bold=True), 120, right=True),
            list_column("default", "Default", _default, 120, right=True),
            list_column("change", "Changed last", _change, 230),
        )
        super().__init__(context, "values", columns, _key, "Find a rule", 280)
        self.search.textChanged.connect(self._on_search)

    def rows(self, session: Session, after: Any, limit: int) -> Sequence[ValueRow]:  # noqa: ARG002
        if after is not None:
            return []
        settings, changes, defaults = the_shop(session).settings, setting_changes(session), ShopSettings()
        wanted = self._wanted.casefold()
        found = [ValueRow(words, getattr(settings, words.name), getattr(defaults, words.name), changes.get(words.name)) for words in VALUES]
        return [row for row in found if wanted in f"{tr(row.words.label)} {tr(row.words.group, 'settings_group')}".casefold()]

    _wanted = ""

    def change_row(self, row: ValueRow) -> None:
        ValueDialog(self.window(), row, partial(self._save, row)).open()

    def words_changed(self) -> None:
        self.load()

    def _save(self, row: ValueRow, dialog: ValueDialog, value: Any) -> None:
        if value == row.value:
            dialog.done_for_good()
        else:
            self.context.perform(ChangeSetting(row.words.name, value), dialog.done_for_good, dialog.refused, owner=dialog)

    def _on_search(self, words: str) -> None:
        self._wanted = words.strip()
        self.load()


def _edit(unit: str, parent: QWidget) -> NumberEdit:
    if unit == FEN:
        return MoneyEdit(minimum=0, parent=parent)
    if unit == BASIS_POINTS:
        return NumberEdit(2, "%", 0, 10_000, parent=parent)
    return NumberEdit(0, tr(UNIT_WORDS[unit], "unit"), 0, 100_000, parent=parent)


def _default(row: ValueRow) -> Cell:
    return Number(written(row.words.unit, row.default), tone="text3") if row.value != row.default else Number(tr("default"), tone="text3")


def _change(row: ValueRow) -> Cell:
    change = row.change
    if change is None:
        return Words("")
    old = row.default if change.old is None else change.old
    return Words(f"{change.who} {formats().moment(change.at)}".strip(), tr("from {value}", value=written(row.words.unit, old)), tone="text2")


def _key(row: ValueRow) -> str:
    return row.words.name
