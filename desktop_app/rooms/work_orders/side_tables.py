"""The tables behind the lines: pictures, talks with the customer, what was agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import say
from desktop_app.record_words import record_word
from desktop_app.rooms.work_orders.line_columns import HOW_ICONS
from desktop_app.widgets.cells import Cell, IconWords, Number, State, Words
from desktop_app.widgets.empty_state import EmptyState
from desktop_app.widgets.paged_model import Column, PagedModel
from desktop_app.widgets.paged_table import PagedTable

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from db.queries.keeping_up import ContactRow
    from db.queries.order_file import AttachmentRow, AuthorisationRow
    from desktop_app.room import RoomContext


class RowsTable(PagedTable):
    """A table over rows that are there already."""

    def __init__(self, context: RoomContext, name: str, columns: Sequence[Column], key: Callable[[Any], object], parent: QWidget) -> None:
        super().__init__(name, PagedModel(context.runner, columns, key, parent), parent=parent)

    def show_rows(self, rows: Sequence[Any], anew: bool) -> None:
        """Show these; `anew`: they are another order's, so the place in the list is not kept."""
        kept = list(rows)

        def fetch(after: Any, _limit: int) -> list[Any]:
            return [] if after is not None else kept

        if anew or not self.paged.rows:
            self.paged.show_query(fetch)
        else:
            self.paged.show_again(fetch)


def _when(at: dt.datetime | None, clock: Callable[[], dt.datetime]) -> str:
    return "" if at is None else formats().near(at, clock())


def pictures_table(context: RoomContext, parent: QWidget) -> RowsTable:
    """Photos, scans and signatures of the order."""

    def kind(row: AttachmentRow) -> Cell:
        phrase = {"photo": "Photo", "scan": "Scan", "signature": "Signature"}.get(row.kind, "Picture")
        return IconWords("signature" if row.kind == "signature" else "image", tr(phrase, "attachment"))

    def name(row: AttachmentRow) -> Cell:
        return Words(row.file_name or tr("without a name"), tr("of a damage") if row.of_damage else "")

    def size(row: AttachmentRow) -> Cell:
        return Number(f"{max(1, round(row.size / 1024)):,} KB", tone="text2")

    def added(row: AttachmentRow) -> Cell:
        return Words(_when(row.added_at, context.clock), tone="text2")

    columns = (
        Column("kind", "Kind", kind, 110), Column("name", "File", name, 0), Column("size", "Size", size, 90, right=True),
        Column("added", "Added", added, 150),
    )  # fmt: skip
    table = RowsTable(context, "work_orders.pictures", columns, lambda row: row.attachment_id, parent)
    say(table.setAccessibleName, "Pictures")
    table.set_empty(EmptyState("image", "No picture yet", "Photos from the check-in and scans stand here", parent=parent))
    return table


def talks_table(context: RoomContext, parent: QWidget) -> RowsTable:
    """Talks that were had and that are due."""

    def when(row: ContactRow) -> Cell:
        if row.done_at is not None:
            return Words(_when(row.done_at, context.clock))
        return State(formats().near_day(row.due_on, context.clock()) if row.due_on is not None else "", "warn", "clock")

    def way(row: ContactRow) -> Cell:
        icon = {"phone": "phone", "message": "message-square", "counter": "user-check", "letter": "file-text"}.get(row.way, "phone")
        return IconWords(icon, record_word("contact_way", row.way))

    def what(row: ContactRow) -> Cell:
        return Words(row.words or record_word("contact_purpose", row.purpose), record_word("contact_purpose", row.purpose) if row.words else "")

    def who(row: ContactRow) -> Cell:
        return Words(row.staff_name, tone="text2")

    columns = (
        Column("when", "When", when, 160), Column("way", "How", way, 120), Column("what", "What was said", what, 0, context="talk"),
        Column("who", "Who", who, 110, context="staff"),
    )  # fmt: skip
    table = RowsTable(context, "work_orders.talks", columns, lambda row: row.contact_id, parent)
    say(table.setAccessibleName, "Talks")
    table.set_empty(EmptyState("phone", "No talk yet", "What is said with the customer about this order stands here", parent=parent))
    return table


def agreed_table(context: RoomContext, parent: QWidget) -> RowsTable:
    """The customer's yes, each time."""

    def when(row: AuthorisationRow) -> Cell:
        return Words(_when(row.authorised_at, context.clock))

    def how(row: AuthorisationRow) -> Cell:
        return IconWords(HOW_ICONS.get(row.how, "check"), record_word("authorised_how", row.how))

    def who(row: AuthorisationRow) -> Cell:
        return Words(row.by_name, row.note, bold=True)

    def total(row: AuthorisationRow) -> Cell:
        return Number(formats().money(row.agreed_total), bold=True)

    def taken(row: AuthorisationRow) -> Cell:
        return Words(row.taken_by, tone="text2")

    columns = (
        Column("when", "When", when, 160), Column("how", "How", how, 140), Column("who", "Who agreed", who, 0),
        Column("total", "Total agreed", total, 130, right=True), Column("taken", "Written down by", taken, 130),
    )  # fmt: skip
    table = RowsTable(context, "work_orders.agreed", columns, lambda row: row.authorisation_id, parent)
    say(table.setAccessibleName, "What was agreed")
    table.set_empty(EmptyState("signature", "Nothing agreed yet", "Each yes of the customer stands here with its total", parent=parent))
    return table
