"""Looks for rows that break what the shop's records must hold; each one that does is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.checks import books, chain, work
from db.checks.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

CHECKS: tuple[Callable[[Session], Iterator[Finding]], ...] = (*chain.CHECKS, *books.CHECKS, *work.CHECKS)
"""A new check is a function in a module of its subject, named in that module's `CHECKS`."""

__all__ = ["CHECKS", "Finding", "findings"]


def findings(session: Session) -> Iterator[Finding]:
    """Every row that fails, check by check; an empty shop has none."""
    for check in CHECKS:
        yield from check(session)
