"""Who may do what: the rights that each role gives. Roles add up; the table itself is the program's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.rules.rights import Right, Role, who_may
from desktop_app.i18n import tr
from desktop_app.record_words import WORDS
from desktop_app.right_words import RIGHT_WORDS
from desktop_app.rooms.settings.page import TablePage
from desktop_app.row_cells import list_column
from desktop_app.widgets.cells import EMPTY, IconWords, Words
from desktop_app.widgets.paged_model import Column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.engine import Session
    from desktop_app.room import RoomContext
    from desktop_app.widgets.cells import Cell


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
