"""Changes to what the shop sells: names, hours and prices of operations, parts and packages; orders keep what they were made with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import delete, insert, select

from db.models import CatalogueKey, LabourOperation, Package, Part
from db.rules.errors import Refusal
from db.rules.found_under import item_keys
from db.rules.rights import Right

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.commands.act import Act

MOST_HOURS = 1_000_000
"""A thousand hours, in thousandths: beyond it a figure is a slip of the finger."""
MOST_FEN = 100_000_000


@dataclass(frozen=True, slots=True)
class ItemNames:
    """The three names of an item, and further words under which it is found, divided by spaces."""

    zh_tw: str
    zh_cn: str
    en: str
    find_words: str = ""


@dataclass(frozen=True, slots=True)
class ChangeOperation:
    """Change a labour operation: hours in thousandths, price of an hour in fen."""

    code: str
    expected_version: int
    names: ItemNames
    hours: int
    hourly_price: int
    retired: bool = False
    verb: ClassVar[str] = "change_operation"
    right: ClassVar[Right] = Right.CATALOGUE

    def apply(self, session: Session, act: Act) -> None:  # noqa: ARG002
        """Refusals: item_unknown (code), changed_meanwhile, name_missing, hours_not_fitting, price_not_fitting."""
        operation = _seen(session, LabourOperation, self.code, self.expected_version)
        if not 0 <= self.hours <= MOST_HOURS:
            raise Refusal("hours_not_fitting", code=self.code)
        operation.hours, operation.hourly_price, operation.retired = self.hours, _price(self.hourly_price, self.code), self.retired
        _rename(session, operation, "operation", self.names)


@dataclass(frozen=True, slots=True)
class ChangePart:
    """Change a part or consumable: price and cost of a unit in fen."""

    code: str
    expected_version: int
    names: ItemNames
    price: int
    cost: int
    retired: bool = False
    verb: ClassVar[str] = "change_part"
    right: ClassVar[Right] = Right.CATALOGUE

    def apply(self, session: Session, act: Act) -> None:  # noqa: ARG002
        """Refusals: item_unknown (code), changed_meanwhile, name_missing, price_not_fitting."""
        part = _seen(session, Part, self.code, self.expected_version)
        part.price, part.cost, part.retired = _price(self.price, self.code), _price(self.cost, self.code), self.retired
        _rename(session, part, "part", self.names)


@dataclass(frozen=True, slots=True)
class ChangePackage:
    """Change a package: its one price in fen."""

    code: str
    expected_version: int
    names: ItemNames
    price: int
    retired: bool = False
    verb: ClassVar[str] = "change_package"
    right: ClassVar[Right] = Right.CATALOGUE

    def apply(self, session: Session, act: Act) -> None:  # noqa: ARG002
        """Refusals: item_unknown (code), changed_meanwhile, name_missing, price_not_fitting."""
        package = _seen(session, Package, self.code, self.expected_version)
        package.price, package.retired = _price(self.price, self.code), self.retired
        _rename(session, package, "package", self.names)


def renew_item_keys(session: Session, subject: str, item: LabourOperation | Part | Package) -> None:
    """Write anew under which keys an item is found; subject operation, part or package."""
    session.execute(delete(CatalogueKey).where(CatalogueKey.subject == subject, CatalogueKey.code == item.code))
    keys = item_keys(item.code, (item.name_zh_tw, item.name_zh_cn, item.name_en), item.find_words)
    session.execute(insert(CatalogueKey), [{"key": key, "subject": subject, "code": item.code} for key in sorted(keys)])


def _seen(session: Session, model: Any, code: str, version: int) -> Any:
    item = session.execute(select(model).where(model.code == code)).scalar_one_or_none()
    if item is None:
        raise Refusal("item_unknown", code=code)
    if item.version != version:
        raise Refusal("changed_meanwhile")
    return item


def _price(fen: int, code: str) -> int:
    if not 0 <= fen <= MOST_FEN:
        raise Refusal("price_not_fitting", code=code)
    return fen


def _rename(session: Session, item: LabourOperation | Part | Package, subject: str, names: ItemNames) -> None:
    new = (names.zh_tw.strip(), names.zh_cn.strip(), names.en.strip(), " ".join(names.find_words.split()))
    if not all(new[:3]):
        raise Refusal("name_missing")
    if new == (item.name_zh_tw, item.name_zh_cn, item.name_en, item.find_words):
        return
    item.name_zh_tw, item.name_zh_cn, item.name_en, item.find_words = new
    session.flush()
    renew_item_keys(session, subject, item)
