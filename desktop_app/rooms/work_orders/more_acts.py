"""F10: every act on the order and on the selected line, in one list with its key, the legal moves first with what each still wants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.rules.order_life import Consent, LineKind, OrderState, WorkState
from desktop_app.i18n import tr
from desktop_app.record_words import record_word
from desktop_app.refusal_words.rules import NEEDS
from desktop_app.rooms.work_orders.line_dialogs import ListDialog
from desktop_app.rooms.work_orders.line_rows import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.queries.order_file import AttachmentRow, OrderFile
    from desktop_app.rooms.work_orders.line_rows import ShownRow
    from desktop_app.rooms.work_orders.order_page import OrderPage

@dataclass(frozen=True)
class _Act:
    """An act in the list: its words, its keys and what it does."""

    words: str
    keys: str
    do: Callable[[], object]


Acts = dict[str, _Act]


class MoreActs:
    """The list and what it leads to."""

    def __init__(self, page: OrderPage) -> None:
        self._page = page
        self._acts: Acts = {}

    def open(self) -> None:
        """Show the list."""
        page = self._page
        file = page.file
        if file is None:
            return
        dialog = ListDialog(page, "More", "ellipsis")
        dialog.title_right.setText(file.number)
        for offer in file.moves:
            wants = tr(", ", "list").join(tr(NEEDS[need]) for need in offer.missing)
            words = tr("still missing: {needs}", needs=wants) if wants else ""
            dialog.add(f"move.{offer.name}", record_word("move", offer.name), "circle-alert" if wants else "arrow-right", second=words)
        self._acts = {**self._of_order(file), **self._of_row(page.selected)}
        for key, act in self._acts.items():
            dialog.add(key, act.words, right=act.keys)
        if file.moves:
            dialog.choose(f"move.{file.moves[0].name}")
        dialog.taken.connect(self._on_taken)
        dialog.open()

    def _of_order(self, file: OrderFile) -> Acts:
        page, moves, lines = self._page, self._page.moves, self._page.lines
        acts: Acts = {}
        if not file.fixed:
            acts["add"] = _Act(tr("Add lines"), "Ins", lines.add)
            acts["authorise"] = _Act(tr("The customer agrees"), "A", lines.authorise)
            acts["promise"] = _Act(tr("Promised time"), "T", moves.promise)
            acts["complain"] = _Act(tr("A further complaint"), "", lines.complain)
        if file.state in (OrderState.DISPATCHED, OrderState.IN_PROGRESS, OrderState.WAITING):
            acts["clock_on"] = _Act(tr("Clock on"), "", moves.clock_on)
            acts["reassign"] = _Act(tr("Give to another technician or bay"), "", moves.reassign)
        if any(line.running for line in file.lines):
            acts["clock_off"] = _Act(tr("Clock off"), "", moves.clock_off)
        if not file.fixed and file.wash_wanted:
            acts["wash"] = _Act(tr("Not washed yet") if file.washed else tr("Tick the wash"), "", moves.wash)
        acts["talk"] = _Act(tr("Talk with the customer"), "K", moves.talk)
        acts["attach"] = _Act(tr("Add pictures or scans"), "", page.papers.attach)
        acts["print"] = _Act(tr("Papers: look, print, save"), "Shift F9", page.papers.preview)
        acts["vehicle"] = _Act(tr("The vehicle's file"), "", self._to_vehicle)
        if file.customer_id is not None:
            acts["customer"] = _Act(tr("The customer's file"), "", self._to_customer)
        if file.claim_id is not None:
            acts["claim"] = _Act(tr("The claim"), "", self._to_claim)
        return acts

    def _of_row(self, row: ShownRow | None) -> Acts:
        if row is None or not row.lines or self._page.file is None or self._page.file.fixed:
            return {}
        lines = self._page.lines
        acts: Acts = {}
        line = row.line
        if not line.stands:
            acts["restore"] = _Act(tr("Bring the line back"), "", lines.restore)
            if line.consent is not Consent.WITHDRAWN:
                acts["authorise"] = _Act(tr("The customer agrees"), "A", lines.authorise)
            return acts
        if row.what != PACKAGE:
            acts["change"] = _Act(tr("Change the line"), "F4", lines.change)
            acts["split"] = _Act(tr("Split the line"), "S", lines.split)
        if line.split_from_id is not None:
            acts["join"] = _Act(tr("Join it again"), "", lines.join)
        acts["payer"] = _Act(tr("Who pays for it"), "P", lines.payer)
        acts["withdraw"] = _Act(tr("Take off the order"), "Del", lines.withdraw)
        if line.consent is Consent.AUTHORISED and line.kind is not LineKind.FEE:
            done = all(each.work_state is WorkState.DONE for each in row.lines)
            acts["done"] = _Act(tr("Open again") if done else tr("Done or handed out"), "Space", lines.done)
        acts["technician"] = _Act(tr("Who is to do it"), "", lines.technician)
        acts["complaint"] = _Act(tr("Which complaint it belongs to"), "", lines.to_complaint)
        return acts

    def look_at_picture(self, row: AttachmentRow) -> None:
        """Show a picture large."""
        self._page.papers.look_at_picture(row)

    def _on_taken(self, key: object) -> None:
        words = str(key)
        if words.startswith("move."):
            self._page.moves.make(words.removeprefix("move."))
        else:
            self._acts[words].do()

    def _to_vehicle(self) -> None:
        if self._page.file is not None:
            self._page.context.navigator.open_vehicle(self._page.file.vehicle_id)

    def _to_customer(self) -> None:
        if self._page.file is not None and self._page.file.customer_id is not None:
            self._page.context.navigator.open_customer(self._page.file.customer_id)

    def _to_claim(self) -> None:
        if self._page.file is not None and self._page.file.claim_id is not None:
            self._page.context.navigator.open_claim(self._page.file.claim_id)
