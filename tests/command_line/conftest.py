"""Runs the program as a person at a console does: in a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.small_shop import SmallShop


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """`run("list", "customers")`: the finished process, with the user's own folders moved into the test's, its results in `stdout` where that is given."""
    homes = {name: str(tmp_path / "home") for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA")}
    unwanted = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "LC_ALL", "LC_MESSAGES", "LANG")
    clean = {name: value for name, value in os.environ.items() if name not in unwanted}

    def start(*words: str, code: int | None = 0, env: dict[str, str] | None = None, stdout: Path | None = None) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-W", "error", "-m", "desktop_app", *words]
        # The console's own encoding is a poor one: what is written must be UTF-8 all the same.
        environment = {**clean, **homes, "PYTHONIOENCODING": "ascii", **(env or {})}
        with stdout.open("wb") if stdout is not None else nullcontext(subprocess.PIPE) as results:
            ended = subprocess.run(command, stdout=results, stderr=subprocess.PIPE, encoding="utf-8", env=environment, timeout=120, check=False)
        assert "Traceback" not in ended.stderr, ended.stderr
        assert code is None or ended.returncode == code, (ended.returncode, ended.stdout, ended.stderr)
        return ended

    return start


@pytest.fixture
def shop_folder(furnished_sqlite: tuple[Path, SmallShop], tmp_path: Path) -> tuple[Path, SmallShop]:
    """A data folder with spaces and Chinese characters that holds the small furnished shop."""
    path, made = furnished_sqlite
    folder = tmp_path / "順通 汽車 50%"
    folder.mkdir()
    shutil.copy(path, folder / "shop.db")
    return folder, made
