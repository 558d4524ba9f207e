"""Two records found to be one: merged with a choice for each field, everything moved noted, and taken apart again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import select

from db.commands import search_keys
from db.commands.customer_access import raise_version, seen_customer, seen_vehicle
from db.commands.moved_rows import Mover, take_back
from db.models import CampaignVehicle, Customer, CustomerPhone, DoubleDismissed, Merge, Ownership, Vehicle, VehiclePlate, WorkOrder
from db.queries.shop import the_shop
from db.rules import vin
from db.rules.errors import Refusal
from db.rules.order_life import OrderState, is_open
from db.rules.record_words import OwnershipRole
from db.rules.rights import Right

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from db.commands.act import Act

CUSTOMER_FIELDS: dict[str, tuple[str, ...]] = {
    "name": ("name", "name_key", "title", "is_company"),
    "contact_person": ("contact_person",),
    "language": ("language",),
    "came_by": ("came_by",),
    "consent_to_call": ("consent_to_call",),
    "account": ("is_account", "account_limit", "account_months", "is_government"),
    "tier": ("tier",),
    "address": ("address",),
    "licence_number": ("licence_number",),
    "note": ("note",),
}
"""What is chosen for a customer beside `phones`, to the columns that go together."""

VEHICLE_FIELDS: dict[str, tuple[str, ...]] = {
    "vin": ("vin", "vin_typed"),
    "model": ("maker", "model", "body"),
    "model_year": ("model_year",),
    "colour": ("colour",),
    "power_train": ("power_train",),
    "engine_number": ("engine_number",),
    "first_registered_on": ("first_registered_on",),
    "bought": ("bought_on", "bought_here"),
    "inspection_ends_on": ("inspection_ends_on",),
    "warranty_ends_on": ("warranty_ends_on",),
    "fate": ("fate",),
    "severe_use": ("severe_use",),
    "note": ("note",),
}
"""What is chosen for a vehicle beside `plate` and `owner`, to the columns that go together."""

JOINABLE = frozenset({"phones", "note"})
"""Fields of which both sides can be kept."""


def _check_choice(chosen: tuple[str, ...], both: tuple[str, ...], known: frozenset[str]) -> None:
    for name in (*chosen, *both):
        if name not in known or (name in both and name not in JOINABLE):
            raise Refusal("merge_field_unknown", field=name)


def _take_chosen(
    mover: Mover, kept: Customer | Vehicle, gone: Customer | Vehicle, fields: Mapping[str, tuple[str, ...]], wanted: MergeCustomers | MergeVehicles
) -> None:
    """Give the kept one the values that are wanted from the gone one, and both notes where both are."""
    for name in wanted.from_gone:
        for column in fields.get(name, ()):
            mover.set(kept, column, getattr(gone, column))
    if "note" in wanted.both:
        mover.set(kept, "note", "\n".join(dict.fromkeys(note for note in (kept.note, gone.note) if note)))


def _renew_keys(session: Session, subject: str, *record_ids: int) -> None:
    renew = search_keys.renew_customer if subject == "customer" else search_keys.renew_vehicle
    for record_id in record_ids:
        renew(session, record_id)


@dataclass(frozen=True, slots=True)
class MergeCustomers:
    """Make two customers one: all that points to `gone` points to `kept` afterwards; returns {"merge_id", "customer_id"}.

    `from_gone` names the fields of `CUSTOMER_FIELDS`, or "phones", whose values are taken from the gone one; `both` those of `JOINABLE`
    of which both sides are kept.
    """

    kept_id: int
    gone_id: int
    kept_version: int
    gone_version: int
    from_gone: tuple[str, ...] = ()
    both: tuple[str, ...] = ("phones",)
    verb: ClassVar[str] = "merge_customers"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: merge_same, merge_field_unknown (field), record_missing, merged_away, customer_erased, changed_meanwhile."""
        if self.kept_id == self.gone_id:
            raise Refusal("merge_same")
        _check_choice(self.from_gone, self.both, frozenset({*CUSTOMER_FIELDS, "phones"}))
        kept = seen_customer(session, self.kept_id, self.kept_version)
        gone = seen_customer(session, self.gone_id, self.gone_version)
        mover = Mover(session)
        mover.set(gone, "merged_into_id", kept.id)
        self._move_phones(session, mover)
        mover.move_all("customer", gone.id, kept.id, passing=("customer_phone",))
        _take_chosen(mover, kept, gone, CUSTOMER_FIELDS, self)
        raise_version(session, kept)
        _renew_keys(session, "customer", kept.id, gone.id)
        return {"merge_id": mover.write("customer", kept.id, gone.id, act), "customer_id": kept.id}

    def _move_phones(self, session: Session, mover: Mover) -> None:
        rows = {
            key: list(
                session.execute(
                    select(CustomerPhone).where(CustomerPhone.customer_id == key).order_by(CustomerPhone.position, CustomerPhone.id)
                ).scalars()
            )
            for key in (self.kept_id, self.gone_id)
        }  # fmt: skip
        if "phones" in self.from_gone:
            for row in rows[self.kept_id]:
                mover.set(row, "customer_id", self.gone_id)
            for row in rows[self.gone_id]:
                mover.set(row, "customer_id", self.kept_id)
        elif "phones" in self.both:
            known = {row.e164 or row.typed for row in rows[self.kept_id]}
            place = max((row.position for row in rows[self.kept_id]), default=-1)
            for row in rows[self.gone_id]:
                # A number that both have stays with the record that it came with, so that taking apart gives it back.
                if (row.e164 or row.typed) not in known:
                    place += 1
                    mover.set(row, "customer_id", self.kept_id)
                    mover.set(row, "position", place)


@dataclass(frozen=True, slots=True)
class MergeVehicles:
    """Make two vehicles one: visits, readings, policies and all else of `gone` belong to `kept` afterwards; returns {"merge_id", "vehicle_id"}.

    `from_gone` names the fields of `VEHICLE_FIELDS`, or "plate" or "owner", whose values are taken from the gone one. The plate and the owner that
    are not chosen end today, so they stay in the vehicle's past.
    """

    kept_id: int
    gone_id: int
    kept_version: int
    gone_version: int
    from_gone: tuple[str, ...] = ()
    both: tuple[str, ...] = ()
    verb: ClassVar[str] = "merge_vehicles"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: merge_same, merge_field_unknown (field), record_missing, merged_away, changed_meanwhile, merge_two_open_orders (numbers),
        merge_two_vins (both VINs are in order and differ: these are two cars)."""
        if self.kept_id == self.gone_id:
            raise Refusal("merge_same")
        _check_choice(self.from_gone, self.both, frozenset({*VEHICLE_FIELDS, "plate", "owner"}))
        kept = seen_vehicle(session, self.kept_id, self.kept_version)
        gone = seen_vehicle(session, self.gone_id, self.gone_version)
        today = the_shop(session).day_of(act.at)
        self._refuse_two_cars(session, kept, gone, today)
        mover = Mover(session)
        mover.set(gone, "merged_into_id", kept.id)
        session.flush()
        self._end_one_plate(session, mover, today)
        self._end_one_owner(session, mover, today)
        self._join_campaigns(session, mover)
        mover.move_all("vehicle", gone.id, kept.id, passing=("campaign_vehicle",))
        _take_chosen(mover, kept, gone, VEHICLE_FIELDS, self)
        mover.set(kept, "last_visit_at", max((at for at in (kept.last_visit_at, gone.last_visit_at) if at is not None), default=None))
        raise_version(session, kept)
        _renew_keys(session, "vehicle", kept.id, gone.id)
        return {"merge_id": mover.write("vehicle", kept.id, gone.id, act), "vehicle_id": kept.id}

    def _refuse_two_cars(self, session: Session, kept: Vehicle, gone: Vehicle, today: dt.date) -> None:
        if kept.vin and gone.vin and kept.vin != gone.vin and all(vin.recognise(text, today.year).valid for text in (kept.vin, gone.vin)):
            raise Refusal("merge_two_vins")
        closed = [state for state in OrderState if not is_open(state)]
        numbers = session.execute(
            select(WorkOrder.number).where(WorkOrder.vehicle_id.in_((kept.id, gone.id)), WorkOrder.state.not_in(closed)).order_by(WorkOrder.number)
        ).scalars()
        if len(found := list(numbers)) > 1:
            raise Refusal("merge_two_open_orders", numbers=found)

    def _end_one_plate(self, session: Session, mover: Mover, today: dt.date) -> None:
        current = {
            row.vehicle_id: row
            for row in session.execute(
                select(VehiclePlate).where(VehiclePlate.vehicle_id.in_((self.kept_id, self.gone_id)), VehiclePlate.until.is_(None))
            ).scalars()
        }  # fmt: skip
        if len(current) == 2:
            mover.set(current[self.kept_id if "plate" in self.from_gone else self.gone_id], "until", today)
            session.flush()

    def _end_one_owner(self, session: Session, mover: Mover, today: dt.date) -> None:
        owners = {
            row.vehicle_id: row
            for row in session.execute(
                select(Ownership).where(
                    Ownership.vehicle_id.in_((self.kept_id, self.gone_id)), Ownership.role == OwnershipRole.OWNER, Ownership.until.is_(None)
                )
            ).scalars()
        }  # fmt: skip
        if len(owners) == 2:
            mover.set(owners[self.kept_id if "owner" in self.from_gone else self.gone_id], "until", today)
            session.flush()

    def _join_campaigns(self, session: Session, mover: Mover) -> None:
        rows = session.execute(select(CampaignVehicle).where(CampaignVehicle.vehicle_id.in_((self.kept_id, self.gone_id)))).scalars().all()
        of_kept = {row.campaign_id: row for row in rows if row.vehicle_id == self.kept_id}
        for row in rows:
            if row.vehicle_id != self.gone_id:
                continue
            same = of_kept.get(row.campaign_id)
            if same is None:
                mover.set(row, "vehicle_id", self.kept_id)
            elif same.done_order_id is None and same.done_at is None:
                # Done under the one is done: a recall isn't repaired twice because the car had two records.
                mover.set(same, "done_order_id", row.done_order_id)
                mover.set(same, "done_at", row.done_at)


@dataclass(frozen=True, slots=True)
class Unmerge:
    """Take a merge back: each record has again what was its own; what came since, and what was changed by hand since, stays with the kept one.

    Returns {"subject", "kept_id", "gone_id"}.
    """

    merge_id: int
    verb: ClassVar[str] = "unmerge"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: record_missing, unmerge_done (already), unmerge_erased, unmerge_later_first (a later merge of the same record), merged_away (into_id),
        vin_taken (vehicle_id), plate_taken (plate, vehicle_id)."""
        merge = session.get(Merge, self.merge_id, with_for_update=True)
        if merge is None:
            raise Refusal("record_missing")
        if merge.undone_at is not None:
            raise Refusal("unmerge_done")
        if not merge.moved:
            raise Refusal("unmerge_erased")
        later = select(Merge.id).where(Merge.subject == merge.subject, Merge.id > merge.id, Merge.undone_at.is_(None))
        if session.execute(later.where(Merge.kept_id.in_((merge.kept_id, merge.gone_id)))).first() is not None:
            raise Refusal("unmerge_later_first")
        kept: Customer | Vehicle = (seen_customer if merge.subject == "customer" else seen_vehicle)(session, merge.kept_id)
        take_back(session, merge.moved)
        merge.undone_at = act.at
        raise_version(session, kept)
        _renew_keys(session, merge.subject, merge.kept_id, merge.gone_id)
        return {"subject": merge.subject, "kept_id": merge.kept_id, "gone_id": merge.gone_id}


@dataclass(frozen=True, slots=True)
class DismissDouble:
    """Say that two records are not the same: they are no longer proposed as doubles; returns {"dismissed_id"}."""

    subject: str
    """customer or vehicle."""
    first_id: int
    second_id: int
    verb: ClassVar[str] = "dismiss_double"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: merge_same."""
        first, second = sorted((self.first_id, self.second_id))
        if first == second:
            raise Refusal("merge_same")
        pair = (DoubleDismissed.subject == self.subject, DoubleDismissed.first_id == first, DoubleDismissed.second_id == second)
        row = session.execute(select(DoubleDismissed).where(*pair)).scalar_one_or_none()
        if row is None:
            row = DoubleDismissed(subject=self.subject, first_id=first, second_id=second, dismissed_at=act.at)
            session.add(row)
            session.flush()
        return {"dismissed_id": row.id}


@dataclass(frozen=True, slots=True)
class ProposeDouble:
    """Take back that two records were said not to be the same: they are proposed as doubles again."""

    dismissed_id: int
    verb: ClassVar[str] = "propose_double"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> None:  # noqa: ARG002
        """Nothing to do where somebody took it back already."""
        row = session.get(DoubleDismissed, self.dismissed_id)
        if row is not None:
            session.delete(row)
