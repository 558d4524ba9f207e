"""VINs (車輛識別代號): how they are normalised, their check digit, maker and model year, and what is wrong with a mistyped one.

After ISO 3779 and GB 16735; the check digit also after 49 CFR 565. A wrong check digit is warned about and never blocks: what is
stamped on the car wins.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

from db.rules.problem import Problem, Severity
from db.rules.vin_makers import MAKERS, Maker

CODES: Final = frozenset(
    {
        "vin_empty", "vin_length", "vin_letter_not_used", "vin_character", "vin_check_digit", "vin_check_digit_unused", "vin_check_digit_form",
        "vin_model_year", "vin_serial",
    }
)  # fmt: skip
"""Every code that a VIN's problem may have."""
LENGTH: Final = 17

Kind = Literal["china", "north_america", "elsewhere", "other"]

_IGNORED = re.compile("[\\s*\x00-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
_LOOKALIKES = str.maketrans("IOQ", "100")
_ALPHABET = frozenset("ABCDEFGHJKLMNPRSTUVWXYZ0123456789")
_VALUES = {character: int(character) for character in "0123456789"} | dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)
)
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_YEAR_CODES = "ABCDEFGHJKLMNPRSTVWXY123456789"
_FIRST_YEAR = 1980
_CYCLE = len(_YEAR_CODES)
_CHINA = "LH"
_NORTH_AMERICA = "123457"


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a text is as a VIN.

    `normalised` is None unless `valid`. `kind` says by whose rules it was read: of China and of North America, where the check
    digit is compulsory, of elsewhere, or `other` for a text that has no VIN's form. `maker` and `year` are hints; they stand also
    beside a wrong check digit, which somebody may confirm.
    """

    text: str
    valid: bool
    normalised: str | None
    kind: Kind
    maker: Maker | None = None
    year: int | None = None
    problems: tuple[Problem, ...] = ()


def normalise(raw: str) -> str:
    """The spelling that VINs are stored, compared and searched in: half width, upper case, without spaces and the `*` around them.

    Nothing is guessed: O stays O. Applying it again changes nothing, whatever the text.
    """
    bare = _IGNORED.sub("", unicodedata.normalize("NFKC", raw))
    # Once more at the end: without the spaces between them, marks may stand in an order that NFKC changes.
    return unicodedata.normalize("NFKC", bare.upper())


def check_digit(vin: str) -> str:
    """What position 9 must be for the other sixteen characters: `0`–`9` or `X`.

    Raises ValueError for a text that is not 17 of the characters used in VINs; position 9 itself may be anything.
    """
    if len(vin) != LENGTH or not _ALPHABET.issuperset(vin[:8] + vin[9:]):
        raise ValueError(vin)
    remainder = sum(_VALUES.get(character, 0) * weight for character, weight in zip(vin, _WEIGHTS, strict=True)) % 11
    return "X" if remainder == 10 else str(remainder)


def with_check_digit(vin: str) -> str:
    """The same VIN with position 9 as it must be."""
    return vin[:8] + check_digit(vin) + vin[9:]


def must_have_check_digit(vin: str) -> bool:
    """Whether the check digit is compulsory where the car was built: China (L, H) and North America (1–5, 7)."""
    return vin[:1] in tuple(_CHINA + _NORTH_AMERICA)


def model_year(code: str, today_year: int) -> int | None:
    """The latest year not after the next one that a position 10 stands for; None for I, O, Q, U, Z, 0. It repeats every 30 years."""
    at = _YEAR_CODES.find(code) if len(code) == 1 else -1
    if at < 0:
        return None
    return (today_year + 1) - (today_year + 1 - _FIRST_YEAR - at) % _CYCLE


def maker(vin: str) -> Maker | None:
    """The maker by the first three characters, where known."""
    return MAKERS.get(vin[:3])


def power_train_hint(vin: str) -> Literal["battery"] | None:
    """The drive, where the maker builds only one."""
    known = maker(vin)
    return known.power_train if known else None


def recognise(text: str, today_year: int) -> Recognised:
    """Whether a typed text is a VIN, whose, and of which model year; what an I, O or Q may have been meant to be is proposed.

    A wrong check digit makes it invalid, to be confirmed, where the check digit is compulsory; elsewhere it is a hint.
    """
    vin = normalise(text)
    problems = _mistakes(vin)
    if vin and any(problem.code == "vin_letter_not_used" for problem in problems):
        meant = vin.translate(_LOOKALIKES)
        if not any(problem.severity is not Severity.HINT for problem in _mistakes(meant)):
            problems = (problems[0].proposing(meant), *problems[1:])
    valid = all(problem.severity is Severity.HINT for problem in problems)
    if len(vin) != LENGTH or not _ALPHABET.issuperset(vin):
        return Recognised(text, valid, None, "other", problems=problems)
    return Recognised(text, valid, vin if valid else None, _kind(vin), maker(vin), model_year(vin[9], today_year), problems)


def _kind(vin: str) -> Kind:
    if vin[0] in _CHINA:
        return "china"
    return "north_america" if vin[0] in _NORTH_AMERICA else "elsewhere"


def _mistakes(vin: str) -> tuple[Problem, ...]:
    if not vin:
        return (Problem("vin_empty"),)
    problems = []
    unused = sorted(set(vin) & set("IOQ"))
    if unused:
        problems.append(Problem("vin_letter_not_used", {"letters": "/".join(unused)}))
    strange = next((character for character in vin if character not in _ALPHABET and character not in "IOQ"), None)
    if strange is not None:
        problems.append(Problem("vin_character", {"character": strange}))
    if len(vin) != LENGTH:
        problems.append(Problem("vin_length", {"has": len(vin), "wants": LENGTH}))
    return tuple(problems) or (*_wrong_positions(vin), *_wrong_check_digit(vin))


def _wrong_positions(vin: str) -> list[Problem]:
    problems = []
    if vin[9] not in _YEAR_CODES:
        problems.append(Problem("vin_model_year", {"character": vin[9]}))
    # A third character 9 marks a small maker, to whose code positions 12 to 14 belong.
    numeric = 3 if vin[2] == "9" else 4
    if not vin[-numeric:].isdigit():
        problems.append(Problem("vin_serial", {"found": vin[-numeric:], "wants": numeric}))
    return problems


def _wrong_check_digit(vin: str) -> list[Problem]:
    expected, found = check_digit(vin), vin[8]
    if found == expected:
        return []
    facts = {"found": found, "expected": expected}
    if not must_have_check_digit(vin):
        return [Problem("vin_check_digit_unused", facts, Severity.HINT)]
    if found not in "0123456789X":
        return [Problem("vin_check_digit_form", {"found": found}, Severity.CONFIRM)]
    return [Problem("vin_check_digit", facts, Severity.CONFIRM)]


def tail(vin: str, count: int = 8) -> str:
    """The last characters, by which people ask for a car: mostly 4, 6 or 8."""
    return vin[-count:]


__all__ = [
    "CODES", "LENGTH", "Kind", "Maker", "Recognised", "check_digit", "maker", "model_year", "must_have_check_digit", "normalise",
    "power_train_hint", "recognise", "tail", "with_check_digit",
]  # fmt: skip
