"""What a scanned code means: the shop's own papers, a VIN, or what the room in front makes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop_app.i18n import tr
from desktop_app.shell.main_window import call
from desktop_app.shell.navigator import ROOM_OF

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

    def __call__(self, found: tuple[str, int] | None) -> None:
        if found is not None:
            subject, record_id = found
            self._desk.navigator.open_record(subject, record_id)
        else:
            self._desk.navigator.say_unknown_code(self._reading.code)


def _find(engine: Any, reading: Reading) -> tuple[str, int] | None:
    from db.engine import reading as reading_session
    from db.queries.search import find

    with reading_session(engine) as session:
        found = find(session, reading.code, limit=2)
    if reading.kind == "order":
        hit = next((("order", row.order_id) for row in found.orders if row.number == reading.code), None)
    elif reading.kind == "vin":
        hit = next((("vehicle", row.vehicle_id) for row in found.vehicles if row.vin == reading.code), None)
    else:
        hit = None
    return hit if hit is not None and hit[0] in ROOM_OF else None
