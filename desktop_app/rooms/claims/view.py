"""Claims as a list: at which stage each accident stands, for how long, and what is still to be paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.engine import reading
from db.queries.claims import ClaimFilter, ClaimGroup, claim_counts, claim_number, claim_rows
from desktop_app.i18n import tr
from desktop_app.i18n.live import say
from desktop_app.list_room import ListRoom
from desktop_app.rooms.claims.columns import LOOKS, columns
from desktop_app.widgets.chip import Chip, ChipRow
from desktop_app.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from db.queries.claims import ClaimRow
    from desktop_app.list_room import Count, Fetch
    from desktop_app.room import RoomContext

ALL = "all"


class View(ListRoom):
    """The room."""

    subjects = frozenset({"claim", "claim_stage", "claim_wait", "work_order", "customer", "vehicle", "vehicle_plate", "catalogue_entry", "closure"})

    def __init__(self, context: RoomContext) -> None:
        empty = EmptyState("shield-alert", "No accident car is being repaired", "A claim begins at check-in of an accident car", "New check-in", "F2")
        super().__init__(context, "claims", columns(context.clock), _key, empty)
        empty.button.clicked.connect(self._on_check_in)
        self.group = ChipRow(exclusive=True)
        for group, (phrase, sem, icon) in LOOKS.items():
            chip = Chip(icon=icon, icon_tone=sem)
            chip.set_phrase(phrase, "claim_group")
            self.group.add(group.value, chip)
        self.group.chip(ClaimGroup.OPEN.value).set_phrase("Open", "claim_group")
        self.group.add(ALL, Chip("All"))
        self.group.choose(ClaimGroup.OPEN.value)
        self.begin("Plate, claim, report number, name")
        self.filters.add_chips("group", self.group)

    def fetch(self, values: dict[str, Any]) -> Fetch:
        wanted = _filter(values)
        return lambda session, now, after, limit: claim_rows(session, wanted, now, after, limit)

    def count(self, values: dict[str, Any]) -> Count:
        wanted = _filter(values)
        return lambda session, now: claim_counts(session, wanted, now)

    def show_counts(self, counts: dict[ClaimGroup, int]) -> None:
        for group, count in counts.items():
            self.group.chip(group.value).set_count(count)
        self.group.chip(ALL).set_count(counts[ClaimGroup.OPEN] + counts[ClaimGroup.DELIVERED] + counts[ClaimGroup.CLOSED])
        say(self.foot_words.setText, "{count} open claims, {over} at a stage over its standard time, {waiting} waiting for somebody",
            count=counts[ClaimGroup.OPEN], over=counts[ClaimGroup.OVER], waiting=counts[ClaimGroup.WAITING])  # fmt: skip

    def title_words(self) -> str:
        return tr("{count} open claims, {over} over time", count=self.counts[ClaimGroup.OPEN], over=self.counts[ClaimGroup.OVER])

    def open_row(self, row: ClaimRow) -> None:
        if row.order_id is not None:
            self.context.navigator.open_order(row.order_id)
        else:
            self.context.navigator.open_vehicle(row.vehicle_id)

    def open_record(self, subject: str, record_id: int) -> None:
        """Show one claim among all."""
        if subject == "claim":
            self.context.runner.submit(self, lambda: self._read_number(record_id), self._on_number)

    def _read_number(self, claim_id: int) -> tuple[int, str]:
        with reading(self.context.engine) as session:
            return claim_id, claim_number(session, claim_id)

    def _on_number(self, found: tuple[int, str]) -> None:
        claim_id, number = found
        self.search.set_text(number)
        self.filters.choose("group", ALL)
        self.select_when_loaded(claim_id)

    def _on_check_in(self) -> None:
        self.context.navigator.new_check_in()


def _key(row: ClaimRow) -> int:
    return row.claim_id


def _filter(values: dict[str, Any]) -> ClaimFilter:
    group = next(iter(values["group"]), ALL)
    return ClaimFilter(None if group == ALL else ClaimGroup(group), values["text"])
