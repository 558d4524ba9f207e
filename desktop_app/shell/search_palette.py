"""Ctrl+K: one field that finds cars, people, papers and acts by whatever is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QVBoxLayout, QWidget

from desktop_app.i18n import tr
from desktop_app.i18n.live import say
from desktop_app.shell.overlay import Panel
from desktop_app.shell.palette_lines import MOST_OF_A_GROUP, Hit, Line, Lines, lines_of
from desktop_app.shell.palette_painter import PalettePainter, line_height
from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.key_hint import KeyHint
from desktop_app.widgets.labels import ElidedLabel, Label
from desktop_app.widgets.painting import box, open_painter, set_ground
from desktop_app.widgets.scrolling import make_quiet

if TYPE_CHECKING:
    from db.queries.search import Found
    from desktop_app.room import RoomContext, Verb
    from desktop_app.shell.verbs import WindowVerbs

__all__ = ["Hit", "SearchPalette"]

WIDTH, TOP = 720, 84
WAIT_MS = 60


class SearchPalette(Panel):
    """The palette of one window; made anew each time it is opened."""

    gives_way = True
    chosen = Signal(object)
    chosen_apart = Signal(object)
    """A record that was asked for in a window of its own."""
    check_in_wanted = Signal(int)
    """A vehicle that is to be checked in."""
    verb_chosen = Signal(str)

    def __init__(self, context: RoomContext, verbs: WindowVerbs, window: QWidget) -> None:
        super().__init__("Find anything", WIDTH, window)
        self._context = context
        self._verbs = verbs.offered()
        self._ticket = 0
        self._asked = ""
        self.field = QLineEdit(self.sheet)
        self.model = Lines(self)
        self.list = QListView(self.sheet)
        self._status = ElidedLabel("", "small", "text2", parent=self.sheet)
        self._lay_out_palette()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(WAIT_MS)
        self._pause.timeout.connect(self._ask)
        self.field.textChanged.connect(self._on_typed)
        self.field.installEventFilter(self)
        self.list.clicked.connect(self._on_clicked)
        self.pressed.connect(self.close_panel)
        follow(self._take_look)
        self._show(None)

    def set_text(self, words: str) -> None:
        """Begin with these words."""
        self.field.setText(words)

    def open(self) -> None:
        super().open()
        self.field.setFocus()

    def close_panel(self) -> None:
        self._context.runner.forget(self._ticket)
        super().close_panel()

    def act(self, key: str) -> None:
        """Verbs pressed while the palette is open: its own key closes it again."""
        if key == "find":
            self.close_panel()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the list while the field has the focus."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._on_key(event):
            return True
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._next_group(1 if key == Qt.Key.Key_Tab else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentIndex().row(), apart=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        else:
            return False
        return True

    def _lay_out_palette(self) -> None:
        layout = self.sheet.layout()
        assert isinstance(layout, QVBoxLayout)
        while layout.count():
            entry = layout.takeAt(0)
            if entry is not None and (widget := entry.widget()) is not None:
                widget.hide()
        self.title.hide()
        self.aside.hide()
        self.field.setFrame(False)
        say(self.field.setPlaceholderText, "Plate, phone, name, last 6 of VIN, order number, or what to do")
        say(self.field.setAccessibleName, "Find anything")
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 12, 0)
        head.setSpacing(12)
        head.addWidget(_Glass(self.sheet))
        head.addWidget(self.field, 1)
        head.addWidget(KeyHint("Esc", self.sheet))
        self.list.setModel(self.model)
        self.list.setItemDelegate(PalettePainter(self.list))
        make_quiet(self.list)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        say(self.list.setAccessibleName, "What was found")
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 6, 16, 6)
        foot.setSpacing(6)
        for keys, phrase in (("↑↓", "choose"), ("Tab", "next group"), ("Enter", "open"), ("Ctrl Enter", "new window")):
            foot.addWidget(KeyHint(keys, self.sheet))
            label = Label("", "small", "text2", parent=self.sheet)
            say(label.setText, phrase, "palette")
            foot.addWidget(label)
            foot.addSpacing(8)
        self._status.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self._status, 1)
        layout.addLayout(head)
        layout.addWidget(_Rule(self.sheet))
        layout.addWidget(self.list, 1)
        layout.addWidget(_Rule(self.sheet))
        layout.addLayout(foot)

    def _lay_sheet(self) -> None:
        if not hasattr(self, "list"):
            return
        width = min(WIDTH, self.width() - 32)
        rows = sum(line_height(line) for line in self.model.lines)
        list_height = max(line_height(Line("")) * 2, min(rows, 9 * current().row("list")))
        fixed = self.field.minimumHeight() + current().metrics("small").height() + 24
        height = min(fixed + list_height, self.height() - TOP - 24)
        self.sheet.setGeometry((self.width() - width) // 2, TOP, width, height)

    def _on_typed(self, _words: str) -> None:
        self._pause.start()
        self._show(None if not self.field.text().strip() else self._last_found)

    _last_found: Found | None = None

    def _ask(self) -> None:
        typed = self.field.text().strip()
        self._context.runner.forget(self._ticket)
        if not typed:
            self._show(None)
            return
        engine = self._context.engine
        self._asked = typed
        self._ticket = self._context.runner.submit(self, lambda: _look_up(engine, typed), self._on_found)

    def _on_found(self, found: Found) -> None:
        self._last_found = found
        self._show(found)

    def _show(self, found: Found | None) -> None:
        kept = self._current_line()
        typed = self.field.text().strip()
        lines = lines_of(found, self._matching_verbs(typed), self._context.clock)
        self.model.take(lines)
        self._lay_sheet()
        row = next((row for row, line in enumerate(lines) if kept is not None and line == kept and typed == self._asked), None)
        self._go_to(row if row is not None else next((row for row, line in enumerate(lines) if not line.head), -1))
        if typed and not lines:
            say(self._status.setText, "Nothing is called “{text}”", text=typed)
        else:
            say(self._status.setText, "Pinyin and both scripts find it")

    def _matching_verbs(self, typed: str) -> list[Verb]:
        folded = typed.casefold()
        fitting = [verb for verb in self._verbs if not folded or folded in tr(verb.text).casefold() or folded in verb.text.casefold()]
        return fitting if folded else fitting[:MOST_OF_A_GROUP]

    def _current_line(self) -> Line | None:
        row = self.list.currentIndex().row()
        return self.model.lines[row] if 0 <= row < len(self.model.lines) else None

    def _go_to(self, row: int) -> None:
        self.list.setCurrentIndex(self.model.index(row) if row >= 0 else QModelIndex())

    def _step(self, step: int) -> None:
        rows = [row for row, line in enumerate(self.model.lines) if not line.head]
        if rows:
            now = self.list.currentIndex().row()
            place = rows.index(now) if now in rows else -1
            self._go_to(rows[(place + step) % len(rows)])

    def _next_group(self, step: int) -> None:
        heads = [row for row, line in enumerate(self.model.lines) if line.head]
        if heads:
            now = self.list.currentIndex().row()
            place = sum(1 for head in heads if head < now) - 1
            self._go_to(heads[(place + step) % len(heads)] + 1)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._choose(index.row())

    def _choose(self, row: int, *, apart: bool = False) -> None:
        line = self.model.lines[row] if 0 <= row < len(self.model.lines) else None
        if line is None or line.head:
            return
        self.close_panel()
        if line.hit is not None:
            (self.chosen_apart if apart else self.chosen).emit(line.hit)
        elif line.vehicle_id:
            self.check_in_wanted.emit(line.vehicle_id)
        elif line.verb is not None:
            self.verb_chosen.emit(line.verb.key)

    def _take_look(self) -> None:
        theme = current()
        self.field.setFont(theme.font("title"))
        set_ground(self.field)
        self.field.setMinimumHeight(max(56, theme.metrics("title").height() + 24))
        self._lay_sheet()


def _look_up(engine: Any, typed: str) -> Found:
    from db.engine import reading
    from db.queries.search import find

    with reading(engine) as session:
        return find(session, typed)


class _Glass(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(20, 20)
        follow(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_icon(open_painter(self), "search", "text2", 0, 0, 20)


class _Rule(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)
        follow(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box(painter, QRectF(self.rect()), 0, current().colour("line"))
