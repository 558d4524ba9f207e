"""The demo's claims: each stage begins and ends in its time, and the car's order goes along."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from db.demo import visits
from db.demo.afterwards import after_delivery
from db.demo.claim_plan import ACCIDENTS, HANDS_ON, MINUTE, ClaimClock, ClaimPlan
from db.demo.people import CASH_DESK, OFFICE, WORKSHOP
from db.demo.walk import Walk
from db.demo.world import Arrival
from db.rules import stages
from db.rules.order_life import LineKind, OrderKind, OrderState, Payer, WaitingFor
from db.rules.order_line import LineValues
from db.rules.record_words import AuthorisedHow, CheckLevel, ClaimState, PaymentMethod, SettlementState, StopReason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from db.catalogue_files import StarterCatalogue
    from db.demo.cars import Car
    from db.demo.ledger import Row
    from db.demo.world import World

Event = tuple[dt.datetime, int, "Callable[[dt.datetime], None]"]

_SIGNERS = {"accident": "tang", "advisor": "wang", "technician": "feng", "foreman": "luo", "parts": "tian", "cashier": "he", "manager": "fang"}
_REASONS = {"insurer": ("surveyor_late", "insurer"), "customer": ("customer_answer", "customer"), "supplier": ("parts_late", "supplier")}
_SURVEYORS = ("黎俊", "鄒明", "范志遠", "許立")


def draw_claims(world: World, catalogue: StarterCatalogue, cars: dict[str, Car]) -> list[ClaimPlan]:
    """Lay the eight claims out, and keep the technicians' time that they take."""
    end = world.opening + dt.timedelta(hours=5)
    clock = ClaimClock(catalogue.claim_stages, world.calendar, world.workshop, world.crew.staff, end)
    return [clock.lay_out(accident, cars[accident.key]) for accident in ACCIDENTS]


def begin(world: World, catalogue: StarterCatalogue, plans: list[ClaimPlan]) -> None:
    """Let the claims be reported when their time is there."""
    for number, plan in enumerate(plans):
        before = world.calendar.day_of(plan.reported_at - dt.timedelta(days=30))
        plan.car.visits = [visit for visit in plan.car.visits if visit.day < before]
        world.simulation.spawn(plan.reported_at, _Claim(world, catalogue, plan, number).run())


class _Claim:
    """One claim and its order."""

    def __init__(self, world: World, catalogue: StarterCatalogue, plan: ClaimPlan, number: int) -> None:
        self.world = world
        self.plan = plan
        self.number = number
        self.stages = {stage.code: stage for stage in catalogue.claim_stages}
        self.papers = [paper for paper in catalogue.claim_papers if any(n.kind == plan.accident.kind.value and n.need == "needed" for n in paper.needs)]
        self.walk = Walk(world, plan.car)
        self.claim: Row = {}
        self.rows: dict[str, Row] = {}
        self.paper_rows: list[Row] = []
        self.supplement: Row | None = None
        self.repair: list[LineValues] = []
        """What the assessor finds: the lines of the repair."""
        self.settlements: list[Row] = []

    def run(self) -> Iterator[dt.datetime]:
        """All that happens, in the order of time."""
        self._report()
        for at, _, act in sorted(self._events(), key=lambda event: (event[0], event[1])):
            yield at
            act(at)

    # -- what happens when

    def _started(self, code: str) -> dt.datetime | None:
        return self.plan.row(code).started_at

    def _ended(self, code: str) -> dt.datetime | None:
        return self.plan.row(code).ended_at

    def _events(self) -> list[Event]:
        events: list[Event] = []
        for row in self.plan.rows:
            if row.started_at is None:
                continue
            if row.code != "report":
                events.append((row.started_at, 2, partial(self._start, row.code)))
            if row.ended_at is not None:
                events.append((row.ended_at, 1, partial(self._end, row.code)))
        events += self._order_events()
        received = self.plan.row("papers").started_at
        if received is not None:
            done = self.plan.row("papers").ended_at
            for number in range(len(self.papers) if done is not None else len(self.papers) * 4 // 7):
                at = self.world.calendar.add_minutes(received, 25 + 70 * number)
                events.append((at if done is None else min(at, done), 0, partial(self._paper, number)))
        return events

    def _order_events(self) -> list[Event]:
        events: list[Event] = []
        if (taken_in := self._ended("intake")) is None:
            return events
        events.append((taken_in, 3, self._check_in))
        takes_apart = self.plan.row("dismantling").needed
        if (begun := self._started("dismantling")) is not None:
            events.append((begun - 4 * MINUTE, 3, partial(self._dispatch, "feng", self._sheet_bay())))
            events += self._clock_events("dismantling")
        if (ended := self._ended("dismantling")) is not None:
            events.append((ended + 2 * MINUTE, 4, partial(self._wait, WaitingFor.INSURER, None)))
        for code, act in (("price_approval", self._propose), ("authorisation", self._authorise), ("parts", self._parts_in)):
            if (ended := self._ended(code)) is not None:
                events.append((ended, 3, act))
        if not takes_apart and (ended := self._ended("parts")) is not None:
            events.append((ended + MINUTE, 4, partial(self._dispatch, "feng", self._sheet_bay())))
        for code, bay in (("sheet_metal", self._sheet_bay()), ("paint", "P2"), ("assembly", self._sheet_bay())):
            if (begun := self._started(code)) is not None:
                events.append((begun - MINUTE, 5, partial(self._move_to, HANDS_ON[code], bay)))
                events += self._clock_events(code)
        return events + self._last_events()

    def _last_events(self) -> list[Event]:
        events: list[Event] = []
        crew = self.world.crew.staff
        begun, ended = self._started("quality_check"), self._ended("quality_check")
        if begun is not None and ended is not None:
            events.append((begun, 3, partial(self._check, CheckLevel.SELF, crew["feng"])))
            events.append((begun + 3 * MINUTE, 3, partial(self._check, CheckLevel.MUTUAL, crew["liang"])))
            events.append((ended, 3, partial(self._check, CheckLevel.FINAL, crew["luo"])))
        if (delivered := self._ended("delivery")) is not None:
            events.append((delivered - 4 * MINUTE, 3, self._settle))
        for code, act in (("wash", self.walk.wash), ("delivery", self._deliver), ("submission", self._submitted), ("payment", self._paid)):
            if (ended := self._ended(code)) is not None:
                events.append((ended, 3, act))
        return events

    def _clock_events(self, code: str) -> list[Event]:
        events: list[Event] = []
        spans = self.plan.spans[code]
        person = self.world.crew.staff[HANDS_ON[code]]
        for number, (start, end) in enumerate(spans):
            final = number == len(spans) - 1
            stop = StopReason.DONE if final else StopReason.BREAK if spans[number + 1][0] - end < dt.timedelta(hours=3) else StopReason.END_OF_DAY
            events.append((start, 6, partial(self._clock_on, code, person)))
            events.append((end, 0, partial(self._clock_off, code, stop)))
        return events

    # -- the claim itself

    def _report(self) -> None:
        world, plan, accident = self.world, self.plan, self.plan.accident
        at, car = plan.reported_at, plan.car
        owner = car.owner.made
        assert owner is not None
        draw = world.draw
        policy = next(
            (row for row in reversed(world.ledger.rows.get("policy", [])) if row["vehicle_id"] == car.id and row["kind"].value == "commercial"), None
        )
        world.ledger.act(at, world.crew.staff["tang"], OFFICE, "report_claim")
        self.claim = world.ledger.add(
            "claim", number=world.numbers.next("C", at), kind=accident.kind, severity=accident.severity, vehicle_id=car.id, customer_id=owner.id,
            driver_name=owner.person, insurer_code=accident.insurer, policy_id=policy["id"] if policy and policy["insurer_code"] == accident.insurer else None,
            report_number=f"{draw.randint(1000, 9999)} {at:%y%m} {draw.randint(1000, 9999)}", happened_at=at - dt.timedelta(minutes=draw.randint(25, 70)),
            place=accident.place, reported_at=at, surveyor=_SURVEYORS[self.number % 4], assessor=_SURVEYORS[(self.number + 1) % 4],
            assessor_phone=f"+86138{draw.randint(10**7, 10**8 - 1)}", specialist_id=world.crew.staff["tang"], direct_payment=accident.direct,
            liability_percent=accident.liability, reported_amount=accident.reported, words=accident.words,
        )  # fmt: skip
        first = [replace(row, started_at=None, ended_at=None) for row in plan.rows]
        expected = stages.forecast(first, world.calendar, at)
        for row in plan.rows:
            stage = self.stages[row.code]
            end = expected.ends[row.key] if expected is not None and row.needed else None
            started = max((expected.ends[other.key] for other in stages.before(first[row.key - 1], first)), default=at) if expected is not None else None
            self.rows[row.code] = world.ledger.add(
                "claim_stage", claim_id=self.claim["id"], code=row.code, position=stage.position, needed=row.needed, standard_minutes=row.standard_minutes,
                round_the_clock=row.round_the_clock, role=stage.roles[0], staff_id=world.crew.staff[_SIGNERS[stage.roles[0]]],
                planned_start_at=started if row.needed else None, planned_end_at=end, started_at=at if row.code == "report" else None,
            )  # fmt: skip
        for paper in self.papers:
            self.paper_rows.append(world.ledger.add("claim_paper", claim_id=self.claim["id"], code=paper.code))

    def _person(self, code: str) -> int:
        if code in HANDS_ON:
            return self.world.crew.staff[HANDS_ON[code]]
        return self.world.crew.staff[_SIGNERS[self.stages[code].roles[0]]]

    def _start(self, code: str, at: dt.datetime) -> None:
        person = self._person(code)
        self.world.ledger.act(at, person, OFFICE if code not in HANDS_ON else WORKSHOP, "start_stage")
        self.world.ledger.change("claim_stage", self.rows[code], started_at=at, staff_id=person)

    def _end(self, code: str, at: dt.datetime) -> None:
        world, person = self.world, self._person(code)
        world.ledger.act(at, person, OFFICE if code not in HANDS_ON else WORKSHOP, "sign_stage")
        row = self.plan.row(code)
        over = stages.clock(row, self.plan.rows, world.calendar, at).overrun
        reason, falls_to = self._reason(code) if over else (None, None)
        world.ledger.change("claim_stage", self.rows[code], ended_at=at, signed_by_id=person, overdue_reason=reason, falls_to=falls_to)
        self._amounts(code)
        if code == "supplement" and self.plan.accident.supplement is not None:
            words, amount, granted = self.plan.accident.supplement
            self.supplement = world.ledger.add(
                "claim_supplement", claim_id=self.claim["id"], words=words, asked_amount=amount, asked_at=at, answered_at=None if granted is None else at,
                granted_amount=None if granted is None else amount if granted else 0,
            )  # fmt: skip

    def _reason(self, code: str) -> tuple[str, str]:
        for stage, _, reason, falls_to in self.plan.accident.overruns:
            if stage == code:
                return reason, falls_to
        if code in HANDS_ON:
            return "no_technician", "foreman"
        return _REASONS.get(self.stages[code].with_party, ("forgotten", "accident"))

    def _amounts(self, code: str) -> None:
        if code == "loss_assessment":
            self.repair = self._repair_lines()
            standing = sum(line["amount"] for line in self.walk.lines)
            self.world.ledger.change("claim", self.claim, assessed_amount=standing + sum(line.amount for line in self.repair))
        elif code == "price_approval":
            granted = self.supplement["granted_amount"] or 0 if self.supplement is not None else 0
            self.world.ledger.change("claim", self.claim, approved_amount=self.claim["assessed_amount"] + granted)

    def _paper(self, number: int, at: dt.datetime) -> None:
        self.world.ledger.act(at, self.world.crew.staff["tang"], OFFICE, "receive_paper")
        self.world.ledger.change("claim_paper", self.paper_rows[number], received_at=at)

    def _submitted(self, at: dt.datetime) -> None:
        self.world.ledger.act(at, self.world.crew.staff["tang"], OFFICE, "submit_claim")
        for row in self.paper_rows:
            self.world.ledger.change("claim_paper", row, sent_at=at)
        self.world.ledger.change("claim", self.claim, submitted_at=at)

    def _paid(self, at: dt.datetime) -> None:
        world, cashier = self.world, self.world.crew.staff["he"]
        world.ledger.act(at, cashier, CASH_DESK, "take_payment")
        for settlement in self.settlements:
            if settlement["payer"] is Payer.INSURER:
                world.ledger.add(
                    "payment", settlement_id=settlement["id"], method=PaymentMethod.INSURER_DIRECT, amount=settlement["total"], paid_at=at, staff_id=cashier
                )
                world.ledger.change("settlement", settlement, state=SettlementState.PAID)
        world.ledger.change("claim", self.claim, paid_amount=self.claim["invoiced_amount"], paid_at=at, closed_at=at, state=ClaimState.CLOSED)

    # -- its order

    def _sheet_bay(self) -> str:
        return "S1" if self.number % 2 else "S2"

    def _check_in(self, at: dt.datetime) -> None:
        world, car = self.world, self.plan.car
        apart = [replace(line, payer=Payer.INSURER) for line in world.shelf.lines("operation", "S01")]
        left = sum(row.standard_minutes for row in self.plan.rows if row.needed and row.key > 4 and row.code in (*HANDS_ON, "parts", "price_approval"))
        arrival = Arrival(
            lines=apart, kind=OrderKind.ACCIDENT, complaints=((self.plan.accident.words, ()),), claim_id=self.claim["id"],
            promised_at=world.calendar.add_minutes(at, left + 240), belongings=(("key", 1),), note="",
        )  # fmt: skip
        assert car.row is not None
        self.walk.check_in(at, world.crew.advisors[self.number % 2], arrival)

    def _dispatch(self, who: str, bay: str, at: dt.datetime) -> None:
        self.walk.dispatch(at, self.world.crew.staff[who], self.world.crew.bays[bay])

    def _move_to(self, who: str, bay: str, at: dt.datetime) -> None:
        if self.walk.order["state"] not in (OrderState.DISPATCHED, OrderState.IN_PROGRESS, OrderState.WAITING):
            return
        self.world.ledger.act(at, self.world.crew.staff["luo"], WORKSHOP, "reassign")
        self.walk.technician = self.world.crew.staff[who]
        self.world.ledger.change("work_order", self.walk.order, technician_id=self.world.crew.staff[who], bay_id=self.world.crew.bays[bay])

    def _line(self, code: str) -> Row:
        skill = {"paint": "paint"}.get(code, "sheet_metal")
        lines = self.walk.labour_left(skill)
        return lines[0] if code in ("dismantling", "assembly") else next((line for line in lines if line["code"] != "S01"), lines[0])

    def _clock_on(self, code: str, person: int, at: dt.datetime) -> None:
        self.walk.clock_on(at, self._line(code), person)

    def _check(self, level: CheckLevel, person: int, at: dt.datetime) -> None:
        self.walk.check(at, level, person, 5 if level is CheckLevel.FINAL else None)

    def _clock_off(self, code: str, stop: StopReason, at: dt.datetime) -> None:
        assert self.walk.clock is not None
        line = self.walk.clock[1]
        if stop is not StopReason.DONE:
            self.walk.clock_off(at, stop)
        elif code == "dismantling" or (line["code"] == "S01" and code != "assembly"):
            # What was taken off is put on again at the end: the line stays begun.
            self.walk.clock_off(at, StopReason.QUESTION)
        else:
            skill = line["skill"]
            self.walk.clock_off(at, stop, [other for other in self.walk.labour_left(skill) if other is not line and other["code"] != "S01"])

    def _wait(self, what: WaitingFor, until: dt.datetime | None, at: dt.datetime) -> None:
        self.walk.wait(at, what, until, self.world.crew.staff["feng"])

    def _repair_lines(self) -> list[LineValues]:
        world, accident = self.world, self.plan.accident
        lines = visits.body_lines(world, accident.panels, Payer.INSURER, heavy=accident.severity.value == "heavy")
        if not any(line.skill == "sheet_metal" for line in lines):
            lines += [replace(line, payer=Payer.INSURER) for line in world.shelf.lines("operation", "S08L")]
        for code in accident.parts:
            lines += [replace(line, payer=Payer.INSURER) for line in world.shelf.lines("part", code)]
        return lines

    def _propose(self, at: dt.datetime) -> None:
        lines = self.repair
        if self.supplement is not None and self.supplement["granted_amount"]:
            words, granted = self.supplement["words"], self.supplement["granted_amount"]
            lines = [*lines, LineValues(LineKind.PART, "", words, words, words, 1000, granted, unit_cost=granted * 6 // 10, payer=Payer.INSURER)]
        self.walk.propose(at, lines, self.world.crew.staff["tang"])

    def _authorise(self, at: dt.datetime) -> None:
        walk, world = self.walk, self.world
        walk.authorise(at, [line for line in walk.lines if line["consent"].value == "proposed"], AuthorisedHow.MESSAGE)
        expected = world.calendar.add_minutes(at, self.plan.row("parts").standard_minutes)
        for line in walk.lines:
            if line["kind"] is LineKind.PART:
                walk.expect(line, expected)
        if walk.order["state"] is OrderState.WAITING:
            world.ledger.act(at + MINUTE // 2, world.crew.staff["luo"], WORKSHOP, "resume")
            walk.resume()
            walk.wait(at + MINUTE // 2, WaitingFor.PARTS, expected, world.crew.staff["luo"])

    def _parts_in(self, at: dt.datetime) -> None:
        self.walk.hand_out(at, self.walk.materials_left())

    def _settle(self, at: dt.datetime) -> None:
        self.settlements = self.walk.settle(at, PaymentMethod.WECHAT, self.plan.accident.insurer)
        self.world.ledger.change("claim", self.claim, invoiced_amount=sum(row["total"] for row in self.settlements if row["payer"] is Payer.INSURER))

    def _deliver(self, at: dt.datetime) -> None:
        call = self.walk.deliver(at)
        self.world.ledger.change("claim", self.claim, state=ClaimState.DELIVERED)
        after_delivery(self.world, self.walk, [], call)
