"""Passing notices with an undo: the newest is shown, all of them stay in a history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import say, say_plain
from desktop_app.shell.overlay import Panel
from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.choice_list import ChoiceList
from desktop_app.widgets.labels import ElidedLabel, Label
from desktop_app.widgets.painting import LEFT, box, focus_ring, open_painter, text, width_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

SHOWN_MS = 8000
KEPT = 200
ICONS = {"done": "check", "info": "info", "warn": "triangle-alert", "bad": "circle-alert"}
_LIGHT_ON_INK = {"done": "toast_link", "info": "toast_link", "warn": "warn_solid", "bad": "bad_solid"}


@dataclass(frozen=True)
class Notice:
    """One notice: when (aware), its kind (done, info, warn, bad), its words, and what can be done about it."""

    at: dt.datetime
    kind: str
    words: str
    undo: Callable[[], object] | None = None
    act_words: str = ""
    act: Callable[[], object] | None = None


class Toast(QWidget):
    """The newest notice, over the window's foot. Gone after eight seconds, unless the mouse or the focus is on it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._notice: Notice | None = None
        self._words = ElidedLabel("", "body", "toast_text", parent=self)
        self._act = _Link("", self)
        self._undo = _Link("Ctrl Z", self)
        say(self._undo.setText, "Undo")
        self._act.clicked.connect(self.act)
        self._undo.clicked.connect(self.undo)
        row = QHBoxLayout(self)
        row.setContentsMargins(44, 0, 12, 0)
        row.setSpacing(12)
        row.addWidget(self._words, 1)
        row.addWidget(self._act)
        row.addWidget(self._undo)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(SHOWN_MS)
        self._clock.timeout.connect(self.hide)
        for part in (self, self._act, self._undo):
            part.installEventFilter(self)
        self.hide()
        follow(self._take_theme)

    def show_notice(self, notice: Notice) -> None:
        """Take the place of the one before."""
        self._notice = notice
        say_plain(self._words.setText, notice.words)
        self._undo.setVisible(notice.undo is not None)
        self._act.setVisible(notice.act is not None)
        self._act.setText(notice.act_words)
        self.place()
        self.show()
        self.raise_()
        self._clock.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, notice.words))

    @property
    def can_undo(self) -> bool:
        """Whether it is shown and offers an undo."""
        return self.isVisible() and self._notice is not None and self._notice.undo is not None

    def undo(self) -> None:
        """Take the act of the notice back."""
        notice = self._notice
        if notice is not None and notice.undo is not None:
            self.hide()
            notice.undo()

    def act(self) -> None:
        """Do the other thing that the notice offers."""
        notice = self._notice
        if notice is not None and notice.act is not None:
            self.hide()
            notice.act()

    def place(self) -> None:
        """Bottom centre, above the action bar."""
        over = self._over
        wanted = self.sizeHint()
        width = min(wanted.width(), over.width() - 32)
        foot = current().row("actionbar") + 20 + 24
        self.setGeometry((over.width() - width) // 2, over.height() - foot - wanted.height(), width, wanted.height())

    def sizeHint(self) -> QSize:
        width = 44 + width_of(self._words.text(), "body") + 24
        for link in (self._act, self._undo):
            if not link.isHidden():
                width += link.sizeHint().width() + 12
        return QSize(max(240, width), max(44, current().metrics("body").height() + 24))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait while somebody looks at it or is about to press it."""
        kind = event.type()
        if kind in (QEvent.Type.Enter, QEvent.Type.FocusIn):
            self._clock.stop()
        elif kind in (QEvent.Type.Leave, QEvent.Type.FocusOut) and self.isVisible():
            self._clock.start()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        box(painter, QRectF(self.rect()), 8, theme.colour("toast_bg"), theme.colour("toast_border"))
        kind = self._notice.kind if self._notice else "done"
        draw_icon(painter, ICONS[kind], _LIGHT_ON_INK[kind], 16, round(self.height() / 2 - 8), 16)

    def _take_theme(self) -> None:
        if self.isVisible():
            self.place()
        self.update()


class _Link(QAbstractButton):
    """Words to press on the toast's ink, with their key."""

    def __init__(self, keys: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._keys = keys
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        follow(self.updateGeometry)

    def setText(self, words: str) -> None:
        super().setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self._full_width() + 16, max(28, current().metrics("body").height() + 6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        rect = QRectF(self.rect())
        ink = theme.colour("toast_link")
        text(painter, rect.adjusted(8, 0, 0, 0), self.text(), "body", ink, bold=True, align=LEFT, elide=False)
        if self._keys:
            x = 8 + width_of(self.text(), "body", bold=True) + 8
            text(painter, rect.adjusted(x, 0, 0, 0), self._keys, "small", ink, align=LEFT, elide=False)
        if self.hasFocus():
            focus_ring(painter, rect, theme.radius("m"))

    def _full_width(self) -> int:
        return width_of(self.text(), "body", bold=True) + (8 + width_of(self._keys, "small") if self._keys else 0)


class Notices(QObject):
    """What was said at one window, newest last, and the toast that says it."""

    changed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.toast = Toast(window)
        self.history: list[Notice] = []

    def say(self, notice: Notice) -> None:
        """Show a notice and keep it in the history."""
        self.history = [*self.history[-KEPT + 1 :], notice]
        self.toast.show_notice(notice)
        self.changed.emit()


class NoticeHistory(Panel):
    """Ctrl+H: everything that was said since the start, newest first; Enter does what a notice offered."""

    gives_way = True

    def __init__(self, notices: Notices, window: QWidget) -> None:
        super().__init__("What was said", 560, window)
        self._notices = notices
        self.list = ChoiceList(self)
        self.list.setMinimumHeight(280)
        say(self.list.setAccessibleName, "What was said")
        self.list.opened.connect(self._on_opened)
        self.list.chosen_changed.connect(self._keep_in_sight)
        self._nothing = Label("", "body", "text3", parent=self)
        say(self._nothing.setText, "Nothing was said yet")
        self.body.addWidget(self._nothing)
        self.body.addWidget(self.list)
        self.body.addStretch(1)
        self._fill()

    def open(self) -> None:
        super().open()
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _fill(self) -> None:
        said = list(reversed(self._notices.history))
        for notice in said:
            self.list.add_words(notice, notice.words, ICONS[notice.kind], formats().clock(notice.at))
        self._nothing.setVisible(not said)
        self.list.setVisible(bool(said))
        if said:
            self.list.choose(said[0])

    def _keep_in_sight(self, _notice: object) -> None:
        row = self.list.chosen_rect.translated(self.list.pos())
        self._scroll.ensureVisible(0, row.center().y(), 0, row.height())

    def _on_opened(self, notice: object) -> None:
        act = notice.act if isinstance(notice, Notice) else None
        if act is not None:
            self.close_panel()
            act()
