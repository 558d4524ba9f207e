"""The room's first page: filters on top, the list at the left, the chosen file at the right."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from db.engine import reading
from db.queries import customers
from db.queries.customers import Count, CustomerListRow, VehicleListRow
from desktop_app.i18n.live import follow_language, say
from desktop_app.rooms.customers.customer_panel import CustomerPanel
from desktop_app.rooms.customers.file_side import FileSide
from desktop_app.rooms.customers.filters import Filters
from desktop_app.rooms.customers.tables import PeopleTable, VehicleTable, record_of
from desktop_app.rooms.customers.vehicle_panel import VehiclePanel
from desktop_app.widgets.card import Sheet
from desktop_app.widgets.empty_state import EmptyState
from desktop_app.widgets.labels import ElidedLabel
from desktop_app.widgets.segments import Segments

if TYPE_CHECKING:
    import datetime as dt

    from db.queries.customer_file import CustomerFile
    from db.queries.vehicle_sheet import VehicleSheet
    from desktop_app.room import RoomContext
    from desktop_app.rooms.customers.tables import LetterTable
    from desktop_app.widgets.paged_model import PagedModel
    from desktop_app.widgets.paged_table import PagedTable

VEHICLES, CUSTOMERS = "vehicles", "customers"
_TO_THE_LIST = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SETTLE_MS = 70
"""The file follows the list once the keys have rested for so long."""


class ListPage(QWidget):
    """`asked` says what a person wants done with what, `chosen_changed` that another file shows."""

    asked = Signal(str, object)
    chosen_changed = Signal()
    letter = Signal(str)
    """A key of the list's own, such as C or B."""

    def __init__(self, context: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._sort: tuple[str, bool] = (customers.LAST_VISIT, True)
        self._count_ticket = 0
        self._wanted: tuple[str, int] | None = None
        """What was asked for by name and need not stand in the list; it stays until a person moves on."""
        self._lists: list[LetterTable] = []
        self._back: list[tuple[str, int]] = []
        self._total: dict[str, Count] = {}
        self._customer_total = Count(0)
        self.kind = Segments(parent=self)
        self.kind.add(VEHICLES, "Vehicles")
        self.kind.add(CUSTOMERS, "Without a vehicle")
        self.filters = Filters(self)
        self.search, self.states, self.sides = self.filters.search, self.filters.states, self.filters.sides
        self.filters.filter_changed.connect(self._on_filter)
        self.search.installEventFilter(self)
        self.table = VehicleTable(context, self.today, self)
        self.cars = self.table.paged
        self.table.set_sort(*self._sort)
        self.table.sort_asked.connect(self._on_sort)
        self._take_table(self.table)
        self._no_match = EmptyState("users", "No vehicle fits", "The filters hide all others", "Clear filters", "Esc", parent=self)
        self._no_match.button.clicked.connect(self.filters.clear)
        self.table.set_empty(self._no_match)
        self._side = FileSide(context, self)
        self._side.asked.connect(self.asked)
        self._side.chosen_changed.connect(self.chosen_changed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE_MS)
        self._timer.timeout.connect(self._load_file)
        self._lay()
        follow_language(self._on_language)

    def _lay(self) -> None:
        self._tables = QStackedLayout()
        self._tables.addWidget(self.table)
        self._foot = ElidedLabel("", "small", "text2", parent=self)
        say(self._foot.setText, "↑↓ choose · Enter into the file · C call · B book · F4 change · * too few readings: the usual 40 km a day")
        list_card = Sheet(self)
        list_column = QVBoxLayout(list_card)
        list_column.setContentsMargins(1, 1, 1, 1)
        list_column.setSpacing(0)
        list_column.addLayout(self._tables, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 8)
        foot.addWidget(self._foot, 1)
        list_column.addLayout(foot)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.filters, 1)
        top.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignTop)
        self.kind.chosen_changed.connect(self._on_kind)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(list_card, 57)
        row.addWidget(self._side, 43)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(row, 1)

    @cached_property
    def people_table(self) -> PeopleTable:
        """The list of customers without a vehicle; made when it is first needed, so that the room opens quickly."""
        table = PeopleTable(self._context, self)
        table.set_empty(EmptyState("users", "Every customer has a vehicle", "Who has none stands here", parent=self))
        self._tables.addWidget(table)
        self._take_table(table)
        return table

    @property
    def people(self) -> PagedModel:
        """The rows of customers without a vehicle."""
        return self.people_table.paged

    def today(self) -> dt.date:
        """The shop's day."""
        return self._context.shop().day_of(self._context.clock())

    @property
    def vehicle(self) -> VehiclePanel:
        """The file of a vehicle."""
        return self._side.vehicle

    @property
    def customer(self) -> CustomerPanel:
        """The file of a customer."""
        return self._side.customer

    @property
    def sheet(self) -> VehicleSheet | None:
        """The vehicle whose file shows, None when it is a customer's."""
        panel = self._side.panel
        return panel.sheet if isinstance(panel, VehiclePanel) else None

    @property
    def file(self) -> CustomerFile | None:
        """The customer whose file shows, None when it is a vehicle's."""
        panel = self._side.panel
        return panel.file if isinstance(panel, CustomerPanel) else None

    @property
    def shown(self) -> tuple[str, int] | None:
        """What the file shows: vehicle or customer, and its key."""
        return self._side.shown

    @property
    def in_file(self) -> bool:
        """Whether the focus is in the file."""
        return self._side.has_focus

    def counts(self) -> tuple[Count, Count]:
        """How many vehicles and customers the store holds."""
        return self._total.get("", Count(0)), self._customer_total

    def focus_list(self) -> None:
        """Put the keys on the list."""
        self._table().setFocus(Qt.FocusReason.TabFocusReason)

    def focus_search(self) -> None:
        """Put the keys into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def enter_file(self) -> None:
        """Put the keys into the file."""
        self._side.enter()

    def step_section(self, step: int) -> None:
        """F6: search, list, sections of the file, and round again."""
        panel = self._side.panel
        if panel is not None and self.in_file:
            if not panel.step_section(step):
                (self.focus_search if step > 0 else self.focus_list)()
        elif self._table().hasFocus():
            (self.enter_file if step > 0 else self.focus_search)()
        elif step > 0:
            self.focus_list()
        else:
            self.enter_file()

    def open_record(self, subject: str, key: int) -> None:
        """Show a vehicle's or a customer's file, whether or not the list holds it."""
        if self.shown is not None and self.shown != (subject, key) and subject == "customer":
            self._back.append(self.shown)
        self._want((subject, key))
        self._timer.stop()
        self._point_at(subject, key)
        self._side.show_record(subject, key)

    def go_back(self) -> bool:
        """From a customer back to the file that led to him; true when there was one."""
        if not self._back:
            return False
        subject, key = self._back.pop()
        self._want((subject, key))
        self._side.show_record(subject, key)
        self.enter_file()
        return True

    def reload(self) -> None:
        """Read the list, its counts and the file again."""
        if self.kind.chosen == VEHICLES:
            if self.cars.complete or self.cars.rows:
                self.cars.reload()
            else:
                self._show_query()
        else:
            self.people.reload()
        self._load_counts()
        self._side.reload()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _TO_THE_LIST
        if watched is self.search and pressed and not self.search.composing:
            self.focus_list()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if bare and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._table().hasFocus():
            # The list has no row marked: what shows was asked for by name and doesn't stand in it.
            self.enter_file()
        else:
            super().keyPressEvent(event)

    def _take_table(self, table: LetterTable) -> None:
        self._lists.append(table)
        table.marks_first = self._wanted is None
        table.paged.loaded.connect(self._on_loaded)
        table.selected_changed.connect(self._on_selected)
        table.opened.connect(self._on_opened)
        table.edit_asked.connect(self._on_edit)
        table.letter.connect(self.letter)

    def _want(self, record: tuple[str, int] | None) -> None:
        self._wanted = record
        for table in self._lists:
            table.marks_first = record is None

    def _point_at(self, subject: str, key: int) -> None:
        """Mark the record in the list where it holds it; a row that isn't it is not marked. A customer leaves the mark on the car that led to him."""
        table = self._table()
        if subject == ("vehicle" if table is self.table else "customer") and not table.select_key(key):
            table.setCurrentIndex(QModelIndex())

    def _table(self) -> PagedTable:
        return self.table if self.kind.chosen == VEHICLES else self.people_table

    def _on_kind(self, kind: str) -> None:
        self._tables.setCurrentWidget(self._table())
        for row in (self.states, self.sides):
            row.setVisible(kind == VEHICLES)
        self._on_filter()

    def _on_filter(self) -> None:
        self._want(None)
        self._back.clear()
        self._show_query()

    def _show_query(self) -> None:
        wanted, engine, now = self.filters.wanted(*self._sort), self._context.engine, self._context.clock()

        def cars(after: VehicleListRow | None, limit: int) -> list[VehicleListRow]:
            with reading(engine) as session:
                return customers.vehicle_page(session, wanted, now, after, limit)

        def people(after: CustomerListRow | None, limit: int) -> list[CustomerListRow]:
            with reading(engine) as session:
                return customers.customers_without_vehicle(session, wanted.words, after, limit)

        if self.kind.chosen == VEHICLES:
            self.cars.show_query(cars, wanted.words)
            self._load_counts()
        else:
            self.people.show_query(people, wanted.words)

    def _on_sort(self, sort: str, descending: bool) -> None:
        self._sort = (sort, descending)
        self._on_filter()

    def _load_counts(self) -> None:
        wanted, engine, now = self.filters.wanted(*self._sort), self._context.engine, self._context.clock()

        def work() -> tuple[dict[str, Count], Count]:
            with reading(engine) as session:
                return customers.vehicle_counts(session, wanted, now), customers.customer_count(session)

        self._context.runner.forget(self._count_ticket)
        self._count_ticket = self._context.runner.submit(self, work, self._on_counts)

    def _on_counts(self, found: tuple[dict[str, Count], Count]) -> None:
        counts, people = found
        self.filters.show_counts(counts)
        if not self.search.text().strip() and not self.sides.chosen:
            self._total = counts
        self._customer_total = people
        self.chosen_changed.emit()

    def _on_loaded(self) -> None:
        table = self._table()
        if table.paged is self.cars:
            empty_store = not self.cars.rows and not self.filters.active
            self._no_match.set_title("There is no customer yet" if empty_store else "No vehicle fits")
            self._no_match.set_reason("Customers are made at check-in, or with Ctrl+N" if empty_store else "The filters hide all others")
            self._no_match.button.setVisible(not empty_store)
        if self._wanted is not None:
            self._point_at(*self._wanted)
        elif table.paged.rows and table.selected is None:
            table.setCurrentIndex(table.paged.index(0, 0))
        elif not table.paged.rows:
            self._side.show_nothing()

    def _on_selected(self, row: object) -> None:
        if row is None:
            return
        record, by_table = record_of(row), self._table().placing
        if by_table and (self._wanted is not None or self._side.shows_or_reads(record)):
            return
        if self._wanted is None:
            self._back.clear()
            self._timer.start()
        elif record != self._wanted and self._table().hasFocus():
            self._want(None)
            self._timer.start()

    def _on_opened(self, row: object) -> None:
        self._timer.stop()
        subject, key = record_of(row)
        if self.shown == (subject, key):
            self.enter_file()
        else:
            self._side.show_record(subject, key, enter=True)

    def _on_edit(self, row: object, _column: str) -> None:
        subject, key = record_of(row)
        self.asked.emit("edit_vehicle" if subject == "vehicle" else "edit_customer", key)

    def _load_file(self) -> None:
        row = self._table().selected
        if row is not None:
            self._side.show_record(*record_of(row))

    def _on_language(self, _language: str) -> None:
        self.chosen_changed.emit()
