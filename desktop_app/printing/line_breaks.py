"""Where a line of mixed Chinese and Latin text may end.

Between Chinese characters a line may end anywhere, but none begins with closing punctuation or ends with an opening mark. Latin
words, amounts, plates, part numbers and VINs stay whole, a number keeps its unit. Only what is wider than the whole line is cut.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SIGN = "\ufffc"
"""Stands in the text for a painted sign, such as a box to tick; it goes with what follows."""

_PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新粵滬蘇贛魯遼晉閩瓊貴雲陝寧"
_PLATE = re.compile(rf"[{_PROVINCES}][A-Z]·?[A-Z0-9]{{4,6}}[港澳学警挂领试超學掛領試]?")
_MEASURE = re.compile(r"\d (?:km|mm|cm|kWh|kg|min|bar|Nm|L|h|V|A|%|°C)(?![A-Za-z])")
_COUNT = re.compile(r"(?<![A-Za-z0-9.,·-])\d{1,4} [\u4e00-\u9fff](?![A-Z])")
_NARROW_CLOSERS = frozenset(",.;:!?)]}%…")
_NARROW_OPENERS = frozenset("([{")
_CLOSERS = frozenset("、。，．；：！？」』）】》〉〕｝〗〙〛–—―～‧・·•％‰℃℉°′″”’…ー々〻ゝゞヽヾ")
_OPENERS = frozenset("「『（【《〈〔｛〖〘〚“‘￥＄￡")


@cache
def _kind(character: str) -> str:
    """S space, G space that holds together, O opener, C closer, o and c their narrow ones, M mark on the one before, I ideograph, W part of a word."""
    if character == "\xa0":
        return "G"
    if character in " \u3000":
        return "S"
    if character == SIGN:
        return "O"
    if character in _OPENERS:
        return "O"
    if character in _CLOSERS:
        return "C"
    if character in _NARROW_OPENERS:
        return "o"
    if character in _NARROW_CLOSERS:
        return "c"
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Mc"):
        return "M"
    if unicodedata.east_asian_width(character) in ("W", "F"):
        if category in ("Ps", "Pi"):
            return "O"
        if category in ("Pe", "Pf", "Po"):
            return "C"
        return "I"
    return "W"


def may_start_a_line(character: str) -> bool:
    """Whether a line may begin with it where there is a choice."""
    return _kind(character) not in "CcMSG"


def may_end_a_line(character: str) -> bool:
    """Whether a line may end with it where there is a choice."""
    return _kind(character) not in "OoSG"


def _kept_whole(text: str) -> set[int]:
    """Positions before which a plate or a measure forbids a break."""
    kept: set[int] = set()
    for pattern in (_PLATE, _MEASURE, _COUNT):
        for found in pattern.finditer(text):
            kept.update(range(found.start() + 1, found.end()))
    return kept


def pieces(text: str) -> list[tuple[int, int, int]]:
    """The pieces of one paragraph that stay whole, as (start, end, end with the spaces after it).

    Spaces belong to the piece before them and are dropped where the line ends there; those at the very beginning form a piece.
    """
    kinds = [_kind(character) for character in text]
    kept = _kept_whole(text)
    found: list[tuple[int, int, int]] = []
    start, end = 0, 0
    last = ""
    for position, kind in enumerate(kinds):
        if kind == "S":
            continue
        if last:
            spaced = end < position
            if spaced:
                whole = kind in "CcMG" or last in "OoG" or position in kept
            elif kind in "CcMG" or last in "OoG" or position in kept:
                whole = True
            else:
                whole = last in "WcM" and kind in "Wo"
                if whole and last == "M":
                    whole = _base_kind(kinds, position - 1) in "Wc"
                if not whole and last == "C" and kind == "W":
                    whole = text[position - 1] in "·–—‧" and position >= 2 and kinds[position - 2] == "W"
            if not whole:
                found.append((start, end, position))
                start = position
        elif position:
            found.append((0, 0, position))
            start = position
        end = position + 1
        last = kind
    if last:
        found.append((start, end, len(text)))
    elif text:
        found.append((0, 0, len(text)))
    return found


def _base_kind(kinds: Sequence[str], position: int) -> str:
    while position > 0 and kinds[position] == "M":
        position -= 1
    return kinds[position]


def emergency_end(text: str, start: int, end: int, fits: int) -> int:
    """Where to cut text[start:end], of which the characters before `fits` go on the line: at least one character on.

    Marks stay with their base. If it can be had, the rest begins with no closer and the line ends with no opener.
    """
    most = max(start + 1, min(fits, end))
    cut = most
    while cut > start + 1 and cut < end and not (may_start_a_line(text[cut]) and may_end_a_line(text[cut - 1])):
        cut -= 1
    if cut > start + 1 or (cut < end and may_start_a_line(text[cut]) and may_end_a_line(text[start])):
        return cut
    while most > start + 1 and most < end and _kind(text[most]) == "M":
        most -= 1
    while most < end and _kind(text[most]) == "M":
        most += 1
    return most
