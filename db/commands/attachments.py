"""Keeps photos, scans and signatures: the bytes once by their SHA-256, never altered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy.dialects import postgresql, sqlite

from db.models import Attachment, AttachmentBytes
from db.rules.errors import Refusal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.commands.act import Act

LARGEST_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class KeepAttachment:
    """Store a picture or scan; returns the attachment's id. Without a subject it belongs to a draft and is swept when that never becomes an order."""

    content: bytes
    kind: str
    media_type: str
    file_name: str = ""
    thumbnail: bytes | None = None
    width: int | None = None
    height: int | None = None
    subject: str | None = None
    subject_id: int | None = None
    verb: ClassVar[str] = "keep_attachment"
    right: ClassVar[None] = None

    def apply(self, session: Session, act: Act) -> int:
        """Refusals: attachment_too_large (largest_megabytes), attachment_empty."""
        if not self.content:
            raise Refusal("attachment_empty")
        if len(self.content) > LARGEST_BYTES:
            raise Refusal("attachment_too_large", largest_megabytes=LARGEST_BYTES // 1024**2)
        digest = hashlib.sha256(self.content).hexdigest()
        dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        row = {"sha256": digest, "content": self.content, "thumbnail": self.thumbnail}
        session.execute(dialect.insert(AttachmentBytes).values(row).on_conflict_do_nothing())
        attachment = Attachment(
            sha256=digest, kind=self.kind, media_type=self.media_type, file_name=self.file_name, width=self.width, height=self.height,
            size=len(self.content), subject=self.subject, subject_id=self.subject_id, added_at=act.at, staff_id=act.staff_id,
        )  # fmt: skip
        session.add(attachment)
        session.flush()
        return attachment.id
