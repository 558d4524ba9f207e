"""What is kept up with a customer: a talk written down, something promised, a promise closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from db.commands.keeping_up import AddContact, KeepPromise, MakePromise, TakeBackPromise
from db.rules.record_words import ContactPurpose, ContactWay
from desktop_app.record_words import WORDS
from desktop_app.rooms.customers.record_dialog import RecordDialog
from desktop_app.widgets.buttons import SECONDARY
from desktop_app.widgets.choice import Choice
from desktop_app.widgets.time_edits import DateEdit
from desktop_app.widgets.words_edit import WordsEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from db.queries.keeping_up import PromiseRow
    from desktop_app.room import RoomContext


class TalkDialog(RecordDialog):
    """A talk with a customer; a next day makes a follow-up of it."""

    fields_of = {"words_missing": "words"}

    def __init__(self, context: RoomContext, customer_id: int | None, vehicle_id: int | None, with_whom: str, parent: QWidget) -> None:
        super().__init__(context, parent, "Talk", "phone")
        self._customer_id, self._vehicle_id = customer_id, vehicle_id
        self.title_right.setText(with_whom)
        way, purpose, result = Choice(parent=self), Choice(parent=self), Choice(parent=self)
        for key, phrase in WORDS["contact_way"].items():
            way.add_phrase(key, phrase, "contact_way")
        for key, phrase in WORDS["contact_purpose"].items():
            purpose.add_phrase(key, phrase, "contact_purpose")
        result.add_phrase("", "–", "title")
        for key, phrase in WORDS["contact_result"].items():
            if key != "erased":
                result.add_phrase(key, phrase, "contact_result")
        self.place("way", "Way", way, 0, 0, 4)
        self.place("purpose", "About", purpose, 0, 4, 4)
        self.place("result", "Result", result, 0, 8, 4)
        self.place("words", "In words", WordsEdit(3, 8, parent=self), 1, 0, 12)
        self.place("next_on", "Call again on", DateEdit(context.clock, parent=self), 2, 0, 5, hint="then it stands in the follow-ups")
        self.fill({"way": ContactWay.PHONE.value, "purpose": ContactPurpose.OTHER.value, "result": "", "words": "", "next_on": None})
        self.edits["words"].setFocus(Qt.FocusReason.TabFocusReason)

    def problems(self) -> dict[str, tuple[str, dict[str, Any]]]:
        values = self.values()
        return {} if values["words"] or values["result"] else {"words": ("Write something, or choose a result", {})}

    def command(self) -> Any:
        values = self.values()
        return AddContact(
            self._customer_id, ContactWay(values["way"]), values["words"], self._vehicle_id, ContactPurpose(values["purpose"]), values["result"] or None,
            values["next_on"],
        )  # fmt: skip


class PromiseDialog(RecordDialog):
    """What is promised to a customer, until when."""

    fields_of = {"words_missing": "words"}

    def __init__(self, context: RoomContext, customer_id: int, vehicle_id: int | None, to_whom: str, parent: QWidget) -> None:
        super().__init__(context, parent, "New promise", "handshake")
        self._customer_id, self._vehicle_id = customer_id, vehicle_id
        self.title_right.setText(to_whom)
        self.place("words", "What is promised", WordsEdit(2, 6, parent=self), 0, 0, 12, required=True, hint="a call, a present, a price, a time")
        self.place("until_on", "Until", DateEdit(context.clock, parent=self), 1, 0, 5)
        self.fill({"words": "", "until_on": None})
        self.edits["words"].setFocus(Qt.FocusReason.TabFocusReason)

    def problems(self) -> dict[str, tuple[str, dict[str, Any]]]:
        return {} if self.values()["words"] else {"words": ("What was promised?", {})}

    def command(self) -> Any:
        values = self.values()
        return MakePromise(self._customer_id, values["words"], values["until_on"], self._vehicle_id)


class ClosePromiseDialog(RecordDialog):
    """A promise is kept, or taken back with what was said to the customer."""

    fields_of = {"words_missing": "words"}

    def __init__(self, context: RoomContext, row: PromiseRow, parent: QWidget) -> None:
        super().__init__(context, parent, "Promise", "handshake", save="It was kept")
        self._row = row
        self._taken_back = False
        self.say_first("“{words}”", "text", words=row.words)
        self.place("words", "What was said to the customer", WordsEdit(2, 6, parent=self), 0, 0, 12, hint="needed to take it back")
        self.fill({"words": ""})
        self._back = self.add_button("Take it back", self._on_take_back, SECONDARY, "undo-2", left=True)
        self.yes.setFocus(Qt.FocusReason.TabFocusReason)

    def problems(self) -> dict[str, tuple[str, dict[str, Any]]]:
        if self._taken_back and not self.values()["words"]:
            self._taken_back = False
            return {"words": ("Say what the customer was told", {})}
        return {}

    def command(self) -> Any:
        words = self.values()["words"]
        if self._taken_back:
            return TakeBackPromise(self._row.promise_id, self._row.version, words)
        return KeepPromise(self._row.promise_id, self._row.version, words)

    def _on_take_back(self) -> None:
        self._taken_back = True
        self.submit()
