"""The room Work orders: the list, and one order over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_app.i18n import tr
from desktop_app.room import records_touch
from desktop_app.rooms.work_orders.list_page import SUBJECTS, ListPage

if TYPE_CHECKING:
    from collections.abc import Collection

    from desktop_app.room import RoomContext
    from desktop_app.rooms.work_orders.order_page import OrderPage

_OF_ONE = frozenset((
    *SUBJECTS, "complaint", "authorisation", "contact", "promise", "attachment", "labour_session", "quality_check", "payment", "paper_print", "bay",
    "order_belonging", "recommendation",
))  # fmt: skip


class View(QWidget):
    """Two pages; the order's is made when the first order is opened."""

    def __init__(self, context: RoomContext) -> None:
        super().__init__()
        self._context = context
        self.list = ListPage(context, self)
        self.order: OrderPage | None = None
        self._seen = False
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.list.opened.connect(self._on_opened)
        self.list.counted.connect(self._on_titled)

    @property
    def showing_order(self) -> bool:
        """Whether one order is in front."""
        return self.order is not None and self._stack.currentWidget() is self.order

    def shown(self) -> None:
        """The room came to the front."""
        # Later on the frame knows where the focus was.
        if not self._seen:
            self._seen = True
            self._focus()

    def reload(self, subjects: Collection[str] | None) -> None:
        """Records changed."""
        if records_touch(subjects, SUBJECTS):
            self.list.reload()
        if self.order is not None and self.showing_order and records_touch(subjects, _OF_ONE):
            self.order.reload()

    def main_act(self) -> None:
        """F8."""
        if self.order is not None and self.showing_order:
            self.order.main_act()
        else:
            self.list.open_selected()

    def act(self, key: str) -> None:
        """The room's own verbs."""
        if self.order is None or not self.showing_order:
            return
        lines, moves = self.order.lines, self.order.moves
        acts = {
            "orders.up": lambda: lines.move(-1), "orders.down": lambda: lines.move(1), "orders.payer": lines.payer, "orders.authorise": lines.authorise,
            "orders.promise": moves.promise, "orders.add": lines.add, "orders.withdraw": lines.withdraw, "orders.talk": moves.talk,
        }  # fmt: skip
        if key in acts:
            acts[key]()

    def offers(self, key: str) -> bool:
        """What acts on an order needs one in front; what acts on the list's row needs a selected one."""
        if self.order is not None and self.showing_order:
            if key in ("undo", "redo"):
                return self.order.deeds.can_undo if key == "undo" else self.order.deeds.can_redo
            return key not in ("filter", "filter_quick") and (key in ("new_record", "back") or self.order.file is not None)
        if key in ("main_act", "print", "preview", "more"):
            return self.list.table.selected is not None
        return key not in ("undo", "redo") and not key.startswith("orders.")

    def print_paper(self) -> None:
        """F9: the job card."""
        if self.order is not None and self.showing_order:
            self.order.papers.print_job_card()
        else:
            self.preview_paper()

    def preview_paper(self) -> None:
        """Shift+F9: look at the papers."""
        if self.order is not None and self.showing_order:
            self.order.papers.preview()
        elif self.list.table.selected is not None:
            from desktop_app.printing.preview import open_preview

            open_preview(self._context, self, self.list.table.selected.number)

    def new_record(self) -> None:
        """Ctrl+N: an order begins with a check-in."""
        self._context.navigator.new_check_in()

    def filter_focus(self) -> None:
        """Ctrl+F and /."""
        if not self.showing_order:
            self.list.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def more_acts(self) -> None:
        """F10."""
        if self.order is not None and self.showing_order:
            self.order.more.open()
        elif self.list.table.selected is not None:
            self._show(self.list.table.selected.order_id, more=True)

    def next_section(self, step: int) -> None:
        """F6 and Shift+F6."""
        if self.order is not None and self.showing_order:
            self.order.next_section(step)
        else:
            self.list.next_section(step)

    def undo(self) -> None:
        """Ctrl+Z."""
        if self.order is not None and self.showing_order:
            self.order.deeds.undo()

    def redo(self) -> None:
        """Ctrl+Y."""
        if self.order is not None and self.showing_order:
            self.order.deeds.redo()

    def back_out(self) -> bool:
        """Esc: from the order to the list, there the filters."""
        if self.order is not None and self.showing_order:
            return self.order.back_out()
        if self.list.narrowed:
            self.list.clear_filters()
            return True
        return False

    def set_density(self, dense: bool) -> None:
        """Higher or lower rows."""
        self.list.table.set_dense(dense)
        if self.order is not None:
            for table in (self.order.table, self.order.parts.pictures, self.order.parts.talks, self.order.parts.agreed):
                table.set_dense(dense)

    def open_record(self, subject: str, record_id: int) -> None:
        """Show an order."""
        if subject == "order":
            self._show(record_id)

    def take_scan(self, kind: str, code: str) -> bool:
        """A part's or operation's code, while an order is open for it: its line."""
        if kind != "other" or self.order is None or not self.showing_order or self.order.file is None or self.order.file.fixed:
            return False
        self.order.lines.add_scanned(code)
        return True

    def _show(self, order_id: int, more: bool = False) -> None:
        if self.order is None:
            from desktop_app.rooms.work_orders.order_page import OrderPage

            self.order = OrderPage(self._context, self)
            self.order.closed.connect(self._on_closed)
            self.order.titled.connect(self._on_titled)
            self._stack.addWidget(self.order)
        self._stack.setCurrentWidget(self.order)
        self.order.open(order_id, self.order.more.open if more else None)
        self.order.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def context_words(self) -> str:
        """The order's number, or how many are open."""
        if self.order is not None and self.showing_order:
            return self.order.file.number if self.order.file is not None else ""
        return tr("{count} open", count=self.list.counts.open) if self.list.counts is not None else ""

    def _focus(self) -> None:
        widget = self.order.table if self.order is not None and self.showing_order else self.list.table
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_opened(self, order_id: int) -> None:
        self.open_record("order", order_id)

    def _on_closed(self) -> None:
        self._stack.setCurrentWidget(self.list)
        self.list.reload()
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_titled()

    def _on_titled(self) -> None:
        self._context.navigator.title_changed()
