"""The columns of the list of recommendations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.i18n import current_language
from desktop_app.i18n.formats import formats
from desktop_app.i18n.state_words import state_word
from desktop_app.record_words import record_word
from desktop_app.row_cells import amount_cell, customer_cell, list_column
from desktop_app.theme.theme import state_mark
from desktop_app.widgets.cells import EMPTY, Number, Plate, State, Words

if TYPE_CHECKING:
    from db.queries.recommendations import RecommendationRow
    from desktop_app.clock import Clock
    from desktop_app.widgets.cells import Cell
    from desktop_app.widgets.paged_model import Column

STATE_LOOKS = {
    "found": ("info", "lightbulb"),
    "presented": ("violet", "message-square"),
    "accepted": ("teal", "check"),
    "postponed": ("warn", "clock"),
    "declined": ("grey", "x"),
    "done_here": ("ok", "check-check"),
    "measured_good": ("ok", "gauge"),
    "done_elsewhere": ("grey", "external-link"),
    "refused_for_good": ("grey", "phone-off"),
}
"""Family and icon of each state."""

UNIT_SIGNS = {
    "millimetre": "mm", "percent": "%", "volt": "V", "millivolt": "mV", "kilopascal": "kPa", "celsius": "°C", "ohm": "Ω", "milliohm": "mΩ",
    "megohm": "MΩ", "degree": "°", "arc_minute": "′", "microsiemens": "µS/cm", "newton_metre": "N·m", "litre": "L", "gram": "g", "kilometre": "km",
}  # fmt: skip
"""Signs of units that are the same in every language."""


def columns(clock: Clock) -> tuple[Column, ...]:
    """Identity first, state last."""

    def since(row: RecommendationRow) -> Words:
        now = clock()
        form = formats()
        minutes = int((now - row.found_at).total_seconds() // 60)
        if minutes < 24 * 60 and form.local(now).date() == form.local(row.found_at).date():
            waits = row.state in ("found", "presented") and row.in_the_house
            return Words(form.time(row.found_at), form.duration(minutes), second_tone="warn" if waits and minutes >= 30 else "text3", second_bold=waits)
        return Words(form.near_day(row.found_at, now))

    return (
        list_column("plate", "Plate", lambda row: Plate(row.plate, row.plate_colour), 116),
        list_column("customer", "Customer and car", lambda row: customer_cell(row.owner, row.maker, row.model), 160),
        list_column("what", "What was found", _what, 0),
        list_column("urgency", "Urgency", _urgency, 90),
        list_column("price", "Price", lambda row: amount_cell(row.price), 90, right=True),
        list_column("time", "Extra time", lambda row: Number(formats().duration(row.extra_minutes) if row.extra_minutes else ""), 80, right=True),
        list_column("found", "Found", since, 120),
        list_column("until", "Put off until", _until, 150),
        list_column("state", "State", _state, 130),
    )


def _what(row: RecommendationRow) -> Words:
    measured = ""
    if row.measured_value is not None:
        measured = f"{formats().quantity(row.measured_value)} {UNIT_SIGNS.get(row.unit, '')}".strip()
    return Words(row.name(current_language()), " · ".join(part for part in (measured, row.words) if part), bold=True)


def _urgency(row: RecommendationRow) -> Cell:
    mark = state_mark("urgency", row.urgency.value)
    return State(state_word("urgency", row.urgency.value), mark.sem, mark.icon)


def _until(row: RecommendationRow) -> Cell:
    if row.state != "postponed":
        return EMPTY
    kilometres = formats().km(row.postponed_until_km) if row.postponed_until_km is not None else ""
    return Words(formats().day(row.postponed_until), kilometres) if row.postponed_until else Words(kilometres)


def _state(row: RecommendationRow) -> State:
    sem, icon = STATE_LOOKS[row.state.value]
    return State(record_word("recommendation_state", row.state.value), sem, icon)
