"""Reads every word that stands on the screen, and says which is in a wrong language, lacks a row in the word tables, or is cut off."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QPoint, QRect, Qt
from PySide6.QtGui import QAction, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from desktop_app.i18n import LANGUAGES
from desktop_app.i18n import phrases as word_tables
from desktop_app.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ELLIPSIS = "…"
_UNITS = frozenset(("km", "mm"))
"""Words of the records that are written so in every language."""
_OWN_WORDS = 12
"""So many characters in a row are no chance."""
_LATIN_WORD = re.compile(r"(?<![\w./@~:-])[a-z][a-z_]+(?![\w./@~:-])")
_LATIN_SENTENCE = re.compile(r"\b[A-Za-z][a-z]+ (?:[a-z]+ )*[a-z]{2,}\b")


@dataclass(frozen=True)
class Finding:
    """What is wrong with a text: `untranslated`, `stored word`, `wrong language`, `no row`, `cut off`, and of which widget."""

    kind: str
    text: str
    widget: str = ""

    def __str__(self) -> str:
        return f"{self.kind}: {self.text!r} in {self.widget}"


class Reader:
    """Listens to what is painted and looked up while the tour walks."""

    def __init__(self) -> None:
        self.missing: set[tuple[str, str]] = set()
        self._painted: list[str] = []
        self._written: set[str] = set()
        self._stored: set[str] = set()
        self._draw_text = QPainter.drawText
        self._tables = word_tables._tables()
        painted, draw_text = self._painted, QPainter.drawText

        def listening(painter: QPainter, *arguments: Any) -> Any:
            painted.extend(argument for argument in arguments if isinstance(argument, str))
            return draw_text(painter, *arguments)

        QPainter.drawText = listening  # type: ignore[method-assign,assignment]
        tables = _Listening(self._tables, self.missing)
        word_tables._tables = lambda: tables  # type: ignore[assignment]

    def allow(self, texts: Iterable[str]) -> None:
        """Words that people wrote themselves stay as they are in every language."""
        self._written.update(texts)

    def know_stored(self, words: Iterable[str]) -> None:
        """Words that the records hold for the program; what people read instead stands in the word tables and the catalogue."""
        self._stored.update(set(words) - _UNITS)

    def begin(self) -> None:
        """Forget what was painted before."""
        self._painted.clear()

    def read(self, windows: Iterable[QWidget], language: str) -> set[Finding]:
        """Everything that is wrong on these windows, just painted."""
        texts: dict[str, str] = dict.fromkeys(self._painted, "paint")
        found: set[Finding] = set()
        for window in windows:
            for widget in _visible(window):
                for text in _texts_of(widget):
                    texts.setdefault(text, _name(widget))
                found |= set(_cut_off(widget))
        for text, widget in texts.items():
            kind = self._fault(text, language)
            if kind and self._fault(self._without_written(text), language):
                found.add(Finding(kind, text, widget))
        return found

    def _fault(self, text: str, language: str) -> str:
        words = text.replace("&", "")
        return _fault_of(words, language) or ("stored word" if holds_stored(words, language, self._stored) else "")

    def _without_written(self, text: str) -> str:
        """What of a text is the program's: words that people wrote, or that were written for a customer in his language, may stand in it."""
        if text in self._written:
            return ""
        for written in self._written:
            if len(written) >= _OWN_WORDS and written in text:
                return text.replace(written, "")
        return text

    def lacking(self) -> set[Finding]:
        """Phrases that were asked for and stand in no table."""
        return {Finding("no row", text, context) for context, text in self.missing}


class _Listening(dict[tuple[str, str], dict[str, str]]):
    def __init__(self, tables: dict[tuple[str, str], dict[str, str]], missing: set[tuple[str, str]]) -> None:
        super().__init__(tables)
        self._missing = missing

    def get(self, key: Any, default: Any = None) -> Any:
        if key not in self and re.search(r"[A-Za-z]{2}", key[1]):
            self._missing.add(key)
        return super().get(key, default)


def _visible(window: QWidget) -> Iterator[QWidget]:
    yield window
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and not widget.visibleRegion().isEmpty():
            yield widget


def _texts_of(widget: QWidget) -> Iterator[str]:
    yield widget.accessibleName()
    yield widget.toolTip()
    yield widget.windowTitle()
    if isinstance(widget, (QLabel, QAbstractButton)):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, (QPlainTextEdit, QTextEdit)):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(widget.count()))
    if isinstance(widget, QMenu):
        yield from (action.text() for action in widget.actions())
    if isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
        for section in range(columns):
            yield str(model.headerData(section, Qt.Orientation.Horizontal) or "")
        for row in range(min(model.rowCount(), 40)):
            for column in range(columns):
                value = model.index(row, column).data()
                if isinstance(value, str):
                    yield value
    for action in widget.actions():
        if isinstance(action, QAction):
            yield action.text()


def _cut_off(widget: QWidget) -> Iterator[Finding]:
    """A text that its widget has no room for."""
    if isinstance(widget, ElidedLabel):
        cut = widget.fontMetrics().horizontalAdvance(widget.text()) > widget.contentsRect().width()
        if cut and not widget.toolTip():
            yield Finding("cut off without a tooltip", widget.text(), _name(widget))
        if widget.text() and widget.contentsRect().height() < widget.fontMetrics().ascent():
            yield Finding("cut off", widget.text(), _name(widget))
        return
    if isinstance(widget, QLabel) and widget.text():
        if widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            if needed > widget.height() + 2 and needed > QFontMetricsF(widget.font()).height() + 2:
                yield Finding("cut off below", widget.text(), _name(widget))
        elif widget.sizeHint().width() > widget.width() + 1:
            yield Finding("cut off", widget.text(), _name(widget))
    elif isinstance(widget, QAbstractButton) and widget.text() and widget.minimumSizeHint().width() > widget.width() + 1:
        yield Finding("cut off", widget.text(), _name(widget))
    if isinstance(widget, (QLabel, QAbstractButton)) and widget.text():
        parent = widget.parentWidget()
        if parent is not None and not _scrolls(parent) and not parent.isWindow():
            place = QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())
            if not parent.rect().adjusted(-1, -1, 1, 1).contains(place):
                yield Finding("sticks out", widget.text(), _name(widget))


def _scrolls(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget


def _name(widget: QWidget) -> str:
    names = []
    place: QWidget | None = widget
    while place is not None and len(names) < 3:
        names.append(type(place).__name__)
        place = place.parentWidget()
    return " < ".join(names)


def holds_stored(text: str, language: str, stored: set[str]) -> bool:
    """Whether a text is a stored word or has one in it; in an English sentence only its underscores tell it from the word itself."""
    words = text.strip().removesuffix(ELLIPSIS).strip()
    if language in _rows()[0].get(words, ()):
        return False
    return words in stored or any(word in stored and (language != "en" or "_" in word) for word in _LATIN_WORD.findall(words))


@cache
def _fault_of(text: str, language: str) -> str:
    """`untranslated`, `wrong language` or nothing."""
    words = text.strip().removesuffix(ELLIPSIS).strip()
    if not re.search(r"[A-Za-z\u4e00-\u9fff]{2}", words):
        return ""
    exact, patterns = _rows()
    if language in exact.get(words, ()):
        return ""
    others = exact.get(words, ())
    if others:
        return "untranslated" if "en" in others and language != "en" else "wrong language"
    if any(pattern.fullmatch(words) for pattern in patterns[language]):
        return ""
    for other in LANGUAGES:
        if other != language and any(pattern.fullmatch(words) for pattern in patterns[other]):
            return "untranslated" if other == "en" else "wrong language"
    if language != "en" and _LATIN_SENTENCE.search(words):
        return "untranslated"
    return ""


@cache
def _rows() -> tuple[dict[str, set[str]], dict[str, list[re.Pattern[str]]]]:
    """Which languages a text belongs to, and the shapes of the phrases with places in each."""
    exact: dict[str, set[str]] = {}
    patterns: dict[str, list[re.Pattern[str]]] = {language: [] for language in LANGUAGES}
    for row in dict(word_tables._tables()).values():
        for language in LANGUAGES:
            for text in (row[language], row["en_one"] if language == "en" else ""):
                if not text:
                    continue
                if "{" not in text:
                    exact.setdefault(text.replace("&", ""), set()).add(language)
                    continue
                fixed = re.split(r"\{[^}]*\}", text)
                if len(re.sub(r"\W", "", "".join(fixed))) >= (4 if language == "en" else 2):
                    patterns[language].append(re.compile("(.+)".join(re.escape(part) for part in fixed)))
    return exact, patterns
