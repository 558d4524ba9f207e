"""The list of work orders: filtered, sorted and paged by key, with counts beside its filters and sums at its foot."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from db.models import Customer, Staff, Vehicle, WorkOrder, WorkOrderLine
from db.queries.complaints import complaints_of
from db.queries.order_file import state_key
from db.queries.search import matching_subjects, orders_by_number
from db.queries.shop import the_shop
from db.rules.order_life import Consent, Lane, LineKind, OrderState, Payer, is_open, lane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from db.rules.order_life import WaitingFor

_OPEN = [state for state in OrderState if is_open(state)]
_IN_LANE = {each: [state for state in OrderState if lane(state) is each] for each in Lane}
_ON_THE_ORDER = (Consent.PROPOSED, Consent.AUTHORISED)
_FOUND_AT_MOST = 400
"""Cars and people that a search text may lead to: beyond it the text is too short to mean one."""


class Period(StrEnum):
    OPEN = "open"
    TODAY = "today"
    MONTH = "month"
    ALL = "all"


class Pressing(StrEnum):
    """What makes an open order stand out."""

    LATE = "late"
    SOON = "soon"
    """Promised within the hour."""
    OVER_AGREED = "over_agreed"
    REWORK = "rework"
    """A comeback, or sent back from the quality check."""


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which orders are wanted; what is None or empty filters nothing."""

    period: Period = Period.OPEN
    lane: Lane | None = None
    advisor_id: int | None = None
    technician_id: int | None = None
    payer: Payer | None = None
    kind: str | None = None
    pressing: Pressing | None = None
    text: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether it hides anything within its period."""
        return replace(self, period=Period.OPEN) != OrderFilter()


@dataclass(frozen=True, slots=True)
class WorkOrderRow:
    """An order as a line of the list; amount in fen."""

    order_id: int
    number: str
    state: OrderState
    waiting_for: WaitingFor | None
    washed: bool
    plate: str
    plate_colour: str
    customer: str
    maker: str
    model: str
    kind: str
    advisor: str
    checked_in_at: dt.datetime
    promised_at: dt.datetime
    rework_count: int
    comeback: bool
    over_agreed: bool
    payers: tuple[str, ...] = ()
    amount: int = 0
    jobs: tuple[tuple[str, str, str], ...] = ()
    """What is done, in the three languages: packages, then labour, then sublets; what the customer complains of where there is none of them."""

    @property
    def state_key(self) -> str:
        """The key of the word under which the state is shown."""
        return state_key(self.state, self.waiting_for, self.washed)

    def job_words(self, language: str) -> tuple[str, ...]:
        """The jobs in zh_TW, zh_CN or en."""
        place = {"zh_TW": 0, "zh_CN": 1}.get(language, 2)
        return tuple(names[place] for names in self.jobs)


@dataclass(frozen=True, slots=True)
class OrderCounts:
    """How many open orders each filter would leave, the others staying as they are."""

    open: int
    lanes: dict[Lane, int]
    pressing: dict[Pressing, int]


@dataclass(frozen=True, slots=True)
class OrderSums:
    """The foot of the list: how many orders, fen by payer of what is authorised, what is only proposed, and all of it."""

    count: int
    payers: dict[Payer, int]
    proposed: int
    total: int


def _customer_billed() -> Any:
    return (
        select(func.coalesce(func.sum(WorkOrderLine.amount), 0))
        .where(
            WorkOrderLine.order_id == WorkOrder.id, WorkOrderLine.consent == Consent.AUTHORISED, WorkOrderLine.payer == Payer.CUSTOMER
        )
        .correlate(WorkOrder)
        .scalar_subquery()
    )  # fmt: skip


def _over_agreed(session: Session) -> ColumnElement[bool]:
    return and_(_is_open(), _customer_billed() > WorkOrder.agreed_total + the_shop(session).settings.authorisation_tolerance_fen)


def _is_open() -> ColumnElement[bool]:
    # Named one by one, so that the index on the state leads to the few that are open among all that there ever were.
    return WorkOrder.state.in_(_OPEN)


def _unfinished() -> ColumnElement[bool]:
    """Open, and not ready for its owner: while it is, its promise can be late."""
    return WorkOrder.state.in_([state for state in _OPEN if state is not OrderState.SETTLED])


def _pressing(session: Session, which: Pressing, at: dt.datetime) -> ColumnElement[bool]:
    if which is Pressing.LATE:
        return and_(_unfinished(), WorkOrder.promised_at < at)
    if which is Pressing.SOON:
        return and_(_unfinished(), WorkOrder.promised_at >= at, WorkOrder.promised_at <= at + dt.timedelta(hours=1))
    if which is Pressing.OVER_AGREED:
        return _over_agreed(session)
    return and_(_is_open(), or_(WorkOrder.rework_count > 0, WorkOrder.comeback_of_id.is_not(None)))


def _conditions(session: Session, wanted: OrderFilter, at: dt.datetime) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    zone = ZoneInfo(the_shop(session).zone)
    today = at.astimezone(zone).date()
    if wanted.period is Period.OPEN:
        found.append(_is_open())
    elif wanted.period is not Period.ALL:
        first = today if wanted.period is Period.TODAY else today.replace(day=1)
        start = dt.datetime.combine(first, dt.time(), zone)
        # Today is what came in, left or is promised today; the month is what came in.
        came = WorkOrder.checked_in_at >= start
        until = start + dt.timedelta(days=1)
        left = and_(WorkOrder.delivered_at >= start, WorkOrder.delivered_at < until)
        due = and_(_is_open(), WorkOrder.promised_at >= start, WorkOrder.promised_at < until)
        found.append(came if wanted.period is Period.MONTH else or_(came, left, due))
    if wanted.lane is not None:
        found.append(WorkOrder.state.in_(_IN_LANE[wanted.lane]))
    if wanted.advisor_id is not None:
        found.append(WorkOrder.advisor_id == wanted.advisor_id)
    if wanted.technician_id is not None:
        on_a_line = exists().where(WorkOrderLine.order_id == WorkOrder.id, WorkOrderLine.technician_id == wanted.technician_id)
        found.append(or_(WorkOrder.technician_id == wanted.technician_id, on_a_line))
    if wanted.payer is not None:
        found.append(
            exists().where(WorkOrderLine.order_id == WorkOrder.id, WorkOrderLine.payer == wanted.payer, WorkOrderLine.consent.in_(_ON_THE_ORDER))
        )
    if wanted.kind is not None:
        found.append(WorkOrder.kind == wanted.kind)
    if wanted.pressing is not None:
        found.append(_pressing(session, wanted.pressing, at))
    if wanted.text.strip():
        found.append(_said(session, wanted.text))
    return found


def _said(session: Session, typed: str) -> ColumnElement[bool]:
    subjects = matching_subjects(session, typed, _FOUND_AT_MOST)
    vehicles = [key for subject, key in subjects if subject == "v"]
    customers = [key for subject, key in subjects if subject == "c"]
    numbers = [order.order_id for order in orders_by_number(session, typed, _FOUND_AT_MOST)]
    return or_(WorkOrder.vehicle_id.in_(vehicles), WorkOrder.customer_id.in_(customers), WorkOrder.id.in_(numbers))


SORTS = ("checked_in", "promised", "number")


def work_orders(
    session: Session, wanted: OrderFilter, at: dt.datetime, sort: str = "checked_in", descending: bool = True, after: WorkOrderRow | None = None,
    limit: int = 100,
) -> list[WorkOrderRow]:  # fmt: skip
    """A page of the list after the row `after`, by `sort`: checked_in, promised or number."""
    column: Any = {"checked_in": WorkOrder.checked_in_at, "promised": WorkOrder.promised_at, "number": WorkOrder.number}[sort]
    advisor = aliased(Staff)
    query: Any = (
        select(
            WorkOrder.id, WorkOrder.number, WorkOrder.state, WorkOrder.waiting_for, WorkOrder.washed_at, WorkOrder.wash_wanted, WorkOrder.plate,
            WorkOrder.plate_colour, Customer.name, WorkOrder.sender_name, Vehicle.maker, Vehicle.model, WorkOrder.kind, advisor.name,
            WorkOrder.checked_in_at, WorkOrder.promised_at, WorkOrder.rework_count, WorkOrder.comeback_of_id, WorkOrder.agreed_total,
        )
        .join(Vehicle, Vehicle.id == WorkOrder.vehicle_id)
        .outerjoin(Customer, Customer.id == WorkOrder.customer_id)
        .outerjoin(advisor, advisor.id == WorkOrder.advisor_id)
        .where(*_conditions(session, wanted, at))
        .order_by(column.desc() if descending else column, WorkOrder.id.desc() if descending else WorkOrder.id)
        .limit(limit)
    )  # fmt: skip
    if after is not None:
        last = ({"checked_in": after.checked_in_at, "promised": after.promised_at, "number": after.number}[sort], after.order_id)
        query = query.where(tuple_(column, WorkOrder.id) < last if descending else tuple_(column, WorkOrder.id) > last)
    rows = session.execute(query).all()
    lines = _line_summaries(session, [row[0] for row in rows])
    tolerance = the_shop(session).settings.authorisation_tolerance_fen
    return [
        WorkOrderRow(
            order_id=row[0], number=row[1], state=row[2], waiting_for=row[3], washed=row[4] is not None or not row[5], plate=row[6],
            plate_colour=row[7], customer=row[8] or row[9], maker=row[10], model=row[11], kind=row[12].value, advisor=row[13] or "",
            checked_in_at=row[14], promised_at=row[15], rework_count=row[16], comeback=row[17] is not None,
            over_agreed=is_open(row[2]) and lines[row[0]].billed > row[18] + tolerance, payers=lines[row[0]].payers,
            amount=lines[row[0]].amount, jobs=lines[row[0]].jobs,
        )
        for row in rows
    ]  # fmt: skip


@dataclass(slots=True)
class _Summary:
    payers: tuple[str, ...] = ()
    amount: int = 0
    billed: int = 0
    jobs: tuple[tuple[str, str, str], ...] = ()


_JOB_RANK = {LineKind.LABOUR: 1, LineKind.SUBLET: 2}


def _line_summaries(session: Session, order_ids: Sequence[int]) -> dict[int, _Summary]:
    found = {order_id: _Summary() for order_id in order_ids}
    if not order_ids:
        return found
    payers: dict[int, set[Payer]] = {}
    jobs: dict[int, dict[tuple[str, str, str], int]] = {}
    rows = session.execute(
        select(
            WorkOrderLine.order_id, WorkOrderLine.payer, WorkOrderLine.consent, WorkOrderLine.amount, WorkOrderLine.kind, WorkOrderLine.package_code,
            WorkOrderLine.package_name_zh_tw, WorkOrderLine.package_name_zh_cn, WorkOrderLine.package_name_en, WorkOrderLine.name_zh_tw,
            WorkOrderLine.name_zh_cn, WorkOrderLine.name_en,
        )
        .where(WorkOrderLine.order_id.in_(order_ids), WorkOrderLine.consent.in_(_ON_THE_ORDER))
        .order_by(WorkOrderLine.order_id, WorkOrderLine.position, WorkOrderLine.id)
    )  # fmt: skip
    for row in rows:
        summary = found[row[0]]
        summary.amount += row[3]
        if row[1] is Payer.CUSTOMER and row[2] is Consent.AUTHORISED:
            summary.billed += row[3]
        payers.setdefault(row[0], set()).add(row[1])
        if row[5]:
            jobs.setdefault(row[0], {}).setdefault((row[6], row[7], row[8]), 0)
        elif row[4] in _JOB_RANK:
            jobs.setdefault(row[0], {}).setdefault((row[9], row[10], row[11]), _JOB_RANK[row[4]])
    without = [order_id for order_id in order_ids if order_id not in jobs]
    for said in complaints_of(session, without):
        of_order = jobs.setdefault(said.order_id, {})
        if said.words:
            of_order.setdefault((said.words, said.words, said.words), 0)
        for chip in said.chips:
            of_order.setdefault((chip.name_zh_tw, chip.name_zh_cn, chip.name_en), 0)
    for order_id, summary in found.items():
        summary.payers = tuple(payer.value for payer in Payer if payer in payers.get(order_id, ()))
        ranked = jobs.get(order_id, {})
        summary.jobs = tuple(sorted(ranked, key=lambda names: ranked[names]))
    return found


def order_counts(session: Session, wanted: OrderFilter, at: dt.datetime) -> OrderCounts:
    """Counts for the chips: each lane and each pressing thing, among the open orders that the other filters leave."""
    by_state = session.execute(
        select(WorkOrder.state, func.count())
        .where(_is_open(), *_conditions(session, replace(wanted, lane=None), at))
        .group_by(WorkOrder.state)
    )  # fmt: skip
    lanes = dict.fromkeys(Lane, 0)
    for state, count in by_state:
        where = lane(state)
        assert where is not None
        lanes[where] += count
    columns = [func.count(case((_pressing(session, which, at), 1))) for which in Pressing]
    pressing = session.execute(select(*columns).select_from(WorkOrder).where(_is_open(), *_conditions(session, replace(wanted, pressing=None), at))).one()
    return OrderCounts(sum(lanes.values()), lanes, dict(zip(Pressing, pressing, strict=True)))


def order_sums(session: Session, wanted: OrderFilter, at: dt.datetime) -> OrderSums | None:
    """The sums of all orders that the filter leaves; None where that would be every order that there ever was."""
    if wanted.period is Period.ALL and not (wanted.text.strip() or wanted.lane is not None or wanted.pressing is not None):
        return None
    conditions = _conditions(session, wanted, at)
    count = session.execute(select(func.count()).select_from(WorkOrder).where(*conditions)).scalar_one()
    payers: dict[Payer, int] = {}
    proposed = 0
    for payer, consent, amount in session.execute(
        select(WorkOrderLine.payer, WorkOrderLine.consent, func.sum(WorkOrderLine.amount))
        .join(WorkOrder, WorkOrder.id == WorkOrderLine.order_id)
        .where(WorkOrderLine.consent.in_(_ON_THE_ORDER), *conditions)
        .group_by(WorkOrderLine.payer, WorkOrderLine.consent)
    ):
        if consent is Consent.AUTHORISED:
            payers[payer] = int(amount)
        else:
            proposed += int(amount)
    return OrderSums(count, {payer: payers[payer] for payer in Payer if payer in payers}, proposed, sum(payers.values()) + proposed)
