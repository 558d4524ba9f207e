"""In a narrow window: plate, owner and the worst alerts in one line; Alt+A opens the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.i18n import tr
from desktop_app.i18n.live import say_plain
from desktop_app.rooms.check_in.words import ICONS, alert_words, person_words, phone_words
from desktop_app.theme.theme import current
from desktop_app.widgets.buttons import SECONDARY, Button
from desktop_app.widgets.labels import ElidedLabel, Label
from desktop_app.widgets.painting import width_of
from desktop_app.widgets.pill import Pill
from desktop_app.widgets.plate_chip import PlateChip

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from db.queries.alerts import Alert
    from db.queries.vehicle_file import VehicleFile
    from desktop_app.rooms.check_in.form import CheckInForm

MOST = 3
WIDEST = 150
"""Of the words of an alert, in px."""
_OFFERS = frozenset({"postponed", "declined", "found", "due", "first_service"})
NARROW = 1100
"""Below this width in px only the worst alert is told."""


class TopStrip(QWidget):
    """52 px above the columns."""

    open_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plate = PlateChip("", "blue", "medium", parent=self)
        self._name = ElidedLabel("", "table", bold=True, parent=self)
        self._model = ElidedLabel("", "small", "text2", parent=self)
        self._pills = [Pill(parent=self) for _ in range(MOST)]
        self._told = 0
        self._handled = Label("", "small", "ok", parent=self)
        self._open = Button("Car and alerts", SECONDARY, keys="Alt A", height="small", parent=self)
        self._open.clicked.connect(self.open_wanted)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._model)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 0)
        row.setSpacing(10)
        row.addWidget(self._plate)
        row.addLayout(words, 1)
        for pill in self._pills:
            row.addWidget(pill)
        row.addWidget(self._handled)
        row.addWidget(self._open)

    def show_car(self, car: VehicleFile | None, form: CheckInForm, alerts: Sequence[Alert], handled: int, now: dt.datetime, insurers: dict[str, str]) -> None:
        """Show a known car, or the one that was typed, with its open alerts."""
        if car is not None:
            self._plate.set_plate(car.plate, car.plate_colour)
            owner = car.owner
            say_plain(self._name.setText, f"{person_words(owner.name, owner.title)}  {phone_words(owner.phones)}" if owner else tr("owner not known"))
            model = " ".join(part for part in (car.maker, car.model, str(car.model_year or "")) if part)
            say_plain(self._model.setText, f"{model} · {tr('{count} visits', count=car.visit_count)}")
        elif form.new_car is not None:
            new = form.new_car
            self._plate.set_plate(new.plate, new.plate_colour or "blue")
            say_plain(self._name.setText, f"{person_words(new.name, new.title)}  {new.phone}")
            say_plain(self._model.setText, " ".join(part for part in (new.maker, new.model, new.model_year) if part) or tr("new here"))
        self._told = len(alerts)
        self._show_pills()
        for place, pill in enumerate(self._pills):
            if place < len(alerts):
                alert = alerts[place]
                subject, rest, _second = alert_words(alert, now, insurers)
                whole = f"{subject} {rest}".strip()
                # Icon and colour tell an offer's kind already: where not all fits, its item says more.
                words = whole if width_of(whole, "small") <= WIDEST else rest if rest and alert.kind in _OFFERS else subject
                pill.show_words(current().metrics("small").elidedText(words, Qt.TextElideMode.ElideRight, WIDEST), alert.family, ICONS[alert.kind])
                say_plain(pill.setToolTip, whole)
        self._handled.setVisible(bool(handled))
        say_plain(self._handled.setText, tr("{count} handled", count=handled))

    def _show_pills(self) -> None:
        """As many of the worst as leave the owner's name readable."""
        room = MOST if self.width() >= NARROW else 1
        for place, pill in enumerate(self._pills):
            pill.setVisible(place < min(self._told, room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_pills()
