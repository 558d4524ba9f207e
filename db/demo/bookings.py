"""Appointments: those that led to past visits, and the twelve of today and tomorrow."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from db.demo.cast import moment
from db.demo.people import COUNTER
from db.rules.record_words import AppointmentState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.demo.cars import Car, PlannedVisit
    from db.demo.cast import Time
    from db.demo.ledger import Row
    from db.demo.world import World

_REASONS = {
    "first": "首次保養", "maintenance": "保養", "repair": "檢查異響", "body": "補漆", "season": "季節檢測", "comeback": "返修", "recall": "召回",
}  # fmt: skip
_BOOKED_SHARE = 0.36

_TODAY: tuple[tuple[str, Time, str, tuple[str, ...], str], ...] = (
    ("d2", (0, 8, 30), "小保養", ("PK-MIN-F",), "checked_in"),
    ("o8", (0, 10, 15), "水溫高，換冷卻液", ("PK-COOL",), "checked_in"),
    ("o4", (0, 10, 45), "保養和輪胎換位", ("PK-MIN-F",), "checked_in"),
    ("", (0, 9, 0), "中保養", ("PK-MID",), "not_shown"),
    ("story", (0, 14, 30), "六萬公里保養，剎車有聲", ("PK-MID",), "booked"),
    ("", (0, 15, 30), "空調養護", ("PK-AC",), "booked"),
    ("", (0, 16, 30), "四輪定位", ("PK-ALN",), "booked"),
    ("", (-1, 8, 30), "小保養", ("PK-MIN-F",), "booked"),
    ("", (-1, 9, 30), "大保養", ("PK-MAJ",), "booked"),
    ("", (-1, 10, 30), "電瓶檢測", ("PK-BAT",), "booked"),
    ("", (-1, 14, 0), "換兩條輪胎", ("PK-TYR2",), "booked"),
)  # fmt: skip


def before_visit(world: World, car: Car, planned: PlannedVisit, at: dt.datetime) -> Iterator[dt.datetime]:
    """Some visits were agreed on by telephone some days before; the number stands on `planned`."""
    planned.appointment_id = None
    if world.draw.random() > _BOOKED_SHARE:
        return
    day = world.calendar.day_of(at) - dt.timedelta(days=world.draw.randint(1, 7))
    booked_at = world.calendar.moment(world.calendar.working_days_after(day - dt.timedelta(1), 1), world.draw.randint(520, 1060))
    if not world.simulation.now < booked_at < at:
        return
    yield booked_at
    starts = world.calendar.moment(world.calendar.day_of(at), max(510, (at - world.calendar.moment(world.calendar.day_of(at))).seconds // 60 // 15 * 15))
    planned.appointment_id = book(world, car, starts, _REASONS[planned.purpose], planned.codes)["id"]


def book(world: World, car: Car, starts_at: dt.datetime, reason: str, codes: tuple[str, ...]) -> Row:
    """Agree a visit."""
    owner = car.owner.made
    assert owner is not None
    advisor = world.draw.choice(world.crew.advisors)
    world.ledger.act(world.simulation.now, advisor, COUNTER, "make_appointment")
    return world.ledger.add(
        "appointment", number=world.numbers.next("A", starts_at), starts_at=starts_at, minutes=60, vehicle_id=car.id, customer_id=owner.id, reason=reason,
        package_codes=list(codes), skill="mechanical", advisor_id=advisor, created_at=world.simulation.now,
    )  # fmt: skip


def today_and_tomorrow(world: World, cars: list[Car], cast: dict[str, Car]) -> None:
    """The twelve appointments that stand in the book for today and tomorrow; one of a caller whose car nobody knows yet."""
    lately = world.today - dt.timedelta(days=40)
    others = (car for car in cars if not car.cast and car.plate and car.visits and car.drifts_after is None and car.visits[-1].day < lately)
    for number, (key, time, reason, codes, state) in enumerate(_TODAY):
        car = cast[key] if key else next(others, None)
        if car is None:
            continue
        made = moment(world.calendar, world.today, (2, 9 + number // 2, 5 + 31 * (number % 2)))
        world.simulation.spawn(made, _one(world, car, moment(world.calendar, world.today, time), reason, codes, state))
    world.simulation.spawn(moment(world.calendar, world.today, (1, 15, 40)), _stranger(world))


def _one(world: World, car: Car, starts_at: dt.datetime, reason: str, codes: tuple[str, ...], state: str) -> Iterator[dt.datetime]:
    row = book(world, car, starts_at, reason, codes)
    if state == "checked_in":
        car.booked = row
    if state == "not_shown":
        yield world.opening + dt.timedelta(hours=2, minutes=10)
        world.ledger.act(world.simulation.now, world.crew.advisors[0], COUNTER, "end_appointment")
        world.ledger.change("appointment", row, state=AppointmentState.NOT_SHOWN)


def _stranger(world: World) -> Iterator[dt.datetime]:
    starts = moment(world.calendar, world.today, (-1, 15, 30))
    advisor = world.crew.advisors[0]
    world.ledger.act(world.simulation.now, advisor, COUNTER, "make_appointment")
    world.ledger.add(
        "appointment", number=world.numbers.next("A", starts), starts_at=starts, minutes=60, plate_typed="粤B·2K57N", name_typed="宋女士",
        phone_typed="136 8890 2274", reason="剎車異響", skill="mechanical", advisor_id=advisor, created_at=world.simulation.now,
    )  # fmt: skip
    yield world.simulation.now
