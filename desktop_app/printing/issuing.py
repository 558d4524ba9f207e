"""Issues a paper from a window, all off the GUI thread: counted, made, kept as PDF, and printed where there is a printer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.rules.errors import Environment
from desktop_app.faults import said
from desktop_app.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from desktop_app.printing.making import MadePaper
    from desktop_app.room import RoomContext


@dataclass(frozen=True, slots=True)
class Issued:
    """What became of a paper: the PDF with where it is kept, the printer that took it (empty: none), or what the printer's trouble was."""

    made: MadePaper
    printer: str
    trouble: Environment | None


def issue(
    context: RoomContext, owner: QObject, paper: str, number: str, on_issued: Callable[[Issued], object], language: str | None = None
) -> None:  # fmt: skip
    """Count the print, make, keep and print the paper; `on_issued` on the GUI thread while `owner` lives.

    In the customer's language unless another is given.
    """
    from db.commands.papers import RecordPrint


    def on_counted(result: dict[str, int]) -> None:
        _make(context, owner, number, (paper, int(result["copy_number"]), language), on_issued)

    context.perform(RecordPrint(number=number, paper=paper), on_counted, owner=owner)


def _make(context: RoomContext, owner: QObject, number: str, print_of: tuple[str, int, str | None], on_issued: Callable[[Issued], object]) -> None:
    paper, copy_number, language = print_of
    engine, at, by, folder, chosen = context.engine, context.clock(), context.person().name, context.place.papers_folder, context.preferences.printer
    end = context.navigator.busy(tr("A paper is being printed"))

    def work() -> Issued:
        from db.queries.papers import Printing
        from desktop_app.i18n.phrases import phrases
        from desktop_app.printing.making import make_counted
        from desktop_app.printing.papers import PAPERS
        from desktop_app.printing.printer import SystemPrinter, printer_names

        made = make_counted(engine, Printing(paper, at, by, copy_number, language), number, folder)
        printer = chosen or next(iter(printer_names()), "")
        if not printer:
            return Issued(made, "", None)
        try:
            SystemPrinter(printer).print_pages(made.pdf, f"{number} {phrases(made.language)(PAPERS[paper].title, 'paper')}", _unwatched)
        except Environment as trouble:
            return Issued(made, "", trouble)
        return Issued(made, printer, None)

    def on_done(issued: Issued) -> None:
        end()
        on_issued(issued)

    def on_failed(fault: Exception) -> None:
        end()
        if isinstance(fault, Environment):
            context.navigator.toast(said(fault), kind="bad")
        else:
            context.runner.failed.emit(fault)

    context.runner.submit(owner, work, on_done, on_failed)


def _unwatched(_done: int, _of: int) -> None:
    """A page more was printed."""
