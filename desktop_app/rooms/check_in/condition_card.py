"""Mileage with its plausibility, fuel or charge, keys and belongings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from db.rules import mileage
from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import follow_language, say_plain
from desktop_app.rooms.check_in.belongings_box import BelongingsBox
from desktop_app.widgets.card import Card
from desktop_app.widgets.choice import Choice
from desktop_app.widgets.field import BAD, ICONS, NEUTRAL, OK, TONES, WARN, Field
from desktop_app.widgets.fuel_gauge import FuelGauge
from desktop_app.widgets.icon_line import IconLine
from desktop_app.widgets.reading import Fault
from desktop_app.widgets.text_edits import NumberEdit

if TYPE_CHECKING:
    import datetime as dt

    from db.queries.catalogue import ListEntry
    from db.queries.check_in import CarSheet
    from desktop_app.rooms.check_in.form import CheckInForm

_ELECTRIC = ("battery", "plug_in_hybrid")


class ConditionCard(Card):
    """Section 1: what the car shows and what was left in it."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Mileage and condition", number=1, parent=parent)
        self._form: CheckInForm | None = None
        self._last: mileage.Reading | None = None
        self._expected: int | None = None
        self._daily: mileage.DailyDistance | None = None
        self._now: dt.datetime | None = None
        self.mileage = NumberEdit(unit="km", minimum=0, maximum=9_999_999, big=True, parent=self)
        self.mileage_field = Field("Mileage", self.mileage, required=True)
        self.mileage.textEdited.connect(self._on_mileage_typed)
        self.mileage.committed.connect(self._judge)
        self.reason = Choice(parent=self)
        self.reason.add_phrase("", "Choose the reason")
        self.reason.add_phrase("typing_corrected", "The last one was mistyped")
        self.reason.add_phrase("cluster_replaced", "The instrument was replaced")
        self.reason.add_phrase("other_unit", "It counts in another unit")
        self.reason.chosen_changed.connect(self._on_reason)
        self.reason_field = Field("Why it is right all the same", self.reason, required=True)
        self.reason_field.hide()
        self.fuel = FuelGauge(big=True, parent=self)
        self.fuel.value_changed.connect(self._on_fuel)
        self._fuel_field = Field("Fuel", self.fuel)
        self.charge = NumberEdit(unit="%", minimum=0, maximum=100, big=True, parent=self)
        self.charge.value_changed.connect(self._on_charge)
        self._charge_field = Field("Charge", self.charge)
        self._charge_field.hide()
        self.things = BelongingsBox(self)
        self.things.changed.connect(self._on_things)
        self._things_field = Field("Left in the car, and keys", self.things)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.mileage_field, 5)
        row.addWidget(self._fuel_field, 5)
        row.addWidget(self._charge_field, 3)
        row.addWidget(self._things_field, 6)
        self._judgement = IconLine(parent=self)
        for field in (self.mileage_field, self._fuel_field, self._charge_field, self._things_field):
            field.set_hint_line(False)
        self.mileage.fault_changed.connect(self._on_fault)
        self.body.addLayout(row)
        self.body.addWidget(self._judgement)
        self.body.addWidget(self.reason_field)
        self.body.setSpacing(6)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.set_hint("next section", "F6")
        QWidget.setTabOrder(self.mileage, self.fuel)
        QWidget.setTabOrder(self.fuel, self.charge)
        QWidget.setTabOrder(self.charge, self.things)
        follow_language(self._on_language)

    def set_belongings(self, entries: list[ListEntry]) -> None:
        """The list of things that people leave in cars."""
        self.things.set_entries(entries)

    def load(self, form: CheckInForm, sheet: CarSheet | None, power_train: str, now: dt.datetime) -> None:
        """Show a form."""
        self._form, self._now = form, now
        self._last = sheet.car.last_reading if sheet else None
        self._expected = sheet.expected_km if sheet else None
        self._daily = sheet.car.daily if sheet else None
        self.mileage.set_text(form.mileage)
        self.fuel.set_value(form.fuel_eighths)
        self.charge.set_value(form.charge_percent)
        self._fuel_field.setVisible(power_train != "battery")
        self._charge_field.setVisible(power_train in _ELECTRIC)
        self.reason.choose(form.mileage_reason)
        codes = [thing.code for thing in form.belongings if thing.code]
        self.things.show_things(codes, "、".join(thing.words for thing in form.belongings if thing.words), form.keys_count)
        self._judge()

    @property
    def odometer_km(self) -> int | None:
        """The mileage as far as it can be read."""
        self.mileage.commit()
        if self.mileage.fault is not None:
            return None
        text = self.mileage.text().replace(",", "").replace(" ", "")
        return int(text) if text.isdecimal() else None

    def is_doubted(self) -> bool:
        """Whether the mileage cannot be true and no reason stands beside it."""
        return self.reason_field.isVisibleTo(self) and not self.reason.chosen

    def _on_language(self, _language: str) -> None:
        if self._form is not None:
            self._judge()

    def _on_mileage_typed(self, text: str) -> None:
        if self._form is not None:
            self._form.mileage = text
            self.edited.emit()

    def _on_reason(self, key: object) -> None:
        if self._form is not None:
            self._form.mileage_reason = str(key or "")
            self._judge()
            self.edited.emit()

    def _on_fuel(self, value: object) -> None:
        if self._form is not None:
            self._form.fuel_eighths = value if isinstance(value, int) else None
            self.edited.emit()

    def _on_charge(self, value: object) -> None:
        if self._form is not None:
            self._form.charge_percent = value if isinstance(value, int) else None
            self.edited.emit()

    def _on_things(self) -> None:
        from db.commands.check_in import BelongingValues

        if self._form is None:
            return
        things = [BelongingValues(code=code) for code in self.things.codes]
        if self.things.words:
            things.append(BelongingValues(words=self.things.words))
        self._form.belongings, self._form.keys_count = things, self.things.keys_count
        self.edited.emit()

    def _tell(self, state: str, phrase: str, **values: object) -> None:
        """One line across the card says what is to be said of the mileage."""
        self.mileage.set_state(state)
        self._judgement.set_icon(ICONS[state], TONES[state], TONES[state])
        if phrase:
            self._judgement.set_phrase(phrase, **values)
            self.mileage.setAccessibleDescription(tr(phrase, **values))
        else:
            say_plain(self._judgement.set_words, "")

    def _on_fault(self, fault: object) -> None:
        if isinstance(fault, Fault):
            self._tell(BAD, fault.phrase, **fault.values)

    def _judge(self) -> None:
        if self._form is None or self._now is None:
            return
        self._form.mileage = self.mileage.text()
        value = self.odometer_km
        doubt = mileage.implausible(self._last, mileage.Reading(self._now, value)) if value is not None else None
        self.reason_field.setVisible(doubt is not None)
        self.set_done(value is not None and not self.is_doubted())
        if self.mileage.fault is not None:
            return
        say = formats()
        last = self._last
        if value is None or last is None:
            if last is not None and value is None:
                self._tell(
                    NEUTRAL, "last {distance} on {day}; expected about {expected}", distance=say.km(last.kilometres), day=say.day(last.read_at),
                    expected=say.km(self._expected or last.kilometres),
                )  # fmt: skip
            else:
                self._tell(NEUTRAL, "")
            return
        if doubt is mileage.Implausible.LOWER:
            state = WARN if self.reason.chosen else BAD
            self._tell(
                state, "{less} less than last time ({distance} on {day}). Was the instrument replaced?",
                less=say.km(last.kilometres - value), distance=say.km(last.kilometres), day=say.day(last.read_at),
            )  # fmt: skip
        elif doubt is not None:
            state = WARN if self.reason.chosen else BAD
            self._tell(
                state, "{more} since {day} is more than a car drives. Is a digit too many?", more=say.km(value - last.kilometres), day=say.day(last.read_at)
            )
        else:
            daily = self._daily.metres / 1000 if self._daily else 0
            self._tell(
                OK, "plausible: last {distance} ({day}), {daily} km a day, expected {expected}", distance=say.km(last.kilometres),
                day=say.day(last.read_at), daily=f"{daily:.1f}", expected=say.km(self._expected or value),
            )  # fmt: skip
