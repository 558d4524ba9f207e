"""The cars that are in the workshop's hands, lane by lane: what stands in each, promised when, with whom and where."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from db.models import Bay, Customer, LabourSession, Staff, Vehicle, WorkOrder, WorkOrderLine
from db.queries.order_file import state_key
from db.queries.search import begins_with, meant_by, number_begun
from db.rules.order_life import Consent, Lane, LineKind, OrderState, is_open, lane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from db.rules.order_life import WaitingFor

_OPEN = [state for state in OrderState if is_open(state)]
_OF_LANE = {each: [state for state in _OPEN if lane(state) is each] for each in Lane}
_RANK = case({state.value: rank for rank, each in enumerate(Lane) for state in _OF_LANE[each]}, value=WorkOrder.state)
_SOON = dt.timedelta(hours=1)


class Pressing(StrEnum):
    """What makes a car stand out."""

    LATE = "late"
    SOON = "soon"
    """Promised within the hour."""


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """Which cars are wanted; what is None or empty filters nothing."""

    lane: Lane | None = None
    pressing: frozenset[Pressing] = frozenset()
    """Any of these."""
    technician_id: int | None = None
    advisor_id: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A car in the workshop's hands. `technicians` are the one it was given to and those who are on its lines; `working` whether a clock runs."""

    order_id: int
    number: str
    lane: Lane
    state: OrderState
    waiting_for: WaitingFor | None
    waiting_until: dt.datetime | None
    washed: bool
    """Washed, or no wash wanted."""
    plate: str
    plate_colour: str
    customer: str
    maker: str
    model: str
    technicians: tuple[str, ...]
    working: bool
    bay: str
    advisor: str
    checked_in_at: dt.datetime
    promised_at: dt.datetime
    customer_waits: bool
    rework_count: int

    @property
    def state_key(self) -> str:
        """The key of the word under which the state is shown."""
        return state_key(self.state, self.waiting_for, self.washed)

    def late_at(self, now: dt.datetime) -> bool:
        """Whether the promise has passed and the car isn't yet waiting for its owner."""
        return self.state is not OrderState.SETTLED and self.promised_at < now


@dataclass(frozen=True, slots=True)
class BoardCounts:
    """How many cars each chip would show, the other filters staying as they are."""

    all: int
    lanes: dict[Lane, int]
    pressing: dict[Pressing, int]


def board_rows(session: Session, wanted: BoardFilter, now: dt.datetime, after: BoardRow | None = None, limit: int = 100) -> list[BoardRow]:
    """A page after the row `after`: lane by lane, in each by promised time."""
    advisor, technician = aliased(Staff), aliased(Staff)
    query = (
        select(
            WorkOrder.id, WorkOrder.number, WorkOrder.state, WorkOrder.waiting_for, WorkOrder.waiting_until, WorkOrder.washed_at, WorkOrder.wash_wanted,
            WorkOrder.plate, WorkOrder.plate_colour, Customer.name, WorkOrder.sender_name, Vehicle.maker, Vehicle.model, technician.name, Bay.name,
            advisor.name, WorkOrder.checked_in_at, WorkOrder.promised_at, WorkOrder.customer_waits, WorkOrder.rework_count,
        )
        .join(Vehicle, Vehicle.id == WorkOrder.vehicle_id)
        .outerjoin(Customer, Customer.id == WorkOrder.customer_id)
        .outerjoin(advisor, advisor.id == WorkOrder.advisor_id)
        .outerjoin(technician, technician.id == WorkOrder.technician_id)
        .outerjoin(Bay, Bay.id == WorkOrder.bay_id)
        .where(*_conditions(session, wanted, now))
        .order_by(_RANK, WorkOrder.promised_at, WorkOrder.id)
        .limit(limit)
    )  # fmt: skip
    if after is not None:
        query = query.where(tuple_(_RANK, WorkOrder.promised_at, WorkOrder.id) > (list(Lane).index(after.lane), after.promised_at, after.order_id))
    rows = session.execute(query).all()
    helpers, working = _people_on(session, [row[0] for row in rows])
    return [
        BoardRow(
            order_id=row[0], number=row[1], lane=_lane(row[2]), state=row[2], waiting_for=row[3], waiting_until=row[4],
            washed=row[5] is not None or not row[6], plate=row[7], plate_colour=row[8], customer=row[9] or row[10], maker=row[11], model=row[12],
            technicians=tuple(dict.fromkeys([*([row[13]] if row[13] else []), *helpers.get(row[0], [])])), working=row[0] in working, bay=row[14] or "",
            advisor=row[15] or "", checked_in_at=row[16], promised_at=row[17], customer_waits=row[18], rework_count=row[19],
        )
        for row in rows
    ]  # fmt: skip


def board_counts(session: Session, wanted: BoardFilter, now: dt.datetime) -> BoardCounts:
    """The counts beside the chips."""
    lanes = dict.fromkeys(Lane, 0)
    by_state = select(WorkOrder.state, func.count()).where(*_conditions(session, replace(wanted, lane=None), now)).group_by(WorkOrder.state)
    for state, count in session.execute(by_state):
        lanes[_lane(state)] += count
    columns = [func.count(case((_pressing(which, now), 1))) for which in Pressing]
    pressing = session.execute(select(*columns).select_from(WorkOrder).where(*_conditions(session, replace(wanted, pressing=frozenset()), now))).one()
    return BoardCounts(sum(lanes.values()), lanes, dict(zip(Pressing, pressing, strict=True)))


def late_orders(session: Session, now: dt.datetime) -> int:
    """How many cars are past their promise and not yet ready for their owner."""
    return board_counts(session, BoardFilter(), now).pressing[Pressing.LATE]


def _lane(state: OrderState) -> Lane:
    found = lane(state)
    assert found is not None, "an open order has its lane"
    return found


def _pressing(which: Pressing, now: dt.datetime) -> ColumnElement[bool]:
    unfinished = WorkOrder.state != OrderState.SETTLED
    if which is Pressing.LATE:
        return and_(unfinished, WorkOrder.promised_at < now)
    return and_(unfinished, WorkOrder.promised_at >= now, WorkOrder.promised_at <= now + _SOON)


def _conditions(session: Session, wanted: BoardFilter, now: dt.datetime) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [WorkOrder.state.in_(_OPEN if wanted.lane is None else _OF_LANE[wanted.lane])]
    if wanted.pressing:
        found.append(or_(*(_pressing(which, now) for which in wanted.pressing)))
    if wanted.technician_id is not None:
        on_a_line = exists().where(WorkOrderLine.order_id == WorkOrder.id, WorkOrderLine.technician_id == wanted.technician_id)
        found.append(or_(WorkOrder.technician_id == wanted.technician_id, on_a_line))
    if wanted.advisor_id is not None:
        found.append(WorkOrder.advisor_id == wanted.advisor_id)
    if wanted.text.strip():
        number = number_begun(wanted.text, "W")
        meant = meant_by(session, wanted.text, WorkOrder.vehicle_id, WorkOrder.customer_id)
        found.append(or_(meant, begins_with(WorkOrder.number, number)) if number else meant)
    return found


def _people_on(session: Session, order_ids: Sequence[int]) -> tuple[dict[int, list[str]], set[int]]:
    """Technicians on the lines that stand, by order, and the orders on which a clock runs."""
    named: dict[int, list[str]] = {}
    rows: Any = session.execute(
        select(WorkOrderLine.order_id, Staff.name)
        .join(Staff, Staff.id == WorkOrderLine.technician_id)
        .where(WorkOrderLine.order_id.in_(order_ids), WorkOrderLine.consent == Consent.AUTHORISED, WorkOrderLine.kind == LineKind.LABOUR)
        .order_by(WorkOrderLine.order_id, WorkOrderLine.position, WorkOrderLine.id)
    )
    for order_id, name in rows:
        named.setdefault(order_id, []).append(name)
    running = (
        select(WorkOrderLine.order_id)
        .join(LabourSession, LabourSession.line_id == WorkOrderLine.id)
        .where(WorkOrderLine.order_id.in_(order_ids), LabourSession.ended_at.is_(None))
    )
    return named, set(session.execute(running).scalars())
