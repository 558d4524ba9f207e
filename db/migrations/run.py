"""Brings a store to this program's version: refuses a newer one untouched, copies a file before it changes it."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from db.engine import as_environment, file_of, sqlite_trouble
from db.rules.errors import Environment

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection, Engine

CURRENT = "0003"
"""The revision that this program's models need; a test holds it equal to the newest migration."""

_FOLDER = Path(__file__).resolve().parent
_LOCK = 0x5EF0
_PATIENCE = "120s"


class StoreState(StrEnum):
    EMPTY = "empty"
    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"
    FOREIGN = "foreign"


def known_revisions() -> frozenset[str]:
    """All revisions that this program has migrations for."""
    return frozenset(path.name.split("_")[0] for path in (_FOLDER / "versions").glob("[0-9]*.py"))


def store_state(engine: Engine) -> StoreState:
    """What is in the store, by its version mark; loads no Alembic, so that a start needs none."""
    with as_environment(engine), engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        if "alembic_version" not in tables:
            return StoreState.FOREIGN if tables else StoreState.EMPTY
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if revision == CURRENT:
        return StoreState.CURRENT
    if revision is None:
        return StoreState.EMPTY
    return StoreState.OLDER if revision in known_revisions() else StoreState.NEWER


def make_ready(engine: Engine, *, only_read: bool = False) -> StoreState:
    """Make an empty store, upgrade an older one, accept a current one; returns what it was.

    A new file may be read and written by whoever may do so in its folder. A current file that this person may not write to is
    accepted when it is opened `only_read`, and refused at once otherwise.
    Environment: store_newer (made by a newer version), store_foreign (another program's), store_damaged, store_read_only,
    folder_is_a_file, folder_not_writable, disk_full, store_locked, server_away, server_rights … Nothing is overwritten in any of these.
    """
    file = file_of(engine)
    if file is None:
        return _make_ready(engine, None, only_read)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        blocked = next((path for path in (file.parent, *file.parent.parents) if path.exists() and not path.is_dir()), None)
        if blocked is not None:
            raise Environment("folder_is_a_file", file=str(blocked)) from error
        raise Environment("folder_not_writable", folder=str(file.parent)) from error
    try:
        _refuse_untouched(file)
        _begin_shared(file)
        return _make_ready(engine, file, only_read)
    except OSError as error:
        raise Environment("store_not_opened", file=str(file)) from error
    except Environment as trouble:
        if trouble.code in ("store_not_opened", "store_read_only") and not os.access(file.parent, os.W_OK):
            raise Environment("folder_not_writable", folder=str(file.parent)) from trouble
        raise


def _begin_shared(file: Path) -> None:
    """Begin a file that does not exist yet with its folder's rights for others; SQLite gives those of the file to the log beside it.

    By the rights of new files alone, usually, only who made it could write to it, in a folder that is open to all desktop users.
    """
    if os.name != "posix" or file.exists():
        return
    try:
        file.touch(exist_ok=False)
        folder, begun = file.parent.stat(), file.stat()
        others = folder.st_mode & 0o006
        # In a folder of another group the file's own group is as strange as all others.
        group = folder.st_mode & 0o060 if folder.st_gid == begun.st_gid else others << 3
        file.chmod(0o600 | group | others)
    except OSError:
        # What is wrong with the folder is said by the usual way of opening; another program may have begun the file meanwhile.
        return


def _make_ready(engine: Engine, file: Path | None, only_read: bool) -> StoreState:
    state = store_state(engine)
    where = str(file or engine.url.render_as_string(hide_password=True))
    if state is StoreState.NEWER:
        raise Environment("store_newer", file=where)
    if state is StoreState.FOREIGN:
        raise Environment("store_foreign", file=where)
    writes = not only_read or state is not StoreState.CURRENT
    if writes and file is not None and not os.access(file, os.W_OK):
        raise Environment("store_read_only", file=where)
    if state is StoreState.OLDER and file is not None:
        copy_aside(file)
    if state is not StoreState.CURRENT:
        upgrade(engine)
    return state


def _refuse_untouched(file: Path) -> None:
    """Refuse another program's or a newer file before our own way of opening writes to it.

    That way sets the journal mode, and folds into the file what a program that was killed has left in the log beside it.
    """
    if not file.exists() or (_is_write_ahead(file) and not _has_log(file)):
        return
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone() if "alembic_version" in tables else None
    except sqlite3.Error:
        # What is wrong with it is said by the usual way of opening.
        return
    if tables and "alembic_version" not in tables:
        raise Environment("store_foreign", file=str(file))
    if found is not None and found[0] not in known_revisions():
        raise Environment("store_newer", file=str(file))


def _is_write_ahead(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(19)[18:] == b"\x02"


def _has_log(file: Path) -> bool:
    log = file.with_name(file.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def copy_aside(file: Path) -> Path:
    """A consistent copy of a SQLite file beside it, named by the moment and on the disk; never ends in .db.

    Environment: folder_not_writable, disk_full, store_locked, store_damaged; no half copy stays.
    """
    target = file.with_name(f"{file.stem}-before-upgrade-{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S-%f}.backup")
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=rw", uri=True)) as source:
            source.execute("VACUUM INTO ?", (str(target),))
        with target.open("r+b") as copy:
            os.fsync(copy.fileno())
    except (sqlite3.Error, OSError) as error:
        target.unlink(missing_ok=True)
        code = sqlite_trouble(error)
        if code in ("", "store_not_opened", "store_read_only"):
            raise Environment("folder_not_writable", folder=str(file.parent)) from error
        raise Environment(code, file=str(file)) from error
    return target


def configuration(connection: Connection) -> Config:
    """Alembic's settings for a run on an open connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine, target: str = "head") -> None:
    """Run the migrations up to `target` in one transaction: when one of them fails, the store is what it was before the first.

    Environment: store_damaged (file, table) where references lead nowhere afterwards; store_locked where another upgrade does not end.
    """
    from alembic import command

    with as_environment(engine), engine.execution_options(writes=True).connect() as connection:
        if engine.dialect.name == "postgresql":
            with connection.begin():
                # Another PC's upgrade may take longer than a table's lock is waited for.
                connection.execute(text(f"SET LOCAL lock_timeout = '{_PATIENCE}'"))
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
                connection.execute(text("SET LOCAL lock_timeout = DEFAULT"))
                command.upgrade(configuration(connection), target)
            return
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                command.upgrade(configuration(connection), target)
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                if broken is not None:
                    raise Environment("store_damaged", file=str(file_of(engine)), table=broken[0])
        finally:
            driver.execute("PRAGMA foreign_keys=ON")
