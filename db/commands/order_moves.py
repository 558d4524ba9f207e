"""The moves of a work order that people make: one command a move of `db.rules.order_life`, with its rights and what it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import select

from db.commands import campaigns
from db.commands.order_access import acting_person, finish_when_done, give_free, locked_order, make_move, not_before, require_one_of, technician
from db.commands.set_aside import take_acceptances_back
from db.models import (
    Bay,
    Contact,
    Customer,
    OrderBelonging,
    QualityCheck,
    Recommendation,
    RecommendationDecision,
    WorkOrder,
    WorkOrderLine,
)
from db.queries.shop import the_shop, working_calendar
from db.rules import order_life
from db.rules.errors import Refusal
from db.rules.order_life import Consent, LineKind, OrderState, WorkState
from db.rules.record_words import CheckLevel, ContactPurpose, ContactWay, RecommendationState
from db.rules.rights import Right, who_may

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from db.commands.act import Act
    from db.rules.order_life import WaitingFor


def _moved(order: WorkOrder) -> dict[str, Any]:
    return {"order_id": order.id, "number": order.number, "state": order.state.value}


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Give an order to a technician and a bay."""

    order_id: int
    technician_id: int | None
    bay_id: int | None
    expected_version: int | None = None
    verb: ClassVar[str] = "dispatch"
    right: ClassVar[Right] = order_life.DISPATCH.right

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: order_unknown, changed_meanwhile, move_not_legal, move_needs, person_left, not_a_technician, bay_closed (name)."""
        order = locked_order(session, self.order_id, self.expected_version)
        _give_to(session, order, self.technician_id, self.bay_id)
        make_move(session, order, "dispatch")
        order.dispatched_at = not_before(order, act.at)
        session.flush()
        return _moved(order)


def _give_to(session: Session, order: WorkOrder, technician_id: int | None, bay_id: int | None) -> None:
    if technician_id is not None:
        order.technician_id = technician(session, technician_id).id
    if bay_id is not None:
        bay = session.get_one(Bay, bay_id)
        if bay.closed_on is not None:
            raise Refusal("bay_closed", name=bay.name)
        order.bay_id = bay.id


@dataclass(frozen=True, slots=True)
class Reassign:
    """Give an order that is in the workshop to another technician or bay."""

    order_id: int
    technician_id: int
    bay_id: int
    expected_version: int | None = None
    verb: ClassVar[str] = "reassign"
    right: ClassVar[Right] = order_life.DISPATCH.right

    def apply(self, session: Session, act: Act) -> dict[str, Any]:  # noqa: ARG002
        """Refusals: order_unknown, changed_meanwhile, move_not_legal, person_left, not_a_technician, bay_closed."""
        order = locked_order(session, self.order_id, self.expected_version)
        if order.state not in (OrderState.DISPATCHED, OrderState.IN_PROGRESS, OrderState.WAITING):
            raise Refusal("move_not_legal", move="dispatch", state=order.state.value)
        _give_to(session, order, self.technician_id, self.bay_id)
        session.flush()
        return _moved(order)


@dataclass(frozen=True, slots=True)
class UndoDispatch:
    """Take an order back from technician and bay while nobody has worked on it."""

    order_id: int
    expected_version: int | None = None
    verb: ClassVar[str] = "undo_dispatch"
    right: ClassVar[Right] = order_life.UNDO_DISPATCH.right

    def apply(self, session: Session, act: Act) -> dict[str, Any]:  # noqa: ARG002
        """Refusals: order_unknown, changed_meanwhile, move_not_legal, move_needs."""
        order = locked_order(session, self.order_id, self.expected_version)
        make_move(session, order, "undo_dispatch")
        order.technician_id = order.bay_id = order.dispatched_at = None
        session.flush()
        return _moved(order)


@dataclass(frozen=True, slots=True)
class Start:
    """Begin an order by hand, where there is nothing to clock on to: parts alone, a sublet."""

    order_id: int
    expected_version: int | None = None
    verb: ClassVar[str] = "start"
    right: ClassVar[Right] = order_life.START.right

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: order_unknown, changed_meanwhile, move_not_legal, move_needs."""
        order = locked_order(session, self.order_id, self.expected_version)
        make_move(session, order, "start")
        order.started_at = not_before(order, act.at)
        finish_when_done(session, order)
        session.flush()
        return _moved(order)


@dataclass(frozen=True, slots=True)
class PutToWaiting:
    """Say that an order can't go on, what it waits for and until when that is expected."""

    order_id: int
    waiting_for: WaitingFor | None
    until: dt.datetime | None = None
    expected_version: int | None = None
    verb: ClassVar[str] = "put_to_waiting"
    right: ClassVar[Right] = order_life.WAIT.right

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: order_unknown, changed_meanwhile, move_not_legal, move_needs, until_in_past."""
        order = locked_order(session, self.order_id, self.expected_version)
        if self.until is not None and self.until <= act.at:
            raise Refusal("until_in_past")
        make_move(session, order, "wait", waiting_for=self.waiting_for, waiting_until=self.until, waiting_since=not_before(order, act.at))
        return _moved(order)


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on with an order that waited."""

    order_id: int
    expected_version: int | None = None
    verb: ClassVar[str] = "resume"
    right: ClassVar[Right] = order_life.RESUME.right

    def apply(self, session: Session, act: Act) -> dict[str, Any]:  # noqa: ARG002
        """Refusals: order_unknown, changed_meanwhile, move_not_legal."""
        order = locked_order(session, self.order_id, self.expected_version)
        make_move(session, order, "resume")
        return _moved(order)


@dataclass(frozen=True, slots=True)
class FinishWork:
    """Say that the work is finished, where it didn't go to the quality check by itself."""

    order_id: int
    expected_version: int | None = None
    verb: ClassVar[str] = "finish_work"
    right: ClassVar[Right] = order_life.FINISH_WORK.right

    def apply(self, session: Session, act: Act) -> dict[str, Any]:  # noqa: ARG002
        """Refusals: order_unknown, changed_meanwhile, move_not_legal, move_needs."""
        order = locked_order(session, self.order_id, self.expected_version)
        make_move(session, order, "finish_work")
        return _moved(order)


@dataclass(frozen=True, slots=True)
class SendToCheck:
    """Send an order to the quality check by the foreman's word, with nothing authorised too."""

    order_id: int
    expected_version: int | None = None
    verb: ClassVar[str] = "send_to_check"
    right: ClassVar[Right] = order_life.SEND_TO_CHECK.right

    def apply(self, session: Session, act: Act) -> dict[str, Any]:  # noqa: ARG002
        """Refusals: order_unknown, changed_meanwhile, move_not_legal, move_needs."""
        order = locked_order(session, self.order_id, self.expected_version)
        make_move(session, order, "send_to_check")
        return _moved(order)


@dataclass(frozen=True, slots=True)
class SendBack:
    """Send an order back from the quality check with what is wrong: a rework, counted. The lines named are open again."""

    order_id: int
    what: str
    line_ids: tuple[int, ...] = ()
    level: CheckLevel = CheckLevel.FINAL
    expected_version: int | None = None
    verb: ClassVar[str] = "send_back"
    right: ClassVar[Right] = order_life.SEND_BACK.right

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: order_unknown, changed_meanwhile, move_not_legal, move_needs, checker_unknown."""
        order = locked_order(session, self.order_id, self.expected_version)
        make_move(session, order, "send_back", reason=bool(self.what.strip()))
        _write_check(session, act, order, self.level, False, sent_back_for=self.what.strip())
        order.rework_count += 1
        for line in session.execute(select(WorkOrderLine).where(WorkOrderLine.order_id == order.id, WorkOrderLine.id.in_(self.line_ids))).scalars():
            if line.consent is Consent.AUTHORISED and line.kind is not LineKind.FEE:
                line.work_state, line.done_at, line.done_by_id = WorkState.OPEN, None, None
        session.flush()
        return _moved(order)


def _write_check(
    session: Session, act: Act, order: WorkOrder, level: CheckLevel, passed: bool, *, sent_back_for: str | None = None, road_test_km: int | None = None
) -> None:
    checker = acting_person(session, act)
    if checker is None:
        raise Refusal("checker_unknown")
    session.add(
        QualityCheck(
            order_id=order.id, level=level, passed=passed, sent_back_for=sent_back_for, road_test_km=road_test_km,
            checked_at=not_before(order, act.at), staff_id=checker,
        )
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PassCheck:
    """Pass a level of the quality check (三檢); the final one makes the car ready, and is made by another than who did the work ⚙."""

    order_id: int
    level: CheckLevel = CheckLevel.FINAL
    road_test_km: int | None = None
    expected_version: int | None = None
    verb: ClassVar[str] = "pass_check"
    right: ClassVar[None] = None

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: order_unknown, changed_meanwhile, not_allowed, move_not_legal, move_needs, checker_unknown; check_by_another (right, roles)
        when all that is missing is another checker, whose PIN makes it his check."""
        require_one_of(session, act, order_life.PASS_CHECK.right if self.level is CheckLevel.FINAL else Right.SELF_CHECK)
        order = locked_order(session, self.order_id, self.expected_version)
        if self.level is not CheckLevel.FINAL:
            if order.state not in (OrderState.IN_PROGRESS, OrderState.QUALITY_CHECK):
                raise Refusal("move_not_legal", move="pass_check", state=order.state.value)
            _write_check(session, act, order, self.level, True, road_test_km=self.road_test_km)
            session.flush()
            return _moved(order)
        try:
            make_move(session, order, "pass_check", checker_id=acting_person(session, act), final_check=True)
        except Refusal as refusal:
            if refusal.facts.get("missing") == ["another_checker"] and act.approved_by_id is None:
                right = order_life.PASS_CHECK.right
                raise Refusal("check_by_another", right=right.value, roles=[role.value for role in who_may(right)]) from refusal
            raise
        _write_check(session, act, order, self.level, True, road_test_km=self.road_test_km)
        order.checked_at = order.ready_at = not_before(order, act.at)
        session.flush()
        return _moved(order)


@dataclass(frozen=True, slots=True)
class WorkAgain:
    """Take a ready car back to work for what was added since; the final check is due anew, and it is no rework."""

    order_id: int
    expected_version: int | None = None
    verb: ClassVar[str] = "work_again"
    right: ClassVar[Right] = order_life.WORK_AGAIN.right

    def apply(self, session: Session, act: Act) -> dict[str, Any]:  # noqa: ARG002
        """Refusals: order_unknown, changed_meanwhile, move_not_legal, move_needs."""
        order = locked_order(session, self.order_id, self.expected_version)
        make_move(session, order, "work_again")
        order.checked_at = order.ready_at = None
        session.flush()
        return _moved(order)


@dataclass(frozen=True, slots=True)
class Deliver:
    """Hand the car over; a call some working days ⚙ later is due, unless the customer wants none.

    Returns {"order_id", "number", "state", "call_on": the day of the call or None}.
    """

    order_id: int
    taken_by: str
    expected_version: int | None = None
    verb: ClassVar[str] = "deliver"
    right: ClassVar[Right] = order_life.DELIVER.right

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: order_unknown, changed_meanwhile, move_not_legal, move_needs."""
        order = locked_order(session, self.order_id, self.expected_version)
        make_move(session, order, "deliver", taken_by=bool(self.taken_by.strip()))
        at = not_before(order, act.at)
        order.delivered_at, order.delivered_to = at, self.taken_by.strip()
        for thing in session.execute(select(OrderBelonging).where(OrderBelonging.order_id == order.id, OrderBelonging.returned_at.is_(None))).scalars():
            thing.returned_at = at
        campaigns.close(session, order, at)
        _close_recommendations(session, act, order)
        call_on = _follow_up(session, act, order, at)
        session.flush()
        return {**_moved(order), "call_on": None if call_on is None else call_on.isoformat()}


def _close_recommendations(session: Session, act: Act, order: WorkOrder) -> None:
    """What was accepted and has left with the car is done here."""
    done = session.execute(
        select(Recommendation)
        .join(WorkOrderLine, WorkOrderLine.recommendation_id == Recommendation.id)
        .where(WorkOrderLine.order_id == order.id, WorkOrderLine.consent == Consent.AUTHORISED, Recommendation.state == RecommendationState.ACCEPTED)
        .distinct()
    ).scalars()
    for recommendation in done:
        recommendation.state = RecommendationState.DONE_HERE
        session.add(
            RecommendationDecision(
                recommendation_id=recommendation.id, order_id=order.id, state=RecommendationState.DONE_HERE, how="", words=recommendation.words,
                measured_value=recommendation.measured_value, price=recommendation.price, decided_at=act.at, staff_id=act.staff_id,
            )
        )  # fmt: skip


def _follow_up(session: Session, act: Act, order: WorkOrder, at: dt.datetime) -> dt.date | None:
    customer = session.get(Customer, order.customer_id) if order.customer_id is not None else None
    if customer is not None and not customer.consent_to_call:
        return None
    shop = the_shop(session)
    due = working_calendar(session).working_days_after(shop.day_of(at), shop.settings.follow_up_working_days)
    session.add(
        Contact(
            customer_id=order.customer_id, vehicle_id=order.vehicle_id, order_id=order.id, purpose=ContactPurpose.AFTER_VISIT, way=ContactWay.PHONE,
            due_on=due, staff_id=order.advisor_id, created_at=act.at,
        )
    )  # fmt: skip
    return due


@dataclass(frozen=True, slots=True)
class Cancel:
    """Call an order off, with a reason of the catalogue's list or in words; its number stays, its papers are void."""

    order_id: int
    reason: str
    expected_version: int | None = None
    verb: ClassVar[str] = "cancel"
    right: ClassVar[Right] = order_life.CANCEL.right

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: order_unknown, changed_meanwhile, move_not_legal, move_needs."""
        order = locked_order(session, self.order_id, self.expected_version)
        make_move(session, order, "cancel", reason=bool(self.reason.strip()))
        order.cancelled_at, order.cancel_reason = not_before(order, act.at), self.reason.strip()
        give_free(session, order)
        take_acceptances_back(session, act, order, session.execute(select(WorkOrderLine).where(WorkOrderLine.order_id == order.id)).scalars())
        session.flush()
        return _moved(order)


__all__ = [
    "Cancel", "Deliver", "Dispatch", "FinishWork", "PassCheck", "PutToWaiting", "Reassign", "Resume", "SendBack", "SendToCheck", "Start", "UndoDispatch",
    "WorkAgain",
]  # fmt: skip
