"""Under which keys each kind of record is found: the one place where the keys that are written and those that are checked come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.rules import search_text

if TYPE_CHECKING:
    from collections.abc import Iterable


def customer_keys(name: str, contact_person: str, phones: Iterable[str]) -> set[str]:
    """All keys of a customer by names and E.164 phones."""
    keys = set(search_text.name_keys(name)) | set(search_text.name_keys(contact_person))
    for phone in phones:
        keys.update(search_text.phone_keys(phone))
    return keys


def vehicle_keys(plates: Iterable[str], vin: str) -> set[str]:
    """All keys of a vehicle by normalised plates, former ones too, and VIN."""
    keys: set[str] = set()
    for plate in plates:
        keys.update(search_text.plate_keys(plate))
    if vin:
        keys.update(search_text.vin_keys(vin))
    return keys


def item_keys(code: str, names: Iterable[str], find_words: str) -> set[str]:
    """All keys of an operation, part or package: its code, its names and further words, by script, pinyin and initials."""
    keys = {f"c:{search_text.query_key(code)}"}
    for text in (*names, *find_words.split()):
        keys.update(search_text.name_keys(text))
    return keys
