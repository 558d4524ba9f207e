"""The lines of an order as the table shows them: by complaint, a package as its head with its lines below, what was taken away last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.rules.order_life import LineKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.queries.complaints import ComplaintRow
    from db.queries.order_file import LineRow, OrderFile

COMPLAINT, PACKAGE, LINE, PART_OF_PACKAGE = "complaint", "package", "line", "part_of_package"


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the table: a complaint, a package's head, or a line; `lines` are what an act on it is about."""

    what: str
    lines: tuple[LineRow, ...] = ()
    complaint: ComplaintRow | None = None

    @property
    def key(self) -> tuple[str, int]:
        """Tells the row from all others, also after a reload."""
        if self.what == COMPLAINT:
            return (COMPLAINT, self.complaint.complaint_id if self.complaint is not None else 0)
        return (PACKAGE if self.what == PACKAGE else LINE, self.lines[0].line_id)

    @property
    def line(self) -> LineRow:
        """The line itself, of a package its first."""
        return self.lines[0]

    @property
    def amount(self) -> int:
        """Fen of all its lines."""
        return sum(line.amount for line in self.lines)

    @property
    def hours(self) -> int:
        """Thousandths of an hour of its labour."""
        return sum(line.quantity for line in self.lines if line.kind is LineKind.LABOUR)


def shown_rows(file: OrderFile) -> list[ShownRow]:
    """All rows of an order; a heading for each complaint where there is one, and lines without one first."""
    rows = list(_group([line for line in file.lines if line.complaint_id is None]))
    for complaint in file.complaints:
        rows.append(ShownRow(COMPLAINT, complaint=complaint))
        rows += _group([line for line in file.lines if line.complaint_id == complaint.complaint_id])
    return rows


def _group(lines: Iterable[LineRow]) -> list[ShownRow]:
    standing: list[LineRow] = []
    gone: list[LineRow] = []
    for line in lines:
        (standing if line.stands else gone).append(line)
    return [*_units(standing), *_units(gone)]


def _units(lines: list[LineRow]) -> list[ShownRow]:
    units: dict[tuple[str, int], list[LineRow]] = {}
    for line in lines:
        units.setdefault((LINE, line.line_id) if line.package_group is None else (PACKAGE, line.package_group), []).append(line)
    rows: list[ShownRow] = []
    for (what, _key), own in units.items():
        if what == LINE:
            rows.append(ShownRow(LINE, (own[0],)))
        else:
            rows.append(ShownRow(PACKAGE, tuple(own)))
            rows += [ShownRow(PART_OF_PACKAGE, (line,)) for line in own]
    return rows


def one_of(values: Iterable[object]) -> object:
    """The value that all have, None when they differ."""
    found = set(values)
    return found.pop() if len(found) == 1 else None
