"""A store that can't be opened or written, as a person at a console is told of it: one sentence in his language, and the file as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from db.rules.errors import Environment
from desktop_app import faults
from desktop_app.i18n import LANGUAGES, Phrases
from tests.db.store_troubles import contents, held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@contextmanager
def newer(file: Path) -> Iterator[None]:
    with closing(sqlite3.connect(file)) as store:
        store.executescript("UPDATE alembic_version SET version_num = '9999'")
    yield


@contextmanager
def foreign(file: Path) -> Iterator[None]:
    file.unlink()
    with closing(sqlite3.connect(file)) as store:
        store.executescript("CREATE TABLE songs (title TEXT)")
    yield


@contextmanager
def beginning_overwritten(file: Path) -> Iterator[None]:
    with file.open("r+b") as opened:
        opened.write(b"\x00" * 100)
    yield


@contextmanager
def page_overwritten(file: Path) -> Iterator[None]:
    with closing(sqlite3.connect(file)) as store:
        (page,) = store.execute("SELECT rootpage FROM sqlite_master WHERE name = 'customer'").fetchone()
        (size,) = store.execute("PRAGMA page_size").fetchone()
    with file.open("r+b") as opened:
        opened.seek((page - 1) * size)
        opened.write(b"\xff" * size)
    yield


@contextmanager
def kept_by_another(file: Path) -> Iterator[None]:
    with held(file, "PRAGMA locking_mode=EXCLUSIVE;BEGIN EXCLUSIVE"):
        yield


TROUBLES: dict[Callable[[Path], object], str] = {
    newer: "store_newer",
    foreign: "store_foreign",
    beginning_overwritten: "store_damaged",
    page_overwritten: "store_damaged",
    kept_by_another: "store_held",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("spoil", TROUBLES, ids=lambda spoil: spoil.__name__)
def test_one_sentence_in_the_persons_language(run, shop_folder, spoil, language):
    folder, _made = shop_folder
    file = folder / "shop.db"
    wanted = faults.sentence(Environment(TROUBLES[spoil], file=str(file)), Phrases(language))
    with spoil(file):
        before = contents(folder)
        said = run("--data-dir", str(folder), "--language", language, "check", code=2)
        assert contents(folder)["shop.db"] == before["shop.db"]
    assert said.stderr == f"service-front: {wanted}\n"
    assert [entry.name for entry in folder.glob("*.db")] == ["shop.db"]


def test_every_trouble_is_said_in_three_languages_with_what_is_safe_and_what_to_do():
    from desktop_app.refusal_words.store import SENTENCES

    for code, words in SENTENCES.items():
        said = {language: faults.sentence(Environment(code, file="F", folder="F", server="S", name="N"), Phrases(language)) for language in LANGUAGES}
        assert len(set(said.values())) == 3, (code, said)
        assert "{" not in "".join(said.values()), words
        troubles = code.startswith(("store_", "disk_", "server_", "folder_"))
        assert not troubles or (said["en"].count(".") >= 1 and said["zh_TW"].count("。") + said["zh_TW"].count("，") >= 2), code


def test_what_waits_in_the_window_is_not_promised_on_the_console():
    for code in ("store_locked", "disk_full", "disk_error", "server_away"):
        said = faults.sentence(faults.at_once(Environment(code, file="F", server="S")), Phrases("en"))
        assert "by itself" not in said and "you type" not in said, said


@pytest.mark.skipif(sys.platform == "win32" or (os.geteuid() == 0 and shutil.which("setpriv") is None), reason="here nobody can be kept from writing")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_folder_without_the_right_to_write(tmp_path, language):
    folder = tmp_path / "共用 文件"
    folder.mkdir()
    folder.chmod(0o555)
    prefix = []
    if os.geteuid() == 0:
        shutil.chown(folder, 65534)
        prefix = ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"]
    words = [*prefix, sys.executable, "-m", "desktop_app", "--data-dir", str(folder), "--language", language, "check"]
    ended = subprocess.run(words, capture_output=True, encoding="utf-8", timeout=120, check=False)
    wanted = faults.sentence(Environment("folder_not_writable", folder=str(folder)), Phrases(language))
    assert (ended.returncode, ended.stderr) == (2, f"service-front: {wanted}\n")
    assert list(folder.iterdir()) == []
