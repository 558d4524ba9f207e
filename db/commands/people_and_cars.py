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


def set_phones(session: Session, customer_id: int, typed: tuple[str, ...], region: Region) -> None:
    """Make these the customer's phones, in order; what cannot be read as a number is kept as typed."""
    for old in session.execute(select(CustomerPhone).where(CustomerPhone.customer_id == customer_id)).scalars():
        session.delete(old)
    session.flush()
    for position, text in enumerate(entry.strip() for entry in typed if entry.strip()):
        recognised = phone.recognise(text, region)
        session.add(CustomerPhone(customer_id=customer_id, e164=recognised.normalised or "", typed=text, position=position))
    session.flush()


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


def give_plate(session: Session, vehicle_id: int, typed: str, colour: str, region: Region, since: dt.date | None) -> VehiclePlate:
    """Put a plate on a vehicle; its former one ends. Refusal plate_taken when another vehicle bears it now."""
    recognised = plate.recognise(typed, region)
    normal = recognised.normalised or plate.normalise(typed)
    colour = colour or plate.colour_for(recognised.kind)
    taken = session.execute(
        select(VehiclePlate.vehicle_id).where(
            VehiclePlate.plate == normal, VehiclePlate.colour == colour, VehiclePlate.until.is_(None), VehiclePlate.vehicle_id != vehicle_id
        )
    ).scalar()
    if taken is not None:
        raise Refusal("plate_taken", plate=plate.display(normal), vehicle_id=taken)
    for old in session.execute(select(VehiclePlate).where(VehiclePlate.vehicle_id == vehicle_id, VehiclePlate.until.is_(None))).scalars():
        old.until = since
        if since is None:
            session.delete(old)
    session.flush()
    row = VehiclePlate(vehicle_id=vehicle_id, plate=normal, typed=typed.strip(), colour=colour, region=region, kind=recognised.kind, since=since)
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
