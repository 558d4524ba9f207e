"""A measured value against its limits: a track of red, amber and green with a needle, labelled so that it needs no colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.i18n import tr
from desktop_app.i18n.formats import decimal
from desktop_app.i18n.live import follow_language
from desktop_app.i18n.state_words import state_word
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.painting import CENTRE, LEFT, RIGHT, cross, open_painter, text, tick, triangle, width_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_TRACK = 14


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds in thousandths of the unit. `replace` and `watch` lie apart in the direction of wear.

    `less_is_worse`: at `replace` and below it's red, up to `watch` amber, above green; otherwise the other way round.
    `lowest` and `highest` are the ends of the track.
    """

    replace: int
    watch: int
    less_is_worse: bool
    lowest: int
    highest: int
    unit: str = ""


class LimitGauge(QWidget):
    """Value above its needle, limits below the track; without a value the track alone. `set_value` in thousandths."""

    def __init__(self, limits: Limits, value: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limits, self._value = limits, value
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self._take_theme)
        follow_language(self._on_language)

    def set_value(self, value: int | None) -> None:
        """Move the needle."""
        self._value = value
        self._name()
        self.update()

    def set_limits(self, limits: Limits) -> None:
        """Measure against other limits."""
        self._limits = limits
        self._name()
        self.update()

    @property
    def verdict(self) -> str:
        """ok, watch or replace, by these limits; not_checked without a value."""
        if self._value is None:
            return "not_checked"
        value, limits = (self._value, self._limits) if self._limits.less_is_worse else (-self._value, self._limits)
        sign = 1 if limits.less_is_worse else -1
        return "replace" if value <= sign * limits.replace else "watch" if value <= sign * limits.watch else "ok"

    def sizeHint(self) -> QSize:
        theme = current()
        return QSize(220, theme.metrics("table", True).height() + _TRACK + theme.metrics("small").height() + 12)

    def minimumSizeHint(self) -> QSize:
        return QSize(140, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        above = theme.metrics("table", True).height() + 4
        track = QRectF(1, above, self.width() - 2, _TRACK)
        self._zones(painter, track)
        below = QRectF(0, track.bottom() + 4, self.width(), theme.metrics("small").height())
        for bound in (self._limits.replace, self._limits.watch):
            words = self._written(bound)
            width = width_of(words, "small", True)
            x = min(max(0.0, self._x(bound, track) - width / 2), self.width() - width)
            text(painter, QRectF(x, below.y(), width + 1, below.height()), words, "small", theme.colour("text"), bold=True, align=CENTRE, elide=False)
        self._ends(painter, below)
        if self._value is not None:
            x = self._x(self._value, track)
            painter.fillRect(QRectF(x - 1.5, track.y() - 3, 3, _TRACK + 6), theme.colour("text"))
            words = f"{self._written(self._value)} {self._limits.unit}".strip()
            width = width_of(words, "table", True)
            left = min(max(0.0, x - width / 2), self.width() - width)
            tone = {"ok": "ok", "watch": "warn", "replace": "bad"}[self.verdict]
            text(painter, QRectF(left, 0, width + 1, above - 4), words, "table", theme.colour(tone), bold=True, align=CENTRE, elide=False)

    def _zones(self, painter: QPainter, track: QRectF) -> None:
        theme = current()
        path = QPainterPath()
        path.addRoundedRect(track, 4, 4)
        painter.save()
        painter.setClipPath(path)
        near, far = sorted((self._x(self._limits.replace, track), self._x(self._limits.watch, track)))
        order = ("bad", "warn", "ok") if self._limits.less_is_worse else ("ok", "warn", "bad")
        edges = (track.left(), near, far, track.right())
        for family, left, right in zip(order, edges, edges[1:], strict=False):
            painter.fillRect(QRectF(left, track.y(), right - left, track.height()), theme.sem(family).solid)
            self._mark(painter, family, QRectF((left + right) / 2 - 5, track.y() + 2, 10, 10), right - left, theme.sem(family).on_solid)
        painter.restore()

    def _mark(self, painter: QPainter, family: str, rect: QRectF, room: float, ink: QColor) -> None:
        """The verdict's shape in its zone, so that the zones can be told in black and white."""
        if room >= 18:
            {"bad": cross, "warn": triangle, "ok": tick}[family](painter, rect, ink, 1.5)

    def _ends(self, painter: QPainter, below: QRectF) -> None:
        theme = current()
        first, last = ("replace", "ok") if self._limits.less_is_worse else ("ok", "replace")
        for words, align in ((state_word("verdict", first), LEFT), (state_word("verdict", last), RIGHT)):
            free = self._x(self._limits.replace, below) if align == LEFT else below.right() - self._x(self._limits.watch, below)
            if not self._limits.less_is_worse:
                free = self._x(self._limits.watch, below) if align == LEFT else below.right() - self._x(self._limits.replace, below)
            if free > width_of(words, "small") + 24:
                text(painter, below, words, "small", theme.colour("text3"), align=align)

    def _x(self, value: int, track: QRectF) -> float:
        limits = self._limits
        span = max(1, limits.highest - limits.lowest)
        return track.left() + track.width() * min(1.0, max(0.0, (value - limits.lowest) / span))

    def _written(self, value: int) -> str:
        """With as many decimals as the finest of value and limits has, so that they compare at a glance."""
        shown = [self._limits.replace, self._limits.watch, *([self._value] if self._value is not None else [])]
        decimals = max(len(decimal(number, 1000).partition(".")[2]) for number in shown)
        whole, _point, rest = decimal(value, 1000).partition(".")
        return f"{whole}.{rest.ljust(decimals, '0')}" if decimals else whole

    def _name(self) -> None:
        value = f"{self._written(self._value)} {self._limits.unit}".strip() if self._value is not None else ""
        limit = tr("limit {value}", value=self._written(self._limits.replace))
        self.setAccessibleName(", ".join(part for part in (value, limit, state_word("verdict", self.verdict)) if part))

    def _on_language(self, _language: str) -> None:
        self._name()
        self.update()

    def _take_theme(self) -> None:
        self._name()
        self.updateGeometry()
        self.update()
