"""The columns of the board's list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.i18n.formats import formats
from desktop_app.row_cells import customer_cell, list_column, promised_cell
from desktop_app.widgets.cells import IconWords, Plate, Words, order_state

if TYPE_CHECKING:
    from db.queries.board import BoardRow
    from desktop_app.clock import Clock
    from desktop_app.widgets.cells import Cell
    from desktop_app.widgets.paged_model import Column


def columns(clock: Clock) -> tuple[Column, ...]:
    """Identity first, state last; `clock` tells how late a promise is."""

    def promised(row: BoardRow) -> Words:
        return promised_cell(row.promised_at, clock(), row.lane != "to_deliver")

    def technicians(row: BoardRow) -> Cell:
        words = formats_list(row.technicians)
        return IconWords("play", words, "teal") if row.working else Words(words)

    return (
        list_column("plate", "Plate", lambda row: Plate(row.plate, row.plate_colour), 116),
        list_column("customer", "Customer and car", lambda row: customer_cell(row.customer, row.maker, row.model), 0),
        list_column("number", "Number", lambda row: Words(row.number, tone="text2"), 116),
        list_column("technician", "Technician", technicians, 150),
        list_column("bay", "Bay", lambda row: Words(row.bay), 120),
        list_column("advisor", "Advisor", lambda row: Words(row.advisor, tone="text2"), 90),
        list_column("promised", "Promised", promised, 170),
        list_column("state", "State", lambda row: order_state(row.state_key), 130),
    )


def formats_list(names: tuple[str, ...]) -> str:
    """Names one after the other, as the language divides them."""
    return ("、" if formats().language.startswith("zh") else ", ").join(names)
