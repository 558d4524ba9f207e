"""Every no that is raised anywhere has its sentence in all three languages, filled with what comes along where it is raised."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from db.catalogue_files.broken import Reason
from db.engine import _SQLITE_TROUBLES
from desktop_app import faults
from desktop_app.i18n.phrases import LANGUAGES, phrases

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for folder in ("db", "desktop_app") for path in (ROOT / folder).rglob("*.py"))
SQLITE_CODES = {code for _sign, code in _SQLITE_TROUBLES}
WORKED_OUT = {"db/engine.py": SQLITE_CODES, "db/migrations/run.py": SQLITE_CODES}
"""Which codes a module may raise where its code is no literal."""
BROKEN = "catalogue_file_broken"


@dataclass(frozen=True)
class Raised:
    """One place where a no is made; `facts` is None where they can't be seen there."""

    code: str
    facts: dict[str, str] | None
    place: str


@cache
def raised() -> tuple[Raised, ...]:
    """Every making of a `Refusal`, an `Environment` or a broken catalogue file's refusal."""
    found: list[Raised] = []
    for path in SOURCES:
        name = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                codes, further = _codes(node, name)
                given = {word.arg: ast.unparse(word.value) for word in node.keywords if word.arg is not None}
                seen = all(word.arg is not None for word in node.keywords)
                found += [Raised(code, {**given, **further} if seen else None, f"{name}:{node.lineno}") for code in sorted(codes)]
    return tuple(found)


def _codes(call: ast.Call, module: str) -> tuple[set[str], dict[str, str]]:
    """What a call refuses with, and the facts that come along without being named in it."""
    callee = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    if callee in ("Refusal", "Environment"):
        return _literals(call.args[0]) or WORKED_OUT[module], {}
    if callee in ("broken", "CatalogueFileError"):
        reasons = [(place, _literals(argument) & set(get_args(Reason))) for place, argument in enumerate(call.args)]
        further = {"file": "", "line": ""}
        for place, codes in reasons:
            if codes:
                return {f"{BROKEN}.{code}" for code in codes}, {**further, "column": ""} if callee == "broken" and place == 1 else further
    return set(), {}


def _literals(node: ast.expr) -> set[str]:
    """The texts that an expression may come to, none if that can't be read off it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    if isinstance(node, ast.IfExp) and _literals(node.body) and _literals(node.orelse):
        return _literals(node.body) | _literals(node.orelse)
    return set()


def places(words: str) -> set[str]:
    """The names in a sentence's braces."""
    return set(re.findall(r"{(\w+)}", words))


def test_many_are_found() -> None:
    assert len(raised()) > 250
    assert sum(one.facts is None for one in raised()) < 5


def test_every_no_has_a_sentence() -> None:
    assert {one.code: one.place for one in raised() if one.code not in faults.sentences()} == {}


def test_every_sentence_is_said_somewhere() -> None:
    said_at_a_start = set(faults._AT_ONCE.values())
    left_over = set(faults.sentences()) - {one.code for one in raised()} - said_at_a_start
    assert {code for code in left_over if not code.startswith(BROKEN)} == set(), "the reasons of a broken file have a test beside their files"


def test_every_fact_in_a_sentence_comes_along() -> None:
    lacking = {
        f"{one.place} {one.code}": missing
        for one in raised()
        if one.facts is not None and (missing := places(faults.sentences().get(one.code, "")) - set(one.facts))
    }
    assert lacking == {}


def test_what_a_start_says_instead_needs_no_further_fact() -> None:
    words = faults.sentences()
    assert {code: instead for code, instead in faults._AT_ONCE.items() if not places(words[instead]) <= places(words[code])} == {}


def test_no_sentence_shows_a_stored_word() -> None:
    shown = {
        f"{one.place} {one.code}": name
        for one in raised()
        for name, given in (one.facts or {}).items()
        if given.endswith(".value") and name in places(faults.sentences().get(one.code, ""))
    }
    assert shown == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated_with_the_same_places(language: str) -> None:
    said = {code: (words, phrases(language)(words)) for code, words in faults.sentences().items()}
    assert {code: found for code, (words, found) in said.items() if (found == words) != (language == "en")} == {}
    assert {code: found for code, (words, found) in said.items() if sorted(re.findall(r"{\w+}", found)) != sorted(re.findall(r"{\w+}", words))} == {}
