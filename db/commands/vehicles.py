"""Vehicles (車輛) as their room changes them: what they are, their plates over time, their readings, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import select

from db.commands import search_keys
from db.commands.customer_access import changed_vehicle, customer_of, ends_before, raise_version, seen_vehicle, with_vehicle
from db.commands.people_and_cars import NewCustomer, NewVehicle, add_vehicle, free_plate, give_plate, set_owner
from db.models import OdometerReading, Vehicle, VehiclePlate
from db.queries.shop import the_shop
from db.rules import mileage, plate, vin
from db.rules.errors import Refusal
from db.rules.record_words import PowerTrain, ReadingSource, VehicleFate
from db.rules.rights import Right

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from db.commands.act import Act

_OLDEST_YEAR = 1900


@dataclass(frozen=True, slots=True)
class VehicleValues:
    """All that stands on a vehicle's form but its plate, as typed."""

    vin: str = ""
    maker: str = ""
    model: str = ""
    model_year: int | None = None
    colour: str = ""
    body: str = "sedan"
    power_train: PowerTrain = PowerTrain.PETROL
    engine_number: str = ""
    first_registered_on: dt.date | None = None
    bought_on: dt.date | None = None
    bought_here: bool = False
    inspection_ends_on: dt.date | None = None
    warranty_ends_on: dt.date | None = None
    severe_use: bool = False
    note: str = ""


_WORDS = ("maker", "model", "colour", "engine_number", "note")
_OTHERS = (
    "model_year", "body", "power_train", "first_registered_on", "bought_on", "bought_here", "inspection_ends_on", "warranty_ends_on", "severe_use",
)  # fmt: skip


def _fill(vehicle: Vehicle, values: VehicleValues, today: dt.date) -> None:
    if values.model_year is not None and not _OLDEST_YEAR <= values.model_year <= today.year + 2:
        raise Refusal("model_year_not_possible", year=values.model_year)
    for name in _WORDS:
        setattr(vehicle, name, getattr(values, name).strip())
    for name in _OTHERS:
        setattr(vehicle, name, getattr(values, name))


def current_plate(session: Session, vehicle_id: int) -> VehiclePlate | None:
    """The plate that a vehicle bears now."""
    return session.execute(select(VehiclePlate).where(VehiclePlate.vehicle_id == vehicle_id, VehiclePlate.until.is_(None))).scalar_one_or_none()


@dataclass(frozen=True, slots=True)
class AddVehicle:
    """Add a vehicle by hand, with its owner if he is known; returns {"vehicle_id", "customer_id"}."""

    values: VehicleValues
    plate: str = ""
    plate_colour: str = ""
    owner: int | NewCustomer | None = None
    verb: ClassVar[str] = "add_vehicle"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: vehicle_unknown, plate_taken (vehicle_id), vin_taken (vehicle_id), model_year_not_possible, those of the owner."""
        shop = the_shop(session)
        vehicle = add_vehicle(session, NewVehicle(self.plate, self.plate_colour, self.values.vin), act, shop.region)
        _fill(vehicle, self.values, shop.day_of(act.at))
        session.flush()
        owner_id = None
        if self.owner is not None:
            owner_id = customer_of(session, self.owner, act, shop.region)
            set_owner(session, vehicle.id, owner_id, shop.day_of(act.at))
        return {"vehicle_id": vehicle.id, "customer_id": owner_id}


@dataclass(frozen=True, slots=True)
class ChangeVehicle:
    """Correct what stands on a vehicle; returns {"vehicle_id", "version"}. A VIN with a wrong check digit is kept: what is stamped on the car wins."""

    vehicle_id: int
    expected_version: int
    values: VehicleValues
    verb: ClassVar[str] = "change_vehicle"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: record_missing, merged_away, changed_meanwhile, vin_taken (vehicle_id), vehicle_unknown (no VIN and no plate), model_year_not_possible."""
        vehicle = seen_vehicle(session, self.vehicle_id, self.expected_version)
        normal = vin.normalise(self.values.vin)
        if normal != vehicle.vin:
            if not normal and current_plate(session, vehicle.id) is None:
                raise Refusal("vehicle_unknown")
            other = session.execute(select(Vehicle.id).where(Vehicle.vin == normal, Vehicle.merged_into_id.is_(None), Vehicle.id != vehicle.id)).scalar()
            if normal and other is not None:
                raise Refusal("vin_taken", vin=normal, vehicle_id=other)
            vehicle.vin, vehicle.vin_typed = normal, self.values.vin.strip()
        _fill(vehicle, self.values, the_shop(session).day_of(act.at))
        session.flush()
        search_keys.renew_vehicle(session, vehicle.id)
        return {"vehicle_id": vehicle.id, "version": vehicle.version}


@dataclass(frozen=True, slots=True)
class GivePlate:
    """Put a plate on a vehicle from a day on; its former one ends that day, and stays findable. Returns {"vehicle_id", "version", "plate"}.

    A `correction` says that the plate it bears was written down wrongly: nothing ends. `from_other` takes the plate off the vehicle that
    bears it now, which then must be known by its VIN.
    """

    vehicle_id: int
    expected_version: int
    plate: str
    colour: str = ""
    """Empty: the usual colour of the plate's kind."""
    since: dt.date | None = None
    """None: today."""
    correction: bool = False
    from_other: bool = False
    verb: ClassVar[str] = "give_plate"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: record_missing, merged_away, changed_meanwhile, plate_missing, plate_already, plate_taken (plate, vehicle_id), other_needs_vin,
        plate_before_last (since)."""
        vehicle = seen_vehicle(session, self.vehicle_id, self.expected_version)
        shop = the_shop(session)
        since = self.since or shop.day_of(act.at)
        if not plate.normalise(self.plate):
            raise Refusal("plate_missing")
        if self.from_other:
            self._take_off_other(session, vehicle.id, since)
        read = free_plate(session, vehicle.id, self.plate, self.colour, shop.region)
        row = current_plate(session, vehicle.id)
        if row is not None and (row.plate, row.colour) == (read.plate, read.colour):
            raise Refusal("plate_already")
        if self.correction and row is not None:
            row.plate, row.typed, row.colour, row.kind, row.region = read.plate, read.typed, read.colour, read.kind, shop.region
        elif row is not None and ends_before(row.since, since):
            raise Refusal("plate_before_last", since=row.since)
        else:
            give_plate(session, vehicle.id, self.plate, self.colour, shop.region, since)
        raise_version(session, vehicle)
        search_keys.renew_vehicle(session, vehicle.id)
        return {"vehicle_id": vehicle.id, "version": vehicle.version, "plate": read.plate}

    def _take_off_other(self, session: Session, vehicle_id: int, since: dt.date) -> None:
        normal = plate.normalise(self.plate)
        rows = session.execute(select(VehiclePlate).where(VehiclePlate.plate == normal, VehiclePlate.until.is_(None), VehiclePlate.vehicle_id != vehicle_id))
        for row in rows.scalars().all():
            other = seen_vehicle(session, row.vehicle_id)
            if not other.vin:
                raise Refusal("other_needs_vin", vehicle_id=other.id)
            row.until = since
            raise_version(session, other)


@dataclass(frozen=True, slots=True)
class EndPlate:
    """A vehicle bears its plate no longer, and has no other yet; returns {"vehicle_id", "version"}."""

    vehicle_id: int
    expected_version: int
    until: dt.date
    verb: ClassVar[str] = "end_plate"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:  # noqa: ARG002
        """Refusals: record_missing, merged_away, changed_meanwhile, plate_missing, plate_before_last (since), vehicle_unknown (it has no VIN)."""
        vehicle = seen_vehicle(session, self.vehicle_id, self.expected_version)
        row = current_plate(session, vehicle.id)
        if row is None:
            raise Refusal("plate_missing")
        if not vehicle.vin:
            raise Refusal("vehicle_unknown")
        if ends_before(row.since, self.until):
            raise Refusal("plate_before_last", since=row.since)
        row.until = self.until
        return changed_vehicle(session, vehicle)


@dataclass(frozen=True, slots=True)
class ChangePlate:
    """Correct from when until when a vehicle bore a plate; returns {"vehicle_id", "version"}. A plate is ended, or given again, by their own acts."""

    plate_id: int
    since: dt.date | None
    until: dt.date | None
    verb: ClassVar[str] = "change_plate"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:  # noqa: ARG002
        """Refusals: record_missing, merged_away, plate_ends_before (since), changed_meanwhile (it was ended or given again)."""
        row, vehicle = with_vehicle(session, VehiclePlate, self.plate_id)
        if (row.until is None) != (self.until is None):
            raise Refusal("changed_meanwhile", vehicle_id=vehicle.id)
        if ends_before(self.since, self.until):
            raise Refusal("plate_ends_before", since=self.since)
        row.since, row.until = self.since, self.until
        return changed_vehicle(session, vehicle)


@dataclass(frozen=True, slots=True)
class AddReading:
    """Write down what the odometer showed at a moment; returns {"vehicle_id", "reading_id"}."""

    vehicle_id: int
    kilometres: int
    read_at: dt.datetime
    reason: str | None = None
    """Why an implausible reading is kept: a value of `mileage.ReadingReason`."""
    verb: ClassVar[str] = "add_reading"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: record_missing, merged_away, odometer_not_possible, odometer_implausible (beside the reading before or after), reading_in_future."""
        vehicle = seen_vehicle(session, self.vehicle_id)
        if self.read_at > act.at:
            raise Refusal("reading_in_future", read_at=self.read_at)
        new = mileage.Reading(self.read_at, self.kilometres, mileage.ReadingReason(self.reason) if self.reason else None)
        mileage.check_reading(_neighbour(session, vehicle.id, self.read_at, after=False), new)
        following = _neighbour(session, vehicle.id, self.read_at, after=True)
        if following is not None and new.reason is None:
            mileage.check_reading(new, following)
        row = OdometerReading(
            vehicle_id=vehicle.id, kilometres=self.kilometres, read_at=self.read_at, source=ReadingSource.BY_HAND, implausible_reason=self.reason or None
        )
        session.add(row)
        session.flush()
        return {"vehicle_id": vehicle.id, "reading_id": row.id}


def _neighbour(session: Session, vehicle_id: int, at: dt.datetime, *, after: bool) -> mileage.Reading | None:
    moment = OdometerReading.read_at
    row = session.execute(
        select(OdometerReading.read_at, OdometerReading.kilometres, OdometerReading.implausible_reason)
        .where(OdometerReading.vehicle_id == vehicle_id, moment > at if after else moment <= at)
        .order_by(moment if after else moment.desc(), OdometerReading.id if after else OdometerReading.id.desc())
        .limit(1)
    ).first()
    return mileage.Reading(row[0], row[1], mileage.ReadingReason(row[2]) if row[2] else None) if row is not None else None


@dataclass(frozen=True, slots=True)
class SetFate:
    """Say what became of a vehicle: still kept, sold on, scrapped, moved away; returns {"vehicle_id", "version"}."""

    vehicle_id: int
    expected_version: int
    fate: VehicleFate
    verb: ClassVar[str] = "set_fate"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:  # noqa: ARG002
        """Refusals: record_missing, merged_away, changed_meanwhile."""
        vehicle = seen_vehicle(session, self.vehicle_id, self.expected_version)
        vehicle.fate = self.fate
        session.flush()
        return {"vehicle_id": vehicle.id, "version": vehicle.version}
