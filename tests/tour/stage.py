"""The running program under the tour's hands: one window over a copy of the demo, whose clock stands."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from db.engine import reading
from db.queries import search
from desktop_app.clock import standing_at
from desktop_app.place import Request, place_of
from desktop_app.preferences import Preferences
from desktop_app.program import Program
from desktop_app.shell.overlay import Panel
from tests.tour.demo_store import NOW

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from db.engine import Engine
    from desktop_app.shell.desk import Desk
    from desktop_app.shell.main_window import MainWindow

PATIENCE_SECONDS = 20.0
QUIET_SECONDS = 0.05
"""So long nothing may be under way."""

QUIET_TURNS = 15

AFTER_TYPING_SECONDS = 0.25
"""The same after a key: longer than a search waits for the next one."""


class Stage:
    """Drives one window; every wait lets the program's own threads run."""

    def __init__(self, application: QApplication, folder: Path, language: str = "zh_TW", theme: str = "light") -> None:
        self.application = application
        # A blinking cursor would make two runs differ.
        application.setCursorFlashTime(0)
        request = Request(data_dir=folder, language=language, theme=theme)
        place = place_of(request)
        self.faults: list[Any] = []
        self.program = Program(application, request, place, Preferences(place.preferences_file), clock=standing_at(NOW))
        self.program.reported.connect(self.faults.append)
        self.program.start()
        # The tour types faster than any person: its words must not be taken for scans.
        self.program.scanner.enabled = False
        self.wait(lambda: self.desk.context is not None and self.desk.session.signed_in)
        self.settle()

    @property
    def desk(self) -> Desk:
        return self.program.desks[0]

    @property
    def window(self) -> MainWindow:
        return self.desk.window

    @property
    def room(self) -> Any:
        """The widget of the room in front."""
        return self.window.room_widget()

    @property
    def engine(self) -> Engine:
        assert self.desk.engine is not None
        return self.desk.engine

    def show(self, language: str, theme: str, size: tuple[int, int]) -> None:
        """Switch the living window to a language, a theme and a size."""
        if self.program.preferences.language != language:
            self.desk.set_language(language)
        if self.program.preferences.theme != theme:
            self.desk.set_theme(theme)
        if (self.window.width(), self.window.height()) != size:
            self.window.resize(*size)
        self.settle()

    def open_room(self, key: str) -> Any:
        """Bring a room to the front as it is when first opened."""
        self.window.show_room(key)
        self.settle()
        return self.room

    def wait(self, until: Callable[[], object]) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not until():
            assert time.monotonic() < end, "waited in vain"
            self._turn()
            time.sleep(0.001)

    def _turn(self) -> None:
        self.application.processEvents()
        # Qt leaves this to the loop that a program usually has.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def settle(self, quiet: float = QUIET_SECONDS) -> None:
        """Until nothing has been under way for a moment, and for some turns of the loop, which are slow on a busy machine."""
        quiet_since, turns = time.monotonic(), 0
        end = quiet_since + PATIENCE_SECONDS
        while time.monotonic() - quiet_since < quiet or turns < QUIET_TURNS:
            assert time.monotonic() < end, "the program did not come to rest"
            self._turn()
            turns += 1
            if self.program.runner.busy:
                quiet_since, turns = time.monotonic(), 0
            time.sleep(0.002)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.settle()

    def type(self, words: str) -> None:
        """Type words where the focus is."""
        QTest.keyClicks(QApplication.focusWidget() or self.window, words)
        self.settle(AFTER_TYPING_SECONDS)

    def find_vehicle(self, typed: str) -> int:
        """The id of the first vehicle that was typed so."""
        with reading(self.engine) as session:
            return search.find(session, typed).vehicles[0].vehicle_id

    def layers(self) -> list[QWidget]:
        """What lies over the window as a window of its own: dialogs, menus, lists that drop down."""
        others = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and widget is not self.window]
        order = {QDialog: 0, QMenu: 2}
        return sorted(others, key=lambda widget: next((place for kind, place in order.items() if isinstance(widget, kind)), 1))

    def open_kinds(self) -> set[type]:
        """The classes of the dialogs, panels and menus that stand open."""
        panels = [panel for panel in self.window.findChildren(Panel) if panel.isVisible()]
        return {type(widget) for widget in (*self.layers(), *panels)}

    def is_open(self, name: str) -> bool:
        """Whether something of a class of this name stands open."""
        return any(kind.__name__ == name for kind in self.open_kinds())

    def picture(self) -> QPixmap:
        """The window with everything over it."""
        picture = self.window.grab()
        origin = self.window.mapToGlobal(QPoint(0, 0))
        painter = QPainter(picture)
        for layer in self.layers():
            painter.drawPixmap(layer.mapToGlobal(QPoint(0, 0)) - origin, layer.grab())
        painter.end()
        return picture

    def clear(self) -> None:
        """Close everything that lies over the window."""
        self.window.notices.toast.hide()
        self.window.banner.hide()
        for layer in reversed(self.layers()):
            layer.close()
        for panel in list(self.window.panels):
            if panel.isVisible():
                panel.close_panel()
        self.settle()

    def anew(self) -> None:
        """Take all rooms down, so that the next step finds them as they are when first opened."""
        self.clear()
        self.window.forget_rooms()
        self.window.notices.history.clear()
        self.settle()

    def stop(self) -> None:
        """Close the program."""
        self.clear()
        self.window.ask_before_close = None
        self.window.close()
        self.program.stop()
        self.application.processEvents()
        gc.collect()
