"""What a move of an order asks for: who and where, what it waits for, what is wrong, how each payer pays, who takes the car."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.commands.order_settling import ShareValues
from db.rules.order_life import Consent, LineKind, Payer, WaitingFor, WorkState
from db.rules.record_words import CheckLevel, ContactPurpose, ContactWay, PaymentMethod, StopReason
from desktop_app.form_dialog import FormDialog, Wrong, refuse_wrong
from desktop_app.i18n import current_language, tr
from desktop_app.i18n.formats import formats
from desktop_app.i18n.state_words import state_word
from desktop_app.record_words import WORDS
from desktop_app.widgets.choice import Choice, Tick
from desktop_app.widgets.labels import Label
from desktop_app.widgets.text_edits import LineEdit, NumberEdit
from desktop_app.widgets.time_edits import DateEdit, MomentEdit
from desktop_app.widgets.words_edit import WordsEdit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from db.queries.catalogue import ListEntry
    from db.queries.order_file import OrderFile
    from db.queries.shop import BayRow, StaffRow

ON_ACCOUNT = "on_account"
_BORNE_BY_THE_SHOP = (Payer.INTERNAL, Payer.GOODWILL)
_METHODS = (PaymentMethod.WECHAT, PaymentMethod.ALIPAY, PaymentMethod.CASH, PaymentMethod.CARD, PaymentMethod.BANK, PaymentMethod.INSURER_DIRECT)


def _people(choice: Choice, people: Sequence[StaffRow], chosen: int | None) -> Choice:
    for row in people:
        choice.add_words(row.staff_id, row.name)
    choice.choose(chosen)
    return choice


def _words_of(kind: str, choice: Choice, chosen: str) -> Choice:
    for key, phrase in WORDS[kind].items():
        choice.add_phrase(key, phrase, kind)
    choice.choose(chosen)
    return choice


class DispatchDialog(FormDialog):
    """Technician and bay."""

    def __init__(
        self, parent: QWidget, file: OrderFile, people: Sequence[StaffRow], bays: Sequence[BayRow], answer: Callable[[int | None, int | None], object]
    ) -> None:
        super().__init__(parent, "Dispatch", "Dispatch", self._on_answer)
        self._give = answer
        self.person = _people(Choice(parent=self), people, file.technician_id)
        self.bay = Choice(parent=self)
        for bay in bays:
            self.bay.add_words(bay.bay_id, bay.name)
        self.bay.choose(file.bay_id)
        self.add_field("technician", "Technician", self.person, True)
        self.add_field("bay", "Bay", self.bay, True)
        self.fields_of = {"not_a_technician": "technician", "person_left": "technician", "bay_closed": "bay"}

    def _on_answer(self) -> None:
        person, bay = self.person.chosen, self.bay.chosen
        refuse_wrong({key: "Choose one" for key, chosen in (("technician", person), ("bay", bay)) if not isinstance(chosen, int)})
        if isinstance(person, int) and isinstance(bay, int):
            self._give(person, bay)


class ClockDialog(FormDialog):
    """Who clocks on to which line."""

    def __init__(self, parent: QWidget, file: OrderFile, people: Sequence[StaffRow], line_id: int | None, answer: Callable[[int, int], object]) -> None:
        super().__init__(parent, "Clock on", "Clock on", self._on_answer)
        self._give = answer
        self.line = Choice(parent=self)
        for line in file.lines:
            if line.kind is LineKind.LABOUR and line.consent is Consent.AUTHORISED and line.work_state is not WorkState.DONE:
                self.line.add_words(line.line_id, line.name(current_language()))
        self.line.choose(line_id)
        if self.line.chosen is None and self.line.count():
            self.line.setCurrentIndex(0)
        self.person = _people(Choice(parent=self), people, file.technician_id)
        self.add_field("line", "Work", self.line, True)
        self.add_field("technician", "Technician", self.person, True)
        self.fields_of = {"technician_busy": "technician", "not_a_technician": "technician", "line_not_authorised": "line"}

    def _on_answer(self) -> None:
        line, person = self.line.chosen, self.person.chosen
        refuse_wrong({key: "Choose one" for key, chosen in (("line", line), ("technician", person)) if not isinstance(chosen, int)})
        if isinstance(line, int) and isinstance(person, int):
            self._give(line, person)


class ClockOffDialog(FormDialog):
    """Who clocks off, and why."""

    def __init__(self, parent: QWidget, people: Sequence[StaffRow], answer: Callable[[int, StopReason], object]) -> None:
        super().__init__(parent, "Clock off", "Clock off", self._on_answer)
        self._give = answer
        self.person = _people(Choice(parent=self), people, people[0].staff_id if people else None)
        self.reason = _words_of("stop_reason", Choice(parent=self), StopReason.DONE.value)
        self.add_field("technician", "Technician", self.person, True)
        self.add_field("reason", "Why", self.reason, True)

    def _on_answer(self) -> None:
        if not isinstance(self.person.chosen, int):
            raise Wrong({"technician": "Choose one"})
        self._give(self.person.chosen, StopReason(str(self.reason.chosen)))


class WaitDialog(FormDialog):
    """What the car waits for, and until when."""

    def __init__(self, parent: QWidget, clock: Callable[[], dt.datetime], answer: Callable[[WaitingFor, dt.datetime | None], object]) -> None:
        super().__init__(parent, "Put to waiting", "Put to waiting", self._on_answer)
        self._give = answer
        self.what = _words_of("waiting_for", Choice(parent=self), WaitingFor.PARTS.value)
        self.until = MomentEdit(clock, parent=self)
        self.add_field("what", "Waits for", self.what, True)
        self.add_field("until", "Expected until", self.until)
        self.fields_of = {"until_in_past": "until"}

    def _on_answer(self) -> None:
        self._give(WaitingFor(str(self.what.chosen)), self.until.value)


class SendBackDialog(FormDialog):
    """What is wrong, and with which lines."""

    def __init__(self, parent: QWidget, file: OrderFile, answer: Callable[[str, tuple[int, ...]], object]) -> None:
        super().__init__(parent, "Send back to work", "Send back", self._on_answer)
        self._give = answer
        self.what = WordsEdit(2, 4, parent=self)
        self.add_field("what", "What is wrong", self.what, True)
        self.ticks: dict[int, Tick] = {}
        for line in file.lines:
            if line.kind is LineKind.LABOUR and line.consent is Consent.AUTHORISED:
                tick = Tick(parent=self)
                tick.setText(line.name(current_language()))
                self.ticks[line.line_id] = tick
                self.add_widget(tick)

    def _on_answer(self) -> None:
        if not self.what.text.strip():
            raise Wrong({"what": "Write something first"})
        self._give(self.what.text.strip(), tuple(line_id for line_id, tick in self.ticks.items() if tick.isChecked()))


class CheckDialog(FormDialog):
    """Which level of the check is passed, and how far the road test went."""

    def __init__(self, parent: QWidget, file: OrderFile, answer: Callable[[CheckLevel, int | None], object]) -> None:
        super().__init__(parent, "Quality check", "Passed", self._on_answer)
        self._give = answer
        self.level = _words_of("check_level", Choice(parent=self), CheckLevel.FINAL.value)
        self.road = NumberEdit(0, "km", 0, 999, parent=self)
        passed = [WORDS["check_level"][level.value] for level in CheckLevel if level in file.checks]
        if passed:
            words = tr(", ", "list").join(tr(phrase, "check_level") for phrase in passed)
            self.add_widget(Label(tr("Passed so far: {levels}", levels=words), "body", "ok", wrap=True, parent=self))
        self.add_field("level", "Level", self.level, True)
        self.add_field("road", "Road test", self.road)

    def _on_answer(self) -> None:
        self._give(CheckLevel(str(self.level.chosen)), self.road.value)


class SettleDialog(FormDialog):
    """How each payer pays his share; what the shop bears itself asks for nothing."""

    def __init__(self, parent: QWidget, file: OrderFile, answer: Callable[[tuple[ShareValues, ...]], object]) -> None:
        super().__init__(parent, "Settle", "Settle", self._on_answer)
        self._give = answer
        self._ways: dict[Payer, Choice] = {}
        for total in file.totals:
            if not total.amount and not any(line.payer is total.payer and line.consent is Consent.AUTHORISED for line in file.lines):
                continue
            amount, tax = formats().money(total.amount), formats().money(total.tax)
            words = tr("{payer}: {amount}, tax in it {tax}", payer=state_word("payer", total.payer.value), amount=amount, tax=tax)
            self.add_widget(Label(words, "body", bold=True, wrap=True, parent=self))
            if total.payer in _BORNE_BY_THE_SHOP:
                self.add_widget(Label(tr("Borne by the shop"), "small", "text2", parent=self))
                continue
            way = Choice(parent=self)
            for method in _METHODS:
                if method is not PaymentMethod.INSURER_DIRECT or total.payer is Payer.INSURER:
                    way.add_phrase(method.value, WORDS["payment_method"][method.value], "payment_method")
            way.add_phrase(ON_ACCOUNT, WORDS["payment_method"]["account"], "payment_method")
            way.choose(PaymentMethod.WECHAT.value if total.payer is Payer.CUSTOMER and not file.is_account else ON_ACCOUNT)
            self._ways[total.payer] = way
            self.add_field(total.payer.value, "Paid by", way, True)
        if not self._ways and not file.totals:
            self.add_widget(Label(tr("Nothing is authorised, so nothing is billed"), "body", "text2", wrap=True, parent=self))
        self.fields_of = {"account_needs_manager": "customer", "share_missing": "customer"}

    def _on_answer(self) -> None:
        shares = []
        for payer, way in self._ways.items():
            method = None if way.chosen == ON_ACCOUNT else PaymentMethod(str(way.chosen))
            shares.append(ShareValues(payer, method))
        self._give(tuple(shares))


class DeliverDialog(FormDialog):
    """Who takes the car, and what must go back with it."""

    def __init__(self, parent: QWidget, file: OrderFile, belongings: Sequence[str], answer: Callable[[str], object]) -> None:
        super().__init__(parent, "Hand over", "Hand over", self._on_answer)
        self._give = answer
        self.by = LineEdit(parent=self)
        self.by.set_text(file.sender_name or file.customer_name)
        self.add_field("by", "Who takes the car", self.by, True)
        if belongings:
            words = tr("Give back: {things}", things=tr(", ", "list").join(belongings))
            self.add_widget(Label(words, "body", "warn", wrap=True, parent=self))
        if file.keep_old_parts:
            self.add_widget(Label(tr("Give the old parts along"), "body", "warn", wrap=True, parent=self))
        owed = sum(total for _number, _payer, total, state in file.settlements if state == ON_ACCOUNT)
        if owed:
            self.add_widget(Label(tr("Still owed: {amount}", amount=formats().money(owed)), "body", "bad", wrap=True, parent=self))

    def _on_answer(self) -> None:
        if not self.by.text().strip():
            raise Wrong({"by": "A name is needed"})
        self._give(self.by.text().strip())


class ReasonDialog(FormDialog):
    """A reason from a list, in words, or both: for what can't be undone by a key."""

    def __init__(
        self, parent: QWidget, title: str, yes: str, reasons: Sequence[ListEntry], answer: Callable[[str], object], explanation: str = ""
    ) -> None:
        super().__init__(parent, title, yes, self._on_answer, danger=True)
        self._give, self._listed = answer, bool(reasons)
        if explanation:
            self.add_widget(Label(tr(explanation), "body", "text2", wrap=True, parent=self))
        self.reason = Choice(parent=self)
        for entry in reasons:
            self.reason.add_words(entry.code, entry.name(current_language()))
        self.reason.choose(None)
        self.words = LineEdit(parent=self)
        if reasons:
            self.add_field("reason", "Why", self.reason, True)
            self.add_field("words", "or in words", self.words)
        else:
            self.add_field("words", "Why", self.words, True)
            self.reason.hide()

    def _on_answer(self) -> None:
        words = self.words.text().strip() or str(self.reason.chosen or "")
        if not words:
            raise Wrong({"reason" if self._listed else "words": "Give the reason"})
        self._give(words)


class PromiseDialog(FormDialog):
    """Another promised time, and whether the customer knows of it."""

    def __init__(
        self, parent: QWidget, file: OrderFile, clock: Callable[[], dt.datetime], answer: Callable[[dt.datetime, str, ContactWay | None], object]
    ) -> None:
        super().__init__(parent, "Promised time", "Promise", self._on_answer)
        self._give = answer
        self.at = MomentEdit(clock, parent=self)
        self.at.set_value(file.promised_at)
        self.told = Choice(parent=self)
        self.told.add_phrase("", "Not told yet")
        for way, phrase in WORDS["contact_way"].items():
            self.told.add_phrase(way, phrase, "contact_way")
        self.told.choose("")
        self.words = LineEdit(parent=self)
        self.add_field("at", "Promised time", self.at, True, "18:10, tomorrow 10:00 or 11-26 10:00")
        self.add_field("told", "The customer was told", self.told)
        self.add_field("words", "What was said in the talk", self.words)
        self.fields_of = {"promised_in_past": "at", "promised_when_closed": "at"}

    def _on_answer(self) -> None:
        if self.at.value is None:
            raise Wrong({"at": "A time is needed"})
        self._give(self.at.value, self.words.text().strip(), ContactWay(str(self.told.chosen)) if self.told.chosen else None)


class TalkDialog(FormDialog):
    """A talk with the customer: how, what about, what was said, and when he is called again."""

    def __init__(
        self, parent: QWidget, clock: Callable[[], dt.datetime], answer: Callable[[ContactWay, ContactPurpose, str, dt.date | None], object]
    ) -> None:
        super().__init__(parent, "Talk with the customer", "Keep", self._on_answer)
        self._give = answer
        self.words = WordsEdit(2, 5, parent=self)
        self.way = _words_of("contact_way", Choice(parent=self), ContactWay.PHONE.value)
        self.purpose = _words_of("contact_purpose", Choice(parent=self), ContactPurpose.OTHER.value)
        self.next = DateEdit(clock, parent=self)
        self.add_field("words", "What was said in the talk", self.words, True)
        self.add_field("way", "How", self.way)
        self.add_field("purpose", "What about", self.purpose)
        self.add_field("next", "Call again on", self.next)
        self.fields_of = {"words_missing": "words"}

    def _on_answer(self) -> None:
        if not self.words.text.strip():
            raise Wrong({"words": "Write something first"})
        way, purpose = ContactWay(str(self.way.chosen)), ContactPurpose(str(self.purpose.chosen))
        self._give(way, purpose, self.words.text.strip(), self.next.value)


class WordsDialog(FormDialog):
    """One thing in words: what the customer said, a note."""

    def __init__(self, parent: QWidget, title: str, label: str, yes: str, answer: Callable[[str], object]) -> None:
        super().__init__(parent, title, yes, self._on_answer)
        self._give = answer
        self.words = WordsEdit(2, 5, parent=self)
        self.add_field("words", label, self.words, True)

    def _on_answer(self) -> None:
        if not self.words.text.strip():
            raise Wrong({"words": "Write something first"})
        self._give(self.words.text.strip())
