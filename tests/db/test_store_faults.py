"""What files, folders and other programs can do to a store: each trouble has its code, and the file is what it was before."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event, select

from db.commands.act import Act
from db.commands.customers import AddCustomer, CustomerValues
from db.commands.drafts import keep_draft
from db.commands.perform import perform
from db.commands.shop import MakeShop
from db.engine import file_of, file_url, open_engine, reading
from db.migrations.run import StoreState, make_ready, upgrade
from db.models import Customer
from db.rules.errors import Environment
from tests.db.store_troubles import Note, contents, held, killed_program, sqlite, trouble_of
from tests.db.store_troubles import file as file

if TYPE_CHECKING:
    import datetime as dt

    from tests.small_shop import SmallShop

ROOT = Path(__file__).resolve().parent.parent.parent


def test_a_newer_programs_store_is_left_alone(file: Path) -> None:
    sqlite(file, "UPDATE alembic_version SET version_num = '9999'")
    before = contents(file.parent)
    assert trouble_of(file) == "store_newer"
    assert contents(file.parent) == before


def test_a_newer_programs_log_is_not_folded_in(file: Path) -> None:
    killed_program(file, "UPDATE alembic_version SET version_num = '9999'; UPDATE customer SET name = 'later';")
    before = contents(file.parent)
    assert before["shop.db-wal"]
    assert trouble_of(file) == "store_newer"
    assert contents(file.parent) == before


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_another_programs_file_is_left_alone(tmp_path: Path, journal: str) -> None:
    file = tmp_path / "shop.db"
    sqlite(file, f"PRAGMA journal_mode={journal}; CREATE TABLE songs (title TEXT); INSERT INTO songs VALUES ('茉莉花');")
    before = contents(tmp_path)
    assert trouble_of(file) == "store_foreign"
    assert contents(tmp_path) == before


def test_another_programs_log_is_not_folded_in(tmp_path: Path) -> None:
    file = tmp_path / "shop.db"
    sqlite(file, "CREATE TABLE songs (title TEXT)")
    killed_program(file, "INSERT INTO songs VALUES ('茉莉花');")
    before = contents(tmp_path)
    assert trouble_of(file) == "store_foreign"
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: b"\x00" * 100 + content[100:],
        lambda content: b"SQLite format 3\x00" + b"\xff" * 84 + content[100:],
        lambda content: content[:50],
        lambda content: content[: len(content) // 2],
        lambda content: b"\xff\xd8\xff\xe0 a photo " * 4000,
        lambda content: "這是一封信，不是資料庫。".encode() * 300,
    ],
    ids=["no header", "header of nonsense", "only its beginning", "half of it", "a photo", "a letter"],
)
def test_a_damaged_file_is_left_alone(file: Path, spoil: Any) -> None:
    file.write_bytes(spoil(file.read_bytes()))
    before = contents(file.parent)
    assert trouble_of(file) == "store_damaged"
    assert contents(file.parent) == before


def test_a_damaged_page_is_said_where_it_is_met_and_nothing_is_written_over_it(file: Path, now: dt.datetime) -> None:
    with closing(sqlite3.connect(file)) as store:
        (page,) = store.execute("SELECT rootpage FROM sqlite_master WHERE name = 'customer'").fetchone()
        (size,) = store.execute("PRAGMA page_size").fetchone()
    with file.open("r+b") as opened:
        opened.seek((page - 1) * size)
        opened.write(b"\xff" * size)
    before = contents(file.parent)
    engine = open_engine(file_url(file))
    assert make_ready(engine) is StoreState.CURRENT
    with pytest.raises(Environment) as read, reading(engine) as session:
        session.execute(select(Customer.name)).all()
    with pytest.raises(Environment) as written:
        perform(engine, Note(1, "x"), Act(at=now, device="pc", everything=True))
    engine.dispose()
    assert (read.value.code, written.value.code) == ("store_damaged", "store_damaged")
    assert contents(file.parent) == before


_AS_OTHERS = """
import sys
from db.commands.act import Act
from db.commands.perform import perform
from db.commands.shop import MakeShop
from db.engine import file_url, open_engine
from db.migrations.run import make_ready
from db.rules.errors import Environment
from pathlib import Path
from tests.conftest import NOW
from tests.db.store_troubles import Note

engine = open_engine(file_url(Path(sys.argv[1])))
try:
    make_ready(engine)
    perform(engine, Note(1, "x"), Act(at=NOW, device="pc", everything=True))
except Environment as trouble:
    print(trouble.code, *trouble.facts)
"""


def as_somebody_without_rights(file: Path, script: str = _AS_OTHERS) -> str:
    """Open the store and change something in it, as a person whom folder and files do not belong to; the trouble's code."""
    prefix: list[str] = []
    if os.geteuid() == 0:
        # An administrator may write anywhere; without these two powers he may not.
        powers = "-dac_override,-dac_read_search"
        prefix = ["setpriv", f"--bounding-set={powers}", f"--inh-caps={powers}"]
        for entry in (file.parent, *file.parent.iterdir()):
            shutil.chown(entry, 65534, 65534)
    ended = subprocess.run([*prefix, sys.executable, "-c", script, str(file)], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()


needs_rights = pytest.mark.skipif(
    sys.platform == "win32" or (os.geteuid() == 0 and shutil.which("setpriv") is None), reason="here nobody can be kept from writing"
)


@needs_rights
@pytest.mark.parametrize(
    ("has_file", "file_mode", "folder_mode", "said"),
    [
        (False, 0, 0o555, "folder_not_writable folder"),
        (False, 0, 0o000, "store_not_opened file|folder_not_writable folder"),
        (True, 0o444, 0o555, "folder_not_writable folder"),
        (True, 0o444, 0o777, "store_read_only file"),
        (True, 0o000, 0o777, "store_not_opened file"),
        (True, 0o666, 0o555, "folder_not_writable folder"),
    ],
    ids=["others' folder", "closed folder", "others' file in others' folder", "others' file", "file that can't be read", "own file in others' folder"],
)
def test_who_may_not_write_is_told(file: Path, has_file: bool, file_mode: int, folder_mode: int, said: str) -> None:
    if not has_file:
        file.unlink()
    before = contents(file.parent)
    if has_file:
        file.chmod(file_mode)
    file.parent.chmod(folder_mode)
    try:
        assert as_somebody_without_rights(file) in said.split("|")
    finally:
        file.parent.chmod(0o777)
        if file.exists():
            file.chmod(0o666)
    assert contents(file.parent) == before


@needs_rights
@pytest.mark.parametrize("folder_mode", [0o777, 0o755], ids=["everybody's folder", "own folder"])
def test_whoever_may_write_in_the_folder_may_save_beside_the_one_who_made_the_store(tmp_path: Path, now: dt.datetime, folder_mode: int) -> None:
    file = tmp_path / "shared" / "shop.db"
    file.parent.mkdir()
    file.parent.chmod(folder_mode)
    engine = open_engine(file_url(file))
    assert make_ready(engine) is StoreState.EMPTY
    for command in (MakeShop(name="順通汽車", works_alone=True), AddCustomer(CustomerValues(name="陳志強", phones=("13800138000",)))):
        perform(engine, command, Act(at=now, device="pc", everything=True))
    modes = {entry.name: stat.S_IMODE(entry.stat().st_mode) for entry in file.parent.iterdir()}
    assert modes == dict.fromkeys(("shop.db", "shop.db-wal", "shop.db-shm"), folder_mode & 0o666)
    said = as_somebody_without_rights(file)
    with reading(engine) as session:
        notes = session.execute(select(Customer.note)).scalars().all()
    engine.dispose()
    if folder_mode == 0o777:
        assert (said, notes) == ("", ["x"])
    elif os.geteuid() == 0:
        assert (said, notes) == ("folder_not_writable folder", [""])


_ONLY_READS = """
import sys
from pathlib import Path
from db.engine import file_url, open_engine, reading
from db.migrations.run import make_ready
from db.models import Customer
from db.rules.errors import Environment

for only_read in (True, False):
    engine = open_engine(file_url(Path(sys.argv[1])))
    try:
        print(make_ready(engine, only_read=only_read), end=" ")
        with reading(engine) as session:
            print(session.get_one(Customer, 1).id, end=" ")
    except Environment as trouble:
        print(trouble.code, end=" ")
    engine.dispose()
"""


@needs_rights
def test_a_file_that_can_only_be_read_is_refused_at_once_but_to_who_only_reads(file: Path) -> None:
    sqlite(file, "PRAGMA journal_mode=WAL")
    before = contents(file.parent)
    file.chmod(0o444)
    file.parent.chmod(0o777)
    try:
        assert as_somebody_without_rights(file, _ONLY_READS) == "current 1 store_read_only"
    finally:
        file.chmod(0o666)
    assert contents(file.parent) == before


@needs_rights
def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    parent = tmp_path / "shared"
    parent.mkdir()
    parent.chmod(0o555)
    if os.geteuid() == 0:
        shutil.chown(parent, 65534)
    file = parent / "new" / "shop.db"
    ended = subprocess.run(
        [*(["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"] if os.geteuid() == 0 else []), sys.executable, "-c", _AS_OTHERS, str(file)],
        cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    parent.chmod(0o777)
    assert ended.stdout.strip() == "folder_not_writable folder", ended.stderr
    assert not (parent / "new").exists()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.engine.BUSY_MILLISECONDS", 200)


def test_a_file_that_another_program_writes_to(file: Path, impatient: None, now: dt.datetime) -> None:
    engine = open_engine(file_url(file))
    act = Act(at=now, device="pc", everything=True)
    with held(file, "BEGIN EXCLUSIVE"):
        assert make_ready(engine) is StoreState.CURRENT, "reading goes on beside it"
        with pytest.raises(Environment) as refused:
            perform(engine, Note(1, "x"), act)
        assert refused.value.code == "store_locked"
    assert perform(engine, Note(1, "x"), act).result == {"note": "x"}
    engine.dispose()


def test_a_file_that_another_program_keeps_to_itself(file: Path, impatient: None) -> None:
    before = contents(file.parent)["shop.db"]
    with held(file, "PRAGMA locking_mode=EXCLUSIVE;BEGIN EXCLUSIVE"):
        assert trouble_of(file) == "store_locked"
        assert file.read_bytes() == before
    engine = open_engine(file_url(file))
    assert make_ready(engine) is StoreState.CURRENT
    engine.dispose()


def test_every_connection_of_the_pool_syncs_and_keeps_the_references(file: Path) -> None:
    engine = open_engine(file_url(file))
    upgrade(engine)
    connections = [engine.connect() for _place in range(15)]
    for connection in connections:
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")]
        assert found == ["wal", 2, 1, 5000]
    for connection in connections:
        connection.close()
    engine.dispose()


def test_what_is_said_to_be_saved_was_synced(small_shop: SmallShop) -> None:
    """On the very connection that commits: a log that is synced at each commit, or a server that waits for its disk."""
    engine = small_shop.engine
    seen: list[Any] = []

    def look(connection: Any) -> None:
        if engine.dialect.name == "sqlite":
            seen.append([connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous", "foreign_keys")])
        else:
            seen.append(connection.exec_driver_sql("SHOW synchronous_commit").scalar())

    event.listen(engine, "commit", look)
    small_shop.do(Note(small_shop.customer, "陳小文"))
    keep_draft(engine, "check_in", "pc", "one", None, "", {"words": "x"}, small_shop.now)
    event.remove(engine, "commit", look)
    assert seen and all(found == (["wal", 2, 1] if engine.dialect.name == "sqlite" else "on") for found in seen)


@pytest.mark.parametrize("name", ["順通 汽車", "My%20Shop", "50% off", "what? #1", "a'b\"c", "x:y@z;", "  ", "é ñ 𨋢"])
def test_a_folder_of_any_name(tmp_path: Path, name: str, now: dt.datetime) -> None:
    if sys.platform == "win32" and set(name) & set('?":'):
        pytest.skip("no folder of that name can be made here")
    file = tmp_path / name / "shop.db"
    engine = open_engine(file_url(file))
    assert file_of(engine) == file
    make_ready(engine)
    perform(engine, MakeShop("順通汽車", works_alone=True), Act(at=now, device="pc", everything=True))
    engine.dispose()
    assert [entry.name for entry in file.parent.iterdir()] == ["shop.db"]
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def test_two_threads_that_open_at_once_share_no_connection(file: Path) -> None:
    engine = open_engine(file_url(file))
    seen: list[int] = []

    def work() -> None:
        with reading(engine) as session:
            seen.append(id(session.connection().connection.driver_connection))
            gate.wait(10)

    gate = threading.Barrier(4)
    threads = [threading.Thread(target=work) for _place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(seen)) == 4
    engine.dispose()
