"""A month's output is cars times output per car, every figure is the sum of its rows, and a change is split without a rest."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from db.commands.shop import ChangeSetting
from db.engine import reading, writing
from db.models import Settlement, WorkOrder, WorkOrderLine
from db.queries.insights import (
    CarFilter,
    OutputFilter,
    Side,
    Span,
    car_rows,
    cars_behind,
    insight,
    month_span,
    output_behind,
    output_rows,
    span_before,
)
from db.rules.money import tax_inside
from db.rules.order_life import Consent, LineKind, OrderKind, Payer
from db.rules.record_words import SettlementState
from tests.db.list_records import add, settlement

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.small_shop import SmallShop

JUNE = dt.date(2026, 6, 1)
NOVEMBER = dt.date(2026, 11, 1)
DAY = dt.timedelta(days=1)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2035, 1, 1)), st.dates(dt.date(2020, 1, 1), dt.date(2035, 1, 1)))
def test_a_month_is_compared_with_as_many_days(month: dt.date, today: dt.date) -> None:
    span = month_span(month, today)
    before = span_before(span)
    assert span.first.day == 1 and span.first <= span.last and span.first.month == span.last.month == month.month
    assert before.first.day == 1 and before.last < span.first and (span.first - before.last).days <= 31
    whole = (span.last + DAY).day == 1
    assert (before.last + DAY).day == 1 if whole else before.last.day <= span.last.day


@pytest.mark.parametrize(("month", "today", "expected"), [
    ((2026, 11, 24), (2026, 11, 24), ((11, 1), (11, 24), (10, 1), (10, 24))),
    ((2026, 10, 1), (2026, 11, 24), ((10, 1), (10, 31), (9, 1), (9, 30))),
    ((2026, 3, 30), (2026, 3, 30), ((3, 1), (3, 30), (2, 1), (2, 28))),
    ((2026, 2, 28), (2026, 2, 28), ((2, 1), (2, 28), (1, 1), (1, 31))),
])  # fmt: skip
def test_spans(month: tuple[int, int, int], today: tuple[int, int, int], expected: tuple[tuple[int, int], ...]) -> None:
    span = month_span(dt.date(*month), dt.date(*today))
    before = span_before(span)
    assert tuple((day.month, day.day) for day in (span.first, span.last, before.first, before.last)) == expected


def pages(shop: SmallShop, fetch: Callable[..., list[Any]], wanted: Any, span: Span) -> list[Any]:
    found: list[Any] = []
    with reading(shop.engine) as session:
        while page := fetch(session, span, wanted, after=found[-1] if found else None, limit=1):
            found += page
        assert found == fetch(session, span, wanted, limit=100)
    return found


def second_visit(shop: SmallShop, kind: OrderKind, days: int, amounts: dict[LineKind, int], payer: Payer = Payer.CUSTOMER, **more: Any) -> int:
    """A delivered visit of the second car so many days ago, with a line of each amount, settled with `payer`."""
    at = shop.now - dt.timedelta(days=days)
    (order,) = add(
        shop,
        WorkOrder(
            number=f"X{days}-{kind.value}-{payer.value}", state="delivered", kind=kind, vehicle_id=shop.second_vehicle, customer_id=shop.second_customer,
            plate="粤BD28816", odometer_km=30_000, checked_in_at=at, promised_at=at, first_promised_at=at, settled_at=at, delivered_at=at, **more,
        ),
    )  # fmt: skip
    total, tax = sum(amounts.values()), sum(tax_inside(amount, 1300) for amount in amounts.values())
    (key,) = add(shop, settlement(shop, f"S{days}-{kind.value}-{payer.value}", days, total, SettlementState.PAID, order_id=order, payer=payer, tax=tax))
    add(
        shop,
        *(
            WorkOrderLine(
                order_id=order, kind=line, name_zh_tw="x", name_zh_cn="x", name_en="x", quantity=1000, unit_price=amount, amount=amount, payer=payer,
                consent=Consent.AUTHORISED, settlement_id=key,
            )
            for line, amount in amounts.items()
        ),
    )  # fmt: skip
    return order


def test_the_month_of_a_walked_visit(small_shop: SmallShop) -> None:
    with reading(small_shop.engine) as session:
        found = insight(session, JUNE, small_shop.now)
        lines = session.execute(
            select(WorkOrderLine.kind, WorkOrderLine.amount, WorkOrderLine.tax_basis_points).where(WorkOrderLine.order_id == small_shop.earlier_order)
        ).all()
    expected = sum(amount - tax_inside(amount, rate) for _kind, amount, rate in lines)
    now = found.now
    assert now.output == now.payers[Payer.CUSTOMER] == expected == sum(now.lines.values()) > 0
    assert (now.cars, now.kinds[OrderKind.MAINTENANCE], now.internal, now.comebacks) == (1, 1, 0, 0)
    assert now.whole.per_car == expected and now.sides[Side.MECHANICAL].fen == expected and now.sides[Side.BODY].cars == 0
    assert found.first_month == JUNE and found.without_tax and found.changes[None].from_cars == expected
    for kind in LineKind:
        assert now.lines[kind] == sum(amount - tax_inside(amount, rate) for line, amount, rate in lines if line is kind)


def test_every_figure_is_the_sum_of_its_rows(small_shop: SmallShop) -> None:
    second_visit(small_shop, OrderKind.ACCIDENT, 5, {LineKind.LABOUR: 33_333, LineKind.PART: 77_777}, Payer.INSURER)
    second_visit(small_shop, OrderKind.REPAIR, 6, {LineKind.LABOUR: 10_001, LineKind.CONSUMABLE: -1_005})
    second_visit(small_shop, OrderKind.PRE_DELIVERY, 7, {LineKind.LABOUR: 5_000}, Payer.INTERNAL)
    second_visit(small_shop, OrderKind.COMEBACK, 8, {LineKind.LABOUR: 0})
    second_visit(small_shop, OrderKind.MAINTENANCE, 40, {LineKind.LABOUR: 40_000})
    with reading(small_shop.engine) as session:
        found = insight(session, NOVEMBER, small_shop.now)
    now = found.now
    span = now.span

    def amounts(**wanted: Any) -> int:
        with reading(small_shop.engine) as session:
            behind = output_behind(session, span, OutputFilter(**wanted))
        rows = pages(small_shop, output_rows, OutputFilter(**wanted), span)
        assert (behind.count, behind.amount) == (len(rows), sum(row.amount for row in rows))
        return behind.amount

    def cars(**wanted: Any) -> int:
        with reading(small_shop.engine) as session:
            behind = cars_behind(session, span, CarFilter(**wanted))
        assert behind.count == len(pages(small_shop, car_rows, CarFilter(**wanted), span))
        return behind.count

    assert now.output == amounts() == sum(now.payers.values()) == sum(now.lines.values()) == sum(side.fen for side in now.sides.values())
    assert {payer: amounts(payer=payer) for payer in now.payers} == now.payers
    assert {line: amounts(line=line) for line in now.lines} == now.lines
    assert {side: amounts(side=side) for side in Side} == {side: now.sides[side].fen for side in Side}
    assert now.internal == amounts(internal=True) == 5_000 - tax_inside(5_000, 1300)
    # Today's open visit is a car in although nothing of it is settled.
    assert now.cars == cars() == 3 == sum(now.kinds.values()) and {kind: cars(kind=kind) for kind in now.kinds} == now.kinds
    assert {side: cars(side=side) for side in Side} == {side: now.sides[side].cars for side in Side} and now.sides[Side.BODY].cars == 1
    assert now.comebacks == cars(comebacks=True) == 1
    for side in (None, *Side):
        here, before = (now.whole, found.before.whole) if side is None else (now.sides[side], found.before.sides[side])
        assert found.changes[side].total == here.fen - before.fen
    assert found.before.output == 40_000 - tax_inside(40_000, 1300) and found.before.span.last == dt.date(2026, 10, 24)


def test_a_car_that_comes_twice_a_day_is_one_car_and_a_cancelled_settlement_none(small_shop: SmallShop) -> None:
    first = second_visit(small_shop, OrderKind.REPAIR, 3, {LineKind.LABOUR: 10_000})
    second_visit(small_shop, OrderKind.ACCIDENT, 3, {LineKind.LABOUR: 20_000})
    with writing(small_shop.engine) as session:
        session.execute(select(Settlement).where(Settlement.order_id == first)).scalar_one().state = SettlementState.CANCELLED
    with reading(small_shop.engine) as session:
        now = insight(session, NOVEMBER, small_shop.now).now
    assert (now.cars, now.kinds[OrderKind.REPAIR], now.kinds[OrderKind.ACCIDENT]) == (2, 1, 0)
    assert now.output == 20_000 - tax_inside(20_000, 1300)


def test_a_shop_that_counts_with_tax(small_shop: SmallShop) -> None:
    small_shop.do(ChangeSetting("output_without_tax", False), small_shop.manager)
    with reading(small_shop.engine) as session:
        found = insight(session, JUNE, small_shop.now)
    assert found.now.output == sum(found.now.lines.values()) == 36_800 and not found.without_tax
