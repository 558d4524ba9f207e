"""Panels that lie over one window with a flat scrim beneath: help, history, a fault. Esc is always the harmless way out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.i18n.live import say
from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.labels import Label
from desktop_app.widgets.painting import box, open_painter
from desktop_app.widgets.scrolling import ScrollArea


class Scrim(QWidget):
    """Darkens the window under a panel, and keeps the mouse away from it."""

    pressed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        follow(self.update)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget) and watched is self._window:
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.pressed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current().colour("scrim"))


class Panel(Scrim):
    """A sheet in the middle of the window with a title, a body and a row of buttons; takes the focus and gives it back."""

    closed = Signal()
    gives_way = False
    """Whether a scan that is meant for what lies beneath may close it: only where nothing is lost or answered by that."""

    def __init__(self, title: str, width: int, window: QWidget, icon: str = "", tone: str = "text2") -> None:
        super().__init__(window)
        self._icon, self._tone = icon, tone
        self._before: QWidget | None = None
        self._wanted_width = width
        self.sheet = _Sheet(self)
        self.title = Label("", "section", "text", bold=True, parent=self.sheet)
        self.aside = Label("", "small", "text2", parent=self.sheet)
        head = QHBoxLayout()
        head.setContentsMargins(16, 14, 16, 14)
        head.setSpacing(10)
        if icon:
            head.addWidget(_Mark(icon, tone, self.sheet))
        head.addWidget(self.title, 1)
        head.addWidget(self.aside)
        inner = QWidget(self.sheet)
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(16, 14, 16, 14)
        self.body.setSpacing(12)
        scroll = ScrollArea(self.sheet)
        scroll.setWidget(inner)
        self._scroll, self._inner = scroll, inner
        self.buttons = QHBoxLayout()
        self.buttons.setContentsMargins(16, 12, 16, 12)
        self.buttons.setSpacing(12)
        column = self._column = QVBoxLayout(self.sheet)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(_Line(self.sheet))
        column.addWidget(scroll, 1)
        self._foot = _Line(self.sheet)
        column.addWidget(self._foot)
        column.addLayout(self.buttons)
        say(self._take_title, title)
        self.hide()

    def open(self) -> None:
        """Lay it over the window and take the focus; to be followed by setting it on the safe choice."""
        self._before = QApplication.focusWidget()
        self.setGeometry(self._window.rect())
        self._foot.setVisible(self.buttons.count() > 0)
        self._lay_sheet()
        self.show()
        self.raise_()
        self.sheet.setFocus()

    def close_panel(self) -> None:
        """Take it away and give the focus back to where it was."""
        if self.isHidden():
            return
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self.closed.emit()
        self.deleteLater()

    def take_scan(self, _code: str) -> bool:
        """A code that was scanned while it is in front; true when the panel made use of it."""
        return False

    def resizeEvent(self, _event: object) -> None:
        self._lay_sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        # Keys end here: what lies beneath a panel must not act.
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        return _step_inside(self, forward)

    def _lay_sheet(self) -> None:
        width = min(self._wanted_width, self.width() - 32)
        self.sheet.setFixedWidth(width)
        self._inner.setFixedWidth(width - 2)
        self._scroll.setMinimumHeight(0)
        inner = max(self._inner.sizeHint().height(), self._inner.heightForWidth(width - 2) if self._inner.hasHeightForWidth() else 0)
        rest = self._column.sizeHint().height() - self._scroll.sizeHint().height()
        height = min(inner + rest + 4, self.height() - 48)
        self.sheet.setGeometry((self.width() - width) // 2, max(24, (self.height() - height) // 3), width, height)

    def _take_title(self, words: str) -> None:
        self.title.setText(words)
        self.setAccessibleName(words)


def _step_inside(panel: QWidget, forward: bool) -> bool:
    """Tab goes round inside the panel, as in any modal dialog."""
    stops: list[QWidget] = []
    child = panel.nextInFocusChain()
    while child is not None and child is not panel:
        if panel.isAncestorOf(child) and child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisible() and child.isEnabled():
            stops.append(child)
        child = child.nextInFocusChain()
    if not stops:
        return True
    focus = QApplication.focusWidget()
    place = stops.index(focus) if focus in stops else (-1 if forward else 0)
    stops[(place + (1 if forward else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    return True


class _Sheet(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        follow(self.update)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        box(open_painter(self), QRectF(self.rect()), theme.radius("l"), theme.colour("raised"), theme.colour("line2"))


class _Line(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)
        follow(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current().colour("line"))


class _Mark(QWidget):
    def __init__(self, icon: str, tone: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon, self._tone = icon, tone
        self.setFixedSize(18, 18)
        follow(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_icon(open_painter(self), self._icon, self._tone, 0, 0, 18)
