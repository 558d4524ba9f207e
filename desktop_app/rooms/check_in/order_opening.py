"""Opens the order of a form and takes it back: the command, its papers, and the form that an undo brings again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop_app.faults import said
from desktop_app.i18n import tr
from desktop_app.rooms.check_in.form import CheckInForm

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop_app.room import RoomContext

JOB_CARD, CHECK_IN_SHEET = "job-card", "check-in-sheet"


class OrderOpening(QObject):
    """One form at a time is on its way; `busy` meanwhile."""

    opened = Signal()
    """The order stands on the disk."""
    refused = Signal(object)
    """The refusal that kept it from being opened."""
    taken_back = Signal(object)
    """The draft of the form whose order was undone."""

    def __init__(self, context: RoomContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._last: tuple[int, dict[str, Any]] | None = None
        """The order opened last, with its form, until it was taken back."""
        self.busy = False

    def open_order(self, form: CheckInForm, odometer_km: int | None, papers: tuple[str, ...]) -> None:
        """Check the car in, then print the papers."""
        self.busy = True
        command = form.command(odometer_km, self._context.device)
        self._context.perform(command, lambda result: self._on_opened(form, papers, result), self._on_refused, owner=self)

    def can_take_back(self, order_id: int | None = None) -> bool:
        """Whether the last order (this one) can still be taken back here."""
        return self._last is not None and order_id in (None, self._last[0])

    def take_back(self) -> None:
        """Undo the last order while nobody has worked on it."""
        if self._last is not None:
            from db.commands.check_in import UndoCheckIn

            self._context.perform(UndoCheckIn(self._last[0]), self._on_undone, owner=self)

    def bring_form(self, order_id: int) -> None:
        """The form of an order that another window has undone."""
        if self._last is not None and self._last[0] == order_id:
            _order_id, body = self._last
            self._last = None
            self.taken_back.emit({**body, "key": CheckInForm().key})

    def _on_opened(self, form: CheckInForm, papers: tuple[str, ...], result: dict[str, Any]) -> None:
        from desktop_app.rooms.check_in.papers import print_after_check_in

        self.busy = False
        order_id, number = int(result["order_id"]), str(result["number"])
        self._last = (order_id, replace(form, vehicle_id=result["vehicle_id"], customer_id=result["customer_id"]).to_draft())
        self.opened.emit()
        self._context.navigator.toast(
            tr("{number} is open", number=number),
            undo=self.take_back,
            act=(tr("Open"), lambda: self._context.navigator.open_order(order_id)),
        )
        for paper in papers:
            print_after_check_in(self._context, self, paper, number, self.take_back)

    def _on_refused(self, refusal: Any) -> None:
        self.busy = False
        self.refused.emit(refusal)
        self._context.navigator.toast(said(refusal), kind="bad")

    def _on_undone(self, result: dict[str, Any]) -> None:
        self._context.navigator.toast(tr("{number} taken back; its papers are void", number=result["number"]), kind="info")
        self.bring_form(int(result["order_id"]))
