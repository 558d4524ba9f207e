"""A call that was due is answered once, what follows on it is planned, and a talk that was had is corrected, nothing overwritten unseen."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from db.commands.customers import EraseCustomer
from db.commands.keeping_up import AddContact
from db.commands.talks import AnswerContact, ChangeContact, Talk
from db.engine import reading, writing
from db.models import Contact, Customer
from db.queries.follow_ups import FollowUpFilter, Kind, due_now, follow_up_rows
from db.queries.history_words import subject_history
from db.queries.talks import promise_row, talk_file
from db.rules.errors import Refusal
from db.rules.record_words import ContactPurpose, ContactWay
from desktop_app.history_sentences import told
from tests.db import list_records as put

if TYPE_CHECKING:
    from db.queries.talks import TalkFile
    from tests.small_shop import SmallShop

SAID = Talk(ContactWay.PHONE, ContactPurpose.SERVICE_DUE, "週五來保養", "reached")
FRIDAY, MONDAY = dt.date(2026, 11, 27), dt.date(2026, 11, 30)


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    return pytest.RaisesExc(Refusal, check=lambda error: error.code == code)


def row(shop: SmallShop, contact_id: int | None) -> Contact | None:
    with reading(shop.engine) as session:
        return session.get(Contact, contact_id)


def opened(shop: SmallShop, contact_id: int) -> TalkFile:
    with reading(shop.engine) as session:
        file = talk_file(session, contact_id)
    assert file is not None
    return file


def due_call(shop: SmallShop, **more: object) -> int:
    """A call that is due today, the only one in the shop."""
    with writing(shop.engine) as session:
        session.query(Contact).delete()
    (key,) = put.add(shop, put.contact(shop, 0, **more))
    return key


def newest_told(shop: SmallShop, contact_id: int, language: str = "en") -> tuple[str, tuple[str, ...]]:
    with reading(shop.engine) as session:
        found = told(subject_history(session, "contact", contact_id)[0], language)
    return found.title, found.sentences


def test_a_due_call_is_answered_and_due_no_more(small_shop: SmallShop) -> None:
    shop = small_shop
    key = due_call(shop, staff_id=shop.second_advisor, order_id=shop.order)
    file = opened(shop, key)
    assert (file.customer, file.plate, file.purpose, file.done_at, file.next_on) == ("陳志強", "粤B8K326", ContactPurpose.SERVICE_DUE, None, None)
    with reading(shop.engine) as session:
        assert due_now(session, shop.now) == 1
    made = shop.do(AnswerContact(key, replace(SAID, next_on=FRIDAY)))
    assert made["contact_id"] == key
    answered, following = row(shop, key), row(shop, made["next_id"])
    assert answered is not None and following is not None
    assert (answered.done_at, answered.staff_id, answered.next_id) == (shop.now, shop.advisor, following.id)
    assert (answered.words, answered.result) == (SAID.words, "reached")
    assert (following.due_on, following.done_at, following.purpose, following.words) == (FRIDAY, None, ContactPurpose.SERVICE_DUE, "")
    assert (following.customer_id, following.vehicle_id, following.order_id) == (shop.customer, shop.vehicle, shop.order)
    with reading(shop.engine) as session:
        assert due_now(session, shop.now) == 0
        assert session.execute(select(func.count()).select_from(Contact)).scalar_one() == 2
    assert newest_told(shop, key) == ("Due call made", ("林依君 made the call that was due: 週五來保養",))
    assert newest_told(shop, key, "zh_TW")[1] == ("林依君 完成了待辦聯繫：週五來保養",)


def test_a_call_is_answered_only_once_and_who_did_is_said(small_shop: SmallShop) -> None:
    shop = small_shop
    key = due_call(shop)
    shop.do(AnswerContact(key, SAID), who=shop.second_advisor)
    with pytest.raises(Refusal) as caught:
        shop.do(AnswerContact(key, replace(SAID, words="另一次")))
    assert (caught.value.code, caught.value.facts) == ("contact_done_by", {"who": "何家欣", "done_at": shop.now})
    found = row(shop, key)
    assert found is not None and found.words == SAID.words
    nameless = due_call(shop, done_at=shop.now)
    with refused("contact_done"):
        shop.do(AnswerContact(nameless, SAID))


def test_what_cannot_be_answered_is_said(small_shop: SmallShop) -> None:
    shop = small_shop
    key = due_call(shop, customer_id=shop.second_customer, vehicle_id=shop.second_vehicle)
    with refused("words_missing"):
        shop.do(AnswerContact(key, replace(SAID, words=" ", result=None)))
    with refused("not_allowed"):
        shop.do(AnswerContact(key, SAID), who=shop.technician)
    with refused("not_allowed"):
        shop.do(ChangeContact(key, 1, SAID), who=shop.technician)
    with refused("contact_not_made"):
        shop.do(ChangeContact(key, 1, SAID))
    for gone in (AnswerContact(99_999, SAID), ChangeContact(99_999, 1, SAID)):
        with refused("record_missing"):
            shop.do(gone)
    with reading(shop.engine) as session:
        seen = session.get_one(Customer, shop.second_customer).version
    shop.do(EraseCustomer(shop.second_customer, seen), who=shop.manager)
    assert opened(shop, key).erased
    for late in (AnswerContact(key, SAID), ChangeContact(key, 1, SAID)):
        with refused("customer_erased"):
            shop.do(late)


def test_a_talk_is_corrected_and_its_history_says_what_it_was(small_shop: SmallShop) -> None:
    shop = small_shop
    key = shop.do(AddContact(shop.customer, ContactWay.PHONE, "週五來", shop.vehicle, next_on=FRIDAY))["contact_id"]
    file = opened(shop, key)
    assert file.next_on == FRIDAY
    right = Talk(ContactWay.MESSAGE, ContactPurpose.SERVICE_DUE, "週一來", None, FRIDAY)
    result = shop.do(ChangeContact(key, file.version, right))
    after = opened(shop, key)
    assert (after.way, after.purpose, after.words, after.next_on, after.done_at) == (right.way, right.purpose, "週一來", FRIDAY, shop.now)
    assert result == {"contact_id": key, "version": after.version} and after.version > file.version
    title, sentences = newest_told(shop, key)
    assert title == "Talk corrected" and "林依君 changed the words of a talk from 週五來 to 週一來" in sentences
    # The follow-up is about what the talk is about, too.
    assert next_purpose(shop, key) is ContactPurpose.SERVICE_DUE
    with refused("changed_meanwhile"):
        shop.do(ChangeContact(key, file.version, right))
    with refused("words_missing"):
        shop.do(ChangeContact(key, after.version, replace(right, words="")))


def next_purpose(shop: SmallShop, contact_id: int) -> ContactPurpose:
    with reading(shop.engine) as session:
        next_id = session.get_one(Contact, contact_id).next_id
        return session.get_one(Contact, next_id).purpose


def test_the_day_of_the_next_call_is_corrected_with_the_talk(small_shop: SmallShop) -> None:
    shop = small_shop
    key = due_call(shop)
    shop.do(AnswerContact(key, SAID))
    version = opened(shop, key).version
    planned = shop.do(ChangeContact(key, version, replace(SAID, next_on=FRIDAY)))
    assert opened(shop, key).next_on == FRIDAY
    moved = shop.do(ChangeContact(key, planned["version"], replace(SAID, next_on=MONDAY)))
    # Another window that has seen Friday is told, though nothing but the day has changed.
    assert moved["version"] == opened(shop, key).version > planned["version"]
    with refused("changed_meanwhile"):
        shop.do(ChangeContact(key, planned["version"], replace(SAID, next_on=FRIDAY)))
    with reading(shop.engine) as session:
        assert session.execute(select(Contact.due_on).where(Contact.done_at.is_(None))).scalars().all() == [MONDAY]
    shop.do(ChangeContact(key, moved["version"], SAID))
    with reading(shop.engine) as session:
        assert session.execute(select(Contact.id)).scalars().all() == [key] and session.get_one(Contact, key).next_id is None


def test_a_next_call_that_has_been_made_stays_as_it_is(small_shop: SmallShop) -> None:
    shop = small_shop
    key = due_call(shop)
    made = shop.do(AnswerContact(key, replace(SAID, next_on=FRIDAY)))
    shop.do(AnswerContact(made["next_id"], replace(SAID, words="已約好")), who=shop.second_advisor)
    version = opened(shop, key).version
    for day in (MONDAY, None):
        with refused("contact_done_by"):
            shop.do(ChangeContact(key, version, replace(SAID, next_on=day)))
    shop.do(ChangeContact(key, version, replace(SAID, purpose=ContactPurpose.OTHER, next_on=FRIDAY)))
    assert next_purpose(shop, key) is ContactPurpose.SERVICE_DUE


def test_a_call_and_a_promise_are_read_as_the_list_names_them(small_shop: SmallShop) -> None:
    shop = small_shop
    due_call(shop)
    put.add(shop, put.promise(shop, "送雨刷片一對", 0))
    with reading(shop.engine) as session:
        for found in follow_up_rows(session, FollowUpFilter(), shop.now):
            if found.kind is Kind.CONTACT:
                file = talk_file(session, found.row_id)
                assert file is not None and file.customer == found.customer
            else:
                promised = promise_row(session, found.row_id, shop.now)
                assert promised is not None and promised.words == found.words
        assert talk_file(session, 99_999) is None and promise_row(session, 99_999, shop.now) is None
