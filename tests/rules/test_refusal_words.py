"""Every no of the trade's rules has a sentence, in all three languages."""

import csv
import re
from pathlib import Path

import pytest

from db.rules.order_life import NEEDS as MOVE_NEEDS
from desktop_app.i18n.phrases import LANGUAGES, phrases
from desktop_app.refusal_words import rules
from desktop_app.resource import resource

MODULES = (
    "ageing", "authorisation", "guarantee", "inspection", "mileage", "money", "numbering", "order_life", "promised_time", "rights", "stages",
    "working_calendar",
)  # fmt: skip


def codes_raised() -> dict[str, set[str]]:
    """Each code to the names of the facts that come with it."""
    found: dict[str, set[str]] = {}
    for module in MODULES:
        source = (Path(__file__).parents[2] / "db" / "rules" / f"{module}.py").read_text(encoding="utf-8")
        for code, facts in re.findall(r'Refusal\(\s*"(\w+)"([^\n]*)', source):
            names = set(re.findall(r"(\w+)=", facts))
            found[code] = found[code] & names if code in found else names
    return found


def test_every_code_has_a_sentence_and_no_sentence_is_left_over() -> None:
    assert set(rules.SENTENCES) == set(codes_raised())


@pytest.mark.parametrize(("code", "sentence"), rules.SENTENCES.items())
def test_sentences_use_only_facts_that_come_with_the_code(code: str, sentence: str) -> None:
    assert set(re.findall(r"{(\w+)}", sentence)) <= codes_raised()[code]


def test_every_need_has_words() -> None:
    assert set(rules.NEEDS) == set(MOVE_NEEDS)


@pytest.mark.parametrize("sentence", [*rules.SENTENCES.values(), *rules.NEEDS.values()])
@pytest.mark.parametrize("language", LANGUAGES)
def test_translated_with_the_same_places(sentence: str, language: str) -> None:
    words = phrases(language)(sentence)
    assert sorted(re.findall(r"{\w+}", words)) == sorted(re.findall(r"{\w+}", sentence))
    assert (words == sentence) == (language == "en")


@pytest.mark.parametrize("module", MODULES)
def test_codes_are_listed_where_they_are_raised(module: str) -> None:
    source = (Path(__file__).parents[2] / "db" / "rules" / f"{module}.py").read_text(encoding="utf-8")
    for code in re.findall(r'Refusal\(\s*"(\w+)"', source):
        assert source.count(code) >= 2


def test_no_phrase_is_left_over() -> None:
    with (resource("i18n") / "refusals_rules.csv").open(encoding="utf-8", newline="") as file:
        written = [row["en"] for row in csv.DictReader(file)]
    assert sorted(written) == sorted({*rules.SENTENCES.values(), *rules.NEEDS.values()})
