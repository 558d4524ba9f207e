"""The moves of an order as commands: each leads where it should, refuses all that is missing at once, and random walks keep the books right."""

from __future__ import annotations

import datetime as dt
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from db.checks import check
from db.commands.check_in import CheckIn, NewCustomer, NewVehicle
from db.commands.order_arranging import SplitBy, SplitLine
from db.commands.order_changes import AddLines, Authorise, ChangeLines, RestoreLines, Withdrawal, WithdrawLines
from db.commands.order_moves import (
    Cancel,
    Deliver,
    Dispatch,
    FinishWork,
    PassCheck,
    PutToWaiting,
    Reassign,
    Resume,
    SendBack,
    SendToCheck,
    Start,
    UndoDispatch,
    WorkAgain,
)
from db.commands.order_settling import Reopen, Settle, ShareValues
from db.commands.order_work import MarkLinesDone, MarkLinesOpen, StartWork, StopWork, TickWash
from db.engine import reading
from db.models import Contact, Customer, History, LabourSession, Payment, QualityCheck, Settlement, WorkOrder, WorkOrderLine
from db.rules.errors import Refusal
from db.rules.money import line_amount, tax_inside
from db.rules.order_life import MOVES, Consent, LineKind, OrderState, Payer, WaitingFor, WorkState
from db.rules.record_words import AuthorisedHow, CheckLevel, PaymentMethod, SettlementState, StopReason

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from db.commands.perform import Command
    from tests.small_shop import SmallShop

CASH = (ShareValues(Payer.CUSTOMER, PaymentMethod.CASH),)


def refused(shop: SmallShop, command: Command, who: int | None = None, minutes: float = 0) -> Refusal:
    with pytest.raises(Refusal) as caught:
        shop.do(command, who, minutes)
    return caught.value


def order(shop: SmallShop, order_id: int | None = None) -> WorkOrder:
    with reading(shop.engine) as session:
        return session.get_one(WorkOrder, shop.order if order_id is None else order_id)


def state(shop: SmallShop) -> OrderState:
    return order(shop).state


def lines(shop: SmallShop, *kinds: LineKind) -> tuple[int, ...]:
    with reading(shop.engine) as session:
        query = select(WorkOrderLine.id).where(WorkOrderLine.order_id == shop.order, WorkOrderLine.kind.in_(kinds))
        return tuple(session.execute(query.order_by(WorkOrderLine.position)).scalars())


def dispatch(shop: SmallShop) -> None:
    shop.do(Dispatch(shop.order, shop.technician, shop.bay), shop.foreman, 1)


def work(shop: SmallShop) -> None:
    """Dispatched, worked on, everything done: in the quality check."""
    dispatch(shop)
    shop.do(MarkLinesDone(lines(shop, LineKind.PART, LineKind.CONSUMABLE)), shop.parts_keeper, 2)
    for number, line_id in enumerate(lines(shop, LineKind.LABOUR)):
        shop.do(StartWork(line_id, shop.technician), shop.technician, 3 + 2 * number)
        shop.do(StopWork(shop.technician, StopReason.DONE), shop.technician, 4 + 2 * number)


def settle(shop: SmallShop) -> None:
    work(shop)
    shop.do(PassCheck(shop.order), shop.foreman, 30)
    shop.do(Settle(shop.order, CASH), shop.cashier, 40)


def test_the_whole_way(small_shop: SmallShop) -> None:
    settle(small_shop)
    assert state(small_shop) is OrderState.SETTLED
    done = small_shop.do(Deliver(small_shop.order, "陳太太"), minutes=50)
    row = order(small_shop)
    assert (row.state, row.delivered_to) == (OrderState.DELIVERED, "陳太太")
    assert row.checked_in_at < row.dispatched_at < row.started_at < row.checked_at == row.ready_at < row.settled_at < row.delivered_at  # type: ignore[operator]
    # Tuesday; three working days later is Friday.
    assert done["call_on"] == "2026-11-27"
    with reading(small_shop.engine) as session:
        call = session.execute(select(Contact).where(Contact.order_id == small_shop.order)).scalar_one()
        assert call.due_on == dt.date(2026, 11, 27)
        verbs = set(session.execute(select(History.verb).where(History.order_id == small_shop.order)).scalars())
    assert {"check_in", "dispatch", "start_work", "stop_work", "mark_lines_done", "pass_check", "settle", "deliver"} <= verbs


def test_a_customer_who_wants_no_calls_gets_none(small_shop: SmallShop) -> None:
    from db.engine import writing

    with writing(small_shop.engine) as session:
        session.get_one(Customer, small_shop.customer).consent_to_call = False
    settle(small_shop)
    assert small_shop.do(Deliver(small_shop.order, "陳志強"), minutes=50)["call_on"] is None


def test_all_that_is_missing_is_said_at_once(small_shop: SmallShop) -> None:
    error = refused(small_shop, Dispatch(small_shop.order, None, None), small_shop.foreman)
    assert (error.code, error.facts["move"], error.facts["missing"]) == ("move_needs", "dispatch", ["technician", "bay"])
    dispatch(small_shop)
    assert refused(small_shop, Cancel(small_shop.order, " ")).facts["missing"] == ["reason"]
    work_lines = lines(small_shop, LineKind.LABOUR)
    small_shop.do(StartWork(work_lines[0], small_shop.technician), small_shop.technician, 2)
    assert refused(small_shop, SendToCheck(small_shop.order), small_shop.foreman).facts["missing"] == ["lines_done", "clocks_stopped"]
    assert refused(small_shop, PutToWaiting(small_shop.order, None), small_shop.foreman).facts["missing"] == ["waiting_for", "clocks_stopped"]


def test_who_may_not_is_told_who_may(small_shop: SmallShop) -> None:
    error = refused(small_shop, Dispatch(small_shop.order, small_shop.technician, small_shop.bay))
    assert error.code == "not_allowed" and error.facts["roles"] == ["foreman", "manager"]
    assert state(small_shop) is OrderState.CHECKED_IN
    small_shop.do(Dispatch(small_shop.order, small_shop.technician, small_shop.bay), approved_by_id=small_shop.foreman)
    assert state(small_shop) is OrderState.DISPATCHED


def test_only_who_works_on_cars_is_given_one(small_shop: SmallShop) -> None:
    assert refused(small_shop, Dispatch(small_shop.order, small_shop.cashier, small_shop.bay), small_shop.foreman).code == "not_a_technician"
    dispatch(small_shop)
    small_shop.do(Reassign(small_shop.order, small_shop.second_technician, small_shop.second_bay), small_shop.foreman)
    assert order(small_shop).technician_id == small_shop.second_technician
    small_shop.do(UndoDispatch(small_shop.order), small_shop.foreman)
    row = order(small_shop)
    assert (row.state, row.technician_id, row.bay_id, row.dispatched_at) == (OrderState.CHECKED_IN, None, None, None)


def test_the_first_clock_starts_and_the_last_line_done_finishes(small_shop: SmallShop) -> None:
    dispatch(small_shop)
    first, *rest = lines(small_shop, LineKind.LABOUR)
    small_shop.do(StartWork(first, small_shop.technician), small_shop.technician, 2)
    assert state(small_shop) is OrderState.IN_PROGRESS and order(small_shop).started_at is not None
    small_shop.do(StopWork(small_shop.technician, StopReason.DONE), small_shop.technician, 3)
    small_shop.do(MarkLinesDone(tuple(rest), small_shop.technician), small_shop.technician, 4)
    assert state(small_shop) is OrderState.IN_PROGRESS
    small_shop.do(MarkLinesDone(lines(small_shop, LineKind.PART, LineKind.CONSUMABLE)), small_shop.parts_keeper, 5)
    assert state(small_shop) is OrderState.QUALITY_CHECK


def test_a_technician_is_on_one_line_at_a_time(small_shop: SmallShop) -> None:
    dispatch(small_shop)
    first, second, *_ = lines(small_shop, LineKind.LABOUR)
    clock = small_shop.do(StartWork(first, small_shop.technician), small_shop.technician, 2)
    assert small_shop.do(StartWork(first, small_shop.technician), small_shop.technician, 2) == clock
    error = refused(small_shop, StartWork(second, small_shop.technician), small_shop.technician, 3)
    assert (error.code, error.facts) == ("technician_busy", {"name": "阿強", "number": small_shop.order_number})
    small_shop.do(StartWork(second, small_shop.technician, stop_other=True), small_shop.technician, 4)
    with reading(small_shop.engine) as session:
        ended, running = session.execute(select(LabourSession).where(LabourSession.line_id.in_((first, second))).order_by(LabourSession.id)).scalars()
        assert (ended.stop_reason, ended.ended_at, running.ended_at) == (StopReason.OTHER_CAR, small_shop.act(minutes=4).at, None)
        assert session.get_one(WorkOrderLine, first).work_state is WorkState.STOPPED


def test_nothing_proposed_is_worked_on(small_shop: SmallShop) -> None:
    dispatch(small_shop)
    (proposed,) = small_shop.do(AddLines(small_shop.order, tuple(small_shop.lines_of("operation", "G03"))))["line_ids"]
    assert refused(small_shop, StartWork(proposed, small_shop.technician), small_shop.technician).code == "line_not_authorised"
    assert refused(small_shop, MarkLinesDone((proposed,)), small_shop.technician).code == "line_not_authorised"


def test_parts_are_handed_out_by_who_keeps_them(small_shop: SmallShop) -> None:
    parts = lines(small_shop, LineKind.PART, LineKind.CONSUMABLE)
    assert refused(small_shop, MarkLinesDone(parts), small_shop.technician).facts["roles"] == ["foreman", "parts", "manager"]
    small_shop.do(MarkLinesDone(parts), small_shop.parts_keeper)
    small_shop.do(MarkLinesOpen(parts), small_shop.parts_keeper)
    with reading(small_shop.engine) as session:
        assert {session.get_one(WorkOrderLine, key).work_state for key in parts} == {WorkState.OPEN}


def test_waiting_names_what_for_and_goes_on(small_shop: SmallShop) -> None:
    dispatch(small_shop)
    first = lines(small_shop, LineKind.LABOUR)[0]
    small_shop.do(StartWork(first, small_shop.technician), small_shop.technician, 2)
    small_shop.do(StopWork(small_shop.technician, StopReason.PARTS), small_shop.technician, 3)
    assert refused(small_shop, PutToWaiting(small_shop.order, WaitingFor.PARTS, small_shop.now), small_shop.foreman, 4).code == "until_in_past"
    until = small_shop.now + dt.timedelta(hours=20)
    small_shop.do(PutToWaiting(small_shop.order, WaitingFor.PARTS, until), small_shop.foreman, 4)
    row = order(small_shop)
    assert (row.state, row.waiting_for, row.waiting_until) == (OrderState.WAITING, WaitingFor.PARTS, until)
    small_shop.do(Resume(small_shop.order), small_shop.foreman, 5)
    row = order(small_shop)
    assert (row.state, row.waiting_for, row.waiting_since) == (OrderState.IN_PROGRESS, None, None)
    small_shop.do(PutToWaiting(small_shop.order, WaitingFor.BAY), small_shop.foreman, 6)
    small_shop.do(StartWork(first, small_shop.technician), small_shop.technician, 7)
    assert state(small_shop) is OrderState.IN_PROGRESS


def test_what_comes_back_from_the_check_is_a_rework(small_shop: SmallShop) -> None:
    work(small_shop)
    first = lines(small_shop, LineKind.LABOUR)[0]
    assert refused(small_shop, SendBack(small_shop.order, ""), small_shop.foreman).facts["missing"] == ["reason"]
    small_shop.do(SendBack(small_shop.order, "機油液位偏低", (first,)), small_shop.foreman, 20)
    row = order(small_shop)
    assert (row.state, row.rework_count) == (OrderState.IN_PROGRESS, 1)
    assert refused(small_shop, FinishWork(small_shop.order), small_shop.foreman, 21).facts["missing"] == ["lines_done"]
    small_shop.do(StartWork(first, small_shop.technician), small_shop.technician, 22)
    small_shop.do(StopWork(small_shop.technician, StopReason.DONE), small_shop.technician, 23)
    small_shop.do(PassCheck(small_shop.order, CheckLevel.SELF), small_shop.technician, 24)
    assert state(small_shop) is OrderState.QUALITY_CHECK
    small_shop.do(PassCheck(small_shop.order, road_test_km=3), small_shop.foreman, 25)
    with reading(small_shop.engine) as session:
        checks = session.execute(select(QualityCheck).where(QualityCheck.order_id == small_shop.order).order_by(QualityCheck.id)).scalars()
        assert [(check.level, check.passed, check.sent_back_for) for check in checks] == [
            (CheckLevel.FINAL, False, "機油液位偏低"), (CheckLevel.SELF, True, None), (CheckLevel.FINAL, True, None),
        ]  # fmt: skip


def test_the_final_check_is_by_another(small_shop: SmallShop) -> None:
    dispatch(small_shop)
    small_shop.do(MarkLinesDone(lines(small_shop, LineKind.PART, LineKind.CONSUMABLE)), small_shop.parts_keeper, 2)
    small_shop.do(MarkLinesDone(lines(small_shop, LineKind.LABOUR)), small_shop.foreman, 3)
    assert state(small_shop) is OrderState.QUALITY_CHECK
    assert refused(small_shop, PassCheck(small_shop.order), small_shop.technician, 4).code == "not_allowed"
    by_another = refused(small_shop, PassCheck(small_shop.order), small_shop.foreman, 4)
    assert (by_another.code, by_another.facts["roles"]) == ("check_by_another", ["foreman", "manager"])
    with pytest.raises(Refusal) as himself:
        small_shop.do(PassCheck(small_shop.order), small_shop.advisor, 5, approved_by_id=small_shop.foreman)
    assert himself.value.facts["missing"] == ["another_checker"]
    # The manager's PIN makes the manager the one who checks.
    small_shop.do(PassCheck(small_shop.order), small_shop.advisor, 5, approved_by_id=small_shop.manager)
    with reading(small_shop.engine) as session:
        assert session.execute(select(QualityCheck.staff_id).where(QualityCheck.order_id == small_shop.order)).scalar() == small_shop.manager


def test_what_is_added_to_a_ready_car_is_worked_on_and_checked_anew(small_shop: SmallShop) -> None:
    work(small_shop)
    small_shop.do(PassCheck(small_shop.order), small_shop.foreman, 30)
    assert refused(small_shop, WorkAgain(small_shop.order), small_shop.foreman).facts["missing"] == ["undone_line"]
    (more,) = small_shop.do(AddLines(small_shop.order, tuple(small_shop.lines_of("part", "BP-F-01"))))["line_ids"]
    small_shop.do(Authorise(small_shop.order, small_shop.seen(more), AuthorisedHow.PHONE, "陳志強"))
    assert refused(small_shop, Settle(small_shop.order, CASH), small_shop.cashier).facts["missing"] == ["lines_done"]
    small_shop.do(WorkAgain(small_shop.order), small_shop.foreman, 31)
    row = order(small_shop)
    assert (row.state, row.checked_at, row.rework_count) == (OrderState.IN_PROGRESS, None, 0)
    small_shop.do(MarkLinesDone((more,)), small_shop.parts_keeper, 32)
    assert state(small_shop) is OrderState.QUALITY_CHECK


def test_each_payer_is_settled_for_his_share(small_shop: SmallShop) -> None:
    diagnosis = lines(small_shop, LineKind.LABOUR)[-1]
    small_shop.do(SplitLine(small_shop.seen(diagnosis)[0], SplitBy.PER_CENT, 3000, Payer.GOODWILL))
    fee = lines(small_shop, LineKind.FEE)[0]
    small_shop.do(ChangeLines(small_shop.seen(fee), {"payer": "warranty"}))
    work(small_shop)
    small_shop.do(PassCheck(small_shop.order), small_shop.foreman, 30)
    assert refused(small_shop, Settle(small_shop.order, ()), small_shop.cashier, 31).facts == {"payer": "customer"}
    done = small_shop.do(Settle(small_shop.order, CASH), small_shop.cashier, 31)
    with reading(small_shop.engine) as session:
        rows = {row.payer: row for row in session.execute(select(Settlement).where(Settlement.order_id == small_shop.order)).scalars()}
        assert set(rows) == {Payer.CUSTOMER, Payer.GOODWILL, Payer.WARRANTY} and len(done["settlements"]) == 3
        for payer, row in rows.items():
            own = session.execute(select(WorkOrderLine).where(WorkOrderLine.settlement_id == row.id)).scalars().all()
            assert all(line.payer is payer for line in own)
            assert (row.total, row.tax) == (sum(line.amount for line in own), sum(tax_inside(line.amount, line.tax_basis_points) for line in own))
        assert (rows[Payer.CUSTOMER].state, rows[Payer.GOODWILL].state) == (SettlementState.PAID, SettlementState.PAID)
        assert (rows[Payer.WARRANTY].state, rows[Payer.WARRANTY].due_on) == (SettlementState.ON_ACCOUNT, dt.date(2027, 2, 24))


def test_more_than_was_agreed_is_not_billed(small_shop: SmallShop) -> None:
    diagnosis = lines(small_shop, LineKind.LABOUR)[-1]
    small_shop.do(ChangeLines(small_shop.seen(diagnosis), {"quantity": 2000}))
    work(small_shop)
    small_shop.do(PassCheck(small_shop.order), small_shop.foreman, 30)
    assert refused(small_shop, Settle(small_shop.order, CASH), small_shop.cashier).facts["missing"] == ["total_agreed"]
    small_shop.do(Authorise(small_shop.order, (), AuthorisedHow.PHONE, "陳志強"))
    small_shop.do(Settle(small_shop.order, CASH), small_shop.cashier)


def test_an_account_beyond_its_limit_needs_a_manager(small_shop: SmallShop) -> None:
    work(small_shop)
    small_shop.do(PassCheck(small_shop.order), small_shop.foreman, 30)
    on_account = Settle(small_shop.order, (ShareValues(Payer.CUSTOMER),))
    error = refused(small_shop, on_account, small_shop.cashier)
    assert error.code == "account_needs_manager" and error.facts["roles"] == ["manager"]
    small_shop.do(on_account, small_shop.cashier, approved_by_id=small_shop.manager)


def test_the_wash_is_ticked_and_taken_back(small_shop: SmallShop) -> None:
    small_shop.do(TickWash(small_shop.order), small_shop.technician)
    assert order(small_shop).washed_at is not None
    small_shop.do(TickWash(small_shop.order, washed=False))
    assert order(small_shop).washed_at is None
    assert refused(small_shop, TickWash(small_shop.earlier_order)).code == "order_fixed"


def test_a_reopened_bill_gives_back_what_was_paid(small_shop: SmallShop) -> None:
    settle(small_shop)
    assert refused(small_shop, Reopen(small_shop.order, "付款方開錯"), small_shop.cashier).facts["roles"] == ["manager"]
    assert refused(small_shop, Reopen(small_shop.order, ""), small_shop.manager).facts["missing"] == ["reason"]
    small_shop.do(Reopen(small_shop.order, "付款方開錯"), small_shop.manager, 41)
    with reading(small_shop.engine) as session:
        row = session.execute(select(Settlement).where(Settlement.order_id == small_shop.order)).scalar_one()
        assert row.state is SettlementState.CANCELLED
        assert sum(session.execute(select(Payment.amount).where(Payment.settlement_id == row.id)).scalars()) == 0
    small_shop.do(Settle(small_shop.order, CASH), small_shop.cashier, 42)
    small_shop.do(Reopen(small_shop.order, "再改"), small_shop.manager, 43)
    small_shop.do(Cancel(small_shop.order, "customer_left"), minutes=44)
    assert state(small_shop) is OrderState.CANCELLED


def test_an_order_seen_before_another_moved_it_is_not_moved(small_shop: SmallShop) -> None:
    version = order(small_shop).version
    small_shop.do(Dispatch(small_shop.order, small_shop.technician, small_shop.bay, version), small_shop.foreman)
    assert refused(small_shop, Cancel(small_shop.order, "no_time", version)).code == "changed_meanwhile"


def test_a_clock_set_back_turns_no_times_round(small_shop: SmallShop) -> None:
    dispatch(small_shop)
    small_shop.do(StartWork(lines(small_shop, LineKind.LABOUR)[0], small_shop.technician), small_shop.technician, -24 * 60)
    small_shop.do(StopWork(small_shop.technician, StopReason.BREAK), small_shop.technician, -24 * 60)
    row = order(small_shop)
    assert row.started_at is not None and row.dispatched_at is not None and row.started_at >= row.dispatched_at


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run the acts side by side, begun at the same moment; what each returned, or its refusal."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        gate.wait()
        try:
            return act()
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_the_last_two_lines_done_at_once_finish_the_work(small_shop: SmallShop) -> None:
    dispatch(small_shop)
    *done_before, first, second = [key for key in small_shop.line_ids() if key not in lines(small_shop, LineKind.FEE)]
    small_shop.do(MarkLinesDone(tuple(done_before)), small_shop.foreman, 2)
    at_once(*(lambda key=key: small_shop.do(MarkLinesDone((key,)), small_shop.foreman, 3) for key in (first, second)))  # type: ignore[misc]
    assert state(small_shop) is OrderState.QUALITY_CHECK


def test_one_technician_is_clocked_on_by_one_of_two(small_shop: SmallShop) -> None:
    dispatch(small_shop)
    first, second, *_ = lines(small_shop, LineKind.LABOUR)
    came = at_once(*(lambda key=key: small_shop.do(StartWork(key, small_shop.technician), small_shop.foreman, 3) for key in (first, second)))  # type: ignore[misc]
    refusals = [each for each in came if isinstance(each, Refusal)]
    assert [refusal.code for refusal in refusals] == ["technician_busy"] and len(came) == 2


def test_two_who_settle_at_once_settle_once(small_shop: SmallShop) -> None:
    work(small_shop)
    small_shop.do(PassCheck(small_shop.order), small_shop.foreman, 30)
    came = at_once(*(lambda: small_shop.do(Settle(small_shop.order, CASH), small_shop.cashier, 40) for _ in range(2)))
    assert sorted(type(each).__name__ for each in came) == ["Refusal", "dict"]
    with reading(small_shop.engine) as session:
        assert len(session.execute(select(Settlement).where(Settlement.order_id == small_shop.order)).scalars().all()) == 1


def test_every_move_has_its_command() -> None:
    from db.commands.check_in import UndoCheckIn

    commands = (CheckIn, UndoCheckIn, Dispatch, UndoDispatch, Start, PutToWaiting, Resume, FinishWork, SendToCheck, SendBack, PassCheck, WorkAgain)
    verbs = {command.verb for command in (*commands, Settle, Reopen, Deliver, Cancel)}
    assert {"wait" if verb == "put_to_waiting" else verb for verb in verbs} == {move.name for move in MOVES}


def check_books(session: Session, order_id: int) -> None:
    """What must hold of an order whatever was done to it."""
    row = session.get_one(WorkOrder, order_id)
    own = session.execute(select(WorkOrderLine).where(WorkOrderLine.order_id == order_id)).scalars().all()
    for line in own:
        assert line.amount == line_amount(line.quantity, line.unit_price, line.discount_basis_points, line.adjustment) >= 0
        clocks = session.execute(select(LabourSession).where(LabourSession.line_id == line.id)).scalars().all()
        assert line.consent is Consent.AUTHORISED or (not clocks and (line.work_state is not WorkState.DONE or line.kind is LineKind.FEE))
        assert (line.work_state is WorkState.WORKING) == any(clock.ended_at is None for clock in clocks)
        assert all(clock.ended_at is None or clock.ended_at >= clock.started_at for clock in clocks)
        assert (line.settlement_id is not None) == (row.state in (OrderState.SETTLED, OrderState.DELIVERED) and line.consent is Consent.AUTHORISED)
        assert line.consent is not Consent.AUTHORISED or line.authorisation_id is not None
    billed = {payer: sum(line.amount for line in own if line.payer is payer and line.consent is Consent.AUTHORISED) for payer in Payer}
    settled = session.execute(select(Settlement).where(Settlement.order_id == order_id, Settlement.state != SettlementState.CANCELLED)).scalars().all()
    if row.state in (OrderState.SETTLED, OrderState.DELIVERED):
        assert {each.payer: each.total for each in settled} == {line.payer: billed[line.payer] for line in own if line.consent is Consent.AUTHORISED}
        assert billed[Payer.CUSTOMER] <= row.agreed_total
    else:
        assert not settled
    for each in session.execute(select(Settlement).where(Settlement.order_id == order_id)).scalars():
        paid = sum(session.execute(select(Payment.amount).where(Payment.settlement_id == each.id)).scalars())
        assert paid == (each.total if each.state is SettlementState.PAID else 0)
    assert (row.state is OrderState.WAITING) == (row.waiting_for is not None)
    if row.state in (OrderState.READY, OrderState.SETTLED, OrderState.DELIVERED):
        assert row.checked_at is not None
    if row.state is OrderState.QUALITY_CHECK:
        assert row.dispatched_at is not None and row.started_at is not None


def walkers() -> list[tuple[str, Callable[[SmallShop, int, random.Random], tuple[Command, int]]]]:
    """Acts that a person may try in any state, legal there or not."""

    def some(shop: SmallShop, order_id: int, chance: random.Random) -> int:
        return chance.choice(shop.line_ids(order_id))

    def seen(shop: SmallShop, order_id: int, chance: random.Random) -> tuple[int, int]:
        return shop.seen(some(shop, order_id, chance))[0]

    def proposed(shop: SmallShop, order_id: int) -> tuple[tuple[int, int], ...]:
        with reading(shop.engine) as session:
            query = select(WorkOrderLine.id, WorkOrderLine.version).where(WorkOrderLine.order_id == order_id, WorkOrderLine.consent == Consent.PROPOSED)
            return tuple((row[0], row[1]) for row in session.execute(query))

    def men(shop: SmallShop, chance: random.Random) -> int:
        return chance.choice((shop.technician, shop.second_technician))

    return [
        ("dispatch", lambda s, o, c: (Dispatch(o, men(s, c), s.bay), s.foreman)),
        ("undo_dispatch", lambda s, o, c: (UndoDispatch(o), s.foreman)),
        ("start", lambda s, o, c: (Start(o), s.technician)),
        ("clock_on", lambda s, o, c: (StartWork(some(s, o, c), men(s, c), c.random() < 0.5), s.technician)),
        ("clock_off", lambda s, o, c: (StopWork(men(s, c), c.choice(list(StopReason))), s.technician)),
        ("labour_done", lambda s, o, c: (MarkLinesDone((some(s, o, c),), s.technician), s.foreman)),
        ("all_done", lambda s, o, c: (MarkLinesDone(tuple(s.line_ids(o)), s.technician), s.foreman)),
        ("reopen_line", lambda s, o, c: (MarkLinesOpen((some(s, o, c),)), s.foreman)),
        ("wait", lambda s, o, c: (PutToWaiting(o, c.choice(list(WaitingFor))), s.foreman)),
        ("resume", lambda s, o, c: (Resume(o), s.foreman)),
        ("finish", lambda s, o, c: (FinishWork(o), s.technician)),
        ("send_to_check", lambda s, o, c: (SendToCheck(o), s.foreman)),
        ("send_back", lambda s, o, c: (SendBack(o, "again", (some(s, o, c),)), s.foreman)),
        ("pass", lambda s, o, c: (PassCheck(o), c.choice((s.foreman, s.manager)))),
        ("work_again", lambda s, o, c: (WorkAgain(o), s.foreman)),
        ("settle", lambda s, o, c: (Settle(o, CASH), s.cashier)),
        ("reopen", lambda s, o, c: (Reopen(o, "why"), s.manager)),
        ("deliver", lambda s, o, c: (Deliver(o, "him"), s.advisor)),
        ("cancel", lambda s, o, c: (Cancel(o, "why" if c.random() < 0.1 else ""), s.advisor)),
        ("add", lambda s, o, c: (AddLines(o, tuple(s.lines_of(*c.choice((("part", "BP-F-01"), ("operation", "G03"), ("package", "PK-BRK")))))), s.advisor)),
        ("authorise", lambda s, o, c: (Authorise(o, proposed(s, o), AuthorisedHow.PHONE, "him"), s.advisor)),
        ("change", lambda s, o, c: (ChangeLines((seen(s, o, c),), {"quantity": c.randint(1, 4000)}), s.manager)),
        ("payer", lambda s, o, c: (ChangeLines((seen(s, o, c),), {"payer": c.choice(list(Payer)).value}), s.advisor)),
        ("split", lambda s, o, c: (SplitLine(seen(s, o, c), SplitBy.PER_CENT, c.randint(1, 9999), c.choice(list(Payer))), s.advisor)),
        ("withdraw", lambda s, o, c: (WithdrawLines((seen(s, o, c),), c.choice(list(Withdrawal)), "price", dt.date(2027, 5, 1)), s.advisor)),
        ("restore", lambda s, o, c: (RestoreLines((seen(s, o, c),)), s.advisor)),
        ("wrong_person", lambda s, o, c: (Dispatch(o, s.technician, s.bay), s.cashier)),
    ]  # fmt: skip


FORWARD = {
    OrderState.CHECKED_IN: ("dispatch",),
    OrderState.DISPATCHED: ("clock_on", "start", "all_done"),
    OrderState.IN_PROGRESS: ("clock_off", "labour_done", "all_done", "authorise", "finish"),
    OrderState.WAITING: ("resume", "clock_on", "labour_done"),
    OrderState.QUALITY_CHECK: ("pass",),
    OrderState.READY: ("settle", "authorise"),
    OrderState.SETTLED: ("deliver", "reopen"),
}
"""Acts that bring a walk on its way, so that it doesn't end where it began."""

_cars = iter(range(10_000))


def new_order(shop: SmallShop) -> int:
    """Another car comes in with a minor service."""
    number = next(_cars)
    check_in = CheckIn(
        odometer_km=1000, promised_at=shop.now + dt.timedelta(hours=3), signed_on_paper=True, new_customer=NewCustomer("走", ("13500000000",)),
        new_vehicle=NewVehicle(plate=f"粤B{number:05d}"), lines=tuple(shop.lines_of("package", "PK-MIN-S")),
    )  # fmt: skip
    return shop.do(check_in)["order_id"]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_random_walks_keep_the_books_right(small_shop: SmallShop, seed: int) -> None:
    chance = random.Random(seed)
    order_id = new_order(small_shop)
    acts = walkers()
    done = 0
    for step in range(40):
        before = order(small_shop, order_id)
        names = FORWARD.get(before.state, ()) if chance.random() < 0.5 else ()
        make = chance.choice([each for name, each in acts if name in names] or [each for _, each in acts])
        command, who = make(small_shop, order_id, chance)
        try:
            small_shop.do(command, who, step)
            done += 1
        except Refusal as error:
            assert error.code
            after = order(small_shop, order_id)
            assert (after.state, after.version) == (before.state, before.version)
        with reading(small_shop.engine) as session:
            check_books(session, order_id)
            running = select(func.count()).select_from(LabourSession).where(LabourSession.ended_at.is_(None)).group_by(LabourSession.technician_id)
            assert all(count == 1 for count in session.execute(running).scalars())
    assert done
    with reading(small_shop.engine) as session:
        assert check(session) == []
    # Clocks of this car do not stand in the way of the next walk's.
    for person in (small_shop.technician, small_shop.second_technician):
        try:
            small_shop.do(StopWork(person, StopReason.END_OF_DAY), small_shop.foreman, 60)
        except Refusal as error:
            assert error.code == "nobody_clocked_on"
