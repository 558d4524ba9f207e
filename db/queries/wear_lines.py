"""How the points of a vehicle wear: measured values over km with their limit, and when it will be met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from db.models import InspectionPoint, InspectionResult
from db.queries.shop import the_shop
from db.rules.inspection import limits_for
from db.rules.wear import WearForecast, WearReading, forecast

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from db.queries.vehicle_file import VehicleFile


@dataclass(frozen=True, slots=True)
class WearLine:
    """A point's readings, oldest first, with its limits in thousandths of its unit. `place` is the wheel, the one that meets its limit first."""

    point_code: str
    place: str
    names: tuple[str, str, str]
    unit: str
    readings: tuple[WearReading, ...]
    watch_limit: int | None
    limit: int
    higher_is_better: bool
    forecast: WearForecast | None


def wear_lines(session: Session, car: VehicleFile) -> list[WearLine]:
    """The lines of a vehicle, those that meet their limit first on top; points measured once only, and those between two limits, are left out."""
    shop = the_shop(session)
    rows = session.execute(
        select(InspectionResult, InspectionPoint)
        .join(InspectionPoint, InspectionPoint.code == InspectionResult.point_code)
        .where(InspectionResult.vehicle_id == car.vehicle_id, InspectionResult.value.is_not(None))
        .order_by(InspectionPoint.position, InspectionResult.place, InspectionResult.checked_at)
    ).all()
    readings: dict[tuple[str, str], list[WearReading]] = {}
    points: dict[str, InspectionPoint] = {}
    for result, point in rows:
        assert result.value is not None
        points[point.code] = point
        readings.setdefault((point.code, result.place), []).append(WearReading(shop.day_of(result.checked_at), result.odometer_km, result.value))
    found: dict[str, WearLine] = {}
    for (code, place), past in readings.items():
        line = _line(points[code], place, past, car)
        if line is not None and (code not in found or _urgency(line) < _urgency(found[code])):
            found[code] = line
    return sorted(found.values(), key=_urgency)


def _line(point: InspectionPoint, place: str, past: list[WearReading], car: VehicleFile) -> WearLine | None:
    limits = limits_for(point.limits, car.power_train)
    if limits is None or len(past) < 2:
        return None
    low, high = limits.replace_limits()
    if (low is None) == (high is None):
        return None
    limit = low if low is not None else high
    assert limit is not None
    higher_is_better = low is not None
    watch = limits.ok_low if higher_is_better else limits.ok_high
    return WearLine(
        point.code, place, (point.name_zh_tw, point.name_zh_cn, point.name_en), point.unit, tuple(past), watch if watch != limit else None, limit,
        higher_is_better, forecast(past, limit, higher_is_better, car.daily.metres),
    )  # fmt: skip


def _urgency(line: WearLine) -> tuple[bool, bool, dt.date, str]:
    """Reached before not yet, a known day before an unknown one, sooner before later."""
    told = line.forecast
    if told is None:
        return (True, True, line.readings[-1].on, line.point_code)
    return (not told.reached, told.limit_on is None, told.limit_on or line.readings[-1].on, line.point_code)
