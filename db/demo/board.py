"""Today's board: each car of the cast comes to the state in which the afternoon finds it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from db.demo import findings, visits
from db.demo.afterwards import after_delivery
from db.demo.arrivals import belongings, marks
from db.demo.cast import PARTS, Part, Time, Work, moment
from db.demo.people import COUNTER
from db.demo.walk import Walk
from db.demo.world import MINUTE, Arrival, decide
from db.rules.order_life import LineKind, OrderKind, OrderState, Payer
from db.rules.order_line import LineValues
from db.rules.record_words import CheckLevel, ContactPurpose, ContactWay, PaymentMethod, RecommendationState, StopReason, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.demo.cars import Car
    from db.demo.cast import Cast
    from db.demo.ledger import Row
    from db.demo.world import World

_LEVELS = (CheckLevel.SELF, CheckLevel.MUTUAL, CheckLevel.FINAL)
_SHOWS = (("B01", Verdict.WATCH, 3_900, "fr"), ("E05", Verdict.REPLACE, 3_200, ""), ("T01", Verdict.WATCH, 2_700, "fl"))
_FREE_BEFORE = dt.timedelta(days=45)


def keep_technicians(world: World) -> None:
    """The technicians' time that the cast takes on the days before today."""
    for part in PARTS:
        for work in (*part.work, *((part.reworked,) if part.reworked else ())):
            if work.end is not None:
                world.workshop.keep(world.crew.staff[work.who], _at(world, work.start), _at(world, work.end))


def begin(world: World, cast: Cast) -> None:
    """Let the cast's cars come when their time is there; their earlier visits end well before."""
    for part in PARTS:
        car = cast.cars[part.key]
        arrives = _at(world, part.arrives)
        day = world.calendar.day_of(arrives - _FREE_BEFORE)
        car.visits = [visit for visit in car.visits if visit.day < day]
        world.simulation.spawn(arrives, _play(world, car, part))


def _at(world: World, time: Time) -> dt.datetime:
    return moment(world.calendar, world.today, time)


def _play(world: World, car: Car, part: Part) -> Iterator[dt.datetime]:
    """One car's part, up to where it ends."""
    walk = Walk(world, car)
    advisor = world.crew.advisors[0 if part.key[-1] in "02468" or part.key in ("o7", "o19") else 1]
    arrival = _arrival(world, part)
    if car.booked is not None:
        arrival = replace(arrival, appointment_id=car.booked["id"])
    walk.check_in(_at(world, part.arrives), advisor, arrival)
    if part.cancelled is not None:
        yield _at(world, part.cancelled)
        walk.cancel(_at(world, part.cancelled), "no_time")
        return
    if part.dispatched is None:
        return
    yield _at(world, part.dispatched)
    person = world.crew.staff[part.dispatched_to or part.work[0].who]
    walk.dispatch(_at(world, part.dispatched), person, world.crew.bays[part.bay])
    if not part.work:
        return
    yield from _work(walk, part)
    if part.waiting is not None:
        at, what, until = part.waiting
        yield _at(world, at)
        walk.wait(_at(world, at), what, None if until is None else _at(world, until), person)
        return
    if part.sent_back is not None and part.reworked is not None:
        yield from _back(walk, part.sent_back, part.reworked)
    yield from _out(walk, part)


def _arrival(world: World, part: Part) -> Arrival:
    shelf = world.shelf
    lines: list[LineValues] = []
    for group, code in enumerate(part.codes, 1):
        lines += shelf.lines("package", code, group) if code in shelf.packages else shelf.with_part(code, "petrol")
    lines = [replace(line, payer=Payer.WARRANTY) if _paid_by_maker(line, part) else line for line in lines]
    if part.sublet is not None:
        words, price = part.sublet
        lines.append(LineValues(LineKind.SUBLET, "", words, words, words, 1000, price, unit_cost=price * 6 // 10))
    complaints = ((visits.words_of(world, part.chip), (part.chip,)),) if part.chip else ()
    return Arrival(
        lines=lines, kind=part.kind, complaints=complaints, waits=part.waits, belongings=belongings(world), marks=marks(world),
        signs=len(part.codes) == 1, promised_at=None if part.promised is None else _at(world, part.promised),
    )  # fmt: skip


def _paid_by_maker(line: LineValues, part: Part) -> bool:
    return line.code in part.warranty


def _work(walk: Walk, part: Part) -> Iterator[dt.datetime]:
    world = walk.world
    materials = [line for line in walk.materials_left() if not part.missing or not _for_missing(walk, line, part.missing)]
    for line in walk.lines:
        if part.missing and line["kind"] is LineKind.PART and _for_missing(walk, line, part.missing) and part.waiting is not None and part.waiting[2]:
            walk.expect(line, _at(world, part.waiting[2]))
        if line["kind"] is LineKind.SUBLET and part.waiting is not None and part.waiting[2]:
            walk.expect(line, _at(world, part.waiting[2]))
    if materials:
        yield _at(world, part.work[0].start) - 2 * MINUTE
        walk.hand_out(world.simulation.now, materials)
    for number, work in enumerate(part.work):
        yield from _one_work(walk, part, work, last=number == len(part.work) - 1)


def _for_missing(walk: Walk, line: Row, operation: str) -> bool:
    """Whether a part belongs to an operation whose part has not come."""
    return line["code"] in {values.code for values in walk.world.shelf.with_part(operation, "petrol")}


def _one_work(walk: Walk, part: Part, work: Work, *, last: bool) -> Iterator[dt.datetime]:
    world = walk.world
    person = world.crew.staff[work.who]
    start = _at(world, work.start)
    yield start
    line = walk.first_labour()
    assert line is not None
    walk.clock_on(start, line, person)
    if work.end is None:
        return
    end = _at(world, work.end)
    if part.finds or (last and part.state not in (OrderState.WAITING,)):
        middle = start + (end - start) * 3 // 5
        yield middle
        _look(walk, part, person, middle)
    if part.shown and walk.found:
        yield end - 3 * MINUTE
        _show(walk, end - 3 * MINUTE)
    yield end
    reason = StopReason(work.stop)
    others = [other for other in walk.undone if other["kind"] is LineKind.LABOUR and other is not line] if reason is StopReason.DONE else []
    walk.clock_off(end, reason, others)


def _look(walk: Walk, part: Part, person: int, at: dt.datetime) -> None:
    """The inspection; where the part wants it, with findings that are sure to be there."""
    world, car = walk.world, walk.car
    findings.inspect(walk, at, person, [point for point in ("B02", "L13", "I05", "I06") if part.finds or part.kind is OrderKind.MAINTENANCE])
    for point, verdict, value, place in _SHOWS[: part.finds]:
        world.ledger.add(
            "inspection_result", order_id=walk.order["id"], vehicle_id=car.id, point_code=point, place=place, value=value, verdict=verdict,
            odometer_km=walk.order["odometer_km"], checked_at=at, staff_id=person,
        )  # fmt: skip
        row = findings.recommendation(world, car, point, verdict, value, place, walk.order["id"], person)
        if row is not None:
            walk.found.append(row)


def _show(walk: Walk, at: dt.datetime) -> None:
    """What was found is put before the customer, with its lines as proposals; there is no answer yet."""
    world = walk.world
    lines = [line for row in walk.found for line in findings.lines_for(world, walk.car, row)]
    groups = {row["id"]: number for number, row in enumerate(walk.found, 1)}
    walk.propose(at, [replace(line, package_group=groups[line.recommendation_id] if line.package_group and line.recommendation_id else None) for line in lines],
                 walk.advisor)  # fmt: skip
    for row in walk.found:
        decide(world.ledger, row, RecommendationState.PRESENTED, walk.order["id"], walk.advisor, "message")


def _back(walk: Walk, at: Time, again: Work) -> Iterator[dt.datetime]:
    """The mutual check sends the car back, and the work is put right."""
    world = walk.world
    checker = world.crew.staff["liang" if again.who != "liang" else "chen"]
    labour = next(line for line in reversed(walk.lines) if line["kind"] is LineKind.LABOUR)
    yield _at(world, at) - 20 * MINUTE
    walk.check(world.simulation.now, CheckLevel.SELF, walk.technician)
    yield _at(world, at)
    walk.send_back(_at(world, at), CheckLevel.MUTUAL, checker, "torque", labour)
    assert again.end is not None
    yield _at(world, again.start)
    walk.clock_on(_at(world, again.start), labour, world.crew.staff[again.who])
    yield _at(world, again.end)
    walk.clock_off(_at(world, again.end), StopReason.DONE)


def _out(walk: Walk, part: Part) -> Iterator[dt.datetime]:
    """Checks, wash, bill and delivery, as far as the part goes."""
    world = walk.world
    for level, time in zip(_LEVELS, part.checks, strict=False):
        yield _at(world, time)
        other = next(person for person in world.crew.technicians if person not in walk.worked)
        by = {CheckLevel.SELF: walk.technician, CheckLevel.MUTUAL: other, CheckLevel.FINAL: world.crew.staff["luo"]}[level]
        walk.check(_at(world, time), level, by)
    if part.washed is not None:
        yield _at(world, part.washed)
        walk.wash(_at(world, part.washed))
    if part.settled is None:
        return
    yield _at(world, part.settled)
    settlements = walk.settle(_at(world, part.settled), PaymentMethod.WECHAT)
    if part.unreached:
        yield from _ring(walk, part.unreached)
    if part.delivered is None:
        return
    yield _at(world, part.delivered)
    call = walk.deliver(_at(world, part.delivered))
    findings.renewed(walk, world.today)
    after_delivery(world, walk, settlements, call)


def _ring(walk: Walk, times: int) -> Iterator[dt.datetime]:
    """The customer is told that the car is ready, and does not answer."""
    world, ledger = walk.world, walk.world.ledger
    owner = walk.car.owner.made
    assert owner is not None
    for number in range(times):
        at = world.opening + dt.timedelta(minutes=25 + 65 * number)
        yield at
        ledger.act(at, walk.advisor, COUNTER, "talk_to_customer")
        ledger.add(
            "contact", customer_id=owner.id, vehicle_id=walk.car.id, order_id=walk.order["id"], purpose=ContactPurpose.OTHER, way=ContactWay.PHONE,
            staff_id=walk.advisor, words="通知取車", result="no_answer", done_at=at, created_at=at,
        )  # fmt: skip
