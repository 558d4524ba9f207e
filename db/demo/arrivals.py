"""What an ordinary visit brings to the counter: lines, complaints, answers to what was put off, belongings, damage."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.demo import findings, visits
from db.demo.world import Arrival
from db.rules.order_life import OrderKind, Payer
from db.rules.record_words import RecommendationState

if TYPE_CHECKING:
    import datetime as dt

    from db.demo.cars import Car, PlannedVisit
    from db.demo.ledger import Row
    from db.demo.world import World
    from db.rules.order_line import LineValues

_BELONGINGS = ("key", "dash_cam", "toll_tag", "charging_cable", "child_seat", "umbrella", "boot_goods", "sunglasses", "mats")
_ZONES = (
    ("door_fr", "right"), ("door_fl", "left"), ("front_bumper", "front"), ("rear_bumper", "rear"), ("fender_fl", "left"), ("quarter_rr", "right"),
    ("hood", "top"), ("mirror_r", "right"), ("wheel_fr", "right"), ("trunk", "rear"),
)  # fmt: skip
_DAMAGES = ("scratch", "scratch", "scratch", "dent", "chip", "chip", "crack")


def arrival_for(world: World, car: Car, planned: PlannedVisit, at: dt.datetime) -> Arrival | None:
    """How the car comes in, or None where there is nothing to be done after all."""
    draw = world.draw
    day = world.calendar.day_of(at)
    kilometres = car.kilometres_on(day)
    complaints: tuple[tuple[str, tuple[str, ...]], ...] = ()
    kind = visits.kind_of(planned.purpose)
    more: Row = {}
    if planned.codes:
        lines = [line for number, code in enumerate(planned.codes, 1) for line in _of_code(world, code, number)]
    elif planned.purpose == visits.FIRST:
        lines = world.shelf.lines("package", visits.first_package(car))
        lines = [replace(line, payer=Payer.WARRANTY) for line in lines] if car.bought_here else lines
    elif planned.purpose == visits.MAINTENANCE:
        lines = visits.service_lines(world, car, kilometres)
    elif planned.purpose == visits.SEASON:
        lines = world.shelf.lines("package", "PK-WIN" if day.month in (10, 11, 12, 1, 2) else "PK-SUM")
    elif planned.purpose == visits.BODY:
        lines = visits.body_lines(world, draw.choice((1, 1, 1, 2, 2, 3)))
    elif planned.purpose == visits.COMEBACK:
        return _comeback(world, car, at)
    else:
        chip = draw.choice(visits.chips_for(world, car))
        complaints = ((visits.words_of(world, chip), (chip,)),)
        lines = visits.repair_lines(world, car, chip)
        if car.bought_here and (day - car.bought_on).days < 3 * 365 and draw.random() < 0.5:
            lines = [replace(line, payer=Payer.WARRANTY) for line in lines]
            kind = OrderKind.WARRANTY
    answers, extra = _answers(world, car, day, kilometres, quick=planned.quick)
    lines = [*_discounted(world, car, lines), *extra]
    recalls = tuple(row for row in world.recalls.get(car.id, ()) if row["done_order_id"] is None and not planned.quick and draw.random() < 0.6)
    for row in recalls:
        lines += [replace(line, payer=Payer.RECALL, campaign_id=row["campaign_id"]) for line in world.shelf.lines("operation", row_operation(world, row))]
    owner = car.owner.made
    assert owner is not None
    if planned.purpose in (visits.MAINTENANCE, visits.REPAIR):
        more["voucher"] = _voucher(world, owner.id, lines, day)
    if draw.random() < 0.004 and car.last_kilometres > 20_000 and not car.cast:
        # A new instrument counts from the beginning.
        more |= {"kilometres": draw.randint(40, 900), "odometer_reason": "cluster_replaced"}
        car.kilometres_at_purchase -= kilometres - more["kilometres"]
        car.last_kilometres = 0
    return Arrival(
        lines=lines, kind=kind, complaints=complaints, waits=draw.random() < 0.42, wash=draw.random() < 0.84, answers=answers, recalls=recalls,
        belongings=belongings(world), marks=marks(world),
        signs=draw.random() < 0.06, **more,
    )  # fmt: skip


def row_operation(world: World, concerned: Row) -> str:
    """The operation that carries a recall out."""
    return str(world.ledger.rows["campaign"][concerned["campaign_id"] - 1]["operation_code"])


def _of_code(world: World, code: str, group: int) -> list[LineValues]:
    if code in world.shelf.packages:
        return world.shelf.lines("package", code, group)
    return world.shelf.with_part(code, "petrol")


def _comeback(world: World, car: Car, at: dt.datetime) -> Arrival | None:
    """The same complaint again: the work that failed is named and done anew at the shop's cost."""
    orders = [row for row in world.ledger.rows["work_order"][-600:] if row["vehicle_id"] == car.id and row["delivered_at"] is not None]
    if not orders or (at - orders[-1]["delivered_at"]).days > 30:
        return None
    last = orders[-1]
    said = [row for row in world.ledger.rows["complaint"][-600:] if row["order_id"] == last["id"]]
    failed = [row for row in world.ledger.rows["work_order_line"][-6000:] if row["order_id"] == last["id"] and row["kind"].value == "labour"]
    if not said or not failed:
        return None
    lines = [replace(line, payer=Payer.GOODWILL, complaint=0) for line in world.shelf.lines("operation", failed[-1]["code"])]
    return Arrival(
        lines=lines, kind=OrderKind.COMEBACK, complaints=((said[0]["words"], tuple(said[0]["tags"])),), comeback_of_id=last["id"],
        comeback_line_id=failed[-1]["id"], waits=True,
    )  # fmt: skip


def _answers(world: World, car: Car, day: dt.date, kilometres: int, *, quick: bool) -> tuple[tuple[findings.Answer, ...], list[LineValues]]:
    """What the customer says to the earlier recommendations, and the lines of those that he now wants."""
    answers: list[findings.Answer] = []
    lines: list[LineValues] = []
    for row in car.open_recommendations:
        if row["state"] is RecommendationState.POSTPONED:
            if row["postponed_until"] > day and (row["postponed_until_km"] or kilometres + 1) > kilometres:
                continue
        elif row["state"] not in (RecommendationState.DECLINED, RecommendationState.PRESENTED) or _lets_rest(world):
            continue
        answer = findings.said(world, row, day, kilometres, findings.PUTS_OFF if car.puts_off else -1.0 if quick else 0.2)
        answers.append(answer)
        if answer[1] is RecommendationState.ACCEPTED:
            lines += [replace(line, package_group=20 + len(answers) if line.package_group else None) for line in findings.lines_for(world, car, row)]
    return tuple(answers), lines


def _lets_rest(world: World) -> bool:
    """Whether the advisor lets a refusal rest this time."""
    return world.draw.random() < 0.6


def _discounted(world: World, car: Car, lines: list[LineValues]) -> list[LineValues]:
    owner = car.owner.made
    if owner is None or owner.row["tier"] != "gold" or world.draw.random() < 0.5:
        return lines
    return [
        replace(line, discount_basis_points=500) if line.payer is Payer.CUSTOMER and not line.package_code and line.kind.value == "labour" else line
        for line in lines
    ]


def _voucher(world: World, customer_id: int, lines: list[LineValues], day: dt.date) -> Row | None:
    open_ones = world.vouchers.get(customer_id, [])
    total = sum(line.amount for line in lines if line.payer is Payer.CUSTOMER)
    if not open_ones or total < 30_000 or open_ones[0]["expires_on"] < day:
        return None
    return open_ones.pop(0)


def belongings(world: World) -> tuple[tuple[str, int], ...]:
    """What lies in the car."""
    return tuple((code, 1) for code in world.draw.sample(_BELONGINGS, world.draw.choice((0, 0, 0, 1, 2))))


def marks(world: World) -> tuple[Row, ...]:
    """Damage seen on the walk round the car."""
    draw = world.draw
    if draw.random() < 0.7:
        return ()
    found = []
    for zone, view in draw.sample(_ZONES, draw.choice((1, 1, 2))):
        kind = draw.choice(_DAMAGES)
        found.append(
            {
                "zone": zone, "view": view, "x": draw.randint(20, 80) / 100, "y": draw.randint(30, 70) / 100, "kind": kind,
                "size_mm": draw.randint(1, 20) * 10, "known_before": draw.random() < 0.3,
            }
        )  # fmt: skip
    return tuple(found)
