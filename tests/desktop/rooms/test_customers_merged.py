"""Two records of one customer in the room Customers and vehicles: made one, kept apart, taken apart again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from sqlalchemy import func, select

from db.commands.merging import MergeCustomers
from db.commands.people_and_cars import NewCustomer, add_customer
from db.commands.perform import perform
from db.engine import reading
from db.models import Customer, CustomerPhone, DoubleDismissed
from tests.desktop.rooms.customers_walk import room, row
from tests.desktop.rooms.customers_walk import walk as walk
from tests.desktop.rooms.customers_walk import walk_as as walk_as

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.commands.act import Act
    from tests.desktop.whole_program import Walk
    from tests.small_shop import SmallShop

Key = Qt.Key


@dataclass(frozen=True, slots=True)
class _Twin:
    """The customer once more, in the other script with the same number."""

    verb: ClassVar[str] = "twin"
    right: ClassVar[None] = None

    def apply(self, session: Session, act: Act) -> int:
        twin = add_customer(session, NewCustomer("陈志强", ("+86 13520876610", "13822904416")), act, "CN")
        twin.address = "寶安區"
        return twin.id


def twin(shop: SmallShop) -> int:
    return int(perform(shop.engine, _Twin(), shop.act()).result)


def test_doubles_become_one_by_keys_and_two_again_by_undo(walk: Walk, small_shop: SmallShop) -> None:
    gone = twin(small_shop)
    walk.control(Key.Key_M)
    page = room(walk).merge
    assert page is not None
    walk.until(lambda: page.grid.hasFocus(), "the pair shows")
    assert page.pair is not None and page.pair.per_cent == 91
    assert page.grid.choices["address"] == "gone" and page.grid.choices["phones"] == "both"
    assert room(walk).context_words().startswith("1 possible")
    walk.press(Key.Key_Home)
    walk.press(Key.Key_Up, Key.Key_Left)
    assert page.grid.choices["name"] == "gone"
    walk.press(Key.Key_Right)
    assert page.grid.choices["name"] == "kept"
    walk.press(Key.Key_Down, Key.Key_Space)
    assert page.grid.choices["phones"] == "kept"
    walk.press(Key.Key_Space)
    walk.press(Key.Key_F8)
    walk.rest()
    kept = row(small_shop, Customer, small_shop.customer)
    assert walk.toast() == "陳志強: two records are one now", "the one that is left is named"
    assert row(small_shop, Customer, gone).merged_into_id == kept.id and kept.address == "寶安區" and kept.name == "陳志強"
    with reading(small_shop.engine) as session:
        assert session.execute(select(func.count()).select_from(CustomerPhone).where(CustomerPhone.customer_id == kept.id)).scalar_one() == 2
    walk.until(lambda: page._empty.isVisible(), "no pair is left")
    walk.control(Key.Key_Z)
    walk.rest()
    assert row(small_shop, Customer, gone).merged_into_id is None and row(small_shop, Customer, small_shop.customer).address == ""
    walk.until(lambda: page.pair is not None, "the pair is back")
    walk.press(Key.Key_Escape)
    assert not room(walk).merging and room(walk).list.table.hasFocus()


def test_a_pair_that_is_two_is_not_proposed_again(walk: Walk, small_shop: SmallShop) -> None:
    twin(small_shop)
    walk.control(Key.Key_M)
    page = room(walk).merge
    assert page is not None
    walk.until(lambda: page.grid.hasFocus(), "the pair shows")
    walk.press(Key.Key_N)
    walk.rest()
    walk.until(lambda: page._empty.isVisible(), "no pair is left")
    with reading(small_shop.engine) as session:
        assert session.execute(select(func.count()).select_from(DoubleDismissed)).scalar_one() == 1
    walk.control(Key.Key_Z)
    walk.until(lambda: not page._empty.isVisible(), "the pair is back")
    with reading(small_shop.engine) as session:
        assert session.execute(select(func.count()).select_from(DoubleDismissed)).scalar_one() == 0
    assert walk.toast() == "They are proposed again"


def test_a_merge_is_taken_apart_from_the_file(walk: Walk, small_shop: SmallShop) -> None:
    shop = small_shop
    gone = twin(shop)
    shop.do(MergeCustomers(shop.customer, gone, row(shop, Customer, shop.customer).version, row(shop, Customer, gone).version))
    walk.desk.navigator.open_customer(gone)
    walk.rest()
    view = room(walk)
    walk.until(lambda: view.list.file is not None and view.list.file.customer_id == shop.customer, "the one that was kept shows")
    view.list.customer.merged.list.setFocus()
    walk.press(Key.Key_Return)
    walk.dialog("Dialog")
    walk.press(Key.Key_Tab)
    walk.until(lambda: walk.focused.accessibleName() == "Take apart", "the other answer has the focus")
    walk.press(Key.Key_Return)
    walk.no_dialog()
    assert row(shop, Customer, gone).merged_into_id is None
