"""The strip that says what somebody else did to the order meanwhile, and asks before one's own change is made all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.history_sentences import told
from desktop_app.i18n.live import follow_language, say
from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.labels import Label
from desktop_app.widgets.painting import box, open_painter

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from db.queries.history_words import HistoryEntry
    from desktop_app.rooms.work_orders.deeds import Deed

_MOST = 3


class ConflictStrip(QWidget):
    """Hidden until `show_conflict`. Esc leaves the order as the other has made it."""

    mine = Signal(object)
    """The deed, to be made on the order as it is now."""
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deed: Deed | None = None
        self._news: list[HistoryEntry] = []
        self._title = Label("", "body", bold=True, wrap=True, parent=self)
        say(self._title.setText, "Somebody else changed this order meanwhile; your change has not been made")
        self._words = Label("", "table", "text2", wrap=True, parent=self)
        self._leave = Button("Leave it as it is", keys="Esc", parent=self)
        self._mine = Button("Make my change all the same", parent=self)
        self._leave.clicked.connect(self._on_left)
        self._mine.clicked.connect(self._on_mine)
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addWidget(self._title)
        text.addWidget(self._words)
        row = QHBoxLayout(self)
        row.setContentsMargins(44, 10, 12, 10)
        row.setSpacing(12)
        row.addLayout(text, 1)
        row.addWidget(self._leave)
        row.addWidget(self._mine)
        self.hide()
        follow(self.update)
        follow_language(self._on_language)

    def show_conflict(self, deed: Deed, news: list[HistoryEntry]) -> None:
        """Say what was done meanwhile, and ask; the harmless answer has the focus."""
        self._deed, self._news = deed, news
        self._write()
        self.show()
        self._leave.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_left()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        family = theme.sem("warn")
        painter = open_painter(self)
        box(painter, QRectF(self.rect()), theme.radius("m"), family.tint, family.solid)
        draw_icon(painter, "triangle-alert", family.fg, 14, 12, 18)

    def _write(self) -> None:
        lines = []
        for entry in self._news[:_MOST]:
            words = told(entry)
            lines.append(f"{words.foot}  {'; '.join(words.sentences) or words.title}")
        self._words.setText("\n".join(lines))

    def _on_language(self, _language: str) -> None:
        self._write()

    def _on_left(self) -> None:
        self.hide()
        self.left.emit()

    def _on_mine(self) -> None:
        deed = self._deed
        self.hide()
        self.left.emit()
        if deed is not None:
            self.mine.emit(deed)
