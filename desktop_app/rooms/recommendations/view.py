"""Recommendations as a list: what was found on which car, and what its owner said to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.queries.recommendations import RecommendationFilter, Standing, recommendation_counts, recommendation_rows
from desktop_app.i18n import tr
from desktop_app.i18n.live import say
from desktop_app.list_room import ListRoom
from desktop_app.rooms.recommendations.columns import columns
from desktop_app.widgets.chip import Chip, ChipRow
from desktop_app.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from db.queries.recommendations import RecommendationRow
    from desktop_app.list_room import Count, Fetch
    from desktop_app.room import RoomContext

ALL = "all"
CHIPS = {
    Standing.AWAITED: ("Awaits an answer", "message-square"),
    Standing.ACCEPTED: ("Accepted", "check"),
    Standing.POSTPONED: ("Put off", "clock"),
    Standing.DECLINED: ("Declined", "x"),
    Standing.CLOSED: ("Done or closed", "check-check"),
}


class View(ListRoom):
    """The room."""

    subjects = frozenset({"recommendation", "recommendation_decision", "work_order", "customer", "vehicle", "vehicle_plate", "ownership"})

    def __init__(self, context: RoomContext) -> None:
        empty = EmptyState("lightbulb", "Nobody's answer is awaited", "What technicians find appears here at once")
        super().__init__(context, "recommendations", columns(context.clock), _key, empty)
        self.standing = ChipRow(exclusive=True)
        for standing, (phrase, icon) in CHIPS.items():
            chip = Chip(icon=icon)
            chip.set_phrase(phrase, "recommendation_group")
            self.standing.add(standing.value, chip)
        self.standing.add(ALL, Chip("All"))
        self.standing.choose(Standing.AWAITED.value)
        self.safety = ChipRow()
        self.safety.add("safety", Chip("Safety only", icon="triangle-alert", icon_tone="bad"))
        self.begin("Plate, name, what was found")
        self.filters.add_chips("standing", self.standing)
        self.filters.add_chips("safety", self.safety)

    def fetch(self, values: dict[str, Any]) -> Fetch:
        wanted = _filter(values)
        return lambda session, _now, after, limit: recommendation_rows(session, wanted, after, limit)

    def count(self, values: dict[str, Any]) -> Count:
        wanted = _filter(values)
        return lambda session, _now: recommendation_counts(session, wanted)

    def show_counts(self, counts: dict[Standing, int]) -> None:
        for standing, count in counts.items():
            self.standing.chip(standing.value).set_count(count)
        self.standing.chip(ALL).set_count(sum(counts.values()))
        say(self.foot_words.setText, "{count:,} await an answer, {later:,} are remembered with their cars",
            count=counts[Standing.AWAITED], later=counts[Standing.POSTPONED] + counts[Standing.DECLINED])  # fmt: skip

    def title_words(self) -> str:
        return tr("{count} await an answer", count=self.counts[Standing.AWAITED])

    def open_row(self, row: RecommendationRow) -> None:
        if row.in_the_house and row.order_id is not None:
            self.context.navigator.open_order(row.order_id)
        else:
            self.context.navigator.open_vehicle(row.vehicle_id)


def _key(row: RecommendationRow) -> int:
    return row.recommendation_id


def _filter(values: dict[str, Any]) -> RecommendationFilter:
    standing = next(iter(values["standing"]), ALL)
    return RecommendationFilter(None if standing == ALL else Standing(standing), bool(values["safety"]), values["text"])
