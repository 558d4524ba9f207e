"""First start of a shop: the shop itself, its starter catalogue and starter bays, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from db.commands.catalogue_load import load_starter
from db.rules.record_words import BayKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.catalogue_files import StarterCatalogue
    from db.commands.act import Act
    from db.commands.shop import MakeShop


@dataclass(frozen=True, slots=True)
class BeginShop:
    """Make the shop and load the catalogue that it begins with, its bays too; returns the id of its first person.

    One who works alone begins with the few bays of `MakeShop`.
    """

    shop: MakeShop
    catalogue: StarterCatalogue
    verb: ClassVar[str] = "begin_shop"
    right: ClassVar[None] = None

    def apply(self, session: Session, act: Act) -> int:
        """Refusals: those of `MakeShop`."""
        shop = self.shop
        if not shop.works_alone:
            names = [{"zh_TW": bay.name.zh_TW, "zh_CN": bay.name.zh_CN}.get(shop.language, bay.name.en) for bay in self.catalogue.bays]
            shop = replace(shop, bays=tuple((name, BayKind(bay.kind)) for name, bay in zip(names, self.catalogue.bays, strict=True)))
        first = shop.apply(session, act)
        load_starter(session, self.catalogue)
        return first
