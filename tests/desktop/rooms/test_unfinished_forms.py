"""The desk offers every form put aside: a few at a time, and says how many more there are, on both stores."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from db.commands.drafts import keep_draft
from desktop_app.rooms.check_in.form import DRAFT_FORM
from tests.desktop.rooms.customers_walk import walk as walk
from tests.desktop.rooms.customers_walk import walk_as as walk_as

if TYPE_CHECKING:
    from tests.desktop.whole_program import Walk
    from tests.small_shop import SmallShop

Key = Qt.Key


def test_a_fourth_form_is_named_and_reached_by_key(walk: Walk, small_shop: SmallShop) -> None:
    # By the room's own key: F2 would check in the car whose file shows.
    walk.control(Key.Key_1)
    walk.rest()
    view: Any = walk.window.room_widget("check_in")
    page = view.desk
    walk.until(page.finder.hasFocus, "the finder has the focus")
    for number in range(5):
        at = small_shop.now - dt.timedelta(minutes=number)
        keep_draft(small_shop.engine, DRAFT_FORM, page._context.device, f"form {number}", None, f"car {number}", {"key": f"form {number}"}, at)
        page.reload()
        walk.until(lambda so_many=number + 1: len(page._drafts) == so_many, "the desk has read it")
        assert page.more.isVisible() == (number >= 3)
    seen = {strip.property("draft") for strip in page._strips}
    assert len(seen) == 3 and page.more.text() == "2 more unfinished"
    page.finder.setFocus()
    for _ in range(10):
        if page.more.hasFocus():
            break
        walk.press(Key.Key_Tab)
    assert page.more.hasFocus()
    walk.press(Key.Key_Space)
    rest = {strip.property("draft") for strip in page._strips}
    assert len(rest) == 2 and not rest & seen and page.more.text() == "3 more unfinished" and page.more.hasFocus()
    walk.press(Key.Key_Space)
    assert {strip.property("draft") for strip in page._strips} == seen
