"""Where the program's data files lie: beside the packages, in the bundle when frozen."""

from __future__ import annotations

import sys
from pathlib import Path

_ROOT = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent)) / "resources"


def resource(name: str) -> Path:
    """Path of a bundled file or folder by its name below `resources/`, with forward slashes."""
    return _ROOT / name
