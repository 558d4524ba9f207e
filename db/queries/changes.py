"""What others changed since one last looked: read from the history, which every change goes through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import text

from db.engine import as_environment

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Engine

_MOST = 500
_LAST = text("SELECT coalesce(max(id), 0) FROM history")
_SINCE = text("SELECT id, request_id, subject FROM history WHERE id > :last ORDER BY id LIMIT :most")


@dataclass(frozen=True, slots=True)
class Changes:
    """`last_id` is where to go on; `subjects` the tables that others touched, None when too much happened to tell."""

    last_id: int
    subjects: frozenset[str] | None


def last_change(engine: Engine) -> int:
    """The history's last row."""
    with as_environment(engine), engine.connect() as connection:
        return int(connection.execute(_LAST).scalar_one())


def changes_since(engine: Engine, last_id: int, own_requests: Collection[str]) -> Changes:
    """What was changed after a row of the history by requests other than one's own."""
    with as_environment(engine), engine.connect() as connection:
        rows = connection.execute(_SINCE, {"last": last_id, "most": _MOST}).all()
        if len(rows) == _MOST:
            return Changes(int(connection.execute(_LAST).scalar_one()), None)
    return Changes(rows[-1][0] if rows else last_id, frozenset(row[2] for row in rows if row[1] not in own_requests))
