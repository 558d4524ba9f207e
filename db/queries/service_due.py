"""What falls due on a vehicle, each with the rule and the reading that say so, and the package that does most of it at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import select

from db.models import Package, PackageLine, ScheduleItem, WorkOrder, WorkOrderLine
from db.queries.makers import maker_codes
from db.queries.shop import the_shop
from db.rules import due
from db.rules.makers import MakerCodes
from db.rules.order_life import Consent, LineKind, OrderState, Payer

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence

    from sqlalchemy.orm import Session

    from db.queries.shop import ShopRow
    from db.rules.mileage import DailyDistance, Reading


_NEVER = 10**9


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing that is due. `state` overdue, soon or later; `item_subject`, `item_code` what does it; `covers` the schedule's codes in it."""

    code: str
    name_zh_tw: str
    name_zh_cn: str
    name_en: str
    state: str
    due_on: dt.date
    days: int
    """Until it is due; below 0 when it is past."""
    due_km: int | None
    rule: str
    """date or kilometres: which came first."""
    every_km: int | None
    every_months: int | None
    last_done_on: dt.date
    last_done_km: int | None
    item_subject: str
    item_code: str
    covers: tuple[str, ...]
    is_first_service: bool = False
    closes_in_days: int | None = None
    closes_in_km: int | None = None
    done_before: bool = False
    """Whether it was done here once; else it is counted from the purchase."""


class ListedVehicle(Protocol):
    """What a row must say of its vehicle, so that its dues can be worked out once its readings are known."""

    @property
    def vehicle_id(self) -> int: ...
    @property
    def vin(self) -> str: ...
    @property
    def maker(self) -> str: ...
    @property
    def power_train(self) -> str: ...
    @property
    def severe_use(self) -> bool: ...
    @property
    def first_registered_on(self) -> dt.date | None: ...
    @property
    def bought_on(self) -> dt.date | None: ...


class DueCar(ListedVehicle, Protocol):
    """What of a vehicle decides its dues: a `VehicleFile`, or a row of a list with its readings."""

    @property
    def last_reading(self) -> Reading | None: ...
    @property
    def daily(self) -> DailyDistance: ...


@dataclass(frozen=True, slots=True)
class DueSources:
    """What dues are worked out from, read at once for several vehicles."""

    schedule: dict[str, list[ScheduleItem]]
    """Power train to its items, the first service's among them."""
    done: dict[int, dict[str, due.LastDone]]
    visited: frozenset[int]
    packages: list[tuple[Package, set[str]]]
    """Packages that a customer pays for, each with its operations."""
    makers: MakerCodes
    """Of the catalogue, where one of the vehicles may have its first service before it."""


def standing_of(car: DueCar, shop: ShopRow) -> due.Standing | None:
    """The last reading with the daily distance."""
    last = car.last_reading
    return due.Standing(shop.day_of(last.read_at), last.kilometres, car.daily.metres) if last else None


def due_items(session: Session, car: DueCar, now: dt.datetime) -> list[DueItem]:
    """What is due on a vehicle, first things first: a package for what it covers, then single items."""
    shop = the_shop(session)
    return items_due(due_sources(session, [car], shop), car, shop, shop.day_of(now))


def due_sources(session: Session, cars: Collection[DueCar], shop: ShopRow) -> DueSources:
    """Everything that the dues of these vehicles are worked out from."""
    ids = [car.vehicle_id for car in cars]
    schedule: dict[str, list[ScheduleItem]] = {}
    items = select(ScheduleItem).where(ScheduleItem.power_train.in_({car.power_train for car in cars})).order_by(ScheduleItem.id)
    for row in session.execute(items).scalars():
        schedule.setdefault(row.power_train, []).append(row)
    been_here = select(WorkOrder.vehicle_id).where(WorkOrder.vehicle_id.in_(ids), WorkOrder.state != OrderState.CANCELLED).distinct()
    visited = frozenset(session.execute(been_here).scalars())
    makers = maker_codes(session) if any(car.bought_on is not None and car.vehicle_id not in visited for car in cars) else MakerCodes()
    return DueSources(schedule, last_done(session, ids, shop), visited, _packages(session), makers)


def items_due(sources: DueSources, car: DueCar, shop: ShopRow, today: dt.date) -> list[DueItem]:
    """`due_items` from what was read before."""
    standing = standing_of(car, shop)
    found = [item for item in _schedule_items(sources, car, shop, standing, today) if item.item_code]
    first = _first_service(sources, car, standing, today)
    if first is not None:
        oil = {item.code for item in found if item.item_code == "G01"}
        found = [item for item in found if item.code not in oil]
        return [first, *sorted(found, key=lambda item: (item.days, item.code))]
    wanted = [item for item in found if item.state != "later"]
    later = [item for item in found if item.state == "later"]
    package = _best_package(sources, wanted, car.power_train)
    if package is not None:
        inside = [item for item in wanted if item.item_code in package[1]]
        worst = min(inside, key=lambda item: item.days)
        bundle = replace(
            worst, code=package[0].code, name_zh_tw=package[0].name_zh_tw, name_zh_cn=package[0].name_zh_cn, name_en=package[0].name_en,
            item_subject="package", item_code=package[0].code, covers=tuple(item.code for item in inside),
        )  # fmt: skip
        wanted = [bundle, *[item for item in wanted if item not in inside]]
    return sorted(wanted, key=lambda item: (item.days, item.code)) + sorted(later, key=lambda item: (item.days, item.code))


def main_due(items: Sequence[DueItem]) -> DueItem | None:
    """What the car comes for next, of all that is due: its first service, else what was done here before, first things first.

    What comes round by distance is a car's service; what only ages, such as wiper blades, goes along with it and stands back. So does what was
    never done here: it is counted from the purchase and may have been done elsewhere, and of several such the one that comes round most often
    is the service that a car lives by.
    """
    first = next((item for item in items if item.is_first_service), None)
    if first is not None:
        return first
    before = [item for item in items if item.done_before]
    if before:
        return min(before, key=lambda item: (not item.every_km, item.days, item.code))
    return min(items, key=lambda item: (not item.every_km, item.every_months or _NEVER, item.every_km or _NEVER, item.days, item.code), default=None)


def _schedule_items(sources: DueSources, car: DueCar, shop: ShopRow, standing: due.Standing | None, today: dt.date) -> list[DueItem]:
    done = sources.done.get(car.vehicle_id, {})
    begin = car.bought_on or car.first_registered_on
    merged: dict[str, DueItem] = {}
    for row in sources.schedule.get(car.power_train, ()):
        if row.is_first_service or row.action != "replace":
            continue
        last = done.get(row.item_code) or (due.LastDone(begin, 0) if begin else None)
        if last is None or not (row.kilometres or row.months):
            continue
        rule = due.ScheduleRule(row.code, row.kilometres, row.months)
        if car.severe_use:
            rule = rule.in_severe_use()
        item = due.due(rule, last, standing)
        if item is None:
            continue
        state = item.state(today, shop.settings.due_soon_days, shop.settings.due_soon_kilometres)
        word = {due.DueState.DUE: "overdue", due.DueState.SOON: "soon", due.DueState.LATER: "later"}[state]
        made = DueItem(
            row.code, row.name_zh_tw, row.name_zh_cn, row.name_en, word, item.on, item.days_left(today), item.by_kilometres, item.by.value,
            rule.kilometres, rule.months, last.on, last.kilometres, row.item_kind, row.item_code, (row.code,), done_before=row.item_code in done,
        )  # fmt: skip
        standing_item = merged.get(row.item_code)
        if standing_item is None:
            merged[row.item_code] = made
        else:
            sooner = made if made.days < standing_item.days else standing_item
            merged[row.item_code] = replace(sooner, covers=(*standing_item.covers, row.code))
    return list(merged.values())


def last_done(session: Session, vehicle_ids: Collection[int], shop: ShopRow) -> dict[int, dict[str, due.LastDone]]:
    """When each operation or package was last done on each vehicle, by code."""
    rows = session.execute(
        select(WorkOrder.vehicle_id, WorkOrderLine.code, WorkOrderLine.package_code, WorkOrder.checked_in_at, WorkOrder.odometer_km)
        .join(WorkOrder, WorkOrder.id == WorkOrderLine.order_id)
        .where(
            WorkOrder.vehicle_id.in_(vehicle_ids),
            WorkOrder.state.in_((OrderState.READY, OrderState.SETTLED, OrderState.DELIVERED)),
            WorkOrderLine.kind == LineKind.LABOUR,
            WorkOrderLine.consent == Consent.AUTHORISED,
        )
        .order_by(WorkOrder.checked_in_at)
    )
    found: dict[int, dict[str, due.LastDone]] = {}
    for vehicle_id, code, package_code, at, km in rows:
        for key in (code, package_code):
            if key:
                found.setdefault(vehicle_id, {})[key] = due.LastDone(shop.day_of(at), km)
    return found


def _first_service(sources: DueSources, car: DueCar, standing: due.Standing | None, today: dt.date) -> DueItem | None:
    if car.bought_on is None or car.vehicle_id in sources.visited:
        return None
    known = {row.code: row for row in sources.schedule.get(car.power_train, ()) if row.is_first_service}
    row = known.get(due.first_service_code(sources.makers.code_of(car.maker, car.vin))) or known.get(due.first_service_code())
    if row is None or row.kilometres is None or row.months is None:
        return None
    rule = due.FirstServiceRule(row.kilometres, row.months, row.tolerance_kilometres or 0, row.tolerance_days or 0)
    window = due.first_service_window(rule, car.bought_on, standing, today)
    if window.state is due.WindowState.CLOSED:
        return None
    state = "overdue" if window.state is due.WindowState.OPEN else "later"
    return DueItem(
        row.code, row.name_zh_tw, row.name_zh_cn, row.name_en, state, window.opens_on, (window.opens_on - today).days, row.kilometres, window.closes_by.value,
        row.kilometres, row.months, car.bought_on, 0, row.item_kind, row.item_code, (row.code,), True, window.days_left, window.kilometres_left,
    )  # fmt: skip


def _packages(session: Session) -> list[tuple[Package, set[str]]]:
    inside: dict[int, set[str]] = {}
    packages: dict[int, Package] = {}
    for package, item_code in session.execute(
        select(Package, PackageLine.item_code)
        .join(PackageLine, PackageLine.package_id == Package.id)
        .where(Package.retired.is_(False), Package.payer == Payer.CUSTOMER.value, PackageLine.kind == LineKind.LABOUR)
    ):
        packages[package.id] = package
        inside.setdefault(package.id, set()).add(item_code)
    return [(packages[key], operations) for key, operations in inside.items()]


def _best_package(sources: DueSources, wanted: list[DueItem], power_train: str) -> tuple[Package, set[str]] | None:
    codes = {item.item_code for item in wanted}
    if not codes:
        return None
    best: tuple[tuple[int, int, str], tuple[Package, set[str]]] | None = None
    for package, operations in sources.packages:
        if package.power_trains and power_train not in package.power_trains:
            continue
        covered = len(operations & codes)
        extra = len(operations - codes)
        # One operation beside what is due (the inspection that goes with a service) is what a package is for; more would sell what nobody needs.
        if covered and extra <= 1 and "G01" in operations | codes:
            rank = (-covered, extra, package.code)
            if best is None or rank < best[0]:
                best = (rank, (package, operations))
    if best is None or (-best[0][0] < 2 and len(codes) > 1 and best[0][1] > 0 and "G01" not in best[1][1]):
        return None
    return best[1]
