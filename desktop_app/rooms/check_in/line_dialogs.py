"""Dialogs of the items: one line's figures, a line in one's own words, the whole catalogue."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from db.rules.order_life import LineKind, Payer
from desktop_app.i18n import current_language
from desktop_app.i18n.formats import formats
from desktop_app.i18n.state_words import state_word
from desktop_app.rooms.check_in.lines_model import ShownLine, with_consent, with_payer, with_quantity
from desktop_app.widgets.buttons import PRIMARY
from desktop_app.widgets.cells import Cell, Marks, Number, Words
from desktop_app.widgets.choice import Choice, Tick
from desktop_app.widgets.dialog import MIDDLE, SMALL, Dialog
from desktop_app.widgets.field import BAD, Field
from desktop_app.widgets.paged_model import Column, PagedModel
from desktop_app.widgets.paged_table import PagedTable
from desktop_app.widgets.pill import line_kind_sem
from desktop_app.widgets.text_edits import LineEdit, MoneyEdit, NumberEdit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.queries.catalogue import CatalogueItem
    from db.rules.order_line import LineValues
    from desktop_app.room import RoomContext
    from desktop_app.units import Units


class LineDialog(Dialog):
    """Quantity, discount, payer and consent of one row; a package only as a whole."""

    lines_changed = Signal(object)

    def __init__(self, lines: Sequence[LineValues], shown: ShownLine, units: Units, parent: QWidget) -> None:
        super().__init__(parent, "Change item", width=SMALL)
        self._lines, self._shown = list(lines), shown
        first = self._lines[shown.places[0]]
        self.title_right.setText(shown.name(current_language()))
        self.quantity = NumberEdit(decimals=3, unit=units.word(first.unit), minimum=1, maximum=9_999_000, parent=self)
        self.quantity.set_value(first.quantity)
        self._discount = NumberEdit(decimals=2, unit="%", minimum=0, maximum=10_000, parent=self)
        self._discount.set_value(first.discount_basis_points)
        self._payer = Choice(parent=self)
        for payer in Payer:
            self._payer.add_words(payer.value, state_word("payer", payer.value))
        self._payer.choose(shown.payer.value)
        self._agreed = Tick("The customer agrees", parent=self)
        self._agreed.setChecked(not shown.proposed)
        row = QHBoxLayout()
        row.setSpacing(12)
        if shown.kind != "package":
            row.addWidget(Field("Hours" if first.kind is LineKind.LABOUR else "Quantity", self.quantity))
            row.addWidget(Field("Discount", self._discount))
        else:
            self.quantity.hide()
            self._discount.hide()
        row.addWidget(Field("Payer", self._payer))
        self.body.addLayout(row)
        self.body.addWidget(self._agreed)
        self.add_button("Cancel", self.reject, keys="Esc", safe=False)
        self.add_button("Take over", self._on_take, PRIMARY, keys="F8")
        (self._payer if shown.kind == "package" else self.quantity).setFocus()

    def _on_take(self) -> None:
        self.quantity.commit()
        self._discount.commit()
        if self.quantity.fault is not None or self._discount.fault is not None:
            return
        lines = with_payer(self._lines, self._shown.places, Payer(str(self._payer.chosen)))
        lines = with_consent(lines, self._shown.places, not self._agreed.isChecked())
        if self._shown.kind != "package":
            place = self._shown.places[0]
            lines = with_quantity(lines, place, self.quantity.value or lines[place].quantity)
            lines[place] = replace(lines[place], discount_basis_points=self._discount.value or 0)
        self.lines_changed.emit(lines)
        self.accept()


class FreeLineDialog(Dialog):
    """A fee or a sublet in the advisor's own words, for what the catalogue doesn't have."""

    line_made = Signal(object)

    def __init__(self, context: RoomContext, words: str, parent: QWidget) -> None:
        super().__init__(parent, "Not in the catalogue", width=SMALL)
        self._context = context
        self.add_text("Nothing in the catalogue is called that. It can stand on the order in your own words.", "text2")
        self._kind = Choice(parent=self)
        for kind in (LineKind.FEE, LineKind.SUBLET):
            self._kind.add_words(kind.value, state_word("line_kind", kind.value))
        self._kind.choose(LineKind.FEE.value)
        self._words = LineEdit(parent=self)
        self._words.set_text(words)
        self._price = MoneyEdit(minimum=0, parent=self)
        self._words_field = Field("In words", self._words, required=True)
        self._price_field = Field("Price", self._price, required=True)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Field("Kind", self._kind), 1)
        row.addWidget(self._price_field, 1)
        self.body.addWidget(self._words_field)
        self.body.addLayout(row)
        self.add_button("Cancel", self.reject, keys="Esc")
        self.add_button("Add", self._on_add, PRIMARY, keys="F8")
        self._price.setFocus()

    def _on_add(self) -> None:
        self._price.commit()
        if not self._words.text().strip():
            self._words_field.set_hint(BAD, "Say what it is")
            self._words.setFocus()
            return
        if self._price.value is None:
            if self._price.fault is None:
                self._price_field.set_hint(BAD, "An amount, 0 if it costs nothing")
            self._price.setFocus()
            return
        words, price, kind, engine = self._words.text().strip(), self._price.value, LineKind(str(self._kind.chosen)), self._context.engine

        def fetch() -> list[LineValues]:
            from db.engine import reading
            from db.queries import catalogue

            with reading(engine) as session:
                return [catalogue.fee_line(session, words, price, kind)]

        self._context.runner.submit(self, fetch, self._made)

    def _made(self, lines: object) -> None:
        self.line_made.emit(lines)
        self.accept()


def _mark_cell(item: CatalogueItem) -> Cell:
    kind = item.kind.value if item.kind else "package"
    return Marks(((state_word("line_kind_mark", kind), line_kind_sem(kind), state_word("line_kind", kind)),))


def _code_cell(item: CatalogueItem) -> Cell:
    return Words(item.code, tone="text2")


def _name_cell(item: CatalogueItem) -> Cell:
    return Words(item.name(current_language()), bold=True)


def _hours_cell(item: CatalogueItem) -> Cell:
    return Number(formats().hours(item.hours) if item.hours else "–")


def _price_cell(item: CatalogueItem) -> Cell:
    return Number(formats().amount(item.price))


_COLUMNS = (
    Column("kind", "", _mark_cell, 38),
    Column("code", "Code", _code_cell, 90),
    Column("name", "Item", _name_cell, 0),
    Column("hours", "Hours", _hours_cell, 70, right=True),
    Column("price", "Price", _price_cell, 100, right=True),
)


class ReferenceDialog(Dialog):
    """The whole catalogue, filtered while one types; Enter takes a row."""

    chosen = Signal(object)

    def __init__(self, context: RoomContext, power_train: str | None, parent: QWidget) -> None:
        super().__init__(parent, "Catalogue", width=MIDDLE)
        self._context, self._power_train = context, power_train
        self._filter = LineEdit(icon="search", parent=self)
        self._filter.set_placeholder("Code, name or pinyin")
        self._filter.textChanged.connect(self._on_filter)
        self._model = PagedModel(context.runner, _COLUMNS, lambda item: (item.subject, item.code), self)
        self.table = PagedTable("check_in.reference", self._model, parent=self)
        self.table.setMinimumHeight(360)
        self.table.opened.connect(self._on_opened)
        self.body.addWidget(self._filter)
        self.body.addWidget(self.table, 1)
        self.add_button("Close", self.reject, keys="Esc")
        self.add_button("Add", self._on_add, PRIMARY, keys="F8")
        self._filter.setFocus()
        self._on_filter("")

    def take_scan(self, kind: str, code: str) -> bool:
        """The code of an item narrows the list to it."""
        if kind != "other":
            return False
        self._filter.type_over(code)
        return True

    def _on_filter(self, typed: str) -> None:
        engine, power_train = self._context.engine, self._power_train

        def fetch(after: CatalogueItem | None, limit: int) -> list[CatalogueItem]:
            from db.engine import reading
            from db.queries import catalogue

            with reading(engine) as session:
                items = catalogue.find_items(session, typed, power_train, 500) if typed.strip() else catalogue.all_items(session, power_train)
            start = 0 if after is None else next((place + 1 for place, item in enumerate(items) if (item.subject, item.code) == (after.subject, after.code)), 0)
            return items[start : start + limit]

        self._model.show_query(fetch, typed)

    def _on_opened(self, item: Any) -> None:
        self.chosen.emit((item.subject, item.code))
        self.accept()

    def _on_add(self) -> None:
        if self.table.selected is not None:
            self._on_opened(self.table.selected)
