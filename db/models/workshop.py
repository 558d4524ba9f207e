"""What happens in the workshop: clocks, measured values, checks, and what was found."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Fen, Key, Reference, Versioned, one_of
from db.rules.record_words import CheckLevel, RecommendationSource, RecommendationState, StopReason, Urgency, Verdict


class LabourSession(Base):
    """A technician on a line, from when until when; ends are never edited, only corrected beside."""

    __tablename__ = "labour_session"
    __table_args__ = (
        Index("uq_labour_session_running", "technician_id", unique=True, sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL")),
        Index("ix_labour_session_line_id", "line_id"),
        Index("ix_labour_session_technician_id", "technician_id", "started_at"),
    )

    id: Mapped[Key]
    line_id: Mapped[int] = mapped_column(Reference, ForeignKey("work_order_line.id"))
    technician_id: Mapped[int] = mapped_column(Reference, ForeignKey("staff.id"))
    started_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    stop_reason: Mapped[StopReason | None] = mapped_column(one_of(StopReason))
    closed_by_day_end: Mapped[bool] = mapped_column(default=False)
    corrected_minutes: Mapped[int | None]
    corrected_by_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("staff.id"))
    correction_reason: Mapped[str | None]


class InspectionResult(Base):
    """A point of the inspection: what was measured, and the verdict."""

    __tablename__ = "inspection_result"
    __table_args__ = (Index("ix_inspection_result_vehicle_id", "vehicle_id", "point_code", "checked_at"), UniqueConstraint("order_id", "point_code", "place"))

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(Reference, ForeignKey("work_order.id"))
    vehicle_id: Mapped[int] = mapped_column(Reference, ForeignKey("vehicle.id"))
    point_code: Mapped[str] = mapped_column(String(8))
    place: Mapped[str] = mapped_column(String(4), default="")
    """fl, fr, rl, rr for what is measured at each wheel; empty otherwise."""
    value: Mapped[int | None]
    """Thousandths of the point's unit."""
    verdict: Mapped[Verdict] = mapped_column(one_of(Verdict))
    reason_better: Mapped[str | None]
    note: Mapped[str] = mapped_column(default="")
    odometer_km: Mapped[int]
    checked_at: Mapped[dt.datetime]
    staff_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("staff.id"))


class Recommendation(Versioned, Base):
    """What was found and is explained to the customer; remembered with the vehicle until it is done or closed."""

    __tablename__ = "recommendation"
    __table_args__ = (Index("ix_recommendation_vehicle_id", "vehicle_id", "state"), Index("ix_recommendation_state", "state", "found_at"))

    id: Mapped[Key]
    vehicle_id: Mapped[int] = mapped_column(Reference, ForeignKey("vehicle.id"))
    order_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("work_order.id"), index=True)
    """The visit at which it was found."""
    state: Mapped[RecommendationState] = mapped_column(one_of(RecommendationState), default=RecommendationState.FOUND)
    source: Mapped[RecommendationSource] = mapped_column(one_of(RecommendationSource))
    subject_code: Mapped[str] = mapped_column(default="")
    """Operation, package, point or recall that it is about."""
    name_zh_tw: Mapped[str]
    name_zh_cn: Mapped[str]
    name_en: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    point_code: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    measured_value: Mapped[int | None]
    urgency: Mapped[Urgency] = mapped_column(one_of(Urgency))
    is_safety: Mapped[bool] = mapped_column(default=False)
    price: Mapped[Fen] = mapped_column(default=0)
    extra_minutes: Mapped[int] = mapped_column(default=0)
    line_plan: Mapped[list[Any]] = mapped_column(default=list)
    """The catalogue codes and quantities of its lines."""
    postponed_until: Mapped[dt.date | None]
    postponed_until_km: Mapped[int | None]
    found_at: Mapped[dt.datetime]
    found_by_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("staff.id"))


class RecommendationDecision(Base):
    """A presentation of a recommendation or the customer's answer to it."""

    __tablename__ = "recommendation_decision"

    id: Mapped[Key]
    recommendation_id: Mapped[int] = mapped_column(Reference, ForeignKey("recommendation.id"), index=True)
    order_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("work_order.id"))
    state: Mapped[RecommendationState] = mapped_column(one_of(RecommendationState))
    how: Mapped[str] = mapped_column(default="")
    reason: Mapped[str | None]
    words: Mapped[str] = mapped_column(default="")
    measured_value: Mapped[int | None]
    price: Mapped[Fen] = mapped_column(default=0)
    decided_at: Mapped[dt.datetime] = mapped_column(index=True)
    staff_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("staff.id"))


class QualityCheck(Base):
    """Self, mutual or final: passed, or sent back with what."""

    __tablename__ = "quality_check"

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(Reference, ForeignKey("work_order.id"), index=True)
    level: Mapped[CheckLevel] = mapped_column(one_of(CheckLevel))
    passed: Mapped[bool]
    sent_back_for: Mapped[str | None]
    road_test_km: Mapped[int | None]
    checked_at: Mapped[dt.datetime]
    staff_id: Mapped[int] = mapped_column(Reference, ForeignKey("staff.id"))


class Attachment(Base):
    """Photo, scan or signature: bytes in the data folder, or in the server, named by their SHA-256; never altered."""

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_subject", "subject", "subject_id"),)

    id: Mapped[Key]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    media_type: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[str] = mapped_column(default="")
    width: Mapped[int | None]
    height: Mapped[int | None]
    size: Mapped[int]
    subject: Mapped[str | None] = mapped_column(String(24))
    """Table that it belongs to; None while it is only in a draft."""
    subject_id: Mapped[int | None] = mapped_column(Reference)
    added_at: Mapped[dt.datetime]
    staff_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("staff.id"))


class AttachmentBytes(Base):
    """The bytes of attachments, each once, with a thumbnail: in the store, so that one file and one backup hold all."""

    __tablename__ = "attachment_bytes"
    untracked = True

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes]
    thumbnail: Mapped[bytes | None]
