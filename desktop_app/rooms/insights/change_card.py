"""What changed against the month before, in each half of the workshop: how much of it came from cars, how much from output per car."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from db.queries.insights import Side
from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import say
from desktop_app.rooms.insights import openings
from desktop_app.widgets.card import Card
from desktop_app.widgets.figure import Figure
from desktop_app.widgets.labels import Label

if TYPE_CHECKING:
    from db.queries.insights import Insight
    from db.rules.output import Output, OutputChange
    from desktop_app.rooms.insights.figures import Opening

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_HEADS = ("Cars in", "Output per car", "Service output", "Month before", "Change", "from cars", "from output per car")
DEFINITION = (
    "From cars: cars more or fewer, at the output per car of the month before. From output per car: the rest. The two add up to the change in each line; "
    "downwards they need not, since the mix of the two halves changes as well."
)


class ChangeCard(Card):
    """A line for each half and one for both."""

    opened = Signal(object)
    """An `Opening`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Change against the month before", icon="trending-up", parent=parent)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for place, head in enumerate(_HEADS, 1):
            label = Label("", "small", "text3", parent=self)
            say(label.setText, head, "change")
            grid.addWidget(label, 0, place, _RIGHT)
        self._rows: dict[Side | None, _Row] = {}
        for place, side in enumerate((*Side, None), 1):
            self._rows[side] = row = _Row(side, grid, place, self)
            for figure in row.figures:
                figure.clicked.connect(self._on_clicked)
        note = Label("", "small", "text3", wrap=True, parent=self)
        say(note.setText, DEFINITION)
        self.body.addLayout(grid)
        self.body.addWidget(note)

    def show_change(self, found: Insight) -> None:
        """Fill the lines."""
        for side, row in self._rows.items():
            now, before = (found.now.whole, found.before.whole) if side is None else (found.now.sides[side], found.before.sides[side])
            row.show_output(now, before, found.changes[side])

    def figures(self) -> list[Figure]:
        """The figures that open, line by line."""
        return [figure for row in self._rows.values() for figure in row.figures]

    def _on_clicked(self) -> None:
        for row in self._rows.values():
            for figure, opening in zip(row.figures, row.openings, strict=True):
                if figure is self.sender():
                    self.opened.emit(opening)


class _Row:
    def __init__(self, side: Side | None, grid: QGridLayout, place: int, parent: QWidget) -> None:
        name = Label("", "table", bold=side is None, parent=parent)
        say(name.setText, "Together" if side is None else openings.SIDE_WORDS[side])
        grid.addWidget(name, place, 0)
        self.openings: tuple[Opening, ...] = (
            (openings.CARS, openings.PER_CAR, openings.OUTPUT)
            if side is None
            else (openings.cars_of_side(side), openings.output_of_side(side, per_car=True), openings.output_of_side(side))
        )
        self.figures = tuple(Figure(size="table", parent=parent) for _opening in self.openings)
        self.labels = tuple(Label("", "table", "text2", bold=bold, parent=parent) for bold in (False, True, False, False))
        for column, widget in enumerate((*self.figures, *self.labels), 1):
            grid.addWidget(widget, place, column, _RIGHT)

    def show_output(self, now: Output, before: Output, change: OutputChange) -> None:
        form = formats()
        self.figures[0].set_figure(form.number(now.cars))
        self.figures[1].set_figure(form.amount(now.per_car) if now.per_car is not None else "–")
        self.figures[2].set_figure(form.amount(now.fen))
        self.labels[0].setText(form.amount(before.fen))
        for label, fen in zip(self.labels[1:], (change.total, change.from_cars, change.from_per_car), strict=True):
            label.setText(("+" if fen > 0 else "") + form.amount(fen))
            label.set_tone("ok" if fen > 0 else "bad" if fen < 0 else "text2")
