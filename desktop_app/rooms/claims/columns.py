"""The columns of the list of claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.queries.claims import ClaimGroup
from desktop_app.i18n import current_language, tr
from desktop_app.i18n.formats import formats
from desktop_app.row_cells import amount_cell, customer_cell, list_column
from desktop_app.widgets.cells import EMPTY, Number, Plate, State, Words

if TYPE_CHECKING:
    from db.queries.claims import ClaimRow
    from desktop_app.clock import Clock
    from desktop_app.widgets.cells import Cell
    from desktop_app.widgets.paged_model import Column

LOOKS = {
    ClaimGroup.OPEN: ("Under way", "info", "play"),
    ClaimGroup.OVER: ("Over its time", "bad", "triangle-alert"),
    ClaimGroup.WAITING: ("Waits", "warn", "hourglass"),
    ClaimGroup.DELIVERED: ("Delivered, not paid", "violet", "umbrella"),
    ClaimGroup.CLOSED: ("Closed", "grey", "check-check"),
}
"""Word (context `claim_group`), family and icon."""


def columns(clock: Clock) -> tuple[Column, ...]:
    """Identity first, state last."""

    def days(row: ClaimRow) -> Number:
        return Number(tr("{count} days", "span", count=row.days(clock())))

    return (
        list_column("plate", "Plate", lambda row: Plate(row.plate, row.plate_colour), 116),
        list_column("number", "Number", lambda row: Words(row.number, tone="text2"), 105),
        list_column("customer", "Customer and car", lambda row: customer_cell(row.customer, row.maker, row.model), 0),
        list_column("insurer", "Insurer", lambda row: Words(row.insurer(current_language())), 90),
        list_column("stage", "Stage in hand", _stage, 150),
        list_column("clock", "Its clock", _clock, 150),
        list_column("days", "Days", days, 70, right=True),
        list_column("assessed", "Assessed", lambda row: amount_cell(row.assessed_amount, bold=False) if row.assessed_amount else EMPTY, 95, right=True),
        list_column("left", "Not paid yet", lambda row: amount_cell(row.left) if row.approved_amount else EMPTY, 95, right=True),
        list_column("state", "State", _state, 140),
    )


def _stage(row: ClaimRow) -> Cell:
    if row.in_hand is None:
        return EMPTY
    return Words(row.in_hand.name(current_language()), row.in_hand.person, bold=True)


def _clock(row: ClaimRow) -> Cell:
    held = row.in_hand
    if held is None or not held.minutes:
        return EMPTY
    form = formats()
    if held.overrun:
        return Words(form.duration(held.minutes), tr("{time} over", time=form.duration(held.overrun)), second_tone="bad", second_bold=True)
    return Words(form.duration(held.minutes), tr("of {time}", time=form.duration(held.standard)))


def _state(row: ClaimRow) -> State:
    if row.state.value == "withdrawn":
        return State(tr("Withdrawn", "claim_group"), "grey", "x")
    phrase, sem, icon = LOOKS[row.group]
    return State(tr(phrase, "claim_group"), sem, icon)
