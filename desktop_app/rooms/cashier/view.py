"""The cashier's list: orders that wait to be settled, and settlements with what is still owed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.queries.cashier import CashCounts, CashFilter, CashGroup, cash_counts, cash_rows
from db.rules.order_life import Payer
from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import say
from desktop_app.i18n.state_words import PAYERS
from desktop_app.list_room import ListRoom
from desktop_app.rooms.cashier.columns import columns
from desktop_app.widgets.chip import Chip, ChipRow
from desktop_app.widgets.choice import Choice
from desktop_app.widgets.empty_state import EmptyState
from desktop_app.widgets.labels import Label

if TYPE_CHECKING:
    from db.queries.cashier import CashRow
    from desktop_app.list_room import Count, Fetch
    from desktop_app.room import RoomContext

ALL = "all"
CHIPS = {
    CashGroup.TO_SETTLE: ("To settle", "receipt-text", "rose"),
    CashGroup.OWED: ("Owed", "wallet", "text2"),
    CashGroup.OVERDUE: ("Overdue", "triangle-alert", "warn"),
    CashGroup.BAD: ("Bad debt", "triangle-alert", "bad"),
    CashGroup.TODAY: ("Settled today", "check-check", "ok"),
}


class View(ListRoom):
    """The room."""

    subjects = frozenset({"settlement", "payment", "work_order", "work_order_line", "customer", "vehicle", "shop"})

    def __init__(self, context: RoomContext) -> None:
        empty = EmptyState("wallet", "No order waits to be settled", "Orders come here once their work has been checked", "See what is owed")
        super().__init__(context, "cashier", columns(context.clock), _key, empty)
        empty.button.clicked.connect(self._on_owed)
        self.group = ChipRow(exclusive=True)
        for group, (phrase, icon, tone) in CHIPS.items():
            chip = Chip(icon=icon, icon_tone=tone)
            chip.set_phrase(phrase, "cash_group")
            self.group.add(group.value, chip)
        self.group.add(ALL, Chip("All settlements"))
        self.group.choose(CashGroup.TO_SETTLE.value)
        self.payer = Choice(small=True)
        self.payer.add_phrase(None, "Payer: all")
        for payer in Payer:
            self.payer.add_phrase(payer.value, PAYERS[payer.value], "payer")
        self.begin("Plate, name, order or settlement number")
        self.filters.add_chips("group", self.group)
        self.filters.add_choice("payer", self.payer)
        self.sum_name = Label("", "table", "text2", parent=self)
        self.sum_words = Label("", "section", bold=True, parent=self)
        self.foot.addWidget(self.sum_name)
        self.foot.addWidget(self.sum_words)

    def fetch(self, values: dict[str, Any]) -> Fetch:
        wanted = _filter(values)
        return lambda session, now, after, limit: cash_rows(session, wanted, now, after, limit)

    def count(self, values: dict[str, Any]) -> Count:
        wanted = _filter(values)
        return lambda session, now: cash_counts(session, wanted, now)

    def show_counts(self, counts: CashCounts) -> None:
        for group, count in counts.groups.items():
            self.group.chip(group.value).set_count(count)
        chosen = next(iter(self.group.chosen), ALL)
        self.sum_name.setVisible(chosen != ALL)
        self.sum_words.setVisible(chosen != ALL)
        if chosen == ALL:
            say(self.foot_words.setText, "All settlements there ever were, newest first")
            return
        group = CashGroup(chosen)
        say(self.foot_words.setText, "{count:,} rows", count=counts.groups[group])
        say(self.sum_name.setText, "settled together" if group is CashGroup.TODAY else "to be paid together")
        self.sum_words.setText(formats().money(counts.sums[group]))

    def title_words(self) -> str:
        return tr("Settled today {sum}, owed {owed}",
                  sum=formats().money(self.counts.sums[CashGroup.TODAY]), owed=formats().money(self.counts.sums[CashGroup.OWED]))  # fmt: skip

    def open_row(self, row: CashRow) -> None:
        self.context.navigator.open_order(row.order_id)

    def _on_owed(self) -> None:
        self.filters.choose("group", CashGroup.OWED.value)


def _key(row: CashRow) -> tuple[int, int]:
    return (row.order_id, row.settlement_id or 0)


def _filter(values: dict[str, Any]) -> CashFilter:
    group = next(iter(values["group"]), ALL)
    payer = values["payer"]
    return CashFilter(None if group == ALL else CashGroup(group), None if payer is None else Payer(payer), values["text"])
