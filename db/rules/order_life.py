"""A work order's life: its states, what its lines may be, and the complete table of moves from one state to the next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from db.rules.errors import Refusal
from db.rules.rights import Right


class OrderState(StrEnum):
    CHECKED_IN = "checked_in"
    DISPATCHED = "dispatched"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    QUALITY_CHECK = "quality_check"
    READY = "ready"
    SETTLED = "settled"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


class WaitingFor(StrEnum):
    PARTS = "parts"
    CUSTOMER = "customer"
    """The customer's answer."""
    INSURER = "insurer"
    SUBLET = "sublet"
    BAY = "bay"


class LineKind(StrEnum):
    LABOUR = "labour"
    PART = "part"
    CONSUMABLE = "consumable"
    SUBLET = "sublet"
    FEE = "fee"


class Payer(StrEnum):
    CUSTOMER = "customer"
    WARRANTY = "warranty"
    """The maker."""
    INSURER = "insurer"
    INTERNAL = "internal"
    GOODWILL = "goodwill"
    RECALL = "recall"


class Consent(StrEnum):
    """What the one who pays has said to a line."""

    PROPOSED = "proposed"
    AUTHORISED = "authorised"
    DECLINED = "declined"
    POSTPONED = "postponed"
    WITHDRAWN = "withdrawn"


class WorkState(StrEnum):
    """How far a line is, beside its consent."""

    OPEN = "open"
    WORKING = "working"
    STOPPED = "stopped"
    DONE = "done"


class PartOrigin(StrEnum):
    """Kinds of parts that the trade's rules want marked and priced separately."""

    ORIGINAL = "original"
    SAME_QUALITY = "same_quality"
    REMANUFACTURED = "remanufactured"
    REPAIRED = "repaired"
    CUSTOMER_SUPPLIED = "customer_supplied"
    AFTERMARKET = "aftermarket"


class OrderKind(StrEnum):
    """The main kind under which a visit is counted."""

    MAINTENANCE = "maintenance"
    REPAIR = "repair"
    ACCIDENT = "accident"
    WARRANTY = "warranty"
    RECALL = "recall"
    COMEBACK = "comeback"
    INTERNAL = "internal"
    PRE_DELIVERY = "pre_delivery"
    """Inspection of a new car before its buyer gets it (PDI)."""


class Lane(StrEnum):
    """The six lanes of the board."""

    TO_START = "to_start"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    QUALITY_CHECK = "quality_check"
    READY = "ready"
    TO_DELIVER = "to_deliver"


class ShownState(StrEnum):
    """The word and icon under which an order is shown: the state, what it waits for, and whether it is washed."""

    TO_DISPATCH = "to_dispatch"
    DISPATCHED = "dispatched"
    IN_PROGRESS = "in_progress"
    WAITING_PARTS = "waiting_parts"
    WAITING_CUSTOMER = "waiting_customer"
    WAITING_INSURER = "waiting_insurer"
    WAITING_SUBLET = "waiting_sublet"
    WAITING_BAY = "waiting_bay"
    QUALITY_CHECK = "quality_check"
    WASHING = "washing"
    TO_SETTLE = "to_settle"
    TO_DELIVER = "to_deliver"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Move:
    """One way from a state to another.

    `needs` are codes of what must be there (see `OrderFacts`); `by_itself`: the program makes the move when its occasion comes
    (first clock on, last line done), though a person with the right may make it as well.
    """

    name: str
    from_states: frozenset[OrderState]
    to_state: OrderState
    right: Right
    needs: tuple[str, ...] = ()
    by_itself: bool = False


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """What is known of an order when a move is asked for; for each need the answer to 'is it there?'."""

    vehicle: bool = False
    someone_to_reach: bool = False
    mileage: bool = False
    promised_time: bool = False
    signature: bool = False
    """Signed, or signed on paper."""
    technician: bool = False
    bay: bool = False
    authorised_lines: int = 0
    undone_lines: int = 0
    """Authorised lines that are not done."""
    clocks_running: int = 0
    times_clocked: int = 0
    """Labour sessions that the order ever had."""
    lines_handed_out: int = 0
    """Lines done in any way: parts handed out, sublets back, labour finished."""
    waiting_for: WaitingFor | None = None
    final_check: bool = False
    """The final check has been passed."""
    checker_did_the_work: bool = False
    own_work_may_be_checked: bool = False
    """The shop's setting; a shop of one person can't do without it."""
    total_agreed: bool = True
    """What will be billed lies within what was agreed."""
    open_shares: int = 0
    """Payers whose share is neither settled, on account nor written off."""
    paid: int = 0
    """Fen taken for the order and not given back."""
    taken_by: bool = False
    """Who took the car is known."""
    reason: bool = False


_BEFORE_SETTLED = frozenset(
    (OrderState.CHECKED_IN, OrderState.DISPATCHED, OrderState.IN_PROGRESS, OrderState.WAITING, OrderState.QUALITY_CHECK, OrderState.READY)
)


def _move(name: str, from_states: tuple[OrderState, ...], to_state: OrderState, right: Right, *needs: str, by_itself: bool = False) -> Move:
    return Move(name, frozenset(from_states), to_state, right, needs, by_itself)


_S = OrderState

CHECK_IN = _move("check_in", (), _S.CHECKED_IN, Right.CHECK_IN, "vehicle", "someone_to_reach", "mileage", "promised_time", "signature")
DISPATCH = _move("dispatch", (_S.CHECKED_IN,), _S.DISPATCHED, Right.DISPATCH, "technician", "bay")
UNDO_DISPATCH = _move("undo_dispatch", (_S.DISPATCHED,), _S.CHECKED_IN, Right.DISPATCH, "nobody_worked")
START = _move("start", (_S.DISPATCHED,), _S.IN_PROGRESS, Right.CLOCK_AND_INSPECT, "authorised_line", by_itself=True)
WAIT = _move("wait", (_S.IN_PROGRESS,), _S.WAITING, Right.CLOCK_AND_INSPECT, "waiting_for", "clocks_stopped")
RESUME = _move("resume", (_S.WAITING,), _S.IN_PROGRESS, Right.CLOCK_AND_INSPECT, by_itself=True)
FINISH_WORK = _move(
    "finish_work", (_S.IN_PROGRESS, _S.WAITING), _S.QUALITY_CHECK, Right.CLOCK_AND_INSPECT,
    "authorised_line", "lines_done", "clocks_stopped", by_itself=True,
)  # fmt: skip
SEND_TO_CHECK = _move("send_to_check", (_S.IN_PROGRESS, _S.WAITING), _S.QUALITY_CHECK, Right.DISPATCH, "lines_done", "clocks_stopped")
SEND_BACK = _move("send_back", (_S.QUALITY_CHECK,), _S.IN_PROGRESS, Right.DISPATCH, "reason")
PASS_CHECK = _move("pass_check", (_S.QUALITY_CHECK,), _S.READY, Right.DISPATCH, "lines_done", "clocks_stopped", "final_check", "another_checker")
WORK_AGAIN = _move("work_again", (_S.READY,), _S.IN_PROGRESS, Right.DISPATCH, "undone_line")
SETTLE = _move("settle", (_S.READY,), _S.SETTLED, Right.SETTLE, "lines_done", "total_agreed", "shares_settled")
REOPEN = _move("reopen", (_S.SETTLED,), _S.READY, Right.REOPEN, "reason")
DELIVER = _move("deliver", (_S.SETTLED,), _S.DELIVERED, Right.DELIVER, "taken_by")
CANCEL = _move("cancel", tuple(_BEFORE_SETTLED), _S.CANCELLED, Right.CHECK_IN, "reason", "clocks_stopped", "nothing_paid")
UNDO_CHECK_IN = _move("undo_check_in", (_S.CHECKED_IN, _S.DISPATCHED), _S.CANCELLED, Right.CHECK_IN, "nobody_worked", "nothing_paid")

MOVES: tuple[Move, ...] = (
    CHECK_IN, DISPATCH, UNDO_DISPATCH, START, WAIT, RESUME, FINISH_WORK, SEND_TO_CHECK, SEND_BACK, PASS_CHECK,
    WORK_AGAIN, SETTLE, REOPEN, DELIVER, CANCEL, UNDO_CHECK_IN,
)  # fmt: skip
"""Every move that an order can make; `check_in`, from no state, makes it.

`send_back` counts a rework. `work_again` is for what the customer adds once the car is ready: it needs the final check anew and is no
rework. `reopen` leads to `ready`, where the bill can be put right. `undo_check_in` keeps the number and the words 'undone'.
"""

NEEDS: tuple[str, ...] = (
    "vehicle", "someone_to_reach", "mileage", "promised_time", "signature", "technician", "bay", "authorised_line", "undone_line", "lines_done",
    "clocks_stopped", "nobody_worked", "waiting_for", "final_check", "another_checker", "total_agreed", "shares_settled", "nothing_paid", "taken_by",
    "reason",
)  # fmt: skip
"""Every code that a move may name as missing."""


def move_named(name: str) -> Move:
    """The move of this name; KeyError for none."""
    for move in MOVES:
        if move.name == name:
            return move
    raise KeyError(name)


def legal_moves(state: OrderState) -> tuple[Move, ...]:
    """The moves that lead out of a state, in the order of an order's life."""
    return tuple(move for move in MOVES if state in move.from_states)


def _holds(need: str, facts: OrderFacts) -> bool:
    match need:
        case "authorised_line":
            return facts.authorised_lines > 0
        case "undone_line":
            return facts.undone_lines > 0
        case "lines_done":
            return facts.undone_lines == 0
        case "clocks_stopped":
            return facts.clocks_running == 0
        case "nobody_worked":
            return facts.times_clocked == 0 and facts.clocks_running == 0 and facts.lines_handed_out == 0
        case "waiting_for":
            return facts.waiting_for is not None
        case "another_checker":
            return facts.own_work_may_be_checked or not facts.checker_did_the_work
        case "shares_settled":
            return facts.open_shares == 0
        case "nothing_paid":
            return facts.paid == 0
        case _:
            return bool(getattr(facts, need))


def missing_for(move: Move, facts: OrderFacts) -> tuple[str, ...]:
    """The codes of all that a move still needs, at once."""
    return tuple(need for need in move.needs if not _holds(need, facts))


def check_move(name: str, state: OrderState | None, facts: OrderFacts) -> Move:
    """The move of this name, when it may be made now (`state` None: there is no order yet).

    Refusals: move_not_legal (move, state); move_needs (move, missing: the codes of all that is missing).
    """
    move = move_named(name)
    if (state not in move.from_states) if state is not None else bool(move.from_states):
        raise Refusal("move_not_legal", move=name, state=None if state is None else state.value)
    missing = missing_for(move, facts)
    if missing:
        raise Refusal("move_needs", move=name, missing=list(missing))
    return move


def is_open(state: OrderState) -> bool:
    """Whether the car is still in the shop's hands; one car has one open order."""
    return state not in (OrderState.DELIVERED, OrderState.CANCELLED)


_LANES = {
    _S.CHECKED_IN: Lane.TO_START,
    _S.DISPATCHED: Lane.TO_START,
    _S.IN_PROGRESS: Lane.IN_PROGRESS,
    _S.WAITING: Lane.WAITING,
    _S.QUALITY_CHECK: Lane.QUALITY_CHECK,
    _S.READY: Lane.READY,
    _S.SETTLED: Lane.TO_DELIVER,
}

_SHOWN = {
    _S.CHECKED_IN: ShownState.TO_DISPATCH,
    _S.DISPATCHED: ShownState.DISPATCHED,
    _S.IN_PROGRESS: ShownState.IN_PROGRESS,
    _S.QUALITY_CHECK: ShownState.QUALITY_CHECK,
    _S.SETTLED: ShownState.TO_DELIVER,
    _S.DELIVERED: ShownState.DELIVERED,
    _S.CANCELLED: ShownState.CANCELLED,
}


def lane(state: OrderState, waiting_for: WaitingFor | None = None, washed: bool = False) -> Lane | None:  # noqa: ARG001 - asked with the same values as `shown_as`
    """The board's lane of an order; None when delivered or cancelled. What it waits for and the wash change its word, not its lane."""
    return _LANES.get(state)


def shown_as(state: OrderState, waiting_for: WaitingFor | None = None, washed: bool = False) -> ShownState:
    """How an order is shown; `washed` is True when the wash is ticked or not wanted."""
    if state is OrderState.WAITING:
        if waiting_for is None:
            raise ValueError("a waiting order names what it waits for")
        return ShownState(f"waiting_{waiting_for.value}")
    if state is OrderState.READY:
        return ShownState.TO_SETTLE if washed else ShownState.WASHING
    return _SHOWN[state]
