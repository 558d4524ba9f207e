"""Changes to what stands on a work order: lines added, changed, taken away and brought back, complaints, the payer's yes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import func, select

from db.commands import campaigns
from db.commands.order_access import SeenLine, agree, locked_order, make_move, refuse_fixed, require_one_of, seen_lines
from db.commands.order_lines import insert_lines
from db.commands.order_prices import check_amount, check_lines, check_price
from db.commands.recommendation_answers import answer
from db.commands.set_aside import CONSENT_AFTER, Withdrawal, bring_back, set_aside
from db.models import Authorisation, Complaint, WorkOrder, WorkOrderLine
from db.queries.order_facts import standing_of, standings
from db.rules import authorisation, order_life
from db.rules.errors import Refusal
from db.rules.money import line_amount, round_half_up_div
from db.rules.order_life import Consent, LineKind, OrderState, Payer, WaitingFor
from db.rules.record_words import AuthorisedHow, RecommendationState
from db.rules.rights import Right, check_discount

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from db.commands.act import Act
    from db.rules.order_line import LineValues


@dataclass(frozen=True, slots=True)
class AddLines:
    """Put further lines on an order, as proposals until somebody has authorised them; returns {"order_id", "line_ids"}.

    A line's `complaint` counts the order's complaints in their order.
    """

    order_id: int
    lines: tuple[LineValues, ...]
    verb: ClassVar[str] = "add_lines"
    right: ClassVar[Right] = Right.CHECK_IN

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: order_unknown, order_fixed, nothing_chosen, quantity_not_possible, price_not_possible, line_below_zero, those of a discount."""
        if not self.lines:
            raise Refusal("nothing_chosen")
        order = locked_order(session, self.order_id)
        refuse_fixed(order)
        check_lines(session, act, self.lines)
        complaints = session.execute(select(Complaint.id).where(Complaint.order_id == order.id).order_by(Complaint.position, Complaint.id)).scalars().all()
        rows = insert_lines(session, order, [replace(line, proposed=True) for line in self.lines], complaints, None)
        return {"order_id": order.id, "line_ids": [row.id for row in rows]}


_MONEY_FIELDS = frozenset(("quantity", "unit_price", "discount_basis_points"))
_FIELD_RIGHTS: dict[str, tuple[Right, ...]] = {
    "quantity": (Right.CHECK_IN,),
    "unit_price": (Right.CHECK_IN,),
    "discount_basis_points": (Right.CHECK_IN, Right.DISCOUNT),
    "payer": (Right.CHECK_IN,),
    "words": (Right.CHECK_IN,),
    "names": (Right.CHECK_IN,),
    "technician_id": (Right.DISPATCH, Right.CHECK_IN),
    "expected_at": (Right.CHECK_IN, Right.PARTS, Right.CLOCK_AND_INSPECT),
}


@dataclass(frozen=True, slots=True)
class ChangeLines:
    """Change fields of lines: quantity, unit_price, discount_basis_points, payer, words, technician_id, expected_at.

    `words` name the line alike in all languages; `names` (zh_TW, zh_CN, en) in each. Returns {"order_id", "over_agreed"}: by how many fen
    the customer's total lies above what was agreed, 0 when within it.
    """

    lines: tuple[SeenLine, ...]
    values: Mapping[str, Any] = field(default_factory=dict)
    verb: ClassVar[str] = "change_lines"
    right: ClassVar[None] = None

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: changed_meanwhile, order_fixed, not_allowed, words_missing, quantity_not_possible, price_not_possible, line_below_zero,
        those of a discount."""
        for name in self.values:
            require_one_of(session, act, *_FIELD_RIGHTS[name])
        order, rows = seen_lines(session, self.lines)
        for line in rows:
            self._change(session, act, line)
        session.flush()
        return {"order_id": order.id, "over_agreed": authorisation.rise(order.agreed_total, standings(session, order.id))}

    def _change(self, session: Session, act: Act, line: WorkOrderLine) -> None:
        values = self.values
        if "words" in values:
            words = str(values["words"]).strip()
            if not words:
                raise Refusal("words_missing")
            line.name_zh_tw = line.name_zh_cn = line.name_en = words
        if "names" in values:
            line.name_zh_tw, line.name_zh_cn, line.name_en = values["names"]
        if "payer" in values:
            line.payer = Payer(values["payer"])
        if "technician_id" in values:
            line.technician_id = values["technician_id"]
        if "expected_at" in values:
            line.expected_at = values["expected_at"]
        if _MONEY_FIELDS.isdisjoint(values):
            return
        quantity, price = values.get("quantity", line.quantity), values.get("unit_price", line.unit_price)
        discount = values.get("discount_basis_points", line.discount_basis_points)
        if price < line.unit_price or discount > line.discount_basis_points:
            check_price(session, act, line.kind, line.code, price, discount)
        check_discount(frozenset((Right.DISCOUNT, Right.DISCOUNT_OVER)), discount)
        if price < 0:
            raise Refusal("price_not_possible", price_fen=price)
        amount = line_amount(quantity, price, discount, line.adjustment)
        check_amount(quantity, amount)
        if line.kind is LineKind.LABOUR and quantity != line.quantity and line.quantity:
            line.standard_minutes = round_half_up_div(line.standard_minutes * quantity, line.quantity)
        line.quantity, line.unit_price, line.discount_basis_points, line.amount = quantity, price, discount, amount


@dataclass(frozen=True, slots=True)
class WithdrawLines:
    """Take lines off an order, saying which of four it is; a customer's no or not yet is remembered with the vehicle.

    `reason` is the customer's reason for a refusal, a code of the catalogue or words; `until` and `until_km` are for what is put off.
    """

    lines: tuple[SeenLine, ...]
    how: Withdrawal
    reason: str = ""
    until: dt.date | None = None
    until_km: int | None = None
    verb: ClassVar[str] = "withdraw_lines"
    right: ClassVar[Right] = Right.CHECK_IN

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: changed_meanwhile, order_fixed, line_worked_on, consent_not_possible, reason_missing, date_or_distance_missing."""
        if self.how is Withdrawal.REFUSED and not self.reason.strip():
            raise Refusal("reason_missing")
        if self.how is Withdrawal.PUT_OFF and self.until is None and self.until_km is None:
            raise Refusal("date_or_distance_missing")
        order, rows = seen_lines(session, self.lines)
        for line in rows:
            authorisation.check_consent(standing_of(line), CONSENT_AFTER[self.how])
        set_aside(session, act, order, rows, self.how, self.reason.strip(), self.until, self.until_km)
        return {"order_id": order.id}


@dataclass(frozen=True, slots=True)
class RestoreLines:
    """Bring withdrawn, postponed or declined lines back as they were before: authorised, when they had been."""

    lines: tuple[SeenLine, ...]
    verb: ClassVar[str] = "restore_lines"
    right: ClassVar[Right] = Right.CHECK_IN

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: changed_meanwhile, order_fixed, line_still_there (line): it was not taken away, or its other half has taken it back."""
        order, rows = seen_lines(session, self.lines)
        for line in rows:
            if line.consent in (Consent.PROPOSED, Consent.AUTHORISED) or line.withdrawn_reason == "joined":
                raise Refusal("line_still_there", line=line.id)
        bring_back(session, act, order, rows)
        return {"order_id": order.id}


@dataclass(frozen=True, slots=True)
class AddComplaint:
    """Write down a further thing that the customer said, in his own words, by chips (their codes), or both; returns its id."""

    order_id: int
    words: str
    tags: tuple[str, ...] = ()
    verb: ClassVar[str] = "add_complaint"
    right: ClassVar[Right] = Right.CHECK_IN

    def apply(self, session: Session, act: Act) -> int:  # noqa: ARG002
        """Refusals: order_unknown, order_fixed, words_missing."""
        if not self.words.strip() and not self.tags:
            raise Refusal("words_missing")
        order = locked_order(session, self.order_id)
        refuse_fixed(order)
        last = session.execute(select(func.max(Complaint.position)).where(Complaint.order_id == order.id)).scalar()
        row = Complaint(order_id=order.id, position=0 if last is None else last + 1, words=self.words.strip(), tags=list(self.tags))
        session.add(row)
        session.flush()
        return row.id


@dataclass(frozen=True, slots=True)
class Authorise:
    """Record the yes to lines, and up to what total the customer agrees; without lines, to the higher total alone.

    `up_to` in fen; None agrees to exactly what the authorised lines come to. Returns {"order_id", "authorisation_id", "agreed_total"}.
    A car that was waiting for this answer goes on being worked on.
    """

    order_id: int
    lines: tuple[SeenLine, ...]
    how: AuthorisedHow
    by_name: str = ""
    up_to: int | None = None
    note: str = ""
    verb: ClassVar[str] = "authorise"
    right: ClassVar[Right] = Right.CHECK_IN

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: order_unknown, order_fixed, changed_meanwhile, name_missing, consent_not_possible, authorised_total_too_low (total_fen, up_to_fen)."""
        if not self.by_name.strip():
            raise Refusal("name_missing")
        rows: Sequence[WorkOrderLine] = ()
        if self.lines:
            order, rows = seen_lines(session, self.lines)
        else:
            order = locked_order(session, self.order_id)
            refuse_fixed(order)
        asked = sum(line.amount for line in rows if line.payer is Payer.CUSTOMER and line.consent is not Consent.AUTHORISED)
        total = authorisation.authorised_total(standings(session, order.id)) + asked
        agreed = total if self.up_to is None else self.up_to
        if agreed < total:
            raise Refusal("authorised_total_too_low", total_fen=total, up_to_fen=agreed)
        record = Authorisation(
            order_id=order.id, how=self.how, by_name=self.by_name.strip(), agreed_total=agreed, authorised_at=act.at, staff_id=act.staff_id, note=self.note
        )
        session.add(record)
        session.flush()
        order.agreed_total = agreed
        answered: set[int] = set()
        for line in rows:
            agree(line, record.id, act.at)
            line.withdrawn_reason = None
            if line.recommendation_id is not None and line.recommendation_id not in answered:
                answered.add(line.recommendation_id)
                answer(session, act, line.recommendation_id, RecommendationState.ACCEPTED, order.id, how=self.how.value)
        campaigns.take_back(session, order)
        session.flush()
        if order.state is OrderState.WAITING and order.waiting_for is WaitingFor.CUSTOMER:
            make_move(session, order, order_life.RESUME.name)
        return {"order_id": order.id, "authorisation_id": record.id, "agreed_total": agreed}


def order_of_line(session: Session, line_id: int) -> WorkOrder:
    """The order that a line stands on, locked. Refusal order_unknown."""
    order_id = session.execute(select(WorkOrderLine.order_id).where(WorkOrderLine.id == line_id)).scalar()
    if order_id is None:
        raise Refusal("order_unknown")
    return locked_order(session, order_id)


__all__ = [
    "AddComplaint",
    "AddLines",
    "Authorise",
    "ChangeLines",
    "RestoreLines",
    "WithdrawLines",
    "Withdrawal",
    "order_of_line",
]
