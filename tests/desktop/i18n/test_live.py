"""Words on the screen follow a change of language at once."""

from __future__ import annotations

import gc
import time
import weakref
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from desktop_app.i18n import current_language, live
from desktop_app.i18n.live import follow_language, hush, say, say_plain, switch_language
from desktop_app.theme import theme
from tests.desktop.widgets.conftest import look as look

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Listener(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []
        self.seen: list[str] = []
        self.label = QLabel()

    def hear(self, language: str) -> None:
        self.heard.append(language)
        self.seen.append(self.label.text())


def test_said_words_change_with_the_language(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    say(label.setText, "Handled {number}", number=3)
    assert label.text() == "已處理 3"
    switch_language("zh_CN")
    assert label.text() == "已处理 3"
    switch_language("en")
    assert label.text() == "Handled 3"
    assert current_language() == "en"


def test_a_callable_value_is_asked_anew(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    say(label.setText, "Handled {number}", number=current_language)
    switch_language("en")
    assert label.text() == "Handled en"


def test_the_last_word_holds(qtbot: QtBot) -> None:
    label, other = QLabel(), QLabel()
    for one in (label, other):
        qtbot.addWidget(one)
        say(one.setText, "Save")
    say_plain(label.setText, "W261124-007")
    hush(other.setText)
    switch_language("en")
    assert label.text() == "W261124-007"
    assert other.text() == "存盤"


def test_two_setters_of_one_thing_are_two_phrases(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    say(label.setText, "Save")
    say(label.setToolTip, "Close")
    switch_language("en")
    assert (label.text(), label.toolTip()) == ("Save", "Close")


def test_what_is_gone_is_forgotten(qtbot: QtBot) -> None:
    kept, deleted, collected = QLabel(), QLabel(), QLabel()
    qtbot.addWidget(kept)
    for label in (kept, deleted, collected):
        say(label.setText, "Save")
    shiboken6.delete(deleted)
    gone = [weakref.ref(label) for label in (deleted, collected)]
    del collected, label
    gc.collect()
    switch_language("en")
    assert kept.text() == "Save"
    assert kept in live._said and deleted in live._said
    del deleted
    gc.collect()
    assert [ref() for ref in gone] == [None, None], "what is said anew to a thing does not hold it"


def test_those_who_follow_hear_after_the_words_have_changed(qtbot: QtBot) -> None:
    listener = Listener()
    qtbot.addWidget(listener.label)
    say(listener.label.setText, "Save")
    follow_language(listener.hear)
    switch_language("en")
    assert listener.heard == ["en"] and listener.seen == ["Save"]


def test_qt_speaks_the_language_too() -> None:
    seen = {}
    for language in ("zh_TW", "zh_CN", "en"):
        switch_language(language)
        seen[language] = QApplication.translate("QWidgetTextControl", "&Copy")
    assert seen["en"] == "&Copy"
    assert len(set(seen.values())) == 3


def test_simplified_shapes_lead_only_in_simplified_chinese() -> None:
    leading = {}
    for language in ("zh_TW", "zh_CN", "en"):
        switch_language(language)
        leading[language] = (theme.current().font().families()[0], QApplication.font().families()[0])
    assert leading == {"zh_TW": ("Noto Sans TC",) * 2, "zh_CN": ("Noto Sans SC",) * 2, "en": ("Noto Sans TC",) * 2}


def test_a_window_of_a_thousand_words_changes_within_a_third_of_a_second(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    for _ in range(1000):
        label = QLabel(window)
        say(label.setText, "Save")
        column.addWidget(label)
    window.show()
    started = time.process_time()
    switch_language("zh_CN")
    QApplication.processEvents()
    assert time.process_time() - started < 0.3
