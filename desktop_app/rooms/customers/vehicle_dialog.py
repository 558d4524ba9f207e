"""The form of a vehicle: everything that is kept about a car but its plates and its people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from db.commands.vehicles import AddVehicle, ChangeVehicle, VehicleValues
from db.engine import reading
from db.queries.vehicle_sheet import vehicle_sheet
from db.rules import plate
from db.rules.record_words import PowerTrain
from desktop_app.record_dialog import RecordDialog
from desktop_app.rooms.customers.car_fields import PlateRecogniser, VinRecogniser
from desktop_app.rooms.customers.words import POWER_TRAINS
from desktop_app.widgets.choice import Choice
from desktop_app.widgets.dialog import WIDE
from desktop_app.widgets.text_edits import LineEdit, NumberEdit
from desktop_app.widgets.time_edits import DateEdit
from desktop_app.widgets.words_edit import WordsEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from db.queries.vehicle_sheet import VehicleSheet
    from desktop_app.room import RoomContext

BODIES = (("sedan", "saloon, hatchback"), ("suv", "SUV, MPV, van"))


class YearEdit(NumberEdit):
    """A year, written without a comma."""

    def written(self, value: int) -> str:
        return str(value)


class VehicleDialog(RecordDialog):
    """Without a sheet a new vehicle, which has its plate on the form too; `owner_id` is then whose it is."""

    fields_of = {"vin_taken": "vin", "vehicle_unknown": "vin", "plate_taken": "plate", "model_year_not_possible": "model_year"}

    def __init__(self, context: RoomContext, sheet: VehicleSheet | None, parent: QWidget, owner_id: int | None = None) -> None:
        super().__init__(context, parent, "Vehicle" if sheet is not None else "New vehicle", "car", WIDE)
        self._sheet, self._owner_id = sheet, owner_id
        row = 0
        if sheet is None:
            self._plate = PlateRecogniser(self.place("plate", "Plate", LineEdit(parent=self), 0, 0, 5), context.region, self)
            colour = Choice(parent=self)
            colour.add_phrase("", "as usual", "plate colour")
            for shade in plate.COLOURS:
                colour.add_phrase(shade, shade, "plate colour")
            self.place("plate_colour", "Plate's colour", colour, 0, 5, 3)
            colour.choose("")
            row = 1
        power, body = Choice(parent=self), Choice(parent=self)
        for key, phrase in POWER_TRAINS:
            power.add_phrase(key, phrase, "power train")
        for key, phrase in BODIES:
            body.add_phrase(key, phrase, "body")
        self._vin = VinRecogniser(self.place("vin", "VIN", LineEdit(parent=self), row, 0, 7), context.clock().year, self)
        self._vin.edit.committed.connect(self._on_vin)
        self.place("engine_number", "Engine number", LineEdit(parent=self), row, 7, 5)
        self.place("maker", "Maker", LineEdit(parent=self), row + 1, 0, 4)
        self.place("model", "Model", LineEdit(parent=self), row + 1, 4, 4)
        self.place("model_year", "Year", YearEdit(parent=self), row + 1, 8, 2)
        self.place("colour", "Colour", LineEdit(parent=self), row + 1, 10, 2)
        self.place("power_train", "Power train", power, row + 2, 0, 4)
        self.place("body", "Shape", body, row + 2, 4, 4)
        self.add_tick("severe_use", "Severe use: half the intervals", row + 2, 8, 4)
        self.place("first_registered_on", "First registration", DateEdit(context.clock, parent=self), row + 3, 0, 4)
        self.place("bought_on", "Bought on", DateEdit(context.clock, parent=self), row + 3, 4, 4)
        self.add_tick("bought_here", "Bought here", row + 3, 8, 4)
        self.place("inspection_ends_on", "Inspection ends", DateEdit(context.clock, parent=self), row + 4, 0, 4)
        self.place("warranty_ends_on", "Warranty ends", DateEdit(context.clock, parent=self), row + 4, 4, 4)
        self.place("note", "Note", WordsEdit(2, 4, parent=self), row + 5, 0, 12)
        self.fill(_values(sheet) if sheet is not None else _as_form(VehicleValues()))
        first = "vin" if sheet is not None else "plate"
        self.edits[first].setFocus(Qt.FocusReason.TabFocusReason)

    def take_scan(self, kind: str, code: str) -> bool:
        """A VIN goes into its field and is judged there."""
        if kind != "vin":
            return False
        self._vin.edit.type_over(code)
        return True

    def doubts(self) -> dict[str, str]:
        found = {"vin": self._vin.slip} if self._vin.slip and "vin" in self.changed else {}
        if self._sheet is None and self._plate.slip:
            found = {"plate": self._plate.slip, **found}
        return found

    def problems(self) -> dict[str, tuple[str, dict[str, Any]]]:
        values = self.values()
        if self._sheet is None and not values["plate"] and not values["vin"]:
            return {"plate": ("A car is known by its plate or its VIN: one of them is needed", {})}
        return {}

    def _form_values(self) -> VehicleValues:
        values = {name: value for name, value in self.values().items() if name not in ("plate", "plate_colour")}
        return VehicleValues(**{**values, "power_train": PowerTrain(values["power_train"])})

    def command(self) -> Any:
        values = self._form_values()
        if self._sheet is None:
            own = self.values()
            return AddVehicle(values, own["plate"], own["plate_colour"] or "", self._owner_id)
        return ChangeVehicle(self._sheet.car.vehicle_id, self._sheet.car.version, values)

    @property
    def before(self) -> VehicleValues | None:
        """What stood there before, to be brought back by undo."""
        if self._sheet is None:
            return None
        values = _values(self._sheet)
        return VehicleValues(**{**values, "power_train": PowerTrain(values["power_train"])})

    def reload(self) -> None:
        engine, now, sheet = self.context.engine, self.context.clock(), self._sheet
        assert sheet is not None

        def work() -> VehicleSheet:
            with reading(engine) as session:
                return vehicle_sheet(session, sheet.car.vehicle_id, now)

        self.context.runner.submit(self, work, self._on_newer)

    def _on_newer(self, sheet: VehicleSheet) -> None:
        self._sheet = sheet
        self.take_newer(_values(sheet))

    def _on_vin(self) -> None:
        maker, year = self.edits["maker"], self.edits["model_year"]
        assert isinstance(maker, LineEdit) and isinstance(year, NumberEdit)
        if self._vin.maker and not maker.text().strip():
            maker.set_text(self._vin.maker)
        if self._vin.year is not None and year.value is None:
            year.set_value(self._vin.year)


def _as_form(values: VehicleValues) -> dict[str, Any]:
    return {
        "vin": values.vin, "engine_number": values.engine_number, "maker": values.maker, "model": values.model, "model_year": values.model_year,
        "colour": values.colour, "power_train": values.power_train.value, "body": values.body, "severe_use": values.severe_use,
        "first_registered_on": values.first_registered_on, "bought_on": values.bought_on, "bought_here": values.bought_here,
        "inspection_ends_on": values.inspection_ends_on, "warranty_ends_on": values.warranty_ends_on, "note": values.note,
    }  # fmt: skip


def _values(sheet: VehicleSheet) -> dict[str, Any]:
    car = sheet.car
    return _as_form(
        VehicleValues(
            sheet.vin_typed or car.vin, car.maker, car.model, car.model_year, car.colour, car.body, PowerTrain(car.power_train), sheet.engine_number,
            car.first_registered_on, car.bought_on, car.bought_here, car.inspection_ends_on, car.warranty_ends_on, car.severe_use, car.note,
        )
    )  # fmt: skip
