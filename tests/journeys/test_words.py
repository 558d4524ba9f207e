"""Every word on every window and dialog is in the language that was chosen, stands in a word table, and is not cut off."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.timeout(900)
def test_nothing_is_untranslated_or_cut_off_in_any_window(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.tour", str(tmp_path / "pictures"), "--folder", str(tmp_path / "shop"), "--words"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ}, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-4000:]
