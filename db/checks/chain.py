"""The history: its rows follow each other without a gap, each hash is right, and so is what stands beside it of persons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from db.checks.finding import Finding
from db.models import History, HistoryHead, HistoryPersonal
from db.rules.history_chain import CHAINED, GENESIS, moment_text, personal_hash, row_hash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

_CHUNK = 4000
_COLUMNS = (*CHAINED, "hash")
_ROWS = select(*(getattr(History, name) for name in _COLUMNS)).where(History.id > bindparam("after")).order_by(History.id).limit(_CHUNK)


def history(session: Session) -> Iterator[Finding]:
    """history_gap, history_link_broken, history_altered, history_personal_differs, history_head_differs."""
    last_id, last_hash = 0, GENESIS
    while True:
        found = session.execute(_ROWS, {"after": last_id}).all()
        if not found:
            break
        sides = _sides(session, last_id, found[-1][0])
        for values in found:
            row = dict(zip(_COLUMNS, values, strict=True))
            if row["id"] != last_id + 1:
                yield Finding("history_gap", "history", row["id"], "", {"after": last_id})
            elif row["previous_hash"] != last_hash:
                yield Finding("history_link_broken", "history", row["id"], "", {"verb": row["verb"]})
            stored = row.pop("hash")
            row["at"] = moment_text(row["at"])
            if row_hash(row) != stored:
                yield Finding("history_altered", "history", row["id"], "", {"verb": row["verb"]})
            if row["id"] in sides:
                yield from _personal(row, sides[row["id"]])
            last_id, last_hash = row["id"], stored
    head = session.execute(select(HistoryHead.last_id, HistoryHead.last_hash)).one_or_none()
    known = (0, GENESIS) if head is None else (head[0], head[1])
    if known != (last_id, last_hash):
        yield Finding("history_head_differs", "history_head", 1, "", {"head": known[0], "last": last_id})


def _sides(session: Session, after: int, until: int) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    statement = select(HistoryPersonal.history_id, HistoryPersonal.field, HistoryPersonal.side, HistoryPersonal.salt, HistoryPersonal.value)
    for row in session.execute(statement.where(HistoryPersonal.history_id > after, HistoryPersonal.history_id <= until)):
        found.setdefault(row[0], []).append(row)
    return found


def _personal(row: Any, sides: Any) -> Iterator[Finding]:
    """A value that is gone was erased; one that is there must be the one that was hashed."""
    for _, field, side, salt, value in sides:
        pair = row["changes"].get(field)
        chained = pair[0 if side == "old" else 1] if isinstance(pair, list) and len(pair) == 2 else None
        if not isinstance(chained, dict) or chained.get("sha256") != personal_hash(salt, value):
            yield Finding("history_personal_differs", "history_personal", row["id"], "", {"field": field})
