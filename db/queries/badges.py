"""How many things of each room want an act today: the counts on the rail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.queries.board import late_orders
from db.queries.cashier import to_settle
from db.queries.claims import claims_over
from db.queries.follow_ups import due_now
from db.queries.recommendations import awaited_cars

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session


def badges(session: Session, now: dt.datetime) -> dict[str, int]:
    """By the room's key: cars that are late, cars whose owner owes an answer, claims over their time, calls that are due, orders to settle."""
    return {
        "board": late_orders(session, now),
        "recommendations": awaited_cars(session),
        "claims": claims_over(session, now),
        "follow_ups": due_now(session, now),
        "cashier": to_settle(session),
    }
