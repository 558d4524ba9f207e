"""Small forms of a vehicle: another plate, a reading by hand, a policy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from db.commands.keeping_up import AddPolicy, ChangePolicy, PolicyValues
from db.commands.vehicles import AddReading, ChangePlate, GivePlate
from db.engine import reading
from db.queries.vehicle_sheet import vehicle_sheet
from db.rules import plate
from db.rules.mileage import ReadingReason
from db.rules.record_words import PolicyKind
from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.record_dialog import RecordDialog
from desktop_app.rooms.customers.car_fields import PlateRecogniser
from desktop_app.rooms.customers.words import model_words, named
from desktop_app.widgets.choice import Choice
from desktop_app.widgets.field import WARN
from desktop_app.widgets.text_edits import LineEdit, MoneyEdit, NumberEdit
from desktop_app.widgets.time_edits import DateEdit, MomentEdit

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtWidgets import QWidget

    from db.queries.keeping_up import PolicyRow
    from db.queries.vehicle_sheet import PlateRow, VehicleSheet
    from db.rules.errors import Environment, Refusal
    from desktop_app.room import RoomContext

READING_REASONS = {
    ReadingReason.TYPING_CORRECTED: "The last one was mistyped", ReadingReason.CLUSTER_REPLACED: "The instrument was replaced",
    ReadingReason.OTHER_UNIT: "It counts in another unit",
}  # fmt: skip


class PlateDialog(RecordDialog):
    """Another plate from a day on, or the one it bears written down rightly. A plate of another car is asked about, and moves on the second F8."""

    fields_of = {
        "plate_taken": "plate", "plate_already": "plate", "plate_missing": "plate", "other_needs_vin": "plate", "plate_before_last": "since",
    }  # fmt: skip

    def __init__(self, context: RoomContext, sheet: VehicleSheet, parent: QWidget) -> None:
        super().__init__(context, parent, "Plate", "tag")
        self._sheet = sheet
        self._taken = ""
        car = sheet.car
        if car.plate:
            self.say_first("It bears {plate} now", "text2", plate=plate.display(car.plate))
        self._reader = PlateRecogniser(self.place("plate", "Plate", LineEdit(parent=self), 0, 0, 12, required=True), context.region, self)
        self.fields["plate"].let_hint_wrap(2)
        colour = Choice(parent=self)
        colour.add_phrase("", "as usual", "plate colour")
        for key in plate.COLOURS:
            colour.add_phrase(key, key, "plate colour")
        self.place("colour", "Plate's colour", colour, 1, 0, 3)
        self.place("since", "Since", DateEdit(context.clock, parent=self), 1, 3, 3)
        tick = self.add_tick("correction", "The plate was written down wrongly: nothing ends", 2, 0, 12)
        tick.setVisible(bool(car.plate))
        self.fill({"plate": "", "colour": "", "since": sheet.today, "correction": False})
        self.edits["plate"].setFocus(Qt.FocusReason.TabFocusReason)

    def problems(self) -> dict[str, tuple[str, dict[str, Any]]]:
        found: dict[str, tuple[str, dict[str, Any]]] = {}
        if not self.values()["plate"]:
            found["plate"] = ("Enter a plate", {})
        if self.values()["since"] is None and not self.values()["correction"]:
            found["since"] = ("From which day?", {})
        return found

    def doubts(self) -> dict[str, str]:
        return {"plate": self._reader.slip} if self._reader.slip else {}

    def command(self) -> Any:
        values = self.values()
        car = self._sheet.car
        return GivePlate(
            car.vehicle_id, car.version, values["plate"], values["colour"] or "", values["since"], values["correction"],
            bool(self._taken) and self._taken == plate.normalise(values["plate"]),
        )  # fmt: skip

    def refused(self, error: Refusal | Environment) -> None:
        if error.code != "plate_taken":
            super().refused(error)
            return
        typed = self._taken = plate.normalise(self.values()["plate"])
        self.yes.set_busy(False)
        self._ask(plate.display(typed), "")
        engine, clock, other = self.context.engine, self.context.clock, int(str(error.facts["vehicle_id"]))

        def work() -> VehicleSheet:
            with reading(engine) as session:
                return vehicle_sheet(session, other, clock())

        def show(sheet: VehicleSheet) -> None:
            if self._taken == typed == plate.normalise(self.values()["plate"]):
                self._ask(plate.display(typed), _car_words(sheet))

        self.context.runner.submit(self, work, show)

    def _ask(self, shown: str, other: str) -> None:
        phrase = "{plate} is on another car now. F8 once more moves it to this one, and that car bears no plate then"
        if other:
            phrase = "{plate} is on another car now: {car}. F8 once more moves it to this one, and that car bears no plate then"
        self.fields["plate"].set_hint(WARN, phrase, plate=shown, car=other)
        self.ask_once_more("plate", "F8 once more moves the plate to this car")


def _car_words(sheet: VehicleSheet) -> str:
    """A car told from others without its plate: what it is, and whose, or the end of its VIN."""
    car, owner = sheet.car, sheet.owner
    return tr(", ", "list").join(
        part for part in (model_words(car.maker, car.model, car.model_year), owner.name if owner is not None else "", car.vin[-6:] if car.vin else "") if part
    )


class FormerPlateDialog(RecordDialog):
    """From when until when the vehicle bore a plate."""

    fields_of = {"plate_ends_before": "until"}

    def __init__(self, context: RoomContext, row: PlateRow, parent: QWidget) -> None:
        super().__init__(context, parent, "Former plate", "tag")
        self._row = row
        self.title_right.setText(plate.display(row.plate))
        self.place("since", "Since", DateEdit(context.clock, parent=self), 0, 0, 6)
        self.place("until", "Until", DateEdit(context.clock, parent=self), 0, 6, 6, required=True)
        self.fill({"since": row.since, "until": row.until})
        self.edits["since"].setFocus(Qt.FocusReason.TabFocusReason)

    def problems(self) -> dict[str, tuple[str, dict[str, Any]]]:
        return {} if self.values()["until"] is not None else {"until": ("Until which day?", {})}

    def command(self) -> Any:
        values = self.values()
        return ChangePlate(self._row.plate_id, values["since"], values["until"])


class ReadingDialog(RecordDialog):
    """What the odometer showed at a moment."""

    fields_of = {"odometer_implausible": "reason", "odometer_not_possible": "kilometres", "reading_in_future": "read_at"}

    def __init__(self, context: RoomContext, sheet: VehicleSheet, parent: QWidget) -> None:
        super().__init__(context, parent, "Odometer reading", "gauge")
        self._sheet = sheet
        last = sheet.car.last_reading
        hint = ""
        if last is not None:
            hint = tr("last {distance} ({day})", distance=formats().km(last.kilometres), day=formats().day(last.read_at))
        field = self.place("kilometres", "Mileage", NumberEdit(unit="km", minimum=0, maximum=9_999_999, parent=self), 0, 0, 5, required=True)
        if hint:
            field.set_plain_hint("neutral", hint)
        self.place("read_at", "When", MomentEdit(context.clock, parent=self), 0, 5, 7, required=True)
        reason = Choice(parent=self)
        reason.add_phrase("", "–", "title")
        for key, phrase in READING_REASONS.items():
            reason.add_phrase(key.value, phrase)
        self.place("reason", "Why it is right all the same", reason, 1, 0, 12)
        self.fill({"kilometres": None, "read_at": context.clock(), "reason": ""})
        self.edits["kilometres"].setFocus(Qt.FocusReason.TabFocusReason)

    def problems(self) -> dict[str, tuple[str, dict[str, Any]]]:
        values = self.values()
        found: dict[str, tuple[str, dict[str, Any]]] = {}
        if values["kilometres"] is None:
            found["kilometres"] = ("What does it show?", {})
        if values["read_at"] is None:
            found["read_at"] = ("When was it read?", {})
        return found

    def command(self) -> Any:
        values = self.values()
        # The field writes minutes: the moment as it was opened with must not lie after the act.
        at: dt.datetime = min(values["read_at"], self.context.clock())
        return AddReading(self._sheet.car.vehicle_id, values["kilometres"], at, values["reason"] or None)


class PolicyDialog(RecordDialog):
    """An insurance: without a row a new one."""

    fields_of = {"policy_ends_before": "until_on", "premium_negative": "premium", "insurer_unknown": "insurer_code"}

    def __init__(
        self, context: RoomContext, sheet: VehicleSheet, row: PolicyRow | None, insurers: list[tuple[str, tuple[str, str, str]]], parent: QWidget
    ) -> None:
        super().__init__(context, parent, "Policy" if row is not None else "New policy", "umbrella")
        self._sheet, self._row = sheet, row
        insurer, kind = Choice(parent=self), Choice(parent=self)
        for code, names in insurers:
            insurer.add_words(code, named(names))
        kind.add_phrase(PolicyKind.COMMERCIAL.value, "commercial", "policy")
        kind.add_phrase(PolicyKind.COMPULSORY.value, "compulsory", "policy")
        self.place("insurer_code", "Insurer", insurer, 0, 0, 6, required=True)
        self.place("kind", "Kind", kind, 0, 6, 3)
        self.place("premium", "Premium", MoneyEdit(minimum=0, parent=self), 0, 9, 3)
        self.place("from_on", "From", DateEdit(context.clock, parent=self), 1, 0, 4, required=True)
        self.place("until_on", "To", DateEdit(context.clock, parent=self), 1, 4, 4, required=True)
        self.place("number", "Policy number", LineEdit(parent=self), 1, 8, 4)
        self.add_tick("sold_here", "Sold here", 2, 0, 6)
        self.fill(_policy_values(row, sheet.today))
        self.edits["insurer_code"].setFocus(Qt.FocusReason.TabFocusReason)

    def problems(self) -> dict[str, tuple[str, dict[str, Any]]]:
        values = self.values()
        found: dict[str, tuple[str, dict[str, Any]]] = {}
        for name, phrase in (("insurer_code", "Which insurer?"), ("from_on", "From which day?"), ("until_on", "Until which day?")):
            if values[name] is None:
                found[name] = (phrase, {})
        return found

    def command(self) -> Any:
        values = self.values()
        made = PolicyValues(**{**values, "kind": PolicyKind(values["kind"]), "premium": values["premium"] or 0})
        return AddPolicy(self._sheet.car.vehicle_id, made) if self._row is None else ChangePolicy(self._row.policy_id, self._row.version, made)


def _policy_values(row: PolicyRow | None, today: dt.date) -> dict[str, Any]:
    if row is None:
        return {
            "insurer_code": None, "kind": PolicyKind.COMMERCIAL.value, "premium": None, "from_on": today, "until_on": None, "number": "", "sold_here": False,
        }  # fmt: skip
    return {
        "insurer_code": row.insurer_code, "kind": row.kind.value, "premium": row.premium or None, "from_on": row.from_on, "until_on": row.until_on,
        "number": row.number, "sold_here": row.sold_here,
    }  # fmt: skip
