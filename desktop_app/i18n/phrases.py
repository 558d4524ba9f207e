"""The word tables `resources/i18n/*.csv`: one row a phrase, its three languages side by side.

Columns: `context` (mostly empty; tells two uses of one English phrase apart), `en`, `zh_TW`, `zh_CN` and, where English has a
singular of its own, `en_one`. The English text is the key in the code. Works without Qt, and for several languages at once,
because a paper is printed in the customer's language while the screen stays in the advisor's.
"""

from __future__ import annotations

import csv
from functools import cache

from desktop_app.resource import resource

LANGUAGES = ("zh_TW", "zh_CN", "en")

_current = "zh_TW"


@cache
def _tables() -> dict[tuple[str, str], dict[str, str]]:
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for path in sorted(resource("i18n").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                rows[row.get("context") or "", row["en"]] = {key: value or "" for key, value in row.items() if key}
    return rows


class Phrases:
    """The phrases of one language, for papers and for the command line."""

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise ValueError(language)
        self.language = language

    def __call__(self, text: str, context: str = "", /, **values: object) -> str:
        """The phrase in this language, with `{name}` places filled; a `count` of 1 takes the English singular."""
        row = _tables().get((context, text))
        if row is None:
            found = text
        elif self.language == "en":
            found = row["en_one"] if values.get("count") == 1 and row.get("en_one") else row["en"]
        else:
            found = row[self.language] or text
        return found.format(**values) if values else found


@cache
def phrases(language: str) -> Phrases:
    """The one `Phrases` of a language."""
    return Phrases(language)


def current_language() -> str:
    """The screen's language: one of `LANGUAGES`."""
    return _current


def set_current_language(language: str) -> None:
    """Change the screen's language; windows are told by `desktop_app.i18n.live`."""
    global _current
    _current = Phrases(language).language


def tr(text: str, context: str = "", /, **values: object) -> str:
    """The phrase in the screen's language; `{name}` places filled from `values`."""
    return phrases(_current)(text, context, **values)
