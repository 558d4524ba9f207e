"""How commands come to an order and its lines: locked against others, seen as the window last saw them, and moved by the rules."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from db.commands.perform import rights_held
from db.models import CampaignVehicle, PaperPrint, Staff, Voucher, WorkOrder, WorkOrderLine
from db.queries.order_facts import order_facts, standing_of
from db.rules import authorisation, order_life
from db.rules.errors import Refusal
from db.rules.order_life import Consent, OrderState, WorkState
from db.rules.record_words import VoucherState
from db.rules.rights import Right, Role, who_may

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from db.commands.act import Act
    from db.rules.order_life import Move

SeenLine = tuple[int, int]
"""A line's id, and the version of it that the person saw."""

_FIXED = (OrderState.SETTLED, OrderState.DELIVERED, OrderState.CANCELLED)


def locked_order(session: Session, order_id: int, expected_version: int | None = None) -> WorkOrder:
    """The order, kept from other writers until the commit. Refusals: order_unknown; changed_meanwhile (order_id) when it is no longer what was seen."""
    order = session.get(WorkOrder, order_id, with_for_update=True, populate_existing=True)
    if order is None:
        raise Refusal("order_unknown")
    if expected_version is not None and order.version != expected_version:
        raise Refusal("changed_meanwhile", order_id=order_id)
    return order


def refuse_fixed(order: WorkOrder) -> None:
    """Refusal order_fixed (number, state) once the order is settled, delivered or cancelled."""
    if order.state in _FIXED:
        raise Refusal("order_fixed", number=order.number, state=order.state.value)


def seen_lines(session: Session, lines: Sequence[SeenLine]) -> tuple[WorkOrder, list[WorkOrderLine]]:
    """The order, locked, and its lines. Refusals: order_unknown, nothing_chosen, order_fixed, changed_meanwhile (order_id, line_id)."""
    if not lines:
        raise Refusal("nothing_chosen")
    order_id = session.execute(select(WorkOrderLine.order_id).where(WorkOrderLine.id == lines[0][0])).scalar()
    if order_id is None:
        raise Refusal("order_unknown")
    order = locked_order(session, order_id)
    refuse_fixed(order)
    rows = []
    for line_id, version in lines:
        line = session.get(WorkOrderLine, line_id, populate_existing=True)
        if line is None or line.order_id != order.id:
            raise Refusal("order_unknown")
        if line.version != version:
            raise Refusal("changed_meanwhile", order_id=order.id, line_id=line_id)
        rows.append(line)
    return order, rows


def require_one_of(session: Session, act: Act, *rights: Right) -> None:
    """Refusal not_allowed (right, roles) unless the act has one of these rights."""
    held = rights_held(session, act)
    if held.isdisjoint(rights):
        roles = [role.value for role in Role if any(role in who_may(right) for right in rights)]
        raise Refusal("not_allowed", right=rights[0].value, roles=roles)


def not_before(order: WorkOrder, at: dt.datetime) -> dt.datetime:
    """The moment of the act, but never before what the order has behind it: a clock set back doesn't turn an order's times round."""
    known = (order.checked_in_at, order.dispatched_at, order.started_at, order.checked_at, order.ready_at, order.settled_at)
    return max(at, *(moment for moment in known if moment is not None))


def make_move(
    session: Session,
    order: WorkOrder,
    name: str,
    checker_id: int | None = None,
    waiting_until: dt.datetime | None = None,
    waiting_since: dt.datetime | None = None,
    **given: Any,
) -> Move:
    """Make a move of the order's life; `given` are the facts that the person said. Refusals: move_not_legal, move_needs."""
    session.flush()
    facts = replace(order_facts(session, order, checker_id), **given)
    move = order_life.check_move(name, order.state, facts)
    # The store holds a waiting order and what it waits for together: both change at once.
    order.state = move.to_state
    waits = move.to_state is OrderState.WAITING
    order.waiting_for = facts.waiting_for if waits else None
    order.waiting_until, order.waiting_since = (waiting_until, waiting_since) if waits else (None, None)
    session.flush()
    return move


def finish_when_done(session: Session, order: WorkOrder) -> bool:
    """Send the order to the quality check by itself when its last authorised line is done; tells whether it went."""
    if order.state not in order_life.FINISH_WORK.from_states:
        return False
    session.flush()
    if order_life.missing_for(order_life.FINISH_WORK, order_facts(session, order)):
        return False
    make_move(session, order, order_life.FINISH_WORK.name)
    return True


def agree(line: WorkOrderLine, authorisation_id: int, at: dt.datetime) -> None:
    """Put the payer's yes on a line; a fee is done at once. Refusal consent_not_possible."""
    authorisation.check_consent(standing_of(line), Consent.AUTHORISED)
    line.consent, line.authorisation_id = Consent.AUTHORISED, authorisation_id
    line.work_state = authorisation.work_state_when_authorised(line.kind)
    line.done_at = at if line.work_state is WorkState.DONE else None


def technician(session: Session, staff_id: int, for_clock: bool = False) -> Staff:
    """The person, if he works on cars here; `for_clock` keeps others from clocking him on meanwhile.

    Refusals: person_left (name), not_a_technician (name).
    """
    person = session.get_one(Staff, staff_id, with_for_update=for_clock, populate_existing=for_clock)
    if person.left_on is not None:
        raise Refusal("person_left", name=person.name)
    if not {Role.TECHNICIAN.value, Role.FOREMAN.value}.intersection(person.roles):
        raise Refusal("not_a_technician", name=person.name)
    return person


def acting_person(session: Session, act: Act) -> int | None:
    """Who stands for the act: who gave his PIN for it, else who asked, else the one person of a shop where nobody signs in."""
    if act.approved_by_id is not None or act.staff_id is not None:
        return act.approved_by_id if act.approved_by_id is not None else act.staff_id
    here = session.execute(select(Staff.id).where(Staff.left_on.is_(None)).order_by(Staff.position, Staff.id).limit(2)).scalars().all()
    return here[0] if len(here) == 1 else None


def give_free(session: Session, order: WorkOrder) -> None:
    """An order that comes to nothing: its papers are void, its vouchers can be used again, and the campaigns it did are to be done again."""
    for paper in session.execute(select(PaperPrint).where(PaperPrint.order_id == order.id)).scalars():
        paper.void = True
    for voucher in session.execute(select(Voucher).where(Voucher.used_order_id == order.id)).scalars():
        voucher.state, voucher.used_order_id, voucher.used_at = VoucherState.GIVEN, None, None
    for concerned in session.execute(select(CampaignVehicle).where(CampaignVehicle.done_order_id == order.id)).scalars():
        concerned.done_order_id = None
