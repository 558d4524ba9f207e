"""The stages of a claim, from claim_stages.toml."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from db.catalogue_files.broken import CatalogueFileError
from db.catalogue_files.records import BySeverity, ClaimStage, Words
from db.catalogue_files.table import LARGEST_WHOLE_NUMBER, read_text

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from db.catalogue_files.broken import Reason

ROLES = ("advisor", "technician", "foreman", "accident", "cashier", "parts", "manager", "administrator")
PARTIES = ("", "insurer", "customer", "supplier")
SEVERITIES = ("light", "medium", "heavy")

FILE = "claim_stages.toml"
_KEYS = ("code", "name_zh_TW", "name_zh_CN", "name_en", "roles", "with_party", "light", "medium", "heavy", "round_the_clock", "after")
_STAGE_HEAD = re.compile(r"^[ \t]*\[\[[ \t]*stage[ \t]*\]\]")
_PLACE_IN_MESSAGE = re.compile(r"at line (\d+)")
_CODE = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")


class _Stage:
    """One [[stage]] table, and on which lines its keys stand."""

    def __init__(self, values: dict[str, object], lines: list[str], head: int, end: int) -> None:
        self.values = values
        self._lines = lines
        self._head = head
        self._end = end

    def broken(self, key: str, reason: Reason, **facts: object) -> CatalogueFileError:
        """The refusal of one key: its line, or that of the table's head when the key isn't there."""
        written = re.compile(rf"[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*=")
        for place in range(self._head, self._end):
            if written.match(self._lines[place]):
                return CatalogueFileError(FILE, place + 1, reason, column=key, **facts)
        return CatalogueFileError(FILE, self._head + 1, reason, column=key, **facts)

    def text(self, key: str, empty: Reason | None = "cell_empty") -> str:
        found = self.values[key]
        if not isinstance(found, str):
            raise self.broken(key, "not_a_text", found=str(found))
        if not found.strip() and empty is not None:
            raise self.broken(key, empty)
        return found.strip()

    def texts(self, key: str, known: Collection[str], reason: Reason, **facts: object) -> tuple[str, ...]:
        found = self.values[key]
        if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
            raise self.broken(key, "not_a_list_of_texts", found=str(found))
        for place, item in enumerate(found):
            if item not in known:
                raise self.broken(key, reason, found=item, **facts)
            if item in found[:place]:
                raise self.broken(key, "named_twice", found=item)
        return tuple(found)

    def whole(self, key: str) -> int:
        found = self.values[key]
        if not isinstance(found, int) or isinstance(found, bool):
            raise self.broken(key, "not_a_whole_number", found=str(found))
        if found < 0:
            raise self.broken(key, "number_too_small", found=found, lowest=0)
        if found > LARGEST_WHOLE_NUMBER:
            raise self.broken(key, "number_too_large", found=found, largest=LARGEST_WHOLE_NUMBER)
        return found

    def flag(self, key: str) -> bool:
        found = self.values[key]
        if not isinstance(found, bool):
            raise self.broken(key, "word_not_allowed", found=str(found), allowed="true, false")
        return found


def read_claim_stages(folder: Path) -> tuple[ClaimStage, ...]:
    """The stages in the order of the file; a stage may only come after stages that stand before it, so no circle is possible."""
    text = read_text(folder / FILE)
    lines = re.split(r"\r\n|\r|\n", text)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE_IN_MESSAGE.search(str(error))
        raise CatalogueFileError(FILE, int(place[1]) if place else len(lines), "toml_broken") from None
    for key in document:
        if key != "stage":
            line = next((place for place, words in enumerate(lines, 1) if words.lstrip(" \t[\"'").startswith(key)), 1)
            raise CatalogueFileError(FILE, line, "unknown_column", column=key)
    tables = document.get("stage", [])
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        raise CatalogueFileError(FILE, 1, "no_rows")
    heads = [place for place, line in enumerate(lines) if _STAGE_HEAD.match(line)]
    if len(heads) != len(tables):
        heads = [0] * len(tables)
    stages: dict[str, ClaimStage] = {}
    first_lines: dict[str, int] = {}
    for position, (values, head) in enumerate(zip(tables, heads, strict=True), 1):
        stage = _Stage(values, lines, head, heads[position] if position < len(heads) and heads[position] > head else len(lines))
        found = _claim_stage(stage, position, stages)
        if found.code in stages:
            raise stage.broken("code", "code_twice", code=found.code, first_line=first_lines[found.code])
        stages[found.code] = found
        first_lines[found.code] = head + 1
    return tuple(stages.values())


def _claim_stage(stage: _Stage, position: int, before: Collection[str]) -> ClaimStage:
    for key in stage.values:
        if key not in _KEYS:
            raise stage.broken(key, "unknown_column")
    for key in _KEYS:
        if key not in stage.values:
            raise stage.broken(key, "missing_column")
    code = stage.text("code")
    if not _CODE.fullmatch(code):
        raise stage.broken("code", "code_malformed", code=code)
    with_party = stage.text("with_party", empty=None)
    if with_party not in PARTIES:
        raise stage.broken("with_party", "word_not_allowed", found=with_party, allowed=", ".join(PARTIES[1:]))
    roles = stage.texts("roles", ROLES, "word_not_allowed", allowed=", ".join(ROLES))
    if not roles:
        raise stage.broken("roles", "cell_empty")
    minutes = BySeverity(*(stage.whole(severity) for severity in SEVERITIES))
    if not minutes.light <= minutes.medium:
        raise stage.broken("medium", "minutes_fall")
    if not minutes.medium <= minutes.heavy:
        raise stage.broken("heavy", "minutes_fall")
    return ClaimStage(
        code=code,
        name=Words(*(stage.text(key, "translation_missing") for key in ("name_zh_TW", "name_zh_CN", "name_en"))),
        position=position,
        roles=roles,
        with_party=with_party,
        minutes=minutes,
        round_the_clock=stage.flag("round_the_clock"),
        after=stage.texts("after", before, "stage_not_before"),
    )
