"""What is to be settled, what is settled, and what of it is still owed and for how long."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, or_, select, tuple_

from db.models import Customer, Insurer, Payment, Settlement, Vehicle, WorkOrder, WorkOrderLine
from db.queries.search import begins_with, few_meant, has_key, meant_by, number_begun
from db.queries.shop import the_shop
from db.rules import ageing
from db.rules.order_life import Consent, OrderState, Payer
from db.rules.record_words import SettlementState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from db.queries.shop import ShopRow
    from db.rules.ageing import DebtState

_UNPAID = (SettlementState.OPEN, SettlementState.ON_ACCOUNT)


class CashGroup(StrEnum):
    """What a cashier looks for."""

    TO_SETTLE = "to_settle"
    """Orders whose work has been checked, not yet settled."""
    OWED = "owed"
    """Settlements that are not paid."""
    OVERDUE = "overdue"
    """Of these, those beyond their term."""
    BAD = "bad"
    """Of these, those older than the shop's limit for bad debt (壞賬), dead ones (死賬) too."""
    TODAY = "today"
    """What was settled today."""


@dataclass(frozen=True, slots=True)
class CashFilter:
    """Which are wanted; `group` None: every settlement that there ever was."""

    group: CashGroup | None = CashGroup.TO_SETTLE
    payer: Payer | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class CashRow:
    """An order that waits to be settled (`settlement_id` None, one row for all its payers), or a settlement. Amounts in fen, tax included."""

    order_id: int
    settlement_id: int | None
    number: str
    """The settlement's, or the order's while it has none."""
    order_number: str
    plate: str
    plate_colour: str
    customer: str
    maker: str
    model: str
    payers: tuple[Payer, ...]
    insurers: tuple[str, str, str]
    """The paying insurer in zh_TW, zh_CN and en; empty for others."""
    state: SettlementState | None
    debt: DebtState | None
    """How an unpaid one stands."""
    total: int
    left: int
    """What is still to be paid."""
    at: dt.datetime
    """When it was settled, or when the car was ready."""
    days: int
    """The shop's days since then."""
    due_on: dt.date | None
    washed: bool


@dataclass(frozen=True, slots=True)
class CashCounts:
    """How many each chip would show, with the fen that they come to: left to pay, and for `TODAY` the totals."""

    groups: dict[CashGroup, int]
    sums: dict[CashGroup, int]


def cash_rows(session: Session, wanted: CashFilter, now: dt.datetime, after: CashRow | None = None, limit: int = 100) -> list[CashRow]:
    """A page after the row `after`: what waits or is owed from the oldest on, what is settled from the newest."""
    shop = the_shop(session)
    if wanted.group is CashGroup.TO_SETTLE:
        return _orders(session, wanted, shop.day_of(now), shop, after, limit)
    return _settlements(session, wanted, now, shop, after, limit)


def cash_counts(session: Session, wanted: CashFilter, now: dt.datetime) -> CashCounts:
    """The counts and sums beside the chips."""
    shop = the_shop(session)
    groups: dict[CashGroup, int] = {}
    sums: dict[CashGroup, int] = {}
    for group in CashGroup:
        asked = replace(wanted, group=group)
        if group is CashGroup.TO_SETTLE:
            waiting = select(WorkOrder.id).where(*_order_conditions(session, asked))
            groups[group] = session.execute(select(func.count()).select_from(waiting.subquery())).scalar_one()
            sums[group] = int(
                session.execute(
                    select(func.coalesce(func.sum(WorkOrderLine.amount), 0)).where(
                        WorkOrderLine.order_id.in_(waiting), WorkOrderLine.consent == Consent.AUTHORISED
                    )
                ).scalar_one()
            )
            continue
        worth = Settlement.total if group is CashGroup.TODAY else _left()
        sums_of = select(func.count(), func.coalesce(func.sum(worth), 0)).select_from(Settlement).join(WorkOrder, WorkOrder.id == Settlement.order_id)
        count, total = session.execute(sums_of.where(*_conditions(session, asked, now, shop))).one()
        groups[group], sums[group] = count, int(total)
    return CashCounts(groups, sums)


def to_settle(session: Session) -> int:
    """How many orders wait to be settled."""
    return session.execute(select(func.count()).select_from(WorkOrder).where(WorkOrder.state == OrderState.READY)).scalar_one()


def _left() -> Any:
    """What is still to be paid of a settlement."""
    paid = select(func.coalesce(func.sum(Payment.amount), 0)).where(Payment.settlement_id == Settlement.id).correlate(Settlement).scalar_subquery()
    return Settlement.total - Settlement.written_off - paid


def _order_conditions(session: Session, wanted: CashFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [WorkOrder.state == OrderState.READY]
    if wanted.payer is not None:
        authorised = (WorkOrderLine.order_id == WorkOrder.id, WorkOrderLine.payer == wanted.payer, WorkOrderLine.consent == Consent.AUTHORISED)
        found.append(exists().where(*authorised))
    if wanted.text.strip():
        meant = meant_by(session, wanted.text, WorkOrder.vehicle_id, WorkOrder.customer_id)
        number = number_begun(wanted.text, "W")
        found.append(or_(meant, begins_with(WorkOrder.number, number)) if number else meant)
    return found


def _orders(session: Session, wanted: CashFilter, today: dt.date, shop: ShopRow, after: CashRow | None, limit: int) -> list[CashRow]:
    ready = func.coalesce(WorkOrder.ready_at, WorkOrder.checked_in_at, type_=WorkOrder.checked_in_at.type)
    query = (
        select(
            WorkOrder.id, WorkOrder.number, WorkOrder.plate, WorkOrder.plate_colour, Customer.name, WorkOrder.sender_name, Vehicle.maker, Vehicle.model,
            ready, WorkOrder.washed_at, WorkOrder.wash_wanted,
        )
        .join(Vehicle, Vehicle.id == WorkOrder.vehicle_id)
        .outerjoin(Customer, Customer.id == WorkOrder.customer_id)
        .where(*_order_conditions(session, wanted))
        .order_by(ready, WorkOrder.id)
        .limit(limit)
    )  # fmt: skip
    if after is not None:
        query = query.where(tuple_(ready, WorkOrder.id) > (after.at, after.order_id))
    rows = session.execute(query).all()
    payers, totals = _shares(session, [row[0] for row in rows])
    return [
        CashRow(
            order_id=row[0], settlement_id=None, number=row[1], order_number=row[1], plate=row[2], plate_colour=row[3], customer=row[4] or row[5],
            maker=row[6], model=row[7], payers=payers.get(row[0], ()), insurers=("", "", ""), state=None, debt=None, total=totals.get(row[0], 0),
            left=totals.get(row[0], 0), at=row[8], days=(today - shop.day_of(row[8])).days, due_on=None, washed=row[9] is not None or not row[10],
        )
        for row in rows
    ]  # fmt: skip


def _shares(session: Session, order_ids: Sequence[int]) -> tuple[dict[int, tuple[Payer, ...]], dict[int, int]]:
    payers: dict[int, set[Payer]] = {}
    totals: dict[int, int] = {}
    query = (
        select(WorkOrderLine.order_id, WorkOrderLine.payer, func.sum(WorkOrderLine.amount))
        .where(WorkOrderLine.order_id.in_(order_ids), WorkOrderLine.consent == Consent.AUTHORISED)
        .group_by(WorkOrderLine.order_id, WorkOrderLine.payer)
    )
    for order_id, payer, amount in session.execute(query):
        payers.setdefault(order_id, set()).add(payer)
        totals[order_id] = totals.get(order_id, 0) + int(amount)
    return {order_id: tuple(payer for payer in Payer if payer in held) for order_id, held in payers.items()}, totals


def _conditions(session: Session, wanted: CashFilter, now: dt.datetime, shop: ShopRow) -> list[ColumnElement[bool]]:
    today = shop.day_of(now)
    found: list[ColumnElement[bool]] = []
    if wanted.group is CashGroup.TODAY:
        found += [Settlement.settled_at >= _start_of(today, shop), Settlement.state != SettlementState.CANCELLED]
    elif wanted.group is not None:
        found.append(Settlement.state.in_(_UNPAID))
        bad_before = _start_of(today - dt.timedelta(days=shop.settings.bad_debt_days), shop)
        if wanted.group is CashGroup.OVERDUE:
            found.append(or_(Settlement.due_on < today, Settlement.settled_at < bad_before))
        elif wanted.group is CashGroup.BAD:
            found.append(Settlement.settled_at < bad_before)
    if wanted.payer is not None:
        found.append(Settlement.payer == wanted.payer)
    if wanted.text.strip():
        few = few_meant(session, wanted.text)
        if few is None:
            said = [has_key(wanted.text, WorkOrder.vehicle_id, WorkOrder.customer_id)]
        else:
            # Begun with the few orders that are meant, not with every settlement by its day.
            said = [Settlement.order_id.in_(select(WorkOrder.id).where(few.condition(WorkOrder.vehicle_id, WorkOrder.customer_id)))]
        if number := number_begun(wanted.text, "S"):
            said.append(begins_with(Settlement.number, number))
        if number := number_begun(wanted.text, "W"):
            said.append(Settlement.order_id.in_(select(WorkOrder.id).where(begins_with(WorkOrder.number, number))))
        found.append(or_(*said))
    return found


def _start_of(day: dt.date, shop: ShopRow) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), ZoneInfo(shop.zone))


def _settlements(session: Session, wanted: CashFilter, now: dt.datetime, shop: ShopRow, after: CashRow | None, limit: int) -> list[CashRow]:
    oldest_first = wanted.group in (CashGroup.OWED, CashGroup.OVERDUE, CashGroup.BAD)
    place = (Settlement.settled_at, Settlement.id)
    query = (
        select(
            Settlement.id, Settlement.number, Settlement.order_id, WorkOrder.number, WorkOrder.plate, WorkOrder.plate_colour, Customer.name,
            WorkOrder.sender_name, Vehicle.maker, Vehicle.model, Settlement.payer, Insurer.short_zh_tw, Insurer.short_zh_cn, Insurer.short_en,
            Settlement.state, Settlement.total, _left(), Settlement.settled_at, Settlement.due_on,
        )
        .join(WorkOrder, WorkOrder.id == Settlement.order_id)
        .join(Vehicle, Vehicle.id == WorkOrder.vehicle_id)
        .outerjoin(Customer, Customer.id == WorkOrder.customer_id)
        .outerjoin(Insurer, Insurer.code == Settlement.insurer_code)
        .where(*_conditions(session, wanted, now, shop))
        .order_by(*(place if oldest_first else (column.desc() for column in place)))
        .limit(limit)
    )  # fmt: skip
    if after is not None and after.settlement_id is not None:
        last = (after.at, after.settlement_id)
        query = query.where(tuple_(*place) > last if oldest_first else tuple_(*place) < last)
    today = shop.day_of(now)
    return [_settlement(row, shop, today) for row in session.execute(query).all()]


def _settlement(row: Any, shop: ShopRow, today: dt.date) -> CashRow:
    settled_on = shop.day_of(row[17])
    owed, left = row[14] in _UNPAID, int(row[16])
    debt = None
    if owed:
        limits = shop.settings
        debt = ageing.debt_state(ageing.Debt(settled_on, left, row[18]), today, limits.bad_debt_days, limits.dead_debt_days)
    return CashRow(
        order_id=row[2], settlement_id=row[0], number=row[1], order_number=row[3], plate=row[4], plate_colour=row[5], customer=row[6] or row[7],
        maker=row[8], model=row[9], payers=(row[10],), insurers=(row[11] or "", row[12] or "", row[13] or ""), state=row[14], debt=debt, total=row[15],
        left=left if owed else 0, at=row[17], days=ageing.age_in_days(settled_on, today), due_on=row[18], washed=True,
    )  # fmt: skip
