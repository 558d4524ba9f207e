"""A barcode scanner that types: told from a person by its speed or its prefix, wherever the focus is."""

from __future__ import annotations

import time
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

GAP_MS = 35
"""Keys of a scan follow each other within this; people's do so for two or three keys at most."""
SHORTEST = 6

_END_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_SILENT_KEYS = (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock)
_PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


@dataclass
class _Leak:
    """What a field held before the first key of a burst reached it, so that a scan can be taken out again."""

    field: QLineEdit | QTextEdit | QPlainTextEdit
    text: str
    start: int
    end: int

    def restore(self) -> None:
        if not shiboken6.isValid(self.field):
            return
        if isinstance(self.field, QLineEdit):
            self._restore_line(self.field)
        else:
            self._restore_block(self.field)

    def _restore_line(self, field: QLineEdit) -> None:
        untouched = self.start == self.end and field.text() == self.text[: self.start] + field.text()[self.start : self.start + 1] + self.text[self.start :]
        if untouched and field.cursorPosition() == self.start + 1:
            # Taking one character back keeps the field's own undo steps; setText would throw them away.
            field.backspace()
        elif field.text() != self.text:
            field.setText(self.text)
        if self.start == self.end:
            field.setCursorPosition(self.start)
        else:
            field.setSelection(self.start, self.end - self.start)

    def _restore_block(self, field: QTextEdit | QPlainTextEdit) -> None:
        cursor = field.textCursor()
        cursor.setPosition(self.start)
        cursor.setPosition(min(self.start + 1, len(field.toPlainText())), cursor.MoveMode.KeepAnchor)
        cursor.insertText(self.text[self.start : self.end])
        cursor.setPosition(self.start)
        cursor.setPosition(self.end, cursor.MoveMode.KeepAnchor)
        field.setTextCursor(cursor)


class Scanner(QObject):
    """Watches the application's keys and takes scans out of them.

    The first key of a burst goes through to a text field at once, so that typing is never slowed; further keys that follow within
    `GAP_MS` are held until it is clear whether they are a scan. Where the focus is not in a text field the first key is held too, because
    there a letter may be an act. Held keys that turn out to be typing are delivered in their order. Windows handle plain letters in
    `keyPressEvent`, never as QShortcut: those would fire before a scan is recognised.
    """

    scanned = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.enabled = True
        self.prefix = ""
        self._burst = ""
        self._held: list[QKeyEvent] = []
        self._target: QWidget | None = None
        self._leak: _Leak | None = None
        self._last_ms = 0
        self._releases: set[int] = set()
        self._delivering = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setTimerType(Qt.TimerType.PreciseTimer)
        self._pause.setInterval(GAP_MS)
        self._pause.timeout.connect(self._on_pause)

    def watch(self, application: QApplication) -> None:
        """Begin to watch the keys of every window."""
        application.installEventFilter(self)

    def eventFilter(self, receiver: QObject, event: QEvent) -> bool:
        """Hold, take or let through one key."""
        # Asking an event for its type takes longer than all else here, and thousands of others pass while a room is built.
        if not isinstance(event, QKeyEvent) or self._delivering or not self.enabled or not isinstance(receiver, QWidget):
            return False
        kind = event.type()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride):
            return False
        focus = QApplication.focusWidget() or QApplication.activeWindow()
        if receiver is not focus:
            return False
        if kind == QEvent.Type.KeyPress:
            return self._on_press(receiver, event)
        if kind == QEvent.Type.KeyRelease:
            return self._on_release(event)
        if self._is_plain(event):
            event.accept()
            return True
        return False

    def _on_press(self, receiver: QWidget, event: QKeyEvent) -> bool:
        if event.key() in _SILENT_KEYS:
            return False
        at = event.timestamp() or int(time.monotonic() * 1000)
        quick = bool(self._burst) and 0 <= at - self._last_ms < GAP_MS and receiver is self._target
        if self._is_plain(event) and not event.isAutoRepeat():
            self._last_ms = at
            if quick:
                self._burst += event.text()
                self._hold(event)
                return True
            self._let_go()
            return self._begin(receiver, event)
        if quick and event.key() in _END_KEYS and self._is_scan(ended=True):
            self._releases.add(event.key())
            self._take()
            return True
        self._let_go()
        return False

    def _on_release(self, event: QKeyEvent) -> bool:
        if event.key() in self._releases and not event.isAutoRepeat():
            self._releases.discard(event.key())
            return True
        return False

    def _begin(self, receiver: QWidget, event: QKeyEvent) -> bool:
        self._burst = event.text()
        self._target = receiver
        field = text_field(receiver)
        if field is None:
            self._hold(event)
            return True
        self._leak = _snapshot(field)
        return False

    def _hold(self, event: QKeyEvent) -> None:
        self._releases.add(event.key())
        self._held.append(QKeyEvent(event.type(), event.key(), event.modifiers(), event.text()))
        self._pause.start()

    def _is_scan(self, *, ended: bool) -> bool:
        if self.prefix and self._burst.startswith(self.prefix):
            return len(self._burst) > len(self.prefix)
        return ended and not self.prefix and len(self._burst) >= SHORTEST

    def _take(self) -> None:
        code = self._burst.removeprefix(self.prefix).strip()
        leak = self._leak
        self._forget()
        if leak is not None:
            leak.restore()
        if code:
            self.scanned.emit(code)

    def _on_pause(self) -> None:
        if self._is_scan(ended=False):
            self._take()
        else:
            self._let_go()

    def _let_go(self) -> None:
        """It was typing: deliver what was held, in its order."""
        held, target = self._held, self._target
        self._forget()
        if not held:
            return
        if target is None or not shiboken6.isValid(target):
            return
        self._delivering = True
        try:
            for press in held:
                if not shiboken6.isValid(target):
                    break
                receiver = QApplication.focusWidget() or target
                QApplication.sendEvent(receiver, press)
                QApplication.sendEvent(receiver, QKeyEvent(QEvent.Type.KeyRelease, press.key(), press.modifiers(), press.text()))
        finally:
            self._delivering = False

    def _forget(self) -> None:
        self._pause.stop()
        self._burst = ""
        self._held = []
        self._target = None
        self._leak = None

    @staticmethod
    def _is_plain(event: QKeyEvent) -> bool:
        text = event.text()
        return len(text) == 1 and text.isprintable() and not event.modifiers() & ~_PLAIN


def text_field(widget: QWidget) -> QLineEdit | QTextEdit | QPlainTextEdit | None:
    """The field that a key typed at this widget goes into; None where keys are acts."""
    if isinstance(widget, QComboBox):
        found: QWidget | None = widget.lineEdit() if widget.isEditable() else None
    elif isinstance(widget, QAbstractSpinBox):
        found = widget.findChild(QLineEdit)
    else:
        found = widget
    if isinstance(found, (QLineEdit, QTextEdit, QPlainTextEdit)) and not found.isReadOnly():
        return found
    return None


def _snapshot(field: QLineEdit | QTextEdit | QPlainTextEdit) -> _Leak:
    if isinstance(field, QLineEdit):
        if field.hasSelectedText():
            return _Leak(field, field.text(), field.selectionStart(), field.selectionEnd())
        return _Leak(field, field.text(), field.cursorPosition(), field.cursorPosition())
    cursor = field.textCursor()
    return _Leak(field, field.toPlainText(), cursor.selectionStart(), cursor.selectionEnd())
