"""What customers complained of: in their own words, and by the chips that were ticked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from db.models import CatalogueEntry, Complaint
from db.queries.catalogue import ListEntry
from db.rules.complaint_words import beside

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Select
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """A complaint of an order; its words are empty where chips alone were ticked."""

    complaint_id: int
    order_id: int
    words: str
    chips: tuple[ListEntry, ...]

    def names(self, language: str) -> tuple[str, ...]:
        """What its chips are called in zh_TW, zh_CN or en, without what its words say already."""
        return beside(self.words, (chip.name(language) for chip in self.chips))


def complaints_of(session: Session, order_ids: Iterable[int]) -> list[ComplaintRow]:
    """The complaints of orders, each order's in the order in which they were given."""
    return _rows(session, select(Complaint).where(Complaint.order_id.in_(list(order_ids))))


def complaints_by_id(session: Session, complaint_ids: Iterable[int]) -> dict[int, ComplaintRow]:
    """Complaints by their ids; ids of none are left out."""
    return {row.complaint_id: row for row in _rows(session, select(Complaint).where(Complaint.id.in_(list(complaint_ids))))}


def _rows(session: Session, query: Select[Complaint]) -> list[ComplaintRow]:
    rows = session.execute(query.order_by(Complaint.order_id, Complaint.position, Complaint.id)).scalars().all()
    chips = chips_by_code(session, (str(code) for row in rows for code in row.tags))
    return [ComplaintRow(row.id, row.order_id, row.words, tuple(chips[str(code)] for code in row.tags)) for row in rows]


def chips_by_code(session: Session, codes: Iterable[str]) -> dict[str, ListEntry]:
    """The chips of codes, retired ones with them; one that the catalogue no longer has goes by its code."""
    wanted = set(codes)
    found = {code: ListEntry(code, code, code, code, {}) for code in wanted}
    if wanted:
        query = select(CatalogueEntry).where(CatalogueEntry.subject == "complaint_chip", CatalogueEntry.code.in_(wanted))
        found.update({row.code: ListEntry(row.code, row.name_zh_tw, row.name_zh_cn, row.name_en, row.details) for row in session.execute(query).scalars()})
    return found
