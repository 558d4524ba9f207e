"""The hash chain of the history: one canonical form of a row, and the link from each to the next."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import Mapping

GENESIS = "0" * 64
"""The hash before the first row."""


def moment_text(at: dt.datetime) -> str:
    """A moment in the form that is hashed: UTC to the microsecond."""
    return at.astimezone(dt.UTC).replace(tzinfo=None).isoformat("T", "microseconds") + "Z"


def canonical(value: Any) -> bytes:
    """A JSON value in the form that is hashed: UTF-8 without spaces, keys sorted, so that no store's order matters."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def already_canonical(form: bytes) -> Any:
    """What stands for a value whose `canonical` form is known already, as a part of another."""
    return orjson.Fragment(form)


def row_hash(row: Mapping[str, Any]) -> str:
    """SHA-256 (hexadecimal) of a history row's canonical form with the hash of the one before."""
    return hashlib.sha256(canonical(row)).hexdigest()


def personal_hash(salt: bytes, value: str) -> str:
    """What stands in the chain for a value of a person: SHA-256 of salt and value."""
    return hashlib.sha256(salt + value.encode()).hexdigest()


CHAINED = (
    "id", "at", "staff_id", "actor", "approved_by_id", "device", "request_id", "verb",
    "subject", "subject_id", "order_id", "change", "changes", "previous_hash",
)  # fmt: skip
"""The columns that the hash covers, `at` as `moment_text`."""
