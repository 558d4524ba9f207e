"""The columns of an order's lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.rules.order_life import Consent, LineKind, WorkState
from desktop_app.complaint_words import complaint_words
from desktop_app.i18n import current_language, tr
from desktop_app.i18n.formats import formats
from desktop_app.record_words import record_word
from desktop_app.rooms.work_orders.line_rows import COMPLAINT, PACKAGE, PART_OF_PACKAGE, ShownRow, one_of
from desktop_app.rooms.work_orders.list_columns import short_time
from desktop_app.widgets.cells import EMPTY, Cell, IconWords, Number, State, Words, line_kind, payer
from desktop_app.widgets.paged_model import Column

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from db.queries.order_file import LineRow
    from desktop_app.units import Units

HOW_ICONS = {"signature": "signature", "phone": "phone", "message": "message-square", "at_counter": "user-check"}
_GONE_SEM = {Consent.DECLINED: "bad", Consent.POSTPONED: "warn", Consent.WITHDRAWN: "grey"}


def line_columns(clock: Callable[[], dt.datetime], units: Units) -> tuple[Column, ...]:
    """Mark, item, hours, quantity with its unit, price, amount, payer, authorisation, state."""

    def quantity(row: ShownRow) -> Cell:
        return _quantity(row, units)

    def authorised(row: ShownRow) -> Cell:
        return _authorised(row, clock())

    def state(row: ShownRow) -> Cell:
        return _state(row, clock())

    return (
        Column("mark", "", _mark, 36),
        Column("item", "Item", _item, 0),
        Column("hours", "Hours", _hours, 56, right=True),
        Column("quantity", "Quantity", quantity, 84, right=True),
        Column("price", "Price", _price, 84, right=True),
        Column("amount", "Amount", _amount, 96, right=True),
        Column("payer", "Payer", _payer, 96),
        Column("authorised", "Authorised", authorised, 138),
        Column("state", "State", state, 138),
    )


def _mark(row: ShownRow) -> Cell:
    if row.what == COMPLAINT or row.what == PART_OF_PACKAGE:
        return EMPTY
    return line_kind("package" if row.what == PACKAGE else row.line.kind.value)


def _gone(row: ShownRow) -> bool:
    return bool(row.lines) and not row.line.stands


def item_words(row: ShownRow) -> str:
    """What the row is called."""
    language = current_language()
    if row.complaint is not None:
        return complaint_words(row.complaint.words, row.complaint.names(language))
    return row.line.package_name(language) if row.what == PACKAGE else row.line.name(language)


def _item(row: ShownRow) -> Cell:
    if row.what == COMPLAINT:
        return Words(item_words(row), tone="text2", bold=True)
    tone = "text3" if _gone(row) else "text"
    if row.what == PACKAGE:
        return Words(item_words(row), bold=True, tone=tone)
    line = row.line
    second = [line.code] if row.what == PART_OF_PACKAGE else []
    if line.discount_basis_points:
        second.append(tr("less {per_cent}", per_cent=formats().percent(line.discount_basis_points)))
    if line.split_from_id is not None:
        second.append(tr("split off"))
    if line.technician and line.kind is LineKind.LABOUR:
        second.append(line.technician)
    return Words(item_words(row), "  ".join(part for part in second if part), row.what != PART_OF_PACKAGE, tone, indent=16 * (row.what == PART_OF_PACKAGE))


def _hours(row: ShownRow) -> Cell:
    if row.what == COMPLAINT:
        return EMPTY
    return Number(formats().quantity(row.hours) if row.hours else "–", tone="text2" if row.what == PART_OF_PACKAGE else "text")


def _quantity(row: ShownRow, units: Units) -> Cell:
    if row.what == COMPLAINT:
        return EMPTY
    line = row.line
    if row.what == PACKAGE or line.kind is LineKind.LABOUR:
        return Number("1")
    return Number(units.quantity(line.quantity, line.unit), tone="text2" if row.what == PART_OF_PACKAGE else "text")


def _price(row: ShownRow) -> Cell:
    if row.what == COMPLAINT:
        return EMPTY
    if row.what == PART_OF_PACKAGE:
        return Number(tr("included"), tone="text3")
    return Number(formats().amount(row.amount if row.what == PACKAGE else row.line.unit_price))


def _amount(row: ShownRow) -> Cell:
    if row.what == COMPLAINT:
        return EMPTY
    if row.what == PART_OF_PACKAGE:
        return Number(tr("included"), tone="text3")
    return Number(formats().amount(row.amount), bold=True, tone="text3" if _gone(row) else "text")


def _payer(row: ShownRow) -> Cell:
    if row.what in (COMPLAINT, PART_OF_PACKAGE):
        return EMPTY
    paid_by = one_of(line.payer.value for line in row.lines)
    return payer(str(paid_by)) if paid_by is not None else Words(tr("several payers"), tone="text2")


def _authorised(row: ShownRow, now: dt.datetime) -> Cell:
    if row.what in (COMPLAINT, PART_OF_PACKAGE):
        return EMPTY
    line = row.line
    if line.consent is not Consent.AUTHORISED:
        return State(record_word("consent", line.consent.value), _GONE_SEM.get(line.consent, "violet"), "hourglass" if line.stands else "")
    at = line.authorised_at
    when = "" if at is None else short_time(at, now)
    return IconWords(HOW_ICONS.get(line.authorised_how, "check"), f"{record_word('authorised_how', line.authorised_how)} {when}".strip())


def _state(row: ShownRow, now: dt.datetime) -> Cell:
    if row.what == COMPLAINT or _gone(row):
        return EMPTY
    states = [line.work_state for line in row.lines]
    if all(state is WorkState.DONE for state in states):
        return IconWords("check", tr("Handed out") if _is_goods(row) else record_word("work_state", "done"), "ok")
    if WorkState.WORKING in states:
        return State(record_word("work_state", "working"), "teal", "play")
    expected = min((line.expected_at for line in row.lines if line.expected_at is not None and line.work_state is not WorkState.DONE), default=None)
    if expected is not None:
        return State(tr("expected {time}", time=short_time(expected, now)), "bad" if expected < now else "warn", "clock")
    if WorkState.STOPPED in states:
        return State(record_word("work_state", "stopped"), "warn", "pause")
    if WorkState.DONE in states:
        done = sum(state is WorkState.DONE for state in states)
        return Words(tr("{done} of {all} done", done=done, all=len(states)), tone="text2")
    return Words(record_word("work_state", "open"), tone="text3")


def _is_goods(row: ShownRow) -> bool:
    return row.what != PACKAGE and row.line.kind in (LineKind.PART, LineKind.CONSUMABLE)


def lines_of(row: ShownRow | None) -> tuple[LineRow, ...]:
    """What an act on a row is about; nothing for a complaint."""
    return () if row is None else row.lines
