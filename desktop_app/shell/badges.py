"""Keeps the counts on the rail: read in the background at the start, after each change, and every minute, since the clock alone changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from db.engine import Engine
    from desktop_app.clock import Clock
    from desktop_app.room import Navigator
    from desktop_app.tasks.runner import Runner

AFTER_CHANGE_MS = 400
EACH_MS = 60_000


class Badges(QObject):
    """One for each window. Changes that come close together are counted once."""

    def __init__(self, engine: Engine, runner: Runner, clock: Clock, navigator: Navigator, parent: QObject) -> None:
        super().__init__(parent)
        self._engine, self._runner, self._clock, self._navigator = engine, runner, clock, navigator
        self._ticket = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(AFTER_CHANGE_MS)
        self._soon.timeout.connect(self._read)
        self._each = QTimer(self)
        self._each.setInterval(EACH_MS)
        self._each.timeout.connect(self._read)
        self._each.start()
        runner.records_changed.connect(self._on_changed)
        self._soon.start()

    def _on_changed(self, _subjects: object) -> None:
        self._soon.start()

    def _read(self) -> None:
        self._runner.forget(self._ticket)
        self._ticket = self._runner.submit(self, self._count, self._show, self._on_failed)

    def _count(self) -> dict[str, int]:
        from db.engine import reading
        from db.queries.badges import badges

        with reading(self._engine) as session:
            return badges(session, self._clock())

    def _show(self, counts: dict[str, int]) -> None:
        for room, count in counts.items():
            self._navigator.set_badge(room, count)

    def _on_failed(self, error: Exception) -> None:
        # While a server is away this would say each minute what the banner says already; anything else is a fault like all others.
        from db.rules.errors import Environment

        if not isinstance(error, Environment):
            self._runner.failed.emit(error)
