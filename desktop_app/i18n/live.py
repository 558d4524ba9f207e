"""Words that change under the eyes: every visible phrase is said once and said again when the language changes."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from desktop_app.i18n import current_language, set_current_language, tr
from desktop_app.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Speech(QObject):
    """Holds the one signal that tells of a change of language."""

    language_changed = Signal(str)
    """The new language, after every phrase of `say` has been said again."""


_speech: Speech | None = None
_translator: QTranslator | None = None
_said: weakref.WeakKeyDictionary[QObject, dict[str, tuple[str, str, dict[str, Any]]]] = weakref.WeakKeyDictionary()


def speech() -> Speech:
    """The one holder of `language_changed`."""
    global _speech
    if _speech is None:
        _speech = Speech()
    return _speech


def say(setter: Callable[[str], object], text: str, context: str = "", /, **values: Any) -> None:
    """Give the phrase to a bound setter of a QObject now, and again at each change of language while the object lives.

    A value may be a callable without arguments: it is asked each time, so that dates and amounts follow the language too.
    A second `say` with the same setter takes the place of the first; `hush` ends it.
    """
    owner = setter.__self__  # type: ignore[attr-defined]
    _said.setdefault(owner, {})[setter.__name__] = (text, context, values)
    setter(_phrase(text, context, values))


def hush(setter: Callable[[str], object]) -> None:
    """Forget what was said with a setter; what it shows stays as it is."""
    _said.get(setter.__self__, {}).pop(setter.__name__, None)  # type: ignore[attr-defined]


def say_plain(setter: Callable[[str], object], text: str) -> None:
    """Show words that are data (a name, a number) through a setter, and forget the phrase that stood there."""
    hush(setter)
    setter(text)


def follow_language(slot: Callable[[str], None]) -> None:
    """Run a bound method of a QObject at every change of language, while its object lives."""
    speech().language_changed.connect(slot)


def switch_language(language: str) -> None:
    """Show the program in another of the three languages at once: our words, Qt's own words, glyph shapes."""
    windows = [window for window in QApplication.topLevelWidgets() if window.isVisible() and window.updatesEnabled()]
    for window in windows:
        window.setUpdatesEnabled(False)
    try:
        set_current_language(language)
        _take_qt_words(language)
        theme.set_font_language(language)
        for setter, phrase in list(_phrases_said()):
            setter(_phrase(*phrase))
        speech().language_changed.emit(current_language())
    finally:
        for window in windows:
            window.setUpdatesEnabled(True)


def _phrases_said() -> Iterator[tuple[Callable[[str], object], tuple[str, str, dict[str, Any]]]]:
    for owner, phrases in list(_said.items()):
        if not shiboken6.isValid(owner):
            continue
        for name, phrase in phrases.items():
            yield getattr(owner, name), phrase


def _phrase(text: str, context: str, values: dict[str, Any]) -> str:
    return tr(text, context, **{name: value() if callable(value) else value for name, value in values.items()})


def _take_qt_words(language: str) -> None:
    """Install Qt's own translations ("Cancel", "Copy"…); English needs none. They are what a text field's menu is made of."""
    global _translator
    if _translator is not None:
        QApplication.removeTranslator(_translator)
        _translator = None
    QLocale.setDefault(QLocale(language))
    if language == "en":
        return
    translator = QTranslator()
    if translator.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        QApplication.installTranslator(translator)
        _translator = translator
