"""What the shop, its people and its bays look like to windows and rules; needs no table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    import datetime as dt

    from db.rules.plate_forms import Region
    from db.rules.settings import ShopSettings


@dataclass(frozen=True, slots=True)
class ShopRow:
    """What the shop says of itself."""

    code: str
    name: str
    address: str
    phone: str
    complaint_phone: str
    licence_class: str
    region: Region
    province: str
    zone: str
    language: str
    sign_in: bool
    weekly_hours: tuple[tuple[tuple[int, int], ...], ...]
    settings: ShopSettings
    logo: bytes | None
    is_demo: bool
    demo_day: dt.date | None
    demo_seed: int | None
    version: int

    def day_of(self, at: dt.datetime) -> dt.date:
        """The shop's day of a moment."""
        return at.astimezone(ZoneInfo(self.zone)).date()


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A person of the shop."""

    staff_id: int
    name: str
    roles: tuple[str, ...]
    skills: tuple[str, ...]
    working_days: tuple[int, ...]
    has_pin: bool
    badge: str | None
    failed_pins: int
    locked_until: dt.datetime | None
    language: str | None
    left_on: dt.date | None
    version: int


@dataclass(frozen=True, slots=True)
class BayRow:
    """A place of work."""

    bay_id: int
    name: str
    kind: str
    closed_on: dt.date | None
    version: int


def hours_of(stored: list[Any]) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Opening hours by weekday as the store keeps them, made unchangeable."""
    return tuple(tuple((int(span[0]), int(span[1])) for span in day) for day in stored)
