"""Attachments: the bytes are there, and are those that were put away; and every reference of the store leads somewhere."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import func, select, text

from db.checks.finding import Finding, rows_that_fail
from db.models import Attachment, AttachmentBytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session


def attachments(session: Session) -> Iterator[Finding]:
    """attachment_altered, attachment_bytes_missing, attachment_size_differs."""
    yield from rows_that_fail(
        session, "attachment_bytes_missing", "attachment",
        select(Attachment.id, Attachment.file_name).where(~select(AttachmentBytes.sha256).where(AttachmentBytes.sha256 == Attachment.sha256).exists()),
    )  # fmt: skip
    for (digest,) in session.execute(select(AttachmentBytes.sha256).order_by(AttachmentBytes.sha256)).all():
        content = session.execute(select(AttachmentBytes.content).where(AttachmentBytes.sha256 == digest)).scalar_one()
        if hashlib.sha256(content).hexdigest() != digest:
            row_id, name = session.execute(select(func.min(Attachment.id), func.min(Attachment.file_name)).where(Attachment.sha256 == digest)).one()
            yield Finding("attachment_altered", "attachment", row_id, name or digest[:12], {})
        else:
            yield from rows_that_fail(
                session, "attachment_size_differs", "attachment",
                select(Attachment.id, Attachment.file_name).where(Attachment.sha256 == digest, Attachment.size != len(content)),
            )  # fmt: skip


def references(session: Session) -> Iterator[Finding]:
    """reference_broken: on SQLite, where a file may have been changed with the keys switched off; a server never lets it come to that."""
    if session.get_bind().dialect.name != "sqlite":
        return
    for table, row_id, parent, _ in session.execute(text("PRAGMA foreign_key_check")):
        yield Finding("reference_broken", table, row_id, "", {"to": parent})
