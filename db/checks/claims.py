"""Claims: their stages in order, their overruns explained, their papers there before they are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select

from db.checks.finding import Finding, rows_that_fail
from db.models import CatalogueEntry, Claim, ClaimPaper, ClaimStageRow, ClaimWait
from db.queries.shop import working_calendar
from db.rules import stages
from db.rules.record_words import ClaimState

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from db.rules.stages import Stage
    from db.rules.working_calendar import WorkingCalendar


def claim_stages(session: Session) -> Iterator[Finding]:
    """stage_starts_too_early, stage_ends_too_early, stage_signed_unfinished, overrun_without_reason."""
    after = {
        code: tuple(details.get("after", ()))
        for code, details in session.execute(select(CatalogueEntry.code, CatalogueEntry.details).where(CatalogueEntry.subject == "claim_stage"))
    }
    calendar = working_calendar(session)
    for claim_id, number, reported_at in session.execute(select(Claim.id, Claim.number, Claim.reported_at).order_by(Claim.id)).all():
        wanted = select(ClaimStageRow).where(ClaimStageRow.claim_id == claim_id).order_by(ClaimStageRow.position, ClaimStageRow.id)
        rows = session.execute(wanted).scalars().all()
        waits: dict[int, list[stages.Wait]] = {}
        for stage_id, since, until in session.execute(
            select(ClaimWait.stage_id, ClaimWait.since, ClaimWait.until).where(ClaimWait.stage_id.in_([row.id for row in rows]))
        ):
            waits.setdefault(stage_id, []).append(stages.Wait(since, until))
        yield from _one_claim(number, reported_at, rows, after, waits, calendar)


def _one_claim(
    number: str, reported_at: dt.datetime, rows: Sequence[ClaimStageRow], after: dict[str, tuple[str, ...]], waits: dict[int, list[stages.Wait]],
    calendar: WorkingCalendar,
) -> Iterator[Finding]:  # fmt: skip
    seen: set[str] = set()
    plain: list[Stage] = []
    for row in rows:
        # A stage that opened again opened when it began, as far as the row tells.
        again = row.code in seen
        seen.add(row.code)
        opened = (row.started_at or row.planned_start_at or reported_at) if again else reported_at
        plain.append(
            stages.Stage(
                row.id, row.code, after.get(row.code, ()), row.standard_minutes, opened, row.needed, row.round_the_clock, row.started_at, row.ended_at,
                tuple(waits.get(row.id, ())),
            )
        )  # fmt: skip
    for row, stage in zip(rows, plain, strict=True):
        facts = {"stage": row.code}
        if row.ended_at is not None and (row.started_at is None or row.ended_at < row.started_at):
            yield Finding("stage_ends_too_early", "claim_stage", row.id, number, facts)
            continue
        free = stages.could_start_at(stage, plain)
        if row.started_at is not None and (free is None or row.started_at < free):
            yield Finding("stage_starts_too_early", "claim_stage", row.id, number, facts)
            continue
        if row.signed_by_id is None:
            continue
        if row.needed and row.ended_at is None:
            yield Finding("stage_signed_unfinished", "claim_stage", row.id, number, facts)
        elif row.ended_at is not None:
            overrun = stages.clock(stage, plain, calendar, row.ended_at).overrun
            if overrun and not (row.overdue_reason and row.falls_to):
                yield Finding("overrun_without_reason", "claim_stage", row.id, number, {**facts, "minutes": overrun})


def claim_ends(session: Session) -> Iterator[Finding]:
    """claim_sent_with_paper_missing, claim_closed_without_time."""
    yield from rows_that_fail(
        session, "claim_sent_with_paper_missing", "claim_paper",
        select(ClaimPaper.id, Claim.number, ClaimPaper.code.label("paper")).join(Claim, Claim.id == ClaimPaper.claim_id)
        .where(Claim.submitted_at.is_not(None), ClaimPaper.needed.is_(True), ClaimPaper.received_at.is_(None)),
    )  # fmt: skip
    closed, running = Claim.state == ClaimState.CLOSED, Claim.state.in_((ClaimState.OPEN, ClaimState.DELIVERED))
    yield from rows_that_fail(
        session, "claim_closed_without_time", "claim",
        select(Claim.id, Claim.number).where(or_(and_(closed, Claim.closed_at.is_(None)), and_(running, Claim.closed_at.is_not(None)))),
    )  # fmt: skip
