"""Writes this machine's settings soon after they changed, in the background, and at the latest when the program ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from db.rules.errors import Environment

if TYPE_CHECKING:
    from desktop_app.preferences import Preferences
    from desktop_app.tasks.runner import Runner

SAVE_AFTER_MS = 500


class PreferencesKeeper(QObject):
    """Widths of columns are kept for the person who used the program last."""

    not_kept = Signal(object)
    """The Environment preferences_not_kept (file)."""
    failed = Signal(object)
    """What nobody expected to go wrong."""

    def __init__(self, preferences: Preferences, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences, self._runner = preferences, runner
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self._save)

    def watch(self) -> None:
        """Write each change from now on."""
        self._preferences.changed = self._timer.start

    def finish(self) -> None:
        """Write at once what is to be written. OSError when it can't be."""
        self._timer.stop()
        self._preferences.save()

    def recall_widths(self, table: str) -> list[int]:
        """Column widths of a table."""
        return self._preferences.widths_of(self._of_person(table))

    def remember_widths(self, table: str, widths: list[int]) -> None:
        """Keep the column widths of a table."""
        self._preferences.remember_widths(self._of_person(table), widths)

    def _of_person(self, table: str) -> str:
        return f"{self._preferences.last_person}:{table}"

    def _save(self) -> None:
        self._runner.submit(self, self._preferences.save, _nothing, self._on_not_saved)

    def _on_not_saved(self, error: Exception) -> None:
        if isinstance(error, OSError):
            self.not_kept.emit(Environment("preferences_not_kept", file=str(self._preferences.path)))
        else:
            self.failed.emit(error)


def _nothing(_result: object) -> None:
    """What is written needs no answer."""
