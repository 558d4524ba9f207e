"""What the one who pays has agreed to: what may be worked on, what is billed, when a new yes is needed, totals by payer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.rules.errors import Refusal
from db.rules.money import tax_inside
from db.rules.order_life import Consent, LineKind, Payer, WorkState

if TYPE_CHECKING:
    from collections.abc import Iterable

CONSENT_CHANGES: dict[Consent, frozenset[Consent]] = {
    Consent.PROPOSED: frozenset({Consent.AUTHORISED, Consent.DECLINED, Consent.POSTPONED, Consent.WITHDRAWN}),
    Consent.AUTHORISED: frozenset({Consent.DECLINED, Consent.POSTPONED, Consent.WITHDRAWN}),
    Consent.DECLINED: frozenset({Consent.PROPOSED, Consent.AUTHORISED}),
    Consent.POSTPONED: frozenset({Consent.PROPOSED, Consent.AUTHORISED, Consent.DECLINED}),
    Consent.WITHDRAWN: frozenset(),
}
"""What a line's consent may become. A customer who changes his mind is heard; what was withdrawn was taken off the order."""

_WORK_CHANGES: dict[WorkState, frozenset[WorkState]] = {
    WorkState.OPEN: frozenset({WorkState.WORKING, WorkState.DONE}),
    WorkState.WORKING: frozenset({WorkState.STOPPED, WorkState.DONE}),
    WorkState.STOPPED: frozenset({WorkState.WORKING, WorkState.DONE}),
    WorkState.DONE: frozenset({WorkState.WORKING, WorkState.OPEN}),
}

_CLOCKED = frozenset({LineKind.LABOUR})
"""Kinds that a technician's clock can stand on."""


@dataclass(frozen=True, slots=True)
class LineStanding:
    """A line as these rules see it: its amount in fen, tax in it, and how far it is."""

    kind: LineKind
    payer: Payer
    consent: Consent
    work_state: WorkState
    amount: int
    tax_basis_points: int = 1300


@dataclass(frozen=True, slots=True)
class PayerTotal:
    """A payer's share in fen: the sum of his authorised lines, the tax inside (the sum over the lines), and the sum of what is only proposed."""

    payer: Payer
    amount: int
    tax: int
    proposed: int
    by_kind: tuple[tuple[LineKind, int], ...]
    """The authorised amount of each kind that he pays for, in the order of kinds."""


def needs_consent(line: LineStanding) -> bool:
    """Whether somebody still has to say yes or no to the line."""
    return line.consent is Consent.PROPOSED


def may_be_worked_on(line: LineStanding) -> bool:
    """Nothing is worked on, handed out or sent away that is not authorised; what is done is done."""
    return line.consent is Consent.AUTHORISED and line.work_state is not WorkState.DONE


def is_billed(line: LineStanding) -> bool:
    """Nothing is billed that is not authorised."""
    return line.consent is Consent.AUTHORISED


def undone(lines: Iterable[LineStanding]) -> list[LineStanding]:
    """The authorised lines that are not done: while there is one the work is not finished."""
    return [line for line in lines if may_be_worked_on(line)]


def work_state_when_authorised(kind: LineKind) -> WorkState:
    """How far a line is the moment it is authorised: a fee is done at once."""
    return WorkState.DONE if kind is LineKind.FEE else WorkState.OPEN


def check_consent(line: LineStanding, wanted: Consent) -> None:
    """Nothing, when the line's consent may become `wanted`.

    Refusals: consent_not_possible (consent, wanted); line_worked_on for taking the consent back from a line that work has begun on (a fee
    is no work).
    """
    if wanted not in CONSENT_CHANGES[line.consent]:
        raise Refusal("consent_not_possible", consent=line.consent.value, wanted=wanted.value)
    if line.consent is Consent.AUTHORISED and line.work_state is not WorkState.OPEN and line.kind is not LineKind.FEE:
        raise Refusal("line_worked_on")


def check_work(line: LineStanding, wanted: WorkState) -> None:
    """Nothing, when the line's work may become `wanted`.

    Refusals: line_not_authorised; work_not_possible (work_state, wanted): also a clock on anything but labour.
    """
    if line.consent is not Consent.AUTHORISED:
        raise Refusal("line_not_authorised")
    clocks = wanted in (WorkState.WORKING, WorkState.STOPPED)
    if wanted not in _WORK_CHANGES[line.work_state] or (clocks and line.kind not in _CLOCKED):
        raise Refusal("work_not_possible", work_state=line.work_state.value, wanted=wanted.value)


def authorised_total(lines: Iterable[LineStanding], payer: Payer = Payer.CUSTOMER) -> int:
    """What a payer has agreed to, line by line, in fen."""
    return sum(line.amount for line in lines if line.payer is payer and is_billed(line))


def rise(agreed_total: int, lines: Iterable[LineStanding], tolerance: int = 0) -> int:
    """By how many fen what the customer will be billed lies above the total that he agreed to; 0 within the tolerance.

    Over it a new authorisation is needed, and the change confirmation prints it.
    """
    above = authorised_total(lines) - agreed_total
    return above if above > max(tolerance, 0) else 0


def check_rise(agreed_total: int, lines: Iterable[LineStanding], tolerance: int = 0) -> None:
    """Nothing, when the customer's yes covers the lines. Refusal total_not_agreed (agreed_fen, total_fen, rise_fen)."""
    above = rise(agreed_total, kept := list(lines), tolerance)
    if above:
        raise Refusal("total_not_agreed", agreed_fen=agreed_total, total_fen=authorised_total(kept), rise_fen=above)


def totals_by_payer(lines: Iterable[LineStanding]) -> tuple[PayerTotal, ...]:
    """Each payer's total, in the order of payers; only those with an authorised or proposed line."""
    kept = list(lines)
    totals = []
    for payer in Payer:
        own = [line for line in kept if line.payer is payer and (is_billed(line) or needs_consent(line))]
        if not own:
            continue
        billed = [line for line in own if is_billed(line)]
        totals.append(
            PayerTotal(
                payer=payer,
                amount=sum(line.amount for line in billed),
                tax=sum(tax_inside(line.amount, line.tax_basis_points) for line in billed),
                proposed=sum(line.amount for line in own if needs_consent(line)),
                by_kind=_by_kind(billed),
            )
        )
    return tuple(totals)


def _by_kind(lines: list[LineStanding]) -> tuple[tuple[LineKind, int], ...]:
    return tuple((kind, sum(line.amount for line in lines if line.kind is kind)) for kind in LineKind if any(line.kind is kind for line in lines))
