"""Appointments, work orders and what stands on them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import PERSONAL, Base, Fen, Key, Reference, SortedText, Thousandths, Versioned, one_of
from db.rules.order_life import Consent, LineKind, OrderKind, OrderState, PartOrigin, Payer, WaitingFor, WorkState
from db.rules.record_words import AppointmentState, AuthorisedHow, SignedHow

_OPEN = text("state NOT IN ('delivered', 'cancelled')")


class Appointment(Versioned, Base):
    """An agreed visit; becomes a check-in, or is marked not shown."""

    __tablename__ = "appointment"

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(SortedText, unique=True)
    state: Mapped[AppointmentState] = mapped_column(one_of(AppointmentState), default=AppointmentState.BOOKED)
    starts_at: Mapped[dt.datetime] = mapped_column(index=True)
    minutes: Mapped[int] = mapped_column(default=60)
    vehicle_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("vehicle.id"), index=True)
    customer_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("customer.id"), index=True)
    plate_typed: Mapped[str] = mapped_column(default="", info=PERSONAL)
    name_typed: Mapped[str] = mapped_column(default="", info=PERSONAL)
    phone_typed: Mapped[str] = mapped_column(default="", info=PERSONAL)
    reason: Mapped[str] = mapped_column(default="")
    package_codes: Mapped[list[Any]] = mapped_column(default=list)
    skill: Mapped[str] = mapped_column(default="")
    bay_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("bay.id"))
    advisor_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("staff.id"))
    created_at: Mapped[dt.datetime]


class WorkOrder(Versioned, Base):
    """One visit of one car (委託維修單)."""

    __tablename__ = "work_order"
    __table_args__ = (
        Index("uq_work_order_open_vehicle", "vehicle_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_work_order_checked_in_at", "checked_in_at", "id"),
        Index("ix_work_order_state", "state", "checked_in_at", "id"),
        Index("ix_work_order_vehicle_id", "vehicle_id", "checked_in_at"),
        CheckConstraint("fuel_eighths IS NULL OR fuel_eighths BETWEEN 0 AND 8", name="fuel_eighths"),
        CheckConstraint("charge_percent IS NULL OR charge_percent BETWEEN 0 AND 100", name="charge_percent"),
        CheckConstraint("(state = 'waiting') = (waiting_for IS NOT NULL)", name="waiting_names_what_for"),
    )

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(SortedText, unique=True)
    state: Mapped[OrderState] = mapped_column(one_of(OrderState), default=OrderState.CHECKED_IN)
    kind: Mapped[OrderKind] = mapped_column(one_of(OrderKind), default=OrderKind.MAINTENANCE)
    waiting_for: Mapped[WaitingFor | None] = mapped_column(one_of(WaitingFor))
    waiting_until: Mapped[dt.datetime | None]
    waiting_since: Mapped[dt.datetime | None]
    vehicle_id: Mapped[int] = mapped_column(Reference, ForeignKey("vehicle.id"))
    customer_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("customer.id"), index=True)
    """Who is billed as the customer."""
    sender_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("customer.id"))
    """Who brought the car, when it is a known customer."""
    sender_name: Mapped[str] = mapped_column(default="", info=PERSONAL)
    contact_phone: Mapped[str] = mapped_column(default="", info=PERSONAL)
    plate: Mapped[str] = mapped_column(default="", info=PERSONAL)
    """As on the car that day."""
    plate_colour: Mapped[str] = mapped_column(String(16), default="blue")
    odometer_km: Mapped[int]
    fuel_eighths: Mapped[int | None]
    charge_percent: Mapped[int | None]
    keys_count: Mapped[int] = mapped_column(default=1)
    key_tag: Mapped[str] = mapped_column(default="")
    warning_lamps: Mapped[str] = mapped_column(default="")
    keep_old_parts: Mapped[bool] = mapped_column(default=False)
    wash_wanted: Mapped[bool] = mapped_column(default=True)
    washed_at: Mapped[dt.datetime | None]
    customer_waits: Mapped[bool] = mapped_column(default=False)
    advisor_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("staff.id"), index=True)
    bay_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("bay.id"), index=True)
    technician_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("staff.id"))
    appointment_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("appointment.id"))
    claim_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("claim.id"), index=True)
    comeback_of_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("work_order.id"))
    comeback_line_id: Mapped[int | None] = mapped_column(Reference)
    """The line of the earlier order whose work failed."""
    checked_in_at: Mapped[dt.datetime]
    promised_at: Mapped[dt.datetime] = mapped_column(index=True)
    first_promised_at: Mapped[dt.datetime]
    dispatched_at: Mapped[dt.datetime | None]
    started_at: Mapped[dt.datetime | None]
    checked_at: Mapped[dt.datetime | None]
    ready_at: Mapped[dt.datetime | None]
    settled_at: Mapped[dt.datetime | None] = mapped_column(index=True)
    delivered_at: Mapped[dt.datetime | None] = mapped_column(index=True)
    delivered_to: Mapped[str] = mapped_column(default="", info=PERSONAL)
    cancelled_at: Mapped[dt.datetime | None]
    cancel_reason: Mapped[str | None]
    rework_count: Mapped[int] = mapped_column(default=0)
    signed_how: Mapped[SignedHow] = mapped_column(one_of(SignedHow), default=SignedHow.ON_PAPER)
    signature_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("attachment.id"))
    agreed_total: Mapped[Fen] = mapped_column(default=0)
    """What the customer agreed to pay, in fen: the total of the last authorisation."""
    note: Mapped[str] = mapped_column(default="")


class Complaint(Base):
    """The customer's own words; never turned into terms of the trade."""

    __tablename__ = "complaint"

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(Reference, ForeignKey("work_order.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    words: Mapped[str]
    tags: Mapped[list[Any]] = mapped_column(default=list)


class Authorisation(Base):
    """The customer's yes: who, how, when, and the total then agreed."""

    __tablename__ = "authorisation"

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(Reference, ForeignKey("work_order.id"), index=True)
    how: Mapped[AuthorisedHow] = mapped_column(one_of(AuthorisedHow))
    by_name: Mapped[str] = mapped_column(default="", info=PERSONAL)
    agreed_total: Mapped[Fen]
    authorised_at: Mapped[dt.datetime]
    staff_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("staff.id"))
    note: Mapped[str] = mapped_column(default="")


class WorkOrderLine(Versioned, Base):
    """Labour, part, consumable, sublet or fee, with the words and prices it was made with."""

    __tablename__ = "work_order_line"
    __table_args__ = (Index("ix_work_order_line_order_id", "order_id", "position", "id"), CheckConstraint("quantity >= 0", name="quantity_not_negative"))

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(Reference, ForeignKey("work_order.id"))
    complaint_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("complaint.id"))
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[LineKind] = mapped_column(one_of(LineKind))
    code: Mapped[str] = mapped_column(default="")
    name_zh_tw: Mapped[str]
    name_zh_cn: Mapped[str]
    name_en: Mapped[str]
    package_code: Mapped[str] = mapped_column(default="")
    package_group: Mapped[int | None]
    """Lines bought together as one package on this order share it."""
    package_name_zh_tw: Mapped[str] = mapped_column(default="")
    package_name_zh_cn: Mapped[str] = mapped_column(default="")
    package_name_en: Mapped[str] = mapped_column(default="")
    quantity: Mapped[Thousandths]
    """Thousandths of the unit; of an hour for labour."""
    unit: Mapped[str] = mapped_column(default="")
    standard_minutes: Mapped[int] = mapped_column(default=0)
    skill: Mapped[str] = mapped_column(default="")
    work_class: Mapped[str] = mapped_column(default="")
    unit_price: Mapped[Fen]
    unit_cost: Mapped[Fen] = mapped_column(default=0)
    discount_basis_points: Mapped[int] = mapped_column(default=0)
    adjustment: Mapped[Fen] = mapped_column(default=0)
    """Whole fen: a package's share, the rest of a split, cash rounding."""
    tax_basis_points: Mapped[int] = mapped_column(default=1300)
    amount: Mapped[Fen]
    """What the line comes to in fen, by `db.rules.money.line_amount`."""
    payer: Mapped[Payer] = mapped_column(one_of(Payer), default=Payer.CUSTOMER)
    consent: Mapped[Consent] = mapped_column(one_of(Consent), default=Consent.PROPOSED)
    authorisation_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("authorisation.id"))
    work_state: Mapped[WorkState] = mapped_column(one_of(WorkState), default=WorkState.OPEN)
    done_at: Mapped[dt.datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("staff.id"))
    technician_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("staff.id"))
    part_origin: Mapped[PartOrigin | None] = mapped_column(one_of(PartOrigin))
    guarantee_days: Mapped[int | None]
    guarantee_km: Mapped[int | None]
    expected_at: Mapped[dt.datetime | None]
    """When a sublet or a part is expected back or in."""
    recommendation_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("recommendation.id"), index=True)
    split_from_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("work_order_line.id"))
    withdrawn_reason: Mapped[str | None]
    settlement_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("settlement.id"), index=True)


class OrderBelonging(Base):
    """Something that was left in the car."""

    __tablename__ = "order_belonging"

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(Reference, ForeignKey("work_order.id"), index=True)
    code: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    quantity: Mapped[int] = mapped_column(default=1)
    returned_at: Mapped[dt.datetime | None]


class DamageMark(Base):
    """A place on the drawing: zone of the car, kind of damage, size in millimetres."""

    __tablename__ = "damage_mark"

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(Reference, ForeignKey("work_order.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    zone: Mapped[str] = mapped_column(String(24))
    view: Mapped[str] = mapped_column(String(8))
    x: Mapped[float]
    y: Mapped[float]
    """0 to 1 of the view's width and height."""
    kind: Mapped[str] = mapped_column(String(16))
    size_mm: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")
    known_before: Mapped[bool] = mapped_column(default=False)


class PaperPrint(Base):
    """A paper that was made of an order; its count marks the reprint."""

    __tablename__ = "paper_print"

    id: Mapped[Key]
    paper: Mapped[str] = mapped_column(String(32))
    order_id: Mapped[int] = mapped_column(Reference, ForeignKey("work_order.id"), index=True)
    settlement_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("settlement.id"))
    copy_number: Mapped[int]
    printed_at: Mapped[dt.datetime]
    staff_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("staff.id"))
    file_name: Mapped[str] = mapped_column(default="")
    void: Mapped[bool] = mapped_column(default=False)
