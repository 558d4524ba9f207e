"""The white sheet that a file stands on: it scrolls, and keeps what has the focus in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop_app.rooms.customers.lines import LineList, Section
from desktop_app.widgets.card import Sheet
from desktop_app.widgets.scrolling import ScrollArea

if TYPE_CHECKING:
    from collections.abc import Iterator


class FileFrame(Sheet):
    """Put sections into `column`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scroll = ScrollArea(self)
        inside = QWidget(self)
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self._inside = inside
        self._scroll.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(self._scroll)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)

    def follow_rows(self) -> None:
        """Keep the row that the keys are on in sight, in every list of the file."""
        for rows in self.findChildren(LineList):
            rows.moved.connect(self._on_row)

    def to_top(self) -> None:
        """Scroll to the beginning."""
        self._scroll.verticalScrollBar().setValue(0)

    def sections(self) -> Iterator[Section]:
        """The sections that show, from the top."""
        return (section for section in self.findChildren(Section) if not section.isHidden())

    def enter(self) -> bool:
        """Give the focus to the first thing in the file that takes it."""
        for widget in self._inside.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(self) and (not isinstance(widget, LineList) or widget.lines):
                widget.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return False

    def step_section(self, step: int) -> bool:
        """Go to the next or the last section that has rows; false beyond the ends."""
        lists = [section.list for section in self.sections() if section.list.lines]
        at = next((place for place, rows in enumerate(lists) if rows.hasFocus()), None)
        if at is None:
            return False
        if not 0 <= at + step < len(lists):
            return False
        lists[at + step].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _on_row(self, _value: object) -> None:
        rows = self.sender()
        assert isinstance(rows, LineList)
        self._scroll.ensureVisible(0, rows.mapTo(self._inside, QPoint(0, rows.current_middle)).y(), 0, 32)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._inside.isAncestorOf(now):
            if isinstance(now, LineList):
                self._scroll.ensureVisible(0, now.mapTo(self._inside, QPoint(0, now.current_middle)).y(), 0, 48)
            else:
                self._scroll.ensureWidgetVisible(now, 0, 24)
