"""The steps of a work order in one line: done, where it stands, and what is ahead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.theme.icons import draw_icon
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.painting import CENTRE, box, open_painter, text, tick, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter, QPaintEvent

DONE, NOW, AHEAD = "done", "now", "ahead"
_DISC = 24


@dataclass(frozen=True, slots=True)
class Step:
    """A step in words already translated ("接車 13:02"), done, now or ahead; `icon` shows in the disc of the present one."""

    words: str
    state: str
    icon: str = ""


class Stepper(QWidget):
    """Discs and words joined by lines over the whole width; in little room only the present step keeps its words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: list[Step] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self._take_theme)

    def set_steps(self, steps: Sequence[Step]) -> None:
        """Show these steps."""
        self._steps = list(steps)
        now = next((place for place, step in enumerate(self._steps, 1) if step.state == NOW), 0)
        self.setAccessibleName(", ".join(f"{'✓ ' if step.state == DONE else '→ ' if step.state == NOW else ''}{step.words}" for step in self._steps))
        self.setAccessibleDescription(f"{now}/{len(self._steps)}" if now else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, max(32, current().metrics("body").height() + 8))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._steps:
            return
        theme = current()
        painter = open_painter(self)
        middle = self.height() / 2
        widths = self._widths()
        gaps = max(1, len(self._steps) - 1)
        between = max(12.0, (self.width() - sum(widths)) / gaps)
        x = 0.0
        for place, (step, width) in enumerate(zip(self._steps, widths, strict=True)):
            self._disc(painter, QRectF(x, middle - _DISC / 2, _DISC, _DISC), step, place + 1)
            words = width - _DISC - 8
            if words > 0:
                tone = theme.colour("text" if step.state == NOW else "text2" if step.state == DONE else "text3")
                text(painter, QRectF(x + _DISC + 8, 0, words + 1, self.height()), step.words, "body", tone, bold=step.state == NOW)
            x += width
            if place < gaps and between > 20:
                painter.setPen(QPen(theme.sem("ok").solid if step.state == DONE else theme.colour("line"), 2))
                painter.drawLine(QPointF(x + 10, middle), QPointF(x + between - 10, middle))
            x += between

    def _disc(self, painter: QPainter, rect: QRectF, step: Step, number: int) -> None:
        theme = current()
        if step.state == DONE:
            family = theme.sem("ok")
            box(painter, rect, _DISC / 2, family.tint, family.solid)
            tick(painter, rect.adjusted(5, 5, -5, -5), family.fg)
        elif step.state == NOW:
            box(painter, rect, _DISC / 2, theme.colour("accent"))
            if step.icon:
                draw_icon(painter, step.icon, "on_accent", rect.x() + 5, rect.y() + 5, 14)
            else:
                text(painter, rect, str(number), "small", theme.colour("on_accent"), bold=True, align=CENTRE, elide=False)
        else:
            box(painter, rect, _DISC / 2, None, theme.colour("line2"))
            text(painter, rect, str(number), "small", theme.colour("text3"), align=CENTRE, elide=False)

    def _widths(self) -> list[int]:
        full = [_DISC + 8 + width_of(step.words, "body", step.state == NOW) for step in self._steps]
        if sum(full) + 12 * len(full) <= self.width():
            return full
        return [width if step.state == NOW else _DISC for width, step in zip(full, self._steps, strict=True)]

    def _take_theme(self) -> None:
        self.updateGeometry()
        self.update()
