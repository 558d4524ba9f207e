"""Rows that the files of cars and customers share: talks, promises, vouchers, merges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.record_words import record_word
from desktop_app.rooms.customers.lines import Line, Part
from desktop_app.rooms.customers.words import joined

if TYPE_CHECKING:
    import datetime as dt

    from db.queries.keeping_up import ContactRow, MergeRow, PromiseRow, VoucherRow


def contact_line(row: ContactRow, today: dt.date) -> Line:
    """A talk that was had, or one that is due; opened, the one is corrected and the other answered."""
    result = record_word("contact_result", row.result) if row.result else ""
    if row.done_at is None:
        due = row.due_on
        tone = "bad" if due is not None and due < today else "warn"
        day = formats().near_day(due, today) if due is not None else ""
        what = tr("due: {purpose}", purpose=record_word("contact_purpose", row.purpose))
        return Line((Part(day, tone, bold=True), Part(what, "text2")), (), ("contact", row.contact_id))
    what = (
        f"「{row.words}」"
        if row.words and formats().language != "en"
        else f"“{row.words}”"
        if row.words
        else result or record_word("contact_purpose", row.purpose)
    )
    first = joined(record_word("contact_way", row.way), result if row.words else "")
    return Line(
        (Part(formats().day(row.done_at), bold=True), Part(first, "text2"), Part(what)),
        (Part(row.staff_name, "text3", size="small"),),
        ("contact", row.contact_id),
    )


def promise_line(row: PromiseRow) -> Line:
    """A promise with its state."""
    sem, icon = {"open": ("bad", "handshake") if row.overdue else ("warn", "handshake"), "kept": ("ok", "check")}.get(row.state, ("grey", "undo-2"))
    when = tr("until {day}", day=formats().day(row.until_on)) if row.until_on is not None and row.state == "open" else ""
    state = Part(record_word("promise_state", row.state), sem=sem, icon=icon)
    return Line((state, Part(joined(row.words, when))), (Part(row.staff_name, "text3", size="small"),), ("promise", row.promise_id))


def voucher_line(row: VoucherRow) -> Line:
    """Something given that can still be used."""
    ends = tr("to {day}", day=formats().day(row.expires_on)) if row.expires_on is not None else ""
    return Line(
        (Part(tr("voucher"), sem="ok", icon="tag"), Part(joined(row.code, row.terms, ends))), (Part(formats().money(row.amount)),), ("voucher", row.voucher_id)
    )


def merge_line(row: MergeRow) -> Line:
    """A merge that stands, and whether it can be taken apart."""
    hint = tr("Enter takes them apart") if row.can_be_undone else ""
    words = tr("{name} was merged into this on {day}", name=row.gone_name or tr("(erased)"), day=formats().day(row.merged_at))
    return Line((Part(words),), (Part(joined(row.staff_name, hint), "text3", size="small"),), row.merge_id)
