"""Gives the numbers that people say aloud, without gaps or doubles, in the transaction that uses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.dialects import postgresql, sqlite

from db.models import NumberCounter
from db.rules.numbering import format_number

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session


def next_number(session: Session, series: str, day: dt.date) -> str:
    """The next number of a series (W work order, C claim, S settlement, A appointment) on a shop day.

    The counter's row stays locked until the commit, so take it late in the transaction.
    """
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(NumberCounter).values(series=series, day=day, last=1)
    statement = statement.on_conflict_do_update(index_elements=["series", "day"], set_={"last": NumberCounter.last + 1}).returning(NumberCounter.last)
    return format_number(series, day, session.execute(statement).scalar_one())
