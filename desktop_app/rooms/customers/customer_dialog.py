"""The form of a customer: everything that is kept about a person or a company."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from db.commands.customers import AddCustomer, ChangeCustomer, CustomerValues
from db.engine import reading
from db.queries.customer_file import customer_file
from db.rules import phone
from db.rules.problem import Severity
from db.rules.record_words import Language
from desktop_app.record_dialog import RecordDialog
from desktop_app.rooms.customers.phones_edit import PhonesEdit
from desktop_app.rooms.customers.words import LANGUAGES, TIERS
from desktop_app.widgets.choice import Choice
from desktop_app.widgets.dialog import WIDE
from desktop_app.widgets.text_edits import LineEdit, MoneyEdit, NumberEdit
from desktop_app.widgets.words_edit import WordsEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from db.queries.customer_file import CustomerFile
    from desktop_app.room import RoomContext


class CustomerDialog(RecordDialog):
    """Without a file a new customer."""

    fields_of = {"customer_unknown": "name", "account_limit_negative": "account_limit", "account_term_too_long": "account_months"}

    def __init__(self, context: RoomContext, file: CustomerFile | None, parent: QWidget) -> None:
        super().__init__(context, parent, "Customer" if file is not None else "New customer", "users", WIDE)
        self._file = file
        title = Choice(parent=self)
        for key, phrase in (("", "–"), ("mr", "Mr"), ("ms", "Ms")):
            title.add_phrase(key, phrase, "title")
        language = Choice(parent=self)
        for key, words in LANGUAGES:
            language.add_words(key, words)
        self._phones = PhonesEdit(context.region, self)
        self.place("name", "Name", LineEdit(parent=self), 0, 0, 5)
        self.place("title", "Form of address", title, 0, 5, 2)
        self.place("language", "Language", language, 0, 7, 3)
        self.add_tick("is_company", "A company", 0, 10, 2)
        self.edits["phones"], self.fields["phones"] = self._phones, self._phones.lines[0]
        self.grid.addWidget(self._phones, 1, 0, 3, 5, Qt.AlignmentFlag.AlignTop)
        self.place("contact_person", "Contact person", LineEdit(parent=self), 1, 5, 4)
        tier = Choice(parent=self)
        tier.add_phrase("", "–", "title")
        for key, phrase in TIERS:
            tier.add_phrase(key, phrase, "tier")
        if file is not None and file.tier not in ("", *dict(TIERS)):
            tier.add_words(file.tier, file.tier)
        self.place("tier", "Tier", tier, 1, 9, 3)
        self.place("address", "Address", LineEdit(parent=self), 2, 5, 7)
        self.place("licence_number", "Licence number", LineEdit(parent=self), 3, 5, 4)
        self.place("came_by", "Came by", LineEdit(parent=self), 3, 9, 3)
        self.place("note", "Note", WordsEdit(2, 4, parent=self), 4, 0, 7)
        self.add_tick("consent_to_call", "May be called", 4, 7, 5)
        self.add_tick("is_account", "Account customer", 5, 0, 3)
        self.add_tick("is_government", "Government", 5, 3, 2)
        self.place("account_limit", "Limit", MoneyEdit(minimum=0, parent=self), 5, 5, 4, hint="empty: worked out from the gross profit")
        self.place("account_months", "Term", NumberEdit(unit="", minimum=0, maximum=12, parent=self), 5, 9, 3, hint="months")
        self._phones.changed.connect(self.grow)
        self._show(file)
        self.edits["name"].setFocus(Qt.FocusReason.TabFocusReason)

    def _show(self, file: CustomerFile | None) -> None:
        self.fill(_values(file) if file is not None else {**_as_form(CustomerValues()), "language": self.context.shop().language})

    def doubts(self) -> dict[str, str]:
        known = set(self._base["phones"])
        region = self.context.region()
        slips = [text for text in self._phones.value if text not in known and is_slip(text, region)]
        return {"phones": "/".join(slips)} if slips else {}

    def problems(self) -> dict[str, tuple[str, dict[str, Any]]]:
        values = self.values()
        return {"name": ("A name or a phone number is needed", {})} if not values["name"] and not values["phones"] else {}

    def form_values(self) -> CustomerValues:
        """What the form holds, as the records take it."""
        values = self.values()
        return CustomerValues(**{**values, "language": Language(values["language"])})

    def command(self) -> Any:
        values = self.form_values()
        return AddCustomer(values) if self._file is None else ChangeCustomer(self._file.customer_id, self._file.version, values)

    @property
    def before(self) -> CustomerValues | None:
        """What stood there before, to be brought back by undo."""
        if self._file is None:
            return None
        values = _values(self._file)
        return CustomerValues(**{**values, "language": Language(values["language"])})

    def reload(self) -> None:
        engine, now, file = self.context.engine, self.context.clock(), self._file
        assert file is not None

        def work() -> CustomerFile:
            with reading(engine) as session:
                return customer_file(session, file.customer_id, now)

        self.context.runner.submit(self, work, self._on_newer)

    def _on_newer(self, file: CustomerFile) -> None:
        self._file = file
        self.take_newer(_values(file))


def is_slip(text: str, region: str) -> bool:
    """Whether a typed phone number is most likely a slip."""
    return any(problem.severity is not Severity.HINT for problem in phone.recognise(text, region).problems)


def _as_form(values: CustomerValues) -> dict[str, Any]:
    return {
        "name": values.name, "title": values.title, "language": values.language.value, "is_company": values.is_company, "phones": values.phones,
        "contact_person": values.contact_person, "tier": values.tier, "address": values.address, "licence_number": values.licence_number,
        "came_by": values.came_by, "note": values.note, "consent_to_call": values.consent_to_call, "is_account": values.is_account,
        "is_government": values.is_government, "account_limit": values.account_limit, "account_months": values.account_months,
    }  # fmt: skip


def _values(file: CustomerFile) -> dict[str, Any]:
    return _as_form(
        CustomerValues(
            file.name, tuple(row.typed for row in file.phones), file.title, file.is_company, file.contact_person, file.address, file.licence_number,
            file.language, file.came_by, file.consent_to_call, file.is_account, file.account_limit, file.account_months, file.is_government, file.tier,
            file.note,
        )
    )  # fmt: skip
