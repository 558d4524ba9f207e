"""Wear forecasts."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.wear import Sureness, WearOver, WearReading, forecast

START = dt.date(2025, 11, 24)
PAD = 3000


def reading(days: int, kilometres: int, value: int) -> WearReading:
    return WearReading(START + dt.timedelta(days), kilometres, value)


def test_a_straight_line_over_km() -> None:
    found = forecast([reading(0, 40_000, 9000), reading(182, 50_000, 7000), reading(365, 60_000, 5000)], PAD, metres_per_day=50_000)
    assert found is not None
    assert (found.over, found.limit_kilometres, found.thousandths_per_step) == (WearOver.KILOMETRES, 70_000, 200)
    assert found.limit_on == START + dt.timedelta(365 + 200)
    assert (found.spread, found.sureness, found.reached, len(found.readings)) == (0, Sureness.HIGH, False, 3)


def test_two_readings_are_a_guess() -> None:
    found = forecast([reading(365, 60_000, 5000), reading(0, 40_000, 9000)], PAD)
    assert found is not None
    assert (found.limit_kilometres, found.limit_on, found.sureness) == (70_000, None, Sureness.LOW)


def test_over_days_where_km_stand_still() -> None:
    found = forecast([reading(0, 40_000, 12_700), reading(100, 40_000, 12_500), reading(200, 40_000, 12_300)], 12_200)
    assert found is not None
    assert (found.over, found.limit_kilometres, found.limit_on) == (WearOver.DAYS, None, START + dt.timedelta(250))
    assert found.thousandths_per_step == 60


def test_less_is_better() -> None:
    found = forecast([reading(0, 0, 500), reading(300, 20_000, 1500)], 3000, higher_is_better=False, metres_per_day=100_000)
    assert found is not None
    assert (found.limit_kilometres, found.limit_on) == (50_000, START + dt.timedelta(600))


def test_what_is_over_the_limit_is_due_now() -> None:
    found = forecast([reading(0, 40_000, 5000), reading(365, 60_000, 2600)], PAD)
    assert found is not None
    assert (found.reached, found.limit_kilometres, found.limit_on) == (True, 60_000, START + dt.timedelta(365))


def test_new_pads_start_a_new_line() -> None:
    worn = [reading(0, 40_000, 9000), reading(182, 50_000, 4000), reading(200, 51_000, 12_000)]
    assert forecast(worn, PAD) is None
    found = forecast([*worn, reading(400, 61_000, 10_000)], PAD)
    assert found is not None
    assert (len(found.readings), found.limit_kilometres) == (2, 96_000)


@pytest.mark.parametrize("values", [[], [9000], [9000, 9000], [9000, 9100]])
def test_no_forecast_without_wear(values: list[int]) -> None:
    assert forecast([reading(step * 100, step * 5_000, value) for step, value in enumerate(values)], PAD) is None


def test_readings_that_scatter_are_less_sure() -> None:
    def sure(middle: int) -> Sureness:
        found = forecast([reading(0, 0, 10_000), reading(100, 10_000, middle), reading(200, 20_000, 6000)], PAD)
        assert found is not None
        return found.sureness

    assert [sure(8000), sure(8900), sure(5900)] == [Sureness.HIGH, Sureness.MEDIUM, Sureness.LOW]


@given(
    st.integers(4000, 12_000), st.integers(1, 400), st.lists(st.integers(200, 20_000), min_size=1, max_size=6), st.integers(1000, 200_000),
)  # fmt: skip
def test_the_line_meets_the_limit_where_it_says(new: int, per_thousand: int, driven: list[int], metres: int) -> None:
    readings, kilometres = [reading(0, 0, new * 1000)], 0
    for step, more in enumerate(driven):
        kilometres += more
        readings.append(reading((step + 1) * 30, kilometres, new * 1000 - per_thousand * kilometres))
    found = forecast(readings, PAD * 1000, metres_per_day=metres)
    assert found is not None
    assert found.spread == 0
    if found.reached:
        assert found.limit_kilometres == kilometres
        return
    assert found.limit_kilometres is not None
    value = new * 1000 - per_thousand * found.limit_kilometres
    assert value <= PAD * 1000 < value + 2 * per_thousand
    assert found.limit_on is None or found.limit_on >= readings[-1].on


@given(st.lists(st.tuples(st.integers(0, 700), st.integers(0, 100_000), st.integers(0, 12_000)), max_size=8), st.booleans())
def test_any_readings_give_a_forecast_that_lies_ahead_or_none(raw: list[tuple[int, int, int]], higher: bool) -> None:
    readings = [reading(*values) for values in raw]
    found = forecast(readings, PAD, higher, 40_000)
    if found is not None:
        last = found.readings[-1]
        assert last == max(readings, key=lambda entry: (entry.on, entry.kilometres)) or last.on == max(entry.on for entry in readings)
        assert found.limit_kilometres is None or found.limit_kilometres >= last.kilometres
        assert found.limit_on is None or found.limit_on >= last.on
        assert len(found.readings) >= 2
