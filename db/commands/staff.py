"""The shop's people: who they are, what they may do and when they work; never deleted, only left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import select

from db.commands.perform import require
from db.commands.pins import hash_pin
from db.models import LabourSession, Shop, Staff
from db.rules.errors import Refusal
from db.rules.promised_time import Skill
from db.rules.rights import Right, Role, rights_of

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from db.commands.act import Act

WEEKDAYS = range(7)


@dataclass(frozen=True, slots=True)
class PersonValues:
    """What is said of a person: values of `Role` and `Skill`, weekdays from Monday 0, the badge that a scanner reads (empty: none)."""

    name: str
    roles: tuple[str, ...]
    skills: tuple[str, ...] = ()
    working_days: tuple[int, ...] = (0, 1, 2, 3, 4, 5)
    badge: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class AddPerson:
    """A new person; returns the id. Without a PIN nobody can sign in as this person yet."""

    values: PersonValues
    pin: str = ""
    joined_on: dt.date | None = None
    verb: ClassVar[str] = "add_person"
    right: ClassVar[Right] = Right.SETTINGS

    def apply(self, session: Session, act: Act) -> int:  # noqa: ARG002
        """Refusals: name_missing, roles_missing, role_unknown, skill_unknown, working_day_unknown, badge_taken (name), pin_too_short."""
        last = session.execute(select(Staff.position).order_by(Staff.position.desc()).limit(1)).scalar()
        person = Staff(name="", roles=[], position=(last or 0) + 1, joined_on=self.joined_on, pin_hash=hash_pin(self.pin) if self.pin else None)
        _write(session, person, self.values)
        session.add(person)
        session.flush()
        return person.id


@dataclass(frozen=True, slots=True)
class ChangePerson:
    """Change what is said of a person."""

    staff_id: int
    expected_version: int
    values: PersonValues
    verb: ClassVar[str] = "change_person"
    right: ClassVar[Right] = Right.SETTINGS

    def apply(self, session: Session, act: Act) -> None:  # noqa: ARG002
        """Refusals: those of `AddPerson`, changed_meanwhile, person_left, last_manager."""
        person = _seen(session, self.staff_id, self.expected_version)
        _write(session, person, self.values)
        session.flush()
        _check_managed(session)


@dataclass(frozen=True, slots=True)
class SetPin:
    """Give a person another PIN: one's own, or with the right to staff anybody's. It unlocks as well."""

    staff_id: int
    pin: str
    verb: ClassVar[str] = "set_pin"
    right: ClassVar[None] = None

    def apply(self, session: Session, act: Act) -> None:
        """Refusals: not_allowed, person_left, pin_too_short."""
        if act.staff_id != self.staff_id:
            require(session, act, Right.SETTINGS)
        person = session.get_one(Staff, self.staff_id)
        if person.left_on is not None:
            raise Refusal("person_left", name=person.name)
        person.pin_hash = hash_pin(self.pin)
        person.failed_pins, person.locked_until = 0, None


@dataclass(frozen=True, slots=True)
class Leave:
    """A person works here no longer: what bears the name stays, signing in ends, the badge is free. Returns the version that came of it."""

    staff_id: int
    expected_version: int
    on: dt.date
    verb: ClassVar[str] = "leave"
    right: ClassVar[Right] = Right.SETTINGS

    def apply(self, session: Session, act: Act) -> int:  # noqa: ARG002
        """Refusals: changed_meanwhile, person_left, last_manager, person_clocked_on (name)."""
        person = _seen(session, self.staff_id, self.expected_version)
        running = select(LabourSession.id).where(LabourSession.technician_id == person.id, LabourSession.ended_at.is_(None))
        if session.execute(running.limit(1)).scalar() is not None:
            raise Refusal("person_clocked_on", name=person.name)
        person.left_on, person.pin_hash, person.badge = self.on, None, None
        session.flush()
        _check_managed(session)
        return person.version


@dataclass(frozen=True, slots=True)
class ComeBack:
    """A person who had left works here again, and needs a new PIN. The `badge` of before is given back unless another bears it by now."""

    staff_id: int
    expected_version: int
    badge: str = ""
    verb: ClassVar[str] = "come_back"
    right: ClassVar[Right] = Right.SETTINGS

    def apply(self, session: Session, act: Act) -> None:  # noqa: ARG002
        """Refusals: changed_meanwhile."""
        person = session.get_one(Staff, self.staff_id)
        if person.version != self.expected_version:
            raise Refusal("changed_meanwhile")
        person.left_on = None
        if self.badge and session.execute(select(Staff.id).where(Staff.badge == self.badge)).scalar() is None:
            person.badge = self.badge


def _seen(session: Session, staff_id: int, version: int) -> Staff:
    person = session.get_one(Staff, staff_id)
    if person.version != version:
        raise Refusal("changed_meanwhile")
    if person.left_on is not None:
        raise Refusal("person_left", name=person.name)
    return person


def _write(session: Session, person: Staff, values: PersonValues) -> None:
    if not values.name.strip():
        raise Refusal("name_missing")
    if not values.roles:
        raise Refusal("roles_missing")
    for role in values.roles:
        if role not in set(Role):
            raise Refusal("role_unknown", role=role)
    for skill in values.skills:
        if skill not in set(Skill):
            raise Refusal("skill_unknown", skill=skill)
    for day in values.working_days:
        if day not in WEEKDAYS:
            raise Refusal("working_day_unknown", day=day)
    badge = values.badge.strip() or None
    if badge is not None:
        other = session.execute(select(Staff.name).where(Staff.badge == badge, Staff.id != (person.id or 0))).scalar()
        if other is not None:
            raise Refusal("badge_taken", name=other)
    person.name, person.badge, person.language = values.name.strip(), badge, values.language
    person.roles = [role.value for role in Role if role in values.roles]
    person.skills = [skill.value for skill in Skill if skill in values.skills]
    person.working_days = sorted(set(values.working_days))


def _check_managed(session: Session) -> None:
    """Refusal last_manager: somebody must be left to look after people and settings, and be able to sign in where that is asked for."""
    sign_in = session.execute(select(Shop.sign_in)).scalar_one()
    rows = session.execute(select(Staff.roles, Staff.pin_hash).where(Staff.left_on.is_(None))).all()
    if not any(Right.SETTINGS in rights_of([Role(role) for role in roles]) and (pin is not None or not sign_in) for roles, pin in rows):
        raise Refusal("last_manager")
