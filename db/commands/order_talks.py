"""What is agreed and said around a work order: the promised time, talks with the customer, notes, pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from db.commands.order_access import locked_order, refuse_fixed
from db.commands.talks import Talk, keep_talk
from db.models import Attachment
from db.queries.shop import working_calendar
from db.rules.errors import Refusal
from db.rules.promised_time import check_promise
from db.rules.record_words import ContactPurpose, ContactWay
from db.rules.rights import Right

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from db.commands.act import Act


@dataclass(frozen=True, slots=True)
class ChangePromisedTime:
    """Promise another time; `told_by` says that the customer knows, and records that talk."""

    order_id: int
    promised_at: dt.datetime
    words: str = ""
    told_by: ContactWay | None = None
    expected_version: int | None = None
    verb: ClassVar[str] = "change_promised_time"
    right: ClassVar[Right] = Right.CHECK_IN

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: order_unknown, changed_meanwhile, order_fixed, promised_in_past, promised_when_closed (opens_at)."""
        order = locked_order(session, self.order_id, self.expected_version)
        refuse_fixed(order)
        check_promise(self.promised_at, act.at, working_calendar(session))
        order.promised_at = self.promised_at
        if self.told_by is not None:
            told = Talk(self.told_by, ContactPurpose.OTHER, self.words, "promised_time")
            keep_talk(session, act, told, customer_id=order.customer_id, vehicle_id=order.vehicle_id, order_id=order.id)
        session.flush()
        return {"order_id": order.id}


@dataclass(frozen=True, slots=True)
class AddContact:
    """Record a talk about an order; a next day makes a follow-up of it. Returns {"contact_id", "next_id"}."""

    order_id: int
    way: ContactWay
    words: str
    purpose: ContactPurpose = ContactPurpose.OTHER
    result: str | None = None
    next_on: dt.date | None = None
    verb: ClassVar[str] = "add_contact"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: order_unknown, words_missing."""
        if not self.words.strip():
            raise Refusal("words_missing")
        order = locked_order(session, self.order_id)
        talk = Talk(self.way, self.purpose, self.words, self.result, self.next_on)
        return keep_talk(session, act, talk, customer_id=order.customer_id, vehicle_id=order.vehicle_id, order_id=order.id)


@dataclass(frozen=True, slots=True)
class AddNote:
    """Write a further note on an order, below those that stand there."""

    order_id: int
    words: str
    verb: ClassVar[str] = "add_note"
    right: ClassVar[None] = None

    def apply(self, session: Session, act: Act) -> dict[str, Any]:  # noqa: ARG002
        """Refusals: order_unknown, words_missing."""
        if not self.words.strip():
            raise Refusal("words_missing")
        order = locked_order(session, self.order_id)
        order.note = f"{order.note}\n{self.words.strip()}" if order.note else self.words.strip()
        session.flush()
        return {"order_id": order.id}


@dataclass(frozen=True, slots=True)
class AttachToOrder:
    """Put kept pictures or scans on an order."""

    order_id: int
    attachment_ids: tuple[int, ...]
    verb: ClassVar[str] = "attach_to_order"
    right: ClassVar[None] = None

    def apply(self, session: Session, act: Act) -> dict[str, Any]:  # noqa: ARG002
        """Refusals: order_unknown, attachment_elsewhere."""
        order = locked_order(session, self.order_id)
        for attachment_id in self.attachment_ids:
            row = session.get(Attachment, attachment_id)
            if row is None or (row.subject_id is not None and (row.subject, row.subject_id) != ("work_order", order.id)):
                raise Refusal("attachment_elsewhere")
            row.subject, row.subject_id = "work_order", order.id
        session.flush()
        return {"order_id": order.id}
