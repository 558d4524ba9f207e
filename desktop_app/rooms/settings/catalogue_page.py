"""The catalogue: what the shop sells, by operation, part and package; found as everywhere, changed one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.engine import reading
from db.queries.settings import catalogue_counts, operation_rows, package_rows, part_rows
from db.rules.money import line_amount
from desktop_app.i18n import current_language, tr
from desktop_app.i18n.formats import formats
from desktop_app.rooms.settings.item_dialog import ItemDialog
from desktop_app.rooms.settings.searched_page import SearchedPage
from desktop_app.row_cells import amount_cell, list_column
from desktop_app.widgets.cells import EMPTY, Number, State, Words, line_kind
from desktop_app.widgets.segments import Segments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.engine import Session
    from db.queries.settings import CatalogueRow
    from desktop_app.room import RoomContext
    from desktop_app.rooms.settings.item_dialog import Change
    from desktop_app.widgets.cells import Cell

_READ = {"operation": operation_rows, "part": part_rows, "package": package_rows}


class CataloguePage(SearchedPage):
    """The list of one of the three."""

    tables = frozenset({"labour_operation", "part", "package", "catalogue_entry"})

    def __init__(self, context: RoomContext) -> None:
        columns = (
            list_column("code", "Code", lambda row: Words(row.code, tone="text2"), 110),
            list_column("kind", "Kind", lambda row: line_kind(row.kind), 60),
            list_column("name", "Item", _name, 0),
            list_column("hours", "Hours", lambda row: Number(formats().quantity(row.hours)) if row.subject == "operation" else EMPTY, 80, right=True),
            list_column("unit", "Price of a unit", lambda row: amount_cell(row.price, bold=row.subject != "operation"), 120, right=True, gives_way=1),
            list_column("amount", "Comes to", _amount, 110, right=True),
            list_column("cost", "Cost", lambda row: amount_cell(row.cost, bold=False, tone="text2") if row.cost else EMPTY, 100, right=True, gives_way=3),
            list_column("state", "State", _state, 130, gives_way=2),
        )
        super().__init__(context, "catalogue", columns, _key, "Code, name, pinyin", 260)
        self.subject = Segments(tabs=True, parent=self)
        for key, phrase in (("operation", "Operations"), ("part", "Parts and consumables"), ("package", "Packages")):
            self.subject.add(key, phrase)
        self.above.insertWidget(1, self.subject)
        self.subject.chosen_changed.connect(self._on_subject)
        self.search.textChanged.connect(self._on_search)

    def load(self) -> None:
        """The rows, and how many there are of each."""
        super().load()
        self.context.runner.submit(self, self._count, self._show_counts)

    def rows(self, session: Session, after: Any, limit: int) -> Sequence[CatalogueRow]:
        return _READ[self.subject.chosen](session, self.search.text(), after, limit)

    def change_row(self, row: CatalogueRow) -> None:
        ItemDialog(self.window(), row, self._save).open()

    def _save(self, dialog: ItemDialog, command: Change) -> None:
        self.context.perform(command, dialog.done_for_good, dialog.refused, owner=dialog)

    def _count(self) -> dict[str, int]:
        with reading(self.context.engine) as session:
            return catalogue_counts(session)

    def _show_counts(self, counts: dict[str, int]) -> None:
        for key in _READ:
            self.subject.set_count(key, counts[key])
        self.count_changed.emit(formats().number(sum(counts[key] for key in _READ)))

    def _on_loaded(self) -> None:
        if self.table.selected is None and self.model.rows:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.row_selected(self.table.selected)

    def _on_subject(self, _key: str) -> None:
        self._show_anew()

    def _on_search(self, _words: str) -> None:
        self._show_anew()

    def _show_anew(self) -> None:
        subject, typed, engine = self.subject.chosen, self.search.text(), self.context.engine

        def page(after: Any, limit: int) -> Sequence[CatalogueRow]:
            with reading(engine) as session:
                return _READ[subject](session, typed, after, limit)

        self.model.show_query(page, typed)


def _name(row: CatalogueRow) -> Words:
    second = tr("{count} lines", count=row.used_lines) if row.subject == "package" else ""
    return Words(row.name(current_language()), second, bold=not row.retired, tone="text3" if row.retired else "text")


def _amount(row: CatalogueRow) -> Cell:
    return amount_cell(line_amount(row.hours, row.price)) if row.subject == "operation" else EMPTY


def _state(row: CatalogueRow) -> State:
    return State(tr("not offered"), "grey", "x") if row.retired else State(tr("offered"), "ok", "check")


def _key(row: CatalogueRow) -> tuple[str, str]:
    return (row.subject, row.code)


