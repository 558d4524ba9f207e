"""What holds for this PC alone: language, theme, text size, the PC's name, the scanner. All of it at once, nothing to save."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.i18n import current_language
from desktop_app.i18n.live import say, switch_language
from desktop_app.preferences import TEXT_SCALES
from desktop_app.rooms.settings.page import Page, scrolled
from desktop_app.theme import theme
from desktop_app.widgets.card import Card
from desktop_app.widgets.choice import Choice, ChoiceCard, Tick
from desktop_app.widgets.field import Field
from desktop_app.widgets.labels import Label
from desktop_app.widgets.text_edits import LineEdit

if TYPE_CHECKING:
    from desktop_app.room import RoomContext

LANGUAGES = (("zh_TW", "繁體中文", "畫面與說明"), ("zh_CN", "简体中文", "画面与说明"), ("en", "English", "screen and help"))
THEMES = (("light", "Light", "for a bright counter"), ("dark", "Dark", "for a dim workshop"))


class ThisPcPage(Page):
    """The form; each change holds at once and is kept for this desktop user."""

    with_history = False

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        preferences = context.preferences
        self._languages, self._themes = QButtonGroup(self), QButtonGroup(self)
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(12)
        language = Card("Language", icon="languages", parent=content)
        language.set_hint("Papers follow the customer's language")
        language.body.addLayout(self._cards(LANGUAGES, self._languages, current_language()))
        self._languages.idClicked.connect(self._on_language_chosen)
        look = Card("Appearance", icon="sun", parent=content)
        look.body.addLayout(self._cards(THEMES, self._themes, theme.current().name))
        self._themes.idClicked.connect(self._on_theme_chosen)
        self.scale = Choice(parent=look)
        for scale in TEXT_SCALES:
            self.scale.add_words(scale, f"{scale} %")
        self.scale.choose(preferences.text_scale)
        self.scale.chosen_changed.connect(self._on_scale)
        look.body.addWidget(Field("Size of text", self.scale, parent=look))
        column.addWidget(language)
        column.addWidget(look)
        column.addWidget(self._place_card(content))
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(content, self))
        self.action_bar.say_status("check", "ok", "What is set here holds at once, on this PC")
        self.setFocusProxy(self._languages.button(0))

    def load(self) -> None:
        """What holds may have been changed elsewhere: by the palette, or in another window."""
        self._show()

    def words_changed(self) -> None:
        self._show()

    def _show(self) -> None:
        self._languages.button([key for key, _title, _words in LANGUAGES].index(current_language())).setChecked(True)
        self._themes.button([key for key, _title, _words in THEMES].index(theme.current().name)).setChecked(True)

    def _cards(self, entries: tuple[tuple[str, str, str], ...], group: QButtonGroup, chosen: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        for number, (key, title, explanation) in enumerate(entries):
            card = ChoiceCard(title, explanation, parent=self)
            card.setChecked(key == chosen)
            group.addButton(card, number)
            row.addWidget(card)
        return row

    def _place_card(self, parent: QWidget) -> Card:
        preferences = self.context.preferences
        card = Card("This workplace", icon="monitor", parent=parent)
        self.name = LineEdit(parent=card)
        self.name.set_text(preferences.workplace_name())
        self.name.committed.connect(self._on_name)
        self.scanner = Tick("Understand a scanner that types", card)
        self.scanner.setChecked(preferences.scanner)
        self.scanner.toggled.connect(self._on_scanner)
        self.prefix = LineEdit(icon="scan-barcode", parent=card)
        self.prefix.set_text(preferences.scanner_prefix)
        self.prefix.committed.connect(self._on_prefix)
        card.body.addWidget(Field("Name of this PC", self.name, hint="stands in the history", parent=card))
        card.body.addWidget(self.scanner)
        card.body.addWidget(Field("Characters that the scanner sends first", self.prefix, hint="empty: it is told by its speed alone", parent=card))
        note = Label("", "small", "text3", wrap=True, parent=card)
        say(note.setText, "The PC's name and the scanner's settings hold from the next start of the program")
        card.body.addWidget(note)
        return card

    def _on_language_chosen(self, number: int) -> None:
        self.context.preferences.language = LANGUAGES[number][0]
        switch_language(LANGUAGES[number][0])

    def _on_theme_chosen(self, number: int) -> None:
        self.context.preferences.theme = THEMES[number][0]
        theme.set_theme(THEMES[number][0], self.context.preferences.text_scale / 100)

    def _on_scale(self, scale: object) -> None:
        if isinstance(scale, int):
            self.context.preferences.text_scale = scale
            theme.set_theme(theme.current().name, scale / 100)

    def _on_name(self) -> None:
        self.context.preferences.workplace = self.name.text().strip()

    def _on_scanner(self, on: bool) -> None:
        self.context.preferences.scanner = on

    def _on_prefix(self) -> None:
        self.context.preferences.scanner_prefix = self.prefix.text()


