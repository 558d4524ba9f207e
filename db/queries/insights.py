"""A month's service output (產值) = cars in × output per car, split by payer, kind of visit and kind of line, with the rows behind each figure."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, func, or_, select, tuple_

from db.models import Customer, Settlement, Vehicle, WorkOrder, WorkOrderLine
from db.queries.shop import the_shop
from db.rules.months import add_months
from db.rules.order_life import LineKind, OrderKind, OrderState, Payer
from db.rules.output import Output, OutputChange, change
from db.rules.record_words import SettlementState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

_APART_KINDS = (OrderKind.INTERNAL, OrderKind.PRE_DELIVERY)
"""Visits that are the shop's own: neither cars in nor output."""


class Side(StrEnum):
    """The two halves of a workshop, by the main kind of a visit."""

    MECHANICAL = "mechanical"
    BODY = "body"
    """Body and paint: visits after an accident."""


def side_of(kind: OrderKind) -> Side:
    """The half in which a visit is counted."""
    return Side.BODY if kind is OrderKind.ACCIDENT else Side.MECHANICAL


@dataclass(frozen=True, slots=True)
class Span:
    """Days of the shop, both included."""

    first: dt.date
    last: dt.date


def month_span(month: dt.date, today: dt.date) -> Span:
    """The month of a day; the running one only to today, so that it is compared with as many days."""
    first = month.replace(day=1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return Span(first, min(last, max(today, first)))


def span_before(span: Span) -> Span:
    """The month before: whole for a whole month, else the same days of it, as far as it has them."""
    first = add_months(span.first, -1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    if span.last.day == calendar.monthrange(span.last.year, span.last.month)[1]:
        return Span(first, last)
    return Span(first, first.replace(day=min(span.last.day, last.day)))


@dataclass(frozen=True, slots=True)
class OutputFigures:
    """A span in figures. Amounts in fen, without tax unless the shop has it otherwise; what is internal stands apart."""

    span: Span
    output: int
    cars: int
    payers: dict[Payer, int]
    kinds: dict[OrderKind, int]
    """Cars by the main kind of their visit."""
    lines: dict[LineKind, int]
    """Output by kind of line."""
    sides: dict[Side, Output]
    internal: int
    """What the shop settled with itself: internal work and pre-delivery inspections, not in the output."""
    comebacks: int
    """Visits for work that failed, not among the cars."""

    @property
    def whole(self) -> Output:
        """Cars and output together."""
        return Output(self.cars, self.output)


@dataclass(frozen=True, slots=True)
class Insight:
    """A month beside the one before."""

    now: OutputFigures
    before: OutputFigures
    without_tax: bool
    changes: dict[Side | None, OutputChange] = field(default_factory=dict)
    """By half, None for both together: the part that came from cars, and the part that came from output per car."""
    first_month: dt.date | None = None
    """The first month in which anything was settled."""


@dataclass(frozen=True, slots=True)
class OutputFilter:
    """Which part of the output is opened; what is None filters nothing. `internal` opens what stands apart."""

    payer: Payer | None = None
    side: Side | None = None
    line: LineKind | None = None
    internal: bool = False


@dataclass(frozen=True, slots=True)
class OutputRow:
    """A settlement behind a figure: the fen of it that the figure holds."""

    settlement_id: int
    number: str
    order_id: int
    order_number: str
    kind: OrderKind
    plate: str
    plate_colour: str
    customer: str
    payer: Payer
    settled_at: dt.datetime
    amount: int


@dataclass(frozen=True, slots=True)
class CarFilter:
    """Which cars are opened. `comebacks` opens the visits that stand apart."""

    kind: OrderKind | None = None
    side: Side | None = None
    comebacks: bool = False


@dataclass(frozen=True, slots=True)
class CarRow:
    """A car in: the first visit of a car on a day."""

    order_id: int
    number: str
    kind: OrderKind
    plate: str
    plate_colour: str
    customer: str
    maker: str
    model: str
    checked_in_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Behind:
    """What the rows behind a figure come to: how many, and fen for output."""

    count: int
    amount: int = 0


def insight(session: Session, month: dt.date, now: dt.datetime) -> Insight:
    """The figures of a month beside those of the month before."""
    shop = the_shop(session)
    span = month_span(month, shop.day_of(now))
    here, before = _figures(session, span), _figures(session, span_before(span))
    changes: dict[Side | None, OutputChange] = {side: change(before.sides[side], here.sides[side]) for side in Side}
    changes[None] = change(before.whole, here.whole)
    first = session.execute(select(func.min(Settlement.settled_at))).scalar()
    return Insight(here, before, shop.settings.output_without_tax, changes, None if first is None else shop.day_of(first).replace(day=1))


def output_rows(session: Session, span: Span, wanted: OutputFilter, after: OutputRow | None = None, limit: int = 100) -> list[OutputRow]:
    """The settlements behind a figure of output, newest first, a page after the row `after`."""
    amount = _amount(session, wanted)
    query = (
        select(
            Settlement.id, Settlement.number, WorkOrder.id, WorkOrder.number, WorkOrder.kind, WorkOrder.plate, WorkOrder.plate_colour, Customer.name,
            WorkOrder.sender_name, Settlement.payer, Settlement.settled_at, amount,
        )
        .join(WorkOrder, WorkOrder.id == Settlement.order_id)
        .outerjoin(Customer, Customer.id == WorkOrder.customer_id)
        .where(*_settled_in(session, span), *_output_conditions(wanted), amount != 0)
        .order_by(Settlement.settled_at.desc(), Settlement.id.desc())
        .limit(limit)
    )  # fmt: skip
    if after is not None:
        query = query.where(tuple_(Settlement.settled_at, Settlement.id) < (after.settled_at, after.settlement_id))
    return [
        OutputRow(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7] or row[8], row[9], row[10], int(row[11]))
        for row in session.execute(query).all()
    ]


def output_behind(session: Session, span: Span, wanted: OutputFilter) -> Behind:
    """How many settlements are behind a figure of output, and their sum: the figure itself."""
    amount = _amount(session, wanted)
    query = (
        select(func.count(), func.coalesce(func.sum(amount), 0))
        .select_from(Settlement)
        .join(WorkOrder, WorkOrder.id == Settlement.order_id)
        .where(*_settled_in(session, span), *_output_conditions(wanted), amount != 0)
    )
    count, total = session.execute(query).one()
    return Behind(count, int(total))


def car_rows(session: Session, span: Span, wanted: CarFilter, after: CarRow | None = None, limit: int = 100) -> list[CarRow]:
    """The cars behind a figure, newest first, a page after the row `after`."""
    ids = list(reversed(_chosen(session, span, wanted)))
    start = ids.index(after.order_id) + 1 if after is not None and after.order_id in ids else 0
    page = ids[start : start + limit]
    query = (
        select(
            WorkOrder.id, WorkOrder.number, WorkOrder.kind, WorkOrder.plate, WorkOrder.plate_colour, Customer.name, WorkOrder.sender_name, Vehicle.maker,
            Vehicle.model, WorkOrder.checked_in_at,
        )
        .join(Vehicle, Vehicle.id == WorkOrder.vehicle_id)
        .outerjoin(Customer, Customer.id == WorkOrder.customer_id)
        .where(WorkOrder.id.in_(page))
    )  # fmt: skip
    rows = {
        row[0]: CarRow(row[0], row[1], row[2], row[3], row[4], row[5] or row[6], row[7], row[8], row[9])
        for row in session.execute(query).all()
    }  # fmt: skip
    return [rows[order_id] for order_id in page if order_id in rows]


def cars_behind(session: Session, span: Span, wanted: CarFilter) -> Behind:
    """How many cars are behind a figure: the figure itself."""
    return Behind(len(_chosen(session, span, wanted)))


def _figures(session: Session, span: Span) -> OutputFigures:
    amount = _amount(session, OutputFilter())
    payers: dict[Payer, int] = dict.fromkeys((payer for payer in Payer if payer is not Payer.INTERNAL), 0)
    sides = dict.fromkeys(Side, 0)
    internal = 0
    by_payer = (
        select(Settlement.payer, WorkOrder.kind, func.sum(amount))
        .join(WorkOrder, WorkOrder.id == Settlement.order_id)
        .where(*_settled_in(session, span))
        .group_by(Settlement.payer, WorkOrder.kind)
    )
    for payer, kind, total in session.execute(by_payer):
        if payer is Payer.INTERNAL or kind in _APART_KINDS:
            internal += int(total)
        else:
            payers[payer] += int(total)
            sides[side_of(kind)] += int(total)
    lines = dict.fromkeys(LineKind, 0)
    by_line = (
        select(WorkOrderLine.kind, func.sum(_line_amount(session)))
        .join(Settlement, Settlement.id == WorkOrderLine.settlement_id)
        .join(WorkOrder, WorkOrder.id == Settlement.order_id)
        .where(*_settled_in(session, span), *_output_conditions(OutputFilter()))
        .group_by(WorkOrderLine.kind)
    )
    for line_kind, total in session.execute(by_line):
        lines[line_kind] += int(total)
    kinds: dict[OrderKind, int] = dict.fromkeys((kind for kind in OrderKind if kind not in (*_APART_KINDS, OrderKind.COMEBACK)), 0)
    cars = dict.fromkeys(Side, 0)
    for _order_id, kind in _cars(session, span):
        kinds[kind] += 1
        cars[side_of(kind)] += 1
    return OutputFigures(
        span, sum(payers.values()), sum(cars.values()), payers, kinds, lines, {side: Output(cars[side], sides[side]) for side in Side}, internal,
        len(_comebacks(session, span)),
    )  # fmt: skip


def _moments(session: Session, span: Span) -> tuple[dt.datetime, dt.datetime]:
    zone = ZoneInfo(the_shop(session).zone)
    return dt.datetime.combine(span.first, dt.time(), zone), dt.datetime.combine(span.last + dt.timedelta(days=1), dt.time(), zone)


def _settled_in(session: Session, span: Span) -> tuple[ColumnElement[bool], ...]:
    start, end = _moments(session, span)
    return (Settlement.settled_at >= start, Settlement.settled_at < end, Settlement.state != SettlementState.CANCELLED)


def _output_conditions(wanted: OutputFilter) -> Iterable[ColumnElement[bool]]:
    apart = or_(Settlement.payer == Payer.INTERNAL, WorkOrder.kind.in_(_APART_KINDS))
    yield apart if wanted.internal else ~apart
    if wanted.payer is not None:
        yield Settlement.payer == wanted.payer
    if wanted.side is not None:
        yield WorkOrder.kind == OrderKind.ACCIDENT if wanted.side is Side.BODY else WorkOrder.kind != OrderKind.ACCIDENT


def _amount(session: Session, wanted: OutputFilter) -> Any:
    """The fen of a settlement that a figure holds."""
    if wanted.line is None:
        return Settlement.total - Settlement.tax if the_shop(session).settings.output_without_tax else Settlement.total
    lines = (
        select(func.coalesce(func.sum(_line_amount(session)), 0))
        .where(WorkOrderLine.settlement_id == Settlement.id, WorkOrderLine.kind == wanted.line)
        .correlate(Settlement)
    )
    return lines.scalar_subquery()


def _line_amount(session: Session) -> Any:
    """A line's fen as output: without its tax, rounded half away from zero as `db.rules.money.tax_inside` does, where the shop counts so."""
    amount = WorkOrderLine.amount
    if not the_shop(session).settings.output_without_tax:
        return amount
    whole = 10_000 + WorkOrderLine.tax_basis_points
    up = (func.abs(amount, type_=amount.type) * 20_000 + whole) // (whole * 2)
    return case((amount < 0, -up), else_=up)


def _visits(session: Session, span: Span, comebacks: bool) -> list[tuple[int, int, dt.datetime, OrderKind]]:
    start, end = _moments(session, span)
    failed = or_(WorkOrder.kind == OrderKind.COMEBACK, WorkOrder.comeback_of_id.is_not(None))
    query = (
        select(WorkOrder.id, WorkOrder.vehicle_id, WorkOrder.checked_in_at, WorkOrder.kind)
        .where(
            and_(WorkOrder.checked_in_at >= start, WorkOrder.checked_in_at < end),
            WorkOrder.state != OrderState.CANCELLED,
            WorkOrder.kind.not_in(_APART_KINDS),
            failed if comebacks else ~failed,
        )
        .order_by(WorkOrder.checked_in_at, WorkOrder.id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(query)]


def _cars(session: Session, span: Span) -> list[tuple[int, OrderKind]]:
    """Cars in (進廠台次): visits by distinct car and shop day, not cancelled, no comebacks, nothing of the shop's own; order id and main kind."""
    shop = the_shop(session)
    seen: set[tuple[int, dt.date]] = set()
    found: list[tuple[int, OrderKind]] = []
    for order_id, vehicle_id, at, kind in _visits(session, span, comebacks=False):
        key = (vehicle_id, shop.day_of(at))
        if key not in seen:
            seen.add(key)
            found.append((order_id, kind))
    return found


def _comebacks(session: Session, span: Span) -> list[int]:
    return [row[0] for row in _visits(session, span, comebacks=True)]


def _chosen(session: Session, span: Span, wanted: CarFilter) -> list[int]:
    if wanted.comebacks:
        return _comebacks(session, span)
    return [
        order_id
        for order_id, kind in _cars(session, span)
        if (wanted.kind is None or kind is wanted.kind) and (wanted.side is None or side_of(kind) is wanted.side)
    ]
