"""Whether a store holds a demo, and of which day."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select

from db.models import History, Shop
from db.rules.errors import Refusal

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session


BULK_LOAD = "bulk_load"
"""The act by which a demo of a chosen size came into its store."""


class DemoState(StrEnum):
    NONE = "none"
    """An empty store: a demo can be made in it."""
    FRESH = "fresh"
    """A demo of this day."""
    STALE = "stale"
    """A demo whose day is past: opened as it stands, and offered anew."""
    REAL = "real"
    """A real shop: no demo is made here."""


def demo_state(session: Session, today: dt.date) -> DemoState:
    """What the store holds, seen from a day."""
    shop = session.get(Shop, 1)
    if shop is None:
        return DemoState.NONE
    if not shop.is_demo:
        return DemoState.REAL
    return DemoState.FRESH if shop.demo_day is not None and shop.demo_day >= today else DemoState.STALE


def drawn_vehicles(session: Session) -> int | None:
    """How many vehicles a demo of a chosen size was drawn with; None for the usual one, which tells three years of a shop."""
    query = select(History.changes).where(History.verb == BULK_LOAD, History.subject == "vehicle").order_by(History.id).limit(1)
    changes = session.execute(query).scalar()
    return None if changes is None else int(changes["vehicles"][1])


def refuse_real_shop(session: Session) -> None:
    """Nothing, when a demo can be made in this store. Refusals: real_shop_here (name); demo_here (day): one stands in it already."""
    shop = session.get(Shop, 1)
    if shop is None:
        return
    if shop.is_demo:
        raise Refusal("demo_here", day=shop.demo_day)
    raise Refusal("real_shop_here", name=shop.name)
