"""First start of a shop: the shop itself and its starter catalogue, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from db.commands.catalogue_load import load_starter

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.catalogue_files import StarterCatalogue
    from db.commands.act import Act
    from db.commands.shop import MakeShop


@dataclass(frozen=True, slots=True)
class BeginShop:
    """Make the shop and load the catalogue that it begins with; returns the id of its first person."""

    shop: MakeShop
    catalogue: StarterCatalogue
    verb: ClassVar[str] = "begin_shop"
    right: ClassVar[None] = None

    def apply(self, session: Session, act: Act) -> int:
        """Refusals: those of `MakeShop`."""
        first = self.shop.apply(session, act)
        load_starter(session, self.catalogue)
        return first
