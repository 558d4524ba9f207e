"""Han characters for searching: the one form in which variants meet, and how each is read.

Character by character and remembered, so that a million names cost one look-up in the libraries (`opencc`, `pypinyin`, loaded at
the first Han character) for each different character only.
"""

from __future__ import annotations

import os
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

# Characters are read one by one: the library's 47,000 phrases would only take 50 MB and a quarter of a second.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")

_SURNAME_READINGS: Final = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "盖": "ge", "缪": "miao", "朴": "piao", "翟": "zhai", "种": "chong",
    "乜": "nie", "覃": "qin", "召": "shao", "牟": "mu", "谌": "shen", "乐": "yue", "尉": "yu", "薄": "bo", "卜": "bu", "繁": "po", "员": "yun",
    "折": "she", "祭": "zhai", "秘": "bi", "句": "gou", "洗": "xian", "郇": "xun", "隗": "wei", "宓": "fu", "逄": "pang", "都": "du", "重": "chong",
    "行": "xing", "粘": "nian", "阚": "kan", "贠": "yun", "郗": "chi", "黑": "he", "费": "bi", "幺": "yao", "宿": "su", "沈": "shen", "钭": "tou",
    "大": "dai", "么": "yao", "佴": "nai", "妫": "gui", "尹": "yin", "晟": "cheng", "长": "zhang", "柏": "bai", "莘": "shen",
}  # fmt: skip
"""How a character is read as a surname, where the library puts another reading first or a second one is as common."""

_COMPOUND_SURNAMES: Final = {
    "尉迟": ("yu", "chi"), "万俟": ("mo", "qi"), "澹台": ("tan", "tai"), "长孙": ("zhang", "sun"), "单于": ("chan", "yu"),
}  # fmt: skip

_FURTHER_READINGS: Final = {
    "厦": ("xia",), "重": ("chong",), "行": ("hang",), "长": ("chang",), "乐": ("yue",), "晟": ("sheng",), "茜": ("xi",), "朝": ("zhao",),
    "柏": ("bo",), "莘": ("xin",), "蔚": ("yu",), "颉": ("xie",), "藏": ("zang",), "泊": ("po",), "澄": ("deng",), "都": ("du",), "校": ("jiao",),
    "省": ("xing",), "率": ("shuai",), "单": ("shan",), "曾": ("zeng",), "区": ("ou",), "解": ("xie",), "查": ("zha",),
}  # fmt: skip
"""Second readings of characters that stand in given names, places and company names, wherever they stand."""

# Variants that the tables of traditional and simplified characters keep apart, while people write either for the same name.
_SAME_NAME: Final = str.maketrans("锺甯寗靑彊昇呉黒", "钟宁宁青强升吴黑")
_HAN_RANGES: Final = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x323AF), (0x3007, 0x3007))


def is_han(character: str) -> bool:
    """Whether a character is a Han character (after compatibility forms have been resolved)."""
    code = ord(character)
    return any(first <= code <= last for first, last in _HAN_RANGES)


@cache
def _to_simplified() -> Callable[[str], str]:
    import opencc

    converter: Any = opencc.OpenCC("hk2s")
    return lambda text: str(converter.convert(text))


def _simplified(character: str) -> str:
    convert = _to_simplified()
    while (again := convert(character)) != character:
        character = again
    return character.translate(_SAME_NAME)


class _Folding(dict[int, str]):
    """For `str.translate`: letters without case, width and accents, Han characters simplified, everything else a space."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _folded(chr(code))
        return folded


def _folded(character: str) -> str:
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(_simplified(part) if is_han(part) else part if part.isalnum() else " " for part in parts if not unicodedata.category(part).startswith("M"))


FOLDING: Final = _Folding()


def folded(text: str) -> str:
    """A text in one script and case, without spaces: two ways of writing the same words are the same then."""
    return text.translate(FOLDING).replace(" ", "")
"""Give it to `str.translate`: what differs in script, case, width or accents only becomes equal; punctuation becomes spaces."""


class _Readings(dict[str, tuple[str, ...]]):
    """The readings of a folded Han character, without tones, the commonest first; the character itself where none is known."""

    def __missing__(self, character: str) -> tuple[str, ...]:
        from pypinyin import Style, pinyin

        first: str = pinyin(character, style=Style.NORMAL)[0][0]
        found = self[character] = _spelt((first, *_FURTHER_READINGS.get(character, ())))
        return found


def _spelt(readings: tuple[str, ...]) -> tuple[str, ...]:
    """The readings without doubles; ü is typed v on a keyboard and u on paper, so both stand."""
    return tuple(dict.fromkeys(spelling for reading in readings for spelling in (reading, reading.replace("v", "u"))))


READINGS: Final = _Readings()


@cache
def surname_readings(character: str) -> tuple[str, ...]:
    """How a folded Han character may be read at the head of a name, the surname's reading first."""
    known = _SURNAME_READINGS.get(character)
    return _spelt((known, *READINGS[character])) if known else READINGS[character]


def compound_surname(name: str) -> tuple[str, str] | None:
    """The readings of the first two characters of a folded name, where they are a surname of two that reads unlike its parts."""
    return _COMPOUND_SURNAMES.get(name[:2])


class _OnlyReading(dict[str, str]):
    """The reading of a folded Han character that has one only; empty for one that has more, and for what is no Han character."""

    def __missing__(self, character: str) -> str:
        readings = READINGS[character] if is_han(character) else ()
        only = self[character] = readings[0] if len(readings) == 1 else ""
        return only


class _OnlySurnameReading(dict[str, str]):
    """The same at the head of a name, where a compound surname may begin as well."""

    def __missing__(self, character: str) -> str:
        readings = surname_readings(character) if is_han(character) else ()
        begins_compound = any(compound.startswith(character) for compound in _COMPOUND_SURNAMES)
        only = self[character] = readings[0] if len(readings) == 1 and not begins_compound else ""
        return only


ONLY_READING: Final = _OnlyReading()
ONLY_SURNAME_READING: Final = _OnlySurnameReading()
