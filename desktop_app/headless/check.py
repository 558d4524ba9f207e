"""`check`: verify the history's chain and the shop's books; a line for each row that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.headless import DONE, SHOP_HAS_FAULTS

if TYPE_CHECKING:
    import argparse

    from desktop_app.command_line import Call
    from desktop_app.i18n import Phrases


def describe(parser: argparse.ArgumentParser, phrases: Phrases) -> None:
    """It has no arguments of its own."""


def run(call: Call) -> int:
    """Each row that fails on a line of its own: table, row, what is wrong. Exit 1 if there is one."""
    from db.checks import findings
    from db.engine import reading
    from desktop_app.faults import fact_words
    from desktop_app.finding_words import SENTENCES
    from desktop_app.headless.store import opened

    count = 0
    with opened(call) as (store, _shop), reading(store.engine) as session:
        for finding in findings(session):
            count += 1
            facts = {name: fact_words(name, value, call.phrases) for name, value in finding.facts.items()}
            print(f"{finding.table} {finding.key}: {call.phrases(SENTENCES[finding.code], **facts)}", flush=True)
    if count:
        call.complain(call.phrases("{count} rows fail", count=count))
        return SHOP_HAS_FAULTS
    print(call.phrases("Nothing is wrong: the history's chain holds, and so do the books"))
    return DONE
