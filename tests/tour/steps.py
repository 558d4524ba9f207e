"""What a step of the tour is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.tour.stage import Stage


@dataclass(frozen=True)
class Step:
    """One picture: in which room (`shell` for what lies over any), what it shows, and how one comes there from the room as it opens."""

    room: str
    what: str
    go: Callable[[Stage], object]
    opens: str = ""
    """The class of the dialog or panel that stands open in the end."""


def nothing(_stage: Stage) -> None:
    """The room as it opens."""
