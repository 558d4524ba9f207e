"""Short notices at the bottom of a window, with an undo, that wait while someone looks at them and are kept in a history."""

from __future__ import annotations

import datetime as dt
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from desktop_app.i18n import tr
from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.painting import box, focus_ring, open_painter, text, width_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

STAYS_MS = 8_000
KEPT = 200
ABOVE_ACTION_BAR = 84


@dataclass(frozen=True, slots=True)
class Notice:
    """What was said, when (UTC), and how it looked."""

    words: str
    icon: str
    at: dt.datetime


class Toaster(QWidget):
    """One a window: shows the newest notice bottom centre, keeps the last two hundred in `history`.

    The act (undo, open…) is done by a click, or by Enter or Space while the notice has the focus.
    """

    history_changed = Signal()

    def __init__(self, window: QWidget, bottom: int = ABOVE_ACTION_BAR) -> None:
        super().__init__(window)
        self._window = window
        self._bottom = bottom
        self._words, self._icon, self._act_words, self._keys = "", "check", "", ""
        self._act: Callable[[], object] | None = None
        self._left = 0
        self.history: deque[Notice] = deque(maxlen=KEPT)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide()
        window.installEventFilter(self)
        follow(self._place)

    def say(self, words: str, icon: str = "check", act: Callable[[], object] | None = None, act_words: str = "", keys: str = "") -> None:
        """Show a translated sentence for eight seconds; with an act it offers `act_words` ("Undo" when empty) and names its key."""
        self._words, self._icon, self._act = words, icon, act
        self._act_words = (act_words or tr("Undo")) if act is not None else ""
        self._keys = (keys or ("" if act_words else "Ctrl Z")) if act is not None else ""
        self.history.append(Notice(words, icon, dt.datetime.now(dt.UTC)))
        self.history_changed.emit()
        self.setAccessibleName(" ".join(part for part in (words, self._act_words, self._keys) if part))
        self._place()
        self.show()
        self.raise_()
        self._left = STAYS_MS
        self._go_on()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    @property
    def words(self) -> str:
        """The sentence that shows, empty when none does."""
        return self._words if self.isVisible() else ""

    def do_act(self) -> None:
        """Do what the notice offers, once, and take it away."""
        act, self._act = self._act, None
        self.hide()
        if act is not None:
            act()

    def sizeHint(self) -> QSize:
        width = 16 + 16 + 12 + width_of(self._words, "body") + 16
        if self._act_words:
            width += 12 + width_of(self._act_label(), "body", True)
        return QSize(min(width, max(200, self._window.width() - 32)), max(44, current().metrics("body").height() + 16))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._wait()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._go_on()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._wait()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._go_on()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.position().x() > self.width() - 16 - width_of(self._act_label(), "body", True) - 12:
            self.do_act()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.do_act()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        rect = QRectF(self.rect())
        box(painter, rect, theme.radius("card"), theme.colour("toast_bg"), theme.colour("toast_border"))
        draw_icon(painter, self._icon, "toast_text", 16, round(rect.height() / 2 - 8), 16)
        end = rect.right() - 16
        if self._act_words:
            width = width_of(self._act_label(), "body", True)
            text(painter, QRectF(end - width, 0, width + 1, rect.height()), self._act_label(), "body", theme.colour("toast_link"), bold=True)
            end -= width + 12
        text(painter, QRectF(44, 0, end - 44 + 1, rect.height()), self._words, "body", theme.colour("toast_text"))
        if self.hasFocus():
            focus_ring(painter, rect, theme.radius("card"), theme.colour("toast_link"))

    def _act_label(self) -> str:
        return f"{self._act_words} {self._keys}".strip()

    def _wait(self) -> None:
        if self._timer.isActive():
            self._left = self._timer.remainingTime()
            self._timer.stop()

    def _go_on(self) -> None:
        if self.isVisible() and not self.underMouse() and not self.hasFocus():
            self._timer.start(max(1_000, self._left))

    def _place(self) -> None:
        size = self.sizeHint()
        host = self._window
        self.setGeometry((host.width() - size.width()) // 2, host.height() - self._bottom - size.height(), size.width(), size.height())
        self.update()
