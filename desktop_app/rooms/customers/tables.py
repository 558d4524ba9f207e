"""The two lists of the room: vehicles, whose next due is worked out after they show, and customers without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from db.engine import reading
from db.queries import customers
from db.queries.customers import CustomerListRow, VehicleListRow
from desktop_app.rooms.customers.columns import customer_columns, vehicle_columns
from desktop_app.widgets.paged_model import PagedModel
from desktop_app.widgets.paged_table import PagedTable

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from desktop_app.room import RoomContext

_ROOM_FOR_ALL = 700


class LetterTable(PagedTable):
    """A list whose single letters are acts of the room."""

    letter = Signal(str)

    def __init__(self, name: str, model: PagedModel, parent: QWidget) -> None:
        super().__init__(name, model, parent=parent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if not event.isAccepted() and not event.modifiers() and event.text().isalpha():
            event.accept()
            self.letter.emit(event.text().upper())


class VehicleTable(LetterTable):
    """Vehicles. The rows show at once; what falls due next and the daily distance come a moment later, for those that show."""

    def __init__(self, context: RoomContext, today: Callable[[], dt.date], parent: QWidget) -> None:
        self._context = context
        super().__init__("customers.vehicles", PagedModel(context.runner, vehicle_columns(today), _vehicle_key, parent), parent)
        self.paged.rowsInserted.connect(self._on_more_rows)
        self.paged.loaded.connect(self._on_loaded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        place = next(place for place, column in enumerate(self.paged.columns) if column.key == "distance")
        # In a narrow list the model needs the room more: the daily distance stands in the basis of what is due.
        self.setColumnHidden(place, self.width() < _ROOM_FOR_ALL)

    def _on_loaded(self) -> None:
        self._work_out(self.paged.rows)

    def _on_more_rows(self, _parent: object, first: int, last: int) -> None:
        self._work_out(self.paged.rows[first : last + 1])

    def _work_out(self, rows: Sequence[VehicleListRow]) -> None:
        waiting = [row for row in rows if not row.worked_out]
        engine, now = self._context.engine, self._context.clock()
        if not waiting:
            return

        def work() -> list[VehicleListRow]:
            with reading(engine) as session:
                return customers.with_dues(session, waiting, now)

        self._context.runner.submit(self, work, self._on_worked_out)

    def _on_worked_out(self, rows: list[VehicleListRow]) -> None:
        for row in rows:
            self.paged.replace_row(row)


class PeopleTable(LetterTable):
    """Customers who are nothing to any vehicle now."""

    def __init__(self, context: RoomContext, parent: QWidget) -> None:
        super().__init__("customers.people", PagedModel(context.runner, customer_columns(), _customer_key, parent), parent)


def _vehicle_key(row: VehicleListRow) -> object:
    return row.vehicle_id


def _customer_key(row: CustomerListRow) -> object:
    return row.customer_id


def record_of(row: object) -> tuple[str, int]:
    """What a row is of: vehicle or customer, and its key."""
    if isinstance(row, VehicleListRow):
        return "vehicle", row.vehicle_id
    assert isinstance(row, CustomerListRow)
    return "customer", row.customer_id
