"""How a broken catalogue file is refused: which file, which line, and why."""

from __future__ import annotations

from typing import Literal

from db.rules.errors import Refusal

Reason = Literal[
    "cell_empty",
    "cell_must_be_empty",
    "character_not_allowed",
    "code_malformed",
    "code_taken",
    "code_twice",
    "code_unknown",
    "column_twice",
    "file_missing",
    "interval_missing",
    "limits_crossed",
    "limits_missing",
    "list_missing",
    "minutes_fall",
    "missing_column",
    "named_twice",
    "no_rows",
    "not_a_list_of_texts",
    "not_a_text",
    "not_a_whole_number",
    "not_utf_8",
    "number_too_large",
    "number_too_small",
    "package_without_lines",
    "phone_malformed",
    "place_broken",
    "place_unknown",
    "places_differ",
    "power_train_not_checked",
    "quoting_broken",
    "schedule_missing",
    "stage_not_before",
    "toml_broken",
    "translation_missing",
    "unknown_column",
    "word_not_allowed",
    "words_missing",
    "words_name_a_value",
    "wrong_cell_count",
]
"""Why a file is refused; each has a sentence in `desktop_app.refusal_words.catalogue`."""


class CatalogueFileError(Refusal):
    """A catalogue file can't be used as it stands.

    `file` is the file's name, `line` counts from 1 as an editor shows it, `reason` is a code whose sentence is filled with
    `facts`. As a `Refusal` its code is always `catalogue_file_broken`.
    """

    def __init__(self, file: str, line: int, reason: Reason, /, **facts: object) -> None:
        super().__init__("catalogue_file_broken", file=file, line=line, reason=reason, **facts)
        self.file = file
        self.line = line
        self.reason = reason
