"""The benchmarks run through on a small shop and write each figure with its goal and whether it is met; how good it is is not judged here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.figure import Figure, percentile

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("plate", "plate tail", "phone", "phone tail", "name in Han", "pinyin", "initials", "VIN tail", "order number")


@pytest.mark.timeout(300)
def test_quick_run_writes_every_figure(tmp_path: Path) -> None:
    target = tmp_path / "figures.json"
    command = [sys.executable, "-m", "benchmarks", "--quick", "--vehicles", "300", "--folder", str(tmp_path / "shops"), "--json", str(target)]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ}, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    figures = json.loads(target.read_text(encoding="utf-8"))
    names = {figure["name"] for figure in figures}
    assert {f"look-up by {kind}, p99" for kind in KINDS} <= names
    for part in ("start", "saving", "job card", "keystroke", "longest block", "language", "theme", "memory"):
        assert any(part in name for name in names), part
    for figure in figures:
        assert set(figure) == {"name", "value", "unit", "floor", "ratio", "goal", "met"}
        assert figure["value"] > 0
        assert figure["goal"] > 0
        assert (figure["floor"] is None) == (figure["ratio"] is None)


def test_a_figure_is_met_by_its_value_against_its_goal_alone() -> None:
    assert Figure("x", 2.0, "ms", 2.0, floor=0.1).met
    assert not Figure("x", 2.1, "ms", 2.0, floor=100.0).met
    assert Figure("x", 3.0, "ms", 4.0, floor=1.5).ratio == 2.0
    assert Figure("x", 3.0, "ms", 4.0).ratio is None


def test_a_percentile_is_a_sample_that_the_share_does_not_exceed() -> None:
    assert percentile(list(range(1, 101)), 0.99) == 99
    assert percentile([5.0], 0.99) == 5.0
    assert percentile([1, 2, 3], 0.5) == 2
