"""The thin line at the window's foot: shop, person, store, and whether everything is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop_app.i18n.live import say, say_plain
from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.labels import ElidedLabel
from desktop_app.widgets.painting import open_painter

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class _Entry(QWidget):
    """An icon and words that give way when there is no room."""

    def __init__(self, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon, self._tone = icon, "text3"
        self.label = ElidedLabel("", "micro", "text2", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(17, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.label)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        follow(self.update)

    def set_icon(self, icon: str, tone: str) -> None:
        self._icon, self._tone = icon, tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_icon(open_painter(self), self._icon, self._tone, 0, round(self.height() / 2 - 6), 12)


class StatusBar(QWidget):
    """Says at whose counter, in which store, and how safe."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shop = _Entry("building-2", self)
        self.person = _Entry("user-check", self)
        self.store = _Entry("database", self)
        self.saved = _Entry("save", self)
        self.work = _Entry("loader-circle", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 16, 0)
        row.setSpacing(16)
        for entry in (self.shop, self.person, self.store):
            row.addWidget(entry)
        row.addStretch(1)
        row.addWidget(self.work)
        row.addWidget(self.saved)
        self.work.hide()
        follow(self._take_theme)

    def set_shop(self, name: str, workplace: str) -> None:
        """The shop and what this PC is called."""
        say_plain(self.shop.label.setText, f"{name} · {workplace}" if workplace else name)

    def set_person(self, name: str) -> None:
        """Who is signed in; empty while nobody is."""
        if name:
            say_plain(self.person.label.setText, name)
        else:
            say(self.person.label.setText, "Nobody is signed in")

    def set_store(self, title: str, tip: str, *, demo: bool) -> None:
        """Which store, and the whole of its address on hover."""
        if demo:
            say(self.store.label.setText, "Example shop: {store}", store=title)
        else:
            say_plain(self.store.label.setText, title)
        self.store.setToolTip(tip)

    def set_saved(self, words: str, *, fine: bool) -> None:
        """The words of the save state, as the top bar has them."""
        say_plain(self.saved.label.setText, words)
        self.saved.label.set_tone("text2" if fine else "bad")
        self.saved.set_icon("save" if fine else "wifi-off", "ok" if fine else "bad")

    def set_work(self, words: str) -> None:
        """What goes on in the background; empty for nothing."""
        say_plain(self.work.label.setText, words)
        self.work.setVisible(bool(words))

    def sizeHint(self) -> QSize:
        return QSize(600, max(24, current().metrics("micro").height() + 8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        painter.setRenderHint(painter.RenderHint.Antialiasing, False)
        painter.setPen(theme.colour("line"))
        painter.drawLine(0, 0, self.width(), 0)

    def _take_theme(self) -> None:
        self.setFixedHeight(self.sizeHint().height())
        self.update()
