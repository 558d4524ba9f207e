"""What scripts read about plates, VINs and phones, and the sentences for people; real spreadsheet cells among them."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules import phone, plate, recognise, search_text, vin
from desktop_app import recognise_words
from desktop_app.i18n.phrases import LANGUAGES, phrases
from desktop_app.resource import resource

CELLS = list(csv.DictReader((Path(__file__).parent / "data" / "spreadsheet_identities.csv").read_text(encoding="utf-8").splitlines()))
CODES = plate.CODES | vin.CODES | phone.CODES


def test_a_plate_in_plain_values() -> None:
    assert recognise.as_json("plate", ["滬A•D12345", "京AO2345"], "CN", 2026) == [
        {"text": "滬A•D12345", "valid": True, "normalised": "沪AD12345", "kind": "NEV_SMALL", "problems": []},
        {
            "text": "京AO2345",
            "valid": False,
            "normalised": None,
            "kind": "OTHER",
            "problems": [{"code": "plate_letter_not_used", "letters": "O", "proposal": "京A02345"}],
        },
    ]


def test_a_vin_in_plain_values_has_maker_and_year() -> None:
    first, second = recognise.as_json("vin", ["lsvaa2br7gn000001", "LSVAA2BR4GN000001"], "CN", 2026, "zh_TW")
    assert first == {
        "text": "lsvaa2br7gn000001",
        "valid": True,
        "normalised": "LSVAA2BR7GN000001",
        "kind": "china",
        "maker": "上汽大眾",
        "year": 2016,
        "problems": [],
    }
    assert (second["valid"], second["normalised"], second["maker"], second["year"]) == (False, None, "上汽大眾", 2016)
    assert second["problems"] == [{"code": "vin_check_digit", "found": "4", "expected": "7"}]


def test_a_phone_in_plain_values() -> None:
    assert recognise.as_json("phone", ["138 0268 441", "+852 9123 4567"], "CN", 2026) == [
        {"text": "138 0268 441", "valid": False, "normalised": None, "kind": "other", "problems": [{"code": "mobile_length", "has": 10, "wants": 11}]},
        {"text": "+852 9123 4567", "valid": True, "normalised": "+85291234567", "kind": "mobile", "problems": []},
    ]


def test_the_region_decides_what_is_tried() -> None:
    (here,) = recognise.as_json("plate", ["AB1234"], "CN", 2026)
    (there,) = recognise.as_json("plate", ["AB1234"], "HK", 2026)
    assert (here["valid"], there["valid"], there["kind"]) == (False, True, "HK")


def test_another_kind_is_no_question() -> None:
    with pytest.raises(ValueError, match="colour"):
        recognise.as_json("colour", [], "CN", 2026)  # type: ignore[arg-type]


@given(st.lists(st.text(), max_size=4), st.sampled_from(recognise.KINDS), st.sampled_from(plate.REGIONS))
def test_every_text_gets_one_answer_in_its_place_that_json_can_write(texts: list[str], kind: recognise.Kind, region: str) -> None:
    answers = recognise.as_json(kind, texts, region, 2026)
    assert [answer["text"] for answer in answers] == texts
    keys = {"text", "valid", "normalised", "kind", "problems"} | ({"maker", "year"} if kind == "vin" else set())
    for answer in answers:
        assert set(answer) == keys
        assert json.loads(json.dumps(answer)) == answer


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell["vin"])
def test_cells_of_customers_spreadsheets_become_what_they_stand_for(cell: dict[str, str]) -> None:
    assert (plate.recognise(cell["plate_typed"]).normalised or "") == cell["plate"]
    assert (phone.recognise(cell["phone_typed"]).normalised or "") == cell["phone"]
    assert vin.normalise(cell["vin_typed"]) == cell["vin"]
    assert vin.recognise(cell["vin_typed"], 2026).valid == (cell["vin_holds"] == "yes")
    assert search_text.name_keys(cell["name_typed"]) == search_text.name_keys(cell["name"])


def test_every_problem_has_a_sentence_in_three_languages() -> None:
    assert set(recognise_words.SENTENCES) == CODES
    with resource("i18n/recognise.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["en"]: row for row in csv.DictReader(file)}
    assert set(rows) == {*recognise_words.SENTENCES.values(), recognise_words.WITH_PROPOSAL}
    for english, row in rows.items():
        places = {name for _, name, _, _ in Formatter().parse(english) if name}
        for language in ("zh_TW", "zh_CN"):
            assert row[language]
            assert {name for _, name, _, _ in Formatter().parse(row[language]) if name} == places


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Plates never have the letter O, which looks like a digit. Is it 京A02345?"),
        ("zh_TW", "號牌不用字母 O，易與數字 1、0 混淆。是不是 京A02345？"),
        ("zh_CN", "号牌不用字母 O，易与数字 1、0 混淆。是不是 京A02345？"),
    ],
)
def test_a_sentence_ends_in_its_proposal(language: str, said: str) -> None:
    (problem,) = plate.recognise("京AO2345").problems
    assert recognise_words.sentence(problem.code, problem.facts, phrases(language)) == said


def test_a_phone_number_that_is_too_short_is_told_in_digits() -> None:
    (problem,) = phone.recognise("1380268441").problems
    assert recognise_words.sentence(problem.code, problem.facts, phrases("zh_TW")) == "手機要 11 位，現在是 10 位"


@given(st.text(), st.sampled_from(recognise.KINDS), st.sampled_from(plate.REGIONS), st.sampled_from(LANGUAGES))
def test_the_facts_of_every_problem_fill_its_sentence(text: str, kind: recognise.Kind, region: str, language: str) -> None:
    (answer,) = recognise.as_json(kind, [text], region, 2026, language, "粤B", "020")
    for problem in answer["problems"]:
        assert recognise_words.sentence(problem["code"], problem, phrases(language))
