"""Who may do what: the rights that each role gives. Roles add up; the table itself is the program's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.rules.rights import Right, Role, who_may
from desktop_app.i18n import tr
from desktop_app.record_words import WORDS
from desktop_app.rooms.settings.page import TablePage
from desktop_app.row_cells import list_column
from desktop_app.widgets.cells import EMPTY, IconWords, Words
from desktop_app.widgets.paged_model import Column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.engine import Session
    from desktop_app.room import RoomContext
    from desktop_app.widgets.cells import Cell

RIGHT_WORDS = {
    Right.CHECK_IN: "Check in, estimate, authorise by the customer",
    Right.CLOCK_AND_INSPECT: "Clock on and off, inspect, report a finding",
    Right.DISPATCH: "Dispatch, final check",
    Right.SELF_CHECK: "Self and mutual check",
    Right.CUSTOMERS: "Customers, vehicles, appointments, contacts, promises",
    Right.DELIVER: "Hand over",
    Right.PARTS: "Hand out and order parts",
    Right.LEADS: "Leads and partners",
    Right.PAY_REWARD: "Pay a reward",
    Right.BULK_DATA: "Import, full export, erase, phones in exports",
    Right.CLAIMS: "Claim stages and amounts",
    Right.SETTLE: "Settle, take payment",
    Right.DISCOUNT: "Discount up to the limit",
    Right.DISCOUNT_OVER: "Discount over the limit",
    Right.SEE_COST: "See cost and gross",
    Right.REOPEN: "Open again, write off, correct a clock",
    Right.CATALOGUE: "Catalogue and prices",
    Right.SETTINGS: "People, settings, backup",
}


@dataclass(frozen=True)
class RightRow:
    """A right and who has it."""

    right: Right
    roles: tuple[Role, ...]


class RightsPage(TablePage):
    """The table."""

    with_history = False

    def __init__(self, context: RoomContext) -> None:
        columns = [list_column("right", "What may be done", lambda row: Words(tr(RIGHT_WORDS[row.right], "right")), 0)]
        columns += [Column(role.value, WORDS["role"][role.value], _Holds(role), 88, context="role") for role in Role]
        super().__init__(context, "rights", columns, _key)
        self.action_bar.say_status("info", "text2", "What a person may not do can be done there and then with the PIN of one who may")

    def rows(self, session: Session, after: Any, limit: int) -> Sequence[RightRow]:  # noqa: ARG002
        return [] if after is not None else [RightRow(right, who_may(right)) for right in Right]


@dataclass(frozen=True)
class _Holds:
    role: Role

    def __call__(self, row: RightRow) -> Cell:
        return IconWords("check", "", "ok") if self.role in row.roles else EMPTY


def _key(row: RightRow) -> str:
    return row.right.value
