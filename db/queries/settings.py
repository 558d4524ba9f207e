"""What the settings show beside the records themselves: who changed which setting last, the catalogue's lists, closed days, the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, or_, select, text

from db.engine import file_of
from db.models import (
    CatalogueEntry,
    CatalogueKey,
    Closure,
    History,
    InspectionPoint,
    Insurer,
    LabourOperation,
    Package,
    PackageLine,
    Part,
    ScheduleItem,
    Staff,
)
from db.queries.search import begins_with
from db.rules import search_text

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

NAMES = ("zh_TW", "zh_CN", "en")


@dataclass(frozen=True, slots=True)
class SettingChange:
    """The last change of one setting. `old` or `new` is None where the default stood or stands."""

    name: str
    old: object
    new: object
    who: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """An operation, part, consumable or package as the shop can change it. Hours in thousandths, money in fen."""

    subject: str
    """operation, part or package, as `CatalogueKey` has it."""
    item_id: int
    code: str
    names: tuple[str, str, str]
    find_words: str
    kind: str
    """labour, part, consumable or package."""
    unit: str
    hours: int
    price: int
    """Of an hour, a unit, or the whole package."""
    cost: int
    used_lines: int
    """Lines of a package."""
    retired: bool
    version: int

    def name(self, language: str) -> str:
        """Its name in zh_TW, zh_CN or en."""
        return self.names[NAMES.index(language)] if language in NAMES else self.names[2]


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry of one of the plain lists, read only."""

    code: str
    names: tuple[str, str, str]
    details: dict[str, Any]

    def name(self, language: str) -> str:
        """Its name in zh_TW, zh_CN or en."""
        return self.names[NAMES.index(language)] if language in NAMES else self.names[2]


@dataclass(frozen=True, slots=True)
class ClosureRow:
    """A day on which the shop is closed, or open, by its own rule."""

    day: dt.date
    is_open: bool
    reason: str


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """The store itself. Size in bytes."""

    kind: str
    """sqlite or postgresql."""
    version: str
    """Of the database program."""
    revision: str
    size: int
    history_rows: int


def setting_changes(session: Session, limit: int = 200) -> dict[str, SettingChange]:
    """The last change of each setting that was ever changed, by its name."""
    rows = session.execute(
        select(History.changes, History.at, Staff.name, History.actor)
        .outerjoin(Staff, Staff.id == History.staff_id)
        .where(History.subject == "shop", History.subject_id == 1, History.verb == "change_setting")
        .order_by(History.id.desc())
        .limit(limit)
    )
    found: dict[str, SettingChange] = {}
    for changes, at, who, actor in rows:
        pair = changes.get("settings")
        if not isinstance(pair, list):
            continue
        old, new = (side if isinstance(side, dict) else {} for side in pair)
        for name in sorted({*old, *new}):
            if old.get(name) != new.get(name):
                found.setdefault(name, SettingChange(name, old.get(name), new.get(name), who or actor, at))
    return found


def operation_rows(session: Session, typed: str = "", after: CatalogueRow | None = None, limit: int = 100) -> list[CatalogueRow]:
    """Labour operations by code, retired ones too."""
    rows = session.execute(_page(LabourOperation, "operation", typed, after, limit)).scalars()
    return [
        CatalogueRow("operation", row.id, row.code, (row.name_zh_tw, row.name_zh_cn, row.name_en), row.find_words, "labour", "hour", row.hours,
                     row.hourly_price, 0, 0, row.retired, row.version)
        for row in rows
    ]  # fmt: skip


def part_rows(session: Session, typed: str = "", after: CatalogueRow | None = None, limit: int = 100) -> list[CatalogueRow]:
    """Parts and consumables by code, retired ones too."""
    rows = session.execute(_page(Part, "part", typed, after, limit)).scalars()
    return [
        CatalogueRow("part", row.id, row.code, (row.name_zh_tw, row.name_zh_cn, row.name_en), row.find_words, row.kind.value, row.unit, 0, row.price,
                     row.cost, 0, row.retired, row.version)
        for row in rows
    ]  # fmt: skip


def package_rows(session: Session, typed: str = "", after: CatalogueRow | None = None, limit: int = 100) -> list[CatalogueRow]:
    """Packages by code, retired ones too."""
    rows = list(session.execute(_page(Package, "package", typed, after, limit)).scalars())
    counted = session.execute(
        select(PackageLine.package_id, func.count()).where(PackageLine.package_id.in_([row.id for row in rows])).group_by(PackageLine.package_id)
    )
    lines = {row[0]: row[1] for row in counted}
    return [
        CatalogueRow("package", row.id, row.code, (row.name_zh_tw, row.name_zh_cn, row.name_en), row.find_words, "package", "", 0, row.price, 0,
                     lines.get(row.id, 0), row.retired, row.version)
        for row in rows
    ]  # fmt: skip


def catalogue_counts(session: Session) -> dict[str, int]:
    """How much of each the catalogue has: operation, part, package, point."""
    return {
        "operation": session.execute(select(func.count()).select_from(LabourOperation)).scalar_one(),
        "part": session.execute(select(func.count()).select_from(Part)).scalar_one(),
        "package": session.execute(select(func.count()).select_from(Package)).scalar_one(),
        "point": session.execute(select(func.count()).select_from(InspectionPoint)).scalar_one(),
    }


def list_entries(session: Session, subject: str) -> list[EntryRow]:
    """A plain list in its order: an `InspectionPoint` list as `inspection_point`, `schedule_item`, `insurer`, or a subject of the entries."""
    if subject == "inspection_point":
        points = session.execute(select(InspectionPoint).order_by(InspectionPoint.position, InspectionPoint.code)).scalars()
        return [
            EntryRow(row.code, (row.name_zh_tw, row.name_zh_cn, row.name_en), {"unit": row.unit, "limits": row.limits, "is_safety": row.is_safety})
            for row in points
        ]
    if subject == "schedule_item":
        items = session.execute(select(ScheduleItem).order_by(ScheduleItem.power_train, ScheduleItem.id)).scalars()
        return [
            EntryRow(
                row.code, (row.name_zh_tw, row.name_zh_cn, row.name_en),
                {"power_train": row.power_train, "kilometres": row.kilometres, "months": row.months, "action": row.action, "item_code": row.item_code},
            )
            for row in items
        ]  # fmt: skip
    if subject == "insurer":
        insurers = session.execute(select(Insurer).order_by(Insurer.id)).scalars()
        return [EntryRow(row.code, (row.name_zh_tw, row.name_zh_cn, row.name_en), {"phone": row.phone}) for row in insurers]
    query = select(CatalogueEntry).where(CatalogueEntry.subject == subject).order_by(CatalogueEntry.position, CatalogueEntry.id)
    return [EntryRow(row.code, (row.name_zh_tw, row.name_zh_cn, row.name_en), row.details) for row in session.execute(query).scalars()]


def closure_rows(session: Session, since: dt.date) -> list[ClosureRow]:
    """The shop's own closed and open days from a day on, in their order."""
    rows = session.execute(select(Closure).where(Closure.day >= since).order_by(Closure.day)).scalars()
    return [ClosureRow(row.day, row.is_open, row.reason) for row in rows]


def store_facts(session: Session, engine: Engine) -> StoreFacts:
    """What the store is and how large it has grown."""
    revision = session.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""
    history = session.execute(select(func.coalesce(func.max(History.id), 0))).scalar_one()
    file = file_of(engine)
    if file is not None:
        version = session.execute(text("SELECT sqlite_version()")).scalar_one()
        beside = [file.with_name(file.name + ending) for ending in ("", "-wal")]
        return StoreFacts("sqlite", version, revision, sum(path.stat().st_size for path in beside if path.exists()), history)
    version = str(session.execute(text("SHOW server_version")).scalar_one()).split()[0]
    size = session.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
    return StoreFacts("postgresql", version, revision, size, history)


def _page(model: Any, subject: str, typed: str, after: CatalogueRow | None, limit: int) -> Any:
    query = select(model).order_by(model.code).limit(limit)
    if after is not None:
        query = query.where(model.code > after.code)
    folded = search_text.query_key(typed)
    if folded:
        begins = or_(*(begins_with(CatalogueKey.key, f"{kind}:{folded}") for kind in "cn"))
        query = query.where(exists().where(CatalogueKey.subject == subject, CatalogueKey.code == model.code, begins))
    return query

