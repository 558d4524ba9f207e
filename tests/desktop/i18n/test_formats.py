"""How values are written, in the shop's zone."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.i18n.formats import Formats
from desktop_app.widgets.reading import read_number

NOW = dt.datetime(2026, 11, 24, 6, 32, tzinfo=dt.UTC)
TRADITIONAL, ENGLISH = Formats("zh_TW"), Formats("en")


def test_amounts() -> None:
    assert TRADITIONAL.money(128_600) == "¥1,286.00"
    assert TRADITIONAL.money(-1) == "−¥0.01"
    assert TRADITIONAL.money_short(128_600) == "¥1,286"
    assert TRADITIONAL.money_short(128_650) == "¥1,286.50"
    assert TRADITIONAL.amount(0) == "0.00"
    assert TRADITIONAL.km(61_284) == "61,284 km"
    assert TRADITIONAL.hours(1_600) == "1.6 h"
    assert TRADITIONAL.quantity(125) == "0.125"
    assert TRADITIONAL.percent(1_250) == "12.5 %"


def test_near_days_have_words_and_others_dates() -> None:
    hours = dt.timedelta(hours=1)
    assert TRADITIONAL.near(NOW, NOW) == "今天 14:32"
    assert TRADITIONAL.near(NOW + 20 * hours, NOW) == "明天 10:32"
    assert TRADITIONAL.near(NOW - 15 * hours, NOW) == "昨天 23:32"
    assert ENGLISH.near(NOW + 48 * hours, NOW) == "2026-11-26 14:32"
    assert Formats("zh_CN").near_day(dt.date(2026, 11, 24), NOW) == "今天"


def test_the_day_is_the_shops_not_the_one_of_utc() -> None:
    late = dt.datetime(2026, 11, 24, 17, 0, tzinfo=dt.UTC)
    assert TRADITIONAL.day(late) == "2026-11-25"
    assert TRADITIONAL.weekday(late) == "週三"
    assert TRADITIONAL.clock(late) == "01:00:00"
    assert Formats("en", "Europe/London").day(late) == "2026-11-24"


@pytest.mark.parametrize(
    ("minutes", "traditional", "english"),
    [(38, "38 分", "38 min"), (0, "0 分", "0 min"), (60, "1 h", "1 h"), (220, "3 h 40", "3 h 40"), (-5, "−5 分", "−5 min")],
)
def test_spans(minutes: int, traditional: str, english: str) -> None:
    assert TRADITIONAL.duration(minutes) == traditional
    assert ENGLISH.duration(minutes) == english


@given(st.integers(-(10**12), 10**12))
def test_an_amount_that_is_written_reads_back_as_itself(fen: int) -> None:
    assert read_number(TRADITIONAL.money(fen).replace("−¥", "−"), 2) == fen


@given(st.integers(-(10**9), 10**9))
def test_a_quantity_that_is_written_reads_back_as_itself(thousandths: int) -> None:
    assert read_number(TRADITIONAL.quantity(thousandths), 3) == thousandths
