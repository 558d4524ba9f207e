"""The columns of the cashier's list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.rules.ageing import DebtState
from desktop_app.i18n import current_language, tr
from desktop_app.i18n.formats import formats
from desktop_app.record_words import record_word
from desktop_app.row_cells import amount_cell, customer_cell, days_words, list_column
from desktop_app.widgets.cells import EMPTY, Plate, State, Words, order_state, payer_marks

if TYPE_CHECKING:
    from db.queries.cashier import CashRow
    from desktop_app.clock import Clock
    from desktop_app.widgets.cells import Cell
    from desktop_app.widgets.paged_model import Column

DEBT_LOOKS = {
    DebtState.WITHIN_TERM: ("On account", "info", "clock"),
    DebtState.OVERDUE: ("Overdue", "warn", "triangle-alert"),
    DebtState.BAD: ("Bad debt", "bad", "triangle-alert"),
    DebtState.DEAD: ("Dead debt", "bad", "x"),
}
"""Word (context `debt`), family and icon."""

STATE_LOOKS = {
    "open": ("warn", "clock"), "paid": ("ok", "check"), "on_account": ("info", "clock"), "written_off": ("grey", "minus"), "cancelled": ("grey", "x"),
}  # fmt: skip


def columns(clock: Clock) -> tuple[Column, ...]:
    """Identity first, state last."""

    def since(row: CashRow) -> Words:
        form = formats()
        day = form.time(row.at) if row.days == 0 else form.near_day(row.at, clock())
        return Words(day, days_words(row.days) if row.days > 1 else "")

    return (
        list_column("plate", "Plate", lambda row: Plate(row.plate, row.plate_colour), 116),
        list_column("number", "Number", lambda row: Words(row.number, tone="text2"), 116),
        list_column("customer", "Customer and car", lambda row: customer_cell(row.customer, row.maker, row.model), 0),
        list_column("payer", "Payer", lambda row: payer_marks(tuple(payer.value for payer in row.payers)), 80),
        list_column("insurer", "Insurer", _insurer, 85),
        list_column("total", "Total", lambda row: amount_cell(row.total, bold=False), 100, right=True),
        list_column("left", "Still owed", lambda row: amount_cell(row.left) if row.left else EMPTY, 100, right=True),
        list_column("since", "Since", since, 150),
        list_column("due", "Due", lambda row: Words(formats().day(row.due_on)) if row.due_on else EMPTY, 95),
        list_column("state", "State", _state, 116),
    )


def _insurer(row: CashRow) -> Cell:
    return Words(row.insurers[{"zh_TW": 0, "zh_CN": 1}.get(current_language(), 2)])


def _state(row: CashRow) -> State:
    if row.state is None:
        return order_state("ready" if row.washed else "washing")
    if row.debt is not None:
        phrase, sem, icon = DEBT_LOOKS[row.debt]
        return State(tr(phrase, "debt"), sem, icon)
    sem, icon = STATE_LOOKS[row.state.value]
    return State(record_word("settlement_state", row.state.value), sem, icon)
