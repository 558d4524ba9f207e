"""Translation of every visible word: `tr` for the screen's language, `Phrases` for a paper's."""

from desktop_app.i18n.phrases import LANGUAGES, Phrases, current_language, set_current_language, tr

__all__ = ["LANGUAGES", "Phrases", "current_language", "set_current_language", "tr"]
