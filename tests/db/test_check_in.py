"""What a check-in writes beside the order: who owns a car that is new here, and the diagnoses that the customer's words propose."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from db.checks import findings
from db.commands.check_in import CheckIn, ComplaintValues
from db.commands.people_and_cars import NewVehicle
from db.engine import reading
from db.models import Complaint, Ownership, WorkOrder, WorkOrderLine
from db.rules.order_life import Consent

if TYPE_CHECKING:
    from tests.small_shop import SmallShop


def check_in(shop: SmallShop, **more: Any) -> int:
    values = {"vehicle_id": shop.second_vehicle, "customer_id": shop.second_customer, "signed_on_paper": True, **more}
    return int(shop.do(CheckIn(odometer_km=22_000, promised_at=shop.now + dt.timedelta(hours=3), **values))["order_id"])


@pytest.mark.parametrize(("sender", "owned"), [("", True), ("司機老王", False)])
def test_a_new_car_of_a_known_customer_is_his_unless_another_brings_it(small_shop: SmallShop, sender: str, owned: bool) -> None:
    order_id = check_in(small_shop, vehicle_id=None, new_vehicle=NewVehicle(plate="粤B7P9K2"), customer_id=small_shop.customer, sender_name=sender)
    with reading(small_shop.engine) as session:
        vehicle_id = session.get_one(WorkOrder, order_id).vehicle_id
        owners = session.execute(select(Ownership.customer_id).where(Ownership.vehicle_id == vehicle_id, Ownership.until.is_(None))).scalars().all()
        assert owners == ([small_shop.customer] if owned else [])
        assert list(findings(session)) == []


def test_each_complaint_becomes_a_proposed_diagnosis_where_nothing_is_to_be_done_yet(small_shop: SmallShop) -> None:
    order_id = check_in(small_shop, complaints=(ComplaintValues("空调不凉"), ComplaintValues("儀表上有個沒見過的燈")))
    with reading(small_shop.engine) as session:
        lines = session.execute(
            select(WorkOrderLine.code, WorkOrderLine.consent, Complaint.position)
            .join(Complaint, Complaint.id == WorkOrderLine.complaint_id)
            .where(WorkOrderLine.order_id == order_id)
            .order_by(Complaint.position)
        ).all()
        assert [tuple(line) for line in lines] == [("D05", Consent.PROPOSED, 0), ("E01", Consent.PROPOSED, 1)]
        assert session.get_one(WorkOrder, order_id).agreed_total == 0
        assert list(findings(session)) == []


def test_what_was_chosen_stays_as_it_is(small_shop: SmallShop) -> None:
    order_id = check_in(small_shop, complaints=(ComplaintValues("做個保養"),), lines=tuple(small_shop.lines_of("package", "PK-MIN-S")))
    with reading(small_shop.engine) as session:
        lines = session.execute(select(WorkOrderLine).where(WorkOrderLine.order_id == order_id)).scalars().all()
        assert lines and {line.package_code for line in lines} == {"PK-MIN-S"}
