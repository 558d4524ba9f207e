"""The tour runs through: every step comes where it should, every dialog of the program is opened, every picture is drawn."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.timeout(600)
def test_the_small_tour_opens_every_dialog_and_draws_every_room_and_paper(tmp_path: Path) -> None:
    # A process of its own: the screen of the tour is larger than that of the other tests.
    command = [sys.executable, "-m", "tests.tour", str(tmp_path / "pictures"), "--folder", str(tmp_path / "shop"), "--small"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ}, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-8000:]
    names = {path.name for path in (tmp_path / "pictures").glob("*.png")}
    for room in ("check_in", "board", "work_orders", "recommendations", "claims", "customers", "follow_ups", "cashier", "insights", "settings", "shell"):
        assert any(name.startswith(f"{room}-") for name in names), room
    for paper in ("job-card", "repair-contract", "check-in-sheet"):
        assert f"{paper}-zh_TW-1.png" in names
