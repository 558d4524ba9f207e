"""Makes a paper of an order from the store to the PDF: counted, read, set, and kept when wanted. Needs no window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.commands.papers import RecordPrint
from db.commands.perform import perform
from db.engine import reading
from db.queries.papers import Printing, letterhead, order_on_paper
from db.queries.shop import the_shop
from desktop_app.printing.keeping import keep
from desktop_app.printing.papers import PAPERS, render

if TYPE_CHECKING:
    from pathlib import Path

    from db.commands.act import Act
    from db.engine import Engine


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A paper as PDF: of which order, which one, in which language, the how-manyeth copy, and where it is kept (None: nowhere)."""

    number: str
    paper: str
    language: str
    copy_number: int
    pdf: bytes
    path: Path | None = None


def look_at(engine: Engine, paper: str, number: str, act: Act, by: str = "", language: str | None = None) -> MadePaper:
    """The paper as it would be printed now, without counting it. Refusal order_unknown."""
    with reading(engine) as session:
        order = order_on_paper(session, number, Printing(paper, act.at, by, language=language))
        head = letterhead(session)
    return MadePaper(number, paper, order.language, order.reprint + 1, render(paper, order, head))


def make(engine: Engine, paper: str, number: str, act: Act, by: str = "", language: str | None = None, folder: Path | None = None) -> MadePaper:
    """The paper for printing: its copy is counted, and with `folder` its PDF is kept there.

    `by` is the name printed at the foot. KeyError for an unknown paper. Refusal order_unknown; Environment paper_not_kept.
    """
    if paper not in PAPERS:
        raise KeyError(paper)
    copy_number = perform(engine, RecordPrint(number, paper), act).result["copy_number"]
    return make_counted(engine, Printing(paper, act.at, by, copy_number, language), number, folder)


def make_counted(engine: Engine, printing: Printing, number: str, folder: Path | None) -> MadePaper:
    """The paper whose copy is counted already. Refusal order_unknown; Environment paper_not_kept."""
    assert printing.copy_number is not None
    with reading(engine) as session:
        order = order_on_paper(session, number, printing)
        head = letterhead(session)
        day = the_shop(session).day_of(printing.at)
    pdf = render(printing.paper, order, head)
    path = keep(pdf, folder, day, number, printing.paper, printing.copy_number) if folder is not None else None
    return MadePaper(number, printing.paper, order.language, printing.copy_number, pdf, path)
