"""Hears of what other PCs, other desktop users and the command line change, and tells the windows as if it were their own doing."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from db.rules.errors import Environment

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from db.queries.changes import Changes
    from desktop_app.tasks.runner import Runner

EVERY_MS = 2000
_REMEMBERED = 1000


class LiveRefresh(QObject):
    """Looks at the history's end every two seconds; asking costs one row of an index, and both kinds of store have it."""

    trouble = Signal(object)
    """The store does not answer: an `Environment`, once until it does again."""
    recovered = Signal()

    def __init__(self, engine: Engine, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._runner = runner
        self._last: int | None = None
        self._own: deque[str] = deque(maxlen=_REMEMBERED)
        self._away = False
        self._asking = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to look."""
        self.look()
        self._timer.start()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def own(self, request_id: str) -> None:
        """A request of this program: whoever made it tells of it."""
        self._own.append(request_id)

    def lost(self, error: Environment) -> None:
        """A window's own reading met the trouble first: it is told once, and everything read anew when the store answers again."""
        if not self._away:
            self._away = True
            self.trouble.emit(error)

    def look(self) -> None:
        """Look now, unless one is looking already."""
        if self._asking:
            return
        self._asking = True
        self._runner.submit(self, _Look(self._engine, self._last, frozenset(self._own)), self._on_seen, self._on_trouble)

    def _on_seen(self, changes: Changes) -> None:
        self._asking = False
        known = self._last is not None
        self._last = changes.last_id
        if self._away:
            self._away = False
            self.recovered.emit()
            self._runner.records_changed.emit(None)
        elif known and (changes.subjects is None or changes.subjects):
            self._runner.records_changed.emit(changes.subjects)

    def _on_trouble(self, error: Exception) -> None:
        self._asking = False
        if not isinstance(error, Environment):
            self._timer.stop()
            self._runner.failed.emit(error)
        elif error.code != "store_locked":
            self.lost(error)


class _Look:
    def __init__(self, engine: Engine, last: int | None, own: frozenset[str]) -> None:
        self._engine, self._last, self._own = engine, last, own

    def __call__(self) -> Changes:
        from db.queries.changes import Changes, changes_since, last_change

        if self._last is None:
            return Changes(last_change(self._engine), frozenset())
        return changes_since(self._engine, self._last, self._own)
