"""Keeps a form as a draft: 0.3 s after the last key, and at most 2 s apart while keys go on; what can't be written yet is held and tried again."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakMethod

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from desktop_app.room import RoomContext

AFTER_LAST_KEY_MS = 300
AT_MOST_APART_SECONDS = 2.0
TRY_AGAIN_MS = 2000


@dataclass(frozen=True, eq=False)
class HeldDraft:
    """A form that was handed over for writing and is not on the disk yet."""

    key: str
    title: str
    body: dict[str, Any]
    person_id: int | None
    at: dt.datetime


class DraftKeeper(QObject):
    """`contents` gives key, title and body of the form that stands open, or None while nothing is worth keeping.

    What was handed over is held by its key until it is on the disk, whatever becomes of the form, its room and its window meanwhile:
    the keeper lives with the runner.
    """

    kept = Signal(object)
    """The `HeldDraft` that has reached the disk."""
    failed = Signal(object)
    """The exception that kept a draft from being written; it is tried again."""

    def __init__(self, context: RoomContext, form: str, contents: Callable[[], tuple[str, str, dict[str, Any]] | None]) -> None:
        """`contents` is a method of the room, which may go before the keeper does."""
        super().__init__(context.runner)
        self._context, self._form, self._contents = context, form, WeakMethod(contents)
        self._held: dict[str, HeldDraft] = {}
        """By key, the oldest first."""
        self._on_its_way = ""
        """Key of the form whose order is being opened: as a draft it would stand beside its order."""
        self._unsaved_since: float | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.keep_now)

    @property
    def held(self) -> list[HeldDraft]:
        """What is not on the disk yet."""
        return list(self._held.values())

    def touch(self) -> None:
        """The form has changed."""
        now = time.monotonic()
        if self._unsaved_since is None:
            self._unsaved_since = now
        left = AT_MOST_APART_SECONDS - (now - self._unsaved_since)
        self._timer.start(max(0, min(AFTER_LAST_KEY_MS, round(left * 1000))))

    def keep_now(self) -> None:
        """Hand the form as it stands over for writing, without waiting, and what is still held with it."""
        self._timer.stop()
        self._unsaved_since = None
        give: Any = self._contents()
        contents = give() if give is not None and shiboken6.isValid(give.__self__) else None
        if contents is not None:
            key, title, body = contents
            self._held[key] = HeldDraft(key, title, body, self._context.person().id or None, self._context.clock())
        for draft in self.held:
            if draft.key != self._on_its_way:
                self._write(draft)

    def begin_order(self, key: str) -> None:
        """The form becomes an order: written once more before it, then no longer."""
        self.keep_now()
        self._on_its_way = key

    def end_order(self, *, opened: bool) -> None:
        """The order stands, and its form is no draft any more; or it was refused, and is one again."""
        key, self._on_its_way = self._on_its_way, ""
        if opened:
            self._held.pop(key, None)
        else:
            self.keep_now()

    def drop(self, key: str) -> None:
        """Throw a draft away, on the disk and where it waits to be written."""
        engine, form, device = self._context.engine, self._form, self._context.device
        self._held.pop(key, None)

        def work() -> None:
            from db.commands.drafts import drop_draft

            drop_draft(engine, form, device, key)

        self._context.runner.submit(self, work, _nothing_more, self.failed.emit, writes=True)

    def finish(self, milliseconds: int) -> bool:
        """Write what stands in the form and wait for it; whether all of it is on the disk."""
        self.keep_now()
        if self._held:
            self._context.runner.finish_writing(milliseconds)
        return not self._held

    def _write(self, draft: HeldDraft) -> None:
        engine, form, device = self._context.engine, self._form, self._context.device

        def work() -> bool:
            from db.commands.drafts import keep_draft

            # A later state of the form waits behind this one: that one is written.
            if self._held.get(draft.key) is not draft:
                return False
            keep_draft(engine, form, device, draft.key, draft.person_id, draft.title, draft.body, draft.at)
            return True

        self._context.runner.submit(self, work, lambda written: self._on_kept(draft, written), self._on_failed, writes=True)

    def _on_kept(self, draft: HeldDraft, written: bool) -> None:
        if self._held.get(draft.key) is draft:
            del self._held[draft.key]
        if written:
            self.kept.emit(draft)

    def _on_failed(self, fault: Exception) -> None:
        self.failed.emit(fault)
        self._timer.start(TRY_AGAIN_MS)


def _nothing_more(_none: object) -> None:
    """A draft that was thrown away needs no answer."""
