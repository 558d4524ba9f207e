"""Every paper of the tour as pictures: PAPER-LANGUAGE-N.png, one a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
from sqlalchemy import func, select

from db.commands.act import Act
from db.engine import open_engine, reading
from db.models import WorkOrder, WorkOrderLine
from desktop_app.printing.making import look_at
from desktop_app.printing.papers import PAPERS
from tests.tour.demo_store import DAY, NOW

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from sqlalchemy import Engine

DPI = 110


def draw_papers(url: str, out: Path, languages: Collection[str]) -> list[Path]:
    """Draw every paper of today's fullest order in some languages; the files."""
    engine = open_engine(url)
    number = _fullest_order(engine)
    made: list[Path] = []
    for paper in PAPERS:
        for language in languages:
            pdf = look_at(engine, paper, number, Act(at=NOW, device="counter 1"), "林依君", language).pdf
            document = pypdfium2.PdfDocument(pdf)
            for place in range(len(document)):
                file = out / f"{paper}-{language}-{place + 1}.png"
                document[place].render(scale=DPI / 72).to_pil().save(file)
                made.append(file)
            document.close()
    engine.dispose()
    return made


def _fullest_order(engine: Engine) -> str:
    with reading(engine) as session:
        count = func.count(WorkOrderLine.id)
        query = (
            select(WorkOrder.number)
            .join(WorkOrderLine, WorkOrderLine.order_id == WorkOrder.id)
            .where(WorkOrder.number.startswith(f"W{DAY:%y%m%d}"))
            .group_by(WorkOrder.number)
            .order_by(count.desc(), WorkOrder.number)
        )
        return session.execute(query.limit(1)).scalar_one()
