"""Small changes to a store, and what is left in its folder afterwards: for tests of what a machine can do to it."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import pytest

from db.engine import file_url, open_engine
from db.migrations.run import make_ready
from db.models import Customer
from db.rules.errors import Environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from db.commands.act import Act
    from tests.small_shop import SmallShop

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
    """Another program has the file open and has done what the script says."""
    process = subprocess.Popen([sys.executable, "-c", _HOLD, str(file), script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None and process.stdout.readline() == b"held\n"
    try:
        yield
    finally:
        process.communicate(b"\n", timeout=30)
