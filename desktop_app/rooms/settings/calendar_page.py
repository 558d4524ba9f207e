"""The shop's calendar: opening hours by weekday, days closed or open by its own rule, and years whose holidays are not known."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from db.commands.shop import ChangeShop, SetClosure
from db.queries.settings import closure_rows
from db.queries.shop import the_shop
from db.rules.working_calendar import knows_year
from desktop_app.form_dialog import FormDialog, Wrong
from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import say
from desktop_app.rooms.settings.page import FormPage, scrolled
from desktop_app.rooms.settings.people_dialogs import WEEKDAYS
from desktop_app.widgets.alert_strip import AlertStrip
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.card import Card
from desktop_app.widgets.choice import Choice
from desktop_app.widgets.choice_list import ChoiceList
from desktop_app.widgets.labels import Label
from desktop_app.widgets.text_edits import LineEdit
from desktop_app.widgets.time_edits import DateEdit, TimeOfDayEdit

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.commands.perform import Command
    from db.engine import Session
    from db.queries.settings import ClosureRow
    from db.queries.shop import ShopRow
    from db.rules.errors import Environment, Refusal
    from desktop_app.room import RoomContext

SPANS = 2
"""Opening spans of a day that the form has room for: morning and afternoon."""


class ClosureDialog(FormDialog):
    """A day, closed or open, and why; `answered` receives the three."""

    def __init__(self, parent: QWidget, context: RoomContext, answered: Callable[[ClosureDialog, dt.date, bool, str], object]) -> None:
        super().__init__(parent, "A day of its own", "Save", self._answer)
        self._answered = answered
        self.day = DateEdit(context.clock, parent=self)
        self.open_or_closed = Choice(parent=self)
        self.open_or_closed.add_phrase(False, "closed", "day")
        self.open_or_closed.add_phrase(True, "open", "day")
        self.open_or_closed.choose(False)
        self.reason = LineEdit(parent=self)
        self.add_field("day", "Day", self.day, required=True)
        self.add_field("is_open", "On this day the shop is", self.open_or_closed, hint="before public holidays and weekdays")
        self.add_field("reason", "Reason", self.reason)

    def _answer(self) -> None:
        day = self.day.value
        if day is None:
            raise Wrong({"day": "Name a day"})
        self._answered(self, day, bool(self.open_or_closed.chosen), self.reason.text().strip())


class CalendarPage(FormPage):
    """Hours are saved by F8; a day of its own at once."""

    tables = frozenset({"shop", "closure"})

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        self._version = 0
        self._closures: list[ClosureRow] = []
        self._week: list[list[tuple[TimeOfDayEdit, TimeOfDayEdit]]] = []
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(12)
        self.notice = AlertStrip("warn", "calendar-clock")
        column.addWidget(self.notice)
        column.addWidget(self._hours_card(content))
        column.addWidget(self._closures_card(content))
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(content, self))
        self.setFocusProxy(self._week[0][0][0])

    def read(self, session: Session) -> tuple[ShopRow, list[ClosureRow]]:
        shop = the_shop(session)
        return shop, closure_rows(session, shop.day_of(self.context.clock()))

    def show_read(self, found: tuple[ShopRow, list[ClosureRow]]) -> None:
        shop, self._closures = found
        self._version = shop.version
        self.show_values({"weekly_hours": [[list(span) for span in day] for day in shop.weekly_hours]})
        self._show_closures()
        today = shop.day_of(self.context.clock())
        unknown = [year for year in (today.year, today.year + 1) if not knows_year(year)]
        self.notice.setVisible(bool(unknown))
        self._unknown = unknown
        self.words_changed()
        self.count_changed.emit(str(len(self._closures)) if self._closures else "")

    def values(self) -> dict[str, object]:
        return {"weekly_hours": [[list(span) for pair in day if (span := _span(pair)) is not None] for day in self._week]}

    def show_values(self, values: Any) -> None:
        typed, before = bool(self.changed), self.loaded
        self.loaded, self.changed_meanwhile = dict(values), False
        if typed:
            if before != self.loaded:
                self.message.setText(tr("Somebody changed the opening hours meanwhile; saving puts yours"))
                self.message.show()
            self.tell_unsaved()
            return
        for day, spans in zip(self._week, values["weekly_hours"], strict=True):
            for place, (opens, closes) in enumerate(day):
                span = spans[place] if place < len(spans) else None
                opens.set_value(None if span is None else _time(span[0]))
                closes.set_value(None if span is None else _time(span[1]))
        self.message.hide()
        self.tell_unsaved()

    def main_act(self) -> None:
        if self._ticket:
            super().main_act()
            return
        for day in self._week:
            for edit in (edit for pair in day for edit in pair):
                edit.commit()
                if edit.fault is not None:
                    edit.setFocus(Qt.FocusReason.OtherFocusReason)
                    return
        for weekday, day in enumerate(self._week):
            for opens, closes in day:
                if (opens.value is None) != (closes.value is None):
                    self._say_wrong(weekday, opens if opens.value is None else closes)
                    return
        super().main_act()

    def command(self, changed: dict[str, object]) -> Command:
        return ChangeShop(self._version, changed)

    def new_record(self) -> None:
        ClosureDialog(self.window(), self.context, self._save_closure).open()

    def words_changed(self) -> None:
        self._show_closures()
        if getattr(self, "_unknown", None):
            years = tr(", ", "list").join(str(year) for year in self._unknown)
            self.notice.set_words(
                tr("The public holidays of {years} are not known yet", years=years),
                tr("They are counted by weekday, with 1 January, 1–2 May and 1–3 October closed. Add what differs below."),
            )

    def _on_refused(self, error: Refusal | Environment) -> None:
        if error.code == "changed_meanwhile":
            super()._on_refused(error)
            return
        self.message.setText(self.say_refusal(error))
        self.message.show()
        weekday = error.facts.get("weekday")
        self._week[weekday if isinstance(weekday, int) else 0][0][0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_wrong(self, weekday: int, edit: TimeOfDayEdit) -> None:
        self.message.setText(tr("{day}: an opening needs both its beginning and its end", day=tr(WEEKDAYS[weekday], "weekday")))
        self.message.show()
        edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hours_card(self, parent: QWidget) -> Card:
        card = Card("Opening hours", icon="clock", parent=parent)
        card.set_hint("empty: closed")
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        for weekday, word in enumerate(WEEKDAYS):
            name = Label("", "body", parent=card)
            say(name.setText, word, "weekday")
            grid.addWidget(name, weekday, 0)
            day = []
            for place in range(SPANS):
                pair = (TimeOfDayEdit(card), TimeOfDayEdit(card))
                for edge, edit in enumerate(pair):
                    edit.setFixedWidth(92)
                    edit.textChanged.connect(self.tell_unsaved)
                    edit.value_changed.connect(self.tell_unsaved)
                    _name_edit(edit, weekday, place, edge)
                    grid.addWidget(edit, weekday, 1 + place * 4 + edge * 2)
                grid.addWidget(Label("–", "body", "text3", parent=card), weekday, 2 + place * 4)
                day.append(pair)
            grid.addWidget(Label("", "body", parent=card), weekday, 4)
            self._week.append(day)
        grid.setColumnMinimumWidth(4, 16)
        grid.setColumnStretch(9, 1)
        self.message = Label("", "small", "bad", wrap=True, parent=card)
        self.message.hide()
        card.body.addLayout(grid)
        card.body.addWidget(self.message)
        return card

    def _closures_card(self, parent: QWidget) -> Card:
        card = Card("Days of its own", icon="calendar-plus", parent=parent)
        self.closure_list = ChoiceList(card)
        self.none_words = Label("", "small", "text3", parent=card)
        say(self.none_words.setText, "none from today on")
        self.add_button = Button("Add a day", icon="plus", keys="Ins", parent=card)
        self.remove_button = Button("Take it away", icon="trash-2", parent=card)
        self.add_button.clicked.connect(self.new_record)
        self.remove_button.clicked.connect(self._on_remove)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch(1)
        card.body.addWidget(self.closure_list)
        card.body.addWidget(self.none_words)
        card.body.addLayout(buttons)
        return card

    def _show_closures(self) -> None:
        chosen = self.closure_list.chosen
        self.closure_list.clear()
        form = formats()
        for row in self._closures:
            words = f"{form.day(row.day)} {form.weekday(row.day)}"
            right = tr("open", "day") if row.is_open else tr("closed", "day")
            self.closure_list.add_words(row.day, words, "calendar-clock", right, "ok" if row.is_open else "bad", row.reason)
        self.closure_list.choose(chosen if any(row.day == chosen for row in self._closures) else self._closures[0].day if self._closures else None)
        self.closure_list.setVisible(bool(self._closures))
        self.none_words.setVisible(not self._closures)
        self.remove_button.setEnabled(bool(self._closures))

    def _save_closure(self, dialog: ClosureDialog, day: dt.date, is_open: bool, reason: str) -> None:
        self.context.perform(SetClosure(day, is_open, reason), dialog.done_for_good, dialog.refused, owner=dialog)

    def _on_remove(self) -> None:
        day = self.closure_list.chosen
        if isinstance(day, dt.date):
            row = next(row for row in self._closures if row.day == day)
            self.context.perform(SetClosure(day, None), partial(self._on_removed, row), owner=self)

    def _on_removed(self, row: ClosureRow, _result: object) -> None:
        self.context.navigator.toast(tr("{day} follows the calendar again", day=formats().day(row.day)), undo=partial(self._bring_back, row))

    def _bring_back(self, row: ClosureRow) -> None:
        self.context.perform(SetClosure(row.day, row.is_open, row.reason), owner=self)


def _name_edit(edit: TimeOfDayEdit, weekday: int, place: int, edge: int) -> None:
    words = ("opens", "closes")[edge]
    say(edit.setAccessibleName, "{day}, {place}: {edge}", "calendar",
        day=partial(tr, WEEKDAYS[weekday], "weekday"), place=place + 1, edge=partial(tr, words, "calendar"))  # fmt: skip


def _span(pair: tuple[TimeOfDayEdit, TimeOfDayEdit]) -> list[int] | None:
    opens, closes = pair[0].value, pair[1].value
    if opens is None or closes is None:
        return None
    return [_minute(opens), _minute(closes) or 24 * 60]


def _minute(time: dt.time) -> int:
    return time.hour * 60 + time.minute


def _time(minute: int) -> dt.time:
    return dt.time(minute // 60 % 24, minute % 60)
