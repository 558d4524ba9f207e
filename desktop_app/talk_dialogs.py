"""What is kept up with a customer: a talk written down, a due call answered, a talk corrected, something promised, a promise closed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from db.commands.keeping_up import AddContact, KeepPromise, MakePromise, TakeBackPromise
from db.commands.talks import AnswerContact, ChangeContact, Talk
from db.engine import reading
from db.queries.talks import promise_row, talk_file
from db.rules.errors import Refusal
from db.rules.record_words import ContactPurpose, ContactWay
from desktop_app import faults
from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.names import joined, person_words, plate_words
from desktop_app.record_dialog import RecordDialog
from desktop_app.record_words import WORDS, record_word
from desktop_app.widgets.buttons import SECONDARY
from desktop_app.widgets.choice import Choice
from desktop_app.widgets.time_edits import DateEdit
from desktop_app.widgets.words_edit import WordsEdit

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtWidgets import QWidget

    from db.queries.keeping_up import PromiseRow
    from db.queries.talks import TalkFile
    from desktop_app.room import RoomContext

_RESULTS_OF_ACTS = frozenset(("erased", "promised_time"))
"""Results that an act writes down, and that nobody chooses."""


class _TalkForm(RecordDialog):
    """What was said, how and about what, and whether to call again."""

    fields_of = {"words_missing": "words"}

    def __init__(self, context: RoomContext, title: str, with_whom: str, parent: QWidget, talk: Talk) -> None:
        super().__init__(context, parent, title, "phone")
        self.title_right.setText(with_whom)
        way, purpose, result = Choice(parent=self), Choice(parent=self), Choice(parent=self)
        for key, phrase in WORDS["contact_way"].items():
            way.add_phrase(key, phrase, "contact_way")
        for key, phrase in WORDS["contact_purpose"].items():
            purpose.add_phrase(key, phrase, "contact_purpose")
        result.add_phrase("", "–", "title")
        for key, phrase in WORDS["contact_result"].items():
            if key not in _RESULTS_OF_ACTS or key == talk.result:
                result.add_phrase(key, phrase, "contact_result")
        self.place("way", "Way", way, 0, 0, 4)
        self.place("purpose", "About", purpose, 0, 4, 4)
        self.place("result", "Result", result, 0, 8, 4)
        self.place("words", "In words", WordsEdit(3, 8, parent=self), 1, 0, 12)
        self.place("next_on", "Call again on", DateEdit(context.clock, parent=self), 2, 0, 5, hint="then it stands in the follow-ups")
        self.fill(_values(talk))
        self.edits["words"].setFocus(Qt.FocusReason.TabFocusReason)

    def problems(self) -> dict[str, tuple[str, dict[str, Any]]]:
        values = self.values()
        return {} if values["words"] or values["result"] else {"words": ("Write something, or choose a result", {})}

    def talk(self) -> Talk:
        """What the fields say."""
        values = self.values()
        return Talk(ContactWay(values["way"]), ContactPurpose(values["purpose"]), values["words"], values["result"] or None, values["next_on"])


class TalkDialog(_TalkForm):
    """A talk with a customer, or about a vehicle, that was not planned; a next day makes a follow-up of it."""

    def __init__(
        self, context: RoomContext, customer_id: int | None, vehicle_id: int | None, with_whom: str, parent: QWidget,
        purpose: ContactPurpose = ContactPurpose.OTHER,
    ) -> None:  # fmt: skip
        super().__init__(context, "Talk", with_whom, parent, Talk(ContactWay.PHONE, purpose, ""))
        self._customer_id, self._vehicle_id = customer_id, vehicle_id

    def command(self) -> Any:
        talk = self.talk()
        return AddContact(self._customer_id, talk.way, talk.words, self._vehicle_id, talk.purpose, talk.result, talk.next_on)


class AnswerDialog(_TalkForm):
    """A call that was due has been made: what it is about stands there already, and it is due no more once it is saved."""

    def __init__(self, context: RoomContext, file: TalkFile, parent: QWidget) -> None:
        super().__init__(context, "Talk", _with_whom(file), parent, _talk_of(file))
        self._file = file
        self.set_title("Due call: {purpose}", purpose=partial(record_word, "contact_purpose", file.purpose.value))

    def problems(self) -> dict[str, tuple[str, dict[str, Any]]]:
        found = super().problems()
        if not found and not self.changed:
            # What was to be said is no answer yet.
            return {"words": ("Write something, or choose a result", {})}
        return found

    def command(self) -> Any:
        return AnswerContact(self._file.contact_id, self.talk())


class ChangeTalkDialog(_TalkForm):
    """A talk that was had is corrected; what somebody else made of it meanwhile is shown before it is overwritten."""

    def __init__(self, context: RoomContext, file: TalkFile, parent: QWidget) -> None:
        super().__init__(context, "Talk", _with_whom(file), parent, _talk_of(file))
        self.before = _talk_of(file)
        self._contact_id, self._version = file.contact_id, file.version
        self.set_title("Correct the talk of {day}", day=partial(_day, file.done_at))

    def command(self) -> Any:
        return ChangeContact(self._contact_id, self._version, self.talk())

    def reload(self) -> None:
        engine, contact_id = self.context.engine, self._contact_id

        def work() -> TalkFile | None:
            with reading(engine) as session:
                return talk_file(session, contact_id)

        self.context.runner.submit(self, work, self._on_newer)

    def _on_newer(self, file: TalkFile | None) -> None:
        if file is None:
            self.refused(Refusal("record_missing"))
            return
        self._version, self.before = file.version, _talk_of(file)
        self.take_newer(_values(self.before))


def open_talk(context: RoomContext, parent: QWidget, contact_id: int) -> None:
    """Open a call that is due to be answered, or a talk that was had to be corrected; what was saved is said, and a correction can be undone."""
    engine, toast = context.engine, context.navigator.toast

    def work() -> TalkFile | None:
        with reading(engine) as session:
            return talk_file(session, contact_id)

    def corrected(dialog: ChangeTalkDialog, result: dict[str, Any]) -> None:
        back = ChangeContact(result["contact_id"], result["version"], dialog.before)
        toast(tr("Talk corrected"), undo=lambda: context.perform(back, lambda _result: toast(tr("Changed back"))))

    def show(file: TalkFile | None) -> None:
        if file is None or file.erased:
            toast(faults.said(Refusal("record_missing" if file is None else "customer_erased")), kind="warn")
        elif file.done_at is None:
            answer = AnswerDialog(context, file, parent)
            answer.saved.connect(lambda _result: toast(tr("Talk written down")))
            answer.open()
        else:
            change = ChangeTalkDialog(context, file, parent)
            change.saved.connect(partial(corrected, change))
            change.open()

    context.runner.submit(parent, work, show)


def open_promise(context: RoomContext, parent: QWidget, promise_id: int) -> None:
    """Open an open promise to be closed."""
    engine, now, toast = context.engine, context.clock(), context.navigator.toast

    def work() -> PromiseRow | None:
        with reading(engine) as session:
            return promise_row(session, promise_id, now)

    def show(row: PromiseRow | None) -> None:
        if row is None or row.state != "open":
            toast(faults.said(Refusal("record_missing" if row is None else "promise_closed")), kind="warn")
            return
        dialog = ClosePromiseDialog(context, row, parent)
        dialog.saved.connect(lambda _result: toast(tr("Promise closed")))
        dialog.open()

    context.runner.submit(parent, work, show)


def _with_whom(file: TalkFile) -> str:
    known = file.customer or file.title
    return joined(person_words(file.customer, file.title) if known else "", plate_words(file.plate, file.vin) if file.plate or file.vin else "")


def _day(moment: dt.datetime | None) -> str:
    return formats().day(moment) if moment is not None else ""


def _talk_of(file: TalkFile) -> Talk:
    return Talk(file.way, file.purpose, file.words, file.result, file.next_on)


def _values(talk: Talk) -> dict[str, Any]:
    return {"way": talk.way.value, "purpose": talk.purpose.value, "result": talk.result or "", "words": talk.words, "next_on": talk.next_on}


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
