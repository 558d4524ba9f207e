"""The hash chain of the history: one canonical form of a row, and the link from each to the next."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_canonical = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode

_NO_CHANGES = '"changes":null'
"""Inside a JSON text no value can hold these characters, since its quotes are escaped."""

GENESIS = "0" * 64
"""The hash before the first row."""


def moment_text(at: dt.datetime) -> str:
    """A moment in the form that is hashed: UTC to the microsecond."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def encoded(changes: Mapping[str, Any]) -> str:
    """The changes of a row in canonical form, for `row_hash_encoded`."""
    return _canonical(changes)


def row_hash_encoded(row: Mapping[str, Any], changes: str) -> str:
    """`row_hash` of a row whose `changes` are None in it and given encoded: for loads, which write that text as well."""
    form = _canonical(row).replace(_NO_CHANGES, f'"changes":{changes}', 1)
    return hashlib.sha256(form.encode()).hexdigest()


def row_hash(row: Mapping[str, Any]) -> str:
    """SHA-256 (hexadecimal) of a history row with the hash of the one before; keys sorted, so that no store's order matters."""
    return hashlib.sha256(_canonical(row).encode()).hexdigest()


def personal_hash(salt: bytes, value: str) -> str:
    """What stands in the chain for a value of a person: SHA-256 of salt and value."""
    return hashlib.sha256(salt + value.encode()).hexdigest()


CHAINED = (
    "id", "at", "staff_id", "actor", "approved_by_id", "device", "request_id", "verb",
    "subject", "subject_id", "order_id", "change", "changes", "previous_hash",
)  # fmt: skip
"""The columns that the hash covers, `at` as `moment_text`."""
