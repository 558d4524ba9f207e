"""Which appointment the sheet of a car shows, on both stores."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from db.commands.appointments import MakeAppointment
from db.engine import reading
from db.queries.check_in import car_sheet

if TYPE_CHECKING:
    from tests.small_shop import SmallShop


def book(shop: SmallShop, hours: float = 1, **said: Any) -> int:
    return int(shop.do(MakeAppointment(shop.now + dt.timedelta(hours=hours), "換機油", **said))["appointment_id"])


def shown(shop: SmallShop, vehicle_id: int) -> int | None:
    with reading(shop.engine) as session:
        row = car_sheet(session, vehicle_id, shop.now).appointment
        return None if row is None else row.appointment_id


@pytest.mark.parametrize(
    "said",
    [
        {"plate_typed": "粤BD28816"}, {"plate_typed": "粵b d28816"}, {"plate_typed": "BD28816"}, {"phone_typed": "137 9876 5432"},
        {"phone_typed": "+8613798765432"}, {"plate_typed": "28816", "phone_typed": "13798765432"}, {"plate_typed": "粤BD28816", "phone_typed": "13911112222"},
    ],
)  # fmt: skip
def test_an_appointment_for_which_no_car_was_chosen_is_found_by_plate_or_phone(small_shop: SmallShop, said: dict[str, str]) -> None:
    key = book(small_shop, **said)
    assert shown(small_shop, small_shop.second_vehicle) == key
    assert shown(small_shop, small_shop.vehicle) is None


@pytest.mark.parametrize(
    "said",
    [
        {"plate_typed": "粤BD28817"}, {"plate_typed": "28816"}, {"plate_typed": "京BD28816"}, {"phone_typed": "13911112222"}, {"phone_typed": "5432"},
        {"plate_typed": "粤B77881", "phone_typed": "13798765432"},
    ],
)  # fmt: skip
def test_what_may_be_another_car_is_left_for_it(small_shop: SmallShop, said: dict[str, str]) -> None:
    book(small_shop, **said)
    assert shown(small_shop, small_shop.second_vehicle) is None


def test_the_cars_own_appointment_comes_before_its_plates_and_that_before_its_owners(small_shop: SmallShop) -> None:
    assert shown(small_shop, small_shop.second_vehicle) is None
    book(small_shop, hours=24, plate_typed="粤BD28816")
    assert shown(small_shop, small_shop.second_vehicle) is None, "tomorrow's is not today's"
    by_owner = book(small_shop, 0.5, customer_id=small_shop.second_customer, phone_typed="13798765432")
    assert shown(small_shop, small_shop.second_vehicle) == by_owner
    by_plate = book(small_shop, 1, plate_typed="粤BD28816")
    assert shown(small_shop, small_shop.second_vehicle) == by_plate
    own = book(small_shop, 2, vehicle_id=small_shop.second_vehicle)
    assert shown(small_shop, small_shop.second_vehicle) == own
    book(small_shop, 0.2, vehicle_id=small_shop.vehicle, plate_typed="", customer_id=small_shop.second_customer)
    assert shown(small_shop, small_shop.second_vehicle) == own
