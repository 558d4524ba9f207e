"""The whole program on a small shop's store, with somebody signed in, driven by keys on whatever has the focus."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.bootstrap import Program
from desktop_app.place import Request, place_of
from desktop_app.preferences import Preferences
from tests.desktop.typing_help import compose
from tests.small_shop import PIN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from tests.small_shop import SmallShop

WAIT_S = 20.0


class Walk:
    """One program and its first window. `press` and `write` go to the widget that has the focus, as a person's keys do."""

    def __init__(self, shop: SmallShop, folder: Path, who: int, language: str = "en", size: tuple[int, int] = (1440, 900)) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.application, self.shop = application, shop
        request = Request(data_dir=folder, database=shop.engine.url.render_as_string(hide_password=False), language=language)
        place = place_of(request)
        preferences = Preferences(place.preferences_file)
        preferences.last_person = who
        self.program = Program(application, request, place, preferences, clock=lambda: shop.now)
        self.program.start()
        self.program.scanner.enabled = False
        self.until(lambda: bool(self.program.desks) and self.program.desks[0].context is not None, "the store opens")
        self.desk = self.program.desks[0]
        self.window = self.desk.window
        self.window.resize(*size)
        self.window.activateWindow()
        self.sign_in(who)

    def sign_in(self, who: int) -> None:
        """Type the PIN of the person on the lock screen, who is chosen there already."""
        screen = self.desk.window.panels[-1]
        self.until(lambda: screen._people is not None, "the people are there")  # type: ignore[attr-defined]
        screen._people.choose(who)  # type: ignore[attr-defined]
        screen.pad.dots.setFocus()  # type: ignore[attr-defined]
        self.write(PIN)
        self.press(Qt.Key.Key_Return)
        self.until(lambda: not self.window.panels and bool(self.window.room_key), "the PIN lets in")

    def stop(self) -> None:
        """Close the window and the program."""
        for desk in list(self.program.desks):
            desk.window.ask_before_close = None
            desk.window.close()
        self.program.stop()
        self.application.processEvents()

    def until(self, true: Callable[[], Any], what: str) -> None:
        """Let events through until something holds."""
        end = time.monotonic() + WAIT_S
        while not true():
            assert time.monotonic() < end, f"never came about: {what}"
            self.application.processEvents()
            time.sleep(0.002)

    def rest(self) -> None:
        """Until nothing is under way."""
        self.until(lambda: not self.program.runner.busy and (self.desk.performing is None or not self.desk.performing.count), "the program rests")
        self.application.processEvents()

    @property
    def focused(self) -> QWidget:
        """What has the focus, once something has it."""
        self.until(lambda: QApplication.focusWidget() is not None, "something has the focus")
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press keys one after the other."""
        for key in keys:
            QTest.keyClick(self.focused, key, modifier)
            self.application.processEvents()

    def control(self, key: Qt.Key) -> None:
        """Press a key with Ctrl."""
        self.press(key, modifier=Qt.KeyboardModifier.ControlModifier)

    def write(self, words: str) -> None:
        """Type words: ASCII by keys, others as an input method commits them."""
        for character in words:
            if character.isascii():
                QTest.keyClicks(self.focused, character)
            else:
                compose(self.focused, character)

    def dialog(self, kind: str) -> Any:
        """The open dialog, once it is one of this class and active."""
        self.until(lambda: type(QApplication.activeModalWidget()).__name__ == kind and QApplication.focusWidget() is not None, f"{kind} opens")
        found = QApplication.activeModalWidget()
        self.until(lambda: found.isAncestorOf(self.focused), f"{kind} has the focus")
        return found

    def no_dialog(self) -> None:
        """Until no dialog is open and the window has the focus again."""
        self.until(lambda: QApplication.activeModalWidget() is None and QApplication.focusWidget() is not None, "the dialog closes")
        self.rest()

    def leave(self, pin: str = PIN) -> None:
        """Give another person's leave: the PIN of the first who may."""
        self.until(lambda: any(type(panel).__name__ == "LeavePanel" for panel in self.window.panels), "leave is asked for")
        panel = self.window.panels[-1]
        self.until(lambda: panel._row is not None, "there is somebody who may")  # type: ignore[attr-defined]
        self.write(pin)
        self.press(Qt.Key.Key_Return)
        self.until(lambda: not self.window.panels, "leave is given")
        self.rest()

    def toast(self) -> str:
        """What was said last."""
        said = self.window.notices.history
        return said[-1].words if said else ""
