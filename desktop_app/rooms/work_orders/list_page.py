"""The list of all work orders: filters with their counts, the rows, sums by payer at its foot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.engine import reading
from db.queries.shop import staff_rows
from db.queries.work_orders import OrderFilter, Period, Pressing, order_counts, order_sums, work_orders
from db.rules.order_life import Lane, OrderKind, Payer
from db.rules.rights import Role
from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import say
from desktop_app.i18n.state_words import PAYERS, state_word
from desktop_app.record_words import WORDS
from desktop_app.rooms.work_orders.list_columns import list_columns
from desktop_app.rooms.work_orders.sums_foot import Sum, SumsFoot
from desktop_app.widgets.action_bar import ActionBar
from desktop_app.widgets.buttons import PRIMARY, SECONDARY, Button
from desktop_app.widgets.card import Sheet
from desktop_app.widgets.chip import Chip, ChipRow
from desktop_app.widgets.choice import Choice
from desktop_app.widgets.empty_state import EmptyState
from desktop_app.widgets.filter_bar import FilterBar
from desktop_app.widgets.paged_model import PagedModel
from desktop_app.widgets.paged_table import PagedTable
from desktop_app.widgets.segments import Segments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.queries.shop import StaffRow
    from db.queries.work_orders import OrderCounts, OrderSums, WorkOrderRow
    from desktop_app.room import RoomContext

_LANES = (
    (Lane.TO_START, "To start", "circle-dashed"), (Lane.IN_PROGRESS, "In work", "wrench"), (Lane.WAITING, "Waiting", "hourglass"),
    (Lane.QUALITY_CHECK, "Quality check", "clipboard-check"), (Lane.READY, "Wash and settle", "receipt-text"), (Lane.TO_DELIVER, "To deliver", "key-round"),
)  # fmt: skip
_PRESSING = (
    (Pressing.LATE, "Late", "triangle-alert", "bad"), (Pressing.SOON, "Within the hour", "clock", "warn"),
    (Pressing.OVER_AGREED, "Over what was agreed", "circle-alert", "bad"), (Pressing.REWORK, "Rework and comebacks", "rotate-ccw", "warn"),
)  # fmt: skip
_MINUTE_MS = 60_000
SUBJECTS = frozenset(("work_order", "work_order_line", "customer", "vehicle", "vehicle_plate", "staff", "settlement"))


class ListPage(QWidget):
    """Filters, table, foot and acts. Enter or F8 opens."""

    opened = Signal(object)
    """The id of the order to open."""
    counted = Signal()

    def __init__(self, context: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._sort, self._descending = "checked_in", True
        self._period_before_text = ""
        """The period that stood when a text came into the filter; empty while there is none."""
        self.counts: OrderCounts | None = None
        self._sums: OrderSums | None = None
        self._tickets: list[int] = []
        self._filters = FilterBar(self)
        self.search = self._filters.add_search("text", "Type to find: number, plate, name, phone", width=300)
        self._lanes = ChipRow(exclusive=True)
        self._lanes.add("", Chip("All open"))
        for lane, phrase, icon in _LANES:
            self._lanes.add(lane.value, Chip(phrase, icon=icon))
        self._lanes.choose("")
        self._filters.add_chips("lane", self._lanes)
        self._advisor = self._choice("advisor", "All advisors")
        self._technician = self._choice("technician", "All technicians")
        self._payer = self._choice("payer", "All payers", {key.value: (PAYERS[key.value], "payer") for key in Payer})
        self._kind = self._choice("kind", "All kinds", {key.value: (WORDS["order_kind"][key.value], "order_kind") for key in OrderKind})
        self._pressing = ChipRow(exclusive=False)
        for pressing, phrase, icon, tone in _PRESSING:
            self._pressing.add(pressing.value, Chip(phrase, icon=icon, icon_tone=tone))
        self._filters.add_chips("pressing", self._pressing)
        self._filters.filter_changed.connect(self._on_filter)
        self._pressing.chosen_changed.connect(self._on_pressing)
        self._period = Segments(parent=self)
        for period, phrase in ((Period.OPEN, "Open"), (Period.TODAY, "Today"), (Period.MONTH, "This month"), (Period.ALL, "All")):
            self._period.add(period.value, phrase, "period")
        say(self._period.setAccessibleName, "Period")
        self._period.chosen_changed.connect(self._on_filter)
        self._model = PagedModel(context.runner, list_columns(context.clock), _key, self)
        self.table = PagedTable("work_orders", self._model, parent=self)
        say(self.table.setAccessibleName, "Work orders")
        self.table.set_sort("checked_in", True)
        self.table.opened.connect(self._on_opened)
        self.table.selected_changed.connect(self._on_selected)
        self.table.sort_asked.connect(self._on_sort)
        empty = EmptyState("clipboard-list", "No order fits", "Other filters, or another period, may show it", "Clear filters", "Esc", SECONDARY)
        empty.button.clicked.connect(self.clear_filters)
        self.table.set_empty(empty)
        self._foot = SumsFoot(large=False, parent=self)
        self._foot.show_sums(self._foot_words)
        self._bar = ActionBar(self)
        self._bar.say_status("keyboard", "text2", "↑↓ choose, Enter opens, / finds")
        self._check_in = self._bar.add(Button("New check-in", SECONDARY, "log-in", "F2"))
        self._check_in.clicked.connect(self._on_check_in)
        self._open = self._bar.add(Button("Open", PRIMARY, keys="F8", height="big"))
        self._open.clicked.connect(self.open_selected)
        self._on_selected(None)
        self._lay_out()
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self._on_minute)
        self._minute.start()
        context.runner.submit(self, self._read_staff, self._take_staff)
        self._ask()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._filters, 1)
        head.addWidget(self._period, 0, Qt.AlignmentFlag.AlignTop)
        sheet = Sheet(self)
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(1, 4, 1, 1)
        inside.setSpacing(0)
        inside.addWidget(self.table, 1)
        inside.addWidget(self._foot)
        body = QVBoxLayout()
        body.setContentsMargins(16, 12, 16, 12)
        body.setSpacing(12)
        body.addLayout(head)
        body.addWidget(sheet, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(body, 1)
        column.addWidget(self._bar)

    def _choice(self, key: str, everything: str, phrases: dict[str, tuple[str, str]] | None = None) -> Choice:
        choice = Choice(small=True)
        choice.add_phrase("", everything)
        for each, (phrase, context) in (phrases or {}).items():
            choice.add_phrase(each, phrase, context)
        say(choice.setAccessibleName, everything)
        choice.choose("")
        return self._filters.add_choice(key, choice)

    @property
    def wanted(self) -> OrderFilter:
        """What the filters ask for."""
        values = self._filters.values
        lanes, pressing = values["lane"], values["pressing"]
        assert isinstance(lanes, frozenset) and isinstance(pressing, frozenset)
        lane = next(iter(lanes - {""}), None)
        return OrderFilter(
            period=Period(self._period.chosen), lane=None if lane is None else Lane(lane), advisor_id=_number(values["advisor"]),
            technician_id=_number(values["technician"]), payer=Payer(str(values["payer"])) if values["payer"] else None,
            kind=str(values["kind"]) if values["kind"] else None,
            pressing=Pressing(next(iter(pressing))) if pressing else None, text=str(values["text"]),
        )  # fmt: skip

    @property
    def narrowed(self) -> bool:
        """Whether a filter hides rows."""
        return self._filters.active or self._period.chosen != Period.OPEN.value

    def clear_filters(self) -> None:
        """Show all open orders again."""
        self._filters.clear()
        self._period.choose(Period.OPEN.value)
        self._ask()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Read the rows and the figures anew; the place in the list stays."""
        self._model.reload()
        self._ask_figures()

    def open_selected(self) -> None:
        """Open the selected order."""
        if self.table.selected is not None:
            self.opened.emit(self.table.selected.order_id)

    def next_section(self, step: int) -> None:
        """F6: from the filters to the rows and back."""
        sections: Sequence[QWidget] = (self.search, self.table)
        place = next((n for n, widget in enumerate(sections) if widget.hasFocus()), -1)
        sections[(place + step) % len(sections)].setFocus(Qt.FocusReason.TabFocusReason)

    def _ask(self) -> None:
        wanted, at, engine = self.wanted, self._context.clock(), self._context.engine
        sort, descending = self._sort, self._descending

        def fetch(after: Any, limit: int) -> list[WorkOrderRow]:
            with reading(engine) as session:
                return work_orders(session, wanted, at, sort, descending, after, limit)

        self._model.show_query(fetch, wanted.text)
        self._ask_figures()

    def _ask_figures(self) -> None:
        for ticket in self._tickets:
            self._context.runner.forget(ticket)
        wanted, at, engine = self.wanted, self._context.clock(), self._context.engine

        def counts() -> OrderCounts:
            with reading(engine) as session:
                return order_counts(session, wanted, at)

        def sums() -> OrderSums | None:
            with reading(engine) as session:
                return order_sums(session, wanted, at)

        submit = self._context.runner.submit
        self._tickets = [submit(self, counts, self._take_counts), submit(self, sums, self._take_sums)]

    def _take_counts(self, counts: OrderCounts) -> None:
        self.counts = counts
        self._lanes.chip("").set_count(counts.open)
        for lane, count in counts.lanes.items():
            self._lanes.chip(lane.value).set_count(count)
        for pressing, count in counts.pressing.items():
            self._pressing.chip(pressing.value).set_count(count)
        self.counted.emit()

    def _take_sums(self, sums: OrderSums | None) -> None:
        self._sums = sums
        self._foot.show_sums(self._foot_words)

    def _foot_words(self) -> tuple[str, Sequence[Sum], str, str]:
        sums = self._sums
        if sums is None:
            return "", (), "", ""
        shares = [
            Sum(payer.value, state_word("payer_mark", payer.value), "", formats().amount(amount), "text2") for payer, amount in sums.payers.items()
        ]
        if sums.proposed:
            shares.append(Sum("", "", tr("not authorised"), formats().amount(sums.proposed), "violet"))
        return tr("{count} orders", count=sums.count), shares, tr("Total"), formats().money(sums.total)

    def _read_staff(self) -> list[StaffRow]:
        with reading(self._context.engine) as session:
            return staff_rows(session)

    def _take_staff(self, rows: list[StaffRow]) -> None:
        for row in rows:
            if {Role.ADVISOR.value, Role.ACCIDENT.value, Role.MANAGER.value}.intersection(row.roles):
                self._advisor.add_words(row.staff_id, row.name)
            if {Role.TECHNICIAN.value, Role.FOREMAN.value}.intersection(row.roles):
                self._technician.add_words(row.staff_id, row.name)

    def _on_pressing(self, chosen: frozenset[str]) -> None:
        # One at a time, and the one that is on can be let go.
        if len(chosen) > 1:
            clicked = self.focusWidget()
            keep = next((key for key in chosen if self._pressing.chip(key) is clicked), next(iter(chosen)))
            self._pressing.choose(keep)
            self._on_filter()

    def _on_filter(self, _value: object = None) -> None:
        self._widen_for_text()
        self._ask()

    def _widen_for_text(self) -> None:
        """A text searches every order that there ever was; without it the period is what it was, unless another was chosen meanwhile."""
        typed = bool(self._filters.values["text"])
        if typed and not self._period_before_text:
            self._period_before_text = self._period.chosen
            self._period.choose(Period.ALL.value)
        elif not typed and self._period_before_text:
            if self._period.chosen == Period.ALL.value:
                self._period.choose(self._period_before_text)
            self._period_before_text = ""

    def _on_sort(self, sort: str, descending: bool) -> None:
        self._sort, self._descending = sort, descending
        self._ask()

    def _on_opened(self, row: WorkOrderRow) -> None:
        self.opened.emit(row.order_id)

    def _on_selected(self, row: WorkOrderRow | None) -> None:
        self._open.setEnabled(row is not None)
        if row is None:
            self._open.set_phrase("Open")
        else:
            self._open.set_phrase("Open {number}", number=row.number)

    def _on_check_in(self) -> None:
        self._context.navigator.new_check_in()

    def _on_minute(self) -> None:
        self.table.viewport().update()
        if self.isVisible():
            self._ask_figures()


def _key(row: WorkOrderRow) -> object:
    return row.order_id


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None
