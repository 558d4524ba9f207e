"""A disk that is full: what was refused is said, and done once when there is room."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event, func, select

from db.checks import check
from db.commands.act import Act
from db.commands.drafts import keep_draft
from db.commands.perform import perform
from db.commands.shop import MakeShop
from db.engine import file_url, open_engine, reading, writing
from db.migrations.run import StoreState, make_ready, store_state, upgrade
from db.models import Customer, History, RequestDone
from db.rules.errors import Environment
from tests.db.store_troubles import Fill, Note, contents, sqlite
from tests.db.store_troubles import file as file
from tests.samples.keep import sample_file

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

    from tests.small_shop import SmallShop

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
