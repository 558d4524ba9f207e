"""Customers (客戶) as their room changes them: added, corrected, their phones, and a name erased for good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from db.commands import search_keys
from db.commands.customer_access import raise_version, seen_customer
from db.commands.erasing import erase
from db.commands.people_and_cars import NewCustomer, add_customer, set_phones
from db.queries.shop import the_shop
from db.rules import search_text
from db.rules.errors import Refusal
from db.rules.record_words import Language
from db.rules.rights import Right

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.commands.act import Act
    from db.models import Customer
    from db.rules.settings import ShopSettings


@dataclass(frozen=True, slots=True)
class CustomerValues:
    """All that stands on a customer's form, as typed. `account_limit` in fen, None: worked out; `account_months` None: the longest allowed."""

    name: str = ""
    phones: tuple[str, ...] = ()
    title: str = ""
    is_company: bool = False
    contact_person: str = ""
    address: str = ""
    licence_number: str = ""
    language: Language = Language.TRADITIONAL
    came_by: str = ""
    consent_to_call: bool = True
    is_account: bool = False
    account_limit: int | None = None
    account_months: int | None = None
    is_government: bool = False
    tier: str = ""
    note: str = ""

    def check(self, settings: ShopSettings) -> None:
        """Refusals: customer_unknown (neither a name nor a phone), account_limit_negative, account_term_too_long (months, most)."""
        if not self.name.strip() and not any(typed.strip() for typed in self.phones):
            raise Refusal("customer_unknown")
        if self.account_limit is not None and self.account_limit < 0:
            raise Refusal("account_limit_negative")
        most = settings.account_term_months_government if self.is_government else settings.account_term_months
        if self.account_months is not None and not 0 <= self.account_months <= most:
            raise Refusal("account_term_too_long", months=self.account_months, most=most)


_WORDS = ("name", "title", "contact_person", "address", "licence_number", "came_by", "tier", "note")
_OTHERS = ("is_company", "language", "consent_to_call", "is_account", "account_limit", "account_months", "is_government")


def _fill(customer: Customer, values: CustomerValues) -> None:
    for name in _WORDS:
        setattr(customer, name, getattr(values, name).strip())
    for name in _OTHERS:
        setattr(customer, name, getattr(values, name))
    customer.name_key = search_text.sort_key(customer.name)


@dataclass(frozen=True, slots=True)
class AddCustomer:
    """Add a customer by hand; returns {"customer_id"}."""

    values: CustomerValues
    verb: ClassVar[str] = "add_customer"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: those of `CustomerValues.check`."""
        shop = the_shop(session)
        self.values.check(shop.settings)
        customer = add_customer(session, NewCustomer(self.values.name, self.values.phones), act, shop.region)
        _fill(customer, self.values)
        search_keys.renew_customer(session, customer.id)
        return {"customer_id": customer.id}


@dataclass(frozen=True, slots=True)
class ChangeCustomer:
    """Correct what stands on a customer; returns {"customer_id", "version"}."""

    customer_id: int
    expected_version: int
    values: CustomerValues
    verb: ClassVar[str] = "change_customer"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:  # noqa: ARG002
        """Refusals: record_missing, merged_away, customer_erased, changed_meanwhile, those of `CustomerValues.check`."""
        customer = seen_customer(session, self.customer_id, self.expected_version)
        shop = the_shop(session)
        self.values.check(shop.settings)
        _fill(customer, self.values)
        session.flush()
        if set_phones(session, customer.id, self.values.phones, shop.region):
            raise_version(session, customer)
        search_keys.renew_customer(session, customer.id)
        return {"customer_id": customer.id, "version": customer.version}


@dataclass(frozen=True, slots=True)
class SetPhones:
    """Make these the ways to reach a customer, the first one first; returns {"customer_id", "version"}."""

    customer_id: int
    expected_version: int
    phones: tuple[str, ...]
    verb: ClassVar[str] = "set_phones"
    right: ClassVar[Right] = Right.CUSTOMERS

    def apply(self, session: Session, act: Act) -> dict[str, Any]:  # noqa: ARG002
        """Refusals: record_missing, merged_away, customer_erased, changed_meanwhile, customer_unknown (a nameless customer needs a phone)."""
        customer = seen_customer(session, self.customer_id, self.expected_version)
        if not customer.name and not any(typed.strip() for typed in self.phones):
            raise Refusal("customer_unknown")
        if set_phones(session, customer.id, self.phones, the_shop(session).region):
            raise_version(session, customer)
            search_keys.renew_customer(session, customer.id)
        return {"customer_id": customer.id, "version": customer.version}


@dataclass(frozen=True, slots=True)
class EraseCustomer:
    """Erase a person for good: name, ways to reach him and words about him go, from history too; the books stay (domain §2)."""

    customer_id: int
    expected_version: int
    verb: ClassVar[str] = "erase_customer"
    right: ClassVar[Right] = Right.BULK_DATA

    def apply(self, session: Session, act: Act) -> dict[str, Any]:
        """Refusals: record_missing, merged_away, customer_erased, changed_meanwhile, erase_open_order (number), erase_owes (owed_fen)."""
        customer = seen_customer(session, self.customer_id, self.expected_version)
        erase(session, customer, act)
        return {"customer_id": customer.id}
