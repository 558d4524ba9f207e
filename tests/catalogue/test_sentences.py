"""Every reason for refusing a catalogue file has a sentence, in all three languages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from db.catalogue_files.broken import Reason
from desktop_app.i18n.phrases import LANGUAGES, phrases
from desktop_app.refusal_words.catalogue import SENTENCES

HEAD = "catalogue_file_broken."


def test_every_reason_has_a_sentence_and_no_sentence_is_left_over() -> None:
    assert {code.removeprefix(HEAD) for code in SENTENCES if code.startswith(HEAD)} == set(get_args(Reason))


@pytest.mark.parametrize("reason", get_args(Reason))
def test_every_reason_is_given_somewhere(reason: str) -> None:
    package = Path(__file__).parents[2] / "db" / "catalogue_files"
    assert any(f'"{reason}"' in path.read_text(encoding="utf-8") for path in package.glob("*.py") if path.name != "broken.py")


@pytest.mark.parametrize("sentence", SENTENCES.values())
@pytest.mark.parametrize("language", LANGUAGES)
def test_translated_with_the_same_places(sentence: str, language: str) -> None:
    words = phrases(language)(sentence)
    assert sorted(re.findall(r"{\w+}", words)) == sorted(re.findall(r"{\w+}", sentence))
    assert (words == sentence) == (language == "en")
