"""A table over a query, one page at a time: rows are fetched by the runner, sorted and filtered by the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop_app.i18n import tr
from desktop_app.i18n.live import follow_language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop_app.tasks.runner import Runner
    from desktop_app.widgets.cells import Cell

PAGE = 100
MOST_KEPT = 1000

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True)
class Column:
    """A column: its key (for widths), its title as a phrase, how a row is shown in it, and what the query calls it when sorting.

    `width` 0 takes what is left. Those that give way go in little room, the highest first, so that what takes the rest can be read.
    `sort` empty: can't be sorted by. `right`: title at the right, as its figures are.
    """

    key: str
    title: str
    cell: Callable[[Any], Cell]
    width: int = 120
    sort: str = ""
    right: bool = False
    context: str = ""
    gives_way: int = 0


class PagedModel(QAbstractTableModel):
    """Rows of a query in the order it gives them. `show_query` with a function (after, limit) -> rows; `after` is the last row held.

    While a reload is under way the old rows stay; a newer request makes the older one come to nothing.
    """

    loaded = Signal()
    """A first page (not a further one) has arrived."""

    failed = Signal(object)
    """The exception of a fetch; the rows stay as they were."""

    def __init__(self, runner: Runner, columns: Sequence[Column], key: Callable[[Any], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.columns = tuple(columns)
        self.key = key
        self.searched = ""
        self.fresh = True
        """Whether the rows on their way (or just arrived) answer another question than those before."""
        self._fetch: Callable[[Any, int], Sequence[Any]] | None = None
        self._rows: list[Any] = []
        self._more = False
        self._ticket = 0
        self._asked = PAGE
        self._coming_search = ""
        self._ever_loaded = False
        follow_language(self._on_language)

    def show_query(self, fetch: Callable[[Any, int], Sequence[Any]], searched: str = "") -> None:
        """Show another query from its beginning; `searched` is marked in the words of the rows."""
        self._fetch = fetch
        self.fresh = True
        self._start(PAGE, searched)

    def reload(self) -> None:
        """Fetch again what is held (up to a thousand rows), so that a place in the list isn't lost."""
        if self._fetch is not None:
            self.fresh = self.fresh and not self._ever_loaded
            self._start(min(MOST_KEPT, max(PAGE, len(self._rows))), self.searched)

    def show_again(self, fetch: Callable[[Any, int], Sequence[Any]]) -> None:
        """As `reload`, from a function that gives the same list in its newest state."""
        self._fetch = fetch
        self.reload()

    @property
    def rows(self) -> Sequence[Any]:
        """The rows held so far."""
        return self._rows

    @property
    def complete(self) -> bool:
        """Whether there is nothing more to fetch."""
        return self._ever_loaded and not self._more

    @property
    def empty(self) -> bool:
        """Whether the query has answered and found nothing."""
        return self._ever_loaded and not self._rows

    def row_of(self, key: object) -> int:
        """The place of a row by its key, -1 if it isn't held."""
        return next((place for place, row in enumerate(self._rows) if self.key(row) == key), -1)

    def replace_row(self, row: Any) -> None:
        """Show a changed row in its place at once, before the records confirm it; unknown keys are ignored."""
        place = self.row_of(self.key(row))
        if place >= 0:
            self._rows[place] = row
            self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.columns) - 1))

    def cell(self, place: int, column: int) -> Cell:
        """The cell at a place."""
        return self.columns[column].cell(self._rows[place])

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index.row(), index.column()).plain
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._title(index.column())} {self.cell(index.row(), index.column()).plain}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._title(section)
        return None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._more and not self._ticket

    def fetchMore(self, parent: Index) -> None:
        fetch = self._fetch
        if fetch is None or not self.canFetchMore(parent):
            return
        last = self._rows[-1] if self._rows else None
        self._ticket = self._runner.submit(self, lambda: fetch(last, PAGE), self._append, self._fail)

    def _start(self, limit: int, searched: str) -> None:
        fetch = self._fetch
        assert fetch is not None
        self._runner.forget(self._ticket)
        self._asked = limit
        self._coming_search = searched
        self._ticket = self._runner.submit(self, lambda: fetch(None, limit), self._replace, self._fail)

    def _replace(self, page: Sequence[Any]) -> None:
        self._ticket = 0
        self.beginResetModel()
        self.searched = self._coming_search
        self._rows = list(page)
        self._more = len(page) >= self._asked
        self._ever_loaded = True
        self.endResetModel()
        self.loaded.emit()

    def _append(self, page: Sequence[Any]) -> None:
        self._ticket = 0
        self._more = len(page) >= PAGE
        if page:
            self.beginInsertRows(_NOWHERE, len(self._rows), len(self._rows) + len(page) - 1)
            self._rows += page
            self.endInsertRows()

    def _fail(self, fault: Exception) -> None:
        self._ticket = 0
        self.failed.emit(fault)
        self._runner.failed.emit(fault)

    def _title(self, column: int) -> str:
        return tr(self.columns[column].title, self.columns[column].context) if self.columns[column].title else ""

    def _on_language(self, _language: str) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.columns) - 1))
