"""The columns of the customers' room: vehicles with owner, state and next due; customers without a vehicle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.queries import customers
from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.rooms.customers.words import distance_cell, due_cell, e164_words, model_words, person_words, state_cell, tier_words
from desktop_app.widgets.cells import Cell, Plate, Words
from desktop_app.widgets.paged_model import Column

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from db.queries.customers import CustomerListRow, VehicleListRow


def vehicle_columns(today: Callable[[], dt.date]) -> tuple[Column, ...]:
    """The columns of vehicles; `today` is the shop's day."""

    def visit(row: VehicleListRow) -> Cell:
        if row.last_visit_at is None:
            return Words("–", tone="text3")
        day = formats().local(row.last_visit_at).date()
        return Words(formats().near_day(day, today()), tr("in the shop") if row.open_order else "")

    def due(row: VehicleListRow) -> Cell:
        return due_cell(row, today())

    return (
        Column("plate", "Plate", _plate, 116, customers.PLATE),
        Column("owner", "Owner", _owner, 88, customers.OWNER),
        Column("model", "Model", _model, 0),
        Column("visit", "Last visit", visit, 112, customers.LAST_VISIT),
        Column("distance", "km/day", distance_cell, 60, right=True),
        Column("due", "Next due", due, 146),
        Column("state", "State", state_cell, 96),
    )


def customer_columns() -> tuple[Column, ...]:
    """The columns of customers without a vehicle."""
    return (
        Column("name", "Name", _name, 0),
        Column("phone", "Phone", _phone, 170),
        Column("since", "Customer since", _since, 130),
    )


def _plate(row: VehicleListRow) -> Cell:
    if row.plate:
        return Plate(row.plate, row.plate_colour)
    return Words(f"…{row.vin[-6:]}", tr("VIN"), tone="text2") if row.vin else Words("–", tone="text3")


def _owner(row: VehicleListRow) -> Cell:
    return Words(row.owner_name) if row.owner_name else Words(tr("no owner"), tone="text3")


def _model(row: VehicleListRow) -> Cell:
    return Words(model_words("", row.model, row.model_year) if row.model else model_words(row.maker, "", row.model_year))


def _name(row: CustomerListRow) -> Cell:
    return Words(person_words(row.name, row.title), tr("company") if row.is_company else tier_words(row.tier))


def _phone(row: CustomerListRow) -> Cell:
    return Words(e164_words(row.phone), tone="text" if row.phone else "warn")


def _since(row: CustomerListRow) -> Cell:
    return Words(formats().day(row.created_at), tone="text2")
