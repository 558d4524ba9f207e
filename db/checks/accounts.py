"""Settlements and payments: totals equal to their lines, payments within them, what was given used once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from db.checks.arithmetic import line_tax
from db.checks.finding import Finding, rows_that_fail
from db.models import CampaignVehicle, Loan, Loaner, Payment, Promise, Settlement, Vehicle, Voucher, WorkOrder, WorkOrderLine
from db.queries.campaigns import DONE, has_a_line
from db.rules.order_life import OrderState
from db.rules.record_words import PromiseState, SettlementState, VoucherState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

_S = SettlementState


def totals(session: Session) -> Iterator[Finding]:
    """settlement_total_differs, settlement_tax_differs, settlement_open."""
    lines = select(
        WorkOrderLine.settlement_id.label("settlement_id"), func.sum(WorkOrderLine.amount).label("total"), func.sum(line_tax()).label("tax")
    ).where(WorkOrderLine.settlement_id.is_not(None)).group_by(WorkOrderLine.settlement_id).subquery()  # fmt: skip
    base = select(Settlement.id, Settlement.number).outerjoin(lines, lines.c.settlement_id == Settlement.id).where(Settlement.state != _S.CANCELLED)
    total, tax = func.coalesce(lines.c.total, 0), func.coalesce(lines.c.tax, 0)
    yield from rows_that_fail(
        session, "settlement_total_differs", "settlement",
        base.add_columns(Settlement.total.label("total_fen"), total.label("lines_fen")).where(Settlement.total != total),
    )  # fmt: skip
    yield from rows_that_fail(
        session, "settlement_tax_differs", "settlement", base.add_columns(Settlement.tax.label("tax_fen"), tax.label("lines_fen")).where(Settlement.tax != tax)
    )
    yield from rows_that_fail(
        session, "settlement_open", "settlement",
        select(Settlement.id, Settlement.number).join(WorkOrder, WorkOrder.id == Settlement.order_id)
        .where(Settlement.state == _S.OPEN, WorkOrder.state.in_((OrderState.SETTLED, OrderState.DELIVERED))),
    )  # fmt: skip


def payments(session: Session) -> Iterator[Finding]:
    """paid_too_much, paid_below_zero, settlement_state_differs, account_without_due, reversal_differs."""
    paid = select(Payment.settlement_id.label("settlement_id"), func.sum(Payment.amount).label("paid")).group_by(Payment.settlement_id).subquery()
    sum_paid, owed = func.coalesce(paid.c.paid, 0), Settlement.total - Settlement.written_off
    base = (
        select(Settlement.id, Settlement.number, sum_paid.label("paid_fen"), owed.label("owed_fen"), Settlement.state.label("state"))
        .outerjoin(paid, paid.c.settlement_id == Settlement.id)
    )  # fmt: skip
    yield from rows_that_fail(session, "paid_too_much", "settlement", base.where(Settlement.state != _S.CANCELLED, sum_paid > owed))
    yield from rows_that_fail(session, "paid_below_zero", "settlement", base.where(sum_paid < 0))
    within = and_(sum_paid >= 0, sum_paid <= owed)
    differs = or_(
        and_(Settlement.state == _S.PAID, within, sum_paid != owed), and_(Settlement.state == _S.ON_ACCOUNT, within, sum_paid == owed),
        and_(Settlement.state == _S.WRITTEN_OFF, within, or_(Settlement.written_off <= 0, sum_paid != owed)),
        and_(Settlement.state == _S.CANCELLED, sum_paid > 0),
    )  # fmt: skip
    yield from rows_that_fail(session, "settlement_state_differs", "settlement", base.where(differs))
    yield from rows_that_fail(
        session, "account_without_due", "settlement",
        select(Settlement.id, Settlement.number).where(Settlement.state == _S.ON_ACCOUNT, Settlement.due_on.is_(None)),
    )  # fmt: skip
    original = aliased(Payment)
    wrong = or_(Payment.amount != -original.amount, Payment.settlement_id != original.settlement_id, original.reverses_id.is_not(None))
    yield from rows_that_fail(
        session, "reversal_differs", "payment",
        select(Payment.id, Settlement.number).join(original, original.id == Payment.reverses_id).join(Settlement, Settlement.id == Payment.settlement_id)
        .where(wrong),
    )  # fmt: skip


def vouchers(session: Session) -> Iterator[Finding]:
    """voucher_used_twice, voucher_state_differs, voucher_of_other_order."""
    reversal = aliased(Payment)
    standing = and_(
        Payment.voucher_id == Voucher.id, Payment.reverses_id.is_(None), ~select(reversal.id).where(reversal.reverses_id == Payment.id).exists()
    )
    used = select(func.count()).select_from(Payment).where(standing).correlate(Voucher).scalar_subquery()
    yield from rows_that_fail(
        session, "voucher_used_twice", "voucher", select(Voucher.id, Voucher.code, used.label("count")).where(used > 1)
    )  # fmt: skip
    is_used = Voucher.state == VoucherState.USED
    where_known = and_(Voucher.used_order_id.is_not(None), Voucher.used_at.is_not(None))
    nowhere = and_(Voucher.used_order_id.is_(None), Voucher.used_at.is_(None))
    yield from rows_that_fail(
        session, "voucher_state_differs", "voucher", select(Voucher.id, Voucher.code).where(or_(and_(is_used, ~where_known), and_(~is_used, ~nowhere)))
    )
    yield from rows_that_fail(
        session, "voucher_of_other_order", "payment",
        select(Payment.id, Settlement.number, Voucher.code.label("voucher"))
        .join(Voucher, Voucher.id == Payment.voucher_id).join(Settlement, Settlement.id == Payment.settlement_id)
        .where(Voucher.used_order_id.is_not(None), Voucher.used_order_id != Settlement.order_id, Payment.reverses_id.is_(None)),
    )  # fmt: skip


def given_and_lent(session: Session) -> Iterator[Finding]:
    """loaner_lent_twice, loan_back_before_out, promise_closed_without_time, recall_done_without_order, recall_done_without_work."""
    other = aliased(Loan)
    overlap = and_(or_(other.back_at.is_(None), Loan.out_at < other.back_at), or_(Loan.back_at.is_(None), other.out_at < Loan.back_at))
    yield from rows_that_fail(
        session, "loaner_lent_twice", "loan",
        select(Loan.id, Loaner.plate).join(other, and_(other.loaner_id == Loan.loaner_id, other.id < Loan.id)).join(Loaner, Loaner.id == Loan.loaner_id)
        .where(overlap),
    )  # fmt: skip
    yield from rows_that_fail(
        session, "loan_back_before_out", "loan",
        select(Loan.id, Loaner.plate).join(Loaner, Loaner.id == Loan.loaner_id).where(or_(Loan.back_at < Loan.out_at, Loan.back_km < Loan.out_km)),
    )  # fmt: skip
    closed = Promise.state != PromiseState.OPEN
    yield from rows_that_fail(
        session, "promise_closed_without_time", "promise",
        select(Promise.id, Promise.words).where(or_(and_(closed, Promise.closed_at.is_(None)), and_(~closed, Promise.closed_at.is_not(None)))),
    )  # fmt: skip
    # A merged record keeps its own row, so that the merge can be taken apart; its orders belong to the record that was kept.
    recalls = (
        select(CampaignVehicle.id, WorkOrder.number).outerjoin(WorkOrder, WorkOrder.id == CampaignVehicle.done_order_id)
        .join(Vehicle, Vehicle.id == CampaignVehicle.vehicle_id).where(Vehicle.merged_into_id.is_(None))
    )  # fmt: skip
    done = CampaignVehicle.done_at.is_not(None)
    yield from rows_that_fail(
        session, "recall_done_without_order", "campaign_vehicle",
        recalls.where(or_(and_(done, WorkOrder.id.is_(None)), WorkOrder.vehicle_id != CampaignVehicle.vehicle_id)),
    )  # fmt: skip
    yield from rows_that_fail(
        session, "recall_done_without_work", "campaign_vehicle",
        recalls.where(done, WorkOrder.vehicle_id == CampaignVehicle.vehicle_id, ~has_a_line(CampaignVehicle.done_order_id, *DONE)),
    )  # fmt: skip
