"""Every reason for refusing a catalogue file has a sentence, in all three languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop_app.i18n.phrases import LANGUAGES, phrases
from desktop_app.refusal_words.catalogue import SENTENCES

SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parents[2] / "db" / "catalogue_files").glob("*.py")))
HEAD = "catalogue_file_broken."


def reasons_raised() -> set[str]:
    """Every literal that stands where a reason stands."""
    in_calls = re.findall(r'(?:broken|CatalogueFileError)\((?:[\w.\[\]"]+, )*?(?:1 \+ _line_ends\([\w\[\]: ]+\), |int\(.+?, |self\._start, |line, |1, )?"([a-z_0-9]+)"', SOURCES)
    passed_on = re.findall(r'"(word_not_allowed|code_unknown|stage_not_before|cell_empty|translation_missing)"', SOURCES)
    return {reason for reason in (*in_calls, *passed_on) if f'"{HEAD}{reason}"' not in SOURCES}


def test_every_reason_has_a_sentence_and_no_sentence_is_left_over() -> None:
    worded = {code.removeprefix(HEAD) for code in SENTENCES if code.startswith(HEAD)}
    assert {reason for reason in worded if f'"{reason}"' not in SOURCES} == set()
    columns = set(re.findall(r'"([a-z_]+)"', (Path(__file__).parents[2] / "db" / "catalogue_files" / "records.py").read_text(encoding="utf-8")))
    assert {reason for reason in reasons_raised() - worded - columns if not reason_is_column(reason)} == set()


def reason_is_column(word: str) -> bool:
    """Whether the word is the name of a column of some file."""
    heads = (path.open(encoding="utf-8").readline().strip().split(",") for path in (Path(__file__).parents[2] / "resources" / "catalogue").glob("*.csv"))
    return any(word in head for head in heads)


@pytest.mark.parametrize("sentence", SENTENCES.values())
@pytest.mark.parametrize("language", LANGUAGES)
def test_translated_with_the_same_places(sentence: str, language: str) -> None:
    words = phrases(language)(sentence)
    assert sorted(re.findall(r"{\w+}", words)) == sorted(re.findall(r"{\w+}", sentence))
    assert (words == sentence) == (language == "en")
