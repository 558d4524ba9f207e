"""The chosen file at the right of the list: a vehicle's or a customer's, read anew whenever it is asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from db.engine import reading
from db.queries.customer_file import CustomerFile, customer_file
from db.queries.keeping_up import surviving
from db.queries.vehicle_sheet import VehicleSheet, vehicle_sheet
from desktop_app.rooms.customers.customer_panel import CustomerPanel
from desktop_app.rooms.customers.vehicle_panel import VehiclePanel
from desktop_app.widgets.card import Sheet
from desktop_app.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_app.room import RoomContext

_Panel = TypeVar("_Panel", VehiclePanel, CustomerPanel)


class FileSide(QWidget):
    """`asked` says what a person wants done with what, `chosen_changed` that another file shows."""

    asked = Signal(str, object)
    chosen_changed = Signal()

    def __init__(self, context: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._ticket = 0
        self._coming: tuple[str, int, bool] | None = None
        """Whose file is being read, and whether the keys go into it then."""
        self._shown: tuple[str, int] | None = None
        self._nothing = Sheet(self)
        nothing = QVBoxLayout(self._nothing)
        nothing.addWidget(EmptyState("car", "Choose a vehicle", "Its file shows here", parent=self._nothing))
        self._files = QStackedLayout(self)
        self._files.addWidget(self._nothing)
        self.setMinimumWidth(420)

    # What doesn't show when the room opens is made when it is first needed, so that opening it is quick.

    @cached_property
    def vehicle(self) -> VehiclePanel:
        """The file of a vehicle."""
        return self._take_panel(VehiclePanel(self))

    @cached_property
    def customer(self) -> CustomerPanel:
        """The file of a customer."""
        return self._take_panel(CustomerPanel(self))

    @property
    def panel(self) -> VehiclePanel | CustomerPanel | None:
        """The file that shows, None while nothing is chosen."""
        panel = self._files.currentWidget()
        return panel if isinstance(panel, (VehiclePanel, CustomerPanel)) else None

    @property
    def shown(self) -> tuple[str, int] | None:
        """What the file shows: vehicle or customer, and its key."""
        return self._shown

    @property
    def has_focus(self) -> bool:
        """Whether the focus is in the file."""
        focus = self.window().focusWidget()
        return self.panel is not None and focus is not None and self.isAncestorOf(focus)

    def shows_or_reads(self, record: tuple[str, int]) -> bool:
        """Whether the file of a record shows, or is on its way."""
        return record == self._shown or (self._coming is not None and record == self._coming[:2])

    def enter(self) -> None:
        """Put the keys into the file."""
        if self.panel is not None:
            self.panel.enter()

    def show_record(self, subject: str, key: int, enter: bool = False) -> None:
        """Read a file and show it; with `enter` the keys go into it then. A newer wish makes an older one come to nothing."""
        engine, now = self._context.engine, self._context.clock()

        def work() -> Any:
            with reading(engine) as session:
                at = surviving(session, subject, key)
                return vehicle_sheet(session, at, now) if subject == "vehicle" else customer_file(session, at, now)

        done: Callable[[Any], None] = self._on_file_entered if enter else self._on_file
        self._coming = (subject, key, enter)
        self._context.runner.forget(self._ticket)
        self._ticket = self._context.runner.submit(self, work, done, self._on_no_file)

    def reload(self) -> None:
        """Read the file again that shows or is on its way."""
        record = self._coming or self._shown
        if record is not None:
            self.show_record(*record)

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self._shown = None
        self._files.setCurrentWidget(self._nothing)
        self.chosen_changed.emit()

    def _take_panel(self, panel: _Panel) -> _Panel:
        panel.asked.connect(self.asked)
        self._files.addWidget(panel)
        return panel

    def _on_file(self, found: VehicleSheet | CustomerFile) -> None:
        self._coming = None
        focus_was_inside = self.has_focus
        if isinstance(found, VehicleSheet):
            self._shown = ("vehicle", found.car.vehicle_id)
            self.vehicle.show_sheet(found)
            self._files.setCurrentWidget(self.vehicle)
        else:
            self._shown = ("customer", found.customer_id)
            shop = self._context.shop()
            self.customer.show_file(found, shop.day_of(self._context.clock()))
            self._files.setCurrentWidget(self.customer)
        if focus_was_inside and not self.has_focus:
            self.enter()
        self.chosen_changed.emit()

    def _on_file_entered(self, found: VehicleSheet | CustomerFile) -> None:
        self._on_file(found)
        self.enter()

    def _on_no_file(self, fault: Exception) -> None:
        self._coming = None
        self.show_nothing()
        if not isinstance(fault, LookupError):
            self._context.runner.failed.emit(fault)
