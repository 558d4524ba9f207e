"""Plates: of which kind one is, how it is shown, what its tail is, and what is wrong with a mistyped one.

Forms after GA 36 (機動車號牌) and, where the standard is silent, the practice of the trade. Stored and printed in the mainland
characters that stand on the metal; whoever stores a plate keeps beside it what was typed. The same characters may exist in blue
and in yellow, so a plate is unique together with its colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from db.rules.plate_forms import BATTERY_LETTERS, KINDS, OTHER_NEW_ENERGY_LETTERS, PROVINCES, REGIONS, SUFFIXES, form_of, normalise
from db.rules.plate_mistakes import CODES, mistakes, stands_for_no_plate
from db.rules.problem import Problem, Severity

Colour = Literal["blue", "yellow", "green", "yellow_green", "white", "black"]

COLOURS: Final[tuple[Colour, ...]] = ("blue", "yellow", "green", "yellow_green", "white", "black")

_COLOUR_OF_KIND: dict[str, Colour] = {
    "NORMAL": "blue",
    "NEV_SMALL": "green",
    "NEV_LARGE": "yellow_green",
    "TRAILER": "yellow",
    "TRAINING": "yellow",
    "TEST": "yellow",
    "OVERSIZE": "yellow",
    "TEMPORARY": "blue",
    "CROSS_BORDER": "black",
    "EMBASSY": "black",
    "CONSULATE": "black",
    "MACAU": "black",
    "CIVIL_AVIATION": "green",
}
_SERIAL_LETTERS_MAY_BE_MANY = frozenset({"NORMAL", "TRAILER", "TRAINING", "POLICE", "TEST", "OVERSIZE", "CROSS_BORDER"})
_USUAL_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a text is as a plate.

    `normalised` is None unless `valid`; a text without a known form has the kind `OTHER` and can be received all the same, stored
    as `normalise(text)`. `region` is the one whose form it has, or the asked one. A valid plate may have hints among `problems`.
    """

    text: str
    valid: bool
    normalised: str | None
    kind: str
    region: str
    problems: tuple[Problem, ...] = ()


def recognise(text: str, region: str = "CN", home: str = "") -> Recognised:
    """The kind of plate that a typed text is; nothing is guessed, what it may have been meant to be is proposed.

    Mainland forms are tried everywhere, those of Hong Kong, Macau and Taiwan in their own region only. `home` is how the shop's
    plates begin, such as 粤 or 粤B: offered where the province is missing.
    """
    plate = normalise(text)
    found = form_of(plate, region)
    if found is None:
        return Recognised(text, False, None, "OTHER", region, mistakes(plate, region, home))
    kind, own_region = found
    return Recognised(text, True, plate, kind, own_region, _hints(plate, kind))


def _hints(plate: str, kind: str) -> tuple[Problem, ...]:
    if kind not in _SERIAL_LETTERS_MAY_BE_MANY:
        return ()
    letters = sum(character.isascii() and character.isalpha() for character in serial_of(plate))
    return (Problem("plate_many_letters", {"has": letters}, Severity.HINT),) if letters > _USUAL_LETTERS else ()


def colour_for(kind: str) -> Colour:
    """The colour that most plates of a kind have; a person may choose another (a lorry's NORMAL plate is yellow)."""
    return _COLOUR_OF_KIND.get(kind, "white")


def power_train_hint(normalised: str) -> Literal["battery", "plug_in_hybrid"] | None:
    """What the new-energy letter says about the drive: a hint only, since a plate may move to another car.

    D, and A B C E after it, is battery electric; F, and G H J K after it, is not (plug-in, range extender, fuel cell), for
    which plug-in hybrid is the likeliest (GA 36-2018).
    """
    found = form_of(normalised, "CN")
    if found is None or found[0] not in ("NEV_SMALL", "NEV_LARGE"):
        return None
    letter = normalised[2] if found[0] == "NEV_SMALL" else normalised[-1]
    if letter in BATTERY_LETTERS:
        return "battery"
    return "plug_in_hybrid" if letter in OTHER_NEW_ENERGY_LETTERS else None


def display(normalised: str, region: str = "CN") -> str:
    """The plate as people read it: 京A·12345, AB 1234, MA-12-34, ABC-1234. Normalising it gives the same plate again."""
    if region in _ABROAD and normalised.isascii() and form_of(normalised, region) == (_ABROAD[region], region):
        return _display_abroad(normalised, region)
    start = 3 if normalised[:2] == "WJ" and normalised[2:3] in PROVINCES and len(normalised) > 3 else 2
    office = normalised[:start]
    has_province = normalised[:1] in PROVINCES and office[1:].isascii() and office[1:].isalpha()
    found = form_of(normalised, "CN")
    if found and (has_province or found[0] in ("ARMED_POLICE", "MILITARY")):
        return f"{office}·{normalised[start:]}"
    if found and found[0] == "TEMPORARY" and normalised.startswith("临"):
        return f"{normalised[:3]}·{normalised[3:]}"
    return normalised


_ABROAD: dict[str, str] = {"HK": "HK", "MO": "MACAU", "TW": "TAIWAN"}


def _display_abroad(normalised: str, region: str) -> str:
    if region == "MO":
        return f"{normalised[:-4]}-{normalised[-4:-2]}-{normalised[-2:]}"
    if region == "TW":
        at = _first_group_in_taiwan(normalised)
        return f"{normalised[:at]}-{normalised[at:]}"
    return f"{normalised[:2]} {normalised[2:]}" if normalised[:2].isalpha() and normalised[2:].isdigit() else normalised


def _first_group_in_taiwan(normalised: str) -> int:
    if len(normalised) == 7 or normalised[:3].isalpha() or normalised[3:].isalpha():
        return 3
    return 4 if normalised[:4].isdigit() else 2


def placeholder(vin: str) -> str:
    """What stands in the plate's field of a car that has none yet: 新車 and the last six of its VIN."""
    return "新車" + vin[-6:]


def without_suffix(normalised: str) -> str:
    """The plate without 挂, 学, 警 and the like behind its serial."""
    ending = next((suffix for suffix in SUFFIXES if normalised.endswith(suffix)), "")
    return normalised[: len(normalised) - len(ending)]


def without_province(normalised: str) -> str:
    """The plate as people say it in its own province: A12345; unchanged where none stands in front."""
    return normalised[1:] if normalised[:1] in PROVINCES else normalised


def serial_of(normalised: str) -> str:
    """What stands behind province and office letter, without suffix: 12345 of 京A12345."""
    bare = without_suffix(normalised)
    if bare[:1] not in PROVINCES:
        return bare
    return bare[2:] if bare[1:2].isalpha() else bare[1:]


def has_tail(normalised: str, typed: str) -> bool:
    """Whether a plate ends in what was typed, a suffix such as 学 left out or not."""
    tail = normalise(typed)
    return bool(tail) and (normalised.endswith(tail) or without_suffix(normalised).endswith(tail))


__all__ = [
    "CODES", "COLOURS", "KINDS", "REGIONS", "Colour", "Recognised", "colour_for", "display", "has_tail", "normalise", "placeholder",
    "power_train_hint", "recognise", "serial_of", "stands_for_no_plate", "without_province", "without_suffix",
]  # fmt: skip
