"""What an order holds, a tab each: lines with what each payer bears below them, pictures, talks, agreements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from db.rules.order_life import Payer
from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import say
from desktop_app.i18n.state_words import state_word
from desktop_app.rooms.work_orders.line_columns import line_columns
from desktop_app.rooms.work_orders.line_rows import ShownRow, shown_rows
from desktop_app.rooms.work_orders.side_tables import RowsTable, agreed_table, pictures_table, talks_table
from desktop_app.rooms.work_orders.sums_foot import Sum, SumsFoot
from desktop_app.units import Units
from desktop_app.widgets.card import Sheet
from desktop_app.widgets.empty_state import EmptyState
from desktop_app.widgets.key_hint import KeyHint
from desktop_app.widgets.labels import Label
from desktop_app.widgets.segments import Segments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.queries.order_file import OrderFile
    from desktop_app.room import RoomContext
    from desktop_app.rooms.work_orders.loaded import Loaded

LINES, PICTURES, TALKS, AGREED = "lines", "pictures", "talks", "agreed"
_HINTS = (("Ins", "Add"), ("P", "Payer"), ("A", "Authorise"), ("F4", "Change"), ("Del", "Take off"))


class OrderTabs(Sheet):
    """The tables of one order; `table` is that of its lines."""

    def __init__(self, context: RoomContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.units = Units()
        self._file: OrderFile | None = None
        self.tabs = Segments(tabs=True, parent=self)
        for key, phrase in ((LINES, "Lines"), (PICTURES, "Pictures"), (TALKS, "Talks"), (AGREED, "Agreed")):
            self.tabs.add(key, phrase, "tab", 0)
        say(self.tabs.setAccessibleName, "Parts of the order")
        self.table = RowsTable(context, "work_orders.lines", line_columns(context.clock, self.units), _key, self)
        say(self.table.setAccessibleName, "Lines")
        self.no_line = EmptyState("plus", "No line yet", "Packages, operations and parts by code, name or pinyin", "Add lines", "Ins", parent=self)
        self.table.set_empty(self.no_line)
        self.foot = SumsFoot(large=True, parent=self)
        self.pictures, self.talks, self.agreed = pictures_table(context, self), talks_table(context, self), agreed_table(context, self)
        self._stack = QStackedWidget(self)
        lines = QWidget(self)
        inside = QVBoxLayout(lines)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.foot)
        for widget in (lines, self.pictures, self.talks, self.agreed):
            self._stack.addWidget(widget)
        head = QHBoxLayout()
        head.setContentsMargins(12, 6, 12, 6)
        head.setSpacing(8)
        head.addWidget(self.tabs)
        head.addStretch(1)
        for keys, phrase in _HINTS:
            head.addWidget(KeyHint(keys, self))
            label = Label("", "small", "text2", parent=self)
            say(label.setText, phrase, "hint")
            head.addWidget(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self.tabs.chosen_changed.connect(self._on_tab)

    @property
    def in_front(self) -> RowsTable:
        """The table of the tab in front."""
        return {LINES: self.table, PICTURES: self.pictures, TALKS: self.talks, AGREED: self.agreed}[self.tabs.chosen]

    @property
    def selected(self) -> ShownRow | None:
        """The selected row of the lines, None while another tab is in front."""
        row = self.table.selected if self.tabs.chosen == LINES else None
        return row if isinstance(row, ShownRow) else None

    def go_to_lines(self) -> None:
        """Bring the lines to the front."""
        self.tabs.choose(LINES)
        self._stack.setCurrentIndex(0)

    def show_order(self, loaded: Loaded, first: bool) -> None:
        """Show an order, for the first time or read anew: then the place in each table stays."""
        file = self._file = loaded.file
        self.units.take(loaded.units)
        self.table.show_rows(shown_rows(file), first)
        self.pictures.show_rows(file.attachments, first)
        self.talks.show_rows(file.contacts, first)
        self.agreed.show_rows(file.authorisations[::-1], first)
        standing = sum(line.stands for line in file.lines)
        counts = (standing, len(file.attachments), len(file.contacts), len(file.authorisations))
        for key, count in zip((LINES, PICTURES, TALKS, AGREED), counts, strict=True):
            self.tabs.set_count(key, count)
        self.foot.show_sums(self._sums)

    def select_line(self, line_id: int) -> None:
        """Have the selection on a line."""
        row = next((row for row in self.table.paged.rows if any(line.line_id == line_id for line in row.lines)), None)
        if row is not None:
            self.table.select_key(row.key)

    def select_line_once_read(self, line_id: int) -> None:
        """Have the selection on a line as soon as the rows that were shown last stand in the table."""
        self.table.paged.loaded.connect(lambda: self.select_line(line_id), Qt.ConnectionType.SingleShotConnection)

    def _sums(self) -> tuple[str, Sequence[Sum], str, str]:
        file = self._file
        if file is None:
            return "", (), "", ""
        shares, asked = [], []
        for total in file.totals:
            if total.proposed:
                # The customer's is the sum that his contract names; what others are asked for is not his to pay.
                own = total.payer is Payer.CUSTOMER
                label = tr("not authorised") if own else tr("{payer}, not authorised", payer=state_word("payer", total.payer.value))
                asked.append(Sum("", "?", label, formats().money(total.proposed), "violet"))
            if total.amount:
                word = state_word("payer", total.payer.value)
                label = tr("{payer}, tax {tax}", payer=word, tax=formats().amount(total.tax))
                shares.append(Sum(total.payer.value, state_word("payer_mark", total.payer.value), label, formats().money(total.amount)))
        return "", [*shares, *asked], tr("Whole order, {hours}", hours=formats().hours(file.hours)), formats().money(file.amount)

    def _on_tab(self, key: str) -> None:
        self._stack.setCurrentIndex((LINES, PICTURES, TALKS, AGREED).index(key))


def _key(row: ShownRow) -> object:
    return row.key
