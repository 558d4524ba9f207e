"""The moment at which an example shop goes on, told without the calendar's tables of holidays where that can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.demo.clock import demo_now
from db.rules.working_calendar import WorkingCalendar
from desktop_app.clock import Clock, going_on_from, machine_clock

if TYPE_CHECKING:
    import datetime as dt

    from db.queries.shop_rows import ShopRow
    from desktop_app.i18n import Phrases


def clock_of(shop: ShopRow) -> Clock:
    """The example shop's clock: it goes on from the shop's own last moment, which lies on the day it was made for."""
    return going_on_from(now_of(shop, machine_clock()))


def now_of(shop: ShopRow, real_now: dt.datetime) -> dt.datetime:
    """As `db.demo.clock.demo_now` for the shop's day, which was an open day when the shop was made."""
    day = shop.demo_day or shop.day_of(real_now)
    # Holidays are looked up only where the day is open by one: their tables take as long to load as the window takes to stand.
    open_by_hours = bool(shop.weekly_hours[day.weekday()])
    return demo_now(day, real_now, WorkingCalendar(shop.zone, shop.weekly_hours, public_holidays=not open_by_hours))


def pretended(shop: ShopRow, phrases: Phrases) -> str:
    """What the console is told where a day was asked for: which one the example shop lives on, be it that one or the one it was made for before."""
    from desktop_app.i18n.formats import formats

    return phrases("The day is pretended: in this example shop it is {day}", day=formats(phrases.language).day(now_of(shop, machine_clock())))
