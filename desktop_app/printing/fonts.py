"""The bundled faces on paper: which of them a document is set in, and which one each character comes from.

A document's text is set in the face of its language; what that face lacks comes from the other (Noto Sans TC lacks some 4,900
mainland characters, Noto Sans SC draws the rest in mainland shapes), and what both lack is printed as 〓, so that it is seen to be
missing.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from desktop_app.resource import resource

if TYPE_CHECKING:
    from reportlab.pdfbase.pdfdoc import PDFDocument

_FILES = {
    ("TC", False): "fonts/NotoSansTC_400Regular.ttf",
    ("TC", True): "fonts/NotoSansTC_700Bold.ttf",
    ("SC", False): "fonts/NotoSansSC_400Regular.ttf",
    ("SC", True): "fonts/NotoSansSC_700Bold.ttf",
}
_ORDER = {"zh_TW": ("TC", "SC"), "en": ("TC", "SC"), "zh_CN": ("SC", "TC")}

MISSING = "〓"
ASCENT = 0.88
DESCENT = 0.12
"""Parts of the type size above and below the base line, the same in all four files."""

_loading = Lock()


class _PaperFont(TTFont):  # type: ignore[misc]
    """A bundled face whose text can be copied out of the paper whole.

    reportlab writes characters beyond U+FFFF into the table for copying as five digits, which readers refuse; they belong there as
    UTF-16 pairs.
    """

    def addObjects(self, doc: PDFDocument) -> None:
        subsets = [list(subset) for subset in self.state[doc].subsets]
        names = [self.getSubsetInternalName(number, doc)[1:] for number in range(len(subsets))]
        super().addObjects(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        for name, subset in zip(names, subsets, strict=True):
            if any(code > 0xFFFF for code in subset):
                stream = doc.idToObject[fonts[name].ToUnicode.name]
                for code in subset:
                    if code > 0xFFFF:
                        stream.content = stream.content.replace(f"<{code:04X}>", f"<{chr(code).encode('utf-16-be').hex().upper()}>")


@cache
def _face(script: str, bold: bool) -> TTFont:
    path = resource(_FILES[script, bold])
    font = _PaperFont(path.stem, str(path), asciiReadable=True)
    pdfmetrics.registerFont(font)
    return font


def _loaded(script: str, bold: bool) -> TTFont:
    with _loading:
        return _face(script, bold)


class Run(NamedTuple):
    """Neighbouring characters of one face; `width` in thousandths of the type size."""

    font: str
    text: str
    width: int


class Typeface:
    """One weight of the type that a language's papers are set in."""

    def __init__(self, language: str, bold: bool) -> None:
        self._scripts = _ORDER[language]
        self._bold = bold
        self._places: dict[str, Run] = {}
        self.runs = lru_cache(maxsize=4096)(self._runs)
        self.width = lru_cache(maxsize=4096)(self._width)

    def place(self, character: str) -> Run:
        """The face, the character to draw and its width for one character; nothing for a mark that no face has."""
        found = self._places.get(character)
        if found is None:
            found = self._places[character] = self._find(character)
        return found

    def _find(self, character: str) -> Run:
        code = ord(character)
        if code == 0xA0:
            return self.place(" ")._replace(text="\xa0")
        for script in self._scripts:
            font = _loaded(script, self._bold)
            if code in font.face.charToGlyph:
                return Run(font.fontName, character, int(font.face.charWidths[code]))
        if unicodedata.category(character) in ("Mn", "Me"):
            return Run("", "", 0)
        return self.place(MISSING)

    def has(self, character: str) -> bool:
        """Whether either face draws the character."""
        return character == MISSING or self.place(character).text != MISSING

    def _runs(self, text: str) -> tuple[Run, ...]:
        """The text as runs of one face each, in order."""
        runs: list[Run] = []
        font, characters, width = "", "", 0
        for character in text:
            place = self.place(character)
            if not place.text:
                continue
            if place.font != font and characters:
                runs.append(Run(font, characters, width))
                characters, width = "", 0
            font = place.font
            characters += place.text
            width += place.width
        if characters:
            runs.append(Run(font, characters, width))
        return tuple(runs)

    def _width(self, text: str) -> int:
        """Width of the text in thousandths of the type size."""
        place = self.place
        return sum(place(character).width for character in text)


@cache
def typeface(language: str, bold: bool = False) -> Typeface:
    """The type of a language's papers, its files read when the first character is asked for."""
    return Typeface(language, bold)


def load(language: str) -> None:
    """Read the files that a paper in this language surely needs; called on a pool thread before the first print."""
    for bold in (False, True):
        typeface(language, bold).place(" ")
