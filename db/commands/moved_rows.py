"""Moves what points to one record to another, notes each value before and after, and brings them back from that note."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import DateTime, TypeDecorator, select

from db.commands.recorder import plain
from db.models import Base, Merge, Ownership, Vehicle, VehiclePlate
from db.models.base import Moment
from db.rules import plate
from db.rules.errors import Refusal
from db.rules.record_words import OwnershipRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Mapper, Session

    from db.commands.act import Act


def mappers() -> dict[str, Mapper[Any]]:
    """Each table's mapped class, by the table's name."""
    return {mapper.local_table.name: mapper for mapper in Base.registry.mappers}  # type: ignore[attr-defined]


def pointing_to(table: str) -> list[tuple[str, str]]:
    """(table, column) of everything that refers to a table's rows, but for the mark that a record was merged away."""
    return sorted(
        (name, key.parent.name)
        for name, mapper in mappers().items()
        for key in mapper.local_table.foreign_keys
        if key.column.table.name == table and key.parent.name != "merged_into_id"
    )


class Mover:
    """Sets values on rows and remembers them; `write` keeps the whole in one row of `merge`."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._changes: list[list[Any]] = []

    def set(self, row: Any, column: str, value: Any) -> None:
        """Set a value; one that stands there already is not noted."""
        before = getattr(row, column)
        if before != value:
            setattr(row, column, value)
            self._changes.append([row.__tablename__, row.id, column, plain(before), plain(value)])

    def move_all(self, table: str, gone_id: int, kept_id: int, passing: Sequence[str] = ()) -> None:
        """Let everything that refers to the gone row refer to the kept one; `passing` are tables that were seen to apart."""
        self._session.flush()
        known = mappers()
        for name, column in pointing_to(table):
            if name in passing:
                continue
            mapped = known[name].class_
            for row in self._session.execute(select(mapped).where(getattr(mapped, column) == gone_id).order_by(mapped.id)).scalars():
                self.set(row, column, kept_id)
        self._session.flush()

    def write(self, subject: str, kept_id: int, gone_id: int, act: Act) -> int:
        """Keep the note; the key of its row."""
        row = Merge(subject=subject, kept_id=kept_id, gone_id=gone_id, moved={"changes": self._changes}, merged_at=act.at, staff_id=act.staff_id)
        self._session.add(row)
        self._session.flush()
        return row.id


def take_back(session: Session, moved: dict[str, Any]) -> None:
    """Give each value back that still stands as the merge left it, the last one first.

    Refusals: vin_taken (vehicle_id), plate_taken (plate, vehicle_id) where another vehicle has it by now.
    """
    known = mappers()
    for table, key, column, before, after in reversed(moved["changes"]):
        mapper = known[table]
        row = session.get(mapper.class_, key)
        if row is None or plain(getattr(row, column)) != after:
            continue
        value = _read(mapper, column, before)
        if column == "until" and value is None and _has_another(session, row):
            continue
        setattr(row, column, value)
        if isinstance(row, VehiclePlate):
            _refuse_plate_taken(session, row)
        if isinstance(row, Vehicle):
            _refuse_vin_taken(session, row)
        # One by one: a plate or an owner may take the place again only after the other has left it.
        session.flush()


def _read(mapper: Mapper[Any], column: str, value: Any) -> Any:
    """A value of the note as the column's Python type."""
    kind = mapper.columns[column].type
    if value is None:
        return None
    if isinstance(kind, Moment) or isinstance(getattr(kind, "impl", None), DateTime):
        return dt.datetime.fromisoformat(value)
    python = kind.impl_instance.python_type if isinstance(kind, TypeDecorator) else kind.python_type
    if python is dt.date:
        return dt.date.fromisoformat(value)
    enum = getattr(kind, "enum_class", None)
    return enum(value) if enum is not None else value


def _has_another(session: Session, row: VehiclePlate | Ownership) -> bool:
    """Whether the vehicle has got another plate or owner since, which then stays."""
    of_its_kind = type(row)
    query = select(of_its_kind.id).where(of_its_kind.vehicle_id == row.vehicle_id, of_its_kind.until.is_(None), of_its_kind.id != row.id)
    if isinstance(row, Ownership):
        query = query.where(Ownership.role == OwnershipRole.OWNER)
    return session.execute(query).first() is not None


def _refuse_plate_taken(session: Session, row: VehiclePlate) -> None:
    if row.until is not None:
        return
    with session.no_autoflush:
        other = session.execute(
            select(VehiclePlate.vehicle_id).where(
                VehiclePlate.plate == row.plate, VehiclePlate.colour == row.colour, VehiclePlate.until.is_(None), VehiclePlate.id != row.id
            )
        ).scalar()
    if other is not None:
        raise Refusal("plate_taken", plate=plate.display(row.plate), vehicle_id=other)


def _refuse_vin_taken(session: Session, row: Vehicle) -> None:
    if not row.vin or row.merged_into_id is not None:
        return
    with session.no_autoflush:
        other = session.execute(select(Vehicle.id).where(Vehicle.vin == row.vin, Vehicle.merged_into_id.is_(None), Vehicle.id != row.id)).scalar()
    if other is not None:
        raise Refusal("vin_taken", vin=row.vin, vehicle_id=other)
