"""What a person feels at the window: keystroke to result, the longest block, switching, and the memory that all of it takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.figure import Figure, median

if TYPE_CHECKING:
    from collections.abc import Sequence

KEYSTROKE_MS = 50.0
BLOCK_MS = 50.0
SWITCH_MS = 300.0
MEMORY_MB = 300.0
_ROOT = Path(__file__).resolve().parents[1]


def window(home: Path, runs: int, keystrokes: int) -> list[Figure]:
    """Each of `runs` windows is a process of its own, so that every room is opened for the first time; their median counts."""
    seen = [_run(home, keystrokes) for _run_number in range(runs)]

    def middle(name: str) -> float:
        return median([each[name] for each in seen])

    def worst(name: str) -> str:
        return str(min(seen, key=lambda each: abs(each[name] - middle(name)))[f"{name}_where"])

    return [
        Figure("keystroke to painted result, p99", middle("keystroke"), "ms", KEYSTROKE_MS, what=worst("keystroke")),
        Figure("longest block of the event loop", middle("block"), "ms", BLOCK_MS, what=worst("block")),
        Figure("switching language, longest block", middle("language"), "ms", SWITCH_MS, what=worst("language")),
        Figure("switching theme, longest block", middle("theme"), "ms", SWITCH_MS, what=worst("theme")),
        Figure("memory with the shop open", middle("memory"), "MB", MEMORY_MB),
    ]


def _run(home: Path, keystrokes: int) -> dict[str, Any]:
    command: Sequence[str] = [sys.executable, "-m", "benchmarks.window_process", str(home), str(keystrokes)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=_ROOT, env=environment, check=False)
    if done.returncode:
        raise AssertionError(f"the window failed: {done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
