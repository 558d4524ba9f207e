"""A dialog with fields: asks for what an act needs, marks what is wrong at its field, and comes back when the records refuse."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app import faults
from desktop_app.widgets.buttons import PRIMARY
from desktop_app.widgets.dialog import SMALL, Dialog
from desktop_app.widgets.field import BAD, Field
from desktop_app.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QShowEvent

    from db.rules.errors import Environment, Refusal


class FormDialog(Dialog):
    """`answer` is called by F8 or Ctrl+Enter once no field is at fault, and not again while the act is under way.

    It may raise `Wrong` to mark a field. `done_for_good` closes it; `refused` says the sentence, at a field where the refusal's code is about
    one (`fields_of`). Both may come when a person has closed the dialog already, and do nothing then.
    """

    fields_of: Mapping[str, str] = {}
    """Refusal code to the field that it is about."""

    def __init__(
        self, parent: QWidget, title: str, yes: str, answer: Callable[[], object], width: int = SMALL, danger: bool = False, icon: str = ""
    ) -> None:
        super().__init__(parent, title, icon, width=width)
        self._answer = answer
        self.fields: dict[str, Field] = {}
        self._order: list[QWidget] = []
        self._field_line: QHBoxLayout | None = None
        self._message = Label("", "body", "bad", wrap=True, parent=self)
        self._message.hide()
        self.body.addWidget(self._message)
        self._cancel = self.add_button("Cancel", self.reject, keys="Esc")
        self.yes = self.add_button(yes, self.submit, "danger" if danger else PRIMARY, keys="F8")
        enter = QShortcut(QKeySequence("Ctrl+Return"), self)
        enter.activated.connect(self.yes.click)

    def add_field(self, key: str, label: str, edit: QWidget, required: bool = False, hint: str = "", beside: bool = False) -> Field:
        """Put a field below those already there, or `beside` the last one; the first one has the focus when the dialog opens."""
        field = Field(label, edit, required, hint, self)
        if not beside or self._field_line is None:
            self._field_line = QHBoxLayout()
            self._field_line.setSpacing(16)
            self.body.insertLayout(self.body.count() - 1, self._field_line)
        self._field_line.addWidget(field, 1)
        if not self.fields:
            edit.setFocus(Qt.FocusReason.TabFocusReason)
        self.fields[key] = field
        self._order.append(edit)
        return field

    def add_widget(self, widget: QWidget) -> None:
        """Put something that is no field below what is there."""
        self.body.insertWidget(self.body.count() - 1, widget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            self._order.append(widget)

    def field(self, key: str) -> Field:
        """A field by its key."""
        return self.fields[key]

    def showEvent(self, event: QShowEvent) -> None:
        # By Enter and Tab in the order in which they stand, not in which they were made.
        chain = [*self._order, self.yes, self._cancel]
        for before, after in itertools.pairwise(chain):
            QWidget.setTabOrder(before, after)
        super().showEvent(event)

    def submit(self) -> None:
        """Read the fields; the first wrong one gets the focus, else the act is asked for."""
        if self.yes.busy:
            return
        self._message.hide()
        if not self.acceptable():
            return
        self.yes.set_busy(True)
        try:
            self._answer()
        except Wrong as wrong:
            self.yes.set_busy(False)
            for key, phrase in wrong.found.items():
                self.fields[key].set_hint(BAD, phrase)
            self.fields[next(iter(wrong.found))].setFocus(Qt.FocusReason.OtherFocusReason)

    def acceptable(self) -> bool:
        """Whether what stands in the fields can be taken; if not, it is said there, and the first has the focus."""
        for field in self.fields.values():
            if not takes(field.edit):
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return False
            field.clear_hint()
        return True

    def mark(self, key: str, words: str) -> None:
        """Say at a field what is wrong with it, in words already translated, and go there."""
        self.fields[key].set_plain_hint(BAD, words)
        self.fields[key].setFocus(Qt.FocusReason.OtherFocusReason)

    def done_for_good(self, _result: object = None) -> None:
        """The act is in the records."""
        if shiboken6.isValid(self):
            self.accept()

    def refused(self, error: Refusal | Environment) -> None:
        """Keep what the person typed, and say why it was refused."""
        if not shiboken6.isValid(self):
            return
        self.yes.set_busy(False)
        words = faults.said(error)
        key = self.fields_of.get(error.code, "")
        if key in self.fields:
            self.mark(key, words)
            return
        self._message.setText(words)
        self._message.show()
        self.adjustSize()
        next(iter(self.fields.values()), self.yes).setFocus(Qt.FocusReason.OtherFocusReason)


def takes(edit: QWidget) -> bool:
    """Whether an edit can read what was typed into it; it says itself what it can't."""
    commit = getattr(edit, "commit", None)
    if commit is not None:
        commit()
    return getattr(edit, "fault", None) is None


class Wrong(Exception):
    """Fields that can't be taken as they are: `found` has each one's key and why, as a phrase, the uppermost first."""

    def __init__(self, found: Mapping[str, str]) -> None:
        super().__init__(found)
        self.found = found


def refuse_wrong(found: Mapping[str, str]) -> None:
    """All that is wrong at once, key to phrase. Raises `Wrong` unless nothing is."""
    if found:
        raise Wrong(found)
