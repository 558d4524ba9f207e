"""Makes a shop in an empty store, and changes what it says of itself."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select

from db.commands.pins import hash_pin
from db.models import Bay, Closure, Shop, Staff
from db.rules import settings
from db.rules.errors import Refusal
from db.rules.record_words import BayKind
from db.rules.rights import Right, Role, rights_of
from db.rules.working_calendar import WorkingCalendar

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from db.commands.act import Act

_CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_WEEK = [[[510, 720], [810, 1080]]] * 6 + [[]]
"""Monday to Saturday 08:30–12:00 and 13:30–18:00, in minutes of the day."""

_SHOP_FIELDS = frozenset(
    ("name", "address", "phone", "complaint_phone", "licence_class", "region", "province", "zone", "language", "sign_in", "weekly_hours", "logo")
)


def draw_shop_code() -> str:
    """Four letters or digits that stand in the shop's codes and exports; without those that are misread."""
    return "".join(secrets.choice(_CODE_LETTERS) for _ in range(4))


@dataclass(frozen=True, slots=True)
class MakeShop:
    """First start: the shop itself, its first person, and its bays; returns that person's id.

    Nobody is signed in yet: unless the act says who it was, the history has that person's name under it.
    """

    name: str
    language: str = "zh_TW"
    region: str = "CN"
    zone: str = "Asia/Shanghai"
    manager_name: str = ""
    manager_pin: str = ""
    works_alone: bool = False
    bays: tuple[tuple[str, BayKind], ...] = (("1", BayKind.LIFT), ("2", BayKind.LIFT), ("3", BayKind.WASH))
    verb: ClassVar[str] = "make_shop"
    right: ClassVar[None] = None

    def apply(self, session: Session, act: Act) -> int:
        """Refusals: shop_exists, name_missing, zone_unknown, pin_too_short."""
        if session.get(Shop, 1) is not None:
            raise Refusal("shop_exists")
        if not self.name.strip() or not (self.works_alone or self.manager_name.strip()):
            raise Refusal("name_missing")
        checked_zone(self.zone)
        session.add(
            Shop(
                id=1, code=draw_shop_code(), name=self.name.strip(), language=self.language, region=self.region, zone=self.zone,
                sign_in=not self.works_alone, weekly_hours=_WEEK, settings={}, created_at=act.at,
            )
        )  # fmt: skip
        roles = [role.value for role in Role] if self.works_alone else [Role.MANAGER.value, Role.ADMINISTRATOR.value]
        manager = Staff(
            name=self.manager_name.strip() or self.name.strip(), roles=roles, pin_hash=None if self.works_alone else hash_pin(self.manager_pin), skills=[]
        )
        session.add(manager)
        for position, (name, kind) in enumerate(self.bays):
            session.add(Bay(name=name, kind=kind, position=position))
        session.flush()
        session.info["recorder"].sign_by(manager.id)
        return manager.id


def checked_zone(zone: str) -> str:
    """The zone's name if it is one. Refusal zone_unknown."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Refusal("zone_unknown", zone=zone) from error
    return zone


@dataclass(frozen=True, slots=True)
class ChangeShop:
    """Change fields of the shop: name, address, phones, licence class, region, zone, language, sign_in, weekly_hours, logo."""

    expected_version: int
    values: dict[str, Any] = field(default_factory=dict)
    verb: ClassVar[str] = "change_shop"
    right: ClassVar[Right] = Right.SETTINGS

    def apply(self, session: Session, act: Act) -> None:  # noqa: ARG002
        """Refusals: changed_meanwhile, name_missing, zone_unknown, setting_unknown, hours_not_possible (weekday), calendar_never_open,
        nobody_could_sign_in.

        Sign-in can only be switched on when somebody who may change it back has a PIN.
        """
        shop = session.get_one(Shop, 1)
        if shop.version != self.expected_version:
            raise Refusal("changed_meanwhile")
        if "zone" in self.values:
            checked_zone(self.values["zone"])
        if "name" in self.values and not self.values["name"].strip():
            raise Refusal("name_missing")
        if "weekly_hours" in self.values:
            WorkingCalendar(shop.zone, self.values["weekly_hours"])
            if not any(self.values["weekly_hours"]):
                raise Refusal("calendar_never_open")
        if self.values.get("sign_in") and not _somebody_can_sign_in(session):
            raise Refusal("nobody_could_sign_in")
        for name, value in self.values.items():
            if name not in _SHOP_FIELDS:
                raise Refusal("setting_unknown", name=name)
            setattr(shop, name, value)


def _somebody_can_sign_in(session: Session) -> bool:
    people = session.execute(select(Staff.roles).where(Staff.left_on.is_(None), Staff.pin_hash.is_not(None))).scalars()
    return any(Right.SETTINGS in rights_of([Role(role) for role in roles]) for roles in people)


@dataclass(frozen=True, slots=True)
class ChangeSetting:
    """Give one setting (⚙) a value of the shop's own."""

    name: str
    value: Any
    verb: ClassVar[str] = "change_setting"
    right: ClassVar[Right] = Right.SETTINGS

    def apply(self, session: Session, act: Act) -> None:  # noqa: ARG002
        """Refusals: setting_unknown, setting_not_fitting."""
        shop = session.get_one(Shop, 1)
        shop.settings = {**shop.settings, self.name: settings.checked(self.name, self.value)}


@dataclass(frozen=True, slots=True)
class SetClosure:
    """Close the shop on a day, or open it on one that the calendar closes; `is_open` None takes the own rule away."""

    day: dt.date
    is_open: bool | None
    reason: str = ""
    verb: ClassVar[str] = "set_closure"
    right: ClassVar[Right] = Right.SETTINGS

    def apply(self, session: Session, act: Act) -> None:  # noqa: ARG002
        closure = session.execute(select(Closure).where(Closure.day == self.day)).scalar_one_or_none()
        if self.is_open is None:
            if closure is not None:
                session.delete(closure)
        elif closure is None:
            session.add(Closure(day=self.day, is_open=self.is_open, reason=self.reason))
        else:
            closure.is_open, closure.reason = self.is_open, self.reason
