"""The fields of a person's name and phone: the phone is recognised while it is typed, and whoever is known by it is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from db.rules import phone
from desktop_app.rooms.check_in.words import problem_words
from desktop_app.widgets.field import NEUTRAL, OK, WARN

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop_app.room import RoomContext
    from desktop_app.widgets.field import Field
    from desktop_app.widgets.text_edits import LineEdit


class KnownPerson(QObject):
    """Watches two fields of a dialog. A customer who was taken holds while name and phone stand as they did then."""

    def __init__(self, context: RoomContext, name: LineEdit, number: LineEdit, number_field: Field, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._name, self._number, self._field = context, name, number, number_field
        self._taken: tuple[int, str, str] | None = None
        number.committed.connect(self.judge)

    @property
    def customer_id(self) -> int | None:
        """Who it is, if a known customer was taken and nothing was typed over since."""
        return self._taken[0] if self._taken is not None and self._taken[1:] == self._typed() else None

    def hold(self, customer_id: int | None) -> None:
        """What stands in the fields now is this customer, None for nobody known."""
        self._taken = None if customer_id is None else (customer_id, *self._typed())

    def judge(self) -> None:
        """Say what is wrong with the phone, or look for whom it belongs to."""
        self._field.drop_offer()
        recognised = phone.recognise(self._number.text(), self._context.region())
        if not self._number.text().strip():
            self._field.clear_hint()
        elif recognised.valid:
            self._field.set_plain_hint(OK, phone.display(recognised.normalised or "", self._context.region()))
            self._look_for(recognised.normalised or "")
        elif recognised.problems:
            self._field.set_plain_hint(WARN, problem_words(recognised.problems[0]))

    def _typed(self) -> tuple[str, str]:
        return self._name.text().strip(), self._number.text().strip()

    def _look_for(self, e164: str) -> None:
        engine = self._context.engine

        def work() -> list[tuple[int, str]]:
            from db.engine import reading
            from db.queries import search

            with reading(engine) as session:
                return search.people_by_phone(session, e164)

        self._context.runner.submit(self, work, self._on_people)

    def _on_people(self, people: list[tuple[int, str]]) -> None:
        if not people:
            return
        if self.customer_id is not None:
            self._field.set_hint(OK, "known as {name}", "", name=self._name.text().strip())
            return
        key, name = people[0]
        self._field.set_hint(NEUTRAL, "known as {name}", "", name=name)
        self._field.set_offer("Same person", lambda: self._take(key, name), "Alt S")

    def _take(self, customer_id: int, name: str) -> None:
        self._name.set_text(name)
        self.hold(customer_id)
        self._field.drop_offer()
        self._field.set_hint(OK, "known as {name}", "", name=name)
