"""Changes an operation, part, consumable or package: its three names, its hours and prices, whether it is still offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.commands.catalogue_changes import ChangeOperation, ChangePackage, ChangePart, ItemNames
from db.rules.money import line_amount
from desktop_app.form_dialog import FormDialog, refuse_wrong
from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.widgets.choice import Tick
from desktop_app.widgets.dialog import WIDE
from desktop_app.widgets.text_edits import LineEdit, MoneyEdit, NumberEdit

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from db.queries.settings import CatalogueRow

    Change = ChangeOperation | ChangePart | ChangePackage


LANGUAGES = (("zh_TW", "繁體中文"), ("zh_CN", "简体中文"), ("en", "English"))


class ItemDialog(FormDialog):
    """`answered` receives the command that makes the change."""

    def __init__(self, parent: QWidget, row: CatalogueRow, answered: Callable[[ItemDialog, Change], object]) -> None:
        super().__init__(parent, "{code} in the catalogue", "Save", self._answer, WIDE)
        self.set_title("{code} in the catalogue", code=row.code)
        self._answered, self._row = answered, row
        self.fields_of = {"name_missing": "zh_TW", "hours_not_fitting": "hours", "price_not_fitting": "price"}
        self.names = tuple(LineEdit(parent=self) for _language in range(3))
        for place, (key, label) in enumerate(LANGUAGES):
            self.names[place].set_text(row.names[place])
            self.add_field(key, label, self.names[place], required=True, beside=place == 1)
        self.find_words = LineEdit(parent=self)
        self.find_words.set_text(row.find_words)
        self.add_field("find_words", "Also found by", self.find_words, hint="words with spaces between them", beside=True)
        self.hours: NumberEdit | None = None
        self.cost: MoneyEdit | None = None
        if row.subject == "operation":
            self.hours = NumberEdit(3, "h", 0, parent=self)
            self.hours.set_value(row.hours)
            self.add_field("hours", "Standard hours", self.hours, required=True)
        self.price = MoneyEdit(minimum=0, parent=self)
        self.price.set_value(row.price)
        self.add_field("price", _PRICE_WORDS[row.subject], self.price, required=True, beside=row.subject == "operation")
        if self.hours is not None:
            self._tell_amount()
            self.price.value_changed.connect(self._tell_amount)
            self.hours.value_changed.connect(self._tell_amount)
        if row.subject == "part":
            self.cost = MoneyEdit(minimum=0, parent=self)
            self.cost.set_value(row.cost)
            self.add_field("cost", "Cost", self.cost, required=True, beside=True)
        self.offered = Tick("Is offered; old orders keep it in any case", self)
        self.offered.setChecked(not row.retired)
        self.add_field("retired", "In the catalogue", self.offered)

    def _tell_amount(self, _value: object = None) -> None:
        if self.hours is not None and self.hours.value is not None and self.price.value is not None:
            amount = formats().money(line_amount(self.hours.value, self.price.value))
            self.field("price").set_plain_hint("neutral", tr("comes to {amount} with these hours", amount=amount))

    def _answer(self) -> None:
        row = self._row
        found = {key: "A name is needed" for place, (key, _label) in enumerate(LANGUAGES) if not self.names[place].text().strip()}
        for key, edit in (("hours", self.hours), ("price", self.price), ("cost", self.cost)):
            if edit is not None and edit.value is None:
                found[key] = "A figure is needed"
        refuse_wrong(found)
        traditional, simplified, english = (edit.text() for edit in self.names)
        names = ItemNames(traditional, simplified, english, self.find_words.text())
        price, retired = self.price.value or 0, not self.offered.isChecked()
        if row.subject == "operation":
            self._answered(self, ChangeOperation(row.code, row.version, names, _whole(self.hours), price, retired))
        elif row.subject == "part":
            self._answered(self, ChangePart(row.code, row.version, names, price, _whole(self.cost), retired))
        else:
            self._answered(self, ChangePackage(row.code, row.version, names, price, retired))


_PRICE_WORDS = {"operation": "Price of an hour", "part": "Price", "package": "Price of the package"}


def _whole(edit: NumberEdit | None) -> int:
    return edit.value or 0 if edit is not None else 0
