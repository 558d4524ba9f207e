"""One window program per data folder and desktop user."""

from __future__ import annotations

import subprocess
import sys

import pytest

from desktop_app.single_instance import SingleInstance, channel_name

SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from desktop_app.single_instance import SingleInstance
application = QCoreApplication([])
second = SingleInstance(Path(sys.argv[1]), sys.argv[2])
if second.hold():
    second.listen()
    print("held")
else:
    print(second.hand_over({"open": "W261124-007"}).name)
"""


def start_second(folder, store="shop.db") -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", SECOND, str(folder), store], stdout=subprocess.PIPE, text=True)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "順通 汽車 50%"


def test_a_second_start_opens_in_the_first(qtbot, folder):
    first = SingleInstance(folder, "shop.db")
    assert first.hold()
    first.listen()
    with qtbot.waitSignal(first.window_wanted, timeout=15000) as wanted:
        second = start_second(folder)
    assert wanted.args == [{"open": "W261124-007", "store": "shop.db"}]
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=15000)
    assert second.communicate()[0].strip() == "TAKEN"
    first.release()


def test_a_second_start_on_another_store_is_told_so(qtbot, folder):
    first = SingleInstance(folder, "shop.db")
    assert first.hold()
    first.listen()
    heard = []
    first.window_wanted.connect(heard.append)
    second = start_second(folder, "counter:5432/shop")
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=15000)
    assert second.communicate()[0].strip() == "ANOTHER_STORE" and heard == []
    first.release()


def test_another_folder_is_another_program(folder, tmp_path):
    first = SingleInstance(folder, "shop.db")
    assert first.hold()
    assert start_second(tmp_path / "other").communicate(timeout=15)[0].strip() == "held"
    first.release()


def test_a_place_that_was_left_is_free(folder):
    first = SingleInstance(folder, "shop.db")
    assert first.hold()
    first.release()
    assert start_second(folder).communicate(timeout=15)[0].strip() == "held"


def test_a_program_that_died_leaves_its_place(folder):
    lasting = SECOND + "\nimport time\nsys.stdout.flush()\ntime.sleep(60)"
    died = subprocess.Popen([sys.executable, "-c", lasting, str(folder), "shop.db"], stdout=subprocess.PIPE, text=True)
    assert died.stdout.readline().strip() == "held"
    died.kill()
    died.communicate()
    first = SingleInstance(folder, "shop.db")
    assert first.hold()
    first.release()


def test_a_program_that_died_before_it_wrote_its_name_leaves_its_place(folder):
    folder.mkdir()
    (folder / f"{channel_name(folder)}.lock").write_text("", encoding="utf-8")
    first = SingleInstance(folder, "shop.db")
    assert first.hold()
    first.release()


def test_the_same_folder_written_differently_is_one(folder):
    folder.mkdir()
    assert channel_name(folder) == channel_name(folder / ".." / folder.name)
