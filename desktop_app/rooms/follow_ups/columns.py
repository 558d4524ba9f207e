"""The columns of the list of follow-ups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.queries.follow_ups import BOTH, Kind, Subject
from db.rules import phone
from desktop_app.i18n import current_language, tr
from desktop_app.i18n.formats import formats
from desktop_app.record_words import record_word
from desktop_app.row_cells import car_words, list_column
from desktop_app.widgets.cells import IconWords, Plate, State, Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.queries.follow_ups import FollowUpRow
    from desktop_app.clock import Clock
    from desktop_app.widgets.cells import Cell
    from desktop_app.widgets.paged_model import Column

LOOKS = {
    Subject.SERVICE: ("Service due", "warn", "wrench"),
    Subject.AFTER_VISIT: ("After the visit", "info", "phone"),
    Subject.RENEWAL: ("Insurance", "violet", "umbrella"),
    Subject.RECOMMENDATION: ("Recommended", "teal", "lightbulb"),
    Subject.PROMISE: ("Promised", "rose", "handshake"),
    Subject.WIN_BACK: ("Win back", "rust", "user-x"),
    Subject.OTHER: ("Other", "grey", "ellipsis"),
}
"""Word (context `follow_up`), family and icon."""

POLICY_WORDS = {"compulsory": "Compulsory insurance", "commercial": "Commercial insurance", BOTH: "Both insurances"}


def columns(clock: Clock, region: Callable[[], str]) -> tuple[Column, ...]:
    """Identity first, what it is about last."""

    def due(row: FollowUpRow) -> Cell:
        if row.kind is Kind.RENEWAL and row.until_on is not None:
            days = formats().days_away(row.until_on, clock())
            words = tr("ends today") if days == 0 else tr("ends in {count} days", count=days)
            return Words(words, formats().day(row.until_on), tone="bad" if days <= 7 else "text")
        if row.due_on is None:
            return Words(tr("no day said"), tone="text2")
        days = formats().days_away(row.due_on, clock())
        if days < 0:
            return Words(tr("{count} days over", "follow_up", count=-days), formats().day(row.due_on), bold=True, tone="bad")
        return Words(formats().near_day(row.due_on, clock()), tone="warn" if days == 0 else "text", bold=days == 0)

    def telephone(row: FollowUpRow) -> Cell:
        if not row.consent_to_call:
            return IconWords("phone-off", tr("wants no calls"), "bad")
        return Words(phone.display(row.phone, region()) if row.phone else "")

    return (
        list_column("plate", "Plate", lambda row: Plate(row.plate, row.plate_colour), 116),
        list_column("customer", "Customer", lambda row: Words(row.customer, bold=True), 130),
        list_column("phone", "Phone", telephone, 150),
        list_column("car", "Car", lambda row: Words(car_words(row.maker, row.model), tone="text2"), 130),
        list_column("due", "Due", due, 185),
        list_column("words", "What about", _about, 0),
        list_column("staff", "Who calls", lambda row: Words(row.staff, tone="text2"), 90),
        list_column("subject", "Subject", _subject, 142),
    )


def _about(row: FollowUpRow) -> Cell:
    if row.kind is Kind.RENEWAL:
        return Words(tr(POLICY_WORDS[row.purpose]), _insurer(row))
    if row.kind is Kind.PROMISE:
        return Words(row.words)
    return Words(record_word("contact_purpose", row.purpose), row.words) if row.purpose != "other" or not row.words else Words(row.words)


def _insurer(row: FollowUpRow) -> str:
    return row.insurers[{"zh_TW": 0, "zh_CN": 1}.get(current_language(), 2)]


def _subject(row: FollowUpRow) -> Cell:
    phrase, sem, icon = LOOKS[row.subject]
    return State(tr(phrase, "follow_up"), sem, icon)
