"""Under which keys people, plates, VINs and phones are found, and which keys to look for when something is typed.

All keys stand in one table and are searched by prefix: `prefix <= key < prefix_end(prefix)`. The first letters of a key say what it
is, so that a name never answers for a VIN. Tails are found through keys that are written backwards.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from db.rules import phone, plate, vin
from db.rules.han_readings import FOLDING, ONLY_READING, ONLY_SURNAME_READING, READINGS, compound_surname, folded, is_han, surname_readings
from db.rules.plate_forms import PROVINCES

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME: Final = "n:"
PLATE: Final = "p:"
PLATE_TAIL: Final = "q:"
VIN: Final = "v:"
VIN_TAIL: Final = "w:"
PHONE: Final = "t:"
PHONE_TAIL: Final = "u:"
NAME_KEY_LENGTH: Final = 16
"""A name's key keeps this many characters; what is typed beyond them doesn't narrow the search."""

_MOST_STARTS = 32
_MOST_READINGS = 16
_SHORTEST = 2
_LONGEST_PLATE = 9
_LONGEST_PHONE = 15
_PHONE_AS_TYPED = re.compile(r"\+[0-9]{2,}|\([0-9]+\)[0-9]*|[0-9]+\([0-9]+\)[0-9]*")
_MAINLAND_CODE = re.compile(r"\+86(?=[0-9])|0086(?=[0-9])|86(?=1[3-9])")
_WITHOUT_TRUNK = ("13", "14", "15", "16", "17", "18", "19", "400", "800", "0")


def query_key(text: str) -> str:
    """What was typed, folded as the keys of names are: a person is found when one of `name_keys` begins with `n:` and this.

    `張大 文`, `张大文` and `ZHANG Dawen` each become what the same name's keys begin with. Folding twice changes nothing.
    """
    return folded(text)[:NAME_KEY_LENGTH]


def name_keys(name: str) -> frozenset[str]:
    """The keys of a person's or company's name: from each character (each word in Latin script) to the end, by itself, in pinyin, in initials.

    Scripts are folded (張 = 张). Surnames that are read in two ways have keys for both. A key that only repeats the beginning of
    another is left out. Empty for a name without a letter or digit.
    """
    folded = name.translate(FOLDING)
    keys = set[str]()
    text = full = initials = ""
    for at in range(len(folded) - 1, -1, -1) if len(folded) <= NAME_KEY_LENGTH else ():
        character = folded[at]
        reading = ONLY_READING[character] if at else ONLY_SURNAME_READING[character]
        if not reading:
            break
        text = character + text
        full = reading + full
        initials = reading[0] + initials
        keys.add(NAME + text)
        keys.add(NAME + full[:NAME_KEY_LENGTH])
        if len(initials) > 1:
            keys.add(NAME + initials)
    else:
        if keys:
            return frozenset(keys)
    return frozenset(_keys_of(_units(folded)))


def _units(folded: str) -> list[tuple[str, tuple[str, ...]]]:
    """The parts that a name can be searched from, Han characters and words of other scripts, each with its readings."""
    units: list[tuple[str, tuple[str, ...]]] = []
    word = ""
    for character in folded:
        if character == " " or is_han(character):
            if word:
                units.append((word, (word,)))
                word = ""
            if character != " ":
                units.append((character, READINGS[character] if units else surname_readings(character)))
        else:
            word += character
    if word:
        units.append((word, (word,)))
    if compound := compound_surname("".join(text for text, _ in units[:2])):
        units[:2] = [(text, tuple(dict.fromkeys((reading, *readings)))) for reading, (text, readings) in zip(compound, units[:2], strict=True)]
    return units


def _keys_of(units: list[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    text = ""
    fulls, initials = [""], [""]
    for at in range(len(units) - 1, -1, -1):
        own, readings = units[at]
        text = (own + text)[:NAME_KEY_LENGTH]
        fulls = _joined(readings, fulls)
        initials = _joined(tuple(reading[0] for reading in readings), initials)
        if at < _MOST_STARTS:
            yield NAME + text
            yield from (NAME + full for full in fulls)
            if at < len(units) - 1:
                yield from (NAME + initial for initial in initials)


def _joined(heads: tuple[str, ...], tails: list[str]) -> list[str]:
    """Every head before every tail, cut to a key's length, without doubles and not more than a few."""
    return list(dict.fromkeys((head + tail)[:NAME_KEY_LENGTH] for tail in tails for head in heads))[:_MOST_READINGS]


def sort_key(name: str) -> str:
    """What names are put in order by: syllable by syllable in pinyin, then by the characters. Empty for an empty name."""
    units = _units(name.translate(FOLDING))
    return " ".join([*(readings[0] for _, readings in units), *(text for text, readings in units if readings[0] != text)])


def plate_keys(normalised: str) -> tuple[str, ...]:
    """The keys of a plate: from its beginning, from its office letter on, and backwards with and without 挂, 学 and the like."""
    if not normalised:
        return ()
    bare = plate.without_suffix(normalised)
    keys = [PLATE + normalised, PLATE_TAIL + normalised[::-1]]
    if normalised[0] in PROVINCES:
        keys.append(PLATE + normalised[1:])
    if bare != normalised:
        keys.append(PLATE_TAIL + bare[::-1])
    return tuple(keys)


def vin_keys(normalised: str) -> tuple[str, ...]:
    """The keys of a VIN: from its beginning and backwards."""
    return (VIN + normalised, VIN_TAIL + normalised[::-1]) if normalised else ()


def phone_keys(e164: str) -> tuple[str, ...]:
    """The keys of a phone number: as dialled at home, with its country code if that isn't the mainland's, and backwards."""
    digits = phone.dialled(e164)
    if not digits:
        return ()
    keys = (PHONE + digits, PHONE_TAIL + digits[::-1])
    with_country = e164.removeprefix("+")
    return keys if e164.startswith("+86") or with_country == digits else (*keys, PHONE + with_country)


def prefix_end(prefix: str) -> str:
    """The end of the range of keys that begin with a prefix; keys are compared by code point."""
    return prefix + "\U0010ffff"


def search_prefixes(text: str) -> tuple[str, ...]:
    """The beginnings of keys to look for when this was typed, the likeliest first; empty while it is too short.

    Two characters are needed, one if it is a Han character.
    """
    typed = query_key(text)
    code = plate.normalise(text)
    if any(is_han(character) for character in typed):
        return (*_plate_with_han(code), NAME + typed)
    if len(typed) < _SHORTEST:
        return ()
    if _PHONE_AS_TYPED.fullmatch(code):
        return _of_phone(code.replace("(", "").replace(")", ""))
    if not (code.isascii() and code.isalnum()):
        return (NAME + typed,)
    if code.isdecimal():
        return _of_digits(code)
    if code.isalpha():
        return (NAME + typed, *_of_plate(code, tail=len(code) <= 3), *_of_vin(code, tail=False))
    return (*_of_plate(code, tail=True), *_of_vin(code, tail=True), NAME + typed)


def _plate_with_han(code: str) -> tuple[str, ...]:
    """A plate's beginning (粤B6K) or its end with a suffix (88学); nothing for a text that is Han throughout."""
    bare = plate.without_suffix(code)
    tail = bare[1:] if bare[0:1] in PROVINCES else bare
    if not (tail.isascii() and tail.isalnum()):
        return ()
    return (PLATE + code,) if bare != tail else (PLATE_TAIL + code[::-1],)


def _of_plate(code: str, *, tail: bool) -> tuple[str, ...]:
    if len(code) > _LONGEST_PLATE:
        return ()
    return (PLATE + code, PLATE_TAIL + code[::-1]) if tail else (PLATE + code,)


def _of_vin(code: str, *, tail: bool) -> tuple[str, ...]:
    if len(code) >= vin.LENGTH:
        return (VIN + code,) if len(code) == vin.LENGTH else ()
    return (VIN + code, VIN_TAIL + code[::-1]) if tail else (VIN + code,)


def _of_digits(digits: str) -> tuple[str, ...]:
    """Digits may be a plate's tail, a phone number's beginning or tail, or a VIN's tail."""
    tails = (PLATE_TAIL + digits[::-1],) if len(digits) <= _LONGEST_PLATE else ()
    vins = (VIN + digits,) if len(digits) == vin.LENGTH else (VIN_TAIL + digits[::-1],) if len(digits) < vin.LENGTH else ()
    plates = (PLATE + digits,) if len(digits) <= _LONGEST_PLATE else ()
    return (*tails, *_of_phone(digits), *vins, *plates)


def _of_phone(digits: str) -> tuple[str, ...]:
    """`digits` may begin with `+`. Mainland numbers are kept as they are dialled at home, so their country code is taken off."""
    national = digits.removeprefix("+")
    if rest := _MAINLAND_CODE.match(digits):
        national = digits[rest.end() :]
        if rest[0] != "86" and not national.startswith(_WITHOUT_TRUNK):
            national = f"0{national}"
    return (PHONE + national, PHONE_TAIL + national[::-1]) if len(national) <= _LONGEST_PHONE else ()
