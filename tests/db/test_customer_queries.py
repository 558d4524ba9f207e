"""The customers' room reads lists, files and doubles: each row in its state, each filter with its count, nothing missed between pages."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from db.commands.customers import ChangeCustomer, CustomerValues, EraseCustomer, SetPhones
from db.commands.keeping_up import AddContact, AddPolicy, MakePromise, PolicyValues
from db.commands.merging import DismissDouble, MergeCustomers
from db.commands.ownership import AddDriver, SetOwner
from db.commands.people_and_cars import NewCustomer, NewVehicle, add_customer, add_vehicle, set_owner
from db.commands.vehicles import AddReading, AddVehicle, ChangeVehicle, GivePlate, SetFate, VehicleValues
from db.engine import reading, writing
from db.models import Customer, InspectionResult, Recommendation, Vehicle
from db.queries import customers
from db.queries.customer_file import customer_file, customer_subjects
from db.queries.customers import VehicleFilter, VehicleListRow, vehicle_counts, vehicle_page, with_dues
from db.queries.doubles import customer_side, dealt_with, possible_doubles, vehicle_side
from db.queries.history_words import subjects_history
from db.queries.keeping_up import surviving
from db.queries.standing import STATES, last_day
from db.queries.vehicle_sheet import vehicle_sheet, vehicle_subjects
from db.rules.months import add_months
from db.rules.record_words import ContactWay, PolicyKind, RecommendationSource, RecommendationState, Urgency, VehicleFate, Verdict

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.commands.act import Act
    from tests.small_shop import SmallShop

TODAY = dt.date(2026, 11, 24)


@dataclass(frozen=True, slots=True)
class _ManyCars:
    """Puts cars with owners into the shop, last here so many days ago (None: never)."""

    days: tuple[int | None, ...]
    verb: ClassVar[str] = "many_cars"
    right: ClassVar[None] = None

    def apply(self, session: Session, act: Act) -> list[int]:
        ids = []
        for number, ago in enumerate(self.days):
            phones = () if number % 4 == 0 else (f"139{number:08d}",)
            person = add_customer(session, NewCustomer(f"{'趙錢孫李周吳'[number % 6]}{'甲乙丙丁'[number % 4]}", phones), act, "CN")
            plate, bought = f"粤C{number:05d}" if number % 5 else "", TODAY - dt.timedelta(days=400)
            car = add_vehicle(session, NewVehicle(plate, vin=f"LFMK440F{number:09d}", bought_on=bought, bought_here=number % 2 == 0), act, "CN")
            if number % 7:
                set_owner(session, car.id, person.id, TODAY)
            car.last_visit_at = None if ago is None else act.at - dt.timedelta(days=ago)
            ids.append(car.id)
        return ids


DAYS = (1, 20, 45, 80, 93, 100, 150, 185, 200, 270, 276, 300, 900, None, 2, None, 93, 93, 93, 30, 60, 61)


@pytest.fixture
def many(small_shop: SmallShop) -> tuple[SmallShop, list[int]]:
    ids = small_shop.do(_ManyCars(DAYS))
    small_shop.do(SetFate(ids[5], version_of(small_shop, Vehicle, ids[5]), VehicleFate.SOLD_ON))
    return small_shop, ids


def version_of(shop: SmallShop, kind: type[Customer] | type[Vehicle], key: int) -> int:
    with reading(shop.engine) as session:
        return session.get_one(kind, key).version


def whole(shop: SmallShop, wanted: VehicleFilter, page: int) -> list[VehicleListRow]:
    found: list[VehicleListRow] = []
    with reading(shop.engine) as session:
        while True:
            rows = vehicle_page(session, wanted, shop.now, found[-1] if found else None, page)
            found += rows
            if len(rows) < page:
                return found


@pytest.mark.parametrize("sort", ["last_visit", "plate", "owner"])
@pytest.mark.parametrize("descending", [False, True])
def test_pages_of_any_size_give_every_vehicle_once_in_one_order(many: tuple[SmallShop, list[int]], sort: str, descending: bool) -> None:
    shop, ids = many
    wanted = VehicleFilter(sort=sort, descending=descending)
    orders = [[row.vehicle_id for row in whole(shop, wanted, page)] for page in (3, 7, 100)]
    assert orders[0] == orders[1] == orders[2]
    assert sorted(orders[0]) == sorted([*ids, shop.vehicle, shop.second_vehicle])


def test_the_latest_visits_come_first_and_those_that_never_came_last(many: tuple[SmallShop, list[int]]) -> None:
    shop, _ids = many
    rows = whole(shop, VehicleFilter(), 5)
    assert rows[0].vehicle_id == shop.vehicle and rows[0].open_order and not rows[1].open_order
    visits = [row.last_visit_at for row in rows]
    known = [at for at in visits if at is not None]
    assert known == sorted(known, reverse=True) and visits[len(known) :] == [None] * (len(visits) - len(known))
    assert [row.vehicle_id for row in whole(shop, VehicleFilter(descending=False), 5)][: len(known)] == [row.vehicle_id for row in reversed(rows[: len(known)])]


def test_each_filter_shows_what_its_count_says_and_together_they_show_all(many: tuple[SmallShop, list[int]]) -> None:
    shop, ids = many
    for side in (VehicleFilter(), VehicleFilter(bought_here=True), VehicleFilter(no_phone=True), VehicleFilter(sort="owner"), VehicleFilter(words="粤C")):
        everything = whole(shop, side, 100)
        with reading(shop.engine) as session:
            counts = vehicle_counts(session, side, shop.now)
        seen: list[int] = []
        for state in STATES:
            rows = whole(shop, replace(side, state=state), 4) if not side.words else whole(shop, replace(side, state=state), 400)
            assert counts[state].number == len(rows) and not counts[state].more, (side, state)
            assert {customers.state_group(row.state) for row in rows} <= {state}
            seen += [row.vehicle_id for row in rows]
        assert sorted(seen) == sorted(row.vehicle_id for row in everything)
        assert counts[""].number == len(everything)
    states = {row.vehicle_id: row.state for row in whole(shop, VehicleFilter(), 100)}
    assert [states[ids[place]] for place in (3, 4, 5, 7, 8, 10, 13)] == ["active", "drifting", "sold_on", "going", "going", "lost", "lost"]


def test_without_a_phone_means_nobody_who_owns_it_can_be_called(many: tuple[SmallShop, list[int]]) -> None:
    shop, ids = many
    found = {row.vehicle_id for row in whole(shop, VehicleFilter(no_phone=True), 100)}
    assert found == {key for number, key in enumerate(ids) if number % 4 == 0 or number % 7 == 0}


def test_counts_of_a_large_store_say_that_there_are_more(many: tuple[SmallShop, list[int]]) -> None:
    shop, _ids = many
    with reading(shop.engine) as session:
        counts = vehicle_counts(session, VehicleFilter(), shop.now, most=3)
    assert (counts[""].number, counts[""].more, counts["away"].more) == (3, True, False)


def test_a_search_finds_by_plate_vin_and_people_best_first(many: tuple[SmallShop, list[int]]) -> None:
    shop, ids = many
    with reading(shop.engine) as session:
        for words in ("00011", "吳丁", "wuding", "黃麗雯", "28816", "6610"):
            rows = vehicle_page(session, VehicleFilter(words=words), shop.now)
            assert rows, words
            assert vehicle_page(session, VehicleFilter(words=words), shop.now, rows[-1]) == []
        assert vehicle_page(session, VehicleFilter(words="00011"), shop.now)[0].vehicle_id == ids[11]
        assert vehicle_page(session, VehicleFilter(words="zzzz"), shop.now) == []


def test_the_next_due_of_a_list_is_that_of_the_file(many: tuple[SmallShop, list[int]]) -> None:
    shop, _ids = many
    with reading(shop.engine) as session:
        for row in with_dues(session, vehicle_page(session, VehicleFilter(), shop.now), shop.now):
            sheet = vehicle_sheet(session, row.vehicle_id, shop.now)
            assert row.state == sheet.state and row.worked_out
            assert row.metres_per_day == sheet.car.daily.metres and row.distance_is_usual == sheet.car.daily.is_usual
            first = sheet.main_due
            assert (row.next is None) == (first is None)
            if first is not None and row.next is not None:
                assert (row.next.due_on, row.next.names[0], row.next.state, row.next.due_km) == (first.due_on, first.name_zh_tw, first.state, first.due_km)


def test_due_shows_what_is_due_and_leaves_out_who_was_here_lately(many: tuple[SmallShop, list[int]]) -> None:
    shop, ids = many
    rows = whole(shop, VehicleFilter(due=True), 3)
    assert rows and all(row.next is not None and row.next.state in ("overdue", "soon") for row in rows)
    found = {row.vehicle_id for row in rows}
    assert found.isdisjoint({shop.vehicle, ids[0], ids[1], ids[14], ids[5]}) and ids[12] in found
    assert found == {row.vehicle_id for row in whole(shop, VehicleFilter(due=True), 100)}


def test_a_page_is_read_by_index(many: tuple[SmallShop, list[int]]) -> None:
    shop, _ids = many
    if shop.engine.dialect.name != "sqlite":
        pytest.skip("plans are looked at on SQLite")
    said: list[tuple[str, object]] = []

    def listen(_c: object, _cursor: object, statement: str, parameters: object, _context: object, _many: bool) -> None:
        said.append((statement, parameters))

    last = whole(shop, VehicleFilter(), 100)[10]
    event.listen(shop.engine, "before_cursor_execute", listen)
    with reading(shop.engine) as session:
        for wanted in (VehicleFilter(), VehicleFilter(descending=False), VehicleFilter(state="going"), VehicleFilter(sort="plate"), VehicleFilter(words="粤C")):
            vehicle_page(session, wanted, shop.now, last if not wanted.words and wanted.sort == "last_visit" else None, 5)
    event.remove(shop.engine, "before_cursor_execute", listen)
    with shop.engine.connect() as connection:
        for statement, parameters in said:
            if "FROM vehicle" not in statement:
                continue
            plan = " / ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters))
            assert "SCAN vehicle " not in f"{plan} " or "USING INDEX" in plan, (plan, statement)
            assert "TEMP B-TREE FOR ORDER BY" not in plan, (plan, statement)


@given(st.dates(dt.date(2000, 1, 31), dt.date(2060, 1, 1)), st.integers(1, 24), st.integers(-40, 40))
def test_the_last_day_divides_exactly_as_the_rule_does(today: dt.date, months: int, off: int) -> None:
    limit = last_day(today, months)
    day = limit + dt.timedelta(days=off)
    assert (today >= add_months(day, months)) == (day <= limit)


def test_customers_without_a_vehicle_are_listed_and_found(small_shop: SmallShop) -> None:
    shop = small_shop
    names = ["阿甲", "李乙", "張丙", "張丁"]
    keys = [shop.do(_AddPerson(name, f"1391111222{number}")) for number, name in enumerate(names)]
    with reading(shop.engine) as session:
        page = customers.customers_without_vehicle(session, limit=3)
        rest = customers.customers_without_vehicle(session, after=page[-1], limit=3)
        assert [row.name for row in (*page, *rest)] == ["阿甲", "李乙", "張丙", "張丁"] or {row.customer_id for row in (*page, *rest)} == set(keys)
        assert [row.customer_id for row in customers.customers_without_vehicle(session, "zhang")] == keys[2:]
        assert customers.customers_without_vehicle(session, "陳志強") == []
        assert customers.customer_count(session).number == 6 and customers.customer_count(session, 2).more


@dataclass(frozen=True, slots=True)
class _AddPerson:
    name: str
    phone: str
    verb: ClassVar[str] = "add_person"
    right: ClassVar[None] = None

    def apply(self, session: Session, act: Act) -> int:
        return add_customer(session, NewCustomer(self.name, (self.phone,)), act, "CN").id


def test_the_sheet_of_a_car_holds_all_around_it(small_shop: SmallShop) -> None:
    shop = small_shop
    car = shop.vehicle
    shop.do(GivePlate(car, version_of(shop, Vehicle, car), "粤B00001", since=dt.date(2026, 11, 1)))
    shop.do(AddDriver(car, version_of(shop, Vehicle, car), shop.second_customer))
    shop.do(SetOwner(car, version_of(shop, Vehicle, car), NewCustomer("林子軒", ("13822904416",))))
    shop.do(AddPolicy(car, PolicyValues("PICC", PolicyKind.COMMERCIAL, dt.date(2026, 1, 31), dt.date(2027, 1, 30), premium=431_800, sold_here=True)))
    shop.do(AddContact(shop.customer, ContactWay.PHONE, "沒接", car, next_on=dt.date(2026, 12, 1)))
    shop.do(MakePromise(shop.customer, "送雨刷片", dt.date(2026, 11, 20), car))
    with writing(shop.engine) as session:
        session.add(
            Recommendation(
                vehicle_id=car, state=RecommendationState.POSTPONED, source=RecommendationSource.INSPECTION, name_zh_tw="前剎車片", name_zh_cn="前刹车片",
                name_en="Front pads", urgency=Urgency.SOON, price=68_000, found_at=shop.now, postponed_until_km=76_000,
            )
        )  # fmt: skip
    with reading(shop.engine) as session:
        sheet = vehicle_sheet(session, car, shop.now)
    assert [(row.plate, row.until) for row in sheet.plates] == [("粤B00001", None), ("粤B8K326", dt.date(2026, 11, 1))]
    assert [(tie.name, tie.until is None) for tie in sheet.ties] == [("林子軒", True), ("黃麗雯", True), ("陳志強", False)]
    assert sheet.owner is not None and sheet.owner.name == "林子軒"
    assert sheet.to_call is not None and sheet.to_call[1].e164 == "+8613822904416"
    assert [row.insurer_names[0] for row in sheet.policies] == ["人保財險"] and sheet.policies[0].days == 67
    assert [row.due_on for row in sheet.contacts] == [dt.date(2026, 7, 1), dt.date(2026, 12, 1), None]
    assert [row.overdue for row in sheet.promises] == [True]
    assert [row.names[0] for row in sheet.recommendations] == ["前剎車片"]
    assert [visit.order_id for visit in sheet.visits] == [shop.order, shop.earlier_order]


def test_wear_lines_take_the_wheel_that_meets_its_limit_first(small_shop: SmallShop) -> None:
    shop = small_shop
    with writing(shop.engine) as session:
        for order, km, days, pairs in ((shop.earlier_order, 38_000, 150, (("fl", 9100), ("fr", 9000))), (shop.order, 43_118, 0, (("fl", 7400), ("fr", 5000)))):
            for place, value in pairs:
                session.add(
                    InspectionResult(
                        order_id=order, vehicle_id=shop.vehicle, point_code="B01", place=place, value=value, verdict=Verdict.OK, odometer_km=km,
                        checked_at=shop.now - dt.timedelta(days=days),
                    )
                )  # fmt: skip
    with reading(shop.engine) as session:
        (line,) = vehicle_sheet(session, shop.vehicle, shop.now).wear
    assert (line.point_code, line.place, line.higher_is_better) == ("B01", "fr", True)
    assert line.forecast is not None and line.forecast.limit_kilometres is not None and line.forecast.limit_kilometres > 43_118
    assert line.watch_limit is not None and line.watch_limit > line.limit


def test_the_file_of_a_customer_holds_all_around_him(small_shop: SmallShop) -> None:
    shop = small_shop
    shop.do(MakePromise(shop.customer, "週三前回電"))
    shop.do(AddContact(shop.customer, ContactWay.PHONE, "聊過"))
    with reading(shop.engine) as session:
        file = customer_file(session, shop.customer, shop.now)
    assert (file.name, file.visit_count, [tie.vehicle.vehicle_id for tie in file.ties]) == ("陳志強", 2, [shop.vehicle])
    assert file.three_years_amount > 0 and file.owed == ()
    assert [row.words for row in file.promises] == ["週三前回電"]
    assert [(row.purpose, row.words) for row in file.contacts] == [("after_visit", ""), ("other", "聊過")]


def test_history_follows_a_car_and_a_customer_through_all_that_belongs_to_them(small_shop: SmallShop) -> None:
    shop = small_shop
    shop.do(SetPhones(shop.customer, version_of(shop, Customer, shop.customer), ("13520876610", "13800138000")))
    shop.do(SetPhones(shop.customer, version_of(shop, Customer, shop.customer), ("13520876610",)))
    shop.do(GivePlate(shop.vehicle, version_of(shop, Vehicle, shop.vehicle), "粤B00001"))
    shop.do(AddReading(shop.vehicle, 43_200, shop.now))
    with reading(shop.engine) as session:
        person = subjects_history(session, customer_subjects(session, shop.customer))
        assert [entry.verb for entry in person][:2] == ["set_phones", "set_phones"]
        assert {fact.change for fact in person[0].facts} == {"removed"}
        assert [entry.verb for entry in subjects_history(session, vehicle_subjects(session, shop.vehicle))][:2] == ["add_reading", "give_plate"]


@pytest.fixture
def twice(small_shop: SmallShop) -> tuple[SmallShop, int, int]:
    """The customer once more in the other script with the same number, and his car once more under its plate in another colour."""
    shop = small_shop
    made = shop.do(AddVehicle(VehicleValues(model="凯美瑞 2.5G"), "粤B8K326", "yellow", NewCustomer("陈志强", ("+86 13520876610",))))
    return shop, made["customer_id"], made["vehicle_id"]


def test_doubles_are_found_with_what_speaks_for_them(twice: tuple[SmallShop, int, int]) -> None:
    shop, person, car = twice
    shop.do(_AddPerson("陳志強", "13011112222"))
    with reading(shop.engine) as session:
        pairs = possible_doubles(session, "customer")
        assert (pairs[0].first_id, pairs[0].second_id, pairs[0].per_cent) == (shop.customer, person, 91)
        assert {reason.code for reason in pairs[0].reasons} == {"same_phone", "same_name"}
        assert all(pair.per_cent < 50 for pair in pairs[1:])
        assert possible_doubles(session, "customer", only=shop.second_customer) == []
        assert possible_doubles(session, "customer", only=person)[0].per_cent == 91
        (cars,) = possible_doubles(session, "vehicle")
        assert (cars.first_id, cars.second_id) == (shop.vehicle, car)
        assert {reason.code for reason in cars.reasons} == {"same_serial", "same_model"}
        assert possible_doubles(session, "vehicle", only=car) == [cars]
        assert customer_side(session, person).values["phones"] == ("+8613520876610",)
        assert vehicle_side(session, shop.vehicle).orders == 2


def test_doubles_end_when_merged_or_dismissed(twice: tuple[SmallShop, int, int]) -> None:
    shop, person, car = twice
    shop.do(DismissDouble("vehicle", car, shop.vehicle))
    with reading(shop.engine) as session:
        assert possible_doubles(session, "vehicle") == [] and dealt_with(session, "vehicle") == (0, 1)
    shop.do(MergeCustomers(shop.customer, person, version_of(shop, Customer, shop.customer), version_of(shop, Customer, person)))
    with reading(shop.engine) as session:
        assert possible_doubles(session, "customer") == [] and dealt_with(session, "customer") == (1, 0)
        assert surviving(session, "customer", person) == shop.customer == surviving(session, "customer", shop.customer)
        (merge,) = customer_file(session, shop.customer, shop.now).merges
        assert (merge.gone_name, merge.can_be_undone) == ("陈志强", True)


def test_vins_that_end_alike_are_a_double_only_when_more_speaks_for_it(small_shop: SmallShop) -> None:
    shop = small_shop
    plain = shop.do(AddVehicle(VehicleValues("LVGBV54H8LG001357"), "粤B11111"))["vehicle_id"]
    with reading(shop.engine) as session:
        assert possible_doubles(session, "vehicle") == []
    shop.do(ChangeVehicle(plain, version_of(shop, Vehicle, plain), VehicleValues("LVGBV54H8LG001357", model="凯美瑞 2.5G")))
    shop.do(SetOwner(plain, version_of(shop, Vehicle, plain), shop.customer))
    with reading(shop.engine) as session:
        (pair,) = possible_doubles(session, "vehicle")
        assert {reason.code: reason.speaks_for for reason in pair.reasons} == {"vin_tails": True, "other_vin": False, "same_model": True, "same_owner": True}


def test_an_erased_person_is_no_double_and_has_an_empty_file(small_shop: SmallShop) -> None:
    shop = small_shop
    key = shop.do(_AddPerson("黃麗雯", "13011112222"))
    shop.do(ChangeCustomer(key, 1, CustomerValues("黃麗雯", ("13798765432",))))
    with reading(shop.engine) as session:
        assert len(possible_doubles(session, "customer")) == 1
    shop.do(EraseCustomer(key, version_of(shop, Customer, key)), who=shop.manager)
    with reading(shop.engine) as session:
        assert possible_doubles(session, "customer") == []
        file = customer_file(session, key, shop.now)
        assert (file.name, file.phones, file.erased_at) == ("", (), shop.now)
        entry = subjects_history(session, customer_subjects(session, key))[0]
        assert entry.verb == "erase_customer" and "erased" in {fact.change for fact in entry.facts}
