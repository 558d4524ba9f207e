"""Plates: every sample of the trade's facts, and what must hold for any text."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules import plate, plate_forms
from db.rules.problem import Severity

VALID = [
    *((raw, "NORMAL") for raw in ("京A12345", "粤B·6K8P9", "皖A9K3L7", "津CK0123", "京Ａ-Ｂ１２３４", "桂K00001")),
    *((raw, "NEV_SMALL") for raw in ("滬A•D12345", "粤bf1234５", "浙AA23456", "苏E G56789")),
    ("京A12345D", "NEV_LARGE"),
    ("川A54321F", "NEV_LARGE"),
    ("鲁B1234挂", "TRAILER"),
    ("豫A8888學", "TRAINING"),
    ("京A0006警", "POLICE"),
    ("粤ZAB12港", "CROSS_BORDER"),
    ("粤Z·1234澳", "CROSS_BORDER"),
    ("川X1234应急", "EMERGENCY"),
    ("224578使", "EMBASSY"),
    ("使224578", "EMBASSY"),
    ("沪22401领", "CONSULATE"),
    ("沪A2401領", "CONSULATE"),
    ("WJ京1234X", "ARMED_POLICE"),
    ("VA12345", "MILITARY"),
    ("京A1234試", "TEST"),
    ("京A1234超", "OVERSIZE"),
    ("民航A1234", "CIVIL_AVIATION"),
    ("臨京A12345", "TEMPORARY"),
    ("京AD12345临", "TEMPORARY"),
]
INVALID = [
    "A12345",
    "京12345",
    "京AI2345",
    "京AO2345",
    "京I12345",
    "京A1234",
    "京A123456",
    "京AL12345",
    "京ADI1234",
    "京AD1234A",
    "京A1234DD",
    "京A12345Z",
    "台A12345",
    "京a1234o",
    "粤ZAB123港",
    "粤BAB12港",
    "京A12345警",
    "鲁B123挂",
    "WJ京123",
    "使12345",
    "12345领",
    "京京12345",
    "AB123456",
    "京A·123学",
]

MARKS_AND_SEPARATORS = "aſİΐᾳ·- *\u200d\u0300\u0301\u0307\u0323\u0331\u0345\u3099か가ᄀ"

digits = st.text("0123456789", min_size=5, max_size=5)
serials = st.text(plate_forms.LETTERS + "0123456789", min_size=5, max_size=5)
provinces = st.sampled_from(plate_forms.PROVINCES)
offices = st.sampled_from(plate_forms.LETTERS)
mainland = st.one_of(
    st.builds("{}{}{}".format, provinces, offices, serials),
    st.builds("{}{}D{}".format, provinces, offices, digits),
    st.builds("{}{}{}F".format, provinces, offices, digits),
    st.sampled_from([plate.normalise(raw) for raw, _ in VALID]),
)


@pytest.mark.parametrize(("raw", "kind"), VALID)
def test_a_plate_is_recognised_with_its_kind(raw: str, kind: str) -> None:
    found = plate.recognise(raw)
    assert (found.valid, found.kind, found.region, found.problems) == (True, kind, "CN", ())
    assert found.normalised == plate.normalise(raw)
    assert found.text == raw


@pytest.mark.parametrize("raw", INVALID)
def test_a_text_without_a_plates_form_is_other_and_says_why(raw: str) -> None:
    found = plate.recognise(raw)
    assert (found.valid, found.normalised, found.kind) == (False, None, "OTHER")
    assert found.problems
    assert {problem.code for problem in found.problems} <= plate.CODES


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("滬A•D12345", "沪AD12345"),
        ("京Ａ-Ｂ１２３４", "京AB1234"),
        ("粵Z・ab12港", "粤ZAB12港"),
        (" 京 A—12345\u200b", "京A12345"),
        ("豫A8888學", "豫A8888学"),
        ("瓊A.12345", "琼A12345"),
    ],
)
def test_plates_are_stored_in_the_characters_on_the_metal(raw: str, stored: str) -> None:
    assert plate.normalise(raw) == stored


def test_every_traditional_character_of_the_facts_has_its_mainland_form() -> None:
    pairs = "滬沪 雲云 遼辽 魯鲁 蘇苏 贛赣 晉晋 陝陕 閩闽 貴贵 粵粤 寧宁 瓊琼 學学 掛挂 領领 臨临 應应"
    for typed, stored in pairs.split():
        assert plate.normalise(typed) == stored


def test_no_single_character_normalises_differently_the_second_time() -> None:
    for code in range(sys.maxunicode + 1):
        once = plate.normalise(chr(code))
        assert plate.normalise(once) == once


@given(st.one_of(st.text(), st.text(st.sampled_from(MARKS_AND_SEPARATORS))))
def test_normalising_twice_changes_nothing(raw: str) -> None:
    once = plate.normalise(raw)
    assert plate.normalise(once) == once


@given(
    st.text(st.sampled_from(plate_forms.PROVINCES + "ADFIOQ019·挂学警使临领港澳应急WJ民航粵 ")),
    st.sampled_from(plate.REGIONS),
    st.sampled_from(["", "粤", "粤B"]),
)
def test_nothing_typed_is_too_odd(raw: str, region: str, home: str) -> None:
    found = plate.recognise(raw, region, home)
    assert found.valid == (found.normalised is not None) == (found.kind != "OTHER")
    assert found.valid or found.problems
    for problem in found.problems:
        assert problem.code in plate.CODES
        assert found.valid <= (problem.severity is Severity.HINT)
        if problem.proposal:
            assert plate.recognise(problem.proposal, region).valid


@given(st.text(), st.sampled_from(plate.REGIONS))
def test_recognising_never_raises(raw: str, region: str) -> None:
    plate.display(plate.normalise(raw), region)
    plate.serial_of(plate.normalise(raw))
    assert plate.recognise(raw, region).text == raw


@pytest.mark.parametrize(
    ("raw", "code", "proposal"),
    [
        ("京AO2345", "plate_letter_not_used", "京A02345"),
        ("京AI2345", "plate_letter_not_used", "京A12345"),
        ("京ADI1234", "plate_letter_not_used", "京AD11234"),
        ("京a1234o", "plate_letter_not_used", "京A12340"),
        ("京AD1Q345", "plate_new_energy_form", "京AD10345"),
        ("京I12345", "plate_office_letter", None),
        ("京京12345", "plate_office_letter", None),
        ("京12345", "plate_office_missing", None),
        ("京A1234", "plate_length", None),
        ("京A1234567", "plate_length", None),
        ("京AL12345", "plate_new_energy_form", None),
        ("京AD1234A", "plate_new_energy_form", None),
        ("台A12345", "plate_province_unknown", None),
        ("A12345", "plate_province_missing", None),
        ("粤ZAB123港", "plate_suffix_length", None),
        ("京A·123学", "plate_suffix_length", None),
        ("粤BAB12港", "plate_cross_border_office", None),
        ("WJ京123", "plate_armed_police_form", None),
        ("使12345", "plate_embassy_form", None),
        ("沪2240领", "plate_consulate_form", None),
        ("川A1234应急", "plate_emergency_form", None),
        ("民航123", "plate_civil_aviation_form", None),
        ("临京A123", "plate_temporary_form", None),
        ("京A12#45", "plate_character", None),
        ("京A12京45", "plate_character", None),
        ("HELL", "plate_province_missing", None),
        ("X", "plate_form", None),
        ("", "plate_empty", None),
        (" · ", "plate_empty", None),
        ("未上牌", "plate_none", None),
        ("臨牌", "plate_none", None),
        ("新車000001", "plate_none", None),
    ],
)
def test_a_mistake_names_what_is_wrong_and_proposes_without_guessing(raw: str, code: str, proposal: str | None) -> None:
    first = plate.recognise(raw).problems[0]
    assert (first.code, first.proposal) == (code, proposal)


def test_two_mistakes_are_both_named() -> None:
    assert [problem.code for problem in plate.recognise("京AO234").problems] == ["plate_letter_not_used", "plate_length"]


@pytest.mark.parametrize(
    ("raw", "home", "proposal"),
    [("A12345", "粤", "粤A12345"), ("AD12345", "粤B", "粤AD12345"), ("AO2345", "粤", "粤A02345"), ("12345", "粤B", "粤B12345"), ("12345", "粤", None)],
)
def test_a_missing_province_is_proposed_from_the_shops_own(raw: str, home: str, proposal: str | None) -> None:
    first = plate.recognise(raw, home=home).problems[0]
    assert (first.code, first.proposal) == ("plate_province_missing", proposal)


def test_three_letters_in_a_serial_are_valid_with_a_hint() -> None:
    found = plate.recognise("京ABCD12")
    assert found.valid
    assert [(problem.code, problem.severity) for problem in found.problems] == [("plate_many_letters", Severity.HINT)]
    assert plate.recognise("京ABC123").problems == ()


@pytest.mark.parametrize(
    ("raw", "region", "kind", "shown"),
    [
        ("AB1234", "HK", "HK", "AB 1234"),
        ("ab 12", "HK", "HK", "AB 12"),
        ("8888", "HK", "HK", "8888"),
        ("GREAT1", "HK", "HK", "GREAT1"),
        ("MA-12-34", "MO", "MACAU", "MA-12-34"),
        ("M1234", "MO", "MACAU", "M-12-34"),
        ("ABC-1234", "TW", "TAIWAN", "ABC-1234"),
        ("1234-AB", "TW", "TAIWAN", "1234-AB"),
        ("AB-1234", "TW", "TAIWAN", "AB-1234"),
        ("ABC-123", "TW", "TAIWAN", "ABC-123"),
        ("123-ABC", "TW", "TAIWAN", "123-ABC"),
    ],
)
def test_other_regions_forms_are_known_in_their_own_region_only(raw: str, region: str, kind: str, shown: str) -> None:
    found = plate.recognise(raw, region)
    assert (found.valid, found.kind, found.region) == (True, kind, region)
    assert plate.display(plate.normalise(raw), region) == shown
    assert not plate.recognise(raw).valid


@pytest.mark.parametrize(
    ("raw", "region", "code"),
    [("GO1", "HK", "plate_letter_not_used"), ("AB12345678", "HK", "plate_form_hk"), ("12", "MO", "plate_form_mo"), ("AB", "TW", "plate_form_tw")],
)
def test_a_mistake_abroad_is_told_by_that_regions_form(raw: str, region: str, code: str) -> None:
    assert [problem.code for problem in plate.recognise(raw, region).problems] == [code]


def test_a_shop_of_another_region_is_served_with_the_mainlands_forms() -> None:
    assert plate.recognise("京A12345", "SG").kind == "NORMAL"
    assert [problem.code for problem in plate.recognise("SGX123", "SG").problems] == ["plate_province_missing"]
    assert plate.display("SGX123", "SG") == "SGX123"


def test_a_mainland_plate_keeps_its_region_in_a_shop_of_another() -> None:
    found = plate.recognise("粵Z·AB12港", "HK")
    assert (found.valid, found.kind, found.region) == (True, "CROSS_BORDER", "CN")
    assert [problem.code for problem in plate.recognise("台A12345", "TW").problems] == ["plate_province_unknown"]


@given(mainland)
def test_what_is_shown_is_read_back_as_the_same_plate(stored: str) -> None:
    assert plate.recognise(stored).valid
    assert plate.normalise(plate.display(stored)) == stored


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("京A12345", "京A·12345"),
        ("京AD12345", "京A·D12345"),
        ("鲁B1234挂", "鲁B·1234挂"),
        ("WJ京1234X", "WJ京·1234X"),
        ("224578使", "224578使"),
        ("临京A12345", "临京A·12345"),
        ("新車000001", "新車000001"),
        ("", ""),
    ],
)
def test_plates_are_shown_as_on_the_metal(stored: str, shown: str) -> None:
    assert plate.display(stored) == shown


def test_every_kind_has_a_usual_colour() -> None:
    assert {plate.colour_for(kind) for kind in plate.KINDS} == set(plate.COLOURS)
    assert [plate.colour_for(kind) for kind in ("NORMAL", "NEV_SMALL", "NEV_LARGE", "TRAILER", "POLICE", "EMBASSY")] == [
        "blue",
        "green",
        "yellow_green",
        "yellow",
        "white",
        "black",
    ]


@pytest.mark.parametrize(
    ("stored", "power_train"),
    [
        ("京AD12345", "battery"),
        ("浙AA23456", "battery"),
        ("粤BF12345", "plug_in_hybrid"),
        ("苏EG56789", "plug_in_hybrid"),
        ("京A12345D", "battery"),
        ("川A54321F", "plug_in_hybrid"),
        ("京A12345", None),
        ("京AD1234", None),
        ("未上牌", None),
    ],
)
def test_the_new_energy_letter_hints_at_the_drive(stored: str, power_train: str | None) -> None:
    assert plate.power_train_hint(stored) == power_train


@given(mainland, st.integers(1, 8))
def test_a_plate_is_found_by_any_tail(stored: str, count: int) -> None:
    assert plate.has_tail(stored, stored[-count:].lower())


def test_tails_leave_the_suffix_out_or_not() -> None:
    assert plate.has_tail("豫A8888学", "888")
    assert plate.has_tail("豫A8888学", "88學")
    assert plate.has_tail("粤BF1234", "f1234")
    assert not plate.has_tail("豫A8888学", "889")
    assert not plate.has_tail("豫A8888学", "·")


def test_the_serial_is_what_stands_behind_the_office() -> None:
    assert [plate.serial_of(stored) for stored in ("京A12345", "京AD12345", "鲁B1234挂", "川X1234应急", "沪22401领")] == [
        "12345",
        "D12345",
        "1234",
        "1234",
        "22401",
    ]


def test_a_car_without_plate_gets_a_placeholder_from_its_vin() -> None:
    assert plate.placeholder("LSVAA2BR7GN000001") == "新車000001"
    assert plate.stands_for_no_plate(plate.normalise(plate.placeholder("LSVAA2BR7GN000001")))
