"""Who and what stands at the counter: plate, model, owner, who brought it, VIN, three years' output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import say, say_plain
from desktop_app.record_words import record_word
from desktop_app.rooms.check_in.words import person_words, phone_words, power_train_words
from desktop_app.widgets.buttons import QUIET, Button
from desktop_app.widgets.card import Sheet
from desktop_app.widgets.labels import ElidedLabel, Label
from desktop_app.widgets.pill import Pill
from desktop_app.widgets.plate_chip import PlateChip

if TYPE_CHECKING:
    from db.queries.vehicle_file import VehicleFile
    from desktop_app.rooms.check_in.form import CheckInForm, NewCar


class CarCard(Sheet):
    """The car's card in the left column of a wide window, or in the drawer of a narrow one."""

    change_person = Signal()
    open_file = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._car: VehicleFile | None = None
        self._new: NewCar | None = None
        self._sender, self._phone = "", ""
        self._plate = PlateChip("", "blue", "large", parent=self)
        self._tier = Pill(parent=self)
        self._model = ElidedLabel("", "section", bold=True, parent=self)
        self._details = ElidedLabel("", "small", "text2", parent=self)
        self._rows: dict[str, ElidedLabel] = {}
        top = QHBoxLayout()
        top.addWidget(self._plate)
        top.addStretch(1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        for row, (key, phrase) in enumerate((("owner", "Owner"), ("sender", "Brought by"), ("vin", "VIN"), ("output", "Three years"))):
            label = Label("", "small", "text2", parent=self)
            say(label.setText, phrase)
            value = ElidedLabel("", "table", parent=self)
            grid.addWidget(label, row, 0)
            grid.addWidget(value, row, 1, 1, 1 if key == "sender" else 2)
            self._rows[key] = value
        self._person = Button("change", QUIET, keys="Alt R", height="small", parent=self)
        self._person.clicked.connect(self.change_person)
        grid.addWidget(self._person, 1, 2)
        self._file = Button("File", QUIET, icon="external-link", height="small", parent=self)
        self._file.clicked.connect(self.open_file)
        top.addWidget(self._file)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(6)
        column.addLayout(top)
        named = QHBoxLayout()
        named.addWidget(self._model, 1)
        named.addWidget(self._tier)
        column.addLayout(named)
        column.addWidget(self._details)
        column.addLayout(grid)
        say(self._retell, "Owner")

    def show_car(self, car: VehicleFile | None, form: CheckInForm) -> None:
        """Show a known car, or the one that was typed."""
        self._car, self._new, self._sender, self._phone = car, form.new_car, form.sender_name, form.contact_phone
        self._retell("")

    def _retell(self, _words: str) -> None:
        car, new = self._car, self._new
        if car is not None:
            self._plate.set_plate(car.plate, car.plate_colour)
            self._tier.setVisible(bool(car.owner and car.owner.tier))
            if car.owner and car.owner.tier:
                self._tier.show_words(record_word("tier", car.owner.tier), "info", "star")
            say_plain(self._model.setText, " ".join(part for part in (car.maker, car.model) if part) or tr("Model not known"))
            parts = [str(car.model_year) if car.model_year else "", car.colour, power_train_words(car.power_train)]
            say_plain(self._details.setText, " · ".join(part for part in parts if part))
            owner = car.owner
            self._show("owner", f"{person_words(owner.name, owner.title)} · {phone_words(owner.phones)}" if owner else tr("not known"))
            self._show("sender", " · ".join(part for part in (self._sender or tr("the owner"), self._phone) if part))
            self._show("vin", f"{car.vin[:8]} … {car.vin[-6:]}" if len(car.vin) == 17 else car.vin or tr("not known"))
            self._show("output", tr("{amount} · {count} visits", amount=formats().money_short(car.three_years_amount), count=car.visit_count))
        elif new is not None:
            self._plate.set_plate(new.plate, new.plate_colour or "blue")
            self._tier.hide()
            say_plain(self._model.setText, " ".join(part for part in (new.maker, new.model) if part) or tr("Model not known"))
            say_plain(self._details.setText, " · ".join(part for part in (new.model_year, power_train_words(new.power_train), tr("new here")) if part))
            self._show("owner", f"{person_words(new.name, new.title)} · {new.phone}" if new.name or new.phone else tr("not known"))
            self._show("sender", self._sender or tr("the owner"))
            self._show("vin", new.vin or tr("not known"))
            self._show("output", tr("first visit"))
        self._file.setVisible(car is not None)

    def _show(self, key: str, words: str) -> None:
        say_plain(self._rows[key].setText, words)
