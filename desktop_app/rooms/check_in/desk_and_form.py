"""What a check-in is: the empty desk, and one car's form, which is a draft from the first key on and becomes an order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedLayout, QWidget

from db.rules import plate
from db.rules.errors import Environment
from desktop_app.faults import said
from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import follow_language, say
from desktop_app.rooms.check_in.car_choice import CarChoice
from desktop_app.rooms.check_in.desk_page import DeskPage
from desktop_app.rooms.check_in.draft_keeper import DraftKeeper
from desktop_app.rooms.check_in.form import DRAFT_FORM, CheckInForm
from desktop_app.rooms.check_in.last_act import LastAct
from desktop_app.rooms.check_in.order_opening import OrderOpening
from desktop_app.rooms.check_in.page_making import PageMaking

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtGui import QResizeEvent

    from db.queries.check_in import CarSheet
    from desktop_app.room import RoomContext
    from desktop_app.rooms.check_in.alert_acts import AlertActs
    from desktop_app.rooms.check_in.alerts_card import AlertsCard
    from desktop_app.rooms.check_in.car_card import CarCard
    from desktop_app.rooms.check_in.condition_card import ConditionCard
    from desktop_app.rooms.check_in.draft_keeper import HeldDraft
    from desktop_app.rooms.check_in.form import NewCar
    from desktop_app.rooms.check_in.form_page import FormPage
    from desktop_app.rooms.check_in.lines_card import LinesCard
    from desktop_app.rooms.check_in.missing_strip import MissingStrip
    from desktop_app.rooms.check_in.promise_card import PromiseCard
    from desktop_app.rooms.check_in.signature_card import SignatureCard
    from desktop_app.rooms.check_in.top_strip import TopStrip
    from desktop_app.rooms.check_in.walk_card import WalkCard
    from desktop_app.rooms.check_in.words_card import WordsCard
    from desktop_app.widgets.action_bar import ActionBar


class DeskAndForm(QWidget):
    """Moves from the desk to a form and back; what keys and the frame around the rooms ask of it is the room's view's."""

    def __init__(self, context: RoomContext) -> None:
        super().__init__()
        self._context = context
        self._form = CheckInForm()
        self._sheet: CarSheet | None = None
        self._began: dt.datetime | None = None
        self._unkept = False
        """Whether it was said that a draft can't be kept just now."""
        self._aside: dict[str, str] = {}
        """Titles by key of forms that were put aside and are not on the disk yet."""
        self._keeper = DraftKeeper(context, DRAFT_FORM, self._contents)
        self._keeper.kept.connect(self._on_kept)
        self._keeper.failed.connect(self._on_not_kept)
        self.choice = CarChoice(context, self)
        self.choice.ready.connect(self._open)
        self.choice.car_changed.connect(self._on_car_changed)
        self.choice.bringer_taken.connect(self._on_bringer)
        self.choice.typed.connect(self._keeper.touch)
        self.choice.left.connect(self._on_left)
        self.last_act = LastAct()
        self.opening = OrderOpening(context, self.last_act, self)
        self.opening.opened.connect(self._on_opened)
        self.opening.refused.connect(self._on_refused)
        self.desk = DeskPage(context, self.last_act, self)
        self.desk.vehicle_chosen.connect(self.choice.take_vehicle)
        self.desk.appointment_chosen.connect(self.choice.take_appointment)
        self.desk.new_wanted.connect(self._take_new)
        self.desk.draft_chosen.connect(self.choice.take_draft)
        self.desk.draft_dropped.connect(self._keeper.drop)
        self._ticker = QTimer(self)
        self._ticker.setInterval(1000)
        self._ticker.timeout.connect(self._tick)
        self._page: FormPage | None = None
        self._alert_acts: AlertActs | None = None
        self._making = PageMaking(context, self)
        self._making.made.connect(self._take_page)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.desk)
        follow_language(self._on_language)

    @property
    def page(self) -> FormPage:
        """The form's page, made at the latest now."""
        return self._making.page()

    def _take_page(self, page: FormPage) -> None:
        self._page = page
        self._stack.addWidget(page)
        self._connect(page)
        page.fit(self.width())

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

    def _connect(self, page: FormPage) -> None:
        from desktop_app.rooms.check_in.alert_acts import AlertActs

        acts = self._alert_acts = AlertActs(self._context, page)
        acts.done.connect(self._on_alert_done)
        acts.person_wanted.connect(self.ask_person)
        acts.leaving.connect(self._keeper.keep_now)
        for card in page.edited_cards():
            card.edited.connect(self._on_edited)
        page.lines.edited.connect(page.promise.propose)
        page.words.proposed.connect(page.lines.propose)
        page.words.said.connect(page.lines.diagnose)
        page.alerts.acted.connect(acts.act)
        page.alerts.all_handled.connect(page.focus_mileage)
        page.car.change_person.connect(self.ask_person)
        page.car.open_file.connect(self._on_open_file)
        page.missing.wanted.connect(self._go_to)

    @property
    def in_form(self) -> bool:
        """Whether a form is open."""
        return self._page is not None and self._stack.currentWidget() is self._page

    def _take_new(self, typed: str) -> None:
        if self.in_form:
            self._put_aside()
        self.choice.take_new(typed)

    def _open(self, form: CheckInForm, sheet: CarSheet | None) -> None:
        self._form, self._sheet = form, sheet
        page, now = self.page, self._context.clock()
        page.load(form, sheet, now, self.choice.insurer_names())
        assert self._alert_acts is not None
        self._alert_acts.load(form)
        self._began = now
        self._ticker.start()
        self._tick()
        self._show_strip()
        self._stack.setCurrentWidget(page)
        self.bar.say_status("save", "text3", "nothing changed yet")
        self._context.navigator.title_changed()
        page.focus_mileage()
        if form.new_car is not None:
            self._on_edited()

    def ask_person(self) -> None:
        """Alt+R: who brings the car; for a new car, all about it."""
        if self._sheet is not None:
            self.choice.ask_bringer(self._form, self._sheet.car)
        else:
            self.choice.ask_new_again(self._form)

    def _on_car_changed(self, form: CheckInForm, made: NewCar) -> None:
        form.new_car = made
        self._show_person(form)

    def _on_bringer(self, form: CheckInForm, name: str, number: str, customer_id: int | None) -> None:
        form.bring(name, number, customer_id)
        self._show_person(form)

    def _show_person(self, form: CheckInForm) -> None:
        self.car.show_car(self._sheet.car if self._sheet else None, form)
        self._on_alert_done()

    def _on_alert_done(self) -> None:
        self._show_strip()
        self._on_edited()

    def _on_open_file(self) -> None:
        if self._form.vehicle_id is not None:
            self._keeper.keep_now()
            self._context.navigator.open_vehicle(self._form.vehicle_id)

    def _contents(self) -> tuple[str, str, dict[str, Any]] | None:
        form = self._form if self.in_form else self.choice.asked
        if form is None or form.is_blank:
            return None
        return form.key, self._title(form), form.to_draft()

    def _title(self, form: CheckInForm) -> str:
        if form is self._form and self._sheet is not None:
            return plate.display(self._sheet.car.plate) or self._sheet.car.vin
        return form.new_car.named if form.new_car is not None else ""

    def _on_left(self, form: CheckInForm) -> None:
        title = self._title(form)
        if title:
            self._aside[form.key] = title
            self._keeper.keep_now()
            self.last_act.made()
        else:
            self._keeper.drop(form.key)

    def _on_edited(self) -> None:
        if self.in_form and not self.opening.busy:
            self._keeper.touch()
            if self.missing.isVisible():
                self.missing.show_missing(self._lacks())

    def _on_kept(self, draft: HeldDraft) -> None:
        self._unkept = False
        if self.in_form and draft.key == self._form.key:
            self.bar.say_status("save", "ok", "draft saved {time}", time=formats().clock(draft.at))
        elif self.choice.asked is None or draft.key != self.choice.asked.key:
            self.desk.show_held(self._keeper.held)
            self.desk.reload()
        title = self._aside.pop(draft.key, "")
        if title:
            self._context.navigator.toast(tr("{car} put aside; it stands on the desk", car=title), kind="info")

    def _on_not_kept(self, fault: object) -> None:
        if self._page is not None:
            self.bar.say_status("wifi-off", "bad", "draft not saved, trying again")
        if not isinstance(fault, Environment):
            self._context.runner.failed.emit(fault)
        elif not self._unkept:
            self._unkept = True
            self._context.navigator.toast(said(fault), kind="bad")

    def _put_aside(self) -> None:
        if not self._form.is_blank:
            self._aside[self._form.key] = self._title(self._form)
            self.last_act.made()
        self._keeper.keep_now()
        self._show_desk()

    def _show_desk(self) -> None:
        self._ticker.stop()
        if self._page is not None:
            self._page.host.close_panel()
            self.walk.leave_form()
        self._form, self._sheet = CheckInForm(), None
        self._stack.setCurrentWidget(self.desk)
        self.desk.show_held(self._keeper.held)
        self.desk.reload()
        self.desk.finder.setFocus(Qt.FocusReason.OtherFocusReason)
        self._context.navigator.title_changed()

    def _lacks(self) -> list[str]:
        return self.page.lacks(self._form, self._sheet, self._context.device)

    def _go_to(self, code: str) -> None:
        if not self.page.go_to(code) and code == "someone_to_reach":
            self.ask_person()

    def _open_order(self, papers: tuple[str, ...]) -> None:
        if not self.in_form or self.opening.busy:
            return
        if self.walk.being_read:
            # What is read only afterwards would be missing on the order.
            self._context.navigator.toast(tr("{count} photos are still being read. Save again in a moment", count=self.walk.being_read), kind="info")
            return
        lacks = self._lacks()
        self.missing.show_missing(lacks)
        if lacks:
            self._go_to(lacks[0])
            return
        self.page.save.set_busy(True)
        self.bar.say_status("save", "text3", "saving …")
        self._keeper.begin_order(self._form.key)
        self.opening.open_order(self._form, self.condition.odometer_km, papers)

    def _on_opened(self, key: str) -> None:
        self._keeper.end_order(opened=True)
        self._aside.pop(key, None)
        self.page.save.set_busy(False)
        if self._form.key == key:
            self._show_desk()

    def _on_refused(self, key: str, refusal: Any) -> None:
        self._keeper.end_order(opened=False)
        self.page.save.set_busy(False)
        if self._form.key != key:
            # It was put aside on its way; the notice says what was wrong.
            return
        self.bar.say_status("circle-alert", "bad", "not opened")
        if refusal.code == "check_in_incomplete":
            self.missing.show_missing(list(refusal.facts["missing"]))
            self._go_to(refusal.facts["missing"][0])
        elif refusal.code in ("promised_in_past", "promised_when_closed"):
            self.page.go_to("promised_time")
        elif refusal.code.startswith("odometer"):
            self.page.focus_mileage()

    def _show_strip(self) -> None:
        self.page.show_strip(self._form, self._sheet, self._context.clock(), self.choice.insurer_names())

    def _tick(self) -> None:
        seconds = int((self._context.clock() - self._began).total_seconds()) if self._began else 0
        say(self.page.clock.setText, "this check-in {time}", time=f"{seconds // 60:02d}:{seconds % 60:02d}")

    def _on_language(self, _language: str) -> None:
        if self._page is not None:
            self.alerts.load(self._form, self._sheet, self._context.clock(), self.choice.insurer_names())
            self._show_strip()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._page is not None:
            self._page.fit(self.width())
