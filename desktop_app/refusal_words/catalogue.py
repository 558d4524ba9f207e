"""What a broken catalogue file is refused with: refusal code, behind a dot its reason, to the English phrase that the word tables translate."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "catalogue_file_broken": "The catalogue file {file} is broken in line {line}: {reason}",
    "catalogue_file_unreadable": (
        "The catalogue file {file} can't be read ({system_words}). "
        "Nothing was changed. See whether the file is open elsewhere or may not be read, then try again"
    ),
    "catalogue_file_broken.cell_empty": "{column} is empty",
    "catalogue_file_broken.cell_must_be_empty": "{column} holds “{found}” but must stay empty here",
    "catalogue_file_broken.character_not_allowed": "It holds the character {character}, which a text can't have. Save the file as UTF-8 text",
    "catalogue_file_broken.code_malformed": "“{code}” in {column} is no code",
    "catalogue_file_broken.code_taken": "The code {code} is already used in {in_file}",
    "catalogue_file_broken.code_twice": "{code} in {column} stands in line {first_line} already",
    "catalogue_file_broken.code_unknown": "“{found}” in {column} does not exist in {in_file}",
    "catalogue_file_broken.column_twice": "The column {column} stands there twice",
    "catalogue_file_broken.file_missing": "The file is missing",
    "catalogue_file_broken.interval_missing": "Neither km nor months are given",
    "catalogue_file_broken.limits_crossed": "{column} contradicts the other limits",
    "catalogue_file_broken.limits_missing": "{code} has no limits, or two, for {power_train} in {in_file}",
    "catalogue_file_broken.list_missing": "The list {list} has no entry",
    "catalogue_file_broken.minutes_fall": "{column} has fewer minutes than the lighter case",
    "catalogue_file_broken.missing_column": "The column {column} is missing",
    "catalogue_file_broken.named_twice": "“{found}” stands twice in {column}",
    "catalogue_file_broken.no_rows": "It holds no entry",
    "catalogue_file_broken.not_a_list_of_texts": "{column} must be a list of texts, not “{found}”",
    "catalogue_file_broken.not_a_text": "{column} must be a text, not “{found}”",
    "catalogue_file_broken.not_a_whole_number": "“{found}” in {column} is no whole number",
    "catalogue_file_broken.not_utf_8": "The file is not written in UTF-8. Save it as UTF-8 text",
    "catalogue_file_broken.number_too_large": "{found} in {column} is too large; at most {largest}",
    "catalogue_file_broken.number_too_small": "{found} in {column} is too small; at least {lowest}",
    "catalogue_file_broken.package_without_lines": "The package {code} has no lines in {in_file}",
    "catalogue_file_broken.phone_malformed": "“{found}” is no phone number",
    "catalogue_file_broken.place_broken": "A brace in {column} is not closed",
    "catalogue_file_broken.place_unknown": "“{place}” in {column} is no value that can stand there",
    "catalogue_file_broken.places_differ": "“{place}” in {column} does not stand in every language",
    "catalogue_file_broken.power_train_not_checked": "{point} is not checked on {found}",
    "catalogue_file_broken.quoting_broken": "A quotation mark is not closed or stands in the wrong place",
    "catalogue_file_broken.schedule_missing": "{power_train} has no entry",
    "catalogue_file_broken.stage_not_before": "“{found}” in {column} is no stage further up",
    "catalogue_file_broken.toml_broken": "The line can't be understood",
    "catalogue_file_broken.translation_missing": "The text in {column} is missing",
    "catalogue_file_broken.unknown_column": "The column {column} is not known",
    "catalogue_file_broken.word_not_allowed": "“{found}” in {column} is not possible. Possible: {allowed}",
    "catalogue_file_broken.words_missing": "{code} has not all its words in {in_file}",
    "catalogue_file_broken.words_name_a_value": "The words of {found} name a measured value, but nothing is measured here",
    "catalogue_file_broken.wrong_cell_count": "The line has {found} cells instead of {expected}",
}
"""The place {reason} of `catalogue_file_broken` takes the sentence of the reason, filled with the same facts."""
