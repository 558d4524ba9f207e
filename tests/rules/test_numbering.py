"""Numbers that people say aloud."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.errors import Refusal
from db.rules.numbering import DIGITS, Number, format_number, parse_number

days = st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))
series = st.sampled_from(sorted(DIGITS))


def test_numbers_of_each_series() -> None:
    day = dt.date(2026, 11, 24)
    assert [format_number(letter, day, 7) for letter in "WCSA"] == ["W261124-007", "C261124-07", "S261124-007", "A261124-07"]
    assert format_number("W", day, 1234) == "W261124-1234"
    assert format_number("A", day, 100) == "A261124-100"


@given(series, days, st.integers(1, 10**6))
def test_a_number_is_read_back(letter: str, day: dt.date, counter: int) -> None:
    text = format_number(letter, day, counter)
    assert parse_number(text) == Number(letter, day, counter)
    assert str(parse_number(f" k7q2/{text.lower()} ")) == text


@given(st.lists(st.integers(1, 5000), min_size=2, unique=True))
def test_numbers_sort_by_their_parts(counters: list[int]) -> None:
    day = dt.date(2026, 11, 24)
    assert [number.counter for number in sorted(parse_number(format_number("W", day, counter)) for counter in counters)] == sorted(counters)


@pytest.mark.parametrize(
    "text",
    ["", "W", "W261124", "W261124-", "W261124-07", "W261124-000", "W261324-007", "X261124-007", "W261124-0007", "W26112-007", "W261124-007x", "W2٦1124-007"],
)
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_number(text)
    assert (refused.value.code, refused.value.facts) == ("number_not_understood", {"text": text})


def test_a_number_without_its_dash_and_in_full_width() -> None:
    assert parse_number("ｗ２６１１２４００７") == Number("W", dt.date(2026, 11, 24), 7)


def test_counters_start_at_one() -> None:
    with pytest.raises(ValueError, match="start at 1"):
        format_number("W", dt.date(2026, 11, 24), 0)
