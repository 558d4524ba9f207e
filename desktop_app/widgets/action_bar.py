"""The bar at the bottom of every form: what is saved at the left, the acts at the right, the main one last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop_app.i18n.live import say
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.icon_line import IconLine
from desktop_app.widgets.painting import open_painter
from desktop_app.widgets.progress_bar import ProgressBar

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop_app.widgets.buttons import Button


class ActionBar(QWidget):
    """`status` at the left; `add` secondary buttons and then one primary (44 px, F8) at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.left = QHBoxLayout()
        self.left.setSpacing(20)
        self.status = IconLine(parent=self)
        self.left.addWidget(self.status)
        self.left.addStretch(1)
        self._progress = ProgressBar(self)
        self._progress.setMinimumWidth(160)
        self._progress.hide()
        self._right = QHBoxLayout()
        self._right.setSpacing(12)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 20, 8)
        row.setSpacing(20)
        row.addLayout(self.left, 1)
        row.addWidget(self._progress, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(self._right)
        follow(self._take_theme)

    def add(self, button: Button, first: bool = False) -> Button:
        """Put a button at the right of those already there, or `first` before them; the primary one stands last."""
        button.setParent(self)
        self._right.insertWidget(0 if first else -1, button)
        return button

    def say_status(self, icon: str, tone: str, phrase: str, **values: object) -> None:
        """Say at the left what is saved or going on."""
        self.status.set_icon(icon, tone)
        say(self.status.set_words, phrase, **values)

    def show_progress(self, done: int, total: int) -> None:
        """Show a bar (`total` 0: of unknown length); `hide_progress` takes it away."""
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        self._progress.show()

    def hide_progress(self) -> None:
        """Take the bar away."""
        self._progress.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        painter.setRenderHint(painter.RenderHint.Antialiasing, False)
        painter.fillRect(self.rect(), theme.colour("surface"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(0, 0, self.width(), 0)

    def _take_theme(self) -> None:
        self.setMinimumHeight(current().row("actionbar"))
        self.update()
