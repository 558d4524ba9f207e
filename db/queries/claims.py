"""Accident claims: at which stage each stands, for how long, in whose hands, and what of its money is still open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select, tuple_

from db.models import CatalogueEntry, Claim, ClaimStageRow, ClaimWait, Customer, Insurer, Staff, Vehicle, VehiclePlate, WorkOrder
from db.queries.search import begins_with, meant_by, number_begun
from db.queries.shop import working_calendar
from db.rules import stages
from db.rules.record_words import ClaimState
from db.rules.stages import Stage, StageState, Wait

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from db.rules.record_words import ClaimKind, Severity
    from db.rules.working_calendar import WorkingCalendar


class ClaimGroup(StrEnum):
    """The groups that a person looks for."""

    OPEN = "open"
    OVER = "over"
    """Open, and the stage in hand is over its standard time."""
    WAITING = "waiting"
    """Open, and the stage in hand waits for somebody."""
    DELIVERED = "delivered"
    """The car is back with its owner; papers or money are still to come."""
    CLOSED = "closed"
    """Closed or withdrawn."""


_STATES: dict[ClaimGroup, tuple[ClaimState, ...]] = {
    ClaimGroup.OPEN: (ClaimState.OPEN,),
    ClaimGroup.OVER: (ClaimState.OPEN,),
    ClaimGroup.WAITING: (ClaimState.OPEN,),
    ClaimGroup.DELIVERED: (ClaimState.DELIVERED,),
    ClaimGroup.CLOSED: (ClaimState.CLOSED, ClaimState.WITHDRAWN),
}


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are wanted; `group` None: all that there ever were."""

    group: ClaimGroup | None = ClaimGroup.OPEN
    text: str = ""


@dataclass(frozen=True, slots=True)
class StageInHand:
    """The stage that a claim is at: names in zh_TW, zh_CN and en, its clock in minutes against its standard, and who holds it."""

    code: str
    names: tuple[str, str, str]
    state: StageState
    minutes: int
    standard: int
    overrun: int
    role: str
    person: str
    since: dt.datetime | None
    """When it could start."""

    def name(self, language: str) -> str:
        """Its name in zh_TW, zh_CN or en."""
        return self.names[{"zh_TW": 0, "zh_CN": 1}.get(language, 2)]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as a line of the list; amounts in fen."""

    claim_id: int
    number: str
    state: ClaimState
    kind: ClaimKind
    severity: Severity
    vehicle_id: int
    plate: str
    plate_colour: str
    customer: str
    maker: str
    model: str
    insurers: tuple[str, str, str]
    """The insurer's short name in zh_TW, zh_CN and en."""
    specialist: str
    reported_at: dt.datetime
    closed_at: dt.datetime | None
    assessed_amount: int
    approved_amount: int
    paid_amount: int
    order_id: int | None
    """The newest of its orders."""
    in_hand: StageInHand | None
    """None once all stages are done."""

    @property
    def group(self) -> ClaimGroup:
        """The narrowest group that it belongs to."""
        if self.state is ClaimState.OPEN and self.in_hand is not None:
            if self.in_hand.overrun:
                return ClaimGroup.OVER
            if self.in_hand.state is StageState.WAITING:
                return ClaimGroup.WAITING
        return next(group for group, states in _STATES.items() if self.state in states)

    def insurer(self, language: str) -> str:
        """The insurer in zh_TW, zh_CN or en."""
        return self.insurers[{"zh_TW": 0, "zh_CN": 1}.get(language, 2)]

    @property
    def left(self) -> int:
        """What was approved and is not paid yet."""
        return self.approved_amount - self.paid_amount

    def days(self, now: dt.datetime) -> int:
        """Whole days since it was reported, to its closing or to now."""
        return max(0, ((self.closed_at or now) - self.reported_at).days)


def claim_rows(session: Session, wanted: ClaimFilter, now: dt.datetime, after: ClaimRow | None = None, limit: int = 100) -> list[ClaimRow]:
    """A page after the row `after`: open ones from the oldest on, the others from the newest."""
    oldest_first = wanted.group is not None and _STATES[wanted.group] == (ClaimState.OPEN,)
    if wanted.group in (ClaimGroup.OVER, ClaimGroup.WAITING):
        # What a clock says is worked out, not stored: of the open claims, which a shop can count, all are asked.
        last = (after.reported_at, after.claim_id) if after is not None else None
        every = [row for row in _rows(session, wanted, now, True, None, None) if row.group is wanted.group]
        return [row for row in every if last is None or (row.reported_at, row.claim_id) > last][:limit]
    return _rows(session, wanted, now, oldest_first, after, limit)


def claim_counts(session: Session, wanted: ClaimFilter, now: dt.datetime) -> dict[ClaimGroup, int]:
    """How many each chip would show, the other filters staying as they are. Open claims count as open whether over their time or not."""
    counts = dict.fromkeys(ClaimGroup, 0)
    query = select(Claim.state, func.count()).where(*_conditions(session, replace(wanted, group=None))).group_by(Claim.state)
    for state, count in session.execute(query):
        counts[next(group for group, states in _STATES.items() if state in states)] += count
    if counts[ClaimGroup.OPEN]:
        for row in _rows(session, replace(wanted, group=ClaimGroup.OPEN), now, True, None, None):
            if row.group is not ClaimGroup.OPEN:
                counts[row.group] += 1
    return counts


def claims_over(session: Session, now: dt.datetime) -> int:
    """How many open claims are at a stage that is over its standard time."""
    return claim_counts(session, ClaimFilter(), now)[ClaimGroup.OVER]


def claim_number(session: Session, claim_id: int) -> str:
    """The number that people say of a claim. LookupError (NoResultFound) when there is none."""
    return session.execute(select(Claim.number).where(Claim.id == claim_id)).scalar_one()


def _conditions(session: Session, wanted: ClaimFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.group is not None:
        found.append(Claim.state.in_(_STATES[wanted.group]))
    if wanted.text.strip():
        meant = meant_by(session, wanted.text, Claim.vehicle_id, Claim.customer_id)
        said = [meant, Claim.report_number == wanted.text.strip()]
        if number := number_begun(wanted.text, "C"):
            said.append(begins_with(Claim.number, number))
        found.append(or_(*said))
    return found


def _rows(session: Session, wanted: ClaimFilter, now: dt.datetime, oldest_first: bool, after: ClaimRow | None, limit: int | None) -> list[ClaimRow]:
    place = (Claim.reported_at, Claim.id)
    newest_order = select(func.max(WorkOrder.id)).where(WorkOrder.claim_id == Claim.id).correlate(Claim).scalar_subquery()
    query = (
        select(
            Claim.id, Claim.number, Claim.state, Claim.kind, Claim.severity, Claim.vehicle_id, VehiclePlate.plate, VehiclePlate.colour, Customer.name,
            Vehicle.maker, Vehicle.model, Insurer.short_zh_tw, Insurer.short_zh_cn, Insurer.short_en, Claim.insurer_code, Staff.name, Claim.reported_at,
            Claim.closed_at, Claim.assessed_amount, Claim.approved_amount, Claim.paid_amount, newest_order,
        )
        .join(Vehicle, Vehicle.id == Claim.vehicle_id)
        .outerjoin(VehiclePlate, (VehiclePlate.vehicle_id == Vehicle.id) & VehiclePlate.until.is_(None))
        .outerjoin(Customer, Customer.id == Claim.customer_id)
        .outerjoin(Insurer, Insurer.code == Claim.insurer_code)
        .outerjoin(Staff, Staff.id == Claim.specialist_id)
        .where(*_conditions(session, wanted))
        .order_by(*(place if oldest_first else (column.desc() for column in place)))
    )  # fmt: skip
    if limit is not None:
        query = query.limit(limit)
    if after is not None:
        last = (after.reported_at, after.claim_id)
        query = query.where(tuple_(*place) > last if oldest_first else tuple_(*place) < last)
    rows = session.execute(query).all()
    in_hand = stages_in_hand(session, [row[0] for row in rows], now)
    return [
        ClaimRow(
            claim_id=row[0], number=row[1], state=row[2], kind=row[3], severity=row[4], vehicle_id=row[5], plate=row[6] or "", plate_colour=row[7] or "blue",
            customer=row[8] or "", maker=row[9], model=row[10], insurers=(row[11] or row[14], row[12] or row[14], row[13] or row[14]),
            specialist=row[15] or "", reported_at=row[16], closed_at=row[17], assessed_amount=row[18], approved_amount=row[19], paid_amount=row[20],
            order_id=row[21], in_hand=in_hand.get(row[0]),
        )
        for row in rows
    ]  # fmt: skip


def stages_in_hand(session: Session, claim_ids: Sequence[int], now: dt.datetime) -> dict[int, StageInHand]:
    """The stage that each claim is at: the one that holds its delivery up, else the first that is running or could start."""
    if not claim_ids:
        return {}
    calendar = working_calendar(session)
    kinds = {
        code: ((tw, cn, en), tuple(details.get("after", ())))
        for code, tw, cn, en, details in session.execute(
            select(CatalogueEntry.code, CatalogueEntry.name_zh_tw, CatalogueEntry.name_zh_cn, CatalogueEntry.name_en, CatalogueEntry.details).where(
                CatalogueEntry.subject == "claim_stage"
            )
        )
    }
    reported = dict(session.execute(select(Claim.id, Claim.reported_at).where(Claim.id.in_(claim_ids))).all())
    rows: dict[int, list[ClaimStageRow]] = {}
    query = select(ClaimStageRow).where(ClaimStageRow.claim_id.in_(claim_ids)).order_by(ClaimStageRow.claim_id, ClaimStageRow.position, ClaimStageRow.id)
    for row in session.execute(query).scalars():
        rows.setdefault(row.claim_id, []).append(row)
    waits: dict[int, list[Wait]] = {}
    of_stages = [row.id for own in rows.values() for row in own]
    for stage_id, since, until in session.execute(select(ClaimWait.stage_id, ClaimWait.since, ClaimWait.until).where(ClaimWait.stage_id.in_(of_stages))):
        waits.setdefault(stage_id, []).append(Wait(since, until))
    people = dict(session.execute(select(Staff.id, Staff.name)).all())
    found: dict[int, StageInHand] = {}
    for claim_id, own in rows.items():
        read: dict[int, Stage] = {}
        opened: dict[str, dt.datetime] = {}
        for row in own:
            # A stage that opens again does so when what came before has sent it back: at its plan, or when the row before it ended.
            again = opened.get(row.code)
            begun = reported[claim_id] if again is None else row.planned_start_at or row.started_at or again
            read[row.id] = _stage(row, begun, kinds, waits)
            opened[row.code] = row.ended_at or begun
        key = _held_by(list(read.values()), calendar, now)
        if key is None:
            continue
        held = next(row for row in own if row.id == key)
        clock = stages.clock(read[key], list(read.values()), calendar, now)
        names = kinds.get(held.code, ((held.code, held.code, held.code), ()))[0]
        person = held.person or (people.get(held.staff_id, "") if held.staff_id is not None else "")
        found[claim_id] = StageInHand(
            held.code, names, clock.state, clock.minutes, clock.standard, clock.overrun, held.role, person, clock.could_start_at
        )
    return found


def _stage(
    row: ClaimStageRow, opened_at: dt.datetime, kinds: dict[str, tuple[tuple[str, str, str], tuple[str, ...]]], waits: dict[int, list[Wait]]
) -> Stage:
    after = kinds.get(row.code, (("", "", ""), ()))[1]
    return Stage(
        key=row.id, code=row.code, after=after, standard_minutes=row.standard_minutes, opened_at=opened_at, needed=row.needed,
        round_the_clock=row.round_the_clock, started_at=row.started_at, ended_at=row.ended_at, waits=tuple(waits.get(row.id, ())),
    )  # fmt: skip


def _held_by(rows: list[Stage], calendar: WorkingCalendar, now: dt.datetime) -> int | None:
    expected = stages.forecast(rows, calendar, now)
    if expected is not None and expected.held_by is not None:
        return expected.held_by
    return next((stage.key for stage in _in_hand_first(rows) if stage.needed and stage.ended_at is None), None)


def _in_hand_first(rows: Iterable[Stage]) -> list[Stage]:
    return sorted(rows, key=lambda stage: stage.started_at is None)
