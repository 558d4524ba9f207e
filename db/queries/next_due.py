"""What falls due next on each vehicle of a list, and how far each goes a day, read at once for a page of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from db.models import OdometerReading
from db.queries.service_due import due_sources, items_due, main_due
from db.queries.shop import the_shop
from db.rules import mileage

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from db.queries.service_due import ListedVehicle

READINGS = 12
"""The last readings of a vehicle that are looked at, as in its file."""


@dataclass(frozen=True, slots=True)
class NextDue:
    """What the car comes for next (see `main_due`): its names (zh_TW, zh_CN, en), day, days until then (below 0 past), km, and state overdue, soon or later."""

    names: tuple[str, str, str]
    due_on: dt.date
    days: int
    due_km: int | None
    rule: str
    """date or kilometres: which came first."""
    state: str
    is_first_service: bool


@dataclass(frozen=True, slots=True)
class Outlook:
    """A vehicle's next due and daily distance in metres; `is_usual`: its own is not known yet."""

    next: NextDue | None
    metres_per_day: int
    is_usual: bool


@dataclass(frozen=True, slots=True)
class _Car:
    vehicle_id: int
    vin: str
    maker: str
    power_train: str
    severe_use: bool
    first_registered_on: dt.date | None
    bought_on: dt.date | None
    last_reading: mileage.Reading | None
    daily: mileage.DailyDistance


def next_dues(session: Session, rows: Sequence[ListedVehicle], now: dt.datetime) -> dict[int, Outlook]:
    """Each vehicle's outlook, by its key."""
    if not rows:
        return {}
    shop = the_shop(session)
    today = shop.day_of(now)
    read = _readings(session, [row.vehicle_id for row in rows])
    cars = [
        _Car(
            row.vehicle_id, row.vin, row.maker, row.power_train, row.severe_use, row.first_registered_on, row.bought_on, past[-1] if past else None,
            mileage.daily_distance(past, shop.settings.default_daily_kilometres),
        )
        for row in rows
        for past in (read.get(row.vehicle_id, ()),)
    ]  # fmt: skip
    sources = due_sources(session, cars, shop)
    found = {}
    for car in cars:
        first = main_due(items_due(sources, car, shop, today))
        following = (
            NextDue(
                (first.name_zh_tw, first.name_zh_cn, first.name_en), first.due_on, first.days, first.due_km, first.rule, first.state, first.is_first_service
            )
            if first is not None
            else None
        )
        found[car.vehicle_id] = Outlook(following, car.daily.metres, car.daily.is_usual)
    return found


def _readings(session: Session, ids: Sequence[int]) -> dict[int, Sequence[mileage.Reading]]:
    found: dict[int, list[mileage.Reading]] = {}
    for vehicle_id, at, km, reason in session.execute(
        select(OdometerReading.vehicle_id, OdometerReading.read_at, OdometerReading.kilometres, OdometerReading.implausible_reason)
        .where(OdometerReading.vehicle_id.in_(ids))
        .order_by(OdometerReading.vehicle_id, OdometerReading.read_at, OdometerReading.id)
    ):
        found.setdefault(vehicle_id, []).append(mileage.Reading(at, km, mileage.ReadingReason(reason) if reason else None))
    return {key: past[-READINGS:] for key, past in found.items()}
