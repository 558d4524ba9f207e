"""Where garbage goes: on the thread of the windows, whoever made it."""

from __future__ import annotations

import gc
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from desktop_app.tasks import collector
from desktop_app.tasks.collector import Collector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

MANY = 20_000
"""Objects enough for the interpreter to look for garbage several times."""


class Cycle:
    """Goes only when somebody looks for garbage, and says on which thread that was."""

    def __init__(self, gone: list[int]) -> None:
        self.gone, self.itself = gone, self

    def __del__(self) -> None:
        self.gone.append(threading.get_ident())


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch, qapp: object) -> Iterator[Collector]:
    monkeypatch.setattr(collector, "LOOK_MS", 5)
    parent = QObject()
    made = Collector(parent)
    made.start()
    yield made
    made.stop()


def work_elsewhere(gone: list[int]) -> None:
    def work() -> None:
        for _ in range(MANY):
            Cycle(gone)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def test_what_a_thread_leaves_behind_goes_on_this_one(running: Collector, qtbot: QtBot) -> None:
    gone: list[int] = []
    work_elsewhere(gone)
    assert not gone, "nobody looks for garbage in the middle of another thread's work"
    qtbot.waitUntil(lambda: len(gone) == MANY)
    assert set(gone) == {threading.get_ident()}


def test_the_interpreter_looks_itself_again_afterwards(running: Collector) -> None:
    assert not gc.isenabled()
    running.stop()
    assert gc.isenabled()
    gone: list[int] = []
    work_elsewhere(gone)
    assert threading.get_ident() not in gone and gone, "which is what may not be while there are windows"


def test_what_the_start_made_is_looked_at_no_more(qapp: object) -> None:
    parent = QObject()
    made = Collector(parent)
    gc.disable()
    before = gc.get_freeze_count()
    try:
        made.start()
        assert gc.get_freeze_count() > before
        made.stop()
        assert not gc.isenabled(), "nobody looked before"
    finally:
        gc.unfreeze()
        gc.enable()
