"""Which visits the demo's cars make over three years, and what each comes for."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from db.demo.cars import Car, PlannedVisit
from db.rules.months import add_months
from db.rules.order_life import OrderKind, Payer

if TYPE_CHECKING:
    import random

    from db.demo.world import World
    from db.rules.order_line import LineValues

FIRST, MAINTENANCE, REPAIR, BODY, SEASON, COMEBACK, RECALL = "first", "maintenance", "repair", "body", "season", "comeback", "recall"

_LEAST_GAP = 14
_SETTLED_DAYS = 12
"""Of these last days no ordinary car stays overnight: what stands in the shop today is told apart."""
_FIRST_PACKAGES = {"petrol": "PK-1ST", "hybrid": "PK-1ST", "diesel": "PK-1ST-D", "plug_in_hybrid": "PK-1ST-X", "battery": "PK-1ST-B"}
_WORDS = {
    "noise": ("早上冷車起步有咯吱聲，跑十幾分鐘就沒有了。", "過減速帶右前輪有響聲。", "低速打方向有異響。"),
    "brake_noise": ("輕踩剎車吱吱叫。", "倒車剎車有尖叫聲。"),
    "brake_judder": ("高速剎車方向盤抖。",),
    "pulls": ("直路鬆手往右跑。", "換過輪胎以後有點跑偏。"),
    "steering_shake": ("一百碼左右方向盤抖。",),
    "battery_flat": ("停了三天就打不着，要搭電。",),
    "warning_lamp": ("發動機燈亮了，開着沒感覺。", "儀表上黃燈亮，車能開。"),
    "rough_idle": ("等紅燈時車身抖。",),
    "no_power": ("上坡沒勁，油門踩下去慢半拍。",),
    "oil_leak": ("地庫車位上有一小灘油。",),
    "coolant_leak": ("防凍液壺老是少。",),
    "ac_warm": ("空調開了二十分鐘還是不涼。",),
    "ac_smell": ("開空調有霉味，孩子說難聞。",),
    "tyre_leak": ("左後輪兩天就要打氣。", "輪胎扎了個釘。"),
    "lamp_out": ("右邊近光燈不亮。",),
    "window_stuck": ("左前玻璃升到一半不動。",),
    "charge_fail": ("家裡慢充充到一半跳槍。",),
    "range_short": ("天冷以後續航少了一大截。",),
}
_REMEDIES = {
    "noise": ("M11", "M10"), "brake_noise": ("M05",), "brake_judder": ("M03",), "pulls": ("G16",), "steering_shake": ("G17",), "battery_flat": ("E02",),
    "warning_lamp": ("E09",), "rough_idle": ("G11",), "no_power": ("G12",), "oil_leak": ("M18",), "coolant_leak": ("M28",), "ac_warm": ("G15",),
    "ac_smell": ("G14",), "tyre_leak": (), "lamp_out": ("E06",), "window_stuck": ("E07",), "charge_fail": ("E12",), "range_short": ("E21",),
}  # fmt: skip
_PANELS = ("P-FBUM", "P-RBUM", "P-FFEN", "P-FDR", "P-RDR", "P-QTR")


def plan(car: Car, first_day: dt.date, today: dt.date, draw: random.Random) -> None:
    """Fill a car's visits between the first day and yesterday."""
    end = _stays_until(car, today, draw)
    months, kilometres = (12, 20_000) if car.power_train == "battery" else (12, 7_500 if car.power_train == "diesel" else 10_000)
    if car.severe_use:
        kilometres //= 2
    by_km = kilometres * 1000 // car.metres_per_day
    interval = max(35, min(by_km, months * 30))
    visits: list[PlannedVisit] = []
    start = max(first_day, car.bought_on)
    if draw.random() < 0.3:
        # Some came to this shop only later.
        start += (end - start) * draw.random() * 0.7 if end > start else dt.timedelta(0)
    if car.bought_on >= first_day and (car.bought_here or draw.random() < 0.5):
        due = min(add_months(car.bought_on, 6), car.bought_on + dt.timedelta(days=5_000_000 // car.metres_per_day))
        # Some come too early or too late for the window, some not at all.
        if draw.random() < 0.86:
            visits.append(PlannedVisit(due + dt.timedelta(days=int(draw.gauss(0, 16))), FIRST))
        start = due
    day = start + dt.timedelta(days=draw.randint(3, interval))
    while day < end:
        visits.append(PlannedVisit(day, MAINTENANCE))
        day += dt.timedelta(days=max(30, int(interval * draw.uniform(1.0, 1.4))))
    for purpose, a_year in ((REPAIR, 0.26), (BODY, 0.08), (SEASON, 0.05)):
        day = start
        while True:
            day += dt.timedelta(days=int(draw.expovariate(a_year) * 365) + 5)
            if day >= end:
                break
            visits.append(PlannedVisit(day, purpose))
    visits.sort(key=lambda visit: (visit.day, visit.purpose))
    kept: list[PlannedVisit] = []
    for visit in visits:
        if not start <= visit.day < end or visit.day >= today or (kept and (visit.day - kept[-1].day).days < _LEAST_GAP):
            continue
        kept.append(visit)
        if visit.purpose == REPAIR and draw.random() < 0.04:
            kept.append(PlannedVisit(visit.day + dt.timedelta(days=draw.randint(6, 18)), COMEBACK))
    car.visits = [visit for visit in kept if visit.day < min(end, today - dt.timedelta(1))]
    for visit in car.visits:
        visit.quick = (today - visit.day).days <= _SETTLED_DAYS


def _stays_until(car: Car, today: dt.date, draw: random.Random) -> dt.date:
    """Until when the customer comes: most still do; the others have been away for three, six, nine months or longer."""
    away = draw.choices((0, 1, 2, 3, 4), (68, 10, 7, 6, 9))[0]
    if not away:
        return today
    low, high = ((0, 0), (92, 178), (183, 268), (276, 420), (420, 900))[away]
    car.drifts_after = today - dt.timedelta(days=draw.randint(low, high))
    return car.drifts_after


def service_lines(world: World, car: Car, kilometres: int) -> list[LineValues]:
    """The lines of a regular service: small, with the filters, or large, in turn."""
    shelf, draw, train = world.shelf, world.draw, car.power_train
    turn = car.maintenance_done
    car.maintenance_done += 1
    if train == "battery":
        lines = shelf.lines("package", "PK-EV")
        if turn % 2:
            lines += shelf.lines("package", "PK-EVC" if turn % 4 == 1 else "PK-BRK", 2)
    elif train == "diesel":
        lines = shelf.lines("package", "PK-MAJ-D" if turn % 4 == 3 else "PK-MIN-D")
    elif turn % 6 == 5 or (kilometres > 150_000 and turn % 4 == 3):
        lines = shelf.lines("package", "PK-MAJ")
    elif turn % 4 == 2:
        lines = shelf.lines("package", "PK-MID")
    else:
        lines = shelf.lines("package", "PK-MIN-F" if car.maintenance_done % 5 or car.bought_here else "PK-MIN-S")
    chance = draw.random()
    month = world.calendar.day_of(world.simulation.now).month
    if chance < 0.10:
        lines = [*lines, *shelf.lines("package", "PK-WIPE", 3)]
    elif chance < 0.22 and 4 <= month <= 6:
        lines = [*lines, *shelf.lines("package", "PK-AC", 3)]
    elif chance < 0.27 and train in ("petrol", "hybrid", "plug_in_hybrid"):
        lines = [*lines, *shelf.lines("package", "PK-FUEL", 3)]
    elif chance < 0.32:
        lines = [*lines, *shelf.lines("operation", "G20")]
    return lines


def repair_lines(world: World, car: Car, chip: str) -> list[LineValues]:
    """The diagnosis of a complaint, and what puts it right."""
    shelf, train = world.shelf, car.power_train
    operation = world.shelf.chips[chip].operation
    lines = [replace(line, complaint=0) for line in shelf.lines("operation", operation)]
    for code in _REMEDIES[chip]:
        if train in shelf.operations[code].power_trains:
            lines += [replace(line, complaint=0) for line in shelf.with_part(code, train)]
    return lines


def chips_for(world: World, car: Car) -> list[str]:
    """The complaints that such a car may have."""
    return [
        chip for chip in _REMEDIES
        if car.power_train in world.shelf.operations[world.shelf.chips[chip].operation].power_trains
        and all(car.power_train in world.shelf.operations[code].power_trains for code in _REMEDIES[chip])
    ]  # fmt: skip


def words_of(world: World, chip: str) -> str:
    """What a customer says, in his own words."""
    return world.draw.choice(_WORDS[chip])


def body_lines(world: World, panels: int, payer: Payer = Payer.CUSTOMER, heavy: bool = False) -> list[LineValues]:
    """Panels put straight and painted, with the paint that they take."""
    shelf = world.shelf
    lines: list[LineValues] = []
    for code in world.draw.sample(_PANELS, panels):
        if code not in ("P-FBUM", "P-RBUM"):
            lines += shelf.lines("operation", "S08H" if heavy else "S08M" if world.draw.random() < 0.5 else "S08L")
        elif heavy:
            lines += shelf.lines("operation", "S01")
        lines += [*shelf.with_part(code, "petrol"), *shelf.lines("part", "PT-CC")]
    return [replace(line, payer=payer) for line in lines]


def first_package(car: Car) -> str:
    """The package of the first service."""
    return _FIRST_PACKAGES[car.power_train]


def kind_of(purpose: str) -> OrderKind:
    """The main kind under which a visit is counted."""
    return {
        FIRST: OrderKind.MAINTENANCE, MAINTENANCE: OrderKind.MAINTENANCE, SEASON: OrderKind.MAINTENANCE, COMEBACK: OrderKind.COMEBACK,
        RECALL: OrderKind.RECALL,
    }.get(purpose, OrderKind.REPAIR)  # fmt: skip
