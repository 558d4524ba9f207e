"""What each figure of the month opens, and how it is defined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.queries.insights import CarFilter, OutputFilter, Side
from desktop_app.i18n.state_words import LINE_KINDS, PAYERS
from desktop_app.record_words import WORDS
from desktop_app.rooms.insights.figures import Opening

if TYPE_CHECKING:
    from db.rules.order_life import LineKind, OrderKind, Payer

SIDE_WORDS = {Side.MECHANICAL: "Mechanical", Side.BODY: "Body and paint"}
SIDE_DEFINITION = "Body and paint are visits whose main kind is an accident; mechanical are all others."

OUTPUT = Opening(
    OutputFilter(), "Service output",
    "All that was settled in these days, after discounts. What the shop settles with itself and pre-delivery inspections stand apart.",
)  # fmt: skip
CARS = Opening(
    CarFilter(), "Cars in",
    "Visits that were checked in in these days, each car once a day; without cancelled ones, comebacks and the shop's own cars.",
)  # fmt: skip
PER_CAR = Opening(OutputFilter(), "Output per car", "Service output divided by cars in. The rows are those of the output.", per_car=True)
INTERNAL = Opening(OutputFilter(internal=True), "Internal", "What the shop settled with itself, and pre-delivery inspections: not in the output.")
COMEBACKS = Opening(CarFilter(comebacks=True), "Comebacks", "Visits for work that failed, or that name an earlier order as their cause: not among the cars.")


def of_payer(payer: Payer) -> Opening:
    """The part of the output that a payer settles."""
    return Opening(OutputFilter(payer=payer), PAYERS[payer.value], "The part of the output that this payer settled.", "payer")


def of_kind(kind: OrderKind) -> Opening:
    """The cars of a main kind."""
    return Opening(CarFilter(kind=kind), WORDS["order_kind"][kind.value], "Cars in by the main kind of their visit.", "order_kind")


def of_line(line: LineKind) -> Opening:
    """The part of output per car that comes from a kind of line."""
    definition = "The output of this kind of line divided by all cars in. The rows hold that part of each settlement."
    return Opening(OutputFilter(line=line), LINE_KINDS[line.value], definition, "line_kind", per_car=True)


def cars_of_side(side: Side) -> Opening:
    """The cars of one half of the workshop."""
    return Opening(CarFilter(side=side), SIDE_WORDS[side], SIDE_DEFINITION)


def output_of_side(side: Side, per_car: bool = False) -> Opening:
    """The output of one half of the workshop."""
    return Opening(OutputFilter(side=side), SIDE_WORDS[side], SIDE_DEFINITION, per_car=per_car)
