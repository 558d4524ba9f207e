"""One work order: its head and steps, lines with what each payer bears, pictures, talks, agreements, history beside it, and the next move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.rules.errors import Refusal
from db.rules.order_life import Consent, WorkState
from desktop_app import faults
from desktop_app.i18n import current_language
from desktop_app.i18n.formats import formats
from desktop_app.i18n.phrases import phrases
from desktop_app.record_words import WORDS
from desktop_app.rooms.work_orders.conflict_strip import ConflictStrip
from desktop_app.rooms.work_orders.deeds import Deed, Deeds
from desktop_app.rooms.work_orders.history_panel import HistoryPanel
from desktop_app.rooms.work_orders.line_acts import LineActs
from desktop_app.rooms.work_orders.line_rows import COMPLAINT, ShownRow
from desktop_app.rooms.work_orders.loaded import Loaded, load
from desktop_app.rooms.work_orders.more_acts import MoreActs
from desktop_app.rooms.work_orders.move_acts import WASH, MoveActs, missing_dialog
from desktop_app.rooms.work_orders.order_head import OrderHead
from desktop_app.rooms.work_orders.order_tabs import AGREED, LINES, PICTURES, TALKS, OrderTabs
from desktop_app.rooms.work_orders.paper_acts import PaperActs
from desktop_app.widgets.action_bar import ActionBar
from desktop_app.widgets.buttons import PRIMARY, SECONDARY, Button
from desktop_app.widgets.side_panel import PanelHost

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QShowEvent

    from db.queries.history_words import HistoryEntry
    from db.queries.order_file import OrderFile
    from desktop_app.room import RoomContext
    from desktop_app.rooms.work_orders.line_dialogs import ItemDialog

_MINUTE_MS = 60_000


class OrderPage(QWidget):
    """Shows the order that `open` names; each change is in the records at once."""

    closed = Signal()
    titled = Signal()

    def __init__(self, context: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.loaded: Loaded | None = None
        self.items: ItemDialog | None = None
        self._order_id = 0
        self._ticket = 0
        self._anew = True
        self._wanted_line = 0
        self._then: Callable[[], object] | None = None
        self._history_shown = False
        self.setAcceptDrops(True)
        self.deeds = Deeds(context, self._current, self.reload, self)
        self.lines, self.moves, self.more, self.papers = LineActs(self), MoveActs(self), MoreActs(self), PaperActs(self)
        self.head = OrderHead(context.clock, context.region, self)
        self.conflict = ConflictStrip(self)
        self.parts = OrderTabs(context, self)
        self.parts.no_line.button.clicked.connect(self.lines.add)
        self.tabs, self.table, self.units = self.parts.tabs, self.parts.table, self.parts.units
        self.history = HistoryPanel(context.clock, self)
        self.bar = ActionBar(self)
        self.promise = self.bar.add(Button("Promised time", SECONDARY, keys="T", height="big"))
        self.talk = self.bar.add(Button("Talk", SECONDARY, keys="K", height="big"))
        self.primary = self.bar.add(Button("", PRIMARY, keys="F8", height="big"))
        self._lay_out()
        self._connect()
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self.head.tick)
        self._minute.start()

    def _lay_out(self) -> None:
        content = QWidget(self)
        body = QVBoxLayout(content)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(12)
        body.addWidget(self.head)
        body.addWidget(self.conflict)
        body.addWidget(self.parts, 1)
        self.panel = PanelHost(content, self.history, parent=self)
        self.panel.panel_opened.connect(self._on_panel)
        self.panel.panel_closed.connect(self._on_panel)
        framed = QVBoxLayout()
        framed.setContentsMargins(16, 12, 16, 12)
        framed.addWidget(self.panel)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(framed, 1)
        whole.addWidget(self.bar)

    def _connect(self) -> None:
        self.head.back_pressed.connect(self.closed)
        self.head.print_pressed.connect(self.papers.print_job_card)
        self.head.more_pressed.connect(self.more.open)
        self.head.history_pressed.connect(self.toggle_history)
        self.table.opened.connect(self._on_row_opened)
        self.table.edit_asked.connect(self._on_edit_asked)
        self.parts.pictures.opened.connect(self.more.look_at_picture)
        self.history.noted.connect(self.moves.note)
        self.deeds.conflict.connect(self._on_conflict)
        self.deeds.missing.connect(self.moves.on_missing)
        self.conflict.mine.connect(self._on_mine)
        self.conflict.left.connect(self._on_conflict_left)
        self.promise.clicked.connect(self.moves.promise)
        self.talk.clicked.connect(self.moves.talk)
        self.primary.clicked.connect(self.main_act)

    @property
    def file(self) -> OrderFile | None:
        """The order as it was read last."""
        return None if self.loaded is None else self.loaded.file

    @property
    def selected(self) -> ShownRow | None:
        """The selected row of the lines, None while another tab shows."""
        return self.parts.selected

    def open(self, order_id: int, then: Callable[[], object] | None = None) -> None:
        """Show another order; `then` is called once it is read."""
        self._then = then
        if order_id != self._order_id:
            self.deeds.forget()
            self.loaded = None
            self._anew = True
            self.conflict.hide()
            self.parts.go_to_lines()
        self._order_id = order_id
        self.reload()

    def reload(self) -> None:
        """Read the order anew; the place in the lines stays."""
        if not self._order_id:
            return
        engine, order_id, person = self.context.engine, self._order_id, self.context.person().id
        self.context.runner.forget(self._ticket)
        self._ticket = self.context.runner.submit(self, lambda: load(engine, order_id, person), self._show, self._on_not_read)

    def main_act(self) -> None:
        """F8: the next move."""
        if self.file is not None:
            name = self.moves.next_move(self.file)
            if name:
                self.moves.make(name)
            else:
                self.closed.emit()

    def refuses_changes(self) -> bool:
        """Says so, when the order takes no more changes."""
        file = self.file
        if file is None or not file.fixed:
            return False
        error = Refusal("order_fixed", number=file.number)
        self.context.navigator.toast(faults.sentence(error, phrases(current_language())), kind="warn")
        return True

    def show_missing(self, move: str, missing: tuple[str, ...]) -> None:
        """All that a move still wants, each with the way there."""
        dialog = missing_dialog(self, move, missing)
        dialog.taken.connect(self._go_to)
        dialog.open()

    def select_line(self, line_id: int) -> None:
        """Have the focus on a line once it is read."""
        self._wanted_line = line_id

    def say_added(self, words: str) -> None:
        """In the dialog that adds, if it is still open."""
        if self.items is not None and self.items.isVisible():
            self.items.say_added(words)

    def toggle_history(self) -> None:
        """Open the history as a panel, or close it."""
        if self.panel.is_open:
            self.panel.close_panel()
        else:
            self.panel.open_panel()
        self._history_shown = self.panel.is_open

    def next_section(self, step: int) -> None:
        """F6: the lines, the tabs, the history, and round again."""
        sections: list[QWidget] = [self.parts.in_front, self.tabs, self.history.timeline]
        focused = self.focusWidget()
        place = next((n for n, widget in enumerate(sections) if focused is not None and (widget is focused or widget.isAncestorOf(focused))), 0)
        wanted = sections[(place + step) % len(sections)]
        if wanted is self.history.timeline:
            if not self.panel.is_open:
                self.panel.open_panel()
                return
        elif self.panel.is_open and not self.panel.docked:
            self.panel.close_panel()
        wanted.setFocus(Qt.FocusReason.TabFocusReason)

    def back_out(self) -> bool:
        """Esc: the drawer, then the order."""
        if self.conflict.isVisible():
            self.conflict.hide()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.panel.is_open and not self.panel.docked:
            self.panel.close_panel()
        else:
            self.closed.emit()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        acts = {
            Qt.Key.Key_P: self.lines.payer, Qt.Key.Key_A: self.lines.authorise, Qt.Key.Key_T: self.moves.promise, Qt.Key.Key_M: self._to_note,
            Qt.Key.Key_K: self.moves.talk, Qt.Key.Key_Insert: self._add, Qt.Key.Key_Delete: self.lines.withdraw, Qt.Key.Key_S: self.lines.split,
            Qt.Key.Key_Space: self.lines.done,
        }  # fmt: skip
        act = acts.get(Qt.Key(event.key())) if bare else None
        if act is not None:
            act()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.papers.attach_files([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Beside the lines where there is room; below that it is opened by its key.
        if self.panel.docked and not self.panel.is_open:
            self.panel.open_panel(focus=False)
        elif not self.panel.docked and self.panel.is_open and not self._history_shown:
            self.panel.close_panel()

    def _add(self) -> None:
        """Ins: what the tab in front is a list of."""
        acts = {LINES: self.lines.add, PICTURES: self.papers.attach, TALKS: self.moves.talk, AGREED: self.lines.authorise}
        acts[self.tabs.chosen]()

    def _current(self) -> OrderFile | None:
        return self.file

    def _show(self, loaded: Loaded) -> None:
        first, self.loaded = self._anew, loaded
        self._anew = False
        file = loaded.file
        self.head.show_file(file)
        self.parts.show_order(loaded, first)
        self.history.show_entries(list(loaded.history))
        self._show_acts(file)
        if self._wanted_line:
            line_id, self._wanted_line = self._wanted_line, 0
            self.parts.select_line_once_read(line_id)
        if first:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.titled.emit()
        then, self._then = self._then, None
        if then is not None:
            then()

    def _show_acts(self, file: OrderFile) -> None:
        name = self.moves.next_move(file)
        if name == WASH:
            self.primary.set_phrase("Tick the wash")
        elif name:
            self.primary.set_phrase(WORDS["move"][name], "move")
        else:
            self.primary.set_phrase("All orders")
        self.promise.setEnabled(not file.fixed)
        if file.rise:
            self.bar.say_status("triangle-alert", "bad", "{amount} above what the customer agreed to: A asks him", amount=formats().money(file.rise))
        elif any(line.consent is Consent.PROPOSED for line in file.lines):
            self.bar.say_status("hourglass", "violet", "Lines wait for the customer's yes: A")
        else:
            self.bar.say_status("save", "text2", "Every change is saved at once")

    def _on_panel(self) -> None:
        self.head.history.setVisible(not (self.panel.is_open and self.panel.docked))

    def _to_note(self) -> None:
        if not self.panel.is_open:
            self.panel.open_panel(focus=False)
        self.history.note.setFocus(Qt.FocusReason.TabFocusReason)

    def _go_to(self, way: object) -> None:
        if way == "next_undone":
            self.parts.go_to_lines()
            lines = () if self.file is None else self.file.lines
            undone = next((line.line_id for line in lines if line.consent is Consent.AUTHORISED and line.work_state is not WorkState.DONE), None)
            if undone is not None:
                self.parts.select_line(undone)
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
        elif way == "clock_off":
            self.moves.clock_off()
        elif way == "authorise":
            self.lines.authorise()
        elif way == "add":
            self.lines.add()
        elif way == "pass_check":
            self.moves.make("pass_check")
        elif way == "history":
            self.panel.open_panel()
            self._history_shown = True

    def _on_row_opened(self, row: ShownRow) -> None:
        if row.what != COMPLAINT:
            self.lines.change()

    def _on_edit_asked(self, row: ShownRow, column: str) -> None:
        if row.what == COMPLAINT:
            return
        if column == "payer":
            self.lines.payer()
        elif column == "authorised":
            self.lines.authorise()
        else:
            self.lines.change()

    def _on_conflict(self, deed: Deed, news: list[HistoryEntry]) -> None:
        self.conflict.show_conflict(deed, news)

    def _on_mine(self, deed: Deed) -> None:
        self.deeds.do(deed)

    def _on_conflict_left(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_not_read(self, error: Exception) -> None:
        if isinstance(error, Refusal):
            self.context.navigator.toast(faults.sentence(error, phrases(current_language())), kind="bad")
            self.closed.emit()
        else:
            self.context.runner.failed.emit(error)
