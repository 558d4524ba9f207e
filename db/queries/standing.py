"""Whether a vehicle's customer is still one: kept, drifting, going, lost, or the vehicle sold, scrapped, moved (domain §8); a word and a condition."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import and_, or_

from db.models import Vehicle
from db.queries.shop import the_shop
from db.rules.due import Drift, drift
from db.rules.months import add_months
from db.rules.record_words import VehicleFate

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

ACTIVE = (Drift.ACTIVE.value, Drift.DRIFTING.value, Drift.GOING.value, Drift.LOST.value)
AWAY_GROUP = "away"
STATES = (*ACTIVE, AWAY_GROUP)
"""Filters of a list: the four steps of drifting, and those that are nobody's to win back."""

AWAY = (VehicleFate.SOLD_ON, VehicleFate.SCRAPPED, VehicleFate.MOVED)


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """The last days on which a vehicle must have been here, or been bought, to be drifting, going or lost today."""

    today: dt.date
    zone: str
    months: tuple[int, int, int]
    days: tuple[dt.date, dt.date, dt.date]

    def day_of(self, at: dt.datetime) -> dt.date:
        """The shop's day of a moment."""
        return at.astimezone(ZoneInfo(self.zone)).date()

    def condition(self, state: str, visited: bool | None) -> ColumnElement[bool]:
        """The SQL condition of a state; `visited` tells which vehicles are asked for, so that one range of one index answers. None: all."""
        if state == AWAY_GROUP:
            fate = Vehicle.fate.in_(AWAY)
            return fate if visited is None else and_(fate, Vehicle.last_visit_at.is_not(None) if visited else Vehicle.last_visit_at.is_(None))
        kept = Vehicle.fate == VehicleFate.KEPT
        if visited is None:
            return and_(kept, or_(self._visited(state), self._unvisited(state)))
        return and_(kept, self._visited(state) if visited else self._unvisited(state))

    def _bounds(self, state: str) -> tuple[dt.date | None, dt.date | None]:
        """(after this day, not after that day)."""
        drifting, going, lost = self.days
        return {"active": (drifting, None), "drifting": (going, drifting), "going": (lost, going), "lost": (None, lost)}[state]

    def _visited(self, state: str) -> ColumnElement[bool]:
        after, up_to = self._bounds(state)
        conditions: list[ColumnElement[bool]] = [Vehicle.last_visit_at.is_not(None)]
        if after is not None:
            conditions.append(Vehicle.last_visit_at >= self._end_of(after))
        if up_to is not None:
            conditions.append(Vehicle.last_visit_at < self._end_of(up_to))
        return and_(*conditions)

    def _unvisited(self, state: str) -> ColumnElement[bool]:
        after, up_to = self._bounds(state)
        conditions: list[ColumnElement[bool]] = [Vehicle.last_visit_at.is_(None)]
        if after is not None:
            bought: ColumnElement[bool] = Vehicle.bought_on > after
            # Of a car that never came and whose purchase is unknown nothing says that it drifts.
            conditions.append(or_(bought, Vehicle.bought_on.is_(None)) if state == "active" else bought)
        if up_to is not None:
            conditions.append(Vehicle.bought_on <= up_to)
        return and_(*conditions)

    def _end_of(self, day: dt.date) -> dt.datetime:
        return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), ZoneInfo(self.zone)).astimezone(dt.UTC)


def cutoffs(session: Session, now: dt.datetime) -> Cutoffs:
    """Today's cut-offs by the shop's settings."""
    shop = the_shop(session)
    today = shop.day_of(now)
    months = (shop.settings.drifting_months, shop.settings.going_months, shop.settings.lost_months)
    return Cutoffs(today, shop.zone, months, (last_day(today, months[0]), last_day(today, months[1]), last_day(today, months[2])))


def last_day(today: dt.date, months: int) -> dt.date:
    """The latest day from which so many months have passed by today; a short month ends before its longer neighbour, so several days may."""
    day = add_months(today, -months)
    while add_months(day, months) > today:
        day -= dt.timedelta(days=1)
    while add_months(day + dt.timedelta(days=1), months) <= today:
        day += dt.timedelta(days=1)
    return day


def state_of(fate: VehicleFate, last_visit_at: dt.datetime | None, bought_on: dt.date | None, limits: Cutoffs) -> str:
    """A vehicle's state: a step of drifting, or what became of it."""
    if fate is not VehicleFate.KEPT:
        return fate.value
    since = limits.day_of(last_visit_at) if last_visit_at is not None else bought_on
    return (drift(since, limits.today, limits.months) or Drift.ACTIVE).value
