"""Lets the window's keys win over a text field's own where they differ, and a notice's undo over an empty field's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QInputEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from desktop_app.shell.scanner import text_field

if TYPE_CHECKING:
    from collections.abc import Callable

_OF_THE_FIELD = frozenset(QKeySequence(words).toString() for words in ("Ctrl+Z", "Ctrl+Y", "Ctrl+Shift+Z", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+A"))
_UNDO = QKeySequence("Ctrl+Z").toString()


class KeyRules(QObject):
    """One for the application. A text field would keep keys such as Ctrl+K for itself on some systems."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._taken: set[str] = set()
        self._undo_wanted: list[Callable[[QWidget], bool]] = []
        self._filters: list[Callable[[QWidget], bool]] = []
        self._uses: list[Callable[[QWidget], None]] = []

    def watch(self, application: QApplication) -> None:
        """Begin."""
        application.installEventFilter(self)

    def take(self, sequences: set[str]) -> None:
        """These sequences belong to the windows, also while a text field has the focus."""
        self._taken.update(found for words in sequences if (found := QKeySequence(words).toString()) and found not in _OF_THE_FIELD)

    def ask_for_undo(self, wanted: Callable[[QWidget], bool]) -> None:
        """`wanted` says whether Ctrl+Z in a field that has nothing to take back means a notice's undo."""
        self._undo_wanted.append(wanted)

    def ask_for_filter(self, filters: Callable[[QWidget], bool]) -> None:
        """`filters` is given the list, card or button on which `/` was pressed, and says whether it went to a filter."""
        self._filters.append(filters)

    def tell_of_use(self, use: Callable[[QWidget], None]) -> None:
        """`use` is given the widget at which a key or a mouse button was pressed."""
        self._uses.append(use)

    def drop(self, undo: Callable[[QWidget], bool], filters: Callable[[QWidget], bool], use: Callable[[QWidget], None]) -> None:
        """Ask and tell no more."""
        self._undo_wanted = [other for other in self._undo_wanted if other != undo]
        self._filters = [other for other in self._filters if other != filters]
        self._uses = [other for other in self._uses if other != use]

    def eventFilter(self, receiver: QObject, event: QEvent) -> bool:
        """Keep a field from claiming a key that is the window's, and a list from taking `/` for the beginning of a name."""
        # Thousands of other events pass while a room is built, and asking one for its type takes longer than all else here.
        if not isinstance(event, QInputEvent):
            return False
        kind = event.type()
        if kind in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress) and isinstance(receiver, QWidget):
            for use in self._uses:
                use(receiver)
            return kind == QEvent.Type.KeyPress and self._is_filter(receiver, event)
        if kind != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent) or not isinstance(receiver, QWidget):
            return False
        if not isinstance(receiver, (QLineEdit, QTextEdit, QPlainTextEdit)):
            return False
        keys = QKeySequence(QKeyCombination(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, Qt.Key(event.key()))).toString()
        if keys in self._taken or (keys == _UNDO and self._is_notice_undo(receiver)):
            event.ignore()
            return True
        return False

    def _is_filter(self, receiver: QWidget, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.text() != "/" or receiver is not QApplication.focusWidget():
            return False
        return text_field(receiver) is None and any(filters(receiver) for filters in self._filters)

    def _is_notice_undo(self, field: QLineEdit | QTextEdit | QPlainTextEdit) -> bool:
        available = field.isUndoAvailable() if isinstance(field, QLineEdit) else field.document().isUndoAvailable()
        return not available and any(wanted(field) for wanted in self._undo_wanted)
