"""Check-in: the desk, the form of a returning and of a new car, and its dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.tour.steps import Step, nothing

if TYPE_CHECKING:
    from tests.tour.stage import Stage

_HERE = "check_in"
STORY_PLATE = "8K326"
"""The tail of the plate whose story the mockups tell."""


def _form(stage: Stage) -> None:
    stage.room.new_check_in(vehicle_id=stage.find_vehicle(STORY_PLATE))
    stage.wait(lambda: stage.room.in_form)
    stage.settle()


def _search(stage: Stage) -> None:
    stage.room.desk.finder.setFocus()
    stage.type(STORY_PLATE)


def _filled(stage: Stage) -> None:
    _form(stage)
    room = stage.room
    for alert in list(room.alerts.open_alerts)[:2]:
        room.alerts.acted.emit(alert, "")
        stage.settle()
        stage.open_room(_HERE)
    room.condition.mileage.setFocus()
    stage.type("61284")
    stage.key(Qt.Key.Key_Return)
    room.words.words.setFocus()
    QApplication.clipboard().setText("剎車踩下去有吱吱聲，早上冷車更明顯")
    stage.key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    room.lines.finder.setFocus()
    stage.type("PK-MIN")
    stage.key(Qt.Key.Key_Return)
    room.lines.finder.setFocus()


def _alerts(stage: Stage) -> None:
    _form(stage)
    stage.room.show_alerts()


def _missing(stage: Stage) -> None:
    _form(stage)
    stage.room.main_act()


def _items_found(stage: Stage) -> None:
    _form(stage)
    stage.room.lines.finder.setFocus()
    stage.type("PK")


def _new_car(stage: Stage) -> None:
    stage.room.new_record()


def _new_car_form(stage: Stage) -> None:
    stage.room.desk.finder.setFocus()
    stage.type("LVGBV54H0LG001357"[:8])
    stage.room.desk.new_wanted.emit("粵B12345")
    stage.settle()


def _appointment(stage: Stage) -> None:
    stage.room.act("check_in.appointment")


def _reference(stage: Stage) -> None:
    _form(stage)
    stage.room.lines.show_reference()


def _free_line(stage: Stage) -> None:
    _form(stage)
    stage.room.lines.finder.nothing_chosen.emit("拆裝後保險桿")


def _line(stage: Stage) -> None:
    _filled(stage)
    table = stage.room.lines.table
    table.setFocus()
    stage.key(Qt.Key.Key_Home)
    stage.key(Qt.Key.Key_Return)


def _postpone(stage: Stage) -> None:
    _answer(stage, "postponed")


def _decline(stage: Stage) -> None:
    _answer(stage, "declined")


def _answer(stage: Stage, act: str) -> None:
    _form(stage)
    alerts = stage.room.alerts
    alert = next((alert for alert in alerts.open_alerts if alert.kind in ("postponed", "declined", "found")), alerts.open_alerts[0])
    alerts.acted.emit(alert, act)


def _enlarged(stage: Stage) -> None:
    _form(stage)
    stage.room.act("check_in.enlarge")


def _belongings(stage: Stage) -> None:
    _form(stage)
    stage.room.condition.things.setFocus()
    stage.key(Qt.Key.Key_Space)


def _signature(stage: Stage) -> None:
    _form(stage)
    stage.room.signature.open_pad()


def _other_person(stage: Stage) -> None:
    _form(stage)
    stage.room.act("check_in.person")


STEPS = [
    Step(_HERE, "desk", nothing),
    Step(_HERE, "search", _search),
    Step(_HERE, "form", _form),
    Step(_HERE, "filled", _filled),
    Step(_HERE, "alerts", _alerts),
    Step(_HERE, "missing", _missing),
    Step(_HERE, "items", _items_found),
    Step(_HERE, "new_car", _new_car, opens="NewCarDialog"),
    Step(_HERE, "new_car_typed", _new_car_form, opens="NewCarDialog"),
    Step(_HERE, "other_person", _other_person, opens="BringerDialog"),
    Step(_HERE, "appointment", _appointment, opens="AppointmentDialog"),
    Step(_HERE, "catalogue", _reference, opens="ReferenceDialog"),
    Step(_HERE, "free_line", _free_line, opens="FreeLineDialog"),
    Step(_HERE, "line", _line, opens="LineDialog"),
    Step(_HERE, "postpone", _postpone, opens="PostponeDialog"),
    Step(_HERE, "decline", _decline, opens="DeclineDialog"),
    Step(_HERE, "walk_around", _enlarged, opens="Dialog"),
    Step(_HERE, "signature", _signature, opens="Dialog"),
    Step(_HERE, "belongings", _belongings, opens="Dialog"),
]
