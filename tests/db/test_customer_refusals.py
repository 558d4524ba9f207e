"""Every no of the commands on customers and vehicles has a sentence in three languages, filled by facts that come with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop_app import faults
from desktop_app.i18n.phrases import LANGUAGES, phrases
from desktop_app.refusal_words import customers

MODULES = ("customers", "customer_access", "erasing", "keeping_up", "merging", "moved_rows", "ownership", "people_and_cars", "talks", "vehicles")


def codes_raised() -> dict[str, set[str]]:
    """Each code to the names of the facts that come with it wherever it is raised."""
    found: dict[str, set[str]] = {}
    for module in MODULES:
        source = (Path(__file__).parents[2] / "db" / "commands" / f"{module}.py").read_text(encoding="utf-8")
        for code, facts in re.findall(r'Refusal\(\s*"(\w+)"([^\n]*)', source):
            names = set(re.findall(r"(\w+)=", facts))
            found[code] = found[code] & names if code in found else names
    return found


def test_every_code_has_a_sentence_and_no_sentence_is_left_over() -> None:
    assert set(codes_raised()) <= set(faults.sentences())
    assert set(customers.SENTENCES) <= set(codes_raised())


@pytest.mark.parametrize(("code", "sentence"), customers.SENTENCES.items())
@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_translated_and_use_facts_that_come_along(code: str, sentence: str, language: str) -> None:
    words = phrases(language)(sentence)
    assert (words == sentence) == (language == "en")
    assert set(re.findall(r"{(\w+)}", words)) == set(re.findall(r"{(\w+)}", sentence)) <= codes_raised()[code]
