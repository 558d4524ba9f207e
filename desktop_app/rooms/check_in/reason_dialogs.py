"""Why a recommendation is put off or declined again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.i18n import current_language
from desktop_app.widgets.buttons import PRIMARY
from desktop_app.widgets.choice import Choice
from desktop_app.widgets.dialog import SMALL, Dialog
from desktop_app.widgets.field import BAD, Field
from desktop_app.widgets.text_edits import NumberEdit
from desktop_app.widgets.time_edits import DateEdit

if TYPE_CHECKING:
    from db.queries import catalogue
    from desktop_app.room import RoomContext


class PostponeDialog(Dialog):
    """`answered` carries the day and the km until which it is put off; one of the two at least."""

    answered = Signal(object, object)

    def __init__(self, context: RoomContext, parent: QWidget) -> None:
        super().__init__(parent, "Put off until", width=SMALL)
        self._day = DateEdit(context.clock, parent=self)
        self._kilometres = NumberEdit(unit="km", minimum=0, maximum=9_999_999, parent=self)
        self._day_field = Field("Day", self._day)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._day_field)
        row.addWidget(Field("or mileage", self._kilometres))
        self.body.addLayout(row)
        self.add_button("Cancel", self.reject, keys="Esc")
        self.add_button("Put off", self._on_yes, PRIMARY, keys="F8")
        self._day.setFocus()

    def _on_yes(self) -> None:
        self._day.commit()
        self._kilometres.commit()
        if self._day.fault is not None or self._kilometres.fault is not None:
            return
        if self._day.value is None and self._kilometres.value is None:
            self._day_field.set_hint(BAD, "A day or a mileage, so that it comes back by itself")
            return
        self.answered.emit(self._day.value, self._kilometres.value)
        self.accept()


class DeclineDialog(Dialog):
    """`reason_chosen` carries the reason's code."""

    reason_chosen = Signal(str)

    def __init__(self, context: RoomContext, parent: QWidget) -> None:
        super().__init__(parent, "Why the customer declines", width=SMALL)
        self._reason = Choice(parent=self)
        self._field = Field("Reason", self._reason, required=True)
        self.body.addWidget(self._field)
        self.add_button("Cancel", self.reject, keys="Esc")
        self.add_button("Decline", self._on_yes, PRIMARY, keys="F8")
        engine = context.engine

        def work() -> list[catalogue.ListEntry]:
            from db.engine import reading
            from db.queries import catalogue

            with reading(engine) as session:
                return catalogue.entries(session, "decline_reason")

        context.runner.submit(self, work, self._on_reasons)
        self._reason.setFocus()

    def _on_reasons(self, entries: list[catalogue.ListEntry]) -> None:
        for entry in entries:
            self._reason.add_words(entry.code, entry.name(current_language()))

    def _on_yes(self) -> None:
        if not self._reason.chosen:
            self._field.set_hint(BAD, "Choose the reason")
            return
        self.reason_chosen.emit(str(self._reason.chosen))
        self.accept()
