"""The whole program in the room Customers and vehicles, and how a test gets about there by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from db.engine import reading
from tests.desktop.rooms.walks import walk_as as walk_as

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_app.rooms.customers.view import View
    from tests.desktop.whole_program import Walk
    from tests.small_shop import SmallShop

Key = Qt.Key


@pytest.fixture
def walk(small_shop: SmallShop, walk_as: Callable[..., Walk]) -> Walk:
    """The advisor stands in the room, with the list there."""
    walk = walk_as(small_shop.advisor)
    walk.control(Key.Key_6)
    walk.until(lambda: room(walk).list.shown is not None, "the first file shows")
    walk.rest()
    return walk


def room(walk: Walk) -> View:
    return walk.window.room_widget("customers")  # type: ignore[return-value]


def row(shop: SmallShop, kind: Any, key: int) -> Any:
    with reading(shop.engine) as session:
        return session.get_one(kind, key)


def find(walk: Walk, words: str) -> None:
    """Look for something and put the keys on the list."""
    walk.control(Key.Key_F)
    walk.control(Key.Key_A)
    walk.write(words)
    walk.rest()
    walk.until(lambda: not room(walk).list._timer.isActive(), "the file follows")
    walk.press(Key.Key_Down)
    walk.rest()


def open_car(walk: Walk) -> None:
    find(walk, "8K326")
    walk.until(lambda: room(walk).list.sheet is not None and room(walk).list.sheet.car.plate == "粤B8K326", "the car's file shows")
