"""PINs: kept as argon2 hashes, tried with a growing delay after wrong ones."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from db.models import Staff
from db.rules.errors import Refusal
from db.rules.pin import is_pin
from db.rules.rights import Right

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.commands.act import Act

FREE_TRIES = 3
_FIRST_DELAY_SECONDS = 15
_LONGEST_DELAY_SECONDS = 15 * 60


def hash_pin(pin: str, salt: bytes | None = None) -> str:
    """The argon2 hash of a PIN, with a salt of its own unless one is given (the demo's). Refusal pin_too_short: four to twelve digits."""
    from argon2 import PasswordHasher

    if not is_pin(pin):
        raise Refusal("pin_too_short")
    # A PIN has few digits: the hash only slows down who has stolen the file, so it stays below what a counter notices.
    return PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1).hash(pin, salt=salt)


def pin_fits(pin_hash: str | None, pin: str) -> bool:
    """Whether the PIN is the one of the hash."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    if pin_hash is None:
        return False
    try:
        return PasswordHasher().verify(pin_hash, pin)
    except (VerificationError, InvalidHashError):
        # A hash that is damaged fits no PIN either; a new one is given with `SetPin`.
        return False


def delay_after(failed: int) -> dt.timedelta:
    """How long a person is locked after that many wrong PINs in a row: nothing for the first three, then doubling to a quarter of an hour."""
    if failed < FREE_TRIES:
        return dt.timedelta(0)
    return dt.timedelta(seconds=min(_LONGEST_DELAY_SECONDS, _FIRST_DELAY_SECONDS * 2 ** (failed - FREE_TRIES)))


@dataclass(frozen=True, slots=True)
class TryPin:
    """Sign in, or give leave for one act. Returns {"ok": bool, "tries_left": n, "locked_until": text | None}: a wrong PIN is counted, so it is no refusal."""

    staff_id: int
    pin: str
    verb: ClassVar[str] = "try_pin"
    right: ClassVar[None] = None

    def apply(self, session: Session, act: Act) -> dict[str, object]:
        """Refusals: pin_locked (until), person_left."""
        person = session.get_one(Staff, self.staff_id)
        if person.left_on is not None:
            raise Refusal("person_left", name=person.name)
        if person.locked_until is not None and person.locked_until > act.at:
            raise Refusal("pin_locked", until=person.locked_until, name=person.name)
        if pin_fits(person.pin_hash, self.pin):
            person.failed_pins, person.locked_until = 0, None
            return {"ok": True, "tries_left": FREE_TRIES, "locked_until": None}
        person.failed_pins += 1
        delay = delay_after(person.failed_pins)
        person.locked_until = act.at + delay if delay else None
        return {
            "ok": False,
            "tries_left": max(0, FREE_TRIES - person.failed_pins),
            "locked_until": person.locked_until.isoformat() if person.locked_until else None,
        }


@dataclass(frozen=True, slots=True)
class Unlock:
    """Let a person try again at once."""

    staff_id: int
    verb: ClassVar[str] = "unlock"
    right: ClassVar[Right] = Right.SETTINGS

    def apply(self, session: Session, act: Act) -> None:  # noqa: ARG002
        person = session.get_one(Staff, self.staff_id)
        person.failed_pins, person.locked_until = 0, None
