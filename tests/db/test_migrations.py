"""Migrations: they end where the models are, keep every row on the way, and a step that fails leaves nothing of itself."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, inspect, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from db.checks import check
from db.commands.act import Act
from db.commands.check_in import CheckIn, NewCustomer, NewVehicle
from db.commands.perform import perform
from db.engine import file_of, file_url, open_engine, reading
from db.migrations import history_triggers, run
from db.migrations.run import CURRENT, StoreState, configuration, known_revisions, make_ready, store_state, upgrade
from db.models import Base, WorkOrder
from db.rules.errors import Environment
from tests.samples.keep import sample_file

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from sqlalchemy import Engine

OLDER = sorted(known_revisions() - {CURRENT})


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A store without a single table, once of each kind."""
    if request.param == "sqlite":
        engine = open_engine(file_url(tmp_path / "data 資料" / "shop.db"))
        (tmp_path / "data 資料").mkdir()
        yield engine
        engine.dispose()
        return
    cluster = request.getfixturevalue("postgresql")
    name = cluster.database()
    engine = open_engine(cluster.url(name))
    yield engine
    engine.dispose()
    cluster.drop(name)


def fill(engine: Engine, version: str) -> None:
    """Load a version's sample as its program would have left it."""
    script = sample_file(version).read_text(encoding="utf-8")
    file = file_of(engine)
    if file is not None:
        with closing(sqlite3.connect(file)) as store:
            store.executescript(f"BEGIN; {script} COMMIT;")
        return
    with engine.begin() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("SET LOCAL session_replication_role = replica")
        driver.execute(re.sub(r"\bX'([0-9A-F]*)'", r"'\\x\1'", script))
        sequences = "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'id' AND column_default LIKE 'nextval%'"
        for (table,) in driver.execute(sequences).fetchall():
            driver.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), greatest(max(id), 1)) FROM {table}")


def rows_of(connection: Connection, columns: dict[str, list[str]]) -> dict[str, list[tuple[Any, ...]]]:
    """Every row's values in the named columns."""
    found = {}
    for table, names in columns.items():
        result = connection.execute(text(f"SELECT {', '.join(names)} FROM {table}"))
        found[table] = sorted((tuple(row) for row in result), key=repr)
    return found


def columns_of(connection: Connection) -> dict[str, list[str]]:
    inspector = inspect(connection)
    return {table: [column["name"] for column in inspector.get_columns(table)] for table in inspector.get_table_names() if table != "alembic_version"}


def version_of(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


# Against the models


def test_the_programs_version_is_the_newest_migration(engine: Engine) -> None:
    with engine.connect() as connection:
        script = ScriptDirectory.from_config(configuration(connection))
    assert script.get_heads() == [CURRENT]
    assert {revision.revision for revision in script.walk_revisions()} == known_revisions()
    assert version_of(engine) == CURRENT


def test_migrations_end_at_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_what_autogenerate_does_not_see_is_the_models_too(engine: Engine, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    if engine.dialect.name == "sqlite":
        modelled = open_engine(file_url(tmp_path / "modelled"))
        describe = sqlite_description
    else:
        cluster = request.getfixturevalue("postgresql")
        modelled = open_engine(cluster.url(cluster.database()))
        describe = postgresql_description
    with modelled.begin() as connection:
        Base.metadata.create_all(connection)
        history_triggers.create(connection)
        history_triggers.close_ways_around(connection)
    with modelled.connect() as connection:
        wanted = describe(connection)
    modelled.dispose()
    with engine.connect() as connection:
        found = describe(connection)
    assert found - wanted == set()
    assert wanted - found == set()
    kinds = {kind for kind, *_rest in found}
    assert {"check", "trigger", "index"} <= kinds
    assert any(kind == "index" and " WHERE " in words for kind, _name, words in found)


def sqlite_description(connection: Connection) -> set[tuple[str, str, str]]:
    """Each column, constraint, index and trigger in the words of the schema, whatever their order and layout."""
    found: set[tuple[str, str, str]] = set()
    for kind, name, table, sql in connection.execute(text("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL")):
        words = " ".join(sql.replace('"', "").split())
        if table == "alembic_version":
            continue
        if kind != "table":
            found.add((kind, name, words))
            continue
        body, _, options = words.partition("(")[2].rpartition(")")
        found.add(("options", name, options))
        for part in parts_of(body):
            found.add(("check" if "CHECK" in part else "part", name, part))
    return found


def parts_of(body: str) -> Iterator[str]:
    """The parts of a table's definition: split at commas that lie in no parenthesis."""
    depth, begin = 0, 0
    for place, character in enumerate(body + ","):
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            yield re.sub(r"\(\s+|\s+\)", lambda match: match[0].strip(), body[begin:place].strip())
            begin = place + 1


def postgresql_description(connection: Connection) -> set[tuple[str, str, str]]:
    queries = (
        "SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT 'trigger', tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
        "SELECT CASE contype WHEN 'c' THEN 'check' ELSE 'constraint' END, conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace",
        "SELECT 'column', attrelid::regclass || '.' || attname, format_type(atttypid, atttypmod) || ' ' || attnotnull || ' ' || attcollation || ' ' || "
        "coalesce(pg_get_expr(adbin, adrelid), '') FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid "
        "LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0",
        "SELECT 'function', proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    )
    found = {(str(kind), str(name), str(words)) for query in queries for kind, name, words in connection.execute(text(query))}
    return {row for row in found if not row[1].startswith("alembic_version")}


def test_the_store_itself_refuses_what_its_constraints_forbid(small_shop: Any) -> None:
    """By effect, on both stores: words out of their list, a second open order, a history that is rewritten."""
    engine, order = small_shop.engine, small_shop.order
    forbidden = (
        f"UPDATE work_order SET fuel_eighths = 9 WHERE id = {order}",
        f"UPDATE work_order SET state = 'lost' WHERE id = {order}",
        f"UPDATE work_order SET state = 'waiting', waiting_for = NULL WHERE id = {order}",
        f"UPDATE work_order_line SET quantity = -1 WHERE order_id = {order}",
        f"UPDATE work_order SET state = 'checked_in', delivered_at = NULL WHERE id = {small_shop.earlier_order}",
        "UPDATE odometer_reading SET kilometres = -1",
        "UPDATE shop SET id = 2",
        f"UPDATE ownership SET vehicle_id = {small_shop.vehicle}",
        f"UPDATE vehicle_plate SET plate = 'X', colour = 'blue', vehicle_id = {small_shop.vehicle}",
        f"UPDATE vehicle SET vin = 'LGXCE4CB9R0004812' WHERE id = {small_shop.vehicle}",
        "UPDATE work_order SET customer_id = 999999",
        "UPDATE history SET verb = 'x'",
        "DELETE FROM history",
        "UPDATE history_personal SET value = 'x'",
    )
    for statement in forbidden:
        with pytest.raises(DBAPIError) as refused, engine.begin() as connection:
            connection.execute(text(statement))
        assert isinstance(refused.value, IntegrityError) or "append-only" in str(refused.value), statement


# Upwards with data


@pytest.mark.parametrize("version", OLDER)
def test_a_store_of_each_version_comes_up_whole(empty: Engine, version: str, now: dt.datetime) -> None:
    assert sample_file(version).exists(), f"no sample: run  python -m tests.samples.keep {version}"
    upgrade(empty, version)
    fill(empty, version)
    with empty.connect() as connection:
        columns = columns_of(connection)
        before = rows_of(connection, columns)
    assert len([rows for rows in before.values() if rows]) > 30, "the sample is no shop"
    assert store_state(empty) is StoreState.OLDER
    assert make_ready(empty) is StoreState.OLDER
    assert store_state(empty) is StoreState.CURRENT and make_ready(empty) is StoreState.CURRENT
    with empty.connect() as connection:
        after = columns_of(connection)
        kept = {table: [name for name in names if name in after.get(table, [])] for table, names in columns.items()}
        assert kept == columns, "a column went away: say here where its values went"
        assert rows_of(connection, kept) == before
    with reading(empty) as session:
        assert check(session) == []
        orders = session.execute(select(func.count()).select_from(WorkOrder)).scalar_one()
    command = CheckIn(
        5000, now.replace(hour=9), new_vehicle=NewVehicle(plate="京A12345"), new_customer=NewCustomer("王磊", ("13800138000",)), signed_on_paper=True
    )
    perform(empty, command, Act(at=now, device="pc", everything=True))
    with reading(empty) as session:
        assert session.execute(select(func.count()).select_from(WorkOrder)).scalar_one() == orders + 1
        assert check(session) == []


@pytest.mark.parametrize("version", OLDER)
def test_a_file_is_copied_before_it_is_changed(tmp_path: Path, version: str) -> None:
    path = tmp_path / "shop.db"
    engine = open_engine(file_url(path))
    upgrade(engine, version)
    fill(engine, version)
    with engine.connect() as connection:
        columns = columns_of(connection)
        before = rows_of(connection, columns)
    make_ready(engine)
    engine.dispose()
    (copy,) = [entry for entry in tmp_path.iterdir() if not entry.name.startswith("shop.db")]
    assert copy.name.startswith("shop-before-upgrade-")
    assert [entry.name for entry in tmp_path.glob("*.db")] == ["shop.db"]
    kept = open_engine(file_url(copy))
    assert version_of(kept) == version
    with kept.connect() as connection:
        assert rows_of(connection, columns) == before
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    kept.dispose()


def test_two_upgrades_in_one_second_keep_two_copies(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    with closing(sqlite3.connect(path)) as store:
        store.executescript("CREATE TABLE a (b); INSERT INTO a VALUES (1)")
    assert len({run.copy_aside(path) for _time in range(3)}) == 3


# A step that fails


@pytest.fixture
def more_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations in a folder of their own, where a test puts further steps."""
    folder = tmp_path / "migrations 100%"
    shutil.copytree(Path(run.__file__).parent, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(run, "_FOLDER", folder)
    return folder / "versions"


STEP = """
from alembic import op
import sqlalchemy as sa

revision = "{revision}"
down_revision = "{before}"


def upgrade():
{body}
"""


def put_step(folder: Path, revision: str, before: str, *body: str) -> None:
    (folder / f"{revision}_step.py").write_text(STEP.format(revision=revision, before=before, body="\n".join("    " + line for line in body)), encoding="utf-8")


def whole(engine: Engine) -> Any:
    """Schema and rows of a store."""
    with engine.connect() as connection:
        describe = sqlite_description if engine.dialect.name == "sqlite" else postgresql_description
        columns = columns_of(connection)
        return describe(connection), rows_of(connection, columns)


def test_a_step_that_fails_leaves_nothing(small_shop: Any, more_steps: Path) -> None:
    engine = small_shop.engine
    before = whole(engine)
    put_step(
        more_steps, "8001", CURRENT,
        "op.create_table('half', sa.Column('id', sa.Integer(), primary_key=True))",
        "op.execute(\"INSERT INTO half VALUES (1)\")",
        "op.execute(\"UPDATE customer SET name = 'lost'\")",
        "with op.batch_alter_table('work_order') as table:",
        "    table.drop_column('note')",
        "op.execute('SELECT nothing FROM nowhere')",
    )  # fmt: skip
    with pytest.raises(DBAPIError):
        upgrade(engine)
    assert version_of(engine) == CURRENT
    assert whole(engine) == before
    with reading(engine) as session:
        assert check(session) == []
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_rebuilt_table_keeps_its_children(small_shop: Any, more_steps: Path) -> None:
    """SQLite drops the old table behind a rebuild; with foreign keys on that would take the lines of every order along."""
    engine = small_shop.engine
    put_step(
        more_steps, "8001", CURRENT,
        "with op.batch_alter_table('work_order', recreate='always' if op.get_bind().dialect.name == 'sqlite' else 'auto') as table:",
        "    table.add_column(sa.Column('colour', sa.Text(), nullable=False, server_default=''))",
    )  # fmt: skip
    with engine.connect() as connection:
        columns = columns_of(connection)
        before = rows_of(connection, columns)
    upgrade(engine)
    with engine.connect() as connection:
        assert rows_of(connection, columns) == before
        assert connection.execute(text("SELECT DISTINCT colour FROM work_order")).scalars().all() == [""]


def test_a_step_that_breaks_a_reference_is_taken_back(small_shop: Any, more_steps: Path) -> None:
    engine = small_shop.engine
    before = whole(engine)
    put_step(more_steps, "8001", CURRENT, "op.execute('UPDATE work_order SET customer_id = 999999')")
    with pytest.raises((Environment, DBAPIError)) as refused:
        upgrade(engine)
    if engine.dialect.name == "sqlite":
        assert isinstance(refused.value, Environment) and refused.value.code == "store_damaged"
    assert version_of(engine) == CURRENT and whole(engine) == before


def test_a_later_programs_store_is_refused_untouched(small_shop: Any) -> None:
    engine = small_shop.engine
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = whole(engine)
    with pytest.raises(Environment) as refused:
        make_ready(engine)
    assert refused.value.code == "store_newer"
    assert version_of(engine) == "9999" and whole(engine) == before


# Two at once


def start_process(url: str) -> subprocess.Popen[bytes]:
    script = "import sys; from db import engine; from db.migrations import run; sys.stdin.readline(); run.make_ready(engine.open_engine(sys.argv[1]))"
    return subprocess.Popen([sys.executable, "-c", script, url], stdin=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.parametrize("version", ["", *OLDER])
def test_two_programs_that_make_a_store_ready_at_once(empty: Engine, version: str) -> None:
    if version:
        upgrade(empty, version)
        fill(empty, version)
    url = empty.url.render_as_string(hide_password=False)
    processes = [start_process(url) for _one in range(2)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(b"\n")
        process.stdin.flush()
    said = [process.communicate(timeout=120)[1].decode() for process in processes]
    assert [process.returncode for process in processes] == [0, 0], said
    assert store_state(empty) is StoreState.CURRENT
    with empty.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar() == 1
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []


def test_an_upgrade_waits_for_the_one_under_way(postgresql: Any) -> None:
    name = postgresql.database()
    first, second = open_engine(postgresql.url(name)), open_engine(postgresql.url(name))
    ended: list[StoreState] = []
    with first.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": run._LOCK})
        other = threading.Thread(target=lambda: ended.append(make_ready(second)))
        other.start()
        other.join(1.0)
        assert other.is_alive(), "it did not wait"
        assert not inspect(connection).get_table_names()
    other.join(60)
    assert ended == [StoreState.EMPTY] and store_state(first) is StoreState.CURRENT
    first.dispose()
    second.dispose()
    postgresql.drop(name)
