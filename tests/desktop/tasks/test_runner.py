"""Works go out to threads and come home, in order where they write, and only to those who still live."""

from __future__ import annotations

import gc
import threading
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread

from desktop_app.tasks.runner import Progress, Runner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


class Desk(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.results: list[object] = []
        self.faults: list[Exception] = []
        self.steps: list[tuple[int, int]] = []
        self.threads: set[QThread] = set()

    def take(self, result: object) -> None:
        self.results.append(result)
        self.threads.add(QThread.currentThread())

    def fail(self, fault: Exception) -> None:
        self.faults.append(fault)

    def step(self, done: int, total: int) -> None:
        self.steps.append((done, total))


@pytest.fixture
def runner(qapp: object) -> Iterator[Runner]:
    started = Runner()
    yield started
    started.stop()


def test_results_come_home_on_the_thread_of_the_windows(qtbot: QtBot, runner: Runner) -> None:
    desk = Desk()
    for number in range(200):
        runner.submit(desk, lambda number=number: number, desk.take)
    assert runner.busy == 200
    qtbot.waitUntil(lambda: len(desk.results) == 200)
    assert sorted(desk.results) == list(range(200))
    assert desk.threads == {QThread.currentThread()}
    assert runner.busy == 0


def test_writing_works_keep_their_order_and_never_meet(qtbot: QtBot, runner: Runner) -> None:
    desk, inside, met = Desk(), threading.Semaphore(1), []

    def write(number: int) -> int:
        if not inside.acquire(blocking=False):
            met.append(number)
        inside.release()
        return number

    for number in range(50):
        runner.submit(desk, lambda number=number: write(number), desk.take, writes=True)
    qtbot.waitUntil(lambda: len(desk.results) == 50)
    assert desk.results == list(range(50))
    assert met == []


def test_an_exception_goes_to_the_one_who_asked_or_to_everybody(qtbot: QtBot, runner: Runner) -> None:
    desk = Desk()

    def fail() -> None:
        raise ValueError("no such car")

    runner.submit(desk, fail, desk.take, desk.fail)
    qtbot.waitUntil(lambda: len(desk.faults) == 1)
    with qtbot.waitSignal(runner.failed) as failed:
        runner.submit(desk, fail, desk.take)
    assert isinstance(failed.args[0], ValueError)
    assert desk.results == []


def test_a_forgotten_ticket_brings_nothing(qtbot: QtBot, runner: Runner) -> None:
    desk, gate = Desk(), threading.Event()
    forgotten = runner.submit(desk, gate.wait, desk.take)
    runner.forget(forgotten)
    runner.forget(forgotten)
    gate.set()
    runner.submit(desk, lambda: "kept", desk.take)
    qtbot.waitUntil(lambda: runner.busy == 0)
    assert desk.results == ["kept"]


def test_nothing_is_brought_to_a_window_that_is_gone(qtbot: QtBot, runner: Runner) -> None:
    desk, gate = Desk(), threading.Event()
    runner.submit(desk, gate.wait, desk.take, desk.fail)
    shiboken6.delete(desk)
    gate.set()
    qtbot.waitUntil(lambda: runner.busy == 0)
    assert desk.results == [] and desk.faults == []


def test_long_work_reports_and_can_be_cancelled(qtbot: QtBot, runner: Runner) -> None:
    desk, cancelled, gate = Desk(), [], threading.Event()

    def work(progress: Progress) -> str:
        progress(1, 3)
        gate.wait(5)
        progress(2, 3)
        return "done"

    ticket = runner.submit_with_progress(desk, work, desk.step, desk.take, desk.fail, on_cancelled=lambda: cancelled.append(True))
    qtbot.waitUntil(lambda: desk.steps == [(1, 3)])
    runner.cancel(ticket)
    gate.set()
    qtbot.waitUntil(lambda: cancelled == [True])
    assert desk.results == [] and desk.faults == [] and desk.steps == [(1, 3)]

    runner.submit_with_progress(desk, work, desk.step, desk.take)
    qtbot.waitUntil(lambda: desk.results == ["done"])
    assert desk.steps == [(1, 3), (1, 3), (2, 3)]


def test_stopping_ends_what_waits_and_takes_no_more(qtbot: QtBot, runner: Runner) -> None:
    desk, gate, begun = Desk(), threading.Event(), []
    for number in range(20):
        runner.submit(desk, lambda number=number: (begun.append(number), gate.wait(5)), desk.take)
    qtbot.waitUntil(lambda: len(begun) == 4)
    gate.set()
    runner.stop()
    runner.submit(desk, lambda: begun.append("late"), desk.take)
    qtbot.wait(20)
    assert "late" not in begun
    assert desk.results == []


def test_busy_counts_up_and_down(qtbot: QtBot, runner: Runner) -> None:
    desk, counts = Desk(), []
    runner.busy_changed.connect(counts.append)
    runner.submit(desk, lambda: None, desk.take)
    qtbot.waitUntil(lambda: len(counts) == 2)
    assert counts == [1, 0]


def test_records_changed_crosses_from_any_thread(qtbot: QtBot, runner: Runner) -> None:
    desk = Desk()
    runner.records_changed.connect(desk.take)
    thread = threading.Thread(target=runner.records_changed.emit, args=(frozenset({"work_order"}),))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: desk.results == [frozenset({"work_order"})])
    assert desk.threads == {QThread.currentThread()}


class Leaving:
    """Says on which thread the last one let go of it."""

    def __init__(self, left: list[int], fails: bool = False) -> None:
        self.left, self.fails = left, fails

    def __del__(self) -> None:
        self.left.append(threading.get_ident())

    def work(self) -> Leaving:
        if self.fails:
            raise ValueError("no such car")
        return Leaving(self.left)


@pytest.mark.parametrize("fails", [False, True])
@pytest.mark.parametrize("forgotten", [False, True])
def test_what_a_work_held_goes_on_the_thread_of_the_windows(qtbot: QtBot, runner: Runner, fails: bool, forgotten: bool) -> None:
    left: list[int] = []
    desk = Desk()
    for _ in range(50):
        ticket = runner.submit(desk, Leaving(left, fails).work, lambda _result: None, lambda _fault: None)
        if forgotten:
            runner.forget(ticket)
    qtbot.waitUntil(lambda: runner.busy == 0)
    gc.collect()
    assert len(left) >= 50 and set(left) == {threading.get_ident()}, "it may be a widget"


def test_nobody_looks_for_garbage_on_the_threads_of_works(qtbot: QtBot, runner: Runner) -> None:
    left: list[int] = []
    desk = Desk()

    def work() -> None:
        for _ in range(20_000):
            lost = Leaving(left)
            lost.itself = lost  # type: ignore[attr-defined]

    runner.submit(desk, work, desk.take)
    qtbot.waitUntil(lambda: runner.busy == 0)
    assert left == []
    runner.stop()
    gc.collect()
    assert len(left) == 20_000 and set(left) == {threading.get_ident()}


def test_the_interpreter_looks_for_garbage_again_when_the_last_one_lets_it(qapp: object) -> None:
    assert gc.isenabled()
    first, second = Runner(), Runner()
    first.stop()
    first.stop()
    assert not gc.isenabled(), "the second one's works go on"
    second.stop()
    assert gc.isenabled()
