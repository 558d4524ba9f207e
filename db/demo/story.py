"""The returning car that the afternoon's first check-in is about, with all that an advisor has to know of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from db.demo.cars import OwnerPlan, PlannedVisit
from db.demo.people import COUNTER
from db.demo.visits import MAINTENANCE, REPAIR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.demo.cars import Car, Garage
    from db.demo.world import World

_METRES_PER_DAY = 29_400
_LAST_VISIT_DAYS_AGO = 251
_KILOMETRES_THEN = 53_902
PAD_RATE = 155
"""Thousandths of a millimetre that its front pads lose over 1,000 km: at the last visit 3.1 to 3.2 mm were left."""
INSURER = "PAIC"
INSURED_FOR_DAYS = 27


def draw_story(garage: Garage, today: dt.date) -> tuple[Car, Car]:
    """陳志強's Camry, and his wife's car, whose last bill he still owes."""
    owner = OwnerPlan(
        name="陳志強", language="zh_TW", typed_phone="138 0268 4417", more={"title": "mr", "is_account": True, "tier": "gold", "account_limit": 500_000}
    )
    bought = today - dt.timedelta(days=_LAST_VISIT_DAYS_AGO) - dt.timedelta(days=_KILOMETRES_THEN * 1000 // _METRES_PER_DAY)
    car = garage.car(owner, model="TOYOTA-CAMRY", plate_text="粤B·8K326", bought_on=bought, metres_per_day=_METRES_PER_DAY, cast="story", colour="珍珠白")
    car.bought_here = True
    wife = garage.car(owner, model="HONDA-FIT", plate_text="粤B·5W208", bought_on=today - dt.timedelta(days=900), metres_per_day=21_000, cast="wife")
    return car, wife


def plan_story(car: Car, wife: Car, today: dt.date) -> None:
    """Their visits, whatever was drawn for them."""

    def ago(days: int, purpose: str, *codes: str, **more: object) -> PlannedVisit:
        return PlannedVisit(today - dt.timedelta(days=days), purpose, minute=570, codes=codes, **more)  # type: ignore[arg-type]

    car.drifts_after = wife.drifts_after = None
    car.visits = [
        ago(1040, MAINTENANCE, "PK-MIN-F"), ago(880, REPAIR), ago(742, MAINTENANCE, "PK-MID"), ago(561, MAINTENANCE, "PK-MAJ"),
        ago(448, REPAIR, "E02", "PK-ALN"), ago(_LAST_VISIT_DAYS_AGO, MAINTENANCE, "PK-MIN-F"),
    ]  # fmt: skip
    wife.visits = [ago(590, MAINTENANCE, "PK-MIN-F"), ago(330, MAINTENANCE, "PK-MID"), ago(41, MAINTENANCE, "PK-MIN-S", settle_on_account=True)]
    car.never_pays = wife.never_pays = car.puts_off = True


def begin(world: World, car: Car) -> None:
    """What was promised to him at his last visit."""
    world.simulation.spawn(world.opening - dt.timedelta(days=_LAST_VISIT_DAYS_AGO - 3), _promise(world, car))


def _promise(world: World, car: Car) -> Iterator[dt.datetime]:
    at = world.calendar.next_open(world.simulation.now)
    yield at
    owner = car.owner.made
    assert owner is not None
    world.ledger.act(at, world.crew.advisors[0], COUNTER, "make_promise")
    world.ledger.add(
        "promise", customer_id=owner.id, vehicle_id=car.id, words="送雨刷片一對", promised_at=at, staff_id=world.crew.advisors[0],
        until_on=world.today + dt.timedelta(days=30),
    )  # fmt: skip
