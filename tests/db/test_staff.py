"""People, bays, settings and catalogue are changed by those who may, within the rules, and the history says by whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from db.commands.bays import AddBay, ChangeBay, CloseBay, MoveBay
from db.commands.catalogue_changes import ChangeOperation, ChangePackage, ChangePart, ItemNames
from db.commands.order_moves import Dispatch
from db.commands.order_work import StartWork, StopWork
from db.commands.pins import TryPin
from db.commands.shop import ChangeShop, MakeShop
from db.commands.staff import AddPerson, ChangePerson, ComeBack, Leave, PersonValues, SetPin
from db.engine import reading
from db.models import CatalogueKey, History, LabourOperation, Package, Part, WorkOrderLine
from db.queries.catalogue import find_items
from db.queries.history_words import subject_history
from db.queries.shop import bay_rows, staff_rows, the_shop
from db.rules.errors import Refusal
from db.rules.record_words import BayKind, StopReason
from db.rules.rights import Role

if TYPE_CHECKING:
    from db.commands.perform import Command
    from db.queries.shop import StaffRow
    from tests.small_shop import SmallShop

NEW = PersonValues("唐敏", ("accident", "advisor"), ("paint", "mechanical"), (4, 0, 2, 2), " B-17 ", "zh_CN")


def person(shop: SmallShop, staff_id: int) -> StaffRow:
    with reading(shop.engine) as session:
        return next(row for row in staff_rows(session, with_left=True) if row.staff_id == staff_id)


def refused(shop: SmallShop, command: Command, who: int | None = None) -> tuple[str, dict[str, Any]]:
    with pytest.raises(Refusal) as caught:
        shop.do(command, shop.manager if who is None else who)
    return caught.value.code, caught.value.facts


def test_a_new_person_signs_in_with_the_pin(small_shop: SmallShop) -> None:
    key = small_shop.do(AddPerson(NEW, "2468", dt.date(2026, 11, 1)), small_shop.manager)
    row = person(small_shop, key)
    assert (row.name, row.roles, row.skills, row.working_days, row.badge) == ("唐敏", ("advisor", "accident"), ("mechanical", "paint"), (0, 2, 4), "B-17")
    assert row.has_pin and small_shop.do(TryPin(key, "2468"))["ok"]
    with reading(small_shop.engine) as session:
        (entry,) = subject_history(session, "staff", key)
        stored = session.execute(select(History.changes).where(History.subject == "staff", History.subject_id == key)).scalar_one()
    assert [fact.value("name") for fact in entry.facts] == ["唐敏"] and set(stored["name"][1]) == {"sha256"}
    assert entry.who == "方經理" and entry.verb == "add_person" and stored["pin_hash"] == [None, {"secret": True}]
    assert small_shop.do(AddPerson(PersonValues("無密碼", ("technician",))), small_shop.manager) > key


@pytest.mark.parametrize(("change", "code"), [
    ({"name": "  "}, "name_missing"), ({"roles": ()}, "roles_missing"), ({"roles": ("king",)}, "role_unknown"), ({"skills": ("magic",)}, "skill_unknown"),
    ({"working_days": (7,)}, "working_day_unknown"),
])  # fmt: skip
def test_what_is_wrong_with_a_person(small_shop: SmallShop, change: dict[str, Any], code: str) -> None:
    assert refused(small_shop, AddPerson(replace(NEW, **change)))[0] == code
    row = person(small_shop, small_shop.technician)
    assert refused(small_shop, ChangePerson(row.staff_id, row.version, replace(NEW, **change)))[0] == code


def test_a_badge_has_one_bearer_until_he_leaves(small_shop: SmallShop) -> None:
    key = small_shop.do(AddPerson(NEW), small_shop.manager)
    assert refused(small_shop, AddPerson(replace(NEW, name="別人"))) == ("badge_taken", {"name": "唐敏"})
    row = person(small_shop, key)
    small_shop.do(ChangePerson(key, row.version, replace(NEW, name="唐小敏")), small_shop.manager)
    assert refused(small_shop, ChangePerson(key, row.version, NEW))[0] == "changed_meanwhile"
    small_shop.do(Leave(key, row.version + 1, dt.date(2026, 11, 24)), small_shop.manager)
    left = person(small_shop, key)
    assert left.left_on == dt.date(2026, 11, 24) and not left.has_pin and left.badge is None
    assert small_shop.do(AddPerson(replace(NEW, name="別人")), small_shop.manager)
    assert refused(small_shop, SetPin(key, "1234"))[0] == "person_left"
    small_shop.do(ComeBack(key, left.version), small_shop.manager)
    assert person(small_shop, key).left_on is None


def test_only_who_may_changes_people_but_everybody_his_own_pin(small_shop: SmallShop) -> None:
    row = person(small_shop, small_shop.technician)
    for command in (AddPerson(NEW), ChangePerson(row.staff_id, row.version, NEW), Leave(row.staff_id, row.version, dt.date(2026, 11, 24))):
        code, facts = refused(small_shop, command, small_shop.advisor)
        assert code == "not_allowed" and facts["roles"] == ["manager", "administrator"]
    assert refused(small_shop, SetPin(small_shop.technician, "5555"), small_shop.advisor)[0] == "not_allowed"
    small_shop.do(SetPin(small_shop.technician, "5555"), small_shop.technician)
    assert small_shop.do(TryPin(small_shop.technician, "5555"))["ok"]
    for _ in range(3):
        small_shop.do(TryPin(small_shop.technician, "0000"))
    assert person(small_shop, small_shop.technician).locked_until is not None
    small_shop.do(SetPin(small_shop.technician, "7777"), small_shop.manager)
    assert person(small_shop, small_shop.technician).locked_until is None and small_shop.do(TryPin(small_shop.technician, "7777"))["ok"]
    assert refused(small_shop, SetPin(small_shop.technician, "77"))[0] == "pin_too_short"


def test_somebody_is_always_left_who_may_change_it_back(small_shop: SmallShop) -> None:
    row = person(small_shop, small_shop.manager)
    as_advisor = PersonValues(row.name, (Role.ADVISOR.value,))
    assert refused(small_shop, ChangePerson(row.staff_id, row.version, as_advisor))[0] == "last_manager"
    assert refused(small_shop, Leave(row.staff_id, row.version, dt.date(2026, 11, 24)))[0] == "last_manager"
    # One without a PIN could not sign in.
    other = small_shop.do(AddPerson(PersonValues("新經理", ("manager",))), small_shop.manager)
    assert refused(small_shop, Leave(row.staff_id, row.version, dt.date(2026, 11, 24)))[0] == "last_manager"
    small_shop.do(SetPin(other, "1357"), small_shop.manager)
    small_shop.do(Leave(row.staff_id, row.version, dt.date(2026, 11, 24)), small_shop.manager)


def test_nobody_leaves_while_the_clock_runs(small_shop: SmallShop) -> None:
    small_shop.do(Dispatch(small_shop.order, small_shop.technician, small_shop.bay), small_shop.foreman)
    small_shop.do(StartWork(small_shop.line_ids()[0], small_shop.technician), small_shop.technician, 1)
    row = person(small_shop, small_shop.technician)
    leave = Leave(row.staff_id, row.version, dt.date(2026, 11, 24))
    assert refused(small_shop, leave) == ("person_clocked_on", {"name": "阿強"})
    small_shop.do(StopWork(small_shop.technician, StopReason.BREAK), small_shop.technician, 2)
    small_shop.do(leave, small_shop.manager, 3)


def test_a_shop_of_one_gives_a_pin_before_it_asks_for_one(engine: Any, now: dt.datetime) -> None:
    from db.commands.act import Act
    from db.commands.perform import perform

    act = Act(at=now, device="PC", everything=True)
    only = perform(engine, MakeShop("一人店", works_alone=True), act).result
    with reading(engine) as session:
        version = the_shop(session).version
    with pytest.raises(Refusal, match="nobody_could_sign_in"):
        perform(engine, ChangeShop(version, {"sign_in": True}), Act(at=now, device="PC", everything=True))
    perform(engine, SetPin(only, "1234"), Act(at=now, device="PC", everything=True))
    perform(engine, ChangeShop(version, {"sign_in": True}), Act(at=now, device="PC", everything=True))


@pytest.mark.parametrize(("hours", "code"), [
    ([[]] * 7, "calendar_never_open"), ([[[600, 500]]] + [[]] * 6, "hours_not_possible"), ([[[480, 720], [700, 800]]] + [[]] * 6, "hours_not_possible"),
])  # fmt: skip
def test_opening_hours_follow_each_other(small_shop: SmallShop, hours: list[Any], code: str) -> None:
    with reading(small_shop.engine) as session:
        version = the_shop(session).version
    assert refused(small_shop, ChangeShop(version, {"weekly_hours": hours}))[0] == code


def test_bays(small_shop: SmallShop) -> None:
    def bays() -> list[Any]:
        with reading(small_shop.engine) as session:
            return bay_rows(session, with_closed=True)

    key = small_shop.do(AddBay(" 烤漆房 ", BayKind.PAINT), small_shop.manager)
    assert (bays()[-1].bay_id, bays()[-1].name, bays()[-1].kind) == (key, "烤漆房", "paint")
    assert refused(small_shop, AddBay("烤漆房", BayKind.LIFT)) == ("bay_name_taken", {"name": "烤漆房"}) and refused(small_shop, AddBay(" ", BayKind.LIFT))[0]
    assert refused(small_shop, AddBay("9", BayKind.LIFT), small_shop.advisor)[0] == "not_allowed"
    small_shop.do(MoveBay(key, -1), small_shop.manager)
    assert [bay.name for bay in bays()] == ["1", "2", "3", "烤漆房", "4"]
    for _ in range(9):
        small_shop.do(MoveBay(key, -1), small_shop.manager)
    assert bays()[0].bay_id == key
    small_shop.do(ChangeBay(key, bays()[0].version, "噴漆", BayKind.PAINT), small_shop.manager)
    assert refused(small_shop, ChangeBay(key, 1, "噴漆", BayKind.PAINT))[0] == "changed_meanwhile"
    small_shop.do(CloseBay(key, bays()[0].version, dt.date(2026, 11, 24)), small_shop.manager)
    with reading(small_shop.engine) as session:
        assert key not in [bay.bay_id for bay in bay_rows(session)]
    small_shop.do(Dispatch(small_shop.order, small_shop.technician, small_shop.bay), small_shop.foreman)
    used = next(bay for bay in bays() if bay.bay_id == small_shop.bay)
    code, facts = refused(small_shop, CloseBay(used.bay_id, used.version, dt.date(2026, 11, 24)))
    assert code == "bay_in_use" and facts["number"] == small_shop.order_number


@pytest.mark.parametrize(("language", "alone", "first", "count"), [("zh_TW", False, "1 號舉升工位", 10), ("en", False, "Lift 1", 10), ("zh_CN", True, "1", 3)])
def test_a_shop_begins_with_bays_of_its_catalogue_in_its_language(engine: Any, now: dt.datetime, language: str, alone: bool, first: str, count: int) -> None:
    from db.catalogue_files import read_catalogue
    from db.commands.act import Act
    from db.commands.begin_shop import BeginShop
    from db.commands.perform import perform
    from desktop_app.resource import resource

    make = MakeShop("店", language=language, manager_name="方", manager_pin="1234", works_alone=alone)
    perform(engine, BeginShop(make, read_catalogue(resource("catalogue"))), Act(at=now, device="PC", everything=True))
    with reading(engine) as session:
        bays = bay_rows(session)
    assert (bays[0].name, len(bays), bays[-1].kind) == (first, count, "wash")


def item(shop: SmallShop, model: Any, code: str) -> Any:
    with reading(shop.engine) as session:
        return session.execute(select(model).where(model.code == code)).scalar_one()


def test_a_renamed_operation_is_found_under_its_new_name_only(small_shop: SmallShop) -> None:
    before = item(small_shop, LabourOperation, "G02")
    names = ItemNames("剎車異響診斷", "刹车异响诊断", "Brake noise diagnosis", "  吱吱聲   shache ")
    small_shop.do(ChangeOperation("G02", before.version, names, 1500, 20_000), small_shop.parts_keeper)
    after = item(small_shop, LabourOperation, "G02")
    assert (after.hours, after.hourly_price, after.name_en, after.find_words) == (1500, 20_000, "Brake noise diagnosis", "吱吱聲 shache")

    def found(typed: str) -> list[str]:
        with reading(small_shop.engine) as session:
            return [row.code for row in find_items(session, typed)]

    for typed in ("剎車異", "刹车异响", "scyx", "shacheyixiang", "brake noise", "吱吱", "G02"):
        assert "G02" in found(typed), typed
    assert "G02" not in found(before.name_zh_tw)
    with reading(small_shop.engine) as session:
        (entry,) = subject_history(session, "labour_operation", after.id)
        assert entry.who == "老唐" and {change.field for change in entry.facts[0].fields} >= {"hours", "hourly_price", "name_zh_tw"}
    # The open order keeps what it was made with.
    with reading(small_shop.engine) as session:
        lines = session.execute(select(WorkOrderLine).where(WorkOrderLine.order_id == small_shop.order, WorkOrderLine.code == "G02")).scalars().all()
    assert lines and all((line.name_en, line.unit_price) == (before.name_en, before.hourly_price) for line in lines)


def test_prices_change_with_the_right_the_version_and_a_sensible_figure(small_shop: SmallShop) -> None:
    part, package = small_shop.lines_of("package", "PK-MIN-S")[-1].code, item(small_shop, Package, "PK-MIN-S")
    row = item(small_shop, Part, part)
    names = ItemNames(row.name_zh_tw, row.name_zh_cn, row.name_en, row.find_words)
    assert refused(small_shop, ChangePart(part, row.version, names, 100, 50), small_shop.advisor)[0] == "not_allowed"
    assert refused(small_shop, ChangePart(part, row.version, names, -1, 50)) == ("price_not_fitting", {"code": part})
    assert refused(small_shop, ChangePart(part, row.version, replace(names, en=" "), 1, 1))[0] == "name_missing"
    assert refused(small_shop, ChangePart("nothing", 1, names, 1, 1)) == ("item_unknown", {"code": "nothing"})
    with reading(small_shop.engine) as session:
        keys = session.execute(select(CatalogueKey.key).where(CatalogueKey.subject == "part", CatalogueKey.code == part).order_by(CatalogueKey.key)).all()
    small_shop.do(ChangePart(part, row.version, names, 12_345, 6_000), small_shop.manager)
    assert refused(small_shop, ChangePart(part, row.version, names, 1, 1))[0] == "changed_meanwhile"
    with reading(small_shop.engine) as session:
        again = session.execute(select(CatalogueKey.key).where(CatalogueKey.subject == "part", CatalogueKey.code == part).order_by(CatalogueKey.key)).all()
    assert keys == again
    words = ItemNames(package.name_zh_tw, package.name_zh_cn, package.name_en, package.find_words)
    small_shop.do(ChangePackage("PK-MIN-S", package.version, words, 40_000, retired=True), small_shop.manager)
    with reading(small_shop.engine) as session:
        assert "PK-MIN-S" not in [row.code for row in find_items(session, "PK-MIN-S")]
    operation = item(small_shop, LabourOperation, "G02")
    words = ItemNames(operation.name_zh_tw, operation.name_zh_cn, operation.name_en)
    assert refused(small_shop, ChangeOperation("G02", operation.version, words, 1_000_001, 1))[0] == "hours_not_fitting"


def test_the_books_stand_after_all_changes(small_shop: SmallShop) -> None:
    from db.checks import check

    small_shop.do(AddPerson(NEW, "2468"), small_shop.manager)
    small_shop.do(AddBay("5", BayKind.LIFT), small_shop.manager)
    operation = item(small_shop, LabourOperation, "G02")
    small_shop.do(ChangeOperation("G02", operation.version, ItemNames("一", "二", "three"), 100, 100), small_shop.manager)
    with reading(small_shop.engine) as session:
        assert check(session) == []
