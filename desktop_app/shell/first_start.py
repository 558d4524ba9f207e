"""A real shop's first start, on one screen: language, the shop, and who works in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from db.rules.errors import Environment, Refusal
from db.rules.pin import is_pin
from desktop_app import __version__, faults
from desktop_app.i18n import LANGUAGES, current_language
from desktop_app.i18n.live import say, switch_language
from desktop_app.i18n.phrases import phrases
from desktop_app.shell.overlay import Panel
from desktop_app.shell.rail import paint_logo
from desktop_app.theme.theme import current
from desktop_app.widgets.buttons import PRIMARY, Button
from desktop_app.widgets.card import Card
from desktop_app.widgets.choice import Choice, ChoiceCard
from desktop_app.widgets.field import BAD, Field
from desktop_app.widgets.icon_line import IconLine
from desktop_app.widgets.labels import Label
from desktop_app.widgets.painting import open_painter
from desktop_app.widgets.scrolling import ScrollArea
from desktop_app.widgets.text_edits import LineEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from desktop_app.preferences import Preferences

REGIONS = (("CN", "Mainland China", "Asia/Shanghai"), ("HK", "Hong Kong", "Asia/Hong_Kong"), ("MO", "Macau", "Asia/Macau"), ("TW", "Taiwan", "Asia/Taipei"))
_LANGUAGE_WORDS = (
    ("zh_TW", "繁體中文", "Taiwan and Hong Kong"),
    ("zh_CN", "简体中文", "The mainland"),
    ("en", "English", "Words, numbers, dates"),
)
_WAYS = (("I work alone", "No sign-in: open and begin"), ("There are several of us", "The manager's PIN first, then the others"))


class FirstStart(Panel):
    """Covers the window of an empty store. Emits the shop to make; the store answers by `refuse` or the panel is closed."""

    wanted = Signal(object)
    given_up = Signal()

    def __init__(self, preferences: Preferences, window: QWidget) -> None:
        super().__init__("First start", 100, window)
        self._preferences = preferences
        self.sheet.hide()
        self._languages = QButtonGroup(self)
        self._ways = QButtonGroup(self)
        self.name = LineEdit(parent=self)
        self.region = Choice(parent=self)
        self.zone = Choice(parent=self)
        self.manager = LineEdit(parent=self)
        self.pin = LineEdit(parent=self)
        self.pin_again = LineEdit(parent=self)
        self.start = Button("Start", PRIMARY, keys="F8", height="big", parent=self)
        self.start.clicked.connect(self.main_act)
        self._fill_choices()
        self._lay_out_cards()
        self._show_way()

    def open(self) -> None:
        super().open()
        self.sheet.hide()
        self.name.setFocus()

    def act(self, key: str) -> None:
        """F8 starts."""
        if key == "main_act":
            self.main_act()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # There is nothing beneath to go back to.
        event.accept()

    def main_act(self) -> None:
        """Check everything at once; what is missing is marked, all of it."""
        faulty = [field for field in (self._name_field, self._manager_field, self._pin_field, self._again_field) if not self._is_fine(field)]
        if faulty:
            faulty[0].edit.setFocus()
            return
        from db.commands.shop import MakeShop

        alone = self.works_alone
        self.start.set_busy(True)
        self.wanted.emit(
            MakeShop(
                name=self.name.text().strip(),
                language=current_language(),
                region=str(self.region.chosen),
                zone=str(self.zone.chosen),
                manager_name="" if alone else self.manager.text().strip(),
                manager_pin="" if alone else self.pin.text(),
                works_alone=alone,
            )
        )

    @property
    def works_alone(self) -> bool:
        """Whether 'I work alone' is chosen: no sign-in."""
        return self._ways.checkedId() == 0

    def refuse(self, error: Exception) -> None:
        """The store said no."""
        self.start.set_busy(False)
        if isinstance(error, (Refusal, Environment)):
            self._name_field.set_plain_hint(BAD, faults.sentence(faults.at_once(error), phrases(current_language())))
            self.name.setFocus()

    def _fill_choices(self) -> None:
        for key, words, _zone in REGIONS:
            self.region.add_phrase(key, words)
        for zone in dict.fromkeys(zone for _key, _words, zone in REGIONS):
            self.zone.add_words(zone, zone)
        self.region.choose("CN")
        self.zone.choose("Asia/Shanghai")
        self.region.chosen_changed.connect(self._on_region)
        for pin in (self.pin, self.pin_again):
            pin.setEchoMode(QLineEdit.EchoMode.Password)
            pin.setMaxLength(12)
            pin.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)

    def _lay_out_cards(self) -> None:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 10, 16, 0)
        column.setSpacing(8)
        column.addWidget(_Head(page))
        column.addWidget(self._language_card())
        column.addWidget(self._shop_card())
        column.addWidget(self._people_card())
        column.addStretch(1)
        page.setMaximumWidth(700)
        scroll = ScrollArea(self, sideways=True)
        holder = QWidget(scroll)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(page, 10)
        row.addStretch(1)
        scroll.setWidget(holder)
        foot = QWidget(self)
        foot.setMaximumWidth(700)
        line = QHBoxLayout(foot)
        line.setContentsMargins(16, 8, 16, 12)
        line.addWidget(IconLine("The starter catalogue comes with it; all of it can be changed", "check", "ok", parent=foot))
        line.addStretch(1)
        line.addWidget(self.start)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(foot, 10)
        middle.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addLayout(middle)

    def _language_card(self) -> Card:
        card = Card("Language", number=1, parent=self)
        card.set_hint("Papers follow the customer's language")
        row = QHBoxLayout()
        row.setSpacing(12)
        for number, (key, title, explanation) in enumerate(_LANGUAGE_WORDS):
            choice = ChoiceCard(title, explanation, parent=card)
            choice.setChecked(key == current_language())
            self._languages.addButton(choice, number)
            row.addWidget(choice)
        self._languages.idClicked.connect(self._on_language_chosen)
        card.body.addLayout(row)
        card.set_done(True)
        return card

    def _shop_card(self) -> Card:
        card = Card("Shop", number=2, parent=self)
        card.set_hint("Everything else has a default")
        self._name_field = Field("Shop's name", self.name, required=True, hint="stands at the head of every paper", parent=card)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(Field("Region", self.region, parent=card), 1)
        row.addWidget(Field("Time zone", self.zone, parent=card), 1)
        card.body.addWidget(self._name_field)
        card.body.addLayout(row)
        return card

    def _people_card(self) -> Card:
        card = Card("Who works here", number=3, parent=self)
        row = QHBoxLayout()
        row.setSpacing(12)
        for number, (title, explanation) in enumerate(_WAYS):
            choice = ChoiceCard(title, explanation, parent=card)
            choice.setChecked(number == 1)
            self._ways.addButton(choice, number)
            row.addWidget(choice)
        self._ways.idClicked.connect(self._on_way)
        card.body.addLayout(row)
        self._manager_field = Field("Manager's name", self.manager, required=True, parent=card)
        self._pin_field = Field("PIN", self.pin, required=True, hint="4 to 12 digits", parent=card)
        self._again_field = Field("Once more", self.pin_again, required=True, parent=card)
        self._manager_row = QWidget(card)
        fields = QHBoxLayout(self._manager_row)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(16)
        for field, share in ((self._manager_field, 3), (self._pin_field, 2), (self._again_field, 2)):
            fields.addWidget(field, share)
        card.body.addWidget(self._manager_row)
        return card

    def _is_fine(self, field: Field) -> bool:
        if self.works_alone and field is not self._name_field:
            return True
        words = field.edit.text()  # type: ignore[attr-defined]
        if field in (self._name_field, self._manager_field):
            if words.strip():
                field.clear_hint()
                return True
            field.set_hint(BAD, "A name is needed")
            return False
        if field is self._pin_field and not is_pin(words):
            field.set_hint(BAD, "A PIN has 4 to 12 digits")
            return False
        if field is self._again_field and words != self.pin.text():
            field.set_hint(BAD, "The two PINs differ")
            return False
        field.clear_hint()
        return True

    def _on_language_chosen(self, number: int) -> None:
        language = LANGUAGES[number]
        self._preferences.language = language
        switch_language(language)

    def _on_region(self, key: object) -> None:
        self.zone.choose(next(zone for region, _words, zone in REGIONS if region == key))

    def _on_way(self, _number: int) -> None:
        self._show_way()

    def _show_way(self) -> None:
        self._manager_row.setVisible(not self.works_alone)

    def _lay_sheet(self) -> None:
        """It covers the whole window itself; there is no sheet to lay."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        open_painter(self).fillRect(self.rect(), current().colour("bg"))


class _Head(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        title = Label("", "title", bold=True, parent=self)
        say(title.setText, "Service Front")
        how = Label("", "body", "text2", parent=self)
        say(how.setText, "Three steps; all of it can be changed later in the settings")
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(title)
        column.addWidget(how)
        row = QHBoxLayout(self)
        row.setContentsMargins(58, 0, 0, 0)
        row.addLayout(column, 1)
        row.addWidget(Label(__version__, "small", "text2", parent=self))
        self.setMinimumHeight(44)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_logo(open_painter(self), QRectF(0, (self.height() - 44) / 2, 44, 44))


