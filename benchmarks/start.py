"""The start to a usable window, against a bare PySide6 window with `import sqlalchemy`; both as processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.figure import Figure, median

RATIO = 2.5
_ROOT = Path(__file__).resolve().parents[1]


def start(home: Path, runs: int) -> Figure:
    """The median of `runs` starts, taken by turns with the bare window's; a first one on each side fills the file system's caches."""
    bare, own = [], []
    for run in range(runs + 1):
        for samples, module, words in ((bare, "benchmarks.bare_window", ()), (own, "benchmarks.usable_window", (str(home),))):
            took = _until_ready([sys.executable, "-m", module, *words])
            if run:
                samples.append(took)
    low = median(bare)
    return Figure("start to usable window, median", median(own), "ms", RATIO * low, low, f"best {min(own):.0f} over {min(bare):.0f}")


def _until_ready(command: list[str]) -> float:
    """Milliseconds from the start of a process to its word that its window can be used."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    # An installed program has its modules compiled; the first start of each side compiles them here.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=_ROOT, env=environment, text=True) as process:
        assert process.stdout is not None
        words = process.stdout.readline()
        took = (time.perf_counter() - begun) * 1000
        process.stdout.read()
    if words.strip() != "ready":
        raise AssertionError(f"{command} did not come to a usable window")
    return took
