"""What falls due, the first service's window, drifting customers."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.due import (
    Drift,
    Due,
    DueBy,
    DueState,
    FirstServiceRule,
    LastDone,
    ScheduleRule,
    Standing,
    WindowState,
    drift,
    due,
    first_service_window,
    is_retained,
    next_due,
)  # fmt: skip
from db.rules.months import add_months

TODAY = dt.date(2026, 11, 24)
OIL = ScheduleRule("OIL", 10_000, 12)


def day(offset: int) -> dt.date:
    return TODAY + dt.timedelta(offset)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2024, 1, 31), 1, dt.date(2024, 2, 29)),
        (dt.date(2026, 11, 24), 12, dt.date(2027, 11, 24)),
        (dt.date(2026, 11, 24), -11, dt.date(2025, 12, 24)),
        (dt.date(2026, 12, 31), 2, dt.date(2027, 2, 28)),
        (dt.date(2026, 3, 31), -1, dt.date(2026, 2, 28)),
    ],
)
def test_adding_months(start: dt.date, months: int, end: dt.date) -> None:
    assert add_months(start, months) == end


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), st.integers(-240, 240), st.integers(0, 240))
def test_more_months_are_never_sooner(start: dt.date, months: int, more: int) -> None:
    assert add_months(start, months) <= add_months(start, months + more)
    assert (add_months(start, months).year - start.year) * 12 + add_months(start, months).month - start.month == months


def test_the_date_comes_first() -> None:
    last = LastDone(day(-335), 50_000)
    item = due(OIL, last, Standing(TODAY, 52_000, 10_000))
    assert item is not None
    assert (item.on, item.by, item.by_kilometres) == (day(30), DueBy.DATE, 60_000)
    assert (item.days_left(TODAY), item.kilometres_left(TODAY)) == (30, 8_000)
    assert item.state(TODAY) is DueState.SOON
    assert item.state(day(-1)) is DueState.LATER
    assert item.state(day(30)) is DueState.DUE


def test_the_km_come_first() -> None:
    standing = Standing(day(-10), 59_000, 40_000)
    item = due(OIL, LastDone(day(-100), 50_000), standing)
    assert item is not None
    assert (item.on, item.by) == (day(15), DueBy.KILOMETRES)
    assert item.kilometres_left(TODAY) == 600
    assert (item.rule, item.standing) == (OIL, standing)


def test_what_is_past_is_dated_back_but_not_before_it_was_done() -> None:
    item = due(OIL, LastDone(day(-200), 50_000), Standing(TODAY, 62_000, 50_000))
    assert item is not None
    assert (item.on, item.state(TODAY), item.kilometres_left(TODAY)) == (day(-40), DueState.DUE, -2_000)
    item = due(OIL, LastDone(day(-10), 50_000), Standing(TODAY, 62_000, 50_000))
    assert item is not None
    assert item.on == day(-10)


def test_what_can_not_be_worked_out() -> None:
    only_km = ScheduleRule("ROT", 10_000, None)
    assert due(only_km, LastDone(day(-10), 50_000), None) is None
    assert due(only_km, LastDone(day(-10), None), Standing(TODAY, 1, 40_000)) is None
    assert due(only_km, LastDone(day(-10), 50_000), Standing(TODAY, 50_100, 0)) is None
    assert due(OIL, LastDone(day(-10), None), None) is not None
    overrun = due(only_km, LastDone(day(-10), 50_000), Standing(TODAY, 61_000, 0))
    assert overrun is not None
    assert overrun.state(TODAY) is DueState.DUE


def test_severe_use_halves_the_interval() -> None:
    assert OIL.in_severe_use() == ScheduleRule("OIL", 5_000, 6)
    assert ScheduleRule("WIPER", None, 12).in_severe_use() == ScheduleRule("WIPER", None, 6)


def test_the_next_of_several() -> None:
    items = [due(rule, LastDone(day(-100), 50_000), Standing(TODAY, 52_000, 10_000)) for rule in (OIL, ScheduleRule("BFLU", 40_000, 4))]
    assert next_due([item for item in items if item]).code == "BFLU"  # type: ignore[union-attr]
    assert next_due([]) is None


rules = st.builds(ScheduleRule, st.just("X"), st.integers(500, 100_000), st.integers(1, 120))
done = st.builds(LastDone, st.integers(0, 3000).map(lambda ago: day(-ago)), st.integers(0, 300_000))
standings = st.builds(Standing, st.integers(0, 900).map(lambda ago: day(-ago)), st.integers(0, 500_000), st.integers(0, 400_000))


@given(rules, done, standings)
def test_the_earliest_counts_and_never_before_it_was_done(rule: ScheduleRule, last: LastDone, standing: Standing) -> None:
    item = due(rule, last, standing)
    assert isinstance(item, Due)
    assert item.by_date is not None
    assert last.on <= item.on <= item.by_date
    assert (item.by is DueBy.DATE) == (item.on == item.by_date)


@given(standings, st.integers(0, 500_000))
def test_the_day_of_a_figure_is_the_first_that_shows_it(standing: Standing, kilometres: int) -> None:
    reached = standing.day_of(kilometres)
    if reached is not None and reached > standing.on:
        assert standing.kilometres_on(reached) >= kilometres > standing.kilometres_on(reached - dt.timedelta(1))


FIRST = FirstServiceRule(5_000, 6, 1_000, 30)


@pytest.mark.parametrize(
    ("bought", "standing", "state", "opens", "closes", "by", "days_left", "km_left"),
    [
        (dt.date(2026, 6, 10), None, WindowState.OPEN, dt.date(2026, 11, 10), dt.date(2027, 1, 9), DueBy.DATE, 46, None),
        (dt.date(2026, 8, 1), None, WindowState.NOT_OPEN, dt.date(2027, 1, 2), dt.date(2027, 3, 3), DueBy.DATE, 99, None),
        (dt.date(2026, 4, 1), None, WindowState.CLOSED, dt.date(2026, 9, 1), dt.date(2026, 10, 31), DueBy.DATE, -24, None),
        (dt.date(2026, 8, 1), Standing(TODAY, 4_000, 50_000), WindowState.OPEN, TODAY, day(40), DueBy.KILOMETRES, 40, 2_000),
        (dt.date(2026, 8, 1), Standing(day(-10), 6_000, 50_000), WindowState.CLOSED, day(-50), day(-10), DueBy.KILOMETRES, -10, -500),
        (dt.date(2026, 6, 10), Standing(TODAY, 900, 5_000), WindowState.OPEN, dt.date(2026, 11, 10), dt.date(2027, 1, 9), DueBy.DATE, 46, 5_100),
    ],
)
def test_the_first_services_window(bought, standing, state, opens, closes, by, days_left, km_left) -> None:
    window = first_service_window(FIRST, bought, standing, TODAY)
    assert (window.opens_on, window.closes_on, window.closes_by, window.state) == (opens, closes, by, state)
    assert (window.days_left, window.kilometres_left, window.closes_at_kilometres) == (days_left, km_left, 6_000)


@given(st.integers(0, 400).map(lambda ago: day(-ago)), standings, st.integers(0, 400))
def test_a_window_opens_before_it_closes_and_never_opens_again(bought: dt.date, standing: Standing, later: int) -> None:
    window = first_service_window(FIRST, bought, standing, TODAY)
    assert window.opens_on <= window.closes_on
    order = [WindowState.NOT_OPEN, WindowState.OPEN, WindowState.CLOSED]
    assert order.index(window.state) <= order.index(first_service_window(FIRST, bought, standing, day(later)).state)


@pytest.mark.parametrize(
    ("since", "state"),
    [
        (TODAY, Drift.ACTIVE),
        (dt.date(2026, 8, 25), Drift.ACTIVE),
        (dt.date(2026, 8, 24), Drift.DRIFTING),
        (dt.date(2026, 5, 25), Drift.DRIFTING),
        (dt.date(2026, 5, 24), Drift.GOING),
        (dt.date(2026, 2, 25), Drift.GOING),
        (dt.date(2026, 2, 24), Drift.LOST),
        (None, None),
    ],
)
def test_drifting(since: dt.date | None, state: Drift | None) -> None:
    assert drift(since, TODAY) is state


@given(st.integers(0, 2000), st.integers(0, 2000))
def test_nobody_drifts_back_by_waiting(first: int, second: int) -> None:
    shorter, longer = sorted((first, second))
    order = list(Drift)
    assert order.index(drift(day(-shorter), TODAY)) <= order.index(drift(day(-longer), TODAY))  # type: ignore[arg-type]


def test_the_retained_base() -> None:
    assert is_retained(dt.date(2025, 11, 25), None, TODAY)
    assert not is_retained(dt.date(2025, 11, 24), None, TODAY)
    assert is_retained(None, dt.date(2026, 1, 1), TODAY)
    assert not is_retained(None, None, TODAY)


def test_on_its_last_day_the_window_is_still_open() -> None:
    last_day = dt.date(2027, 1, 9)
    assert first_service_window(FIRST, dt.date(2026, 6, 10), None, last_day).state is WindowState.OPEN
    assert first_service_window(FIRST, dt.date(2026, 6, 10), None, last_day + dt.timedelta(1)).state is WindowState.CLOSED
