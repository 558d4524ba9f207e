"""A car or a customer that the store doesn't know yet: what was typed is recognised, what a VIN says is filled in, doubles are offered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from db.rules import phone, plate, vin
from desktop_app.i18n import current_language
from desktop_app.i18n.live import say
from desktop_app.rooms.check_in.form import NewCar
from desktop_app.rooms.check_in.known_person import KnownPerson
from desktop_app.rooms.check_in.words import POWER_TRAINS, problem_words
from desktop_app.widgets.buttons import PRIMARY
from desktop_app.widgets.choice import Choice, Tick
from desktop_app.widgets.dialog import WIDE, Dialog
from desktop_app.widgets.field import BAD, OK, WARN, Field
from desktop_app.widgets.labels import Label
from desktop_app.widgets.text_edits import LineEdit

if TYPE_CHECKING:
    from db.queries import search
    from desktop_app.room import RoomContext

_LANGUAGES = (("zh_TW", "繁體中文"), ("zh_CN", "简体中文"), ("en", "English"))
"""Each language names itself."""


class NewCarDialog(Dialog):
    """`made` carries the `NewCar`; `known` the id of a vehicle that was there all along."""

    made = Signal(object)
    known = Signal(int)
    edited = Signal()
    """Something in its fields has changed since it opened."""

    def __init__(self, context: RoomContext, new: NewCar, typed: str, parent: QWidget) -> None:
        super().__init__(parent, "New car and customer", width=WIDE)
        self._context = context
        self._known_vehicle: int | None = None
        self._plate, self._vin = LineEdit(parent=self), LineEdit(parent=self)
        self._maker, self._model, self._year = LineEdit(parent=self), LineEdit(parent=self), LineEdit(parent=self)
        self._power, self._body, self._colour = Choice(parent=self), Choice(parent=self), Choice(parent=self)
        self._name, self._phone = LineEdit(parent=self), LineEdit(parent=self)
        self._title, self._language = Choice(parent=self), Choice(parent=self)
        self._company = Tick("A company", parent=self)
        for key, phrase in POWER_TRAINS:
            self._power.add_phrase(key, phrase, "power train")
        self._body.add_phrase("sedan", "saloon, hatchback", "body")
        self._body.add_phrase("suv", "SUV, MPV, van", "body")
        self._colour.add_phrase("", "as usual", "plate colour")
        for key in plate.COLOURS:
            self._colour.add_phrase(key, key, "plate colour")
        self._title.add_phrase("", "–", "title")
        self._title.add_phrase("mr", "Mr", "title")
        self._title.add_phrase("ms", "Ms", "title")
        for key, words in _LANGUAGES:
            self._language.add_words(key, words)
        self._plate_field = Field("Plate", self._plate)
        self._vin_field = Field("VIN", self._vin)
        self._phone_field = Field("Phone", self._phone, required=True)
        self._name_field = Field("Name", self._name)
        self._person = KnownPerson(context, self._name, self._phone, self._phone_field, self)
        self._lay()
        self._fill(new, typed)
        self._plate.committed.connect(self._on_plate)
        self._vin.committed.connect(self._on_vin)
        self.add_button("Cancel", self.reject, keys="Esc")
        self.add_button("Take over", self._on_take, PRIMARY, keys="F8")
        first = next((edit for edit in (self._plate, self._vin, self._phone) if not edit.text()), self._name)
        first.setFocus()
        for edit in (self._plate, self._vin, self._maker, self._model, self._year, self._name, self._phone):
            edit.textChanged.connect(self.edited)
        for choice in (self._power, self._body, self._colour, self._title, self._language):
            choice.chosen_changed.connect(self.edited)
        self._company.toggled.connect(self.edited)

    def _lay(self) -> None:
        car, person = QGridLayout(), QGridLayout()
        for grid in (car, person):
            grid.setHorizontalSpacing(12)
            grid.setVerticalSpacing(0)
            for column in range(6):
                grid.setColumnStretch(column, 1)
        heading = Label("", "body", bold=True, parent=self)
        say(heading.setText, "The car")
        car.addWidget(heading, 0, 0, 1, 6)
        car.addWidget(self._plate_field, 1, 0, 1, 2)
        car.addWidget(Field("Plate's colour", self._colour), 1, 2, 1, 1)
        car.addWidget(self._vin_field, 1, 3, 1, 3)
        car.addWidget(Field("Maker", self._maker), 2, 0, 1, 2)
        car.addWidget(Field("Model", self._model), 2, 2, 1, 2)
        car.addWidget(Field("Year", self._year), 2, 4, 1, 2)
        car.addWidget(Field("Power train", self._power), 3, 0, 1, 3)
        car.addWidget(Field("Shape", self._body), 3, 3, 1, 3)
        self.body.addLayout(car)
        heading = Label("", "body", bold=True, parent=self)
        say(heading.setText, "The customer")
        person.addWidget(heading, 0, 0, 1, 6)
        person.addWidget(self._phone_field, 1, 0, 1, 2)
        person.addWidget(self._name_field, 1, 2, 1, 2)
        person.addWidget(Field("Form of address", self._title), 1, 4, 1, 1)
        person.addWidget(Field("Language", self._language), 1, 5, 1, 1)
        person.addWidget(self._company, 2, 0, 1, 3)
        self.body.addLayout(person)
        for before, after in zip(
            (self._plate, self._vin, self._maker, self._model, self._year, self._power, self._body, self._phone, self._name, self._title, self._language),
            (self._vin, self._maker, self._model, self._year, self._power, self._body, self._phone, self._name, self._title, self._language, self._company),
            strict=True,
        ):
            QWidget.setTabOrder(before, after)

    def _fill(self, new: NewCar, typed: str) -> None:
        region = self._context.region()
        plate_text, vin_text, phone_text, name = new.plate, new.vin, new.phone, new.name
        if typed:
            bare = typed.strip()
            folded = vin.normalise(bare)
            if len(folded) == vin.LENGTH and folded.isascii():
                vin_text = bare
            elif plate.recognise(bare, region).valid:
                plate_text = bare
            elif phone.recognise(bare, region).valid or (bare.isdecimal() and len(bare) > 7):
                phone_text = bare
            elif any(character.isdecimal() for character in bare):
                plate_text = bare
            else:
                name = bare
        self._plate.set_text(plate_text)
        self._vin.set_text(vin_text)
        self._maker.set_text(new.maker)
        self._model.set_text(new.model)
        self._year.set_text(new.model_year)
        self._power.choose(new.power_train)
        self._body.choose(new.body)
        self._colour.choose(new.plate_colour)
        self._phone.set_text(phone_text)
        self._name.set_text(name)
        self._title.choose(new.title)
        self._language.choose(new.language)
        self._company.setChecked(new.is_company)
        self._person.hold(new.customer_id)
        for text, judge in ((plate_text, self._on_plate), (vin_text, self._on_vin), (phone_text, self._person.judge)):
            if text:
                judge()

    def _on_plate(self) -> None:
        self._known_vehicle = None
        self._plate_field.drop_offer()
        recognised = plate.recognise(self._plate.text(), self._context.region())
        if not self._plate.text().strip():
            self._plate_field.clear_hint()
        elif recognised.valid:
            self._plate_field.set_plain_hint(OK, plate.display(recognised.normalised or ""))
            self._take_power_train(plate.power_train_hint(recognised.normalised or ""))
            self._look_for(recognised.normalised or "")
        elif recognised.problems:
            self._plate_field.set_plain_hint(WARN, problem_words(recognised.problems[0]))

    def _take_power_train(self, hint: str | None) -> None:
        """What plate or VIN says of the drive, while nobody has chosen another than the usual one."""
        if hint is not None and self._power.chosen == "petrol":
            self._power.choose(hint)

    def _on_vin(self) -> None:
        recognised = vin.recognise(self._vin.text(), self._context.clock().year)
        if not self._vin.text().strip():
            self._vin_field.clear_hint()
            return
        if recognised.problems:
            self._vin_field.set_plain_hint(WARN, problem_words(recognised.problems[0]))
        else:
            self._vin_field.set_hint(OK, "check digit right")
        self._take_power_train(vin.power_train_hint(vin.normalise(self._vin.text())))
        if recognised.maker is not None and not self._maker.text().strip():
            self._maker.set_text(getattr(recognised.maker, current_language()))
        if recognised.year is not None and not self._year.text().strip():
            self._year.set_text(str(recognised.year))
        self._look_for(vin.normalise(self._vin.text()))

    def _look_for(self, words: str) -> None:
        engine = self._context.engine

        def work() -> Any:
            from db.engine import reading
            from db.queries import search

            with reading(engine) as session:
                return search.find(session, words, 1).vehicles

        self._context.runner.submit(self, work, self._on_found)

    def _on_found(self, vehicles: list[search.FoundVehicle]) -> None:
        wanted = (plate.normalise(self._plate.text()), vin.normalise(self._vin.text()))
        if vehicles and (vehicles[0].plate == wanted[0] or (vehicles[0].vin and vehicles[0].vin == wanted[1])):
            self._known_vehicle = vehicles[0].vehicle_id
            self._plate_field.set_hint(WARN, "this car is known: {name}", "", name=vehicles[0].owner_name or vehicles[0].model)
            self._plate_field.set_offer("Take it", self._on_known, "Alt K")

    def _on_known(self) -> None:
        if self._known_vehicle is not None:
            self.known.emit(self._known_vehicle)
            self.accept()

    def _on_take(self) -> None:
        for edit in (self._plate, self._vin, self._phone, self._name):
            edit.commit()
        if not self._plate.text().strip() and not self._vin.text().strip():
            self._plate_field.set_hint(BAD, "A plate or a VIN is needed; a new car: its VIN")
            self._plate.setFocus()
            return
        if not self._phone.text().strip() and self._person.customer_id is None:
            self._phone_field.set_hint(BAD, "A way to reach the customer is needed")
            self._phone.setFocus()
            return
        self.made.emit(self.typed())
        self.accept()

    def take_scan(self, kind: str, code: str) -> bool:
        """A VIN goes into its field and is judged there."""
        if kind != "vin":
            return False
        self._vin.type_over(code)
        return True

    def typed(self) -> NewCar:
        """What stands in the fields."""
        return NewCar(
            plate=self._plate.text().strip(), plate_colour=str(self._colour.chosen or ""), vin=self._vin.text().strip(),
            maker=self._maker.text().strip(), model=self._model.text().strip(), model_year=self._year.text().strip(),
            power_train=str(self._power.chosen), body=str(self._body.chosen), customer_id=self._person.customer_id, name=self._name.text().strip(),
            phone=self._phone.text().strip(), title=str(self._title.chosen or ""), is_company=self._company.isChecked(),
            language=str(self._language.chosen),
        )  # fmt: skip
