"""Settles a work order, one settlement a payer, and re-opens one whose bill must be put right."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import func, select

from db.commands.numbers import next_number
from db.commands.order_access import locked_order, make_move, not_before
from db.commands.perform import rights_held
from db.models import Claim, Customer, Payment, Settlement, WorkOrder, WorkOrderLine
from db.queries.order_facts import order_facts
from db.queries.shop import the_shop
from db.rules import ageing, order_life
from db.rules.errors import Refusal
from db.rules.money import line_amount, tax_inside
from db.rules.order_life import Consent, LineKind, Payer
from db.rules.record_words import PaymentMethod, SettlementState

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.commands.act import Act
    from db.rules.rights import Right

_SIX_MONTHS = dt.timedelta(days=183)
_BORNE_BY_THE_SHOP = frozenset((Payer.INTERNAL, Payer.GOODWILL))


@dataclass(frozen=True, slots=True)
class ShareValues:
    """How one payer's share is settled: paid in full by one way, or put on account."""

    payer: Payer
    method: PaymentMethod | None = None
    """None: on account."""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Settle:
    """Settle every payer's share of a ready order; what the shop bears itself is booked on its own account.

    A payer that is not named is put on account, except the customer, who must be. Returns {"order_id", "number", "state",
    "settlements": [{"settlement_id", "number", "payer", "total", "tax"}]}.
    """

    order_id: int
    shares: tuple[ShareValues, ...]
    expected_version: int | None = None
    verb: ClassVar[str] = "settle"
    right: ClassVar[Right] = order_life.SETTLE.right

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: order_unknown, changed_meanwhile, move_not_legal, move_needs, share_missing (payer), account_needs_manager."""
        order = locked_order(session, self.order_id, self.expected_version)
        # All that is missing is said at once and before anything is booked; the shares themselves are what this act brings.
        facts = order_facts(session, order)
        missing = [need for need in order_life.missing_for(order_life.SETTLE, facts) if need != "shares_settled"]
        if order.state in order_life.SETTLE.from_states and missing:
            raise Refusal("move_needs", move="settle", missing=missing)
        if order.state not in order_life.SETTLE.from_states:
            raise Refusal("move_not_legal", move="settle", state=order.state.value)
        at = not_before(order, act.at)
        lines: dict[Payer, list[WorkOrderLine]] = {}
        for line in session.execute(
            select(WorkOrderLine)
            .where(WorkOrderLine.order_id == order.id, WorkOrderLine.consent == Consent.AUTHORISED)
            .order_by(WorkOrderLine.position, WorkOrderLine.id)
        ).scalars():
            lines.setdefault(line.payer, []).append(line)
        given = {share.payer: share for share in self.shares}
        settlements = [self._settle(session, act, order, payer, lines[payer], given.get(payer), at) for payer in Payer if payer in lines]
        make_move(session, order, "settle")
        order.settled_at = at
        session.flush()
        return {"order_id": order.id, "number": order.number, "state": order.state.value, "settlements": settlements}

    def _settle(
        self, session: Session, act: Act, order: WorkOrder, payer: Payer, lines: list[WorkOrderLine], share: ShareValues | None, at: dt.datetime
    ) -> dict[str, Any]:
        if share is None and payer is Payer.CUSTOMER:
            raise Refusal("share_missing", payer=payer.value)
        shop = the_shop(session)
        total = sum(line.amount for line in lines)
        tax = sum(tax_inside(line.amount, line.tax_basis_points) for line in lines)
        method = PaymentMethod.ACCOUNT if payer in _BORNE_BY_THE_SHOP else share.method if share is not None else None
        customer = session.get(Customer, order.customer_id) if payer is Payer.CUSTOMER and order.customer_id is not None else None
        if method is None and payer is Payer.CUSTOMER and total > 0:
            _check_account(session, act, customer, total, shop.day_of(at))
        months, government = (None, False) if customer is None else (customer.account_months, customer.is_government)
        settlement = Settlement(
            number=next_number(session, "S", shop.day_of(at)), order_id=order.id, payer=payer, customer_id=None if customer is None else customer.id,
            insurer_code=_insurer(session, order) if payer is Payer.INSURER else None,
            state=SettlementState.ON_ACCOUNT if method is None and total else SettlementState.PAID, total=total, tax=tax, settled_at=at,
            due_on=ageing.due_on(shop.day_of(at), months, government) if method is None and total else None, staff_id=act.staff_id,
        )  # fmt: skip
        session.add(settlement)
        session.flush()
        if method is not None and total:
            reference = share.reference if share is not None else ""
            session.add(Payment(settlement_id=settlement.id, method=method, amount=total, paid_at=at, staff_id=act.staff_id, reference=reference))
        for line in lines:
            line.settlement_id = settlement.id
        session.flush()
        return {"settlement_id": settlement.id, "number": settlement.number, "payer": payer.value, "total": total, "tax": tax}


def _check_account(session: Session, act: Act, customer: Customer | None, total: int, today: dt.date) -> None:
    """Refusal account_needs_manager: without an account, beyond its limit, or with a settlement that is over its term."""
    debts: list[ageing.Debt] = []
    limit = 0
    if customer is not None:
        paid = select(func.coalesce(func.sum(Payment.amount), 0)).where(Payment.settlement_id == Settlement.id).correlate(Settlement).scalar_subquery()
        shop = the_shop(session)
        debts = [
            ageing.Debt(shop.day_of(settled_at), left, due_on)
            for settled_at, due_on, left in session.execute(
                select(Settlement.settled_at, Settlement.due_on, Settlement.total - Settlement.written_off - paid).where(
                    Settlement.customer_id == customer.id, Settlement.state == SettlementState.ON_ACCOUNT
                )
            )
        ]
        if customer.is_account:
            limit = ageing.account_limit(_gross_of_six_months(session, customer.id, act.at), customer.account_limit)
    ageing.check_account(rights_held(session, act), debts, total, limit, today)


def _gross_of_six_months(session: Session, customer_id: int, at: dt.datetime) -> int:
    """Fen without tax that the customer's settled lines of the last six months brought above the cost of parts and consumables."""
    rows = session.execute(
        select(WorkOrderLine.amount, WorkOrderLine.tax_basis_points, WorkOrderLine.kind, WorkOrderLine.quantity, WorkOrderLine.unit_cost)
        .join(Settlement, Settlement.id == WorkOrderLine.settlement_id)
        .where(Settlement.customer_id == customer_id, Settlement.settled_at >= at - _SIX_MONTHS, Settlement.state != SettlementState.CANCELLED)
    )
    gross = 0
    for amount, tax, kind, quantity, unit_cost in rows:
        cost = line_amount(quantity, unit_cost) if kind in (LineKind.PART, LineKind.CONSUMABLE) else 0
        gross += amount - tax_inside(amount, tax) - cost
    return gross


def _insurer(session: Session, order: WorkOrder) -> str | None:
    return session.execute(select(Claim.insurer_code).where(Claim.id == order.claim_id)).scalar() if order.claim_id is not None else None


@dataclass(frozen=True, slots=True)
class Reopen:
    """Open a settled order again, so that its bill can be put right: its settlements are cancelled, what was paid is paid back by reversals."""

    order_id: int
    reason: str
    expected_version: int | None = None
    verb: ClassVar[str] = "reopen"
    right: ClassVar[Right] = order_life.REOPEN.right

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: order_unknown, changed_meanwhile, move_not_legal, move_needs."""
        order = locked_order(session, self.order_id, self.expected_version)
        make_move(session, order, "reopen", reason=bool(self.reason.strip()))
        at = not_before(order, act.at)
        for settlement in session.execute(select(Settlement).where(Settlement.order_id == order.id, Settlement.state != SettlementState.CANCELLED)).scalars():
            payments = session.execute(select(Payment).where(Payment.settlement_id == settlement.id)).scalars().all()
            reversed_already = {payment.reverses_id for payment in payments}
            for payment in payments:
                if payment.reverses_id is None and payment.id not in reversed_already:
                    session.add(
                        Payment(
                            settlement_id=settlement.id, method=payment.method, amount=-payment.amount, paid_at=at, staff_id=act.staff_id,
                            reverses_id=payment.id, voucher_id=payment.voucher_id, reason=self.reason.strip(),
                        )
                    )  # fmt: skip
            settlement.state, settlement.reason = SettlementState.CANCELLED, self.reason.strip()
        for line in session.execute(select(WorkOrderLine).where(WorkOrderLine.order_id == order.id, WorkOrderLine.settlement_id.is_not(None))).scalars():
            line.settlement_id = None
        order.settled_at = None
        session.flush()
        return {"order_id": order.id, "number": order.number, "state": order.state.value}
