"""The promised time at check-in: it follows the items until a person chooses one, through undo and through a form put aside."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from db.models import WorkOrder
from db.rules.order_life import OrderState
from tests.desktop.whole_program import Walk
from tests.journeys.check_in_walk import begin, finish, rows, section
from tests.journeys.check_in_walk import shop as shop
from tests.journeys.check_in_walk import walk as walk

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.small_shop import SmallShop

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def add(walk: Walk, view: Any, code: str) -> None:
    section(walk, 3)
    walk.write(code)
    walk.until(lambda: bool(view.lines.finder.results), "the item is found")
    walk.press(Key.Key_Return)
    walk.until(lambda: view.lines.has(code), "its line is there")
    walk.rest()


def stands(walk: Walk, view: Any) -> dt.datetime:
    """The promised time of the form once nothing is under way."""
    walk.rest()
    moment = view.promise.moment()
    assert isinstance(moment, dt.datetime)
    return moment


def put_aside(walk: Walk, view: Any) -> None:
    walk.press(Key.Key_Escape)
    walk.until(lambda: not view.in_form and bool(view.desk._strips) and bool(view.desk._strips[0].property("draft")), "the form waits on the desk")
    walk.rest()


def go_on(walk: Walk, view: Any) -> None:
    view.desk._strips[0].setFocus()
    walk.press(Key.Key_Return)
    walk.until(lambda: view.in_form, "the form stands again")
    walk.rest()


def test_a_time_that_nobody_chose_follows_the_items_after_an_undo(walk: Walk, shop: SmallShop) -> None:
    view = begin(walk)
    first = stands(walk, view)
    finish(walk, view)
    walk.control(Key.Key_Z)
    walk.until(lambda: view.in_form, "the form stands again")
    add(walk, view, "PK-TYR2")
    proposal = view.promise.proposal
    assert stands(walk, view) == proposal.promised_at > first
    assert view.promise.when.value == proposal.promised_at
    walk.press(Key.Key_F8)
    walk.until(lambda: not view.in_form, "the order is opened again")
    walk.rest()
    order = rows(shop, select(WorkOrder).order_by(WorkOrder.id.desc()).limit(1))[0]
    assert order.state is OrderState.CHECKED_IN and order.promised_at == proposal.promised_at


def test_a_time_that_nobody_chose_follows_the_items_of_a_form_put_aside(walk: Walk) -> None:
    view = begin(walk)
    first = stands(walk, view)
    put_aside(walk, view)
    go_on(walk, view)
    add(walk, view, "PK-TYR2")
    assert stands(walk, view) == view.promise.proposal.promised_at > first


def test_a_time_that_a_person_chose_stays_until_it_is_emptied(walk: Walk) -> None:
    view = begin(walk)
    section(walk, 5)
    walk.control(Key.Key_A)
    walk.write("17:05")
    walk.press(Key.Key_Return)
    chosen = stands(walk, view)
    assert chosen != view.promise.proposal.promised_at
    put_aside(walk, view)
    go_on(walk, view)
    add(walk, view, "PK-TYR2")
    assert stands(walk, view) == chosen
    section(walk, 5)
    walk.control(Key.Key_A)
    walk.press(Key.Key_Delete, Key.Key_Return)
    assert stands(walk, view) == view.promise.proposal.promised_at


def test_a_form_of_yesterday_gets_a_new_proposal(walk: Walk, shop: SmallShop) -> None:
    view = begin(walk)
    first = stands(walk, view)
    put_aside(walk, view)
    object.__setattr__(shop, "now", shop.now + dt.timedelta(days=1))
    go_on(walk, view)
    assert stands(walk, view) == view.promise.proposal.promised_at > shop.now > first
    assert finish(walk, view).promised_at > shop.now


@pytest.mark.parametrize("size", [(1280, 720), (1440, 900)])
def test_the_warning_of_a_promise_too_early_is_read_to_its_end(shop: SmallShop, tmp_path: Path, qtbot: QtBot, size: tuple[int, int]) -> None:
    walk = Walk(shop, tmp_path / "machine 機器", shop.advisor, size=size)
    try:
        view = begin(walk)
        for _ in range(4):
            add(walk, view, "PK-TYR2")
        section(walk, 5)
        walk.control(Key.Key_A)
        walk.write("15:10")
        walk.press(Key.Key_Return)
        stands(walk, view)
        assert shop.now < view.promise.moment() < view.promise.proposal.ready_at
        for language, day in (("en", "Tomorrow"), ("zh_TW", "明天"), ("zh_CN", "明天")):
            walk.desk.set_language(language)
            walk.rest()
            hint = view.promise._field._hint
            assert day in hint.text(), "of another day than today it says which"
            assert hint.isVisible() and hint.fontMetrics().horizontalAdvance(hint.text()) <= hint.contentsRect().width(), hint.text()
    finally:
        walk.stop()
