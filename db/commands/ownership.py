"""Who owns, drives, brings or pays for a vehicle, from when until when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import select

from db.commands.customer_access import changed_vehicle, customer_of, ends_before, seen_vehicle, with_vehicle
from db.commands.people_and_cars import NewCustomer, set_owner
from db.models import Ownership
from db.queries.shop import the_shop
from db.rules.errors import Refusal
from db.rules.record_words import OwnershipRole, VehicleFate
from db.rules.rights import Right

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from db.commands.act import Act


@dataclass(frozen=True, slots=True)
class SetOwner:
    """Make a known or a new customer the owner from a day on; the former owner's time ends that day. Returns {"vehicle_id", "customer_id", "version"}.

    A vehicle that was marked as sold on is kept again: its new owner is a customer.
    """

    vehicle_id: int
    expected_version: int
    who: int | NewCustomer
    since: dt.date | None = None
    """None: today."""
    verb: ClassVar[str] = "set_owner"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: record_missing, merged_away, customer_erased, changed_meanwhile, customer_unknown, owner_already, owner_before_last (since)."""
        vehicle = seen_vehicle(session, self.vehicle_id, self.expected_version)
        shop = the_shop(session)
        since = self.since or shop.day_of(act.at)
        customer_id = customer_of(session, self.who, act, shop.region)
        now = session.execute(
            select(Ownership).where(Ownership.vehicle_id == vehicle.id, Ownership.role == OwnershipRole.OWNER, Ownership.until.is_(None))
        ).scalar_one_or_none()
        if now is not None and now.customer_id == customer_id:
            raise Refusal("owner_already")
        if now is not None and ends_before(now.since, since):
            raise Refusal("owner_before_last", since=now.since)
        set_owner(session, vehicle.id, customer_id, since)
        if vehicle.fate is VehicleFate.SOLD_ON:
            vehicle.fate = VehicleFate.KEPT
        return {**changed_vehicle(session, vehicle), "customer_id": customer_id}


@dataclass(frozen=True, slots=True)
class AddDriver:
    """Note who else drives, brings or pays for a vehicle; returns {"vehicle_id", "customer_id", "version"}."""

    vehicle_id: int
    expected_version: int
    who: int | NewCustomer
    role: OwnershipRole = OwnershipRole.DRIVER
    since: dt.date | None = None
    """None: today."""
    verb: ClassVar[str] = "add_driver"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: record_missing, merged_away, customer_erased, changed_meanwhile, customer_unknown, role_is_owner (use `SetOwner`), tie_already (role)."""
        if self.role is OwnershipRole.OWNER:
            raise Refusal("role_is_owner")
        vehicle = seen_vehicle(session, self.vehicle_id, self.expected_version)
        shop = the_shop(session)
        customer_id = customer_of(session, self.who, act, shop.region)
        same = select(Ownership.id).where(
            Ownership.vehicle_id == vehicle.id, Ownership.customer_id == customer_id, Ownership.role == self.role, Ownership.until.is_(None)
        )
        if session.execute(same).first() is not None:
            raise Refusal("tie_already", role=self.role.value)
        session.add(Ownership(vehicle_id=vehicle.id, customer_id=customer_id, role=self.role, since=self.since or shop.day_of(act.at)))
        return {**changed_vehicle(session, vehicle), "customer_id": customer_id}


@dataclass(frozen=True, slots=True)
class EndOwnership:
    """End what a customer is to a vehicle on a day; returns {"vehicle_id", "version"}."""

    ownership_id: int
    until: dt.date
    verb: ClassVar[str] = "end_ownership"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:  # noqa: ARG002
        """Refusals: record_missing, merged_away, changed_meanwhile (it has ended already), tie_ends_before (since)."""
        row, vehicle = with_vehicle(session, Ownership, self.ownership_id)
        if row.until is not None:
            raise Refusal("changed_meanwhile", vehicle_id=vehicle.id)
        if ends_before(row.since, self.until):
            raise Refusal("tie_ends_before", since=row.since)
        row.until = self.until
        return changed_vehicle(session, vehicle)


@dataclass(frozen=True, slots=True)
class ChangeOwnership:
    """Correct from when until when a customer was something to a vehicle; without an end it holds on. Returns {"vehicle_id", "version"}."""

    ownership_id: int
    since: dt.date | None
    until: dt.date | None
    verb: ClassVar[str] = "change_ownership"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:  # noqa: ARG002
        """Refusals: record_missing, merged_away, tie_ends_before (since), owner_there (the vehicle has another owner now)."""
        row, vehicle = with_vehicle(session, Ownership, self.ownership_id)
        if ends_before(self.since, self.until):
            raise Refusal("tie_ends_before", since=self.since)
        if row.role is OwnershipRole.OWNER and self.until is None:
            other = select(Ownership.id).where(
                Ownership.vehicle_id == vehicle.id, Ownership.role == OwnershipRole.OWNER, Ownership.until.is_(None), Ownership.id != row.id
            )
            if session.execute(other).first() is not None:
                raise Refusal("owner_there")
        row.since, row.until = self.since, self.until
        return changed_vehicle(session, vehicle)
