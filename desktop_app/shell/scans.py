"""What a scanned code means: the shop's own papers, a VIN, or what the room in front makes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop_app.i18n import tr
from desktop_app.shell.main_window import call

if TYPE_CHECKING:
    from desktop_app.shell.desk import Desk

_PAPER = re.compile(r"^(?:([A-Z0-9]{4})/)?([WCSA]\d{6}-\d{2,})$")
_VIN = re.compile(r"^[A-HJ-NPR-Z0-9]{17}$")
_KINDS = {"W": "order", "C": "claim", "S": "settlement", "A": "appointment"}


@dataclass(frozen=True)
class Reading:
    """A code taken apart: its kind (order, claim, settlement, appointment, vin, other), the number in it, and the shop it names."""

    kind: str
    code: str
    shop: str = ""


def read(code: str) -> Reading:
    """Understand a code by its form alone."""
    folded = code.strip().upper()
    paper = _PAPER.match(folded)
    if paper is not None:
        return Reading(_KINDS[paper.group(2)[0]], paper.group(2), paper.group(1) or "")
    if _VIN.match(folded):
        return Reading("vin", folded)
    return Reading("other", code.strip())


def take(code: str, desk: Desk) -> None:
    """Act on a scan at this desk: what lies in front may use it, a panel, a dialog or the room; else the record that it names is opened.

    A dialog or a panel that asks something stays as it is, and it is said that the code is of no use there.
    """
    window, shop, reading = desk.window, desk.session.shop, read(code)
    panel = window.panel_in_front
    if panel is not None and panel.take_scan(code.strip()):
        return
    if reading.shop and shop is not None and reading.shop != shop.code:
        desk.navigator.toast(tr("This paper is another shop's ({code})", code=reading.shop), kind="warn")
        return
    if panel is not None and panel.gives_way:
        panel.close_panel()
        take(code, desk)
        return
    in_front = window.dialog_in_front or window.room_widget()
    if panel is None and call(in_front, "take_scan", reading.kind, reading.code):
        return
    if panel is not None or window.dialog_in_front is not None or desk.context is None:
        desk.navigator.toast(tr("Not used here: {code}", code=reading.code), kind="warn")
        return
    engine = desk.context.engine
    desk.runner.submit(desk, lambda: _find(engine, reading), _Answer(desk, reading))


class _Answer:
    """Opens what a scan named, once it has been looked up."""

    def __init__(self, desk: Desk, reading: Reading) -> None:
        self._desk, self._reading = desk, reading

    def __call__(self, found: list[tuple[str, int]]) -> None:
        navigator = self._desk.navigator
        if not found:
            navigator.say_unknown_code(self._reading.code)
        elif len(found) == 1:
            navigator.open_record(*found[0])
        else:
            navigator.search(self._reading.code)


def _find(engine: Any, reading: Reading) -> list[tuple[str, int]]:
    """Subject and id of what bears the code; of a code without a form of its own, as a plate or a phone, of all that it may mean."""
    from db.engine import reading as reading_session
    from db.queries.search import find

    with reading_session(engine) as session:
        found = find(session, reading.code)
    if reading.kind == "order":
        return [("order", row.order_id) for row in found.orders if row.number == reading.code]
    if reading.kind == "vin":
        return [("vehicle", row.vehicle_id) for row in found.vehicles if row.vin == reading.code]
    if reading.kind != "other":
        return [row.shown_as for row in found.papers if row.number == reading.code]
    cars = [("vehicle", row.vehicle_id) for row in found.vehicles]
    people = [("customer", row[0]) for row in found.customers_without_vehicle]
    return [*cars, *people, *(("order", row.order_id) for row in found.orders), *(row.shown_as for row in found.papers)]
