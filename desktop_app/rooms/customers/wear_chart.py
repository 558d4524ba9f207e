"""A point's wear as a small chart: measured values over km, the limit, and where the line will meet it; with a table of the same."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from db.rules.wear import WearOver
from desktop_app.i18n import tr
from desktop_app.i18n.formats import decimal, formats
from desktop_app.i18n.live import follow_language
from desktop_app.rooms.customers.lines import Line, Part
from desktop_app.rooms.customers.words import PLACES, UNITS, named
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.painting import CENTRE, LEFT, RIGHT, box, cross, focus_ring, open_painter, text, width_of

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtGui import QPainter, QPaintEvent

    from db.queries.wear_lines import WearLine
    from db.rules.wear import WearReading

_HEIGHT = 128
_LEAST_DRAWN = 4


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where km (or days) and values lie in the plot."""

    plot: QRectF
    first: float
    last: float
    low: float
    high: float

    def x(self, step: float) -> float:
        return self.plot.left() + (step - self.first) / max(1.0, self.last - self.first) * self.plot.width()

    def y(self, value: float) -> float:
        return self.plot.bottom() - (value - self.low) / max(1.0, self.high - self.low) * self.plot.height()


def _unit(line: WearLine) -> str:
    return UNITS.get(line.unit, "")


def _recent(line: WearLine) -> tuple[WearReading, ...]:
    """The readings that are drawn: those since the part was last renewed, at least the last few."""
    since = line.forecast.readings if line.forecast is not None else ()
    return since if len(since) >= _LEAST_DRAWN else line.readings[-_LEAST_DRAWN:]


def point_words(line: WearLine) -> str:
    """What is measured, and at which wheel."""
    name = named(line.names)
    return f"{name} {tr(PLACES[line.place], 'wheel')}" if line.place in PLACES else name


def forecast_words(line: WearLine, today: dt.date) -> tuple[str, str]:
    """When the limit is met, with a tone."""
    told = line.forecast
    if told is None:
        return tr("no wear to be seen"), "text3"
    if told.reached or (told.limit_on is not None and told.limit_on <= today):
        day = "" if told.reached or told.limit_on is None else formats().day(told.limit_on)
        return (tr("at its limit") if not day else tr("worked out: at its limit since {day}", day=day)), "bad"
    if told.limit_on is None:
        return tr("limit at {distance}", distance=formats().km(told.limit_kilometres or 0)), "text2"
    return tr("worked out: limit {month}", month=f"{told.limit_on:%Y-%m}"), "ok" if (told.limit_on - today).days > 90 else "warn"


def sureness_words(lines: tuple[WearLine, ...]) -> str:
    """How many readings there are, and how far the farthest lies off the line."""
    told = next((line for line in lines if line.forecast is not None), None)
    if told is None or told.forecast is None:
        return ""
    spread = f"{decimal(told.forecast.spread, 1000)} {_unit(told)}".strip()
    return tr("{count} readings · off by ±{spread}", count=len(told.forecast.readings), spread=spread)


def table_lines(lines: tuple[WearLine, ...], today: dt.date) -> list[Line]:
    """The same in rows: each reading, then the limit."""
    rows = []
    for line in lines:
        words, tone = forecast_words(line, today)
        rows.append(Line((Part(point_words(line), bold=True),), (Part(words, tone, size="small"),), ("wear", line.point_code)))
        for reading in line.readings:
            value = f"{decimal(reading.value, 1000)} {_unit(line)}".strip()
            rows.append(Line((Part(formats().day(reading.on), "text2", width=96), Part(formats().km(reading.kilometres), "text2")), (Part(value),)))
        rows.append(Line((Part(tr("limit"), "text3", width=96),), (Part(f"{decimal(line.limit, 1000)} {_unit(line)}".strip(), "bad"),)))
    return rows


class WearChart(QWidget):
    """One point's chart. Over km, or over days where the car stands still."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: WearLine | None = None
        self._today: dt.date | None = None
        self._now_km: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self._take_theme)
        follow_language(self._on_language)

    def show_line(self, line: WearLine | None, today: dt.date, now_km: int | None) -> None:
        """Show a point's readings; `now_km` is what the odometer should show today."""
        self._line, self._today, self._now_km = line, today, now_km
        self.setVisible(line is not None)
        self._name()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(220, _HEIGHT + 2 * current().metrics("small").height() - 32)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        line, today = self._line, self._today
        if line is None or today is None:
            return
        painter = open_painter(self)
        theme = current()
        small = theme.metrics("small").height()
        head = QRectF(2, 1, self.width() - 4, small + 2)
        words, tone = forecast_words(line, today)
        room = width_of(words, "small", True)
        text(painter, head, words, "small", theme.colour(tone), bold=True, align=RIGHT)
        name, unit = point_words(line), _unit(line)
        left = head.adjusted(0, 0, -room - 10, 0)
        text(painter, left, name, "small", theme.colour("text"), bold=True, align=LEFT)
        used = width_of(name, "small", True)
        if unit and used + 12 + width_of(unit, "small") < left.width():
            text(painter, left.adjusted(used + 6, 0, 0, 0), unit, "small", theme.colour("text2"))
        micro = theme.metrics("micro").height()
        scale = self._scale(line, QRectF(8, small + micro + 6, self.width() - 16, self.height() - small - 2 * micro - 12))
        self._draw_zones(painter, line, scale)
        self._draw_now(painter, line, scale)
        self._draw_readings(painter, line, scale)
        self._draw_axis(painter, line, scale)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), theme.radius("s"))

    def _steps(self, line: WearLine) -> list[float]:
        if self._over_days(line):
            return [float((reading.on - _recent(line)[0].on).days) for reading in _recent(line)]
        return [float(reading.kilometres) for reading in _recent(line)]

    def _over_days(self, line: WearLine) -> bool:
        return line.forecast is not None and line.forecast.over is WearOver.DAYS

    def _meeting(self, line: WearLine) -> float | None:
        """Where the line meets the limit, in km or days."""
        told = line.forecast
        if told is None:
            return None
        if told.over is WearOver.KILOMETRES:
            return float(told.limit_kilometres) if told.limit_kilometres is not None else None
        return float((told.limit_on - _recent(line)[0].on).days) if told.limit_on is not None else None

    def _now(self, line: WearLine) -> float | None:
        if self._over_days(line) and self._today is not None:
            return float((self._today - _recent(line)[0].on).days)
        return float(self._now_km) if self._now_km is not None else None

    def _scale(self, line: WearLine, plot: QRectF) -> _Scale:
        steps = self._steps(line)
        span = max(1.0, steps[-1] - steps[0])
        ends = [steps[-1]]
        for end in (self._meeting(line), self._now(line)):
            if end is not None and end <= steps[-1] + 2.5 * span:
                ends.append(end)
        values = [reading.value for reading in _recent(line)]
        low, high = min(*values, line.limit), max(*values, line.limit)
        margin = max(1.0, (high - low) * 0.22)
        return _Scale(plot, steps[0] - span * 0.06, max(ends) + span * 0.08, low - margin, high + margin * 0.6)

    def _draw_zones(self, painter: QPainter, line: WearLine, scale: _Scale) -> None:
        theme = current()
        plot = scale.plot
        limit = scale.y(line.limit)
        beyond = (
            QRectF(plot.left(), limit, plot.width(), plot.bottom() - limit)
            if line.higher_is_better
            else QRectF(plot.left(), plot.top(), plot.width(), limit - plot.top())
        )
        painter.fillRect(beyond, theme.sem("bad").tint)
        if line.watch_limit is not None:
            watch = min(max(scale.y(line.watch_limit), plot.top()), plot.bottom())
            painter.fillRect(QRectF(plot.left(), min(watch, limit), plot.width(), abs(limit - watch)), theme.sem("warn").tint)
        painter.setPen(QPen(theme.sem("bad").solid, 1))
        painter.drawLine(QPointF(plot.left(), limit), QPointF(plot.right(), limit))
        painter.setPen(QPen(theme.colour("line2"), 1))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        words = tr("limit {value}", value=decimal(line.limit, 1000))
        height = theme.metrics("micro").height()
        top = min(limit + 1, plot.bottom() - height) if line.higher_is_better else max(plot.top(), limit - height - 1)
        text(painter, QRectF(plot.left() + 3, top, plot.width(), height), words, "micro", theme.sem("bad").fg)

    def _draw_now(self, painter: QPainter, line: WearLine, scale: _Scale) -> None:
        now = self._now(line)
        if now is None or not scale.first <= now <= scale.last:
            return
        theme = current()
        pen = QPen(theme.colour("text2"), 1)
        pen.setDashPattern([2, 2])
        painter.setPen(pen)
        x = round(scale.x(now)) + 0.5
        painter.drawLine(QPointF(x, scale.plot.top() - 4), QPointF(x, scale.plot.bottom()))
        words = tr("Today")
        room = width_of(words, "micro") + 2
        left = x + 3 if x + 3 + room < self.width() else x - 3 - room
        text(painter, QRectF(left, scale.plot.top() - 8, room, theme.metrics("micro").height()), words, "micro", theme.colour("text2"), elide=False)

    def _draw_readings(self, painter: QPainter, line: WearLine, scale: _Scale) -> None:
        theme = current()
        points = [QPointF(scale.x(step), scale.y(reading.value)) for step, reading in zip(self._steps(line), _recent(line), strict=True)]
        blue = theme.sem("info").solid
        painter.setPen(QPen(blue, 2))
        for before, after in pairwise(points):
            painter.drawLine(before, after)
        meeting = self._meeting(line)
        if meeting is not None and line.forecast is not None and not line.forecast.reached and meeting <= scale.last:
            end = QPointF(scale.x(meeting), scale.y(line.limit))
            pen = QPen(blue, 2)
            pen.setDashPattern([2, 2])
            painter.setPen(pen)
            painter.drawLine(points[-1], end)
            cross(painter, QRectF(end.x() - 6, end.y() - 6, 12, 12), theme.sem("bad").fg, 2)
        height = theme.metrics("micro").height()
        right = -1.0
        for point, reading in zip(points, _recent(line), strict=True):
            box(painter, QRectF(point.x() - 4, point.y() - 4, 8, 8), 4, theme.colour("surface"), blue, 2)
            words = decimal(reading.value, 1000)
            room = width_of(words, "micro") + 4
            left = point.x() - room / 2
            if left > right:
                text(painter, QRectF(left, point.y() - 6 - height, room, height), words, "micro", theme.colour("text"), align=CENTRE, elide=False)
                right = left + room

    def _draw_axis(self, painter: QPainter, line: WearLine, scale: _Scale) -> None:
        theme = current()
        height = theme.metrics("micro").height()
        top = scale.plot.bottom() + 2
        unit = tr("days") if self._over_days(line) else tr("thousand km")
        unit_room = width_of(unit, "micro") + 2
        text(painter, QRectF(scale.plot.right() - unit_room, top, unit_room, height), unit, "micro", theme.colour("text2"), align=RIGHT, elide=False)
        right, end = -1.0, scale.plot.right() - unit_room - 4
        for step in self._steps(line):
            words = f"{step:.0f}" if self._over_days(line) else f"{step / 1000:.0f}"
            room = width_of(words, "micro") + 6
            left = scale.x(step) - room / 2
            if left > right and left + room < end:
                text(painter, QRectF(left, top, room, height), words, "micro", theme.colour("text2"), align=CENTRE, elide=False)
                right = left + room

    def _name(self) -> None:
        if self._line is None or self._today is None:
            return
        readings = ", ".join(f"{decimal(reading.value, 1000)} {_unit(self._line)}" for reading in self._line.readings)
        self.setAccessibleName(f"{point_words(self._line)}: {readings}; {forecast_words(self._line, self._today)[0]}")

    def _on_language(self, _language: str) -> None:
        self._name()
        self.update()

    def _take_theme(self) -> None:
        self.updateGeometry()
        self.update()
