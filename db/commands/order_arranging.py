"""Arranges the lines of a work order: one split into two for two payers, lines moved up, down or to another complaint."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import inspect, select

from db.commands.order_access import SeenLine, seen_lines
from db.models import Complaint, WorkOrderLine
from db.rules.errors import Refusal
from db.rules.money import LineMoney, line_amount, round_half_up_div, split_by_amount, split_by_per_cent, split_by_quantity
from db.rules.order_life import Consent, Payer, WorkState
from db.rules.rights import Right

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.commands.act import Act


class SplitBy(StrEnum):
    QUANTITY = "quantity"
    """Thousandths of the unit."""
    PER_CENT = "per_cent"
    """Basis points of the amount."""
    AMOUNT = "amount"
    """Fen."""


_SPLITTERS = {SplitBy.QUANTITY: split_by_quantity, SplitBy.PER_CENT: split_by_per_cent, SplitBy.AMOUNT: split_by_amount}
_NOT_COPIED = frozenset(("id", "version", "quantity", "adjustment", "amount", "standard_minutes", "payer", "split_from_id", "settlement_id", "position"))


@dataclass(frozen=True, slots=True)
class SplitLine:
    """Split a part off a line, for another payer; the line keeps the rest, fen for fen. Returns {"order_id", "line_id"} of the part."""

    line: SeenLine
    by: SplitBy
    part: int
    payer: Payer
    verb: ClassVar[str] = "split_line"
    right: ClassVar[Right] = Right.CHECK_IN

    def apply(self, session: Session, act: Act) -> dict[str, Any]:  # noqa: ARG002
        """Refusals: changed_meanwhile, order_fixed, clock_running, and those of `db.rules.money`'s splitting."""
        order, (line,) = seen_lines(session, (self.line,))
        if line.work_state is WorkState.WORKING:
            raise Refusal("clock_running")
        whole, standard = line.quantity, line.standard_minutes
        part, rest = _SPLITTERS[self.by](LineMoney(line.quantity, line.unit_price, line.discount_basis_points, line.adjustment), self.part)
        copied = {name: getattr(line, name) for name in inspect(WorkOrderLine).column_attrs.keys() if name not in _NOT_COPIED}  # noqa: SIM118
        minutes = round_half_up_div(standard * part.quantity, whole)
        new = WorkOrderLine(
            **copied, quantity=part.quantity, adjustment=part.adjustment, amount=part.amount, standard_minutes=minutes, payer=self.payer,
            split_from_id=line.id, position=line.position,
        )  # fmt: skip
        line.quantity, line.adjustment, line.amount, line.standard_minutes = rest.quantity, rest.adjustment, rest.amount, standard - minutes
        session.add(new)
        session.flush()
        return {"order_id": order.id, "line_id": new.id}


@dataclass(frozen=True, slots=True)
class JoinSplit:
    """Take a split back: the line that it came from gets quantity and amount again, the part is withdrawn as joined."""

    line: SeenLine
    verb: ClassVar[str] = "join_split"
    right: ClassVar[Right] = Right.CHECK_IN

    def apply(self, session: Session, act: Act) -> dict[str, Any]:  # noqa: ARG002
        """Refusals: changed_meanwhile, order_fixed, line_not_split, clock_running."""
        order, (part,) = seen_lines(session, (self.line,))
        whole = session.get(WorkOrderLine, part.split_from_id) if part.split_from_id is not None else None
        if whole is None or part.consent is Consent.WITHDRAWN or whole.consent is not part.consent:
            raise Refusal("line_not_split")
        if WorkState.WORKING in (part.work_state, whole.work_state):
            raise Refusal("clock_running")
        amount = whole.amount + part.amount
        whole.quantity += part.quantity
        whole.standard_minutes += part.standard_minutes
        whole.adjustment = amount - line_amount(whole.quantity, whole.unit_price, whole.discount_basis_points)
        whole.amount = amount
        part.consent, part.withdrawn_reason = Consent.WITHDRAWN, "joined"
        session.flush()
        return {"order_id": order.id, "line_id": whole.id}


@dataclass(frozen=True, slots=True)
class MoveLine:
    """Move a line, with its package, so many places down (up when negative) among its complaint's lines, or to another complaint's end.

    With `to_complaint` the line goes to `complaint_id` (None: to no complaint) and `steps` counts nothing.
    """

    line: SeenLine
    steps: int = 0
    to_complaint: bool = False
    complaint_id: int | None = None
    verb: ClassVar[str] = "move_line"
    right: ClassVar[Right] = Right.CHECK_IN

    def apply(self, session: Session, act: Act) -> dict[str, Any]:  # noqa: ARG002
        """Refusals: changed_meanwhile, order_fixed, complaint_unknown."""
        order, (line,) = seen_lines(session, (self.line,))
        rows = list(
            session.execute(select(WorkOrderLine).where(WorkOrderLine.order_id == order.id).order_by(WorkOrderLine.position, WorkOrderLine.id)).scalars()
        )
        mine = [row for row in rows if row is line or (line.package_group is not None and row.package_group == line.package_group)]
        if self.to_complaint:
            if self.complaint_id is not None:
                complaint = session.get(Complaint, self.complaint_id)
                if complaint is None or complaint.order_id != order.id:
                    raise Refusal("complaint_unknown")
            for row in mine:
                row.complaint_id = self.complaint_id
            arranged = [row for row in rows if row not in mine] + mine
        else:
            arranged = _shifted(rows, mine, self.steps)
        for position, row in enumerate(arranged):
            if row.position != position:
                row.position = position
        session.flush()
        return {"order_id": order.id}


def _shifted(rows: list[WorkOrderLine], mine: list[WorkOrderLine], steps: int) -> list[WorkOrderLine]:
    """The rows with `mine` so many units further among the units of their complaint that still stand."""
    head = mine[0]
    units: dict[object, list[WorkOrderLine]] = {}
    for row in rows:
        if row.complaint_id == head.complaint_id and row.consent in (Consent.PROPOSED, Consent.AUTHORISED):
            units.setdefault(row.id if row.package_group is None else ("package", row.package_group), []).append(row)
    order = list(units.values())
    place = next((index for index, unit in enumerate(order) if head in unit), None)
    if place is None:
        return rows
    target = min(max(place + steps, 0), len(order) - 1)
    order.insert(target, order.pop(place))
    sequence = iter([row for unit in order for row in unit])
    moved = {row.id for unit in order for row in unit}
    return [next(sequence) if row.id in moved else row for row in rows]


__all__ = ["JoinSplit", "MoveLine", "SplitBy", "SplitLine"]
