"""What a check finds: the row that fails, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Select
    from sqlalchemy.orm import Session


_NUMBERED = frozenset(("appointment", "claim", "settlement", "vehicle", "voucher", "work_order"))


@dataclass(frozen=True, slots=True)
class Finding:
    """One row that breaks a rule.

    `code` names the rule (snake_case, put into words by `desktop_app.finding_words`), `table` and `row_id` the row, `number` what
    people call it (an order's number, a plate; empty where it has none), `facts` what was found and what should be: money in `_fen`,
    distances in `_km`.
    """

    code: str
    table: str
    row_id: int | None
    number: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The row as people find it: its number, else its id; for a row that has no number of its own both."""
        if self.row_id is None or (self.number and self.table in _NUMBERED):
            return self.number
        return f"{self.number} #{self.row_id}".strip()


def rows_that_fail(session: Session, code: str, table: str, statement: Select[*tuple[Any, ...]]) -> Iterator[Finding]:
    """A finding for each row of a statement whose first two columns are the row's key and what people call it; the others are facts by name."""
    for row in session.execute(statement.execution_options(yield_per=500)):
        row_id, number, *_ = row
        names = list(row._fields)[2:]
        facts = {name: getattr(value, "value", value) for name, value in zip(names, tuple(row)[2:], strict=True)}
        yield Finding(code, table, row_id, number or "", facts)
