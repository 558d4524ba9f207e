"""The lists of the rooms show what the store holds: right rows, right order, pages that join, counts that agree, indexes that are used."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event, text

from db.commands.order_moves import Dispatch, PutToWaiting
from db.commands.order_work import StartWork, StopWork
from db.engine import reading, writing
from db.models import Contact, CustomerPhone, Payment, Policy, WorkOrder
from db.queries.board import BoardFilter, Pressing, board_counts, board_rows, late_orders
from db.queries.cashier import CashFilter, CashGroup, cash_counts, cash_rows, to_settle
from db.queries.claims import ClaimFilter, ClaimGroup, claim_counts, claim_rows, claims_over
from db.queries.follow_ups import FollowUpFilter, Kind, Subject, Until, due_now, follow_up_counts, follow_up_rows
from db.queries.recommendations import RecommendationFilter, Standing, awaited_cars, recommendation_counts, recommendation_rows
from db.rules.ageing import DebtState
from db.rules.order_life import Lane, OrderState, Payer, WaitingFor
from db.rules.record_words import ClaimState, ContactPurpose, PaymentMethod, PolicyKind, RecommendationState, SettlementState, StopReason
from db.rules.stages import StageState
from tests.db import list_records as put

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

    from tests.small_shop import SmallShop


def pages(engine: Engine, fetch: Callable[..., list[Any]], size: int) -> list[Any]:
    """The whole list fetched page by page."""
    found: list[Any] = []
    with reading(engine) as session:
        while True:
            page = fetch(session, after=found[-1] if found else None, limit=size)
            found += page
            if len(page) < size:
                return found


def whole(engine: Engine, fetch: Callable[..., list[Any]]) -> list[Any]:
    """The list at once; it must be the same in pages of one and of two."""
    with reading(engine) as session:
        at_once = fetch(session, limit=1000)
    assert pages(engine, fetch, 1) == at_once == pages(engine, fetch, 2)
    return at_once


def board(shop: SmallShop, **wanted: Any) -> list[Any]:
    return whole(shop.engine, lambda session, **page: board_rows(session, BoardFilter(**wanted), shop.now, **page))


def test_board_shows_open_orders_lane_by_lane(small_shop: SmallShop) -> None:
    (row,) = board(small_shop)
    assert (row.order_id, row.lane, row.plate, row.customer, row.technicians, row.bay) == (small_shop.order, Lane.TO_START, "粤B8K326", "陳志強", (), "")
    small_shop.do(Dispatch(small_shop.order, small_shop.technician, small_shop.bay), small_shop.foreman)
    labour = small_shop.line_ids()[0]
    small_shop.do(StartWork(labour, small_shop.second_technician), small_shop.foreman, 1)
    (row,) = board(small_shop)
    assert (row.lane, row.technicians, row.working, row.bay) == (Lane.IN_PROGRESS, ("阿強", "小馬"), True, "1")
    small_shop.do(StopWork(small_shop.second_technician, StopReason.PARTS), small_shop.foreman, 2)
    small_shop.do(PutToWaiting(small_shop.order, WaitingFor.PARTS), small_shop.foreman, 3)
    (row,) = board(small_shop, lane=Lane.WAITING)
    assert row.waiting_for is WaitingFor.PARTS and not row.working
    assert board(small_shop, lane=Lane.READY) == []
    with reading(small_shop.engine) as session:
        counts = board_counts(session, BoardFilter(lane=Lane.READY), small_shop.now)
        assert (counts.all, counts.lanes[Lane.WAITING], counts.lanes[Lane.READY]) == (1, 1, 0)


def test_board_says_what_is_late_or_promised_within_the_hour(small_shop: SmallShop) -> None:
    promised = small_shop.now + dt.timedelta(minutes=120)
    for minutes, pressing in ((0, None), (60, Pressing.SOON), (120, Pressing.SOON), (121, Pressing.LATE)):
        now = small_shop.now + dt.timedelta(minutes=minutes)
        with reading(small_shop.engine) as session:
            counts = board_counts(session, BoardFilter(), now)
            assert counts.pressing == {each: int(each is pressing) for each in Pressing}
            assert late_orders(session, now) == int(pressing is Pressing.LATE)
            (row,) = board_rows(session, BoardFilter(pressing=frozenset({pressing} - {None})), now)
            assert row.late_at(now) is (now > promised)


@pytest.mark.parametrize("typed", ["8k326", "陈志强", "zhang", "6610", "W261124", "001357", "czq"])
def test_board_is_searched_as_everything_is(small_shop: SmallShop, typed: str) -> None:
    assert len(board(small_shop, text=typed)) == (0 if typed == "zhang" else 1)


def test_a_text_that_means_very_many_still_finds_the_few_of_a_list(small_shop: SmallShop) -> None:
    from db.models import Recommendation
    from db.queries.search import meant_by

    put.add(small_shop, put.recommendation(small_shop), put.recommendation(small_shop, vehicle_id=small_shop.second_vehicle))
    with reading(small_shop.engine) as session:
        for typed in ("粤B8K326", "135", "陳志強"):
            for most in (1, 400):
                meant = session.query(Recommendation.vehicle_id).where(meant_by(session, typed, Recommendation.vehicle_id, most=most)).all()
                assert [tuple(row) for row in meant] == [(small_shop.vehicle,)], (typed, most)
        assert session.query(Recommendation.id).where(meant_by(session, "粤B", Recommendation.vehicle_id, most=1)).count() == 2


def test_recommendations_wait_from_the_oldest_and_are_remembered_from_the_newest(small_shop: SmallShop) -> None:
    old, new, put_off, done = put.add(
        small_shop,
        put.recommendation(small_shop, found_at=small_shop.now - dt.timedelta(hours=3)),
        put.recommendation(small_shop, RecommendationState.PRESENTED, "換後輪胎", is_safety=False),
        put.recommendation(small_shop, RecommendationState.POSTPONED, order_id=small_shop.earlier_order),
        put.recommendation(small_shop, RecommendationState.DONE_ELSEWHERE, found_at=small_shop.now - dt.timedelta(days=90)),
    )
    put.add(small_shop, put.decision(small_shop, new, RecommendationState.PRESENTED, 2), put.decision(small_shop, new, RecommendationState.PRESENTED, 0.5))

    def rows(**wanted: Any) -> list[Any]:
        return whole(small_shop.engine, lambda session, **page: recommendation_rows(session, RecommendationFilter(**wanted), **page))

    awaited = rows()
    assert [row.recommendation_id for row in awaited] == [old, new]
    assert (awaited[0].owner, awaited[0].plate, awaited[0].decided_at) == ("陳志強", "粤B8K326", None)
    assert awaited[1].decided_at == small_shop.now - dt.timedelta(hours=0.5) and awaited[1].in_the_house
    assert [row.recommendation_id for row in rows(standing=None)] == [put_off, new, old, done]
    (later,) = rows(standing=Standing.POSTPONED)
    assert not later.in_the_house
    assert [row.recommendation_id for row in rows(safety_only=True)] == [old]
    assert [row.recommendation_id for row in rows(text="輪胎")] == [new] and rows(text="100%") == []
    with reading(small_shop.engine) as session:
        counts = recommendation_counts(session, RecommendationFilter(Standing.CLOSED))
        assert counts == {Standing.AWAITED: 2, Standing.ACCEPTED: 0, Standing.POSTPONED: 1, Standing.DECLINED: 0, Standing.CLOSED: 1}
        assert awaited_cars(session) == 1


def test_claims_say_at_which_stage_they_are_and_what_is_over_its_time(small_shop: SmallShop) -> None:
    late, early, back = put.add(
        small_shop, put.claim(small_shop, "C261118-01", days=6), put.claim(small_shop, "C261124-01", days=0),
        put.claim(small_shop, "C261001-01", ClaimState.DELIVERED, 54),
    )  # fmt: skip
    reported = small_shop.now - dt.timedelta(days=6)
    put.add(
        small_shop,
        put.stage(late, "report", 0, 15, round_the_clock=True, started_at=reported, ended_at=reported + dt.timedelta(minutes=10)),
        put.stage(late, "survey", 1, 120, started_at=reported + dt.timedelta(minutes=30), person="黎俊"),
        put.stage(early, "report", 0, 15, round_the_clock=True),
    )

    def rows(group: ClaimGroup | None = ClaimGroup.OPEN, words: str = "") -> list[Any]:
        return whole(small_shop.engine, lambda session, **page: claim_rows(session, ClaimFilter(group, words), small_shop.now, **page))

    first, second = rows()
    assert (first.claim_id, first.days(small_shop.now), first.insurer("zh_TW"), first.customer) == (late, 6, "人保財險", "黃麗雯")
    assert (first.in_hand.code, first.in_hand.name("en"), first.in_hand.state, first.in_hand.person) == ("survey", "Survey", StageState.IN_PROGRESS, "黎俊")
    assert first.in_hand.minutes == first.in_hand.standard + first.in_hand.overrun > 120
    assert (second.in_hand.code, second.in_hand.state, second.group) == ("report", StageState.WAITING, ClaimGroup.WAITING)
    assert [row.claim_id for row in rows(ClaimGroup.OVER)] == [late] and [row.claim_id for row in rows(ClaimGroup.WAITING)] == [early]
    assert [row.claim_id for row in rows(None)] == [early, late, back]
    assert [row.claim_id for row in rows(None, "C261001")] == [back] == [row.claim_id for row in rows(ClaimGroup.DELIVERED)]
    with reading(small_shop.engine) as session:
        assert claim_counts(session, ClaimFilter(None), small_shop.now) == {
            ClaimGroup.OPEN: 2, ClaimGroup.OVER: 1, ClaimGroup.WAITING: 1, ClaimGroup.DELIVERED: 1, ClaimGroup.CLOSED: 0,
        }  # fmt: skip
        assert claims_over(session, small_shop.now) == 1


def test_follow_ups_come_in_the_order_in_which_they_fall_due(small_shop: SmallShop) -> None:
    with writing(small_shop.engine) as session:
        session.query(Contact).delete()  # the call after the earlier visit
    put.add(
        small_shop,
        put.contact(small_shop, -2), put.contact(small_shop, 0, ContactPurpose.AFTER_VISIT), put.contact(small_shop, 3), put.contact(small_shop, 30),
        put.contact(small_shop, -1, done_at=small_shop.now),
        put.promise(small_shop, "送雨刷片一對", None), put.promise(small_shop, "回電報價", 0), put.promise(small_shop, "以後", 40),
        put.policy(small_shop, 27), put.policy(small_shop, 27, PolicyKind.COMPULSORY), put.policy(small_shop, 120, vehicle=small_shop.second_vehicle),
    )  # fmt: skip

    def rows(**wanted: Any) -> list[Any]:
        return whole(small_shop.engine, lambda session, **page: follow_up_rows(session, FollowUpFilter(**wanted), small_shop.now, **page))

    today = rows()
    assert [(row.kind, row.due_on and (row.due_on - put.TODAY).days) for row in today] == [
        (Kind.PROMISE, None), (Kind.RENEWAL, -3), (Kind.CONTACT, -2), (Kind.PROMISE, 0), (Kind.CONTACT, 0),
    ]  # fmt: skip
    assert (today[1].purpose, today[1].insurers[2], today[1].customer, today[1].phone) == ("both", "PICC", "陳志強", "+8613520876610")
    assert len(rows(until=Until.WEEK)) == 6 and len(rows(until=Until.ALL)) == 8
    assert [row.words for row in rows(subject=Subject.PROMISE)] == ["送雨刷片一對", "回電報價"]
    assert [row.kind for row in rows(staff_id=small_shop.advisor)] == [Kind.PROMISE, Kind.PROMISE]
    assert rows(text="黃麗雯") == [] and len(rows(text="陈志强")) == 5
    with reading(small_shop.engine) as session:
        counts = follow_up_counts(session, FollowUpFilter(Subject.OTHER), small_shop.now)
        assert counts.all == 5 == due_now(session, small_shop.now)
        assert {subject: count for subject, count in counts.subjects.items() if count} == {
            Subject.SERVICE: 1, Subject.AFTER_VISIT: 1, Subject.RENEWAL: 1, Subject.PROMISE: 2,
        }  # fmt: skip


@pytest.mark.parametrize(("ends_in", "talked_days_ago", "due"), [
    (91, None, None), (90, None, 0), (61, None, -29), (60, None, 0), (31, 0, None), (31, 29, None), (31, 30, -29), (30, 1, 0), (0, 5, None), (-1, None, None),
])  # fmt: skip
def test_a_renewal_is_due_at_each_step_until_it_was_talked_about(small_shop: SmallShop, ends_in: int, talked_days_ago: int | None, due: int | None) -> None:
    put.add(small_shop, put.policy(small_shop, ends_in))
    if talked_days_ago is not None:
        # Done in the morning of that day by the shop's clock.
        morning = small_shop.now - dt.timedelta(days=talked_days_ago, hours=5)
        put.add(small_shop, put.contact(small_shop, -talked_days_ago, ContactPurpose.RENEWAL, done_at=morning))
    with reading(small_shop.engine) as session:
        rows = follow_up_rows(session, FollowUpFilter(Subject.RENEWAL, Until.ALL), small_shop.now)
    assert [(row.due_on - put.TODAY).days for row in rows if row.due_on] == ([] if due is None else [due])


def test_what_was_missed_for_a_week_is_left_to_the_next_step_but_not_the_last_days(small_shop: SmallShop) -> None:
    found: dict[Until, set[int]] = {}
    for ends_in in range(100):
        put.add(small_shop, put.policy(small_shop, ends_in))
        with reading(small_shop.engine) as session:
            for until in Until:
                rows = follow_up_rows(session, FollowUpFilter(Subject.RENEWAL, until), small_shop.now)
                counted = follow_up_counts(session, FollowUpFilter(Subject.RENEWAL, until), small_shop.now)
                assert counted.subjects[Subject.RENEWAL] == len(rows)
                found.setdefault(until, set()).update((row.until_on - put.TODAY).days for row in rows if row.until_on)
        with writing(small_shop.engine) as session:
            session.query(Policy).delete()
    assert found[Until.TODAY] == {*range(8), *range(24, 31), *range(54, 61), *range(84, 91)}
    assert found[Until.WEEK] == {*range(8), *range(24, 37), *range(54, 67), *range(84, 97)}
    assert found[Until.ALL] == set(range(91))


def test_a_renewed_policy_asks_for_nothing(small_shop: SmallShop) -> None:
    put.add(small_shop, put.policy(small_shop, 20), put.policy(small_shop, 385))
    with reading(small_shop.engine) as session:
        assert follow_up_rows(session, FollowUpFilter(Subject.RENEWAL), small_shop.now) == []


def test_cashier_sees_what_waits_and_what_is_owed_and_for_how_long(small_shop: SmallShop) -> None:
    within, late, bad, dead, paid = put.add(
        small_shop,
        put.settlement(small_shop, "S261114-001", 10, 50_000, due_on=put.TODAY),
        put.settlement(small_shop, "S260801-001", 115, 40_000, due_on=dt.date(2026, 11, 1)),
        put.settlement(small_shop, "S260501-001", 207, 30_000), put.settlement(small_shop, "S250501-001", 572, 20_000),
        put.settlement(small_shop, "S261124-001", 0, 10_000, SettlementState.PAID),
    )  # fmt: skip
    put.add(small_shop, Payment(settlement_id=late, method=PaymentMethod.CASH, amount=15_000, paid_at=small_shop.now))

    def rows(group: CashGroup | None, **wanted: Any) -> list[Any]:
        return whole(small_shop.engine, lambda session, **page: cash_rows(session, CashFilter(group, **wanted), small_shop.now, **page))

    owed = rows(CashGroup.OWED)
    assert [(row.settlement_id, row.debt, row.left, row.days) for row in owed] == [
        (dead, DebtState.DEAD, 20_000, 572), (bad, DebtState.BAD, 30_000, 207), (late, DebtState.OVERDUE, 25_000, 115),
        (within, DebtState.WITHIN_TERM, 50_000, 10),
    ]  # fmt: skip
    assert all(type(row.left) is int for row in owed)
    assert [row.settlement_id for row in rows(CashGroup.OVERDUE)] == [dead, bad, late]
    assert [row.settlement_id for row in rows(CashGroup.BAD)] == [dead, bad]
    assert [(row.settlement_id, row.left) for row in rows(CashGroup.TODAY)] == [(paid, 0)]
    assert len(rows(None)) == 6 and len(rows(None, text="S2605")) == 1 and len(rows(None, payer=Payer.INSURER)) == 0
    with reading(small_shop.engine) as session:
        counts = cash_counts(session, CashFilter(), small_shop.now)
        assert counts.groups == {CashGroup.TO_SETTLE: 0, CashGroup.OWED: 4, CashGroup.OVERDUE: 3, CashGroup.BAD: 2, CashGroup.TODAY: 1}
        assert counts.sums[CashGroup.OWED] == 125_000 and counts.sums[CashGroup.TODAY] == 10_000 and to_settle(session) == 0
    with writing(small_shop.engine) as session:
        session.get_one(WorkOrder, small_shop.order).state = OrderState.READY
    (row,) = rows(CashGroup.TO_SETTLE)
    assert (row.order_id, row.settlement_id, row.payers, row.left) == (small_shop.order, None, (Payer.CUSTOMER,), row.total) and row.total > 0
    with reading(small_shop.engine) as session:
        assert to_settle(session) == 1 and cash_counts(session, CashFilter(), small_shop.now).sums[CashGroup.TO_SETTLE] == row.total


BIG = ("work_order ", "vehicle ", "customer ", "vehicle_plate ", "ownership ", "search_key ", "work_order_line ", "settlement ", "payment ", "contact ",
       "recommendation ", "recommendation_decision ", "policy ", "odometer_reading ", "customer_phone ", "labour_session ")  # fmt: skip


@pytest.mark.parametrize("typed", ["", "8K326"])
def test_no_list_reads_a_whole_table(furnished_sqlite: Any, tmp_path: Any, now: dt.datetime, typed: str) -> None:
    import shutil

    from db.engine import file_url, open_engine

    shutil.copy(furnished_sqlite[0], tmp_path / "shop.db")
    engine = open_engine(file_url(tmp_path / "shop.db"))
    plans: list[str] = []

    def explain(connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if statement.lstrip().startswith("SELECT"):
            for row in connection.connection.driver_connection.execute("EXPLAIN QUERY PLAN " + statement, parameters):
                plans.append(f"{row[3]} | {statement}")

    reads: list[Callable[[Any], Any]] = [
        lambda session: board_rows(session, BoardFilter(text=typed), now),
        lambda session: board_counts(session, BoardFilter(text=typed), now),
        *(partial(recommendation_rows, wanted=RecommendationFilter(standing, text=typed)) for standing in Standing),
        lambda session: claim_rows(session, ClaimFilter(text=typed), now),
        *(partial(follow_up_rows, wanted=FollowUpFilter(until=until, text=typed), now=now) for until in (Until.TODAY, Until.WEEK)),
        lambda session: follow_up_counts(session, FollowUpFilter(text=typed), now),
        *(partial(cash_rows, wanted=CashFilter(group, text=typed), now=now) for group in CashGroup),
        lambda session: cash_counts(session, CashFilter(text=typed), now),
    ]
    with reading(engine) as session:
        session.execute(text("SELECT 1"))
        event.listen(engine, "before_cursor_execute", explain)
        for read in reads:
            read(session)
    engine.dispose()
    assert plans
    scans = [plan for plan in plans if plan.startswith("SCAN ") and f"{plan.split()[1]} " in BIG]
    assert not scans, scans[0]


def test_phones_are_the_first_of_each(small_shop: SmallShop) -> None:
    put.add(small_shop, CustomerPhone(customer_id=small_shop.customer, e164="+8613900000000", typed="139", position=1), put.contact(small_shop, 0))
    with reading(small_shop.engine) as session:
        rows = follow_up_rows(session, FollowUpFilter(Subject.SERVICE), small_shop.now)
    assert [row.phone for row in rows] == ["+8613520876610"]
