"""The window around the rooms: rail, bars, the stack of rooms built when first opened, notices, and a close that asks."""

from __future__ import annotations

import base64
import itertools
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.i18n.live import follow_language, say
from desktop_app.shell.banner import Banner
from desktop_app.shell.notices import Notices
from desktop_app.shell.rail import Rail
from desktop_app.shell.status_bar import StatusBar
from desktop_app.shell.top_bar import SAVED, TopBar
from desktop_app.shell.verbs import WindowVerbs
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent

    from desktop_app.preferences import Preferences
    from desktop_app.room import Room
    from desktop_app.shell.key_rules import KeyRules
    from desktop_app.shell.overlay import Panel

SMALLEST = (960, 540)
FIRST_SIZE = (1280, 720)


class MainWindow(QWidget):
    """One window of the program. Rooms are given by `set_rooms`; until then it is the frame alone, which stands at once."""

    room_shown = Signal(str)
    closed = Signal(object)
    busy_changed = Signal()

    def __init__(self, rooms: Sequence[Room], preferences: Preferences, rules: KeyRules) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.rooms = {room.key: room for room in rooms}
        self.preferences = preferences
        self.build_room: Callable[[Room], QWidget] | None = None
        self.ask_before_close: Callable[[], bool] | None = None
        self._widgets: dict[str, QWidget] = {}
        self._focus_in_room: dict[str, QWidget] = {}
        self._stale: dict[str, set[str] | None] = {}
        self._busy: dict[int, tuple[str, Callable[[], object] | None]] = {}
        self._busy_tickets = itertools.count(1)
        self.panels: list[Panel] = []
        self._aside: list[Dialog] = []
        self.room_key = ""
        self.rail = Rail(rooms, self)
        self.top_bar = TopBar(self)
        self.banner = Banner(self)
        self.stack = QStackedWidget(self)
        self.status_bar = StatusBar(self)
        self.notices = Notices(self)
        self.verbs = WindowVerbs(self, rules)
        self._lay_out()
        self.rail.chosen.connect(self.show_room)
        self.top_bar.save_state.told.connect(self._tell_saved)
        self._tell_saved()
        say(self.setWindowTitle, "Service Front")
        self.setMinimumSize(*SMALLEST)
        follow(self._take_theme)
        follow_language(self._take_language)

    def restore_place(self) -> None:
        """Where the window stood last, or a size that fits the screen."""
        stored = self.preferences.window_geometry
        if not (stored and self.restoreGeometry(QByteArray(base64.b64decode(stored, validate=False)))):
            free = self.screen().availableGeometry()
            self.resize(min(max(FIRST_SIZE[0], free.width() * 9 // 10), free.width()), min(max(FIRST_SIZE[1], free.height() * 9 // 10), free.height()))

    def show_room(self, key: str) -> QWidget:
        """Bring a room to the front, built if this is the first time; the focus goes to where it was in it."""
        room = self.rooms[key]
        before = self.room_key
        if before and before != key:
            self._keep_focus(before)
        widget = self._widgets.get(key)
        if widget is None:
            if self.build_room is None:
                return self.stack
            widget = self._widgets[key] = self.build_room(room)
            self.stack.addWidget(widget)
        self.room_key = key
        self.stack.setCurrentWidget(widget)
        self.rail.set_current(key)
        self.verbs.take_room(room)
        self._load_if_stale(key, widget)
        call(widget, "shown")
        self.tell_title()
        if before != key:
            self._give_focus(key, widget)
        self.preferences.last_room = key
        self.room_shown.emit(key)
        return widget

    def room_widget(self, key: str = "") -> QWidget | None:
        """The widget of a room (of the one in front), None while it has not been opened."""
        return self._widgets.get(key or self.room_key)

    def unkept_words(self) -> list[str]:
        """Let the rooms put on the disk what is in progress in them; words for what can't be kept just now."""
        return [words for words in (call(widget, "before_close") for widget in self._widgets.values()) if words]

    def lost_words(self) -> list[str]:
        """What would go with the rooms alone, though the program goes on, in words."""
        return [words for words in (call(widget, "lost_with_room") for widget in self._widgets.values()) if words]

    def tell_title(self) -> None:
        """Write the room's title and what it says of itself beside it."""
        room = self.rooms.get(self.room_key)
        if room is not None:
            self.top_bar.set_title(room.title, call(self._widgets.get(room.key), "context_words") or "")

    def take_changes(self, subjects: Collection[str] | None) -> None:
        """Records of these subjects changed (None: any): the room in front loads anew, the others when they are next shown."""
        for key, widget in self._widgets.items():
            if key == self.room_key:
                call(widget, "reload", subjects)
            elif subjects is None or self._stale.get(key, set()) is None:
                self._stale[key] = None
            else:
                self._stale[key] = {*(self._stale.get(key) or set()), *subjects}
        self.tell_title()

    def forget_rooms(self) -> None:
        """Take all rooms down, as when another person signs in; they are built again when opened."""
        self.unkept_words()
        # Results come only to rooms that stand: nobody would say that the work of these has ended.
        self.cancel_busy()
        self._busy.clear()
        self._tell_busy()
        for dialog in reversed(self.findChildren(Dialog)):
            dialog.reject()
        self.room_key = ""
        self._focus_in_room.clear()
        self._stale.clear()
        for widget in self._widgets.values():
            self.stack.removeWidget(widget)
            widget.deleteLater()
        self._widgets.clear()

    def begin_busy(self, words: str, cancel: Callable[[], object] | None) -> Callable[[], None]:
        """Say what goes on in the background; the result ends it."""
        ticket = next(self._busy_tickets)
        self._busy[ticket] = (words, cancel)
        self._tell_busy()

        def end() -> None:
            if self._busy.pop(ticket, None) is not None:
                self._tell_busy()

        return end

    def busy_words(self) -> list[str]:
        """What goes on in the background now."""
        return [words for words, _cancel in self._busy.values()]

    def cancel_busy(self) -> None:
        """Ask everything that goes on to stop."""
        for _words, cancel in list(self._busy.values()):
            if cancel is not None:
                cancel()

    def open_panel(self, panel: Panel) -> None:
        """Lay a panel over the window; verbs rest and dialogs are out of sight, which would keep the keys from it, until it is gone."""
        self.panels.append(panel)
        for dialog in reversed(shown := [dialog for dialog in self.findChildren(Dialog) if dialog.isVisible()]):
            dialog.hide()
            dialog.closed.connect(partial(self._forget_aside, dialog))
        if shown:
            self._aside.extend(shown)
            self.activateWindow()
        panel.closed.connect(self._on_panel_closed)
        panel.open()

    @property
    def covered(self) -> bool:
        """Whether a panel lies over the rooms."""
        return self.panel_in_front is not None

    @property
    def panel_in_front(self) -> Panel | None:
        """The panel that lies over all others."""
        return next((panel for panel in reversed(self.panels) if not panel.isHidden()), None)

    @property
    def dialog_in_front(self) -> QDialog | None:
        """The dialog that has the keys of this window, while no panel lies over it."""
        shown = [dialog for dialog in self.findChildren(QDialog) if dialog.isVisible()]
        modal = QApplication.activeModalWidget()
        return next((dialog for dialog in shown if dialog is modal), shown[-1] if shown else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What nobody below wanted: Esc goes back one level in the room, else takes the notice away."""
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            if not call(self.room_widget(), "back_out"):
                self.notices.toast.hide()
            event.accept()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.set_window_width(self.width())
        self.top_bar.set_window_width(self.width())
        self.notices.toast.place()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and self.focusWidget() is None and self.room_key:
            self._give_focus(self.room_key, self._widgets[self.room_key])
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask while something runs; remember the place."""
        if self.ask_before_close is not None and not self.ask_before_close():
            event.ignore()
            return
        self.preferences.window_geometry = base64.b64encode(bytes(self.saveGeometry().data())).decode("ascii")
        self.closed.emit(self)
        event.accept()

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.top_bar)
        right.addWidget(self.banner)
        right.addWidget(self.stack, 1)
        right.addWidget(self.status_bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)

    def _keep_focus(self, key: str) -> None:
        focus = QApplication.focusWidget()
        room = self._widgets.get(key)
        if focus is not None and room is not None and room.isAncestorOf(focus):
            self._focus_in_room[key] = focus
            focus.destroyed.connect(self._on_focus_destroyed)

    def _on_focus_destroyed(self) -> None:
        self._focus_in_room.clear()

    def _give_focus(self, key: str, widget: QWidget) -> None:
        if self.covered:
            return
        kept = self._focus_in_room.get(key)
        if kept is not None and kept.isVisible() and kept.isEnabled():
            kept.setFocus()
        elif not widget.isAncestorOf(QApplication.focusWidget() or self):
            target = widget.focusProxy() or widget.nextInFocusChain()
            while target is not widget and target is not None and not _takes_focus(widget, target):
                target = target.nextInFocusChain()
            (target or widget).setFocus(Qt.FocusReason.OtherFocusReason)

    def _load_if_stale(self, key: str, widget: QWidget) -> None:
        if key in self._stale:
            call(widget, "reload", self._stale.pop(key))

    def _on_panel_closed(self) -> None:
        self.panels = [panel for panel in self.panels if panel is not self.sender()]
        if not self.covered:
            back, self._aside = self._aside, []
            for dialog in back:
                dialog.show()
                dialog.activateWindow()

    def _forget_aside(self, dialog: Dialog) -> None:
        if dialog in self._aside:
            self._aside.remove(dialog)

    def _tell_busy(self) -> None:
        self.status_bar.set_work("；".join(self.busy_words()))
        self.busy_changed.emit()

    def _tell_saved(self) -> None:
        state = self.top_bar.save_state
        self.status_bar.set_saved(state.words(), fine=state.state == SAVED)

    def _take_theme(self) -> None:
        palette = self.palette()
        palette.setColor(self.backgroundRole(), current().colour("bg"))
        self.setPalette(palette)

    def _take_language(self, _language: str) -> None:
        self.tell_title()


def call(widget: QWidget | None, name: str, *words: Any) -> Any:
    """Call a method of a room's widget if it has it."""
    method = getattr(widget, name, None)
    return method(*words) if callable(method) else None


def _takes_focus(room: QWidget, target: QWidget) -> bool:
    return room.isAncestorOf(target) and target.isVisible() and target.isEnabled() and bool(target.focusPolicy() & Qt.FocusPolicy.TabFocus)
