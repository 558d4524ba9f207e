"""Signatures as a pen leaves them on the counter's screen."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

    from db.demo.ledger import Ledger, Row

_WIDTH, _HEIGHT = 360, 120


class Signatures:
    """A few signatures, drawn once and put under many orders."""

    def __init__(self, ledger: Ledger, draw: random.Random, count: int = 5) -> None:
        self._ledger = ledger
        self._draw = draw
        self._pictures = [_picture(draw) for _ in range(count)]
        self._kept: set[str] = set()

    def keep(self, staff_id: int) -> Row:
        """Put a signature away, in the present request; it belongs to no record yet."""
        content = self._draw.choice(self._pictures)
        digest = hashlib.sha256(content).hexdigest()
        if digest not in self._kept:
            self._kept.add(digest)
            self._ledger.put("attachment_bytes", sha256=digest, content=content)
        return self._ledger.add(
            "attachment", sha256=digest, kind="signature", media_type="image/png", file_name="signature.png", width=_WIDTH, height=_HEIGHT, size=len(content),
            added_at=self._ledger.at, staff_id=staff_id,
        )  # fmt: skip


def _picture(draw: random.Random) -> bytes:
    from PIL import Image, ImageDraw

    image = Image.new("L", (_WIDTH, _HEIGHT), 255)
    pen = ImageDraw.Draw(image)
    left = 24
    for _ in range(draw.randint(2, 3)):
        right = left + draw.randint(70, 110)
        for _ in range(draw.randint(3, 6)):
            points = [(draw.randint(left, right), draw.randint(22, 98)) for _ in range(draw.randint(2, 4))]
            pen.line(points, fill=20, width=4, joint="curve")
        left = right + draw.randint(-6, 8)
    stream = io.BytesIO()
    image.save(stream, "PNG", optimize=True)
    return stream.getvalue()
