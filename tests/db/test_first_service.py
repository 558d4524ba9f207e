"""A car bought new is asked in for its first service in its maker's window, whatever language the maker was written in."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from db.commands.vehicles import AddVehicle, VehicleValues
from db.engine import reading
from db.queries.customers import VehicleFilter, vehicle_page, with_dues
from db.queries.service_due import due_items, main_due
from db.queries.vehicle_file import vehicle_file
from db.rules.record_words import PowerTrain

if TYPE_CHECKING:
    from db.queries.service_due import DueItem
    from tests.small_shop import SmallShop

BOUGHT = dt.date(2026, 5, 28)
"""Nearly six months before the day of all examples."""


def first_service(shop: SmallShop, maker: str, power_train: PowerTrain = PowerTrain.PETROL, vin: str = "") -> DueItem:
    values = VehicleValues(maker=maker, power_train=power_train, vin=vin, bought_on=BOUGHT)
    key = shop.do(AddVehicle(values, plate="粤B51A08"))["vehicle_id"]
    with reading(shop.engine) as session:
        item = main_due(due_items(session, vehicle_file(session, key, shop.now), shop.now))
        assert item is not None and item.is_first_service
        listed = next(row for row in with_dues(session, vehicle_page(session, VehicleFilter(), shop.now), shop.now) if row.vehicle_id == key)
    assert listed.next is not None and listed.next.is_first_service and listed.next.due_on == item.due_on
    return item


@pytest.mark.parametrize("maker", ["廣汽豐田", "广汽丰田", "GAC Toyota", "gac toyota"])
def test_a_maker_with_a_year_until_its_first_service_is_not_asked_in_after_six_months(small_shop: SmallShop, maker: str) -> None:
    item = first_service(small_shop, maker)
    assert (item.code, item.state, item.due_km, item.every_months) == ("FIRST-GAC-TOYOTA", "later", 10_000, 12)
    assert item.due_on == dt.date(2027, 4, 28) and item.closes_in_days == (dt.date(2027, 6, 27) - dt.date(2026, 11, 24)).days


@pytest.mark.parametrize("maker", ["比亞迪", "國瑞（台灣豐田）", ""])
def test_all_other_makers_are_asked_in_after_six(small_shop: SmallShop, maker: str) -> None:
    item = first_service(small_shop, maker)
    assert (item.code, item.state, item.due_km, item.every_months) == ("FIRST", "overdue", 5_000, 6)


def test_a_maker_that_is_not_written_is_read_from_the_vin(small_shop: SmallShop) -> None:
    assert first_service(small_shop, "", vin="LSVAA49J132047371").code == "FIRST-SVW"


def test_a_window_of_one_power_train_holds_for_it(small_shop: SmallShop) -> None:
    assert first_service(small_shop, "理想汽車", PowerTrain.PLUG_IN_HYBRID).code == "FIRST-LI"


def test_a_window_of_one_power_train_says_nothing_of_the_others(small_shop: SmallShop) -> None:
    assert first_service(small_shop, "理想汽車", PowerTrain.BATTERY).code == "FIRST"
