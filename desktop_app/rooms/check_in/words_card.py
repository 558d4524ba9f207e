"""The customer's own words, and the chips that name what they are about and propose a diagnosis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop_app.i18n import current_language
from desktop_app.i18n.live import follow_language
from desktop_app.widgets.buttons import QUIET, Button
from desktop_app.widgets.card import Card
from desktop_app.widgets.chip import Chip, ChipRow
from desktop_app.widgets.words_edit import WordsEdit

if TYPE_CHECKING:
    from db.queries.catalogue import ListEntry
    from desktop_app.rooms.check_in.form import CheckInForm

USUAL = 5
"""Chips that always show; the others behind 'more'."""


class WordsCard(Card):
    """Section 2. A chip that is turned on proposes its diagnosis (`proposed` carries the operation's code)."""

    edited = Signal()
    proposed = Signal(str, bool)
    """Code of a diagnosis operation, and whether its chip was turned on or off."""
    said = Signal()
    """Other words stand there than before, and the field was left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("In the customer's own words", number=2, parent=parent)
        self._form: CheckInForm | None = None
        self._entries: list[ListEntry] = []
        self._all = False
        self._short = False
        self.set_hint("as spoken, not in terms of the trade")
        self.words = WordsEdit(lines=2, adds_lines=True, parent=self)
        self.words.set_placeholder("What the customer says, one line for each matter")
        self.words.changed.connect(self._on_words)
        self.words.committed.connect(self.said)
        self.words.went_below.connect(self._on_below)
        self.chips = ChipRow(parent=self)
        self.chips.chosen_changed.connect(self._on_chips)
        self._more = Button("more", QUIET, height="small", parent=self)
        self._more.clicked.connect(self.show_all)
        row = QHBoxLayout()
        row.addWidget(self.chips, 1)
        row.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.words)
        self.body.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        follow_language(self._on_language)

    def set_entries(self, entries: list[ListEntry]) -> None:
        """What the chips offer; ↓ leads to them from the words, and the first answer to their digit then."""
        self._entries = entries
        self._lay_chips()

    def load(self, form: CheckInForm) -> None:
        """Show a form."""
        self._form = None
        self.words.set_text(form.words)
        self._form = form
        self._all = False
        self._lay_chips()
        self.set_done(bool(form.words.strip() or form.tags))

    def set_short(self, short: bool) -> None:
        """Only the words, where room is scarce."""
        self.show_header(not short)
        self.chips.setVisible(not short)
        self._short = short
        self._more.setVisible(not short and not self._all)

    def show_all(self) -> None:
        """Offer every chip, not only the usual ones."""
        self._all = True
        self._lay_chips()

    def _lay_chips(self) -> None:
        chosen = frozenset(self._form.tags) if self._form is not None else self.chips.chosen
        self.chips.clear()
        shown = self._entries if self._all else [entry for place, entry in enumerate(self._entries) if place < USUAL or entry.code in chosen]
        before: QWidget = self.words.inner
        for place, entry in enumerate(shown):
            chip = Chip(keys=str(place + 1) if place < 9 else "", parent=self.chips)
            chip.setText(entry.name(current_language()))
            # Tab goes from the words on to the items: who wants the chips goes down to them, and from them on by Tab as well.
            chip.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            self.chips.add(entry.code, chip)
            chip.installEventFilter(self)
            self.setTabOrder(before, chip)
            before = chip
        self._more.setVisible(len(shown) < len(self._entries) and not self._short)
        self.chips.choose(*chosen)

    def _on_language(self, _language: str) -> None:
        self._lay_chips()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """↑ leads from a chip back to the words."""
        if isinstance(watched, Chip) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Up:
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _on_below(self) -> None:
        if self._entries and self.chips.isVisible():
            self.chips.chip(self._entries[0].code).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.key() - int(Qt.Key.Key_1)
        if 0 <= digit < min(9 if self._all else USUAL, len(self._entries)) and not self.words.hasFocus() and not event.modifiers():
            self.chips.chip(self._entries[digit].code).click()
            return
        super().keyPressEvent(event)

    def _on_words(self) -> None:
        if self._form is not None:
            self._form.words = self.words.text
            self.set_done(bool(self._form.words.strip() or self._form.tags))
            self.edited.emit()

    def _on_chips(self, chosen: object) -> None:
        if self._form is None or not isinstance(chosen, frozenset):
            return
        before = set(self._form.tags)
        self._form.tags = [entry.code for entry in self._entries if entry.code in chosen]
        for entry in self._entries:
            operation = str(entry.details.get("operation", ""))
            if operation and (entry.code in chosen) != (entry.code in before):
                self.proposed.emit(operation, entry.code in chosen)
        self.set_done(bool(self._form.words.strip() or self._form.tags))
        self.edited.emit()
