"""Edits for days, times and moments: typed loosely, or picked from a calendar with F4."""

from __future__ import annotations

import datetime as dt
from abc import abstractmethod
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QRectF, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QVBoxLayout, QWidget

from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import follow_language
from desktop_app.theme.icons import draw_icon, icon
from desktop_app.theme.theme import current, follow, style_sheet
from desktop_app.widgets.abstract import AbstractQt
from desktop_app.widgets.painting import box, open_painter
from desktop_app.widgets.reading import Fault, Unreadable, read_date, read_moment, read_time
from desktop_app.widgets.text_edits import LineEdit

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class TimeOfDayEdit(LineEdit):
    """A time of day: 18:10, 1810, 8."""

    value_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._value: dt.time | None = None
        super().__init__(parent=parent)

    @property
    def value(self) -> dt.time | None:
        """The time as last read, None for an empty or unreadable field."""
        return self._value

    def set_value(self, value: dt.time | None) -> None:
        """Show a time as the field's untouched content."""
        self._value = value
        self.set_text(f"{value:%H:%M}" if value is not None else "")

    def _read(self) -> None:
        before, fault = self._value, None
        try:
            self._value = read_time(self.text())
        except Unreadable as caught:
            self._value, fault = None, caught.fault
        if self._value is not None:
            self.setText(f"{self._value:%H:%M}")
        self.set_fault(fault)
        if self._value != before:
            self.value_changed.emit(self._value)


class _CalendarEdit(LineEdit, metaclass=AbstractQt):
    """What the two edits with a calendar share: its icon at the right, F4 and ↓ open it."""

    def __init__(self, clock: Callable[[], dt.datetime] = _now, big: bool = False, parent: QWidget | None = None) -> None:
        self._clock = clock
        self._calendar: CalendarPopup | None = None
        super().__init__(big=big, parent=parent)
        follow_language(self._on_language)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_F4, Qt.Key.Key_Down) and not event.modifiers():
            self.open_calendar()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.position().x() > self.width() - 32:
            self.open_calendar()

    def open_calendar(self) -> None:
        """Show the calendar below the field, at its day."""
        if self._calendar is None:
            self._calendar = CalendarPopup(self)
            self._calendar.day_chosen.connect(self._take_day)
        self._calendar.open_at(self, self._day() or formats().local(self._clock()).date())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        draw_icon(open_painter(self), "calendar-clock", "text2", self.width() - 26, round((self.height() - 16) / 2), 16)

    def _take_theme(self) -> None:
        super()._take_theme()
        margins = self.textMargins()
        self.setTextMargins(margins.left(), 0, 30, 0)

    @abstractmethod
    def _day(self) -> dt.date | None:
        """The day that the calendar opens at, None for today."""

    @abstractmethod
    def _take_day(self, day: dt.date) -> None:
        """A day was chosen in the calendar."""

    @abstractmethod
    def _on_language(self, _language: str) -> None:
        """Write the value again as the language does."""


class DateEdit(_CalendarEdit):
    """A day: 2026-11-24, 11-24, 1124, +30, 明天, 週五; `within` may refuse it by returning a `Fault`."""

    value_changed = Signal(object)

    def __init__(
        self, clock: Callable[[], dt.datetime] = _now, within: Callable[[dt.date], Fault | None] | None = None, parent: QWidget | None = None
    ) -> None:
        self._value: dt.date | None = None
        self._within = within
        super().__init__(clock, parent=parent)

    @property
    def value(self) -> dt.date | None:
        """The day as last read, None for an empty or unreadable field."""
        return self._value

    def set_value(self, value: dt.date | None) -> None:
        """Show a day as the field's untouched content."""
        self._value = value
        self.set_text(value.isoformat() if value is not None else "")

    def _read(self) -> None:
        before, fault = self._value, None
        try:
            self._value = read_date(self.text(), formats().local(self._clock()).date())
            fault = self._within(self._value) if self._within is not None and self._value is not None else None
        except Unreadable as caught:
            self._value, fault = None, caught.fault
        if fault is not None:
            self._value = None
        elif self._value is not None:
            self.setText(self._value.isoformat())
        self.set_fault(fault)
        if self._value != before:
            self.value_changed.emit(self._value)

    def _day(self) -> dt.date | None:
        return self._value

    def _take_day(self, day: dt.date) -> None:
        self.setText(day.isoformat())
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.commit()

    def _on_language(self, _language: str) -> None:
        self.update()


class MomentEdit(_CalendarEdit):
    """A moment, aware in UTC, written 今天 18:10 / 明天 10:00 / 2026-11-26 10:00 in the shop's zone; read as loosely."""

    value_changed = Signal(object)

    def __init__(self, clock: Callable[[], dt.datetime] = _now, big: bool = False, parent: QWidget | None = None) -> None:
        self._value: dt.datetime | None = None
        super().__init__(clock, big, parent)

    @property
    def value(self) -> dt.datetime | None:
        """The moment as last read (UTC), None for an empty or unreadable field."""
        return self._value

    def set_value(self, value: dt.datetime | None) -> None:
        """Show a moment as the field's untouched content."""
        self._value = value
        self.set_text(formats().near(value, self._clock()) if value is not None else "")

    def _read(self) -> None:
        before, fault = self._value, None
        try:
            read = read_moment(self.text(), formats().local(self._clock()))
            self._value = read.astimezone(dt.UTC) if read is not None else None
        except Unreadable as caught:
            self._value, fault = None, caught.fault
        if self._value is not None:
            self.setText(formats().near(self._value, self._clock()))
        self.set_fault(fault)
        if self._value != before:
            self.value_changed.emit(self._value)

    def _day(self) -> dt.date | None:
        return formats().local(self._value).date() if self._value is not None else None

    def _take_day(self, day: dt.date) -> None:
        local = formats().local(self._value if self._value is not None else self._clock())
        self.setText(f"{day.isoformat()} {local:%H:%M}")
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.commit()

    def _on_language(self, _language: str) -> None:
        if self._value is not None and not self.hasFocus() and self.fault is None:
            self.set_value(self._value)


class CalendarPopup(QWidget):
    """A month in a frame: arrows, PageUp and PageDown, Enter takes, Esc leaves. Weeks begin on Monday."""

    day_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._month = QCalendarWidget(self)
        self._month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self._month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._month.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        self._month.setGridVisible(False)
        self._month.activated.connect(self._on_day)
        self._month.clicked.connect(self._on_day)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self._month)
        follow(self._take_theme)

    def open_at(self, below: QWidget, day: dt.date) -> None:
        """Show the month of a day below a widget."""
        self._month.setSelectedDate(QDate(day.year, day.month, day.day))
        self.adjustSize()
        self.move(below.mapToGlobal(below.rect().bottomLeft()))
        self.show()
        self._month.setFocus(Qt.FocusReason.PopupFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        box(open_painter(self), QRectF(self.rect()), theme.radius("m"), theme.colour("raised"), theme.colour("line2"))

    def _on_day(self, day: QDate) -> None:
        self.hide()
        self.day_chosen.emit(dt.date(day.year(), day.month(), day.day()))

    def _take_theme(self) -> None:
        theme = current()
        plain = QTextCharFormat()
        plain.setForeground(theme.colour("text"))
        quiet = QTextCharFormat()
        quiet.setForeground(theme.colour("text3"))
        self._month.setStyleSheet(style_sheet("calendar"))
        for weekday in Qt.DayOfWeek:
            self._month.setWeekdayTextFormat(weekday, plain)
        self._month.setHeaderTextFormat(quiet)
        for name, arrow in (("qt_calendar_prevmonth", "chevron-left"), ("qt_calendar_nextmonth", "chevron-right")):
            button = self._month.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(icon(arrow, "text"))
        self.update()
