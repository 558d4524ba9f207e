"""What an empty list says: what it is, why it's empty, and the one thing to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop_app.i18n.live import say
from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import follow
from desktop_app.widgets.buttons import PRIMARY, Button
from desktop_app.widgets.labels import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class EmptyState(QWidget):
    """Icon, bold line, quiet line, one button (`button`), in the middle of whatever room it gets."""

    def __init__(
        self, icon: str, title: str, reason: str = "", button: str = "", keys: str = "", role: str = PRIMARY, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title = Label("", "title", bold=True, wrap=True, parent=self)
        self._reason = Label("", "body", "text3", wrap=True, parent=self)
        self.button = Button(button, role, keys=keys, parent=self)
        self.button.setVisible(bool(button))
        for label in (self._title, self._reason):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(_BigIcon(icon, self), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._reason)
        column.addSpacing(4)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.set_title(title)
        if reason:
            self.set_reason(reason)

    def set_title(self, phrase: str, **values: object) -> None:
        """What this is."""
        say(self._title.setText, phrase, **values)

    def set_reason(self, phrase: str, **values: object) -> None:
        """Why it's empty."""
        say(self._reason.setText, phrase, **values)


class _BigIcon(QWidget):
    def __init__(self, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        follow(self.update)

    def sizeHint(self) -> QSize:
        return QSize(32, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_icon(QPainter(self), self._icon, "text3", 0, 0, 32, 1.75)
