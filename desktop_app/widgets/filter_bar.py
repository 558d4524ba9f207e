"""The filters above a list, and how one sees that they hide something and takes them all away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from desktop_app.widgets.buttons import QUIET, Button
from desktop_app.widgets.flow_layout import FlowRow
from desktop_app.widgets.text_edits import LineEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop_app.widgets.chip import ChipRow
    from desktop_app.widgets.choice import Choice


class FilterBar(FlowRow):
    """Holds a search field, chip rows and choices by key; while any differs from its start a button to clear them all shows.

    `values` is {key: frozenset of chip keys | chosen key | words}. `filter_changed` comes at once for chips and choices, and at
    each letter for the search field. Esc clearing is the room's verb: call `clear`.
    """

    filter_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(8, parent)
        self._chips: dict[str, tuple[ChipRow, frozenset[str]]] = {}
        self._choices: dict[str, tuple[Choice, object]] = {}
        self._fields: dict[str, LineEdit] = {}
        self._clear = Button("Clear filters", QUIET, "x", "Esc", "small", self)
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        self.flow.addWidget(self._clear)

    def add_search(self, key: str, placeholder: str, keys: str = "/", width: int = 240) -> LineEdit:
        """Add a field that filters at each letter."""
        field = LineEdit(icon="list-filter", keys=keys, parent=self)
        field.set_placeholder(placeholder)
        field.set_enter_moves_on(False)
        field.setFixedWidth(width)
        field.textChanged.connect(self._on_changed)
        self._fields[key] = field
        self._add(field)
        return field

    def add_chips(self, key: str, row: ChipRow) -> ChipRow:
        """Add a row of chips; what is chosen in it now is its start."""
        row.setParent(self)
        row.chosen_changed.connect(self._on_changed)
        self._chips[key] = (row, row.chosen)
        self._add(row)
        return row

    def add_choice(self, key: str, choice: Choice) -> Choice:
        """Add a choice; what is chosen in it now is its start."""
        choice.setParent(self)
        choice.chosen_changed.connect(self._on_changed)
        self._choices[key] = (choice, choice.chosen)
        self._add(choice)
        return choice

    @property
    def values(self) -> dict[str, object]:
        """What is set, by key."""
        set_now: dict[str, object] = {key: row.chosen for key, (row, _start) in self._chips.items()}
        set_now.update({key: choice.chosen for key, (choice, _start) in self._choices.items()})
        set_now.update({key: field.text().strip() for key, field in self._fields.items()})
        return set_now

    @property
    def active(self) -> bool:
        """Whether anything differs from its start."""
        return (
            any(row.chosen != start for row, start in self._chips.values())
            or any(choice.chosen != start for choice, start in self._choices.values())
            or any(field.text().strip() for field in self._fields.values())
        )

    def choose(self, key: str, *chips: str) -> None:
        """Choose chips of a row as a person would."""
        self._chips[key][0].choose(*chips)
        self._on_changed()

    def clear(self) -> None:
        """Everything back to its start."""
        was_active = self.active
        for row, chosen in self._chips.values():
            row.choose(*chosen)
        for choice, key in self._choices.values():
            choice.choose(key)
        for field in self._fields.values():
            field.blockSignals(True)
            field.clear()
            field.blockSignals(False)
            field.update()
        if was_active:
            self._on_changed()

    def _add(self, widget: QWidget) -> None:
        self.flow.removeWidget(self._clear)
        self.flow.addWidget(widget)
        self.flow.addWidget(self._clear)

    def _on_changed(self, _value: object = None) -> None:
        self._clear.setVisible(self.active)
        self.filter_changed.emit()
