"""A line of an icon and words, for states and short remarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.i18n.live import say
from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.busy_ring import BusyRing
from desktop_app.widgets.painting import open_painter, text, width_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class IconLine(QWidget):
    """Icon (16 px) in a tone, words after it in another (`text2` unless told); gives way to `…` in little room."""

    def __init__(
        self, phrase: str = "", icon: str = "", tone: str = "text2", size: str = "small", words_tone: str = "", bold: bool = False,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._words, self._icon, self._tone, self._size, self._words_tone, self._bold = "", icon, tone, size, words_tone, bold
        self._ring: BusyRing | None = None
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        if phrase:
            self.set_phrase(phrase)
        follow(self._take_theme)

    def set_phrase(self, phrase: str, context: str = "", /, **values: object) -> None:
        """Say a phrase."""
        say(self.set_words, phrase, context, **values)

    def set_words(self, words: str) -> None:
        """Show these words, already in the right language."""
        self._words = words
        self.setAccessibleName(words)
        self._take_theme()

    def set_icon(self, icon: str, tone: str, words_tone: str = "", bold: bool = False) -> None:
        """Show another icon in a tone; the words take `words_tone`."""
        self._icon, self._tone, self._words_tone, self._bold = icon, tone, words_tone, bold
        self._take_theme()

    def set_busy(self, busy: bool) -> None:
        """Turn a ring in the icon's place, after 150 ms."""
        if self._ring is None:
            self._ring = BusyRing(self)
        self._ring.set_running(busy)

    def sizeHint(self) -> QSize:
        height = max(18, current().metrics(self._size, self._bold).height())
        return QSize((16 + 6 if self._icon else 0) + width_of(self._words, self._size, self._bold) + 1, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(40, self.sizeHint().width()), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        x = 0.0
        if self._icon:
            top = round((self.height() - 16) / 2)
            if self._ring is not None and self._ring.showing:
                self._ring.draw(painter, QRectF(0, top, 16, 16), theme.colour(self._tone))
            else:
                draw_icon(painter, self._icon, self._tone, 0, top, 16)
            x = 22.0
        room = QRectF(x, 0, self.width() - x, self.height())
        text(painter, room, self._words, self._size, theme.colour(self._words_tone or "text2"), bold=self._bold)

    def _take_theme(self) -> None:
        self.updateGeometry()
        self.update()
