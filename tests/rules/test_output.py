"""Output = cars × output per car, and the two parts of its change."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from db.rules.output import Output, OutputChange, change

months = st.builds(Output, st.integers(0, 500), st.integers(0, 10**9))


def test_by_example() -> None:
    assert Output(3, 100_000).per_car == 33_333
    assert Output(0, 0).per_car is None
    assert change(Output(100, 10_000_000), Output(110, 12_100_000)) == OutputChange(1_000_000, 1_100_000)
    assert change(Output(0, 0), Output(5, 500)) == OutputChange(500, 0)
    assert change(Output(5, 500), Output(0, 0)) == OutputChange(-500, 0)


@given(months, months)
def test_the_two_parts_add_up_exactly(before: Output, now: Output) -> None:
    parts = change(before, now)
    assert parts.total == now.fen - before.fen
    if before.cars and now.cars:
        per_car = Fraction(before.fen, before.cars)
        assert abs(parts.from_cars - (now.cars - before.cars) * per_car) <= Fraction(1, 2)
        assert abs(parts.from_per_car - now.cars * (Fraction(now.fen, now.cars) - per_car)) <= Fraction(1, 2)


@given(months)
def test_nothing_changes_against_itself(month: Output) -> None:
    assert change(month, month) == OutputChange(0, 0)
