"""A customer's file at the right of the list: how to reach him, his vehicles, what is owed, promised and talked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import follow_language
from desktop_app.rooms.customers.file_frame import FileFrame
from desktop_app.rooms.customers.file_lines import contact_line, merge_line, promise_line, voucher_line
from desktop_app.rooms.customers.lines import Line, Part, Section
from desktop_app.rooms.customers.words import LANGUAGES, ROLES, joined, model_words, person_words, phone_words, span_words, tier_words
from desktop_app.widgets.avatar import Avatar
from desktop_app.widgets.labels import ElidedLabel
from desktop_app.widgets.pill import Pill

if TYPE_CHECKING:
    import datetime as dt

    from db.queries.customer_file import CustomerFile, VehicleTie


class CustomerPanel(FileFrame):
    """Shows a `CustomerFile`. `asked` says what a person wants done with what: the view does it."""

    asked = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file: CustomerFile | None = None
        self._today: dt.date | None = None
        self.head = _Head(self)
        self.details = Section("phone", "How to reach", "Change the customer's data", parent=self)
        self.cars = Section("car", "Vehicles", "Add a vehicle", parent=self)
        self.owed = Section("banknote", "Owed", parent=self)
        self.talks = Section("message-square", "Talks and promises", "Write down a talk", parent=self)
        self.vouchers = Section("tag", "Vouchers", parent=self)
        self.merged = Section("split", "Merged records", parent=self)
        for part in (self.head, self.details, self.cars, self.owed, self.talks, self.vouchers, self.merged):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.follow_rows()
        self.details.list.opened.connect(self._on_details)
        self.details.list.edit_asked.connect(self._on_edit)
        self.details.list.add_asked.connect(self._on_edit)
        self.cars.list.opened.connect(self._on_car)
        self.cars.list.end_asked.connect(self._on_car_end)
        self.cars.list.add_asked.connect(self._on_add_car)
        self.owed.list.opened.connect(self._on_owed)
        self.talks.list.opened.connect(self._on_row)
        self.talks.list.edit_asked.connect(self._on_row)
        self.talks.list.add_asked.connect(self._on_add_talk)
        self.merged.list.opened.connect(self._on_merge)
        follow_language(self._on_language)

    @property
    def file(self) -> CustomerFile | None:
        """What shows."""
        return self._file

    def show_file(self, file: CustomerFile, today: dt.date) -> None:
        """Show a customer."""
        if self._file is None or self._file.customer_id != file.customer_id:
            self.to_top()
        self._file, self._today = file, today
        self._fill()

    def _fill(self) -> None:
        file, today = self._file, self._today
        if file is None or today is None:
            return
        self.head.show_file(file)
        self.details.list.set_lines(_details(file))
        self.details.set_empty("No phone, no address")
        self.cars.set_title("Vehicles {count}", count=sum(1 for tie in file.ties if tie.until is None))
        amount = tr("three years {amount}", amount=formats().money(file.three_years_amount)) if file.three_years_amount else ""
        self.cars.set_right(joined(tr("{count} visits", count=file.visit_count), amount))
        self.cars.list.set_lines([_car_line(tie) for tie in file.ties])
        self.cars.set_empty("No vehicle")
        self.owed.set_right(formats().money(sum(row.left for row in file.owed)), "bad")
        self.owed.list.set_lines([
            Line(
                (Part(row.number, bold=True), Part(tr("settled {day}", day=formats().day(row.settled_at)), "text2"),
                 Part(tr("due {day}", day=formats().day(row.due_on)) if row.due_on else "", "bad" if row.due_on and row.due_on < today else "text2")),
                (Part(formats().money(row.left), bold=True),), row.order_id,
            )
            for row in file.owed
        ])  # fmt: skip
        self.owed.set_empty("")
        self.talks.list.set_lines([*[promise_line(row) for row in file.promises], *[contact_line(row, today) for row in file.contacts]])
        self.talks.set_empty("Nothing was talked about yet")
        self.vouchers.list.set_lines([voucher_line(row) for row in file.vouchers])
        self.vouchers.set_empty("")
        self.merged.list.set_lines([merge_line(row) for row in file.merges])
        self.merged.set_empty("")

    def _on_details(self, value: object) -> None:
        if isinstance(value, tuple) and value[0] == "phone":
            self.asked.emit("call_number", value[1])
        else:
            self._on_edit()

    def _on_edit(self, _value: object = None) -> None:
        if self._file is not None:
            self.asked.emit("edit_customer", self._file.customer_id)

    def _on_car(self, value: object) -> None:
        tie = self._tie(value)
        if tie is not None:
            self.asked.emit("open_vehicle", tie.vehicle.vehicle_id)

    def _on_car_end(self, value: object) -> None:
        tie = self._tie(value)
        if tie is not None:
            self.asked.emit("tie", tie)

    def _on_add_car(self) -> None:
        self.asked.emit("add_vehicle", None)

    def _on_owed(self, value: object) -> None:
        self.asked.emit("open_order", value)

    def _on_row(self, value: object) -> None:
        if isinstance(value, tuple):
            self.asked.emit(str(value[0]), value[1])

    def _on_add_talk(self) -> None:
        self.asked.emit("talk", None)

    def _on_merge(self, value: object) -> None:
        self.asked.emit("unmerge", value)

    def _tie(self, value: object) -> VehicleTie | None:
        return next((tie for tie in self._file.ties if tie.ownership_id == value), None) if self._file is not None else None

    def _on_language(self, _language: str) -> None:
        self._fill()


class _Head(QWidget):
    """Name, what kind of customer, since when."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._avatar = Avatar("", 38, parent=self)
        self._name = ElidedLabel("", "title", bold=True, parent=self)
        self._second = ElidedLabel("", "small", "text2", parent=self)
        self._tier, self._account = Pill(parent=self), Pill(parent=self)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._second)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 12, 14, 10)
        row.setSpacing(12)
        row.addWidget(self._avatar)
        row.addLayout(words, 1)
        row.addWidget(self._account)
        row.addWidget(self._tier)

    def show_file(self, file: CustomerFile) -> None:
        """Show who it is."""
        name = tr("(erased)") if file.erased_at is not None else person_words(file.name, file.title)
        self._avatar.set_name(file.name)
        self._name.setText(name)
        language = dict(LANGUAGES).get(file.language.value, "")
        since = tr("customer since {day}", day=formats().day(file.created_at))
        consent = "" if file.erased_at is not None else tr("may be called") if file.consent_to_call else tr("doesn't want to be called")
        self._second.setText(joined(tr("company") if file.is_company else "", since, language, consent))
        self._tier.setVisible(bool(file.tier))
        self._tier.show_words(tier_words(file.tier), "info", "star")
        self._account.setVisible(file.is_account)
        self._account.show_words(tr("account customer"), "violet", "building-2")
        self.setAccessibleName(name)


def _details(file: CustomerFile) -> list[Line]:
    rows = []
    for place, row in enumerate(file.phones):
        label = tr("phone") if place == 0 else ""
        note = () if row.e164 else (Part(tr("can't be read as a number"), "warn", size="small"),)
        rows.append(Line((Part(label, "text2", width=84), Part(phone_words(row), bold=place == 0)), note, ("phone", row)))
    terms = ""
    if file.is_account:
        limit = formats().money(file.account_limit) if file.account_limit is not None else tr("worked out from the gross profit")
        months = tr("{count} months", count=file.account_months) if file.account_months is not None else ""
        terms = joined(limit, months, tr("government") if file.is_government else "")
    for label, words in (
        (tr("contact person"), file.contact_person), (tr("address"), file.address), (tr("licence number"), file.licence_number),
        (tr("came by"), file.came_by), (tr("account"), terms), (tr("note"), " ".join(file.note.split())),
    ):  # fmt: skip
        if words:
            rows.append(Line((Part(label, "text2", width=84), Part(words)), (), ("detail", label)))
    return rows


def _car_line(tie: VehicleTie) -> Line:
    car = tie.vehicle
    former = tie.until is not None
    role = tr("former {role}", role=tr(ROLES[tie.role], "role of a customer")) if former else tr(ROLES[tie.role], "role of a customer")
    plate = (Part(car.plate, plate=car.plate_colour),) if car.plate else (Part(f"VIN …{car.vin[-6:]}", "text2"),)
    visit = tr("last here {day}", day=formats().day(car.last_visit_at)) if car.last_visit_at is not None else tr("never here yet")
    model = Part(model_words(car.maker, car.model, car.model_year), "text2" if former else "text")
    span = Part(joined(role, span_words(tie.since, tie.until)), "text3", size="small")
    return Line((*plate, model, span), (Part(visit, "text2", size="small"),), tie.ownership_id)
