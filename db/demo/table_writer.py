"""Writes many rows of plain values into a store's tables: prepared tuples on SQLite, COPY on PostgreSQL."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import Enum
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, Date, Integer, Table, text
from sqlalchemy import Enum as EnumType
from sqlalchemy.types import JSON

from db.engine import BUSY_MILLISECONDS, as_environment
from db.models.base import Moment

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

Convert = Callable[[Any], Any]

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@contextmanager
def loading(engine: Engine, cache_megabytes: int = 64) -> Iterator[Connection]:
    """One transaction for a whole load, rolled back on any exception; synced once at its end instead of all along.

    A SQLite file that nobody else has open keeps a rollback journal meanwhile: of an empty store that holds next to nothing, while a
    write-ahead log would hold all rows once more.
    """
    engine.dispose()
    with as_environment(engine), engine.execution_options(writes=True).connect() as connection:
        if engine.dialect.name != "sqlite":
            with connection.begin():
                yield connection
            return
        driver = connection.connection.driver_connection
        assert driver is not None
        _set(driver, "busy_timeout=0", "synchronous=OFF", f"cache_size=-{cache_megabytes * 1024}")
        try:
            _set(driver, "journal_mode=DELETE")
        except sqlite3.OperationalError as held:
            # Somebody else has the file open: the rows go through the write-ahead log.
            if held.sqlite_errorcode not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
        _set(driver, f"busy_timeout={BUSY_MILLISECONDS}")
        try:
            with connection.begin():
                yield connection
        finally:
            _set(driver, "synchronous=FULL", "journal_mode=WAL", "cache_size=-2000", "main.wal_checkpoint(TRUNCATE)")


def _set(driver: Any, *pragmas: str) -> None:
    for pragma in pragmas:
        driver.execute(f"PRAGMA {pragma}").close()


@contextmanager
def without_indexes(connection: Connection, tables: Iterable[Table], made: Callable[[int, int], None] | None = None) -> Iterator[None]:
    """Take the tables' indexes away for a load, and make them anew at its end: one sorting instead of a search for each row.

    `made` is told how many of how many indexes are there again.
    """
    indexes = [index for table in tables for index in sorted(table.indexes, key=lambda index: str(index.name))]
    for index in indexes:
        index.drop(connection)
    yield
    for done, index in enumerate(indexes, 1):
        index.create(connection)
        if made is not None:
            made(done, len(indexes))


def moment_for_store(value: dt.datetime) -> str:
    """An aware moment as SQLite keeps it, and as PostgreSQL reads it in a session whose zone is UTC."""
    return value.astimezone(dt.UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


class _Moments:
    """The same moment stands in many rows: each is written out once."""

    def __init__(self) -> None:
        self._known: dict[dt.datetime, str] = {}

    def __call__(self, value: dt.datetime | None) -> str | None:
        if value is None:
            return None
        found = self._known.get(value)
        if found is None:
            if len(self._known) > 20_000:
                self._known.clear()
            found = self._known[value] = moment_for_store(value)
        return found


def _date(value: dt.date | None) -> str | None:
    return None if value is None else value.isoformat()


def _word(value: Any) -> Any:
    return value._value_ if isinstance(value, Enum) else value


def _flag(value: Any) -> Any:
    return None if value is None else int(value)


class TableWriter:
    """Takes rows as mappings of column name to Python value."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._copies = connection.dialect.name == "postgresql"
        self.moment = _Moments()

    def write(self, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        """Insert the rows; each has every column of the table that has no default in the database."""
        columns = [column for column in table.columns]
        names = [column.name for column in columns]
        converters = [(name, self._converter(column.type)) for name, column in zip(names, columns, strict=True)]
        plain = [name for name, convert in converters if convert is None]
        if len(plain) == len(names):
            self.write_tuples(table, names, (tuple(map(row.__getitem__, names)) for row in rows))
            return
        self.write_tuples(table, names, (tuple(row[name] if convert is None else convert(row[name]) for name, convert in converters) for row in rows))

    def write_tuples(self, table: Table, names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
        """Insert rows that are in the store's own form already."""
        driver = self._connection.connection.driver_connection
        assert driver is not None
        listed = ", ".join(f'"{name}"' for name in names)
        if self._copies:
            with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({listed}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
            return
        driver.executemany(f'INSERT INTO "{table.name}" ({listed}) VALUES ({", ".join("?" * len(names))})', rows).close()

    def set_counters(self, tables: Iterable[Table]) -> None:
        """After rows with keys of their own: the server's counters go on behind the last one."""
        if not self._copies:
            return
        for table in tables:
            if "id" in table.columns and isinstance(table.columns["id"].type, Integer) and table.columns["id"].autoincrement in (True, "auto"):
                self._connection.execute(
                    text(
                        f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), (SELECT max(id) FROM \"{table.name}\")) "
                        f"WHERE pg_get_serial_sequence('\"{table.name}\"', 'id') IS NOT NULL AND EXISTS (SELECT 1 FROM \"{table.name}\")"
                    )
                )

    def _converter(self, kind: Any) -> Convert | None:
        if isinstance(kind, Moment):
            return self.moment
        if isinstance(kind, Date):
            return _date
        if isinstance(kind, EnumType):
            return _word
        if isinstance(kind, JSON):
            return _json
        if isinstance(kind, Boolean):
            return _flag
        return None
