"""Signs that are painted, not set from a font, so that they look alike on every paper: boxes to tick, verdicts, numbers in circles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.pdfbase.pdfmetrics import getFont

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from desktop_app.printing.text import Style

_BOX = 1.04
_ROOM = 1.12
_DOT_ROOM = 0.36


def sign_width(sign: str) -> float:
    """Room that a sign takes in a line, in parts of the type size."""
    return _DOT_ROOM if sign == "dot" else _ROOM


def draw_sign(canvas: Canvas, sign: str, x: float, base: float, size: float) -> None:
    """Paint `box`, `ticked`, `good`, `watch`, `act` or the `dot` of a plate standing on a line of text of this size."""
    if sign == "dot":
        canvas.setFillGray(0)
        canvas.circle(x + _DOT_ROOM / 2 * size, base + 0.37 * size, 0.1 * size, stroke=0, fill=1)
        return
    side = _BOX * size
    low = base - 0.14 * size
    canvas.saveState()
    canvas.setStrokeGray(0)
    canvas.setLineWidth(0.09 * size)
    canvas.setLineJoin(0)
    if sign in ("box", "ticked"):
        canvas.rect(x, low, side, side, stroke=1, fill=0)
    path = canvas.beginPath()
    if sign in ("ticked", "good"):
        canvas.setLineWidth(0.16 * size)
        path.moveTo(x + 0.16 * side, low + 0.48 * side)
        path.lineTo(x + 0.42 * side, low + 0.20 * side)
        path.lineTo(x + 0.88 * side, low + 0.84 * side)
        canvas.drawPath(path)
    elif sign == "watch":
        canvas.setLineWidth(0.12 * size)
        path.moveTo(x + 0.5 * side, low + 0.90 * side)
        path.lineTo(x + 0.94 * side, low + 0.12 * side)
        path.lineTo(x + 0.06 * side, low + 0.12 * side)
        path.close()
        canvas.drawPath(path)
    elif sign == "act":
        canvas.setLineWidth(0.2 * size)
        path.moveTo(x + 0.16 * side, low + 0.16 * side)
        path.lineTo(x + 0.84 * side, low + 0.84 * side)
        path.moveTo(x + 0.84 * side, low + 0.16 * side)
        path.lineTo(x + 0.16 * side, low + 0.84 * side)
        canvas.drawPath(path)
    canvas.restoreState()


def draw_number(canvas: Canvas, number: int, style: Style, x: float, y: float, radius: float) -> None:
    """Paint a number in a white circle around (x, y); the digits shrink to fit."""
    text = str(number)
    runs = style.strong.runs(text)
    units = sum(run.width for run in runs)
    size = min(1.3 * radius, 1.55 * radius * 1000 / units)
    canvas.saveState()
    canvas.setStrokeGray(0)
    canvas.setFillGray(1)
    canvas.setLineWidth(0.14 * radius)
    canvas.circle(x, y, radius, stroke=1, fill=1)
    canvas.setFillGray(0)
    height = getFont(runs[0].font).face.capHeight * size / 1000
    words = canvas.beginText(x - units * size / 2000, y - height / 2)
    for run in runs:
        words.setFont(run.font, size)
        words.textOut(run.text)
    canvas.drawText(words)
    canvas.restoreState()
