"""The table that a paged model is shown in: fixed rows, painted cells, keys, remembered widths."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop_app.i18n import tr
from desktop_app.theme.theme import current, follow, set_density
from desktop_app.widgets.memory import recall_widths, remember_widths
from desktop_app.widgets.menu import Menu
from desktop_app.widgets.painting import focus_ring, open_painter
from desktop_app.widgets.scrolling import make_quiet
from desktop_app.widgets.table_painting import TICK_ROOM, RowPainter, Titles

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from desktop_app.widgets.paged_model import PagedModel


MAIN_LEAST = 200
"""px that the column that takes the rest keeps, as long as others can give way."""


class PagedTable(QTableView):
    """↑↓ rows, Enter or double click `opened`, Ctrl+C copies as TSV, Ctrl+D density, F4 `edit_asked`, Space ticks (when `ticking`).

    Clicking a title of a sortable column, or its entry in the menu (Menu key), asks for another order by `sort_asked`.
    `name` is what the widths are remembered under; the density is the same in all tables.
    """

    opened = Signal(object)
    """The row that a person opened."""
    selected_changed = Signal(object)
    """The selected row, None when nothing is."""
    sort_asked = Signal(str, bool)
    """The column's sort word, and whether from the greatest down."""
    edit_asked = Signal(object, str)
    """Row and column key, on F4."""
    ticked_changed = Signal()

    def __init__(self, name: str, model: PagedModel, ticking: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._paged = model
        self._ticking = ticking
        self._ticked: set[object] = set()
        self._hovered = -1
        self._scale = 1.0
        self._empty: QWidget | None = None
        self._kept_key: object = None
        self._kept_place = -1
        self._kept_scroll = 0
        self.sort = ("", False)
        self.marks_first = True
        """Whether it marks a row of its own accord where none is, when it gets the keys or other rows."""
        self._placing = False
        self._fitting = False
        self._away: dict[int, int] = {}
        """Columns that have given way, with their widths."""
        make_quiet(self)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalHeader(Titles(self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setItemDelegate(RowPainter(self))
        self.setModel(model)
        self._restore_widths()
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.horizontalHeader().sectionResized.connect(self._on_resized)
        self.horizontalHeader().sectionClicked.connect(self._on_title)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.doubleClicked.connect(self._on_double)
        model.modelAboutToBeReset.connect(self._keep_place)
        model.modelReset.connect(self._restore_place)
        follow(self._take_theme)

    @property
    def paged(self) -> PagedModel:
        """The model."""
        return self._paged

    @property
    def ticking(self) -> bool:
        """Whether rows can be ticked."""
        return self._ticking

    @property
    def placing(self) -> bool:
        """Whether it is the table that is moving the mark, after its rows came anew or when it got the keys, and no person."""
        return self._placing

    @property
    def hovered(self) -> int:
        """The place of the row under the pointer, -1 for none."""
        return self._hovered

    @property
    def selected(self) -> Any:
        """The selected row, None when nothing is."""
        place = self.currentIndex().row()
        return self._paged.rows[place] if 0 <= place < len(self._paged.rows) else None

    @property
    def ticked(self) -> frozenset[object]:
        """Keys of the ticked rows."""
        return frozenset(self._ticked)

    def untick_all(self) -> None:
        """Tick nothing."""
        self._ticked.clear()
        self.viewport().update()
        self.ticked_changed.emit()

    def select_key(self, key: object) -> bool:
        """Select the row of a key if it is held."""
        place = self._paged.row_of(key)
        if place < 0:
            return False
        self.setCurrentIndex(self._paged.index(place, 0))
        return True

    def set_empty(self, widget: QWidget) -> None:
        """What to show in the middle while the query finds nothing."""
        self._empty = widget
        widget.setParent(self.viewport())
        self._place_empty()

    def set_sort(self, sort: str, descending: bool) -> None:
        """Show the arrow at a column's title."""
        self.sort = (sort, descending)
        self.horizontalHeader().viewport().update()

    def set_dense(self, dense: bool) -> None:
        """Rows of 28 px instead of 36, in all tables."""
        set_density(dense)

    def copy_rows(self) -> None:
        """Put the ticked rows (or the selected one) on the clipboard, cells divided by tabs."""
        rows = [row for row in self._paged.rows if self._paged.key(row) in self._ticked]
        if not rows and self.selected is not None:
            rows = [self.selected]
        order = [self.horizontalHeader().logicalIndex(place) for place in range(len(self._paged.columns))]
        lines = ["\t".join(" ".join(self._paged.columns[column].cell(row).plain.split()) for column in order) for row in rows]
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if bare and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.selected is not None:
            self.opened.emit(self.selected)
        elif control and key == Qt.Key.Key_C:
            self.copy_rows()
        elif control and key == Qt.Key.Key_D:
            self.set_dense(not current().dense)
        elif bare and key == Qt.Key.Key_F4 and self.selected is not None:
            self.edit_asked.emit(self.selected, self._paged.columns[max(0, self.currentIndex().column())].key)
        elif bare and key == Qt.Key.Key_Space and self._ticking:
            self._toggle(self.currentIndex().row())
        elif bare and key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._paged.rows:
            self.setCurrentIndex(self._paged.index(0 if key == Qt.Key.Key_Home else len(self._paged.rows) - 1, 0))
        elif event.text() and event.text().isprintable() and not control:
            # A letter is some act's key, never the search by first letters that Qt would make of it.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        place = self.rowAt(int(event.position().y()))
        if self._ticking and event.button() == Qt.MouseButton.LeftButton and event.position().x() + self.horizontalScrollBar().value() < TICK_ROOM:
            self._toggle(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(int(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = Menu(self)
        copy = menu.addAction(tr("Copy rows") + "\tCtrl+C")
        copy.setEnabled(self.selected is not None)
        copy.triggered.connect(self.copy_rows)
        sortable = [column for column in self._paged.columns if column.sort]
        if sortable:
            menu.addSeparator()
        for column in sortable:
            act = menu.addAction(tr("Sort by {column}", column=tr(column.title, column.context)))
            act.setData(column.sort)
        menu.triggered.connect(self._on_menu)
        menu.popup(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.marks_first and not self.currentIndex().isValid() and self._paged.rows:
            self._mark(0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and not self.currentIndex().isValid():
            focus_ring(open_painter(self.viewport()), QRectF(self.viewport().rect()), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._place_empty()

    def sizeHintForColumn(self, column: int) -> int:
        return self._paged.columns[column].width

    def _toggle(self, place: int) -> None:
        if 0 <= place < len(self._paged.rows):
            self._ticked ^= {self._paged.key(self._paged.rows[place])}
            self.viewport().update()
            self.ticked_changed.emit()

    def _hover(self, place: int) -> None:
        if place != self._hovered:
            self._hovered = place
            self.viewport().update()

    def _on_current(self, current_index: QModelIndex, _previous: QModelIndex) -> None:
        self.viewport().update()
        place = current_index.row()
        self.selected_changed.emit(self._paged.rows[place] if 0 <= place < len(self._paged.rows) else None)

    def _on_double(self, index: QModelIndex) -> None:
        self.opened.emit(self._paged.rows[index.row()])

    def _on_title(self, section: int) -> None:
        self._ask_sort(self._paged.columns[section].sort)

    def _on_menu(self, act: Any) -> None:
        if act.data():
            self._ask_sort(act.data())

    def _ask_sort(self, sort: str) -> None:
        if sort:
            descending = self.sort == (sort, False)
            self.set_sort(sort, descending)
            self.sort_asked.emit(sort, descending)

    def _on_scrolled(self, value: int) -> None:
        bar = self.verticalScrollBar()
        if value > bar.maximum() - 2 * bar.pageStep() and self._paged.canFetchMore(QModelIndex()):
            self._paged.fetchMore(QModelIndex())

    def _keep_place(self) -> None:
        self._kept_key = self._paged.key(self.selected) if self.selected is not None else None
        self._kept_place = self.currentIndex().row()
        self._kept_scroll = self.verticalScrollBar().value()

    def _restore_place(self) -> None:
        held = {self._paged.key(row) for row in self._paged.rows}
        if self._ticked - held and self._paged.complete:
            self._ticked &= held
            self.ticked_changed.emit()
        kept = self._paged.row_of(self._kept_key) if self._kept_key is not None else -1
        if kept >= 0:
            self._mark(kept)
        else:
            # A row that went away hands its place to the one that moved up.
            place = min(0 if self._paged.fresh else max(0, self._kept_place), len(self._paged.rows) - 1)
            if place >= 0 and ((self._kept_place >= 0 and not self._paged.fresh) or (self.marks_first and self.hasFocus())):
                self._mark(place)
            else:
                self.selected_changed.emit(None)
        self.updateGeometries()
        if self._paged.fresh:
            self.scrollTo(self.currentIndex()) if self.currentIndex().isValid() else self.scrollToTop()
        else:
            self.verticalScrollBar().setValue(self._kept_scroll)
        self._place_empty()

    def _mark(self, place: int) -> None:
        self._placing = True
        self.setCurrentIndex(self._paged.index(place, 0))
        self._placing = False

    def _place_empty(self) -> None:
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().rect())
            self._empty.setVisible(self._paged.empty)

    def _restore_widths(self) -> None:
        kept = recall_widths(self._name)
        columns = self._paged.columns
        widths = kept if len(kept) == len(columns) else []
        header = self.horizontalHeader()
        for place, column in enumerate(columns):
            if column.width == 0:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
                tick = TICK_ROOM if self._ticking and place == 0 else 0
                header.resizeSection(place, widths[place] if widths else column.width + tick)

    def _fit(self) -> None:
        """Let columns go, one after the other, until the one that takes the rest has room enough."""
        columns = self._paged.columns
        giving = sorted((place for place, column in enumerate(columns) if column.gives_way), key=lambda place: -columns[place].gives_way)
        if not giving or self._fitting:
            return
        header, wanted, away = self.horizontalHeader(), round(MAIN_LEAST * self._scale), set[int]()
        sizes = {place: self._away.get(place) or header.sectionSize(place) for place, column in enumerate(columns) if column.width}
        for place in giving:
            if self.viewport().width() - sum(size for at, size in sizes.items() if at not in away) >= wanted:
                break
            away.add(place)
        if away != set(self._away):
            self._fitting = True
            self._away = {place: sizes[place] for place in away}
            for place in giving:
                header.setSectionHidden(place, place in away)
            self._fitting = False

    def _on_resized(self, _section: int, _before: int, _after: int) -> None:
        if self._fitting:
            return
        if QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            header = self.horizontalHeader()
            sizes = [self._away.get(place) or header.sectionSize(place) for place in range(header.count())]
            remember_widths(self._name, [max(1, round(size / self._scale)) for size in sizes])

    def _take_theme(self) -> None:
        theme = current()
        if theme.text_scale != self._scale:
            header = self.horizontalHeader()
            for place in range(header.count()):
                if header.sectionResizeMode(place) == QHeaderView.ResizeMode.Interactive and place not in self._away:
                    header.resizeSection(place, round(header.sectionSize(place) * theme.text_scale / self._scale))
            for place in self._away:
                self._away[place] = round(self._away[place] * theme.text_scale / self._scale)
                header.resizeSection(place, self._away[place])
            self._scale = theme.text_scale
            self._fit()
        height = max(theme.row("dense" if theme.dense else "table"), theme.metrics("table").height() + 6)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.horizontalHeader().viewport().update()
        self.viewport().update()
