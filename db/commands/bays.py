"""The shop's bays: named, of a kind, closed for good when they are no more; what was done in them keeps their names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import select

from db.models import Bay, WorkOrder
from db.rules.errors import Refusal
from db.rules.order_life import OrderState
from db.rules.rights import Right

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from db.commands.act import Act
    from db.rules.record_words import BayKind

_IN_THE_BAY = (OrderState.DISPATCHED, OrderState.IN_PROGRESS, OrderState.WAITING, OrderState.QUALITY_CHECK)


@dataclass(frozen=True, slots=True)
class AddBay:
    """A new bay behind the others; returns its id."""

    name: str
    kind: BayKind
    verb: ClassVar[str] = "add_bay"
    right: ClassVar[Right] = Right.SETTINGS

    def apply(self, session: Session, act: Act) -> int:  # noqa: ARG002
        """Refusals: name_missing, bay_name_taken (name)."""
        last = session.execute(select(Bay.position).order_by(Bay.position.desc()).limit(1)).scalar()
        bay = Bay(name=_name(session, self.name, 0), kind=self.kind, position=(last if last is not None else -1) + 1)
        session.add(bay)
        session.flush()
        return bay.id


@dataclass(frozen=True, slots=True)
class ChangeBay:
    """Give a bay another name or kind."""

    bay_id: int
    expected_version: int
    name: str
    kind: BayKind
    verb: ClassVar[str] = "change_bay"
    right: ClassVar[Right] = Right.SETTINGS

    def apply(self, session: Session, act: Act) -> None:  # noqa: ARG002
        """Refusals: changed_meanwhile, name_missing, bay_name_taken (name)."""
        bay = _seen(session, self.bay_id, self.expected_version)
        bay.name, bay.kind = _name(session, self.name, bay.id), self.kind


@dataclass(frozen=True, slots=True)
class CloseBay:
    """Use a bay no longer, from a day on; None opens it again. Returns the version that came of it."""

    bay_id: int
    expected_version: int
    on: dt.date | None
    verb: ClassVar[str] = "close_bay"
    right: ClassVar[Right] = Right.SETTINGS

    def apply(self, session: Session, act: Act) -> int:  # noqa: ARG002
        """Refusals: changed_meanwhile, bay_in_use (name, number), bay_name_taken (name) when opened again."""
        bay = _seen(session, self.bay_id, self.expected_version)
        if self.on is None:
            _name(session, bay.name, bay.id)
        else:
            inside = select(WorkOrder.number).where(WorkOrder.bay_id == bay.id, WorkOrder.state.in_(_IN_THE_BAY)).limit(1)
            number = session.execute(inside).scalar()
            if number is not None:
                raise Refusal("bay_in_use", name=bay.name, number=number)
        bay.closed_on = self.on
        session.flush()
        return bay.version


@dataclass(frozen=True, slots=True)
class MoveBay:
    """Put a bay one place up (-1) or down (1) in the list."""

    bay_id: int
    step: int
    verb: ClassVar[str] = "move_bay"
    right: ClassVar[Right] = Right.SETTINGS

    def apply(self, session: Session, act: Act) -> None:  # noqa: ARG002
        """Refusals: none; at the end of the list nothing moves."""
        bays = list(session.execute(select(Bay).order_by(Bay.position, Bay.id)).scalars())
        place = next(place for place, bay in enumerate(bays) if bay.id == self.bay_id)
        target = place + self.step
        if 0 <= target < len(bays):
            bays.insert(target, bays.pop(place))
            for position, bay in enumerate(bays):
                bay.position = position


def _seen(session: Session, bay_id: int, version: int) -> Bay:
    bay = session.get_one(Bay, bay_id)
    if bay.version != version:
        raise Refusal("changed_meanwhile")
    return bay


def _name(session: Session, typed: str, bay_id: int) -> str:
    name = typed.strip()
    if not name:
        raise Refusal("name_missing")
    if session.execute(select(Bay.id).where(Bay.name == name, Bay.id != bay_id, Bay.closed_on.is_(None))).scalar() is not None:
        raise Refusal("bay_name_taken", name=name)
    return name
