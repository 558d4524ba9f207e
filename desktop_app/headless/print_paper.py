"""`print PAPER NUMBER -o FILE`: a paper of a work order as a PDF, counted as a print like any other; `-o -` writes it to stdout."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.headless import DONE

if TYPE_CHECKING:
    import argparse

    from desktop_app.command_line import Call
    from desktop_app.i18n import Phrases

STDOUT = "-"
PAPERS = ("job-card", "repair-contract", "check-in-sheet")


def describe(parser: argparse.ArgumentParser, phrases: Phrases) -> None:
    """The command's own arguments."""
    parser.add_argument("paper", choices=PAPERS, metavar=phrases("PAPER"), help=phrases("job-card, repair-contract or check-in-sheet"))
    parser.add_argument("number", metavar=phrases("NUMBER"), help=phrases("the order's number, such as W261124-007"))
    parser.add_argument("-o", "--output", metavar=phrases("FILE"), required=True, help=phrases("the PDF to write; - for stdout"))


def run(call: Call) -> int:
    """Write the PDF whole or not at all; it is in the customer's language. Refusals: number_unknown, file_not_written."""
    from db.commands.papers import RecordPrint
    from db.commands.perform import perform
    from db.engine import reading
    from db.queries.listing import exists
    from db.queries.papers import Printing, letterhead, order_on_paper
    from db.rules.errors import Refusal
    from desktop_app.clock import machine_clock
    from desktop_app.headless.store import opened
    from desktop_app.opening import command_line_act
    from desktop_app.printing.papers import render

    options = call.options
    paper, number = options.paper, _number(options.number)
    target = None if options.output == STDOUT else Path(options.output).expanduser()
    with opened(call) as (store, _shop):
        act = command_line_act(store.clock or machine_clock)
        with reading(store.engine) as session:
            # Looked at first: a number that does not exist must not be counted as a print.
            if not exists(session, number):
                raise Refusal("number_unknown", number=number)
        if target is not None:
            # Nor one that can't be written.
            _try(target)
        copy = perform(store.engine, RecordPrint(number, paper, target.name if target is not None else ""), act).result["copy_number"]
        with reading(store.engine) as session:
            printing = Printing(paper, act.at, act.actor, copy)
            content, head = order_on_paper(session, number, printing), letterhead(session)
        pdf = render(paper, content, head)
        if target is None:
            _to_stdout(pdf)
        else:
            _write(target, pdf)
    return DONE


def _number(text: str) -> str:
    """The order's number as typed or scanned, with or without the shop's code before it."""
    return text.strip().upper().rpartition("/")[2]


def _half(target: Path) -> Path:
    return target.with_name(target.name + ".part")


def _try(target: Path) -> None:
    from db.rules.errors import Refusal

    try:
        if target.is_dir():
            raise IsADirectoryError(target)
        half = _half(target)
        half.write_bytes(b"")
        half.unlink()
    except OSError as error:
        raise Refusal("file_not_written", file=str(target)) from error


def _write(target: Path, pdf: bytes) -> None:
    from db.rules.errors import Refusal

    half = _half(target)
    try:
        with half.open("wb") as file:
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())
        half.replace(target)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise Refusal("file_not_written", file=str(target)) from error


def _to_stdout(pdf: bytes) -> None:
    from db.rules.errors import Refusal

    try:
        sys.stdout.buffer.write(pdf)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Refusal("file_not_written", file="stdout") from error
