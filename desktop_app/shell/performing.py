"""How a window's commands reach the records: in the background, tried again while the store is away, with leave by PIN where a right lacks."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from db.rules.errors import Environment, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.commands.act import Act
    from db.commands.perform import Done
    from db.engine import Engine
    from desktop_app.shell.session import Session
    from desktop_app.tasks.runner import Runner

RETRY_MS = 5000
WAITED_FOR = frozenset({"server_away", "store_locked", "disk_full", "disk_error"})
"""Troubles that pass by themselves or by someone's doing: what was to be saved waits for it."""


@dataclass(eq=False)
class Job:
    """One command on its way. Its request id is kept through every try, so that an answer that got lost does nothing twice."""

    command: Any
    act: Act
    owner: QObject
    on_done: Callable[[Any], object] | None
    on_refused: Callable[[Any], object] | None


class Performing(QObject):
    """One queue a window: commands are written in the order in which they were given."""

    saving = Signal()
    saved = Signal(bool)
    """The queue is empty; whether its last command changed anything."""
    waiting = Signal(int, object)
    """How many commands wait, and the Environment that keeps them."""
    refused = Signal(object)
    """A refusal that no form wanted to show itself."""
    leave_wanted = Signal(object, object)
    """A Job that lacks a right, and its refusal, which names the roles that have it."""
    failed = Signal(object)
    """An unexpected error."""
    requested = Signal(str)
    """The request id of a command that was given."""

    def __init__(self, engine: Engine, runner: Runner, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._engine = engine
        self._runner = runner
        self._session = session
        self._queue: deque[Job] = deque()
        self._under_way = False
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.setInterval(RETRY_MS)
        self._retry.timeout.connect(self._next)

    @property
    def count(self) -> int:
        """Commands that have not reached the disk yet."""
        return len(self._queue)

    def __call__(
        self,
        command: Any,
        on_done: Callable[[Any], object] | None = None,
        on_refused: Callable[[Any], object] | None = None,
        *,
        owner: QObject | None = None,
        act: Act | None = None,
    ) -> None:
        """Carry the command out as the window's person; see `desktop_app.room.Performer`."""
        self._put(Job(command, act or self._session.act(), owner or self, on_done, on_refused))

    def again(self, job: Job, act: Act) -> None:
        """The same command once more, with another's leave."""
        self._put(Job(job.command, act, job.owner, job.on_done, job.on_refused))

    def retry_now(self) -> None:
        """Try what waits at once."""
        if self._queue and not self._under_way:
            self._retry.stop()
            self._next()

    def _put(self, job: Job) -> None:
        self._queue.append(job)
        self.requested.emit(job.act.request_id)
        self.saving.emit()
        if not self._under_way and not self._retry.isActive():
            self._next()

    def _next(self) -> None:
        if self._under_way or not self._queue:
            return
        self._under_way = True
        job = self._queue[0]
        self._runner.submit(self, _Perform(self._engine, job), self._on_done, self._on_error, writes=True)

    def _on_done(self, done: Done) -> None:
        job = self._finish()
        if not self._queue:
            self.saved.emit(True)
        if done.subjects:
            self._runner.records_changed.emit(done.subjects)
        if job.on_done is not None and shiboken6.isValid(job.owner):
            job.on_done(done.result)
        self._next()

    def _on_error(self, error: Exception) -> None:
        if isinstance(error, Environment) and error.code in WAITED_FOR:
            self._under_way = False
            self.waiting.emit(len(self._queue), error)
            self._retry.start()
            return
        job = self._finish()
        if not self._queue:
            self.saved.emit(False)
        if isinstance(error, Refusal) and error.facts.get("roles") and job.act.approved_by_id is None:
            self.leave_wanted.emit(job, error)
        elif isinstance(error, (Refusal, Environment)):
            if job.on_refused is not None and shiboken6.isValid(job.owner):
                job.on_refused(error)
            else:
                self.refused.emit(error)
        else:
            self.failed.emit(error)
            if job.on_refused is not None and shiboken6.isValid(job.owner):
                # Whoever asked gives what was typed back, to be tried once more.
                job.on_refused(Environment("unforeseen"))
        self._next()

    def _finish(self) -> Job:
        self._under_way = False
        return self._queue.popleft()


class _Perform:
    """The work of one job; the records' own modules are loaded by whoever opened the store, not by the frame."""

    def __init__(self, engine: Engine, job: Job) -> None:
        self._engine, self._job = engine, job

    def __call__(self) -> Done:
        from db.commands.perform import perform

        return perform(self._engine, self._job.command, self._job.act)
