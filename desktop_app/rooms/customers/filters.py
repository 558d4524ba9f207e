"""The filters above the list: words, states with their counts, and what else is asked of a vehicle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.queries.customers import VehicleFilter
from desktop_app.rooms.customers.words import count_words
from desktop_app.widgets.chip import Chip, ChipRow
from desktop_app.widgets.filter_bar import FilterBar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from db.queries.customers import Count

CHIPS = (
    ("all", "All", ""), ("active", "Kept", "user-check"), ("drifting", "Drifting", "trending-down"), ("going", "Going", "trending-down"),
    ("lost", "Lost", "user-x"), ("away", "Sold or scrapped", "car"),
)  # fmt: skip


class Filters(FilterBar):
    """Search field, chips of states, of which one is on, and chips of further conditions."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = self.add_search("words", "Plate, phone, name or VIN")
        self.states = ChipRow(exclusive=True)
        for key, phrase, icon in CHIPS:
            chip = Chip("", icon=icon)
            chip.set_phrase(phrase, "vehicle state")
            self.states.add(key, chip)
        self.states.choose("all")
        self.add_chips("state", self.states)
        self.sides = ChipRow()
        for key, phrase in (("due", "Due within 30 days"), ("bought_here", "Bought here"), ("no_phone", "No phone")):
            self.sides.add(key, Chip(phrase))
        self.add_chips("side", self.sides)

    def wanted(self, sort: str, descending: bool) -> VehicleFilter:
        """The filters as they are set."""
        values = self.values
        sides = self.sides.chosen
        state = next(iter(self.states.chosen), "all")
        return VehicleFilter(
            words=str(values["words"]), state="" if state == "all" else state, due="due" in sides, bought_here="bought_here" in sides,
            no_phone="no_phone" in sides, sort=sort, descending=descending,
        )  # fmt: skip

    def show_counts(self, counts: Mapping[str, Count]) -> None:
        """Write how many there are on the chips of states."""
        for key, _phrase, _icon in CHIPS:
            self.states.chip(key).set_tail(count_words(counts["" if key == "all" else key]))
