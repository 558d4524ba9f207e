"""An example shop goes on from its own last moment, told with or without the tables of holidays."""

from __future__ import annotations

import datetime as dt

import pytest

from db.demo.clock import demo_now
from db.queries.shop_rows import ShopRow
from db.rules.settings import ShopSettings
from db.rules.working_calendar import USUAL_WEEK, WorkingCalendar
from desktop_app.demo_clock import now_of

DAYS = [dt.date(2026, 11, 24), dt.date(2026, 11, 21), dt.date(2026, 10, 10), dt.date(2026, 2, 14), dt.date(2026, 12, 31)]
HOURS = [0, 8, 14, 17, 23, 24 * 3, 24 * 400]


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("hours", HOURS)
def test_it_is_the_moment_that_the_demo_was_made_for(day: dt.date, hours: int) -> None:
    calendar = WorkingCalendar()
    real_now = calendar.moment(day) + dt.timedelta(hours=hours)
    made_for = calendar.day_of(demo_now(day, real_now, calendar))
    shop = ShopRow(
        "K7Q2", "順通", "", "", "", "", "CN", "", "Asia/Shanghai", "zh_TW", True, USUAL_WEEK, ShopSettings(), None, True, made_for, 1, 1
    )  # fmt: skip
    assert now_of(shop, real_now) == demo_now(made_for, real_now, calendar)
