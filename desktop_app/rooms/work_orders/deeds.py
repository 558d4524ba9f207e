"""How the order's window changes the order: each deed with its undoing, and what happens when another has changed the order meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from db.engine import reading
from db.queries.history_words import changes_over, changes_since
from db.queries.order_file import order_file
from desktop_app import faults
from desktop_app.i18n import current_language, tr
from desktop_app.i18n.phrases import phrases

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.commands.act import Act
    from db.queries.history_words import HistoryEntry
    from db.queries.order_file import OrderFile
    from db.rules.errors import Refusal
    from desktop_app.room import RoomContext


@dataclass(frozen=True, eq=False)
class Deed:
    """One change: what the toast says of it, how it is made from the order as it stands, and how it is taken back.

    `back` is given the order as it stands after the change, and the change's result; None: it can't be taken back.
    """

    words: str
    make: Callable[[OrderFile], Any]
    back: Callable[[OrderFile, Any], Any] | None = None


@dataclass(frozen=True, eq=False)
class _Done:
    """A deed that was made, or taken back, with the request that did it; `result` is the deed's."""

    deed: Deed
    result: Any
    request_id: str

    def reversed(self) -> Deed:
        """The taking back, as a deed."""
        back, result = self.deed.back, self.result
        assert back is not None
        return Deed(tr("Taken back: {words}", words=self.deed.words), lambda file: back(file, result), lambda file, _result: self.deed.make(file))


class Deeds(QObject):
    """Does deeds on the order of one page, keeps what can be undone and redone, and tells of conflicts."""

    conflict = Signal(object, object)
    """A `Deed` that was refused because the order is no longer what was seen, and what others did since (history entries)."""
    missing = Signal(object)
    """The refusal `move_needs`: what a move still wants."""

    def __init__(self, context: RoomContext, file: Callable[[], OrderFile | None], reload: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._file, self._reload = context, file, reload
        self._undone: list[_Done] = []
        self._done: list[_Done] = []
        self._own: set[str] = set()

    def forget(self) -> None:
        """Another order is shown: nothing of this one is undone from there."""
        self._done.clear()
        self._undone.clear()
        self._own.clear()

    def do(self, deed: Deed, on_done: Callable[[Any], object] | None = None, on_refused: Callable[[Refusal], object] | None = None) -> None:
        """Make the change on the order as it is seen; `on_refused` gets what no conflict is."""
        file = self._file()
        if file is None:
            return
        self._undone.clear()
        self._perform(deed, file, on_done, on_refused)

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is one to make again."""
        return bool(self._undone)

    def undo(self) -> None:
        """Take the last change back that can be."""
        if self._done:
            self._take_back(self._done[-1])

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        if self._undone:
            entry = self._undone.pop()
            self._unless_touched(entry, entry.deed, lambda file: self._perform(entry.deed, file, None, None))

    def _perform(self, deed: Deed, file: OrderFile, on_done: Callable[[Any], object] | None, on_refused: Callable[[Refusal], object] | None) -> None:
        act = self._own_act()

        def done(result: Any) -> None:
            self._reload()
            if on_done is not None:
                on_done(result)
            undo = None
            if deed.back is not None:
                entry = _Done(deed, result, act.request_id)
                self._done.append(entry)
                undo = lambda: self._take_back(entry)  # noqa: E731
            self._context.navigator.toast(deed.words, undo=undo)

        def refused(error: Refusal) -> None:
            if error.code in ("changed_meanwhile", "move_needs") and on_done is not None:
                on_done(None)
            self._on_refused(deed, file, error, on_refused)

        self._context.perform(deed.make(file), done, refused, owner=self, act=act)

    def _take_back(self, entry: _Done) -> None:
        if entry not in self._done:
            return
        self._done.remove(entry)
        deed = entry.reversed()

        def go_on(file: OrderFile) -> None:
            act = self._own_act()

            def done(_result: Any) -> None:
                self._undone.append(_Done(entry.deed, entry.result, act.request_id))
                self._reload()
                self._context.navigator.toast(deed.words, kind="info")

            self._context.perform(deed.make(file), done, lambda error: self._on_refused(deed, file, error, None), owner=self, act=act)

        self._unless_touched(entry, deed, go_on)

    def _own_act(self) -> Act:
        act = self._context.act()
        self._own.add(act.request_id)
        return act

    def _on_refused(self, deed: Deed, file: OrderFile, error: Refusal, on_refused: Callable[[Refusal], object] | None) -> None:
        if error.code == "changed_meanwhile":
            self._read_conflict(deed, file.order_id, file.seen)
        elif error.code == "move_needs":
            self.missing.emit(error)
        elif on_refused is not None:
            on_refused(error)
        else:
            self._context.navigator.toast(faults.sentence(error, phrases(current_language())), kind="bad")

    def _unless_touched(self, entry: _Done, deed: Deed, go_on: Callable[[OrderFile], None]) -> None:
        """Go on with the order as it stands, unless somebody else has since changed what `entry` did: then it is told, and `deed` asked about.

        The order is read in the same look as its history, so what comes between that and the command is refused by its versions.
        """
        file, engine, own = self._file(), self._context.engine, frozenset(self._own)
        if file is None:
            return
        order_id = file.order_id

        def read() -> tuple[OrderFile, list[HistoryEntry]]:
            with reading(engine) as session:
                newest = order_file(session, order_id)
                return newest, changes_over(session, order_id, entry.request_id, own)

        def answer(found: tuple[OrderFile, list[HistoryEntry]]) -> None:
            newest, news = found
            if news:
                self._reload()
                self.conflict.emit(deed, news)
            else:
                go_on(newest)

        self._context.runner.submit(self, read, answer)

    def _read_conflict(self, deed: Deed, order_id: int, seen: int) -> None:
        engine = self._context.engine

        def read() -> list[HistoryEntry]:
            with reading(engine) as session:
                return changes_since(session, order_id, seen)

        def told(news: list[HistoryEntry]) -> None:
            self._reload()
            self.conflict.emit(deed, news)

        self._context.runner.submit(self, read, told)
