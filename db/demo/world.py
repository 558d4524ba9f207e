"""What the demo's modules share, and how a car comes in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from db.rules.order_life import OrderKind

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from db.demo.ledger import Ledger, Row
    from db.demo.people import Crew, Customers
    from db.demo.shelf import Shelf
    from db.demo.signatures import Signatures
    from db.demo.simulation import Bays, Numbers, Simulation, Workshop
    from db.rules.order_line import LineValues
    from db.rules.record_words import RecommendationState
    from db.rules.settings import ShopSettings
    from db.rules.working_calendar import WorkingCalendar

MINUTE = dt.timedelta(minutes=1)


@dataclass(slots=True)
class World:
    """What all of the demo's modules share."""

    ledger: Ledger
    draw: random.Random
    crew: Crew
    calendar: WorkingCalendar
    settings: ShopSettings
    simulation: Simulation
    numbers: Numbers
    workshop: Workshop
    bays: Bays
    shelf: Shelf
    customers: Customers
    today: dt.date
    opening: dt.datetime
    """When the shop opened on the demo's day."""
    vouchers: dict[int, list[Row]] = field(default_factory=dict)
    """Vouchers not used yet, by customer."""
    signatures: Signatures | None = None
    recalls: dict[int, list[Row]] = field(default_factory=dict)
    """Rows of recalls that a vehicle still has to be called in for."""

    def later(self, at: dt.datetime, minutes: int) -> dt.datetime:
        """So many working minutes later."""
        return self.calendar.add_minutes(at, minutes)


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a car comes in: what a check-in form collects."""

    lines: Sequence[LineValues]
    kind: OrderKind = OrderKind.MAINTENANCE
    complaints: tuple[tuple[str, tuple[str, ...]], ...] = ()
    waits: bool = False
    wash: bool = True
    appointment_id: int | None = None
    claim_id: int | None = None
    comeback_of_id: int | None = None
    comeback_line_id: int | None = None
    odometer_reason: str | None = None
    signs: bool = False
    """On the screen; else on paper."""
    marks: tuple[Row, ...] = ()
    belongings: tuple[tuple[str, int], ...] = ()
    warning_lamps: str = ""
    promised_at: dt.datetime | None = None
    kilometres: int | None = None
    sender_name: str = ""
    note: str = ""
    answers: tuple[tuple[Row, RecommendationState, Row], ...] = ()
    """What is said at the counter to earlier recommendations."""
    recalls: tuple[Row, ...] = ()
    """Recalls that are carried out now."""
    voucher: Row | None = None


def decide(
    ledger: Ledger, recommendation: Row, state: RecommendationState, order_id: int | None, staff_id: int, how: str = "at_counter",
    reason: str | None = None, **more: Any,
) -> None:  # fmt: skip
    """One presentation or answer, and the recommendation's state after it."""
    ledger.add(
        "recommendation_decision", recommendation_id=recommendation["id"], order_id=order_id, state=state, how=how, reason=reason,
        words=recommendation["words"], measured_value=recommendation["measured_value"], price=recommendation["price"], decided_at=ledger.at, staff_id=staff_id,
    )  # fmt: skip
    ledger.change("recommendation", recommendation, state=state, **more)
