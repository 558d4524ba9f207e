"""One work order's walk from check-in to delivery, each step as its command would have written it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.demo.arrivals import row_operation
from db.demo.counter_steps import CounterSteps
from db.demo.people import CASH_DESK, COUNTER
from db.demo.workshop_steps import WorkshopSteps
from db.demo.world import decide
from db.rules import ageing
from db.rules.money import tax_inside
from db.rules.order_life import Consent, Payer, WorkState
from db.rules.record_words import (
    ContactPurpose,
    ContactWay,
    PaymentMethod,
    RecommendationState,
    SettlementState,
    VoucherState,
)

if TYPE_CHECKING:
    import datetime as dt

    from db.demo.ledger import Row


class Walk(CounterSteps, WorkshopSteps):
    """One visit of one car. The steps must come in their order; each is checked against the table of moves."""

    def settle(self, at: dt.datetime, method: PaymentMethod | None, insurer: str | None = None) -> list[Row]:
        """Each payer's share is settled: the customer's by this way (None: on account), what others pay on account, what the shop bears at once."""
        ledger, cashier, owner = self.world.ledger, self.world.crew.staff["he"], self.car.owner.made
        assert owner is not None
        by_manager = method is None and not owner.row["is_account"]
        ledger.act(at, cashier, CASH_DESK, "settle", self.world.crew.staff["fang"] if by_manager else None)
        state = self._move("settle", open_shares=0)
        day = self.world.calendar.day_of(at)
        settlements = []
        for payer in Payer:
            lines = [line for line in self.lines if line["payer"] is payer and line["consent"] is Consent.AUTHORISED]
            if not lines:
                continue
            total = sum(line["amount"] for line in lines)
            way = method if payer is Payer.CUSTOMER else PaymentMethod.ACCOUNT if payer in (Payer.INTERNAL, Payer.GOODWILL) else None
            on_account = way is None and total > 0
            customer = owner.row if payer is Payer.CUSTOMER else None
            months, government = (customer["account_months"], customer["is_government"]) if customer else (None, False)
            settlement = ledger.add(
                "settlement", number=self.world.numbers.next("S", at), order_id=self.order["id"], payer=payer,
                customer_id=None if customer is None else customer["id"], insurer_code=insurer if payer is Payer.INSURER else None,
                state=SettlementState.ON_ACCOUNT if on_account else SettlementState.PAID, total=total,
                tax=sum(tax_inside(line["amount"], line["tax_basis_points"]) for line in lines), settled_at=at,
                due_on=ageing.due_on(day, months, government) if on_account else None,
                staff_id=cashier,
            )  # fmt: skip
            if way is not None and total:
                self._pay(settlement, way, total, at, cashier)
            for line in lines:
                ledger.change("work_order_line", line, settlement_id=settlement["id"])
            settlements.append(settlement)
        ledger.change("work_order", self.order, state=state, settled_at=at)
        return settlements

    def _pay(self, settlement: Row, way: PaymentMethod, total: int, at: dt.datetime, cashier: int) -> None:
        rest = total
        if self.voucher is not None and settlement["payer"] is Payer.CUSTOMER:
            given = min(self.voucher["amount"], total)
            rest -= given
            self.world.ledger.add(
                "payment", settlement_id=settlement["id"], method=PaymentMethod.VOUCHER, amount=given, paid_at=at, staff_id=cashier,
                voucher_id=self.voucher["id"],
            )  # fmt: skip
        if rest:
            self.world.ledger.add("payment", settlement_id=settlement["id"], method=way, amount=rest, paid_at=at, staff_id=cashier)

    def deliver(self, at: dt.datetime, taken_by: str = "") -> Row | None:
        """The car leaves; a call is due some working days later. Returns the call, if the customer wants one."""
        world, ledger, owner = self.world, self.world.ledger, self.car.owner.made
        assert owner is not None
        ledger.act(at, self.advisor, COUNTER, "deliver")
        ledger.change("work_order", self.order, state=self._move("deliver", taken_by=True), delivered_at=at, delivered_to=taken_by or owner.person)
        for thing in self.belongings:
            ledger.change("order_belonging", thing, returned_at=at)
        self._recalls_done(at)
        self._recommendations_done()
        if not owner.row["consent_to_call"]:
            return None
        due = world.calendar.working_days_after(world.calendar.day_of(at), world.settings.follow_up_working_days)
        return ledger.add(
            "contact", customer_id=owner.id, vehicle_id=self.car.id, order_id=self.order["id"], purpose=ContactPurpose.AFTER_VISIT, way=ContactWay.PHONE,
            due_on=due, staff_id=self.advisor, created_at=at,
        )  # fmt: skip

    def _recalls_done(self, at: dt.datetime) -> None:
        done = {
            line["code"] for line in self.lines
            if line["payer"] is Payer.RECALL and line["consent"] is Consent.AUTHORISED and line["work_state"] is WorkState.DONE
        }  # fmt: skip
        for concerned in self.world.recalls.get(self.car.id, []):
            if concerned["done_order_id"] == self.order["id"]:
                carried_out = row_operation(self.world, concerned) in done
                self.world.ledger.change("campaign_vehicle", concerned, **({"done_at": at} if carried_out else {"done_order_id": None}))

    def _recommendations_done(self) -> None:
        ledger = self.world.ledger
        done = {line["recommendation_id"] for line in self.lines if line["consent"] is Consent.AUTHORISED and line["recommendation_id"] is not None}
        for recommendation in [row for row in self.car.open_recommendations if row["id"] in done and row["state"] is RecommendationState.ACCEPTED]:
            decide(ledger, recommendation, RecommendationState.DONE_HERE, self.order["id"], self.advisor, how="")
            self.car.open_recommendations.remove(recommendation)

    def cancel(self, at: dt.datetime, reason: str) -> None:
        """The order is called off; its number stays."""
        self.world.ledger.act(at, self.advisor, COUNTER, "cancel")
        ledger = self.world.ledger
        ledger.change("work_order", self.order, state=self._move("cancel", reason=True), cancelled_at=at, cancel_reason=reason)
        if self.voucher is not None:
            ledger.change("voucher", self.voucher, state=VoucherState.GIVEN, used_order_id=None, used_at=None)
        for concerned in self.world.recalls.get(self.car.id, []):
            if concerned["done_order_id"] == self.order["id"]:
                ledger.change("campaign_vehicle", concerned, done_order_id=None)
        wanted = {line["recommendation_id"] for line in self.lines if line["recommendation_id"] is not None}
        for recommendation in self.car.open_recommendations:
            if recommendation["id"] in wanted and recommendation["state"] is RecommendationState.ACCEPTED:
                decide(ledger, recommendation, RecommendationState.PRESENTED, self.order["id"], self.advisor, "undone")
