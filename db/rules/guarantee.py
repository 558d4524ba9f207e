"""The guarantee after repair by class of work, what of earlier work it still covers, and what a comeback may come back from.

The least periods are those of the Ministry of Transport's rules for vehicle repair (機動車維修管理規定); a shop publishes its own,
never below them.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from db.rules.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

COMEBACK_DAYS = 30


class WorkClass(StrEnum):
    """Classes of repair (維修類別)."""

    VEHICLE_OVERHAUL = "vehicle_overhaul"
    ASSEMBLY_OVERHAUL = "assembly_overhaul"
    SECOND_MAINTENANCE = "second_maintenance"
    FIRST_MAINTENANCE = "first_maintenance"
    MINOR_REPAIR = "minor_repair"
    SPECIAL_REPAIR = "special_repair"


class VehicleClass(StrEnum):
    """Kinds of vehicles by which the least periods differ."""

    CAR = "car"
    MOTORBIKE = "motorbike"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Term:
    """A guarantee's days and km from the day the car leaves; the first reached ends it."""

    days: int
    kilometres: int


_OVERHAUL = (WorkClass.VEHICLE_OVERHAUL, WorkClass.ASSEMBLY_OVERHAUL)
_LEAST_OVERHAUL = {VehicleClass.CAR: Term(100, 20_000), VehicleClass.MOTORBIKE: Term(80, 7_000), VehicleClass.OTHER: Term(60, 6_000)}
_LEAST_OTHERS = {VehicleClass.CAR: Term(10, 2_000), VehicleClass.MOTORBIKE: Term(10, 800), VehicleClass.OTHER: Term(7, 700)}


def least_term(work: WorkClass, vehicle: VehicleClass = VehicleClass.CAR) -> Term:
    """The least guarantee that the rules ask for."""
    if work in _OVERHAUL:
        return _LEAST_OVERHAUL[vehicle]
    if work is WorkClass.SECOND_MAINTENANCE and vehicle is VehicleClass.CAR:
        return Term(30, 5_000)
    return _LEAST_OTHERS[vehicle]


def check_term(term: Term, work: WorkClass, vehicle: VehicleClass = VehicleClass.CAR) -> None:
    """Nothing, when a shop may publish this guarantee. Refusal guarantee_below_least (days, least_km)."""
    least = least_term(work, vehicle)
    if term.days < least.days or term.kilometres < least.kilometres:
        raise Refusal("guarantee_below_least", days=least.days, least_km=least.kilometres)


@dataclass(frozen=True, slots=True)
class DoneWork:
    """A line of an earlier order as it left the shop: its own term (a part's), or None where the class of work decides."""

    order_id: int
    line_id: int
    work: WorkClass
    delivered_on: dt.date
    kilometres: int
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """What is still under guarantee: the last day and the last km, and what is left of both."""

    done: DoneWork
    until: dt.date
    until_kilometres: int
    days_left: int
    kilometres_left: int


def cover(done: DoneWork, today: dt.date, kilometres: int, vehicle: VehicleClass = VehicleClass.CAR) -> Cover | None:
    """The guarantee that a line still has at a check-in; None when the days or the km are used up. The last day and km count."""
    term = done.term or least_term(done.work, vehicle)
    until, until_kilometres = done.delivered_on + dt.timedelta(term.days), done.kilometres + term.kilometres
    if today > until or kilometres > until_kilometres:
        return None
    return Cover(done, until, until_kilometres, (until - today).days, until_kilometres - kilometres)


def still_covered(works: Iterable[DoneWork], today: dt.date, kilometres: int, vehicle: VehicleClass = VehicleClass.CAR) -> list[Cover]:
    """All that is still under guarantee, what ends first first."""
    covers = [found for found in (cover(done, today, kilometres, vehicle) for done in works) if found is not None]
    return sorted(covers, key=lambda found: (found.days_left, found.kilometres_left, found.done.line_id))


@dataclass(frozen=True, slots=True)
class PastVisit:
    """An earlier order: when the car left, and what the customer complained of, in words and as the codes that they were filed under."""

    order_id: int
    delivered_on: dt.date
    complaints: tuple[str, ...] = ()
    tags: frozenset[str] = frozenset()


def comeback_of(
    visits: Iterable[PastVisit], complaints: Collection[str], tags: Collection[str], today: dt.date, within_days: int = COMEBACK_DAYS
) -> list[PastVisit]:
    """The visits of the last days with one of these complaints (the same words or the same code), the latest first.

    A person says whether it is a comeback, and which work failed.
    """
    words = {_folded(complaint) for complaint in complaints} - {""}
    found = [
        visit
        for visit in visits
        if 0 <= (today - visit.delivered_on).days <= within_days and (visit.tags.intersection(tags) or words.intersection(map(_folded, visit.complaints)))
    ]
    return sorted(found, key=lambda visit: (visit.delivered_on, visit.order_id), reverse=True)


def _folded(text: str) -> str:
    """Letters and digits alone, so that 'front left rattles!' is 'Front-left rattles'."""
    return "".join(character for character in unicodedata.normalize("NFKC", text).casefold() if character.isalnum())
