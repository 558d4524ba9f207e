"""What people type is read as they mean it, and what can't be read is said."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.widgets.reading import Unreadable, read_date, read_moment, read_number, read_time

TODAY = dt.date(2026, 11, 24)
SHANGHAI = dt.timezone(dt.timedelta(hours=8))
NOW = dt.datetime(2026, 11, 24, 14, 32, 10, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("typed", "decimals", "value"),
    [
        ("61284", 0, 61_284), ("61,284 km", 0, 61_284), ("６１２８４", 0, 61_284), (" 61 284公里", 0, 61_284), ("", 0, None), ("   ", 0, None),
        ("1286", 2, 128_600), ("¥1,286.5", 2, 128_650), ("￥ 12.00 元", 2, 1_200), ("-12", 2, -1_200), ("−12", 2, -1_200), (".5", 2, 50), ("5.", 2, 500),
        ("1.2", 3, 1_200), ("4.0 L", 3, 4_000), ("1.2300", 2, 123), ("007", 0, 7), ("①", 0, 1),
    ],
)  # fmt: skip
def test_numbers(typed: str, decimals: int, value: int | None) -> None:
    assert read_number(typed, decimals) == value


@pytest.mark.parametrize(("typed", "decimals"), [("abc", 0), ("1e5", 0), ("1.5", 0), ("1.234", 2), ("1.2.3", 2), ("--1", 0), ("六萬", 0), (".", 2), ("٣", 0)])
def test_what_is_no_number(typed: str, decimals: int) -> None:
    with pytest.raises(Unreadable):
        read_number(typed, decimals)


@given(st.text())
def test_any_text_is_a_number_or_refused(typed: str) -> None:
    try:
        value = read_number(typed, 2)
    except Unreadable as refused:
        assert refused.fault.phrase
    else:
        assert value is None or isinstance(value, int)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-26", (2026, 11, 26)), ("20261126", (2026, 11, 26)), ("2026/1/2", (2026, 1, 2)), ("2026年1月2日", (2026, 1, 2)), ("11-26", (2026, 11, 26)),
        ("1126", (2026, 11, 26)), ("11/26", (2026, 11, 26)),
        ("1-3", (2027, 1, 3)), ("１１－２６", (2026, 11, 26)), ("+30", (2026, 12, 24)), ("-1", (2026, 11, 23)),
        ("今天", (2026, 11, 24)), ("明天", (2026, 11, 25)), ("后天", (2026, 11, 26)), ("Tomorrow", (2026, 11, 25)), ("週五", (2026, 11, 27)),
        ("周五", (2026, 11, 27)), ("星期二", (2026, 11, 24)), ("fri", (2026, 11, 27)), ("日", (2026, 11, 29)),
    ],
)  # fmt: skip
def test_days(typed: str, day: tuple[int, int, int]) -> None:
    assert read_date(typed, TODAY) == dt.date(*day)


def test_the_last_of_february_is_looked_for_in_the_years_around() -> None:
    assert read_date("2-29", dt.date(2027, 11, 24)) == dt.date(2028, 2, 29)
    with pytest.raises(Unreadable):
        read_date("2-29", TODAY)


@pytest.mark.parametrize("typed", ["13-01", "2026-02-30", "morgen", "99999999", "1-2-3-4", "+999999"])
def test_what_is_no_day(typed: str) -> None:
    with pytest.raises(Unreadable):
        read_date(typed, TODAY)


@given(st.dates(dt.date(1950, 1, 1), dt.date(2100, 12, 31)))
def test_a_written_day_reads_back_as_itself(day: dt.date) -> None:
    assert read_date(day.isoformat(), TODAY) == day


@given(st.text(), st.dates(dt.date(1950, 1, 1), dt.date(2100, 12, 31)))
def test_any_text_is_a_day_or_refused(typed: str, today: dt.date) -> None:
    try:
        day = read_date(typed, today)
    except Unreadable:
        return
    assert day is None or isinstance(day, dt.date)


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [("18:10", 18, 10), ("1810", 18, 10), ("830", 8, 30), ("8", 8, 0), ("8.30", 8, 30), ("１８：１０", 18, 10), ("8點30分", 8, 30), ("8点", 8, 0)],
)
def test_times(typed: str, hour: int, minute: int) -> None:
    assert read_time(typed) == dt.time(hour, minute)


@pytest.mark.parametrize("typed", ["25:00", "1860", "noon", "8:3:1", "12345"])
def test_what_is_no_time(typed: str) -> None:
    with pytest.raises(Unreadable):
        read_time(typed)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("18:10", (2026, 11, 24, 18, 10)), ("1810", (2026, 11, 24, 18, 10)), ("9", (2026, 11, 25, 9, 0)), ("明天 10:00", (2026, 11, 25, 10, 0)),
        ("明天10", (2026, 11, 25, 10, 0)), ("tomorrow 10", (2026, 11, 25, 10, 0)), ("今天 9:00", (2026, 11, 24, 9, 0)), ("11-26 1000", (2026, 11, 26, 10, 0)),
        ("2026-12-01 08:30", (2026, 12, 1, 8, 30)), ("週五 8:30", (2026, 11, 27, 8, 30)), ("+90", (2026, 11, 24, 16, 2)), ("+1.5h", (2026, 11, 24, 16, 2)),
        ("14:32", (2026, 11, 24, 14, 32)),
    ],
)  # fmt: skip
def test_moments(typed: str, moment: tuple[int, ...]) -> None:
    assert read_moment(typed, NOW) == dt.datetime(*moment, tzinfo=SHANGHAI)


@pytest.mark.parametrize("typed", ["明天", "soon", "11-26", "26:00", "明天 25:00", "+"])
def test_what_is_no_moment(typed: str) -> None:
    with pytest.raises(Unreadable):
        read_moment(typed, NOW)


def test_nothing_is_nothing() -> None:
    assert read_time(" ") is None
    assert read_date("", TODAY) is None
    assert read_moment("　", NOW) is None
