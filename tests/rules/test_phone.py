"""Phone numbers: the ways in which they are typed, shown and hidden, and what must hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules import phone
from db.rules.plate_forms import REGIONS

mobiles = st.from_regex("1[3-9][0-9]{9}", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "region", "stored", "kind"),
    [
        ("13802684417", "CN", "+8613802684417", "mobile"),
        ("138-0268-4417", "CN", "+8613802684417", "mobile"),
        ("１３８　０２６８　４４１７", "CN", "+8613802684417", "mobile"),
        ("\u202d13802684417\u202c", "CN", "+8613802684417", "mobile"),
        ("+86 138 0268 4417", "CN", "+8613802684417", "mobile"),
        ("0086-13802684417", "CN", "+8613802684417", "mobile"),
        ("8613802684417", "CN", "+8613802684417", "mobile"),
        ("013802684417", "CN", "+8613802684417", "mobile"),
        ("13802684417.0", "CN", "+8613802684417", "mobile"),
        ("16404104234", "CN", "+8616404104234", "mobile"),
        ("(020)83333333", "CN", "+862083333333", "fixed"),
        ("0755-2600 1234", "CN", "+8675526001234", "fixed"),
        ("400-611-6666", "CN", "+864006116666", "shared_cost"),
        ("800 810 1234", "CN", "+868008101234", "toll_free"),
        ("+852 9123 4567", "CN", "+85291234567", "mobile"),
        ("9123 4567", "HK", "+85291234567", "mobile"),
        ("2123 4567", "HK", "+85221234567", "fixed"),
        ("6123 4567", "MO", "+85361234567", "mobile"),
        ("0912-345-678", "TW", "+886912345678", "mobile"),
        ("02 2345 6789", "TW", "+886223456789", "fixed"),
        ("+86 13802684417", "HK", "+8613802684417", "mobile"),
    ],
)
def test_a_number_is_kept_as_e164(text: str, region: str, stored: str, kind: str) -> None:
    found = phone.recognise(text, region)
    assert (found.valid, found.normalised, found.kind, found.problems) == (True, stored, kind, ())


@pytest.mark.parametrize("text", ["075526001234转8001", "0755-26001234 ext. 8001", "0755 2600 1234 分機 8001", "0755-26001234-8001", "075526001234#8001"])
def test_an_extension_stands_beside_the_number(text: str) -> None:
    found = phone.recognise(text)
    assert (found.normalised, found.extension) == ("+8675526001234", "8001")


@pytest.mark.parametrize(
    ("text", "region", "code", "facts"),
    [
        ("1380268441", "CN", "mobile_length", {"has": 10, "wants": 11}),
        ("138026844177", "CN", "mobile_length", {"has": 12, "wants": 11}),
        ("+86 138 0268 441", "CN", "mobile_length", {"has": 10, "wants": 11}),
        ("091234567", "TW", "mobile_length", {"has": 9, "wants": 10}),
        ("12345678901", "CN", "mobile_start", {"start": "12"}),
        ("83333333", "CN", "phone_area_code_missing", {"has": 8, "proposal": "+862083333333"}),
        ("02083333", "CN", "phone_length", {"has": 8}),
        ("95518", "CN", "phone_short_number", {"has": 5}),
        ("912345678", "HK", "phone_length_eight", {"has": 9, "wants": 8}),
        ("13802684417", "HK", "phone_length_eight", {"has": 11, "wants": 8, "proposal": "+8613802684417"}),
        ("10000000", "HK", "phone_not_assigned", {}),
        ("138O2684417", "CN", "phone_letters", {"letters": "O", "proposal": "+8613802684417"}),
        ("13802684417王", "CN", "phone_letters", {"letters": "王"}),
        ("138****4417", "CN", "phone_character", {"character": "*"}),
        ("13802684417/13900001111", "CN", "phone_several", {}),
        ("13802684417 13900001111", "CN", "phone_several", {}),
        ("1.38003E+10", "CN", "phone_digits_lost", {}),
        ("+999 123456789", "CN", "phone_country", {}),
        ("無", "CN", "phone_none", {}),
        ("-", "CN", "phone_empty", {}),
        ("", "CN", "phone_empty", {}),
    ],
)
def test_a_wrong_number_says_what_is_wrong_with_the_counts(text: str, region: str, code: str, facts: dict[str, object]) -> None:
    found = phone.recognise(text, region, area_code="020")
    assert (found.valid, found.normalised) == (False, None)
    (problem,) = found.problems
    assert (problem.code, dict(problem.facts)) == (code, facts)


@pytest.mark.parametrize(
    ("stored", "region", "shown", "hidden"),
    [
        ("+8613802684417", "CN", "138 0268 4417", "138 **** 4417"),
        ("+8613802684417", "HK", "+86 138 0268 4417", "+86 138 **** 4417"),
        ("+8616404104234", "CN", "164 0410 4234", "164 **** 4234"),
        ("+862083333333", "CN", "020 8333 3333", "020 **** 3333"),
        ("+8675526001234", "CN", "0755 2600 1234", "0755 **** 1234"),
        ("+85291234567", "HK", "9123 4567", "91** **67"),
        ("+85291234567", "CN", "+852 9123 4567", "+852 91** **67"),
        ("not a number", "CN", "not a number", "not a number"),
        ("13802684417", "CN", "13802684417", "138****4417"),
        ("", "CN", "", ""),
    ],
)
def test_numbers_are_shown_and_hidden_as_the_region_writes_them(stored: str, region: str, shown: str, hidden: str) -> None:
    assert phone.display(stored, region) == shown
    assert phone.masked(stored, region) == hidden


@pytest.mark.parametrize(
    ("stored", "digits"),
    [
        ("+8613802684417", "13802684417"),
        ("+862083333333", "02083333333"),
        ("+864006116666", "4006116666"),
        ("+85291234567", "91234567"),
        ("+886912345678", "0912345678"),
        ("+16502530000", "16502530000"),
    ],
)
def test_a_number_is_dialled_at_home_without_its_country_code(stored: str, digits: str) -> None:
    assert phone.dialled(stored) == digits


@given(mobiles, st.sampled_from(REGIONS))
def test_what_is_shown_is_read_back_as_the_same_number(digits: str, region: str) -> None:
    stored = f"+86{digits}"
    assert phone.recognise(digits).normalised == stored
    assert phone.recognise(phone.display(stored, region), region).normalised == stored
    assert phone.recognise(stored, region).normalised == stored


@given(st.from_regex(r"\+(86|852|853|886|1|44|65)[0-9]{7,11}", fullmatch=True), st.sampled_from(REGIONS))
def test_recognising_what_is_kept_changes_nothing(text: str, region: str) -> None:
    found = phone.recognise(text, region)
    if found.normalised:
        assert phone.recognise(found.normalised, region).normalised == found.normalised
        assert phone.recognise(phone.display(found.normalised, region), region).normalised == found.normalised


@given(st.from_regex(r"\+(86|852|853|886|1|44|65)[0-9]{7,11}", fullmatch=True), st.sampled_from(REGIONS))
def test_hiding_leaves_at_most_seven_digits_of_the_number(text: str, region: str) -> None:
    shown, hidden = phone.display(text, region), phone.masked(text, region)
    assert len(shown) == len(hidden)
    assert hidden.count("*") >= 4


@given(st.one_of(st.text(), st.text("0123456789+-() .转x#OIl*/")), st.sampled_from(REGIONS), st.sampled_from(["", "020"]))
def test_recognising_never_raises(text: str, region: str, area_code: str) -> None:
    found = phone.recognise(text, region, area_code)
    assert found.valid == (found.normalised is not None) == (not found.problems)
    assert {problem.code for problem in found.problems} <= phone.CODES
    for problem in found.problems:
        if problem.proposal:
            assert phone.recognise(problem.proposal, region).valid
