"""Writes the history of a transaction: what each record was and became, chained by hash, in one place for all commands."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, Any

from sqlalchemy import event, insert, inspect, select, update
from sqlalchemy.orm.base import PASSIVE_NO_INITIALIZE

from db.models import History, HistoryHead, HistoryPersonal
from db.rules.history_chain import GENESIS, moment_text, personal_hash, row_hash

if TYPE_CHECKING:
    from sqlalchemy.orm import Session, UOWTransaction

    from db.commands.act import Act

_EMPTY: tuple[Any, ...] = (None, "", [], {}, False)


def plain(value: Any) -> Any:
    """A column's value as JSON knows it; bytes by their SHA-256."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.datetime):
        return moment_text(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bytes):
        return {"sha256": hashlib.sha256(value).hexdigest()}
    return value


def masked(value: Any) -> Any:
    """What the history keeps of a secret: that there was one."""
    return None if value is None else {"secret": True}


class _Change:
    def __init__(self, kind: str, order_id: int | None) -> None:
        self.kind = kind
        self.order_id = order_id
        self.fields: dict[str, list[Any]] = {}
        self.personal: set[str] = set()


class Recorder:
    """Listens to one session's flushes and writes the history rows before its commit."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._changes: dict[tuple[str, int], _Change] = {}
        self._extra: list[tuple[str, str, int | None, dict[str, Any]]] = []
        self._signed_by: int | None = None
        event.listen(session, "after_flush", self._after_flush)

    @property
    def subjects(self) -> frozenset[str]:
        """Tables that the transaction has touched."""
        return frozenset(table for table, _ in self._changes) | frozenset(extra[0] for extra in self._extra)

    def note(self, subject: str, change: str, subject_id: int | None, changes: dict[str, Any]) -> None:
        """Record a change that no flush shows, such as a bulk load or an erasure."""
        self._extra.append((subject, change, subject_id, changes))

    def sign_by(self, staff_id: int) -> None:
        """Whose act it is when nobody was signed in: a shop's first person makes the shop."""
        self._signed_by = staff_id

    def _after_flush(self, session: Session, _context: UOWTransaction) -> None:
        for row in session.new:
            self._collect(row, "added")
        for row in session.dirty:
            self._collect(row, "changed")
        for row in session.deleted:
            self._collect(row, "removed")

    def _collect(self, row: Any, kind: str) -> None:
        if row.untracked:
            return
        state = inspect(row)
        mapper = state.mapper
        fields: dict[str, list[Any]] = {}
        personal: set[str] = set()
        for attribute in mapper.column_attrs:
            column = attribute.columns[0]
            if column.primary_key or attribute.key == "version":
                continue
            if kind == "changed":
                past = state.get_history(attribute.key, PASSIVE_NO_INITIALIZE)
                if not past.has_changes():
                    continue
                old, new = (past.deleted[0] if past.deleted else None), (past.added[0] if past.added else None)
            else:
                value = getattr(row, attribute.key)
                if value in _EMPTY:
                    continue
                old, new = (None, value) if kind == "added" else (value, None)
            old, new = plain(old), plain(new)
            if old == new:
                continue
            if column.info.get("secret"):
                # Whether there was one is no secret.
                old, new = masked(old), masked(new)
            fields[attribute.key] = [old, new]
            if column.info.get("personal"):
                personal.add(attribute.key)
        if not fields and kind == "changed":
            return
        key = (mapper.local_table.name, row.id)
        order_id = row.id if key[0] == "work_order" else getattr(row, "order_id", None)
        change = self._changes.get(key)
        if change is None:
            change = self._changes[key] = _Change(kind, order_id)
        elif kind == "removed":
            change.kind = kind
        change.personal |= personal
        for name, (old, new) in fields.items():
            if name in change.fields:
                change.fields[name][1] = new
            else:
                change.fields[name] = [None if change.kind == "added" else old, new]

    def write(self, act: Act, verb: str) -> None:
        """Append the rows; the head of the chain is locked here, so this is the last act before the commit."""
        entries = [(*key, change.kind, change.order_id, change.fields, change.personal) for key, change in self._changes.items()]
        rows: list[dict[str, Any]] = [
            {"subject": subject, "subject_id": subject_id, "change": kind, "order_id": order_id, "changes": fields, "personal": personal}
            for subject, subject_id, kind, order_id, fields, personal in entries
        ]
        rows += [{"subject": s, "subject_id": i, "change": c, "order_id": None, "changes": f, "personal": set()} for s, c, i, f in self._extra]
        if act.staff_id is None and not act.actor and self._signed_by is not None:
            act = replace(act, staff_id=self._signed_by)
        if rows:
            append(self._session, act, verb, rows)


def append(session: Session, act: Act, verb: str, rows: list[dict[str, Any]]) -> None:
    """Chain and insert history rows given as dicts of subject, subject_id, change, order_id, changes and personal (field names)."""
    head = session.execute(select(HistoryHead.last_id, HistoryHead.last_hash).where(HistoryHead.id == 1).with_for_update()).one_or_none()
    if head is None:
        session.execute(insert(HistoryHead).values(id=1, last_id=0, last_hash=GENESIS))
        last_id, last_hash = 0, GENESIS
    else:
        last_id, last_hash = head
    values: list[dict[str, Any]] = []
    sides: list[dict[str, Any]] = []
    for row in rows:
        last_id += 1
        changes: dict[str, Any] = {}
        for name, pair in row["changes"].items():
            if name not in row["personal"]:
                changes[name] = pair
                continue
            chained: list[Any] = []
            for side, value in zip(("old", "new"), pair, strict=True):
                if value is None:
                    chained.append(None)
                    continue
                salt = os.urandom(16)
                sides.append({"history_id": last_id, "field": name, "side": side, "salt": salt, "value": str(value)})
                chained.append({"sha256": personal_hash(salt, str(value))})
            changes[name] = chained
        chained_row = {
            "id": last_id, "at": moment_text(act.at), "staff_id": act.staff_id, "actor": act.actor, "approved_by_id": act.approved_by_id,
            "device": act.device, "request_id": act.request_id, "verb": verb, "subject": row["subject"], "subject_id": row["subject_id"],
            "order_id": row["order_id"], "change": row["change"], "changes": changes, "previous_hash": last_hash,
        }  # fmt: skip
        last_hash = row_hash(chained_row)
        values.append({**chained_row, "at": act.at, "hash": last_hash})
    session.execute(insert(History), values)
    if sides:
        session.execute(insert(HistoryPersonal), sides)
    session.execute(update(HistoryHead).where(HistoryHead.id == 1).values(last_id=last_id, last_hash=last_hash))
