"""The catalogue as check-in and work orders use it: found by code, name or pinyin, and turned into lines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from db.models import CatalogueEntry, CatalogueKey, LabourOperation, Package, PackageLine, Part
from db.queries.shop import the_shop
from db.rules import search_text
from db.rules.complaint_words import KnownComplaint, diagnosis_of
from db.rules.errors import Refusal
from db.rules.money import line_amount, spread_package
from db.rules.order_life import LineKind, Payer
from db.rules.order_line import LineValues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

_END = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class CatalogueItem:
    """Something that can be added to an order. `subject` is package, operation or part; price in fen, hours in thousandths."""

    subject: str
    code: str
    name_zh_tw: str
    name_zh_cn: str
    name_en: str
    kind: LineKind | None
    """None for a package."""
    hours: int
    price: int
    unit: str

    def name(self, language: str) -> str:
        """Its name in zh_TW, zh_CN or en."""
        return {"zh_TW": self.name_zh_tw, "zh_CN": self.name_zh_cn}.get(language, self.name_en)


@dataclass(frozen=True, slots=True)
class ListEntry:
    """An entry of a plain list: a reason, a belonging, a kind of damage, a complaint chip."""

    code: str
    name_zh_tw: str
    name_zh_cn: str
    name_en: str
    details: dict[str, Any]

    def name(self, language: str) -> str:
        """Its name in zh_TW, zh_CN or en."""
        return {"zh_TW": self.name_zh_tw, "zh_CN": self.name_zh_cn}.get(language, self.name_en)


_keys = (
    select(CatalogueKey.subject, CatalogueKey.code)
    .where(CatalogueKey.key >= bindparam("low"), CatalogueKey.key < bindparam("high"))
    .order_by(CatalogueKey.key)
    .limit(60)
)
_RANK = {"package": 0, "operation": 1, "part": 2}


def find_items(session: Session, typed: str, power_train: str | None = None, limit: int = 12) -> list[CatalogueItem]:
    """Packages, operations, parts and consumables by code, name, pinyin or its initials; packages first, what does not fit the power train left out."""
    folded = search_text.query_key(typed)
    if not folded:
        return []
    found: dict[tuple[str, str], None] = {}
    for prefix in (f"c:{folded}", f"n:{folded}"):
        for subject, code in session.execute(_keys, {"low": prefix, "high": prefix + _END}):
            found.setdefault((subject, code))
    items = items_by_code(session, list(found), power_train)
    return sorted(items, key=lambda item: (item.code.lower() != typed.strip().lower(), _RANK[item.subject]))[:limit]


def items_by_code(session: Session, keys: Sequence[tuple[str, str]], power_train: str | None = None) -> list[CatalogueItem]:
    """The items of (subject, code) pairs in the order given; unknown, retired and unfit ones left out."""
    codes: dict[str, list[str]] = {"package": [], "operation": [], "part": []}
    for subject, code in keys:
        codes[subject].append(code)
    rows: dict[tuple[str, str], CatalogueItem] = {}
    if codes["package"]:
        hours = _package_hours(session, codes["package"])
        for package in session.execute(select(Package).where(Package.code.in_(codes["package"]), Package.retired.is_(False))).scalars():
            if _fits(package.power_trains, power_train):
                rows["package", package.code] = CatalogueItem(
                    "package", package.code, package.name_zh_tw, package.name_zh_cn, package.name_en, None, hours.get(package.code, 0), package.price, ""
                )
    if codes["operation"]:
        wanted = select(LabourOperation).where(LabourOperation.code.in_(codes["operation"]), LabourOperation.retired.is_(False))
        for operation in session.execute(wanted).scalars():
            if _fits(operation.power_trains, power_train):
                rows["operation", operation.code] = CatalogueItem(
                    "operation", operation.code, operation.name_zh_tw, operation.name_zh_cn, operation.name_en, LineKind.LABOUR,
                    operation.hours, line_amount(operation.hours, operation.hourly_price), "h",
                )  # fmt: skip
    if codes["part"]:
        for part in session.execute(select(Part).where(Part.code.in_(codes["part"]), Part.retired.is_(False))).scalars():
            rows["part", part.code] = CatalogueItem("part", part.code, part.name_zh_tw, part.name_zh_cn, part.name_en, part.kind, 0, part.price, part.unit)
    return [rows[key] for key in keys if key in rows]


def all_items(session: Session, power_train: str | None = None) -> list[CatalogueItem]:
    """The whole reference list, packages first, each by code."""
    keys = [("package", code) for code in session.execute(select(Package.code).order_by(Package.code)).scalars()]
    keys += [("operation", code) for code in session.execute(select(LabourOperation.code).order_by(LabourOperation.code)).scalars()]
    keys += [("part", code) for code in session.execute(select(Part.code).order_by(Part.code)).scalars()]
    return items_by_code(session, keys, power_train)


def _fits(power_trains: Sequence[str], power_train: str | None) -> bool:
    return power_train is None or not power_trains or power_train in power_trains


def _package_hours(session: Session, codes: Sequence[str]) -> dict[str, int]:
    rows = session.execute(
        select(Package.code, PackageLine.quantity, LabourOperation.hours)
        .join(PackageLine, PackageLine.package_id == Package.id)
        .join(LabourOperation, LabourOperation.code == PackageLine.item_code)
        .where(Package.code.in_(codes), PackageLine.kind == LineKind.LABOUR)
    )
    total: dict[str, int] = {}
    for code, quantity, hours in rows:
        total[code] = total.get(code, 0) + quantity * hours // 1000
    return total


def diagnoses_of(session: Session, complaints: Sequence[str], ticked: Sequence[Sequence[str]] = ()) -> list[str]:
    """The operation that each complaint's words propose by the chips of complaints, else the first of its chips `ticked` that has one, else ""."""
    chips = {chip.code: chip for chip in entries(session, "complaint_chip")}
    operations = {code: str(chip.details.get("operation", "")) for code, chip in chips.items()}
    known = [
        KnownComplaint(operations[code], (chip.name_zh_tw, chip.name_zh_cn, chip.name_en, *chip.details.get("find_words", ())))
        for code, chip in chips.items()
    ]
    by_chip = [next((operation for code in codes if (operation := operations.get(code, ""))), "") for codes in ticked] or [""] * len(complaints)
    return [diagnosis_of(words, known) or operation for words, operation in zip(complaints, by_chip, strict=True)]


def lines_of(session: Session, subject: str, code: str, payer: Payer = Payer.CUSTOMER, package_group: int | None = None) -> list[LineValues]:
    """The lines that an item brings onto an order; a package's at the package's price, the difference spread over them. Refusal item_unknown."""
    if subject == "package":
        return _package_lines(session, code, payer, package_group)
    line = _operation_line(session, code, 1000) if subject == "operation" else _part_line(session, code, 1000)
    return [replace(line, payer=payer)]


def _operation_line(session: Session, code: str, quantity: int) -> LineValues:
    operation = session.execute(select(LabourOperation).where(LabourOperation.code == code)).scalar_one_or_none()
    if operation is None:
        raise Refusal("item_unknown", code=code)
    hours = operation.hours * quantity // 1000
    return LineValues(
        kind=LineKind.LABOUR, code=code, name_zh_tw=operation.name_zh_tw, name_zh_cn=operation.name_zh_cn, name_en=operation.name_en,
        quantity=hours, unit="h", unit_price=operation.hourly_price, tax_basis_points=operation.tax_basis_points,
        standard_minutes=hours * 60 // 1000, skill=operation.skill, work_class=operation.work_class,
    )  # fmt: skip


def _part_line(session: Session, code: str, quantity: int) -> LineValues:
    part = session.execute(select(Part).where(Part.code == code)).scalar_one_or_none()
    if part is None:
        raise Refusal("item_unknown", code=code)
    return LineValues(
        kind=part.kind, code=code, name_zh_tw=part.name_zh_tw, name_zh_cn=part.name_zh_cn, name_en=part.name_en, quantity=quantity, unit=part.unit,
        unit_price=part.price, unit_cost=part.cost, tax_basis_points=part.tax_basis_points, part_origin=part.origin,
        guarantee_days=part.guarantee_days, guarantee_km=part.guarantee_km,
    )  # fmt: skip


def _package_lines(session: Session, code: str, payer: Payer, package_group: int | None) -> list[LineValues]:
    package = session.execute(select(Package).where(Package.code == code)).scalar_one_or_none()
    if package is None:
        raise Refusal("item_unknown", code=code)
    lines: list[LineValues] = []
    for row in session.execute(select(PackageLine).where(PackageLine.package_id == package.id).order_by(PackageLine.position)).scalars():
        lines.append(_operation_line(session, row.item_code, row.quantity) if row.kind is LineKind.LABOUR else _part_line(session, row.item_code, row.quantity))
    adjustments = spread_package(package.price, [line.amount for line in lines])
    if payer is Payer.CUSTOMER and package.payer != Payer.CUSTOMER.value:
        payer = Payer(package.payer)
    return [
        replace(
            line, adjustment=adjustment, payer=payer, package_code=code, package_group=package_group if package_group is not None else 1,
            package_name_zh_tw=package.name_zh_tw, package_name_zh_cn=package.name_zh_cn, package_name_en=package.name_en,
        )
        for line, adjustment in zip(lines, adjustments, strict=True)
    ]  # fmt: skip


def fee_line(session: Session, words: str, price: int, kind: LineKind = LineKind.FEE) -> LineValues:
    """A line in the advisor's own words: a fee, or a sublet."""
    settings = the_shop(session).settings
    tax = settings.tax_basis_points_sublet if kind is LineKind.SUBLET else settings.tax_basis_points_fee
    return LineValues(kind=kind, code="", name_zh_tw=words, name_zh_cn=words, name_en=words, quantity=1000, unit_price=price, tax_basis_points=tax)


def entries(session: Session, subject: str) -> list[ListEntry]:
    """A plain list of the catalogue in its order, without what is retired."""
    rows = session.execute(
        select(CatalogueEntry)
        .where(CatalogueEntry.subject == subject, CatalogueEntry.retired.is_(False))
        .order_by(CatalogueEntry.position, CatalogueEntry.code)
    ).scalars()
    return [ListEntry(row.code, row.name_zh_tw, row.name_zh_cn, row.name_en, row.details) for row in rows]
