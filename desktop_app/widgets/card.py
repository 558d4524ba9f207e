"""The card: a white sheet with a header that says what it is and whether it's done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.i18n.live import say, say_plain
from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.key_hint import KeyHint
from desktop_app.widgets.labels import ElidedLabel, Label
from desktop_app.widgets.painting import CENTRE, box, open_painter, text, tick

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class Sheet(QWidget):
    """A white surface with a 1 px line and rounded corners, without header; put a layout into it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        follow(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        box(painter, QRectF(self.rect()), theme.radius("l"), theme.colour("surface"), theme.colour("line"))


class Card(Sheet):
    """A sheet with a 40 px header: number disc (a tick once `set_done`), or an icon; title; hints at the right.

    Put the content into `body` (12 px around, unless `padded` is False); more header widgets into `header_right`.
    """

    def __init__(self, title: str = "", number: int = 0, icon: str = "", padded: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._disc = _Disc(number, icon, self)
        self._disc.setVisible(bool(number or icon))
        self.title = ElidedLabel("", "body", bold=True, parent=self)
        self._hint = Label("", "small", "text3", parent=self)
        self._hint.hide()
        self.header_right = QHBoxLayout()
        self.header_right.setSpacing(8)
        self._header = QWidget(self)
        self._header.setMinimumHeight(40)
        self._header.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row = QHBoxLayout(self._header)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self._disc)
        row.addWidget(self.title)
        row.addStretch(1)
        row.addWidget(self._hint)
        row.addLayout(self.header_right)
        self.body = QVBoxLayout()
        margin = 12 if padded else 0
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1 if padded else 5)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addLayout(self.body, 1)
        if title:
            self.set_title(title)

    def set_title(self, phrase: str, **values: object) -> None:
        """The subject, as a phrase."""
        say(self._take_title, phrase, **values)

    def set_plain_title(self, words: str) -> None:
        """The subject, as data."""
        say_plain(self._take_title, words)

    def set_hint(self, phrase: str, keys: str = "", **values: object) -> None:
        """Quiet words at the header's right, with a key after them; an empty phrase takes them away."""
        self._hint.setVisible(bool(phrase))
        if phrase:
            say(self._hint.setText, phrase, **values)
        if keys:
            self.header_right.addWidget(KeyHint(keys, self))

    def show_header(self, shown: bool) -> None:
        """Without its header where room is scarce."""
        self._header.setVisible(shown)

    def set_done(self, done: bool) -> None:
        """Show the tick in the number's place."""
        self._disc.set_done(done)

    def _take_title(self, words: str) -> None:
        self.title.setText(words)
        self.setAccessibleName(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = open_painter(self)
        painter.setRenderHint(painter.RenderHint.Antialiasing, False)
        painter.setPen(current().colour("line"))
        if self._header.isHidden():
            return
        y = self._header.geometry().bottom()
        painter.drawLine(1, y, self.width() - 2, y)


class _Disc(QWidget):
    def __init__(self, number: int, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._number, self._icon, self._done = number, icon, False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_done(self, done: bool) -> None:
        self._done = done
        self.update()

    def sizeHint(self) -> QSize:
        side = max(20, current().metrics("small").height() + 2) if self._number else 16
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        rect = QRectF(self.rect())
        if self._done and self._number:
            family = theme.sem("ok")
            box(painter, rect, rect.width() / 2, family.tint)
            tick(painter, rect.adjusted(4, 4, -4, -4), family.fg)
        elif self._number:
            box(painter, rect, rect.width() / 2, theme.colour("sunken"))
            text(painter, rect, str(self._number), "small", theme.colour("text2"), bold=True, align=CENTRE, elide=False)
        else:
            draw_icon(painter, self._icon, "text", 0, 0, 16)
