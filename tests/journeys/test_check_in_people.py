"""Who brings a known car: somebody else, a known customer, and the owner himself again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from db.commands.customers import AddCustomer, CustomerValues
from desktop_app.rooms.check_in.form import CheckInForm
from tests.journeys.check_in_walk import begin, desk, finish, put_aside_and_go_on
from tests.journeys.check_in_walk import shop as shop
from tests.journeys.check_in_walk import walk as walk

if TYPE_CHECKING:
    from tests.desktop.whole_program import Walk
    from tests.small_shop import SmallShop

Key, Modifier = Qt.Key, Qt.KeyboardModifier
PHONE = "13988776655"


def ask(walk: Walk) -> Any:
    """Alt+R, the cursor in the name."""
    walk.press(Key.Key_R, modifier=Modifier.AltModifier)
    dialog = walk.dialog("BringerDialog")
    walk.until(dialog._name.hasFocus, "the name has the focus")
    walk.rest()
    return dialog


def over(walk: Walk, edit: Any, words: str) -> None:
    edit.setFocus()
    walk.control(Key.Key_A)
    if words:
        walk.write(words)
    else:
        walk.press(Key.Key_Delete)


def take(walk: Walk) -> None:
    walk.press(Key.Key_F8)
    walk.no_dialog()
    walk.rest()


def brought_by(view: Any) -> tuple[str, str, int | None, str]:
    form = view._form
    return form.sender_name, form.contact_phone, form.sender_id, view.car._rows["sender"].text()


def test_somebody_else_brings_the_car_and_then_the_owner_after_all(walk: Walk, shop: SmallShop) -> None:
    view = begin(walk)
    dialog = ask(walk)
    assert dialog.windowTitle() == "Who brings the car"
    walk.write("李四")
    walk.press(Key.Key_Return)
    walk.write(PHONE)
    take(walk)
    assert brought_by(view) == ("李四", PHONE, None, f"李四 · {PHONE}")
    dialog = ask(walk)
    assert (dialog._name.text(), dialog._phone.text()) == ("李四", PHONE)
    over(walk, dialog._name, "")
    over(walk, dialog._phone, "")
    take(walk)
    assert brought_by(view) == ("", "", None, "the owner")
    ask(walk)
    walk.write("李四")
    take(walk)
    assert brought_by(view) == ("李四", "", None, "李四"), "the owner's phone is enough"
    ask(walk)
    walk.press(Key.Key_O, modifier=Modifier.AltModifier)
    walk.no_dialog()
    assert brought_by(view) == ("", "", None, "the owner")
    order = finish(walk, view)
    assert (order.sender_name, order.contact_phone, order.sender_id) == ("", "", None)


def known(shop: SmallShop) -> int:
    return int(shop.do(AddCustomer(CustomerValues("趙六", (PHONE,))))["customer_id"])


def same_person(walk: Walk, dialog: Any, number: str) -> None:
    over(walk, dialog._phone, number)
    walk.press(Key.Key_Return)
    walk.until(lambda: dialog._phone_field._offer is not None, "somebody is known by it")
    walk.rest()
    walk.press(Key.Key_S, modifier=Modifier.AltModifier)


def test_a_known_customer_who_brings_the_car_stands_on_the_order(walk: Walk, shop: SmallShop) -> None:
    key = known(shop)
    view = begin(walk)
    same_person(walk, ask(walk), PHONE)
    take(walk)
    assert brought_by(view) == ("趙六", PHONE, key, f"趙六 · {PHONE}")
    assert CheckInForm.from_draft(view._form.to_draft()).sender_id == key
    put_aside_and_go_on(walk, view)
    order = finish(walk, view)
    assert (order.sender_id, order.sender_name, order.contact_phone, order.customer_id) == (key, "趙六", PHONE, shop.second_customer)


def test_a_name_typed_over_a_known_customer_is_another_person(walk: Walk, shop: SmallShop) -> None:
    known(shop)
    view = begin(walk)
    dialog = ask(walk)
    same_person(walk, dialog, PHONE)
    over(walk, dialog._name, "Wang")
    take(walk)
    assert brought_by(view)[:3] == ("Wang", PHONE, None)


def test_the_owner_found_by_his_phone_is_the_owner_himself(walk: Walk, shop: SmallShop) -> None:
    view = begin(walk)
    number = view._sheet.car.owner.phones[0]
    same_person(walk, ask(walk), number)
    take(walk)
    assert brought_by(view)[:3] == ("", number, None)


def test_another_phone_typed_over_a_known_customer_of_a_new_car_is_another_person(walk: Walk, shop: SmallShop) -> None:
    key = known(shop)
    desk(walk)
    walk.control(Key.Key_N)
    dialog = walk.dialog("NewCarDialog")
    same_person(walk, dialog, PHONE)
    walk.rest()
    assert (dialog.typed().customer_id, dialog.typed().name) == (key, "趙六")
    over(walk, dialog._phone, "13700001111")
    assert dialog.typed().customer_id is None
