"""Makes the demo shop in an empty store."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from db.catalogue_files import read_catalogue
from db.commands.catalogue_load import counts, load_starter
from db.demo import board, bookings, claims, names, relations, story
from db.demo.arriving_cars import begin
from db.demo.cars import Car, Garage, OwnerPlan
from db.demo.cast import draw_cast
from db.demo.ledger import Ledger
from db.demo.people import OFFICE, Customers, open_shop
from db.demo.shelf import Shelf
from db.demo.signatures import Signatures
from db.demo.simulation import Bays, Numbers, Simulation, Workshop
from db.demo.state import refuse_real_shop
from db.demo.story import draw_story, plan_story
from db.demo.table_writer import TableWriter, loading, without_indexes
from db.demo.visits import plan
from db.demo.world import World
from db.models import Base, NumberCounter, SearchKey
from db.rules.found_under import customer_keys, vehicle_keys
from db.rules.settings import ShopSettings
from db.rules.working_calendar import WorkingCalendar

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

    from db.catalogue_files import StarterCatalogue

CUSTOMERS = 1200
YEARS = 3

Progress = Callable[[int, int, str], None]
"""Called with what is done, of how much, and a word for what is being made. What it raises stops the making and leaves nothing behind."""

_STEPS = 100


def make_demo(
    engine: Engine, catalogue_folder: Path, seed: int = 1, today: dt.date | None = None, now: dt.datetime | None = None, progress: Progress | None = None,
    scale: float = 1.0,
) -> None:  # fmt: skip
    """Make the demo in a store that is ready and empty; the same for the same seed and day.

    `now` is `demo_now` (aware) and `today` the shop's day of it; everything that is written lies in the day's first five hours or before, so
    the moment itself changes nothing. `scale` makes fewer customers, for tests. Refusals: real_shop_here, demo_here; those of a broken
    catalogue.
    """
    calendar = WorkingCalendar()
    if now is None or (today is not None and calendar.day_of(now) != today):
        raise ValueError("the demo stands on the day of its now")
    report = progress or _silent
    report(0, _STEPS, "catalogue")
    catalogue = read_catalogue(catalogue_folder)
    with loading(engine) as connection, Session(connection) as session:
        refuse_real_shop(session)
        load_starter(session, catalogue)
        session.flush()
        writer = TableWriter(connection)
        with without_indexes(connection, Base.metadata.sorted_tables):
            world = _fill(session, writer, catalogue, calendar, seed, calendar.day_of(now), report, scale)
            ledger = world.ledger
            for (series, day), last in world.numbers.last.items():
                ledger.put(NumberCounter.__tablename__, series=series, day=day, last=last)
            _search_keys(ledger)
            done = iter(range(86, _STEPS))
            ledger.write(lambda table: report(next(done, _STEPS - 1), _STEPS, table))
    report(_STEPS, _STEPS, "done")


def _silent(done: int, total: int, what: str) -> None:
    """Nobody wants to know."""


def _fill(
    session: Session, writer: TableWriter, catalogue: StarterCatalogue, calendar: WorkingCalendar, seed: int, today: dt.date, report: Progress, scale: float
) -> World:
    draw = random.Random(f"{seed}/{today.isoformat()}")
    first_day = calendar.working_days_after(today.replace(year=today.year - YEARS, day=min(today.day, 28)), 1)
    opened = calendar.spans_on(first_day)[0][0]
    ledger = Ledger(writer, draw)
    crew = open_shop(ledger, catalogue, opened, today, seed)
    ledger.act(opened, crew.staff["fang"], OFFICE, "load_starter")
    ledger.note("catalogue_entry", "added", {"starter_catalogue": [None, counts(catalogue)]})
    simulation = Simulation()
    simulation.now = opened
    world = World(
        ledger=ledger, draw=draw, crew=crew, calendar=calendar, settings=ShopSettings(), simulation=simulation, numbers=Numbers(calendar),
        workshop=Workshop(calendar, {person: crew.skills[person] for person in crew.technicians}), bays=Bays(crew.bays_of),
        shelf=Shelf(session, catalogue), customers=Customers(ledger, draw), today=today, opening=calendar.spans_on(today)[0][0],
    )  # fmt: skip
    world.signatures = Signatures(ledger, draw)
    garage = Garage(catalogue, draw, today)
    cast = draw_cast(garage)
    cast.cars["story"], cast.cars["wife"] = draw_story(garage, today)
    people = len({id(car.owner) for car in cast.cars.values()}) + len(relations.DOUBLES) + relations.UNREACHABLE
    cars = [*cast.cars.values(), *_cars(garage, draw, round(CUSTOMERS * scale) - people)]
    for car in cars:
        if car.owner.typed_phone:
            world.customers.keep(car.owner.typed_phone)
        plan(car, first_day, today, draw)
    plan_story(cast.cars["story"], cast.cars["wife"], today)
    board.keep_technicians(world)
    board.begin(world, cast)
    claim_plans = claims.draw_claims(world, catalogue, cast.cars)
    claims.begin(world, catalogue, claim_plans)
    for car in cars:
        begin(world, car, opened)
    bookings.today_and_tomorrow(world, cars, cast.cars)
    relations.begin(world, cars)
    story.begin(world, cast.cars["story"])
    last = [-1]
    whole = (world.opening - opened).days + 1

    def tick(at: dt.datetime) -> None:
        percent = 2 + 82 * (at - opened).days // whole
        if percent != last[0]:
            last[0] = percent
            report(percent, _STEPS, "visits")

    simulation.run(world.opening + dt.timedelta(hours=5), tick)
    return world


def _cars(garage: Garage, draw: random.Random, customers: int) -> list[Car]:
    """Customers and their cars: mostly one car, companies several."""
    cars: list[Car] = []
    companies = customers // 22
    for pair in names.GOVERNMENT[: max(1, customers // 400)]:
        owner = OwnerPlan(government=pair, is_company=True)
        cars += [garage.car(owner) for _ in range(draw.randint(2, 4))]
    made = max(1, customers // 400)
    for _ in range(companies):
        owner = OwnerPlan(is_company=True)
        cars += [garage.car(owner) for _ in range(draw.choice((1, 1, 2, 3, 5)))]
    for _ in range(customers - companies - made):
        owner = OwnerPlan()
        cars += [garage.car(owner) for _ in range(draw.choices((1, 2), (94, 6))[0])]
    for position, kind in enumerate(("cross_border", "cross_border", "training", "none")):
        if position * 7 < len(cars):
            garage.special_plate(cars[-1 - position * 7], kind)
    draw.shuffle(cars)
    return cars


def _search_keys(ledger: Ledger) -> None:
    phones: dict[int, list[str]] = {}
    for row in ledger.rows["customer_phone"]:
        phones.setdefault(row["customer_id"], []).append(row["e164"])
    plates: dict[int, list[str]] = {}
    for row in ledger.rows["vehicle_plate"]:
        plates.setdefault(row["vehicle_id"], []).append(row["plate"])
    for row in ledger.rows["customer"]:
        for key in sorted(customer_keys(row["name"], row["contact_person"], phones.get(row["id"], []))):
            ledger.put(SearchKey.__tablename__, key=key, subject="c", subject_id=row["id"])
    for row in ledger.rows["vehicle"]:
        for key in sorted(vehicle_keys(plates.get(row["id"], []), row["vin"])):
            ledger.put(SearchKey.__tablename__, key=key, subject="v", subject_id=row["id"])

