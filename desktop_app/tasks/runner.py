"""The only place that starts threads: work goes out to a pool, its result comes back on the GUI thread."""

from __future__ import annotations

import itertools
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QThreadPool, Signal, Slot

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

    Callbacks run on the thread that the runner lives in, and only while their owner lives. Give bound methods of the owner.
    """

    busy_changed = Signal(int)
    """How many works are out, whenever that changes."""

    failed = Signal(object)
    """The exception of a work whose caller gave no `on_error`."""

    records_changed = Signal(object)
    """A frozenset of the subjects that a committed command touched; emitted by whoever performed it, from any thread."""

    _done = Signal(int, object, object)
    _advanced = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tickets = itertools.count(1)
        self._jobs: dict[int, _Job] = {}
        self._out = 0
        self._stopped = False
        self._reading = QThreadPool()
        self._reading.setMaxThreadCount(READING_THREADS)
        self._reading.setExpiryTimeout(-1)
        self._writing = QThreadPool()
        self._writing.setMaxThreadCount(1)
        self._writing.setExpiryTimeout(-1)
        self._held: list[tuple[int, Callable[[], object]]] | None = None
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
        for ticket, work in held:
            self._begin(ticket, work, writes=False)

    def finish_writing(self, milliseconds: int) -> bool:
        """Wait for what is being written, for the moment in which a window closes, and hand its results over; whether all is written."""
        done = self._writing.waitForDone(milliseconds)
        QCoreApplication.sendPostedEvents(self)
        return done

    def stop(self) -> None:
        """Forget everything that hasn't begun, let what is running end, and take no more; call before the engine is disposed."""
        self._stopped = True
        self._held = None
        for ticket in list(self._jobs):
            self.forget(ticket)
        self._reading.clear()
        self._reading.waitForDone()
        self._writing.waitForDone()

    def _start(self, job: _Job, work: Callable[[], object], *, writes: bool, ticket: int = 0) -> int:
        ticket = ticket or next(self._tickets)
        if self._stopped:
            return ticket
        self._jobs[ticket] = job
        self._count(+1)
        if self._held is not None and not writes:
            self._held.append((ticket, work))
        else:
            self._begin(ticket, work, writes=writes)
        return ticket

    def _begin(self, ticket: int, work: Callable[[], object], *, writes: bool) -> None:
        pool = self._writing if writes else self._reading
        pool.start(lambda: self._work(ticket, work))

    def _work(self, ticket: int, work: Callable[[], object]) -> None:
        result: object = None
        fault: Exception | None = None
        try:
            result = work()
        except Exception as caught:
            # Anything at all: the thread is the pool's, and who asked for the work is told of every failure on its own thread.
            fault = caught
        # A signal of this object, which outlives the work: one owned by the work is lost with it.
        self._done.emit(ticket, result, fault)

    @Slot(int, object, object)
    def _deliver(self, ticket: int, result: object, fault: Exception | None) -> None:
        self._count(-1)
        job = self._jobs.pop(ticket, None)
        if job is None or not shiboken6.isValid(job.owner):
            return
        if fault is None:
            job.on_result(result)
        elif isinstance(fault, Cancelled):
            if job.on_cancelled is not None:
                job.on_cancelled()
        else:
            job.on_error(fault)

    @Slot(int, object, object)
    def _pass_progress(self, ticket: int, done: int, total: int) -> None:
        job = self._jobs.get(ticket)
        if job is not None and job.on_progress is not None and shiboken6.isValid(job.owner):
            job.on_progress(done, total)

    def _count(self, change: int) -> None:
        self._out += change
        self.busy_changed.emit(self._out)
