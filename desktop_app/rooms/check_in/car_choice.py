"""From whatever names a car to a form that can be shown: a known car, an appointment, a car nobody knows yet, a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop_app.i18n import current_language
from desktop_app.rooms.check_in.form import DRAFT_FORM, CheckInForm, NewCar

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QWidget

    from db.engine import Session
    from db.queries.check_in import AppointmentRow, CarSheet
    from db.queries.vehicle_file import VehicleFile
    from db.rules.order_line import LineValues
    from desktop_app.room import RoomContext


class CarChoice(QObject):
    """Reads in the background; `ready` carries the form and the car's sheet (None for a new car)."""

    ready = Signal(object, object)
    car_changed = Signal(object, object)
    """The form of a new car, and the `NewCar` as it is now."""
    bringer_taken = Signal(object, str, str, object)
    """The form of a known car, name and phone of whoever brings it, his id where he is a known customer; all empty for the owner himself."""
    typed = Signal()
    """Something was typed about the car of `asked`."""
    left = Signal(object)
    """The form whose car was being asked about when somebody went back."""

    def __init__(self, context: RoomContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._view = context, parent
        self._insurers: dict[str, dict[str, str]] = {}
        self._asked: CheckInForm | None = None

    @property
    def asked(self) -> CheckInForm | None:
        """The form whose new car is being asked about, once something was typed."""
        return self._asked

    def insurer_names(self) -> dict[str, str]:
        """Insurers' codes and short names in the screen's language."""
        language = current_language()
        return {code: names[language] for code, names in self._insurers.items()}

    def take_vehicle(self, vehicle_id: int, appointment: AppointmentRow | None = None) -> None:
        """A car that is known."""
        form = self._fresh()
        form.vehicle_id = vehicle_id
        if appointment is not None:
            self._take_over(form, appointment)
        self._fetch(form)

    def take_appointment(self, row: AppointmentRow) -> None:
        """An appointment, of a known car or of what was said on the phone."""
        if row.vehicle_id is not None:
            self.take_vehicle(row.vehicle_id, row)
            return
        form = self._fresh()
        self._take_over(form, row)
        self._ask_new(form, NewCar(plate=row.plate, name=row.name, phone=row.phone, language=current_language()))

    def take_new(self, typed: str) -> None:
        """A car that nobody knows yet; `typed` is what was looked for."""
        self._ask_new(self._fresh(), NewCar(language=current_language()), typed)

    def take_draft(self, body: dict[str, Any]) -> None:
        """A form that was put aside or left behind."""
        form = CheckInForm.from_draft(body)
        if form.vehicle_id is not None:
            self._fetch(form)
        elif form.asking and form.new_car is not None:
            self._ask_new(form, form.new_car)
        else:
            self.ready.emit(form, None)

    def take_kept(self, key: str, vehicle_id: int) -> None:
        """The form of an undone order by its draft's key; the car by itself where no form was kept."""
        engine, device = self._context.engine, self._context.device

        def work() -> dict[str, Any] | None:
            from db.commands.drafts import drafts
            from db.engine import reading

            with reading(engine) as session:
                return next((body for _id, kept, _person, _title, body, _at in drafts(session, DRAFT_FORM, device) if kept == key), None)

        def on_found(body: dict[str, Any] | None) -> None:
            if body is None:
                self.take_vehicle(vehicle_id)
            else:
                self.take_draft(body)

        self._context.runner.submit(self, work, on_found)

    def ask_bringer(self, form: CheckInForm, car: VehicleFile) -> None:
        """Who brings a known car."""
        from desktop_app.rooms.check_in.bringer_dialog import BringerDialog

        dialog = BringerDialog(self._context, form, not car.can_be_reached, self._view.window())
        dialog.answered.connect(lambda name, number, customer_id: self.bringer_taken.emit(form, name, number, customer_id))
        dialog.open()

    def ask_new_again(self, form: CheckInForm) -> None:
        """All about a new car and its customer once more."""
        from desktop_app.rooms.check_in.new_car_dialog import NewCarDialog

        dialog = NewCarDialog(self._context, form.new_car or NewCar(language=current_language()), "", self._view.window())
        dialog.made.connect(lambda made: self.car_changed.emit(form, made))
        dialog.open()

    def _fresh(self) -> CheckInForm:
        return CheckInForm(began_at=self._context.clock().isoformat())

    def _take_over(self, form: CheckInForm, appointment: AppointmentRow) -> None:
        form.appointment_id, form.wanted_packages = appointment.appointment_id, list(appointment.package_codes)
        form.begin_with(appointment.reason)

    def _fetch(self, form: CheckInForm) -> None:
        package_codes, form.wanted_packages = form.wanted_packages, []
        engine, now, vehicle_id = self._context.engine, self._context.clock(), form.vehicle_id
        assert vehicle_id is not None

        def work() -> tuple[CarSheet, dict[str, dict[str, str]], list[LineValues]]:
            from db.engine import reading
            from db.queries.check_in import car_sheet
            from db.queries.insurers import insurer_names

            with reading(engine) as session:
                return car_sheet(session, vehicle_id, now), insurer_names(session), _package_lines(session, package_codes)

        self._context.runner.submit(self, work, lambda answer: self._on_sheet(form, *answer))

    def _on_sheet(self, form: CheckInForm, sheet: CarSheet, insurers: dict[str, dict[str, str]], lines: list[LineValues]) -> None:
        self._insurers = insurers
        form.lines = [*form.lines, *lines]
        if form.customer_id is None and sheet.car.owner is not None:
            form.customer_id = sheet.car.owner.customer_id
        if sheet.appointment is not None and form.appointment_id is None:
            form.appointment_id = sheet.appointment.appointment_id
            if not form.words:
                form.begin_with(sheet.appointment.reason)
            if not form.lines and sheet.appointment.package_codes:
                form.wanted_packages = list(sheet.appointment.package_codes)
                self._fetch(form)
                return
        self.ready.emit(form, sheet)

    def _ask_new(self, form: CheckInForm, new: NewCar, typed: str = "") -> None:
        from desktop_app.rooms.check_in.new_car_dialog import NewCarDialog

        form.asking = True
        dialog = NewCarDialog(self._context, new, typed, self._view.window())
        dialog.edited.connect(lambda: self._on_typed(form, dialog.typed()))
        dialog.made.connect(lambda made: self._on_made(form, made))
        dialog.known.connect(lambda vehicle_id: self._on_known(form, vehicle_id))
        dialog.rejected.connect(lambda: self._on_left(form))
        dialog.open()

    def _on_typed(self, form: CheckInForm, new: NewCar) -> None:
        form.new_car, self._asked = new, form
        self.typed.emit()

    def _on_left(self, form: CheckInForm) -> None:
        if self._asked is form:
            self.left.emit(form)
        self._asked = None

    def _on_known(self, form: CheckInForm, vehicle_id: int) -> None:
        form.vehicle_id, form.new_car, form.asking = vehicle_id, None, False
        self._asked = None
        self._fetch(form)

    def _on_made(self, form: CheckInForm, new: NewCar) -> None:
        form.new_car, form.asking = new, False
        self._asked = None
        package_codes, form.wanted_packages = form.wanted_packages, []
        engine = self._context.engine

        def work() -> list[LineValues]:
            from db.engine import reading

            with reading(engine) as session:
                return _package_lines(session, package_codes)

        def on_lines(lines: list[LineValues]) -> None:
            form.lines = lines
            self.ready.emit(form, None)

        self._context.runner.submit(self, work, on_lines)


def _package_lines(session: Session, package_codes: Collection[str]) -> list[LineValues]:
    from db.queries import catalogue

    return [line for place, code in enumerate(package_codes) for line in catalogue.lines_of(session, "package", code, package_group=place + 1)]
