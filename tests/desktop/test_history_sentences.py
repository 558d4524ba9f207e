"""The history in sentences, in three languages."""

from __future__ import annotations

import ast
import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Enum, delete

from db.commands.act import Act
from db.commands.bays import CloseBay
from db.commands.customers import ChangeCustomer, CustomerValues
from db.commands.order_arranging import MoveLine
from db.commands.order_changes import AddComplaint, AddLines, Authorise, ChangeLines, Withdrawal, WithdrawLines
from db.commands.order_moves import Cancel, Dispatch
from db.commands.order_talks import AddNote, ChangePromisedTime
from db.commands.order_work import StartWork, StopWork
from db.commands.papers import RecordPrint
from db.commands.perform import perform
from db.commands.shop import ChangeShop, MakeShop
from db.commands.staff import AddPerson, ComeBack, Leave, PersonValues, SetPin
from db.engine import reading, writing
from db.models import Base, Bay, Customer, HistoryPersonal, Shop, Staff, WorkOrderLine
from db.queries.history_words import order_history, subject_history, tables_history
from db.rules.record_words import AuthorisedHow, Language, StopReason
from desktop_app import faults
from desktop_app.history_fields import FIELDS, OWN_SENTENCES, QUIET, SUBJECTS, VERBS
from desktop_app.history_sentences import sentences, told
from desktop_app.i18n.phrases import LANGUAGES, phrases
from desktop_app.record_words import WORDS
from desktop_app.refusal_words import orders

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from tests.small_shop import SmallShop

ROOT = Path(__file__).resolve().parents[2]


def newest(shop: SmallShop, language: str = "en", place: int = 0) -> tuple[str, ...]:
    with reading(shop.engine) as session:
        return sentences(order_history(session, shop.order)[place], language)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "林依君 changed the price of Multi-point inspection from ¥150.00 to ¥300.00"),
        ("zh_TW", "林依君 把 全車安全檢查 的價格從 ¥150.00 改為 ¥300.00"),
        ("zh_CN", "林依君 把 全车安全检查 的价格从 ¥150.00 改为 ¥300.00"),
    ],
)
def test_a_changed_price(small_shop: SmallShop, language: str, expected: str) -> None:
    with reading(small_shop.engine) as session:
        line = next(row for row in (session.get_one(WorkOrderLine, key) for key in small_shop.line_ids()) if row.code == "G02" and not row.package_code)
    small_shop.do(ChangeLines(((line.id, line.version),), {"unit_price": 15_000}), small_shop.manager)
    small_shop.do(ChangeLines(small_shop.seen(line.id), {"unit_price": 30_000}))
    assert newest(small_shop, language) == (expected,)


def test_the_usual_acts(small_shop: SmallShop) -> None:
    line = small_shop.line_ids()[0]
    small_shop.do(Dispatch(small_shop.order, small_shop.technician, small_shop.bay), approved_by_id=small_shop.foreman)
    assert newest(small_shop) == ("林依君 gave the car to 阿強, bay 1",)
    with reading(small_shop.engine) as session:
        assert told(order_history(session, small_shop.order)[0], "en").foot == "2026-11-24 14:32 林依君, with leave of 羅師傅"
    small_shop.do(StartWork(line, small_shop.technician), small_shop.technician, 1)
    assert "阿強 clocked on to Change engine oil and filter" in newest(small_shop)
    small_shop.do(StopWork(small_shop.technician, StopReason.QUESTION), small_shop.technician, 2)
    assert "The clock on Change engine oil and filter stopped: Has a question" in newest(small_shop)
    (pads,) = small_shop.do(AddLines(small_shop.order, tuple(small_shop.lines_of("part", "BP-F-01"))))["line_ids"]
    assert re.fullmatch(r"林依君 added Front brake pads.* for ¥[\d.,]+", newest(small_shop)[0])
    small_shop.do(Authorise(small_shop.order, small_shop.seen(pads), AuthorisedHow.PHONE, "陳志強"))
    assert any(words.startswith("陳志強 agreed to ¥") and words.endswith("in all (By phone); 林依君 wrote it down") for words in newest(small_shop))
    small_shop.do(AddNote(small_shop.order, "客戶五點來"))
    small_shop.do(AddNote(small_shop.order, "改六點"))
    assert newest(small_shop) == ("林依君 noted: 改六點",)
    small_shop.do(WithdrawLines(small_shop.seen(pads), Withdrawal.REFUSED, "太貴"))
    assert any("Declined" in words for words in newest(small_shop))
    small_shop.do(ChangePromisedTime(small_shop.order, small_shop.now + dt.timedelta(minutes=150)))
    assert newest(small_shop) == ("林依君 changed the promised time of the order from 16:32 to 17:02",)


def test_a_check_in_is_one_sentence_and_what_the_customer_said(small_shop: SmallShop) -> None:
    assert newest(small_shop, place=-1) == (
        "何家欣 checked the car in at 43,118 km, promised for 16:32", "何家欣 wrote down: “剎車有異響”", "何家欣 wrote down: “保養”",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ("Noise, Pulls to one side", "“早上有聲音” · Noise")),
        ("zh_TW", ("異響、跑偏", "「早上有聲音」 · 異響")),
        ("zh_CN", ("异响、跑偏", "“早上有聲音” · 异响")),
    ],
)
def test_what_was_ticked_is_named(small_shop: SmallShop, language: str, expected: tuple[str, str]) -> None:
    small_shop.do(AddComplaint(small_shop.order, "", ("noise", "pulls")))
    small_shop.do(AddComplaint(small_shop.order, "早上有聲音", ("noise",)))
    found = (newest(small_shop, language, 1)[0], newest(small_shop, language)[0])
    assert [sentence.split({"en": "wrote down: ", "zh_TW": "記下：", "zh_CN": "记下："}[language])[1] for sentence in found] == list(expected)


def test_a_line_moved_to_a_complaint_of_chips_says_their_names(small_shop: SmallShop) -> None:
    ticked = small_shop.do(AddComplaint(small_shop.order, "", ("noise", "pulls")))
    line = small_shop.line_ids()[-1]
    small_shop.do(MoveLine(small_shop.seen(line)[0], to_complaint=True, complaint_id=ticked))
    assert any("Noise, Pulls to one side" in words for words in newest(small_shop))


@pytest.mark.parametrize(("paper", "name"), [("job-card", "Job card"), ("repair-contract", "Repair order contract"), ("check-in-sheet", "Check-in sheet")])
def test_a_printed_paper_is_named(small_shop: SmallShop, paper: str, name: str) -> None:
    small_shop.do(RecordPrint(small_shop.order_number, paper))
    assert newest(small_shop) == (f"林依君 printed: {name}, copy 1",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_erased_person_has_no_name_in_it(small_shop: SmallShop, language: str) -> None:
    with writing(small_shop.engine) as session:
        session.execute(delete(HistoryPersonal))
    with reading(small_shop.engine) as session:
        words = [words for entry in subject_history(session, "customer", small_shop.customer) for words in sentences(entry, language)]
        delivered = [words for entry in order_history(session, small_shop.earlier_order) for words in sentences(entry, language)]
    assert words and any(phrases(language)("(erased)", "history") in sentence for sentence in delivered)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_earlier_visit_can_be_told(small_shop: SmallShop, language: str) -> None:
    with reading(small_shop.engine) as session:
        entries = order_history(session, small_shop.earlier_order)
    for entry in entries:
        words = told(entry, language)
        assert words.title and words.sentences and words.foot
        assert not any("{" in sentence or "sha256" in sentence or "None" in sentence for sentence in words.sentences)


def _phrases_used() -> list[tuple[str, str]]:
    used = [("history", words) for words in VERBS.values()] + [("record", words) for words in SUBJECTS.values()]
    used += [("history", words) for own in OWN_SENTENCES.values() for words in own]
    used += [("field", label) for label, _ in FIELDS.values()]
    used += [(kind, words) for kind, keys in WORDS.items() for words in keys.values()]
    return used + [("", words) for words in orders.SENTENCES.values()]


@pytest.mark.parametrize("language", ["zh_TW", "zh_CN"])
def test_every_word_is_translated(language: str) -> None:
    same_in_both = {"VIN"}
    missing = [(context, words) for context, words in _phrases_used() if phrases(language)(words, context) == words and words not in same_in_both]
    assert missing == []


def test_no_stored_word_is_told() -> None:
    by_hand = {"order_state", "payer", "line_kind", "language"}
    untold = {}
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            label, kind = FIELDS.get(f"{table.name}.{column.name}") or FIELDS.get(column.name) or ("", "")
            if label and isinstance(column.type, Enum) and column.name not in QUIET and kind not in by_hand:
                untold.update({f"{table.name}.{column.name}": word for word in column.type.enums if word not in WORDS.get(kind, {})})
    assert untold == {}


@pytest.mark.parametrize(("language", "reason"), [("en", "No agreement on the price"), ("zh_TW", "價格談不攏"), ("zh_CN", "价格谈不拢")])
def test_the_reason_of_a_cancelling_is_told_by_its_name(small_shop: SmallShop, language: str, reason: str) -> None:
    small_shop.do(Cancel(small_shop.order, "price"), small_shop.manager)
    assert any(reason in sentence for sentence in newest(small_shop, language))


def test_a_customers_tier_and_language_and_a_cars_drive_are_told_in_words(small_shop: SmallShop) -> None:
    with reading(small_shop.engine) as session:
        customer = session.get_one(Customer, small_shop.customer)
        values = CustomerValues(customer.name, ("13802684417",), "ms", language=Language.ENGLISH, tier="gold")
        version = customer.version
    small_shop.do(ChangeCustomer(small_shop.customer, version, values))
    with reading(small_shop.engine) as session:
        words = " ".join(sentences(subject_history(session, "customer", small_shop.customer)[0], "zh_TW"))
    assert "金卡" in words and "女士" in words and "English" in words
    assert not set(re.findall(r"\b[a-z_]+\b", words))


def test_a_person_gets_a_pin_leaves_and_comes_back(small_shop: SmallShop) -> None:
    shop = small_shop
    key = shop.do(AddPerson(PersonValues("唐敏", ("advisor",))), shop.manager)

    def version() -> int:
        with reading(shop.engine) as session:
            return session.get_one(Staff, key).version

    shop.do(SetPin(key, "2468"), shop.manager, 1)
    shop.do(SetPin(key, "1357"), shop.manager, 2)
    shop.do(Leave(key, version(), dt.date(2026, 11, 24)), shop.manager, 3)
    shop.do(ComeBack(key, version()), shop.manager, 4)
    with reading(shop.engine) as session:
        entries = subject_history(session, "staff", key)
    assert [sentences(entry, "en") for entry in entries] == [
        ("唐敏 works here again; 方經理 wrote it down",), ("唐敏 left on 2026-11-24; 方經理 wrote it down", "方經理 took away the PIN of 唐敏"),
        ("方經理 gave 唐敏 a new PIN",), ("方經理 gave 唐敏 a PIN",), ("方經理 added 唐敏",),
    ]  # fmt: skip
    assert sentences(entries[1], "zh_TW") == ("唐敏 於 2026-11-24 離職，方經理 記錄", "方經理 取消了 唐敏 的 PIN")
    assert sentences(entries[2], "zh_CN") == ("方經理 给 唐敏 换了新的 PIN",)


def test_what_the_history_does_not_hold_is_told_without_it(small_shop: SmallShop) -> None:
    shop = small_shop

    def change(values: dict[str, object], minute: int) -> tuple[str, ...]:
        with reading(shop.engine) as session:
            version = session.get_one(Shop, 1).version
        shop.do(ChangeShop(version, values), shop.manager, minute)
        with reading(shop.engine) as session:
            return sentences(subject_history(session, "shop", 1)[0], "en")

    assert change({"logo": b"one"}, 1) == ("方經理 set the logo of the shop",)
    assert change({"logo": b"two"}, 2) == ("方經理 changed the logo of the shop",)
    assert change({"logo": None}, 3) == ("方經理 took away the logo of the shop",)
    assert change({"weekly_hours": [[[540, 720]]] * 7}, 4) == ("方經理 changed the opening hours of the shop",)
    with reading(shop.engine) as session:
        bay = session.get_one(Bay, shop.second_bay)
        close = CloseBay(bay.id, bay.version, dt.date(2026, 11, 24))
        name = bay.name
    shop.do(close, shop.manager, 5)
    with reading(shop.engine) as session:
        assert sentences(subject_history(session, "bay", close.bay_id)[0], "en") == (f"方經理 closed bay {name} on 2026-11-24",)


def test_every_secret_has_sentences_of_its_own() -> None:
    secret = [f"{table.name}.{column.name}" for table in Base.metadata.sorted_tables for column in table.columns if column.info.get("secret")]
    assert secret and set(secret) <= set(OWN_SENTENCES)


@pytest.mark.parametrize("alone", [False, True])
def test_whoever_makes_a_shop_stands_under_it(engine: Engine, now: dt.datetime, alone: bool) -> None:
    perform(engine, MakeShop("順通汽車", manager_name="" if alone else "方敏", manager_pin="2468", works_alone=alone), Act(now, "PC"))
    with reading(engine) as session:
        (entry,) = tables_history(session, ("shop", "staff", "bay"))
    assert entry.who == ("順通汽車" if alone else "方敏")
    assert f"{entry.who} added the shop" in sentences(entry, "en")


def test_every_refusal_of_an_order_has_a_sentence() -> None:
    codes = set()
    for path in (ROOT / "db" / "commands").glob("order_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refusal" and isinstance(node.args[0], ast.Constant):
                codes.add(node.args[0].value)
    assert codes <= set(faults.sentences())
    assert set(orders.SENTENCES) <= codes
