"""The shop that other tests stand in is what it says it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from db.engine import reading
from db.models import Contact, Payment, Settlement, WorkOrder, WorkOrderLine
from db.rules.order_life import OrderState

if TYPE_CHECKING:
    from tests.small_shop import SmallShop


def test_the_earlier_visit_walked_the_whole_way(small_shop: SmallShop) -> None:
    with reading(small_shop.engine) as session:
        earlier = session.get_one(WorkOrder, small_shop.earlier_order)
        assert earlier.state is OrderState.DELIVERED and earlier.started_at is not None and earlier.checked_at is not None
        assert session.get_one(WorkOrder, small_shop.order).state is OrderState.CHECKED_IN
        settlement = session.execute(select(Settlement).where(Settlement.order_id == earlier.id)).scalar_one()
        assert settlement.total == 36_800 == sum(session.execute(select(Payment.amount).where(Payment.settlement_id == settlement.id)).scalars())
        (call,) = session.execute(select(Contact).where(Contact.order_id == earlier.id)).scalars()
        assert call.due_on is not None and call.done_at is None


def test_sums_of_whole_numbers_are_whole_on_both_stores(small_shop: SmallShop) -> None:
    with reading(small_shop.engine) as session:
        total = session.execute(select(func.coalesce(func.sum(WorkOrderLine.amount), 0))).scalar_one()
        empty = session.execute(select(func.coalesce(func.sum(WorkOrderLine.amount), 0)).where(WorkOrderLine.id < 0)).scalar_one()
    assert (type(total), type(empty), empty) == (int, int, 0) and total > 0
