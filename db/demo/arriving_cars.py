"""How cars and their people get into the books: at the shop's beginning, when they are bought here, or when they first come."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from db.demo import story
from db.demo.cars import next_inspection
from db.demo.course import life
from db.demo.people import COUNTER, OFFICE
from db.demo.wear import Wear
from db.rules import plate
from db.rules.months import add_months
from db.rules.record_words import OwnershipRole, PolicyKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.demo.cars import Car, OwnerPlan
    from db.demo.people import Owner
    from db.demo.world import World

_INSURERS = ("PICC", "PAIC", "CPIC", "GPIC", "CCIC", "CICP")
_INSURER_WEIGHTS = (36, 27, 17, 9, 6, 5)


def begin(world: World, car: Car, opened: dt.datetime) -> None:
    """Let a car's life begin when it is first known."""
    first = world.calendar.moment(car.visits[0].day, 505) if car.visits else world.opening - dt.timedelta(days=world.draw.randint(300, 1000))
    bought = world.calendar.moment(car.bought_on, 600)
    if car.bought_on <= world.calendar.day_of(opened):
        known = opened + dt.timedelta(minutes=20) if world.draw.random() < 0.62 else max(first, opened)
    else:
        known = bought if car.bought_here else max(first, bought)
    world.simulation.spawn(min(known, world.opening - dt.timedelta(hours=20)), _appear(world, car))


def _appear(world: World, car: Car) -> Iterator[dt.datetime]:
    now = world.simulation.now
    draw = world.draw
    by = draw.choice(world.crew.advisors)
    world.ledger.act(now, by, COUNTER, "add_vehicle")
    owner = owner_of(world, car.owner)
    put_into_books(world, car, owner)
    if car.former_plate:
        world.simulation.spawn(min(now + dt.timedelta(days=draw.randint(20, 300)), world.opening - dt.timedelta(days=2)), _new_plate(world, car))
    world.simulation.spawn(now, _insured(world, car))
    yield from life(world, car)


def owner_of(world: World, plan: OwnerPlan) -> Owner:
    """The customer behind a plan, whose record is made with the first of his cars."""
    if plan.made is None:
        if plan.government is not None:
            plan.made = world.customers.government(plan.government)
        elif plan.is_company:
            plan.made = world.customers.company(plan.name, plan.language, plan.typed_phone, **plan.more)
        else:
            plan.made = world.customers.person(plan.name, plan.language, plan.typed_phone, **plan.more)
    return plan.made


def put_into_books(world: World, car: Car, owner: Owner) -> None:
    """The vehicle's record, its plate and whose it is."""
    ledger, now = world.ledger, world.ledger.at
    traditional = owner.language != "zh_CN"
    name = car.model.name
    maker = world.shelf.makers[car.model.maker]
    car.row = ledger.add(
        "vehicle", vin=car.vin, vin_typed=car.vin, maker=maker.zh_TW if traditional else maker.zh_CN, model=name.zh_TW if traditional else name.zh_CN,
        model_year=car.bought_on.year, colour=car.colour, body=car.model.body, power_train=car.power_train,
        first_registered_on=car.bought_on + dt.timedelta(days=5),
        bought_on=car.bought_on, bought_here=car.bought_here, inspection_ends_on=next_inspection(car.bought_on + dt.timedelta(days=5), world.today),
        warranty_ends_on=add_months(car.bought_on, 36), severe_use=car.severe_use, created_at=now,
    )  # fmt: skip
    first = car.former_plate or car.plate
    if first:
        _plate(world, car, first, car.bought_on + dt.timedelta(days=5))
    ledger.add("ownership", vehicle_id=car.id, customer_id=owner.id, role=OwnershipRole.OWNER, since=car.bought_on)
    car.wear = Wear(world.draw, car.bought_on, car.power_train in ("battery", "plug_in_hybrid", "hybrid"))
    if car.cast == "story":
        car.wear.pad_rate["B01"] = story.PAD_RATE
    car.plate, car.former_plate = first, car.plate if car.former_plate else ""


def _plate(world: World, car: Car, text: str, since: dt.date) -> None:
    known = plate.recognise(text)
    car.plate_colour = plate.colour_for(known.kind)
    world.ledger.add(
        "vehicle_plate", vehicle_id=car.id, plate=text, typed=plate.display(text), colour=car.plate_colour, region="CN", kind=known.kind, since=since
    )


def _new_plate(world: World, car: Car) -> Iterator[dt.datetime]:
    """The car gets another plate; the former one stays in its file."""
    if world.calendar.is_open(world.simulation.now):
        now = world.simulation.now
    else:
        now = world.calendar.next_open(world.simulation.now)
        yield now
    world.ledger.act(now, world.crew.advisors[0], COUNTER, "change_plate")
    day = world.calendar.day_of(now)
    old = next(row for row in reversed(world.ledger.rows["vehicle_plate"]) if row["vehicle_id"] == car.id)
    world.ledger.change("vehicle_plate", old, until=day)
    car.plate = car.former_plate
    _plate(world, car, car.plate, day)


def _insured(world: World, car: Car) -> Iterator[dt.datetime]:
    """The policies of the present year; some ran out and nobody knows of new ones."""
    draw = world.draw
    of_the_story = car.cast == "story"
    ends = world.today + dt.timedelta(days=story.INSURED_FOR_DAYS if of_the_story else draw.randint(-25, 340))
    begins = ends - dt.timedelta(days=364)
    at = world.calendar.moment(world.calendar.working_days_after(begins - dt.timedelta(days=8), 1), draw.randint(520, 1070))
    if at < world.simulation.now:
        at = world.simulation.now
    if at >= world.opening:
        return
    yield at
    insurer = story.INSURER if of_the_story else draw.choices(_INSURERS, _INSURER_WEIGHTS)[0]
    sold_here = of_the_story or draw.random() < 0.36
    world.ledger.act(at, world.crew.staff["tang"], OFFICE, "add_policy")
    for kind, premium in ((PolicyKind.COMPULSORY, draw.choice((66500, 85500, 95000))), (PolicyKind.COMMERCIAL, draw.randint(1600, 7800) * 100)):
        world.ledger.add(
            "policy", vehicle_id=car.id, insurer_code=insurer, kind=kind, number=f"{insurer}{draw.randint(10**11, 10**12 - 1)}", premium=premium,
            from_on=begins, until_on=ends, sold_here=sold_here,
        )  # fmt: skip
