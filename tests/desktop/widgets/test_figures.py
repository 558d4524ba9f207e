"""Figures open, gauges judge and say so in words, lists are chosen from by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from desktop_app.i18n.live import switch_language
from desktop_app.widgets.avatar import person_sem
from desktop_app.widgets.choice_list import ChoiceList
from desktop_app.widgets.figure import Figure
from desktop_app.widgets.limit_gauge import LimitGauge, Limits
from desktop_app.widgets.plate_chip import PlateChip, plate_parts
from tests.desktop.typing_help import press, show

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

Key = Qt.Key
PADS = Limits(3_000, 5_000, True, 0, 10_000, "mm")
RUN_OUT = Limits(100, 50, False, 0, 200, "mm")


def test_every_figure_opens_by_keys_and_says_what_it_counts(qtbot: QtBot) -> None:
    figure, opened = Figure("Today"), []
    figure.clicked.connect(lambda: opened.append(True))
    figure.set_figure("16", "bad")
    figure.set_change("+3", 1)
    show(qtbot, figure, figure)
    press(qtbot, Key.Key_Return, Key.Key_Space)
    assert opened == [True, True]
    assert figure.accessibleName() == "今天 16 +3"


@pytest.mark.parametrize(
    ("limits", "value", "verdict"),
    [
        (PADS, 2_600, "replace"), (PADS, 3_000, "replace"), (PADS, 3_001, "watch"), (PADS, 5_000, "watch"), (PADS, 5_001, "ok"), (PADS, None, "not_checked"),
        (RUN_OUT, 40, "ok"), (RUN_OUT, 50, "watch"), (RUN_OUT, 99, "watch"), (RUN_OUT, 100, "replace"),
    ],
)  # fmt: skip
def test_a_value_is_judged_on_the_side_it_wears_to(qtbot: QtBot, limits: Limits, value: int | None, verdict: str) -> None:
    gauge = LimitGauge(limits, value)
    qtbot.addWidget(gauge)
    assert gauge.verdict == verdict


def test_a_gauge_is_told_in_words_with_equal_decimals(qtbot: QtBot) -> None:
    gauge = LimitGauge(PADS, 2_600)
    qtbot.addWidget(gauge)
    assert gauge.accessibleName() == "2.6 mm, 限值 3.0, 該換"
    switch_language("en")
    gauge.set_value(6_250)
    assert gauge.accessibleName() == "6.25 mm, limit 3.00, Good"


def test_a_list_is_chosen_from_by_keys(qtbot: QtBot) -> None:
    subjects = ChoiceList()
    subjects.add_phrase("shop", "Open")
    subjects.add_phrase("people", "Close", right="9")
    subjects.add_words(3, "陳曉琳", second="手機相同")
    chosen: list[object] = []
    opened: list[object] = []
    subjects.chosen_changed.connect(chosen.append)
    subjects.opened.connect(opened.append)
    show(qtbot, subjects, subjects)
    press(qtbot, Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Return, Key.Key_Home, Key.Key_End, Key.Key_Up)
    assert chosen == ["shop", "people", 3, "shop", 3, "people"] and opened == [3]
    assert subjects.accessibleDescription() == "關閉 9"
    subjects.choose("nobody")
    assert subjects.chosen is None


@pytest.mark.parametrize(
    ("plate", "parts"),
    [("粤B8K326", ("粤B", "8K326")), ("粤BD28816", ("粤B", "D28816")), ("粤B·8K326", ("粤B", "8K326")), ("224578使", ("", "224578使")), ("", ("", ""))],
)
def test_the_dot_stands_where_it_does_on_the_metal(plate: str, parts: tuple[str, str]) -> None:
    assert plate_parts(plate) == parts


def test_a_plate_is_read_aloud_with_its_dot(qtbot: QtBot) -> None:
    chip = PlateChip("粤B8K326")
    qtbot.addWidget(chip)
    assert chip.accessibleName() == "粤B·8K326"


def test_a_person_keeps_the_same_colour_in_every_run() -> None:
    assert [person_sem(name) for name in ("林依君", "何家欣", "Lam")] == ["rose", "violet", "ok"]
