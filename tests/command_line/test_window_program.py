"""The window program as a process: one for each data folder, a second start opens in the first."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from desktop_app.single_instance import SingleInstance

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 60


def command(folder: Path) -> list[str]:
    return [sys.executable, "-m", "desktop_app", "--data-dir", str(folder), "--language", "en"]


def start_again(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(command(folder), capture_output=True, text=True, timeout=PATIENCE, check=False, env=environment)


@contextmanager
def opened(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """The program with its window on an offscreen display, once it has its place."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    process = subprocess.Popen(command(folder), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        end = time.monotonic() + PATIENCE
        while not list(folder.glob("*.lock")) and process.poll() is None and time.monotonic() < end:
            time.sleep(0.05)
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def folder(shop_folder) -> Path:
    return shop_folder[0]


def test_a_second_start_opens_in_the_first_and_leaves(folder):
    with opened(folder) as first:
        for _ in range(2):
            second = start_again(folder)
            assert (second.returncode, second.stderr.replace("This plugin does not support propagateSizeHints()\n", "")) == (0, "")
        assert first.poll() is None


def test_a_second_start_on_another_store_does_not_show_this_one(folder, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    usual = tmp_path / "ServiceFront"
    usual.mkdir()
    shutil.copy(folder / "shop.db", usual)
    with opened(usual):
        words = [sys.executable, "-m", "desktop_app", "--language", "en", "--database", "postgresql+psycopg://nobody@127.0.0.1:1/other"]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        said = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE, check=False, env=environment)
    assert said.returncode == 2 and "open already on another store" in said.stderr


def test_commands_work_beside_an_open_window(folder, run):
    with opened(folder) as window:
        assert run("--data-dir", str(folder), "check").returncode == 0
        assert run("--data-dir", str(folder), "list", "customers").returncode == 0
        assert window.poll() is None


def test_after_a_crash_the_next_start_has_the_place(folder):
    with opened(folder):
        pass
    instance = SingleInstance(folder, "")
    assert instance.hold()
    instance.release()


def test_a_program_that_does_not_answer_is_said(folder):
    holding = SingleInstance(folder, "")
    assert holding.hold()
    try:
        said = start_again(folder)
        assert said.returncode == 2 and "does not answer" in said.stderr
    finally:
        holding.release()
    with closing(sqlite3.connect(folder / "shop.db")) as store:
        assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
