"""The append-only history, its hash chain, and the requests that were done."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Document, Key, Reference


class History(Base):
    """Who changed what from what to what, when, at which PC; each row chained to the one before by hash.

    Triggers refuse update, delete, replacing and truncating. `changes` maps a field to [old, new]; a person's values stand there as
    {"sha256": …} of salt and value, the values themselves in `HistoryPersonal`.
    """

    __tablename__ = "history"
    __table_args__ = (Index("ix_history_subject", "subject", "subject_id"), Index("ix_history_order_id", "order_id", "id"))
    untracked = True

    id: Mapped[Key]
    """1, 2, 3 …: the place in the chain."""
    at: Mapped[dt.datetime]
    staff_id: Mapped[int | None] = mapped_column(Reference)
    actor: Mapped[str] = mapped_column(default="")
    """Who it was when no member of staff: 'command line (name)', 'demo'."""
    approved_by_id: Mapped[int | None] = mapped_column(Reference)
    device: Mapped[str]
    request_id: Mapped[str] = mapped_column(String(36), index=True)
    verb: Mapped[str] = mapped_column(String(48))
    subject: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[int | None] = mapped_column(Reference)
    order_id: Mapped[int | None] = mapped_column(Reference)
    change: Mapped[str] = mapped_column(String(8))
    """added, changed or removed."""
    changes: Mapped[dict[str, Any]]
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class HistoryPersonal(Base):
    """A value of a person behind a history row; erasing the person deletes it, salt and all, and the chain still verifies."""

    __tablename__ = "history_personal"
    untracked = True

    history_id: Mapped[int] = mapped_column(Reference, ForeignKey("history.id"), primary_key=True)
    field: Mapped[str] = mapped_column(String(32), primary_key=True)
    side: Mapped[str] = mapped_column(String(3), primary_key=True)
    """old or new."""
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    value: Mapped[str]


class HistoryHead(Base):
    """The end of the chain; its one row is locked as the last act before each commit."""

    __tablename__ = "history_head"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)
    untracked = True

    id: Mapped[Key]
    last_id: Mapped[int] = mapped_column(Reference)
    last_hash: Mapped[str] = mapped_column(String(64))


class RequestDone(Base):
    """A request that has been carried out, so that the same one given twice is done once."""

    __tablename__ = "request_done"
    untracked = True

    request_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    verb: Mapped[str] = mapped_column(String(48))
    at: Mapped[dt.datetime]
    result: Mapped[Any] = mapped_column(Document, nullable=True)
