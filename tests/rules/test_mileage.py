"""Odometer readings: what is believed, the daily distance, the expected figure."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.errors import Refusal
from db.rules.mileage import DailyDistance, Implausible, Reading, ReadingReason, check_reading, daily_distance, expected_km, implausible

START = dt.datetime(2026, 3, 18, 1, 30, tzinfo=dt.UTC)


def after(days: float, kilometres: int, reason: ReadingReason | None = None) -> Reading:
    return Reading(START + dt.timedelta(days=days), kilometres, reason)


@pytest.mark.parametrize(
    ("new", "problem"),
    [
        (after(250, 61_284), None),
        (after(250, 53_902), None),
        (after(250, 53_901), Implausible.LOWER),
        (after(2, 53_902 + 3000), None),
        (after(2, 53_902 + 3001), Implausible.TOO_FAST),
        (after(0.01, 53_902 + 30), None),  # a test drive
        (after(0.01, 53_902 + 1501), Implausible.TOO_FAST),
    ],
)
def test_what_is_believed(new: Reading, problem: Implausible | None) -> None:
    assert implausible(after(0, 53_902), new) is problem
    assert implausible(None, new) is None


def test_a_reading_that_is_not_believed_needs_a_reason() -> None:
    last = after(0, 53_902)
    with pytest.raises(Refusal) as refused:
        check_reading(last, after(30, 900))
    assert refused.value.code == "odometer_implausible"
    assert refused.value.facts == {"kind": "lower", "reading_km": 900, "last_km": 53_902, "last_at": START}
    check_reading(last, after(30, 900, ReadingReason.CLUSTER_REPLACED))
    check_reading(last, after(30, 54_900))
    check_reading(None, after(0, 0))
    with pytest.raises(Refusal, match="odometer_not_possible"):
        check_reading(None, after(0, -1, ReadingReason.OTHER_UNIT))


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.floats(0, 4000))
def test_exactly_one_reason_not_to_believe(first: int, second: int, days: float) -> None:
    problem = implausible(after(0, first), after(days, second))
    assert (problem is Implausible.LOWER) == (second < first)
    if problem is Implausible.TOO_FAST:
        assert second - first > 1500


def test_the_slope_through_two_readings() -> None:
    daily = daily_distance([after(100, 15_000), after(0, 10_000)])
    assert (daily.metres, daily.is_usual) == (50_000, False)
    assert daily.readings == (after(0, 10_000), after(100, 15_000))


def test_only_the_last_five_count() -> None:
    readings = [after(0, 0), *(after(100 + 20 * step, 40_000 + 600 * step) for step in range(5))]
    assert daily_distance(readings).metres == 30_000


def test_too_little_known_counts_as_usual() -> None:
    for readings in ([], [after(0, 10)], [after(0, 10), after(29.9, 5000)], [after(0, 10), *(after(100 + day, 5000) for day in range(5))]):
        assert daily_distance(readings) == DailyDistance(40_000)
    assert daily_distance([after(0, 10)], usual_per_day=25).metres == 25_000
    assert not daily_distance([after(0, 10), after(30, 10)]).is_usual


def test_a_new_cluster_starts_the_line_anew() -> None:
    readings = [after(0, 90_000), after(100, 96_000), after(120, 5, ReadingReason.CLUSTER_REPLACED), after(220, 2_005)]
    assert daily_distance(readings).metres == 20_000
    assert daily_distance(readings[:3]).is_usual


rising = st.lists(st.tuples(st.integers(1, 300), st.integers(0, 20_000)), min_size=2, max_size=9)


@given(rising)
def test_the_slope_lies_between_the_slowest_and_the_fastest_stretch(steps: list[tuple[int, int]]) -> None:
    readings, day, kilometres = [], 0, 0
    for days, driven in steps:
        day, kilometres = day + days, kilometres + driven
        readings.append(after(day, kilometres))
    daily = daily_distance(readings)
    if daily.is_usual:
        assert (readings[-1].read_at - readings[-5:][0].read_at).days < 30
        return
    used = readings[-5:]
    stretches = [(later.kilometres - earlier.kilometres) * 1000 / (later.read_at - earlier.read_at).days for earlier, later in itertools.pairwise(used)]
    assert min(stretches) - 1 <= daily.metres <= max(stretches) + 1


@given(rising, st.integers(0, 4000), st.integers(0, 4000))
def test_the_expected_figure_never_goes_back(steps: list[tuple[int, int]], first: int, second: int) -> None:
    last = after(0, 53_902)
    daily = DailyDistance(steps[0][1])
    earlier, later = sorted((first, second))
    assert 53_902 <= expected_km(last, START + dt.timedelta(earlier), daily) <= expected_km(last, START + dt.timedelta(later), daily)


def test_the_expected_figure() -> None:
    assert expected_km(after(0, 10_000), START + dt.timedelta(days=30), DailyDistance(40_000)) == 11_200
    assert expected_km(after(0, 10_000), START - dt.timedelta(days=30), DailyDistance(40_000)) == 10_000
