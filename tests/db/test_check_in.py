"""What a check-in writes beside the order, and which prices it takes: owners of new cars, diagnoses that words propose, discounts and who gives them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from db.checks import findings
from db.commands.check_in import CheckIn, ComplaintValues
from db.commands.people_and_cars import NewVehicle
from db.engine import reading
from db.models import Complaint, Ownership, WorkOrder, WorkOrderLine
from db.rules.errors import Refusal
from db.rules.order_life import Consent, OrderState, Payer

if TYPE_CHECKING:
    from db.rules.order_line import LineValues
    from tests.small_shop import SmallShop


def coming(shop: SmallShop, lines: tuple[LineValues, ...] = (), **more: Any) -> CheckIn:
    values = {"vehicle_id": shop.second_vehicle, "customer_id": shop.second_customer, "signed_on_paper": True, "lines": lines, **more}
    return CheckIn(odometer_km=22_000, promised_at=shop.now + dt.timedelta(hours=3), **values)


def check_in(shop: SmallShop, **more: Any) -> int:
    return int(shop.do(coming(shop, **more))["order_id"])


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


def test_a_chip_alone_proposes_its_own_diagnosis(small_shop: SmallShop) -> None:
    order_id = check_in(small_shop, complaints=(ComplaintValues("", ("brake_noise",)), ComplaintValues("空調不涼", ("noise",)), ComplaintValues("", ("gone",))))
    with reading(small_shop.engine) as session:
        query = select(WorkOrderLine.code, WorkOrderLine.consent).where(WorkOrderLine.order_id == order_id).order_by(WorkOrderLine.position)
        assert [tuple(line) for line in session.execute(query)] == [("D06", Consent.PROPOSED), ("D05", Consent.PROPOSED), ("E01", Consent.PROPOSED)]


def test_what_was_chosen_stays_as_it_is(small_shop: SmallShop) -> None:
    order_id = check_in(small_shop, complaints=(ComplaintValues("做個保養"),), lines=tuple(small_shop.lines_of("package", "PK-MIN-S")))
    with reading(small_shop.engine) as session:
        lines = session.execute(select(WorkOrderLine).where(WorkOrderLine.order_id == order_id)).scalars().all()
        assert lines and {line.package_code for line in lines} == {"PK-MIN-S"}


@pytest.mark.parametrize(
    ("changed", "may"),
    [
        ({"discount_basis_points": 500}, True), ({"discount_basis_points": 501}, False), ({"discount_basis_points": 10_000}, False),
        ({"unit_price": 0}, False), ({"unit_price": 1_000_000}, True),
        ({"discount_basis_points": 10_000, "proposed": True}, False), ({"discount_basis_points": 10_000, "payer": Payer.WARRANTY}, False),
    ],
)  # fmt: skip
def test_an_advisor_gives_a_discount_up_to_the_limit_and_a_manager_any(small_shop: SmallShop, changed: dict[str, Any], may: bool) -> None:
    package = small_shop.lines_of("package", "PK-MIN-S")
    little = [replace(line, discount_basis_points=100) for line in small_shop.lines_of("part", "BP-F-01")]
    lines = (*package, *little, *(replace(line, **changed) for line in small_shop.lines_of("operation", "G01")))
    if not may:
        with pytest.raises(Refusal) as refused:
            small_shop.do(coming(small_shop, lines))
        assert (refused.value.code, refused.value.facts["roles"]) == ("discount_not_allowed", ["manager"]), "leave is asked for the largest"
        with reading(small_shop.engine) as session:
            checked_in = select(WorkOrder.id).where(WorkOrder.vehicle_id == small_shop.second_vehicle, WorkOrder.state != OrderState.CANCELLED)
            assert session.execute(checked_in).all() == [], "nothing is written"
    order_id = small_shop.do(coming(small_shop, lines), approved_by_id=None if may else small_shop.manager)["order_id"]
    with reading(small_shop.engine) as session:
        order = session.get_one(WorkOrder, order_id)
        assert order.advisor_id == small_shop.advisor
        own = (WorkOrderLine.order_id == order_id, WorkOrderLine.package_code == "", WorkOrderLine.code == "G01")
        (line,) = session.execute(select(WorkOrderLine).where(*own)).scalars()
        kept = {name: value for name, value in changed.items() if name != "proposed"}
        assert {name: getattr(line, name) for name in kept} == kept
        assert list(findings(session)) == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"quantity": 0}, "quantity_not_possible"), ({"unit_price": -1}, "line_below_zero"), ({"adjustment": -10_000_000}, "line_below_zero"),
        ({"discount_basis_points": -1}, "discount_not_possible"),
    ],
)  # fmt: skip
def test_impossible_prices_are_refused_to_everybody(small_shop: SmallShop, changed: dict[str, Any], code: str) -> None:
    lines = tuple(replace(line, **changed) for line in small_shop.lines_of("operation", "G01"))
    command = coming(small_shop, lines)
    with pytest.raises(Refusal) as refused:
        small_shop.do(command, small_shop.manager)
    assert refused.value.code == code


def test_a_foreman_gives_no_discount_of_his_own(small_shop: SmallShop) -> None:
    lines = tuple(replace(line, discount_basis_points=100) for line in small_shop.lines_of("operation", "G01"))
    command = coming(small_shop, lines)
    with pytest.raises(Refusal, match="discount_not_allowed"):
        small_shop.do(command, small_shop.foreman)
    small_shop.do(command, small_shop.foreman, approved_by_id=small_shop.advisor)
