"""The check-in room (接車): the empty desk, and the form of one car laid out for the width of the window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedLayout, QWidget

from db.rules.errors import Environment
from desktop_app.faults import said
from desktop_app.i18n import current_language, tr
from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import follow_language, say
from desktop_app.rooms.check_in.desk_page import DeskPage
from desktop_app.rooms.check_in.draft_keeper import DraftKeeper
from desktop_app.rooms.check_in.form import DRAFT_FORM, CheckInForm, NewCar

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from db.queries.alerts import Alert
    from db.queries.check_in import AppointmentRow, CarSheet
    from desktop_app.room import RoomContext
    from desktop_app.rooms.check_in.alerts_card import AlertsCard
    from desktop_app.rooms.check_in.car_card import CarCard
    from desktop_app.rooms.check_in.condition_card import ConditionCard
    from desktop_app.rooms.check_in.form_page import FormPage
    from desktop_app.rooms.check_in.lines_card import LinesCard
    from desktop_app.rooms.check_in.missing_strip import MissingStrip
    from desktop_app.rooms.check_in.promise_card import PromiseCard
    from desktop_app.rooms.check_in.signature_card import SignatureCard
    from desktop_app.rooms.check_in.top_strip import TopStrip
    from desktop_app.rooms.check_in.walk_card import WalkCard
    from desktop_app.rooms.check_in.words_card import WordsCard
    from desktop_app.widgets.action_bar import ActionBar

PREPARE_MS = 1500
PART_MS = 20
_CONCERNED = frozenset({"work_order", "appointment", "vehicle", "customer", "promise", "recommendation"})


class View(QWidget):
    """Desk and form. The form is a draft from the first key on; F8 makes it an order."""

    def __init__(self, context: RoomContext) -> None:
        super().__init__()
        self._context = context
        self._form = CheckInForm()
        self._sheet: CarSheet | None = None
        self._began: dt.datetime | None = None
        self._saving = False
        self._unkept = False
        """Whether it was said that a draft can't be kept just now."""
        self._insurers: dict[str, str] = {}
        self._undone: dict[int, dict[str, Any]] = {}
        """The form of each order of this session that can still be undone."""
        self._keeper = DraftKeeper(context, DRAFT_FORM, self._contents, self)
        self._keeper.kept.connect(self._on_kept)
        self._keeper.failed.connect(self._on_not_kept)
        self.desk = DeskPage(context, self)
        self.desk.vehicle_chosen.connect(self.take_vehicle)
        self.desk.appointment_chosen.connect(self._on_appointment)
        self.desk.new_wanted.connect(self._on_new)
        self.desk.draft_chosen.connect(self._on_draft)
        self.desk.draft_dropped.connect(self._keeper.drop)
        self._ticker = QTimer(self)
        self._ticker.setInterval(1000)
        self._ticker.timeout.connect(self._tick)
        self._page: FormPage | None = None
        self._half_page: FormPage | None = None
        self._lists: tuple[list[Any], list[Any], list[Any]] | None = None
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.desk)
        self._load_lists()
        QTimer.singleShot(PREPARE_MS, self, self._prepare)
        follow_language(self._on_language)

    @property
    def page(self) -> FormPage:
        """The form's page, made while nobody asks for it, at the latest with the first car: the empty desk stands sooner without it."""
        if self._page is None:
            page = self._begun_page()
            page.finish()
            self._page = page
            self._stack.addWidget(page)
            self._connect_cards(page)
            page.fit(self.width())
            if self._lists is not None:
                self._show_lists(page, self._lists)
        return self._page

    def _begun_page(self) -> FormPage:
        if self._half_page is None:
            from desktop_app.rooms.check_in.form_page import FormPage

            self._half_page = FormPage(self._context, self)
        return self._half_page

    def _prepare(self) -> None:
        """Make one part of the form's page in this turn of the event loop, and the next in one of the next."""
        if self._page is None:
            if self._begun_page().make_next():
                QTimer.singleShot(PART_MS, self, self._prepare)
            else:
                assert self.page is not None

    @property
    def car(self) -> CarCard:
        """Car and people."""
        return self.page.car

    @property
    def alerts(self) -> AlertsCard:
        """What must be looked at first."""
        return self.page.alerts

    @property
    def condition(self) -> ConditionCard:
        """Mileage, fuel or charge, things in the car."""
        return self.page.condition

    @property
    def words(self) -> WordsCard:
        """What the customer said."""
        return self.page.words

    @property
    def lines(self) -> LinesCard:
        """Items and estimate."""
        return self.page.lines

    @property
    def walk(self) -> WalkCard:
        """The walk-around."""
        return self.page.walk

    @property
    def promise(self) -> PromiseCard:
        """When the car is promised."""
        return self.page.promise

    @property
    def signature(self) -> SignatureCard:
        """The customer's signature."""
        return self.page.signature

    @property
    def strip(self) -> TopStrip:
        """Car and alerts in one line, in a narrow window."""
        return self.page.strip

    @property
    def missing(self) -> MissingStrip:
        """What the order still lacks."""
        return self.page.missing

    @property
    def bar(self) -> ActionBar:
        """The bar at the foot."""
        return self.page.bar

    def _connect_cards(self, page: FormPage) -> None:
        for card in page.edited_cards():
            card.edited.connect(self._on_edited)
        page.lines.edited.connect(page.promise.propose)
        page.words.proposed.connect(page.lines.propose)
        page.alerts.acted.connect(self._on_alert)
        page.alerts.all_handled.connect(self._focus_mileage)
        page.car.change_person.connect(self._on_change_person)
        page.car.open_file.connect(self._on_open_file)
        page.strip.open_wanted.connect(self.show_alerts)
        page.missing.wanted.connect(self._go_to)
        page.park.clicked.connect(self.back_out)
        page.paper.clicked.connect(self.print_paper)
        page.save.clicked.connect(self.main_act)

    # What the frame asks of the room

    def shown(self) -> None:
        """The room came to the front."""
        if not self.in_form:
            self.desk.reload()
            self.desk.finder.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self, subjects: Collection[str] | None) -> None:
        """Records changed, here or at another PC."""
        if subjects is None or _CONCERNED & set(subjects):
            self.desk.reload()

    @property
    def in_form(self) -> bool:
        """Whether a form is open."""
        return self._page is not None and self._stack.currentWidget() is self._page

    def context_words(self) -> str:
        """Beside the room's title."""
        now = formats().local(self._context.clock())
        who = tr("returning car") if self._sheet is not None else tr("new car")
        day = f"{formats().day(now)} {formats().weekday(now)} {now:%H:%M}"
        return f"{who} · {day}" if self.in_form else day

    def kept_words(self) -> str:
        """What is safe of the form, for the report of a fault."""
        return tr("The check-in form is kept as a draft.") if self.in_form else ""

    def new_record(self) -> None:
        """Ctrl+N: a car that is not known yet."""
        self._on_new("")

    def new_check_in(self, **start: Any) -> None:
        """Begin a check-in with what another room knows already, or (`book`) make an appointment of it."""
        if start.get("book"):
            self.desk.new_appointment(start.get("vehicle_id"), start.get("customer_id"), str(start.get("text") or ""))
            return
        if self.in_form:
            self._put_aside()
        if start.get("order_id") is not None:
            self._bring_back(int(start["order_id"]))
        elif start.get("vehicle_id") is not None:
            self.take_vehicle(int(start["vehicle_id"]))
        else:
            self._show_desk()
            if start.get("text"):
                self.desk.finder.setText(str(start["text"]))

    def take_scan(self, kind: str, code: str) -> bool:
        """A VIN is a car; a part's number goes onto the open form."""
        if kind == "vin":
            if self.in_form:
                return False
            self.desk.finder.setText(code)
            self.desk.finder.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if kind == "part" and self.in_form:
            self._on_found_part(code)
            return True
        return False

    def filter_focus(self) -> None:
        """Ctrl+F: the search of the desk, or the items' finder."""
        (self.lines.finder if self.in_form else self.desk.finder).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def next_section(self, step: int) -> None:
        """F6 and Shift+F6."""
        if not self.in_form:
            return
        self.page.step(step)

    def act(self, key: str) -> None:
        """One of the room's verbs."""
        if not self.in_form:
            if key == "check_in.appointment":
                self.desk.new_appointment()
            return
        match key:
            case "check_in.promise":
                self.promise.when.setFocus(Qt.FocusReason.ShortcutFocusReason)
            case "check_in.alerts":
                self.show_alerts()
            case "check_in.person":
                self._on_change_person()
            case "check_in.on_paper":
                self.signature.on_paper.toggle()
            case "check_in.reference":
                self.lines.show_reference()
            case "check_in.enlarge":
                self.walk.enlarge()
            case "check_in.appointment":
                self.desk.new_appointment()
            case _ if key.startswith("check_in.section"):
                self.page.stops()[int(key[-1]) - 1].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def back_out(self) -> bool:
        """Esc: close the drawer, else put the form aside as a draft; nothing is lost."""
        if self._page is not None and self._page.host.is_open:
            self._page.host.close_panel()
            return True
        if self.in_form:
            self._put_aside()
            return True
        return False

    def main_act(self) -> None:
        """F8: open the order, or say all that is missing at once."""
        if not self.in_form or self._saving:
            return
        lacks = self._lacks()
        self.missing.show_missing(lacks)
        if lacks:
            self._go_to(lacks[0])
            return
        self._saving = True
        self.page.save.set_busy(True)
        self.bar.say_status("save", "text3", "saving …")
        command = self._form.command(self.condition.odometer_km, self._context.device)
        form = self._form
        self._keeper.forget()
        self._context.perform(command, lambda result: self._on_saved(form, result), self._on_refused, owner=self)

    def print_paper(self) -> None:
        """F9: the check-in sheet can be printed once the order stands; before that F8 makes it and prints."""
        self.main_act()

    def undo(self) -> None:
        """Ctrl+Z right after saving takes the last check-in back."""
        if self._undone and not self.in_form:
            self._ask_undo(next(reversed(self._undone)))

    # Taking a car

    def take_vehicle(self, vehicle_id: int, appointment: AppointmentRow | None = None) -> None:
        """Begin a form for a known car."""
        form = CheckInForm(vehicle_id=vehicle_id, began_at=self._context.clock().isoformat())
        if appointment is not None:
            form.appointment_id = appointment.appointment_id
            form.words = appointment.reason
        self._fetch_sheet(form, appointment.package_codes if appointment is not None else ())

    def _fetch_sheet(self, form: CheckInForm, package_codes: Collection[str] = ()) -> None:
        engine, now, vehicle_id = self._context.engine, self._context.clock(), form.vehicle_id
        assert vehicle_id is not None

        def work() -> tuple[CarSheet, dict[str, dict[str, str]], list[Any]]:
            from db.engine import reading
            from db.queries import catalogue
            from db.queries.check_in import car_sheet
            from db.queries.insurers import insurer_names

            with reading(engine) as session:
                lines: list[Any] = []
                for place, code in enumerate(package_codes):
                    lines += catalogue.lines_of(session, "package", code, package_group=place + 1)
                return car_sheet(session, vehicle_id, now), insurer_names(session), lines

        self._context.runner.submit(self, work, lambda answer: self._on_sheet(form, *answer))

    def _on_sheet(self, form: CheckInForm, sheet: CarSheet, insurers: dict[str, dict[str, str]], lines: list[Any]) -> None:
        self._all_insurers = insurers
        self._insurers = {code: names[current_language()] for code, names in insurers.items()}
        form.lines = [*form.lines, *lines]
        if form.customer_id is None and sheet.car.owner is not None:
            form.customer_id = sheet.car.owner.customer_id
        if sheet.appointment is not None and form.appointment_id is None:
            form.appointment_id = sheet.appointment.appointment_id
            if not form.words:
                form.words = sheet.appointment.reason
            if not form.lines and sheet.appointment.package_codes:
                self._fetch_sheet(form, sheet.appointment.package_codes)
                return
        self._open(form, sheet)

    def _open(self, form: CheckInForm, sheet: CarSheet | None) -> None:
        self._form, self._sheet = form, sheet
        now = self._context.clock()
        power_train = sheet.car.power_train if sheet else form.new_car.power_train if form.new_car else "petrol"
        body = sheet.car.body if sheet else form.new_car.body if form.new_car else "sedan"
        self.car.show_car(sheet.car if sheet else None, form)
        self.alerts.load(form, sheet, now, self._insurers)
        self.condition.load(form, sheet, power_train, now)
        self.words.load(form)
        self.lines.load(form, power_train)
        self.walk.load(form, sheet.known_marks if sheet else (), body)
        self.promise.load(form)
        self.signature.load(form)
        self.missing.show_missing([])
        self._began = self._context.clock()
        self._ticker.start()
        self._tick()
        self._show_strip()
        self._stack.setCurrentWidget(self.page)
        self.bar.say_status("save", "text3", "nothing changed yet")
        self._context.navigator.title_changed()
        self._focus_mileage()
        if form.new_car is not None:
            self._on_edited()

    def _focus_mileage(self) -> None:
        self.condition.mileage.setFocus(Qt.FocusReason.TabFocusReason)
        self.condition.mileage.selectAll()

    def _on_appointment(self, row: AppointmentRow) -> None:
        if row.vehicle_id is not None:
            self.take_vehicle(row.vehicle_id, row)
            return
        form = CheckInForm(appointment_id=row.appointment_id, words=row.reason, began_at=self._context.clock().isoformat())
        self._ask_new(form, NewCar(plate=row.plate, name=row.name, phone=row.phone, language=current_language()), "", row.package_codes)

    def _on_new(self, typed: str) -> None:
        if self.in_form:
            self._put_aside()
        self._ask_new(CheckInForm(began_at=self._context.clock().isoformat()), NewCar(language=current_language()), typed)

    def _ask_new(self, form: CheckInForm, new: NewCar, typed: str, package_codes: Collection[str] = ()) -> None:
        from desktop_app.rooms.check_in.new_car_dialog import NewCarDialog

        dialog = NewCarDialog(self._context, new, typed, self.window())
        dialog.made.connect(lambda made: self._on_made(form, made, package_codes))
        dialog.known.connect(self.take_vehicle)
        dialog.open()

    def _on_made(self, form: CheckInForm, new: NewCar, package_codes: Collection[str]) -> None:
        form.new_car = new
        if not package_codes:
            self._open(form, self._sheet if form.vehicle_id is not None else None)
            return
        engine = self._context.engine

        def work() -> list[Any]:
            from db.engine import reading
            from db.queries import catalogue

            with reading(engine) as session:
                return [line for place, code in enumerate(package_codes) for line in catalogue.lines_of(session, "package", code, package_group=place + 1)]

        def on_lines(lines: list[Any]) -> None:
            form.lines = lines
            self._open(form, None)

        self._context.runner.submit(self, work, on_lines)

    def _on_change_person(self) -> None:
        from desktop_app.rooms.check_in.new_car_dialog import NewCarDialog

        form = self._form
        new = form.new_car or NewCar(language=current_language())
        dialog = NewCarDialog(self._context, new, "", self.window(), person_only=form.vehicle_id is not None)
        dialog.made.connect(lambda made: self._on_person(form, made))
        dialog.open()

    def _on_person(self, form: CheckInForm, made: NewCar) -> None:
        if form.vehicle_id is None:
            form.new_car = made
        else:
            form.sender_name, form.contact_phone = made.name, made.phone
        self.car.show_car(self._sheet.car if self._sheet else None, form)
        self._show_strip()
        self._on_edited()

    def _on_open_file(self) -> None:
        if self._form.vehicle_id is not None:
            self._keeper.keep_now()
            self._context.navigator.open_vehicle(self._form.vehicle_id)

    def _on_found_part(self, code: str) -> None:
        self.lines.finder.setText(code)
        self.lines.finder.setFocus(Qt.FocusReason.OtherFocusReason)

    # Alerts

    def show_alerts(self) -> None:
        """Alt+A: in a narrow window the drawer with car and alerts, else the focus onto the first."""
        if not self.page.is_wide:
            self.page.host.open_panel()
        self.alerts.focus_first()

    def _on_alert(self, alert: Alert, act: str) -> None:
        from desktop_app.rooms.check_in.reason_dialogs import DeclineDialog, PostponeDialog

        if act == "rows" or (not act and not alert.offers and alert.kind in ("open_order", "owes", "claim")):
            self._open_rows(alert)
            self.alerts.mark(alert, "opened")
        elif act == "postponed":
            postpone = PostponeDialog(self._context, self.window())
            postpone.answered.connect(lambda until, km: self._postpone(alert, until, km))
            postpone.open()
        elif act == "declined":
            decline = DeclineDialog(self._context, self.window())
            decline.reason_chosen.connect(lambda reason: self._decline(alert, reason))
            decline.open()
        elif alert.offers and not act:
            for offer in alert.offers:
                if offer.recommendation_id is not None or not self.lines.has(offer.code):
                    self.lines.add_offer(offer)
            self.alerts.mark(alert, "added")
        elif alert.kind == "recent_visit" and not act:
            self._form.comeback_of_id = alert.rows[0][1]
            self.alerts.mark(alert, "comeback")
        elif alert.kind == "voucher" and not act:
            self._form.voucher_ids.append(alert.rows[0][1])
            self.alerts.mark(alert, "used")
        elif alert.kind == "nobody_to_reach" and not act:
            self._on_change_person()
            self.alerts.mark(alert, "noted")
        else:
            self.alerts.mark(alert, "noted")
        self._show_strip()
        self._on_edited()

    def _postpone(self, alert: Alert, until: dt.date | None, kilometres: int | None) -> None:
        self._form.postponed.append([alert.rows[0][1], until.isoformat() if until else None, kilometres])
        self.alerts.mark(alert, "postponed")
        self._on_edited()

    def _decline(self, alert: Alert, reason: str) -> None:
        self._form.declined.append([alert.rows[0][1], reason])
        self.alerts.mark(alert, "declined")
        self._on_edited()

    def _open_rows(self, alert: Alert) -> None:
        subject, key = alert.rows[0]
        self._keeper.keep_now()
        navigator = self._context.navigator
        if subject == "order":
            navigator.open_order(key)
        elif subject == "claim":
            navigator.open_claim(key)
        elif subject == "settlement" and self._form.customer_id is not None:
            navigator.open_customer(self._form.customer_id)
        elif self._form.vehicle_id is not None:
            navigator.open_vehicle(self._form.vehicle_id)

    # Drafts

    def _contents(self) -> tuple[str, str, dict[str, Any]] | None:
        if not self.in_form or self._form.is_blank:
            return None
        return self._form.key, self._title(), self._form.to_draft()

    def _title(self) -> str:
        if self._sheet is not None:
            return self._sheet.car.plate or self._sheet.car.vin
        return (self._form.new_car.plate or self._form.new_car.vin) if self._form.new_car else ""

    def _on_edited(self) -> None:
        if self.in_form and not self._saving:
            self._keeper.touch()
            if self.missing.isVisible():
                self.missing.show_missing(self._lacks())

    def _on_kept(self, at: dt.datetime) -> None:
        self._unkept = False
        if self.in_form:
            self.bar.say_status("save", "ok", "draft saved {time}", time=formats().clock(at))
        else:
            self.desk.reload()

    def _on_not_kept(self, fault: object) -> None:
        if self._page is not None:
            self.bar.say_status("wifi-off", "bad", "draft not saved, trying again")
        if not isinstance(fault, Environment):
            self._context.runner.failed.emit(fault)
        elif not self._unkept:
            self._unkept = True
            self._context.navigator.toast(said(fault), kind="bad")

    def _put_aside(self) -> None:
        self._keeper.keep_now()
        if not self._form.is_blank:
            self._context.navigator.toast(tr("{car} put aside; it stands on the desk", car=self._title()), kind="info")
        self._show_desk()

    def _show_desk(self) -> None:
        self._ticker.stop()
        if self._page is not None:
            self._page.host.close_panel()
        self._form, self._sheet = CheckInForm(), None
        self._stack.setCurrentWidget(self.desk)
        self.desk.reload()
        self.desk.finder.setFocus(Qt.FocusReason.OtherFocusReason)
        self._context.navigator.title_changed()

    def _on_draft(self, body: dict[str, Any]) -> None:
        form = CheckInForm.from_draft(body)
        if form.vehicle_id is not None:
            self._fetch_sheet(form)
        else:
            self._open(form, None)

    # Saving and undoing

    def _lacks(self) -> list[str]:
        command = self._form.command(self.condition.odometer_km, self._context.device)
        reachable = bool(self._form.contact_phone or (self._form.new_car and (self._form.new_car.phone or self._form.new_car.customer_id)))
        if self._sheet is not None:
            reachable = reachable or any(person.phones for person in self._sheet.car.people if person.until is None)
        lacks = list(command.missing(reachable))
        if self.condition.is_doubted():
            lacks.append("mileage_reason")
        if self.promise.when.fault is not None and "promised_time" not in lacks:
            lacks.append("promised_time")
        return lacks

    def _go_to(self, code: str) -> None:
        stops: dict[str, QWidget] = {
            "mileage": self.condition.mileage,
            "mileage_reason": self.condition.reason,
            "promised_time": self.promise.when,
            "signature": self.signature.on_paper,
        }
        if code == "someone_to_reach":
            self._on_change_person()
        elif code in stops:
            stops[code].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_saved(self, form: CheckInForm, result: dict[str, Any]) -> None:
        from desktop_app.rooms.check_in.papers import print_after_check_in

        self._saving = False
        self.page.save.set_busy(False)
        order_id = int(result["order_id"])
        self._undone = {order_id: replace(form, vehicle_id=result["vehicle_id"], customer_id=result["customer_id"]).to_draft()}
        self._show_desk()
        self._context.navigator.toast(
            tr("{number} is open", number=result["number"]),
            undo=lambda: self._ask_undo(order_id),
            act=(tr("Open"), lambda: self._context.navigator.open_order(order_id)),
        )
        print_after_check_in(self._context, self, result["number"], lambda: self._ask_undo(order_id))

    def _on_refused(self, refusal: Any) -> None:
        self._saving = False
        self.page.save.set_busy(False)
        self._keeper.touch()
        self.bar.say_status("circle-alert", "bad", "not opened")
        if refusal.code == "check_in_incomplete":
            self.missing.show_missing(list(refusal.facts["missing"]))
            self._go_to(refusal.facts["missing"][0])
        elif refusal.code in ("promised_in_past", "promised_when_closed"):
            self.promise.when.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif refusal.code.startswith("odometer"):
            self._focus_mileage()
        self._context.navigator.toast(said(refusal), kind="bad")

    def _ask_undo(self, order_id: int) -> None:
        from db.commands.check_in import UndoCheckIn

        self._context.perform(UndoCheckIn(order_id), lambda result: self._on_undone(order_id, result), owner=self)

    def _on_undone(self, order_id: int, result: dict[str, Any]) -> None:
        self._context.navigator.toast(tr("{number} taken back; its papers are void", number=result["number"]), kind="info")
        self._bring_back(order_id)

    def _bring_back(self, order_id: int) -> None:
        body = self._undone.pop(order_id, None)
        if body is not None:
            self._context.navigator.show_room("check_in")
            self._on_draft({**body, "key": CheckInForm().key, "promised_at": body["promised_at"]})

    # Laying out

    def _load_lists(self) -> None:
        engine = self._context.engine

        def work() -> tuple[list[Any], list[Any], list[Any]]:
            from db.engine import reading
            from db.queries import catalogue

            with reading(engine) as session:
                return catalogue.entries(session, "belonging"), catalogue.entries(session, "complaint_chip"), catalogue.entries(session, "damage_kind")

        self._context.runner.submit(self, work, self._on_lists)

    def _on_lists(self, lists: tuple[list[Any], list[Any], list[Any]]) -> None:
        self._lists = lists
        if self._page is not None:
            self._show_lists(self._page, lists)

    @staticmethod
    def _show_lists(page: FormPage, lists: tuple[list[Any], list[Any], list[Any]]) -> None:
        belongings, chips, damages = lists
        page.condition.set_belongings(belongings)
        page.words.set_entries(chips)
        page.walk.set_kinds(damages)

    def _show_strip(self) -> None:
        self.strip.show_car(
            self._sheet.car if self._sheet else None, self._form, self.alerts.open_alerts, self.alerts.handled_count, self._context.clock(), self._insurers
        )

    def _tick(self) -> None:
        seconds = int((self._context.clock() - self._began).total_seconds()) if self._began else 0
        say(self.page.clock.setText, "this check-in {time}", time=f"{seconds // 60:02d}:{seconds % 60:02d}")

    def _on_language(self, language: str) -> None:
        self._insurers = {code: names[language] for code, names in getattr(self, "_all_insurers", {}).items()}
        if self._page is not None:
            self.alerts.load(self._form, self._sheet, self._context.clock(), self._insurers)
            self._show_strip()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._page is not None:
            self._page.fit(self.width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.main_act()
            return
        super().keyPressEvent(event)
