"""Puts the history into sentences: 王磊 changed the price of 前制動片 from ¥380.00 to ¥360.00."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.queries.history_words import ERASED, UNTOLD, Named
from db.rules.complaint_words import beside
from desktop_app import history_fields
from desktop_app.complaint_words import complaint_words
from desktop_app.history_fields import FIELDS, OWN_SENTENCES, QUIET, SUBJECTS, VERBS
from desktop_app.i18n.formats import Formats, formats
from desktop_app.i18n.phrases import Phrases, current_language, phrases
from desktop_app.i18n.state_words import state_word
from desktop_app.record_words import LANGUAGE_NAMES, WORDS, record_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.queries.history_words import FieldChange, HistoryEntry, HistoryFact

_WITH_ORDER = frozenset(("check_in",))
"""Verbs that make many records at once: only the order itself is told."""

_TOLD_ALREADY: dict[str, frozenset[str]] = {
    "authorise": frozenset(("consent", "agreed_total", "work_state")), "start_work": frozenset(("work_state", "technician_id", "done_by_id")),
    "stop_work": frozenset(("work_state", "done_by_id")), "mark_lines_done": frozenset(("done_by_id",)), "mark_lines_open": frozenset(("done_by_id",)),
    "withdraw_lines": frozenset(("withdrawn_reason",)), "restore_lines": frozenset(("withdrawn_reason",)), "send_back": frozenset(("rework_count",)),
    "join_split": frozenset(("withdrawn_reason",)), "deliver": frozenset(("state",)), "check_in": frozenset(("state",)),
}  # fmt: skip
"""Fields that a sentence of the same act, or its title, says already."""

_PAPERS = {"job-card": "Job card", "repair-contract": "Repair order contract", "check-in-sheet": "Check-in sheet"}


@dataclass(frozen=True, slots=True)
class Told:
    """An entry in words: what was done in short, in sentences, and by whom and when."""

    title: str
    sentences: tuple[str, ...]
    foot: str


def told(entry: HistoryEntry, language: str = "", now: dt.datetime | None = None) -> Told:
    """The entry in the screen's language unless another is given; with `now`, its day is named only when it is another."""
    teller = _Teller(entry, language or current_language(), now)
    return Told(teller.title(), tuple(dict.fromkeys(teller.sentences())), teller.foot())


def sentences(entry: HistoryEntry, language: str = "") -> tuple[str, ...]:
    """The entry's sentences alone."""
    return told(entry, language).sentences


class _Teller:
    def __init__(self, entry: HistoryEntry, language: str, now: dt.datetime | None) -> None:
        self._entry = entry
        self._now = now
        self._language = language
        self._say: Phrases = phrases(language)
        self._form: Formats = formats(language)
        self._who = entry.who or self._say("Somebody", "history")

    def title(self) -> str:
        """What was done, in short."""
        return self._say(VERBS.get(self._entry.verb, "Changed"), "history")

    def foot(self) -> str:
        """When, by whom, with whose leave."""
        today = self._now is not None and self._form.days_away(self._entry.at, self._now) == 0
        at = self._form.time(self._entry.at) if today else self._form.moment(self._entry.at)
        if self._entry.approved_by:
            return self._say("{at} {who}, with leave of {approver}", "history", at=at, who=self._who, approver=self._entry.approved_by)
        return self._say("{at} {who}", "history", at=at, who=self._who)

    def sentences(self) -> Iterator[str]:
        """One for each change that says something to a person."""
        order_alone = self._entry.verb in _WITH_ORDER and any(fact.subject == "work_order" for fact in self._entry.facts)
        for fact in self._entry.facts:
            if order_alone and fact.subject not in ("work_order", "complaint"):
                continue
            special = self._special(fact)
            if special is not None:
                yield from special
            elif fact.change == "added":
                yield self._added(fact)
            elif fact.change == "removed":
                yield self._say("{who} removed {what}", "history", who=self._who, what=self._what(fact))
            else:
                yield from self._changed(fact)

    def _what(self, fact: HistoryFact) -> str:
        if fact.about is not None and fact.subject not in ("work_order", "authorisation"):
            return fact.about.name(self._language) or self._say(SUBJECTS.get(fact.subject, "a record"), "record")
        return self._say(SUBJECTS.get(fact.subject, "a record"), "record")

    def _added(self, fact: HistoryFact) -> str:
        what, amount = self._what(fact), fact.value("amount")
        if fact.subject == "work_order_line" and isinstance(amount, int):
            return self._say("{who} added {what} for {amount}", "history", who=self._who, what=what, amount=self._form.money(amount))
        return self._say("{who} added {what}", "history", who=self._who, what=what)

    def _changed(self, fact: HistoryFact) -> Iterator[str]:
        quiet = QUIET | _TOLD_ALREADY.get(self._entry.verb, frozenset())
        if fact.value("state") is not None:
            # What it waited for ends with the waiting.
            quiet |= {change.field for change in fact.fields if change.field.startswith("waiting_") and change.new is None}
        shown = [change for change in fact.fields if change.field not in quiet and self._field(fact.subject, change.field) is not None]
        if any(change.field in ("unit_price", "quantity", "discount_basis_points") for change in shown):
            # The amount follows from them.
            shown = [change for change in shown if change.field != "amount"]
        if not shown and fact.subject == "work_order_line" and any(change.field == "position" for change in fact.fields):
            yield self._say("{who} moved {what}", "history", who=self._who, what=self._what(fact))
        # Stores of the two kinds keep fields in orders of their own: that somebody left comes before what follows from it.
        for change in sorted(shown, key=lambda change: change.field != "left_on"):
            yield self._change(fact, change)

    def _field(self, subject: str, field: str) -> tuple[str, str] | None:
        return FIELDS.get(f"{subject}.{field}") or FIELDS.get(field)

    def _change(self, fact: HistoryFact, change: FieldChange) -> str:
        found = self._field(fact.subject, change.field)
        assert found is not None
        label, kind = found
        words = {"who": self._who, "field": self._say(label, "field"), "what": self._what(fact)}
        old, new = self._value(kind, change.old), self._value(kind, change.new)
        own = OWN_SENTENCES.get(f"{fact.subject}.{change.field}") or OWN_SENTENCES.get(change.field)
        if own is not None:
            # Earlier histories do not say whether there was a secret before; who leaves has none after.
            gone = change.new in (None, "", False) or (change.new is UNTOLD and self._entry.verb == "leave")
            phrase = own[2] if gone else own[0] if change.old in (None, "", False) else own[1]
            return self._say(phrase, "history", who=self._who, what=words["what"], new=new)
        if not (_tellable(change.old) and _tellable(change.new)):
            bare = "{who} took away the {field} of {what}" if not new else "{who} changed the {field} of {what}" if old else "{who} set the {field} of {what}"
            return self._say(bare, "history", **words)
        if not old:
            return self._say("{who} set the {field} of {what} to {new}", "history", **words, new=new)
        if not new:
            return self._say("{who} took away the {field} of {what}, which was {old}", "history", **words, old=old)
        return self._say("{who} changed the {field} of {what} from {old} to {new}", "history", **words, old=old, new=new)

    def _value(self, kind: str, value: object) -> str:
        if value is ERASED:
            return self._say("(erased)", "history")
        if value is None or value == "":
            return ""
        if isinstance(value, Named):
            return value.name(self._language)
        if isinstance(value, bool) or kind == history_fields.YES_NO:
            return self._say("yes" if value else "no")
        if isinstance(value, int):
            return self._number(kind, value)
        if not _tellable(value):
            return "…"
        if isinstance(value, list):
            return self._say(", ", "list").join(self._part(kind, part) for part in value)
        return self._text(kind, str(value))

    def _part(self, kind: str, value: object) -> str:
        if kind == history_fields.WEEKDAYS and isinstance(value, int):
            return self._form.day_of_week(value)
        return self._text(kind, str(value))

    def _number(self, kind: str, value: int) -> str:
        write = {
            history_fields.MONEY: self._form.money, history_fields.QUANTITY: self._form.quantity, history_fields.PER_CENT: self._form.percent,
            history_fields.KILOMETRES: self._form.km,
        }.get(kind, str)  # fmt: skip
        return write(value)

    def _text(self, kind: str, value: str) -> str:
        if kind == history_fields.MOMENT:
            moment = dt.datetime.fromisoformat(value)
            same_day = self._form.days_away(moment, self._entry.at) == 0
            return self._form.time(moment) if same_day else self._form.moment(moment)
        if kind in ("order_state", "payer", "line_kind"):
            return state_word(kind, value, self._language) if value != "waiting" else self._say("Waiting", "history")
        if kind == history_fields.LANGUAGE:
            return LANGUAGE_NAMES.get(value, value)
        return record_word(kind, value, self._language) if kind in WORDS else value

    def _special(self, fact: HistoryFact) -> tuple[str, ...] | None:
        """Records that have a sentence of their own; None for all others."""
        teller = {
            "work_order": self._order, "authorisation": self._authorisation, "labour_session": self._clock, "quality_check": self._check,
            "contact": self._talk, "settlement": self._settlement, "payment": self._payment, "complaint": self._complaint,
            "paper_print": self._paper, "recommendation_decision": self._answer,
        }.get(fact.subject)  # fmt: skip
        return teller(fact) if teller is not None else None

    def _tell(self, phrase: str, **values: object) -> tuple[str, ...]:
        return (self._say(phrase, "history", who=self._who, **values),)

    def _order(self, fact: HistoryFact) -> tuple[str, ...] | None:
        if fact.change == "added":
            km, promised = fact.value("odometer_km"), fact.value("promised_at")
            return self._tell(
                "{who} checked the car in at {km}, promised for {time}", km=self._value(history_fields.KILOMETRES, km), time=self._value("moment", promised)
            )
        note = fact.value("note")
        if isinstance(note, str):
            before = fact.before("note")
            added = note.removeprefix(before).strip() if isinstance(before, str) else note
            return self._tell("{who} noted: {words}", words=added)
        if self._entry.verb == "tick_wash" and fact.change == "changed":
            return self._tell("{who} ticked the wash" if fact.value("washed_at") else "{who} took the tick at the wash away")
        if self._entry.verb in ("dispatch", "reassign") and fact.change == "changed":
            technician, bay = (self._value("plain", fact.value(field)) for field in ("technician_id", "bay_id"))
            if technician and bay:
                return self._tell("{who} gave the car to {technician}, bay {bay}", technician=technician, bay=bay)
        return None

    def _authorisation(self, fact: HistoryFact) -> tuple[str, ...]:
        how = self._value("authorised_how", fact.value("how"))
        agreed = fact.value("agreed_total") or 0
        by = self._value("plain", fact.value("by_name")) or self._say("The customer", "history")
        return self._tell("{by} agreed to {total} in all ({how}); {who} wrote it down", by=by, total=self._value("money", agreed) or "¥0.00", how=how)

    def _clock(self, fact: HistoryFact) -> tuple[str, ...]:
        what = self._what(fact)
        if fact.change == "added":
            return self._tell("{person} clocked on to {what}", person=self._value("plain", fact.value("technician_id")), what=what)
        reason = self._value("stop_reason", fact.value("stop_reason"))
        if reason:
            return self._tell("The clock on {what} stopped: {reason}", what=what, reason=reason)
        return self._tell("{who} corrected the clock on {what}", what=what)

    def _check(self, fact: HistoryFact) -> tuple[str, ...]:
        level, person = self._value("check_level", fact.value("level")), self._value("plain", fact.value("staff_id")) or self._who
        sent_back = fact.value("sent_back_for")
        if sent_back:
            return self._tell("{person} sent the car back: {words}", person=person, words=sent_back)
        return self._tell("{person} passed it: {level}", person=person, level=level)

    def _talk(self, fact: HistoryFact) -> tuple[str, ...] | None:
        if fact.change != "added":
            if fact.value("done_at") is None:
                return None
            said = self._value("plain", fact.value("words")) or self._value("contact_result", fact.value("result"))
            return self._tell("{who} made the call that was due: {words}", words=said) if said else self._tell("{who} made the call that was due")
        way, purpose = self._value("contact_way", fact.value("way")), self._value("contact_purpose", fact.value("purpose"))
        due = fact.value("due_on")
        if fact.value("done_at") is None and due is not None:
            return self._tell("Due on {day}: {purpose}", day=due, purpose=purpose)
        return self._tell("{who} talked with the customer ({way}): {words}", way=way, words=self._value("plain", fact.value("words")) or purpose)

    def _settlement(self, fact: HistoryFact) -> tuple[str, ...] | None:
        if fact.change == "added":
            payer, total = self._value("payer", fact.value("payer")), fact.value("total") or 0
            state = self._value("settlement_state", fact.value("state"))
            return self._tell(
                "Settlement {number}, {payer}: {total}, {state}", number=self._what(fact), payer=payer, total=self._number("money", _whole(total)), state=state
            )
        if fact.value("state") == "cancelled":
            return self._tell("Settlement {number} was cancelled: {reason}", number=self._what(fact), reason=fact.value("reason") or "")
        return None

    def _payment(self, fact: HistoryFact) -> tuple[str, ...]:
        amount, method = _whole(fact.value("amount")), self._value("payment_method", fact.value("method"))
        phrase = "{who} took {amount} ({method})" if amount >= 0 else "{who} gave back {amount} ({method})"
        return self._tell(phrase, amount=self._form.money(abs(amount)), method=method)

    def _complaint(self, fact: HistoryFact) -> tuple[str, ...] | None:
        if fact.change != "added":
            return None
        words, chips = fact.value("words"), fact.value("tags")
        names = [chip.name(self._language) for chip in chips if isinstance(chip, Named)] if isinstance(chips, tuple) else []
        said = complaint_words(words, beside(words, names), self._language) if isinstance(words, str) else complaint_words("", names, self._language)
        return self._tell("{who} wrote down: {words}", words=said or self._what(fact))

    def _paper(self, fact: HistoryFact) -> tuple[str, ...]:
        paper = str(fact.value("paper") or "")
        name = self._say(_PAPERS.get(paper, "A paper"), "history")
        if fact.change != "added":
            return self._tell("{paper} is void", paper=name)
        copy = _whole(fact.value("copy_number"))
        return self._tell("{who} printed: {paper}, copy {copy}", paper=name, copy=copy)

    def _answer(self, fact: HistoryFact) -> tuple[str, ...]:
        return self._tell("{what}: {answer}", what=self._what(fact), answer=self._value("recommendation_state", fact.value("state")))


def _tellable(value: object) -> bool:
    """Whether a value can be written in a sentence: no secret, no bytes, no table of values."""
    return value is not UNTOLD and not isinstance(value, dict) and not (isinstance(value, list) and any(isinstance(part, (list, dict)) for part in value))


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0
