"""A recall or campaign of a car: it stands on one order at a time, is done only by work that was done, and is told of until then."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from db.checks import findings
from db.commands.check_in import CheckIn
from db.commands.merging import MergeVehicles
from db.commands.order_changes import AddLines, Authorise, RestoreLines, Withdrawal, WithdrawLines
from db.commands.order_moves import Cancel, Deliver, Dispatch, PassCheck
from db.commands.order_settling import Settle, ShareValues
from db.commands.order_work import MarkLinesDone
from db.commands.vehicles import AddVehicle, VehicleValues
from db.engine import reading, writing
from db.models import Campaign, CampaignVehicle, Vehicle, WorkOrder, WorkOrderLine
from db.queries.alerts import alerts
from db.queries.vehicle_file import vehicle_file
from db.rules.order_life import Consent, OrderState, Payer
from db.rules.record_words import AuthorisedHow, PaymentMethod

if TYPE_CHECKING:
    from tests.small_shop import SmallShop

RECALL = "M25"
OTHER = "G01"


@pytest.fixture
def shop(small_shop: SmallShop) -> SmallShop:
    """The second car, which no open order holds, is called back."""
    with writing(small_shop.engine) as session:
        campaign = Campaign(code="R-1", is_recall=True, name_zh_tw="軟管召回", name_zh_cn="软管召回", name_en="Brake hose", operation_code=RECALL)
        session.add(campaign)
        session.flush()
        session.add(CampaignVehicle(campaign_id=campaign.id, vehicle_id=small_shop.second_vehicle))
    return small_shop


def check_in(shop: SmallShop, *, proposed: bool = False, minutes: float = 0) -> tuple[int, int, int]:
    """The car comes with the recall and another work on its order: the order, the recall's line, the other's."""
    with reading(shop.engine) as session:
        campaign_id = session.execute(select(Campaign.id)).scalar_one()
    lines = [replace(line, campaign_id=campaign_id, proposed=proposed) for line in shop.lines_of("operation", RECALL, payer=Payer.RECALL)]
    lines += shop.lines_of("operation", OTHER)
    order_id = shop.do(
        CheckIn(
            odometer_km=22_000, promised_at=shop.now + dt.timedelta(hours=9), vehicle_id=shop.second_vehicle, customer_id=shop.second_customer,
            signed_on_paper=True, lines=tuple(lines),
        ),
        minutes=minutes,
    )["order_id"]  # fmt: skip
    recall, other = shop.line_ids(order_id)
    return order_id, recall, other


def deliver(shop: SmallShop, order_id: int, *done: int) -> None:
    """From the dispatch to the key; all but what is `done` is not on the order any more."""
    shop.do(Dispatch(order_id, shop.technician, shop.bay), shop.foreman, 10)
    shop.do(MarkLinesDone(done), shop.foreman, 20)
    shop.do(PassCheck(order_id), shop.manager, 30)
    with reading(shop.engine) as session:
        payers = session.execute(
            select(WorkOrderLine.payer).where(WorkOrderLine.order_id == order_id, WorkOrderLine.consent == Consent.AUTHORISED).distinct()
        ).scalars()
        shares = tuple(ShareValues(payer, PaymentMethod.CASH if payer is Payer.CUSTOMER else None) for payer in payers)
    shop.do(Settle(order_id, shares), shop.manager, 40)
    shop.do(Deliver(order_id, "黃麗雯"), minutes=50)
    with reading(shop.engine) as session:
        assert session.get_one(WorkOrder, order_id).state is OrderState.DELIVERED


def stands(shop: SmallShop) -> tuple[int | None, bool]:
    """On which order the recall stands, and whether it is done; the books agree with it."""
    with reading(shop.engine) as session:
        assert list(findings(session)) == []
        row = session.execute(select(CampaignVehicle)).scalar_one()
        return row.done_order_id, row.done_at is not None


def told_of(shop: SmallShop) -> bool:
    """Whether the next advisor is told of it."""
    with reading(shop.engine) as session:
        car = vehicle_file(session, shop.second_vehicle, shop.now)
        return any(alert.kind == "recall" for alert in alerts(session, car, shop.now + dt.timedelta(days=1)))


def test_a_recall_that_was_carried_out_is_done_at_delivery(shop: SmallShop) -> None:
    assert told_of(shop)
    order_id, recall, other = check_in(shop)
    assert stands(shop) == (order_id, False) and not told_of(shop)
    deliver(shop, order_id, recall, other)
    assert stands(shop) == (order_id, True) and not told_of(shop)


def test_a_recalls_work_put_on_by_hand_is_the_recall(shop: SmallShop) -> None:
    order_id = shop.do(
        CheckIn(
            odometer_km=22_000, promised_at=shop.now + dt.timedelta(hours=9), vehicle_id=shop.second_vehicle, customer_id=shop.second_customer,
            signed_on_paper=True, lines=tuple(shop.lines_of("operation", OTHER)),
        )
    )["order_id"]  # fmt: skip
    shop.do(AddLines(order_id, tuple(shop.lines_of("operation", RECALL, payer=Payer.RECALL))), minutes=5)
    assert stands(shop) == (order_id, False) and not told_of(shop)
    other, recall = shop.line_ids(order_id)
    shop.do(Authorise(order_id, shop.seen(recall), AuthorisedHow.PHONE, "黃麗雯"), minutes=6)
    deliver(shop, order_id, other, recall)
    assert stands(shop) == (order_id, True)


@pytest.mark.parametrize(("how", "reason"), [(Withdrawal.MISTAKE, ""), (Withdrawal.NEVER_SHOWN, ""), (Withdrawal.REFUSED, "price")])
def test_a_recall_taken_off_the_order_is_told_of_again_and_not_done_by_it(shop: SmallShop, how: Withdrawal, reason: str) -> None:
    order_id, recall, other = check_in(shop)
    shop.do(WithdrawLines(shop.seen(recall), how, reason))
    assert stands(shop) == (None, False) and told_of(shop)
    deliver(shop, order_id, other)
    assert stands(shop) == (None, False) and told_of(shop)


def test_a_recall_that_is_only_proposed_is_not_done_by_the_delivery(shop: SmallShop) -> None:
    order_id, _recall, other = check_in(shop, proposed=True)
    assert stands(shop) == (order_id, False), "it stands on the open order"
    deliver(shop, order_id, other)
    assert stands(shop) == (None, False) and told_of(shop)


def test_a_recall_brought_back_stands_on_the_order_again(shop: SmallShop) -> None:
    order_id, recall, other = check_in(shop)
    shop.do(WithdrawLines(shop.seen(recall), Withdrawal.MISTAKE))
    shop.do(RestoreLines(shop.seen(recall)))
    assert stands(shop) == (order_id, False) and not told_of(shop)
    deliver(shop, order_id, recall, other)
    assert stands(shop) == (order_id, True)


def test_a_customer_who_wants_the_recall_after_all_is_heard(shop: SmallShop) -> None:
    order_id, recall, other = check_in(shop)
    shop.do(WithdrawLines(shop.seen(recall), Withdrawal.REFUSED, "price"))
    shop.do(Authorise(order_id, shop.seen(recall), AuthorisedHow.PHONE, "黃麗雯"))
    assert stands(shop) == (order_id, False)
    deliver(shop, order_id, recall, other)
    assert stands(shop) == (order_id, True)


def test_the_same_work_paid_by_the_customer_is_not_the_recall(shop: SmallShop) -> None:
    """An operation that nobody put on the order for the recall does not come to stand for it by being taken off and brought back."""
    order_id = shop.do(
        CheckIn(
            odometer_km=22_000, promised_at=shop.now + dt.timedelta(hours=9), vehicle_id=shop.second_vehicle, customer_id=shop.second_customer,
            signed_on_paper=True, lines=tuple(shop.lines_of("operation", OTHER)),
        )
    )["order_id"]  # fmt: skip
    (own,) = shop.do(AddLines(order_id, tuple(shop.lines_of("operation", RECALL))))["line_ids"]
    shop.do(WithdrawLines(shop.seen(own), Withdrawal.MISTAKE))
    shop.do(RestoreLines(shop.seen(own)))
    assert stands(shop) == (None, False) and told_of(shop)


def test_a_recall_is_done_once(shop: SmallShop) -> None:
    """A form begun before the recall was done, saved after: what is done stays done where it was done."""
    order_id, recall, other = check_in(shop)
    deliver(shop, order_id, recall, other)
    later, again, other = check_in(shop, minutes=60)
    shop.do(WithdrawLines(shop.seen(again), Withdrawal.MISTAKE))
    assert stands(shop) == (order_id, True)
    shop.do(Cancel(later, "no_time"), minutes=70)
    assert stands(shop) == (order_id, True) and not told_of(shop)


def test_a_recall_booked_on_an_order_that_left_without_it_is_told_of(shop: SmallShop) -> None:
    order_id, recall, other = check_in(shop)
    shop.do(WithdrawLines(shop.seen(recall), Withdrawal.MISTAKE))
    deliver(shop, order_id, other)
    with writing(shop.engine) as session:
        row = session.execute(select(CampaignVehicle)).scalar_one()
        row.done_order_id = order_id
    assert told_of(shop), "it is neither on an open order nor done"
    with writing(shop.engine) as session:
        row = session.execute(select(CampaignVehicle)).scalar_one()
        row.done_at = shop.now
    with reading(shop.engine) as session:
        assert [(found.code, found.table) for found in findings(session) if found.table == "campaign_vehicle"] == [
            ("recall_done_without_work", "campaign_vehicle")
        ]


def test_a_recall_done_under_one_of_two_records_of_a_car_is_done_under_both(shop: SmallShop) -> None:
    order_id, recall, other = check_in(shop)
    deliver(shop, order_id, recall, other)
    kept = shop.do(AddVehicle(VehicleValues(), "粤B0V2K6", owner=shop.second_customer))["vehicle_id"]
    with writing(shop.engine) as session:
        session.add(CampaignVehicle(campaign_id=session.execute(select(Campaign.id)).scalar_one(), vehicle_id=kept))
        versions = [session.get_one(Vehicle, key).version for key in (kept, shop.second_vehicle)]
    shop.do(MergeVehicles(kept, shop.second_vehicle, *versions), minutes=60)
    with reading(shop.engine) as session:
        row = session.execute(select(CampaignVehicle).where(CampaignVehicle.vehicle_id == kept)).scalar_one()
        assert (row.done_order_id, row.done_at is not None) == (order_id, True)
        assert list(findings(session)) == [], "the record that is gone keeps its own row, for taking the merge apart"
