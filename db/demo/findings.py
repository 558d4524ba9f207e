"""What technicians measure and find, and what customers say to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from db.demo.people import COUNTER, WORKSHOP
from db.demo.shelf import labour_minutes
from db.demo.wear import WHEELS
from db.demo.world import decide
from db.rules.record_words import AuthorisedHow, RecommendationSource, RecommendationState, Urgency, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.demo.cars import Car
    from db.demo.ledger import Row
    from db.demo.walk import Walk
    from db.demo.world import World
    from db.rules.order_line import LineValues

Answer = tuple["Row", RecommendationState, "Row"]

_LOOKED_AT = ("I05", "I06")
_RANK = {Verdict.OK: 0, Verdict.WATCH: 1, Verdict.REPLACE: 2}
_OPEN = (RecommendationState.FOUND, RecommendationState.PRESENTED, RecommendationState.POSTPONED, RecommendationState.DECLINED)
PUTS_OFF = -2.0
"""The willingness of who says neither yes nor no."""
_WATCH_IS_TOLD = 0.38
_DECLINES = ("price", "time", "elsewhere", "doubt", "own_part")
_POSTPONES = ("later", "ask_family", "money", "next_service")


def points_of(car: Car) -> tuple[str, ...]:
    """The points that are measured and looked at on such a car."""
    return ("B01", "B02", "T01", "E05", "L13", *_LOOKED_AT, *(("H02",) if car.power_train in ("battery", "plug_in_hybrid") else ()))


def inspect(walk: Walk, at: dt.datetime, by: int, points: Sequence[str]) -> dict[str, tuple[Verdict, int | None, str]]:
    """Measure these points; each result is a row. Returns the worst of each point: verdict, value, place."""
    world, car, ledger = walk.world, walk.car, walk.world.ledger
    assert car.wear is not None
    ledger.act(at, by, WORKSHOP, "keep_results")
    kilometres = walk.order["odometer_km"]
    day = world.calendar.day_of(at)
    worst: dict[str, tuple[Verdict, int | None, str]] = {}
    for point in points:
        for place in WHEELS.get(point, ("",)):
            if point in _LOOKED_AT:
                value, verdict = None, Verdict(car.wear.looks(point, day))
            else:
                value = car.wear.measure(point, place, kilometres, day)
                verdict = world.shelf.verdict(point, car.power_train, value)
            ledger.add(
                "inspection_result", order_id=walk.order["id"], vehicle_id=car.id, point_code=point, place=place, value=value, verdict=verdict,
                odometer_km=kilometres, checked_at=at, staff_id=by,
            )  # fmt: skip
            if point not in worst or _RANK[verdict] > _RANK[worst[point][0]]:
                worst[point] = (verdict, value, place)
    return worst


def recommend(walk: Walk, found: dict[str, tuple[Verdict, int | None, str]], by: int) -> list[Row]:
    """Write down what is worth telling, in the request of the inspection; what was open and is good again is closed. Returns the new ones."""
    world, car, ledger = walk.world, walk.car, walk.world.ledger
    added = []
    for point, (verdict, value, place) in found.items():
        known = next((row for row in car.open_recommendations if row["point_code"] == point and row["state"] in _OPEN), None)
        if verdict is Verdict.OK:
            if known is not None:
                decide(ledger, known, RecommendationState.MEASURED_GOOD, walk.order["id"], by, "")
                car.open_recommendations.remove(known)
            continue
        if known is not None:
            _measured_anew(walk, known, verdict, value, place)
            continue
        if any(row["point_code"] == point for row in car.open_recommendations):
            continue
        if verdict is Verdict.WATCH and not car.puts_off and world.draw.random() > _WATCH_IS_TOLD:
            continue
        row = recommendation(world, car, point, verdict, value, place, walk.order["id"], by)
        if row is not None:
            added.append(row)
    return added


def _measured_anew(walk: Walk, known: Row, verdict: Verdict, value: int | None, place: str) -> None:
    """What comes back is the same recommendation, with what the gauge shows now."""
    owner = walk.car.owner.made
    assert owner is not None
    words, urgency = walk.world.shelf.words(known["point_code"], walk.car.power_train, verdict.value, value, owner.language)
    walk.world.ledger.change("recommendation", known, measured_value=value, place=place, words=words, urgency=Urgency(urgency))


def recommendation(world: World, car: Car, point: str, verdict: Verdict, value: int | None, place: str, order_id: int, by: int) -> Row | None:
    """One recommendation from a measured value; None where the shop has nothing to offer."""
    code, lines = world.shelf.remedy(point, car.power_train)
    if not lines:
        return None
    owner = car.owner.made
    assert owner is not None
    words, urgency = world.shelf.words(point, car.power_train, verdict.value, value, owner.language)
    name = world.shelf.name_of(code)
    row = world.ledger.add(
        "recommendation", vehicle_id=car.id, order_id=order_id, source=RecommendationSource.INSPECTION, subject_code=code, name_zh_tw=name.zh_TW,
        name_zh_cn=name.zh_CN, name_en=name.en, words=words, point_code=point, place=place, measured_value=value, urgency=Urgency(urgency),
        is_safety=world.shelf.advice[world.shelf.points[point].recommendation].safety, price=sum(line.amount for line in lines),
        extra_minutes=labour_minutes(lines), line_plan=[{"kind": line.kind.value, "code": line.code, "quantity": line.quantity} for line in lines],
        found_at=world.ledger.at, found_by_id=by,
    )  # fmt: skip
    car.open_recommendations.append(row)
    return row


def lines_for(world: World, car: Car, recommendation_row: Row) -> list[LineValues]:
    """The lines that carry a recommendation out."""
    lines = world.shelf.remedy(recommendation_row["point_code"], car.power_train)[1]
    return [replace(line, recommendation_id=recommendation_row["id"]) for line in lines]


def said(world: World, row: Row, day: dt.date, kilometres: int, willing: float) -> Answer:
    """What a customer says to a recommendation."""
    chance = willing + (0.28 if row["urgency"] is Urgency.NOW else 0)
    draw = world.draw
    if draw.random() < chance:
        return row, RecommendationState.ACCEPTED, {}
    if willing <= PUTS_OFF or draw.random() < 0.62:
        until = day + dt.timedelta(days=draw.randint(45, 150))
        return row, RecommendationState.POSTPONED, {
            "reason": draw.choice(_POSTPONES), "postponed_until": until, "postponed_until_km": (kilometres + draw.randint(2, 6) * 1000) // 1000 * 1000,
        }  # fmt: skip
    return row, RecommendationState.DECLINED, {"reason": draw.choice(_DECLINES)}


def answer_in_shop(walk: Walk, at: dt.datetime, rows: Sequence[Row], willing: float) -> list[Row]:
    """The advisor rings or speaks to the customer about what was found; returns the lines that were agreed to."""
    world, car = walk.world, walk.car
    day = world.calendar.day_of(at)
    answers = [said(world, row, day, walk.order["odometer_km"], willing) for row in rows]
    accepted = [row for row, state, _ in answers if state is RecommendationState.ACCEPTED]
    others = [answer for answer in answers if answer[1] is not RecommendationState.ACCEPTED]
    how = AuthorisedHow.AT_COUNTER if walk.order["customer_waits"] else world.draw.choice((AuthorisedHow.PHONE, AuthorisedHow.MESSAGE))
    if others:
        world.ledger.act(at, walk.advisor, COUNTER, "answer_recommendations")
        for row, state, more in others:
            decide(world.ledger, row, RecommendationState.PRESENTED, walk.order["id"], walk.advisor, how.value)
            decide(world.ledger, row, state, walk.order["id"], walk.advisor, how.value, **more)
    if not accepted:
        return []
    lines = walk.propose(at, [line for row in accepted for line in lines_for(world, car, row)], walk.advisor)
    walk.authorise(at, lines, how, sum(row["extra_minutes"] for row in accepted), accepted)
    return lines


def renewed(walk: Walk, day: dt.date) -> None:
    """After the work: what a done recommendation or a package renewed begins to wear anew."""
    car = walk.car
    assert car.wear is not None
    for line in walk.lines:
        if line["consent"].value != "authorised":
            continue
        for point, codes in _RENEWED_BY.items():
            if line["code"] in codes:
                car.wear.renewed(point, walk.order["odometer_km"], day)


_RENEWED_BY = {
    "B01": frozenset(("M01",)), "B02": frozenset(("M02", "M02E")), "T01": frozenset(("G18",)), "E05": frozenset(("M06",)), "L13": frozenset(("E02",)),
    "I05": frozenset(("G04",)), "I06": frozenset(("G32",)),
}  # fmt: skip
