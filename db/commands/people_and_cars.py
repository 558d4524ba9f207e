"""Adds customers and vehicles: shared by check-in, appointments and the customers' room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from db.commands import search_keys
from db.models import Customer, CustomerPhone, Ownership, Vehicle, VehiclePlate
from db.rules import phone, plate, search_text, vin
from db.rules.errors import Refusal
from db.rules.record_words import Language, OwnershipRole, PowerTrain

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from db.commands.act import Act
    from db.rules.plate_forms import Region


@dataclass(frozen=True, slots=True)
class NewCustomer:
    """A customer as typed at the counter."""

    name: str
    phones: tuple[str, ...] = ()
    title: str = ""
    is_company: bool = False
    contact_person: str = ""
    language: Language = Language.TRADITIONAL
    came_by: str = ""
    consent_to_call: bool = True


@dataclass(frozen=True, slots=True)
class NewVehicle:
    """A vehicle as typed at the counter; by plate or by VIN."""

    plate: str = ""
    plate_colour: str = ""
    """Empty: the usual colour of the plate's kind."""
    vin: str = ""
    maker: str = ""
    model: str = ""
    model_year: int | None = None
    colour: str = ""
    body: str = "sedan"
    power_train: PowerTrain = PowerTrain.PETROL
    first_registered_on: dt.date | None = None
    bought_on: dt.date | None = None
    bought_here: bool = False


def add_customer(session: Session, new: NewCustomer, act: Act, region: Region) -> Customer:
    """Add a customer with phones and search keys. Refusal customer_unknown: neither a name nor a phone."""
    if not new.name.strip() and not any(typed.strip() for typed in new.phones):
        raise Refusal("customer_unknown")
    customer = Customer(
        name=new.name.strip(), name_key=search_text.sort_key(new.name), title=new.title, is_company=new.is_company, contact_person=new.contact_person,
        language=new.language, came_by=new.came_by, consent_to_call=new.consent_to_call, created_at=act.at,
    )  # fmt: skip
    session.add(customer)
    session.flush()
    set_phones(session, customer.id, new.phones, region)
    search_keys.renew_customer(session, customer.id)
    return customer


def set_phones(session: Session, customer_id: int, typed: tuple[str, ...], region: Region) -> bool:
    """Make these the customer's phones, in order; what cannot be read as a number is kept as typed. Tells whether anything changed.

    A number that stays keeps its row, so that history says what was changed and nothing else.
    """
    query = select(CustomerPhone).where(CustomerPhone.customer_id == customer_id).order_by(CustomerPhone.position, CustomerPhone.id)
    rows = list(session.execute(query).scalars())
    wanted = [entry.strip() for entry in typed if entry.strip()]
    left = {row.typed: row for row in reversed(rows)}
    kept = [left.pop(text, None) for text in wanted]
    spare = [row for row in rows if row not in kept]
    for position, (text, row) in enumerate(zip(wanted, kept, strict=True)):
        if row is None:
            row = spare.pop(0) if spare else CustomerPhone(customer_id=customer_id)
            row.e164, row.typed = phone.recognise(text, region).normalised or "", text
            session.add(row)
        row.position = position
    changed = bool(spare) or len(wanted) > len(rows) or any(session.is_modified(row) for row in rows)
    for row in spare:
        session.delete(row)
    session.flush()
    return changed


def add_vehicle(session: Session, new: NewVehicle, act: Act, region: Region) -> Vehicle:
    """Add a vehicle with its plate and search keys. Refusals: vehicle_unknown, plate_taken (vehicle_id), vin_taken (vehicle_id)."""
    normal_vin = vin.normalise(new.vin)
    if not new.plate.strip() and not normal_vin:
        raise Refusal("vehicle_unknown")
    if normal_vin:
        other = session.execute(select(Vehicle.id).where(Vehicle.vin == normal_vin, Vehicle.merged_into_id.is_(None))).scalar()
        if other is not None:
            raise Refusal("vin_taken", vin=normal_vin, vehicle_id=other)
    vehicle = Vehicle(
        vin=normal_vin, vin_typed=new.vin.strip(), maker=new.maker, model=new.model, model_year=new.model_year, colour=new.colour, body=new.body,
        power_train=new.power_train, first_registered_on=new.first_registered_on, bought_on=new.bought_on, bought_here=new.bought_here, created_at=act.at,
    )  # fmt: skip
    session.add(vehicle)
    session.flush()
    if new.plate.strip():
        give_plate(session, vehicle.id, new.plate, new.plate_colour, region, None)
    search_keys.renew_vehicle(session, vehicle.id)
    return vehicle


@dataclass(frozen=True, slots=True)
class ReadPlate:
    """A typed plate as it is stored."""

    plate: str
    typed: str
    colour: str
    kind: str


def free_plate(session: Session, vehicle_id: int, typed: str, colour: str, region: Region) -> ReadPlate:
    """Read a plate for a vehicle, `colour` empty for the usual one of its kind. Refusal plate_taken when another vehicle bears it now."""
    recognised = plate.recognise(typed, region)
    read = ReadPlate(recognised.normalised or plate.normalise(typed), typed.strip(), colour or plate.colour_for(recognised.kind), recognised.kind)
    taken = session.execute(
        select(VehiclePlate.vehicle_id).where(
            VehiclePlate.plate == read.plate, VehiclePlate.colour == read.colour, VehiclePlate.until.is_(None), VehiclePlate.vehicle_id != vehicle_id
        )
    ).scalar()
    if taken is not None:
        raise Refusal("plate_taken", plate=plate.display(read.plate), vehicle_id=taken)
    return read


def give_plate(session: Session, vehicle_id: int, typed: str, colour: str, region: Region, since: dt.date | None) -> VehiclePlate:
    """Put a plate on a vehicle; its former one ends. Refusal plate_taken when another vehicle bears it now."""
    read = free_plate(session, vehicle_id, typed, colour, region)
    for old in session.execute(select(VehiclePlate).where(VehiclePlate.vehicle_id == vehicle_id, VehiclePlate.until.is_(None))).scalars():
        old.until = since
        if since is None:
            session.delete(old)
    session.flush()
    row = VehiclePlate(vehicle_id=vehicle_id, plate=read.plate, typed=read.typed, colour=read.colour, region=region, kind=read.kind, since=since)
    session.add(row)
    session.flush()
    return row


def set_owner(session: Session, vehicle_id: int, customer_id: int, day: dt.date) -> None:
    """Make a customer the vehicle's owner from a day on; the former owner's time ends that day."""
    current = session.execute(
        select(Ownership).where(Ownership.vehicle_id == vehicle_id, Ownership.role == OwnershipRole.OWNER, Ownership.until.is_(None))
    ).scalar_one_or_none()
    if current is not None:
        if current.customer_id == customer_id:
            return
        current.until = day
        session.flush()
    session.add(Ownership(vehicle_id=vehicle_id, customer_id=customer_id, role=OwnershipRole.OWNER, since=day))
    session.flush()
