"""The rows behind a figure: they stand beside it with the figure's definition above and their sum at the foot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from db.engine import reading
from db.queries.insights import CarFilter, OutputFilter, car_rows, cars_behind, output_behind, output_rows
from db.rules.money import round_half_up_div
from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import say
from desktop_app.record_words import record_word
from desktop_app.row_cells import amount_cell, list_column
from desktop_app.widgets.buttons import IconButton
from desktop_app.widgets.card import Card
from desktop_app.widgets.cells import Plate, Words, payer_marks
from desktop_app.widgets.labels import Label
from desktop_app.widgets.paged_model import PagedModel
from desktop_app.widgets.paged_table import PagedTable

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from db.queries.insights import Behind, CarRow, OutputRow, Span
    from desktop_app.room import RoomContext
    from desktop_app.rooms.insights.figures import Opening

_OUTPUT_COLUMNS = (
    list_column("plate", "Plate", lambda row: Plate(row.plate, row.plate_colour), 112),
    list_column("number", "Number", lambda row: Words(row.number, row.customer), 0),
    list_column("payer", "Payer", lambda row: payer_marks((row.payer.value,)), 60),
    list_column("amount", "Amount", lambda row: amount_cell(row.amount), 96, right=True),
)
_CAR_COLUMNS = (
    list_column("plate", "Plate", lambda row: Plate(row.plate, row.plate_colour), 112),
    list_column("number", "Number", lambda row: Words(row.number, row.customer), 0),
    list_column("kind", "Kind", lambda row: Words(record_word("order_kind", row.kind.value), tone="text2"), 90),
    list_column("day", "Checked in", lambda row: Words(formats().day(row.checked_in_at)), 92),
)


class RowsPanel(Card):
    """Enter opens a row's order; Esc or Backspace closes the panel (`closing`)."""

    closing = Signal()

    def __init__(self, context: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(icon="list-filter", padded=False, parent=parent)
        self._context = context
        self._ticket = 0
        self._opening: Opening | None = None
        self._behind: Behind | None = None
        self._cars = 0
        close = IconButton("x", "Close", parent=self)
        close.clicked.connect(self.closing)
        self.header_right.addWidget(close)
        self.definition = Label("", "small", "text2", wrap=True, parent=self)
        self.output_table = self._table("insights.output", _OUTPUT_COLUMNS, _settlement_key)
        self.car_table = self._table("insights.cars", _CAR_COLUMNS, _order_key)
        self._tables = QStackedWidget(self)
        self._tables.addWidget(self.output_table)
        self._tables.addWidget(self.car_table)
        self.count_words = Label("", "table", "text2", parent=self)
        self.sum_words = Label("", "section", bold=True, parent=self)
        self.foot_words = Label("", "small", "text2", wrap=True, parent=self)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 6, 12, 0)
        foot.addWidget(self.count_words)
        foot.addStretch(1)
        foot.addWidget(self.sum_words)
        above = QVBoxLayout()
        above.setContentsMargins(12, 8, 12, 8)
        above.addWidget(self.definition)
        below = QVBoxLayout()
        below.setContentsMargins(12, 0, 12, 6)
        below.addWidget(self.foot_words)
        self.body.setSpacing(0)
        self.body.addLayout(above)
        self.body.addWidget(self._tables, 1)
        self.body.addLayout(foot)
        self.body.addLayout(below)

    def show_rows(self, opening: Opening, span: Span, cars: int) -> None:
        """Show what is behind a figure; `cars` divides it where it is one per car."""
        self._opening, self._cars = opening, cars
        say(self._take_title, opening.name, opening.name_context)
        say(self.definition.setText, opening.definition)
        engine, rows = self._context.engine, opening.rows

        def page(after: Any, limit: int) -> Any:
            with reading(engine) as session:
                if isinstance(rows, CarFilter):
                    return car_rows(session, span, rows, after, limit)
                return output_rows(session, span, rows, after, limit)

        def behind() -> Behind:
            with reading(engine) as session:
                return cars_behind(session, span, rows) if isinstance(rows, CarFilter) else output_behind(session, span, rows)

        table = self.table
        self._tables.setCurrentWidget(table)
        self.setFocusProxy(table)
        table.paged.show_query(page)
        self._context.runner.forget(self._ticket)
        self._ticket = self._context.runner.submit(self, behind, self._on_behind)

    @property
    def table(self) -> PagedTable:
        """The table that shows."""
        return self.output_table if self._opening is None or isinstance(self._opening.rows, OutputFilter) else self.car_table

    def say_again(self) -> None:
        """After a change of language: the sums."""
        if self._behind is not None:
            self._on_behind(self._behind)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace:
            self.closing.emit()
            return
        super().keyPressEvent(event)

    def _table(self, name: str, columns: Any, key: Any) -> PagedTable:
        model = PagedModel(self._context.runner, columns, key, self)
        table = PagedTable(name, model, parent=self)
        table.opened.connect(self._on_opened)
        model.loaded.connect(self._on_loaded)
        return table

    def _on_loaded(self) -> None:
        table = self.table
        if table.selected is None and table.paged.rows:
            table.setCurrentIndex(table.paged.index(0, 0))

    def _on_behind(self, behind: Behind) -> None:
        self._behind = behind
        opening = self._opening
        assert opening is not None
        if isinstance(opening.rows, CarFilter):
            say(self.count_words.setText, "{count:,} cars", count=behind.count)
            self.sum_words.setText(formats().number(behind.count))
        else:
            say(self.count_words.setText, "{count:,} settlements", count=behind.count)
            self.sum_words.setText(formats().money(behind.amount))
        self.foot_words.setVisible(opening.per_car)
        if opening.per_car:
            per_car = round_half_up_div(behind.amount, self._cars) if self._cars else 0
            say(self.foot_words.setText, "{sum} ÷ {count:,} cars = {figure}",
                sum=formats().money(behind.amount), count=self._cars, figure=formats().money(per_car))  # fmt: skip

    def _on_opened(self, row: OutputRow | CarRow) -> None:
        self._context.navigator.open_order(row.order_id)


def _settlement_key(row: OutputRow) -> int:
    return row.settlement_id


def _order_key(row: CarRow) -> int:
    return row.order_id
