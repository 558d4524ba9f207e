"""Text in which what was searched for is marked."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt

from desktop_app.theme.theme import current
from desktop_app.widgets.painting import box, text, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor, QPainter


@lru_cache(maxsize=4096)
def found_in(words: str, searched: str) -> tuple[tuple[int, int], ...]:
    """Where each word of a search occurs as it was typed, as (start, length), without regard to case and width."""
    if not searched.strip():
        return ()
    # Character by character, so that folding can't shift the positions.
    folded = "".join((unicodedata.normalize("NFKC", character).lower() or character)[:1] for character in words)
    found: list[tuple[int, int]] = []
    for part in unicodedata.normalize("NFKC", searched).lower().split():
        start = folded.find(part)
        if start >= 0 and not any(start < end_of(mark) and mark[0] < start + len(part) for mark in found):
            found.append((start, len(part)))
    return tuple(sorted(found))


def end_of(mark: tuple[int, int]) -> int:
    """The position after a mark."""
    return mark[0] + mark[1]


def draw_highlighted(
    painter: QPainter, rect: QRectF, words: str, size: str, colour: QColor, *, bold: bool = False, searched: str = "",
    marked: Sequence[tuple[int, int]] = (), on_select: bool = False,
) -> float:  # fmt: skip
    """Draw one line, elided, with what was searched for in bold accent on its tint; returns the width used."""
    marks = tuple(marked) or found_in(words, searched)
    if not marks:
        text(painter, rect, words, size, colour, bold=bold)
        return min(float(width_of(words, size, bold)), rect.width())
    theme = current()
    x, position = rect.x(), 0
    for start, length in (*marks, (len(words), 0)):
        for part, hit in ((words[position:start], False), (words[start : start + length], True)):
            room = rect.right() - x
            if not part or room < 8:
                continue
            strong = bold or hit
            width = min(float(width_of(part, size, strong)), room)
            place = QRectF(x, rect.y(), width + 1, rect.height())
            if hit:
                height = theme.metrics(size, True).height()
                box(painter, QRectF(x, rect.center().y() - height / 2, width, height), 3, theme.colour("surface" if on_select else "accent_tint"))
            shown = theme.metrics(size, strong).elidedText(part, Qt.TextElideMode.ElideRight, int(room) + 1)
            text(painter, place, shown, size, theme.colour("accent") if hit else colour, bold=strong, elide=False)
            x += width
        position = start + length
    return x - rect.x()
