"""Customers and vehicles: the list, the files of a car and of a customer, every form, and doubles made one."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from sqlalchemy import func, select

from db.commands.act import Act
from db.commands.keeping_up import AddContact, MakePromise
from db.commands.people_and_cars import NewCustomer
from db.commands.perform import perform
from db.commands.vehicles import AddVehicle, GivePlate, VehicleValues
from db.engine import reading
from db.models import CustomerPhone, InspectionResult, Ownership, Policy, Recommendation, Vehicle, VehiclePlate
from db.rules.errors import Refusal
from db.rules.record_words import ContactPurpose, ContactWay
from tests.tour.demo_store import NOW
from tests.tour.steps import Step, nothing

if TYPE_CHECKING:
    from tests.tour.stage import Stage

_HERE = "customers"


def _worn(stage: Stage) -> int:
    """The car with the most measured values, that has recommendations and a policy too."""
    with reading(stage.engine) as session:
        rich = (
            select(InspectionResult.vehicle_id)
            .where(InspectionResult.vehicle_id.in_(select(Recommendation.vehicle_id)), InspectionResult.vehicle_id.in_(select(Policy.vehicle_id)))
            .group_by(InspectionResult.vehicle_id)
            .order_by(func.count().desc(), InspectionResult.vehicle_id)
        )
        return session.execute(rich.limit(1)).scalar_one()


def _owner(stage: Stage) -> int:
    with reading(stage.engine) as session:
        return session.execute(select(Ownership.customer_id).where(Ownership.vehicle_id == _worn(stage), Ownership.until.is_(None)).limit(1)).scalar_one()


def _vehicle(stage: Stage) -> None:
    stage.room.open_record("vehicle", _worn(stage))
    stage.settle()


def _customer(stage: Stage) -> None:
    stage.room.open_record("customer", _owner(stage))
    stage.settle()


def _table(stage: Stage) -> None:
    _vehicle(stage)
    stage.room.act("customers.table")


def _searched(stage: Stage) -> None:
    stage.room.filter_focus()
    stage.type("chen")


def _without(stage: Stage) -> None:
    stage.room.list.kind.setFocus()
    stage.key(Qt.Key.Key_Right)


def _due(stage: Stage) -> None:
    stage.room.list.sides.chip("due").click()


def _none(stage: Stage) -> None:
    stage.room.filter_focus()
    stage.type("zzzz")


def _on_car(act: str, stage: Stage) -> None:
    _vehicle(stage)
    stage.room.acts.do(act)


def _on_customer(act: str, stage: Stage) -> None:
    _customer(stage)
    stage.room.acts.do(act)


def _edit_car(stage: Stage) -> None:
    _vehicle(stage)
    stage.room.acts.do("edit")
    stage.settle()


def _wrong(stage: Stage) -> None:
    """A form with what can't be right at its fields."""
    _customer(stage)
    stage.room.acts.do("edit")
    stage.settle()
    dialog = stage.layers()[0]
    first = dialog.edits["phones"].lines[0].edit
    first.setFocus()
    first.selectAll()
    stage.type("138 0268 441")
    stage.key(Qt.Key.Key_F8)


def _tie(stage: Stage) -> None:
    _vehicle(stage)
    stage.room.acts.do("tie", stage.room.list.sheet.ties[0])


def _former_plate(stage: Stage) -> None:
    with reading(stage.engine) as session:
        version = session.get_one(Vehicle, _worn(stage)).version
    with suppress(Refusal):
        perform(stage.engine, GivePlate(_worn(stage), version, "粤B99A99"), Act(at=NOW, device="tour", everything=True))
    _vehicle(stage)
    stage.room.acts.do("plate_row", stage.room.list.sheet.plates[1].plate_id)


def _promise(stage: Stage) -> None:
    act = Act(at=NOW, device="tour", everything=True)
    made = perform(stage.engine, MakePromise(_owner(stage), "送雨刷片一對"), act).result
    _customer(stage)
    stage.room.acts.do("promise", made["promise_id"])


def _talk(which: str, stage: Stage) -> None:
    """A talk that was had (contact_id), or the call that is due on it (next_id)."""
    act = Act(at=NOW, device="tour", everything=True)
    talk = AddContact(_owner(stage), ContactWay.PHONE, "週五來保養", _worn(stage), ContactPurpose.SERVICE_DUE, "reached", NOW.date())
    made = perform(stage.engine, talk, act).result
    _vehicle(stage)
    stage.room.acts.do("contact", made[which])
    stage.settle()


def _menu(stage: Stage) -> None:
    _vehicle(stage)
    stage.room.more_acts()


def _make_double(stage: Stage, with_car: bool) -> None:
    """The owner of the worn car once more, with a car of its own, or with the same plate in another colour; the walk may have made it before."""
    with reading(stage.engine) as session:
        phone = session.execute(select(CustomerPhone.typed).where(CustomerPhone.customer_id == _owner(stage)).limit(1)).scalar_one()
        name = stage.room.list.file.name if stage.room.list.file is not None else ""
        plate, model = session.execute(
            select(VehiclePlate.plate, Vehicle.model).join(Vehicle, Vehicle.id == VehiclePlate.vehicle_id).where(Vehicle.id == _worn(stage)).limit(1)
        ).one()
    act = Act(at=NOW, device="tour", everything=True)
    values = VehicleValues(model=model, colour="銀")
    with suppress(Refusal):
        perform(stage.engine, AddVehicle(values, plate if with_car else "粤B0V2K6", "white", NewCustomer(name, (phone,), title="ms", came_by="import")), act)


def _doubles(stage: Stage) -> None:
    _customer(stage)
    _make_double(stage, with_car=False)
    stage.room.show_doubles()
    stage.settle()


def _double_cars(stage: Stage) -> None:
    _customer(stage)
    _make_double(stage, with_car=True)
    stage.room.show_doubles("vehicle", _worn(stage))
    stage.settle()


def _no_doubles(stage: Stage) -> None:
    stage.room.show_doubles("vehicle", _worn(stage))
    stage.settle()


def _unmerge(stage: Stage) -> None:
    _doubles(stage)
    stage.key(Qt.Key.Key_F8)
    stage.settle()
    stage.room.show_list()
    stage.room.acts.do("unmerge", 1)


STEPS = [
    Step(_HERE, "list", nothing),
    Step(_HERE, "searched", _searched),
    Step(_HERE, "due", _due),
    Step(_HERE, "nothing_fits", _none),
    Step(_HERE, "without_vehicle", _without),
    Step(_HERE, "vehicle", _vehicle),
    Step(_HERE, "wear_table", _table),
    Step(_HERE, "customer", _customer),
    Step(_HERE, "menu", _menu, opens="Menu"),
    Step(_HERE, "basis", partial(_on_car, "basis"), opens="BasisDialog"),
    Step(_HERE, "history", partial(_on_car, "history"), opens="HistoryDialog"),
    Step(_HERE, "edit_vehicle", _edit_car, opens="VehicleDialog"),
    Step(_HERE, "new_vehicle", partial(_on_customer, "add_vehicle"), opens="VehicleDialog"),
    Step(_HERE, "edit_customer", partial(_on_customer, "edit"), opens="CustomerDialog"),
    Step(_HERE, "wrong", _wrong, opens="CustomerDialog"),
    Step(_HERE, "new_customer", partial(_on_car, "new_customer"), opens="CustomerDialog"),
    Step(_HERE, "plate", partial(_on_car, "plate"), opens="PlateDialog"),
    Step(_HERE, "person", partial(_on_car, "person"), opens="PersonDialog"),
    Step(_HERE, "tie", _tie, opens="TieDialog"),
    Step(_HERE, "former_plate", _former_plate, opens="FormerPlateDialog"),
    Step(_HERE, "reading", partial(_on_car, "reading"), opens="ReadingDialog"),
    Step(_HERE, "policy", partial(_on_car, "add_policy"), opens="PolicyDialog"),
    Step(_HERE, "call", partial(_on_car, "call"), opens="TalkDialog"),
    Step(_HERE, "due_call", partial(_talk, "next_id"), opens="AnswerDialog"),
    Step(_HERE, "talk_corrected", partial(_talk, "contact_id"), opens="ChangeTalkDialog"),
    Step(_HERE, "new_promise", partial(_on_car, "new_promise"), opens="PromiseDialog"),
    Step(_HERE, "promise", _promise, opens="ClosePromiseDialog"),
    Step(_HERE, "erase", partial(_on_customer, "erase")),
    Step(_HERE, "no_doubles", _no_doubles),
    Step(_HERE, "doubles", _doubles),
    Step(_HERE, "double_cars", _double_cars),
    Step(_HERE, "unmerge", _unmerge),
]
