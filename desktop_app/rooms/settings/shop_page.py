"""The shop itself: what it is called, where it is, how it is reached, and whether people sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from db.commands.shop import ChangeShop
from db.queries.shop import the_shop
from db.rules.plate_forms import PROVINCES
from desktop_app.rooms.settings.page import FormPage, scrolled
from desktop_app.widgets.choice import Choice, Tick
from desktop_app.widgets.text_edits import LineEdit

if TYPE_CHECKING:
    from db.engine import Session
    from db.queries.shop import ShopRow
    from desktop_app.room import RoomContext

REGIONS = (("CN", "Mainland"), ("HK", "Hong Kong"), ("MO", "Macau"), ("TW", "Taiwan"))
ZONES = (
    "Asia/Shanghai", "Asia/Urumqi", "Asia/Hong_Kong", "Asia/Macau", "Asia/Taipei", "Asia/Singapore", "Asia/Kuala_Lumpur", "Asia/Bangkok", "Asia/Tokyo",
    "UTC",
)  # fmt: skip
LANGUAGES = (("zh_TW", "繁體中文"), ("zh_CN", "简体中文"), ("en", "English"))


class ShopPage(FormPage):
    """The form."""

    tables = frozenset({"shop"})
    field_of_refusal = {"name_missing": "name", "zone_unknown": "zone", "nobody_could_sign_in": "sign_in"}

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        self._version = 0
        self.region, self.zone, self.province, self.language = Choice(parent=self), Choice(parent=self), Choice(parent=self), Choice(parent=self)
        for key, phrase in REGIONS:
            self.region.add_phrase(key, phrase, "region")
        for zone in ZONES:
            self.zone.add_words(zone, zone)
        self.province.add_phrase("", "none", "province")
        for province in PROVINCES:
            self.province.add_words(province, province)
        for key, words in LANGUAGES:
            self.language.add_words(key, words)
        content = QWidget(self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        places = (
            ("name", "Shop's name", LineEdit(parent=self), True, "stands at the head of every paper", 0, 0, 2),
            ("address", "Address", LineEdit(parent=self), False, "", 1, 0, 2),
            ("phone", "Phone", LineEdit(parent=self), False, "", 2, 0, 1),
            ("complaint_phone", "Phone for complaints", LineEdit(parent=self), False, "stands on the repair order contract", 2, 1, 1),
            ("licence_class", "Class of the repair licence", LineEdit(parent=self), False, "", 3, 0, 1),
            ("language", "Language of the shop", self.language, False, "for papers of customers without one of their own", 3, 1, 1),
            ("region", "Region", self.region, False, "which plates and phones are usual", 4, 0, 1),
            ("province", "Plates usually begin with", self.province, False, "", 4, 1, 1),
            ("zone", "Time zone", self.zone, False, "", 5, 0, 1),
        )
        for name, label, edit, required, hint, row, column, span in places:
            grid.addWidget(self.add_field(name, label, edit, required, hint), row, column, 1, span)
        sign_in = self.add_field(
            "sign_in", "Sign-in", Tick("Everybody signs in with a PIN", self), hint="off only where one person works alone: then history names nobody"
        )
        grid.addWidget(sign_in, 6, 0, 1, 2)
        inside = QVBoxLayout(content)
        inside.setContentsMargins(18, 12, 18, 12)
        inside.addLayout(grid)
        inside.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(content, self))
        self.setFocusProxy(self.fields["name"].edit)

    def read(self, session: Session) -> ShopRow:
        return the_shop(session)

    def show_read(self, found: ShopRow) -> None:
        self._version = found.version
        for choice, value in ((self.zone, found.zone), (self.province, found.province)):
            if choice.findData(value) < 0:
                choice.add_words(value, value)
        self.show_values({name: getattr(found, name) for name in self.fields})

    def command(self, changed: dict[str, object]) -> ChangeShop:
        return ChangeShop(self._version, changed)
