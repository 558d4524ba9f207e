"""The whole program over a small shop on either store, driven by keys that are counted."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from db.engine import file_of, open_engine
from desktop_app.bootstrap import Program
from desktop_app.clock import standing_at
from desktop_app.place import Request, place_of
from desktop_app.preferences import Preferences
from desktop_app.shell.people import PersonCard
from tests.desktop.typing_help import compose
from tests.small_shop import PIN, SmallShop, furnish

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from desktop_app.shell.desk import Desk

HUMAN_MS = 45
"""Between two keys: a quick typist, slower than any scanner."""


class Counter:
    """A person at the counter: types, and counts what it took."""

    def __init__(self, program: Program, shop: SmallShop) -> None:
        self.program, self.shop = program, shop
        self.keys = 0
        self.clicks = 0

    @property
    def desk(self) -> Desk:
        return self.program.desks[0]

    @property
    def focused(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None, "nothing has the focus"
        return found

    def wait(self, until: Callable[[], object], seconds: float = 40.0) -> None:
        end = time.monotonic() + seconds
        while not until():
            assert time.monotonic() < end, "waited in vain"
            QApplication.processEvents()
            time.sleep(0.002)

    def rest(self, seconds: float = 0.1) -> None:
        end = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() >= end)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.keys += 1
        QTest.keyClick(self.focused, key, modifier)
        self.rest(HUMAN_MS / 1000)

    def type(self, text: str) -> None:
        for character in text:
            self.keys += 1
            QTest.keyClicks(self.focused, character)
            self.rest(HUMAN_MS / 1000)

    def compose(self, words: str) -> None:
        """The customer's own words, by an input method; not counted."""
        compose(self.focused, words)
        self.rest(HUMAN_MS / 1000)

    def sign_in(self, staff_id: int) -> None:
        """As the lock screen wants it; not counted."""
        keys = self.keys
        window = self.desk.window
        self.wait(lambda: window.panels and window.findChildren(PersonCard))
        screen = window.panels[-1]
        screen._people.choose(staff_id)
        screen.pad.dots.setFocus()
        self.type(PIN)
        self.press(Qt.Key.Key_Return)
        self.wait(lambda: not window.panels and self.desk.session.signed_in)
        self.rest(0.2)
        self.keys = keys

    def settle(self) -> None:
        """Until nothing is written or read any more."""
        self.wait(lambda: not self.program.runner.busy)
        self.rest(0.1)
        self.wait(lambda: not self.program.runner.busy)

    def leave(self) -> None:
        """Close the windows and end the program, whatever state a test left them in."""
        for desk in list(self.program.desks):
            desk.window.ask_before_close = None
            desk.window.close()
        self.program.stop()


@pytest.fixture
def counter(store_url: str, now: dt.datetime, tmp_path: Path, qapp: QApplication) -> Iterator[Counter]:
    """An advisor signed in at the first window of a running program, 1280 by 800."""
    engine = open_engine(store_url)
    shop = furnish(engine, now)
    file = file_of(engine)
    request = Request(data_dir=file.parent if file is not None else tmp_path, database="" if file is not None else store_url, language="zh_TW", theme="light")
    place = place_of(request)
    program = Program(qapp, request, place, Preferences(place.preferences_file), clock=standing_at(now))
    person = Counter(program, shop)
    try:
        program.start()
        person.wait(lambda: program.desks and program.desks[0].session.shop is not None)
        person.desk.window.resize(1280, 800)
        person.desk.window.activateWindow()
        person.wait(lambda: QApplication.activeWindow() is person.desk.window and QApplication.focusWidget() is not None)
        person.sign_in(shop.advisor)
        yield person
    finally:
        person.leave()
        engine.dispose()
