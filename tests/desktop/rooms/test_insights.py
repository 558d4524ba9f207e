"""Insights by keyboard: the month in figures, each figure opens its rows whose sum it is, arrows change the month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from db.rules.order_life import LineKind, OrderKind, Payer
from desktop_app.i18n.live import switch_language
from tests.db.test_insights import second_visit
from tests.desktop.rooms.window import program_on, room
from tests.desktop.typing_help import focused, press

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop_app.bootstrap import Program
    from tests.small_shop import SmallShop


@pytest.fixture
def program(small_shop: SmallShop, tmp_path: Path, qtbot: QtBot) -> Iterator[Program]:
    second_visit(small_shop, OrderKind.ACCIDENT, 5, {LineKind.LABOUR: 113_000, LineKind.PART: 226_000}, Payer.INSURER)
    second_visit(small_shop, OrderKind.REPAIR, 40, {LineKind.LABOUR: 56_500})
    with program_on(small_shop, tmp_path, qtbot, small_shop.manager) as running:
        yield running


def shown(program: Program, qtbot: QtBot) -> Any:
    view = room(program, "insights")
    qtbot.waitUntil(lambda: view.insight is not None and all(figure.isVisible() for figure in view.figures()))
    return view


def test_the_month_stands_in_figures_and_each_opens_its_rows(program: Program, qtbot: QtBot) -> None:
    view = shown(program, qtbot)
    assert (view.output.figure.text(), view.cars.figure.text(), view.per_car.figure.text()) == ("¥3,000.00", "2", "¥1,500.00")
    assert view.change._rows[None].labels[1].text() == "+2,500.00" and view.context_words() == "2026-11-01 至 2026-11-24，與 2026-10-01 至 2026-10-24 比"
    assert focused() is view.output.figure
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.panel.sum_words.text() == "¥3,000.00" and len(view.panel.table.paged.rows) == 1)
    assert view.panel.definition.text() and view.panel.isAncestorOf(focused()) and view.panel.count_words.text() == "1 張結算單"
    press(qtbot, Qt.Key.Key_Backspace)
    assert not view._host.is_open and focused() is view.output.figure
    for figure in view.figures():
        figure.setFocus()
        press(qtbot, Qt.Key.Key_Return)
        assert view._host.is_open
        qtbot.waitUntil(lambda: view.panel.sum_words.text() != "")
        press(qtbot, Qt.Key.Key_Escape)
        assert focused() is figure and not view._host.is_open


def test_output_per_car_is_explained_by_its_rows(program: Program, qtbot: QtBot) -> None:
    view = shown(program, qtbot)
    view.per_car._rows[0].figure.setFocus()
    assert view.per_car._rows[0].figure.text() == "500.00"
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.panel.foot_words.isVisible() and view.panel.foot_words.text() == "¥1,000.00 ÷ 2 台 = ¥500.00")
    qtbot.waitUntil(lambda: bool(view.panel.table.paged.rows) and view.panel.table.hasFocus())
    switch_language("en")
    assert view.panel.foot_words.text() == "¥1,000.00 ÷ 2 cars = ¥500.00"
    press(qtbot, Qt.Key.Key_Return)
    assert program.desks[0].window.room_key == "work_orders"


def test_arrows_change_the_month_but_never_beyond_the_running_one(program: Program, qtbot: QtBot) -> None:
    view = shown(program, qtbot)
    assert not view.after_button.isEnabled()
    press(qtbot, Qt.Key.Key_Right)
    assert view.month_words.text() == "2026 年 11 月"
    press(qtbot, Qt.Key.Key_Left)
    assert view.month_words.text() == "2026 年 10 月" and view.after_button.isEnabled()
    qtbot.waitUntil(lambda: view.output.figure.text() == "¥500.00")
    press(qtbot, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: view._empty.isVisible())
    assert focused() is view._empty.button
    press(qtbot, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: view.output.figure.isVisible() and view.output.figure.text() == "¥500.00")
    assert focused() is view.output.figure
