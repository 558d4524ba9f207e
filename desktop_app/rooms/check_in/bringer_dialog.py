"""Who brings a known car, when it is not its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.rooms.check_in.known_person import KnownPerson
from desktop_app.widgets.buttons import PRIMARY, QUIET
from desktop_app.widgets.dialog import WIDE, Dialog
from desktop_app.widgets.field import BAD, Field
from desktop_app.widgets.text_edits import LineEdit

if TYPE_CHECKING:
    from desktop_app.room import RoomContext
    from desktop_app.rooms.check_in.form import CheckInForm


class BringerDialog(Dialog):
    """Opens with whoever stands in the form. Empty fields, or the button, mean the owner himself."""

    answered = Signal(str, str, object)
    """Name, the phone for this visit, and the id of the customer where it is a known one; name and phone empty for the owner himself."""

    def __init__(self, context: RoomContext, form: CheckInForm, phone_needed: bool, parent: QWidget) -> None:
        super().__init__(parent, "Who brings the car", icon="users", width=WIDE)
        self._phone_needed = phone_needed
        self._name, self._phone = LineEdit(parent=self), LineEdit(parent=self)
        self._phone_field = Field("Phone", self._phone, required=phone_needed)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        grid.addWidget(Field("Name", self._name), 0, 0)
        grid.addWidget(self._phone_field, 0, 1)
        self.body.addLayout(grid)
        self._person = KnownPerson(context, self._name, self._phone, self._phone_field, self)
        self._name.set_text(form.sender_name)
        self._phone.set_text(form.contact_phone)
        self._person.hold(form.sender_id)
        if form.contact_phone:
            self._person.judge()
        self.add_button("The owner brings it", self._on_owner, QUIET, "undo-2", keys="Alt O", left=True)
        self.add_button("Cancel", self.reject, keys="Esc")
        self.add_button("Take over", self._on_take, PRIMARY, keys="F8")
        self._name.setFocus()

    def _on_owner(self) -> None:
        self.answered.emit("", "", None)
        self.accept()

    def _on_take(self) -> None:
        for edit in (self._name, self._phone):
            edit.commit()
        name, number = self._name.text().strip(), self._phone.text().strip()
        if name and not number and self._phone_needed:
            self._phone_field.set_hint(BAD, "A way to reach the customer is needed")
            self._phone.setFocus()
            return
        self.answered.emit(name, number, self._person.customer_id)
        self.accept()
