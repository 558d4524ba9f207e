"""Opens the order of a form and takes it back: the command, its papers, and the form that an undo brings again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop_app.faults import said
from desktop_app.i18n import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop_app.room import RoomContext
    from desktop_app.rooms.check_in.form import CheckInForm
    from desktop_app.rooms.check_in.last_act import LastAct

JOB_CARD, CHECK_IN_SHEET = "job-card", "check-in-sheet"


class OrderOpening(QObject):
    """One form at a time is on its way; `busy` meanwhile."""

    opened = Signal(str)
    """The order stands on the disk; the key of its form."""
    refused = Signal(str, object)
    """Key of the form, and the refusal that kept its order from being opened."""
    taken_back = Signal(str, int)
    """Key of the draft that the undone order's form is again (empty: none was kept), and its vehicle's id."""

    def __init__(self, context: RoomContext, last_act: LastAct, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._last_act = context, last_act
        self.busy = False

    def open_order(self, form: CheckInForm, odometer_km: int | None, papers: tuple[str, ...]) -> None:
        """Check the car in, then print the papers."""
        self.busy = True
        command, key = form.command(odometer_km, self._context.device), form.key
        self._context.perform(command, lambda result: self._on_opened(key, papers, result), lambda refusal: self._on_refused(key, refusal), owner=self)

    def _take_back(self, order_id: int) -> None:
        from db.commands.check_in import UndoCheckIn

        self._context.perform(UndoCheckIn(order_id), self._on_undone, owner=self)

    def _on_opened(self, key: str, papers: tuple[str, ...], result: dict[str, Any]) -> None:
        from desktop_app.rooms.check_in.papers import print_after_check_in

        self.busy = False
        order_id, number = int(result["order_id"]), str(result["number"])
        self.opened.emit(key)
        undo = self._last_act.made(lambda: self._take_back(order_id))
        self._context.navigator.toast(
            tr("{number} is open", number=number), undo=undo, act=(tr("Open"), lambda: self._context.navigator.open_order(order_id))
        )
        for paper in papers:
            print_after_check_in(self._context, self, paper, number, lambda: self._last_act.newest(undo))

    def _on_refused(self, key: str, refusal: Any) -> None:
        self.busy = False
        self.refused.emit(key, refusal)
        standing = refusal.facts.get("order_id")
        act = (tr("Open"), lambda: self._context.navigator.open_order(standing)) if standing is not None else None
        self._context.navigator.toast(said(refusal), kind="bad", act=act)

    def _on_undone(self, result: dict[str, Any]) -> None:
        self._context.navigator.toast(tr("{number} taken back; its papers are void", number=result["number"]), kind="info")
        self.taken_back.emit(str(result["draft_key"]), int(result["vehicle_id"]))
