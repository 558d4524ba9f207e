"""What the shop keeps up with its customers: policies, talks, promises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import select

from db.commands.customer_access import seen_customer, seen_vehicle
from db.commands.talks import Talk, keep_talk
from db.models import Insurer, Policy, Promise
from db.rules.errors import Refusal
from db.rules.record_words import ContactPurpose, ContactWay, PolicyKind, PromiseState
from db.rules.rights import Right

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from db.commands.act import Act


@dataclass(frozen=True, slots=True)
class PolicyValues:
    """What stands on an insurance policy; premium in fen."""

    insurer_code: str
    kind: PolicyKind
    from_on: dt.date
    until_on: dt.date
    number: str = ""
    premium: int = 0
    sold_here: bool = False

    def check(self, session: Session) -> None:
        """Refusals: insurer_unknown (code), policy_ends_before (from_on), premium_negative."""
        if session.execute(select(Insurer.id).where(Insurer.code == self.insurer_code)).first() is None:
            raise Refusal("insurer_unknown", code=self.insurer_code)
        if self.until_on < self.from_on:
            raise Refusal("policy_ends_before", from_on=self.from_on)
        if self.premium < 0:
            raise Refusal("premium_negative")


_POLICY = ("insurer_code", "kind", "from_on", "until_on", "number", "premium", "sold_here")


@dataclass(frozen=True, slots=True)
class AddPolicy:
    """Write down an insurance of a vehicle; returns {"policy_id"}."""

    vehicle_id: int
    values: PolicyValues
    verb: ClassVar[str] = "add_policy"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:  # noqa: ARG002
        """Refusals: record_missing, merged_away, those of `PolicyValues.check`."""
        self.values.check(session)
        vehicle = seen_vehicle(session, self.vehicle_id)
        row = Policy(vehicle_id=vehicle.id, **{name: getattr(self.values, name) for name in _POLICY})
        session.add(row)
        session.flush()
        return {"policy_id": row.id}


@dataclass(frozen=True, slots=True)
class ChangePolicy:
    """Correct what stands on a policy; returns {"policy_id"}."""

    policy_id: int
    expected_version: int
    values: PolicyValues
    verb: ClassVar[str] = "change_policy"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:  # noqa: ARG002
        """Refusals: record_missing, changed_meanwhile, those of `PolicyValues.check`."""
        self.values.check(session)
        row = session.get(Policy, self.policy_id)
        if row is None:
            raise Refusal("record_missing")
        if row.version != self.expected_version:
            raise Refusal("changed_meanwhile", vehicle_id=row.vehicle_id)
        for name in _POLICY:
            setattr(row, name, getattr(self.values, name))
        session.flush()
        return {"policy_id": row.id}


@dataclass(frozen=True, slots=True)
class AddContact:
    """Record a talk with a customer, about a vehicle of his or not; a next day makes a follow-up of it. Returns {"contact_id", "next_id"}."""

    customer_id: int | None
    way: ContactWay
    words: str
    vehicle_id: int | None = None
    purpose: ContactPurpose = ContactPurpose.OTHER
    result: str | None = None
    next_on: dt.date | None = None
    verb: ClassVar[str] = "add_contact"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: record_missing (also for neither customer nor vehicle), merged_away, customer_erased, words_missing (neither words nor a result)."""
        if not self.words.strip() and not self.result:
            raise Refusal("words_missing")
        if self.customer_id is None and self.vehicle_id is None:
            raise Refusal("record_missing")
        if self.customer_id is not None:
            seen_customer(session, self.customer_id)
        if self.vehicle_id is not None:
            seen_vehicle(session, self.vehicle_id)
        talk = Talk(self.way, self.purpose, self.words, self.result, self.next_on)
        return keep_talk(session, act, talk, customer_id=self.customer_id, vehicle_id=self.vehicle_id)


@dataclass(frozen=True, slots=True)
class MakePromise:
    """Promise a customer something (a call, a present, a price, a time) until a day; returns {"promise_id"}."""

    customer_id: int
    words: str
    until_on: dt.date | None = None
    vehicle_id: int | None = None
    verb: ClassVar[str] = "make_promise"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: record_missing, merged_away, customer_erased, words_missing."""
        if not self.words.strip():
            raise Refusal("words_missing")
        customer = seen_customer(session, self.customer_id)
        row = Promise(
            customer_id=customer.id, vehicle_id=self.vehicle_id, words=self.words.strip(), promised_at=act.at, staff_id=act.staff_id, until_on=self.until_on
        )
        session.add(row)
        session.flush()
        return {"promise_id": row.id}


def _close(session: Session, act: Act, promise_id: int, expected_version: int, state: PromiseState, words: str) -> dict[str, Any]:
    row = session.get(Promise, promise_id)
    if row is None:
        raise Refusal("record_missing")
    if row.version != expected_version:
        raise Refusal("changed_meanwhile", customer_id=row.customer_id)
    if row.state is not PromiseState.OPEN:
        raise Refusal("promise_closed", state=row.state.value)
    row.state, row.closed_at, row.closed_words = state, act.at, words.strip()
    session.flush()
    return {"promise_id": row.id}


@dataclass(frozen=True, slots=True)
class KeepPromise:
    """A promise has been kept; returns {"promise_id"}."""

    promise_id: int
    expected_version: int
    words: str = ""
    verb: ClassVar[str] = "keep_promise"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: record_missing, changed_meanwhile, promise_closed (state)."""
        return _close(session, act, self.promise_id, self.expected_version, PromiseState.KEPT, self.words)


@dataclass(frozen=True, slots=True)
class TakeBackPromise:
    """A promise is taken back, with what was said to the customer (domain §2); returns {"promise_id"}."""

    promise_id: int
    expected_version: int
    words: str
    verb: ClassVar[str] = "take_back_promise"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: record_missing, changed_meanwhile, promise_closed (state), words_missing."""
        if not self.words.strip():
            raise Refusal("words_missing")
        return _close(session, act, self.promise_id, self.expected_version, PromiseState.TAKEN_BACK, self.words)
