"""The walk-around drawing: damage is set on it by keys or by touch, panel by panel."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_app.car_shapes import APART, ROUND, ZONE_WORDS, Drawing, Shape, drawing, spread
from desktop_app.i18n import tr
from desktop_app.i18n.live import follow_language
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.painting import CENTRE, box, open_painter, text, width_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent

_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
_WITHIN_DEGREES = 60
_DISC = 9.0
_DISCS_APART = 2 * _DISC + 2
_GRID = 6.0
_SLIP = 3.0


@dataclass(frozen=True, slots=True)
class CarMark:
    """A mark as it's shown: its number, where it lies, the family it's drawn in, and its words for the ear ("刮痕 12 cm").

    `known` marks stood there before: digits typed at their panel size them only by Enter.
    """

    number: int
    zone: str
    view: str
    x: float
    y: float
    sem: str = "bad"
    words: str = ""
    known: bool = False


@dataclass(frozen=True)
class _Zone:
    shape: Shape
    path: QPainterPath
    above: tuple[QPainterPath, ...]
    """Panels painted over it."""

    @cached_property
    def centre(self) -> QPointF:
        """The middle of its bounds, or the point that is seen nearest to it."""
        middle = self.path.boundingRect().center()
        if self._is_seen(middle):
            return middle
        return min(self._grid(12, 12), key=lambda point: _distance(point, middle), default=middle)

    @cached_property
    def places(self) -> list[QPointF]:
        """Where marks may lie: its centre, then points that are seen, from there outwards."""
        bounds = self.path.boundingRect()
        grid = self._grid(max(12, math.ceil(bounds.width() / _GRID)), max(12, math.ceil(bounds.height() / _GRID)))
        return [self.centre, *sorted(grid, key=lambda point: _distance(point, self.centre))]

    def _grid(self, columns: int, lines: int) -> list[QPointF]:
        bounds = self.path.boundingRect()
        return [
            point
            for column in range(1, columns)
            for line in range(1, lines)
            if self._is_seen(point := QPointF(bounds.x() + bounds.width() * column / columns, bounds.y() + bounds.height() * line / lines))
        ]

    def _is_seen(self, point: QPointF) -> bool:
        return self.path.contains(point) and not any(other.contains(point) for other in self.above)


class CarDrawing(QWidget):
    """Arrows go from panel to panel, Tab the way round the car and then out, Space sets a mark in the panel's middle or, where one lies
    already, beside it, a click where it falls.

    The letters of `set_kinds` choose the kind of damage. Digits give the size of the mark set last, with each digit while the keys are at
    its panel, else by Enter; Del asks for the panel's last mark to go. The drawing changes nothing by itself: it says what a person did,
    and shows the marks it's given.
    """

    marked = Signal(str, str, float, float)
    """Zone, view, and the place on the view (0 to 1)."""
    kind_chosen = Signal(str)
    size_typed = Signal(int)
    """Centimetres, for the mark set last; 0 when they were taken out again."""
    removal_asked = Signal(str, str)
    """Zone and view."""
    current_changed = Signal(str, str)

    def __init__(self, body: str = "sedan", layout: str = "around", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: list[CarMark] = []
        self._kinds: dict[str, str] = {}
        self._typed = ""
        self._current = 0
        self._layout = layout
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_car(body, layout)
        follow(self.update)
        follow_language(self._on_language)

    def set_car(self, body: str, layout: str = "") -> None:
        """Show a sedan or an suv, `around` (three views) or as a `sheet` (five)."""
        self._layout = layout or self._layout
        self._drawing: Drawing = drawing(body, self._layout)
        self._paths = [(shape, _path(shape)) for shape in self._drawing.shapes]
        zones = [(shape, path) for shape, path in self._paths if shape.zone]
        self._zones = [
            _Zone(shape, path, tuple(above for _, above in zones[place + 1 :] if above.boundingRect().intersects(path.boundingRect())))
            for place, (shape, path) in enumerate(zones)
        ]
        self._current = next((place for place, zone in enumerate(self._zones) if (zone.shape.view, zone.shape.zone) == ROUND[0]), 0)
        self._name()
        self.updateGeometry()
        self.update()

    def set_marks(self, marks: Sequence[CarMark]) -> None:
        """Show these marks."""
        self._marks = list(marks)
        self._name()
        self.update()

    def set_kinds(self, kinds: Mapping[str, str]) -> None:
        """Which letter chooses which kind of damage, as {"G": "scratch"}."""
        self._kinds = {letter.upper(): kind for letter, kind in kinds.items()}

    @property
    def current(self) -> tuple[str, str]:
        """Zone and view that the keys are at."""
        shape = self._zones[self._current].shape
        return shape.zone, shape.view

    def go_to(self, zone: str, view: str) -> None:
        """Put the keys at a panel; one that this drawing doesn't show in that view is looked for in another."""
        places = [place for place, held in enumerate(self._zones) if held.shape.zone == zone]
        exact = [place for place in places if self._zones[place].shape.view == view]
        if places:
            self._set_current((exact or places)[0])

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(width * self._drawing.height / self._drawing.width)

    def sizeHint(self) -> QSize:
        return QSize(320, self.heightForWidth(320))

    def minimumSizeHint(self) -> QSize:
        return QSize(180, 150)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            super().keyPressEvent(event)
        elif key in _ARROWS:
            self._typed = ""
            self._step(*_ARROWS[key])
        elif key == Qt.Key.Key_Space:
            self._typed = ""
            self._mark_at(self._current, self._free_place(self._zones[self._current]))
        elif event.text().isdigit() and event.text().isascii() and len(self._typed) < 3:
            self._type(self._typed + event.text())
        elif key == Qt.Key.Key_Backspace and self._typed:
            self._type(self._typed[:-1])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._typed:
            size, self._typed = int(self._typed), ""
            self.size_typed.emit(size)
            self.update()
        elif key == Qt.Key.Key_Delete:
            self.removal_asked.emit(*self.current)
        elif event.text().upper() in self._kinds:
            self.kind_chosen.emit(self._kinds[event.text().upper()])
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        shown = [place for pair in ROUND for place, zone in enumerate(self._zones) if (zone.shape.view, zone.shape.zone) == pair]
        if self._current in shown:
            at = shown.index(self._current) + (1 if forward else -1)
            if 0 <= at < len(shown):
                self._set_current(shown[at])
                return True
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        shown = [place for pair in ROUND for place, zone in enumerate(self._zones) if (zone.shape.view, zone.shape.zone) == pair]
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self._set_current(shown[0])
        elif event.reason() == Qt.FocusReason.BacktabFocusReason:
            self._set_current(shown[-1])
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._typed = ""
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = self._to_drawing(event.position())
        place = self._hit(point)
        if place >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._set_current(place)
            self._mark_at(place, point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._hit(self._to_drawing(event.position())) >= 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self._hit(self._to_drawing(QPointF(event.pos())))
            if place >= 0:
                QToolTip.showText(event.globalPos(), self._zone_words(self._zones[place].shape), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        scale, left, top = self._placing()
        painter.save()
        painter.translate(left, top)
        painter.scale(scale, scale)
        damaged = {(mark.view, mark.zone) for mark in self._marks}
        warn = theme.sem("warn").tint
        for shape, path in self._paths:
            fill = theme.colour(f"car_{shape.fill}") if shape.fill else None
            if (shape.view, shape.zone) in damaged:
                fill = warn
            painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
            pen = QPen(theme.colour(f"car_{shape.stroke}"), shape.width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPath(path)
        if self.hasFocus():
            tint = theme.colour("select")
            painter.setBrush(tint)
            painter.setPen(QPen(theme.colour("focus"), 2.4 / scale, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
            painter.setOpacity(0.55)
            painter.fillPath(self._zones[self._current].path, tint)
            painter.setOpacity(1.0)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(self._zones[self._current].path)
        painter.restore()
        for mark, centre in self.discs():
            self._paint_mark(painter, mark, centre)
        if self._typed:
            self._paint_typed(painter, scale, left, top)

    def discs(self) -> list[tuple[CarMark, QPointF]]:
        """The marks that this drawing shows, each with the middle of its number's disc; none covers another."""
        scale, left, top = self._placing()
        shown = [(mark, self._drawing.views[mark.view].point(mark.x, mark.y)) for mark in self._marks if mark.view in self._drawing.views]
        places = spread([(left + x * scale, top + y * scale) for _mark, (x, y) in shown], _DISCS_APART, self.width(), self.height())
        return [(mark, QPointF(*place)) for (mark, _), place in zip(shown, places, strict=True)]

    def _paint_mark(self, painter: QPainter, mark: CarMark, centre: QPointF) -> None:
        theme = current()
        family = theme.sem(mark.sem)
        disc = QRectF(centre.x() - _DISC, centre.y() - _DISC, 2 * _DISC, 2 * _DISC)
        box(painter, disc, _DISC, family.solid, theme.colour("surface"), 1.8)
        text(painter, disc, str(mark.number), "micro", family.on_solid, bold=True, align=CENTRE, elide=False)

    def _paint_typed(self, painter: QPainter, scale: float, left: float, top: float) -> None:
        theme = current()
        words = f"{self._typed} cm"
        centre = self._zones[self._current].centre
        width = width_of(words, "table", True) + 16
        rect = QRectF(left + centre.x() * scale - width / 2, top + centre.y() * scale + 12, width, 24)
        rect.moveLeft(min(max(2.0, rect.left()), self.width() - width - 2))
        box(painter, rect, theme.radius("s"), theme.colour("raised"), theme.colour("focus"))
        text(painter, rect, words, "table", theme.colour("text"), bold=True, align=CENTRE)

    def _type(self, typed: str) -> None:
        """Digits at the panel of the mark set last are its size at once, so that none is lost by going on without Enter."""
        self._typed = typed
        last = self._marks[-1] if self._marks else None
        if last is not None and not last.known and (last.zone, last.view) == self.current:
            self.size_typed.emit(int(typed or 0))
        self.update()

    def _free_place(self, zone: _Zone) -> QPointF:
        """The panel's middle, or the nearest place in it that is clear of the marks there are; the clearest where none is."""
        views = self._drawing.views
        taken = [QPointF(*views[mark.view].point(mark.x, mark.y)) for mark in self._marks if mark.view in views]

        def room(point: QPointF) -> float:
            return min((_distance(point, other) for other in taken), default=math.inf)

        return next((point for point in zone.places if room(point) >= APART), None) or max(zone.places, key=room)

    def _mark_at(self, place: int, point: QPointF) -> None:
        shape = self._zones[place].shape
        u, v = self._drawing.views[shape.view].place(point.x(), point.y())
        self.marked.emit(shape.zone, shape.view, u, v)

    def _step(self, across: int, down: int) -> None:
        """To the nearest panel whose middle lies within 60 degrees of the direction."""
        here = self._zones[self._current].centre
        best, place = math.inf, -1
        for index, zone in enumerate(self._zones):
            dx, dy = zone.centre.x() - here.x(), zone.centre.y() - here.y()
            distance = math.hypot(dx, dy)
            if index == self._current or distance < 1:
                continue
            off = math.degrees(math.acos(max(-1.0, min(1.0, (dx * across + dy * down) / distance))))
            if off <= _WITHIN_DEGREES and distance * (1 + off / 90) < best:
                best, place = distance * (1 + off / 90), index
        if place >= 0:
            self._set_current(place)

    def _set_current(self, place: int) -> None:
        if place != self._current:
            self._current = place
            self._typed = ""
            self._name()
            self.current_changed.emit(*self.current)
            self.update()

    def _hit(self, point: QPointF) -> int:
        """The topmost panel at a point of the drawing, or one within a finger's slip of it; -1 for none."""
        exact = self._topmost(point)
        if exact >= 0:
            return exact
        slip = _SLIP / self._placing()[0]
        around = (QPointF(slip * dx, slip * dy) for dx, dy in ((0, -1), (1, 0), (0, 1), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1)))
        return next((place for offset in around if (place := self._topmost(point + offset)) >= 0), -1)

    def _topmost(self, point: QPointF) -> int:
        return next((place for place in range(len(self._zones) - 1, -1, -1) if self._zones[place].path.contains(point)), -1)

    def _placing(self) -> tuple[float, float, float]:
        margin = 4.0
        scale = min((self.width() - 2 * margin) / self._drawing.width, (self.height() - 2 * margin) / self._drawing.height)
        return scale, (self.width() - scale * self._drawing.width) / 2, (self.height() - scale * self._drawing.height) / 2

    def _to_drawing(self, point: QPointF) -> QPointF:
        scale, left, top = self._placing()
        return QPointF((point.x() - left) / scale, (point.y() - top) / scale)

    def _zone_words(self, shape: Shape) -> str:
        return tr(ZONE_WORDS[shape.zone], "zone")

    def _name(self) -> None:
        shape = self._zones[self._current].shape
        marks = [f"{mark.number} {mark.words}".strip() for mark in self._marks if mark.zone == shape.zone]
        self.setAccessibleName(", ".join([self._zone_words(shape), *marks]))

    def _on_language(self, _language: str) -> None:
        self._name()


def _path(shape: Shape) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for command, numbers in shape.segments:
        if command == "M":
            path.moveTo(*numbers)
        elif command == "L":
            path.lineTo(*numbers)
        elif command == "C":
            path.cubicTo(*numbers)
        else:
            path.closeSubpath()
    return path


def _distance(one: QPointF, other: QPointF) -> float:
    return math.hypot(one.x() - other.x(), one.y() - other.y())
