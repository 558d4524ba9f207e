"""The menu under the person's name: switch person, look, language, help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from desktop_app.i18n import current_language, tr
from desktop_app.shell.actions import COMMON, LANGUAGE_VERBS
from desktop_app.theme.icons import icon
from desktop_app.theme.theme import THEMES
from desktop_app.widgets.menu import Menu

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop_app.preferences import Preferences
    from desktop_app.shell.session import Session

_GROUPS = (("lock", "new_window"), THEMES, LANGUAGE_VERBS, ("density", "full_screen"), ("help", "history", "about"), ("close",))


class PersonMenu(Menu):
    """Derived from the catalogue of verbs; emits the key of the chosen one."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, session: Session, preferences: Preferences) -> None:
        super().__init__(parent)
        verbs = {verb.key: verb for verb in COMMON}
        self.setAccessibleName(session.person.name)
        for number, keys in enumerate(_GROUPS):
            if number:
                self.addSeparator()
            group = QActionGroup(self)
            for key in keys:
                if key == "lock" and not session.asks_who:
                    continue
                verb = verbs[key]
                chosen = key in (preferences.theme, current_language())
                # A check mark takes the icon's place: a menu shows only one of the two.
                action = QAction(icon("check", "accent") if chosen else icon(verb.icon), tr(verb.text), self)
                action.setData(key)
                if verb.shortcut:
                    action.setShortcut(QKeySequence(verb.shortcut))
                    # Shown beside the words only: the window's own action answers to the key.
                    action.setShortcutVisibleInContextMenu(True)
                if keys in (THEMES, LANGUAGE_VERBS):
                    action.setCheckable(True)
                    action.setChecked(chosen)
                    group.addAction(action)
                action.triggered.connect(self._on_triggered)
                self.addAction(action)
        self.aboutToHide.connect(self._on_hidden)

    def open_below(self, widget: QWidget) -> None:
        """Open it under a button, right edges in line."""
        corner = widget.mapToGlobal(QPoint(widget.width() - self.sizeHint().width(), widget.height() + 2))
        self.popup(corner)

    def _on_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.chosen.emit(action.data())

    def _on_hidden(self) -> None:
        self.deleteLater()
