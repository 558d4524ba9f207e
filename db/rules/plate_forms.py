"""The written forms of plates: provinces, letters, patterns by region, and the one spelling that they are compared in."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

Region = str
"""A region's code: one of `REGIONS`, or of elsewhere."""

REGIONS: Final = ("CN", "HK", "MO", "TW")
"""The regions whose own forms are known; a shop of any other is served with the mainland's."""
PROVINCES: Final = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""The letters of an office or a serial: never I or O, which look like digits (GA 36)."""
BATTERY_LETTERS: Final = "DABCE"
OTHER_NEW_ENERGY_LETTERS: Final = "FGHJK"
SUFFIXES: Final = ("应急", "挂", "学", "警", "港", "澳", "试", "超", "领", "使", "临")
"""What may stand behind the serial, in mainland characters."""
FOUR_BEFORE: Final = "挂学警试超港澳"
"""Suffixes that stand behind four letters or digits."""

_TRADITIONAL = "滬雲遼魯蘇贛晉陝閩貴粵寧瓊學掛領臨應試"
_MAINLAND = "沪云辽鲁苏赣晋陕闽贵粤宁琼学挂领临应试"
_ON_THE_METAL = str.maketrans(_TRADITIONAL, _MAINLAND)
# Beside dots and dashes also what copying from a chat or a web page brings along unseen: joiners, direction marks, byte order marks.
_IGNORED = re.compile("[\\s\x00-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff·•‧・∙⋅.。\\-_‐‒–—―−]+")

_P, _L, _S = f"[{PROVINCES}]", "[A-HJ-NP-Z]", "[A-HJ-NP-Z0-9]"
_MAINLAND_FORMS: tuple[tuple[str, str], ...] = (
    ("NEV_SMALL", f"{_P}{_L}[A-HJK]{_S}[0-9]{{4}}"),
    ("NEV_LARGE", f"{_P}{_L}[0-9]{{5}}[A-HJK]"),
    ("CROSS_BORDER", f"粤Z{_S}{{4}}[港澳]"),
    ("NORMAL", f"{_P}{_L}{_S}{{5}}"),
    ("TRAILER", f"{_P}{_L}{_S}{{4}}挂"),
    ("TRAINING", f"{_P}{_L}{_S}{{4}}学"),
    ("POLICE", f"{_P}{_L}{_S}{{4}}警"),
    ("EMERGENCY", f"{_P}[XS][0-9]{{4}}应急"),
    ("EMBASSY", "[0-9]{6}使|使[0-9]{6}"),
    ("CONSULATE", f"{_P}(?:[0-9]{{5}}|{_L}[0-9]{{4}})领"),
    ("ARMED_POLICE", f"WJ{_P}?[0-9]{{4}}[0-9TDSHBXJ]"),
    ("MILITARY", "[QVKHBSLJNGCEZ][A-Z][0-9]{5}"),
    ("TEST", f"{_P}{_L}{_S}{{4}}试"),
    ("OVERSIZE", f"{_P}{_L}{_S}{{4}}超"),
    ("CIVIL_AVIATION", f"民航{_S}{{5}}"),
    ("TEMPORARY", f"临{_P}{_L}{_S}{{4,6}}|{_P}{_L}{_S}{{4,6}}临"),
)
_PATTERNS: dict[str, tuple[tuple[str, str], ...]] = {
    "CN": _MAINLAND_FORMS,
    "HK": (("HK", "[A-HJ-NPR-Z]{2}[0-9]{1,4}|[A-HJ-NPR-Z0-9]{1,8}"),),
    "MO": (("MACAU", "[A-Z]{1,2}[0-9]{4}"),),
    "TW": (("TAIWAN", f"{_L}{{3}}[0-9]{{4}}|{_L}{{3}}[0-9]{{3}}|[0-9]{{3}}{_L}{{3}}|{_S}{{2}}[0-9]{{4}}|[0-9]{{4}}{_S}{{2}}"),),
}
_FORMS = {region: tuple((kind, re.compile(pattern)) for kind, pattern in forms) for region, forms in _PATTERNS.items()}
KINDS: Final = (*(kind for kind, _ in _MAINLAND_FORMS), "HK", "MACAU", "TAIWAN", "OTHER")


def normalise(raw: str) -> str:
    """The spelling that plates are stored, compared and searched in: half width, upper case, no separators, mainland characters.

    Nothing is guessed: O stays O. Applying it again changes nothing, whatever the text.
    """
    bare = _IGNORED.sub("", unicodedata.normalize("NFKC", raw))
    # Once more at the end: without the separators between them, marks may stand in an order that NFKC changes.
    return unicodedata.normalize("NFKC", bare.upper().translate(_ON_THE_METAL))


def form_of(normalised: str, region: str) -> tuple[str, str] | None:
    """Kind and region of a normalised plate, the asked region's own forms first, then the mainland's; None when it has no known form.

    The forms of Hong Kong, Macau and Taiwan collide with each other and with slips, so each is tried in its own region only.
    """
    for tried in (region, "CN") if region != "CN" else ("CN",):
        for kind, pattern in _FORMS.get(tried, ()):
            if pattern.fullmatch(normalised):
                return kind, tried
    return None
