"""Makes papers right after a check-in: printed where there is a printer, kept as PDF in any case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.faults import said
from desktop_app.i18n import tr
from desktop_app.printing.issuing import Issued, issue

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from desktop_app.room import RoomContext


def print_after_check_in(context: RoomContext, owner: QObject, paper: str, number: str, undo: Callable[[], Callable[[], object] | None]) -> None:
    """A paper of a new order; says where it is kept when no printer took it, with the undo of the check-in while `undo` has one still."""

    def on_issued(issued: Issued) -> None:
        if issued.printer:
            return
        words = tr("{number} is open; no printer: the paper is kept as {file}", number=number, file=str(issued.made.path))
        if issued.trouble is not None:
            words = f"{said(issued.trouble)} {words}"
        context.navigator.toast(words, kind="warn" if issued.trouble is not None else "info", undo=undo())

    issue(context, owner, paper, number, on_issued)
