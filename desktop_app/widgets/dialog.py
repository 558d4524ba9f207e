"""The dialog: for what can't be undone. It lies over a flat scrim, begins at its safe button, and Esc harms nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.i18n.live import say
from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.buttons import PRIMARY, SECONDARY, Button, IconButton
from desktop_app.widgets.labels import ElidedLabel, Label
from desktop_app.widgets.painting import box, open_painter

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QPaintEvent, QShowEvent

SMALL, MIDDLE, WIDE = 480, 640, 800
_EDGE = 8


class Scrim(QWidget):
    """A flat shade over a whole window, so that what lies above it stands out."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setGeometry(window.rect())
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        open_painter(self).fillRect(self.rect(), current().colour("scrim"))


class Dialog(QDialog):
    """Title, `body` (a QVBoxLayout), buttons. Show it with `open()`; it deletes itself when it's done.

    `add_button` in reading order; the one with `safe=True` has the focus first. A button's keys work in the dialog.
    The focus goes back to where it was when the dialog closes.
    """

    closed = Signal()

    def __init__(self, parent: QWidget, title: str, icon: str = "", icon_tone: str = "text", width: int = SMALL) -> None:
        super().__init__(parent)
        self._parent = parent
        self.setWindowFlags(Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._opened_from = QApplication.focusWidget()
        self._scrim: Scrim | None = None
        self._safe: Button | None = None
        self._drag: QPoint | None = None
        self.setFixedWidth(min(width, max(320, parent.window().width() - 32)))
        header = QHBoxLayout()
        header.setContentsMargins(16, 8, 12, 8)
        header.setSpacing(8)
        if icon:
            header.addWidget(_Mark(icon, icon_tone, self))
        self.title = ElidedLabel("", "section", bold=True, parent=self)
        self.title_right = Label("", "small", "text2", parent=self)
        self._close = IconButton("x", "Close", parent=self)
        self._close.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._close.clicked.connect(self.reject)
        header.addWidget(self.title, 1)
        header.addWidget(self.title_right)
        header.addWidget(self._close)
        self._header = QWidget(self)
        self._header.setMinimumHeight(52)
        self._header.setLayout(header)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(16, 16, 16, 16)
        self.body.setSpacing(12)
        self.footer_left = QHBoxLayout()
        self.footer_left.setSpacing(12)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(12)
        self._footer = QWidget(self)
        foot = QHBoxLayout(self._footer)
        foot.setContentsMargins(16, 12, 16, 12)
        foot.setSpacing(12)
        foot.addLayout(self.footer_left)
        foot.addStretch(1)
        foot.addLayout(self._buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addLayout(self.body, 1)
        column.addWidget(self._footer)
        self.set_title(title)
        self.finished.connect(self._on_finished)
        follow(self.update)

    def set_title(self, phrase: str, **values: object) -> None:
        """The title, as a phrase."""
        say(self._take_title, phrase, **values)

    def add_text(self, phrase: str, tone: str = "text", /, **values: object) -> Label:
        """Add a wrapped paragraph to the body."""
        label = Label("", "body", tone, wrap=True, parent=self)
        say(label.setText, phrase, **values)
        self.body.addWidget(label)
        return label

    def add_button(
        self, phrase: str, slot: Callable[[], object], role: str = SECONDARY, icon: str = "", keys: str = "", safe: bool = False, left: bool = False
    ) -> Button:
        """Add a button at the right (or left) of the footer; `keys` ("F8", "Ctrl C") work while the dialog is open."""
        button = Button(phrase, role, icon, keys, parent=self)
        button.clicked.connect(slot)
        (self.footer_left if left else self._buttons).addWidget(button)
        if keys and keys != "Esc":
            shortcut = QShortcut(QKeySequence(keys.replace(" ", "+")), self)
            shortcut.activated.connect(button.click)
        if safe:
            self._safe = button
        return button

    def take_scan(self, _kind: str, _code: str) -> bool:
        """A code that was scanned while it is in front, its kind as in `Room`; true when it went into one of its fields."""
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        window = self._parent.window()
        self._scrim = Scrim(window)
        self._scrim.show()
        self._scrim.raise_()
        self.adjustSize()
        # What can be lower than it would like to be is, in a low window.
        self.resize(self.width(), min(self.height(), window.height() - 2 * _EDGE))
        middle = window.mapToGlobal(window.rect().center())
        self.move(middle.x() - self.width() // 2, max(middle.y() - self.height() // 2, window.mapToGlobal(QPoint(0, 0)).y() + _EDGE))
        if self._safe is not None:
            self._safe.setFocus(Qt.FocusReason.TabFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._drop_scrim()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # QDialog would press some default button: here Enter belongs to the widget that has the focus.
            event.ignore()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.position().y() < self._header.height():
            self._drag = event.globalPosition().toPoint() - self.pos()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None:
            self.move(event.globalPosition().toPoint() - self._drag)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._drag = None

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        box(painter, QRectF(self.rect()), theme.radius("l"), theme.colour("surface"), theme.colour("line2"))
        painter.setRenderHint(painter.RenderHint.Antialiasing, False)
        painter.setPen(theme.colour("line"))
        for y in (self._header.geometry().bottom(), self._footer.geometry().top()):
            painter.drawLine(1, y, self.width() - 2, y)

    def _take_title(self, words: str) -> None:
        self.title.setText(words)
        self.setWindowTitle(words)
        self.setAccessibleName(words)

    def _drop_scrim(self) -> None:
        if self._scrim is not None and shiboken6.isValid(self._scrim):
            self._scrim.hide()
            self._scrim.deleteLater()
        self._scrim = None

    def _on_finished(self, _result: int) -> None:
        self._drop_scrim()
        self._parent.window().activateWindow()
        back = self._opened_from
        if back is not None and shiboken6.isValid(back) and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()


def ask(
    parent: QWidget, title: str, explanation: str, yes: str, on_yes: Callable[[], object], no: str = "Cancel", danger: bool = True, **values: object
) -> Dialog:
    """Ask before what can't be undone: the safe answer has the focus, Esc is the safe answer, `yes` is a verb phrase."""
    dialog = Dialog(parent, title, "triangle-alert" if danger else "", "bad" if danger else "text")
    dialog.set_title(title, **values)
    dialog.add_text(explanation, "text", **values)
    dialog.add_button(no, dialog.reject, keys="Esc", safe=True)
    sure = dialog.add_button(yes, dialog.accept, "danger" if danger else PRIMARY)
    sure.set_phrase(yes, **values)
    dialog.accepted.connect(on_yes)
    dialog.open()
    return dialog


class _Mark(QWidget):
    def __init__(self, icon: str, tone: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon, self._tone = icon, tone
        self.setFixedSize(20, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_icon(open_painter(self), self._icon, self._tone, 0, 0, 20)
