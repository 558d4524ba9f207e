"""A form on its way to a store that is slow or full: put aside, closed, or left by another person, what was typed reaches the disk in the end."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from db.commands import drafts
from db.commands.check_in import CheckIn
from db.commands.drafts import keep_draft
from db.engine import reading
from db.models import Draft
from db.rules.errors import Environment
from desktop_app.rooms.check_in import draft_keeper
from desktop_app.rooms.check_in.form import DRAFT_FORM
from desktop_app.shell.closing import ClosePanel
from tests.journeys.test_check_in_road import WORDS, begin, fill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.journeys.conftest import Counter


class Disk:
    """Stands before the writing of drafts: refuses it while `full`, keeps it waiting while `slow`."""

    def __init__(self) -> None:
        self.full = False
        self.tried = 0
        self._free = threading.Event()
        self._free.set()

    @property
    def slow(self) -> bool:
        return not self._free.is_set()

    @slow.setter
    def slow(self, slow: bool) -> None:
        (self._free.clear if slow else self._free.set)()

    def __call__(self, *words: Any) -> int:
        self.tried += 1
        self._free.wait(20)
        if self.full:
            raise Environment("disk_full", file="shop.db")
        return keep_draft(*words)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    standing = Disk()
    monkeypatch.setattr(drafts, "keep_draft", standing)
    monkeypatch.setattr(draft_keeper, "TRY_AGAIN_MS", 200)
    yield standing
    standing.full = standing.slow = False


def kept(counter: Counter) -> list[dict[str, Any]]:
    with reading(counter.shop.engine) as session:
        return list(session.execute(select(Draft.body).where(Draft.form == DRAFT_FORM)).scalars())


def write_words(counter: Counter) -> None:
    counter.desk.window.room_widget("check_in").words.words.inner.setFocus()
    counter.compose(WORDS)


def said(counter: Counter, kind: str) -> list[str]:
    return [notice.words for notice in counter.desk.window.notices.history if notice.kind == kind]


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F2], ids=["esc", "f2"])
@pytest.mark.parametrize("trouble", ["full", "slow"])
def test_a_form_put_aside_while_the_store_does_not_take_it(counter: Counter, disk: Disk, trouble: str, key: Qt.Key) -> None:
    begin(counter)
    view = counter.desk.window.room_widget("check_in")
    counter.rest(0.5)
    counter.settle()
    setattr(disk, trouble, True)
    write_words(counter)
    counter.rest(0.5)
    tried = disk.tried
    assert tried, "it was to be written"
    view.words.words.inner.setFocus()
    counter.compose("，右前")
    counter.press(key)
    assert not view.in_form
    counter.wait(lambda: view.desk._strips)
    assert not any(WORDS in str(body["words"]) for body in kept(counter)) and not said(counter, "info"), "not said before it is there"
    setattr(disk, trouble, False)
    counter.wait(lambda: said(counter, "info"))
    counter.settle()
    (body,) = kept(counter)
    assert body["words"] == WORDS + "，右前"
    counter.wait(lambda: len(view.desk._strips) == 1 and view.desk._strips[0].property("draft"))
    view.desk._strips[0].setFocus()
    counter.press(Qt.Key.Key_Return)
    counter.wait(lambda: view.in_form)
    assert view.words.words.text == WORDS + "，右前"


def test_a_form_that_waits_for_the_disk_can_be_gone_on_with(counter: Counter, disk: Disk) -> None:
    begin(counter)
    view = counter.desk.window.room_widget("check_in")
    disk.full = True
    write_words(counter)
    counter.press(Qt.Key.Key_Escape)
    counter.wait(lambda: view.desk._strips and view.desk._strips[0].isVisible())
    view.desk._strips[0].setFocus()
    strip = counter.focused
    view.desk.reload()
    counter.wait(lambda: view.desk._strips[0] is not strip and view.desk._strips[0].isVisible())
    assert counter.focused is view.desk._strips[0], "the desk read anew leaves the keys where they were"
    counter.press(Qt.Key.Key_Return)
    counter.wait(lambda: view.in_form)
    assert view.words.words.text == WORDS


def test_a_window_closed_at_the_last_key_keeps_it(counter: Counter) -> None:
    begin(counter)
    counter.rest(0.5)
    write_words(counter)
    counter.desk.window.close()
    assert not counter.program.desks, "nothing asked"
    (body,) = kept(counter)
    assert body["words"] == WORDS


@pytest.mark.parametrize("trouble", ["full", "slow"])
def test_a_window_whose_form_can_not_be_kept_asks(counter: Counter, disk: Disk, trouble: str) -> None:
    begin(counter)
    setattr(disk, trouble, True)
    write_words(counter)
    window = counter.desk.window
    window.close()
    assert window.isVisible() and isinstance(window.panels[-1], ClosePanel)
    counter.press(Qt.Key.Key_Escape)
    counter.wait(lambda: not window.covered)
    setattr(disk, trouble, False)
    counter.settle()
    counter.rest(0.5)
    window.close()
    assert not counter.program.desks
    (body,) = kept(counter)
    assert body["words"] == WORDS


def test_another_person_at_the_window_does_not_cost_the_form(counter: Counter, disk: Disk) -> None:
    begin(counter)
    disk.full = True
    write_words(counter)
    counter.rest(0.5)
    counter.desk.lock("")
    counter.sign_in(counter.shop.second_advisor)
    disk.full = False
    counter.wait(lambda: any(body["words"] == WORDS for body in kept(counter)))


def test_a_refused_order_is_a_draft_again(counter: Counter) -> None:
    """Its car was checked in at another PC meanwhile; the notice leads to that order."""
    begin(counter)
    fill(counter)
    counter.press(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    shop = counter.shop
    other = shop.do(CheckIn(odometer_km=21_900, promised_at=shop.now + dt.timedelta(hours=2), vehicle_id=shop.second_vehicle, signed_on_paper=True,
                            customer_id=shop.second_customer), shop.second_advisor)  # fmt: skip
    counter.press(Qt.Key.Key_F8)
    counter.wait(lambda: said(counter, "bad"))
    counter.settle()
    view = counter.desk.window.room_widget("check_in")
    assert view.in_form and other["number"] in said(counter, "bad")[0]
    (body,) = kept(counter)
    assert body["words"] == WORDS
    notice = next(notice for notice in counter.desk.window.notices.history if notice.kind == "bad")
    assert notice.act_words == "打開"
    notice.act()
    orders = counter.desk.window.room_widget("work_orders")
    counter.wait(lambda: orders.showing_order and QApplication.focusWidget() is not None)
