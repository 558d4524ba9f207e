"""The only place that starts threads: work goes out to a pool, its result comes back on the GUI thread."""

from __future__ import annotations

import itertools
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QThreadPool, Signal, Slot

from desktop_app.tasks import collector

if TYPE_CHECKING:
    from collections.abc import Callable

READING_THREADS = 4

Result = TypeVar("Result")


class Cancelled(Exception):
    """Raised inside a work's own thread, at its next report of progress, after it was cancelled."""


class Progress:
    """What a long work reports through, and where it learns that nobody wants it any more."""

    def __init__(self, report: Callable[[int, int], None]) -> None:
        self._report = report
        self._cancelled = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether the work should stop."""
        return self._cancelled.is_set()

    def __call__(self, done: int, total: int) -> None:
        """Say that `done` of `total` steps are behind us (`total` 0: not known). Raises `Cancelled` once cancelled."""
        if self.cancelled:
            raise Cancelled
        self._report(done, total)

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._cancelled.set()


class _Work:
    """What a thread is to call, and what came of it.

    The thread holds this and nothing else once the call has returned: works, results and faults lead to widgets, and whoever drops the
    last reference to a widget destroys it, which may only be the windows' thread.
    """

    def __init__(self, call: Callable[[], object]) -> None:
        self._call: Callable[[], object] | None = call
        self._result: object = None
        self._fault: Exception | None = None

    def do(self) -> None:
        """Call it, on the pool's thread; never raises an `Exception`."""
        assert self._call is not None
        try:
            self._result = self._call()
        except Exception as caught:
            # Anything at all: the thread is the pool's, and who asked for the work is told of every failure on its own thread.
            self._fault = caught

    def take(self) -> tuple[object, Exception | None]:
        """Its result and its fault, on the windows' thread; nothing stays here."""
        outcome = self._result, self._fault
        self._call = self._result = self._fault = None
        return outcome


@dataclass
class _Job:
    owner: QObject
    on_result: Callable[[Any], object]
    on_error: Callable[[Exception], object]
    on_progress: Callable[[int, int], object] | None = None
    on_cancelled: Callable[[], object] | None = None
    progress: Progress | None = field(default=None)


class Runner(QObject):
    """Runs reading works side by side and writing works one after the other; outlives every window.

    From its first moment to `stop` the interpreter doesn't look for garbage by itself: it would do so on the threads of the works as well.
    Callbacks run on the thread that the runner lives in, and only while their owner lives. Give bound methods of the owner.
    """

    busy_changed = Signal(int)
    """How many works are out, whenever that changes."""

    failed = Signal(object)
    """The exception of a work whose caller gave no `on_error`."""

    records_changed = Signal(object)
    """A frozenset of the subjects that a committed command touched; emitted by whoever performed it, from any thread."""

    _done = Signal(int)
    _advanced = Signal(int, int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tickets = itertools.count(1)
        self._jobs: dict[int, _Job] = {}
        self._works: dict[int, _Work] = {}
        self._out = 0
        self._stopped = False
        self._reading = QThreadPool()
        self._reading.setMaxThreadCount(READING_THREADS)
        self._reading.setExpiryTimeout(-1)
        self._writing = QThreadPool()
        self._writing.setMaxThreadCount(1)
        self._writing.setExpiryTimeout(-1)
        self._held: list[int] | None = None
        collector.hold_back()
        self._done.connect(self._deliver)
        self._advanced.connect(self._pass_progress)

    @property
    def busy(self) -> int:
        """How many works are out: waiting, running, or with their result still on the way."""
        return self._out

    def submit(
        self,
        owner: QObject,
        work: Callable[[], Result],
        on_result: Callable[[Result], object],
        on_error: Callable[[Exception], object] | None = None,
        *,
        writes: bool = False,
    ) -> int:
        """Run `work` on a pool thread and hand its result to `on_result`; returns a ticket for `forget`.

        `writes` puts it into the queue of one, in the order given. Without `on_error` an exception goes out by `failed`.
        """
        return self._start(_Job(owner, on_result, on_error or self.failed.emit), work, writes=writes)

    def submit_with_progress(
        self,
        owner: QObject,
        work: Callable[[Progress], Result],
        on_progress: Callable[[int, int], object],
        on_result: Callable[[Result], object],
        on_error: Callable[[Exception], object] | None = None,
        *,
        on_cancelled: Callable[[], object] | None = None,
        writes: bool = False,
    ) -> int:
        """As `submit`, for work that calls `progress(done, total)` now and then and can be stopped with `cancel`."""
        ticket = next(self._tickets)

        def report(done: int, total: int) -> None:
            self._advanced.emit(ticket, done, total)

        progress = Progress(report)
        job = _Job(owner, on_result, on_error or self.failed.emit, on_progress, on_cancelled, progress)
        return self._start(job, lambda: work(progress), writes=writes, ticket=ticket)

    def forget(self, ticket: int) -> None:
        """Let the result of a ticket come to nothing; unknown and finished tickets are no fault."""
        job = self._jobs.pop(ticket, None)
        if job is not None and job.progress is not None:
            job.progress.cancel()

    def cancel(self, ticket: int) -> None:
        """Ask a work with progress to stop; its `on_cancelled` is called once it has."""
        job = self._jobs.get(ticket)
        if job is not None and job.progress is not None:
            job.progress.cancel()

    def hold(self) -> None:
        """Let reading works wait: while a window is built they would take the interpreter from it."""
        if self._held is None:
            self._held = []

    def go_on(self) -> None:
        """Begin the works that were held."""
        held, self._held = self._held or [], None
        for ticket in held:
            self._begin(ticket, writes=False)

    def finish_writing(self, milliseconds: int) -> bool:
        """Wait for what is being written, for the moment in which a window closes, and hand its results over; whether all is written."""
        done = self._writing.waitForDone(milliseconds)
        QCoreApplication.sendPostedEvents(self)
        return done

    def stop(self) -> None:
        """Forget everything that hasn't begun, let what is running end, and take no more; call before the engine is disposed."""
        if self._stopped:
            return
        self._stopped = True
        self._held = None
        for ticket in list(self._jobs):
            self.forget(ticket)
        self._reading.clear()
        self._reading.waitForDone()
        self._writing.waitForDone()
        self._works.clear()
        collector.let_go()

    def _start(self, job: _Job, call: Callable[[], object], *, writes: bool, ticket: int = 0) -> int:
        ticket = ticket or next(self._tickets)
        if self._stopped:
            return ticket
        self._jobs[ticket] = job
        self._works[ticket] = _Work(call)
        self._count(+1)
        if self._held is not None and not writes:
            self._held.append(ticket)
        else:
            self._begin(ticket, writes=writes)
        return ticket

    def _begin(self, ticket: int, *, writes: bool) -> None:
        pool, work = self._writing if writes else self._reading, self._works[ticket]
        pool.start(lambda: self._do(ticket, work))

    def _do(self, ticket: int, work: _Work) -> None:
        work.do()
        # A signal of this object, which outlives the work: one owned by the work is lost with it.
        self._done.emit(ticket)

    @Slot(int)
    def _deliver(self, ticket: int) -> None:
        self._count(-1)
        work = self._works.pop(ticket, None)
        job = self._jobs.pop(ticket, None)
        if work is None:
            return
        result, fault = work.take()
        if job is None or not shiboken6.isValid(job.owner):
            return
        if fault is None:
            job.on_result(result)
        elif isinstance(fault, Cancelled):
            if job.on_cancelled is not None:
                job.on_cancelled()
        else:
            job.on_error(fault)

    @Slot(int, int, int)
    def _pass_progress(self, ticket: int, done: int, total: int) -> None:
        job = self._jobs.get(ticket)
        if job is not None and job.on_progress is not None and shiboken6.isValid(job.owner):
            job.on_progress(done, total)

    def _count(self, change: int) -> None:
        self._out += change
        self.busy_changed.emit(self._out)
