"""The two codes of a paper's head: Code 128 and QR of the shop's code and the order's number."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.lib.units import mm

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

BAR_HEIGHT = 12 * mm
MODULE = 0.3 * mm
"""Width of Code 128's narrowest bar; ten of them stay empty on either side."""
QR_SIDE = 18 * mm
"""Side of the QR code without its quiet zone."""
_QUIET_MODULES = 4


@lru_cache(maxsize=64)
def _bars(value: str) -> tuple[tuple[tuple[int, int], ...], int]:
    """The dark bars as (start, width) in modules, and the width of the whole."""
    code = Code128(value, quiet=0)
    code.validate()
    code.encode()
    bars: list[tuple[int, int]] = []
    reached = 0
    for letter in code.decompose():
        width = ord(letter.lower()) - ord("a") + 1
        if letter.isupper():
            bars.append((reached, width))
        reached += width
    return tuple(bars), reached


def bar_code_width(value: str) -> float:
    """Width in points of the Code 128 of a text, without its quiet zones."""
    return float(_bars(value)[1] * MODULE)


def draw_bar_code(canvas: Canvas, value: str, x: float, y: float) -> None:
    """Draw the Code 128 of a text with its lower left corner at (x, y)."""
    path = canvas.beginPath()
    for start, width in _bars(value)[0]:
        path.rect(x + start * MODULE, y, width * MODULE, BAR_HEIGHT)
    canvas.setFillGray(0)
    canvas.drawPath(path, stroke=0, fill=1)


@lru_cache(maxsize=64)
def _squares(value: str) -> tuple[tuple[tuple[int, int, int], ...], int]:
    """The dark squares as (row, first column, how many) and the modules of a side."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(value)
    code.make()
    side = code.getModuleCount()
    found: list[tuple[int, int, int]] = []
    for row in range(side):
        column = 0
        while column < side:
            first = column
            while column < side and code.modules[row][column]:
                column += 1
            if column > first:
                found.append((row, first, column - first))
            column += 1
    return tuple(found), side


def qr_quiet_zone(value: str) -> float:
    """Points that must stay empty around the QR code."""
    return float(_QUIET_MODULES * QR_SIDE / _squares(value)[1])


def draw_qr(canvas: Canvas, value: str, x: float, y: float) -> None:
    """Draw the QR code (level M) of a text with its lower left corner at (x, y)."""
    squares, side = _squares(value)
    module = QR_SIDE / side
    path = canvas.beginPath()
    for row, column, count in squares:
        path.rect(x + column * module, y + QR_SIDE - (row + 1) * module, count * module, module)
    canvas.setFillGray(0)
    canvas.drawPath(path, stroke=0, fill=1)
