"""The one entry point: languages, usage errors, folders, troubles with the store."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys

import pytest

from desktop_app import command_line
from desktop_app.headless import COMMANDS
from desktop_app.i18n import current_language, set_current_language

HAN = {"zh_TW": "選項", "zh_CN": "选项", "en": "options"}
WRONG = (
    ("--bogus",),
    ("nothing-like-that",),
    ("list",),
    ("list", "cars"),
    ("list", "vehicles", "--format", "xml"),
    ("list", "vehicles", "--limit", "-3"),
    ("list", "vehicles", "--state", "open"),
    ("print", "job-card"),
    ("print", "poster", "W261124-001", "-o", "x.pdf"),
    ("recognise", "name", "x"),
    ("recognise", "plate"),
    ("recognise", "plate", "x", "--region", "XX"),
    ("--language", "fr", "check"),
    ("--theme", "pink", "check"),
    ("--data-dir", "a", "--database", "postgresql://b/c", "check"),
    ("--database", "mysql://x", "check"),
    ("--today", "2026-11-24", "check"),
    ("--demo-seed", "2", "check"),
    ("--demo", "--demo-size", "many", "check"),
    ("--demo", "--today", "24.11.2026", "check"),
)


@pytest.fixture
def say_here(capsys):
    """As `run`, in this process: quick, for what ends before a store is opened."""
    before = current_language()

    def start(*words: str) -> tuple[int, str, str]:
        code = command_line.run(words)
        said = capsys.readouterr()
        return code, said.out, said.err

    yield start
    set_current_language(before)


@pytest.mark.parametrize("language", HAN)
def test_help_is_in_the_language_asked_for(say_here, language):
    code, words, _complaints = say_here("--language", language, "--help")
    assert code == 0 and HAN[language] in words
    assert all(command.name in words for command in COMMANDS)
    for command in COMMANDS:
        assert HAN[language] in say_here(f"--language={language}", command.name, "--help")[1]


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_what_is_asked_wrongly_ends_with_2_and_a_sentence_in_the_language(say_here, words):
    code, results, complaints = say_here(*words) if "--language" in words else say_here("--language", "zh_TW", *words)
    lines = complaints.strip().splitlines()
    assert (code, results) == (2, "")
    assert 1 <= len(lines) <= 2
    if "--language" not in words:
        assert any("一" <= character <= "鿿" for character in lines[0]), lines[0]


def test_the_console_is_told_in_utf_8(run):
    assert "不認得" in run("--language", "zh_TW", "--bogus", code=2).stderr


def test_no_command_but_smoke_loads_more_of_qt_than_its_core(shop_folder, tmp_path):
    folder, made = shop_folder
    paper = tmp_path / "card.pdf"
    for words in (
        ["check"],
        ["list", "work-orders"],
        ["recognise", "vin", "LSVAA2BR7GN000001"],
        ["print", "job-card", made.order_number, "-o", str(paper)],
        ["list", "customers", "--find", "chen"],
    ):
        script = (
            "import sys, desktop_app.command_line as c\n"
            f"code = c.run(['--data-dir', {str(folder)!r}, *{words!r}])\n"
            "loaded = sorted(name for name in sys.modules if name.startswith('PySide6.') and name != 'PySide6.QtCore')\n"
            "assert not loaded, loaded\n"
            "sys.exit(code)\n"
        )
        ended = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False)
        assert ended.returncode == 0, (words, ended.stderr)


def test_an_empty_folder_gets_a_shop_and_that_is_said(run, tmp_path):
    folder = tmp_path / "新 店"
    said = run("--data-dir", str(folder), "--language", "en", "list", "customers", "--format", "json")
    assert said.stdout.strip() == "[]"
    assert "one was made with defaults" in said.stderr
    assert run("--data-dir", str(folder), "check").stderr == ""
    store = sqlite3.connect(folder / "shop.db")
    actors = {row[0] for row in store.execute("SELECT actor FROM history")}
    store.close()
    assert len(actors) == 1 and actors.pop().startswith("command line (")


def test_options_may_follow_the_command(run, shop_folder):
    folder, _made = shop_folder
    assert run("list", "vehicles", "--format", "csv", "--data-dir", str(folder)).stdout.startswith("id,plate,")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda path: path.write_bytes(b"this is no database at all, but long enough to be read as one" * 50), "damaged"),
        (lambda path: _newer(path), "newer version"),
        (lambda path: _foreign(path), "not a shop"),
    ],
    ids=["damaged", "newer", "foreign"],
)
def test_a_store_that_cannot_be_read_is_said_and_left_alone(run, tmp_path, spoil, words):
    path = tmp_path / "d" / "shop.db"
    path.parent.mkdir()
    spoil(path)
    before = path.read_bytes()
    said = run("--data-dir", str(path.parent), "--language", "en", "check", code=2)
    assert words in said.stderr
    assert len(said.stderr.strip().splitlines()) == 1
    assert path.read_bytes() == before


def _newer(path):
    store = sqlite3.connect(path)
    store.executescript("CREATE TABLE alembic_version (version_num VARCHAR(32)); INSERT INTO alembic_version VALUES ('9999');")
    store.close()


def _foreign(path):
    store = sqlite3.connect(path)
    store.executescript("CREATE TABLE songs (title TEXT);")
    store.close()


def test_a_folder_that_is_a_file_is_said(run, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    said = run("--data-dir", str(blocked / "shop"), "--language", "en", "check", code=2)
    assert said.stderr == f"service-front: {blocked} is a file, not a folder. Nothing was changed. Choose another folder\n"
    assert run("--data-dir", str(blocked), "--language", "en", "check", code=2).stderr == said.stderr
    assert blocked.read_text(encoding="utf-8") == ""


def test_a_server_that_is_away_is_said_without_its_password(run):
    said = run("--database", "postgresql+psycopg://someone:secret@127.0.0.1:9/shop", "--language", "en", "check", code=2)
    assert "does not answer" in said.stderr
    assert "secret" not in said.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")
def test_without_a_display_the_window_is_refused_in_one_line(run, tmp_path):
    said = run("--data-dir", str(tmp_path / "d"), "--language", "en", code=2)
    assert len(said.stderr.strip().splitlines()) == 1


def test_a_pretended_day_is_said_beside_the_results(run, tmp_path):
    words = ("--data-dir", str(tmp_path / "d"), "--demo", "--demo-size", "3", "--language", "en", "list", "vehicles", "--format", "json")
    plain = run(*words)
    assert plain.stderr == ""
    shutil.rmtree(tmp_path / "d")
    said = run(*words, "--today", "2026-09-15")
    assert len(json.loads(said.stdout)) == 3
    assert said.stderr == "service-front: The day is pretended: in this example shop it is 2026-09-15\n"
    # The shop stands already: it stays on its own day, and that day is named.
    assert "2026-09-15" in run(*words, "--today", "2026-10-20").stderr


def test_an_example_shop_other_than_the_one_asked_for_is_said(run, tmp_path):
    words = ("--data-dir", str(tmp_path / "d"), "--demo", "--language", "en")
    listing = ("list", "vehicles", "--format", "json")
    first = run(*words, "--demo-size", "3", *listing)
    assert first.stderr == ""
    for same in ((), ("--demo-size", "3"), ("--demo-seed", "1"), ("--demo-size", "3", "--demo-seed", "1")):
        assert run(*words, *same, *listing).stderr == "", same
    wanted = "service-front: An example shop of 3 vehicles, drawn with seed 1, is here already. For another, name an empty folder with --data-dir"
    for other in (("--demo-seed", "2"), ("--demo-size", "4")):
        said = run(*words, *other, *listing)
        assert said.stderr.startswith(wanted) and said.stdout == first.stdout, other


def test_what_is_said_of_the_options_is_said_once_by_smoke(run, tmp_path):
    words = ("--data-dir", str(tmp_path / "d"), "--demo", "--demo-size", "3", "--today", "2026-09-15", "--language", "en")
    assert run(*words, "smoke").stderr == "service-front: The day is pretended: in this example shop it is 2026-09-15\n"
    assert run(*words, "--demo-seed", "2", "smoke").stderr.count("is here already") == 1


def test_a_reader_that_has_had_enough_is_no_fault(shop_folder):
    folder, _made = shop_folder
    words = [sys.executable, "-m", "desktop_app", "--data-dir", str(folder), "list", "customers", "--format", "json"]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    with process.stderr as complaints:
        said = complaints.read().decode()
    assert "Traceback" not in said and process.wait(timeout=60) == 0


def test_where_there_is_no_console_nothing_fails(shop_folder):
    folder, _made = shop_folder
    script = f"import sys; sys.stdout = sys.stderr = None; from desktop_app.command_line import run; sys.exit(run(['--data-dir', {str(folder)!r}, 'check']))"
    assert subprocess.run([sys.executable, "-c", script], check=False, env={**os.environ}).returncode == 0
