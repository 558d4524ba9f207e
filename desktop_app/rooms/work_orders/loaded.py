"""Everything that an order's window shows and asks with, read at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.engine import reading
from db.queries.catalogue import entries
from db.queries.history_words import order_history
from db.queries.order_file import order_file
from db.queries.shop import bay_rows, staff_rows
from db.rules.rights import Role

if TYPE_CHECKING:
    from db.engine import Engine
    from db.queries.catalogue import ListEntry
    from db.queries.history_words import HistoryEntry
    from db.queries.order_file import OrderFile
    from db.queries.shop import BayRow, StaffRow

_ON_CARS = frozenset((Role.TECHNICIAN.value, Role.FOREMAN.value))


@dataclass(frozen=True, slots=True)
class Loaded:
    """An order, its history, and the lists that its dialogs offer."""

    file: OrderFile
    history: tuple[HistoryEntry, ...]
    technicians: tuple[StaffRow, ...]
    bays: tuple[BayRow, ...]
    cancel_reasons: tuple[ListEntry, ...]
    decline_reasons: tuple[ListEntry, ...]
    belongings: tuple[ListEntry, ...]
    units: tuple[ListEntry, ...]

    def belonging_words(self, language: str) -> list[str]:
        """What was left in the car, in words."""
        names = {entry.code: entry.name(language) for entry in self.belongings}
        return [words or names.get(code, code) for code, words, _count in self.file.belongings]


def load(engine: Engine, order_id: int, viewer_id: int) -> Loaded:
    """Read an order. Refusal order_unknown."""
    with reading(engine) as session:
        return Loaded(
            file=order_file(session, order_id, viewer_id or None),
            history=tuple(order_history(session, order_id)),
            technicians=tuple(row for row in staff_rows(session) if _ON_CARS.intersection(row.roles)),
            bays=tuple(bay_rows(session)),
            cancel_reasons=tuple(entry for entry in entries(session, "cancel_reason") if entry.code != "undone"),
            decline_reasons=tuple(entries(session, "decline_reason")),
            belongings=tuple(entries(session, "belonging")),
            units=tuple(entries(session, "unit")),
        )
