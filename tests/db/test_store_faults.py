"""What the machine can do to a store: each trouble has its code, and the file is what it was before."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from sqlalchemy import event, func, select, text

from db.checks import check
from db.commands.act import Act
from db.commands.drafts import keep_draft
from db.commands.perform import perform
from db.commands.shop import MakeShop
from db.engine import file_of, file_url, open_engine, reading, writing
from db.migrations.run import StoreState, make_ready, store_state, upgrade
from db.models import Customer, Draft, History, RequestDone
from db.rules.errors import Environment
from tests import postgresql_cluster
from tests.samples.keep import sample_file

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from tests.small_shop import SmallShop

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, slots=True)
class Note:
    """A change as small as one can be."""

    customer_id: int
    words: str
    verb: ClassVar[str] = "note"
    right: ClassVar[None] = None

    def apply(self, session: Session, act: Act) -> dict[str, str]:
        session.get_one(Customer, self.customer_id).note = self.words
        return {"note": self.words}


@dataclass(frozen=True, slots=True)
class Fill:
    """Much at once: a name of a megabyte."""

    customer_id: int
    verb: ClassVar[str] = "fill"
    right: ClassVar[None] = None

    def apply(self, session: Session, act: Act) -> None:
        session.get_one(Customer, self.customer_id).note = "滿" * 400_000


@pytest.fixture
def file(furnished_sqlite: tuple[Path, SmallShop], tmp_path: Path) -> Path:
    """The furnished shop's file in a folder of its own."""
    path = tmp_path / "data 資料" / "shop.db"
    path.parent.mkdir()
    shutil.copy(furnished_sqlite[0], path)
    return path


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder; SQLite's own index of the log is no content, nor is an empty log."""
    found = {entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.is_file() and not entry.name.endswith("-shm")}
    return {name: content for name, content in found.items() if content or not name.endswith("-wal")}


def trouble_of(file: Path) -> str:
    """The code that opening a file as the program does ends with."""
    engine = open_engine(file_url(file))
    try:
        with pytest.raises(Environment) as refused:
            make_ready(engine)
    finally:
        engine.dispose()
    return refused.value.code


def sqlite(file: Path, script: str) -> None:
    with closing(sqlite3.connect(file)) as store:
        store.executescript(script)


def killed_program(file: Path, script: str) -> None:
    """Leave changes in the log beside the file, as a program does that was killed."""
    with closing(sqlite3.connect(file)) as store:
        store.executescript(f"PRAGMA journal_mode=WAL; {script}")
        copies = {entry: entry.read_bytes() for entry in file.parent.iterdir() if not entry.name.endswith("-shm")}
    for entry, content in copies.items():
        entry.write_bytes(content)


# Files that are not this program's to open


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


# Folders and files that may not be written

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
from tests.db.test_store_faults import Note

engine = open_engine(file_url(Path(sys.argv[1])))
try:
    make_ready(engine)
    perform(engine, Note(1, "x"), Act(at=NOW, device="pc", everything=True))
except Environment as trouble:
    print(trouble.code, *trouble.facts)
"""


def as_somebody_without_rights(file: Path) -> str:
    """Open the store and change something in it, as a person whom folder and file do not belong to; the trouble's code."""
    prefix: list[str] = []
    if os.geteuid() == 0:
        # An administrator may write anywhere; without these two powers he may not.
        powers = "-dac_override,-dac_read_search"
        prefix = ["setpriv", f"--bounding-set={powers}", f"--inh-caps={powers}"]
        shutil.chown(file.parent, 65534)
        if file.exists():
            shutil.chown(file, 65534)
    ended = subprocess.run([*prefix, sys.executable, "-c", _AS_OTHERS, str(file)], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120, check=False)
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


# A full disk


@contextmanager
def room_for(engine: Engine, more_pages: int) -> Iterator[None]:
    """Let the file grow by so many pages and no more."""

    def limit(connection: Any, _record: Any) -> None:
        (count,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={count + more_pages}").close()

    engine.dispose()
    event.listen(engine, "connect", limit)
    try:
        yield
    finally:
        event.remove(engine, "connect", limit)
        engine.dispose()


def test_what_a_full_disk_refused_is_done_once_when_there_is_room(file: Path, furnished_sqlite: tuple[Path, SmallShop], now: dt.datetime) -> None:
    shop = furnished_sqlite[1]
    engine = open_engine(file_url(file))
    act = Act(at=now, device="pc", everything=True)
    with room_for(engine, 2):
        for _time in range(2):
            with pytest.raises(Environment) as refused:
                perform(engine, Fill(shop.customer), act)
            assert (refused.value.code, refused.value.facts) == ("disk_full", {"file": str(file)})
        with pytest.raises(Environment) as refused:
            keep_draft(engine, "check_in", "pc", "one", None, "", {"words": "滿" * 400_000}, now)
        assert refused.value.code == "disk_full"
        with reading(engine) as session:
            assert check(session) == []
            assert session.get_one(Customer, shop.customer).note == "" and session.get(RequestDone, act.request_id) is None
    perform(engine, Fill(shop.customer), act)
    perform(engine, Fill(shop.customer), act)
    with reading(engine) as session:
        assert len(session.get_one(Customer, shop.customer).note) == 400_000
        assert session.execute(select(func.count()).select_from(History).where(History.verb == "fill")).scalar() == 1
        assert check(session) == []
    engine.dispose()


def test_no_room_for_the_first_tables(tmp_path: Path) -> None:
    engine = open_engine(file_url(tmp_path / "shop.db"))
    with room_for(engine, 20), pytest.raises(Environment) as refused:
        make_ready(engine)
    assert refused.value.code == "disk_full"
    assert store_state(engine) is StoreState.EMPTY
    assert make_ready(engine) is StoreState.EMPTY and store_state(engine) is StoreState.CURRENT
    engine.dispose()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of three megabytes."""
    folder = tmp_path / "disk 磁碟"
    folder.mkdir()
    mounted = sys.platform.startswith("linux") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)], capture_output=True, check=False
    ).returncode == 0  # fmt: skip
    if not mounted:
        pytest.skip("no small disk can be mounted here")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_disk_that_is_really_full(small_disk: Path, now: dt.datetime) -> None:
    file = small_disk / "shop.db"
    engine = open_engine(file_url(file))
    make_ready(engine)
    act = Act(at=now, device="pc", everything=True)
    perform(engine, MakeShop("順通汽車", works_alone=True), Act(at=now, device="pc", everything=True))
    with writing(engine) as session:
        session.add(Customer(name="陳志強", language="zh_TW", created_at=now))
    ballast = small_disk / "photos.zip"
    with ballast.open("wb") as filling, pytest.raises(OSError):
        while True:
            filling.write(b"\x00" * 65536)
            filling.flush()
    with pytest.raises(Environment) as refused:
        perform(engine, Fill(1), act)
    assert refused.value.code == "disk_full"
    engine.dispose()
    again = open_engine(file_url(file))
    try:
        make_ready(again)
    except Environment as trouble:
        assert trouble.code == "disk_full"
    again.dispose()
    ballast.unlink()
    with reading(engine) as session:
        assert session.get_one(Customer, 1).note == ""
    perform(engine, Note(1, "陳小文"), act)
    with reading(engine) as session:
        assert session.get_one(Customer, 1).note == "陳小文"
    engine.dispose()


def test_no_room_for_the_copy_before_an_upgrade(small_disk: Path) -> None:
    file = small_disk / "shop.db"
    engine = open_engine(file_url(file))
    upgrade(engine, "0001")
    sqlite(file, f"BEGIN; {sample_file('0001').read_text(encoding='utf-8')} COMMIT;")
    with (small_disk / "photos.zip").open("wb") as filling, pytest.raises(OSError):
        while True:
            filling.write(b"\x00" * 65536)
            filling.flush()
    engine.dispose()
    before = {name: content for name, content in contents(small_disk).items() if name == "shop.db"}
    with pytest.raises(Environment) as refused:
        make_ready(engine)
    engine.dispose()
    assert refused.value.code == "disk_full"
    assert {name for name in contents(small_disk) if "upgrade" in name} == set(), "half a copy stays"
    assert contents(small_disk)["shop.db"] == before["shop.db"]
    assert store_state(engine) is StoreState.OLDER
    engine.dispose()


# Held by others

_HOLD = """
import sqlite3, sys
store = sqlite3.connect(sys.argv[1], isolation_level=None)
for statement in sys.argv[2].split(";"):
    store.execute(statement)
print("held", flush=True)
sys.stdin.readline()
"""


@contextmanager
def held(file: Path, script: str) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-c", _HOLD, str(file), script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None and process.stdout.readline() == b"held\n"
    try:
        yield
    finally:
        process.communicate(b"\n", timeout=30)


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


# How a commit is made


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


# A server that goes away


@dataclass(frozen=True, slots=True)
class CutOff:
    """Writes a note and loses the server before the commit."""

    customer_id: int
    verb: ClassVar[str] = "note"
    right: ClassVar[None] = None

    def apply(self, session: Session, act: Act) -> None:
        session.get_one(Customer, self.customer_id).note = "lost"
        session.flush()
        session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))


@pytest.mark.parametrize("small_shop", ["postgresql"], indirect=True)
def test_what_a_server_lost_is_done_once_when_tried_again(small_shop: SmallShop) -> None:
    engine, act = small_shop.engine, small_shop.act()
    with pytest.raises(Environment) as refused:
        perform(engine, CutOff(small_shop.customer), act)
    assert refused.value.code == "server_away" and "shop" in str(refused.value.facts["server"])
    with reading(engine) as session:
        assert session.get_one(Customer, small_shop.customer).note == ""
        assert session.get(RequestDone, act.request_id) is None
    results = [perform(engine, Note(small_shop.customer, "陳小文"), act).result for _time in range(3)]
    assert results == [{"note": "陳小文"}] * 3
    with reading(engine) as session:
        assert session.execute(select(func.count()).select_from(History).where(History.verb == "note")).scalar() == 1
        assert check(session) == []


@pytest.mark.parametrize("small_shop", ["postgresql"], indirect=True)
def test_connections_that_the_server_closed_are_no_trouble(small_shop: SmallShop) -> None:
    engine = small_shop.engine
    with reading(engine) as session:
        session.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"))
    small_shop.do(Note(small_shop.customer, "陳小文"))


@pytest.mark.parametrize("small_shop", ["postgresql"], indirect=True)
def test_a_row_that_another_holds_too_long(small_shop: SmallShop, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = small_shop.engine
    other = open_engine(engine.url.render_as_string(hide_password=False))
    event.listen(other, "connect", lambda connection, _record: connection.execute("SET lock_timeout = 200"))
    with writing(engine) as session:
        session.execute(text("UPDATE customer SET note = 'x'"))
        with pytest.raises(Environment) as refused:
            perform(other, Note(small_shop.customer, "y"), small_shop.act())
    assert refused.value.code == "store_locked"
    other.dispose()


def test_a_server_that_stops_and_comes_back(postgresql: Any, now: dt.datetime) -> None:
    cluster = postgresql_cluster.start()
    try:
        engine = open_engine(cluster.url(cluster.database()))
        make_ready(engine)
        perform(engine, MakeShop("順通汽車", works_alone=True), Act(at=now, device="pc", everything=True))
        act = Act(at=now, device="pc", everything=True)
        cluster.stop()
        for _time in range(2):
            with pytest.raises(Environment) as refused:
                perform(engine, MakeStaff(), act)
            assert refused.value.code == "server_away"
            with pytest.raises(Environment) as refused, reading(engine) as session:
                session.execute(select(Draft.id)).all()
            assert refused.value.code == "server_away"
        cluster.start_again()
        assert perform(engine, MakeStaff(), act).result == perform(engine, MakeStaff(), act).result
        with reading(engine) as session:
            assert session.execute(select(func.count()).select_from(History).where(History.verb == "make_staff")).scalar() == 1
            assert check(session) == []
        engine.dispose()
    finally:
        cluster.stop()


@dataclass(frozen=True, slots=True)
class MakeStaff:
    """One more person."""

    verb: ClassVar[str] = "make_staff"
    right: ClassVar[None] = None

    def apply(self, session: Session, act: Act) -> int:
        from db.models import Staff

        row = Staff(name="林依君", roles=["advisor"], skills=[])
        session.add(row)
        session.flush()
        return row.id


def test_a_server_without_the_database_or_the_right_to_use_it(postgresql: Any) -> None:
    name = postgresql.database()
    postgresql.execute("DROP ROLE IF EXISTS guest")
    postgresql.execute("CREATE ROLE guest LOGIN")
    addresses = {
        "server_lacks_store": postgresql.url("no_such_shop"),
        "server_rights": postgresql.url(name).replace("shop@", "guest@"),
        "server_away": "postgresql+psycopg://shop:secret@127.0.0.1:9/shop",
    }
    for code, address in addresses.items():
        engine = open_engine(address)
        with pytest.raises(Environment) as refused:
            make_ready(engine)
        engine.dispose()
        assert refused.value.code == code
        assert "secret" not in str(refused.value.facts)
    postgresql.drop(name)


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
