"""Every word on every window and dialog is in the language that was chosen, stands in a word table, and is not cut off."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tour.words import holds_stored

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("gold", "zh_TW", True),
        ("gold", "en", True),
        ("Gold card", "en", False),
        ("金卡", "zh_CN", False),
        ("陈志强 · gold", "zh_CN", True),
        ("paid", "zh_TW", True),
        ("It was paid in gold", "en", False),
        ("signed on_paper", "en", True),
        ("on_paper…", "zh_TW", True),
        ("gold.pdf", "zh_TW", False),
        ("gold@example.com", "zh_TW", False),
    ],
)
def test_a_stored_word_is_told_from_a_word(text: str, language: str, expected: bool) -> None:
    assert holds_stored(text, language, {"gold", "paid", "on_paper"}) is expected


@pytest.mark.timeout(900)
def test_nothing_is_untranslated_or_cut_off_in_any_window(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.tour", str(tmp_path / "pictures"), "--folder", str(tmp_path / "shop"), "--words"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ}, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-4000:]
