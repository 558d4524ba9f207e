"""The board as a list: every car in the workshop's hands, lane by lane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.engine import reading
from db.queries.board import BoardCounts, BoardFilter, Pressing, board_counts, board_rows
from db.queries.shop import staff_rows
from db.rules.order_life import Lane
from db.rules.rights import Role
from desktop_app.i18n import tr
from desktop_app.i18n.live import say
from desktop_app.list_room import ListRoom
from desktop_app.rooms.board.columns import columns
from desktop_app.widgets.chip import Chip, ChipRow
from desktop_app.widgets.choice import Choice
from desktop_app.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from db.queries.board import BoardRow
    from db.queries.shop import StaffRow
    from desktop_app.list_room import Count, Fetch
    from desktop_app.room import RoomContext

ALL = "all"
LANE_CHIPS = {
    Lane.TO_START: ("To start", "circle-dashed"),
    Lane.IN_PROGRESS: ("In work", "wrench"),
    Lane.WAITING: ("Waiting", "hourglass"),
    Lane.QUALITY_CHECK: ("Quality check", "clipboard-check"),
    Lane.READY: ("Wash, to settle", "receipt-text"),
    Lane.TO_DELIVER: ("To deliver", "key-round"),
}
PRESSING_CHIPS = {Pressing.LATE: ("Late", "triangle-alert", "bad"), Pressing.SOON: ("Within the hour", "clock", "warn")}


class View(ListRoom):
    """The room."""

    subjects = frozenset({"work_order", "work_order_line", "labour_session", "customer", "vehicle", "vehicle_plate", "staff", "bay"})

    def __init__(self, context: RoomContext) -> None:
        empty = EmptyState("square-kanban", "No car is in the workshop now", "A car appears here once it has been checked in", "New check-in", "F2")
        super().__init__(context, "board", columns(context.clock), _key, empty)
        empty.button.clicked.connect(self._on_check_in)
        self.lanes = ChipRow(exclusive=True)
        self.lanes.add(ALL, Chip("All cars"))
        for lane, (phrase, icon) in LANE_CHIPS.items():
            chip = Chip(icon=icon)
            chip.set_phrase(phrase, "lane")
            self.lanes.add(lane.value, chip)
        self.lanes.choose(ALL)
        self.pressing = ChipRow()
        for pressing, (phrase, icon, tone) in PRESSING_CHIPS.items():
            self.pressing.add(pressing.value, Chip(phrase, icon=icon, icon_tone=tone))
        self.technician, self.advisor = Choice(small=True), Choice(small=True)
        self.technician.add_phrase(None, "Technician: all")
        self.advisor.add_phrase(None, "Advisor: all")
        self.begin("Plate, number, name")
        self.filters.add_chips("lane", self.lanes)
        self.filters.add_chips("pressing", self.pressing)
        self.filters.add_choice("technician", self.technician)
        self.filters.add_choice("advisor", self.advisor)
        context.runner.submit(self, self._read_people, self._take_people)

    def fetch(self, values: dict[str, Any]) -> Fetch:
        wanted = _filter(values)
        return lambda session, now, after, limit: board_rows(session, wanted, now, after, limit)

    def count(self, values: dict[str, Any]) -> Count:
        wanted = _filter(values)
        return lambda session, now: board_counts(session, wanted, now)

    def show_counts(self, counts: BoardCounts) -> None:
        self.lanes.chip(ALL).set_count(counts.all)
        for lane, count in counts.lanes.items():
            self.lanes.chip(lane.value).set_count(count)
        for pressing, count in counts.pressing.items():
            self.pressing.chip(pressing.value).set_count(count)
        say(self.foot_words.setText, "{count} cars, {late} of them late, {soon} promised within the hour",
            count=counts.all, late=counts.pressing[Pressing.LATE], soon=counts.pressing[Pressing.SOON])  # fmt: skip

    def title_words(self) -> str:
        return tr("{count} cars in the shop's hands", count=self.counts.all)

    def open_row(self, row: BoardRow) -> None:
        self.context.navigator.open_order(row.order_id)

    def _read_people(self) -> list[StaffRow]:
        with reading(self.context.engine) as session:
            return staff_rows(session)

    def _take_people(self, people: list[StaffRow]) -> None:
        for person in people:
            if {Role.TECHNICIAN.value, Role.FOREMAN.value} & set(person.roles):
                self.technician.add_words(person.staff_id, person.name)
            if {Role.ADVISOR.value, Role.ACCIDENT.value} & set(person.roles):
                self.advisor.add_words(person.staff_id, person.name)

    def _on_check_in(self) -> None:
        self.context.navigator.new_check_in()


def _key(row: BoardRow) -> int:
    return row.order_id


def _filter(values: dict[str, Any]) -> BoardFilter:
    lane = next(iter(values["lane"]), ALL)
    return BoardFilter(
        lane=None if lane == ALL else Lane(lane), pressing=frozenset(Pressing(key) for key in values["pressing"]), technician_id=values["technician"],
        advisor_id=values["advisor"], text=values["text"],
    )  # fmt: skip
