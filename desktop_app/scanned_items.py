"""An item of the catalogue that was scanned where lines can be added: looked up by exactly its code, and what is said where that adds nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.rules.order_life import Payer
from desktop_app.i18n import current_language, tr

if TYPE_CHECKING:
    from db.engine import Engine
    from db.queries.catalogue import CatalogueItem
    from db.rules.order_line import LineValues
    from desktop_app.room import Navigator


@dataclass(frozen=True, slots=True)
class ScannedItem:
    """What bears a code, None if nothing does, and the lines that it brings: none for a car that it isn't made for."""

    item: CatalogueItem | None
    lines: tuple[LineValues, ...] = ()


def look_up(engine: Engine, code: str, power_train: str | None, package_group: int | None = None) -> ScannedItem:
    """The part, operation or package of a code, for a car of a power train (None: not known). Reads the store: not on the window's thread."""
    from db.engine import reading
    from db.queries import catalogue

    with reading(engine) as session:
        keys = [(subject, spelt) for spelt in dict.fromkeys((code, code.upper())) for subject in ("part", "operation", "package")]
        known = catalogue.items_by_code(session, keys)
        fitting = catalogue.items_by_code(session, keys, power_train)
        if not fitting:
            return ScannedItem(known[0] if known else None)
        item = fitting[0]
        return ScannedItem(item, tuple(catalogue.lines_of(session, item.subject, item.code, Payer.CUSTOMER, package_group)))


def say_why_not(navigator: Navigator, code: str, scanned: ScannedItem) -> None:
    """A scan added no line: its code is unknown, or it is an item for other cars."""
    if scanned.item is None:
        navigator.say_unknown_code(code)
    else:
        navigator.toast(tr("{item} is for cars with another power train", item=scanned.item.name(current_language())), kind="warn")
