"""What widgets remember for a person between starts (column widths, density); bootstrap says where it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_kept: dict[str, object] = {}
_load: Callable[[str], object] = _kept.get
_save: Callable[[str, object], None] = _kept.__setitem__


def keep_in(load: Callable[[str], object], save: Callable[[str, object], None]) -> None:
    """Use these from now on; values are of what JSON can hold, None is 'nothing remembered'."""
    global _load, _save
    _load, _save = load, save


def recall(name: str) -> object:
    """What was remembered under a name, or None."""
    return _load(name)


def remember(name: str, value: object) -> None:
    """Remember a value under a name."""
    _save(name, value)
