"""The catalogue's plain lists: inspection points with their limits, schedules, insurers, reasons and what else the trade gives; to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.engine import reading
from db.queries.settings import list_entries
from desktop_app.i18n import current_language, tr
from desktop_app.i18n.formats import formats
from desktop_app.i18n.live import say
from desktop_app.record_words import record_word
from desktop_app.rooms.settings.page import TablePage
from desktop_app.row_cells import list_column
from desktop_app.widgets.cells import Words
from desktop_app.widgets.choice import Choice
from desktop_app.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.engine import Session
    from db.queries.settings import EntryRow
    from desktop_app.room import RoomContext

LISTS = (
    ("inspection_point", "Inspection points and limits"), ("schedule_item", "Maintenance schedules"), ("insurer", "Insurers"),
    ("claim_stage", "Claim stages"), ("claim_paper", "Claim papers"), ("work_class", "Guarantee after repair"), ("labour_rate", "Labour rates"),
    ("belonging", "Belongings"), ("damage_kind", "Kinds of damage"), ("cancel_reason", "Reasons to cancel"), ("decline_reason", "Reasons to decline"),
    ("postpone_reason", "Reasons to put off"), ("overrun_reason", "Reasons for overruns"),
)  # fmt: skip


class ListsPage(TablePage):
    """One list at a time."""

    tables = frozenset({"catalogue_entry", "inspection_point", "schedule_item", "insurer"})

    def __init__(self, context: RoomContext) -> None:
        columns = (
            list_column("code", "Code", lambda row: Words(row.code, tone="text2"), 170),
            list_column("name", "Item", lambda row: Words(row.name(current_language()), bold=True), 280),
            list_column("details", "What stands with it", _details, 0),
        )
        super().__init__(context, "lists", columns, _key)
        self.which = Choice(parent=self)
        for key, phrase in LISTS:
            self.which.add_phrase(key, phrase, "catalogue_list")
        self.which.chosen_changed.connect(self._on_which)
        note = Label("", "small", "text3", parent=self)
        say(note.setText, "to look at; prices, hours and names of what is sold are changed in the catalogue")
        self.above.setContentsMargins(14, 6, 14, 0)
        self.above.addWidget(self.which)
        self.above.addWidget(note)
        self.above.addStretch(1)

    def rows(self, session: Session, after: Any, limit: int) -> Sequence[EntryRow]:  # noqa: ARG002
        return [] if after is not None else list_entries(session, str(self.which.chosen))

    def _on_which(self, key: object) -> None:
        engine = self.context.engine

        def page(after: Any, _limit: int) -> Sequence[EntryRow]:
            if after is not None:
                return []
            with reading(engine) as session:
                return list_entries(session, str(key))

        self.model.show_query(page)


def _details(row: EntryRow) -> Words:
    form, details = formats(), row.details
    if "limits" in details:
        limits = [f"{_train(train)} {_limit(values)}" for train, values in details["limits"].items()]
        return Words(" · ".join(limits) or tr("by eye"), tr("safety") if details["is_safety"] else "", second_tone="bad")
    parts: list[str] = []
    if details.get("power_train"):
        parts.append(record_word("power_train", details["power_train"]))
    if details.get("kilometres"):
        parts.append(form.km(details["kilometres"]))
    if details.get("months"):
        parts.append(tr("{count} months", "span", count=details["months"]))
    if details.get("phone"):
        parts.append(details["phone"])
    if isinstance(details.get("minutes"), dict):
        parts.append(" / ".join(form.duration(minutes) for minutes in details["minutes"].values()))
    if details.get("guarantee_days"):
        parts.append(tr("{count} days", "span", count=details["guarantee_days"]))
    if details.get("guarantee_km"):
        parts.append(form.km(details["guarantee_km"]))
    if details.get("price"):
        parts.append(form.money(details["price"]))
    if details.get("falls_to"):
        parts.append(tr("falls to {whom}", whom=tr(details["falls_to"], "falls_to")))
    return Words(" · ".join(parts), tone="text2")


def _train(key: str) -> str:
    return tr("others", "power_train") if key == "*" else record_word("power_train", key)


def _limit(values: dict[str, Any]) -> str:
    form = formats()
    low, high = values.get("ok_low"), values.get("ok_high")
    if low is not None and high is not None:
        return f"{form.quantity(low)}–{form.quantity(high)}"
    if low is not None:
        return f"≥ {form.quantity(low)}"
    return f"≤ {form.quantity(high)}" if high is not None else ""


def _key(row: EntryRow) -> tuple[str, str]:
    return (str(row.details.get("power_train", "")), row.code)
