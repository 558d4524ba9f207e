"""The catalogue as the demo's orders take from it: lines of packages and operations, and what is said of a measured value."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

from db.commands.catalogue_load import stored_limits
from db.queries.catalogue import lines_of
from db.rules.inspection import Limits, limits_for, verdict_of
from db.rules.order_life import LineKind, Payer
from db.rules.order_line import LineValues

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.catalogue_files import StarterCatalogue
    from db.catalogue_files.records import Words
    from db.demo.ledger import Row
    from db.rules.record_words import Verdict

_NOT_ON_A_LINE = frozenset(("complaint", "campaign_id", "proposed"))
_COPIED = tuple(field.name for field in fields(LineValues) if field.name not in _NOT_ON_A_LINE)


def line_row(values: LineValues) -> Row:
    """A line as the table keeps it."""
    row = {name: getattr(values, name) for name in _COPIED}
    row["amount"] = values.amount
    return row


class Shelf:
    """Looks each code up once."""

    def __init__(self, session: Session, catalogue: StarterCatalogue) -> None:
        self._session = session
        self._lines: dict[tuple[str, str], list[LineValues]] = {}
        self._limits: dict[tuple[str, str], Limits | None] = {}
        self.packages = {package.code: package for package in catalogue.packages}
        self.points = {point.code: point for point in catalogue.inspection_points}
        self.advice = {item.code: item for item in catalogue.recommendation_items}
        self.units = {unit.code: unit.name for unit in catalogue.units}
        self.chips = {chip.code: chip for chip in catalogue.complaint_chips}
        self.makers = {maker.code: maker.name for maker in catalogue.makers}
        self.operations = {operation.code: operation for operation in catalogue.labour_operations}
        self._stored_limits = {point.code: stored_limits(point.limits) for point in catalogue.inspection_points}
        self._package_for_point = {package.due.point: package.code for package in catalogue.packages if package.due.kind == "measured"}
        self._parts_for: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for part in (*catalogue.parts, *catalogue.consumables):
            for operation in part.operations:
                self._parts_for.setdefault(operation, []).append((part.code, part.power_trains))

    def lines(self, subject: str, code: str, group: int = 1, payer: Payer | None = None) -> list[LineValues]:
        """The lines of a package, operation or part, as the catalogue sells them."""
        found = self._lines.get((subject, code))
        if found is None:
            found = self._lines[subject, code] = lines_of(self._session, subject, code)
        wanted = found
        if subject == "package" and group != 1:
            wanted = [replace(line, package_group=group) for line in wanted]
        return [replace(line, payer=payer) for line in wanted] if payer is not None else list(wanted)

    def fits(self, code: str, power_train: str) -> bool:
        """Whether a package is for cars of a power train."""
        return power_train in self.packages[code].power_trains

    def remedy(self, point: str, power_train: str) -> tuple[str, list[LineValues]]:
        """What puts right what a point shows: code and lines; a package where there is one for it, else an operation with its part."""
        package = self._package_for_point.get(point)
        if package is not None and self.fits(package, power_train):
            return package, self.lines("package", package)
        for operation in self.advice[self.points[point].recommendation].proposes:
            if operation in self.operations and power_train in self.operations[operation].power_trains:
                return operation, self.with_part(operation, power_train)
        return "", []

    def with_part(self, operation: str, power_train: str) -> list[LineValues]:
        """An operation and the part that it mostly takes."""
        lines = self.lines("operation", operation)
        part = next((code for code, trains in self._parts_for.get(operation, ()) if power_train in trains), None)
        return [*lines, *self.lines("part", part)] if part is not None else lines

    def name_of(self, code: str) -> Words:
        """The name of a package or operation."""
        return self.packages[code].name if code in self.packages else self.operations[code].name

    def verdict(self, point: str, power_train: str, value: int) -> Verdict:
        """The verdict on a measured value."""
        limits = self.limits(point, power_train)
        assert limits is not None
        return verdict_of(value, limits)

    def limits(self, point: str, power_train: str) -> Limits | None:
        """The limits of a point for a power train."""
        key = (point, power_train)
        if key not in self._limits:
            self._limits[key] = limits_for(self._stored_limits[point], power_train)
        return self._limits[key]

    def words(self, point: str, power_train: str, verdict: str, value: int | None, language: str) -> tuple[str, str]:
        """What is said to the customer in his language, and the urgency."""
        row = self.points[point]
        said = next(words for words in self.advice[row.recommendation].words if words.verdict == verdict)
        unit = _in(self.units[row.unit], language) if row.unit else ""
        limits = self.limits(point, power_train)
        limit = None
        if limits is not None:
            low, high = limits.replace_limits()
            limit = low if low is not None else high
        text = _in(said.seen, language).format(point=_in(row.name, language), value=_figure(value, unit), limit=_figure(limit, unit))
        return text, said.urgency


def _in(words: Words, language: str) -> str:
    return {"zh_TW": words.zh_TW, "zh_CN": words.zh_CN}.get(language, words.en)


def _figure(thousandths: int | None, unit: str) -> str:
    if thousandths is None:
        return ""
    figure = f"{thousandths / 1000:.1f}"
    return f"{figure} {unit}".strip()


def labour_minutes(lines: list[LineValues]) -> int:
    """Standard minutes of the labour among lines."""
    return sum(line.standard_minutes for line in lines if line.kind is LineKind.LABOUR)
