"""On a Linux root without a desktop's libraries the program says in one line which packages Qt lacks."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app import qt_libraries

EVERY_COMMAND = [(), ("smoke",), ("check",), ("list", "vehicles"), ("recognise", "plate", "x"), ("print", "job-card", "W1", "-o", "x")]

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems bring what Qt needs")


def place_of_library(name: str) -> Path | None:
    for line in subprocess.run(["ldconfig", "-p"], capture_output=True, text=True, check=False).stdout.splitlines():
        words = line.split()
        if words and words[0] == name:
            return Path(words[-1]).resolve()
    return None


def can_hide() -> bool:
    if shutil.which("unshare") is None or shutil.which("ldconfig") is None:
        return False
    return subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode == 0


def run_without(libraries: list[str], *words: str) -> subprocess.CompletedProcess[str]:
    """The program on this machine as if these libraries had never been installed."""
    hidden = [place for name in libraries if (place := place_of_library(name)) is not None]
    assert hidden
    covers = " && ".join(f"mount --bind /dev/null '{place}'" for place in hidden)
    script = f'{covers} && exec "$@"'
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    command = ["unshare", "--mount", "sh", "-c", script, "sh", sys.executable, "-m", "desktop_app", "--language", "en", *words]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)


@linux
def test_here_nothing_is_missing_for_drawing():
    assert qt_libraries.missing_packages(screen=True) == []


@linux
def test_the_table_names_what_qt_really_needs():
    """Each library that Qt's own files ask for, other than Qt's and the C library's, has its package in the table."""
    if shutil.which("readelf") is None:
        pytest.skip("readelf is not here to ask")
    folder = qt_libraries._qt_folder()
    needed = set()
    for name in ("libQt6Core.so.6", *qt_libraries._GUI_FILES, "libQt6XcbQpa.so.6", "libQt6DBus.so.6", "libQt6Gui.so.6"):
        for line in subprocess.run(["readelf", "-d", str(folder / name)], capture_output=True, text=True, check=True).stdout.splitlines():
            if "NEEDED" in line:
                needed.add(line.partition("[")[2].rstrip("]"))
    ours = set(qt_libraries.CORE) | set(qt_libraries.SCREEN) | set(qt_libraries.DISPLAY)
    of_the_system = ("libQt6", "libicu", "libc.so", "libm.so", "libgcc_s", "ld-linux", "libresolv", "libbrotlicommon", "libpthread", "libdl", "librt")
    assert {name for name in needed if not name.startswith(of_the_system)} <= ours


@linux
@pytest.mark.skipif(not can_hide(), reason="this user may not hide libraries from a process")
@pytest.mark.parametrize("words", EVERY_COMMAND, ids=str)
def test_any_command_says_in_one_line_what_is_missing(tmp_path, words):
    said = run_without(["libglib-2.0.so.0", "libEGL.so.1"], "--data-dir", str(tmp_path / "d"), *words)
    assert said.returncode == 2 and said.stdout == ""
    (line,) = said.stderr.strip().splitlines()
    assert "libglib2.0-0" in line and "libegl1" in line
    assert not (tmp_path / "d").exists()


@linux
@pytest.mark.skipif(not can_hide(), reason="this user may not hide libraries from a process")
def test_commands_without_a_display_need_no_drawing(tmp_path):
    assert run_without(["libEGL.so.1"], "--data-dir", str(tmp_path / "d"), "check").returncode == 0
    said = run_without(["libEGL.so.1"], "--data-dir", str(tmp_path / "d"), "smoke")
    assert said.returncode == 2 and len(said.stderr.strip().splitlines()) == 1


def test_the_loader_names_the_library_at_which_it_stops():
    assert qt_libraries._problem("libno-such-thing.so.9") == "libno-such-thing.so.9"
    assert qt_libraries._problem(ctypes.util.find_library("c") or "libc.so.6") == ""
