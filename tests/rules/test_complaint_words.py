"""What a customer's words are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.complaint_words import KnownComplaint, beside, diagnosis_of, places_after

if TYPE_CHECKING:
    from random import Random

KNOWN = (
    KnownComplaint("D01", ("異響", "异响", "Noise", "響聲", "咯吱")),
    KnownComplaint("D06", ("剎車異響", "刹车异响", "Brake noise", "尖叫")),
    KnownComplaint("D05", ("空調不涼", "空调不凉", "A/C not cold", "不製冷")),
    KnownComplaint("", ("做保養",)),
)


@pytest.mark.parametrize(
    ("words", "operation"),
    [
        ("早上冷車起步有咯吱聲", "D01"),
        ("空調不涼", "D05"),
        ("空调 不凉", "D05"),
        ("the a/c not cold since monday", "D05"),
        ("踩剎車異響", "D06"),
        ("踩刹车异响，空挡没有", "D06"),
        ("做保養", ""),
        ("六萬公里保養", ""),
        ("", ""),
    ],
)
def test_the_longest_known_wording_says_which(words: str, operation: str) -> None:
    assert diagnosis_of(words, KNOWN) == operation


@given(st.text(max_size=30), st.sampled_from([each for each in KNOWN if each.operation]), st.text(max_size=30))
def test_a_known_wording_is_found_wherever_it_stands(before: str, known: KnownComplaint, after: str) -> None:
    assert diagnosis_of(f"{before}{known.said[0]}{after}", KNOWN) != ""


@pytest.mark.parametrize(
    ("words", "names", "added"),
    [
        ("", ("異響",), ("異響",)),
        ("早上有聲音", ("異響", "跑偏", "異響"), ("異響", "跑偏")),
        ("异响", ("異響", "跑偏"), ("跑偏",)),
        ("noise", ("Noise",), ()),
        ("it installs updates", ("Stalls",), ("Stalls",)),
        ("", (), ()),
    ],
)
def test_a_chip_stands_beside_the_words_unless_they_are_its_name(words: str, names: tuple[str, ...], added: tuple[str, ...]) -> None:
    assert beside(words, names) == added


@given(st.text(max_size=30), st.lists(st.text(max_size=8), max_size=5))
def test_nothing_that_was_ticked_is_lost(words: str, names: list[str]) -> None:
    from db.rules.han_readings import folded

    said = {folded(name) for name in (words, *beside(words, names))}
    assert all(folded(name) in said for name in names if name)


@pytest.mark.parametrize(
    ("before", "now", "places"),
    [
        (["剎車有異響"], ["雨刮刮不乾淨", "剎車有異響"], [1]),
        (["剎車有異響", "空調不冷"], ["空調不冷"], [None, 0]),
        (["剎車有異響", "空調不冷"], ["空調不冷", "剎車有異響"], [1, 0]),
        (["剎車有異響"], ["雨刮刮不乾淨", "早上剎車有異響"], [1]),
        (["早上剎車有異響"], ["雨刮刮不乾淨", "剎車有異響"], [1]),
        (["剎車有異響", "空調不冷"], ["剎車有異響，空調不冷"], [0, 0]),
        (["剎車有異響空調不冷"], ["剎車有異響", "空調不冷"], [0]),
        (["剎車有異響"], ["漏油"], [0]),
        (["剎車有異響"], ["漏油", "抖動"], [None]),
        (["剎車有異響", "剎車有異響"], ["剎車有異響", "剎車有異響"], [0, 1]),
        ([""], ["漏油", "抖動"], [0]),
        (["剎車有異響"], [], [None]),
    ],
)
def test_a_complaint_is_known_again_by_its_words(before: list[str], now: list[str], places: list[int | None]) -> None:
    assert places_after(before, now) == places


@given(st.lists(st.text(min_size=1, max_size=12), unique=True, max_size=5), st.randoms())
def test_complaints_that_only_change_places_are_all_found(before: list[str], chance: Random) -> None:
    now = chance.sample(before, len(before))
    assert [now[place] for place in places_after(before, now) if place is not None] == before


@given(st.lists(st.text(max_size=12), max_size=5), st.lists(st.text(max_size=12), max_size=5))
def test_a_complaints_place_is_one_of_those_there(before: list[str], now: list[str]) -> None:
    places = places_after(before, now)
    assert len(places) == len(before) and all(place is None or 0 <= place < len(now) for place in places)
