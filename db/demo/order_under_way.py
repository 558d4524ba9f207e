"""A work order of a visit as it stands so far: its lines, what the rules may ask of it, and the moves that it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.demo.shelf import line_row
from db.rules.order_life import Consent, LineKind, OrderFacts, OrderState, Payer, WorkState, check_move

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.demo.cars import Car
    from db.demo.ledger import Row
    from db.demo.world import World
    from db.rules.order_line import LineValues


class OrderUnderWay:
    """The order of one visit of one car; each move is checked against the table of moves."""

    def __init__(self, world: World, car: Car) -> None:
        self.world = world
        self.car = car
        self.order: Row = {}
        self.lines: list[Row] = []
        self.technician = 0
        self.worked: set[int] = set()
        self.clock: tuple[Row, Row] | None = None
        self.times_clocked = 0
        self.final_check = False
        self.advisor = 0
        self.belongings: list[Row] = []
        self.voucher: Row | None = None
        self.later_agreed: set[int] = set()
        """Recommendations that were agreed to while the car was in the workshop."""
        self.found: list[Row] = []
        """What was found on this visit and is not answered yet."""

    def _move(self, name: str, **given: Any) -> OrderState:
        state = self.order["state"] if self.order else None
        authorised = [line for line in self.lines if line["consent"] is Consent.AUTHORISED]
        facts = OrderFacts(
            vehicle=True, someone_to_reach=True, mileage=True, promised_time=True, signature=True,
            technician=bool(self.order) and self.order["technician_id"] is not None, bay=bool(self.order) and self.order["bay_id"] is not None,
            authorised_lines=len(authorised), undone_lines=sum(line["work_state"] is not WorkState.DONE for line in authorised),
            clocks_running=int(self.clock is not None), times_clocked=self.times_clocked, final_check=self.final_check,
            lines_handed_out=sum(line["work_state"] is WorkState.DONE and line["kind"] is not LineKind.FEE for line in authorised),
            total_agreed=self.customer_total() <= (self.order["agreed_total"] if self.order else 0), **given,
        )  # fmt: skip
        return check_move(name, state, facts).to_state

    def customer_total(self) -> int:
        """What the customer pays for the authorised lines, in fen."""
        return sum(line["amount"] for line in self.lines if line["payer"] is Payer.CUSTOMER and line["consent"] is Consent.AUTHORISED)

    @property
    def undone(self) -> list[Row]:
        """Authorised lines that are still to be done."""
        return [line for line in self.lines if line["consent"] is Consent.AUTHORISED and line["work_state"] is not WorkState.DONE]

    def resume(self) -> None:
        """A waiting order goes on, in the present request."""
        self.world.ledger.change("work_order", self.order, state=self._move("resume"), waiting_for=None, waiting_until=None, waiting_since=None)

    def _add_lines(self, lines: Sequence[LineValues], authorisation: Row | None, complaints: Sequence[Row] = ()) -> list[Row]:
        """Put lines on the order; what isn't proposed is authorised by the authorisation."""
        ledger = self.world.ledger
        added = []
        groups: dict[int, int] = {}
        last_group = max((line["package_group"] or 0 for line in self.lines), default=0)
        for values in lines:
            agreed = authorisation is not None and not values.proposed
            row = line_row(values)
            if values.package_group is not None:
                row["package_group"] = groups.setdefault(values.package_group, last_group + len(groups) + 1)
            fee = agreed and values.kind is LineKind.FEE
            line = ledger.add(
                "work_order_line", order_id=self.order["id"], position=len(self.lines), consent=Consent.AUTHORISED if agreed else Consent.PROPOSED,
                complaint_id=complaints[values.complaint]["id"] if values.complaint is not None and complaints else None,
                authorisation_id=authorisation["id"] if agreed and authorisation is not None else None,
                work_state=WorkState.DONE if fee else WorkState.OPEN, done_at=ledger.at if fee else None, **row,
            )  # fmt: skip
            self.lines.append(line)
            added.append(line)
        return added

    def first_labour(self, skill: str = "") -> Row | None:
        """The first line of labour that is still to be done."""
        return next((line for line in self.undone if line["kind"] is LineKind.LABOUR and skill in ("", line["skill"])), None)

    def labour_left(self, skill: str) -> list[Row]:
        """The labour of a skill that is still to be done."""
        return [line for line in self.undone if line["kind"] is LineKind.LABOUR and line["skill"] == skill]

    def materials_left(self) -> list[Row]:
        """Parts and consumables not handed out yet."""
        return [line for line in self.undone if line["kind"] in (LineKind.PART, LineKind.CONSUMABLE)]
