"""VINs: every sample of the trade's facts, the check digit, and what must hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules import vin, vin_makers
from db.rules.problem import Severity

VALID = [
    "LSVAA2BR7GN000001",
    "LFV3A24G4K3000123",
    "LVSHCAMB1HE000456",
    "LGBH52E07JY000789",
    "LHGCP1687E8001012",
    "LVGBV54H0LG001357",
    "LBV5S3107FSJ02468",
    "LE4ZG8DB4ML003690",
    "LGXCE4CB9R0004812",
    "LC0CE6CB8S1005934",
    "LRW3E7EK5NC006056",
    "LSGZG5354KS007178",
    "LSJA24U6XMS000259",
    "1M8GDM9AXKP042788",
    "11111111111111111",
    "LRW3E7FS5PC695355",
]
INVALID = [
    ("LSVAA2BR3GN00000", "vin_length"),
    ("LSVAA2BR3GN0000011", "vin_length"),
    ("LFV3A24GIK3000123", "vin_letter_not_used"),
    ("LVSHCAMBOHE000456", "vin_letter_not_used"),
    ("LGBH52EQ1JY000789", "vin_letter_not_used"),
    ("LSVAA2BR4GN000001", "vin_check_digit"),
    ("LHGPC1687E8001012", "vin_check_digit"),
    ("LVGBV54H9UG001357", "vin_model_year"),
    ("LBV5S31080SJ02468", "vin_model_year"),
    ("LE4ZG8DBAML003690", "vin_check_digit_form"),
    ("LGXCE4CB5R000A812", "vin_serial"),
    ("00000000000000000", "vin_model_year"),
    ("", "vin_empty"),
    ("LSVAA2BR7GN00000#", "vin_character"),
]
ALPHABET = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
YEARS = "ABCDEFGHJKLMNPRSTVWXY123456789"

well_formed = st.builds(
    "{}{}0{}{}{}".format,
    st.sampled_from(["L", "H", "1", "2", "3", "4", "5", "7"]),
    st.text(ALPHABET, min_size=7, max_size=7).filter(lambda part: part[1] != "9"),
    st.sampled_from(YEARS),
    st.text(ALPHABET, min_size=3, max_size=3),
    st.text("0123456789", min_size=4, max_size=4),
).map(vin.with_check_digit)


@pytest.mark.parametrize("text", VALID)
def test_a_vin_is_recognised(text: str) -> None:
    found = vin.recognise(f" {text[:8].lower()} {text[8:]}*", 2026)
    assert (found.valid, found.normalised, found.problems) == (True, text, ())


@pytest.mark.parametrize(("text", "code"), INVALID)
def test_a_wrong_vin_says_what_is_wrong(text: str, code: str) -> None:
    found = vin.recognise(text, 2026)
    assert (found.valid, found.normalised) == (False, None)
    assert [problem.code for problem in found.problems] == [code]


@given(well_formed, st.integers(0, 16), st.sampled_from(ALPHABET))
def test_the_check_digit_catches_every_change_to_another_value(good: str, at: int, other: str) -> None:
    assert vin.recognise(good, 2026).valid
    values = vin._VALUES
    changed_to_another_value = other != good[8] if at == 8 else values[other] != values[good[at]]
    changed = good[:at] + other + good[at + 1 :]
    assert (vin.check_digit(changed) != changed[8]) == changed_to_another_value


def test_the_check_digit_is_of_seventeen_known_characters_only() -> None:
    for text in ("", "LSVAA2BR7GN00000", "LSVAA2BR7GN00000O", "L" * 18):
        with pytest.raises(ValueError, match=f"^{text}$"):
            vin.check_digit(text)


def test_where_no_check_digit_is_compulsory_a_wrong_one_is_a_hint() -> None:
    found = vin.recognise("WVWZZZ1KZ6W000123", 2026)
    assert (found.valid, found.normalised, found.kind) == (True, "WVWZZZ1KZ6W000123", "elsewhere")
    assert [(problem.code, problem.severity) for problem in found.problems] == [("vin_check_digit_unused", Severity.HINT)]


@pytest.mark.parametrize("first", "LH123457")
def test_in_china_and_north_america_a_wrong_check_digit_is_to_be_confirmed(first: str) -> None:
    good = vin.with_check_digit(f"{first}SVAA2BR0GN000001")
    wrong = good[:8] + ("1" if good[8] != "1" else "2") + good[9:]
    found = vin.recognise(wrong, 2026)
    assert not found.valid
    assert [(problem.code, problem.severity, problem.facts["expected"]) for problem in found.problems] == [("vin_check_digit", Severity.CONFIRM, good[8])]
    assert found.year == 2016


def test_a_letter_that_looks_like_a_digit_is_proposed_only_where_the_result_holds() -> None:
    (only,) = vin.recognise("LVSHCAMB1HEOO0456", 2026).problems
    assert (only.code, only.proposal) == ("vin_letter_not_used", "LVSHCAMB1HE000456")
    (wrong,) = vin.recognise("LFV3A24GIK3000123", 2026).problems
    assert wrong.proposal is None


def test_a_small_makers_code_may_reach_into_the_last_four() -> None:
    assert vin.recognise(vin.with_check_digit("LS9AA2BR0GNABC001"), 2026).valid
    (wrong,) = vin.recognise(vin.with_check_digit("LS9AA2BR0GNABCA01"), 2026).problems
    assert (wrong.code, wrong.facts["wants"]) == ("vin_serial", 3)
    assert not vin.recognise(vin.with_check_digit("LS8AA2BR0GN00A001"), 2026).valid


@pytest.mark.parametrize(
    ("code", "year"),
    [
        ("A", 2010),
        ("H", 2017),
        ("J", 2018),
        ("P", 2023),
        ("R", 2024),
        ("S", 2025),
        ("T", 2026),
        ("V", 2027),
        ("W", 1998),
        ("Y", 2000),
        ("1", 2001),
        ("9", 2009),
    ],
)
def test_the_model_year_is_the_latest_not_after_next_year(code: str, year: int) -> None:
    assert vin.model_year(code, 2026) == year


@given(st.sampled_from(YEARS), st.integers(2010, 2100))
def test_a_model_year_lies_in_the_thirty_years_up_to_the_next(code: str, today_year: int) -> None:
    year = vin.model_year(code, today_year)
    assert year is not None
    assert today_year - 29 < year <= today_year + 1
    assert vin.model_year(code, today_year + 30) == year + 30


@pytest.mark.parametrize("code", ["I", "O", "Q", "U", "Z", "0", "", "AB", "a"])
def test_some_characters_never_stand_for_a_year(code: str) -> None:
    assert vin.model_year(code, 2026) is None


@pytest.mark.parametrize(
    ("start", "names"),
    [
        ("LSV", ("上汽大眾", "上汽大众", "SAIC Volkswagen")),
        ("LRW", ("特斯拉（上海）", "特斯拉（上海）", "Tesla Shanghai")),
        ("LC0", ("比亞迪", "比亚迪", "BYD")),
        ("WP1", ("保時捷", "保时捷", "Porsche")),
    ],
)
def test_the_maker_is_told_in_three_languages(start: str, names: tuple[str, str, str]) -> None:
    maker = vin.maker(start + "AA2BR7GN000001")
    assert maker is not None
    assert tuple(maker.name(language) for language in ("zh_TW", "zh_CN", "en")) == names


def test_a_guessed_maker_is_marked() -> None:
    assert {start for start, maker in vin_makers.MAKERS.items() if maker.guess} == set(["L1N", "LW4", "HLX", "LM8", "LFZ", "LUZ", "LS6", "LDP", "LNA", "HXM"])


def test_the_makers_table_is_well_formed() -> None:
    assert len(vin_makers.MAKERS) >= 85
    for start, maker in vin_makers.MAKERS.items():
        assert len(start) == 3
        assert set(start) <= set(ALPHABET)
        assert maker.code
        assert maker.zh_TW
        assert maker.zh_CN
        assert maker.en


def test_a_maker_of_battery_cars_only_tells_the_drive() -> None:
    assert vin.power_train_hint("LRW3E7EK5NC006056") == "battery"
    assert vin.power_train_hint("LSVAA2BR7GN000001") is None
    assert vin.power_train_hint("") is None


@given(st.one_of(st.text(), st.text(st.sampled_from("aſİ *\u200d\u0300\u0301\u0307\u0323\u0331\u0345"))))
def test_normalising_twice_changes_nothing(raw: str) -> None:
    once = vin.normalise(raw)
    assert vin.normalise(once) == once


@given(st.one_of(st.text(), st.text(ALPHABET + "IOQ*# 王", min_size=15, max_size=19)), st.integers(1990, 2100))
def test_recognising_never_raises(raw: str, today_year: int) -> None:
    found = vin.recognise(raw, today_year)
    assert found.valid == (found.normalised is not None)
    assert found.valid or found.problems
    assert {problem.code for problem in found.problems} <= vin.CODES


def test_people_ask_by_the_tail() -> None:
    assert [vin.tail("LSVAA2BR7GN000001", count) for count in (4, 6, 8)] == ["0001", "000001", "GN000001"]
