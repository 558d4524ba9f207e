"""A record that is asked for by name shows in the customers' room and stays, whatever the list beside it does; a person's key moves on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import pytest
from PySide6.QtCore import Qt

from db.commands.people_and_cars import NewCustomer, NewVehicle, add_customer, add_vehicle, set_owner
from db.queries.shop import the_shop
from tests.desktop.whole_program import Walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot
    from sqlalchemy.orm import Session

    from db.commands.act import Act
    from desktop_app.rooms.customers.list_page import ListPage
    from tests.small_shop import SmallShop

Key = Qt.Key
LISTED = 110
"""More cars than the list reads at first."""


@dataclass(frozen=True, slots=True)
class _ManyCars:
    """Cars that were all here after the one that is asked for, and that one with its owner: returns their keys."""

    verb: ClassVar[str] = "many_cars"
    right: ClassVar[None] = None

    def apply(self, session: Session, act: Act) -> tuple[int, int]:
        today = the_shop(session).day_of(act.at)
        company = add_customer(session, NewCustomer("深圳出租", ("075588886666",)), act, "CN")
        for number in range(LISTED):
            car = add_vehicle(session, NewVehicle(f"粤C{number:05d}"), act, "CN")
            car.last_visit_at = act.at
            set_owner(session, car.id, company.id, today)
        asked = add_vehicle(session, NewVehicle("粤BA7788", vin="LSVAA49J132047371"), act, "CN")
        owner = add_customer(session, NewCustomer("周全", ("13511112222",)), act, "CN")
        set_owner(session, asked.id, owner.id, today)
        return asked.id, owner.id


@dataclass(frozen=True, slots=True)
class Asked:
    """The program in another room, a car that the list doesn't hold at first, and its owner."""

    walk: Walk
    car: int
    owner: int

    @property
    def page(self) -> ListPage:
        return self.walk.window.room_widget("customers").list  # type: ignore[union-attr]

    def rest(self) -> ListPage:
        """The page once nothing is under way, and longer than the list waits before the file follows it."""
        for _turn in range(2):
            self.walk.rest()
            self.walk.until(lambda: not self.page._timer.isActive(), "the file follows")
        return self.page


@pytest.fixture
def asked(small_shop: SmallShop, tmp_path: Path, qtbot: QtBot) -> Iterator[Asked]:
    car, owner = small_shop.do(_ManyCars())
    walk = Walk(small_shop, tmp_path / "machine 機器", small_shop.advisor)
    yield Asked(walk, car, owner)
    walk.stop()


def find_by_vin(walk: Walk) -> None:
    walk.control(Key.Key_K)
    walk.write("32047371")
    walk.rest()
    walk.until(lambda: walk.window.panels and walk.window.panels[-1].list.model().rowCount(), "it is found")  # type: ignore[attr-defined]
    walk.press(Key.Key_Return)


def test_a_car_from_the_search_shows_though_the_list_does_not_hold_it_and_a_key_moves_on_to_the_list(asked: Asked) -> None:
    walk = asked.walk
    find_by_vin(walk)
    page = asked.rest()
    assert page.shown == ("vehicle", asked.car) and page.cars.row_of(asked.car) == -1 and len(page.cars.rows) == 100
    assert page.table.hasFocus() and page.table.selected is None
    walk.press(Key.Key_Return)
    assert page.in_file
    walk.press(Key.Key_Escape)
    asked.rest()
    assert page.table.hasFocus() and page.shown == ("vehicle", asked.car)
    walk.press(Key.Key_Down)
    asked.rest()
    assert page.shown == ("vehicle", page.cars.rows[0].vehicle_id)


@pytest.mark.parametrize("turns", [0, 1, 2, 5])
@pytest.mark.parametrize("seen_before", [False, True])
def test_a_list_that_is_read_anew_meanwhile_does_not_take_the_asked_records_place(asked: Asked, turns: int, seen_before: bool) -> None:
    walk = asked.walk
    if seen_before:
        walk.control(Key.Key_6)
        walk.press(Key.Key_Down)
        assert asked.rest().shown is not None
        walk.window.take_changes({"vehicle"})
    for subject, key in (("vehicle", asked.car), ("customer", asked.owner), ("vehicle", asked.car)):
        walk.desk.navigator.open_record(subject, key)
        for _turn in range(turns):
            walk.application.processEvents()
        walk.window.take_changes(None)
        page = asked.rest()
        assert page.shown == (subject, key)
        walk.window.take_changes({"vehicle"})
        assert asked.rest().shown == (subject, key)


def test_a_customer_reached_from_a_car_stays_while_the_list_with_that_car_is_read_anew(asked: Asked) -> None:
    walk = asked.walk
    walk.control(Key.Key_6)
    walk.press(Key.Key_Down)
    page = asked.rest()
    first = page.shown
    page.open_record("customer", asked.owner)
    page.focus_list()
    asked.rest()
    walk.window.take_changes(None)
    assert asked.rest().shown == ("customer", asked.owner)
    walk.press(Key.Key_Down)
    assert asked.rest().shown not in (first, ("customer", asked.owner))


def test_going_into_a_file_is_not_forgotten_when_records_change_while_it_is_read(asked: Asked) -> None:
    walk = asked.walk
    walk.control(Key.Key_6)
    walk.press(Key.Key_Down)
    page = asked.rest()
    walk.press(Key.Key_Down, Key.Key_Return)
    walk.window.take_changes(None)
    asked.rest()
    assert page.in_file and page.shown == ("vehicle", page.cars.rows[1].vehicle_id)
