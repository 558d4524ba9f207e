"""Work orders: the list, one order, and every dialog of its lines and moves."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from sqlalchemy import select

from db.engine import reading
from db.models import WorkOrder
from db.queries.order_file import order_file
from db.rules.order_life import Consent, OrderState
from desktop_app.rooms.work_orders.line_rows import PACKAGE
from tests.tour.steps import Step, nothing

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.queries.order_file import OrderFile
    from tests.tour.stage import Stage

_HERE = "work_orders"


def _open(stage: Stage, fits: Callable[[OrderFile], object]) -> None:
    """Open the newest order that fits."""
    with reading(stage.engine) as session:
        ids = session.execute(select(WorkOrder.id).order_by(WorkOrder.number.desc()).limit(400)).scalars()
        order = next(order_id for order_id in ids if fits(order_file(session, order_id)))
    stage.room.open_record("order", order)
    stage.wait(lambda: stage.room.order.file is not None)
    stage.settle()


def _in_work(file: OrderFile) -> bool:
    return file.state is OrderState.IN_PROGRESS and len(file.lines) > 4


def _order(stage: Stage) -> None:
    _open(stage, _in_work)


def _can(move: str, file: OrderFile) -> bool:
    return any(offer.name == move and not offer.missing for offer in file.moves)


def _lacks(file: OrderFile) -> bool:
    return any(offer.missing for offer in file.moves)


def _make(move: str, stage: Stage) -> None:
    _open(stage, partial(_can, move))
    stage.room.order.moves.make(move)


def _still_missing(stage: Stage) -> None:
    _open(stage, _lacks)
    order = stage.room.order
    offer = next(offer for offer in order.file.moves if offer.missing)
    order.moves.make(offer.name)


def _on_line(act: str, stage: Stage) -> None:
    """Do a line act with the first line selected."""
    _order(stage)
    _select_line(stage)
    getattr(stage.room.order.lines, act)()


def _select_line(stage: Stage) -> None:
    """Down to the first row that is a line."""
    order = stage.room.order
    order.table.setFocus()
    stage.key(Qt.Key.Key_Home)
    for _row in range(12):
        row = order.selected
        if row is not None and row.lines and row.what != PACKAGE:
            break
        stage.key(Qt.Key.Key_Down)


def _proposed(file: OrderFile) -> bool:
    return not file.fixed and any(line.consent is Consent.PROPOSED for line in file.lines)


def _authorise(stage: Stage) -> None:
    _open(stage, _proposed)
    stage.room.order.lines.authorise()


def _move_act(act: str, stage: Stage) -> None:
    _order(stage)
    getattr(stage.room.order.moves, act)()


def _clock_off(stage: Stage) -> None:
    _open(stage, lambda file: any(line.running for line in file.lines))
    stage.room.order.moves.clock_off()


def _wait(stage: Stage) -> None:
    _order(stage)
    # Asked past what it lacks: in the demo every car in work has somebody clocked on.
    stage.room.order.moves._wait()


def _more(stage: Stage) -> None:
    _order(stage)
    stage.room.order.more.open()


def _history(stage: Stage) -> None:
    _order(stage)
    if not stage.room.order.panel.is_open:
        stage.room.order.toggle_history()


def _preview(stage: Stage) -> None:
    _order(stage)
    stage.room.preview_paper()
    stage.settle()


def _add(stage: Stage) -> None:
    _order(stage)
    stage.room.order.lines.add()
    stage.settle()
    stage.type("JY")


def _filtered(stage: Stage) -> None:
    stage.room.list.search.setFocus()
    stage.type("chen")


def _fixed(stage: Stage) -> None:
    _open(stage, lambda file: file.state is OrderState.DELIVERED and len(file.lines) > 6)


STEPS = [
    Step(_HERE, "list", nothing),
    Step(_HERE, "filtered", _filtered),
    Step(_HERE, "order", _order),
    Step(_HERE, "delivered", _fixed),
    Step(_HERE, "history", _history),
    Step(_HERE, "more", _more, opens="ListDialog"),
    Step(_HERE, "add", _add, opens="ItemDialog"),
    Step(_HERE, "change_line", partial(_on_line, "change"), opens="ValuesDialog"),
    Step(_HERE, "payer", partial(_on_line, "payer"), opens="ListDialog"),
    Step(_HERE, "withdraw", partial(_on_line, "withdraw"), opens="WithdrawDialog"),
    Step(_HERE, "split", partial(_on_line, "split"), opens="SplitDialog"),
    Step(_HERE, "complaint", partial(_on_line, "to_complaint"), opens="ListDialog"),
    Step(_HERE, "technician", partial(_on_line, "technician"), opens="ListDialog"),
    Step(_HERE, "further_complaint", partial(_on_line, "complain"), opens="WordsDialog"),
    Step(_HERE, "authorise", _authorise, opens="AuthoriseDialog"),
    Step(_HERE, "dispatch", partial(_make, "dispatch"), opens="DispatchDialog"),
    Step(_HERE, "clock_on", partial(_move_act, "clock_on"), opens="ClockDialog"),
    Step(_HERE, "clock_off", _clock_off, opens="ClockOffDialog"),
    Step(_HERE, "wait", _wait, opens="WaitDialog"),
    Step(_HERE, "send_back", partial(_make, "send_back"), opens="SendBackDialog"),
    Step(_HERE, "check", partial(_make, "pass_check"), opens="CheckDialog"),
    Step(_HERE, "settle", partial(_make, "settle"), opens="SettleDialog"),
    Step(_HERE, "deliver", partial(_make, "deliver"), opens="DeliverDialog"),
    Step(_HERE, "cancel", partial(_make, "cancel"), opens="ReasonDialog"),
    Step(_HERE, "reopen", partial(_make, "reopen"), opens="ReasonDialog"),
    Step(_HERE, "promise", partial(_move_act, "promise"), opens="PromiseDialog"),
    Step(_HERE, "talk", partial(_move_act, "talk"), opens="TalkDialog"),
    Step(_HERE, "still_missing", _still_missing, opens="ListDialog"),
    Step(_HERE, "preview", _preview, opens="Preview"),
]
