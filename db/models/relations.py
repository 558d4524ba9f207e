"""What the shop keeps up with its customers: policies, talks, promises, and who sends accident cars."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import PERSONAL, Base, Fen, Key, Reference, Versioned, one_of
from db.rules.record_words import ContactPurpose, ContactWay, PolicyKind, PromiseState


class Policy(Versioned, Base):
    """Insurance of a vehicle."""

    __tablename__ = "policy"

    id: Mapped[Key]
    vehicle_id: Mapped[int] = mapped_column(Reference, ForeignKey("vehicle.id"), index=True)
    insurer_code: Mapped[str]
    kind: Mapped[PolicyKind] = mapped_column(one_of(PolicyKind))
    number: Mapped[str] = mapped_column(default="")
    premium: Mapped[Fen] = mapped_column(default=0)
    from_on: Mapped[dt.date]
    until_on: Mapped[dt.date] = mapped_column(index=True)
    sold_here: Mapped[bool] = mapped_column(default=False)


class Contact(Versioned, Base):
    """A talk with a customer, or one that is due: with a next date it is a follow-up."""

    __tablename__ = "contact"
    __table_args__ = (Index("ix_contact_due", "due_on", "done_at"),)

    id: Mapped[Key]
    customer_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("customer.id"), index=True)
    vehicle_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("vehicle.id"), index=True)
    order_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("work_order.id"), index=True)
    claim_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("claim.id"), index=True)
    purpose: Mapped[ContactPurpose] = mapped_column(one_of(ContactPurpose))
    way: Mapped[ContactWay] = mapped_column(one_of(ContactWay), default=ContactWay.PHONE)
    due_on: Mapped[dt.date | None]
    staff_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("staff.id"))
    words: Mapped[str] = mapped_column(default="", info=PERSONAL)
    result: Mapped[str | None]
    done_at: Mapped[dt.datetime | None]
    next_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("contact.id"))
    created_at: Mapped[dt.datetime]


class Promise(Versioned, Base):
    """What was promised to a customer; open until kept or taken back with a word to him."""

    __tablename__ = "promise"
    __table_args__ = (Index("ix_promise_state", "state", "until_on"),)

    id: Mapped[Key]
    customer_id: Mapped[int] = mapped_column(Reference, ForeignKey("customer.id"), index=True)
    vehicle_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("vehicle.id"), index=True)
    order_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("work_order.id"))
    words: Mapped[str]
    state: Mapped[PromiseState] = mapped_column(one_of(PromiseState), default=PromiseState.OPEN)
    promised_at: Mapped[dt.datetime]
    staff_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("staff.id"))
    until_on: Mapped[dt.date | None]
    closed_at: Mapped[dt.datetime | None]
    closed_words: Mapped[str] = mapped_column(default="")


class Partner(Versioned, Base):
    """Who sends accident cars."""

    __tablename__ = "partner"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(info=PERSONAL)
    kind: Mapped[str]
    phone: Mapped[str] = mapped_column(default="", info=PERSONAL)
    terms: Mapped[str] = mapped_column(default="")
    reward: Mapped[Fen] = mapped_column(default=0)
    left_on: Mapped[dt.date | None]


class Lead(Versioned, Base):
    """News of an accident car, and what came of it."""

    __tablename__ = "lead"

    id: Mapped[Key]
    partner_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("partner.id"), index=True)
    came_at: Mapped[dt.datetime] = mapped_column(index=True)
    place: Mapped[str] = mapped_column(default="")
    plate: Mapped[str] = mapped_column(default="", info=PERSONAL)
    words: Mapped[str] = mapped_column(default="", info=PERSONAL)
    state: Mapped[str] = mapped_column(default="open")
    lost_reason: Mapped[str | None]
    claim_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("claim.id"))
    reward_due: Mapped[Fen] = mapped_column(default=0)
    reward_paid_at: Mapped[dt.datetime | None]
