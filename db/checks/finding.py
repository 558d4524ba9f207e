"""One row that breaks a rule of the records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` names the sentence, `subject` the table, `key` the row as people find it: its number where it has one, else its id."""

    code: str
    subject: str
    key: str
    facts: dict[str, Any] = field(default_factory=dict)
