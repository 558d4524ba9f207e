"""Opens the store, SQLite file or PostgreSQL server, so that what a commit has acknowledged is on the disk."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine as Engine
from sqlalchemy import create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError

from db.rules.errors import Environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session as Session

BUSY_MILLISECONDS = 5000


def file_url(path: Path) -> str:
    """The database address of a SQLite file, whatever characters its folders have."""
    return "sqlite:///" + path.as_posix().replace("%", "%25").replace("?", "%3F")


def file_of(engine: Engine) -> Path | None:
    """The SQLite file behind an engine, None for a server."""
    return Path(engine.url.database) if engine.dialect.name == "sqlite" and engine.url.database else None


def open_engine(url: str) -> Engine:
    """An engine on `url`; nothing is read or written yet.

    Reads begin a plain transaction, writes BEGIN IMMEDIATE: a transaction that reads first and writes later would be refused at
    once by SQLite when another commit came between, whatever the busy timeout.
    """
    if url.startswith("sqlite"):
        engine = create_engine(url, connect_args={"check_same_thread": False, "timeout": BUSY_MILLISECONDS / 1000})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 5, "options": "-c timezone=UTC -c lock_timeout=10000"})
        event.listen(engine, "connect", _prepare_postgresql)
    return engine


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    """Sums of whole numbers come back as whole numbers, as on SQLite; the server makes them `numeric`."""
    from psycopg.adapt import Loader

    class WholeNumbers(Loader):
        def load(self, data: Any) -> int | Decimal:
            text = bytes(data).decode()
            return Decimal(text) if "." in text or "N" in text else int(text)

    connection.adapters.register_loader("numeric", WholeNumbers)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MILLISECONDS}"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Any) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that only reads, closed at once: a long read keeps the write-ahead log growing."""
    # Loaded here, not above: the program's start opens the store without mapping its tables.
    from sqlalchemy.orm import Session

    with as_environment(engine), Session(engine, expire_on_commit=False, autoflush=False) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """One transaction: committed (and on disk) when the block ends, rolled back on any exception."""
    from sqlalchemy.orm import Session

    with as_environment(engine), Session(engine.execution_options(writes=True), expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def as_environment(engine: Engine) -> Iterator[None]:
    """Turns the store's own complaints into `Environment`: disk_full, store_locked, store_read_only, store_damaged, server_away …"""
    try:
        yield
    except DBAPIError as error:
        known = environment_of(error, engine)
        if known is None:
            raise
        raise known from error


def sqlite_trouble(error: BaseException | None) -> str:
    """The machine's trouble behind a complaint of SQLite as a code of `Environment`, empty when it is none of those known."""
    text = str(error).lower()
    return next((code for sign, code in _SQLITE_TROUBLES if sign in text), "")


_SQLITE_TROUBLES = (
    ("disk is full", "disk_full"),
    ("database is locked", "store_locked"),
    ("readonly database", "store_read_only"),
    ("unable to open", "store_not_opened"),
    ("disk i/o error", "disk_error"),
    ("malformed", "store_damaged"),
    ("not a database", "store_damaged"),
)


def environment_of(error: DBAPIError, engine: Engine) -> Environment | None:
    """The machine's trouble behind a database error, or None when it is none of those known."""
    file = file_of(engine)
    if file is not None:
        code = sqlite_trouble(error.orig)
        if code == "disk_error" and _is_full(file):
            code = "disk_full"
        return Environment(code, file=str(file)) if code else None
    server = engine.url.render_as_string(hide_password=True)
    text = str(error.orig).lower()
    state = getattr(error.orig, "sqlstate", None) or ""
    if state == "53100" or "no space left" in text:
        return Environment("disk_full", file=server)
    if state in _LOCKED or "lock timeout" in text:
        return Environment("store_locked", file=server)
    if state in _NOT_LET:
        return Environment("server_rights", server=server)
    if "password authentication" in text or "no password supplied" in text:
        return Environment("server_password", server=server)
    if isinstance(error, OperationalError) or error.connection_invalidated:
        return Environment("server_lacks_store" if "does not exist" in text else "server_away", server=server)
    return None


_LOCKED = frozenset({"55P03", "40P01", "40001"})
"""PostgreSQL's lock_not_available, deadlock_detected, serialization_failure: the same again later will do."""
_NOT_LET = frozenset({"42501", "25006"})
"""PostgreSQL's insufficient_privilege and read_only_sql_transaction."""
_NO_ROOM_BYTES = 256 * 1024


def _is_full(file: Path) -> bool:
    """SQLite complains of the disk, not of its fullness, where the room for its shared memory is lacking."""
    try:
        return shutil.disk_usage(file.parent).free < _NO_ROOM_BYTES
    except OSError:
        # A disk that doesn't answer this either is in trouble, as SQLite has said, and not known to be full.
        return False
