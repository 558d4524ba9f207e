"""What a person does with the order as a whole: its legal moves, the promised time, talks, and what is still missing for a move."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.commands.check_in import UndoCheckIn
from db.commands.order_moves import (
    Cancel,
    Deliver,
    Dispatch,
    FinishWork,
    PassCheck,
    PutToWaiting,
    Reassign,
    Resume,
    SendBack,
    SendToCheck,
    Start,
    UndoDispatch,
    WorkAgain,
)
from db.commands.order_settling import Reopen, Settle
from db.commands.order_talks import AddContact, AddNote, ChangePromisedTime
from db.commands.order_work import StartWork, StopWork, TickWash
from db.rules.order_life import Consent, LineKind, OrderState, WorkState
from desktop_app.i18n import current_language, tr
from desktop_app.record_words import record_word
from desktop_app.refusal_words.rules import NEEDS
from desktop_app.rooms.work_orders.deeds import Deed
from desktop_app.rooms.work_orders.line_dialogs import ListDialog
from desktop_app.rooms.work_orders.move_dialogs import (
    CheckDialog,
    ClockDialog,
    ClockOffDialog,
    DeliverDialog,
    DispatchDialog,
    PromiseDialog,
    ReasonDialog,
    SendBackDialog,
    SettleDialog,
    TalkDialog,
    WaitDialog,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from db.commands.order_settling import ShareValues
    from db.queries.order_file import OrderFile
    from db.rules.errors import Refusal
    from db.rules.order_life import WaitingFor
    from db.rules.record_words import CheckLevel, ContactPurpose, ContactWay, StopReason
    from desktop_app.rooms.work_orders.order_page import OrderPage

WASH = "tick_wash"

FORWARD = {
    OrderState.CHECKED_IN: "dispatch", OrderState.DISPATCHED: "start", OrderState.WAITING: "resume", OrderState.QUALITY_CHECK: "pass_check",
    OrderState.READY: "settle", OrderState.SETTLED: "deliver",
}  # fmt: skip
"""The move that comes next in each state; from `in_progress` it depends on who asks."""

WAYS = {
    "lines_done": "next_undone", "clocks_stopped": "clock_off", "total_agreed": "authorise", "authorised_line": "authorise", "undone_line": "add",
    "nothing_paid": "history", "nobody_worked": "history", "another_checker": "pass_check",
}  # fmt: skip
"""What is missing to the act that goes there; to `history`, which says who did it and when, where it can't be had any more."""


class MoveActs:
    """The acts; `page` shows the order and does the deeds."""

    def __init__(self, page: OrderPage) -> None:
        self._page = page

    def next_move(self, file: OrderFile) -> str:
        """The name of the move that F8 makes, `tick_wash` before settling a car that is to be washed; empty when there is none."""
        if file.state is OrderState.READY and not file.washed:
            return WASH
        if file.state is OrderState.IN_PROGRESS:
            offers = {offer.name: offer for offer in file.moves}
            finish = offers["finish_work"]
            return "finish_work" if self._page.context.may(finish.right) and not finish.missing else "send_to_check"
        return FORWARD.get(file.state, "")

    def make(self, name: str) -> None:
        """Make a move: what it lacks is said at once, else it asks what it needs and is made."""
        page = self._page
        if page.file is None or not name:
            return
        if name == WASH:
            self.wash()
            return
        offer = next((offer for offer in page.file.moves if offer.name == name), None)
        if offer is None:
            return
        # Another's PIN makes it his check, so that alone keeps nobody from asking.
        if offer.missing and offer.missing != ("another_checker",):
            page.show_missing(name, offer.missing)
            return
        asks: dict[str, Callable[[], None]] = {
            "dispatch": self._dispatch, "start": self._start, "wait": self._wait, "send_back": self._send_back, "pass_check": self._check,
            "settle": self._settle, "deliver": self._deliver, "cancel": self._cancel, "reopen": self._reopen,
        }  # fmt: skip
        if name in asks:
            asks[name]()
        else:
            self._plain(name)

    def _plain(self, name: str) -> None:
        makers: dict[str, Callable[[OrderFile], Any]] = {
            "undo_dispatch": lambda file: UndoDispatch(file.order_id, file.version),
            "resume": lambda file: Resume(file.order_id, file.version),
            "finish_work": lambda file: FinishWork(file.order_id, file.version),
            "send_to_check": lambda file: SendToCheck(file.order_id, file.version),
            "work_again": lambda file: WorkAgain(file.order_id, file.version),
            "undo_check_in": lambda file: UndoCheckIn(file.order_id),
        }
        on_done = self._to_form if name == "undo_check_in" else None
        self._page.deeds.do(Deed(record_word("move", name), makers[name]), on_done)

    def _to_form(self, result: Any) -> None:
        """The check-in is undone: its form comes back, filled in."""
        if result is not None:
            self._page.context.navigator.new_check_in(draft_key=result["draft_key"], vehicle_id=result["vehicle_id"])

    def wash(self) -> None:
        """The car is washed, or it is not after all."""
        page = self._page
        if page.file is None:
            return
        washed = page.file.washed_at is None
        words = tr("Washed") if washed else tr("Not washed yet")
        page.deeds.do(
            Deed(words, lambda file: TickWash(file.order_id, washed), lambda file, _result: TickWash(file.order_id, not washed)),
        )

    def _dispatch(self) -> None:
        page = self._page
        assert page.file is not None and page.loaded is not None

        def answer(person: int | None, bay: int | None) -> None:
            deed = Deed(
                record_word("move", "dispatch"), lambda file: Dispatch(file.order_id, person, bay, file.version),
                lambda file, _result: UndoDispatch(file.order_id, file.version),
            )  # fmt: skip
            page.deeds.do(deed, dialog.done_for_good, dialog.refused)

        dialog = DispatchDialog(page, page.file, page.loaded.technicians, page.loaded.bays, answer)
        dialog.open()

    def reassign(self) -> None:
        """Another technician or bay for a car in the workshop."""
        page = self._page
        if page.file is None or page.loaded is None:
            return
        old_person, old_bay = page.file.technician_id, page.file.bay_id

        def answer(person: int | None, bay: int | None) -> None:
            assert person is not None and bay is not None
            back = None
            if old_person is not None and old_bay is not None:
                back = lambda file, _result: Reassign(file.order_id, old_person, old_bay, file.version)  # noqa: E731
            deed = Deed(tr("Given to another"), lambda file: Reassign(file.order_id, person, bay, file.version), back)
            page.deeds.do(deed, dialog.done_for_good, dialog.refused)

        dialog = DispatchDialog(page, page.file, page.loaded.technicians, page.loaded.bays, answer)
        dialog.open()

    def _start(self) -> None:
        page = self._page
        assert page.file is not None
        labour = [line for line in page.file.lines if line.kind is LineKind.LABOUR and line.consent is Consent.AUTHORISED]
        if any(line.work_state is not WorkState.DONE for line in labour):
            self.clock_on()
        else:
            page.deeds.do(Deed(record_word("move", "start"), lambda file: Start(file.order_id, file.version)))

    def clock_on(self) -> None:
        """A technician begins on a line."""
        page = self._page
        if page.file is None or page.loaded is None:
            return
        row = page.selected
        line_id = row.line.line_id if row is not None and row.lines and row.line.kind is LineKind.LABOUR else None

        def answer(line: int, person: int) -> None:
            deed = Deed(tr("Clocked on"), lambda _file: StartWork(line, person))
            page.deeds.do(deed, dialog.done_for_good, dialog.refused)

        dialog = ClockDialog(page, page.file, page.loaded.technicians, line_id, answer)
        dialog.open()

    def clock_off(self) -> None:
        """Who is clocked on to this order stops, and says why."""
        page = self._page
        if page.file is None or page.loaded is None:
            return
        names = {name for line in page.file.lines for name, _since in line.running}
        people = [person for person in page.loaded.technicians if person.name in names]
        if not people:
            page.context.navigator.toast(tr("Nobody is clocked on to this order"), kind="info")
            return

        def answer(person: int, reason: StopReason) -> None:
            page.deeds.do(Deed(tr("Clocked off"), lambda _file: StopWork(person, reason)), dialog.done_for_good, dialog.refused)

        dialog = ClockOffDialog(page, people, answer)
        dialog.open()

    def _wait(self) -> None:
        page = self._page

        def answer(what: WaitingFor, until: dt.datetime | None) -> None:
            deed = Deed(
                record_word("move", "wait"), lambda file: PutToWaiting(file.order_id, what, until, file.version),
                lambda file, _result: Resume(file.order_id, file.version),
            )  # fmt: skip
            page.deeds.do(deed, dialog.done_for_good, dialog.refused)

        dialog = WaitDialog(page, page.context.clock, answer)
        dialog.open()

    def _send_back(self) -> None:
        page = self._page
        assert page.file is not None

        def answer(what: str, line_ids: tuple[int, ...]) -> None:
            deed = Deed(record_word("move", "send_back"), lambda file: SendBack(file.order_id, what, line_ids, expected_version=file.version))
            page.deeds.do(deed, dialog.done_for_good, dialog.refused)

        dialog = SendBackDialog(page, page.file, answer)
        dialog.open()

    def _check(self) -> None:
        page = self._page
        assert page.file is not None

        def answer(level: CheckLevel, road_km: int | None) -> None:
            deed = Deed(record_word("check_level", level.value), lambda file: PassCheck(file.order_id, level, road_km, file.version))
            page.deeds.do(deed, dialog.done_for_good, dialog.refused)

        dialog = CheckDialog(page, page.file, answer)
        dialog.open()

    def _settle(self) -> None:
        page = self._page
        assert page.file is not None

        def answer(shares: tuple[ShareValues, ...]) -> None:
            deed = Deed(record_word("move", "settle"), lambda file: Settle(file.order_id, shares, file.version))
            page.deeds.do(deed, dialog.done_for_good, dialog.refused)

        dialog = SettleDialog(page, page.file, answer)
        dialog.open()

    def _deliver(self) -> None:
        page = self._page
        assert page.file is not None and page.loaded is not None

        def answer(by: str) -> None:
            deed = Deed(record_word("move", "deliver"), lambda file: Deliver(file.order_id, by, file.version))
            page.deeds.do(deed, dialog.done_for_good, dialog.refused)

        dialog = DeliverDialog(page, page.file, page.loaded.belonging_words(current_language()), answer)
        dialog.open()

    def _cancel(self) -> None:
        page = self._page
        assert page.loaded is not None

        def answer(reason: str) -> None:
            deed = Deed(record_word("move", "cancel"), lambda file: Cancel(file.order_id, reason, file.version))
            page.deeds.do(deed, dialog.done_for_good, dialog.refused)

        explanation = "The number stays, printed papers become void, and the car can be checked in anew"
        dialog = ReasonDialog(page, "Cancel the order", "Cancel the order", page.loaded.cancel_reasons, answer, explanation)
        dialog.open()

    def _reopen(self) -> None:
        page = self._page

        def answer(reason: str) -> None:
            deed = Deed(record_word("move", "reopen"), lambda file: Reopen(file.order_id, reason, file.version))
            page.deeds.do(deed, dialog.done_for_good, dialog.refused)

        explanation = "Its settlements are cancelled, and what was paid is booked as given back"
        dialog = ReasonDialog(page, "Open the bill again", "Open the bill again", (), answer, explanation)
        dialog.open()

    def promise(self) -> None:
        """T: another promised time."""
        page = self._page
        if page.file is None or page.refuses_changes():
            return
        before = page.file.promised_at

        def answer(at: dt.datetime, words: str, told: ContactWay | None) -> None:
            deed = Deed(
                tr("Promised time changed"), lambda file: ChangePromisedTime(file.order_id, at, words, told, file.version),
                lambda file, _result: ChangePromisedTime(file.order_id, before, expected_version=file.version),
            )  # fmt: skip
            page.deeds.do(deed, dialog.done_for_good, dialog.refused)

        dialog = PromiseDialog(page, page.file, page.context.clock, answer)
        dialog.open()

    def talk(self) -> None:
        """Write down a talk with the customer."""
        page = self._page
        if page.file is None:
            return

        def answer(way: ContactWay, purpose: ContactPurpose, words: str, next_on: dt.date | None) -> None:
            deed = Deed(tr("Talk kept"), lambda file: AddContact(file.order_id, way, words, purpose, next_on=next_on))
            page.deeds.do(deed, dialog.done_for_good, dialog.refused)

        dialog = TalkDialog(page, page.context.clock, answer)
        dialog.open()

    def note(self, words: str) -> None:
        """Keep a note."""
        self._page.deeds.do(Deed(tr("Note kept"), lambda file: AddNote(file.order_id, words)))

    def on_missing(self, error: Refusal) -> None:
        """The records say what a move still wants."""
        missing = error.facts.get("missing")
        self._page.show_missing(str(error.facts.get("move")), tuple(str(need) for need in missing) if isinstance(missing, list) else ())


def missing_dialog(page: OrderPage, move: str, missing: tuple[str, ...]) -> ListDialog:
    """All that a move lacks, each with the way there."""
    dialog = ListDialog(page, "Still missing", "circle-alert")
    dialog.title_right.setText(record_word("move", move))
    for need in missing:
        way = WAYS.get(need, "")
        dialog.add(way or need, tr(NEEDS[need]), "circle-alert", tr("Enter goes there") if way else "")
    if missing:
        dialog.choose(WAYS.get(missing[0], "") or missing[0])
    return dialog
