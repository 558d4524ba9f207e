"""What all rooms that are one list have in common: search and filters above a paged table, counts, keys, an empty state that says why."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainterPath
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from db.engine import reading
from desktop_app.i18n.live import follow_language, say
from desktop_app.room import records_touch
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.abstract import AbstractQt
from desktop_app.widgets.action_bar import ActionBar
from desktop_app.widgets.buttons import PRIMARY, SECONDARY, Button
from desktop_app.widgets.card import Sheet
from desktop_app.widgets.empty_state import EmptyState
from desktop_app.widgets.filter_bar import FilterBar
from desktop_app.widgets.key_hint import KeyHint
from desktop_app.widgets.labels import Label
from desktop_app.widgets.paged_model import PagedModel
from desktop_app.widgets.paged_table import PagedTable
from desktop_app.widgets.painting import open_painter

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Sequence

    from PySide6.QtGui import QPaintEvent

    from db.engine import Session
    from desktop_app.room import RoomContext
    from desktop_app.widgets.paged_model import Column

    Fetch = Callable[[Session, dt.datetime, Any, int], Sequence[Any]]
    Count = Callable[[Session, dt.datetime], Any]

TICK_MS = 60_000
"""How often a list that is in front is read anew by itself: what is late or due changes with the clock alone."""

_TO_THE_TABLE = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ListRoom(QWidget, metaclass=AbstractQt):
    """A room that is one list. A subclass fills `filters` in its `__init__`, then calls `begin`, and says how rows are fetched,
    counted and opened.

    The table has the focus when the room comes to the front; `/` or Ctrl+F goes to the search field, ↓ or Enter back to the table, Esc
    takes the filters away. F5, a change of the records and the clock load anew: the same row stays selected.
    """

    subjects: frozenset[str] = frozenset()
    """Tables whose changes concern the list."""

    def __init__(self, context: RoomContext, name: str, columns: Sequence[Column], key: Callable[[Any], object], empty: EmptyState) -> None:
        super().__init__()
        self.context = context
        self.model = PagedModel(context.runner, columns, key, self)
        self.table = PagedTable(name, self.model, parent=self)
        self.filters = FilterBar(self)
        self.foot = QHBoxLayout()
        self.action_bar = ActionBar(self)
        self.open_button = self.action_bar.add(Button("Open", PRIMARY, "external-link", "F8", "big"))
        self.counts: Any = None
        self._counting = 0
        self._wanted_key: object = None
        self._began = False
        self._empty = _EmptyList(empty, self)
        self._lay_out()
        self.table.set_empty(self._empty)
        self.table.opened.connect(self.open_row)
        self.table.selected_changed.connect(self._on_selected)
        self.open_button.clicked.connect(self.main_act)
        self._empty.clear_button.clicked.connect(self.filters.clear)
        self.filters.filter_changed.connect(self._on_filter)
        self.model.loaded.connect(self._on_loaded)
        self.setFocusProxy(self.table)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        follow_language(self._on_language)
        self._on_selected(None)

    @abstractmethod
    def fetch(self, values: dict[str, Any]) -> Fetch:
        """How the rows are read for what the filters say: a function of session, moment, last row held and how many."""

    @abstractmethod
    def count(self, values: dict[str, Any]) -> Count:
        """How the counts beside the filters are read."""

    @abstractmethod
    def show_counts(self, counts: Any) -> None:
        """Write the counts beside the filters and at the foot."""

    @abstractmethod
    def open_row(self, row: Any) -> None:
        """Go where a row leads."""

    def title_words(self) -> str:
        """What the room says of itself beside its title, once there are counts."""
        return ""

    def begin(self, placeholder: str) -> None:
        """All filters are there: add the search field before them and be ready to load."""
        self.search = self.filters.add_search("text", placeholder)
        self.search.installEventFilter(self)

    def shown(self) -> None:
        """The room comes to the front."""
        if not self._began:
            self._began = True
            self._on_filter()
            self._tick.start()
        else:
            self.reload()

    def reload(self, subjects: Collection[str] | None = None) -> None:
        """Read again what is shown, when records of these subjects concern it."""
        if self._began and records_touch(subjects, self.subjects):
            self.model.reload()
            self._count()

    def offers(self, key: str) -> bool:
        """What acts on a row needs a selected one."""
        return key not in ("main_act", "open_row", "copy_rows") or self.table.selected is not None

    def main_act(self) -> None:
        """F8: open the selected row."""
        if self.table.selected is not None:
            self.open_row(self.table.selected)

    def filter_focus(self) -> None:
        """Ctrl+F and `/`."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def next_section(self, _step: int) -> None:
        """F6: from the table to the filters and back."""
        if self.table.hasFocus():
            self.filter_focus()
        else:
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def back_out(self) -> bool:
        """Esc: take the filters away, else leave the search field."""
        if self.filters.active:
            self.filters.clear()
        elif self.table.hasFocus():
            return False
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def set_density(self, dense: bool) -> None:
        """Rows of 28 px, or of 36."""
        self.table.set_dense(dense)

    def context_words(self) -> str:
        """What stands beside the room's title."""
        return self.title_words() if self.counts is not None else ""

    def select_when_loaded(self, key: object) -> None:
        """Select this row as soon as it is there."""
        self._wanted_key = key

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _TO_THE_TABLE
        if watched is self.search and pressed and not self.search.composing:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            if self.table.selected is None and self.model.rows:
                self.table.setCurrentIndex(self.model.index(0, 0))
            return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        sheet = Sheet(self)
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(1, 4, 1, 1)
        inside.setSpacing(0)
        inside.addWidget(self.table, 1)
        foot = _Foot(sheet)
        foot.setLayout(self.foot)
        self.foot.setContentsMargins(14, 8, 14, 8)
        self.foot.setSpacing(16)
        self.foot_words = Label("", "table", "text2", parent=foot)
        self.foot.addWidget(self.foot_words)
        self.foot.addStretch(1)
        inside.addWidget(foot)
        column = QVBoxLayout()
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.filters)
        column.addWidget(sheet, 1)
        hints = QHBoxLayout()
        hints.setSpacing(6)
        for keys, phrase in (("↑↓", "choose"), ("Enter", "open"), ("/", "filter")):
            hints.addWidget(KeyHint(keys, self))
            words = Label("", "small", "text2", parent=self)
            say(words.setText, phrase, "keys")
            hints.addWidget(words)
            hints.addSpacing(8)
        self.action_bar.left.insertLayout(0, hints)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(column, 1)
        whole.addWidget(self.action_bar)

    def _on_filter(self) -> None:
        if not self._began:
            return
        values = self.filters.values
        fetch, engine, clock = self.fetch(values), self.context.engine, self.context.clock

        def page(after: Any, limit: int) -> Sequence[Any]:
            with reading(engine) as session:
                return fetch(session, clock(), after, limit)

        self.model.show_query(page, str(values.get("text", "")))
        self._count()

    def _count(self) -> None:
        count, engine, clock = self.count(self.filters.values), self.context.engine, self.context.clock

        def counted() -> Any:
            with reading(engine) as session:
                return count(session, clock())

        self.context.runner.forget(self._counting)
        self._counting = self.context.runner.submit(self, counted, self._on_counts)

    def _on_counts(self, counts: Any) -> None:
        self.counts = counts
        self.show_counts(counts)
        self.context.navigator.title_changed()

    def _on_loaded(self) -> None:
        self._empty.show_reason(filtered=self.filters.active)
        if self._wanted_key is not None:
            self.table.select_key(self._wanted_key)
            self._wanted_key = None
        elif self.table.selected is None and self.model.rows:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._on_selected(self.table.selected)

    def _on_selected(self, row: Any) -> None:
        self.open_button.setEnabled(row is not None)

    def _on_tick(self) -> None:
        if self.isVisible():
            self.reload()

    def _on_language(self, _language: str) -> None:
        if self.counts is not None:
            self.show_counts(self.counts)


class _Foot(QWidget):
    """What stands under the rows: a line above, as the rows have."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        follow(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        rect = QRectF(self.rect())
        radius = theme.radius("l") - 1
        path = QPainterPath()
        path.addRoundedRect(rect.adjusted(0, -2 * radius, 0, 0), radius, radius)
        painter.setClipRect(rect)
        painter.fillPath(path, theme.colour("sunken"))
        painter.fillRect(QRectF(0, 0, rect.width(), 1), theme.colour("line"))


class _EmptyList(QWidget):
    """What stands in an empty table: what the room is for, or that the filters hide everything."""

    def __init__(self, nothing: EmptyState, parent: QWidget) -> None:
        super().__init__(parent)
        self._nothing = nothing
        self._hidden = EmptyState("list-filter", "No row fits the filters", "All rows come back without them", "Clear filters", "Esc", SECONDARY, self)
        self.clear_button = self._hidden.button
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(nothing)
        self._stack.addWidget(self._hidden)

    def show_reason(self, filtered: bool) -> None:
        """Say that the filters hide all, or that there is nothing."""
        self._stack.setCurrentWidget(self._hidden if filtered else self._nothing)

