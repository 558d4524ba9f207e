"""Units, skills, bays, rates, classes of work, labour operations, parts and consumables, packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.catalogue_files.records import (
    Bay,
    DueRule,
    LabourOperation,
    LabourRate,
    Material,
    Package,
    PackageLine,
    Skill,
    Unit,
    WorkClass,
)
from db.catalogue_files.table import Table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from db.catalogue_files.table import Row

POWER_TRAINS = ("petrol", "diesel", "hybrid", "plug_in_hybrid", "battery")
BAY_KINDS = ("lift", "alignment", "sheet_metal", "paint", "wash")
PART_ORIGINS = ("original", "same_quality", "remanufactured", "repaired", "customer_supplied")
PAYERS = ("customer", "warranty", "insurer", "internal", "goodwill", "recall")
LARGEST_TAX_RATE = 10_000

_FILES = {"operation": "labour_operations.csv", "part": "parts.csv", "consumable": "consumables.csv"}
_DUE_COLUMNS: dict[str, tuple[str, ...]] = {
    "none": (),
    "schedule": ("due_item",),
    "interval": ("due_km", "due_months"),
    "measured": ("due_point",),
    "first_service": (),
    "season": ("due_from_month", "due_to_month"),
    "lapsed": ("due_months",),
}

_NAMES = ("name_zh_TW", "name_zh_CN", "name_en")


def read_units(folder: Path) -> tuple[Unit, ...]:
    table = Table(folder, "units.csv", ("code", *_NAMES))
    return tuple(Unit(code, row.words("name")) for code, row in table.by_word())


def read_skills(folder: Path) -> tuple[Skill, ...]:
    table = Table(folder, "skills.csv", ("code", *_NAMES, "bay_kind"))
    return tuple(Skill(code, row.words("name"), row.one_of("bay_kind", BAY_KINDS)) for code, row in table.by_word())


def read_bays(folder: Path) -> tuple[Bay, ...]:
    table = Table(folder, "bays.csv", ("code", *_NAMES, "kind"))
    return tuple(Bay(code, row.words("name"), row.one_of("kind", BAY_KINDS)) for code, row in table.by_code())


def read_labour_rates(folder: Path) -> tuple[LabourRate, ...]:
    table = Table(folder, "labour_rates.csv", ("code", *_NAMES, "price_fen"))
    return tuple(LabourRate(code, row.words("name"), row.whole("price_fen")) for code, row in table.by_word())


def read_work_classes(folder: Path) -> tuple[WorkClass, ...]:
    table = Table(folder, "work_classes.csv", ("code", *_NAMES, "guarantee_days", "guarantee_km"))
    return tuple(WorkClass(code, row.words("name"), row.whole("guarantee_days", 1), row.whole("guarantee_km", 1)) for code, row in table.by_word())


def read_labour_operations(folder: Path, skills: Collection[str], classes: Collection[str], rates: Collection[str]) -> tuple[LabourOperation, ...]:
    columns = ("code", *_NAMES, "hours_thousandths", "skill", "work_class", "rate_class", "panels_thousandths", "power_trains", "find_words")
    table = Table(folder, "labour_operations.csv", columns)
    operations = []
    for code, row in table.by_code():
        operations.append(
            LabourOperation(
                code=code,
                name=row.words("name"),
                hours=row.whole("hours_thousandths", 1),
                skill=row.reference("skill", skills, "skills.csv"),
                work_class=row.reference("work_class", classes, "work_classes.csv"),
                rate_class=row.reference("rate_class", rates, "labour_rates.csv"),
                panels=row.optional_whole("panels_thousandths", 1),
                power_trains=row.some_of("power_trains", POWER_TRAINS),
                find_words=row.find_words(),
            )
        )
    return tuple(operations)


def read_materials(folder: Path, kind: str, units: Collection[str], operations: Collection[str], taken: Mapping[str, str]) -> tuple[Material, ...]:
    """parts.csv or consumables.csv, by `kind`; `taken` are codes that are in use already, each with the kind of what has it."""
    guarantee = ("guarantee_days", "guarantee_km")
    columns = ("code", *_NAMES, "unit", "price_fen", "cost_fen", "origin", *guarantee, "tax_basis_points", "operations", "power_trains", "find_words")
    table = Table(folder, _FILES[kind], columns)
    materials = []
    for row in table:
        code = row.code()
        if code in taken:
            raise row.broken("code", "code_taken", code=code, in_file=_FILES[taken[code]])
        table.only_once(row, "code", code)
        tax = row.whole("tax_basis_points")
        if tax > LARGEST_TAX_RATE:
            raise row.broken("tax_basis_points", "number_too_large", found=tax, largest=LARGEST_TAX_RATE)
        materials.append(
            Material(
                kind=kind,
                code=code,
                name=row.words("name"),
                unit=row.reference("unit", units, "units.csv"),
                price=row.whole("price_fen"),
                cost=row.whole("cost_fen"),
                origin=row.one_of("origin", PART_ORIGINS),
                guarantee_days=row.optional_whole("guarantee_days", 1),
                guarantee_km=row.optional_whole("guarantee_km", 1),
                tax_basis_points=tax,
                operations=row.references("operations", operations, "labour_operations.csv"),
                power_trains=row.some_of("power_trains", POWER_TRAINS),
                find_words=row.find_words(),
            )
        )
    return tuple(materials)


def read_packages(folder: Path, items: Mapping[str, str], due_items: Collection[str], points: Collection[str]) -> tuple[Package, ...]:
    """packages.csv with the lines of package_lines.csv. `items`: code of each operation, part and consumable to its kind."""
    due = ("due_rule", "due_item", "due_point", "due_km", "due_months", "due_from_month", "due_to_month")
    table = Table(folder, "packages.csv", ("code", *_NAMES, "price_fen", "payer", "power_trains", *due, "find_words"))
    rows: dict[str, Row] = {}
    for row in table:
        code = row.code()
        if code in items:
            raise row.broken("code", "code_taken", code=code, in_file=_FILES[items[code]])
        table.only_once(row, "code", code)
        rows[code] = row
    lines = _read_package_lines(folder, rows, items)
    packages = []
    for code, row in rows.items():
        if code not in lines:
            raise row.broken("code", "package_without_lines", code=code, in_file="package_lines.csv")
        packages.append(
            Package(
                code=code,
                name=row.words("name"),
                price=row.whole("price_fen"),
                payer=row.one_of("payer", PAYERS),
                power_trains=row.some_of("power_trains", POWER_TRAINS),
                due=_due_rule(row, due_items, points),
                lines=lines[code],
                find_words=row.find_words(),
            )
        )
    return tuple(packages)


def _read_package_lines(folder: Path, packages: Collection[str], items: Mapping[str, str]) -> Mapping[str, tuple[PackageLine, ...]]:
    """Lines by package, in the order of the file."""
    table = Table(folder, "package_lines.csv", ("package", "item", "quantity_thousandths"))
    lines: dict[str, tuple[PackageLine, ...]] = {}
    for row in table:
        package = row.reference("package", packages, "packages.csv")
        item = row.reference("item", items, ", ".join(_FILES.values()))
        table.only_once(row, "item", package, item)
        lines[package] = (*lines.get(package, ()), PackageLine(items[item], item, row.whole("quantity_thousandths", 1)))
    return lines


def _due_rule(row: Row, items: Collection[str], points: Collection[str]) -> DueRule:
    """The due rule of a package: what its kind needs must be there, and nothing else."""
    kind = row.one_of("due_rule", _DUE_COLUMNS)
    allowed = _DUE_COLUMNS[kind]
    for column in ("due_item", "due_point", "due_km", "due_months", "due_from_month", "due_to_month"):
        if row.cell(column) and column not in allowed:
            raise row.broken(column, "cell_must_be_empty", found=row.cell(column))
        if not row.cell(column) and column in allowed and kind != "interval":
            raise row.broken(column, "cell_empty")
    if kind == "interval" and not row.cell("due_km") and not row.cell("due_months"):
        raise row.broken("due_km", "cell_empty")
    return DueRule(
        kind=kind,
        item=row.optional_reference("due_item", items, "maintenance_items.csv"),
        point=row.optional_reference("due_point", points, "inspection_points.csv"),
        km=row.optional_whole("due_km", 1),
        months=row.optional_whole("due_months", 1),
        from_month=_month(row, "due_from_month"),
        to_month=_month(row, "due_to_month"),
    )


def _month(row: Row, column: str) -> int | None:
    month = row.optional_whole(column, 1)
    if month is not None and month > 12:
        raise row.broken(column, "number_too_large", found=month, largest=12)
    return month
