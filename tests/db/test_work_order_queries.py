"""The list of work orders, one order's file, and the history as facts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, event, select, text

from db.commands.order_arranging import SplitBy, SplitLine
from db.commands.order_changes import AddComplaint, AddLines, Authorise, ChangeLines, WithdrawLines
from db.commands.order_moves import Dispatch
from db.commands.order_talks import AddNote
from db.commands.order_work import StartWork
from db.commands.set_aside import Withdrawal
from db.engine import reading, writing
from db.models import HistoryPersonal, WorkOrder, WorkOrderLine
from db.queries.history_words import ERASED, FieldChange, changes_since, order_history, subject_history
from db.queries.order_file import order_file
from db.queries.work_orders import OrderFilter, Period, Pressing, order_counts, order_sums, work_orders
from db.rules.errors import Refusal
from db.rules.order_life import Lane, LineKind, OrderState, Payer, WorkState, legal_moves
from db.rules.record_words import AuthorisedHow

if TYPE_CHECKING:
    from tests.small_shop import SmallShop


def listed(shop: SmallShop, wanted: OrderFilter | None = None, minutes: float = 0, **more: object) -> list[int]:
    with reading(shop.engine) as session:
        rows = work_orders(session, wanted or OrderFilter(), shop.now + dt.timedelta(minutes=minutes), **more)  # type: ignore[arg-type]
    return [row.order_id for row in rows]


@pytest.mark.parametrize("typed", ["8K326", "粤B8K326", "陳志強", "陈志", "czq", "6610", "W261124", "001357"])
def test_an_order_is_found_by_whatever_is_typed(small_shop: SmallShop, typed: str) -> None:
    assert small_shop.order in listed(small_shop, OrderFilter(period=Period.ALL, text=typed))


def test_what_is_typed_and_means_nothing_finds_nothing(small_shop: SmallShop) -> None:
    assert listed(small_shop, OrderFilter(period=Period.ALL, text="xyzzy")) == []


def test_filters_leave_what_they_say(small_shop: SmallShop) -> None:
    assert listed(small_shop) == [small_shop.order]
    assert set(listed(small_shop, OrderFilter(period=Period.ALL))) > {small_shop.order, small_shop.earlier_order}
    assert listed(small_shop, OrderFilter(period=Period.TODAY)) == [small_shop.order]
    assert listed(small_shop, OrderFilter(period=Period.MONTH)) == [small_shop.order]
    for wanted, there in (
        (OrderFilter(lane=Lane.TO_START), True), (OrderFilter(lane=Lane.READY), False), (OrderFilter(advisor_id=small_shop.second_advisor), True),
        (OrderFilter(advisor_id=small_shop.advisor), False), (OrderFilter(payer=Payer.CUSTOMER), True), (OrderFilter(payer=Payer.INSURER), False),
        (OrderFilter(kind="maintenance"), True), (OrderFilter(kind="accident"), False), (OrderFilter(technician_id=small_shop.technician), False),
    ):  # fmt: skip
        assert (listed(small_shop, wanted) == [small_shop.order]) is there, wanted
    small_shop.do(Dispatch(small_shop.order, small_shop.technician, small_shop.bay), small_shop.foreman)
    assert listed(small_shop, OrderFilter(technician_id=small_shop.technician)) == [small_shop.order]


def test_what_is_late_and_over_what_was_agreed_stands_out(small_shop: SmallShop) -> None:
    late, soon, over = (OrderFilter(pressing=which) for which in (Pressing.LATE, Pressing.SOON, Pressing.OVER_AGREED))
    assert (listed(small_shop, late), listed(small_shop, soon)) == ([], [])
    assert (listed(small_shop, late, 80), listed(small_shop, soon, 80)) == ([], [small_shop.order])
    assert (listed(small_shop, late, 121), listed(small_shop, soon, 121)) == ([small_shop.order], [])
    assert listed(small_shop, over) == []
    dear = small_shop.line_ids()[0]
    small_shop.do(ChangeLines(small_shop.seen(dear), {"quantity": 9000}))
    assert listed(small_shop, over) == [small_shop.order]
    with reading(small_shop.engine) as session:
        counts = order_counts(session, OrderFilter(), small_shop.now + dt.timedelta(minutes=121))
    assert counts.open == counts.lanes[Lane.TO_START] == 1 and sum(counts.lanes.values()) == 1
    assert counts.pressing == {Pressing.LATE: 1, Pressing.SOON: 0, Pressing.OVER_AGREED: 1, Pressing.REWORK: 0}


@pytest.mark.parametrize("sort", ["checked_in", "promised", "number"])
@pytest.mark.parametrize("descending", [True, False])
def test_pages_follow_each_other_without_gap_or_double(small_shop: SmallShop, sort: str, descending: bool) -> None:
    wanted = OrderFilter(period=Period.ALL)
    with reading(small_shop.engine) as session:
        whole = work_orders(session, wanted, small_shop.now, sort, descending)
        paged, last = [], None
        while page := work_orders(session, wanted, small_shop.now, sort, descending, last, 1):
            paged += page
            last = page[-1]
    assert paged == whole and len(whole) == 3


def test_sums_are_those_of_the_lines(small_shop: SmallShop) -> None:
    small_shop.do(AddLines(small_shop.order, tuple(small_shop.lines_of("part", "BP-F-01"))))
    with reading(small_shop.engine) as session:
        sums = order_sums(session, OrderFilter(), small_shop.now)
        (row,) = work_orders(session, OrderFilter(), small_shop.now)
        file = order_file(session, small_shop.order)
        assert order_sums(session, OrderFilter(period=Period.ALL), small_shop.now) is None
    assert sums is not None and sums.count == 1
    assert sums.total == row.amount == file.amount == sum(line.amount for line in file.lines)
    assert sums.payers == {total.payer: total.amount for total in file.totals} and sums.proposed == file.totals[0].proposed > 0
    assert row.payers == ("customer",) and row.job_words("en")[0] == "Minor service, semi-synthetic oil"


def test_the_file_says_what_each_move_still_needs(small_shop: SmallShop) -> None:
    with reading(small_shop.engine) as session:
        file = order_file(session, small_shop.order)
    assert [offer.name for offer in file.moves] == [move.name for move in legal_moves(OrderState.CHECKED_IN)]
    dispatch = file.moves[0]
    assert (dispatch.asks, dispatch.missing, dispatch.roles) == (("technician", "bay"), (), ("foreman", "manager"))
    small_shop.do(Dispatch(small_shop.order, small_shop.technician, small_shop.bay), small_shop.foreman)
    labour = next(line for line in file.lines if line.kind is LineKind.LABOUR)
    small_shop.do(StartWork(labour.line_id, small_shop.technician), small_shop.technician, 1)
    with reading(small_shop.engine) as session:
        file = order_file(session, small_shop.order)
    offers = {offer.name: offer for offer in file.moves}
    assert offers["send_to_check"].missing == ("lines_done", "clocks_stopped")
    line = next(line for line in file.lines if line.line_id == labour.line_id)
    assert line.work_state is WorkState.WORKING and [name for name, _ in line.running] == ["阿強"]
    assert (file.technician, file.bay, file.customer_name, file.phone) == ("阿強", "1", "陳志強", "13520876610")
    assert [said.words for said in file.complaints] == ["剎車有異響", "保養"]


def test_an_order_without_work_goes_by_what_the_customer_complains_of(small_shop: SmallShop) -> None:
    small_shop.do(AddComplaint(small_shop.order, "", ("noise",)))
    small_shop.do(WithdrawLines(small_shop.seen(*small_shop.line_ids()), Withdrawal.REFUSED, "太貴"))
    with reading(small_shop.engine) as session:
        (row,) = work_orders(session, OrderFilter(), small_shop.now)
        ticked = order_file(session, small_shop.order).complaints[-1]
    assert row.job_words("en") == ("剎車有異響", "保養", "Noise") and row.job_words("zh_CN")[-1] == "异响"
    assert (ticked.words, ticked.names("zh_TW"), ticked.names("en")) == ("", ("異響",), ("Noise",))


def test_an_order_that_is_not_there(small_shop: SmallShop) -> None:
    with reading(small_shop.engine) as session, pytest.raises(Refusal) as caught:
        order_file(session, 99_999)
    assert caught.value.code == "order_unknown"


def test_history_says_who_changed_what_from_what_to_what(small_shop: SmallShop) -> None:
    with reading(small_shop.engine) as session:
        line = session.get_one(WorkOrderLine, small_shop.line_ids()[0])
    small_shop.do(ChangeLines(((line.id, line.version),), {"unit_price": line.unit_price * 2}))
    with reading(small_shop.engine) as session:
        entry = order_history(session, small_shop.order)[0]
    assert (entry.who, entry.verb, entry.device) == ("林依君", "change_lines", "counter 1")
    (fact,) = entry.facts
    assert fact.about is not None and fact.about.name("en") == line.name_en
    assert FieldChange("unit_price", line.unit_price, line.unit_price * 2) in fact.fields


def test_history_names_people_bays_and_lines(small_shop: SmallShop) -> None:
    small_shop.do(Dispatch(small_shop.order, small_shop.technician, small_shop.bay), approved_by_id=small_shop.foreman)
    small_shop.do(StartWork(small_shop.line_ids()[0], small_shop.technician), small_shop.technician, 1)
    with reading(small_shop.engine) as session:
        start, dispatch, *_ = order_history(session, small_shop.order)
    assert dispatch.approved_by == "羅師傅"
    fact = dispatch.facts[0]
    assert str(getattr(fact.value("technician_id"), "en", "")) == "阿強" and str(getattr(fact.value("bay_id"), "en", "")) == "1"
    assert {fact.subject for fact in start.facts} == {"work_order", "work_order_line", "labour_session"}


def test_an_erased_person_is_gone_from_history_and_the_rest_stays(small_shop: SmallShop) -> None:
    with reading(small_shop.engine) as session:
        before = [fact for entry in subject_history(session, "customer", small_shop.customer) for fact in entry.facts]
    assert before[0].value("name") == "陳志強"
    with writing(small_shop.engine) as session:
        session.execute(delete(HistoryPersonal))
    with reading(small_shop.engine) as session:
        after = [fact for entry in subject_history(session, "customer", small_shop.customer) for fact in entry.facts]
    assert after[0].value("name") is ERASED


def test_a_window_learns_what_another_did_meanwhile(small_shop: SmallShop) -> None:
    with reading(small_shop.engine) as session:
        seen = order_file(session, small_shop.order).seen
        assert changes_since(session, small_shop.order, seen) == []
    line = small_shop.line_ids()[0]
    small_shop.do(ChangeLines(small_shop.seen(line), {"payer": "goodwill"}), small_shop.second_advisor, 1)
    small_shop.do(AddNote(small_shop.order, "客戶在等"), small_shop.second_advisor, 2)
    with reading(small_shop.engine) as session:
        news = changes_since(session, small_shop.order, seen)
    assert [(entry.who, entry.verb) for entry in news] == [("何家欣", "add_note"), ("何家欣", "change_lines")]


def test_history_is_read_page_by_page_without_cutting_a_request(small_shop: SmallShop) -> None:
    small_shop.do(SplitLine(small_shop.seen(small_shop.line_ids()[0])[0], SplitBy.PER_CENT, 2500, Payer.GOODWILL))
    small_shop.do(Authorise(small_shop.order, (), AuthorisedHow.PHONE, "陳志強"))
    with reading(small_shop.engine) as session:
        whole = order_history(session, small_shop.order)
        paged, before = [], None
        while page := order_history(session, small_shop.order, before, 25):
            paged += page
            before = page[-1].last_id
    assert [entry.request_id for entry in paged] == [entry.request_id for entry in whole]
    assert paged == whole


def test_the_open_orders_are_read_by_an_index(small_shop: SmallShop) -> None:
    if small_shop.engine.dialect.name != "sqlite":
        pytest.skip("the plan of a small table says nothing on PostgreSQL")
    query = select(WorkOrder.id).order_by(WorkOrder.checked_in_at.desc(), WorkOrder.id.desc()).limit(50)
    words = query.compile(small_shop.engine, compile_kwargs={"literal_binds": True})
    asked: list[tuple[str, object]] = []

    def listen(_connection: object, _cursor: object, statement: str, parameters: object, *_more: object) -> None:
        asked.append((statement, parameters))

    event.listen(small_shop.engine, "before_cursor_execute", listen)
    with reading(small_shop.engine) as session:
        order_sums(session, OrderFilter(), small_shop.now)
    event.remove(small_shop.engine, "before_cursor_execute", listen)
    with small_shop.engine.connect() as connection:
        plans = [
            " ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asking}", values))  # type: ignore[arg-type]
            for asking, values in asked
            if "work_order" in asking
        ]
    assert plans and all("SEARCH work_order USING" in plan and "ix_work_order_state" in plan for plan in plans)
    with reading(small_shop.engine) as session:
        plan = " ".join(row[3] for row in session.execute(text(f"EXPLAIN QUERY PLAN {words}")))
    assert "USING COVERING INDEX" in plan and "TEMP B-TREE" not in plan
