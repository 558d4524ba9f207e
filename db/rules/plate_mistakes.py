"""What is wrong with a text that has no plate's form, and what it may have been meant to be."""

from __future__ import annotations

from typing import Final

from db.rules.plate_forms import FOUR_BEFORE, LETTERS, PROVINCES, REGIONS, SUFFIXES, form_of
from db.rules.problem import Problem, Severity

CODES: Final = frozenset(
    {
        "plate_empty", "plate_none", "plate_letter_not_used", "plate_character", "plate_province_missing", "plate_province_unknown",
        "plate_office_missing", "plate_office_letter", "plate_length", "plate_new_energy_form", "plate_suffix_length",
        "plate_cross_border_office", "plate_armed_police_form", "plate_embassy_form", "plate_consulate_form", "plate_emergency_form",
        "plate_civil_aviation_form", "plate_temporary_form", "plate_form", "plate_form_hk", "plate_form_mo", "plate_form_tw", "plate_many_letters",
    }
)  # fmt: skip
"""Every code that a plate's problem may have."""

_NO_PLATE = frozenset({"未上牌", "未挂牌", "临牌", "无牌", "無牌", "无", "無", "新车", "新車", "没有", "沒有", "暂无", "暫無", "NONE", "NA", "N/A"})
_PLACEHOLDER = ("新車", "新车")
_LOOKALIKES = (str.maketrans("IO", "10"), str.maketrans("IOQ", "100"))
_HAN_OF_PLATES = frozenset(PROVINCES + "".join(SUFFIXES) + "民航")
_KNOWN = _HAN_OF_PLATES | frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


def stands_for_no_plate(normalised: str) -> bool:
    """Whether the text says that the car has no plate yet: such words as 未上牌, or the placeholder 新車 with six signs of the VIN."""
    return normalised in _NO_PLATE or (normalised[:2] in _PLACEHOLDER and len(normalised) == 8 and normalised[2:].isascii() and normalised[2:].isalnum())


def mistakes(normalised: str, region: str, home: str) -> tuple[Problem, ...]:
    """What to say about a normalised text that has no known form, the one to act on first in front; never empty.

    `home` is how the shop's own plates begin (province, or province and office letter), offered where the province is missing.
    """
    if not normalised:
        return (Problem("plate_empty"),)
    if stands_for_no_plate(normalised):
        return (Problem("plate_none", severity=Severity.HINT),)
    proposal = _lookalike(normalised, region)
    if region in REGIONS[1:] and normalised.isascii():
        return _abroad(normalised, region, proposal)
    problems: list[Problem] = []
    head, serial = _split(normalised)
    unused = sorted(set(serial) & set("IO"))
    repaired = head + serial.translate(_LOOKALIKES[0])
    if unused:
        problems.append(Problem("plate_letter_not_used", {"letters": "/".join(unused)}).proposing(proposal))
    if form_of(repaired, region) is None:
        found = _structure(repaired)
        if found.code == "plate_province_missing":
            return (found.proposing(_with_home(repaired, home)), *problems)
        problems.append(found if unused else found.proposing(proposal))
    return tuple(problems)


def _split(normalised: str) -> tuple[str, str]:
    at = 2 if normalised[0] in PROVINCES else 0
    return normalised[:at], normalised[at:]


def _lookalike(normalised: str, region: str) -> str | None:
    """The text with the digits that its serial's I, O and Q may stand for, if that is a plate."""
    head, serial = _split(normalised)
    for table in _LOOKALIKES:
        meant = head + serial.translate(table)
        if meant != normalised and form_of(meant, region):
            return meant
    return None


def _with_home(normalised: str, home: str) -> str | None:
    for start in (home[:1], home):
        if start and form_of(start + normalised, "CN"):
            return start + normalised
    return None


def _abroad(normalised: str, region: str, proposal: str | None) -> tuple[Problem, ...]:
    unused = sorted(set(normalised) & set("IOQ" if region == "HK" else "IO"))
    if proposal and unused:
        return (Problem("plate_letter_not_used", {"letters": "/".join(unused)}).proposing(proposal),)
    return (Problem(f"plate_form_{region.lower()}"),)


def _structure(text: str) -> Problem:
    """The first thing wrong with the build of a mainland plate in which I and O have been read as digits."""
    strange = next((character for character in text if character not in _KNOWN), None)
    if strange is not None:
        return Problem("plate_province_unknown" if text[0] == strange and len(text) > 4 else "plate_character", {"character": strange})
    if text.startswith("WJ"):
        return Problem("plate_armed_police_form")
    if "使" in text:
        return Problem("plate_embassy_form")
    if text[0] == "临":
        return Problem("plate_temporary_form")
    if text.startswith("民航"):
        return Problem("plate_civil_aviation_form")
    if text[0] not in PROVINCES:
        return _without_province(text)
    return _with_province(text)


def _without_province(text: str) -> Problem:
    if text[0] in _HAN_OF_PLATES:
        return Problem("plate_province_unknown", {"character": text[0]})
    return Problem("plate_province_missing") if 4 <= len(text) <= 8 else Problem("plate_form")


def _with_province(text: str) -> Problem:
    suffix = next((ending for ending in SUFFIXES if text.endswith(ending)), "")
    if suffix == "领":
        return Problem("plate_consulate_form")
    if len(text) == 1:
        return Problem("plate_length", {"has": 1})
    if text[1] not in LETTERS:
        return Problem("plate_office_missing") if text[1] in "0123456789" else Problem("plate_office_letter", {"character": text[1]})
    serial = text[2 : len(text) - len(suffix)]
    inside = next((character for character in serial if not character.isascii()), None)
    if inside is not None:
        return Problem("plate_character", {"character": inside})
    if suffix == "应急":
        return Problem("plate_emergency_form")
    if suffix == "临":
        return Problem("plate_temporary_form")
    if suffix in ("港", "澳") and text[:2] != "粤Z":
        return Problem("plate_cross_border_office", {"suffix": suffix})
    if suffix and suffix in FOUR_BEFORE:
        return Problem("plate_suffix_length", {"suffix": suffix, "wants": 4, "has": len(serial)})
    return Problem("plate_new_energy_form") if len(text) == 8 else Problem("plate_length", {"has": len(text)})
