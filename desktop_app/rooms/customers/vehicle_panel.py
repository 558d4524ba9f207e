"""A vehicle's file at the right of the list: what is due, whose it is, what stands open, how it wears, where it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.rules.record_words import OwnershipRole
from desktop_app.i18n import tr
from desktop_app.i18n.formats import decimal, formats
from desktop_app.i18n.live import follow_language
from desktop_app.i18n.state_words import state_word
from desktop_app.record_words import record_word
from desktop_app.rooms.customers.file_frame import FileFrame
from desktop_app.rooms.customers.file_lines import contact_line, merge_line, promise_line, voucher_line
from desktop_app.rooms.customers.lines import Line, Part, Section
from desktop_app.rooms.customers.wear_chart import WearChart, sureness_words, table_lines
from desktop_app.rooms.customers.words import (
    PLACES,
    REASONS,
    ROLES,
    UNITS,
    absence_words,
    days_words,
    due_name,
    joined,
    model_words,
    named,
    person_words,
    phone_words,
    plate_words,
    power_train_words,
    span_words,
    state_words,
)
from desktop_app.widgets.alert_strip import AlertStrip
from desktop_app.widgets.labels import ElidedLabel
from desktop_app.widgets.pill import Pill
from desktop_app.widgets.plate_chip import PlateChip

if TYPE_CHECKING:
    from db.queries.service_due import DueItem
    from db.queries.vehicle_file import VisitRow
    from db.queries.vehicle_sheet import OpenRecommendation, TieRow, VehicleSheet


_VISITS = 12
"""Visits that the file shows."""


class VehiclePanel(FileFrame):
    """Shows a `VehicleSheet`. `asked` says what a person wants done with what: the view does it."""

    asked = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: VehicleSheet | None = None
        self._as_table = False
        self.head = _Head(self)
        self.due = AlertStrip("info", "calendar-clock", button="Basis", parent=self)
        self.due.acted.connect(self._on_basis)
        self.people = Section("users", "Owner and users", "Change the owner or add a user", parent=self)
        self.offers = Section("lightbulb", "Open recommendations", parent=self)
        self.wear = Section("gauge", "Wear", parent=self)
        self.visits = Section("wrench", "Visits", parent=self)
        self.policies = Section("umbrella", "Policies and inspection", "Add a policy", parent=self)
        self.talks = Section("phone", "Talks and promises", "Write down a talk", parent=self)
        self.plates = Section("tag", "Plates", "Give it another plate", parent=self)
        self.merged = Section("split", "Merged records", parent=self)
        self._charts = [WearChart(self), WearChart(self)]
        charts = QHBoxLayout()
        charts.setContentsMargins(0, 2, 0, 2)
        charts.setSpacing(12)
        for chart in self._charts:
            charts.addWidget(chart, 1)
        self.wear.column.insertLayout(1, charts)
        strip = QVBoxLayout()
        strip.setContentsMargins(14, 0, 14, 12)
        strip.addWidget(self.due)
        sides = QHBoxLayout()
        sides.setSpacing(0)
        right = QVBoxLayout()
        right.setSpacing(0)
        for section in (self.policies, self.talks):
            right.addWidget(section)
        right.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.visits)
        left.addStretch(1)
        sides.addLayout(left, 3)
        sides.addLayout(right, 2)
        self.column.addWidget(self.head)
        self.column.addLayout(strip)
        self.column.addWidget(self.people)
        self.column.addWidget(self.offers)
        self.column.addWidget(self.wear)
        self.column.addLayout(sides)
        self.column.addWidget(self.plates)
        self.column.addWidget(self.merged)
        self.column.addStretch(1)
        self._connect()
        self.follow_rows()
        follow_language(self._on_language)

    def _connect(self) -> None:
        self.people.list.opened.connect(self._on_person)
        self.people.list.edit_asked.connect(self._on_tie)
        self.people.list.end_asked.connect(self._on_tie_end)
        self.people.list.add_asked.connect(self._on_add_person)
        self.offers.list.opened.connect(self._on_offer)
        self.visits.list.opened.connect(self._on_visit)
        for section, add, edit in ((self.policies, "add_policy", "policy"), (self.talks, "talk", "promise"), (self.plates, "plate", "plate_row")):
            section.setProperty("adds", add)
            section.setProperty("edits", edit)
            section.list.add_asked.connect(self._on_add)
            section.list.opened.connect(self._on_row)
            section.list.edit_asked.connect(self._on_row)
        self.merged.list.opened.connect(self._on_merge)

    @property
    def sheet(self) -> VehicleSheet | None:
        """What shows."""
        return self._sheet

    def show_sheet(self, sheet: VehicleSheet) -> None:
        """Show a vehicle; the place in the file stays where it is the same one."""
        same = self._sheet is not None and self._sheet.car.vehicle_id == sheet.car.vehicle_id
        self._sheet = sheet
        if not same:
            self._as_table = False
            self.to_top()
        self._fill()

    def set_table(self, on: bool | None = None) -> None:
        """Show the wear as rows instead of charts, or the other way round."""
        self._as_table = not self._as_table if on is None else on
        if self._sheet is not None:
            self._fill_wear(self._sheet)

    def _fill(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        self.head.show_sheet(sheet)
        self._fill_due(sheet)
        self._fill_people(sheet)
        total = sum(row.price for row in sheet.recommendations)
        self.offers.set_title("Open recommendations {count}", count=len(sheet.recommendations))
        self.offers.set_right(tr("together {amount}", amount=formats().money(total)) if total else "")
        self.offers.list.set_lines([_offer_line(row) for row in sheet.recommendations])
        self.offers.set_empty("")
        self._fill_wear(sheet)
        self.visits.set_title("Visits {count}", count=sheet.car.visit_count)
        self.visits.set_right(tr("three years {amount}", amount=formats().money(sheet.car.three_years_amount)) if sheet.car.three_years_amount else "")
        self.visits.list.set_lines([_visit_line(row) for row in sheet.visits[:_VISITS]])
        self.visits.set_empty("Never here yet")
        self.policies.list.set_lines([
            Line(
                (Part(joined(named(row.insurer_names), tr("compulsory" if row.kind.value == "compulsory" else "commercial", "policy"))),),
                (Part(formats().day(row.until_on), _ending_tone(row.days), bold=True),),
                ("policy", row.policy_id),
            )
            for row in sheet.policies
        ] + _inspection_lines(sheet))  # fmt: skip
        self.policies.set_empty("No policy is known")
        today = sheet.today
        self.talks.list.set_lines([
            *[promise_line(row) for row in sheet.promises],
            *[contact_line(row, today) for row in sheet.contacts[:8]],
            *[voucher_line(row) for row in sheet.vouchers],
        ])  # fmt: skip
        self.talks.set_empty("Nothing was talked about yet")
        self._fill_plates(sheet)
        self.merged.list.set_lines([merge_line(row) for row in sheet.merges])
        self.merged.set_empty("")

    def _fill_due(self, sheet: VehicleSheet) -> None:
        first = sheet.main_due
        self.due.setVisible(first is not None)
        if first is None:
            return
        words, tone = days_words(first.days, first.due_on, first.state)
        sem = {"bad": "bad", "warn": "warn"}.get(tone, "info")
        self.due.set_sem(sem)
        what = joined(due_name(first), formats().km(first.due_km) if first.due_km else "")
        self.due.set_words(f"{what}　{words}", tr("(due {day})", day=formats().day(first.due_on)) if first.days < 31 else "", _basis(first, sheet))

    def _fill_people(self, sheet: VehicleSheet) -> None:
        last = formats().local(sheet.car.last_visit_at).date() if sheet.car.last_visit_at is not None else None
        owner = sheet.owner
        consent = "" if owner is None else tr("may be called") if owner.consent_to_call else tr("doesn't want to be called")
        self.people.set_right(joined(absence_words(last, sheet.today), consent))
        self.people.list.set_lines([_person_line(tie) for tie in sheet.ties])
        self.people.set_empty("Nobody is known who owns it")

    def _fill_wear(self, sheet: VehicleSheet) -> None:
        self.wear.setVisible(bool(sheet.wear))
        table_words = tr("Ctrl+T charts") if self._as_table else tr("Ctrl+T table")
        self.wear.set_right(joined(sureness_words(sheet.wear), table_words))
        shown = () if self._as_table else sheet.wear[:2]
        for place, chart in enumerate(self._charts):
            chart.show_line(shown[place] if place < len(shown) else None, sheet.today, sheet.expected_km)
        self.wear.list.set_lines(table_lines(sheet.wear, sheet.today) if self._as_table else [])

    def _fill_plates(self, sheet: VehicleSheet) -> None:
        rows = sheet.plates
        self.plates.list.set_lines([
            Line((Part(row.plate, plate=row.colour), Part(span_words(row.since, row.until), "text2" if row.until is None else "text3", size="small")),
                 value=("plate_row", row.plate_id))
            for row in rows
        ])  # fmt: skip
        self.plates.setVisible(len(rows) > 1)

    def _on_basis(self) -> None:
        self.asked.emit("basis", None)

    def _on_person(self, value: object) -> None:
        tie = self._tie(value)
        if tie is not None:
            self.asked.emit("open_customer", tie.customer_id)

    def _on_tie(self, value: object) -> None:
        tie = self._tie(value)
        if tie is not None:
            self.asked.emit("edit_customer", tie.customer_id)

    def _on_tie_end(self, value: object) -> None:
        tie = self._tie(value)
        if tie is not None:
            self.asked.emit("tie", tie)

    def _on_add_person(self) -> None:
        self.asked.emit("person", None)

    def _on_offer(self, _value: object) -> None:
        self.asked.emit("offers", None)

    def _on_visit(self, value: object) -> None:
        self.asked.emit("open_order", value)

    def _on_add(self) -> None:
        section = self.sender().parent()
        assert isinstance(section, QWidget)
        self.asked.emit(str(section.property("adds")), None)

    def _on_row(self, value: object) -> None:
        if isinstance(value, tuple):
            self.asked.emit(str(value[0]), value[1])

    def _on_merge(self, value: object) -> None:
        self.asked.emit("unmerge", value)

    def _tie(self, value: object) -> TieRow | None:
        return next((tie for tie in self._sheet.ties if tie.ownership_id == value), None) if self._sheet is not None else None

    def _on_language(self, _language: str) -> None:
        self._fill()


class _Head(QWidget):
    """Plate, what the car is, its VIN and about how far it has gone, and its state."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chip = PlateChip(parent=self)
        self.model = ElidedLabel("", "section", bold=True, parent=self)
        self.more = ElidedLabel("", "table", "text2", parent=self)
        self.second = ElidedLabel("", "small", "text2", parent=self)
        self.pill = Pill(parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 12, 14, 10)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(0)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.model)
        first.addWidget(self.more, 1)
        words.addLayout(first)
        words.addWidget(self.second)
        row.addWidget(self.chip)
        row.addLayout(words, 1)
        row.addWidget(self.pill)

    def show_sheet(self, sheet: VehicleSheet) -> None:
        """Show whose car this is."""
        car = sheet.car
        self.chip.setVisible(bool(car.plate))
        self.chip.set_plate(car.plate, car.plate_colour)
        self.model.setText(model_words(car.maker, car.model, car.model_year))
        self.more.setText(
            joined(car.colour, power_train_words(car.power_train), tr("bought here") if car.bought_here else "", tr("severe use") if car.severe_use else "")
        )
        distance = tr("about {distance}", distance=formats().km(sheet.expected_km)) if sheet.expected_km is not None else ""
        self.second.setText(joined(f"VIN {car.vin}" if car.vin else tr("VIN not known"), distance))
        self.pill.show_words(*state_words(sheet.state))
        self.setAccessibleName(joined(plate_words(car.plate, car.vin), self.model.text(), self.pill.accessibleName()))


def _basis(item: DueItem, sheet: VehicleSheet) -> str:
    """What the due was worked out from: the last time, the daily distance, the rule and which of its two came first."""
    every = joined(
        tr("every {distance}", distance=formats().km(item.every_km)) if item.every_km else "",
        tr("every {count} months", count=item.every_months) if item.every_months else "",
    )
    last = tr("last {day}", day=formats().day(item.last_done_on))
    if item.last_done_km:
        last = tr("last {day} at {distance}", day=formats().day(item.last_done_on), distance=formats().km(item.last_done_km))
    daily = decimal(round(sheet.car.daily.metres, -2), 1000)
    distance = tr("{count} km a day (usual figure)", count=daily) if sheet.car.daily.is_usual else tr("{count} km a day", count=daily)
    first = tr("kilometres come first") if item.rule == "kilometres" else tr("the date comes first")
    return joined(last, every, distance if item.every_km else "", first)


basis_words = _basis


def _inspection_lines(sheet: VehicleSheet) -> list[Line]:
    ends = sheet.car.inspection_ends_on
    if ends is None:
        return []
    return [Line((Part(tr("Inspection ends")),), (Part(formats().day(ends), _ending_tone((ends - sheet.today).days), bold=True),), ("edit", None))]


def _ending_tone(days: int) -> str:
    return "bad" if days < 0 else "warn" if days <= 30 else "text"


def _person_line(tie: TieRow) -> Line:
    former = tie.until is not None
    role = tr("former owner", "role of a customer") if former and tie.role is OwnershipRole.OWNER else tr(ROLES[tie.role], "role of a customer")
    name = tr("(erased)") if tie.erased else person_words(tie.name, tie.title)
    phones = "" if former or not tie.phones else phone_words(tie.phones[0])
    right = phones or ("" if former else tr("no phone"))
    tone = "text2" if phones or former else "warn"
    return Line(
        (
            Part(role, "text2", width=64),
            Part(name, "text2" if former else "text", bold=not former),
            Part(span_words(tie.since, tie.until), "text3", size="small"),
        ),
        (Part(right, tone),) if right else (),
        tie.ownership_id,
    )


def _offer_line(row: OpenRecommendation) -> Line:
    sem, icon = {"postponed": ("warn", "rotate-ccw"), "declined": ("grey", "x")}.get(row.state, ("info", "lightbulb"))
    place = tr(PLACES[row.place], "wheel") if row.place in PLACES else ""
    parts = []
    if row.value is not None:
        parts.append(tr("{day} measured {value}", day=formats().day(row.found_at), value=f"{decimal(row.value, 1000)} {UNITS.get(row.unit, '')}".strip()))
    if row.postponed_until is not None:
        parts.append(tr("until {day}", day=formats().day(row.postponed_until)))
    if row.postponed_until_km is not None:
        parts.append(tr("until {distance}", distance=formats().km(row.postponed_until_km)))
    if row.reason:
        parts.append(tr("reason {reason}", reason=tr(REASONS[row.reason], "why declined") if row.reason in REASONS else row.reason))
    if not parts and row.words:
        parts.append(row.words)
    state = Part(record_word("recommendation_state", row.state), sem=sem, icon=icon)
    safety = (Part(tr("safety", "recommendation"), sem="bad", icon="triangle-alert"),) if row.is_safety else ()
    return Line(
        (state, *safety, Part(joined(named(row.names), place), bold=True), Part(joined(*parts), "text2", size="small")),
        (Part(formats().money(row.price), bold=True),) if row.price else (),
        row.recommendation_id,
    )


def _visit_line(row: VisitRow) -> Line:
    names = tr(", ", "list").join(named(names) for names in row.package_names)
    day = Part(formats().day(row.checked_in_at), "text2")
    if row.state == "cancelled":
        return Line((day, Part(joined(row.number, state_word("order_state", "cancelled")), "text3")), (), row.order_id)
    return Line((day, Part(f"{row.odometer_km:,}"), Part(names or row.number, size="table")), (Part(formats().amount(row.amount)),), row.order_id)
