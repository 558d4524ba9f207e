"""Several phone numbers, one below the other, each read as it is left: what is wrong is said at its line, what was typed stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from db.rules import phone
from db.rules.problem import Severity
from desktop_app.i18n import current_language
from desktop_app.i18n.phrases import phrases
from desktop_app.recognise_words import sentence
from desktop_app.widgets.field import BAD, OK, WARN, Field
from desktop_app.widgets.text_edits import LineEdit

if TYPE_CHECKING:
    from collections.abc import Callable

MOST = 4


class PhonesEdit(QWidget):
    """`value` is the tuple of what was typed, empty ones left out. A further line comes once the last one is filled."""

    changed = Signal()

    def __init__(self, region: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._region = region
        self.lines: list[Field] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._add()

    @property
    def value(self) -> tuple[str, ...]:
        """What was typed, the first number first."""
        return tuple(text for text in (self._edit(field).text().strip() for field in self.lines) if text)

    def set_value(self, value: tuple[str, ...]) -> None:
        """Show these numbers as the untouched content."""
        while len(self.lines) < min(MOST, len(value) + 1):
            self._add()
        for place, field in enumerate(self.lines):
            self._edit(field).set_text(value[place] if place < len(value) else "")
            field.clear_hint()
            field.setVisible(place <= len(value))

    def commit(self) -> None:
        """Read all lines now."""
        for field in self.lines:
            self._edit(field).commit()

    def focus_first(self) -> None:
        """Go to the first line."""
        self._edit(self.lines[0]).setFocus(Qt.FocusReason.TabFocusReason)

    def _add(self) -> None:
        edit = LineEdit(icon="phone", parent=self)
        field = Field("Phone" if not self.lines else "Further phone", edit, parent=self)
        edit.committed.connect(self._on_committed)
        self.lines.append(field)
        self._column.addWidget(field)

    def _edit(self, field: Field) -> LineEdit:
        assert isinstance(field.edit, LineEdit)
        return field.edit

    def _on_committed(self) -> None:
        edit = self.sender()
        field = next(field for field in self.lines if field.edit is edit)
        say_phone(field, self._region())
        if field is self.lines[-1] and self._edit(field).text().strip() and len(self.lines) < MOST:
            self._add()
        for before, after in zip(self.lines, self.lines[1:], strict=False):
            if self._edit(before).text().strip():
                after.setVisible(True)
        self.changed.emit()


def say_phone(field: Field, region: str) -> None:
    """Say under a field what its number is, or what is wrong with it: to be confirmed by going on, never refused."""
    assert isinstance(field.edit, LineEdit)
    typed = field.edit.text().strip()
    recognised = phone.recognise(typed, region)
    if not typed:
        field.clear_hint()
    elif recognised.valid:
        field.set_plain_hint(OK, phone.display(recognised.normalised or "", region))
    elif recognised.problems:
        problem = recognised.problems[0]
        field.set_plain_hint(BAD if problem.severity is Severity.ERROR else WARN, sentence(problem.code, problem.facts, phrases(current_language())))
