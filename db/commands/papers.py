"""Keeps count of the papers that were made of an order, so that a reprint can be told from the first print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import func, select

from db.models import PaperPrint, WorkOrder
from db.rules.errors import Refusal
from db.rules.order_life import OrderState

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.commands.act import Act
    from db.rules.rights import Right


@dataclass(frozen=True, slots=True)
class RecordPrint:
    """A paper of an order is being made; returns {"print_id", "copy_number"}: 1 for the first, 2 for the first reprint."""

    number: str
    paper: str
    file_name: str = ""
    """Name of the file that it is written to, without its folder, where a person chose one."""
    verb: ClassVar[str] = "record_print"
    right: ClassVar[Right | None] = None

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusal: order_unknown (number). Everybody prints."""
        # Locked, so that two PCs that print at the same time don't count alike.
        order = session.execute(select(WorkOrder).where(WorkOrder.number == self.number).with_for_update()).scalar_one_or_none()
        if order is None:
            raise Refusal("order_unknown", number=self.number)
        before = session.execute(select(func.max(PaperPrint.copy_number)).where(PaperPrint.order_id == order.id, PaperPrint.paper == self.paper)).scalar()
        row = PaperPrint(
            paper=self.paper, order_id=order.id, copy_number=(before or 0) + 1, printed_at=act.at, staff_id=act.staff_id,
            file_name=self.file_name, void=order.state is OrderState.CANCELLED,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return {"print_id": row.id, "copy_number": row.copy_number}
