"""The shop's calendar: holidays, make-up days, minutes forwards and their inverse, clock changes."""

import datetime as dt
import time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.rules.errors import Refusal
from db.rules.working_calendar import USUAL_WEEK, WorkingCalendar, knows_year

SHANGHAI = ZoneInfo("Asia/Shanghai")
SHOP = WorkingCalendar()


def local(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("day", "minutes"),
    [
        (dt.date(2026, 11, 24), 480),
        (dt.date(2026, 11, 28), 480),  # Saturday
        (dt.date(2026, 11, 29), 0),  # Sunday
        (dt.date(2026, 10, 1), 0),
        (dt.date(2026, 10, 3), 0),  # a Saturday in the National Day holiday
        (dt.date(2026, 9, 20), 480),  # a Sunday made up for it
        (dt.date(2026, 2, 17), 0),  # the first day of the year of the horse
        (dt.date(2026, 12, 31), 480),
        (dt.date(2033, 1, 1), 0),  # no year that is known: a Saturday, but fixed
        (dt.date(2033, 1, 3), 480),
        (dt.date(2033, 1, 31), 480),  # Spring Festival, which is not known
        (dt.date(2033, 5, 2), 0),
        (dt.date(2033, 5, 3), 480),
        (dt.date(2033, 10, 3), 0),
        (dt.date(2033, 10, 4), 480),
    ],
)
def test_minutes_of_a_day(day: dt.date, minutes: int) -> None:
    assert SHOP.minutes_on(day) == minutes
    assert SHOP.is_working_day(day) == bool(minutes)


def test_known_years() -> None:
    assert knows_year(2026)
    assert not knows_year(2033)
    assert not SHOP.knows_year(2003)
    assert WorkingCalendar(public_holidays=False).knows_year(2033)


def test_own_closures_and_extra_days_go_before_the_calendar() -> None:
    holiday, sunday, weekday = dt.date(2026, 10, 1), dt.date(2026, 11, 29), dt.date(2026, 11, 24)
    shop = WorkingCalendar(closures=frozenset({weekday}), extra_open_days=frozenset({holiday, sunday, weekday}))
    assert [shop.minutes_on(day) for day in (holiday, sunday, weekday)] == [480, 480, 0]
    assert WorkingCalendar(public_holidays=False).minutes_on(holiday) == 480


def test_hours_may_come_as_lists() -> None:
    week = [[[540, 1080]]] * 5 + [[[540, 720]], []]
    shop = WorkingCalendar("Asia/Shanghai", week, frozenset(), frozenset())
    assert shop.minutes_on(dt.date(2026, 11, 28)) == 180
    assert hash(shop) == hash(WorkingCalendar("Asia/Shanghai", tuple(map(tuple, week))))
    assert shop == WorkingCalendar(weekly_hours=week)


@pytest.mark.parametrize("day", [[[600, 500]], [[600, 600]], [[0, 1441]], [[-1, 60]], [[60, 120], [100, 200]], [[300, 400], [100, 200]]])
def test_hours_that_are_not_possible(day: list[list[int]]) -> None:
    with pytest.raises(Refusal) as refused:
        WorkingCalendar(weekly_hours=[[], [], day, [], [], [], []])
    assert (refused.value.code, refused.value.facts) == ("hours_not_possible", {"weekday": 2})


def test_a_zone_that_is_not_known() -> None:
    for zone in ("Asia/Nowhere", "", "../etc"):
        with pytest.raises(Refusal) as refused:
            WorkingCalendar(zone)
        assert (refused.value.code, refused.value.facts) == ("zone_not_known", {"zone": zone})


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        (local(2026, 11, 24, 9), 60, local(2026, 11, 24, 10)),
        (local(2026, 11, 24, 11), 60, local(2026, 11, 24, 12)),  # not 13:30
        (local(2026, 11, 24, 11), 61, local(2026, 11, 24, 13, 31)),
        (local(2026, 11, 24, 12, 30), 30, local(2026, 11, 24, 14)),
        (local(2026, 11, 24, 17), 90, local(2026, 11, 25, 9)),
        (local(2026, 11, 28, 17), 90, local(2026, 11, 30, 9)),  # over Sunday
        (local(2026, 9, 30, 17, 30), 60, local(2026, 10, 8, 9)),  # over the National Day holiday
        (local(2026, 11, 29, 3), 0, local(2026, 11, 29, 3)),
        (local(2026, 11, 24, 8, 30), 480 * 6, local(2026, 11, 30, 18)),
    ],
)
def test_adding_working_minutes(start: dt.datetime, minutes: int, end: dt.datetime) -> None:
    result = SHOP.add_minutes(start, minutes)
    assert result == end
    assert result.tzinfo is dt.UTC


def test_opening_hours() -> None:
    assert not SHOP.is_open(local(2026, 11, 24, 8, 29))
    assert SHOP.is_open(local(2026, 11, 24, 8, 30))
    assert not SHOP.is_open(local(2026, 11, 24, 12))
    assert SHOP.next_open(local(2026, 11, 24, 12)) == local(2026, 11, 24, 13, 30)
    assert SHOP.next_open(local(2026, 11, 24, 14)) == local(2026, 11, 24, 14)
    assert SHOP.next_open(local(2026, 11, 28, 18)) == local(2026, 11, 30, 8, 30)


def test_the_shops_day() -> None:
    assert SHOP.day_of(dt.datetime(2026, 11, 24, 15, 59, tzinfo=dt.UTC)) == dt.date(2026, 11, 24)
    assert SHOP.day_of(dt.datetime(2026, 11, 24, 16, 0, tzinfo=dt.UTC)) == dt.date(2026, 11, 25)
    assert SHOP.moment(dt.date(2026, 11, 24), 570) == local(2026, 11, 24, 9, 30)
    assert SHOP.moment(dt.date(2026, 11, 24), 1440) == local(2026, 11, 25)


def test_working_days_after() -> None:
    assert SHOP.working_days_after(dt.date(2026, 11, 27), 3) == dt.date(2026, 12, 1)
    assert SHOP.working_days_after(dt.date(2026, 9, 30), 1) == dt.date(2026, 10, 8)
    assert SHOP.working_days_after(dt.date(2026, 11, 29), 0) == dt.date(2026, 11, 29)


def test_a_shop_that_never_opens_is_said_so() -> None:
    shop = WorkingCalendar(weekly_hours=[[]] * 7)
    at = local(2026, 11, 24)
    for ask in (lambda: shop.next_open(at), lambda: shop.add_minutes(at, 1), lambda: shop.working_days_after(dt.date(2026, 11, 24), 1)):
        with pytest.raises(Refusal, match="calendar_never_open"):
            ask()
    assert shop.minutes_between(at, local(2026, 12, 24)) == 0


zones = st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Taipei", "America/Sao_Paulo"])


@st.composite
def weeks(draw: st.DrawFn) -> tuple[tuple[tuple[int, int], ...], ...]:
    days = []
    for _ in range(7):
        edges = sorted(draw(st.sets(st.integers(0, 1440), max_size=6)))
        days.append(tuple(zip(edges[::2], edges[1::2], strict=False)))
    return tuple(days)


days = st.dates(dt.date(2003, 1, 1), dt.date(2033, 12, 31))
calendars = st.builds(WorkingCalendar, zones, weeks(), st.frozensets(days, max_size=3), st.frozensets(days, max_size=3), st.booleans()).filter(
    lambda calendar: any(calendar.weekly_hours)
)
moments = st.integers(0, 26 * 366 * 86_400).map(lambda seconds: dt.datetime(2004, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=seconds))
minutes = st.integers(0, 4_000)
patient = settings(deadline=None)
"""A shop that opens a minute a week is counted over decades."""


@patient
@given(calendars, moments, minutes)
def test_the_inverse_agrees(shop: WorkingCalendar, start: dt.datetime, count: int) -> None:
    end = shop.add_minutes(start, count)
    assert shop.minutes_between(start, end) == count
    assert shop.minutes_between(end, start) == -count
    if count:
        assert shop.minutes_between(start, end - dt.timedelta(microseconds=1)) == count - 1


@patient
@given(calendars, moments, minutes, minutes)
def test_the_calendar_is_monotone(shop: WorkingCalendar, start: dt.datetime, first: int, second: int) -> None:
    fewer, more = sorted((first, second))
    assert start <= shop.add_minutes(start, fewer) <= shop.add_minutes(start, more)
    later = start + dt.timedelta(minutes=first)
    assert shop.add_minutes(start, second) <= shop.add_minutes(later, second)
    assert shop.next_open(start) <= shop.next_open(later)


@patient
@given(calendars, moments, minutes, minutes)
def test_minutes_add_up(shop: WorkingCalendar, start: dt.datetime, first: int, second: int) -> None:
    assert shop.add_minutes(shop.add_minutes(start, first), second) == shop.add_minutes(start, first + second)


@patient
@given(calendars, moments)
def test_what_opens_next_is_open(shop: WorkingCalendar, at: dt.datetime) -> None:
    opens = shop.next_open(at)
    assert shop.is_open(opens)
    assert shop.minutes_between(at, opens) == 0
    assert (opens == at) == shop.is_open(at)


@patient
@given(calendars, moments)
def test_a_day_has_its_minutes(shop: WorkingCalendar, at: dt.datetime) -> None:
    day = shop.day_of(at)
    start, end = shop.moment(day), shop.moment(day + dt.timedelta(1))
    assert start <= at < end
    assert shop.minutes_between(start, end) == shop.minutes_on(day)
    assert all(shop.day_of(opens) == day for opens, _ in shop.spans_on(day))


@patient
@given(zones, st.integers(0, 60), st.integers(300, 1440), moments, st.integers(0, 3 * 1440))
def test_counted_minute_by_minute(zone: str, opens: int, closes: int, start: dt.datetime, length: int) -> None:
    """Against the plain way: look at the clock every minute, also where clocks change."""
    shop = WorkingCalendar(zone, [[[opens, closes]]] * 6 + [[]], public_holidays=False)
    start = start.replace(second=0, microsecond=0)
    counted = 0
    for minute in range(length):
        clock = (start + dt.timedelta(minutes=minute)).astimezone(ZoneInfo(zone))
        counted += clock.weekday() < 6 and opens <= clock.hour * 60 + clock.minute < closes
    assert shop.minutes_between(start, start + dt.timedelta(minutes=length)) == counted


def test_clock_changes_count_for_what_they_last() -> None:
    night = [[[0, 360]]] * 7
    berlin = WorkingCalendar("Europe/Berlin", night, public_holidays=False)
    assert [berlin.minutes_on(dt.date(2026, month, day)) for month, day in ((3, 28), (3, 29), (10, 25), (10, 26))] == [360, 300, 420, 360]
    gap = WorkingCalendar("Europe/Berlin", [[[120, 150], [150, 180], [180, 240]]] * 7, public_holidays=False)
    assert gap.minutes_on(dt.date(2026, 3, 29)) == 60


def test_three_years_are_counted_at_once() -> None:
    shop = WorkingCalendar()
    began = time.process_time()
    shop.minutes_between(local(2023, 11, 24), local(2026, 11, 24))
    assert time.process_time() - began < 0.5
    began = time.process_time()
    for _ in range(20):
        shop.minutes_between(local(2023, 11, 24), local(2026, 11, 24))
    assert time.process_time() - began < 0.5
    assert USUAL_WEEK[6] == ()
