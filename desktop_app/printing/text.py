"""Words set in lines: cleaned of what would break a page, wrapped, and drawn in the faces that have their characters.

Words from people are never markup here: there is no markup. What is bold, grey or larger is a `Span` of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from bidi.algorithm import get_display

from desktop_app.printing.fonts import ASCENT, DESCENT, MISSING, Run, Typeface, typeface
from desktop_app.printing.line_breaks import SIGN, emergency_end, pieces
from desktop_app.printing.signs import draw_sign, sign_width

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_FLAGS = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_EMOJI_TAIL = re.compile("[\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]+|\u200d(?=[^\\w\\s])")
_JOINED = re.compile("\u200d[\u2190-\u2bff\U0001f000-\U0001faff]")
_MARKS_KEPT = 2


@lru_cache(maxsize=4096)
def printable(words: str) -> str:
    """The words without what a page can't show: control characters, invisible signs, the tails of emoji, piled-up marks.

    Line ends become `\\n`, tabs spaces; letters with marks are composed where Unicode has them composed.
    """
    if words.isascii() and words.isprintable():
        return words
    words = _LINE_ENDS.sub("\n", words).replace("\t", " ")
    words = _EMOJI_TAIL.sub("", _JOINED.sub("", _FLAGS.sub("\U0001f3f3", words)))
    if any(unicodedata.combining(character) for character in words):
        words = unicodedata.normalize("NFC", words)
    kept: list[str] = []
    marks = 0
    for character in words:
        category = unicodedata.category(character)
        if category in ("Mn", "Me"):
            marks += 1
            if marks > _MARKS_KEPT or not kept:
                continue
        else:
            marks = 0
        if character == SIGN or (category in ("Cc", "Cf") and character != "\n"):
            continue
        if category == "Cn":
            # Without a direction of its own, too: the ordering of right-to-left text can't place it.
            character = MISSING
        kept.append(" " if category == "Zs" and character not in "\xa0\u3000" else character)
    return "".join(kept)


@lru_cache(maxsize=4096)
def _runs_right_to_left(text: str) -> bool:
    return not text.isascii() and any(unicodedata.bidirectional(character) in ("R", "AL", "AN") for character in text)


class Span(NamedTuple):
    """Words of one look; `bold`, `size` and `grey` (0 black to 1 white) as the style says where they are None.

    With `sign` it is a painted sign instead of words: `box`, `ticked`, `good`, `watch`, `act` or `dot`.
    """

    text: str
    bold: bool | None = None
    size: float | None = None
    grey: float | None = None
    sign: str = ""


Words = str | Sequence[Span | str]


def with_painted_dots(plate: str) -> list[Span | str]:
    """A plate with its dot as on the metal, not as wide as a character."""
    words: list[Span | str] = []
    for part in plate.split("·"):
        words += [Span("", sign="dot"), part] if words else [part]
    return words


@dataclass(frozen=True)
class Style:
    """How words look: sizes in points."""

    regular: Typeface
    strong: Typeface
    size: float = 9.5
    leading: float = 13.5
    bold: bool = False
    grey: float = 0.0
    align: str = "left"

    def face(self, bold: bool) -> Typeface:
        return self.strong if bold else self.regular

    def but(self, **changes: object) -> Style:
        """The same with something different."""
        return replace(self, **changes)  # type: ignore[arg-type]


@cache
def body_style(language: str) -> Style:
    """The running text of a language's papers; the others are made from it with `but`."""
    return Style(typeface(language), typeface(language, bold=True))


class Piece(NamedTuple):
    """A part of a line that is drawn in one go, from `x` on."""

    x: float
    runs: tuple[Run, ...]
    size: float
    grey: float
    sign: str


class Line(NamedTuple):
    """One line of set words, `width` in points."""

    width: float
    pieces: tuple[Piece, ...]


class _Look(NamedTuple):
    face: Typeface
    size: float
    grey: float
    sign: str


def _spans(words: Words, style: Style) -> list[tuple[str, _Look]]:
    if isinstance(words, str):
        return [(printable(words), _Look(style.face(style.bold), style.size, style.grey, ""))]
    found: list[tuple[str, _Look]] = []
    for item in words:
        span = Span(item) if isinstance(item, str) else item
        look = _Look(
            style.face(style.bold if span.bold is None else span.bold),
            style.size if span.size is None else span.size,
            style.grey if span.grey is None else span.grey,
            span.sign,
        )
        found.append((SIGN if span.sign else printable(span.text), look))
    return found


def _paragraphs(spans: list[tuple[str, _Look]]) -> list[list[tuple[str, _Look]]]:
    paragraphs: list[list[tuple[str, _Look]]] = [[]]
    for text, look in spans:
        first, *others = text.split("\n")
        if first:
            paragraphs[-1].append((first, look))
        for other in others:
            paragraphs.append([(other, look)] if other else [])
    return paragraphs


def _width(text: str, look: _Look) -> float:
    return sign_width(look.sign) * look.size if look.sign else look.face.width(text) * look.size / 1000


def _line(spans: list[tuple[str, _Look]]) -> Line:
    found: list[Piece] = []
    x = 0.0
    for text, look in spans:
        if look.sign:
            found.append(Piece(x, (), look.size, look.grey, look.sign))
        else:
            shown = get_display(text) if _runs_right_to_left(text) else text
            runs = look.face.runs(shown)
            found.append(Piece(x, runs, look.size, look.grey, ""))
        x += _width(text, look)
    return Line(x, tuple(found))


def _cut(spans: list[tuple[str, _Look]], start: int, end: int) -> list[tuple[str, _Look]]:
    found: list[tuple[str, _Look]] = []
    position = 0
    for text, look in spans:
        part = text[max(0, start - position) : max(0, end - position)]
        if part:
            found.append((part, look))
        position += len(text)
    return found


def _wrap(spans: list[tuple[str, _Look]], width: float) -> list[Line]:
    """Lines of one paragraph, each at most `width` points wide unless a single character is wider."""
    if sum(_width(text, look) for text, look in spans) <= width:
        return [_line(spans)]
    text = "".join(part for part, _ in spans)
    reached = [0.0]
    for part, look in spans:
        for character in part:
            reached.append(reached[-1] + (sign_width(look.sign) * 1000 if look.sign else look.face.place(character).width) * look.size / 1000)
    room = width + 0.001
    lines: list[Line] = []
    start = end = 0
    for _, whole_end, spaced_end in pieces(text):
        if reached[whole_end] - reached[start] > room and end > start:
            lines.append(_line(_cut(spans, start, len(text[:end].rstrip(" \u3000")))))
            start = end
        while reached[whole_end] - reached[start] > room:
            fits = start + 1
            while fits < whole_end and reached[fits + 1] - reached[start] <= room:
                fits += 1
            cut = emergency_end(text, start, whole_end, fits)
            if cut >= whole_end:
                break
            lines.append(_line(_cut(spans, start, len(text[:cut].rstrip(" ")) or cut)))
            start = cut + len(text[cut:whole_end]) - len(text[cut:whole_end].lstrip(" "))
        end = spaced_end
    shown_end = len(text.rstrip(" \u3000"))
    if shown_end > start or not lines:
        lines.append(_line(_cut(spans, start, max(shown_end, start))))
    return lines


def set_lines(words: Words, style: Style, width: float) -> list[Line]:
    """The words in lines of at most `width` points; an empty text has one empty line."""
    lines: list[Line] = []
    for paragraph in _paragraphs(_spans(words, style)):
        lines.extend(_wrap(paragraph, width) if paragraph else [Line(0.0, ())])
    return lines


def shortened(text: Words, style: Style, width: float, most: int = 1) -> list[Line]:
    """At most `most` lines of the text; what is left over is replaced by … at the end of the last."""
    lines = set_lines(text, style, width)
    if len(lines) <= most:
        return lines
    text = "".join(part for part, _ in _spans(text, style)).replace("\n", " ")
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if len(set_lines(text[:middle].rstrip() + "…", style, width)) <= most:
            low = middle
        else:
            high = middle - 1
    return set_lines(text[:low].rstrip() + "…", style, width)


def natural_width(words: Words, style: Style) -> float:
    """Width in points of the words' longest paragraph on one line."""
    return max(sum(_width(text, look) for text, look in paragraph) for paragraph in _paragraphs(_spans(words, style)))


def draw_line(canvas: Canvas, line: Line, x: float, base: float) -> None:
    """Draw a line from `x` on the base line `base`."""
    for piece in line.pieces:
        if piece.sign:
            draw_sign(canvas, piece.sign, x + piece.x, base, piece.size)
            continue
        words = canvas.beginText(x + piece.x, base)
        words.setFillGray(piece.grey)
        for run in piece.runs:
            words.setFont(run.font, piece.size)
            words.textOut(run.text)
        canvas.drawText(words)


def draw_lines(canvas: Canvas, lines: Sequence[Line], style: Style, x: float, top: float, width: float) -> None:
    """Draw lines below one another from `top` down, aligned in `width` as the style says."""
    base = top - (style.leading - style.size * (ASCENT + DESCENT)) / 2 - style.size * ASCENT
    for line in lines:
        shift = 0.0 if style.align == "left" else (width - line.width) / (1 if style.align == "right" else 2)
        draw_line(canvas, line, x + shift, base)
        base -= style.leading
