"""The empty room: the one field that finds any car, forms put aside, and who is expected today."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.rules import phone, plate
from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import follow_language, say
from desktop_app.rooms.check_in.form import DRAFT_FORM
from desktop_app.widgets.alert_strip import AlertStrip
from desktop_app.widgets.buttons import QUIET, SECONDARY, Button
from desktop_app.widgets.card import Card
from desktop_app.widgets.cells import Cell, Plate, State, Words
from desktop_app.widgets.empty_state import EmptyState
from desktop_app.widgets.labels import Label
from desktop_app.widgets.paged_model import Column, PagedModel
from desktop_app.widgets.paged_table import PagedTable
from desktop_app.widgets.result_list import Result
from desktop_app.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from db.queries.check_in import AppointmentRow, Desk
    from desktop_app.room import RoomContext
    from desktop_app.rooms.check_in.draft_keeper import HeldDraft
    from desktop_app.rooms.check_in.last_act import LastAct

_STATES = {
    "booked": ("expected", "info", "calendar-clock"), "checked_in": ("here", "ok", "check"), "not_shown": ("not shown", "warn", "user-x"),
    "cancelled": ("cancelled", "grey", "x"),
}  # fmt: skip


def _tone(row: AppointmentRow, tone: str = "text") -> str:
    """Of what is cancelled all is grey."""
    return "text3" if row.state == "cancelled" else tone


def _time_cell(row: AppointmentRow) -> Cell:
    return Words(formats().time(row.starts_at), bold=row.state != "cancelled", tone=_tone(row))


def _plate_cell(row: AppointmentRow) -> Cell:
    if row.state == "cancelled":
        return Words(plate.display(row.plate), tone=_tone(row))
    return Plate(row.plate, row.plate_colour)


def _who_cell(row: AppointmentRow) -> Cell:
    return Words(row.name or (phone.display(row.phone) if row.phone else tr("name not known")), row.model, tone=_tone(row))


def _reason_cell(row: AppointmentRow) -> Cell:
    return Words(row.reason or "、".join(row.package_codes), tone=_tone(row))


def _advisor_cell(row: AppointmentRow) -> Cell:
    return Words(row.advisor_name, tone=_tone(row, "text2"))


def _state_cell(row: AppointmentRow) -> Cell:
    word, sem, icon = _STATES[row.state]
    return State(tr(word, "appointment"), sem, icon)


_COLUMNS = (
    Column("time", "Time", _time_cell, 70),
    Column("plate", "Plate", _plate_cell, 120),
    Column("who", "Customer", _who_cell, 220),
    Column("reason", "Reason", _reason_cell, 0),
    Column("advisor", "Advisor", _advisor_cell, 100),
    Column("state", "State", _state_cell, 110),
)


_MOST_STRIPS = 3


class DeskPage(QWidget):
    """Signals say what a person chose; the view opens the form."""

    vehicle_chosen = Signal(int)
    appointment_chosen = Signal(object)
    new_wanted = Signal(str)
    draft_chosen = Signal(object)
    draft_dropped = Signal(str)

    def __init__(self, context: RoomContext, last_act: LastAct, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._last_act = context, last_act
        self._day = 0
        self._drafts: list[Any] = []
        self._held: list[HeldDraft] = []
        self._strips: list[AlertStrip] = []
        self._wanted: int | None = None
        """The appointment that is to have the cursor once its day is read."""
        self.finder = SearchBox(context.runner, self._find, icon="scan-barcode", least=1, parent=self)
        self.finder.set_placeholder("Scan, or type plate, phone, name, VIN or order number")
        self.finder.chosen.connect(self._on_chosen)
        self.finder.nothing_chosen.connect(self.new_wanted)
        self._title = Label("", "section", bold=True, parent=self)
        say(self._title.setText, "Scan, or type a plate, to begin")
        self._count = Label("", "table", "text3", parent=self)
        self._new = Button("New customer", SECONDARY, keys="Ctrl N", parent=self)
        self._new.clicked.connect(lambda: self.new_wanted.emit(""))
        top = QVBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._title, 0, Qt.AlignmentFlag.AlignHCenter)
        finder = QHBoxLayout()
        finder.setSpacing(8)
        finder.addWidget(self.finder, 1)
        finder.addWidget(self._new)
        box = QWidget(self)
        box.setMaximumWidth(760)
        box.setLayout(finder)
        finder.setContentsMargins(0, 0, 0, 0)
        top.addWidget(box)
        top.setAlignment(box, Qt.AlignmentFlag.AlignHCenter)
        box.setMinimumWidth(560)
        top.addWidget(self._count, 0, Qt.AlignmentFlag.AlignHCenter)
        self._first_offered = 0
        self.more = Button("", QUIET, icon="history", height="small", parent=self)
        self.more.clicked.connect(self._on_more)
        self.more.hide()
        self._kept = QVBoxLayout()
        self._kept.setSpacing(6)
        self._model = PagedModel(context.runner, _COLUMNS, lambda row: row.appointment_id, self)
        self.table = PagedTable("check_in.appointments", self._model, parent=self)
        self.table.opened.connect(self._on_opened)
        self.table.edit_asked.connect(self._on_edit)
        self._model.loaded.connect(self._on_loaded)
        self.table.set_empty(
            EmptyState("calendar-clock", "Nobody is expected on this day", "Appointments made by phone stand here", "New appointment", "Ctrl B")
        )
        card = Card("Appointments", icon="calendar-clock", padded=False, parent=self)
        card.set_hint("Enter take over · F4 change")
        self._earlier = Button("earlier day", QUIET, icon="chevron-left", height="small", parent=self)
        self._later = Button("later day", QUIET, icon="chevron-right", height="small", parent=self)
        self._earlier.clicked.connect(lambda: self._show_day(self._day - 1))
        self._later.clicked.connect(lambda: self._show_day(self._day + 1))
        add = Button("New appointment", SECONDARY, icon="calendar-plus", keys="Ctrl B", height="small", parent=self)
        add.clicked.connect(self.new_appointment)
        self._card = card
        card.header_right.addWidget(self._earlier)
        card.header_right.addWidget(self._later)
        card.header_right.addWidget(add)
        card.body.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 28, 16, 16)
        column.setSpacing(16)
        column.addLayout(top)
        column.addLayout(self._kept)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(card, 1)
        follow_language(self._on_language)

    def reload(self) -> None:
        """Read the day's cars, appointments and drafts anew."""
        engine, now, device = self._context.engine, self._context.clock(), self._context.device

        def work() -> tuple[Desk, list[Any]]:
            from db.commands.drafts import drafts
            from db.engine import reading
            from db.queries.check_in import desk

            with reading(engine) as session:
                return desk(session, now), drafts(session, DRAFT_FORM, device)

        self._context.runner.submit(self, work, self._on_desk)
        self._show_day(self._day)

    def show_held(self, held: list[HeldDraft]) -> None:
        """Forms put aside that are not on the disk yet: they can be gone on with all the same."""
        self._held = held
        self._first_offered = 0
        self._show_drafts()

    def new_appointment(self, vehicle_id: int | None = None, customer_id: int | None = None, words: str = "") -> None:
        """Ctrl+B, or another room's car or customer."""
        self._open_dialog(None, vehicle_id, customer_id, words)

    def show_appointment(self, appointment_id: int) -> None:
        """Its day, with the cursor on it: Enter takes it over, or opens one that is cancelled, which is said as well."""
        engine, now = self._context.engine, self._context.clock()

        def work() -> tuple[int, AppointmentRow]:
            from db.engine import reading
            from db.queries.check_in import appointment_day

            with reading(engine) as session:
                return appointment_day(session, appointment_id, now)

        self._context.runner.submit(self, work, self._on_appointment)

    def _on_appointment(self, answer: tuple[int, AppointmentRow]) -> None:
        day, row = answer
        if row.state == "cancelled":
            said = tr("Appointment {number} ({day}) was cancelled", number=row.number, day=formats().near(row.starts_at, self._context.clock()))
            self._context.navigator.toast(said, kind="info")
        self._wanted = row.appointment_id
        self._show_day(day)

    def _on_loaded(self) -> None:
        if self._wanted is not None and self.table.select_key(self._wanted):
            self._wanted = None
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_day(self, day: int) -> None:
        self._day = day
        engine, now = self._context.engine, self._context.clock()

        def fetch(after: AppointmentRow | None, _limit: int) -> list[AppointmentRow]:
            from db.engine import reading
            from db.queries.check_in import appointments
            from db.queries.shop import working_calendar

            if after is not None:
                return []
            with reading(engine) as session:
                calendar = working_calendar(session)
                start = calendar.moment(calendar.day_of(now) + dt.timedelta(days=day))
                return appointments(session, start, start + dt.timedelta(days=1), with_cancelled=True)

        self._model.show_query(fetch)
        shown = formats().local(now).date() + dt.timedelta(days=day)
        self._card.set_title("Appointments {day}", day=lambda: formats().near_day(shown, formats().local(now).date()))

    def _on_desk(self, answer: tuple[Desk, list[Any]]) -> None:
        found, self._drafts = answer
        waiting = sum(row.state == "booked" for row in found.appointments)
        say(self._count.setText, "today {cars} cars came in, {expected} appointments still to come", cars=found.cars_today, expected=waiting)
        self._show_drafts()

    def _show_drafts(self) -> None:
        """The forms' strips anew; the focus stays on the form that had it, on the disk or not yet."""
        focused = next((strip.property("form") for strip in self._strips if strip.hasFocus() or strip.isAncestorOf(self.focusWidget() or self)), None)
        for strip in self._strips:
            self._kept.removeWidget(strip)
            strip.hide()
            strip.deleteLater()
        self._strips = []
        now = self._context.clock()
        held = {draft.key for draft in self._held}
        kept = [row for row in self._drafts if row[1] not in held]
        offered = len(self._held) + len(kept)
        if self._first_offered >= offered:
            self._first_offered = 0
        first, end = self._first_offered, self._first_offered + _MOST_STRIPS
        for waiting in self._held[first:end]:
            strip = AlertStrip("warn", "history", button="Continue", parent=self)
            strip.set_words(tr("Not finished: {car}", car=waiting.title), "", tr("not on the disk yet; it is tried again"))
            strip.setProperty("body", waiting.body)
            strip.setProperty("form", waiting.key)
            strip.acted.connect(self._on_continue)
            self._kept.addWidget(strip)
            self._strips.append(strip)
        for draft_id, key, _person, title, body, at in kept[max(first - len(self._held), 0) : max(end - len(self._held), 0)]:
            strip = AlertStrip("info", "history", button="Continue", parent=self)
            strip.set_words(tr("Not finished: {car}", car=title), "", tr("last change {time}, kept on this PC", time=formats().near(at, now)))
            strip.setProperty("body", body)
            strip.setProperty("draft", draft_id)
            strip.setProperty("form", key)
            strip.acted.connect(self._on_continue)
            drop = Button("Throw away", QUIET, height="small", parent=strip)
            drop.setProperty("key", key)
            drop.clicked.connect(self._on_drop)
            strip.right.addWidget(drop)
            self._kept.addWidget(strip)
            self._strips.append(strip)
        for strip in self._strips:
            if strip.property("form") == focused:
                strip.setFocus(Qt.FocusReason.OtherFocusReason)
        say(self.more.setText, "{count} more unfinished", count=offered - len(self._strips))
        self.more.setVisible(offered > len(self._strips))

    def _on_more(self) -> None:
        """The next few forms in the place of those that show; after the last the first again."""
        self._first_offered += _MOST_STRIPS
        self._show_drafts()

    def _on_language(self, _language: str) -> None:
        self._show_drafts()

    def _on_continue(self) -> None:
        strip = self.sender()
        if isinstance(strip, AlertStrip):
            self.draft_chosen.emit(strip.property("body"))

    def _on_drop(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            key = str(button.property("key"))
            self._drafts = [draft for draft in self._drafts if draft[1] != key]
            self._last_act.made()
            self.draft_dropped.emit(key)
            self._show_drafts()

    def _find(self, typed: str) -> list[Result]:
        from db.engine import reading
        from db.queries import search

        with reading(self._context.engine) as session:
            found = search.find(session, typed, 8)
        results = [
            Result(
                ("vehicle", car.vehicle_id), car.owner_name or tr("owner not known"),
                " · ".join(part for part in (car.maker, car.model, str(car.model_year or "")) if part),
                plate=car.plate, plate_colour=car.plate_colour, icon="" if car.plate else "car",
                middle=phone.display(car.owner_phone) if car.owner_phone else car.vin[-6:],
            )
            for car in found.vehicles
        ]  # fmt: skip
        results += [
            Result(("customer", key), name, tr("no car here yet"), icon="users", middle=phone.display(number) if number else "")
            for key, name, number in found.customers_without_vehicle
        ]
        results += [
            Result(("order", order.order_id), order.number, formats().day(order.checked_in_at), plate=order.plate, plate_colour=order.plate_colour)
            for order in found.orders
        ]
        results += [
            Result(paper.shown_as, paper.number, formats().day(paper.at), plate=paper.plate, plate_colour=paper.plate_colour) for paper in found.papers
        ]
        if not results:
            results.append(Result(("new", typed), tr("New: {words}", words=typed), tr("nothing like it is known"), icon="plus", keys="Enter"))
        return results

    def _on_chosen(self, value: Any) -> None:
        kind, key = value
        if kind == "vehicle":
            self.vehicle_chosen.emit(key)
        elif kind == "order":
            self._context.navigator.open_order(key)
        elif kind == "customer":
            self._context.navigator.open_customer(key)
        elif kind == "claim":
            self._context.navigator.open_claim(key)
        elif kind == "appointment":
            self.show_appointment(key)
        else:
            self.new_wanted.emit(str(key))

    def _on_opened(self, row: AppointmentRow) -> None:
        if row.state == "checked_in":
            if row.vehicle_id is not None:
                self._context.navigator.open_vehicle(row.vehicle_id)
        elif row.state == "cancelled":
            self._open_dialog(row)
        else:
            self.appointment_chosen.emit(row)

    def _on_edit(self, row: AppointmentRow, _column: str) -> None:
        if row.state != "checked_in":
            self._open_dialog(row)

    def _open_dialog(self, row: AppointmentRow | None, vehicle_id: int | None = None, customer_id: int | None = None, words: str = "") -> None:
        from desktop_app.rooms.check_in.appointment_dialog import AppointmentDialog
        from desktop_app.rooms.check_in.appointment_notices import AppointmentNotices

        notices = AppointmentNotices(self._context, self._last_act)
        dialog = AppointmentDialog(self._context, notices, row, self.window(), vehicle_id=vehicle_id, customer_id=customer_id, words=words)
        dialog.changed.connect(self.reload)
        dialog.open()
