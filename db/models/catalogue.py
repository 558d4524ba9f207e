"""The catalogue that the shop can change: labour operations, parts, packages, inspection points, schedules, lists."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Fen, Key, Reference, SortedText, Thousandths, Versioned, one_of
from db.rules.order_life import LineKind, PartOrigin


class Named:
    """Names in the three languages."""

    name_zh_tw: Mapped[str]
    name_zh_cn: Mapped[str]
    name_en: Mapped[str]


class LabourOperation(Versioned, Named, Base):
    """A piece of labour with its standard time."""

    __tablename__ = "labour_operation"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    hours: Mapped[Thousandths]
    hourly_price: Mapped[Fen]
    skill: Mapped[str] = mapped_column(String(16))
    work_class: Mapped[str] = mapped_column(String(32))
    tax_basis_points: Mapped[int] = mapped_column(default=1300)
    power_trains: Mapped[list[Any]] = mapped_column(default=list)
    find_words: Mapped[str] = mapped_column(default="")
    retired: Mapped[bool] = mapped_column(default=False)


class Part(Versioned, Named, Base):
    """A part or a consumable."""

    __tablename__ = "part"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[LineKind] = mapped_column(one_of(LineKind))
    unit: Mapped[str] = mapped_column(default="")
    price: Mapped[Fen]
    cost: Mapped[Fen]
    origin: Mapped[PartOrigin] = mapped_column(one_of(PartOrigin))
    guarantee_days: Mapped[int | None]
    guarantee_km: Mapped[int | None]
    tax_basis_points: Mapped[int] = mapped_column(default=1300)
    operation_codes: Mapped[list[Any]] = mapped_column(default=list)
    find_words: Mapped[str] = mapped_column(default="")
    retired: Mapped[bool] = mapped_column(default=False)


class Package(Versioned, Named, Base):
    """A bundle of lines at one price."""

    __tablename__ = "package"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    price: Mapped[Fen]
    power_trains: Mapped[list[Any]] = mapped_column(default=list)
    payer: Mapped[str] = mapped_column(default="customer")
    find_words: Mapped[str] = mapped_column(default="")
    retired: Mapped[bool] = mapped_column(default=False)


class PackageLine(Base):
    """One line of a package, by the code of the operation, part or consumable."""

    __tablename__ = "package_line"

    id: Mapped[Key]
    package_id: Mapped[int] = mapped_column(Reference, ForeignKey("package.id"), index=True)
    position: Mapped[int]
    kind: Mapped[LineKind] = mapped_column(one_of(LineKind))
    item_code: Mapped[str]
    quantity: Mapped[Thousandths]


class InspectionPoint(Versioned, Named, Base):
    """A point of the inspection with its limits by power train."""

    __tablename__ = "inspection_point"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(8), unique=True)
    group_code: Mapped[str] = mapped_column(String(2))
    position: Mapped[int]
    unit: Mapped[str] = mapped_column(default="")
    method: Mapped[str] = mapped_column(default="")
    each_wheel: Mapped[bool] = mapped_column(default=False)
    is_safety: Mapped[bool] = mapped_column(default=False)
    limits: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Power train to its limits, as `db.rules.inspection` reads them; `*` for all others."""
    verdict_words: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Verdict to language to the look-only words."""
    recommendation_code: Mapped[str] = mapped_column(default="")


class ScheduleItem(Versioned, Named, Base):
    """What falls due, by power train."""

    __tablename__ = "schedule_item"
    __table_args__ = (UniqueConstraint("power_train", "code"),)

    id: Mapped[Key]
    power_train: Mapped[str] = mapped_column(String(16))
    code: Mapped[str]
    action: Mapped[str] = mapped_column(String(8))
    kilometres: Mapped[int | None]
    months: Mapped[int | None]
    item_kind: Mapped[str] = mapped_column(String(12), default="")
    item_code: Mapped[str] = mapped_column(default="")
    is_first_service: Mapped[bool] = mapped_column(default=False)
    tolerance_kilometres: Mapped[int | None]
    tolerance_days: Mapped[int | None]


class Insurer(Versioned, Named, Base):
    """An insurance company."""

    __tablename__ = "insurer"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    short_zh_tw: Mapped[str] = mapped_column(default="")
    short_zh_cn: Mapped[str] = mapped_column(default="")
    short_en: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    needs_checking: Mapped[bool] = mapped_column(default=False)


class CatalogueEntry(Versioned, Named, Base):
    """An entry of a plain list or of a subject whose details need no columns: reasons, belongings, claim stages and papers …"""

    __tablename__ = "catalogue_entry"
    __table_args__ = (UniqueConstraint("subject", "code"),)

    id: Mapped[Key]
    subject: Mapped[str] = mapped_column(String(32))
    code: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    retired: Mapped[bool] = mapped_column(default=False)


class CatalogueKey(Base):
    """A word under which an operation, part or package is found: code, name, pinyin, initials, by prefix."""

    __tablename__ = "catalogue_key"
    __table_args__ = ({"sqlite_with_rowid": False},)
    untracked = True

    key: Mapped[str] = mapped_column(SortedText, primary_key=True)
    subject: Mapped[str] = mapped_column(String(9), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)


