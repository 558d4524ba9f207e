"""Who owns a vehicle, or also drives, brings or pays for it: found among the customers, or new; and when a tie ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from db.commands.ownership import AddDriver, ChangeOwnership, SetOwner
from db.commands.people_and_cars import NewCustomer
from db.engine import reading
from db.queries.people import find_people
from db.rules.record_words import Language, OwnershipRole
from desktop_app.i18n import tr
from desktop_app.record_dialog import RecordDialog
from desktop_app.rooms.customers.customer_dialog import is_slip
from desktop_app.rooms.customers.phones_edit import say_phone
from desktop_app.rooms.customers.words import ROLES, e164_words, joined, person_words
from desktop_app.widgets.choice import Choice
from desktop_app.widgets.field import NEUTRAL, OK
from desktop_app.widgets.result_list import Result
from desktop_app.widgets.search_box import SearchBox
from desktop_app.widgets.text_edits import LineEdit
from desktop_app.widgets.time_edits import DateEdit

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtWidgets import QWidget

    from db.queries.customer_file import VehicleTie
    from db.queries.people import PersonFound
    from db.queries.vehicle_sheet import TieRow, VehicleSheet
    from desktop_app.room import RoomContext


class PersonDialog(RecordDialog):
    """F8 makes the person found, or the new one typed, the owner or user from the day on."""

    fields_of = {
        "customer_unknown": "name", "owner_already": "who", "tie_already": "who", "owner_before_last": "since", "customer_erased": "who", "merged_away": "who",
    }  # fmt: skip

    def __init__(self, context: RoomContext, sheet: VehicleSheet, parent: QWidget) -> None:
        super().__init__(context, parent, "Who owns or uses the car", "users")
        self._sheet = sheet
        self._chosen: int | None = None
        role = Choice(parent=self)
        for key, phrase in ROLES.items():
            role.add_phrase(key.value, phrase, "role of a customer")
        self._who = SearchBox(context.runner, self._find, icon="search", keep=True, parent=self)
        self._who.set_placeholder("Phone, name or plate")
        self._who.chosen.connect(self._on_chosen)
        self._who.nothing_chosen.connect(self._on_unknown)
        self._who.textEdited.connect(self._on_typed)
        self.place("role", "Role", role, 0, 0, 4)
        self.place("since", "Since", DateEdit(context.clock, parent=self), 0, 4, 4)
        self.place("who", "A known customer", self._who, 1, 0, 12)
        self.add_heading("Or a new one", 2)
        self.place("name", "Name", LineEdit(parent=self), 3, 0, 6)
        self.place("phone", "Phone", LineEdit(icon="phone", parent=self), 3, 6, 6)
        phone_edit = self.edits["phone"]
        assert isinstance(phone_edit, LineEdit)
        phone_edit.committed.connect(self._on_phone)
        role.choose(OwnershipRole.OWNER.value)
        self.fill({"role": OwnershipRole.OWNER.value, "since": sheet.today, "name": "", "phone": ""})
        self._who.setFocus(Qt.FocusReason.TabFocusReason)

    def problems(self) -> dict[str, tuple[str, dict[str, Any]]]:
        values = self.values()
        found: dict[str, tuple[str, dict[str, Any]]] = {}
        if self._chosen is None and not values["name"] and not values["phone"]:
            found["who"] = ("Choose a customer, or enter a new one below", {})
        if values["since"] is None:
            found["since"] = ("From which day?", {})
        return found

    def doubts(self) -> dict[str, str]:
        typed = str(self.values()["phone"])
        return {"phone": typed} if self._chosen is None and typed and is_slip(typed, self.context.region()) else {}

    def command(self) -> Any:
        values = self.values()
        role = OwnershipRole(values["role"])
        who: int | NewCustomer
        if self._chosen is not None:
            who = self._chosen
        else:
            phones = (values["phone"],) if values["phone"] else ()
            who = NewCustomer(values["name"], phones, language=Language(self.context.shop().language))
        car = self._sheet.car
        if role is OwnershipRole.OWNER:
            return SetOwner(car.vehicle_id, car.version, who, values["since"])
        return AddDriver(car.vehicle_id, car.version, who, role, values["since"])

    def _find(self, words: str) -> list[Result]:
        with reading(self.context.engine) as session:
            found = find_people(session, words)
        return [Result(row, person_words(row.name, row.title), e164_words(row.phone), middle=row.plates) for row in found]

    def _on_chosen(self, found: PersonFound) -> None:
        self._chosen = found.customer_id
        self._who.set_text(person_words(found.name, found.title))
        self.fields["who"].set_plain_hint(OK, joined(e164_words(found.phone), found.plates))
        self.yes.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_typed(self, _text: str) -> None:
        self._chosen = None
        self.fields["who"].clear_hint()

    def _on_unknown(self, words: str) -> None:
        self.fields["who"].set_hint(NEUTRAL, "Nobody is known by that; enter a new customer below")
        name, phone_edit = self.edits["name"], self.edits["phone"]
        assert isinstance(name, LineEdit) and isinstance(phone_edit, LineEdit)
        target = phone_edit if any(character.isdecimal() for character in words) else name
        target.setText(words)
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_phone(self) -> None:
        say_phone(self.fields["phone"], self.context.region())


class TieDialog(RecordDialog):
    """From when until when a customer is or was something to a vehicle; opened to end it, today is proposed."""

    fields_of = {"tie_ends_before": "until", "owner_there": "until"}

    def __init__(self, context: RoomContext, tie: TieRow | VehicleTie, name: str, parent: QWidget, today: dt.date) -> None:
        super().__init__(context, parent, "From when until when", "users")
        self._tie = tie
        self.say_first("{name} · {role}", "text", name=name, role=tr(ROLES[tie.role], "role of a customer"))
        self.place("since", "Since", DateEdit(context.clock, parent=self), 0, 0, 6)
        self.place("until", "Until", DateEdit(context.clock, parent=self), 0, 6, 6, hint="empty: it holds on")
        self.fill({"since": tie.since, "until": tie.until or today})
        self.edits["until"].setFocus(Qt.FocusReason.TabFocusReason)

    def command(self) -> Any:
        values = self.values()
        return ChangeOwnership(self._tie.ownership_id, values["since"], values["until"])
