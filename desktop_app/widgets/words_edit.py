"""A few lines of somebody's own words; grows with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from desktop_app.i18n.live import say
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.painting import box, focus_ring, open_painter, set_ground
from desktop_app.widgets.scrolling import make_quiet

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QMouseEvent, QPaintEvent

_BORDER = {"neutral": "line2", "ok": "line2", "warn": "warn_solid", "bad": "bad_solid"}
_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
_HELD = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock)


class WordsEdit(QWidget):
    """From `lines` lines up to `most`; Tab leaves it, Enter makes a new line, Ctrl+Enter is left to the window.

    Where it `adds_lines`, what is typed right after it was entered by a key begins on a line of its own, below what stands there.
    `committed` when it is left after a change. Typing never moves or rewrites what stands there.
    """

    committed = Signal()
    changed = Signal()
    """At each change, for drafts."""
    went_below = Signal()
    """↓ in the last line."""

    def __init__(self, lines: int = 2, most: int = 6, enter_moves_on: bool = False, adds_lines: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines, self._most = lines, most
        self._state = "neutral"
        self.inner = _Inner(self, enter_moves_on, adds_lines)
        self.setFocusProxy(self.inner)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.inner.textChanged.connect(self._on_changed)
        follow(self._take_theme)

    @property
    def text(self) -> str:
        """What stands there."""
        return self.inner.toPlainText()

    def set_text(self, words: str) -> None:
        """Show other words as the field's untouched content, the cursor behind them."""
        self.inner.setPlainText(words)
        self.inner.moveCursor(QTextCursor.MoveOperation.End)
        self.inner.last = self.text

    def insert(self, words: str) -> None:
        """Put words where the cursor is, undoable."""
        self.inner.insertPlainText(words)

    def set_placeholder(self, phrase: str, **values: object) -> None:
        """Grey words in the empty field, as a phrase."""
        say(self.inner.setPlaceholderText, phrase, **values)

    def set_state(self, state: str) -> None:
        """Take neutral, ok, warn or bad into the border."""
        self._state = state
        self.update()

    def setAccessibleName(self, words: str) -> None:
        super().setAccessibleName(words)
        self.inner.setAccessibleName(words)

    def setAccessibleDescription(self, words: str) -> None:
        super().setAccessibleDescription(words)
        self.inner.setAccessibleDescription(words)

    def sizeHint(self) -> QSize:
        line = self.inner.fontMetrics().lineSpacing()
        held = max(self._lines, min(self._most, int(self.inner.document().size().height())))
        return QSize(280, max(current().row("field"), held * line + 18))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def resizeEvent(self, _event: object) -> None:
        self.inner.setGeometry(self.rect().adjusted(4, 4, -4, -4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        rect = QRectF(self.rect())
        strong = self._state in ("warn", "bad")
        fill = "surface" if self.isEnabled() and not self.inner.isReadOnly() else "sunken"
        box(painter, rect, theme.radius("m"), theme.colour(fill), theme.colour(_BORDER[self._state]), 2 if strong else 1)
        if self.inner.hasFocus():
            focus_ring(painter, rect, theme.radius("m"))

    def _on_changed(self) -> None:
        self.updateGeometry()
        self.changed.emit()

    def _take_theme(self) -> None:
        self.inner.take_theme()
        self.updateGeometry()
        self.update()


class _Inner(QPlainTextEdit):
    def __init__(self, host: WordsEdit, enter_moves_on: bool, adds_lines: bool) -> None:
        super().__init__(host)
        self._host = host
        self._enter_moves_on = enter_moves_on
        self._adds_lines = adds_lines
        self._owes_line = False
        """The field was just entered: a line is begun as soon as something is put into it, so that none stays empty."""
        self._composing = False
        self.last = ""
        make_quiet(self)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(5)

    def take_theme(self) -> None:
        theme = current()
        self.setFont(theme.font("body"))
        set_ground(self)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        if event.preeditString() or event.commitString():
            self._begin_line()
        super().inputMethodEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        self._begin_line()
        super().insertFromMimeData(source)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._owes_line = False
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isprintable() and event.text():
            self._begin_line()
        elif event.key() not in _HELD and not event.matches(QKeySequence.StandardKey.Paste):
            self._owes_line = False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()
                return
            if self._enter_moves_on and not self._composing and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.focusNextPrevChild(True)
                return
        elif event.key() == Qt.Key.Key_Down and not event.modifiers() and not self.textCursor().movePosition(QTextCursor.MoveOperation.Down):
            self._host.went_below.emit()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._adds_lines and event.reason() in _BY_KEY:
            self.moveCursor(QTextCursor.MoveOperation.End)
            self._owes_line = bool(self.textCursor().block().text())
        self._host.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._composing = False
        self._owes_line = self._owes_line and event.reason() in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
        super().focusOutEvent(event)
        self._host.update()
        if event.reason() != Qt.FocusReason.PopupFocusReason and self.toPlainText() != self.last:
            self.last = self.toPlainText()
            self._host.committed.emit()

    def _begin_line(self) -> None:
        if self._owes_line:
            self._owes_line = False
            self.textCursor().insertBlock()
