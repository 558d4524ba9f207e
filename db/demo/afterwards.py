"""What comes after a car has left: the call, money from accounts and makers, presents."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from db.demo.people import CASH_DESK, COUNTER
from db.rules.order_life import Payer
from db.rules.record_words import PaymentMethod, SettlementState

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.demo.ledger import Row
    from db.demo.walk import Walk
    from db.demo.world import World

_NOT_CALLED_YET = 10
_RESULTS = ("satisfied", "satisfied", "satisfied", "satisfied", "no_answer", "call_again", "complaint")
_WORDS = ("滿意，車開著很好。", "都好，下次保養提早打電話。", "車洗得乾淨。", "說得清楚，價錢也對。", "")


def after_delivery(world: World, walk: Walk, settlements: Sequence[Row], call: Row | None) -> None:
    """Begin what follows from a delivery."""
    if call is not None:
        world.simulation.spawn(_at(world, call["due_on"]), _call(world, call))
    for settlement in settlements:
        if settlement["state"] is SettlementState.ON_ACCOUNT:
            days = None if walk.car.never_pays else _days_until_paid(world, settlement)
            if days is not None:
                day = world.calendar.working_days_after(world.calendar.day_of(world.simulation.now) + dt.timedelta(days=days), 1)
                world.simulation.spawn(_at(world, day), _paid(world, settlement))
    owner = walk.car.owner.made
    if owner is not None and not owner.is_company and world.draw.random() < 0.05:
        _give_voucher(world, walk, owner.id)


def _at(world: World, day: dt.date) -> dt.datetime:
    """Some time of that day's hours."""
    return world.calendar.moment(day, world.draw.choice((*range(600, 715, 5), *range(840, 1075, 5))))


def _call(world: World, call: Row) -> Iterator[dt.datetime]:
    """The call after a visit; of the last days' some are still to be made."""
    lately = (world.today - call["due_on"]).days <= _NOT_CALLED_YET
    if lately and world.draw.random() < 0.22:
        return
    result = world.draw.choice(_RESULTS)
    world.ledger.act(world.simulation.now, call["staff_id"], COUNTER, "talk_to_customer")
    words = world.draw.choice(_WORDS) if result == "satisfied" else "等了太久。" if result == "complaint" else ""
    world.ledger.change("contact", call, done_at=world.simulation.now, result=result, words=words)
    yield world.simulation.now


def _days_until_paid(world: World, settlement: Row) -> int | None:
    """Makers and insurers pay in a month or two, companies within or beyond their term, and a few never."""
    draw = world.draw
    if settlement["payer"] is not Payer.CUSTOMER:
        return draw.randint(18, 62)
    chance = draw.random()
    if chance < 0.74:
        return draw.randint(12, 95)
    return draw.randint(96, 230) if chance < 0.93 else None


def _paid(world: World, settlement: Row) -> Iterator[dt.datetime]:
    cashier = world.crew.staff["he"]
    at = world.simulation.now
    world.ledger.act(at, cashier, CASH_DESK, "take_payment")
    mistaken = world.draw.random() < 0.01
    if mistaken:
        wrong = world.ledger.add(
            "payment", settlement_id=settlement["id"], method=PaymentMethod.CASH, amount=settlement["total"], paid_at=at, staff_id=cashier
        )
        world.ledger.add(
            "payment", settlement_id=settlement["id"], method=PaymentMethod.CASH, amount=-settlement["total"], paid_at=at, staff_id=cashier,
            reverses_id=wrong["id"], reason="付款方式選錯",
        )  # fmt: skip
    reference = f"B{world.draw.randint(10**9, 10**10 - 1)}"
    world.ledger.add(
        "payment", settlement_id=settlement["id"], method=PaymentMethod.BANK, amount=settlement["total"], paid_at=at, staff_id=cashier, reference=reference
    )
    world.ledger.change("settlement", settlement, state=SettlementState.PAID)
    yield at


def _give_voucher(world: World, walk: Walk, customer_id: int) -> None:
    draw = world.draw
    day = world.calendar.day_of(world.simulation.now)
    amount = draw.choice((3000, 5000, 8000, 10000))
    voucher = world.ledger.add(
        "voucher", code=f"DJ{len(world.ledger.rows.get('voucher', ())) + 1:05}", customer_id=customer_id, vehicle_id=walk.car.id, amount=amount,
        terms="下次保養滿 300 元可用", given_at=world.simulation.now, expires_on=day + dt.timedelta(days=365),
    )  # fmt: skip
    world.vouchers.setdefault(customer_id, []).append(voucher)
