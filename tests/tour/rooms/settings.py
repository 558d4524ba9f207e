"""The settings: every subject, and the dialogs of its rows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from desktop_app.rooms.settings.view import SUBJECTS
from tests.tour.steps import Step

if TYPE_CHECKING:
    from tests.tour.stage import Stage

_HERE = "settings"


def _subject(key: str, stage: Stage) -> None:
    stage.room.show_subject(key)
    stage.settle()


def _row(key: str, stage: Stage) -> None:
    """The subject with its first row chosen."""
    _subject(key, stage)
    table = stage.room.page.table
    stage.wait(lambda: table.paged.rows)
    table.setFocus()
    stage.key(Qt.Key.Key_Home)
    stage.wait(lambda: table.selected is not None)


def _change(key: str, stage: Stage) -> None:
    _row(key, stage)
    stage.room.main_act()


def _new(key: str, stage: Stage) -> None:
    _subject(key, stage)
    stage.room.new_record()


def _pin(stage: Stage) -> None:
    _row("people", stage)
    stage.type("p")


def _leave(stage: Stage) -> None:
    _row("people", stage)
    stage.key(Qt.Key.Key_Delete)


def _history(stage: Stage) -> None:
    _subject("values", stage)
    stage.room.act("history")


STEPS = [
    *(Step(_HERE, key, partial(_subject, key)) for key, *_rest in SUBJECTS),
    Step(_HERE, "history", _history),
    Step(_HERE, "person", partial(_change, "people"), opens="PersonDialog"),
    Step(_HERE, "new_person", partial(_new, "people"), opens="PersonDialog"),
    Step(_HERE, "pin", _pin, opens="PinDialog"),
    Step(_HERE, "leaves", _leave, opens="Dialog"),
    Step(_HERE, "bay", partial(_change, "bays"), opens="BayDialog"),
    Step(_HERE, "closure", partial(_new, "calendar"), opens="ClosureDialog"),
    Step(_HERE, "value", partial(_change, "values"), opens="ValueDialog"),
    Step(_HERE, "item", partial(_change, "catalogue"), opens="ItemDialog"),
]
