"""Calls that are due are made and talks corrected, by keys in the whole program: from a file, and from the list of follow-ups."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from sqlalchemy import func, select

from db.commands.talks import AnswerContact, ChangeContact, Talk
from db.engine import reading, writing
from db.models import Contact, Promise
from db.rules.record_words import ContactPurpose, ContactWay, PromiseState
from desktop_app.widgets.field import BAD, WARN
from tests.db import list_records as put
from tests.desktop.rooms.customers_walk import open_car, room, row
from tests.desktop.rooms.customers_walk import walk as walk
from tests.desktop.rooms.customers_walk import walk_as as walk_as

if TYPE_CHECKING:
    from tests.desktop.whole_program import Walk
    from tests.small_shop import SmallShop

Key = Qt.Key
SAID = Talk(ContactWay.PHONE, ContactPurpose.SERVICE_DUE, "週五來保養")


def only(walk: Walk, shop: SmallShop, *records: Any) -> list[int]:
    """Make these the only things to call about."""
    with writing(shop.engine) as session:
        session.query(Contact).delete()
    keys = put.add(shop, *records)
    walk.program.runner.records_changed.emit(frozenset({"contact", "promise", "policy"}))
    walk.rest()
    return keys


def badge(walk: Walk) -> str:
    return str(walk.window.rail.button("follow_ups").accessibleName())


def into_talks(walk: Walk, first: str) -> None:
    """Put the keys on the talks of the car's file, once its first line says so."""
    talks = room(walk).list.vehicle.talks.list
    walk.until(lambda: talks.lines and first in talks.lines[0].words, "it is in the file")
    talks.setFocus(Qt.FocusReason.TabFocusReason)


def test_a_due_call_is_made_from_the_file(walk: Walk, small_shop: SmallShop) -> None:
    shop = small_shop
    (first, _later) = only(walk, shop, put.contact(shop, 0, words="提醒冬季胎"), put.contact(shop, 3))
    walk.until(lambda: "1" in badge(walk), "the rail counts it")
    open_car(walk)
    into_talks(walk, "due: Service due")
    before = len(room(walk).list.sheet.contacts)  # type: ignore[union-attr]
    walk.press(Key.Key_Return)
    dialog = walk.dialog("AnswerDialog")
    assert dialog.title.text() == "Due call: Service due" and dialog.title_right.text() == "Mr 陳志強 · 粤B·8K326"
    assert (dialog.edits["purpose"].chosen, dialog.edits["words"].text) == ("service_due", "提醒冬季胎")
    # What was to be said is no answer.
    walk.press(Key.Key_F8)
    assert dialog.fields["words"].state == BAD and dialog.isVisible()
    walk.control(Key.Key_A)
    walk.write("週五來")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    found = row(shop, Contact, first)
    assert (found.words, found.done_at, found.staff_id, found.next_id) == ("週五來", shop.now, shop.advisor, None)
    with reading(shop.engine) as session:
        assert session.execute(select(func.count()).select_from(Contact)).scalar_one() == before == 2
    walk.until(lambda: any("週五來" in line.words for line in room(walk).list.vehicle.talks.list.lines), "it is a talk that was had")
    walk.until(lambda: "1" not in badge(walk), "the rail's count goes down")


@pytest.mark.parametrize(("days", "kind"), [(0, "AnswerDialog"), (-2, "AnswerDialog"), (3, "TalkDialog")])
def test_whoever_calls_from_the_file_answers_the_call_that_is_due(walk: Walk, small_shop: SmallShop, days: int, kind: str) -> None:
    only(walk, small_shop, put.contact(small_shop, days))
    open_car(walk)
    into_talks(walk, "due: Service due")
    walk.press(Key.Key_F8)
    walk.dialog(kind)


def test_a_call_that_another_window_has_made_is_said(walk: Walk, small_shop: SmallShop) -> None:
    shop = small_shop
    (key,) = only(walk, shop, put.contact(shop, 0))
    open_car(walk)
    into_talks(walk, "due: Service due")
    walk.press(Key.Key_Return)
    dialog = walk.dialog("AnswerDialog")
    walk.write("mine")
    shop.do(AnswerContact(key, SAID), who=shop.second_advisor)
    walk.press(Key.Key_F8)
    walk.until(lambda: dialog._message.isVisible(), "it is refused")
    assert dialog._message.text().startswith("何家欣 made this call already") and dialog.edits["words"].text == "mine"
    walk.press(Key.Key_Escape)


def test_a_talk_is_corrected_and_what_came_meanwhile_is_seen(walk: Walk, small_shop: SmallShop) -> None:
    shop = small_shop
    (key,) = only(walk, shop, put.contact(shop, 0))
    shop.do(AnswerContact(key, SAID))
    walk.program.runner.records_changed.emit(frozenset({"contact"}))
    open_car(walk)
    into_talks(walk, "週五來保養")
    walk.press(Key.Key_Return)
    dialog = walk.dialog("ChangeTalkDialog")
    assert dialog.title.text() == "Correct the talk of 2026-11-24"
    walk.control(Key.Key_A)
    walk.write("mine")
    shop.do(ChangeContact(key, row(shop, Contact, key).version, Talk(ContactWay.MESSAGE, SAID.purpose, "theirs")), who=shop.second_advisor)
    walk.press(Key.Key_F8)
    walk.until(lambda: dialog.fields["words"].state == WARN, "the difference is shown")
    assert dialog.edits["way"].chosen == "message" and dialog.edits["words"].text == "mine" and row(shop, Contact, key).words == "theirs"
    walk.press(Key.Key_F8)
    walk.no_dialog()
    found = row(shop, Contact, key)
    assert (found.words, found.way) == ("mine", ContactWay.MESSAGE) and "corrected" in walk.toast()
    walk.control(Key.Key_Z)
    walk.rest()
    assert row(shop, Contact, key).words == "theirs"


def test_calls_are_made_in_the_list_of_follow_ups(walk: Walk, small_shop: SmallShop) -> None:
    shop = small_shop
    (call, promise, _policy) = only(walk, shop, put.contact(shop, -40), put.promise(shop, "送雨刷片一對", 0), put.policy(shop, 5))
    walk.control(Key.Key_7)
    view: Any = walk.window.room_widget("follow_ups")
    walk.until(lambda: view.counts is not None and view.counts.all == 3 and view.table.selected is not None, "three are to be called")
    assert view.table.selected.row_id == call and view.table.hasFocus() and view.offers("follow_ups.call")
    walk.press(Key.Key_C)
    dialog = walk.dialog("AnswerDialog")
    assert QGuiApplication.clipboard().text() == "+8613520876610"
    walk.write("週五來")
    dialog.edits["next_on"].setFocus()
    walk.write("+3")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    walk.until(lambda: view.counts.all == 2 == len(view.model.rows) and "2" in badge(walk), "list, count and rail go down")
    with reading(shop.engine) as session:
        assert session.execute(select(Contact.due_on).where(Contact.done_at.is_(None))).scalar_one() == dt.date(2026, 11, 27)
    for kind, left in (("TalkDialog", 1), ("ClosePromiseDialog", 0)):
        walk.press(Key.Key_Home)
        walk.press(Key.Key_C)
        opened = walk.dialog(kind)
        if kind == "TalkDialog":
            assert opened.edits["purpose"].chosen == "renewal"
            walk.write("已報價")
        walk.press(Key.Key_F8)
        walk.no_dialog()
        walk.until(lambda left=left: view.counts.all == left == len(view.model.rows), "the list is shorter")
    assert row(shop, Promise, promise).state is PromiseState.KEPT and not view.offers("follow_ups.call")
