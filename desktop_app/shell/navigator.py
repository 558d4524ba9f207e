"""The road from one room to another, and from a room to its window's notices: `desktop_app.room.Navigator` over one window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from desktop_app.i18n import tr
from desktop_app.shell.main_window import call
from desktop_app.shell.notices import Notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desktop_app.clock import Clock
    from desktop_app.shell.main_window import MainWindow

ROOM_OF = {"order": "work_orders", "vehicle": "customers", "customer": "customers", "claim": "claims", "appointment": "check_in"}
"""Which room shows a record."""


class WindowNavigator:
    """What rooms of one window ask of it."""

    def __init__(self, window: MainWindow, clock: Clock, search: Callable[[str], object]) -> None:
        self._window = window
        self._clock = clock
        self._search = search

    def open_record(self, subject: str, record_id: int) -> None:
        """Show a record in the room that has it."""
        call(self._window.show_room(ROOM_OF[subject]), "open_record", subject, record_id)
        self._window.tell_title()

    def open_order(self, order_id: int) -> None:
        """Show a work order in its room."""
        self.open_record("order", order_id)

    def open_vehicle(self, vehicle_id: int) -> None:
        """Show a vehicle's file."""
        self.open_record("vehicle", vehicle_id)

    def open_customer(self, customer_id: int) -> None:
        """Show a customer's file."""
        self.open_record("customer", customer_id)

    def open_claim(self, claim_id: int) -> None:
        """Show a claim."""
        self.open_record("claim", claim_id)

    def show_room(self, key: str) -> QWidget:
        """Bring a room to the front; its widget."""
        return self._window.show_room(key)

    def new_check_in(self, **start: Any) -> None:
        """Begin a check-in from whatever is known."""
        call_with(self._window.show_room("check_in"), "new_check_in", start)

    def toast(self, text: str, *, kind: str = "done", undo: Callable[[], object] | None = None, act: tuple[str, Callable[[], object]] | None = None) -> None:
        """A passing notice; words already translated."""
        words, what = act if act is not None else ("", None)
        self._window.notices.say(Notice(self._clock(), kind, text, undo, words, what))

    def busy(self, words: str, cancel: Callable[[], object] | None = None) -> Callable[[], None]:
        """Say that something goes on; call the result when it has ended."""
        return self._window.begin_busy(words, cancel)

    def set_badge(self, room: str, count: int) -> None:
        """How many things of a room want an act today."""
        self._window.rail.set_count(room, count)

    def title_changed(self) -> None:
        """The words beside the room's title are to be read anew."""
        self._window.tell_title()

    def search(self, text: str = "") -> None:
        """Open the search palette."""
        self._search(text)

    def say_unknown_code(self, code: str) -> None:
        """Nothing bears a code that was scanned: say so, and offer to look for it."""
        self.toast(tr("Unknown code {code}", code=code), kind="warn", act=(tr("Look for it"), partial(self._search, code)))


def call_with(widget: QWidget, name: str, named: dict[str, Any]) -> Any:
    """Call a method of a room's widget with named values, if it has it."""
    method = getattr(widget, name, None)
    return method(**named) if callable(method) else None
