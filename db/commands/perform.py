"""Carries out a command: one transaction, rights checked, history written, the same request done once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm.exc import StaleDataError

from db.commands.recorder import Recorder
from db.engine import writing
from db.models import RequestDone, Staff
from db.rules.errors import Refusal
from db.rules.rights import Right, Role, rights_of, who_may

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from db.commands.act import Act

CHANNEL = "service_front"
"""PostgreSQL's channel on which other PCs hear which tables a commit has touched."""


class Command(Protocol):
    """A use case: a frozen dataclass named by a verb phrase."""

    @property
    def verb(self) -> str:
        """The act's word in the history."""

    @property
    def right(self) -> Right | None:
        """What the person must be allowed to do; None asks for nothing."""

    def apply(self, session: Session, act: Act) -> Any:
        """Make the change in the session; what is returned must be JSON. Never commits, never reads the clock."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a command: its result, and the tables that were touched."""

    result: Any
    subjects: frozenset[str]


def perform(engine: Engine, command: Command, act: Act) -> Done:
    """Carry out `command` and return once it is on the disk.

    A request id that was done before changes nothing and returns the same result. Refusals: not_allowed (right, roles),
    changed_meanwhile, and the command's own.
    """
    with writing(engine) as session:
        return perform_in(session, command, act)


def perform_in(session: Session, command: Command, act: Act) -> Done:
    """`perform` inside a transaction that the caller commits: for a use case that consists of others."""
    if not _claim_request(session, command, act):
        # A second statement sees what the transaction that held the key has committed.
        done = session.execute(select(RequestDone.result).where(RequestDone.request_id == act.request_id)).scalar_one()
        return Done(done, frozenset())
    if command.right is not None:
        require(session, act, command.right)
    recorder = Recorder(session)
    session.info["recorder"] = recorder
    try:
        result = command.apply(session, act)
        session.flush()
    except StaleDataError as error:
        raise Refusal("changed_meanwhile") from error
    session.execute(RequestDone.__table__.update().where(RequestDone.request_id == act.request_id).values(result=result))  # type: ignore[attr-defined]
    subjects = recorder.subjects
    if subjects and session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_notify(:channel, :subjects)"), {"channel": CHANNEL, "subjects": ",".join(sorted(subjects))})
    recorder.write(act, command.verb)
    return Done(result, subjects)


def _claim_request(session: Session, command: Command, act: Act) -> bool:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = {"request_id": act.request_id, "verb": command.verb, "at": act.at}
    statement = dialect.insert(RequestDone).values(row).on_conflict_do_nothing().returning(RequestDone.request_id)
    return session.execute(statement).first() is not None


def rights_held(session: Session, act: Act) -> frozenset[Right]:
    """What the person, and whoever gave his PIN for this act, may do."""
    if act.everything:
        return rights_of((Role.MANAGER, Role.ADMINISTRATOR, *Role))
    people = [key for key in (act.staff_id, act.approved_by_id) if key is not None]
    roles = session.execute(select(Staff.roles).where(Staff.id.in_(people), Staff.left_on.is_(None))).scalars().all()
    return rights_of([Role(role) for held in roles for role in held])


def require(session: Session, act: Act, right: Right) -> None:
    """Refusal not_allowed, naming who may, unless the act has the right."""
    if right not in rights_held(session, act):
        raise Refusal("not_allowed", right=right.value, roles=[role.value for role in who_may(right)])
