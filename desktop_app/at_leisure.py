"""Loads what the first use of a thing would wait for, module by module, once the window stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.rooms import ROOM_MODULES
from desktop_app.start_work import Import

if TYPE_CHECKING:
    from desktop_app.tasks.runner import Runner

_MODULES = (
    "desktop_app.shell.search_palette", "desktop_app.shell.help_sheet", "desktop_app.shell.person_menu", "desktop_app.shell.fault_panel",
    "db.queries.search", "db.commands.perform", "desktop_app.rooms.check_in.form_page", "pypinyin", "phonenumbers", "argon2",
    *(f"desktop_app.rooms.{key}.view" for key in ROOM_MODULES),
    "desktop_app.rooms.work_orders.order_page", "desktop_app.rooms.work_orders.line_dialogs", "desktop_app.rooms.work_orders.move_dialogs",
)  # fmt: skip


class AtLeisure(QObject):
    """One module at a time, so that no keystroke waits for more than one."""

    done = Signal()

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._left = iter(_MODULES)

    def go_on(self, _loaded: object = None) -> None:
        """Load the next one."""
        name = next(self._left, None)
        if name is None:
            self.done.emit()
        else:
            # One that can't be loaded says so where it is used.
            self._runner.submit(self, Import(name), self.go_on, self.go_on)
