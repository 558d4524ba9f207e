"""The history's chain: every row's hash, its link to the row before, and the personal values beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from db.checks.finding import Finding
from db.models import History, HistoryHead, HistoryPersonal
from db.rules.history_chain import CHAINED, GENESIS, moment_text, personal_hash, row_hash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

_AT_ONCE = 2000


def broken_links(session: Session) -> Iterator[Finding]:
    """Rows that were changed, taken out or put in: 1, 2, 3 … each with the hash of the one before, the head naming the last."""
    expected, before = 1, GENESIS
    for row in session.execute(select(History).order_by(History.id).execution_options(yield_per=_AT_ONCE)).scalars():
        key = str(row.id)
        if row.id != expected:
            yield Finding("history_row_missing", "history", str(expected), {"row": expected})
        if row.previous_hash != before:
            yield Finding("history_link_broken", "history", key, {"row": row.id})
        values = {name: getattr(row, name) for name in CHAINED}
        if row_hash({**values, "at": moment_text(row.at)}) != row.hash:
            yield Finding("history_row_altered", "history", key, {"row": row.id})
        expected, before = row.id + 1, row.hash
        session.expunge(row)
    head = session.execute(select(HistoryHead.last_id, HistoryHead.last_hash)).one_or_none()
    if (head is None and expected > 1) or (head is not None and tuple(head) != (expected - 1, before)):
        yield Finding("history_end_missing", "history", str(expected), {"row": expected})


def altered_personal_values(session: Session) -> Iterator[Finding]:
    """Values of people that are not those the chain has the hash of. Erased ones are gone, which is no fault."""
    query = select(HistoryPersonal, History.changes).join(History, History.id == HistoryPersonal.history_id).order_by(HistoryPersonal.history_id)
    for side, changes in session.execute(query.execution_options(yield_per=_AT_ONCE)):
        pair = changes.get(side.field) or [None, None]
        chained = pair[0 if side.side == "old" else 1]
        if not isinstance(chained, dict) or chained.get("sha256") != personal_hash(side.salt, side.value):
            yield Finding("history_value_altered", "history", str(side.history_id), {"row": side.history_id, "field": side.field})
        session.expunge(side)


CHECKS = (broken_links, altered_personal_values)
