"""The room Work orders in the whole program, driven by keys, on both stores."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from sqlalchemy import select

from db.commands.order_changes import AddLines, Authorise, ChangeLines
from db.commands.order_moves import Dispatch, PassCheck
from db.commands.order_talks import AddNote, ChangePromisedTime
from db.commands.order_work import MarkLinesDone, StartWork, StopWork
from db.engine import reading
from db.models import Complaint, Contact, History, QualityCheck, Settlement, WorkOrder, WorkOrderLine
from db.queries.order_file import ASKED
from db.queries.work_orders import Period
from db.rules.order_life import MOVES, Consent, LineKind, OrderState, Payer, WaitingFor, WorkState
from db.rules.record_words import AuthorisedHow, RecommendationState, StopReason
from desktop_app.rooms.work_orders.move_acts import WAYS
from tests.desktop.rooms.walks import walk_as as walk_as

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop_app.rooms.work_orders.order_page import OrderPage
    from tests.desktop.whole_program import Walk
    from tests.small_shop import SmallShop

Key = Qt.Key


def order(shop: SmallShop) -> WorkOrder:
    with reading(shop.engine) as session:
        return session.get_one(WorkOrder, shop.order)


def line(shop: SmallShop, line_id: int) -> WorkOrderLine:
    with reading(shop.engine) as session:
        return session.get_one(WorkOrderLine, line_id)


def diagnosis(shop: SmallShop) -> int:
    """The labour line that is in no package."""
    with reading(shop.engine) as session:
        query = select(WorkOrderLine.id).where(WorkOrderLine.order_id == shop.order, WorkOrderLine.kind == LineKind.LABOUR)
        return session.execute(query.where(WorkOrderLine.package_code == "")).scalar_one()


def open_order(walk: Walk) -> OrderPage:
    """From wherever one is to the open order, by keys."""
    walk.control(Key.Key_3)
    room = walk.window.room_widget("work_orders")
    walk.until(lambda: bool(room.list.table.paged.rows), "the list is read")
    walk.rest()
    walk.press(Key.Key_Return)
    walk.until(lambda: room.order is not None and room.order.file is not None and bool(room.order.table.paged.rows), "the order is read")
    walk.rest()
    walk.until(lambda: room.order.table.hasFocus(), "the lines have the focus")
    return room.order


def go_to(walk: Walk, page: OrderPage, line_id: int) -> None:
    """Down the rows until the line is reached."""
    walk.press(Key.Key_Home)
    for _ in range(len(page.table.paged.rows)):
        row = page.selected
        if row is not None and row.what != "package" and row.lines and row.line.line_id == line_id:
            return
        walk.press(Key.Key_Down)
    raise AssertionError("the line is not in the table")


def test_the_list_says_what_is_open_and_finds_while_one_types(walk_as: Callable[..., Walk], small_shop: SmallShop) -> None:
    walk = walk_as(small_shop.advisor)
    walk.control(Key.Key_3)
    room = walk.window.room_widget("work_orders")
    walk.until(lambda: [row.number for row in room.list.table.paged.rows] == [small_shop.order_number], "the open order is listed")
    walk.rest()
    assert room.context_words() == "1 open"
    walk.press(Key.Key_Slash)
    walk.until(lambda: room.list.search.hasFocus(), "the filter has the focus")
    walk.write("錢")
    walk.until(lambda: room.list.table.paged.empty, "nobody of that name was ever here")
    assert room.list.narrowed
    walk.press(Key.Key_Escape)
    walk.until(lambda: len(room.list.table.paged.rows) == 1, "the filters are away")
    assert not room.list.narrowed


def test_a_text_searches_all_orders_whatever_period_stands(walk_as: Callable[..., Walk], small_shop: SmallShop) -> None:
    with reading(small_shop.engine) as session:
        delivered = session.get_one(WorkOrder, small_shop.earlier_order)
        query = select(WorkOrder).where(WorkOrder.customer_id == small_shop.second_customer)
        cancelled = session.execute(query).scalar_one()
    assert (delivered.state, cancelled.state) == (OrderState.DELIVERED, OrderState.CANCELLED)
    walk = walk_as(small_shop.advisor)
    walk.control(Key.Key_3)
    page = walk.window.room_widget("work_orders").list

    def listed(*numbers: str) -> None:
        walk.until(lambda: sorted(row.number for row in page.table.paged.rows) == sorted(numbers), f"{numbers} are listed")
        walk.rest()

    listed(small_shop.order_number)
    for typed, *found in (
        (delivered.number, delivered.number), ("黃麗雯", cancelled.number), ("hlw", cancelled.number), ("陳志強", delivered.number, small_shop.order_number),
    ):  # fmt: skip
        walk.press(Key.Key_Slash)
        walk.until(page.search.hasFocus, "the filter has the focus")
        walk.write(typed)
        listed(*found)
        assert page.wanted.period is Period.ALL and page._period.chosen == "all"
        walk.press(*[Key.Key_Backspace] * len(typed))
        listed(small_shop.order_number)
        assert page.wanted.period is Period.OPEN and not page.narrowed
        page.table.setFocus()
    walk.press(Key.Key_Slash)
    walk.write("陳志強")
    listed(delivered.number, small_shop.order_number)
    page._period.setFocus()
    walk.press(Key.Key_Left)
    listed(small_shop.order_number)
    assert page.wanted.period is Period.MONTH, "another period may be chosen while a text stands, and is seen"
    walk.press(Key.Key_Escape)
    listed(small_shop.order_number)
    assert page.wanted.period is Period.OPEN and not page.narrowed


def test_a_part_is_added_and_authorised_by_keys(walk_as: Callable[..., Walk], small_shop: SmallShop) -> None:
    walk = walk_as(small_shop.advisor)
    page = open_order(walk)
    before = set(small_shop.line_ids())
    walk.press(Key.Key_Insert)
    dialog = walk.dialog("ItemDialog")
    walk.write("BP-F-01")
    walk.until(lambda: bool(dialog.search.results), "the part is found")
    walk.press(Key.Key_Return)
    walk.until(lambda: set(small_shop.line_ids()) != before, "the line is on the order")
    walk.rest()
    assert dialog.search.hasFocus() and dialog.search.text() == ""
    walk.press(Key.Key_Escape)
    walk.no_dialog()
    (added,) = set(small_shop.line_ids()) - before
    assert line(small_shop, added).consent is Consent.PROPOSED
    walk.until(lambda: page.selected is not None and bool(page.selected.lines) and page.selected.line.line_id == added, "the new line is selected")
    quantity = [column.key for column in page.table.paged.columns].index("quantity")
    assert page.table.paged.index(page.table.currentIndex().row(), quantity).data() == "1 set"
    walk.press(Key.Key_F4)
    values = walk.dialog("ValuesDialog")
    assert (values.quantity.value, values.quantity.unit) == (1000, "set")
    walk.press(Key.Key_Escape)
    walk.no_dialog()
    walk.press(Key.Key_A)
    dialog = walk.dialog("AuthoriseDialog")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    row = line(small_shop, added)
    assert row.consent is Consent.AUTHORISED and order(small_shop).agreed_total == page.file.totals[0].amount  # type: ignore[union-attr]
    assert walk.toast() == "陳志強 agreed"


def test_the_payer_is_changed_and_changed_back(walk_as: Callable[..., Walk], small_shop: SmallShop) -> None:
    walk = walk_as(small_shop.advisor)
    page = open_order(walk)
    wanted = diagnosis(small_shop)
    go_to(walk, page, wanted)
    walk.press(Key.Key_P)
    walk.dialog("ListDialog")
    walk.press(Key.Key_5)
    walk.no_dialog()
    walk.until(lambda: line(small_shop, wanted).payer is Payer.GOODWILL, "goodwill pays")
    walk.rest()
    assert page.selected is not None and page.selected.line.payer is Payer.GOODWILL
    walk.control(Key.Key_Z)
    walk.until(lambda: line(small_shop, wanted).payer is Payer.CUSTOMER, "the customer pays again")
    walk.rest()
    walk.control(Key.Key_Y)
    walk.until(lambda: line(small_shop, wanted).payer is Payer.GOODWILL, "goodwill pays after all")
    walk.rest()
    with reading(small_shop.engine) as session:
        verbs = session.execute(select(History.verb).where(History.order_id == small_shop.order, History.subject_id == wanted).order_by(History.id)).scalars()
        assert list(verbs)[-3:] == ["change_lines"] * 3


def test_a_package_is_paid_by_one_payer(walk_as: Callable[..., Walk], small_shop: SmallShop) -> None:
    walk = walk_as(small_shop.advisor)
    page = open_order(walk)
    walk.press(Key.Key_Home)
    while page.selected is None or page.selected.what != "package":
        walk.press(Key.Key_Down)
    walk.press(Key.Key_P)
    walk.dialog("ListDialog")
    walk.press(Key.Key_2)
    walk.no_dialog()
    with reading(small_shop.engine) as session:
        own = select(WorkOrderLine.payer).where(WorkOrderLine.order_id == small_shop.order, WorkOrderLine.package_code != "")
        walk.until(lambda: set(session.execute(own).scalars()) == {Payer.WARRANTY}, "the maker pays the whole package")


def test_a_discount_over_the_limit_is_given_with_a_managers_leave(walk_as: Callable[..., Walk], small_shop: SmallShop) -> None:
    walk = walk_as(small_shop.advisor)
    page = open_order(walk)
    wanted = diagnosis(small_shop)
    go_to(walk, page, wanted)
    walk.press(Key.Key_F4)
    walk.dialog("ValuesDialog")
    walk.press(Key.Key_Return, Key.Key_Return)
    walk.write("10")
    walk.press(Key.Key_F8)
    walk.until(lambda: bool(walk.window.panels), "leave is asked for")
    assert "Discount over the limit" in [label.text() for label in walk.window.panels[-1].findChildren(QLabel)], "and what for"
    walk.leave()
    walk.no_dialog()
    row = line(small_shop, wanted)
    assert row.discount_basis_points == 1000
    with reading(small_shop.engine) as session:
        last = session.execute(select(History).where(History.subject_id == wanted).order_by(History.id.desc()).limit(1)).scalar_one()
        assert (last.staff_id, last.approved_by_id) == (small_shop.advisor, small_shop.manager)


def test_a_refused_leave_brings_the_form_back_with_what_was_typed(walk_as: Callable[..., Walk], small_shop: SmallShop) -> None:
    walk = walk_as(small_shop.advisor)
    page = open_order(walk)
    wanted = diagnosis(small_shop)
    go_to(walk, page, wanted)
    walk.press(Key.Key_F4)
    walk.dialog("ValuesDialog")
    walk.press(Key.Key_Return, Key.Key_Return)
    walk.write("10")
    walk.press(Key.Key_F8)
    walk.until(lambda: bool(walk.window.panels), "leave is asked for")
    walk.press(Key.Key_Escape)
    dialog = walk.dialog("ValuesDialog")
    assert dialog.discount.value == 1000 and dialog.field("discount").state == "bad"
    walk.press(Key.Key_Escape)
    walk.no_dialog()
    assert line(small_shop, wanted).discount_basis_points == 0


def test_a_wrong_figure_is_marked_at_its_field(walk_as: Callable[..., Walk], small_shop: SmallShop) -> None:
    walk = walk_as(small_shop.advisor)
    page = open_order(walk)
    go_to(walk, page, diagnosis(small_shop))
    walk.press(Key.Key_F4)
    dialog = walk.dialog("ValuesDialog")
    walk.write("dear")
    walk.press(Key.Key_F8)
    assert dialog.isVisible() and dialog.field("price").state == "bad" and dialog.price.hasFocus()
    walk.press(Key.Key_Escape)
    walk.no_dialog()


def test_a_line_is_taken_off_brought_back_and_refused(walk_as: Callable[..., Walk], small_shop: SmallShop) -> None:
    from db.models import Recommendation

    walk = walk_as(small_shop.advisor)
    page = open_order(walk)
    wanted = diagnosis(small_shop)
    go_to(walk, page, wanted)
    walk.press(Key.Key_Delete)
    walk.dialog("WithdrawDialog")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    walk.until(lambda: line(small_shop, wanted).consent is Consent.WITHDRAWN, "the line is off")
    walk.rest()
    walk.control(Key.Key_Z)
    walk.until(lambda: line(small_shop, wanted).consent is Consent.AUTHORISED, "the line is back")
    walk.rest()
    go_to(walk, page, wanted)
    walk.press(Key.Key_Delete)
    dialog = walk.dialog("WithdrawDialog")
    dialog.how.setFocus()
    walk.press(Key.Key_Up)
    walk.press(Key.Key_F8)
    assert dialog.isVisible() and dialog.field("reason").state == "bad", "a refusal wants its reason"
    walk.press(Key.Key_Down, Key.Key_F8)
    walk.no_dialog()
    walk.until(lambda: line(small_shop, wanted).consent is Consent.DECLINED, "the line is refused")
    with reading(small_shop.engine) as session:
        remembered = session.execute(select(Recommendation).where(Recommendation.vehicle_id == small_shop.vehicle)).scalar_one()
        assert remembered.state is RecommendationState.DECLINED


def test_a_line_is_split_and_moved(walk_as: Callable[..., Walk], small_shop: SmallShop) -> None:
    walk = walk_as(small_shop.advisor)
    page = open_order(walk)
    wanted = diagnosis(small_shop)
    whole = line(small_shop, wanted).amount
    go_to(walk, page, wanted)
    walk.press(Key.Key_S)
    walk.dialog("SplitDialog")
    walk.write("25")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    walk.until(lambda: line(small_shop, wanted).amount == whole - whole // 4, "three quarters are left")
    part = next(key for key in small_shop.line_ids() if line(small_shop, key).split_from_id == wanted)
    assert line(small_shop, part).payer is Payer.GOODWILL
    walk.rest()
    go_to(walk, page, part)
    walk.control(Key.Key_Up)
    walk.until(lambda: small_shop.line_ids().index(part) < small_shop.line_ids().index(wanted), "the part stands above the rest")
    walk.rest()


def test_what_is_missing_is_listed_at_once_each_with_its_way(walk_as: Callable[..., Walk], small_shop: SmallShop) -> None:
    small_shop.do(Dispatch(small_shop.order, small_shop.technician, small_shop.bay), small_shop.foreman, -50)
    small_shop.do(StartWork(diagnosis(small_shop), small_shop.technician), small_shop.technician, -40)
    walk = walk_as(small_shop.foreman)
    open_order(walk)
    walk.press(Key.Key_F8)
    dialog = walk.dialog("ListDialog")
    assert [item.words for item in dialog.list._items] == ["1  all authorised lines done", "2  every clock stopped"]
    walk.press(Key.Key_2)
    walk.dialog("ClockOffDialog")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    walk.until(lambda: line(small_shop, diagnosis(small_shop)).work_state is WorkState.DONE, "the clock has stopped and the line is done")


def test_what_can_not_be_had_any_more_leads_to_who_did_it(walk_as: Callable[..., Walk], small_shop: SmallShop) -> None:
    small_shop.do(Dispatch(small_shop.order, small_shop.technician, small_shop.bay), small_shop.foreman, -50)
    small_shop.do(StartWork(diagnosis(small_shop), small_shop.technician), small_shop.technician, -40)
    small_shop.do(StopWork(small_shop.technician, StopReason.BREAK), small_shop.technician, -30)
    walk = walk_as(small_shop.foreman)
    page = open_order(walk)
    page.show_missing("undo_dispatch", ("nobody_worked",))
    dialog = walk.dialog("ListDialog")
    assert [item.words for item in dialog.list._items] == ["1  an order that nobody has worked on yet"]
    if page.panel.is_open:
        page.panel.close_panel()
    walk.press(Key.Key_Return)
    walk.no_dialog()
    assert page.panel.is_open and page.history.isAncestorOf(walk.window.focusWidget())


def test_every_need_of_a_move_has_a_way_or_is_asked_for() -> None:
    needs = {need for move in MOVES if move.name != "check_in" for need in move.needs} - ASKED
    assert needs == set(WAYS)
    assert all(WAYS.values())


def test_an_order_walks_from_check_in_to_its_owner(walk_as: Callable[..., Walk], small_shop: SmallShop) -> None:
    walk = walk_as(small_shop.foreman)
    page = open_order(walk)

    def state() -> OrderState:
        return order(small_shop).state

    walk.press(Key.Key_F8)
    dialog = walk.dialog("DispatchDialog")
    walk.press(Key.Key_F8)
    assert dialog.isVisible() and dialog.field("technician").state == "bad"
    walk.press(Key.Key_Down, Key.Key_Down, Key.Key_Return, Key.Key_Down, Key.Key_F8)
    walk.no_dialog()
    walk.until(lambda: state() is OrderState.DISPATCHED, "dispatched")
    walk.rest()
    walk.press(Key.Key_F8)
    walk.dialog("ClockDialog")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    walk.until(lambda: state() is OrderState.IN_PROGRESS, "in work")
    walk.rest()
    technician = order(small_shop).technician_id
    assert technician is not None
    small_shop.do(StopWork(technician, StopReason.DONE), technician, 1)
    small_shop.do(MarkLinesDone(tuple(small_shop.line_ids()), technician), small_shop.foreman, 2)
    walk.control(Key.Key_L)
    walk.until(lambda: bool(walk.window.panels), "locked")
    walk.sign_in(small_shop.manager)
    page = open_order(walk)
    assert page.primary.text() == "Pass the final check"
    walk.press(Key.Key_F8)
    walk.dialog("CheckDialog")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    walk.until(lambda: state() is OrderState.READY, "ready")
    walk.rest()
    assert page.primary.text() == "Tick the wash"
    walk.press(Key.Key_F8)
    walk.until(lambda: order(small_shop).washed_at is not None, "washed")
    walk.rest()
    walk.press(Key.Key_F8)
    walk.dialog("SettleDialog")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    walk.until(lambda: state() is OrderState.SETTLED, "settled")
    walk.rest()
    walk.press(Key.Key_F8)
    walk.dialog("DeliverDialog")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    walk.until(lambda: state() is OrderState.DELIVERED, "handed over")
    walk.rest()
    with reading(small_shop.engine) as session:
        (settlement,) = session.execute(select(Settlement).where(Settlement.order_id == small_shop.order)).scalars()
        assert settlement.total == sum(row.amount for row in (session.get_one(WorkOrderLine, key) for key in small_shop.line_ids()))
        assert session.execute(select(Contact.due_on).where(Contact.order_id == small_shop.order)).scalar() == dt.date(2026, 11, 27)
    assert page.primary.text() == "All orders"


def test_the_cashier_gives_leave_to_settle_at_the_advisors_window(walk_as: Callable[..., Walk], small_shop: SmallShop) -> None:
    small_shop.do(Dispatch(small_shop.order, small_shop.technician, small_shop.bay), small_shop.foreman, -50)
    small_shop.do(MarkLinesDone(tuple(small_shop.line_ids()), small_shop.technician), small_shop.foreman, -40)
    small_shop.do(PassCheck(small_shop.order), small_shop.manager, -30)
    walk = walk_as(small_shop.advisor)
    open_order(walk)
    walk.press(Key.Key_F8)
    walk.until(lambda: order(small_shop).washed_at is not None, "washed")
    walk.rest()
    walk.press(Key.Key_F8)
    walk.dialog("SettleDialog")
    walk.press(Key.Key_F8)
    walk.leave()
    walk.no_dialog()
    assert order(small_shop).state is OrderState.SETTLED


def test_waiting_is_asked_what_for(walk_as: Callable[..., Walk], small_shop: SmallShop) -> None:
    small_shop.do(Dispatch(small_shop.order, small_shop.technician, small_shop.bay), small_shop.foreman, -50)
    small_shop.do(StartWork(diagnosis(small_shop), small_shop.technician), small_shop.technician, -40)
    small_shop.do(StopWork(small_shop.technician, StopReason.PARTS), small_shop.technician, -30)
    walk = walk_as(small_shop.foreman)
    open_order(walk)
    walk.press(Key.Key_F10)
    walk.dialog("ListDialog")
    walk.press(Key.Key_1)
    walk.dialog("WaitDialog")
    walk.press(Key.Key_Tab)
    walk.write("tomorrow 10:00")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    walk.until(lambda: order(small_shop).waiting_for is WaitingFor.PARTS, "the car waits for parts")
    assert order(small_shop).waiting_until == dt.datetime(2026, 11, 25, 2, 0, tzinfo=dt.UTC)


def test_what_another_changed_is_told_and_asked_about(walk_as: Callable[..., Walk], small_shop: SmallShop) -> None:
    walk = walk_as(small_shop.advisor)
    page = open_order(walk)
    wanted = diagnosis(small_shop)
    go_to(walk, page, wanted)
    small_shop.do(ChangeLines(small_shop.seen(wanted), {"payer": "internal"}), small_shop.second_advisor, 1)
    small_shop.do(AddNote(small_shop.order, "客戶在店"), small_shop.second_advisor, 1)
    walk.press(Key.Key_P)
    walk.dialog("ListDialog")
    walk.press(Key.Key_2)
    walk.until(lambda: page.conflict.isVisible(), "the conflict is told")
    walk.rest()
    assert "何家欣 changed the payer of Multi-point inspection from Customer to Internal" in page.conflict.words
    assert line(small_shop, wanted).payer is Payer.INTERNAL, "nothing is overwritten unasked"
    walk.press(Key.Key_Tab, Key.Key_Space)
    walk.until(lambda: line(small_shop, wanted).payer is Payer.WARRANTY, "one's own change was made after being asked")
    walk.rest()
    small_shop.do(ChangeLines(small_shop.seen(wanted), {"payer": "goodwill"}), small_shop.second_advisor, 2)
    walk.press(Key.Key_P)
    walk.dialog("ListDialog")
    walk.press(Key.Key_1)
    walk.until(lambda: page.conflict.isVisible(), "the conflict is told again")
    walk.press(Key.Key_Escape)
    walk.rest()
    assert not page.conflict.isVisible() and line(small_shop, wanted).payer is Payer.GOODWILL


def test_taking_back_what_another_changed_since_is_told_and_asked_about(walk_as: Callable[..., Walk], small_shop: SmallShop) -> None:
    walk = walk_as(small_shop.advisor)
    page = open_order(walk)
    wanted = diagnosis(small_shop)
    go_to(walk, page, wanted)
    for key, payer in ((Key.Key_5, Payer.GOODWILL), (Key.Key_2, Payer.WARRANTY)):
        walk.press(Key.Key_P)
        walk.dialog("ListDialog")
        walk.press(key)
        walk.no_dialog()
        walk.until(lambda payer=payer: line(small_shop, wanted).payer is payer, "another pays")
        walk.rest()
    walk.control(Key.Key_Z)
    walk.until(lambda: line(small_shop, wanted).payer is Payer.GOODWILL, "one's own changes are no conflict")
    walk.rest()
    small_shop.do(ChangeLines(small_shop.seen(wanted), {"payer": "internal"}), small_shop.second_advisor, 2)
    walk.control(Key.Key_Z)
    walk.until(lambda: page.conflict.isVisible(), "the conflict is told before the undoing")
    walk.rest()
    assert "何家欣 changed the payer of Multi-point inspection from Goodwill to Internal" in page.conflict.words
    assert line(small_shop, wanted).payer is Payer.INTERNAL, "nothing is overwritten unasked"
    walk.press(Key.Key_Escape)
    walk.control(Key.Key_Y)
    walk.until(lambda: page.conflict.isVisible(), "nor is it by doing again what was taken back")
    walk.rest()
    assert line(small_shop, wanted).payer is Payer.INTERNAL
    walk.press(Key.Key_Tab, Key.Key_Space)
    walk.until(lambda: line(small_shop, wanted).payer is Payer.WARRANTY, "made after being asked")
    walk.rest()


def test_another_promise_since_is_not_taken_back_unasked(walk_as: Callable[..., Walk], small_shop: SmallShop) -> None:
    walk = walk_as(small_shop.advisor)
    page = open_order(walk)
    before = order(small_shop).promised_at
    walk.press(Key.Key_T)
    walk.dialog("PromiseDialog")
    walk.write("17:30")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    walk.until(lambda: order(small_shop).promised_at != before, "promised for half past five")
    walk.rest()
    other = order(small_shop).promised_at + dt.timedelta(minutes=30)
    small_shop.do(ChangePromisedTime(small_shop.order, other), small_shop.second_advisor, 2)
    walk.control(Key.Key_Z)
    walk.until(lambda: page.conflict.isVisible(), "the conflict is told before the undoing")
    walk.rest()
    assert order(small_shop).promised_at == other and "何家欣" in page.conflict.words
    walk.press(Key.Key_Tab, Key.Key_Space)
    walk.until(lambda: order(small_shop).promised_at == before, "taken back after being asked")
    walk.rest()


def test_two_windows_see_each_others_changes(walk_as: Callable[..., Walk], small_shop: SmallShop) -> None:
    walk = walk_as(small_shop.advisor)
    page = open_order(walk)
    (added,) = small_shop.do(AddLines(small_shop.order, tuple(small_shop.lines_of("operation", "G03"))), small_shop.second_advisor)["line_ids"]
    done = small_shop.done(Authorise(small_shop.order, small_shop.seen(added), AuthorisedHow.PHONE, "陳志強"), small_shop.second_advisor)
    walk.program.runner.records_changed.emit(done.subjects)
    walk.until(lambda: page.file is not None and any(row.line_id == added for row in page.file.lines), "the other's line is shown")
    walk.rest()


def test_notes_talks_complaints_and_the_promised_time(walk_as: Callable[..., Walk], small_shop: SmallShop) -> None:
    walk = walk_as(small_shop.advisor)
    page = open_order(walk)
    walk.press(Key.Key_M)
    walk.write("鑰匙在前台 key 2")
    walk.press(Key.Key_Return)
    walk.until(lambda: order(small_shop).note == "鑰匙在前台 key 2", "the note is kept")
    walk.rest()
    walk.until(lambda: bool(page.loaded and page.loaded.history[0].verb == "add_note"), "the history tells it")
    page.table.setFocus()
    walk.press(Key.Key_K)
    walk.dialog("TalkDialog")
    walk.write("今天五點來取")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    with reading(small_shop.engine) as session:
        walk.until(lambda: session.execute(select(Contact.words).where(Contact.order_id == small_shop.order)).scalars().all() == ["今天五點來取"], "kept")
    walk.press(Key.Key_T)
    walk.dialog("PromiseDialog")
    walk.write("17:30")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    walk.until(lambda: order(small_shop).promised_at == dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC), "promised for half past five")
    walk.rest()
    page.lines.complain()
    walk.dialog("WordsDialog")
    walk.write("空調不冷")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    with reading(small_shop.engine) as session:
        walk.until(lambda: "空調不冷" in session.execute(select(Complaint.words)).scalars().all(), "the complaint is written down")


@pytest.mark.parametrize("language", ["zh_TW", "zh_CN", "en"])
def test_every_dialog_opens_and_leaves_by_escape_in_a_small_window(walk_as: Callable[..., Walk], small_shop: SmallShop, language: str) -> None:
    walk = walk_as(small_shop.advisor, language=language, size=(1280, 720))
    page = open_order(walk)
    go_to(walk, page, diagnosis(small_shop))
    assert not page.panel.is_open
    acts = (
        page.more.open, page.lines.add, page.lines.change, page.lines.payer, page.lines.authorise, page.lines.withdraw, page.lines.split,
        page.lines.to_complaint, page.lines.complain, page.lines.technician, page.moves.promise, page.moves.talk, page.moves.clock_on,
        lambda: page.moves.make("dispatch"), lambda: page.moves.make("cancel"),
    )  # fmt: skip
    for act in acts:
        act()
        walk.until(lambda: walk.application.activeModalWidget() is not None and walk.application.focusWidget() is not None, "it opens")
        dialog = walk.application.activeModalWidget()
        walk.until(lambda dialog=dialog: dialog.isAncestorOf(walk.focused), "it has the focus")  # type: ignore[misc]
        assert dialog.height() <= walk.window.height()
        walk.press(Key.Key_Escape)
        walk.no_dialog()
        walk.until(lambda: page.table.hasFocus(), "the focus is back in the lines")
    walk.press(Key.Key_F6, Key.Key_F6)
    walk.until(lambda: page.panel.is_open, "the history opens as a drawer")
    walk.press(Key.Key_Escape)
    walk.until(lambda: not page.panel.is_open, "and closes")
    walk.press(Key.Key_Escape)
    walk.until(lambda: not walk.window.room_widget("work_orders").showing_order, "back in the list")


def test_the_final_check_of_ones_own_work_is_made_with_anothers_pin(walk_as: Callable[..., Walk], small_shop: SmallShop) -> None:
    small_shop.do(Dispatch(small_shop.order, small_shop.technician, small_shop.bay), small_shop.foreman, -50)
    small_shop.do(MarkLinesDone(tuple(small_shop.line_ids())), small_shop.foreman, -40)
    walk = walk_as(small_shop.foreman)
    open_order(walk)
    walk.press(Key.Key_F8)
    walk.dialog("CheckDialog")
    walk.press(Key.Key_F8)
    walk.leave()
    walk.no_dialog()
    assert order(small_shop).state is OrderState.READY
    with reading(small_shop.engine) as session:
        assert session.execute(select(QualityCheck.staff_id).where(QualityCheck.order_id == small_shop.order)).scalar() == small_shop.manager


def test_a_scanned_part_becomes_a_line(walk_as: Callable[..., Walk], small_shop: SmallShop) -> None:
    walk = walk_as(small_shop.advisor)
    page = open_order(walk)
    before = set(small_shop.line_ids())
    walk.desk.take_scan("BP-F-01")
    walk.until(lambda: set(small_shop.line_ids()) != before, "the part is on the order")
    walk.rest()
    (added,) = set(small_shop.line_ids()) - before
    assert line(small_shop, added).code == "BP-F-01"
    walk.until(lambda: page.selected is not None and bool(page.selected.lines) and page.selected.line.line_id == added, "its line is selected")
    walk.desk.take_scan("6901234567892")
    walk.until(lambda: "6901234567892" in walk.toast(), "an unknown code is said")
    walk.rest()


def test_files_become_pictures_of_the_order(walk_as: Callable[..., Walk], small_shop: SmallShop, tmp_path: Path) -> None:
    from PIL import Image

    photo, empty, scan = tmp_path / "右前門 1.png", tmp_path / "empty.jpg", tmp_path / "保單.pdf"
    Image.new("RGB", (600, 400), "red").save(photo)
    empty.write_bytes(b"")
    scan.write_bytes(b"%PDF-1.4 a scan")
    walk = walk_as(small_shop.technician)
    page = open_order(walk)
    page.papers.attach_files([str(photo), str(scan)])
    walk.until(lambda: page.file is not None and len(page.file.attachments) == 2, "both are kept")
    walk.rest()
    assert {row.file_name for row in page.file.attachments} == {"右前門 1.png", "保單.pdf"}  # type: ignore[union-attr]
    page.papers.attach_files([str(empty)])
    walk.until(lambda: walk.window.notices.history[-1].kind == "bad", "what is no picture is said")
    page.papers.attach_files([str(tmp_path / "gone.jpg")])
    walk.until(lambda: "gone.jpg" in walk.toast(), "what is not there is said")
    walk.rest()
    page.tabs.setFocus()
    walk.press(Key.Key_Right, Key.Key_Tab)
    walk.until(lambda: page.parts.pictures.hasFocus(), "the pictures have the focus")
    picture = next(row for row in page.file.attachments if row.media_type == "image/jpeg")  # type: ignore[union-attr]
    page.parts.pictures.select_key(picture.attachment_id)
    walk.press(Key.Key_Return)
    walk.dialog("Dialog")
    walk.press(Key.Key_Escape)
    walk.no_dialog()


def test_from_the_list_f10_leads_to_the_acts_and_an_undone_check_in_to_its_form(walk_as: Callable[..., Walk], small_shop: SmallShop) -> None:
    walk = walk_as(small_shop.second_advisor)
    walk.control(Key.Key_3)
    room = walk.window.room_widget("work_orders")
    walk.until(lambda: bool(room.list.table.paged.rows), "the list is read")
    walk.rest()
    walk.press(Key.Key_F10)
    dialog = walk.dialog("ListDialog")
    assert "Dispatch" in dialog.list._items[0].words
    walk.press(Key.Key_Down, Key.Key_Down, Key.Key_Return)
    walk.until(lambda: order(small_shop).state is OrderState.CANCELLED, "the check-in is undone")
    check_in = walk.window.room_widget("check_in")
    walk.until(lambda: walk.window.room_key == "check_in" and check_in.in_form, "its form is in front")
    walk.rest()
    assert check_in._form.vehicle_id == small_shop.vehicle
    assert order(small_shop).cancel_reason == "undone"
