"""The maker that stands on a vehicle, in any language and spelling, is found in the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.catalogue_files import read_catalogue
from db.rules.makers import KnownMaker, MakerCodes
from db.rules.vin_makers import MAKERS
from desktop_app.resource import resource

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.catalogue_files.records import Maker

CATALOGUE = read_catalogue(resource("catalogue")).makers
CODES = MakerCodes.of(KnownMaker(maker.code, (maker.name.zh_TW, maker.name.zh_CN, maker.name.en), maker.wmi) for maker in CATALOGUE)
LANGUAGES = st.sampled_from(("zh_TW", "zh_CN", "en"))


@given(st.sampled_from(CATALOGUE), LANGUAGES, st.sampled_from((str.lower, str.upper, lambda name: f" {name}\u3000")))
def test_each_maker_is_found_by_each_of_its_names(maker: Maker, language: str, written: Callable[[str], str]) -> None:
    assert CODES.code_of(written(getattr(maker.name, language))) == maker.code


@given(st.sampled_from(sorted(MAKERS)), LANGUAGES)
def test_a_maker_that_a_form_took_from_the_vin_is_found_where_the_catalogue_holds_that_vins_maker(identifier: str, language: str) -> None:
    expected = next((maker.code for maker in CATALOGUE if identifier in maker.wmi), None)
    assert CODES.code_of("", f"{identifier}AB12C3D4567890") == expected
    if expected is not None and len({maker.code for maker in CATALOGUE if identifier in maker.wmi}) == 1:
        assert CODES.code_of(MAKERS[identifier].name(language)) is not None


@pytest.mark.parametrize(
    ("name", "vin", "code"),
    [
        ("廣汽豐田", "", "GAC-TOYOTA"), ("广汽丰田", "", "GAC-TOYOTA"), ("gac toyota", "", "GAC-TOYOTA"), ("ＧＡＣ－ＴＯＹＯＴＡ", "", "GAC-TOYOTA"),
        ("豐田", "LVGBV54H0LG001357", "GAC-TOYOTA"), ("", "LVGBV54H0LG001357", "GAC-TOYOTA"), ("比亞迪", "LVGBV54H0LG001357", "BYD"),
        ("奔馳（進口）", "", "MB"), ("奧迪（進口）", "", "AUDI-VW"), ("福特六和", "", None), ("", "", None), ("——", "", None),
    ],
)  # fmt: skip
def test_what_is_written_goes_before_the_vin(name: str, vin: str, code: str | None) -> None:
    assert CODES.code_of(name, vin) == code


def test_an_entry_without_a_name_is_not_the_maker_of_cars_without_one() -> None:
    codes = MakerCodes.of([KnownMaker("X", ("", "", "Some Maker"))])
    assert codes.code_of("") is None and codes.code_of("some maker") == "X"
