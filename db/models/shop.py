"""The shop, its people, its bays, its settings and its numbers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import PERSONAL, Base, Key, Reference, Versioned, one_of
from db.rules.record_words import BayKind


class Shop(Versioned, Base):
    """One service front; a store holds one."""

    __tablename__ = "shop"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(4))
    name: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    complaint_phone: Mapped[str] = mapped_column(default="")
    licence_class: Mapped[str] = mapped_column(default="")
    region: Mapped[str] = mapped_column(String(2), default="CN")
    province: Mapped[str] = mapped_column(default="")
    zone: Mapped[str] = mapped_column(default="Asia/Shanghai")
    language: Mapped[str] = mapped_column(default="zh_TW")
    sign_in: Mapped[bool] = mapped_column(default=True)
    weekly_hours: Mapped[list[Any]]
    """Seven lists, Monday first, of [opening minute, closing minute] of the day."""
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Values that differ from the defaults of `db.rules.settings`, by name."""
    logo: Mapped[bytes | None] = mapped_column(LargeBinary)
    is_demo: Mapped[bool] = mapped_column(default=False)
    demo_day: Mapped[dt.date | None]
    demo_seed: Mapped[int | None]
    created_at: Mapped[dt.datetime]


class Closure(Base):
    """A day on which the shop is closed, or open although the calendar says otherwise."""

    __tablename__ = "closure"

    id: Mapped[Key]
    day: Mapped[dt.date] = mapped_column(unique=True)
    is_open: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(default="")


class Staff(Versioned, Base):
    """A person of the shop; never deleted, only left."""

    __tablename__ = "staff"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(info=PERSONAL)
    roles: Mapped[list[Any]]
    """Values of `Role`."""
    skills: Mapped[list[Any]] = mapped_column(default=list)
    working_days: Mapped[list[Any]] = mapped_column(default=lambda: [0, 1, 2, 3, 4, 5])
    """Weekdays on which the person is in the shop, Monday 0."""
    pin_hash: Mapped[str | None] = mapped_column(info={"secret": True})
    badge: Mapped[str | None] = mapped_column(unique=True)
    failed_pins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[dt.datetime | None]
    language: Mapped[str | None]
    position: Mapped[int] = mapped_column(default=0)
    joined_on: Mapped[dt.date | None]
    left_on: Mapped[dt.date | None]


class Bay(Versioned, Base):
    """A place of work; one car at a time."""

    __tablename__ = "bay"

    id: Mapped[Key]
    name: Mapped[str]
    kind: Mapped[BayKind] = mapped_column(one_of(BayKind))
    position: Mapped[int] = mapped_column(default=0)
    closed_on: Mapped[dt.date | None]


class NumberCounter(Base):
    """The last number given on a shop day, raised in the transaction that uses it: no gaps, no doubles."""

    __tablename__ = "number_counter"
    untracked = True

    series: Mapped[str] = mapped_column(String(2), primary_key=True)
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    last: Mapped[int]


class Draft(Base):
    """A form that is being filled in, kept so that a crash or a power cut loses nothing."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("form", "device", "window_key"),)
    untracked = True

    id: Mapped[Key]
    form: Mapped[str] = mapped_column(String(32))
    device: Mapped[str]
    window_key: Mapped[str] = mapped_column(String(64))
    staff_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("staff.id"))
    title: Mapped[str] = mapped_column(default="")
    body: Mapped[dict[str, Any]]
    updated_at: Mapped[dt.datetime]
