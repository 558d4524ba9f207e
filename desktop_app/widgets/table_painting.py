"""How a paged table is painted: its titles and its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from desktop_app.theme.theme import current
from desktop_app.widgets.cells import Look
from desktop_app.widgets.choice import draw_tick_box
from desktop_app.widgets.painting import LEFT, RIGHT, open_painter, text, width_of

if TYPE_CHECKING:
    from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent

    from desktop_app.widgets.paged_table import PagedTable

PADDING = 8
TICK_ROOM = 30


class Titles(QHeaderView):
    """The titles above the columns: quiet, the sorted one bold with its arrow."""

    def __init__(self, table: PagedTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(40)
        self.setSectionsMovable(True)

    def sizeHint(self) -> QSize:
        # The table gives it its own width; measuring every title, as Qt would, takes longer than all else in a table's layout.
        return QSize(0, max(30, current().metrics("small").height() + 10))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        beyond = self.viewport().rect().adjusted(self.length() - self.offset(), 0, 0, 0)
        painter = open_painter(self.viewport())
        painter.fillRect(beyond, current().colour("surface"))

    def paintSection(self, painter: QPainter, rect: Any, section: int) -> None:
        theme = current()
        column = self._table.paged.columns[section]
        painter.fillRect(rect, theme.colour("surface"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.colour("line"))
        words = str(self._table.paged.headerData(section, Qt.Orientation.Horizontal) or "")
        sorted_by = bool(column.sort) and self._table.sort[0] == column.sort
        arrow = 14 if sorted_by else 0
        left = PADDING + (TICK_ROOM if self._table.ticking and self.visualIndex(section) == 0 else 0)
        room = QRectF(rect).adjusted(left, 0, -PADDING - arrow, -1)
        text(painter, room, words, "small", theme.colour("text2" if sorted_by else "text3"), bold=sorted_by, align=RIGHT if column.right else LEFT)
        if sorted_by:
            end = rect.right() - PADDING if column.right else min(room.left() + width_of(words, "small", True) + arrow, float(rect.right() - PADDING))
            self._arrow(painter, QRectF(end - 9, rect.center().y() - 4, 8, 9), self._table.sort[1])

    def _arrow(self, painter: QPainter, rect: QRectF, down: bool) -> None:
        painter.save()
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.setPen(QPen(current().colour("text2"), 1.4))
        middle, tip, foot = rect.center().x(), rect.bottom() if down else rect.top(), rect.top() if down else rect.bottom()
        wing = -3 if down else 3
        painter.drawLine(QPointF(middle, foot), QPointF(middle, tip))
        painter.drawLine(QPointF(middle, tip), QPointF(middle - 3, tip + wing))
        painter.drawLine(QPointF(middle, tip), QPointF(middle + 3, tip + wing))
        painter.restore()


class RowPainter(QStyledItemDelegate):
    """Paints the cells of a row, its ground, its tick box and, when the keys are at it, its ring."""

    def __init__(self, table: PagedTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        table, theme = self._table, current()
        place, column = index.row(), index.column()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        whole = QRectF(option.rect)
        if selected:
            painter.fillRect(whole, theme.colour("select"))
        elif table.hovered == place:
            painter.fillRect(whole, theme.colour("hover"))
        painter.setRenderHint(painter.RenderHint.Antialiasing, False)
        painter.fillRect(QRectF(whole.x(), whole.bottom() - 1, whole.width(), 1), theme.colour("line"))
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        visual = table.horizontalHeader().visualIndex(column)
        inside = whole.adjusted(PADDING, 0, -PADDING, -1)
        if table.ticking and visual == 0:
            draw_tick_box(painter, inside.x(), whole.center().y(), table.paged.key(table.paged.rows[place]) in table.ticked)
            inside.adjust(TICK_ROOM, 0, 0, 0)
        painter.save()
        painter.setClipRect(whole, Qt.ClipOperation.IntersectClip)
        table.paged.cell(place, column).draw(painter, inside, Look(selected, table.paged.searched))
        painter.restore()
        if table.hasFocus() and table.currentIndex().row() == place:
            self._ring(painter, whole, visual)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> bool:
        """Tell the whole of a cell that had to be cut short."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        cell = self._table.paged.cell(index.row(), index.column())
        if cell.wanted_width() > option.rect.width() - 2 * PADDING:
            QToolTip.showText(event.globalPos(), cell.plain, view)
        else:
            QToolTip.hideText()
        return True

    def _ring(self, painter: QPainter, whole: QRectF, visual: int) -> None:
        colour = current().colour("focus")
        painter.fillRect(QRectF(whole.x(), whole.y(), whole.width(), 2), colour)
        painter.fillRect(QRectF(whole.x(), whole.bottom() - 2, whole.width(), 2), colour)
        if visual == 0:
            painter.fillRect(QRectF(whole.x(), whole.y(), 2, whole.height()), colour)
        if visual == len(self._table.paged.columns) - 1:
            painter.fillRect(QRectF(whole.right() - 2, whole.y(), 2, whole.height()), colour)
