"""Alerts at check-in by keyboard: each opens where it comes from, and what is done about it stands on the order and in the records."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import delete, func, select, update

from db.checks import findings
from db.commands.order_moves import Deliver, Dispatch, PassCheck
from db.commands.order_settling import Settle, ShareValues
from db.commands.order_work import MarkLinesDone
from db.engine import reading, writing
from db.models import (
    Campaign,
    CampaignVehicle,
    Claim,
    CustomerPhone,
    Payment,
    Policy,
    Promise,
    Recommendation,
    RecommendationDecision,
    Settlement,
    Vehicle,
    Voucher,
    WorkOrder,
    WorkOrderLine,
)
from db.queries.alerts import alerts
from db.queries.vehicle_file import vehicle_file
from db.rules.order_life import Consent, OrderKind, OrderState, Payer
from db.rules.record_words import (
    PaymentMethod,
    PolicyKind,
    RecommendationSource,
    RecommendationState,
    SettlementState,
    Urgency,
    VoucherState,
)
from tests.desktop.whole_program import Walk
from tests.journeys.check_in_walk import finish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.small_shop import SmallShop

Key, Modifier = Qt.Key, Qt.KeyboardModifier
ROWS = "Show where this comes from"


@pytest.fixture
def told(small_shop: SmallShop) -> SmallShop:
    """The first car's order is delivered, and all sorts of things are known of car and owner."""
    order = small_shop.order
    small_shop.do(Dispatch(order, small_shop.technician, small_shop.bay), small_shop.foreman, -60)
    small_shop.do(MarkLinesDone(tuple(small_shop.line_ids())), small_shop.foreman, -30)
    small_shop.do(PassCheck(order), small_shop.manager, -20)
    small_shop.do(Settle(order, (ShareValues(Payer.CUSTOMER, PaymentMethod.WECHAT),)), small_shop.cashier, -15)
    small_shop.do(Deliver(order, "陳志強"), small_shop.advisor, -10)
    with writing(small_shop.engine) as session:
        for code, state, name in (
            ("BP-F-01", RecommendationState.POSTPONED, "前制動片"), ("G02", RecommendationState.DECLINED, "底盤異響檢查"),
            ("BP-R-01", RecommendationState.FOUND, "後制動片"),
        ):  # fmt: skip
            _recommend(session, small_shop, code, state, name)
        session.add(Voucher(code="V-100", customer_id=small_shop.customer, amount=10_000, given_at=small_shop.now, expires_on=dt.date(2026, 12, 31)))
        session.add(Promise(customer_id=small_shop.customer, vehicle_id=small_shop.vehicle, words="免費補一次漆", promised_at=small_shop.now))
        session.add(
            Policy(
                vehicle_id=small_shop.vehicle, insurer_code="PICC", kind=PolicyKind.COMMERCIAL, from_on=dt.date(2025, 12, 1), until_on=dt.date(2026, 12, 1)
            )
        )  # fmt: skip
        campaign = Campaign(code="RC-26", is_recall=True, name_zh_tw="安全氣囊", name_zh_cn="安全气囊", name_en="Airbag", operation_code="G02")
        session.add(campaign)
        session.flush()
        session.add(CampaignVehicle(campaign_id=campaign.id, vehicle_id=small_shop.vehicle))
    return small_shop


def _recommend(session: Any, shop: SmallShop, code: str, state: RecommendationState, name: str) -> None:
    kind = "labour" if code == "G02" else "part"
    row = Recommendation(
        vehicle_id=shop.vehicle, order_id=shop.earlier_order, state=state, source=RecommendationSource.TECHNICIAN, subject_code=code, name_zh_tw=name,
        name_zh_cn=name, name_en=name, urgency=Urgency.SOON, price=30_000, line_plan=[{"kind": kind, "code": code, "quantity": 1000}],
        found_at=shop.now - dt.timedelta(days=150),
    )  # fmt: skip
    session.add(row)
    session.flush()
    steps = () if state is RecommendationState.FOUND else (RecommendationState.PRESENTED, state)
    session.add_all(
        RecommendationDecision(recommendation_id=row.id, order_id=shop.earlier_order, state=step, price=row.price, decided_at=row.found_at)
        for step in (RecommendationState.FOUND, *steps)
    )


@pytest.fixture
def walk(told: SmallShop, tmp_path: Path, qtbot: QtBot) -> Iterator[Walk]:
    walk = Walk(told, tmp_path / "machine 機器", told.advisor, size=(1440, 1000))
    yield walk
    walk.stop()


def begin(walk: Walk, tail: str = "8K326") -> Any:
    walk.press(Key.Key_F2)
    view = walk.window.room_widget("check_in")
    walk.until(view.desk.finder.hasFocus, "the finder has the focus")
    walk.write(tail)
    walk.until(lambda: bool(view.desk.finder.results), "the car is found")
    walk.press(Key.Key_Return)
    walk.until(lambda: view.in_form, "the form opens")
    walk.rest()
    return view


def go_to(walk: Walk, view: Any, kind: str) -> Any:
    """By keys from wherever one is to the strip of the first alert of a kind."""
    walk.press(Key.Key_A, modifier=Modifier.AltModifier)
    for _ in range(len(view.alerts.open_alerts)):
        alert = walk.focused.property("alert")
        if alert is not None and alert.kind == kind:
            return alert
        walk.press(Key.Key_Down)
    raise AssertionError(f"no alert {kind}: {[alert.kind for alert in view.alerts.open_alerts]}")


def from_menu(walk: Walk, words: str) -> None:
    """F10 and down to an act."""
    walk.press(Key.Key_F10)
    walk.until(lambda: QApplication.activePopupWidget() is not None, "the menu opens")
    menu: Any = QApplication.activePopupWidget()
    place = [action.text() for action in menu.actions()].index(words)
    for _ in range(place):
        QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Return)
    walk.rest()


def in_front(walk: Walk) -> tuple[str, object]:
    """The room and what it shows."""
    key = walk.window.room_key
    room: Any = walk.window.room_widget(key)
    if key == "customers":
        return key, room.list.shown
    file = room.order.file if key == "work_orders" and room.order is not None else None
    return key, file.order_id if file is not None else None


def test_every_alert_opens_the_rows_it_comes_from(walk: Walk, told: SmallShop) -> None:
    view = begin(walk)
    kinds = {alert.kind for alert in view.alerts.open_alerts}
    of_the_car = {"postponed", "declined", "found", "recall", "policy", "promise", "voucher"}
    assert of_the_car | {"recent_visit"} <= kinds
    for kind in sorted(kinds):
        if walk.window.room_key != "check_in":
            walk.control(Key.Key_1)
        alert = go_to(walk, view, kind)
        from_menu(walk, ROWS)
        subject, key = alert.rows[0]
        wanted = ("work_orders", key) if subject == "order" else ("customers", ("vehicle", told.vehicle))
        walk.until(lambda wanted=wanted: in_front(walk) == wanted, f"{kind} leads to {wanted}")  # type: ignore[misc]
        walk.rest()
    walk.control(Key.Key_1)
    assert view.in_form and {alert.kind for alert in view.alerts.open_alerts} == kinds - {"due_more"}, "a look takes no offer away"


def test_what_falls_due_again_leads_to_the_visit_that_did_it_last(told: SmallShop) -> None:
    later = told.now + dt.timedelta(days=300)

    def due() -> dict[str, tuple[tuple[str, int], ...]]:
        with reading(told.engine) as session:
            found = alerts(session, vehicle_file(session, told.vehicle, later), later)
        return {alert.facts["code"]: alert.rows for alert in found if alert.kind == "due"}

    assert due() and set(due().values()) == {(("order", told.order),)}
    with writing(told.engine) as session:
        session.execute(update(Vehicle).where(Vehicle.id == told.vehicle).values(bought_on=dt.date(2020, 6, 1)))
    assert due()["WIPER"] == (("vehicle", told.vehicle),), "what was never done here is counted from the purchase"


def test_debts_lead_to_who_owes_and_nobody_to_reach_to_the_owner(walk: Walk, told: SmallShop) -> None:
    with writing(told.engine) as session:
        session.execute(delete(Payment))
        session.execute(update(Settlement).values(state=SettlementState.OPEN))
        session.execute(delete(CustomerPhone).where(CustomerPhone.customer_id == told.customer))
    view = begin(walk)
    for kind in ("owes", "nobody_to_reach"):
        if walk.window.room_key != "check_in":
            walk.control(Key.Key_1)
        go_to(walk, view, kind)
        from_menu(walk, ROWS)
        walk.until(lambda: in_front(walk) == ("customers", ("customer", told.customer)), f"{kind} leads to the customer")
        walk.rest()
    walk.control(Key.Key_1)
    assert "owes" not in {alert.kind for alert in view.alerts.open_alerts}, "what asks for a look only has had it"


def test_an_open_claim_and_an_open_order_are_opened_by_their_button(walk: Walk, told: SmallShop) -> None:
    with writing(told.engine) as session:
        claim = Claim(number="C261124-001", vehicle_id=told.vehicle, customer_id=told.customer, insurer_code="PICC", reported_at=told.now)
        session.add(claim)
        session.flush()
        claim_id = claim.id
        session.execute(update(WorkOrder).where(WorkOrder.id == told.order).values(state=OrderState.SETTLED, delivered_at=None))
    view = begin(walk)
    go_to(walk, view, "open_order")
    walk.press(Key.Key_Return)
    walk.until(lambda: in_front(walk) == ("work_orders", told.order), "the order that is open")
    walk.rest()
    walk.control(Key.Key_1)
    go_to(walk, view, "claim")
    walk.press(Key.Key_Return)
    walk.until(lambda: walk.window.room_key == "claims", "the claims")
    room: Any = walk.window.room_widget("claims")
    walk.until(lambda: room.table.selected is not None and room.table.selected.claim_id == claim_id, "the claim is selected")
    walk.rest()


def test_what_is_done_about_alerts_stands_on_the_order_and_in_the_records(walk: Walk, told: SmallShop) -> None:
    view = begin(walk)
    ids = {alert.kind: alert.rows[0][1] for alert in view.alerts.open_alerts}
    go_to(walk, view, "postponed")
    from_menu(walk, "Put off again")
    walk.dialog("PostponeDialog")
    walk.press(Key.Key_Tab)
    walk.write("52000")
    walk.press(Key.Key_F8)
    walk.no_dialog()
    go_to(walk, view, "declined")
    from_menu(walk, "Decline again")
    dialog = walk.dialog("DeclineDialog")
    walk.until(lambda: dialog._reason.count() > 1, "the reasons are read")
    walk.press(Key.Key_Down)
    reason = dialog._reason.chosen
    walk.press(Key.Key_F8)
    walk.no_dialog()
    go_to(walk, view, "found")
    walk.press(Key.Key_Return)
    walk.until(lambda: view.lines.has("BP-R-01"), "what was found is on the form")
    for kind in ("recent_visit", "voucher"):
        go_to(walk, view, kind)
        walk.press(Key.Key_Return)
        walk.rest()
    command = view._form.command(44_000, "counter 1")
    assert command.postponed_recommendations == ((ids["postponed"], None, 52_000),)
    assert command.declined_recommendations == ((ids["declined"], reason),) and reason
    assert (command.comeback_of_id, command.kind, command.voucher_ids) == (told.order, OrderKind.COMEBACK, (ids["voucher"],))
    assert [(line.code, line.recommendation_id) for line in command.lines] == [("BP-R-01", ids["found"])]
    order = finish(walk, view, "44000")
    with reading(told.engine) as session:
        assert (order.comeback_of_id, order.kind, order.vehicle_id) == (told.order, OrderKind.COMEBACK, told.vehicle)
        states = {row.id: row for row in session.execute(select(Recommendation)).scalars()}
        postponed = states[ids["postponed"]]
        assert (postponed.state, postponed.postponed_until, postponed.postponed_until_km) == (RecommendationState.POSTPONED, None, 52_000)
        assert states[ids["declined"]].state is RecommendationState.DECLINED
        assert states[ids["found"]].state is RecommendationState.ACCEPTED
        answers = select(RecommendationDecision.recommendation_id, RecommendationDecision.state, RecommendationDecision.reason)
        told_now = session.execute(answers.where(RecommendationDecision.order_id == order.id)).all()
        assert (ids["declined"], RecommendationState.DECLINED, reason) in told_now
        assert (ids["postponed"], RecommendationState.POSTPONED, None) in told_now and len(told_now) == 6
        voucher = session.get_one(Voucher, ids["voucher"])
        assert (voucher.state, voucher.used_order_id) == (VoucherState.USED, order.id)
        line = session.execute(select(WorkOrderLine).where(WorkOrderLine.order_id == order.id)).scalar_one()
        assert (line.code, line.recommendation_id, line.consent) == ("BP-R-01", ids["found"], Consent.AUTHORISED)
        assert session.execute(select(func.count()).select_from(RecommendationDecision)).scalar_one() > len(told_now)
        assert list(findings(session)) == []


def add(walk: Walk, view: Any, kind: str, code: str) -> Any:
    """The button of an alert, and what it puts on."""
    alert = go_to(walk, view, kind)
    walk.press(Key.Key_Return)
    walk.until(lambda: view.lines.has(code), "what it offers is on the form")
    walk.rest()
    return alert


def take_back(walk: Walk, view: Any, done: str) -> None:
    """By keys to the handled alert about which this was done, and Enter."""
    walk.press(Key.Key_A, modifier=Modifier.AltModifier)
    card = view.alerts
    line = next(card.list.handled(key) for key in card.list.handled_keys if view._form.handled[key] == done)
    for _ in range(len(card.list.open_keys) + len(card.list.handled_keys)):
        if walk.focused is line:
            break
        walk.press(Key.Key_Down)
    assert "Enter takes it back" in walk.focused.accessibleName() and card.list._hint.isVisible()
    walk.until(lambda: line.visibleRegion().boundingRect() == line.rect(), "it is scrolled into sight")
    walk.press(Key.Key_Return)
    walk.rest()


def test_what_was_done_about_alerts_is_taken_back_before_the_order_is_opened(walk: Walk, told: SmallShop) -> None:
    view = begin(walk)
    kinds = [alert.kind for alert in view.alerts.open_alerts]
    for kind, act, dialog in (("postponed", "Put off again", "PostponeDialog"), ("declined", "Decline again", "DeclineDialog")):
        go_to(walk, view, kind)
        from_menu(walk, act)
        shown = walk.dialog(dialog)
        if kind == "declined":
            walk.until(lambda shown=shown: shown._reason.count() > 1, "the reasons are read")  # type: ignore[misc]
            walk.press(Key.Key_Down)
        else:
            walk.press(Key.Key_Tab)
            walk.write("52000")
        walk.press(Key.Key_F8)
        walk.no_dialog()
    add(walk, view, "found", "BP-R-01")
    for kind in ("recent_visit", "voucher"):
        go_to(walk, view, kind)
        walk.press(Key.Key_Return)
        walk.rest()
    assert len(view._form.handled) == 5
    for done, kind in (("postponed", "postponed"), ("declined", "declined"), ("added", "found"), ("comeback", "recent_visit"), ("used", "voucher")):
        take_back(walk, view, done)
        strip = walk.focused
        assert strip.property("alert").kind == kind, "it waits again, under the cursor"
        walk.until(lambda strip=strip: strip.visibleRegion().boundingRect() == strip.rect(), "and in sight")  # type: ignore[misc]
    assert [alert.kind for alert in view.alerts.open_alerts] == kinds and not view._form.handled
    command = view._form.command(44_000, "counter 1")
    assert (command.postponed_recommendations, command.declined_recommendations, command.voucher_ids) == ((), (), ())
    assert (command.comeback_of_id, command.lines, command.kind) == (None, (), OrderKind.MAINTENANCE)
    order = finish(walk, view, "44000")
    with reading(told.engine) as session:
        assert session.execute(select(RecommendationDecision.id).where(RecommendationDecision.order_id == order.id)).all() == []
        assert session.execute(select(Voucher.state)).scalar_one() is VoucherState.GIVEN
        assert list(findings(session)) == []


def test_an_alert_asks_again_once_its_last_item_is_deleted(walk: Walk, told: SmallShop) -> None:
    view = begin(walk)
    kinds = [alert.kind for alert in view.alerts.open_alerts]
    add(walk, view, "recall", "G02")
    add(walk, view, "found", "BP-R-01")
    assert [alert.kind for alert in view.alerts.open_alerts] == [kind for kind in kinds if kind not in ("recall", "found")]
    view.lines.table.setFocus()
    walk.press(Key.Key_Home, Key.Key_Delete)
    assert [line.code for line in view._form.lines] == ["BP-R-01"] and walk.focused is view.lines.table
    assert [alert.kind for alert in view.alerts.open_alerts] == [kind for kind in kinds if kind != "found"]
    walk.press(Key.Key_Home, Key.Key_Delete)
    assert [alert.kind for alert in view.alerts.open_alerts] == kinds and not view._form.handled
    add(walk, view, "recall", "G02")
    assert [(line.code, line.payer) for line in view._form.lines] == [("G02", Payer.RECALL)], "it is offered again"


def test_what_stood_on_the_form_before_an_alert_stays_when_it_is_taken_back(walk: Walk, told: SmallShop) -> None:
    with writing(told.engine) as session:
        session.execute(update(Vehicle).where(Vehicle.id == told.vehicle).values(bought_on=dt.date(2020, 6, 1)))
    view = begin(walk)
    code = next(alert.offers[0].code for alert in view.alerts.open_alerts if alert.kind == "due" and alert.offers)
    walk.control(Key.Key_F)
    walk.write(code)
    walk.until(lambda: bool(view.lines.finder.results), "the item is found")
    walk.press(Key.Key_Return)
    walk.until(lambda: view.lines.has(code), "a person put it on")
    walk.rest()
    lines = list(view._form.lines)
    go_to(walk, view, "due")
    walk.press(Key.Key_Return)
    walk.rest()
    take_back(walk, view, "added")
    assert view._form.lines == lines and not view._form.handled


def test_a_click_takes_back_and_a_car_without_open_alerts_leads_to_the_handled(walk: Walk, told: SmallShop) -> None:
    view = begin(walk)
    while view.alerts.open_alerts:
        walk.press(Key.Key_A, modifier=Modifier.AltModifier)
        from_menu(walk, "Noted")
    walk.press(Key.Key_A, modifier=Modifier.AltModifier)
    first = view.alerts.list.handled(view.alerts.list.handled_keys[0])
    assert walk.focused is first
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    walk.rest()
    assert len(view.alerts.open_alerts) == 1 and walk.focused.property("alert") is view.alerts.open_alerts[0]


def test_in_a_narrow_window_f10_opens_the_drawer_with_the_menu(told: SmallShop, tmp_path: Path, qtbot: QtBot) -> None:
    walk = Walk(told, tmp_path / "machine 機器", told.advisor, size=(1100, 720))
    try:
        view = begin(walk)
        assert not view.page.is_wide and not view.page.host.is_open
        walk.press(Key.Key_F10)
        walk.until(lambda: QApplication.activePopupWidget() is not None, "the menu opens")
        assert view.page.host.is_open
        QTest.keyClick(QApplication.activePopupWidget(), Key.Key_Escape)
        walk.rest()
    finally:
        walk.stop()
