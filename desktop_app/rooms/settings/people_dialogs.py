"""Asks for a person: name, roles, skills, days, badge; and for a PIN, twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from db.commands.staff import PersonValues
from db.rules.pin import LONGEST, is_pin
from db.rules.promised_time import Skill
from db.rules.rights import Role
from desktop_app.form_dialog import FormDialog, refuse_wrong
from desktop_app.record_words import WORDS
from desktop_app.widgets.chip import Chip, ChipRow
from desktop_app.widgets.choice import Choice
from desktop_app.widgets.dialog import WIDE
from desktop_app.widgets.text_edits import LineEdit

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.queries.shop import StaffRow

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
OWN_LANGUAGE = (("zh_TW", "繁體中文"), ("zh_CN", "简体中文"), ("en", "English"))


class Chips(ChipRow):
    """A row of chips as a field: what is chosen, in their order."""

    def __init__(self, entries: tuple[tuple[str, str], ...], context: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._keys = tuple(key for key, _phrase in entries)
        for key, phrase in entries:
            chip = Chip(parent=self)
            chip.set_phrase(phrase, context)
            self.add(key, chip)
        self.setFocusProxy(self.chip(self._keys[0]))

    @property
    def keys(self) -> tuple[str, ...]:
        """The chosen keys in the row's order."""
        chosen = self.chosen
        return tuple(key for key in self._keys if key in chosen)


def pin_edit(parent: QWidget) -> LineEdit:
    """A field for a PIN: digits that are not shown."""
    edit = LineEdit(parent=parent)
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    edit.setMaxLength(LONGEST)
    edit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
    return edit


def wrong_pin(first: str, again: str) -> dict[str, str]:
    """What is wrong with a PIN that was typed twice, field to phrase."""
    if not is_pin(first):
        return {"pin": "A PIN has 4 to 12 digits"}
    return {} if first == again else {"again": "The two PINs differ"}


class PersonDialog(FormDialog):
    """`row` None asks for a new person, with a PIN; `answered` receives the values and the PIN, empty for none."""

    def __init__(self, parent: QWidget, row: StaffRow | None, answered: Callable[[PersonDialog, PersonValues, str], object]) -> None:
        super().__init__(parent, "New person" if row is None else "Person", "Save", self._answer, WIDE)
        self._answered = answered
        self.fields_of = {
            "name_missing": "name", "roles_missing": "roles", "badge_taken": "badge", "pin_too_short": "pin", "last_manager": "roles",
        }  # fmt: skip
        self.name = LineEdit(parent=self)
        self.roles = Chips(tuple((role.value, WORDS["role"][role.value]) for role in Role), "role", self)
        self.skills = Chips(tuple((skill.value, WORDS["skill"][skill.value]) for skill in Skill), "skill", self)
        self.days = Chips(tuple((str(day), word) for day, word in enumerate(WEEKDAYS)), "weekday", self)
        self.badge = LineEdit(icon="scan-barcode", parent=self)
        self.language = Choice(parent=self)
        self.language.add_phrase(None, "As on the PC")
        for key, words in OWN_LANGUAGE:
            self.language.add_words(key, words)
        self.pin: LineEdit | None = None
        self.again: LineEdit | None = None
        self.add_field("name", "Name", self.name, required=True)
        self.add_field("badge", "Badge", self.badge, hint="what the scanner reads from it", beside=True)
        self.add_field("roles", "Roles", self.roles, required=True, hint="rights add up")
        self.add_field("skills", "Skills", self.skills, hint="what work the person is planned for")
        self.add_field("days", "Working days", self.days)
        self.add_field("language", "Language", self.language)
        if row is None:
            self.pin, self.again = pin_edit(self), pin_edit(self)
            self.add_field("pin", "PIN", self.pin, hint="4 to 12 digits; can be given later", beside=True)
            self.add_field("again", "Once more", self.again, beside=True)
            self.days.choose(*(str(day) for day in range(6)))
            self.language.choose(None)
            return
        self.name.set_text(row.name)
        self.roles.choose(*row.roles)
        self.skills.choose(*row.skills)
        self.days.choose(*(str(day) for day in row.working_days))
        self.badge.set_text(row.badge or "")
        self.language.choose(row.language)

    def _answer(self) -> None:
        found: dict[str, str] = {}
        if not self.name.text().strip():
            found["name"] = "A name is needed"
        if not self.roles.keys:
            found["roles"] = "At least one role is needed"
        pin = ""
        if self.pin is not None and self.again is not None and (self.pin.text() or self.again.text()):
            pin = self.pin.text()
            found |= wrong_pin(pin, self.again.text())
        refuse_wrong(found)
        language = self.language.chosen
        values = PersonValues(
            self.name.text(), self.roles.keys, self.skills.keys, tuple(int(day) for day in self.days.keys), self.badge.text(),
            language if isinstance(language, str) else None,
        )  # fmt: skip
        self._answered(self, values, pin)


class PinDialog(FormDialog):
    """A PIN for one person; `answered` receives it."""

    def __init__(self, parent: QWidget, name: str, answered: Callable[[PinDialog, str], object]) -> None:
        super().__init__(parent, "PIN of {name}", "Give this PIN", self._answer)
        self.set_title("PIN of {name}", name=name)
        self._answered = answered
        self.fields_of = {"pin_too_short": "pin"}
        self.pin, self.again = pin_edit(self), pin_edit(self)
        self.add_field("pin", "PIN", self.pin, required=True, hint="4 to 12 digits")
        self.add_field("again", "Once more", self.again, required=True)

    def _answer(self) -> None:
        pin = self.pin.text()
        refuse_wrong(wrong_pin(pin, self.again.text()))
        self._answered(self, pin)
