"""Customers, their vehicles, and what a person or a plate is found by."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import PERSONAL, Base, Key, Reference, SortedText, Versioned, one_of
from db.rules.record_words import Language, OwnershipRole, PowerTrain, ReadingSource, VehicleFate

_KNOWN_VIN = text("vin <> '' AND merged_into_id IS NULL")


class Customer(Versioned, Base):
    """A person or a company."""

    __tablename__ = "customer"
    __table_args__ = (Index("ix_customer_name_key", "name_key", "id"),)

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(info=PERSONAL, default="")
    name_key: Mapped[str] = mapped_column(SortedText, default="", info=PERSONAL)
    """The folded name in pinyin, for order and search."""
    title: Mapped[str] = mapped_column(default="")
    """How the person is addressed: mr, ms or nothing."""
    is_company: Mapped[bool] = mapped_column(default=False)
    contact_person: Mapped[str] = mapped_column(info=PERSONAL, default="")
    address: Mapped[str] = mapped_column(info=PERSONAL, default="")
    licence_number: Mapped[str] = mapped_column(info=PERSONAL, default="")
    language: Mapped[Language] = mapped_column(one_of(Language), default=Language.TRADITIONAL)
    came_by: Mapped[str] = mapped_column(default="")
    consent_to_call: Mapped[bool] = mapped_column(default=True)
    is_account: Mapped[bool] = mapped_column(default=False)
    account_limit: Mapped[int | None]
    """Fixed limit in fen; None: worked out from the gross profit of six months."""
    account_months: Mapped[int | None]
    is_government: Mapped[bool] = mapped_column(default=False)
    tier: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="", info=PERSONAL)
    created_at: Mapped[dt.datetime]
    erased_at: Mapped[dt.datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("customer.id"), index=True)


class CustomerPhone(Base):
    """A way to reach a customer: E.164 beside what was typed."""

    __tablename__ = "customer_phone"

    id: Mapped[Key]
    customer_id: Mapped[int] = mapped_column(Reference, ForeignKey("customer.id"), index=True)
    e164: Mapped[str] = mapped_column(SortedText, info=PERSONAL, index=True)
    typed: Mapped[str] = mapped_column(info=PERSONAL)
    position: Mapped[int] = mapped_column(default=0)


class Vehicle(Versioned, Base):
    """A car, known by plate or by VIN."""

    __tablename__ = "vehicle"
    __table_args__ = (
        Index("uq_vehicle_vin", "vin", unique=True, sqlite_where=_KNOWN_VIN, postgresql_where=_KNOWN_VIN),
        Index("ix_vehicle_fate", "fate", "last_visit_at"),
    )

    id: Mapped[Key]
    vin: Mapped[str] = mapped_column(SortedText, default="")
    vin_typed: Mapped[str] = mapped_column(default="")
    maker: Mapped[str] = mapped_column(default="")
    model: Mapped[str] = mapped_column(default="")
    model_year: Mapped[int | None]
    colour: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(String(8), default="sedan")
    """Which drawing shows it: sedan or suv."""
    power_train: Mapped[PowerTrain] = mapped_column(one_of(PowerTrain), default=PowerTrain.PETROL)
    engine_number: Mapped[str] = mapped_column(default="")
    first_registered_on: Mapped[dt.date | None]
    bought_on: Mapped[dt.date | None]
    bought_here: Mapped[bool] = mapped_column(default=False)
    inspection_ends_on: Mapped[dt.date | None] = mapped_column(index=True)
    warranty_ends_on: Mapped[dt.date | None]
    fate: Mapped[VehicleFate] = mapped_column(one_of(VehicleFate), default=VehicleFate.KEPT)
    severe_use: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[dt.datetime]
    last_visit_at: Mapped[dt.datetime | None] = mapped_column(index=True)
    merged_into_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("vehicle.id"), index=True)


class VehiclePlate(Base):
    """A plate that a vehicle bears or bore; the current one has no end."""

    __tablename__ = "vehicle_plate"
    __table_args__ = (
        Index("uq_vehicle_plate_current", "plate", "colour", unique=True, sqlite_where=text("until IS NULL"), postgresql_where=text("until IS NULL")),
        Index("uq_vehicle_plate_vehicle", "vehicle_id", unique=True, sqlite_where=text("until IS NULL"), postgresql_where=text("until IS NULL")),
        Index("ix_vehicle_plate_vehicle_id", "vehicle_id"),
    )

    id: Mapped[Key]
    vehicle_id: Mapped[int] = mapped_column(Reference, ForeignKey("vehicle.id"))
    plate: Mapped[str] = mapped_column(SortedText, info=PERSONAL)
    """Normalised, as on the metal."""
    typed: Mapped[str] = mapped_column(info=PERSONAL)
    colour: Mapped[str] = mapped_column(String(16), default="blue")
    region: Mapped[str] = mapped_column(String(2), default="CN")
    kind: Mapped[str] = mapped_column(String(16), default="NORMAL")
    since: Mapped[dt.date | None]
    until: Mapped[dt.date | None]


class Ownership(Base):
    """What a customer is to a vehicle, from when until when."""

    __tablename__ = "ownership"
    __table_args__ = (
        Index(
            "uq_ownership_owner", "vehicle_id", unique=True,
            sqlite_where=text("role = 'owner' AND until IS NULL"), postgresql_where=text("role = 'owner' AND until IS NULL"),
        ),
        Index("ix_ownership_vehicle_id", "vehicle_id"),
        Index("ix_ownership_customer_id", "customer_id"),
    )  # fmt: skip

    id: Mapped[Key]
    vehicle_id: Mapped[int] = mapped_column(Reference, ForeignKey("vehicle.id"))
    customer_id: Mapped[int] = mapped_column(Reference, ForeignKey("customer.id"))
    role: Mapped[OwnershipRole] = mapped_column(one_of(OwnershipRole))
    since: Mapped[dt.date | None]
    until: Mapped[dt.date | None]


class OdometerReading(Base):
    """What the odometer showed; an implausible one is kept with its reason."""

    __tablename__ = "odometer_reading"
    __table_args__ = (Index("ix_odometer_reading_vehicle_id_read_at", "vehicle_id", "read_at"), CheckConstraint("kilometres >= 0", name="not_negative"))

    id: Mapped[Key]
    vehicle_id: Mapped[int] = mapped_column(Reference, ForeignKey("vehicle.id"))
    kilometres: Mapped[int]
    read_at: Mapped[dt.datetime]
    source: Mapped[ReadingSource] = mapped_column(one_of(ReadingSource), default=ReadingSource.CHECK_IN)
    order_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("work_order.id"), index=True)
    implausible_reason: Mapped[str | None]


class SearchKey(Base):
    """A word under which a vehicle or customer is found, by prefix: see `db.rules.search_text`."""

    __tablename__ = "search_key"
    __table_args__ = ({"sqlite_with_rowid": False},)
    untracked = True

    key: Mapped[str] = mapped_column(SortedText, primary_key=True)
    subject: Mapped[str] = mapped_column(String(1), primary_key=True)
    """`v` vehicle, `c` customer."""
    subject_id: Mapped[int] = mapped_column(Reference, primary_key=True, index=True)


class Merge(Base):
    """Two records found to be one: what was moved, so that it can be taken back."""

    __tablename__ = "merge"

    id: Mapped[Key]
    subject: Mapped[str] = mapped_column(String(16))
    kept_id: Mapped[int] = mapped_column(Reference, index=True)
    gone_id: Mapped[int] = mapped_column(Reference, index=True)
    moved: Mapped[dict[str, Any]] = mapped_column(info=PERSONAL)
    """`changes`: [table, id, column, before, after] of each value that was set, in order; empty once the person is erased."""
    merged_at: Mapped[dt.datetime]
    staff_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("staff.id"))
    undone_at: Mapped[dt.datetime | None]


class DoubleDismissed(Base):
    """A pair that a person has said to be two different records."""

    __tablename__ = "double_dismissed"
    __table_args__ = (UniqueConstraint("subject", "first_id", "second_id"),)

    id: Mapped[Key]
    subject: Mapped[str] = mapped_column(String(16))
    first_id: Mapped[int] = mapped_column(Reference)
    second_id: Mapped[int] = mapped_column(Reference)
    dismissed_at: Mapped[dt.datetime]
