"""The makers of the shop's catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from db.models import CatalogueEntry
from db.rules.makers import KnownMaker, MakerCodes

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def maker_codes(session: Session) -> MakerCodes:
    """How the makers that stand on vehicles are found in the catalogue; retired ones too, since their cars still come."""
    rows = session.execute(
        select(CatalogueEntry.code, CatalogueEntry.name_zh_tw, CatalogueEntry.name_zh_cn, CatalogueEntry.name_en, CatalogueEntry.details)
        .where(CatalogueEntry.subject == "maker")
        .order_by(CatalogueEntry.position, CatalogueEntry.id)
    )
    return MakerCodes.of(KnownMaker(code, (zh_tw, zh_cn, en), tuple(details.get("wmi", ()))) for code, zh_tw, zh_cn, en, details in rows)
