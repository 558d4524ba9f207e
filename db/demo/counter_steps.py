"""The steps of a visit that are made with the customer: the car is taken over, more is proposed and agreed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.demo.order_under_way import OrderUnderWay
from db.demo.people import COUNTER, COUNTER_2
from db.demo.world import decide
from db.rules.order_life import Consent, LineKind, OrderState, Payer, WaitingFor
from db.rules.promised_time import ExpectedDates, PlannedLabour, PromiseSettings, Skill, propose
from db.rules.record_words import (
    AppointmentState,
    AuthorisedHow,
    ReadingSource,
    RecommendationState,
    SignedHow,
    VoucherState,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from db.demo.ledger import Row
    from db.demo.world import Arrival
    from db.rules.order_line import LineValues


class CounterSteps(OrderUnderWay):
    """From the check-in to the customer's yes to further lines."""

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
