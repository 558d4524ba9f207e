"""Who is there: people to choose from, a PIN, and the wait that grows with every wrong one. Covers the rooms while locked."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.rules.errors import Environment, Refusal
from db.rules.pin import LONGEST
from desktop_app import faults
from desktop_app.i18n import current_language
from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import say, say_plain
from desktop_app.i18n.phrases import phrases
from desktop_app.shell.overlay import Panel
from desktop_app.shell.people import PeopleGrid, role_words
from desktop_app.shell.rail import paint_logo
from desktop_app.shell.top_bar import paint_initial
from desktop_app.theme.theme import current, follow
from desktop_app.widgets.card import Sheet
from desktop_app.widgets.field import BAD, NEUTRAL
from desktop_app.widgets.labels import ElidedLabel, Label
from desktop_app.widgets.painting import open_painter
from desktop_app.widgets.pin_pad import PinPad
from desktop_app.widgets.scrolling import ScrollArea

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from db.engine import Engine
    from db.queries.shop import StaffRow
    from desktop_app.preferences import Preferences
    from desktop_app.shell.session import Session
    from desktop_app.tasks.runner import Runner

DEMO_PIN = "1234"


class SignIn(Panel):
    """Lies over the whole window; goes only when somebody's PIN was right."""

    signed_in = Signal(object)

    def __init__(self, engine: Engine, runner: Runner, session: Session, preferences: Preferences, window: QWidget) -> None:
        super().__init__("Who is there", 100, window)
        self._engine = engine
        self._runner = runner
        self._session = session
        self._preferences = preferences
        self._row: StaffRow | None = None
        self._people: PeopleGrid | None = None
        self._trying = False
        self.sheet.hide()
        self._bar = _Bar(session, self)
        self._note = Label("", "body", "text2", wrap=True, parent=self)
        self._grid_place = QVBoxLayout()
        self.pad = PinPad(LONGEST, parent=self)
        self.pad.entered.connect(self._try)
        self._face = _Face(self)
        self._lay_out_screen(session)
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._on_second)
        self._clock.start()
        runner.submit(self, lambda: _staff(engine), self._take_staff)
        follow(self._take_background)

    def say_reason(self, words: str) -> None:
        """Why it is locked, already translated."""
        self._bar.set_reason(words)

    def take_scan(self, code: str) -> bool:
        """A scan while locked: a person's badge chooses the person, whose PIN is still asked; no other code does anything."""
        if self._people is not None:
            row = next((card.row for card in self._people.cards if card.row.badge and card.row.badge == code), None)
            if row is not None:
                self._people.choose(row.staff_id)
                self.pad.dots.setFocus()
            else:
                self._say_wrong("This is nobody's badge")
        return True

    def open(self) -> None:
        super().open()
        self.sheet.hide()
        self.pad.dots.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Esc does not open what is locked.
        if event.key() != Qt.Key.Key_Escape and (self._people is None or not self._people.step(event.key())):
            self.pad.take_key(event)
        event.accept()

    def _lay_sheet(self) -> None:
        """It covers the whole window itself; there is no sheet to lay."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        open_painter(self).fillRect(self.rect(), current().colour("bg"))

    def _lay_out_screen(self, session: Session) -> None:
        title = Label("", "title", "text", bold=True, parent=self)
        say(title.setText, "Who is there?")
        how = Label("", "body", "text2", parent=self)
        say(how.setText, "Arrow keys choose, or scan a badge")
        people = QWidget(self)
        left = QVBoxLayout(people)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(10)
        left.addWidget(title)
        left.addWidget(how)
        left.addSpacing(6)
        left.addLayout(self._grid_place)
        left.addWidget(self._note)
        left.addStretch(1)
        scroll = ScrollArea(self, sideways=True)
        scroll.setWidget(people)
        card = Sheet(parent=self)
        right = QVBoxLayout(card)
        right.setContentsMargins(32, 20, 32, 20)
        right.setSpacing(12)
        right.addWidget(self._face)
        right.addWidget(self.pad)
        forgot = Label("", "small", "text2", parent=card)
        say(forgot.setText, "Enter signs in. Forgotten your PIN? Ask the manager")
        forgot.setAlignment(Qt.AlignmentFlag.AlignCenter)
        right.addWidget(forgot)
        right.addStretch(1)
        card.setMaximumWidth(420)
        row = QHBoxLayout()
        row.setContentsMargins(32, 24, 32, 24)
        row.setSpacing(32)
        row.addStretch(1)
        row.addWidget(scroll, 12)
        row.addWidget(card, 8)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addLayout(row, 1)
        self._note.hide()
        if session.shop is not None and session.shop.is_demo:
            say(self._note.setText, "This is an example shop: everybody's PIN is {pin}", pin=DEMO_PIN)
            self._note.show()

    def _take_staff(self, rows: list[StaffRow]) -> None:
        self._people = PeopleGrid([row for row in rows if row.has_pin], self)
        self._people.chosen.connect(self._on_chosen)
        self._people.typed.connect(self.pad.take_key)
        self._grid_place.addWidget(self._people)
        for card in self._people.cards:
            if card.row.locked_until is not None and card.row.locked_until > self._session.clock():
                card.set_locked(card.row.locked_until)
        self._people.choose(self._preferences.last_person)
        self.pad.dots.setFocus()

    def _on_chosen(self, row: StaffRow) -> None:
        if self._row is None or row.staff_id != self._row.staff_id:
            self.pad.clear()
        self._row = row
        self._face.set_row(row)

    def _try(self, pin: str) -> None:
        row = self._row
        if row is None or not pin or self._trying:
            return
        from db.commands.perform import perform
        from db.commands.pins import TryPin

        self._trying = True
        self.pad.button.set_busy(True)
        engine, act = self._engine, self._session.act()

        def work() -> dict[str, Any]:
            answer: dict[str, Any] = perform(engine, TryPin(row.staff_id, pin), act).result
            return answer

        self._runner.submit(self, work, lambda answer: self._on_tried(row, answer), self._on_not_tried, writes=True)

    def _on_tried(self, row: StaffRow, answer: dict[str, Any]) -> None:
        """`row`: whose PIN it was; somebody else may have been chosen since."""
        self._trying = False
        self.pad.button.set_busy(False)
        if answer["ok"]:
            self.close_panel()
            self.signed_in.emit(row)
            return
        until = answer["locked_until"]
        if until:
            self._show_locked(dt.datetime.fromisoformat(str(until)))
        else:
            self._say_wrong("The PIN is wrong, {count} tries left", count=answer["tries_left"])

    def _on_not_tried(self, error: Exception) -> None:
        self._trying = False
        self.pad.button.set_busy(False)
        if isinstance(error, Refusal) and error.code == "pin_locked" and isinstance(error.facts.get("until"), dt.datetime):
            self._show_locked(error.facts["until"])  # type: ignore[arg-type]
        elif isinstance(error, (Refusal, Environment)):
            self.pad.clear()
            self.pad.set_plain_message(BAD, faults.sentence(error, phrases(current_language())))
        else:
            self._runner.failed.emit(error)

    def _show_locked(self, until: dt.datetime) -> None:
        card = self._people.card_of(self._row.staff_id) if self._people is not None and self._row is not None else None
        if card is not None:
            card.set_locked(until)
        self._say_wrong("Wrong too often: locked until {time}", time=formats().clock(until))

    def _say_wrong(self, phrase: str, **values: object) -> None:
        self.pad.clear()
        self.pad.set_message(BAD, phrase, **values)

    def _on_second(self) -> None:
        now = self._session.clock()
        self._bar.set_time(now)
        for card in self._people.cards if self._people is not None else ():
            if card.locked_until is not None and card.locked_until <= now:
                card.set_locked(None)
                if card.isChecked():
                    self.pad.set_message(NEUTRAL)

    def _take_background(self) -> None:
        self.update()


def _staff(engine: Any) -> list[StaffRow]:
    from db.engine import reading
    from db.queries.shop import staff_rows

    with reading(engine) as session:
        return staff_rows(session)


class _Bar(QWidget):
    """The dark bar: shop, PC, why it is locked, the time."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._shop = ElidedLabel(session.shop.name if session.shop is not None else "", "section", "rail_on", bold=True, parent=self)
        self._where = ElidedLabel(session.device, "body", "rail_text", parent=self)
        self._reason = ElidedLabel("", "small", "rail_text", parent=self)
        self._time = Label("", "kpi", "rail_on", bold=True, parent=self)
        self._day = Label("", "small", "rail_text", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(32 + 36 + 14, 0, 32, 0)
        row.setSpacing(14)
        row.addWidget(self._shop)
        row.addWidget(self._where)
        row.addStretch(1)
        row.addWidget(self._reason)
        row.addWidget(self._time)
        row.addWidget(self._day)
        self.set_time(session.clock())
        follow(self._take_theme)

    def set_reason(self, words: str) -> None:
        say_plain(self._reason.setText, words)

    def set_time(self, now: dt.datetime) -> None:
        say_plain(self._time.setText, formats().time(now))
        say_plain(self._day.setText, f"{formats().day(now)} {formats().weekday(now)}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = open_painter(self)
        painter.fillRect(self.rect(), current().colour("rail_bg"))
        paint_logo(painter, QRectF(32, self.height() / 2 - 18, 36, 36))

    def _take_theme(self) -> None:
        self.setFixedHeight(max(72, current().metrics("kpi").height() + 24))
        self.update()


class _Face(QWidget):
    """Whose PIN is asked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._initial = ""
        self.name = ElidedLabel("", "title", bold=True, parent=self)
        self.role = ElidedLabel("", "body", "text2", parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(66, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.name)
        column.addWidget(self.role)
        self.setMinimumHeight(52)
        follow(self.update)

    def set_row(self, row: StaffRow) -> None:
        self._initial = row.name
        say_plain(self.name.setText, row.name)
        say_plain(self.role.setText, role_words(row.roles))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._initial:
            paint_initial(open_painter(self), QRectF(0, self.height() / 2 - 26, 52, 52), self._initial, "info", "plate")
