"""Verifies a store: the chain of its history and every rule that its records must keep, and names each row that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.checks import accounts, chain, claims, files, keys, lines, orders, people, workshop
from db.checks.finding import Finding
from db.models import Shop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

CHECKS: tuple[Callable[[Session], Iterator[Finding]], ...] = (
    chain.history, files.references, people.ownership, people.plates, people.known_by, people.readings, orders.states, orders.taken_in, orders.numbers,
    orders.appointments, orders.checks_made, lines.amounts, lines.consent, lines.agreed, lines.billed, lines.recommended, workshop.clocks,
    workshop.final_checks, workshop.verdicts, workshop.recommendations, accounts.totals, accounts.payments, accounts.vouchers, accounts.given_and_lent,
    claims.claim_stages, claims.claim_ends, keys.search_keys, keys.catalogue_keys, files.attachments,
)  # fmt: skip


def findings(session: Session, progress: Callable[[int, int], None] | None = None) -> Iterator[Finding]:
    """All that a store has against it, as it is found; nothing for a sound one. `progress` is told how many of how many checks are done."""
    if session.get(Shop, 1) is None:
        return
    for done, run in enumerate(CHECKS):
        if progress is not None:
            progress(done, len(CHECKS))
        yield from run(session)
    if progress is not None:
        progress(len(CHECKS), len(CHECKS))


def check(session: Session, progress: Callable[[int, int], None] | None = None) -> list[Finding]:
    """All findings; an empty list for a sound store."""
    return list(findings(session, progress))


__all__ = ["Finding", "check", "findings"]
