"""The head of an order: whose car it is, when it is promised, and the steps behind and ahead of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.rules.order_life import OrderState, is_open
from db.rules.phone import display
from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import follow_language, say
from desktop_app.i18n.state_words import state_word
from desktop_app.rooms.work_orders.list_columns import short_time, time_left
from desktop_app.theme.theme import state_mark
from desktop_app.widgets.buttons import Button, IconButton
from desktop_app.widgets.card import Sheet
from desktop_app.widgets.labels import ElidedLabel, Label
from desktop_app.widgets.plate_chip import PlateChip
from desktop_app.widgets.stepper import AHEAD, DONE, NOW, Step, Stepper

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from db.queries.order_file import OrderFile

_S = OrderState
_RANK = {
    _S.CHECKED_IN: 1, _S.DISPATCHED: 2, _S.IN_PROGRESS: 2, _S.WAITING: 2, _S.QUALITY_CHECK: 3, _S.READY: 4, _S.SETTLED: 6, _S.DELIVERED: 7,
    _S.CANCELLED: 0,
}  # fmt: skip
"""How many steps are behind an order; one that is ready stands at the wash until that is ticked."""


def steps(file: OrderFile) -> list[Step]:
    """The seven steps of an order, with the times of those behind it."""
    behind = _RANK[file.state] + (1 if file.state is _S.READY and file.washed else 0)
    if file.state is _S.CANCELLED:
        return [Step(tr("Checked in {time}", time=_time(file.checked_in_at)), DONE), Step(state_word("order_state", "cancelled"), NOW, "x")]
    named: list[tuple[str, dt.datetime | None, str]] = [
        ("Checked in", file.checked_in_at, "log-in"), ("Dispatch", file.dispatched_at, "user-check"), ("Work", file.started_at, "wrench"),
        ("Quality check", file.checked_at, "clipboard-check"), ("Wash", file.washed_at, "droplets"), ("Settle", file.settled_at, "receipt-text"),
        ("Hand over", file.delivered_at, "key-round"),
    ]  # fmt: skip
    found = []
    for place, (phrase, at, icon) in enumerate(named):
        word = tr(phrase, "step")
        if place < behind:
            found.append(Step(f"{word} {_time(at)}".strip(), DONE))
        elif place == behind:
            key = file.state_key
            here = place == 2 and file.state in (_S.IN_PROGRESS, _S.WAITING)
            found.append(Step(state_word("order_state", key) if here else word, NOW, state_mark("order_state", key).icon if here else icon))
        else:
            found.append(Step(word, AHEAD))
    return found


def _time(at: dt.datetime | None) -> str:
    return "" if at is None else formats().time(at)


class OrderHead(QWidget):
    """Two sheets: the car with its promise, and the steps."""

    promise_pressed = Signal()
    print_pressed = Signal()
    more_pressed = Signal()
    history_pressed = Signal()
    back_pressed = Signal()

    def __init__(self, clock: Callable[[], dt.datetime], region: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock, self._region = clock, region
        self._file: OrderFile | None = None
        self.plate = PlateChip("", "blue", "large", self)
        self._car = ElidedLabel("", "section", bold=True, parent=self)
        self._second = ElidedLabel("", "small", "text2", parent=self)
        self._note = ElidedLabel("", "small", "warn", parent=self)
        self._promise_word = Label("", "small", "text3", parent=self)
        say(self._promise_word.setText, "Promised")
        self._promise = Label("", "title", bold=True, parent=self)
        for label in (self._promise_word, self._promise):
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.back = IconButton("chevron-left", "All orders", parent=self)
        self.print = Button("Job card", icon="printer", keys="F9", parent=self)
        self.history = Button("History", icon="history", keys="F6", parent=self)
        self.more = Button("More", icon="ellipsis", keys="F10", parent=self)
        self.back.clicked.connect(self.back_pressed)
        self.print.clicked.connect(self.print_pressed)
        self.history.clicked.connect(self.history_pressed)
        self.more.clicked.connect(self.more_pressed)
        self._stepper = Stepper(self)
        words = QVBoxLayout()
        words.setSpacing(2)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._car, 1)
        words.addLayout(first)
        words.addWidget(self._second)
        words.addWidget(self._note)
        promise = QVBoxLayout()
        promise.setSpacing(0)
        promise.addWidget(self._promise_word)
        promise.addWidget(self._promise)
        sheet = Sheet(self)
        row = QHBoxLayout(sheet)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(12)
        row.addWidget(self.back)
        row.addWidget(self.plate)
        row.addLayout(words, 1)
        row.addLayout(promise)
        row.addWidget(self.print)
        row.addWidget(self.history)
        row.addWidget(self.more)
        track = Sheet(self)
        inside = QHBoxLayout(track)
        inside.setContentsMargins(16, 8, 16, 8)
        inside.addWidget(self._stepper)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(sheet)
        column.addWidget(track)
        follow_language(self._on_language)

    def show_file(self, file: OrderFile) -> None:
        """Show this order."""
        self._file = file
        self.plate.set_plate(file.plate, file.plate_colour)
        self.plate.setVisible(bool(file.plate))
        self._write()

    def tick(self) -> None:
        """A minute has gone."""
        if self._file is not None:
            self._write()

    def _write(self) -> None:
        file = self._file
        assert file is not None
        year = f" {file.model_year}" if file.model_year else ""
        address = tr({"mr": "Mr {name}", "ms": "Ms {name}"}.get(file.customer_title, "{name}"), "address", name=file.customer_name)
        phone = display(file.phone, self._region()) if file.phone else ""
        self._car.setText("   ".join(part for part in (f"{file.model}{year}", address if file.customer_name else "", phone) if part.strip()))
        parts = [formats().km(file.odometer_km), tr("in at {time} by {advisor}", time=short_time(file.checked_in_at, self._clock()), advisor=file.advisor)]
        if file.technician:
            parts.append(tr("{technician}, bay {bay}", technician=file.technician, bay=file.bay))
        if file.rework_count:
            parts.append(tr("{count} reworks", count=file.rework_count))
        if file.comeback_number:
            parts.append(tr("comeback of {number}", number=file.comeback_number))
        if file.claim_number:
            parts.append(tr("claim {number}", number=file.claim_number))
        if file.customer_waits:
            parts.append(tr("the customer waits here"))
        self._second.setText("  ·  ".join(parts))
        self._note.setText(file.note.replace("\n", "  ·  "))
        self._note.setVisible(bool(file.note))
        now = self._clock()
        today = formats().days_away(file.promised_at, now) == 0
        when = formats().time(file.promised_at) if today else formats().near(file.promised_at, now)
        if is_open(file.state) and file.state is not _S.SETTLED and (today or file.promised_at < now):
            left, tone = time_left(file.promised_at, now)
            late = file.promised_at < now
            self._promise.setText(f"{when} · {left if late else tr('{span} left', span=left)}")
            self._promise.set_tone("text" if tone == "text3" else tone)
        else:
            self._promise.setText(when)
            self._promise.set_tone("text")
        self._stepper.set_steps(steps(file))

    def _on_language(self, _language: str) -> None:
        self.tick()
