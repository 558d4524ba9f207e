"""Makes, moves, cancels an appointment, or marks it not shown, over what the day has booked already."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from db.rules import phone, plate
from db.rules.record_words import AppointmentState
from db.rules.rights import Role
from desktop_app.faults import said
from desktop_app.i18n import current_language, tr
from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import say_plain
from desktop_app.widgets.buttons import PRIMARY, QUIET
from desktop_app.widgets.chip import Chip, ChipRow
from desktop_app.widgets.choice import Choice
from desktop_app.widgets.dialog import WIDE, Dialog
from desktop_app.widgets.field import BAD, NEUTRAL, OK, WARN, Field
from desktop_app.widgets.labels import Label
from desktop_app.widgets.result_list import Result
from desktop_app.widgets.search_box import SearchBox
from desktop_app.widgets.text_edits import LineEdit, NumberEdit
from desktop_app.widgets.time_edits import MomentEdit

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.queries import catalogue, search
    from db.queries.check_in import AppointmentRow
    from desktop_app.room import RoomContext
    from desktop_app.rooms.check_in.appointment_notices import AppointmentNotices


class AppointmentDialog(Dialog):
    """Without a row a new one. `changed` after the records have it, and what was done is said with its undo."""

    changed = Signal()

    def __init__(
        self,
        context: RoomContext,
        notices: AppointmentNotices,
        row: AppointmentRow | None,
        parent: QWidget,
        *,
        vehicle_id: int | None = None,
        customer_id: int | None = None,
        words: str = "",
    ) -> None:
        super().__init__(parent, "New appointment" if row is None else "Appointment", icon="calendar-plus", width=WIDE)
        self._context, self._notices, self._row = context, notices, row
        self._vehicle_id = row.vehicle_id if row is not None else vehicle_id
        self._customer_id = row.customer_id if row is not None else customer_id
        self._packages: list[str] = list(row.package_codes) if row is not None else []
        if row is not None:
            self.title_right.setText(row.number)
        self._car = SearchBox(context.runner, self._find, icon="car", keep=True, parent=self)
        self._car.set_placeholder("Plate, phone, name or VIN")
        self._car.chosen.connect(self._on_car)
        self._car.nothing_chosen.connect(self._on_unknown)
        known = row is not None and row.vehicle_id is not None
        self._car_words = "" if row is None else " ".join(part for part in (row.plate, row.name) if part) if known else row.plate
        self._car.set_text(self._car_words if row is not None else words)
        self._car_words = self._car.text()
        self._car.textChanged.connect(self._on_car_words)
        self._on_file = (row.name_on_file, row.phone_on_file) if row is not None else ("", "")
        self._name, self._phone = LineEdit(parent=self), LineEdit(parent=self)
        self._name.set_text(row.name if row is not None else "")
        self._phone.set_text(row.phone if row is not None else "")
        self._when = MomentEdit(context.clock, parent=self)
        self._minutes = NumberEdit(unit="min", minimum=10, maximum=960, parent=self)
        self._reason = LineEdit(parent=self)
        self._package = SearchBox(context.runner, self._find_package, icon="package", parent=self)
        self._package.set_placeholder("Add a package")
        self._package.chosen.connect(self._on_package)
        self._chips = ChipRow(parent=self)
        self._chips.hide()
        self._advisor, self._bay = Choice(parent=self), Choice(parent=self)
        self._day = Label("", "small", "text2", wrap=True, parent=self)
        self._car_field = Field("Car", self._car, required=True)
        self._when_field = Field("When", self._when, required=True)
        self._reason_field = Field("Reason", self._reason, required=True)
        self._phone_field = Field("Phone", self._phone)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        for column in range(6):
            grid.setColumnStretch(column, 1)
        grid.addWidget(self._car_field, 0, 0, 1, 6)
        grid.addWidget(Field("Name", self._name), 1, 0, 1, 3)
        grid.addWidget(self._phone_field, 1, 3, 1, 3)
        grid.addWidget(self._when_field, 2, 0, 1, 4)
        grid.addWidget(Field("Planned", self._minutes), 2, 4, 1, 2)
        grid.addWidget(self._reason_field, 3, 0, 1, 6)
        grid.addWidget(Field("Packages", self._package), 4, 0, 1, 3)
        grid.addWidget(Field("Advisor", self._advisor), 4, 3, 1, 2)
        grid.addWidget(Field("Bay", self._bay), 4, 5, 1, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self._chips)
        self.body.addWidget(self._day)
        now = context.clock()
        start = row.starts_at if row is not None else (now + dt.timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
        self._when.set_value(start)
        self._when.value_changed.connect(self._on_when)
        self._minutes.set_value(row.minutes if row is not None else 60)
        self._reason.set_text(row.reason if row is not None else "")
        if row is not None and row.state == "booked":
            self.add_button("Not shown", self._on_not_shown, QUIET, "user-x", left=True).setEnabled(row.starts_at <= now)
            self.add_button("Cancel the appointment", self._on_cancelled, QUIET, "x", left=True)
        if row is not None and row.state in ("not_shown", "cancelled"):
            self.add_button("Came after all" if row.state == "not_shown" else "Book again", self._on_again, QUIET, "undo-2", left=True)
        self.add_button("Close", self.reject, keys="Esc")
        self.add_button("Save", self._on_save, PRIMARY, keys="F8")
        self._load(start)
        self._show_packages()
        (self._car if row is None and not words else self._when).setFocus()

    def take_scan(self, kind: str, code: str) -> bool:
        """A VIN is the car that the appointment is for."""
        if kind != "vin":
            return False
        self._car.look_for(code)
        return True

    def _load(self, start: dt.datetime) -> None:
        engine = self._context.engine

        def work() -> Any:
            from db.engine import reading
            from db.queries.shop import bay_rows, staff_rows

            with reading(engine) as session:
                return staff_rows(session), bay_rows(session)

        self._context.runner.submit(self, work, self._on_lists)
        self._on_when(start)

    def _on_lists(self, lists: Any) -> None:
        staff, bays = lists
        self._advisor.add_phrase("", "anyone", "advisor")
        for person in staff:
            if Role.ADVISOR.value in person.roles:
                self._advisor.add_words(str(person.staff_id), person.name)
        self._bay.add_phrase("", "any", "bay")
        for bay in bays:
            self._bay.add_words(str(bay.bay_id), bay.name)
        row = self._row
        self._advisor.choose(str(row.advisor_id or "") if row is not None else str(self._context.person().id or ""))
        self._bay.choose(str(row.bay_id or "") if row is not None else "")

    def _on_when(self, value: object) -> None:
        if not isinstance(value, dt.datetime):
            return
        engine = self._context.engine

        def work() -> Any:
            from db.engine import reading
            from db.queries.check_in import appointments
            from db.queries.shop import working_calendar

            with reading(engine) as session:
                calendar = working_calendar(session)
                day = calendar.day_of(value)
                start = calendar.moment(day)
                return calendar.is_open(value), calendar.next_open(value), appointments(session, start, start + dt.timedelta(days=1))

        self._context.runner.submit(self, work, lambda answer: self._on_day(value, answer))

    def _on_day(self, moment: dt.datetime, answer: Any) -> None:
        is_open, opens_at, rows = answer
        say_ = formats()
        others = [row for row in rows if self._row is None or row.appointment_id != self._row.appointment_id]
        at_once = sum(row.starts_at < moment + dt.timedelta(minutes=60) and moment < row.starts_at + dt.timedelta(minutes=row.minutes) for row in others)
        if not is_open:
            self._when_field.set_hint(WARN, "The shop is closed then; it opens {time}", "", time=say_.near(opens_at, self._context.clock()))
        elif at_once:
            self._when_field.set_hint(NEUTRAL, "{count} others at the same time", "", count=at_once)
        else:
            self._when_field.set_hint(OK, "nobody else at this time")
        taken = "、".join(f"{say_.time(row.starts_at)} {row.plate or row.name}" for row in others) or tr("nothing yet")
        say_plain(self._day.setText, tr("That day: {list}", list=taken))

    def _find(self, typed: str) -> list[Result]:
        from db.engine import reading
        from db.queries import search

        with reading(self._context.engine) as session:
            found = search.find(session, typed, 6)
        return [
            Result(
                car,
                car.owner_name,
                " ".join((car.maker, car.model)),
                plate=car.plate,
                plate_colour=car.plate_colour,
                middle=phone.display(car.owner_phone) if car.owner_phone else "",
            )
            for car in found.vehicles
        ]

    def _on_car(self, car: search.FoundVehicle) -> None:
        self._car.set_text(" ".join(part for part in (plate.display(car.plate) if car.plate else car.vin, car.owner_name) if part))
        self._car_words = self._car.text()
        self._vehicle_id, self._customer_id = car.vehicle_id, car.owner_id
        self._on_file = (car.owner_name, phone.display(car.owner_phone) if car.owner_phone else "")
        self._name.set_text(self._on_file[0])
        self._phone.set_text(self._on_file[1])
        self._car_field.set_hint(OK, "known here")
        self._when.setFocus()

    def _on_car_words(self, words: str) -> None:
        """Other words mean another car: the one chosen holds no longer, nor do its owner's name and phone unless they were typed over."""
        if words == self._car_words or (self._vehicle_id is None and self._customer_id is None):
            return
        self._vehicle_id = self._customer_id = None
        for edit, on_file in zip((self._name, self._phone), self._on_file, strict=True):
            if edit.text().strip() == on_file:
                edit.set_text("")
        self._on_file = ("", "")
        self._car_field.set_hint(NEUTRAL, "not known yet; it is kept as typed")

    def _on_unknown(self, words: str) -> None:
        self._vehicle_id = self._customer_id = None
        recognised = phone.recognise(words, self._context.region())
        if recognised.valid:
            self._phone.set_text(words)
            self._car_field.set_hint(NEUTRAL, "not known yet; the phone is enough")
        else:
            self._car_field.set_hint(NEUTRAL, "not known yet; it is kept as typed")
        self._name.setFocus()

    def _find_package(self, typed: str) -> list[Result]:
        from db.engine import reading
        from db.queries import catalogue

        with reading(self._context.engine) as session:
            items = catalogue.find_items(session, typed)
        return [Result(item.code, item.name(current_language()), item.code, icon="package") for item in items if item.subject == "package"]

    def _on_package(self, code: str) -> None:
        if code not in self._packages:
            self._packages.append(code)
        self._show_packages()

    def _show_packages(self) -> None:
        engine, codes = self._context.engine, list(self._packages)

        def work() -> list[catalogue.CatalogueItem]:
            from db.engine import reading
            from db.queries import catalogue

            with reading(engine) as session:
                return catalogue.items_by_code(session, [("package", code) for code in codes])

        self._context.runner.submit(self, work, self._on_package_names)

    def _on_package_names(self, items: list[catalogue.CatalogueItem]) -> None:
        names = {item.code: item.name(current_language()) for item in items}
        self._chips.clear()
        before: QWidget = self._package
        for code in self._packages:
            chip = self._chips.add(code, Chip(icon="x", checkable=False, parent=self._chips))
            say_plain(chip.setText, names.get(code, code))
            chip.setProperty("package", code)
            chip.clicked.connect(self._on_package_off)
            QWidget.setTabOrder(before, chip)
            before = chip
        self._chips.setVisible(bool(self._packages))

    def _on_package_off(self) -> None:
        chip = self.sender()
        if isinstance(chip, Chip) and chip.property("package") in self._packages:
            self._packages.remove(chip.property("package"))
            self._package.setFocus()
            self._show_packages()

    def _on_save(self) -> None:
        from db.commands.appointments import MakeAppointment, MoveAppointment

        for edit in (self._when, self._minutes):
            edit.commit()
        if self._when.fault is not None or self._minutes.fault is not None:
            return
        typed = self._car.text().strip()
        if self._vehicle_id is None and not typed and not self._phone.text().strip():
            self._car_field.set_hint(BAD, "A car or a phone number is needed")
            self._car.setFocus()
            return
        if not self._reason.text().strip() and not self._packages:
            self._reason_field.set_hint(BAD, "What the customer wants, or a package")
            self._reason.setFocus()
            return
        moment = self._when.value
        if moment is None:
            self._when_field.set_hint(BAD, "A day and a time")
            self._when.setFocus()
            return
        name, number = self._name.text().strip(), self._phone.text().strip()
        common: dict[str, Any] = {
            "vehicle_id": self._vehicle_id, "customer_id": self._customer_id, "plate_typed": "" if self._vehicle_id is not None else typed,
            "name_typed": "" if name == self._on_file[0] else name, "phone_typed": "" if number == self._on_file[1] else number,
            "starts_at": moment, "minutes": self._minutes.value or 60, "reason": self._reason.text().strip(), "package_codes": tuple(self._packages),
            "advisor_id": int(str(self._advisor.chosen)) if self._advisor.chosen else None, "bay_id": int(str(self._bay.chosen)) if self._bay.chosen else None,
        }  # fmt: skip
        row = self._row
        if row is None:
            who = typed or name or number
            self._perform(MakeAppointment(**common), lambda result: self._notices.say_made(who, moment, result))
        else:
            moved = MoveAppointment(row.appointment_id, row.version, skill=row.skill, **common)
            self._perform(moved, lambda result: self._notices.say_moved(row, moment, result))

    def _perform(self, command: Any, tell: Callable[[dict[str, Any]], object]) -> None:
        def on_done(result: dict[str, Any]) -> None:
            self.changed.emit()
            self.accept()
            tell(result)

        self._context.perform(command, on_done, self._on_refused, owner=self)

    def _on_refused(self, refusal: Any) -> None:
        field = {"appointment_in_past": self._when_field, "appointment_without_reason": self._reason_field}.get(refusal.code, self._car_field)
        field.set_plain_hint(BAD, said(refusal))

    def _end(self, state: AppointmentState) -> None:
        from db.commands.appointments import EndAppointment

        row = self._row
        assert row is not None
        self._perform(EndAppointment(row.appointment_id, row.version, state), lambda result: self._notices.say_ended(row, state, result))

    def _on_not_shown(self) -> None:
        self._end(AppointmentState.NOT_SHOWN)

    def _on_cancelled(self) -> None:
        self._end(AppointmentState.CANCELLED)

    def _on_again(self) -> None:
        from db.commands.appointments import BookAgain

        row = self._row
        assert row is not None
        self._perform(BookAgain(row.appointment_id, row.version), lambda result: self._notices.say_booked_again(row, result))
