"""How a talk with a customer is kept, what is to follow on it, how a call that was due is answered, and a talk corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from db.commands.customer_access import raise_version, seen_customer, seen_vehicle
from db.models import Contact, Staff
from db.rules.errors import Refusal
from db.rules.rights import Right

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from db.commands.act import Act
    from db.rules.record_words import ContactPurpose, ContactWay


@dataclass(frozen=True, slots=True)
class Talk:
    """What was said and how; a next day makes a follow-up of it."""

    way: ContactWay
    purpose: ContactPurpose
    words: str
    result: str | None = None
    next_on: dt.date | None = None

    def check(self) -> None:
        """Refusal words_missing: neither words nor a result."""
        if not self.words.strip() and not self.result:
            raise Refusal("words_missing")


def keep_talk(session: Session, act: Act, talk: Talk, **about: int | None) -> dict[str, Any]:
    """Write down a talk `about` a customer_id, vehicle_id or order_id, and its follow-up; returns {"contact_id", "next_id"}."""
    row = Contact(**about, created_at=act.at)
    _fill(row, talk)
    row.next_id = None if talk.next_on is None else _plan(session, act, row, talk.next_on)
    row.done_at, row.staff_id = act.at, act.staff_id
    session.add(row)
    session.flush()
    return {"contact_id": row.id, "next_id": row.next_id}


@dataclass(frozen=True, slots=True)
class AnswerContact:
    """A call that was due has been made: what was said stands on it, and it is due no more. Returns {"contact_id", "next_id"}."""

    contact_id: int
    talk: Talk
    verb: ClassVar[str] = "answer_contact"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: words_missing, record_missing, merged_away, customer_erased, contact_done_by (who, done_at), contact_done (done_at)."""
        self.talk.check()
        row = _seen_contact(session, self.contact_id)
        _refuse_done(session, row)
        _fill(row, self.talk)
        if self.talk.next_on is not None:
            row.next_id = _plan(session, act, row, self.talk.next_on)
        row.done_at, row.staff_id = act.at, act.staff_id
        session.flush()
        return {"contact_id": row.id, "next_id": row.next_id}


@dataclass(frozen=True, slots=True)
class ChangeContact:
    """Correct a talk that was had; its follow-up moves to the day given, or is taken back without one. Returns {"contact_id", "version"}."""

    contact_id: int
    expected_version: int
    talk: Talk
    verb: ClassVar[str] = "change_contact"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: words_missing, record_missing, merged_away, customer_erased, changed_meanwhile (contact_id), contact_not_made, and
        contact_done_by (who, done_at) or contact_done (done_at) where the call that followed has been made and another day is given.
        """
        self.talk.check()
        row = _seen_contact(session, self.contact_id)
        if row.version != self.expected_version:
            raise Refusal("changed_meanwhile", contact_id=row.id)
        if row.done_at is None:
            raise Refusal("contact_not_made")
        purpose_before = row.purpose
        _fill(row, self.talk)
        self._follow(session, act, row, purpose_before)
        session.flush()
        return {"contact_id": row.id, "version": row.version}

    def _follow(self, session: Session, act: Act, row: Contact, purpose_before: ContactPurpose) -> None:
        """Let the call that follows be what the corrected talk says of it."""
        day = self.talk.next_on
        following = None if row.next_id is None else session.get(Contact, row.next_id, with_for_update=True, populate_existing=True)
        if following is None:
            row.next_id = None if day is None else _plan(session, act, row, day)
            return
        if day != following.due_on:
            _refuse_done(session, following)
        if following.done_at is not None:
            return
        if day is None:
            row.next_id = None
            session.flush()
            session.delete(following)
            return
        if following.purpose is purpose_before:
            following.purpose = row.purpose
        if day != following.due_on:
            following.due_on = day
            # The day stands on another row: whoever has the talk open is to be told of it.
            raise_version(session, row)


def _fill(row: Contact, talk: Talk) -> None:
    row.way, row.purpose, row.words, row.result = talk.way, talk.purpose, talk.words.strip(), talk.result


def _plan(session: Session, act: Act, talk: Contact, day: dt.date) -> int:
    """Plan the next call about the same as a talk; its id."""
    row = Contact(
        customer_id=talk.customer_id, vehicle_id=talk.vehicle_id, order_id=talk.order_id, claim_id=talk.claim_id, purpose=talk.purpose, way=talk.way,
        due_on=day, staff_id=act.staff_id, created_at=act.at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row.id


def _seen_contact(session: Session, contact_id: int) -> Contact:
    """The talk, kept from other writers once whom and what it is about are: in the order in which a merge and an erasure come to them.

    Refusals: record_missing, merged_away (into_id), customer_erased.
    """
    row = session.get(Contact, contact_id)
    if row is None:
        raise Refusal("record_missing")
    if row.customer_id is not None:
        seen_customer(session, row.customer_id)
    if row.vehicle_id is not None:
        seen_vehicle(session, row.vehicle_id)
    session.refresh(row, with_for_update=True)
    return row


def _refuse_done(session: Session, row: Contact) -> None:
    if row.done_at is not None:
        who = None if row.staff_id is None else session.get(Staff, row.staff_id)
        if who is not None:
            raise Refusal("contact_done_by", who=who.name, done_at=row.done_at)
        raise Refusal("contact_done", done_at=row.done_at)
