"""The frame in which people sign: each party's signature, name and time, with the drawn signature where there is one."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from PIL import Image
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader

from desktop_app.printing.blocks import Block, Framed, Painted, SideBySide, Stack, Text
from desktop_app.printing.text import Style, draw_lines, set_lines, shortened

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from reportlab.pdfgen.canvas import Canvas

    from desktop_app.printing.wording import Wording

_SIGNATURE_HEIGHT = 15 * mm


@lru_cache(maxsize=8)
def _in_black(signature: bytes) -> Image.Image:
    """The signature as grey on white: a pen's colour is not needed, and what is transparent must not print black."""
    with Image.open(io.BytesIO(signature)) as image:
        drawn = image.convert("RGBA")
    paper = Image.new("RGBA", drawn.size, (255, 255, 255, 255))
    paper.alpha_composite(drawn)
    return paper.convert("L")


@dataclass(frozen=True)
class Party:
    """Who signs: what for, the name, and the drawn signature with its moment where there is one."""

    purpose: str
    name: str
    signature: bytes | None = None
    signed_at: dt.datetime | None = None


def _field(party: Party, say: Wording, style: Style) -> Block:
    note = style.but(size=8, leading=11, grey=0.15)
    signed = say.moment(party.signed_at) if party.signed_at else ""

    def paint(canvas: Canvas, x: float, top: float, width: float) -> None:
        date_width = 30 * mm
        line_width = width - date_width - 4 * mm
        if party.signature is not None:
            image = _in_black(party.signature)
            scale = min(line_width / image.width, (_SIGNATURE_HEIGHT - 2) / image.height)
            canvas.drawImage(ImageReader(image), x, top - _SIGNATURE_HEIGHT + 1, image.width * scale, image.height * scale)
        base = top - _SIGNATURE_HEIGHT
        canvas.setStrokeGray(0)
        canvas.setLineWidth(0.7)
        date_left = x + line_width + 4 * mm
        canvas.line(x, base, x + line_width, base)
        canvas.line(date_left, base, x + width, base)
        if signed:
            draw_lines(canvas, set_lines(signed, style, date_width), style, date_left, base + style.leading, date_width)
        draw_lines(canvas, shortened(party.name, note, line_width), note, x, base - 3, line_width)
        draw_lines(canvas, set_lines(say("Date and time"), note, date_width), note, date_left, base - 3, date_width)

    return Framed(Stack([Text(party.purpose, style.but(bold=True)), Painted(_SIGNATURE_HEIGHT + 3 + note.leading, paint)]), line=1.0)


def signatures(parties: Sequence[Party], say: Wording, style: Style, space_before: float = 8.0) -> Block:
    """A framed field beside another for each party: what the signature means, a line for it and one for the time."""
    return SideBySide([(None, _field(party, say, style)) for party in parties], gap=4 * mm, space_before=space_before)
