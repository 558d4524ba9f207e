"""What the palette, F1 and the keys promise: nothing is offered that the room in front can't do, and no key is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from desktop_app.rooms import all_rooms
from desktop_app.shell.actions import COMMON, LANGUAGE_VERBS
from desktop_app.shell.desk_verbs import DeskVerbs
from desktop_app.shell.verbs import ROOM_METHODS
from desktop_app.theme.theme import THEMES
from tests.desktop.whole_program import Walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop_app.room import Verb
    from tests.small_shop import SmallShop

Key, Modifier = Qt.Key, Qt.KeyboardModifier
ROOMS = [room.key for room in all_rooms()]


@pytest.fixture
def walk(small_shop: SmallShop, tmp_path: Path, qtbot: QtBot) -> Iterator[Walk]:
    walk = Walk(small_shop, tmp_path / "machine 機器", small_shop.advisor)
    yield walk
    walk.stop()


def show(walk: Walk, key: str) -> Any:
    room = walk.window.show_room(key)
    walk.rest()
    return room


def has_handler(room: Any, verb: Verb) -> bool:
    if verb.room:
        return callable(getattr(room, "act", None))
    if verb.key in ROOM_METHODS:
        return callable(getattr(room, ROOM_METHODS[verb.key], None))
    return verb.key.startswith("room.") or verb.key in (*LANGUAGE_VERBS, *THEMES) or callable(getattr(DeskVerbs, f"_{verb.key}", None))


def offered(walk: Walk) -> set[str]:
    return {verb.key for verb in walk.window.verbs.offered()}


def under_f1(walk: Walk) -> set[str]:
    _title, own, everywhere = walk.window.verbs.keys_now()
    return {verb.key for verb in (*own, *everywhere)}


@pytest.mark.parametrize("key", ROOMS)
def test_whatever_a_room_offers_has_a_handler(walk: Walk, key: str) -> None:
    room = show(walk, key)
    verbs = walk.window.verbs
    assert [verb.key for verb in verbs.offered() if not has_handler(room, verb)] == []
    _title, own, everywhere = verbs.keys_now()
    assert [verb.key for verb in (*own, *everywhere) if not verb.plain and not has_handler(room, verb)] == []
    without = {name for name, method in ROOM_METHODS.items() if not callable(getattr(room, method, None))}
    assert not without & (offered(walk) | under_f1(walk))
    assert {"help", "check_in", "reload", "lock", "about"} <= offered(walk)


@pytest.mark.parametrize("key", ROOMS)
def test_a_key_that_nothing_serves_says_so(walk: Walk, key: str) -> None:
    show(walk, key)
    refused = [verb for verb in COMMON if verb.key in ROOM_METHODS and not verb.plain and not walk.desk._verbs.possible(verb)]
    for verb in refused:
        before = len(walk.window.notices.history)
        walk.desk.do(verb.key)
        assert len(walk.window.notices.history) == before + 1, verb.key
        assert walk.window.notices.history[-1].kind == "info"


def test_print_in_a_room_without_paper_is_answered(walk: Walk) -> None:
    show(walk, "insights")
    assert not {"print", "preview", "new_record", "more"} & (offered(walk) | under_f1(walk))
    walk.press(Key.Key_F9)
    assert walk.toast() == "Nothing to print here"
    walk.press(Key.Key_N, modifier=Modifier.ControlModifier)
    assert walk.toast() == "Nothing new is made in this room"


def test_the_empty_desk_offers_what_it_takes_and_the_form_the_rest(walk: Walk, small_shop: SmallShop) -> None:
    room = show(walk, "check_in")
    own = {verb.key for verb in next(each for each in all_rooms() if each.key == "check_in").verbs if not verb.plain}
    assert own & (offered(walk) | under_f1(walk)) == {"check_in.appointment"}
    assert "new_record" in offered(walk) and "print" not in offered(walk)
    walk.press(Key.Key_A, modifier=Modifier.AltModifier)
    assert walk.toast() == "Car and alerts: not possible here just now"
    walk.press(Key.Key_F8)
    assert walk.toast() == "This room has no main act just now"
    room.new_check_in(vehicle_id=small_shop.second_vehicle)
    walk.until(lambda: room.in_form, "the form opens")
    walk.rest()
    assert own <= under_f1(walk) and {"print", "check_in.alerts", "catalogue"} <= offered(walk)
    walk.press(Qt.Key.Key_F7)
    walk.dialog("ReferenceDialog")
    walk.press(Qt.Key.Key_Escape)
    walk.no_dialog()
    assert walk.window.room_key == "check_in", "a form takes items from the catalogue, and is not left for it"


def test_papers_and_changes_of_an_order_need_one(walk: Walk, small_shop: SmallShop) -> None:
    room = show(walk, "work_orders")
    walk.until(lambda: bool(room.list.table.paged.rows), "the list is read")
    room.list.table.clearSelection()
    room.list.table.setCurrentIndex(room.list.table.model().index(-1, -1))
    walk.rest()
    assert not {"print", "preview", "orders.add"} & (offered(walk) | under_f1(walk))
    walk.press(Key.Key_F9)
    assert walk.toast() == "Nothing to print here"
    room.open_record("order", small_shop.order)
    walk.until(lambda: room.order is not None and room.order.file is not None, "the order is read")
    walk.rest()
    assert {"print", "preview"} <= offered(walk) and "orders.add" in under_f1(walk)
    walk.press(Key.Key_Z, modifier=Modifier.ControlModifier)
    assert walk.toast() == "Nothing to undo here"
