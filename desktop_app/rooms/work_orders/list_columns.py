"""The columns of the list of work orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.rules.order_life import OrderState, is_open
from desktop_app.i18n import current_language, tr
from desktop_app.i18n.formats import formats
from desktop_app.widgets.cells import Cell, Number, Plate, Words, order_state, payer_marks
from desktop_app.widgets.paged_model import Column

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from db.queries.work_orders import WorkOrderRow

_DAY = 24 * 60


def time_left(promised_at: dt.datetime, now: dt.datetime) -> tuple[str, str]:
    """What is left of a promise in words, and its tone: bad once it has passed, warn within the hour."""
    minutes = int((promised_at - now).total_seconds() // 60)
    if minutes <= -_DAY:
        return tr("{count} days late", count=-minutes // _DAY), "bad"
    if minutes < 0:
        return tr("{span} late", span=formats().duration(-minutes)), "bad"
    return formats().duration(minutes), "warn" if minutes < 60 else "text3"


def short_time(at: dt.datetime, now: dt.datetime) -> str:
    """The time for today, else month and day."""
    return formats().time(at) if formats().days_away(at, now) == 0 else formats().day(at)[5:]


def list_columns(clock: Callable[[], dt.datetime]) -> tuple[Column, ...]:
    """Number, plate, customer and car, jobs, advisor, promised time, payers, amount, state."""

    def promised(row: WorkOrderRow) -> Cell:
        now = clock()
        today = formats().days_away(row.promised_at, now) == 0
        when = formats().time(row.promised_at) if today else formats().near(row.promised_at, now)
        if not is_open(row.state) or row.state is OrderState.SETTLED:
            return Words(when, tone="text2")
        left, tone = time_left(row.promised_at, now)
        late = row.promised_at < now
        return Words(when, left if today or late else "", second_tone=tone, second_bold=tone != "text3")

    return (
        Column("number", "Number", _number, 122, "number"),
        Column("plate", "Plate", _plate, 118),
        Column("customer", "Customer and car", _customer, 180),
        Column("jobs", "Jobs", _jobs, 0),
        Column("advisor", "Advisor", _advisor, 84, context="list"),
        Column("promised", "Promised", promised, 132, "promised"),
        Column("payers", "Payer", _payers, 96),
        Column("amount", "Amount", _amount, 104, right=True),
        Column("state", "State", _state, 130),
    )


def _number(row: WorkOrderRow) -> Cell:
    return Words(row.number, bold=True)


def _plate(row: WorkOrderRow) -> Cell:
    return Plate(row.plate, row.plate_colour)


def _customer(row: WorkOrderRow) -> Cell:
    return Words(row.customer, row.model, bold=True)


def _jobs(row: WorkOrderRow) -> Cell:
    words = tr(", ", "list").join(row.job_words(current_language()))
    flags = [tr("rework")] if row.rework_count else []
    if row.comeback:
        flags.append(tr("came back"))
    if row.over_agreed:
        flags.append(tr("over what was agreed"))
    return Words(words, "  ".join(flags), tone="text2", second_tone="bad", second_bold=True)


def _advisor(row: WorkOrderRow) -> Cell:
    return Words(row.advisor, tone="text2")


def _payers(row: WorkOrderRow) -> Cell:
    return payer_marks(row.payers)


def _amount(row: WorkOrderRow) -> Cell:
    return Number(formats().amount(row.amount), bold=True)


def _state(row: WorkOrderRow) -> Cell:
    return order_state(row.state_key)
