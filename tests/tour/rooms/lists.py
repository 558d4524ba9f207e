"""The rooms that are a list of what the store holds: as they open, with all rows, and with filters that hide everything; the month's figures."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tests.tour.steps import Step, nothing

if TYPE_CHECKING:
    from tests.tour.stage import Stage

_LISTS = ("board", "recommendations", "claims", "follow_ups", "cashier")
_ALL_CHIP = {"recommendations": "standing", "claims": "group", "cashier": "group", "follow_ups": "until"}


def _all(chips: str, stage: Stage) -> None:
    """Everything that the store holds, of any state."""
    stage.room.filters.choose(chips, "all")
    stage.settle()


def _hidden(stage: Stage) -> None:
    """A text that fits no row."""
    stage.room.filter_focus()
    stage.type("zzzz")


def _rows(place: int, stage: Stage) -> None:
    """The rows behind a figure."""
    stage.wait(lambda: stage.room.insight is not None)
    stage.room.figures()[place].setFocus()
    stage.key(Qt.Key.Key_Return)


def _before(stage: Stage) -> None:
    """The month before, whole."""
    stage.key(Qt.Key.Key_Left)


STEPS = [
    *(Step(room, "list", nothing) for room in (*_LISTS, "insights")),
    *(Step(room, "all", partial(_all, chips)) for room, chips in _ALL_CHIP.items()),
    *(Step(room, "filtered", _hidden) for room in _LISTS),
    Step("insights", "output_rows", partial(_rows, 0)),
    Step("insights", "car_rows", partial(_rows, 6)),
    Step("insights", "per_car_rows", partial(_rows, 13)),
    Step("insights", "month_before", _before),
]
