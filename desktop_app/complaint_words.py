"""A complaint as screens and the history say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.i18n.phrases import current_language, phrases

if TYPE_CHECKING:
    from collections.abc import Sequence


def complaint_words(words: str, names: Sequence[str], language: str = "") -> str:
    """`「早上冷車起步有咯吱聲」 · 異響`: the customer's own words in quotation marks, what was ticked beside them, or alone without."""
    translated = phrases(language or current_language())
    parts = [translated("“{words}”", words=words)] if words else []
    if names:
        parts.append(translated(", ", "list").join(names))
    return " · ".join(parts)
