"""What a customer's words are about: which diagnosis they ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.rules.han_readings import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

GENERAL_DIAGNOSIS = "E01"
"""The operation that looks into a complaint which no chip knows: fault diagnosis by the hour."""


@dataclass(frozen=True, slots=True)
class KnownComplaint:
    """A complaint as customers word it, in any of the languages, and the diagnosis operation that it proposes ("" for none)."""

    operation: str
    said: tuple[str, ...]


def diagnosis_of(words: str, known: Sequence[KnownComplaint]) -> str:
    """The operation that the longest known wording in the words proposes, whichever script they are written in; "" where none is in them."""
    whole = folded(words)
    found = [(len(key), each.operation) for each in known if each.operation for said in each.said if (key := folded(said)) and key in whole]
    return max(found, key=lambda pair: pair[0])[1] if found else ""


def beside(words: str, names: Iterable[str]) -> tuple[str, ...]:
    """What a complaint's chips add to its words: their names in their order, each once, without one that the words are themselves."""
    whole = folded(words)
    return tuple(name for name in dict.fromkeys(names) if name and folded(name) != whole)
