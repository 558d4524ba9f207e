"""The running program: one runner, one store, any number of windows, wired together and taken apart again in order."""

from __future__ import annotations

import dataclasses
import itertools
import sys
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from desktop_app import faults
from desktop_app.at_leisure import AtLeisure
from desktop_app.clock import SettableClock, machine_clock
from desktop_app.i18n import set_current_language, tr
from desktop_app.place import Place, Request, desktop_language
from desktop_app.preferences_keeper import PreferencesKeeper
from desktop_app.rooms import all_rooms
from desktop_app.shell.desk import Desk
from desktop_app.shell.key_rules import KeyRules
from desktop_app.shell.scanner import Scanner
from desktop_app.start_work import IsPast, ReadShop
from desktop_app.tasks.collector import Collector
from desktop_app.tasks.live_refresh import LiveRefresh
from desktop_app.tasks.runner import Runner
from desktop_app.theme import theme
from desktop_app.widgets.memory import keep_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from db.engine import Engine
    from db.rules.errors import Environment
    from desktop_app.clock import Clock
    from desktop_app.opening import Opened
    from desktop_app.preferences import Preferences
    from desktop_app.shell.search_palette import Hit
    from desktop_app.tasks.runner import Progress

STANDS_AFTER_MS = 50
STANDS_AT_LATEST_MS = 1500
SWITCH_SECONDS = 0.0005
PASSING = frozenset({"server_away", "store_locked", "disk_full", "disk_error"})
"""Troubles of the store after which everything is read anew once it answers again; others stay until somebody does something."""


class Program(QObject):
    """Everything that lives as long as the program: one runner, one store, any number of windows."""

    stands = Signal()
    """The first window shows its room, or whatever it has to ask; what could wait may begin. May come more than once."""
    reported = Signal(object)
    """An unexpected error's report, from any thread."""

    def __init__(
        self, application: QApplication, request: Request, place: Place, preferences: Preferences, clock: Clock | None = None, *, visits: bool = False
    ) -> None:
        """`visits`: only look at the shop, as its first person and without a PIN; nothing of this machine's settings is kept.

        A `clock` holds whatever the shop lives by, an example shop's own moment too.
        """
        super().__init__()
        self._keeps_clock = clock is not None
        self._visits = visits
        self.application = application
        self.request = request
        self.place = place
        self.preferences = preferences
        self.code = 0
        self.engine: Engine | None = None
        self.desks: list[Desk] = []
        self.runner = Runner(self)
        self.clock = SettableClock(clock or machine_clock)
        self.rooms = all_rooms()
        self.rules = KeyRules(self)
        self.scanner = Scanner(self)
        self.reported.connect(self._show_report, Qt.ConnectionType.QueuedConnection)
        self.watch = faults.Watch(place.log_file, self.reported.emit)
        self._numbers = itertools.count(1)
        self._opened: Opened | None = None
        self._first_start: Any = None
        self._making: Any = None
        self._end_busy: Callable[[], None] = _nothing_runs
        self._others: LiveRefresh | None = None
        self._ticket = 0
        self._collector = Collector(self)
        self._leisure = AtLeisure(self.runner, self)
        self._leisure.done.connect(self._collector.start)
        self._keeper = PreferencesKeeper(preferences, self.runner, self)
        self._keeper.not_kept.connect(self._on_not_kept)
        self._keeper.failed.connect(self.watch.take)
        if not visits:
            self._keeper.watch()

    def start(self) -> None:
        """Show the frame at once and open the store meanwhile."""
        # Painting hands the interpreter over at every call of Qt; a reading thread must not keep it for the usual 5 ms each time.
        sys.setswitchinterval(SWITCH_SECONDS)
        language = self.request.language or self.preferences.language or desktop_language()
        set_current_language(language)
        theme.install(self.application, self.request.theme or self.preferences.theme, self.preferences.text_scale / 100, language)
        theme.set_density(self.preferences.density == "dense")
        keep_in(self._keeper.recall_widths, self._keeper.remember_widths)
        self.runner.failed.connect(self._on_failed)
        self.scanner.enabled = self.preferences.scanner
        self.scanner.prefix = self.preferences.scanner_prefix
        self.rules.watch(self.application)
        self.scanner.watch(self.application)
        self.scanner.scanned.connect(self._on_scanned)
        desk = self._new_desk()
        desk.window.restore_place()
        desk.window.show()
        self._open_store()
        # An example shop that is being made, or a server that is slow, must not keep a second start waiting.
        QTimer.singleShot(STANDS_AT_LATEST_MS, self, self._tell_it_stands)

    def _tell_it_stands(self) -> None:
        self.stands.emit()

    def stop(self) -> None:
        """Let what runs end, then close store, log and preferences; no key is read for this program any more."""
        self.application.removeEventFilter(self.scanner)
        self.application.removeEventFilter(self.rules)
        if self._others is not None:
            self._others.stop()
        self._collector.stop()
        self.runner.stop()
        if not self._visits:
            try:
                self._keeper.finish()
            except OSError as error:
                self.watch.take(error)
        if self.engine is not None:
            self.engine.dispose()
        self.watch.close()

    def show_again(self, _wish: object = None) -> None:
        """A second start: bring the window of this one to the front."""
        if self.desks:
            window = self.desks[-1].window
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized | Qt.WindowState.WindowActive)
            window.show()
            window.raise_()
            window.activateWindow()

    def _new_desk(self) -> Desk:
        desk = Desk(self.rooms, self.preferences, self.place, self.rules, self.runner, self.clock, str(next(self._numbers)), self)
        desk.window_wanted.connect(self._on_window_wanted)
        desk.closed.connect(self._on_closed)
        desk.demo_wanted.connect(self.make_demo_anew)
        self.desks.append(desk)
        return desk

    def _open_store(self) -> None:
        place, request = self.place, self.request

        def work(progress: Progress) -> Opened:
            from desktop_app.opening import open_store

            return open_store(place, request, progress)

        self._begin_work(work)

    def _begin_work(self, work: Callable[[Progress], Opened]) -> None:
        self._ticket = self.runner.submit_with_progress(
            self, work, self._on_progress, self._on_opened, self._on_not_opened, on_cancelled=self._on_cancelled, writes=True
        )

    def _on_progress(self, done: int, total: int) -> None:
        """Only the making of an example shop takes so long that it reports."""
        if self._making is None and self.desks:
            from desktop_app.shell.making import MakingPanel

            self._making = MakingPanel(self.desks[0].window)
            self._making.stop_wanted.connect(self._on_stop_wanted)
            self.desks[0].window.open_panel(self._making)
            self._end_busy = self.desks[0].window.begin_busy(tr("Making the example shop"), self._on_stop_wanted)
        if self._making is not None:
            self._making.show_progress(done, total)

    def _on_stop_wanted(self) -> None:
        self.runner.cancel(self._ticket)

    def _on_cancelled(self) -> None:
        self._end_making()
        for desk in list(self.desks):
            desk.window.close()

    def _end_making(self) -> None:
        if self._making is not None:
            self._making.close_panel()
            self._making = None
            self._end_busy()

    def make_demo_anew(self) -> None:
        """Throw the example shop of a past day away and make today's in its place."""
        opened = self._opened
        if opened is None or self.runner.busy:
            return
        for desk in self.desks[1:]:
            desk.window.close()
        if self._others is not None:
            self._others.stop()
        self.desks[0].leave_store()
        self._opened = self.engine = None
        engine, place = opened.engine, self.place
        request = dataclasses.replace(self.request, demo=True, today=None)

        def work(progress: Progress) -> Opened:
            from desktop_app.demo_shop import throw_away
            from desktop_app.opening import open_store

            throw_away(engine)
            return open_store(place, request, progress)

        self._begin_work(work)

    def _on_opened(self, opened: Opened) -> None:
        self._end_making()
        QTimer.singleShot(STANDS_AFTER_MS, self, self._tell_it_stands)
        self._opened = opened
        self.engine = opened.engine
        if opened.clock is not None and not self._keeps_clock:
            self.clock.clock = opened.clock
        self._tell_console(opened)
        if opened.shop is None:
            self._begin_shop()
        else:
            self._take_shop(opened, self._first_person(opened))

    def _tell_console(self, opened: Opened) -> None:
        """What of the start's options did not go as it may seem."""
        from desktop_app.i18n.phrases import current_language, phrases

        speak = phrases(current_language())
        if opened.other_demo is not None:
            print(f"service-front: {opened.other_demo.words(speak)}", file=sys.stderr)
        if opened.shop is not None and self.request.today is not None:
            from desktop_app.demo_clock import pretended

            print(f"service-front: {pretended(opened.shop, speak)}", file=sys.stderr)

    def _first_person(self, opened: Opened) -> int:
        """Who works here at the start: in an example shop an advisor, in a real one whoever gives a PIN."""
        if self._visits and opened.staff:
            return opened.staff[0].staff_id
        if opened.shop is not None and opened.shop.is_demo:
            return next((row.staff_id for row in opened.staff if "advisor" in row.roles), 0)
        return 0

    def _take_shop(self, opened: Opened, person_id: int) -> None:
        from desktop_app.i18n.formats import set_zone

        assert opened.shop is not None
        set_zone(opened.shop.zone)
        self._follow_others(opened.engine)
        for desk in self.desks:
            if desk.engine is None:
                self._give_store(desk, opened, person_id)
        if opened.shop.is_demo and not self._keeps_clock:
            self.runner.submit(self, IsPast(opened.shop.demo_day), self._on_past_known)
        QTimer.singleShot(0, self._leisure, self._leisure.go_on)

    def _follow_others(self, engine: Engine) -> None:
        """Hear of what others change in this store from now on."""
        if self._others is not None:
            self._others.stop()
            self._others.deleteLater()
        self._others = LiveRefresh(engine, self.runner, self)
        self._others.trouble.connect(self._on_store_away)
        self._others.recovered.connect(self._on_store_back)
        self._others.start()

    def _give_store(self, desk: Desk, opened: Opened, person_id: int) -> None:
        assert opened.shop is not None and self._others is not None
        desk.take_store(opened.engine, opened.shop, opened.staff, person_id)
        if desk.performing is not None:
            desk.performing.requested.connect(self._others.own)

    def _on_store_away(self, error: Environment) -> None:
        for desk in self.desks:
            desk.show_away(error)

    def _on_store_back(self) -> None:
        for desk in self.desks:
            desk.show_back()

    def _on_past_known(self, is_past: bool) -> None:
        if is_past and self.desks:
            self.desks[0].offer_anew()

    def _begin_shop(self) -> None:
        from desktop_app.shell.first_start import FirstStart

        desk = self.desks[0]
        panel = FirstStart(self.preferences, desk.window)
        panel.wanted.connect(self._on_shop_wanted)
        self._first_start = panel
        desk.window.open_panel(panel)

    def _on_shop_wanted(self, shop: Any) -> None:
        assert self._opened is not None
        engine, act = self._opened.engine, self.desks[0].session.act()

        def work() -> tuple[Opened, int]:
            from desktop_app.opening import begin_shop, read_shop

            first = begin_shop(engine, shop, act)
            return read_shop(engine), first

        self.runner.submit(self, work, self._on_shop_made, self._on_shop_not_made, writes=True)

    def _on_shop_made(self, made: tuple[Opened, int]) -> None:
        self._first_start.close_panel()
        self._opened = made[0]
        self._take_shop(*made)

    def _on_shop_not_made(self, error: Exception) -> None:
        from db.rules.errors import Environment, Refusal

        self._first_start.refuse(error)
        if not isinstance(error, (Environment, Refusal)):
            self.watch.take(error)

    def _on_not_opened(self, error: Exception) -> None:
        self._end_making()
        QTimer.singleShot(STANDS_AFTER_MS, self, self._tell_it_stands)
        from db.rules.errors import Environment, Refusal

        if not isinstance(error, (Environment, Refusal)):
            self.watch.take(error)
            error = Environment("store_not_opened", file=self.place.title)
        from desktop_app.shell.start_trouble import StartTrouble

        self.code = 2
        desk = self.desks[0]
        panel = StartTrouble(error, self.place, desk.window)
        panel.again.connect(self._on_again)
        desk.window.open_panel(panel)

    def _on_again(self) -> None:
        self.code = 0
        self._open_store()

    def _on_window_wanted(self, hit: Hit | None) -> None:
        asking = self.sender()
        if self._opened is None or self._opened.shop is None or not isinstance(asking, Desk):
            return
        desk = self._new_desk()
        desk.window.resize(asking.window.size())
        desk.window.show()
        person_id = asking.session.person.id if hit is not None else 0
        self.runner.submit(desk, ReadShop(self._opened.engine), _Take(self, desk, person_id, hit))

    def _on_closed(self, desk: Desk) -> None:
        self.desks.remove(desk)
        desk.deleteLater()

    def _on_scanned(self, code: str) -> None:
        desk = self._desk_in_front()
        if desk is not None:
            desk.take_scan(code)

    def _on_failed(self, error: Exception) -> None:
        from db.rules.errors import Environment

        if not isinstance(error, Environment):
            self.watch.take(error)
        elif error.code in PASSING and self._others is not None:
            self._others.lost(error)
        else:
            self._on_store_away(error)

    def _show_report(self, report: faults.Report) -> None:
        desk = self._desk_in_front() or next(iter(self.desks), None)
        if desk is not None:
            desk.show_fault(report)

    def _desk_in_front(self) -> Desk | None:
        """The desk whose window has the keys, itself or by a dialog over it; None while another program has them."""
        widget: QWidget | None = QApplication.activeWindow()
        while widget is not None:
            desk = next((desk for desk in self.desks if desk.window is widget), None)
            if desk is not None:
                return desk
            widget = widget.parentWidget()
        return None

    def _on_not_kept(self, trouble: Environment) -> None:
        if self.desks:
            self.desks[0].say_refusal(trouble)


class _Take:
    """A further window begins by asking who is there, or with a record for the person who asked for it."""

    def __init__(self, program: Program, desk: Desk, person_id: int, hit: Hit | None) -> None:
        self._program, self._desk, self._person_id, self._hit = program, desk, person_id, hit

    def __call__(self, opened: Opened) -> None:
        assert opened.shop is not None
        self._program._give_store(self._desk, opened, self._person_id)
        if self._hit is not None:
            self._desk.navigator.open_record(self._hit.subject, self._hit.record_id)


def _nothing_runs() -> None:
    return
