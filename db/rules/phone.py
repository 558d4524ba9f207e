"""Phone numbers: kept as E.164, shown as people of the region write them, and what is wrong with a mistyped one.

The numbering plans come from the `phonenumbers` library, loaded at the first number that needs it. A mobile number is told by its
form alone (mainland: 11 digits beginning 13 to 19), since new ranges are given out faster than the library learns of them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from db.rules.problem import Problem, Severity

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber


CODES: Final = frozenset(
    {
        "phone_empty", "phone_none", "phone_letters", "phone_character", "phone_several", "phone_digits_lost", "mobile_length", "mobile_start",
        "phone_area_code_missing", "phone_short_number", "phone_length", "phone_length_eight", "phone_country", "phone_not_assigned",
    }
)  # fmt: skip
"""Every code that a phone number's problem may have."""

Kind = Literal["mobile", "fixed", "fixed_or_mobile", "toll_free", "shared_cost", "other"]

_COUNTRIES: dict[str, str] = {"86": "CN", "852": "HK", "853": "MO", "886": "TW"}
_MOBILE: dict[str, re.Pattern[str]] = {
    "CN": re.compile("1[3-9][0-9]{9}"),
    "HK": re.compile("[4-79][0-9]{7}"),
    "MO": re.compile("6[0-9]{7}"),
    "TW": re.compile("9[0-9]{8}"),
}
_KINDS: dict[int, Kind] = {0: "fixed", 1: "mobile", 2: "fixed_or_mobile", 3: "toll_free", 5: "shared_cost"}
_MAINLAND_MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9][0-9]{9})")
_UNSEEN = re.compile("[\x00-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
_SEPARATORS = re.compile(r"[\s().\-‐‒–—―−·•/~]+")
_EXTENSION = re.compile(r"\s*(?:转|轉|分机|分機|內線|内线|ext\.?|x|#)\s*:?\s*([0-9]{1,6})\s*$", re.IGNORECASE)
_EXTENSION_AFTER_A_DASH = re.compile(r"(0[0-9]{2,3}[-\s]?[0-9]{7,8})-([0-9]{1,6})")
_BETWEEN_NUMBERS = re.compile(r"[/,;、|，；和及\s]")
_FROM_A_SPREADSHEET = re.compile(r"([0-9]{5,})\.0+")
_CUT_BY_A_SPREADSHEET = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]+", re.IGNORECASE)
_NO_PHONE = frozenset({"无", "無", "没有", "沒有", "暂无", "暫無", "不详", "不詳", "NONE", "NA", "N/A"})
_LOOKALIKES = str.maketrans("OoIl", "0011")
_SHORTEST_OF_ITS_OWN = 7


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a text is as a phone number.

    `normalised` is E.164, None unless `valid`. E.164 has no place for an extension, so that stands beside it.
    """

    text: str
    valid: bool
    normalised: str | None
    kind: Kind
    extension: str = ""
    problems: tuple[Problem, ...] = ()


def recognise(text: str, region: str = "CN", area_code: str = "") -> Recognised:
    """The number that a typed text is, numbers without a country code read as the region's; nothing is guessed.

    `area_code` is the shop's, such as 020: it is proposed for a number without one.
    """
    typed = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).strip()
    if spreadsheet := _FROM_A_SPREADSHEET.fullmatch(typed):
        typed = spreadsheet[1]
    bare, extension = _without_extension(typed)
    if problem := _unreadable(bare, region, area_code):
        return Recognised(text, False, None, "other", problems=(problem,))
    digits = _digits(bare)
    if (mobile := _MAINLAND_MOBILE.fullmatch(digits)) and (region == "CN" or len(digits) > len(mobile[1])):
        return Recognised(text, True, f"+86{mobile[1]}", "mobile", extension)
    number = _parsed(digits, region)
    if number is None:
        wrong = Problem("phone_country") if digits.startswith("+") else Problem("phone_length", {"has": len(digits)})
        return Recognised(text, False, None, "other", extension, (wrong,))
    kind = _kind_of(number)
    if kind is not None:
        return Recognised(text, True, _e164(number), kind, extension)
    return Recognised(text, False, None, "other", extension, (_mistake(number, digits, region, area_code),))


def _without_extension(typed: str) -> tuple[str, str]:
    if after_a_dash := _EXTENSION_AFTER_A_DASH.fullmatch(typed):
        return after_a_dash[1], after_a_dash[2]
    found = _EXTENSION.search(typed)
    return (typed[: found.start()], found[1]) if found and found.start() else (typed, "")


def _unreadable(bare: str, region: str, area_code: str) -> Problem | None:
    """Why a text can't be read as one number at all."""
    if bare.upper() in _NO_PHONE:
        return Problem("phone_none", severity=Severity.HINT)
    if _CUT_BY_A_SPREADSHEET.fullmatch(bare):
        return Problem("phone_digits_lost")
    if sum(_count_digits(part) >= _SHORTEST_OF_ITS_OWN for part in _BETWEEN_NUMBERS.split(bare)) > 1:
        return Problem("phone_several")
    digits = _digits(bare)
    if not digits.strip("+"):
        return Problem("phone_empty")
    letters = "".join(dict.fromkeys(character for character in digits if character.isalpha()))
    if letters:
        meant = digits.translate(_LOOKALIKES)
        proposal = None if any(character.isalpha() for character in meant) else recognise(meant, region, area_code).normalised
        return Problem("phone_letters", {"letters": letters}).proposing(proposal)
    strange = next((character for character in digits.removeprefix("+") if character not in "0123456789"), None)
    return Problem("phone_character", {"character": strange}) if strange else None


def _count_digits(text: str) -> int:
    return sum(character.isdecimal() for character in text)


def _digits(bare: str) -> str:
    """The text without separators, with the digits of every script as 0 to 9."""
    joined = _SEPARATORS.sub("", bare)
    return joined if joined.isascii() else "".join(str(unicodedata.decimal(character, character)) for character in joined)


def _parsed(digits: str, region: str) -> PhoneNumber | None:
    import phonenumbers

    try:
        return phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return None


def _e164(number: PhoneNumber) -> str:
    import phonenumbers

    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _kind_of(number: PhoneNumber) -> Kind | None:
    """The kind of a number that can be dialled, None for one that can't."""
    import phonenumbers

    country = _COUNTRIES.get(str(number.country_code))
    if country and _MOBILE[country].fullmatch(str(number.national_number)):
        return "mobile"
    return _KINDS.get(phonenumbers.number_type(number), "other") if phonenumbers.is_valid_number(number) else None


def _mistake(number: PhoneNumber, digits: str, region: str, area_code: str) -> Problem:
    """What to say of a number that no plan of its country knows."""
    country = _COUNTRIES.get(str(number.country_code))
    national = str(number.national_number)
    if country == "CN":
        return _mistake_in_the_mainland(national, digits, area_code)
    if country in ("HK", "MO"):
        proposal = f"+86{digits}" if region == country and _MOBILE["CN"].fullmatch(digits) else None
        wrong = Problem("phone_not_assigned") if len(national) == 8 else Problem("phone_length_eight", {"has": len(national), "wants": 8})
        return wrong.proposing(proposal)
    if country == "TW" and national.startswith("9"):
        return Problem("mobile_length", {"has": len(national) + 1, "wants": 10})
    if country == "TW" and 6 <= len(national) <= 8 and not digits.startswith(("0", "+")):
        return Problem("phone_area_code_missing", {"has": len(national)}).proposing(_with_area_code(national, area_code, "TW"))
    import phonenumbers

    return Problem("phone_not_assigned") if phonenumbers.is_possible_number(number) else Problem("phone_length", {"has": len(national)})


def _mistake_in_the_mainland(national: str, digits: str, area_code: str) -> Problem:
    if re.match("1[3-9]", national):
        return Problem("mobile_length", {"has": len(national), "wants": 11})
    if len(national) == 11 and national.startswith("1"):
        return Problem("mobile_start", {"start": national[:2]})
    if digits.startswith("0") or len(national) > 8:
        return Problem("phone_length", {"has": len(digits.removeprefix("+86"))})
    if len(national) < _SHORTEST_OF_ITS_OWN:
        return Problem("phone_short_number", {"has": len(national)})
    return Problem("phone_area_code_missing", {"has": len(national)}).proposing(_with_area_code(national, area_code, "CN"))


def _with_area_code(national: str, area_code: str, region: str) -> str | None:
    return recognise(f"{area_code}{national}", region).normalised if area_code else None


def display(e164: str, region: str = "CN") -> str:
    """The number as people of the region write it, with the country code if it is of elsewhere: 138 0268 4417, 020 8333 3333.

    Recognising it in the same region gives the same number again. A text that is no E.164 number stays as it is.
    """
    mainland = _MAINLAND_MOBILE.fullmatch(e164)
    if mainland and e164.startswith("+86"):
        number = mainland[1]
        return f"{'' if region == 'CN' else '+86 '}{number[:3]} {number[3:7]} {number[7:]}"
    parsed = _parsed(e164, region) if re.fullmatch(r"\+[0-9]{5,15}", e164) else None
    if parsed is None:
        return e164
    import phonenumbers

    at_home = _COUNTRIES.get(str(parsed.country_code)) == region
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def masked(e164: str, region: str = "CN") -> str:
    """The number for shared screens and papers of third parties, its middle hidden: 138 **** 4417, 020 **** 3333, 91** **67."""
    shown = display(e164, region)
    country, space, rest = shown.partition(" ") if shown.startswith("+") else ("", "", shown)
    count = _count_digits(rest)
    first, last = (count - 8, 4) if count > 10 else (count // 4, count // 4)
    hidden, seen = [], 0
    for character in rest:
        seen += character.isdecimal()
        hidden.append("*" if character.isdecimal() and first < seen <= count - last else character)
    return country + space + "".join(hidden)


def dialled(e164: str) -> str:
    """The digits that are dialled within the number's own country: 13802684417, 02083333333, 91234567."""
    for code, region in _COUNTRIES.items():
        if e164.startswith(f"+{code}"):
            national = e164[len(code) + 1 :]
            has_trunk = region == "TW" or (region == "CN" and not _MOBILE["CN"].fullmatch(national) and not national.startswith(("400", "800")))
            return f"0{national}" if has_trunk else national
    return e164.removeprefix("+")


__all__ = ["CODES", "Kind", "Recognised", "dialled", "display", "masked", "recognise"]
