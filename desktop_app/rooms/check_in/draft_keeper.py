"""Keeps a form as a draft: 0.3 s after the last key, and at most 2 s apart while keys go on."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_app.room import RoomContext

AFTER_LAST_KEY_MS = 300
AT_MOST_APART_SECONDS = 2.0


class DraftKeeper(QObject):
    """`contents` gives key, title and body of the form, or None while nothing is worth keeping."""

    kept = Signal(object)
    """The moment at which the draft reached the disk."""
    failed = Signal(object)
    """The exception that kept it from being written; it is tried again."""

    def __init__(self, context: RoomContext, form: str, contents: Callable[[], tuple[str, str, dict[str, Any]] | None], parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._form, self._contents = context, form, contents
        self.draft_id: int | None = None
        self._device = context.device
        self._unsaved_since: float | None = None
        self._under_way = False
        self._again = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.keep_now)

    def touch(self) -> None:
        """The form has changed."""
        now = time.monotonic()
        if self._unsaved_since is None:
            self._unsaved_since = now
        left = AT_MOST_APART_SECONDS - (now - self._unsaved_since)
        self._timer.start(max(0, min(AFTER_LAST_KEY_MS, round(left * 1000))))

    @property
    def pending(self) -> bool:
        """Whether something has not reached the disk yet."""
        return self._unsaved_since is not None or self._under_way

    def keep_now(self) -> None:
        """Write the draft without waiting."""
        from db.commands.drafts import keep_draft

        self._timer.stop()
        if self._under_way:
            self._again = True
            return
        contents = self._contents()
        self._unsaved_since = None
        if contents is None:
            return
        key, title, body = contents
        engine, at, person = self._context.engine, self._context.clock(), self._context.person().id or None
        form, device = self._form, self._device
        self._under_way = True
        self._context.runner.submit(
            self, lambda: (keep_draft(engine, form, device, key, person, title, body, at), at), self._on_kept, self._on_failed, writes=True
        )

    def forget(self) -> None:
        """The form was saved or blanked: nothing is to be kept of it any more."""
        self._timer.stop()
        self._unsaved_since = None
        self._again = False
        self.draft_id = None

    def drop(self, draft_id: int) -> None:
        """Throw a draft away on the disk."""
        from db.commands.drafts import drop_draft

        engine = self._context.engine
        self._context.runner.submit(self, lambda: drop_draft(engine, draft_id), self._on_dropped, self._on_failed, writes=True)

    def offer(self, on_found: Callable[[list[Any]], object]) -> None:
        """Look for drafts that an earlier run of this PC left behind."""
        from db.commands.drafts import drafts

        engine, form, device = self._context.engine, self._form, self._device

        def work() -> list[Any]:
            from db.engine import reading

            with reading(engine) as session:
                return drafts(session, form, device)

        self._context.runner.submit(self, work, on_found)

    def _on_kept(self, answer: tuple[int, Any]) -> None:
        self._under_way = False
        self.draft_id, at = answer
        self.kept.emit(at)
        if self._again:
            self._again = False
            self.keep_now()

    def _on_failed(self, fault: Exception) -> None:
        self._under_way = False
        self.failed.emit(fault)
        if self._unsaved_since is None:
            self._unsaved_since = time.monotonic()
        self._timer.start(2000)

    def _on_dropped(self, _none: object) -> None:
        pass
