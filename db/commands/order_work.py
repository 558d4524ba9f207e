"""Work on the lines of an order: clocks on and off, what is said to be done, parts handed out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import func, select

from db.commands.order_access import acting_person, finish_when_done, locked_order, make_move, not_before, refuse_fixed, require_one_of, technician
from db.commands.order_changes import order_of_line
from db.models import LabourSession, WorkOrder, WorkOrderLine
from db.queries.order_facts import standing_of
from db.rules import authorisation, order_life
from db.rules.errors import Refusal
from db.rules.order_life import Consent, LineKind, OrderState, WorkState
from db.rules.record_words import StopReason
from db.rules.rights import Right

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from db.commands.act import Act

_CLOCKED_IN = (OrderState.DISPATCHED, OrderState.IN_PROGRESS, OrderState.WAITING)
_HANDED_OUT_IN = (OrderState.CHECKED_IN, *_CLOCKED_IN, OrderState.QUALITY_CHECK)
_RIGHTS = {
    LineKind.LABOUR: Right.CLOCK_AND_INSPECT,
    LineKind.SUBLET: Right.CLOCK_AND_INSPECT,
    LineKind.PART: Right.PARTS,
    LineKind.CONSUMABLE: Right.PARTS,
    LineKind.FEE: Right.CHECK_IN,
}


def _line_to_work_on(session: Session, line_id: int, wanted: WorkState) -> tuple[WorkOrder, WorkOrderLine]:
    """The line and its order, locked, when its work may become `wanted`; a line that is so already is let through."""
    order = order_of_line(session, line_id)
    refuse_fixed(order)
    line = session.get_one(WorkOrderLine, line_id, populate_existing=True)
    if line.work_state is not wanted or line.consent is not Consent.AUTHORISED:
        authorisation.check_work(standing_of(line), wanted)
    return order, line


def _running_on(session: Session, line_id: int) -> list[LabourSession]:
    return list(
        session.execute(select(LabourSession).where(LabourSession.line_id == line_id, LabourSession.ended_at.is_(None)).order_by(LabourSession.id)).scalars()
    )


@dataclass(frozen=True, slots=True)
class StartWork:
    """Clock a technician on to a line; the first clock starts the order, and one that waited goes on. Returns {"order_id", "session_id"}.

    `stop_other` ends the technician's clock on another line; without it a running one is refused.
    """

    line_id: int
    technician_id: int
    stop_other: bool = False
    verb: ClassVar[str] = "start_work"
    right: ClassVar[Right] = Right.CLOCK_AND_INSPECT

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: order_unknown, order_fixed, line_not_authorised, work_not_possible, move_not_legal, person_left, not_a_technician,
        technician_busy (name, number)."""
        order, line = _line_to_work_on(session, self.line_id, WorkState.WORKING)
        if order.state not in _CLOCKED_IN:
            raise Refusal("move_not_legal", move=order_life.START.name, state=order.state.value)
        person = technician(session, self.technician_id, for_clock=True)
        # A clock set back must not lay two of one person's spans over each other.
        last = session.execute(select(func.max(LabourSession.ended_at)).where(LabourSession.technician_id == person.id)).scalar()
        at = not_before(order, act.at) if last is None else max(not_before(order, act.at), last)
        other = session.execute(select(LabourSession).where(LabourSession.technician_id == person.id, LabourSession.ended_at.is_(None))).scalar_one_or_none()
        if other is not None:
            if other.line_id == line.id:
                return {"order_id": order.id, "session_id": other.id}
            other_line = session.get_one(WorkOrderLine, other.line_id)
            if not self.stop_other:
                number = session.get_one(WorkOrder, other_line.order_id).number
                raise Refusal("technician_busy", name=person.name, number=number)
            _end(session, other, other_line, StopReason.OTHER_CAR, max(at, other.started_at))
        if order.state is OrderState.DISPATCHED:
            make_move(session, order, order_life.START.name)
            order.started_at = at
        elif order.state is OrderState.WAITING:
            make_move(session, order, order_life.RESUME.name)
        clock = LabourSession(line_id=line.id, technician_id=person.id, started_at=at)
        session.add(clock)
        line.work_state, line.done_at, line.done_by_id = WorkState.WORKING, None, None
        if line.technician_id is None:
            line.technician_id = person.id
        session.flush()
        return {"order_id": order.id, "session_id": clock.id}


def _end(session: Session, clock: LabourSession, line: WorkOrderLine, reason: StopReason, at: dt.datetime) -> None:
    clock.ended_at, clock.stop_reason = at, reason
    session.flush()
    if line.work_state is WorkState.WORKING and not _running_on(session, line.id):
        line.work_state = WorkState.STOPPED


@dataclass(frozen=True, slots=True)
class StopWork:
    """Clock a technician off, saying why; 'done' marks the line done unless somebody else is still on it.

    The last authorised line done sends the order to the quality check by itself. Returns {"order_id", "state"}.
    """

    technician_id: int
    reason: StopReason
    verb: ClassVar[str] = "stop_work"
    right: ClassVar[Right] = Right.CLOCK_AND_INSPECT

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: nobody_clocked_on."""
        clock = session.execute(
            select(LabourSession).where(LabourSession.technician_id == self.technician_id, LabourSession.ended_at.is_(None))
        ).scalar_one_or_none()
        if clock is None:
            raise Refusal("nobody_clocked_on")
        order = order_of_line(session, clock.line_id)
        line = session.get_one(WorkOrderLine, clock.line_id, populate_existing=True)
        at = max(act.at, clock.started_at)
        _end(session, clock, line, self.reason, at)
        if self.reason is StopReason.DONE and line.work_state is not WorkState.WORKING:
            line.work_state, line.done_at, line.done_by_id = WorkState.DONE, at, self.technician_id
            finish_when_done(session, order)
        return {"order_id": order.id, "state": order.state.value}


@dataclass(frozen=True, slots=True)
class MarkLinesDone:
    """Say that lines are done: labour and sublets by who did them, parts and consumables by who handed them out.

    `done_by_id` None: the acting person. Labour done without a clock starts the order all the same; the last authorised line done sends
    it to the quality check by itself. Returns {"order_id", "state"}.
    """

    line_ids: tuple[int, ...]
    done_by_id: int | None = None
    verb: ClassVar[str] = "mark_lines_done"
    right: ClassVar[None] = None

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: nothing_chosen, order_unknown, order_fixed, not_allowed, line_not_authorised, work_not_possible, clock_running, move_not_legal."""
        if not self.line_ids:
            raise Refusal("nothing_chosen")
        by = self.done_by_id if self.done_by_id is not None else acting_person(session, act)
        for line_id in self.line_ids:
            order, line = _line_to_work_on(session, line_id, WorkState.DONE)
            require_one_of(session, act, _RIGHTS[line.kind])
            if _running_on(session, line.id):
                raise Refusal("clock_running")
            worked = line.kind in (LineKind.LABOUR, LineKind.SUBLET)
            if order.state not in (_CLOCKED_IN if worked else _HANDED_OUT_IN):
                raise Refusal("move_not_legal", move=order_life.FINISH_WORK.name, state=order.state.value)
            at = not_before(order, act.at)
            if worked and order.state is OrderState.DISPATCHED:
                make_move(session, order, order_life.START.name)
                order.started_at = at
            if line.work_state is not WorkState.DONE:
                line.work_state, line.done_at, line.done_by_id = WorkState.DONE, at, by
        finish_when_done(session, order)
        return {"order_id": order.id, "state": order.state.value}


@dataclass(frozen=True, slots=True)
class MarkLinesOpen:
    """Take 'done' or 'handed out' back while the order is still being worked on; returns {"order_id"}."""

    line_ids: tuple[int, ...]
    verb: ClassVar[str] = "mark_lines_open"
    right: ClassVar[None] = None

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: nothing_chosen, order_unknown, order_fixed, not_allowed, line_not_authorised, work_not_possible, move_not_legal."""
        if not self.line_ids:
            raise Refusal("nothing_chosen")
        for line_id in self.line_ids:
            order, line = _line_to_work_on(session, line_id, WorkState.OPEN)
            require_one_of(session, act, _RIGHTS[line.kind])
            if order.state not in (OrderState.CHECKED_IN, *_CLOCKED_IN):
                raise Refusal("move_not_legal", move=order_life.SEND_BACK.name, state=order.state.value)
            line.work_state, line.done_at, line.done_by_id = WorkState.OPEN, None, None
        session.flush()
        return {"order_id": order.id}


@dataclass(frozen=True, slots=True)
class TickWash:
    """Say that the car is washed, or take that back; returns {"order_id"}."""

    order_id: int
    washed: bool = True
    verb: ClassVar[str] = "tick_wash"
    right: ClassVar[None] = None

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: order_unknown, order_fixed."""
        order = locked_order(session, self.order_id)
        refuse_fixed(order)
        order.washed_at = not_before(order, act.at) if self.washed else None
        session.flush()
        return {"order_id": order.id}
