"""Verdicts from limits, with the points of the multi-point inspection."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.errors import Refusal
from db.rules.inspection import Limits, check_verdict, is_better, limits_for, verdict_of
from db.rules.record_words import Verdict

OK, WATCH, REPLACE = Verdict.OK, Verdict.WATCH, Verdict.REPLACE

FRONT_PAD = Limits(ok_low=5000, watch_low=3000, ok_excludes_limit=True, watch_excludes_limit=True)
TREAD = Limits(ok_low=3000, watch_low=1600, ok_excludes_limit=True)
BATTERY = Limits(ok_low=12_500, watch_low=12_200)
HEALTH = Limits(ok_low=85_000, watch_low=75_000)
RUN_OUT = Limits(ok_high=50, watch_high=100)
WATER = Limits(ok_high=1500, watch_high=3000, ok_excludes_limit=True)
CHARGING = Limits(ok_low=13_500, ok_high=14_800, watch_low=13_000, watch_high=15_000)
ONE_LIMIT = Limits(ok_high=100)


@pytest.mark.parametrize(
    ("limits", "value", "verdict"),
    [
        (FRONT_PAD, 5001, OK), (FRONT_PAD, 5000, WATCH), (FRONT_PAD, 3001, WATCH), (FRONT_PAD, 3000, REPLACE), (FRONT_PAD, 2600, REPLACE),
        (TREAD, 3001, OK), (TREAD, 3000, WATCH), (TREAD, 1600, WATCH), (TREAD, 1599, REPLACE),
        (BATTERY, 12_500, OK), (BATTERY, 12_495, WATCH), (BATTERY, 12_200, WATCH), (BATTERY, 12_199, REPLACE),
        (HEALTH, 85_000, OK), (HEALTH, 84_500, WATCH), (HEALTH, 74_999, REPLACE), (HEALTH, 72_000, REPLACE),
        (RUN_OUT, 50, OK), (RUN_OUT, 51, WATCH), (RUN_OUT, 100, WATCH), (RUN_OUT, 101, REPLACE), (RUN_OUT, -5, OK),
        (WATER, 1499, OK), (WATER, 1500, WATCH), (WATER, 3000, WATCH), (WATER, 3001, REPLACE),
        (CHARGING, 12_999, REPLACE), (CHARGING, 13_000, WATCH), (CHARGING, 13_499, WATCH), (CHARGING, 13_500, OK), (CHARGING, 14_800, OK),
        (CHARGING, 14_900, WATCH), (CHARGING, 15_001, REPLACE),
        (ONE_LIMIT, 100, OK), (ONE_LIMIT, 101, REPLACE),
        (Limits(ok_low=10, ok_excludes_limit=True), 10, REPLACE),
    ],
)  # fmt: skip
def test_verdicts(limits: Limits, value: int, verdict: Verdict) -> None:
    assert verdict_of(value, limits) is verdict


numbers = st.integers(-50_000, 50_000)
flags = st.booleans()


@given(numbers, numbers, numbers, numbers, flags, flags)
def test_less_wear_is_never_a_worse_verdict(first: int, second: int, one: int, other: int, ok_excludes: bool, watch_excludes: bool) -> None:
    order = [REPLACE, WATCH, OK]
    low, high = sorted((first, second))
    smaller, greater = sorted((one, other))
    higher = Limits(ok_low=high, watch_low=low, ok_excludes_limit=ok_excludes, watch_excludes_limit=watch_excludes)
    assert order.index(verdict_of(smaller, higher)) <= order.index(verdict_of(greater, higher))
    lower = Limits(ok_high=low, watch_high=high, ok_excludes_limit=ok_excludes, watch_excludes_limit=watch_excludes)
    assert order.index(verdict_of(greater, lower)) <= order.index(verdict_of(smaller, lower))


@given(st.lists(numbers, min_size=4, max_size=4).map(sorted), numbers)
def test_a_band_gets_worse_on_both_sides(ends: list[int], value: int) -> None:
    band = Limits(ok_low=ends[1], ok_high=ends[2], watch_low=ends[0], watch_high=ends[3])
    assert (verdict_of(value, band) is OK) == (ends[1] <= value <= ends[2])
    assert (verdict_of(value, band) is REPLACE) == (not ends[0] <= value <= ends[3])


@pytest.mark.parametrize(
    "values",
    [{"ok_low": 3, "watch_low": 5}, {"ok_high": 5, "watch_high": 3}, {"ok_low": 5, "ok_high": 3}],
)
def test_limits_that_cross(values: dict[str, int]) -> None:
    with pytest.raises(Refusal, match="limits_crossed"):
        Limits(**values)
    with pytest.raises(Refusal, match="limits_missing"):
        Limits()


def test_limits_by_power_train() -> None:
    stored = {"battery": {"ok_low": 1}, "*": {"ok_low": 2, "watch_low": 1}}
    assert limits_for(stored, "battery") == Limits(ok_low=1)
    assert limits_for(stored, "petrol") == Limits(ok_low=2, watch_low=1)
    assert limits_for({}, "petrol") is None


def test_a_person_may_make_it_worse_or_say_why_better() -> None:
    assert check_verdict(REPLACE, 6000, FRONT_PAD) is REPLACE
    assert check_verdict(OK, 6000, FRONT_PAD) is OK
    with pytest.raises(Refusal) as refused:
        check_verdict(OK, 4000, FRONT_PAD, " ")
    assert (refused.value.code, refused.value.facts) == ("verdict_better_needs_reason", {"said": "ok", "measured": "watch"})
    assert check_verdict(WATCH, 2600, FRONT_PAD, "measured at the wear mark") is WATCH
    assert check_verdict(Verdict.NOT_CHECKED, None, FRONT_PAD) is Verdict.NOT_CHECKED
    assert check_verdict(WATCH, None, None) is WATCH
    with pytest.raises(Refusal, match="value_without_verdict"):
        check_verdict(Verdict.NOT_CHECKED, 2600, FRONT_PAD)


@given(st.sampled_from((OK, WATCH, REPLACE)), st.sampled_from((OK, WATCH, REPLACE)))
def test_better_and_worse(said: Verdict, measured: Verdict) -> None:
    assert not (is_better(said, measured) and is_better(measured, said))
    assert is_better(said, measured) or is_better(measured, said) or said is measured


def test_the_limits_that_stand_beside_a_value() -> None:
    assert FRONT_PAD.replace_limits() == (3000, None)
    assert CHARGING.replace_limits() == (13_000, 15_000)
    assert ONE_LIMIT.replace_limits() == (None, 100)
