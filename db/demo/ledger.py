"""The demo's books: every record with the history row that its making and each of its changes would have left, chained by hash."""

from __future__ import annotations

import datetime as dt
import uuid
from enum import Enum
from typing import TYPE_CHECKING, Any

from db.commands.recorder import masked, plain
from db.models import Base, History, HistoryHead, HistoryPersonal
from db.rules.history_chain import GENESIS, already_canonical, canonical, moment_text, personal_hash, row_hash

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from sqlalchemy import Table

    from db.demo.table_writer import TableWriter

Row = dict[str, Any]

_CHUNK = 4000
_EMPTY: tuple[Any, ...] = (None, "", [], {}, False)
_UNRECORDED = ("id", "version")
_SIMPLE = frozenset((int, str, bool, type(None), float))
_HISTORY = (
    "id", "at", "staff_id", "actor", "approved_by_id", "device", "request_id", "verb",
    "subject", "subject_id", "order_id", "change", "changes", "previous_hash", "hash",
)  # fmt: skip


class _Shape:
    """What the ledger must know of a table: its defaults, and which of its columns are personal or secret."""

    def __init__(self, table: Table) -> None:
        # SQLAlchemy's own kind of text is bound an order of magnitude slower.
        self.name = str(table.name)
        self.personal = frozenset(column.name for column in table.columns if column.info.get("personal"))
        self.secret = frozenset(column.name for column in table.columns if column.info.get("secret"))
        self.columns = frozenset(column.name for column in table.columns)
        plain_defaults: Row = {}
        self.made: list[tuple[str, Callable[[Any], Any]]] = []
        for column in table.columns:
            default: Any = column.default
            if default is None:
                plain_defaults[column.name] = None
            elif default.is_callable:
                self.made.append((column.name, default.arg))
            else:
                plain_defaults[column.name] = default.arg
        self.plain_defaults = plain_defaults

    def new(self, values: Row) -> Row:
        """A row with all columns: what is given, else the defaults of the model."""
        row = self.plain_defaults.copy()
        for name, make in self.made:
            if name not in values:
                row[name] = make(None)
        row.update(values)
        return row


class Ledger:
    """Collects rows until `write`; history goes out in chunks, in the order in which things happened."""

    def __init__(self, writer: TableWriter, random_source: random.Random) -> None:
        self.rows: dict[str, list[Row]] = {}
        self._writer = writer
        self._random = random_source
        self._shapes = {table.name: _Shape(table) for table in Base.metadata.sorted_tables}
        self._last_id = 0
        self._last_hash = GENESIS
        self._history: list[tuple[Any, ...]] = []
        self._sides: list[tuple[Any, ...]] = []
        self._at: dt.datetime | None = None
        self._act: tuple[Any, ...] = ()
        self._at_text = ""
        self._texts: dict[dt.datetime, str] = {}

    def act(self, at: dt.datetime, staff_id: int | None, device: str, verb: str, approved_by_id: int | None = None) -> None:
        """Begin a request: what follows is its. Requests come in the order of their time."""
        if self._at is not None and at < self._at:
            raise ValueError(f"{verb} at {at} comes after {self._at}")
        self._at = at
        self._at_text = self._moment_text(at)
        request = str(uuid.UUID(int=self._random.getrandbits(128), version=4))
        self._act = (staff_id, approved_by_id, device, request, verb)

    @property
    def at(self) -> dt.datetime:
        """The moment of the present request."""
        assert self._at is not None
        return self._at

    def add(self, table: str, **values: Any) -> Row:
        """Make a record; its key is the next of its table."""
        shape = self._shapes[table]
        if not shape.columns.issuperset(values):
            raise KeyError(f"{table} has no {sorted(set(values) - shape.columns)}")
        rows = self.rows.setdefault(table, [])
        row = shape.new(values)
        row["id"] = len(rows) + 1
        if "version" in shape.columns:
            row["version"] = 1
        rows.append(row)
        changes = {name: [None, value] for name, value in row.items() if value not in _EMPTY and name not in _UNRECORDED}
        self._record(shape, row, "added", changes)
        return row

    def change(self, table: str, row: Row, **values: Any) -> None:
        """Change a record: only what differs is written, and nothing when nothing does."""
        changes = {}
        for name, value in values.items():
            old = row[name]
            if old != value:
                changes[name] = [old, value]
                row[name] = value
        if changes:
            if "version" in row:
                row["version"] += 1
            self._record(self._shapes[table], row, "changed", changes)

    def put(self, table: str, **values: Any) -> None:
        """Keep a row of a table that history doesn't follow."""
        self.rows.setdefault(table, []).append(self._shapes[table].new(values))

    def note(self, subject: str, change: str, changes: Row) -> None:
        """Record something that concerns no single record."""
        self._chain(subject, None, None, change, changes)

    def _record(self, shape: _Shape, row: Row, change: str, pairs: Row) -> None:
        changes: Row = {}
        history_id = self._last_id + 1
        for name, (old, new) in pairs.items():
            if name in shape.secret:
                changes[name] = [masked(old), masked(new)]
            elif name in shape.personal:
                changes[name] = [self._personal(history_id, name, "old", old), self._personal(history_id, name, "new", new)]
            else:
                changes[name] = [old if type(old) in _SIMPLE else self._plain(old), new if type(new) in _SIMPLE else self._plain(new)]
        name = shape.name
        self._chain(name, row["id"], row["id"] if name == "work_order" else row.get("order_id"), change, changes)

    def _plain(self, value: Any) -> Any:
        if isinstance(value, dt.datetime):
            return self._moment_text(value)
        # A member's own slot: `value` of an enumeration is looked up through a descriptor, slow for so many.
        return value._value_ if isinstance(value, Enum) else plain(value)

    def _moment_text(self, at: dt.datetime) -> str:
        found = self._texts.get(at)
        if found is None:
            if len(self._texts) > _CHUNK:
                self._texts.clear()
            found = self._texts[at] = moment_text(at)
        return found

    def _personal(self, history_id: int, name: str, side: str, value: Any) -> Any:
        if value is None:
            return None
        salt = self._random.randbytes(16)
        self._sides.append((history_id, name, side, salt, str(value)))
        return {"sha256": personal_hash(salt, str(value))}

    def _chain(self, subject: str, subject_id: int | None, order_id: int | None, change: str, changes: Row) -> None:
        self._last_id += 1
        staff_id, approved_by_id, device, request_id, verb = self._act
        form = canonical(changes)
        row = {
            "id": self._last_id, "at": self._at_text, "staff_id": staff_id, "actor": "", "approved_by_id": approved_by_id, "device": device,
            "request_id": request_id, "verb": verb, "subject": subject, "subject_id": subject_id, "order_id": order_id, "change": change,
            "changes": already_canonical(form), "previous_hash": self._last_hash,
        }  # fmt: skip
        before, self._last_hash = self._last_hash, row_hash(row)
        self._history.append(
            (
                self._last_id, self._writer.moment(self.at), staff_id, "", approved_by_id, device, request_id, verb,
                subject, subject_id, order_id, change, form.decode(), before, self._last_hash,
            )
        )  # fmt: skip
        if len(self._history) >= _CHUNK:
            self._write_history()

    def _write_history(self) -> None:
        self._writer.write_tuples(Base.metadata.tables[History.__tablename__], _HISTORY, self._history)
        self._writer.write_tuples(Base.metadata.tables[HistoryPersonal.__tablename__], ("history_id", "field", "side", "salt", "value"), self._sides)
        self._history.clear()
        self._sides.clear()

    def write(self, progress: Callable[[str], None]) -> None:
        """Write everything that was collected; each table after those that it points to."""
        self._write_history()
        self.put(HistoryHead.__tablename__, id=1, last_id=self._last_id, last_hash=self._last_hash)
        for table in Base.metadata.sorted_tables:
            rows = self.rows.get(table.name)
            if rows:
                progress(table.name)
                self._writer.write(table, rows)
        self._writer.set_counters(Base.metadata.sorted_tables)

