"""The column widths of tables, remembered for a person between starts; bootstrap says where they are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_kept: dict[str, list[int]] = {}


def _load(name: str) -> list[int]:
    return _kept.get(name, [])


_recall: Callable[[str], list[int]] = _load
_remember: Callable[[str, list[int]], None] = _kept.__setitem__


def keep_in(recall: Callable[[str], list[int]], remember: Callable[[str, list[int]], None]) -> None:
    """Use these from now on; an empty list is 'nothing remembered'."""
    global _recall, _remember
    _recall, _remember = recall, remember


def recall_widths(table: str) -> list[int]:
    """Widths in px of a table's columns in their declared order, at the usual text size; empty when never changed."""
    return _recall(table)


def remember_widths(table: str, widths: list[int]) -> None:
    """Remember the widths of a table's columns."""
    _remember(table, widths)
