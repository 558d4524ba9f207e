"""Accident claims: stages in time, papers, money."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import PERSONAL, Base, Fen, Key, Reference, SortedText, Versioned, one_of
from db.rules.record_words import ClaimKind, ClaimState, Severity


class Claim(Versioned, Base):
    """One accident."""

    __tablename__ = "claim"
    __table_args__ = (Index("ix_claim_state", "state", "reported_at"),)

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(SortedText, unique=True)
    state: Mapped[ClaimState] = mapped_column(one_of(ClaimState), default=ClaimState.OPEN)
    kind: Mapped[ClaimKind] = mapped_column(one_of(ClaimKind), default=ClaimKind.SINGLE)
    severity: Mapped[Severity] = mapped_column(one_of(Severity), default=Severity.MEDIUM)
    vehicle_id: Mapped[int] = mapped_column(Reference, ForeignKey("vehicle.id"), index=True)
    customer_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("customer.id"), index=True)
    driver_name: Mapped[str] = mapped_column(default="", info=PERSONAL)
    insurer_code: Mapped[str]
    policy_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("policy.id"))
    report_number: Mapped[str] = mapped_column(default="")
    happened_at: Mapped[dt.datetime | None]
    place: Mapped[str] = mapped_column(default="")
    reported_at: Mapped[dt.datetime]
    surveyor: Mapped[str] = mapped_column(default="", info=PERSONAL)
    assessor: Mapped[str] = mapped_column(default="", info=PERSONAL)
    assessor_phone: Mapped[str] = mapped_column(default="", info=PERSONAL)
    specialist_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("staff.id"))
    direct_payment: Mapped[bool] = mapped_column(default=True)
    liability_percent: Mapped[int] = mapped_column(default=100)
    reported_amount: Mapped[Fen] = mapped_column(default=0)
    assessed_amount: Mapped[Fen] = mapped_column(default=0)
    approved_amount: Mapped[Fen] = mapped_column(default=0)
    invoiced_amount: Mapped[Fen] = mapped_column(default=0)
    paid_amount: Mapped[Fen] = mapped_column(default=0)
    submitted_at: Mapped[dt.datetime | None]
    paid_at: Mapped[dt.datetime | None]
    closed_at: Mapped[dt.datetime | None]
    words: Mapped[str] = mapped_column(default="")


class ClaimStageRow(Versioned, Base):
    """One stage of a claim; it may open again as a further row of the same kind."""

    __tablename__ = "claim_stage"
    __table_args__ = (Index("ix_claim_stage_claim_id", "claim_id", "position"),)

    id: Mapped[Key]
    claim_id: Mapped[int] = mapped_column(Reference, ForeignKey("claim.id"))
    code: Mapped[str] = mapped_column(String(24))
    position: Mapped[int]
    needed: Mapped[bool] = mapped_column(default=True)
    standard_minutes: Mapped[int]
    round_the_clock: Mapped[bool] = mapped_column(default=False)
    role: Mapped[str] = mapped_column(String(24))
    staff_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("staff.id"))
    person: Mapped[str] = mapped_column(default="", info=PERSONAL)
    planned_start_at: Mapped[dt.datetime | None]
    planned_end_at: Mapped[dt.datetime | None]
    started_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    signed_by_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("staff.id"))
    overdue_reason: Mapped[str | None]
    falls_to: Mapped[str | None]
    entered_late: Mapped[bool] = mapped_column(default=False)


class ClaimWait(Base):
    """A span in which a stage was put to waiting."""

    __tablename__ = "claim_wait"

    id: Mapped[Key]
    stage_id: Mapped[int] = mapped_column(Reference, ForeignKey("claim_stage.id"), index=True)
    reason: Mapped[str]
    since: Mapped[dt.datetime]
    until: Mapped[dt.datetime | None]
    expected_at: Mapped[dt.datetime | None]


class ClaimPaper(Base):
    """A paper that the kind of case needs."""

    __tablename__ = "claim_paper"
    __table_args__ = (UniqueConstraint("claim_id", "code"),)

    id: Mapped[Key]
    claim_id: Mapped[int] = mapped_column(Reference, ForeignKey("claim.id"))
    code: Mapped[str] = mapped_column(String(32))
    needed: Mapped[bool] = mapped_column(default=True)
    received_at: Mapped[dt.datetime | None]
    sent_at: Mapped[dt.datetime | None]


class ClaimSupplement(Base):
    """More damage found in tear-down: asked, granted or refused."""

    __tablename__ = "claim_supplement"

    id: Mapped[Key]
    claim_id: Mapped[int] = mapped_column(Reference, ForeignKey("claim.id"), index=True)
    words: Mapped[str]
    asked_amount: Mapped[Fen]
    granted_amount: Mapped[Fen | None]
    asked_at: Mapped[dt.datetime]
    answered_at: Mapped[dt.datetime | None]
