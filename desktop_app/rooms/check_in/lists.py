"""What the catalogue offers a check-in to choose from, read at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.engine import Engine
    from db.queries.catalogue import ListEntry


@dataclass(frozen=True, slots=True)
class Lists:
    """Belongings, chips of complaints, kinds of damage, and the units of parts."""

    belongings: list[ListEntry]
    complaints: list[ListEntry]
    damages: list[ListEntry]
    units: list[ListEntry]


def read_lists(engine: Engine) -> Lists:
    """The lists as they are now."""
    # Loaded here, on the thread that reads: the room stands before the tables are mapped.
    from db.engine import reading
    from db.queries.catalogue import entries

    with reading(engine) as session:
        return Lists(entries(session, "belonging"), entries(session, "complaint_chip"), entries(session, "damage_kind"), entries(session, "unit"))
