"""The course of an ordinary visit through the workshop, and a car's life from one to the next."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from db.demo import findings, visits
from db.demo.afterwards import after_delivery
from db.demo.arrivals import arrival_for
from db.demo.bookings import before_visit
from db.demo.walk import Walk
from db.demo.world import MINUTE
from db.rules.order_life import LineKind, WaitingFor
from db.rules.record_words import CheckLevel, PaymentMethod, StopReason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.demo.cars import Car, PlannedVisit
    from db.demo.ledger import Row
    from db.demo.simulation import Span
    from db.demo.world import World
    from db.rules.order_line import LineValues

_METHODS = (PaymentMethod.WECHAT, PaymentMethod.ALIPAY, PaymentMethod.CARD, PaymentMethod.CASH, PaymentMethod.BANK)
_METHOD_WEIGHTS = (46, 27, 15, 8, 4)
_GROUPS = (("mechanical", "electrical", "high_voltage"), ("sheet_metal",), ("paint",), ("wash",))
_BAY_FOR = {"sheet_metal": "sheet_metal", "paint": "paint"}
_LATEST_QUICK = 16 * 60
"""Minute of the day by which the work on a car that must leave on the day itself is over."""


def life(world: World, car: Car) -> Iterator[dt.datetime]:
    """A car's visits, one after the other."""
    earliest = world.simulation.now
    for planned in list(car.visits):
        at = _coming(world, planned)
        if at < earliest or at >= world.opening:
            continue
        yield from before_visit(world, car, planned, at)
        yield at
        yield from visit(world, car, planned)
        earliest = world.simulation.now + dt.timedelta(days=2)


def _coming(world: World, planned: PlannedVisit) -> dt.datetime:
    """When the car comes: in opening hours of the day, or of the next one."""
    day = world.calendar.working_days_after(planned.day - dt.timedelta(1), 1)
    minute = planned.minute or int(world.draw.triangular(512, 14 * 60 if planned.quick else 16 * 60 + 40, 570))
    if 710 <= minute < 812:
        minute = 812 + (minute - 710) // 4
    return world.calendar.moment(day, minute)


def visit(world: World, car: Car, planned: PlannedVisit) -> Iterator[dt.datetime]:
    """One ordinary visit, from the moment at which the car stands at the counter."""
    draw, at = world.draw, world.simulation.now
    arrival = arrival_for(world, car, planned, at)
    if arrival is None:
        return
    groups = _by_group(arrival.lines)
    plans: list[tuple[tuple[str, ...], int, list[Span]]] = []
    earliest = at + draw.randint(12, 25) * MINUTE
    for group in groups:
        minutes = sum(line.standard_minutes for line in arrival.lines if line.kind is LineKind.LABOUR and line.skill in group)
        person = _who(world, group, arrival.lines, earliest)
        spans = world.workshop.plan(person, earliest, max(8, int(minutes * draw.uniform(0.82, 1.22))))
        plans.append((group, person, spans))
        earliest = spans[-1][1] + 4 * MINUTE
    if planned.appointment_id is not None:
        arrival = replace(arrival, appointment_id=planned.appointment_id)
    if planned.quick and plans and plans[-1][2][-1][1] > world.calendar.moment(world.calendar.day_of(at), _LATEST_QUICK):
        return
    if not planned.quick and plans and plans[-1][2][-1][1] > world.opening - dt.timedelta(days=8):
        return
    for _, person, spans in plans:
        world.workshop.take(person, spans)
    walk = Walk(world, car)
    walk.check_in(at, draw.choice(world.crew.advisors), arrival, plans[0][2][0][0] if plans else at)
    if not planned.quick and draw.random() < 0.012:
        yield at + draw.randint(6, 20) * MINUTE
        walk.cancel(world.simulation.now, draw.choice(("customer_left", "price", "no_time", "no_parts")))
        return
    yield at + draw.randint(4, 9) * MINUTE
    first_start = plans[0][2][0][0] if plans else world.simulation.now
    kind = _BAY_FOR.get(groups[0][0], "alignment" if any(line.code == "G16" for line in arrival.lines) else "lift") if groups else "lift"
    bay, _ = world.bays.first_free(kind, first_start, plans[-1][2][-1][1] if plans else first_start)
    walk.dispatch(world.simulation.now, plans[0][1] if plans else world.crew.technicians[1], bay)
    for position, (group, person, spans) in enumerate(plans):
        yield from _work(walk, group, person, spans, planned, last=position == len(plans) - 1)
    yield from _checks(walk, quick=planned.quick)
    yield from _leave(walk, planned)


def _by_group(lines: Sequence[LineValues]) -> list[tuple[str, ...]]:
    skills = {line.skill for line in lines if line.kind is LineKind.LABOUR}
    return [group for group in _GROUPS if skills.intersection(group)]


def _who(world: World, group: tuple[str, ...], lines: Sequence[LineValues], at: dt.datetime) -> int:
    """The technician who can do all of a group's work and is free first."""
    needed = {line.skill for line in lines if line.kind is LineKind.LABOUR and line.skill in group}
    able = [person for person in world.crew.technicians if needed <= world.crew.skills[person]]
    return min(able, key=lambda person: (world.workshop.free_from(person, at), person))


def _work(walk: Walk, group: tuple[str, ...], person: int, spans: list[Span], planned: PlannedVisit, *, last: bool) -> Iterator[dt.datetime]:
    """One technician's work on the order, with what he measures and finds; further work that is agreed to follows at once."""
    world = walk.world
    looks = group[0] == "mechanical" and planned.purpose in (visits.FIRST, visits.MAINTENANCE, visits.REPAIR)
    looks = looks and (walk.car.puts_off or world.draw.random() < 0.62)
    materials = walk.materials_left()
    if materials:
        yield max(spans[0][0] - 3 * MINUTE, world.simulation.now)
        walk.hand_out(world.simulation.now, materials)
    halt = not planned.quick and planned.purpose == visits.REPAIR and world.draw.random() < 0.07
    for number, (start, end) in enumerate(spans):
        line = _first(walk, group)
        yield start
        walk.clock_on(start, line, person)
        final = number == len(spans) - 1
        if final and looks:
            yield from _look_closer(walk, person, start, end, planned)
        yield end
        if not final:
            walk.clock_off(end, StopReason.BREAK if spans[number + 1][0] - end < dt.timedelta(hours=3) else StopReason.END_OF_DAY)
            if halt:
                halt = False
                yield from _wait_for_parts(walk, person)
                again = world.workshop.plan(person, world.simulation.now, sum(int((b - a) / MINUTE) for a, b in spans[number + 1 :]))
                world.workshop.take(person, again)
                yield from _clock_through(walk, group, person, again)
                break
        else:
            walk.clock_off(end, StopReason.DONE, [other for other in _of_group(walk, group) if other is not line])
    more = [line for line in walk.undone if line["kind"] is not LineKind.LABOUR or line["skill"] in group]
    if more and (last or any(line["kind"] is LineKind.LABOUR for line in more)):
        yield from _further_work(walk, person)


def _of_group(walk: Walk, group: tuple[str, ...]) -> list[Row]:
    """The group's labour that was agreed to at check-in and is still open."""
    return [line for line in walk.undone if line["kind"] is LineKind.LABOUR and line["skill"] in group and line["recommendation_id"] not in walk.later_agreed]


def _first(walk: Walk, group: tuple[str, ...]) -> Row:
    return _of_group(walk, group)[0]


def _clock_through(walk: Walk, group: tuple[str, ...], person: int, spans: list[Span]) -> Iterator[dt.datetime]:
    for number, (start, end) in enumerate(spans):
        line = next(line for line in walk.undone if line["kind"] is LineKind.LABOUR and line["skill"] in group)
        yield start
        walk.clock_on(start, line, person)
        yield end
        if number < len(spans) - 1:
            walk.clock_off(end, StopReason.BREAK if spans[number + 1][0] - end < dt.timedelta(hours=3) else StopReason.END_OF_DAY)
        else:
            same = [other for other in walk.undone if other["kind"] is LineKind.LABOUR and other["skill"] in group and other is not line]
            walk.clock_off(end, StopReason.DONE, same)


def _look_closer(walk: Walk, person: int, start: dt.datetime, end: dt.datetime, planned: PlannedVisit) -> Iterator[dt.datetime]:
    world = walk.world
    length = int((end - start) / MINUTE)
    if length < 12:
        return
    yield start + length * 45 // 100 * MINUTE
    points = findings.points_of(walk.car) if planned.purpose != visits.REPAIR else ("B01", "T01", "L13")
    found = findings.recommend(walk, findings.inspect(walk, world.simulation.now, person, points), person)
    if not found:
        return
    asked = world.simulation.now + min(world.draw.randint(6, 14), max(length * 40 // 100 - 1, 1)) * MINUTE
    yield asked
    willing = findings.PUTS_OFF if walk.car.puts_off else -1.0 if planned.quick else 0.24
    lines = findings.answer_in_shop(walk, asked, found, willing)
    walk.later_agreed.update(line["recommendation_id"] for line in lines)


def _further_work(walk: Walk, person: int) -> Iterator[dt.datetime]:
    """What was agreed to on the way: parts, then the work."""
    world = walk.world
    materials = walk.materials_left()
    labour = [line for line in walk.undone if line["kind"] is LineKind.LABOUR]
    if materials and labour:
        yield world.later(world.simulation.now, 2)
        walk.hand_out(world.simulation.now, materials)
    if not labour:
        return
    skills = {line["skill"] for line in labour}
    able = person if skills <= world.crew.skills[person] else next(
        (one for one in world.crew.technicians if skills <= world.crew.skills[one]), person
    )  # fmt: skip
    minutes = sum(line["standard_minutes"] for line in labour)
    spans = world.workshop.plan(able, world.simulation.now + MINUTE, max(8, int(minutes * world.draw.uniform(0.85, 1.15))))
    world.workshop.take(able, spans)
    yield from _clock_through(walk, tuple(skills), able, spans)


def _wait_for_parts(walk: Walk, person: int) -> Iterator[dt.datetime]:
    world = walk.world
    due = world.calendar.moment(
        world.calendar.working_days_after(world.calendar.day_of(world.simulation.now), world.draw.randint(1, 3)), world.draw.randint(520, 640)
    )
    if due >= world.opening - dt.timedelta(days=9):
        return
    walk.wait(world.simulation.now, WaitingFor.PARTS, due, person)
    yield due


def _checks(walk: Walk, *, quick: bool) -> Iterator[dt.datetime]:
    """The three levels of check; now and then the final one sends the car back."""
    world, draw = walk.world, walk.world.draw
    foreman = world.crew.staff["luo"]
    yield world.later(world.simulation.now, draw.randint(1, 4))
    main = walk.technician
    walk.check(world.simulation.now, CheckLevel.SELF, main)
    yield world.later(world.simulation.now, draw.randint(3, 9))
    other = next(person for person in world.crew.technicians if person not in walk.worked)
    walk.check(world.simulation.now, CheckLevel.MUTUAL, other)
    yield world.later(world.simulation.now, draw.randint(5, 18))
    labour = [line for line in walk.lines if line["kind"] is LineKind.LABOUR and line["consent"].value == "authorised"]
    if labour and not quick and draw.random() < 0.035:
        walk.send_back(world.simulation.now, CheckLevel.FINAL, foreman, draw.choice(("not_fixed", "torque", "noise", "dirty")), labour[-1])
        line = labour[-1]
        able = next(person for person in (main, *world.crew.technicians) if line["skill"] in world.crew.skills[person])
        spans = world.workshop.plan(able, world.simulation.now + 2 * MINUTE, draw.randint(12, 40))
        world.workshop.take(able, spans)
        yield from _clock_through(walk, (line["skill"],), able, spans)
        yield world.later(world.simulation.now, draw.randint(2, 6))
    walk.check(world.simulation.now, CheckLevel.FINAL, foreman, draw.choice((None, None, 2, 3, 5)))


def _leave(walk: Walk, planned: PlannedVisit) -> Iterator[dt.datetime]:
    """Wash, bill, and the way out."""
    world, draw = walk.world, walk.world.draw
    if walk.order["wash_wanted"]:
        yield world.later(world.simulation.now, draw.randint(14, 30))
        walk.wash(world.simulation.now)
    yield world.later(world.simulation.now, draw.randint(2, 14 if planned.quick or draw.random() < 0.75 else 55))
    owner = walk.car.owner.made
    assert owner is not None
    by_chance = not walk.car.never_pays and draw.random() < (0.75 if owner.is_company else 0.3)
    account = owner.row["is_account"] and (planned.settle_on_account or by_chance)
    method = None if account else draw.choices(_METHODS, _METHOD_WEIGHTS)[0]
    settlements = walk.settle(world.simulation.now, method)
    yield world.simulation.now + draw.randint(2, 9) * MINUTE
    call = walk.deliver(world.simulation.now)
    findings.renewed(walk, world.calendar.day_of(world.simulation.now))
    after_delivery(world, walk, settlements, call)

