"""How a talk with a customer is kept, and what is to follow on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.models import Contact

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


def keep_talk(session: Session, act: Act, talk: Talk, **about: int | None) -> dict[str, Any]:
    """Write down a talk `about` a customer_id, vehicle_id or order_id, and its follow-up; returns {"contact_id", "next_id"}."""
    of = {**about, "purpose": talk.purpose, "way": talk.way, "staff_id": act.staff_id, "created_at": act.at}
    following = None
    if talk.next_on is not None:
        following = Contact(**of, due_on=talk.next_on)
        session.add(following)
        session.flush()
    row = Contact(**of, words=talk.words.strip(), result=talk.result, done_at=act.at, next_id=None if following is None else following.id)
    session.add(row)
    session.flush()
    return {"contact_id": row.id, "next_id": row.next_id}
