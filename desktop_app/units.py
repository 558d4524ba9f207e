"""How much of a thing: a quantity with its unit, as the catalogue writes the unit in the language shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.i18n import current_language
from desktop_app.i18n.formats import formats

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.queries.catalogue import ListEntry


class Units:
    """The catalogue's units by their codes; what is none of them stands as it is."""

    def __init__(self) -> None:
        self._entries: dict[str, ListEntry] = {}

    def take(self, entries: Iterable[ListEntry]) -> None:
        """Know these from now on."""
        self._entries = {entry.code: entry for entry in entries}

    def word(self, unit: str) -> str:
        """The unit as it is written; empty for none."""
        entry = self._entries.get(unit)
        return unit if entry is None else entry.name(current_language())

    def quantity(self, thousandths: int, unit: str) -> str:
        """4.2 L, 1 副; the figure alone where nothing is measured."""
        return f"{formats().quantity(thousandths)} {self.word(unit)}".rstrip()
