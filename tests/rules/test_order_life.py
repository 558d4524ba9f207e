"""A work order's life: the table of moves, complete, and what each move needs."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules import order_life
from db.rules.errors import Refusal
from db.rules.order_life import (
    MOVES,
    NEEDS,
    Lane,
    OrderFacts,
    OrderState,
    ShownState,
    WaitingFor,
    check_move,
    is_open,
    lane,
    legal_moves,
    missing_for,
    move_named,
    shown_as,
)
from db.rules.rights import Right, Role, who_may

S = OrderState

EVERYTHING = OrderFacts(
    vehicle=True, someone_to_reach=True, mileage=True, promised_time=True, signature=True, technician=True, bay=True, authorised_lines=2, undone_lines=0,
    waiting_for=WaitingFor.PARTS, final_check=True, taken_by=True, reason=True,
)  # fmt: skip

ARROWS = {
    (None, S.CHECKED_IN): {"check_in"},
    (S.CHECKED_IN, S.DISPATCHED): {"dispatch"},
    (S.DISPATCHED, S.CHECKED_IN): {"undo_dispatch"},
    (S.DISPATCHED, S.IN_PROGRESS): {"start"},
    (S.IN_PROGRESS, S.WAITING): {"wait"},
    (S.WAITING, S.IN_PROGRESS): {"resume"},
    (S.IN_PROGRESS, S.QUALITY_CHECK): {"finish_work", "send_to_check"},
    (S.WAITING, S.QUALITY_CHECK): {"finish_work", "send_to_check"},
    (S.QUALITY_CHECK, S.IN_PROGRESS): {"send_back"},
    (S.QUALITY_CHECK, S.READY): {"pass_check"},
    (S.READY, S.IN_PROGRESS): {"work_again"},
    (S.READY, S.SETTLED): {"settle"},
    (S.SETTLED, S.READY): {"reopen"},
    (S.SETTLED, S.DELIVERED): {"deliver"},
    (S.CHECKED_IN, S.CANCELLED): {"cancel", "undo_check_in"},
    (S.DISPATCHED, S.CANCELLED): {"cancel", "undo_check_in"},
    (S.IN_PROGRESS, S.CANCELLED): {"cancel"},
    (S.WAITING, S.CANCELLED): {"cancel"},
    (S.QUALITY_CHECK, S.CANCELLED): {"cancel"},
    (S.READY, S.CANCELLED): {"cancel"},
}


@pytest.mark.parametrize("start", [None, *OrderState])
@pytest.mark.parametrize("end", OrderState)
def test_every_pair_of_states(start: OrderState | None, end: OrderState) -> None:
    leading = {move.name for move in MOVES if move.to_state is end and (start in move.from_states if start else not move.from_states)}
    assert leading == ARROWS.get((start, end), set())


def test_the_way_of_one_car() -> None:
    road = ["dispatch", "start", "wait", "resume", "finish_work", "send_back", "send_to_check", "pass_check", "settle", "reopen", "settle", "deliver"]
    state = check_move("check_in", None, EVERYTHING).to_state
    for name in road:
        state = check_move(name, state, EVERYTHING).to_state
    assert state is S.DELIVERED


def test_every_state_is_reached_and_only_the_two_closed_ones_are_ends() -> None:
    assert {move.to_state for move in MOVES} == set(OrderState)
    assert {state for state in OrderState if not legal_moves(state)} == {S.DELIVERED, S.CANCELLED} == {state for state in OrderState if not is_open(state)}


def test_from_settled_only_a_manager_reopens_with_a_reason() -> None:
    assert {move.name for move in legal_moves(S.SETTLED)} == {"reopen", "deliver"}
    reopen = move_named("reopen")
    assert who_may(reopen.right) == (Role.MANAGER,)
    assert missing_for(reopen, dataclasses.replace(EVERYTHING, reason=False)) == ("reason",)


def test_what_happens_by_itself() -> None:
    assert {move.name for move in MOVES if move.by_itself} == {"start", "resume", "finish_work"}


@pytest.mark.parametrize(
    ("name", "right"),
    [("check_in", Right.CHECK_IN), ("dispatch", Right.DISPATCH), ("start", Right.CLOCK_AND_INSPECT), ("pass_check", Right.DISPATCH), ("settle", Right.SETTLE),
     ("deliver", Right.DELIVER), ("cancel", Right.CHECK_IN)],
)  # fmt: skip
def test_rights_of_moves(name: str, right: Right) -> None:
    assert move_named(name).right is right


def test_all_that_is_missing_is_named_at_once() -> None:
    assert missing_for(move_named("check_in"), OrderFacts()) == ("vehicle", "someone_to_reach", "mileage", "promised_time", "signature")
    with pytest.raises(Refusal) as refused:
        check_move("pass_check", S.QUALITY_CHECK, OrderFacts(undone_lines=1, clocks_running=1, checker_did_the_work=True))
    assert refused.value.code == "move_needs"
    assert refused.value.facts == {"move": "pass_check", "missing": ["lines_done", "clocks_stopped", "final_check", "another_checker"]}


@pytest.mark.parametrize(
    ("name", "lacking", "need"),
    [
        ("dispatch", {"technician": False}, "technician"),
        ("dispatch", {"bay": False}, "bay"),
        ("start", {"authorised_lines": 0}, "authorised_line"),
        ("wait", {"waiting_for": None}, "waiting_for"),
        ("wait", {"clocks_running": 1}, "clocks_stopped"),
        ("finish_work", {"undone_lines": 1}, "lines_done"),
        ("finish_work", {"authorised_lines": 0}, "authorised_line"),
        ("send_back", {"reason": False}, "reason"),
        ("pass_check", {"checker_did_the_work": True}, "another_checker"),
        ("settle", {"open_shares": 1}, "shares_settled"),
        ("settle", {"total_agreed": False}, "total_agreed"),
        ("deliver", {"taken_by": False}, "taken_by"),
        ("cancel", {"reason": False}, "reason"),
        ("cancel", {"paid": 100}, "nothing_paid"),
        ("undo_check_in", {"times_clocked": 1}, "nobody_worked"),
        ("undo_check_in", {"lines_handed_out": 1}, "nobody_worked"),
        ("undo_dispatch", {"clocks_running": 1}, "nobody_worked"),
    ],
)
def test_what_a_move_needs(name: str, lacking: dict[str, object], need: str) -> None:
    move = move_named(name)
    assert missing_for(move, EVERYTHING) == ()
    assert missing_for(move, dataclasses.replace(EVERYTHING, **lacking)) == (need,)


def test_more_work_once_ready_needs_a_line_to_do() -> None:
    assert missing_for(move_named("work_again"), EVERYTHING) == ("undone_line",)
    assert missing_for(move_named("work_again"), dataclasses.replace(EVERYTHING, undone_lines=1)) == ()


def test_a_shop_of_one_may_check_its_own_work() -> None:
    facts = dataclasses.replace(EVERYTHING, checker_did_the_work=True, own_work_may_be_checked=True)
    assert missing_for(move_named("pass_check"), facts) == ()


def test_needs_are_all_known() -> None:
    assert {need for move in MOVES for need in move.needs} == set(NEEDS)
    assert len(set(NEEDS)) == len(NEEDS)
    assert len({move.name for move in MOVES}) == len(MOVES)


@given(st.sampled_from(MOVES), st.sampled_from([None, *OrderState]))
def test_a_move_is_made_from_its_states_only(move: order_life.Move, state: OrderState | None) -> None:
    facts = dataclasses.replace(EVERYTHING, undone_lines=1) if move.name == "work_again" else EVERYTHING
    legal = state in move.from_states if state else not move.from_states
    if legal:
        assert check_move(move.name, state, facts) is move
    else:
        with pytest.raises(Refusal, match="move_not_legal"):
            check_move(move.name, state, facts)


@given(st.lists(st.sampled_from(MOVES), max_size=40))
def test_whatever_is_pressed_an_order_stays_on_the_road(pressed: list[order_life.Move]) -> None:
    state, settled_before = S.CHECKED_IN, False
    for move in pressed:
        if move.from_states and state in move.from_states:
            assert not (state is S.SETTLED and move.to_state is S.CANCELLED)
            if move.to_state is S.DELIVERED:
                assert settled_before
            state = move.to_state
            settled_before = state is S.SETTLED


def test_lanes() -> None:
    assert [lane(state) for state in OrderState] == [
        Lane.TO_START, Lane.TO_START, Lane.IN_PROGRESS, Lane.WAITING, Lane.QUALITY_CHECK, Lane.READY, Lane.TO_DELIVER, None, None,
    ]  # fmt: skip
    assert lane(S.WAITING, WaitingFor.PARTS, False) is Lane.WAITING
    assert lane(S.READY, None, True) is lane(S.READY, None, False) is Lane.READY


def test_the_word_of_a_state() -> None:
    assert shown_as(S.READY, None, False) is ShownState.WASHING
    assert shown_as(S.READY, None, True) is ShownState.TO_SETTLE
    assert {shown_as(S.WAITING, what) for what in WaitingFor} == {shown for shown in ShownState if shown.value.startswith("waiting_")}
    with pytest.raises(ValueError, match="waits for"):
        shown_as(S.WAITING)
    assert {shown_as(state, WaitingFor.BAY, washed) for state in OrderState for washed in (True, False)} | {shown_as(S.WAITING, w) for w in WaitingFor} == set(
        ShownState
    )
