"""The steps of a visit in the workshop: dispatch, clocks, parts, waiting, checks, wash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.demo.order_under_way import OrderUnderWay
from db.demo.people import WORKSHOP
from db.rules.order_life import OrderState, WaitingFor, WorkState
from db.rules.record_words import (
    CheckLevel,
    StopReason,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from db.demo.ledger import Row


class WorkshopSteps(OrderUnderWay):
    """From the dispatch to the washed car."""

    def dispatch(self, at: dt.datetime, technician: int, bay: int) -> None:
        """The foreman gives the car to a technician and a bay."""
        self.world.ledger.act(at, self.world.crew.staff["luo"], WORKSHOP, "dispatch")
        self.technician = technician
        self.order["technician_id"], self.order["bay_id"], before = technician, bay, (self.order["technician_id"], self.order["bay_id"])
        state = self._move("dispatch")
        self.order["technician_id"], self.order["bay_id"] = before
        self.world.ledger.change("work_order", self.order, state=state, technician_id=technician, bay_id=bay, dispatched_at=at)

    def clock_on(self, at: dt.datetime, line: Row, technician: int) -> None:
        """A technician begins with a line, or goes on with it; the first clock starts the order."""
        ledger = self.world.ledger
        ledger.act(at, technician, WORKSHOP, "start_work")
        if self.order["state"] is OrderState.DISPATCHED:
            ledger.change("work_order", self.order, state=self._move("start"), started_at=at)
        elif self.order["state"] is OrderState.WAITING:
            self.resume()
        session = ledger.add("labour_session", line_id=line["id"], technician_id=technician, started_at=at)
        ledger.change("work_order_line", line, work_state=WorkState.WORKING, technician_id=line["technician_id"] or technician)
        self.clock = (session, line)
        self.times_clocked += 1
        self.worked.add(technician)

    def clock_off(self, at: dt.datetime, reason: StopReason, also_done: Sequence[Row] = ()) -> None:
        """The technician stops; with 'done' the line is done, and `also_done`, which went along with it."""
        ledger = self.world.ledger
        assert self.clock is not None
        session, line = self.clock
        technician = session["technician_id"]
        ledger.act(at, technician, WORKSHOP, "stop_work")
        ledger.change("labour_session", session, ended_at=at, stop_reason=reason)
        self.clock = None
        done = reason is StopReason.DONE
        ledger.change(
            "work_order_line", line, work_state=WorkState.DONE if done else WorkState.STOPPED, **({"done_at": at, "done_by_id": technician} if done else {})
        )
        for other in also_done:
            ledger.change("work_order_line", other, work_state=WorkState.DONE, done_at=at, done_by_id=technician, technician_id=technician)
        if done:
            self._finish_when_done()

    def hand_out(self, at: dt.datetime, lines: Sequence[Row]) -> None:
        """The parts keeper hands parts and consumables out."""
        ledger, keeper = self.world.ledger, self.world.crew.staff["tian"]
        ledger.act(at, keeper, WORKSHOP, "mark_lines_done")
        for line in lines:
            ledger.change("work_order_line", line, work_state=WorkState.DONE, done_at=at, done_by_id=keeper)
        self._finish_when_done()

    def mark_done(self, at: dt.datetime, lines: Sequence[Row], by: int) -> None:
        """Sublets that are back, or labour without a clock."""
        ledger = self.world.ledger
        ledger.act(at, by, WORKSHOP, "mark_lines_done")
        for line in lines:
            ledger.change("work_order_line", line, work_state=WorkState.DONE, done_at=at, done_by_id=by)
        self._finish_when_done()

    def _finish_when_done(self) -> None:
        if self.order["state"] in (OrderState.IN_PROGRESS, OrderState.WAITING) and not self.undone and self.clock is None:
            state = self._move("finish_work")
            self.world.ledger.change("work_order", self.order, state=state, waiting_for=None, waiting_until=None, waiting_since=None)

    def wait(self, at: dt.datetime, what: WaitingFor, until: dt.datetime | None, by: int, release_bay: bool = True) -> None:
        """The order can't go on; the car makes room for another."""
        self.world.ledger.act(at, by, WORKSHOP, "put_to_waiting")
        state = self._move("wait", waiting_for=what)
        more = {"bay_id": None} if release_bay else {}
        self.world.ledger.change("work_order", self.order, state=state, waiting_for=what, waiting_until=until, waiting_since=at, **more)

    def expect(self, line: Row, at: dt.datetime) -> None:
        """When a part or a sublet is expected, said in the present request."""
        self.world.ledger.change("work_order_line", line, expected_at=at)

    def check(self, at: dt.datetime, level: CheckLevel, by: int, road_test_km: int | None = None) -> None:
        """A level of the quality check is passed; the final one makes the car ready."""
        ledger = self.world.ledger
        ledger.act(at, by, WORKSHOP, "pass_check")
        final = level is CheckLevel.FINAL
        if final:
            self.final_check = True
            state = self._move("pass_check", checker_did_the_work=by in self.worked)
        ledger.add("quality_check", order_id=self.order["id"], level=level, passed=True, road_test_km=road_test_km, checked_at=at, staff_id=by)
        if final:
            ledger.change("work_order", self.order, state=state, checked_at=at, ready_at=at)

    def send_back(self, at: dt.datetime, level: CheckLevel, by: int, what: str, line: Row) -> None:
        """The check finds something: a rework, and the line is open again."""
        ledger = self.world.ledger
        ledger.act(at, by, WORKSHOP, "send_back")
        state = self._move("send_back", reason=True)
        ledger.add("quality_check", order_id=self.order["id"], level=level, passed=False, sent_back_for=what, checked_at=at, staff_id=by)
        ledger.change("work_order", self.order, state=state, rework_count=self.order["rework_count"] + 1)
        ledger.change("work_order_line", line, work_state=WorkState.OPEN, done_at=None, done_by_id=None)

    def wash(self, at: dt.datetime) -> None:
        """The wash is ticked."""
        self.world.ledger.act(at, self.world.crew.staff["deng"], WORKSHOP, "tick_wash")
        self.world.ledger.change("work_order", self.order, washed_at=at)
