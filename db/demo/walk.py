"""One work order's walk from check-in to delivery, each step as its command would have written it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.demo.people import CASH_DESK, COUNTER, COUNTER_2, WORKSHOP
from db.demo.shelf import line_row
from db.demo.world import decide
from db.rules import ageing
from db.rules.money import tax_inside
from db.rules.order_life import Consent, LineKind, OrderFacts, OrderState, Payer, WaitingFor, WorkState, check_move
from db.rules.promised_time import ExpectedDates, PlannedLabour, PromiseSettings, Skill, propose
from db.rules.record_words import (
    AppointmentState,
    AuthorisedHow,
    CheckLevel,
    ContactPurpose,
    ContactWay,
    PaymentMethod,
    ReadingSource,
    RecommendationState,
    SettlementState,
    SignedHow,
    StopReason,
    VoucherState,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from db.demo.cars import Car
    from db.demo.ledger import Row
    from db.demo.world import Arrival, World
    from db.rules.order_line import LineValues


class Walk:
    """One visit of one car. The steps must come in their order; each is checked against the table of moves."""

    def __init__(self, world: World, car: Car) -> None:
        self.world = world
        self.car = car
        self.order: Row = {}
        self.lines: list[Row] = []
        self.technician = 0
        self.worked: set[int] = set()
        self.clock: tuple[Row, Row] | None = None
        self.times_clocked = 0
        self.final_check = False
        self.advisor = 0
        self.belongings: list[Row] = []
        self.voucher: Row | None = None
        self.later_agreed: set[int] = set()
        """Recommendations that were agreed to while the car was in the workshop."""
        self.found: list[Row] = []
        """What was found on this visit and is not answered yet."""

    # -- what the rules ask

    def _move(self, name: str, **given: Any) -> OrderState:
        state = self.order["state"] if self.order else None
        authorised = [line for line in self.lines if line["consent"] is Consent.AUTHORISED]
        facts = OrderFacts(
            vehicle=True, someone_to_reach=True, mileage=True, promised_time=True, signature=True,
            technician=bool(self.order) and self.order["technician_id"] is not None, bay=bool(self.order) and self.order["bay_id"] is not None,
            authorised_lines=len(authorised), undone_lines=sum(line["work_state"] is not WorkState.DONE for line in authorised),
            clocks_running=int(self.clock is not None), times_clocked=self.times_clocked, final_check=self.final_check,
            lines_handed_out=sum(line["work_state"] is WorkState.DONE and line["kind"] is not LineKind.FEE for line in authorised),
            total_agreed=self.customer_total() <= (self.order["agreed_total"] if self.order else 0), **given,
        )  # fmt: skip
        return check_move(name, state, facts).to_state

    def customer_total(self) -> int:
        """What the customer pays for the authorised lines, in fen."""
        return sum(line["amount"] for line in self.lines if line["payer"] is Payer.CUSTOMER and line["consent"] is Consent.AUTHORISED)

    @property
    def undone(self) -> list[Row]:
        """Authorised lines that are still to be done."""
        return [line for line in self.lines if line["consent"] is Consent.AUTHORISED and line["work_state"] is not WorkState.DONE]

    # -- check-in

    def check_in(self, at: dt.datetime, advisor: int, arrival: Arrival, free_at: dt.datetime | None = None) -> None:
        """The car is taken over; `free_at` is when somebody can begin with it."""
        world, ledger, car = self.world, self.world.ledger, self.car
        owner = car.owner.made
        assert owner is not None and car.row is not None
        self.advisor = advisor
        device = COUNTER if advisor == world.crew.advisors[0] else COUNTER_2
        signature = None
        if arrival.signs and world.signatures is not None:
            ledger.act(at, advisor, device, "keep_attachment")
            signature = world.signatures.keep(advisor)
        ledger.act(at, advisor, device, "check_in")
        state = self._move("check_in")
        agreed = sum(line.amount for line in arrival.lines if line.payer is Payer.CUSTOMER and not line.proposed)
        promised = arrival.promised_at or self._promise(arrival.lines, free_at or at)
        day = world.calendar.day_of(at)
        kilometres = car.kilometres_on(day) if arrival.kilometres is None else arrival.kilometres
        sender = arrival.sender_name
        electric = car.power_train == "battery"
        self.order = ledger.add(
            "work_order", number=world.numbers.next("W", at), state=state, kind=arrival.kind, vehicle_id=car.id, customer_id=owner.id,
            sender_name=sender, contact_phone=owner.phone, plate=car.plate, plate_colour=car.plate_colour,
            odometer_km=kilometres, fuel_eighths=None if electric else world.draw.randint(1, 8),
            charge_percent=world.draw.randint(12, 96) if car.power_train in ("battery", "plug_in_hybrid") else None, keys_count=world.draw.choice((1, 1, 1, 2)),
            warning_lamps=arrival.warning_lamps, keep_old_parts=world.draw.random() < 0.12, wash_wanted=arrival.wash, customer_waits=arrival.waits,
            advisor_id=advisor, appointment_id=arrival.appointment_id, claim_id=arrival.claim_id, comeback_of_id=arrival.comeback_of_id,
            comeback_line_id=arrival.comeback_line_id, checked_in_at=at, promised_at=promised, first_promised_at=promised,
            signed_how=SignedHow.ON_PAPER if signature is None else SignedHow.SIGNATURE, signature_id=None if signature is None else signature["id"],
            agreed_total=agreed, note=arrival.note,
        )  # fmt: skip
        order_id = self.order["id"]
        if signature is not None:
            ledger.change("attachment", signature, subject="work_order", subject_id=order_id)
        complaints = [
            ledger.add("complaint", order_id=order_id, position=position, words=words, tags=list(tags))
            for position, (words, tags) in enumerate(arrival.complaints)
        ]
        authorisation = ledger.add(
            "authorisation", order_id=order_id, how=AuthorisedHow.SIGNATURE, by_name=sender or owner.person, agreed_total=agreed, authorised_at=at,
            staff_id=advisor,
        )  # fmt: skip
        self._add_lines(arrival.lines, authorisation, complaints)
        ledger.add(
            "odometer_reading", vehicle_id=car.id, kilometres=kilometres, read_at=at, source=ReadingSource.CHECK_IN, order_id=order_id,
            implausible_reason=arrival.odometer_reason,
        )  # fmt: skip
        self.belongings = [ledger.add("order_belonging", order_id=order_id, code=code, quantity=quantity) for code, quantity in arrival.belongings]
        for position, mark in enumerate(arrival.marks):
            ledger.add("damage_mark", order_id=order_id, position=position, **mark)
        ledger.change("vehicle", car.row, last_visit_at=at)
        car.last_kilometres = kilometres
        for recommendation, answer, more in arrival.answers:
            decide(ledger, recommendation, RecommendationState.PRESENTED, order_id, advisor)
            decide(ledger, recommendation, answer, order_id, advisor, **more)
        if arrival.appointment_id is not None:
            ledger.change("appointment", ledger.rows["appointment"][arrival.appointment_id - 1], state=AppointmentState.CHECKED_IN)
        for concerned in arrival.recalls:
            ledger.change("campaign_vehicle", concerned, done_order_id=order_id)
        if arrival.voucher is not None:
            self.voucher = arrival.voucher
            ledger.change("voucher", arrival.voucher, state=VoucherState.USED, used_order_id=order_id, used_at=at)

    def _promise(self, lines: Sequence[LineValues], free_at: dt.datetime) -> dt.datetime:
        world = self.world
        labour = [PlannedLabour(Skill(line.skill), line.standard_minutes) for line in lines if line.kind is LineKind.LABOUR]
        present = [[Skill(skill) for skill in world.crew.skills[person]] for person in world.crew.technicians]
        settings = PromiseSettings(world.settings.check_and_wash_minutes, world.settings.buffer_minutes)
        proposed = propose(labour, [], present, world.calendar, free_at, settings, ExpectedDates()).promised_at
        # Who knows the workshop promises a little later than the sum of its parts.
        return world.later(proposed, world.draw.choice((20, 30, 40, 60)))

    def _add_lines(self, lines: Sequence[LineValues], authorisation: Row | None, complaints: Sequence[Row] = ()) -> list[Row]:
        """Put lines on the order; what isn't proposed is authorised by the authorisation."""
        ledger = self.world.ledger
        added = []
        groups: dict[int, int] = {}
        last_group = max((line["package_group"] or 0 for line in self.lines), default=0)
        for values in lines:
            agreed = authorisation is not None and not values.proposed
            row = line_row(values)
            if values.package_group is not None:
                row["package_group"] = groups.setdefault(values.package_group, last_group + len(groups) + 1)
            fee = agreed and values.kind is LineKind.FEE
            line = ledger.add(
                "work_order_line", order_id=self.order["id"], position=len(self.lines), consent=Consent.AUTHORISED if agreed else Consent.PROPOSED,
                complaint_id=complaints[values.complaint]["id"] if values.complaint is not None and complaints else None,
                authorisation_id=authorisation["id"] if agreed and authorisation is not None else None,
                work_state=WorkState.DONE if fee else WorkState.OPEN, done_at=ledger.at if fee else None, **row,
            )  # fmt: skip
            self.lines.append(line)
            added.append(line)
        return added

    # -- in the workshop

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

    def resume(self) -> None:
        """A waiting order goes on, in the present request."""
        self.world.ledger.change("work_order", self.order, state=self._move("resume"), waiting_for=None, waiting_until=None, waiting_since=None)

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

    def propose(self, at: dt.datetime, lines: Sequence[LineValues], by: int) -> list[Row]:
        """Further lines, which somebody has still to say yes to."""
        self.world.ledger.act(at, by, COUNTER, "add_lines")
        return self._add_lines(lines, None)

    def authorise(
        self, at: dt.datetime, lines: Sequence[Row], how: AuthorisedHow, extra_minutes: int = 0, accepted: Sequence[Row] = ()
    ) -> None:
        """The customer's yes to lines and the recommendations behind them, and the promise moved where it must be."""
        ledger, owner = self.world.ledger, self.car.owner.made
        assert owner is not None
        ledger.act(at, self.advisor, COUNTER, "authorise")
        total = self.customer_total() + sum(line["amount"] for line in lines if line["payer"] is Payer.CUSTOMER)
        record = ledger.add(
            "authorisation", order_id=self.order["id"], how=how, by_name=owner.person, agreed_total=total, authorised_at=at, staff_id=self.advisor
        )
        for line in lines:
            ledger.change("work_order_line", line, consent=Consent.AUTHORISED, authorisation_id=record["id"])
        promised = self.order["promised_at"]
        if extra_minutes:
            promised = max(promised, self.world.later(promised, extra_minutes))
        ledger.change("work_order", self.order, agreed_total=total, promised_at=promised)
        for recommendation in accepted:
            decide(ledger, recommendation, RecommendationState.PRESENTED, self.order["id"], self.advisor, how.value)
            decide(ledger, recommendation, RecommendationState.ACCEPTED, self.order["id"], self.advisor, how.value)
        if self.order["state"] is OrderState.WAITING and self.order["waiting_for"] is WaitingFor.CUSTOMER:
            self.resume()

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

    # -- money and the way out

    def settle(self, at: dt.datetime, method: PaymentMethod | None, insurer: str | None = None) -> list[Row]:
        """Each payer's share is settled: the customer's by this way (None: on account), what others pay on account, what the shop bears at once."""
        ledger, cashier, owner = self.world.ledger, self.world.crew.staff["he"], self.car.owner.made
        assert owner is not None
        by_manager = method is None and not owner.row["is_account"]
        ledger.act(at, cashier, CASH_DESK, "settle", self.world.crew.staff["fang"] if by_manager else None)
        state = self._move("settle", open_shares=0)
        day = self.world.calendar.day_of(at)
        settlements = []
        for payer in Payer:
            lines = [line for line in self.lines if line["payer"] is payer and line["consent"] is Consent.AUTHORISED]
            if not lines:
                continue
            total = sum(line["amount"] for line in lines)
            way = method if payer is Payer.CUSTOMER else PaymentMethod.ACCOUNT if payer in (Payer.INTERNAL, Payer.GOODWILL) else None
            on_account = way is None and total > 0
            customer = owner.row if payer is Payer.CUSTOMER else None
            months, government = (customer["account_months"], customer["is_government"]) if customer else (None, False)
            settlement = ledger.add(
                "settlement", number=self.world.numbers.next("S", at), order_id=self.order["id"], payer=payer,
                customer_id=None if customer is None else customer["id"], insurer_code=insurer if payer is Payer.INSURER else None,
                state=SettlementState.ON_ACCOUNT if on_account else SettlementState.PAID, total=total,
                tax=sum(tax_inside(line["amount"], line["tax_basis_points"]) for line in lines), settled_at=at,
                due_on=ageing.due_on(day, months, government) if on_account else None,
                staff_id=cashier,
            )  # fmt: skip
            if way is not None and total:
                self._pay(settlement, way, total, at, cashier)
            for line in lines:
                ledger.change("work_order_line", line, settlement_id=settlement["id"])
            settlements.append(settlement)
        ledger.change("work_order", self.order, state=state, settled_at=at)
        return settlements

    def _pay(self, settlement: Row, way: PaymentMethod, total: int, at: dt.datetime, cashier: int) -> None:
        rest = total
        if self.voucher is not None and settlement["payer"] is Payer.CUSTOMER:
            given = min(self.voucher["amount"], total)
            rest -= given
            self.world.ledger.add(
                "payment", settlement_id=settlement["id"], method=PaymentMethod.VOUCHER, amount=given, paid_at=at, staff_id=cashier,
                voucher_id=self.voucher["id"],
            )  # fmt: skip
        if rest:
            self.world.ledger.add("payment", settlement_id=settlement["id"], method=way, amount=rest, paid_at=at, staff_id=cashier)

    def deliver(self, at: dt.datetime, taken_by: str = "") -> Row | None:
        """The car leaves; a call is due some working days later. Returns the call, if the customer wants one."""
        world, ledger, owner = self.world, self.world.ledger, self.car.owner.made
        assert owner is not None
        ledger.act(at, self.advisor, COUNTER, "deliver")
        ledger.change("work_order", self.order, state=self._move("deliver", taken_by=True), delivered_at=at, delivered_to=taken_by or owner.person)
        for thing in self.belongings:
            ledger.change("order_belonging", thing, returned_at=at)
        self._recalls_done(at)
        self._recommendations_done()
        if not owner.row["consent_to_call"]:
            return None
        due = world.calendar.working_days_after(world.calendar.day_of(at), world.settings.follow_up_working_days)
        return ledger.add(
            "contact", customer_id=owner.id, vehicle_id=self.car.id, order_id=self.order["id"], purpose=ContactPurpose.AFTER_VISIT, way=ContactWay.PHONE,
            due_on=due, staff_id=self.advisor, created_at=at,
        )  # fmt: skip

    def _recalls_done(self, at: dt.datetime) -> None:
        for concerned in self.world.recalls.get(self.car.id, []):
            if concerned["done_order_id"] == self.order["id"]:
                self.world.ledger.change("campaign_vehicle", concerned, done_at=at)

    def _recommendations_done(self) -> None:
        ledger = self.world.ledger
        done = {line["recommendation_id"] for line in self.lines if line["consent"] is Consent.AUTHORISED and line["recommendation_id"] is not None}
        for recommendation in [row for row in self.car.open_recommendations if row["id"] in done and row["state"] is RecommendationState.ACCEPTED]:
            decide(ledger, recommendation, RecommendationState.DONE_HERE, self.order["id"], self.advisor, how="")
            self.car.open_recommendations.remove(recommendation)

    def cancel(self, at: dt.datetime, reason: str) -> None:
        """The order is called off; its number stays."""
        self.world.ledger.act(at, self.advisor, COUNTER, "cancel")
        ledger = self.world.ledger
        ledger.change("work_order", self.order, state=self._move("cancel", reason=True), cancelled_at=at, cancel_reason=reason)
        if self.voucher is not None:
            ledger.change("voucher", self.voucher, state=VoucherState.GIVEN, used_order_id=None, used_at=None)
        for concerned in self.world.recalls.get(self.car.id, []):
            if concerned["done_order_id"] == self.order["id"]:
                ledger.change("campaign_vehicle", concerned, done_order_id=None)
        wanted = {line["recommendation_id"] for line in self.lines if line["recommendation_id"] is not None}
        for recommendation in self.car.open_recommendations:
            if recommendation["id"] in wanted and recommendation["state"] is RecommendationState.ACCEPTED:
                decide(ledger, recommendation, RecommendationState.PRESENTED, self.order["id"], self.advisor, "undone")

    # -- looks

    def first_labour(self, skill: str = "") -> Row | None:
        """The first line of labour that is still to be done."""
        return next((line for line in self.undone if line["kind"] is LineKind.LABOUR and skill in ("", line["skill"])), None)

    def labour_left(self, skill: str) -> list[Row]:
        """The labour of a skill that is still to be done."""
        return [line for line in self.undone if line["kind"] is LineKind.LABOUR and line["skill"] == skill]

    def materials_left(self) -> list[Row]:
        """Parts and consumables not handed out yet."""
        return [line for line in self.undone if line["kind"] in (LineKind.PART, LineKind.CONSUMABLE)]
