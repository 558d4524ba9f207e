"""Every paper by its key: a new one is a module of its own and a line here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.printing.document import Sheet, build
from desktop_app.printing.papers import check_in_sheet, job_card, repair_contract
from desktop_app.printing.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.queries.paper_content import Letterhead, OrderOnPaper
    from desktop_app.printing.blocks import Block


@dataclass(frozen=True)
class Paper:
    """A kind of paper: its name and what stands beside it (phrases), and what it is made of."""

    title: str
    subtitle: str
    compose: Callable[[OrderOnPaper, Letterhead, Wording], Sequence[Block]]


PAPERS: dict[str, Paper] = {
    "job-card": Paper("Job card", "Workshop copy", job_card.compose),
    "repair-contract": Paper("Repair order contract", "Estimate, in duplicate", repair_contract.compose),
    "check-in-sheet": Paper("Check-in sheet", "Walk-around inspection", check_in_sheet.compose),
}


def render(paper: str, order: OrderOnPaper, letterhead: Letterhead, language: str | None = None) -> bytes:
    """The paper of that key as PDF, in the order's language unless another is given; KeyError for an unknown key.

    The same content gives the same bytes. Takes some 0.1 s more the first time, when the fonts are read.
    """
    kind = PAPERS[paper]
    say = Wording(language or order.language, letterhead.zone)
    subtitle = f"{say.value('order kind', order.kind)} · {say(kind.subtitle)}"
    return build(Sheet(say(kind.title), subtitle, order, letterhead), kind.compose(order, letterhead, say), say)
