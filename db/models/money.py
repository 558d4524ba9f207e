"""Settlements by payer, their payments, and what was given to customers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import PERSONAL, Base, Fen, Key, Reference, SortedText, Versioned, one_of
from db.rules.order_life import Payer
from db.rules.record_words import PaymentMethod, SettlementState, VoucherState


class Settlement(Versioned, Base):
    """One payer's share of a work order."""

    __tablename__ = "settlement"
    __table_args__ = (Index("ix_settlement_state", "state", "settled_at"),)

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(SortedText, unique=True)
    order_id: Mapped[int] = mapped_column(Reference, ForeignKey("work_order.id"), index=True)
    payer: Mapped[Payer] = mapped_column(one_of(Payer))
    customer_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("customer.id"), index=True)
    insurer_code: Mapped[str | None]
    state: Mapped[SettlementState] = mapped_column(one_of(SettlementState), default=SettlementState.OPEN)
    total: Mapped[Fen]
    """Fen, tax included: the sum of its lines."""
    tax: Mapped[Fen]
    settled_at: Mapped[dt.datetime] = mapped_column(index=True)
    due_on: Mapped[dt.date | None]
    written_off: Mapped[Fen] = mapped_column(default=0)
    staff_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("staff.id"))
    reason: Mapped[str | None]


class Payment(Base):
    """Money towards a settlement; never edited, only reversed by another."""

    __tablename__ = "payment"

    id: Mapped[Key]
    settlement_id: Mapped[int] = mapped_column(Reference, ForeignKey("settlement.id"), index=True)
    method: Mapped[PaymentMethod] = mapped_column(one_of(PaymentMethod))
    amount: Mapped[Fen]
    paid_at: Mapped[dt.datetime] = mapped_column(index=True)
    staff_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("staff.id"))
    reverses_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("payment.id"), unique=True)
    voucher_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("voucher.id"))
    reference: Mapped[str] = mapped_column(default="")
    reason: Mapped[str | None]


class Campaign(Versioned, Base):
    """An offer to many, or a maker's recall."""

    __tablename__ = "campaign"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    is_recall: Mapped[bool] = mapped_column(default=False)
    name_zh_tw: Mapped[str]
    name_zh_cn: Mapped[str]
    name_en: Mapped[str]
    makers: Mapped[list[Any]] = mapped_column(default=list)
    models: Mapped[list[Any]] = mapped_column(default=list)
    operation_code: Mapped[str] = mapped_column(default="")
    from_on: Mapped[dt.date | None]
    until_on: Mapped[dt.date | None]


class CampaignVehicle(Base):
    """A vehicle that a recall or campaign concerns, and when it was done."""

    __tablename__ = "campaign_vehicle"
    __table_args__ = (UniqueConstraint("campaign_id", "vehicle_id"),)

    id: Mapped[Key]
    campaign_id: Mapped[int] = mapped_column(Reference, ForeignKey("campaign.id"))
    vehicle_id: Mapped[int] = mapped_column(Reference, ForeignKey("vehicle.id"), index=True)
    done_order_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("work_order.id"))
    done_at: Mapped[dt.datetime | None]


class Voucher(Versioned, Base):
    """What was given to a customer, on what terms, and where it was used; used once."""

    __tablename__ = "voucher"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    campaign_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("campaign.id"))
    customer_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("customer.id"), index=True)
    vehicle_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("vehicle.id"), index=True)
    amount: Mapped[Fen]
    terms: Mapped[str] = mapped_column(default="")
    state: Mapped[VoucherState] = mapped_column(one_of(VoucherState), default=VoucherState.GIVEN)
    given_at: Mapped[dt.datetime]
    expires_on: Mapped[dt.date | None]
    used_order_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("work_order.id"))
    used_at: Mapped[dt.datetime | None]


class Loaner(Versioned, Base):
    """A car that the shop lends."""

    __tablename__ = "loaner"

    id: Mapped[Key]
    plate: Mapped[str] = mapped_column(unique=True)
    model: Mapped[str]
    closed_on: Mapped[dt.date | None]


class Loan(Base):
    """A loaner given out and back; one at a time."""

    __tablename__ = "loan"

    id: Mapped[Key]
    loaner_id: Mapped[int] = mapped_column(Reference, ForeignKey("loaner.id"), index=True)
    order_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("work_order.id"))
    customer_id: Mapped[int] = mapped_column(Reference, ForeignKey("customer.id"))
    out_at: Mapped[dt.datetime]
    out_km: Mapped[int]
    out_fuel_eighths: Mapped[int]
    back_at: Mapped[dt.datetime | None]
    back_km: Mapped[int | None]
    back_fuel_eighths: Mapped[int | None]
    damage: Mapped[str] = mapped_column(default="", info=PERSONAL)
