"""A dialog with fields: asks for what an act needs, marks what is wrong at its field, and comes back when the records refuse."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app import faults
from desktop_app.i18n import current_language
from desktop_app.i18n.phrases import phrases
from desktop_app.widgets.buttons import PRIMARY
from desktop_app.widgets.dialog import SMALL, Dialog
from desktop_app.widgets.field import BAD, Field
from desktop_app.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QShowEvent

    from db.rules.errors import Environment, Refusal


class FormDialog(Dialog):
    """`answer` is called by F8 or Ctrl+Enter once no field is at fault; while the act is under way the dialog is out of sight.

    It may raise `Wrong` to mark a field. `done` closes it for good; `refused` brings it back with the sentence, at a field where the
    refusal's code is about one (`fields_of`).
    """

    def __init__(self, parent: QWidget, title: str, yes: str, answer: Callable[[], object], width: int = SMALL, danger: bool = False) -> None:
        super().__init__(parent, title, width=width)
        self._answer = answer
        self._fields: dict[str, Field] = {}
        self.fields_of: Mapping[str, str] = {}
        """Refusal code to the field that it is about."""
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
        if not self._fields:
            edit.setFocus(Qt.FocusReason.TabFocusReason)
        self._fields[key] = field
        self._order.append(edit)
        return field

    def add_widget(self, widget: QWidget) -> None:
        """Put something that is no field below what is there."""
        self.body.insertWidget(self.body.count() - 1, widget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            self._order.append(widget)

    def field(self, key: str) -> Field:
        """A field by its key."""
        return self._fields[key]

    def showEvent(self, event: QShowEvent) -> None:
        # By Enter and Tab in the order in which they stand, not in which they were made.
        chain = [*self._order, self.yes, self._cancel]
        for before, after in itertools.pairwise(chain):
            QWidget.setTabOrder(before, after)
        super().showEvent(event)

    def submit(self) -> None:
        """Read the fields; the first wrong one gets the focus, else the act is asked for."""
        self._message.hide()
        for field in self._fields.values():
            commit = getattr(field.edit, "commit", None)
            if commit is not None:
                commit()
            if getattr(field.edit, "fault", None) is not None:
                field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            field.clear_hint()
        try:
            self._answer()
        except Wrong as wrong:
            field = self._fields[wrong.key]
            field.set_hint(BAD, wrong.phrase)
            field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        # Out of the way: another person's leave is asked for in the window beneath.
        self.hide()
        self._parent.window().activateWindow()

    def done_for_good(self, _result: object = None) -> None:
        """The act is in the records."""
        self.accept()

    def refused(self, error: Refusal | Environment) -> None:
        """Come back with what the person typed and why it was refused."""
        words = faults.sentence(error, phrases(current_language()))
        self.show()
        self.activateWindow()
        field = self._fields.get(self.fields_of.get(error.code, ""))
        if field is not None:
            field.set_plain_hint(BAD, words)
            field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._message.setText(words)
        self._message.show()
        self.adjustSize()
        next(iter(self._fields.values()), self.yes).setFocus(Qt.FocusReason.OtherFocusReason)


class Wrong(Exception):
    """A field that can't be taken as it is: its key and why, as a phrase."""

    def __init__(self, key: str, phrase: str) -> None:
        super().__init__(key, phrase)
        self.key, self.phrase = key, phrase
