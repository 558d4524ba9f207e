"""Text on the screen by size and tone, following the theme."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop_app.theme.theme import current, follow


class Label(QLabel):
    """Plain text of a token size (`body`, `small`, `section`… or px as text) in a colour by token name (`text2`, `bad`…).

    Words from people are shown as they are: no markup is read out of them.
    """

    def __init__(self, text: str = "", size: str = "body", tone: str = "text", bold: bool = False, wrap: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size, self._tone, self._bold = size, tone, bold
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setText(text)
        follow(self._take_theme)

    def set_tone(self, tone: str) -> None:
        """Change the colour's token."""
        if tone != self._tone:
            self._tone = tone
            self._take_theme()

    def set_size(self, size: str, bold: bool) -> None:
        """Change size and weight."""
        if (size, bold) != (self._size, self._bold):
            self._size, self._bold = size, bold
            self._take_theme()

    def _take_theme(self) -> None:
        theme = current()
        self.setFont(theme.font(self._size, self._bold))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.colour(self._tone))
        self.setPalette(palette)


class ElidedLabel(Label):
    """One line that gives way: it ends in … when there is no room, and then tells the whole on hover."""

    def __init__(self, text: str = "", size: str = "body", tone: str = "text", bold: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, size, tone, bold, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("…") * 2, super().minimumSizeHint().height())

    def setText(self, text: str) -> None:
        super().setText(text)
        self._tell_whole()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())
        painter.drawText(self.contentsRect(), int(self.alignment() | Qt.TextFlag.TextSingleLine), shown)

    def _tell_whole(self) -> None:
        self.setToolTip(self.text() if self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width() > 0 else "")
