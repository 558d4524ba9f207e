"""What an advisor is told first: a long list of things due is one alert beyond its head."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import update

from db.engine import reading, writing
from db.models import Vehicle
from db.queries.alerts import MOST_DUE, alerts
from db.queries.service_due import due_items
from db.queries.vehicle_file import vehicle_file

if TYPE_CHECKING:
    from tests.small_shop import SmallShop


def test_of_much_that_is_due_the_head_is_told_and_the_rest_counted(small_shop: SmallShop) -> None:
    with writing(small_shop.engine) as session:
        session.execute(update(Vehicle).where(Vehicle.id == small_shop.second_vehicle).values(bought_on=dt.date(2019, 3, 1), power_train="petrol"))
    with reading(small_shop.engine) as session:
        car = vehicle_file(session, small_shop.second_vehicle, small_shop.now)
        due = [item for item in due_items(session, car, small_shop.now) if item.state != "later"]
        told = alerts(session, car, small_shop.now)
    one_by_one = [alert for alert in told if alert.kind == "due"]
    (more,) = [alert for alert in told if alert.kind == "due_more"]
    assert len(due) > MOST_DUE == len(one_by_one)
    assert one_by_one[0].offers[0].subject == "package", "what does most of it at once comes first"
    assert more.facts["count"] == len(due) - MOST_DUE and more.rows == (("vehicle", small_shop.second_vehicle),)
    ranks = [alert.rank for alert in told]
    assert ranks == sorted(ranks)
