"""The demo's cars before anything happens to them: model, plate, VIN, how far they go a day, and whose they are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.rules import plate, vin
from db.rules.months import add_months

if TYPE_CHECKING:
    import random

    from db.catalogue_files import StarterCatalogue
    from db.catalogue_files.records import VehicleModel
    from db.demo.ledger import Row
    from db.demo.people import Owner
    from db.demo.wear import Wear

_POWER_TRAIN_WEIGHTS = {"petrol": 58, "hybrid": 11, "plug_in_hybrid": 11, "battery": 17, "diesel": 3}
_COLOURS = ("珍珠白", "曜石黑", "月光銀", "星空灰", "寶石藍", "瑪瑙紅", "香檳金", "極地白")
_PROVINCES = ("粤B", "粤A", "粤S", "粤L", "湘A", "赣B", "桂A")
_PROVINCE_WEIGHTS = (86, 4, 3, 3, 2, 1, 1)
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_DESCRIPTORS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
_YEAR_CODES = "ABCDEFGHJKLMNPRSTVWXY123456789"


@dataclass(slots=True)
class OwnerPlan:
    """Who will own cars; the customer's record is made when the first of them comes."""

    name: str = ""
    language: str = ""
    typed_phone: str = ""
    is_company: bool = False
    government: tuple[str, str] | None = None
    more: Row = field(default_factory=dict)
    made: Owner | None = None


@dataclass(slots=True)
class PlannedVisit:
    """A visit that a car will make: the day, and what for."""

    day: dt.date
    purpose: str
    minute: int = 0
    """Minute of the day at which it comes; 0: drawn."""
    settle_on_account: bool = False
    codes: tuple[str, ...] = ()
    quick: bool = False
    """Must leave on the day itself."""
    appointment_id: int | None = None


@dataclass(slots=True)
class Car:
    """A car and, once it has come, its record and what is known of it."""

    model: VehicleModel
    owner: OwnerPlan
    bought_on: dt.date
    bought_here: bool
    metres_per_day: int
    plate: str
    vin: str
    colour: str
    former_plate: str = ""
    plate_colour: str = "blue"
    severe_use: bool = False
    kilometres_at_purchase: int = 12
    visits: list[PlannedVisit] = field(default_factory=list)
    drifts_after: dt.date | None = None
    """Its customer stays away from this day on."""
    row: Row | None = None
    wear: Wear | None = None
    open_recommendations: list[Row] = field(default_factory=list)
    last_kilometres: int = 0
    maintenance_done: int = 0
    never_pays: bool = False
    """What stands on account stays there; nothing else goes on it than what is planned so."""
    puts_off: bool = False
    """Its customer puts off whatever is recommended, and it is always inspected."""
    booked: Row | None = None
    """The appointment that its next visit comes from."""
    cast: str = ""
    """Short name of a car that has a part of its own in today's story."""

    @property
    def power_train(self) -> str:
        return self.model.power_train

    @property
    def id(self) -> int:
        assert self.row is not None
        return int(self.row["id"])

    def kilometres_on(self, day: dt.date) -> int:
        """What the odometer shows; never less than at the last visit."""
        driven = (day - self.bought_on).days * self.metres_per_day // 1000
        return max(self.kilometres_at_purchase + driven, self.last_kilometres)


def next_inspection(registered_on: dt.date, today: dt.date) -> dt.date:
    """The end of the month in which the next yearly inspection falls: every second year up to ten, then every year (measure of 2022)."""
    years = 2
    while add_months(registered_on, 12 * years) <= today:
        years += 2 if years < 10 else 1
    due = add_months(registered_on, 12 * years)
    return add_months(due.replace(day=1), 1) - dt.timedelta(1)


class Garage:
    """Draws cars; no plate and no VIN twice."""

    def __init__(self, catalogue: StarterCatalogue, draw: random.Random, today: dt.date) -> None:
        self._draw = draw
        self._today = today
        self._models: dict[str, list[VehicleModel]] = {}
        self._by_code = {model.code: model for model in catalogue.vehicle_models}
        for model in catalogue.vehicle_models:
            self._models.setdefault(model.power_train, []).append(model)
        self._plates: set[str] = set()
        self._serial = 100_000 + draw.randint(0, 50_000)
        self._year_code = {vin.model_year(code, today.year): code for code in _YEAR_CODES}

    def car(
        self, owner: OwnerPlan, *, model: str = "", plate_text: str = "", bought_on: dt.date | None = None, metres_per_day: int = 0, cast: str = "",
        colour: str = "",
    ) -> Car:  # fmt: skip
        """A car of an owner; drawn where nothing is given."""
        draw = self._draw
        if model:
            chosen = self._by_code[model]
        else:
            train = draw.choices(list(_POWER_TRAIN_WEIGHTS), list(_POWER_TRAIN_WEIGHTS.values()))[0]
            chosen = draw.choice(self._models[train])
        if bought_on is None:
            # Battery cars are young, and most of what comes to a shop is not older than eight years.
            longest = 4 * 365 if chosen.power_train in ("battery", "plug_in_hybrid") else 9 * 365
            bought_on = self._today - dt.timedelta(days=int(draw.triangular(30, longest, longest * 0.45)))
        severe = owner.is_company and draw.random() < 0.25
        if not metres_per_day:
            metres_per_day = draw.randint(90_000, 190_000) if severe else max(9_000, int(draw.gauss(30_000, 10_000)))
        if plate_text:
            normal = plate.normalise(plate_text)
            self._plates.add(normal)
        else:
            normal = self._plate(chosen.power_train)
        moved = not plate_text and draw.random() < 0.05
        return Car(
            model=chosen, owner=owner, bought_on=bought_on, bought_here=draw.random() < 0.34, metres_per_day=metres_per_day, plate=normal,
            vin=self._vin(chosen, bought_on), colour=colour or draw.choice(_COLOURS), former_plate=self._plate(chosen.power_train) if moved else "",
            severe_use=severe, kilometres_at_purchase=draw.choice((8, 12, 16, 25, 60)), cast=cast,
        )  # fmt: skip

    def special_plate(self, car: Car, kind: str) -> None:
        """Give a car a plate of a rarer kind: cross_border, training, lorry or none yet."""
        draw = self._draw
        letters = "".join(draw.choice(_LETTERS) for _ in range(2))
        text = {
            "cross_border": f"粤Z{letters}{draw.randint(10, 99)}港", "training": f"粤B{draw.randint(1000, 9999)}学", "none": "",
        }[kind]  # fmt: skip
        self._plates.discard(car.plate)
        if text and text in self._plates:
            self.special_plate(car, kind)
            return
        self._plates.add(text)
        car.plate, car.former_plate = text, ""

    def _plate(self, power_train: str) -> str:
        draw = self._draw
        while True:
            office = draw.choices(_PROVINCES, _PROVINCE_WEIGHTS)[0]
            if power_train == "battery":
                text = f"{office}{draw.choice('DDDDA')}{draw.choice(_LETTERS + '0123456789')}{draw.randint(0, 9999):04}"
            elif power_train == "plug_in_hybrid":
                text = f"{office}{draw.choice('FFFFG')}{draw.choice(_LETTERS + '0123456789')}{draw.randint(0, 9999):04}"
            else:
                serial = [str(draw.randint(0, 9)) for _ in range(5)]
                for place in draw.sample(range(5), draw.choice((1, 1, 2, 2, 0))):
                    serial[place] = draw.choice(_LETTERS)
                text = office + "".join(serial)
            if text not in self._plates and plate.recognise(text).valid:
                self._plates.add(text)
                return text

    def _vin(self, model: VehicleModel, bought_on: dt.date) -> str:
        draw = self._draw
        self._serial += draw.randint(1, 37)
        built = min(bought_on.year, (bought_on - dt.timedelta(days=40)).year)
        descriptor = "".join(draw.choice(_DESCRIPTORS) for _ in range(5))
        return vin.with_check_digit(f"{draw.choice(model.wmi)}{descriptor}0{self._year_code[built]}{draw.choice(_LETTERS[:8])}{self._serial:06}")
