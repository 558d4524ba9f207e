"""Whom to call: contacts that are due, promises that are open, insurances to renew; one list in the order in which they fall due."""

from __future__ import annotations

import datetime as dt
import heapq
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, exists, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from db.models import Contact, Customer, Insurer, Ownership, Policy, Promise, Staff, Vehicle, VehiclePlate
from db.queries.search import first_phones, meant_by
from db.queries.shop import the_shop, working_calendar
from db.rules.record_words import ContactPurpose, OwnershipRole, PromiseState, VehicleFate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

_P = ContactPurpose

BOTH = "both"
"""The purpose of a renewal that is the compulsory and the commercial policy's."""

_WEEK_DAYS = 6
"""Days from today on that 'the next seven days' reaches."""
_GRACE_DAYS = 6
_LAST_DAYS = 7
_ALWAYS = dt.date(1, 1, 1)
"""The day under which a promise without a day stands: before all others."""


class Kind(StrEnum):
    """What a line of the list comes from, in the order in which those of one day stand."""

    PROMISE = "promise"
    CONTACT = "contact"
    RENEWAL = "renewal"


_KINDS = tuple(Kind)


class Subject(StrEnum):
    """What a call is about, in the groups of the room."""

    SERVICE = "service"
    """Service due, first service, yearly inspection."""
    AFTER_VISIT = "after_visit"
    RENEWAL = "renewal"
    RECOMMENDATION = "recommendation"
    PROMISE = "promise"
    WIN_BACK = "win_back"
    OTHER = "other"
    """A claim, a debt, anything else."""


_PURPOSES: dict[Subject, tuple[ContactPurpose, ...]] = {
    Subject.SERVICE: (_P.SERVICE_DUE, _P.FIRST_SERVICE, _P.INSPECTION),
    Subject.AFTER_VISIT: (_P.AFTER_VISIT,),
    Subject.RENEWAL: (_P.RENEWAL,),
    Subject.RECOMMENDATION: (_P.RECOMMENDATION,),
    Subject.PROMISE: (_P.PROMISE,),
    Subject.WIN_BACK: (_P.WIN_BACK,),
    Subject.OTHER: (_P.CLAIM, _P.DEBT, _P.OTHER),
}


class Until(StrEnum):
    """Up to when."""

    TODAY = "today"
    """Due today or before."""
    WEEK = "week"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class FollowUpFilter:
    """Which are wanted; `subject` None: all of them."""

    subject: Subject | None = None
    until: Until = Until.TODAY
    staff_id: int | None = None
    """Whose they are; None: everybody's."""
    text: str = ""


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """One call to make. `due_on` None: a promise without a day."""

    kind: Kind
    row_id: int
    """Id of the contact, promise or policy."""
    due_on: dt.date | None
    subject: Subject
    purpose: str
    """A `ContactPurpose`, `promise` for what was promised, or the policy's kind; `both` where a car's two policies end on one day."""
    customer_id: int | None
    customer: str
    phone: str
    """E.164, empty where there is none."""
    consent_to_call: bool
    vehicle_id: int | None
    plate: str
    plate_colour: str
    maker: str
    model: str
    words: str
    insurers: tuple[str, str, str]
    """The policy's insurer in zh_TW, zh_CN and en; empty for others."""
    until_on: dt.date | None
    """When the policy ends."""
    staff: str
    order_id: int | None
    claim_id: int | None

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from all others."""
        return (self.kind.value, self.row_id)

    @property
    def place(self) -> tuple[dt.date, int, int]:
        """Its place in the list."""
        return (self.due_on or _ALWAYS, _KINDS.index(self.kind), self.row_id)


@dataclass(frozen=True, slots=True)
class FollowUpCounts:
    """How many each chip would show, the other filters staying as they are."""

    all: int
    subjects: dict[Subject, int]


@dataclass(frozen=True, slots=True)
class _Source:
    """A part of the list: the query of its rows without conditions of its own place, and how a place is compared in it."""

    kind: Kind
    query: Any
    due: Any
    """The column by which it is ordered."""
    key: Any
    conditions: tuple[ColumnElement[bool], ...]
    days_before: int
    """Days that the shown day lies before the column's."""
    read: Callable[[Any], FollowUpRow]


def follow_up_rows(session: Session, wanted: FollowUpFilter, now: dt.datetime, after: FollowUpRow | None = None, limit: int = 100) -> list[FollowUpRow]:
    """A page after the row `after`, from the longest due on."""
    parts: list[list[FollowUpRow]] = []
    for source in _sources(session, wanted, now):
        query = source.query.where(*source.conditions).order_by(source.due, source.key).limit(limit)
        if after is not None:
            query = query.where(_beyond(source, after))
        parts.append([source.read(row) for row in session.execute(query).all()])
    rows = list(heapq.merge(*parts, key=lambda row: row.place))[:limit]
    phones = first_phones(session, {row.customer_id for row in rows if row.customer_id is not None})
    return [replace(row, phone=phones.get(row.customer_id or 0, "")) for row in rows]


def follow_up_counts(session: Session, wanted: FollowUpFilter, now: dt.datetime) -> FollowUpCounts:
    """The counts beside the chips."""
    subjects = dict.fromkeys(Subject, 0)
    for source in _sources(session, replace(wanted, subject=None), now):
        if source.kind is Kind.CONTACT:
            group_of = {purpose: subject for subject, purposes in _PURPOSES.items() for purpose in purposes}
            for purpose, count in session.execute(select(Contact.purpose, func.count()).where(*source.conditions).group_by(Contact.purpose)):
                subjects[group_of[purpose]] += count
        else:
            count = session.execute(select(func.count(source.key)).where(*source.conditions)).scalar_one()
            subjects[Subject.PROMISE if source.kind is Kind.PROMISE else Subject.RENEWAL] += count
    return FollowUpCounts(sum(subjects.values()), subjects)


def due_now(session: Session, now: dt.datetime) -> int:
    """How many calls are due today or before."""
    return follow_up_counts(session, FollowUpFilter(), now).all


def _beyond(source: _Source, after: FollowUpRow) -> ColumnElement[bool]:
    day = after.due_on or _ALWAYS
    edge = day + dt.timedelta(days=source.days_before)
    mine, its = _KINDS.index(source.kind), _KINDS.index(after.kind)
    if mine == its:
        beyond: ColumnElement[bool] = tuple_(source.due, source.key) > (edge, after.row_id)
        return beyond
    later: ColumnElement[bool] = source.due > edge if mine < its else source.due >= edge
    return later


def _sources(session: Session, wanted: FollowUpFilter, now: dt.datetime) -> Iterable[_Source]:
    shop = the_shop(session)
    today = shop.day_of(now)
    last = {Until.TODAY: today, Until.WEEK: today + dt.timedelta(days=_WEEK_DAYS), Until.ALL: None}[wanted.until]
    if wanted.subject is None or wanted.subject is Subject.PROMISE:
        yield _promises(session, wanted, last)
    yield _contacts(session, wanted, last)
    if wanted.staff_id is None and (wanted.subject is None or wanted.subject is Subject.RENEWAL):
        yield from _renewals(session, wanted, today, shop.settings.renewal_days)


def _car(query: Any, vehicle_id: Any) -> Any:
    return query.outerjoin(Vehicle, Vehicle.id == vehicle_id).outerjoin(
        VehiclePlate, and_(VehiclePlate.vehicle_id == Vehicle.id, VehiclePlate.until.is_(None))
    )


_CAR = (VehiclePlate.plate, VehiclePlate.colour, Vehicle.maker, Vehicle.model)


def _contacts(session: Session, wanted: FollowUpFilter, last: dt.date | None) -> _Source:
    conditions: list[ColumnElement[bool]] = [Contact.done_at.is_(None), Contact.due_on.is_not(None)]
    if last is not None:
        conditions.append(Contact.due_on <= last)
    if wanted.subject is not None:
        conditions.append(Contact.purpose.in_(_PURPOSES[wanted.subject]))
    if wanted.staff_id is not None:
        conditions.append(Contact.staff_id == wanted.staff_id)
    if wanted.text.strip():
        conditions.append(meant_by(session, wanted.text, Contact.vehicle_id, Contact.customer_id))
    columns = (
        Contact.id, Contact.due_on, Contact.purpose, Contact.customer_id, Customer.name, Customer.consent_to_call, Contact.vehicle_id, *_CAR,
        Contact.words, Staff.name, Contact.order_id, Contact.claim_id,
    )  # fmt: skip
    query = _car(select(*columns).select_from(Contact), Contact.vehicle_id)
    query = query.outerjoin(Customer, Customer.id == Contact.customer_id).outerjoin(Staff, Staff.id == Contact.staff_id)
    group_of = {purpose: subject for subject, purposes in _PURPOSES.items() for purpose in purposes}

    def read(row: Any) -> FollowUpRow:
        return FollowUpRow(
            Kind.CONTACT, row[0], row[1], group_of[row[2]], row[2].value, row[3], row[4] or "", "", row[5] is not False, row[6], row[7] or "",
            row[8] or "blue", row[9] or "", row[10] or "", row[11], ("", "", ""), None, row[12] or "", row[13], row[14],
        )  # fmt: skip

    return _Source(Kind.CONTACT, query, Contact.due_on, Contact.id, tuple(conditions), 0, read)


def _promises(session: Session, wanted: FollowUpFilter, last: dt.date | None) -> _Source:
    due = func.coalesce(Promise.until_on, _ALWAYS, type_=Promise.until_on.type)
    conditions: list[ColumnElement[bool]] = [Promise.state == PromiseState.OPEN]
    if last is not None:
        conditions.append(due <= last)
    if wanted.staff_id is not None:
        conditions.append(Promise.staff_id == wanted.staff_id)
    if wanted.text.strip():
        conditions.append(meant_by(session, wanted.text, Promise.vehicle_id, Promise.customer_id))
    columns = (
        Promise.id, Promise.until_on, Promise.customer_id, Customer.name, Customer.consent_to_call, Promise.vehicle_id, *_CAR, Promise.words, Staff.name,
        Promise.order_id,
    )  # fmt: skip
    query = _car(select(*columns).select_from(Promise), Promise.vehicle_id)
    query = query.outerjoin(Customer, Customer.id == Promise.customer_id).outerjoin(Staff, Staff.id == Promise.staff_id)

    def read(row: Any) -> FollowUpRow:
        return FollowUpRow(
            Kind.PROMISE, row[0], row[1], Subject.PROMISE, "promise", row[2], row[3] or "", "", row[4] is not False, row[5], row[6] or "",
            row[7] or "blue", row[8] or "", row[9] or "", row[10], ("", "", ""), None, row[11] or "", row[12], None,
        )  # fmt: skip

    return _Source(Kind.PROMISE, query, due, Promise.id, tuple(conditions), 0, read)


def _renewals(session: Session, wanted: FollowUpFilter, today: dt.date, first_step: int) -> Iterable[_Source]:
    """Policies that end soon, due at three steps (90, 60 and 30 days before their end) until somebody has talked about it since the step.

    A call that was missed for a week is left to the next step, unless the policy ends within a week; all of them are told with `Until.ALL`.
    """
    calendar = working_calendar(session)
    steps = sorted({first_step, first_step * 2 // 3, first_step // 3} - {0})
    for nearer, step in zip((-1, *steps), steps, strict=False):
        if wanted.until is Until.ALL:
            low, high = nearer + 1, step
        else:
            low, high = max(step - _GRACE_DAYS, nearer + 1), step + (_WEEK_DAYS if wanted.until is Until.WEEK else 0)
        bounds = and_(Policy.until_on >= today + dt.timedelta(days=low), Policy.until_on <= today + dt.timedelta(days=high))
        first = low
        if nearer < 0:
            first = 0
            bounds = or_(bounds, and_(Policy.until_on >= today, Policy.until_on <= today + dt.timedelta(days=_LAST_DAYS)))
        # The shop's zone is not the store's: when each day of the step began is told to it.
        ends = [today + dt.timedelta(days=days) for days in range(first, high + 1)]
        begun = case({end: calendar.moment(end - dt.timedelta(days=step)) for end in ends}, value=Policy.until_on)
        whole = (Policy.until_on >= ends[0], Policy.until_on <= ends[-1])
        yield _renewal(session, wanted, step, (*whole, bounds), begun)


def _renewal(session: Session, wanted: FollowUpFilter, step: int, bounds: tuple[ColumnElement[bool], ...], begun: Any) -> _Source:
    later, twin, car = aliased(Policy), aliased(Policy), aliased(Vehicle)
    same_day = (twin.vehicle_id == Policy.vehicle_id, twin.until_on == Policy.until_on)
    conditions = [
        *bounds,
        exists().where(car.id == Policy.vehicle_id, car.fate == VehicleFate.KEPT, car.merged_into_id.is_(None)),
        ~exists().where(later.vehicle_id == Policy.vehicle_id, later.kind == Policy.kind, later.until_on > Policy.until_on),
        ~exists().where(*same_day, twin.id < Policy.id),
        # An open call about it stands in the list by itself; a made one is enough until the next step.
        ~exists().where(
            Contact.vehicle_id == Policy.vehicle_id,
            Contact.purpose == ContactPurpose.RENEWAL,
            or_(and_(Contact.done_at.is_(None), Contact.due_on.is_not(None)), Contact.done_at >= begun),
        ),
    ]
    if wanted.text.strip():
        conditions.append(meant_by(session, wanted.text, Policy.vehicle_id))
    columns = (
        Policy.id, Policy.until_on, Policy.kind, exists().where(*same_day, twin.id != Policy.id), Customer.id, Customer.name, Customer.consent_to_call,
        Policy.vehicle_id, *_CAR, Insurer.short_zh_tw, Insurer.short_zh_cn, Insurer.short_en, Policy.insurer_code,
    )  # fmt: skip
    query = _car(select(*columns).select_from(Policy), Policy.vehicle_id)
    query = query.outerjoin(Insurer, Insurer.code == Policy.insurer_code)
    query = query.outerjoin(Ownership, and_(Ownership.vehicle_id == Vehicle.id, Ownership.role == OwnershipRole.OWNER, Ownership.until.is_(None)))
    query = query.outerjoin(Customer, Customer.id == Ownership.customer_id)

    def read(row: Any) -> FollowUpRow:
        return FollowUpRow(
            Kind.RENEWAL, row[0], row[1] - dt.timedelta(days=step), Subject.RENEWAL, BOTH if row[3] else row[2].value, row[4], row[5] or "", "",
            row[6] is not False, row[7], row[8] or "", row[9] or "blue", row[10] or "", row[11] or "", "",
            (row[12] or row[15], row[13] or row[15], row[14] or row[15]), row[1], "", None, None,
        )  # fmt: skip

    return _Source(Kind.RENEWAL, query, Policy.until_on, Policy.id, tuple(conditions), step, read)
