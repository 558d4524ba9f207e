"""One window with its person: what its keys do, how its commands are written, when it locks, what it does with a scan."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app import faults
from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats, set_zone
from desktop_app.i18n.live import switch_language
from desktop_app.room import RoomContext, records_touch
from desktop_app.shell.badges import Badges
from desktop_app.shell.desk_verbs import DeskVerbs
from desktop_app.shell.main_window import MainWindow, call
from desktop_app.shell.navigator import WindowNavigator
from desktop_app.shell.performing import Job, Performing
from desktop_app.shell.session import Session
from desktop_app.theme import theme

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence

    from db.engine import Engine
    from db.queries.shop import ShopRow, StaffRow
    from db.rules.errors import Environment, Refusal
    from desktop_app.clock import Clock
    from desktop_app.place import Place
    from desktop_app.preferences import Preferences
    from desktop_app.room import Room
    from desktop_app.shell.key_rules import KeyRules
    from desktop_app.shell.search_palette import Hit
    from desktop_app.tasks.runner import Runner


BEFORE_READING_MS = 15


class Desk(QObject):
    """Everything of one window that is not drawing."""

    window_wanted = Signal(object)
    """A further window: None for one with a person of its own, a `Hit` to show that record to this window's person."""
    closed = Signal(object)
    demo_wanted = Signal()
    """Today's example shop instead of this one of an earlier day."""

    def __init__(
        self, rooms: Sequence[Room], preferences: Preferences, place: Place, rules: KeyRules, runner: Runner, clock: Clock, key: str, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.preferences = preferences
        self.place = place
        self.runner = runner
        self.clock = clock
        self._key = key
        self._rules = rules
        self.session = Session(clock, preferences.workplace_name(), self)
        self.window = MainWindow(rooms, preferences, rules)
        self.navigator = WindowNavigator(self.window, clock, self.search)
        self.performing: Performing | None = None
        self.engine: Engine | None = None
        self.context: RoomContext | None = None
        self._offers_anew = False
        self.badges: Badges | None = None
        self._lock_screen: Any = None
        self._verbs = DeskVerbs(self)
        self.window.verbs.possible = self._verbs.possible
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self._on_idle)
        self.window.verbs.wanted.connect(self.do)
        self.window.top_bar.search.wanted.connect(self.search)
        self.window.top_bar.scanner.clicked.connect(self._on_scanner_pressed)
        self.window.top_bar.person.clicked.connect(self._on_person_pressed)
        self.window.banner.pressed.connect(self._on_banner_pressed)
        self.window.closed.connect(self._on_window_closed)
        self.window.ask_before_close = self._may_close
        self.session.person_changed.connect(self._tell_person)
        self.session.shop_changed.connect(self._tell_shop)
        rules.ask_for_undo(self._is_undo_here)
        rules.ask_for_filter(self._filter_here)
        rules.tell_of_use(self._on_use)
        self._tell_person()
        self.window.status_bar.set_store(place.store_words(), place.title, demo=place.demo)

    def take_store(self, engine: Engine, shop: ShopRow, staff: list[StaffRow], person_id: int) -> None:
        """The store is open: this is its shop and these its people. `person_id` works here; 0 asks who it is."""
        self.engine = engine
        self.performing = Performing(engine, self.runner, self.session, self)
        self.performing.saving.connect(self.window.top_bar.save_state.set_saving)
        self.performing.saved.connect(self._on_saved)
        self.performing.waiting.connect(self._on_waiting)
        self.performing.refused.connect(self.say_refusal)
        self.performing.leave_wanted.connect(self._on_leave_wanted)
        self.performing.failed.connect(self._on_failed)
        self.context = RoomContext(
            engine=engine,
            runner=self.runner,
            navigator=self.navigator,
            clock=self.clock,
            person=self._person,
            may=self.session.may,
            preferences=self.preferences,
            place=self.place,
            perform=self.performing,
            region=self.session.region,
            shop=self._shop,
            act=self.session.act,
            device=self.session.device,
            window_key=self._key,
        )
        self.badges = Badges(engine, self.runner, self.clock, self.navigator, self)
        self.window.build_room = self._build_room
        self.runner.records_changed.connect(self.window.take_changes)
        self.runner.records_changed.connect(self._on_records_changed)
        self.session.take_shop(shop)
        person = next((row for row in staff if row.staff_id == person_id), None)
        if person is None and not shop.sign_in and staff:
            person = staff[0]
        if person is not None:
            self.session.sign_in(person)
            self.begin()
        else:
            self.lock("")

    def leave_store(self) -> None:
        """The store goes away under this window: nothing of it stays on the screen."""
        self._idle.stop()
        self.window.banner.hide()
        self.window.forget_rooms()
        self.window.build_room = None
        self.runner.records_changed.disconnect(self.window.take_changes)
        self.runner.records_changed.disconnect(self._on_records_changed)
        self.engine = self.context = self.performing = None
        self._offers_anew = False

    def offer_anew(self) -> None:
        """Say that the example shop's day is past; the banner's button makes today's."""
        shop = self.session.shop
        if shop is not None and shop.demo_day is not None:
            self._offers_anew = True
            self.window.banner.show_words(partial(_stands_on, shop.demo_day), "Make it anew", "")

    def show_away(self, error: Environment) -> None:
        """The store does not answer: said above the rooms, in which one may go on typing."""
        self._offers_anew = False
        self.window.banner.show_words(partial(faults.said, error))

    def show_back(self) -> None:
        """It answers again: what waits is written at once."""
        if self.performing is not None and self.performing.count:
            self.performing.retry_now()
        else:
            self.window.banner.hide()

    def begin(self) -> None:
        """Show the room that was in front last."""
        last = self.preferences.last_room
        self.runner.hold()
        self.window.show_room(last if last in self.window.rooms else next(iter(self.window.rooms)))
        # The room is painted before what it asks of the store takes the interpreter's time.
        QTimer.singleShot(BEFORE_READING_MS, self.runner, self.runner.go_on)
        self._start_idle()

    def do(self, key: str) -> None:
        """Do what a verb says, here or in the room in front. Under a panel only the panel acts."""
        self._verbs.do(key)

    def set_language(self, language: str) -> None:
        """Show the program in another language, in all its windows."""
        self.preferences.language = language
        switch_language(language)

    def set_theme(self, name: str) -> None:
        """Light or dark, in all windows."""
        self.preferences.theme = name
        theme.set_theme(name, self.preferences.text_scale / 100)

    def search(self, text: str = "") -> None:
        """Open the palette, with these words in it."""
        if self.window.covered or self.context is None:
            return
        from desktop_app.shell.search_palette import SearchPalette

        palette = SearchPalette(self.context, self.window.verbs, self.window)
        palette.chosen.connect(self._on_hit)
        palette.chosen_apart.connect(self.window_wanted)
        palette.check_in_wanted.connect(self._on_check_in_wanted)
        palette.verb_chosen.connect(self.do)
        palette.set_text(text)
        self.window.open_panel(palette)

    def say_refusal(self, error: Refusal | Environment) -> None:
        """A refusal that no field shows itself."""
        self.navigator.toast(faults.said(error), kind="bad")

    def take_scan(self, code: str) -> None:
        """Understand a scan made at this window."""
        self.window.top_bar.scanner.flash()
        QApplication.beep()
        from desktop_app.shell.scans import take

        take(code, self)

    def lock(self, reason: str) -> None:
        """Cover the rooms until a person gives his PIN; drafts and running work go on beneath."""
        if self._lock_screen is not None or self.engine is None or not self.session.asks_who:
            return
        from desktop_app.shell.sign_in import SignIn

        screen = SignIn(self.engine, self.runner, self.session, self.preferences, self.window)
        screen.signed_in.connect(self._on_signed_in)
        self._lock_screen = screen
        self.window.open_panel(screen)
        screen.say_reason(reason)

    def show_fault(self, report: faults.Report) -> None:
        """An unexpected error: say what is saved, and give the report."""
        from desktop_app.shell.fault_panel import FaultPanel

        kept = call(self.window.room_widget(), "kept_words") or ""
        waiting = self.performing.count if self.performing is not None else 0
        self.window.open_panel(FaultPanel(report, self.window.top_bar.save_state.saved_at, kept, waiting, self.window))

    def _person(self) -> Any:
        return self.session.person

    def _shop(self) -> ShopRow:
        assert self.session.shop is not None
        return self.session.shop

    def _build_room(self, room: Room) -> QWidget:
        assert self.context is not None
        return room.build(self.context)

    def _on_hit(self, hit: Hit) -> None:
        self.navigator.open_record(hit.subject, hit.record_id)

    def _on_check_in_wanted(self, vehicle_id: int) -> None:
        self.navigator.new_check_in(vehicle_id=vehicle_id)

    def _on_scanner_pressed(self) -> None:
        self.navigator.toast(tr("Scan at any time; what is in the field stays"), kind="info")

    def _on_person_pressed(self) -> None:
        from desktop_app.shell.person_menu import PersonMenu

        menu = PersonMenu(self.window.top_bar.person, self.session, self.preferences)
        menu.chosen.connect(self.do)
        menu.open_below(self.window.top_bar.person)

    def _on_banner_pressed(self) -> None:
        if self._offers_anew:
            self.demo_wanted.emit()
        elif self.performing is not None:
            self.performing.retry_now()

    def _on_saved(self, changed: bool) -> None:
        self.window.top_bar.save_state.set_saved(self.clock() if changed else None)
        if not self._offers_anew:
            self.window.banner.hide()

    def _on_waiting(self, count: int, error: Environment) -> None:
        self._offers_anew = False
        self.window.top_bar.save_state.set_not_saved(count)
        self.window.banner.show_words(partial(faults.said, error))

    def _on_leave_wanted(self, job: Job, error: Refusal) -> None:
        from desktop_app.shell.leave import LeavePanel

        assert self.engine is not None and self.performing is not None
        self.window.open_panel(LeavePanel(job, error, self.engine, self.runner, self.performing, self.session, self.window))

    def _on_failed(self, error: Exception) -> None:
        self.runner.failed.emit(error)

    def _on_signed_in(self, row: StaffRow) -> None:
        self._lock_screen = None
        words = self.window.lost_words() if self.session.person.id not in (0, row.staff_id) else []
        if not words:
            self._take_person(row)
            return
        from desktop_app.shell.closing import ClosePanel

        panel = ClosePanel(words, 0, self.window, "Lose it and go on")
        panel.close_anyway.connect(lambda: self._take_person(row))
        panel.stayed.connect(lambda: self.lock(""))
        self.window.open_panel(panel)

    def _take_person(self, row: StaffRow) -> None:
        before = self.session.person
        self.preferences.last_person = row.staff_id
        if before.id not in (0, row.staff_id):
            # Another person: rooms are built anew, so that nothing of the one before is on the screen.
            self.window.forget_rooms()
        self.session.sign_in(row)
        if self.window.room_key:
            self._start_idle()
        else:
            self.begin()

    def _on_use(self, widget: QWidget) -> None:
        if self._idle.isActive() and self._is_here(widget):
            self._idle.start()

    def _is_here(self, widget: QWidget) -> bool:
        """Whether a widget is this window's, or in a dialog over it."""
        top: QWidget | None = widget.window()
        while top is not None and top is not self.window:
            below = top.parentWidget()
            top = below.window() if below is not None else None
        return top is not None

    def _on_records_changed(self, subjects: Collection[str] | None) -> None:
        """What the frame itself shows of the records: the shop, and who works in it."""
        if records_touch(subjects, ("shop", "staff")) and self.engine is not None:
            self.runner.submit(self, _ReadShop(self.engine), self._on_shop_read)

    def _on_shop_read(self, read: tuple[ShopRow | None, list[StaffRow]]) -> None:
        shop, staff = read
        if shop is None:
            return
        set_zone(shop.zone)
        self.session.take_shop(shop)
        row = next((row for row in staff if row.staff_id == self.session.person.id), None)
        if row is not None and (row.name, frozenset(row.roles)) != (self.session.person.name, self.session.person.roles):
            self.session.sign_in(row)
        elif row is None and self.session.signed_in:
            self.lock("")
        minutes = self._idle_minutes() if self.session.asks_who else 0
        if minutes * 60_000 != (self._idle.interval() if self._idle.isActive() else 0):
            self._start_idle()

    def _on_idle(self) -> None:
        self.lock(tr("Nothing was done for {count} minutes, so it locked", count=self._idle_minutes()))

    def _start_idle(self) -> None:
        minutes = self._idle_minutes()
        self._idle.stop()
        if minutes and self.session.asks_who and self.session.signed_in and self._lock_screen is None:
            self._idle.start(minutes * 60_000)

    def _idle_minutes(self) -> int:
        return self.session.shop.settings.lock_after_minutes if self.session.shop is not None else 0

    def _is_undo_here(self, field: QWidget) -> bool:
        return field.window() is self.window and self.window.notices.toast.can_undo

    def _filter_here(self, widget: QWidget) -> bool:
        if widget.window() is not self.window or self.window.covered:
            return False
        call(self.window.room_widget(), "filter_focus")
        return True

    def _tell_person(self) -> None:
        name = self.session.person.name
        self.window.top_bar.person.set_name(name)
        self.window.top_bar.person.setVisible(bool(name))
        self.window.status_bar.set_person(name)

    def _tell_shop(self) -> None:
        shop = self.session.shop
        if shop is not None:
            self.window.status_bar.set_shop(shop.name, self.session.device)
            self.window.status_bar.set_store(self.place.store_words(), self.place.title, demo=shop.is_demo)

    def _may_close(self) -> bool:
        waiting = self.performing.count if self.performing is not None else 0
        words = [*self.window.busy_words(), *self.window.unkept_words()]
        if not waiting and not words:
            return True
        from desktop_app.shell.closing import ClosePanel

        if not any(isinstance(panel, ClosePanel) for panel in self.window.panels):
            panel = ClosePanel(words, waiting, self.window)
            panel.close_anyway.connect(self._on_close_anyway)
            self.window.open_panel(panel)
        return False

    def _on_close_anyway(self) -> None:
        self.window.cancel_busy()
        self.window.ask_before_close = None
        self.window.close()

    def _on_window_closed(self, _window: object) -> None:
        self._rules.drop(self._is_undo_here, self._filter_here, self._on_use)
        self._idle.stop()
        self.closed.emit(self)


def _stands_on(day: dt.date) -> str:
    return tr("This example shop stands on {day}. It can be made anew for today; what was changed in it is lost then", day=formats().day(day))


class _ReadShop:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __call__(self) -> tuple[ShopRow | None, list[StaffRow]]:
        from db.queries.at_start import shop_and_staff

        return shop_and_staff(self._engine)
