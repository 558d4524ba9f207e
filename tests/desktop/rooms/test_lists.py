"""The list rooms by keyboard in the real window: rows, filters that are seen, empty states, where Enter leads, counts on the rail."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from db.commands.order_moves import Dispatch
from db.engine import reading, writing
from db.models import Contact
from db.queries.badges import badges
from db.rules.record_words import RecommendationState
from desktop_app.i18n.live import switch_language
from tests.db import list_records as put
from tests.desktop.rooms.window import program_on, room
from tests.desktop.typing_help import focused, press, type_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop_app.bootstrap import Program
    from tests.small_shop import SmallShop


@pytest.fixture
def program(small_shop: SmallShop, tmp_path: Path, qtbot: QtBot) -> Iterator[Program]:
    with program_on(small_shop, tmp_path, qtbot, small_shop.advisor) as running:
        yield running


def loaded(qtbot: QtBot, view: Any, rows: int) -> None:
    qtbot.waitUntil(lambda: view.counts is not None and len(view.model.rows) == rows)


def test_the_board_opens_its_orders_and_shows_what_filters_hide(program: Program, small_shop: SmallShop, qtbot: QtBot) -> None:
    window = program.desks[0].window
    board = room(program, "board")
    loaded(qtbot, board, 1)
    assert board.table.hasFocus() and board.table.selected.order_id == small_shop.order
    qtbot.waitUntil(lambda: board.lanes.chip("all").accessibleName() == "全部在廠 1")
    assert board.foot_words.text() == "1 台，已超時 0 台，一小時內要交 0 台"
    # The filter by keys: nothing fits, it is said, and Esc brings all back.
    press(qtbot, Qt.Key.Key_Slash)
    assert focused() is board.search
    type_words(qtbot, "zzz")
    loaded(qtbot, board, 0)
    assert board.filters.active and board.filters._clear.isVisible() and board._empty.clear_button.isVisible()
    press(qtbot, Qt.Key.Key_Escape)
    loaded(qtbot, board, 1)
    assert not board.filters._clear.isVisible() and board.table.hasFocus()
    # A change made elsewhere arrives.
    small_shop.do(Dispatch(small_shop.order, small_shop.technician, small_shop.bay), small_shop.foreman)
    program.runner.records_changed.emit(frozenset({"work_order"}))
    qtbot.waitUntil(lambda: board.model.rows[0].technicians == ("阿強",))
    assert board.table.selected.order_id == small_shop.order
    press(qtbot, Qt.Key.Key_Return)
    assert window.room_key == "work_orders"


def test_the_search_field_leads_back_to_the_rows(program: Program, small_shop: SmallShop, qtbot: QtBot) -> None:
    board = room(program, "board")
    loaded(qtbot, board, 1)
    board.filter_focus()
    type_words(qtbot, "8k326")
    press(qtbot, Qt.Key.Key_Return)
    assert board.table.hasFocus()
    qtbot.waitUntil(lambda: board.model.searched == "8k326" and board.table.selected is not None)
    press(qtbot, Qt.Key.Key_F6)
    assert focused() is board.search
    board.table.setFocus()
    press(qtbot, Qt.Key.Key_F8)
    assert program.desks[0].window.room_key == "work_orders"


def test_chips_choose_by_arrow_keys_and_counts_stand_beside_them(program: Program, small_shop: SmallShop, qtbot: QtBot) -> None:
    put.add(small_shop, put.recommendation(small_shop), put.recommendation(small_shop, RecommendationState.DECLINED, "換後輪胎"))
    view = room(program, "recommendations")
    loaded(qtbot, view, 1)
    assert view.standing.chip("declined").accessibleName() == "已拒絕 1"
    view.standing.chip("awaited").setFocus()
    press(qtbot, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: [row.state for row in view.model.rows] == [RecommendationState.DECLINED])
    assert view.filters.active and view.filters._clear.isVisible()


@pytest.mark.parametrize(("in_house", "leads_to"), [(True, "work_orders"), (False, "customers")])
def test_a_recommendation_leads_to_the_order_while_the_car_is_here(
    program: Program, small_shop: SmallShop, qtbot: QtBot, in_house: bool, leads_to: str
) -> None:
    put.add(small_shop, put.recommendation(small_shop, order_id=small_shop.order if in_house else small_shop.earlier_order))
    loaded(qtbot, room(program, "recommendations"), 1)
    press(qtbot, Qt.Key.Key_Return)
    assert program.desks[0].window.room_key == leads_to


def test_a_claim_is_shown_when_another_room_asks_for_it(program: Program, small_shop: SmallShop, qtbot: QtBot) -> None:
    _first, second = put.add(small_shop, put.claim(small_shop, "C261118-01"), put.claim(small_shop, "C261119-01", days=5))
    program.desks[0].navigator.open_claim(second)
    view = room(program, "claims")
    qtbot.waitUntil(lambda: view.table.selected is not None and view.table.selected.claim_id == second)
    assert view.search.text() == "C261119-01"
    press(qtbot, Qt.Key.Key_Escape)
    loaded(qtbot, view, 2)
    press(qtbot, Qt.Key.Key_Return)
    assert program.desks[0].window.room_key == "customers"


def test_follow_ups_say_that_all_calls_are_made_and_offer_the_coming_days(program: Program, small_shop: SmallShop, qtbot: QtBot) -> None:
    with writing(small_shop.engine) as session:
        session.query(Contact).delete()
    put.add(small_shop, put.contact(small_shop, 3))
    view = room(program, "follow_ups")
    loaded(qtbot, view, 0)
    assert view._empty._stack.currentIndex() == 0
    qtbot.mouseClick(view._empty._nothing.button, Qt.MouseButton.LeftButton)
    loaded(qtbot, view, 1)
    assert view.filters.active and view.model.cell(0, 4).plain == "2026-11-27"


def test_the_cashier_sums_what_the_rows_show(program: Program, small_shop: SmallShop, qtbot: QtBot) -> None:
    put.add(small_shop, put.settlement(small_shop, "S261114-001", 10, 50_000), put.settlement(small_shop, "S260501-001", 207, 30_000))
    view = room(program, "cashier")
    loaded(qtbot, view, 0)
    view.group.chip("to_settle").setFocus()
    press(qtbot, Qt.Key.Key_Right, Qt.Key.Key_Space)
    loaded(qtbot, view, 2)
    qtbot.waitUntil(lambda: view.sum_words.text() == "¥800.00")
    assert view.model.cell(0, 9).plain == "壞賬"
    switch_language("en")
    assert view.model.cell(0, 9).plain == "Bad debt" and view.sum_name.text() == "to be paid together"


def test_the_rail_counts_what_wants_an_act(program: Program, small_shop: SmallShop, qtbot: QtBot) -> None:
    put.add(small_shop, put.recommendation(small_shop), put.contact(small_shop, 0))
    with reading(small_shop.engine) as session:
        expected = badges(session, small_shop.now)
    assert expected == {"board": 0, "recommendations": 1, "claims": 0, "follow_ups": 2, "cashier": 0}
    program.runner.records_changed.emit(frozenset({"contact"}))
    rail = program.desks[0].window.rail
    qtbot.waitUntil(lambda: "2" in rail.button("follow_ups").accessibleName())
    assert rail.button("recommendations").accessibleName() == "推薦，今天有 1 件" and rail.button("claims").accessibleName() == "理賠"


def test_a_list_reads_itself_anew_when_the_clock_has_gone_on(program: Program, small_shop: SmallShop, qtbot: QtBot) -> None:
    board = room(program, "board")
    loaded(qtbot, board, 1)
    program.clock.clock = lambda: small_shop.now + dt.timedelta(hours=3)
    board._on_tick()
    qtbot.waitUntil(lambda: board.pressing.chip("late").accessibleName() == "已超時 1")
