"""The shop as windows and rules need it: its row, its settings, its calendar, its people and bays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from db.models import Bay, Closure, Shop, Staff
from db.queries.shop_rows import BayRow, ShopRow, StaffRow, hours_of
from db.rules.settings import from_stored
from db.rules.working_calendar import WorkingCalendar

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

__all__ = ["BayRow", "ShopRow", "StaffRow", "bay_rows", "shop_row", "staff_rows", "the_shop", "working_calendar"]


def shop_row(session: Session) -> ShopRow | None:
    """The shop, or None in an empty store."""
    shop = session.get(Shop, 1)
    if shop is None:
        return None
    return ShopRow(
        shop.code, shop.name, shop.address, shop.phone, shop.complaint_phone, shop.licence_class, shop.region, shop.province, shop.zone,
        shop.language, shop.sign_in, hours_of(shop.weekly_hours), from_stored(shop.settings), shop.logo, shop.is_demo, shop.demo_day,
        shop.demo_seed, shop.version,
    )  # fmt: skip


def the_shop(session: Session) -> ShopRow:
    """The shop of a store that has one. LookupError in an empty store."""
    row = shop_row(session)
    if row is None:
        raise LookupError("the store holds no shop yet")
    return row


def working_calendar(session: Session) -> WorkingCalendar:
    """The shop's opening hours, zone and own closures."""
    shop = the_shop(session)
    closed: set[dt.date] = set()
    opened: set[dt.date] = set()
    for day, is_open in session.execute(select(Closure.day, Closure.is_open)):
        (opened if is_open else closed).add(day)
    return WorkingCalendar(shop.zone, shop.weekly_hours, frozenset(closed), frozenset(opened))


def staff_rows(session: Session, with_left: bool = False) -> list[StaffRow]:
    """The shop's people in their order."""
    query = select(Staff).order_by(Staff.position, Staff.id)
    if not with_left:
        query = query.where(Staff.left_on.is_(None))
    return [
        StaffRow(
            person.id, person.name, tuple(person.roles), tuple(person.skills), tuple(person.working_days), person.pin_hash is not None, person.badge,
            person.failed_pins, person.locked_until, person.language, person.left_on, person.version,
        )
        for person in session.execute(query).scalars()
    ]  # fmt: skip


def bay_rows(session: Session, with_closed: bool = False) -> list[BayRow]:
    """The bays in their order."""
    query = select(Bay).order_by(Bay.position, Bay.id)
    if not with_closed:
        query = query.where(Bay.closed_on.is_(None))
    return [BayRow(bay.id, bay.name, bay.kind.value, bay.closed_on, bay.version) for bay in session.execute(query).scalars()]
