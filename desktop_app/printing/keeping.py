"""Where the papers are kept as PDF: `papers` in the data folder, a folder a day, a name that every system takes."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from db.rules.errors import Environment

if TYPE_CHECKING:
    import datetime as dt

_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_WINDOWS_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
_LONGEST_NAME = 120


def safe_name(name: str) -> str:
    """The name without what Windows refuses in file names: its signs, its device names, a dot or space at the end."""
    name = _NOT_IN_NAMES.sub("-", name).rstrip(". ")[:_LONGEST_NAME].rstrip(". ") or "-"
    return f"_{name}" if _WINDOWS_DEVICES.fullmatch(name) else name


def paper_name(number: str, paper: str, copy_number: int) -> str:
    """`W261124-007-job-card-1.pdf`."""
    return f"{safe_name(f'{number}-{paper}-{copy_number}')}.pdf"


def keep(pdf: bytes, folder: Path, day: dt.date, number: str, paper: str, copy_number: int) -> Path:
    """Write the paper into `folder`/YYYY-MM-DD and return where it lies. A paper that lies there already is never overwritten.

    Environment paper_not_kept (path, system_words) when it can't be written; nothing half is left behind.
    """
    place = folder / day.isoformat()
    path = place / paper_name(number, paper, copy_number)
    try:
        place.mkdir(parents=True, exist_ok=True)
        further = 1
        while path.exists() and path.read_bytes() != pdf:
            further += 1
            path = place / f"{path.stem.removesuffix(f' ({further - 1})')} ({further}).pdf"
        write_whole(pdf, path)
    except OSError as error:
        raise Environment("paper_not_kept", path=str(path), system_words=error.strerror or str(error)) from error
    return path


def save_as(pdf: bytes, path: Path) -> None:
    """Write the paper where a person chose, over what is there. Environment paper_not_kept (path, system_words)."""
    try:
        write_whole(pdf, path)
    except OSError as error:
        raise Environment("paper_not_kept", path=str(path), system_words=error.strerror or str(error)) from error


def write_whole(content: bytes, path: Path) -> None:
    """Write a file that is there whole or not at all. OSError when it can't be."""
    descriptor, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        # Nothing is left of it under this name once it is the file.
        part.unlink(missing_ok=True)
