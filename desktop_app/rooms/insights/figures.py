"""What the room Insights shows of a month: figures that open, bars, and the words that define each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import say
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.figure import Figure
from desktop_app.widgets.labels import ElidedLabel, Label
from desktop_app.widgets.painting import box, open_painter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from db.queries.insights import CarFilter, OutputFilter


@dataclass(frozen=True)
class Opening:
    """What a figure opens: which rows, under which name, and how the figure is defined. Name and definition are phrases."""

    rows: OutputFilter | CarFilter
    name: str
    definition: str
    name_context: str = ""
    per_car: bool = False
    """The figure is output per car: its rows are those of the output, divided by the cars."""


@dataclass(frozen=True)
class Part:
    """A line under a figure: its name, what it comes to now and before, and what it opens."""

    opening: Opening
    now: int
    before: int
    money: bool


def change_words(now: int, before: int) -> tuple[str, int]:
    """The change in whole per cent with its sign, and its direction; no words where there was nothing before."""
    if before <= 0:
        return "", 0
    per_cent = round((now - before) * 100 / before)
    sign = "+" if per_cent > 0 else "−" if per_cent < 0 else ""
    return f"{sign}{abs(per_cent)} %", (now > before) - (now < before)


def tone_of(direction: int) -> str:
    """More is good, less is bad."""
    return {1: "ok", -1: "bad"}.get(direction, "text3")


class Bar(QWidget):
    """A share of a whole as a bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self.update)

    def set_share(self, share: float) -> None:
        """0 to 1."""
        self._share = min(1.0, max(0.0, share))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(80, 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = open_painter(self)
        rect = QRectF(0, (self.height() - 8) / 2, self.width(), 8)
        box(painter, rect, 3, theme.colour("sunken"))
        if self._share:
            box(painter, QRectF(rect.x(), rect.y(), max(6.0, rect.width() * self._share), 8), 3, theme.sem("info").solid)


class FigureCard(QWidget):
    """One of the three: label, large figure with its change, and its parts with bars."""

    opened = Signal(object)
    """An `Opening`."""

    def __init__(self, opening: Opening, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opening = opening
        self._parts: list[Part] = []
        self.figure = Figure(size="kpi", parent=self)
        name = Label("", "small", "text2", parent=self)
        say(name.setText, opening.name, opening.name_context)
        say(self.figure.setToolTip, opening.definition)
        self.figure.clicked.connect(self._on_clicked)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(name)
        column.addWidget(self.figure, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(4)
        column.addLayout(self._grid)
        column.addStretch(1)
        self._rows: list[_PartRow] = []

    def show_figure(self, written: str, now: int, before: int) -> None:
        """The figure and its change."""
        words, direction = change_words(now, before)
        self.figure.set_figure(written)
        self.figure.set_change(words, direction, tone_of(direction))

    def show_parts(self, parts: Sequence[Part]) -> None:
        """The lines under the figure; the same parts in the same order each time."""
        while len(self._rows) < len(parts):
            row = _PartRow(self._grid, len(self._rows), self)
            row.figure.clicked.connect(self._on_part)
            self._rows.append(row)
        self._parts = list(parts)
        largest = max((part.now for part in parts), default=0)
        for row, part in zip(self._rows, parts, strict=True):
            row.show_part(part, part.now / largest if largest > 0 else 0.0)

    def figures(self) -> list[Figure]:
        """All figures of the card, in reading order."""
        return [self.figure, *(row.figure for row in self._rows)]

    def _on_clicked(self) -> None:
        self.opened.emit(self._opening)

    def _on_part(self) -> None:
        place = next(place for place, row in enumerate(self._rows) if row.figure is self.sender())
        self.opened.emit(self._parts[place].opening)


class _PartRow:
    def __init__(self, grid: QGridLayout, place: int, parent: QWidget) -> None:
        self.name = ElidedLabel("", "small", "text2", parent=parent)
        self.bar = Bar(parent)
        self.figure = Figure(size="small", parent=parent)
        self.change = Label("", "small", "text3", parent=parent)
        self.change.setMinimumWidth(44)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self.change.setAlignment(right)
        grid.addWidget(self.name, place, 0)
        grid.addWidget(self.bar, place, 1)
        grid.addWidget(self.figure, place, 2, right)
        grid.addWidget(self.change, place, 3, right)

    def show_part(self, part: Part, share: float) -> None:
        say(self.name.setText, part.opening.name, part.opening.name_context)
        say(self.figure.setAccessibleDescription, part.opening.name, part.opening.name_context)
        self.bar.set_share(share)
        self.figure.set_figure(formats().amount(part.now) if part.money else formats().number(part.now))
        words, direction = change_words(part.now, part.before)
        self.change.setText(words)
        self.change.set_tone(tone_of(direction))


def sign(words: str, parent: QWidget) -> Label:
    """The = or × between two cards."""
    label = Label(words, "kpi", "text3", parent=parent)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label


def row_of(*widgets: QWidget, spacing: int = 8) -> QHBoxLayout:
    """Widgets side by side, at the left."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    for widget in widgets:
        row.addWidget(widget)
    return row
