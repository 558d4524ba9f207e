"""What a customer's words are about: which diagnosis they ask for."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from db.rules.han_readings import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

GENERAL_DIAGNOSIS = "E01"
"""The operation that looks into a complaint which no chip knows: fault diagnosis by the hour."""

MOST_REWORDED = 0.5
"""A complaint is still the same one while this share of its words stands."""


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


def places_after(before: Sequence[str], now: Sequence[str]) -> list[int | None]:
    """Where each complaint of `before` stands among those of `now`: by its words as they were, else within longer ones, else by the most alike.

    None for one that is gone. As many that are left over on both sides are the same ones, each written anew in its place.
    """
    places: list[int | None] = [None] * len(before)
    free = list(range(len(now)))
    for old, words in enumerate(before):
        same = next((place for place in free if now[place] == words), None)
        if same is not None:
            places[old] = same
            free.remove(same)
    for old, words in enumerate(before):
        if places[old] is None:
            places[old] = next((place for place in free if words in now[place]), None)
    free = [place for place in free if place not in places]
    lost = [old for old, place in enumerate(places) if place is None]
    alike = sorted(
        ((SequenceMatcher(None, before[old], now[place], autojunk=False).ratio(), -old, -place) for old in lost for place in free), reverse=True
    )  # fmt: skip
    for share, old, place in alike:
        if share >= MOST_REWORDED and places[-old] is None and -place in free:
            places[-old] = -place
            free.remove(-place)
    lost = [old for old, place in enumerate(places) if place is None]
    if len(lost) == len(free):
        for old, place in zip(lost, free, strict=True):
            places[old] = place
    return places
