"""Fields are filled in by keys and by input methods; they keep what was typed and say what is wrong."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.i18n.live import switch_language
from desktop_app.widgets.choice import Choice, ChoiceCard, Tick
from desktop_app.widgets.field import BAD, NEUTRAL, OK, WARN, Field
from desktop_app.widgets.fuel_gauge import FuelGauge
from desktop_app.widgets.text_edits import LineEdit, MoneyEdit, NumberEdit
from desktop_app.widgets.time_edits import DateEdit, MomentEdit, TimeOfDayEdit
from desktop_app.widgets.words_edit import WordsEdit
from tests.desktop.typing_help import begin_composing, compose, press, show, type_words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

Key = Qt.Key
NOW = dt.datetime(2026, 11, 24, 6, 32, tzinfo=dt.UTC)


class Form(QWidget):
    def __init__(self, *edits: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.fields = [Field("Open", edit) for edit in edits]
        for field in self.fields:
            column.addWidget(field)


def at_clock() -> dt.datetime:
    return NOW


def test_enter_walks_the_fields_and_the_number_pads_does_too(qtbot: QtBot) -> None:
    first, second, third = LineEdit(), NumberEdit(), LineEdit()
    show(qtbot, Form(first, second, third), first)
    press(qtbot, Key.Key_Return)
    assert second.hasFocus()
    press(qtbot, Key.Key_Enter, modifier=Qt.KeyboardModifier.KeypadModifier)
    assert third.hasFocus()
    press(qtbot, Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    assert third.hasFocus()


def test_a_number_is_read_on_leaving_and_not_before(qtbot: QtBot) -> None:
    km, after = NumberEdit(unit="km"), LineEdit()
    show(qtbot, Form(km, after), km)
    values: list[object] = []
    km.value_changed.connect(values.append)
    compose(km, "６１")
    type_words(qtbot, "284")
    assert (km.text(), km.value, values) == ("６１284", None, [])
    press(qtbot, Key.Key_Tab)
    assert (km.text(), km.value, values) == ("61,284", 61_284, [61_284])
    assert after.hasFocus()


def test_what_cant_be_read_stays_and_is_said_under_the_field(qtbot: QtBot) -> None:
    km = NumberEdit(maximum=999_999)
    form = Form(km, LineEdit())
    show(qtbot, form, km)
    type_words(qtbot, "12x")
    press(qtbot, Key.Key_Tab)
    assert (km.text(), km.value) == ("12x", None)
    assert form.fields[0].state == BAD
    assert km.accessibleDescription() == "這不是數字"
    switch_language("en")
    assert km.accessibleDescription() == "That isn't a number"
    km.setFocus(Qt.FocusReason.TabFocusReason)
    type_words(qtbot, "1000000")
    press(qtbot, Key.Key_Tab)
    assert km.accessibleDescription() == "Not above 999,999"
    km.setFocus(Qt.FocusReason.TabFocusReason)
    type_words(qtbot, "999999")
    press(qtbot, Key.Key_Tab)
    assert (km.value, form.fields[0].state, km.accessibleDescription()) == (999_999, NEUTRAL, "")


def test_money_is_exact_and_written_with_its_fen(qtbot: QtBot) -> None:
    money = MoneyEdit(minimum=0)
    show(qtbot, Form(money, LineEdit()), money)
    type_words(qtbot, "1286.5")
    press(qtbot, Key.Key_Return)
    assert (money.value, money.text()) == (128_650, "1,286.50")
    money.setFocus(Qt.FocusReason.TabFocusReason)
    type_words(qtbot, "-1")
    press(qtbot, Key.Key_Return)
    assert money.value is None and money.fault is not None


def test_hours_are_thousandths(qtbot: QtBot) -> None:
    hours = NumberEdit(decimals=3, unit="h")
    show(qtbot, Form(hours, LineEdit()), hours)
    type_words(qtbot, "1.20")
    press(qtbot, Key.Key_Return)
    assert (hours.value, hours.text()) == (1_200, "1.2")


def test_enter_in_the_middle_of_a_composition_does_nothing(qtbot: QtBot) -> None:
    name, after = LineEdit(), LineEdit()
    show(qtbot, Form(name, after), name)
    begin_composing(name, "chen")
    assert name.composing and name.text() == ""
    press(qtbot, Key.Key_Return)
    assert name.hasFocus()
    compose(name, "陳")
    press(qtbot, Key.Key_Return)
    assert name.text() == "陳" and after.hasFocus()


def test_committed_comes_once_a_change_and_not_without_one(qtbot: QtBot) -> None:
    name, after = LineEdit(), LineEdit()
    show(qtbot, Form(name, after), name)
    committed: list[str] = []
    name.committed.connect(lambda: committed.append(name.text()))
    press(qtbot, Key.Key_Tab)
    name.setFocus()
    type_words(qtbot, "陳志強")
    press(qtbot, Key.Key_Return)
    name.setFocus()
    press(qtbot, Key.Key_Tab)
    assert committed == ["陳志強"]


def test_a_field_tells_its_name_state_and_hint_to_the_ear(qtbot: QtBot) -> None:
    edit = LineEdit()
    field = Field("Save", edit, required=True, hint="Tomorrow")
    qtbot.addWidget(field)
    assert (edit.accessibleName(), edit.accessibleDescription()) == ("存盤", "明天")
    field.set_hint(WARN, "Not below {value}", value=3)
    assert (field.state, edit.accessibleDescription()) == (WARN, "不能低於 3")
    field.set_plain_hint(OK, "校驗位正確")
    assert (field.state, edit.accessibleDescription()) == (OK, "校驗位正確")
    field.clear_hint()
    assert (field.state, edit.accessibleDescription()) == (NEUTRAL, "明天")
    assert field.label.buddy() is edit


def test_a_hint_that_comes_and_goes_moves_nothing(qtbot: QtBot) -> None:
    field = Field("Save", LineEdit())
    show(qtbot, field)
    height = field.sizeHint().height()
    field.set_plain_hint(BAD, "手機要 11 位，現在是 10 位")
    field.set_offer("Undo", field.update, "Alt Y")
    assert field.sizeHint().height() == height
    field.drop_offer()
    field.clear_hint()
    assert field.sizeHint().height() == height


def test_an_offer_is_pressed_by_keys(qtbot: QtBot) -> None:
    edit, done = LineEdit(), []
    field = Field("Save", edit)
    field.set_offer("Undo", lambda: done.append(True))
    show(qtbot, field, edit)
    press(qtbot, Key.Key_Tab, Key.Key_Return)
    assert done == [True]


def test_moments_are_typed_loosely_and_written_near(qtbot: QtBot) -> None:
    promised, after = MomentEdit(at_clock), LineEdit()
    show(qtbot, Form(promised, after), promised)
    type_words(qtbot, "1810")
    press(qtbot, Key.Key_Return)
    assert promised.text() == "今天 18:10"
    assert promised.value == dt.datetime(2026, 11, 24, 10, 10, tzinfo=dt.UTC)
    switch_language("en")
    assert promised.text() == "Today 18:10"
    promised.setFocus(Qt.FocusReason.TabFocusReason)
    type_words(qtbot, "明天 10")
    press(qtbot, Key.Key_Return)
    assert promised.value == dt.datetime(2026, 11, 25, 2, 0, tzinfo=dt.UTC)
    assert promised.text() == "Tomorrow 10:00"


def test_a_day_is_picked_from_the_calendar_by_keys(qtbot: QtBot) -> None:
    day = DateEdit(at_clock)
    show(qtbot, Form(day), day)
    days: list[object] = []
    day.value_changed.connect(days.append)
    press(qtbot, Key.Key_F4)
    calendar = day._calendar
    assert calendar is not None and calendar.isVisible()
    month = calendar._month.findChild(QWidget, "qt_calendar_calendarview")
    assert month is not None
    qtbot.keyClick(month, Key.Key_Right)
    qtbot.keyClick(month, Key.Key_Right)
    qtbot.keyClick(month, Key.Key_Return)
    assert days == [dt.date(2026, 11, 26)]
    assert day.text() == "2026-11-26" and not calendar.isVisible()


def test_times_of_day(qtbot: QtBot) -> None:
    opens = TimeOfDayEdit()
    form = Form(opens, LineEdit())
    show(qtbot, form, opens)
    type_words(qtbot, "830")
    press(qtbot, Key.Key_Return)
    assert (opens.value, opens.text()) == (dt.time(8, 30), "08:30")
    opens.setFocus(Qt.FocusReason.TabFocusReason)
    type_words(qtbot, "2500")
    press(qtbot, Key.Key_Return)
    assert opens.value is None and form.fields[0].state == BAD


def test_words_take_lines_and_tab_leaves_them(qtbot: QtBot) -> None:
    words, after = WordsEdit(), LineEdit()
    show(qtbot, Form(words, after), words)
    committed: list[str] = []
    words.committed.connect(lambda: committed.append(words.text))
    type_words(qtbot, "前輪異響")
    press(qtbot, Key.Key_Return)
    type_words(qtbot, "冷車")
    before = words.sizeHint().height()
    for _ in range(4):
        press(qtbot, Key.Key_Return)
    assert words.sizeHint().height() > before
    press(qtbot, Key.Key_Tab)
    assert after.hasFocus() and committed == ["前輪異響\n冷車\n\n\n\n"]


def test_the_fuel_gauge_goes_by_keys(qtbot: QtBot) -> None:
    fuel = FuelGauge()
    show(qtbot, Form(fuel, LineEdit()), fuel)
    values: list[object] = []
    fuel.value_changed.connect(values.append)
    press(qtbot, Key.Key_5, Key.Key_Right, Key.Key_Left, Key.Key_Left, Key.Key_8, Key.Key_Right, Key.Key_Delete)
    assert values == [5, 6, 5, 4, 8, None]
    press(qtbot, Key.Key_Return)
    assert not fuel.hasFocus()


def test_a_choice_is_made_by_typing_and_arrows(qtbot: QtBot) -> None:
    choice = Choice()
    choice.add_phrase("today", "Today")
    choice.add_phrase("tomorrow", "Tomorrow")
    choice.add_words(7, "林依君")
    show(qtbot, Form(choice, LineEdit()), choice)
    chosen: list[object] = []
    choice.chosen_changed.connect(chosen.append)
    assert choice.chosen == "today"
    press(qtbot, Key.Key_Down)
    assert (choice.chosen, choice.currentText(), chosen) == ("tomorrow", "明天", ["tomorrow"])
    switch_language("en")
    assert [choice.itemText(index) for index in range(3)] == ["Today", "Tomorrow", "林依君"]
    choice.choose(7)
    assert choice.chosen == 7 and chosen == ["tomorrow"]
    choice.choose("nobody")
    assert choice.chosen is None
    press(qtbot, Key.Key_Return)
    assert not choice.hasFocus()


def test_ticks_and_cards_answer_to_space(qtbot: QtBot) -> None:
    tick, one, other = Tick("Today"), ChoiceCard("Today", "Tomorrow"), ChoiceCard("Tomorrow")
    form = QWidget()
    column = QVBoxLayout(form)
    for widget in (tick, one, other):
        column.addWidget(widget)
    show(qtbot, form, tick)
    press(qtbot, Key.Key_Space)
    assert tick.isChecked() and tick.accessibleName() == "今天"
    one.setFocus()
    press(qtbot, Key.Key_Space)
    other.setFocus()
    press(qtbot, Key.Key_Space)
    assert other.isChecked() and not one.isChecked()
    assert one.accessibleDescription() == "明天"


@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_nothing_is_cut_off_at_any_text_size(qtbot: QtBot, scale: float) -> None:
    from desktop_app.theme import theme

    theme.set_theme("light", scale)
    form = Form(LineEdit(), MoneyEdit(), FuelGauge(), Choice(), MomentEdit(at_clock), WordsEdit())
    show(qtbot, form)
    for field in form.fields:
        assert field.edit.height() >= field.edit.fontMetrics().height() + 8
        assert field.label.height() >= field.label.fontMetrics().height()
