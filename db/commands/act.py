"""Who asks for a change, when, at which PC: the one value that comes along with every command."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True)
class Act:
    """One request of one person.

    `at` is aware; `staff_id` None for the command line and a shop without sign-in, whose `actor` says who it was. `everything`
    grants an administrator's and a manager's rights (one-person shop, command line). `approved_by_id` is a person who has
    given his PIN for this one act.
    """

    at: dt.datetime
    device: str
    staff_id: int | None = None
    actor: str = ""
    everything: bool = False
    approved_by_id: int | None = None
    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))

    def approved_by(self, staff_id: int) -> Act:
        """The same request, with another person's leave."""
        return replace(self, approved_by_id=staff_id)
