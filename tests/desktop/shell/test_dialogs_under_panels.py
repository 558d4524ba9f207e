"""A dialog while a panel lies over its window: it keeps no key from the panel, and comes back with what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import func, select

from db.commands.customers import AddCustomer
from db.engine import reading
from db.models import Customer
from db.rules.errors import Refusal
from desktop_app.rooms.settings.bays_page import BayDialog
from tests.desktop.whole_program import Walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.small_shop import SmallShop

Key = Qt.Key


@pytest.fixture
def walk(small_shop: SmallShop, tmp_path: Path, qtbot: QtBot) -> Iterator[Walk]:
    walk = Walk(small_shop, tmp_path / "machine 機器", small_shop.advisor)
    walk.control(Key.Key_6)
    walk.rest()
    yield walk
    walk.stop()


def half_typed(walk: Walk) -> Any:
    walk.control(Key.Key_N)
    dialog = walk.dialog("CustomerDialog")
    walk.write("周全")
    return dialog


def lock(walk: Walk, who: int) -> None:
    walk.desk.lock("")
    assert QApplication.activeModalWidget() is None, "nothing keeps the keys from the lock"
    walk.sign_in(who)


def count(shop: SmallShop) -> int:
    with reading(shop.engine) as session:
        return session.execute(select(func.count(Customer.id))).scalar_one()


def test_a_half_typed_form_is_out_of_sight_while_locked_and_there_again_after(walk: Walk, small_shop: SmallShop) -> None:
    dialog = half_typed(walk)
    lock(walk, small_shop.advisor)
    assert walk.dialog("CustomerDialog") is dialog and walk.focused is dialog.edits["name"]
    assert dialog.values()["name"] == "周全"
    before = count(small_shop)
    walk.press(Key.Key_F8)
    walk.no_dialog()
    assert count(small_shop) == before + 1


def test_another_person_finds_no_form_of_the_one_before(walk: Walk, small_shop: SmallShop) -> None:
    half_typed(walk)
    lock(walk, small_shop.manager)
    walk.rest()
    assert QApplication.activeModalWidget() is None


def test_an_answered_form_that_lies_under_a_panel_does_not_come_back(walk: Walk) -> None:
    dialog = half_typed(walk)
    walk.desk.do("help")
    panel = walk.window.panels[-1]
    dialog.done_for_good()
    panel.close_panel()
    walk.no_dialog()


def test_f8_twice_saves_once(walk: Walk, small_shop: SmallShop) -> None:
    before = count(small_shop)
    half_typed(walk)
    walk.press(Key.Key_F8, Key.Key_F8)
    walk.no_dialog()
    assert count(small_shop) == before + 1


def test_a_form_closed_while_its_act_is_under_way_takes_the_answer_calmly(walk: Walk, small_shop: SmallShop) -> None:
    walk.window.show_room("settings")
    walk.rest()
    dialog = half_typed_bay(walk)
    answers = dialog.done_for_good, dialog.refused
    walk.press(Key.Key_Escape)
    walk.no_dialog()
    answers[0](None)
    answers[1](Refusal("bay_name_taken"))


def test_after_a_fault_of_the_program_the_form_can_be_sent_once_more(walk: Walk, small_shop: SmallShop, monkeypatch: pytest.MonkeyPatch) -> None:
    before = count(small_shop)
    dialog = half_typed(walk)
    with monkeypatch.context() as patch:
        patch.setattr(AddCustomer, "apply", lambda *_words: 1 / 0)
        walk.press(Key.Key_F8)
        walk.until(lambda: walk.window.panels, "the fault is reported")
    walk.window.panels[-1].close_panel()
    assert walk.dialog("CustomerDialog") is dialog
    assert not dialog.yes.busy and dialog.values()["name"] == "周全" and count(small_shop) == before
    walk.press(Key.Key_F8)
    walk.no_dialog()
    assert count(small_shop) == before + 1


def half_typed_bay(walk: Walk) -> Any:
    BayDialog(walk.window, None, lambda *_values: None).open()
    dialog = walk.dialog("BayDialog")
    walk.write("B9")
    walk.press(Key.Key_F8)
    assert dialog.isVisible() and dialog.yes.busy
    return dialog
