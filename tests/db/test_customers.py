"""Customers and vehicles are changed by their room's commands: everything editable, each with its rules, nothing overwritten unseen."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from db.commands.customers import AddCustomer, ChangeCustomer, CustomerValues, EraseCustomer, SetPhones
from db.commands.keeping_up import AddContact, AddPolicy, ChangePolicy, KeepPromise, MakePromise, PolicyValues, TakeBackPromise
from db.commands.ownership import AddDriver, ChangeOwnership, EndOwnership, SetOwner
from db.commands.people_and_cars import NewCustomer
from db.commands.vehicles import AddReading, AddVehicle, ChangePlate, ChangeVehicle, EndPlate, GivePlate, SetFate, VehicleValues
from db.engine import reading
from db.models import Contact, Customer, CustomerPhone, History, HistoryPersonal, Ownership, Policy, Promise, SearchKey, Vehicle, VehiclePlate, WorkOrder
from db.queries.search import find
from db.rules.errors import Refusal
from db.rules.record_words import ContactWay, Language, OwnershipRole, PolicyKind, PowerTrain, PromiseState, VehicleFate

if TYPE_CHECKING:
    from tests.small_shop import SmallShop

TODAY = dt.date(2026, 11, 24)


def version_of(shop: SmallShop, kind: type[Customer] | type[Vehicle], key: int) -> int:
    with reading(shop.engine) as session:
        return session.get_one(kind, key).version


def values_of(shop: SmallShop, customer_id: int) -> CustomerValues:
    with reading(shop.engine) as session:
        row = session.get_one(Customer, customer_id)
        phones = session.execute(select(CustomerPhone.typed).where(CustomerPhone.customer_id == customer_id).order_by(CustomerPhone.position)).scalars()
        return CustomerValues(row.name, tuple(phones), row.title, language=row.language)


def car_values(shop: SmallShop, vehicle_id: int) -> VehicleValues:
    with reading(shop.engine) as session:
        row = session.get_one(Vehicle, vehicle_id)
        return VehicleValues(row.vin_typed, row.maker, row.model, row.model_year, power_train=row.power_train)


def found_vehicles(shop: SmallShop, words: str) -> list[int]:
    with reading(shop.engine) as session:
        return [row.vehicle_id for row in find(session, words).vehicles]


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    return pytest.RaisesExc(Refusal, check=lambda error: error.code == code)


def test_a_customer_is_corrected_and_found_by_what_he_is_called_now(small_shop: SmallShop) -> None:
    shop = small_shop
    values = replace(
        values_of(shop, shop.customer), name="陳曉琳", phones=("135 9011 7728", "0755-2688 1234"), address="寶安區新安三路 12 號", language=Language.SIMPLIFIED
    )
    result = shop.do(ChangeCustomer(shop.customer, version_of(shop, Customer, shop.customer), values))
    assert result["version"] == version_of(shop, Customer, shop.customer)
    with reading(shop.engine) as session:
        row = session.get_one(Customer, shop.customer)
        assert (row.name, row.address, row.language, row.title) == ("陳曉琳", "寶安區新安三路 12 號", Language.SIMPLIFIED, "mr")
        phones = session.execute(select(CustomerPhone.e164).where(CustomerPhone.customer_id == row.id).order_by(CustomerPhone.position)).scalars().all()
        assert phones == ["+8613590117728", "+8675526881234"]
    assert found_vehicles(shop, "chenxiaolin") == found_vehicles(shop, "陈晓琳") == found_vehicles(shop, "7728") == [shop.vehicle]
    assert found_vehicles(shop, "志強") == found_vehicles(shop, "6610") == []


def test_two_windows_that_change_the_same_customer_are_told(small_shop: SmallShop) -> None:
    shop = small_shop
    seen = version_of(shop, Customer, shop.customer)
    shop.do(SetPhones(shop.customer, seen, ("13520876610", "13800138000")), who=shop.second_advisor)
    with refused("changed_meanwhile"):
        shop.do(ChangeCustomer(shop.customer, seen, values_of(shop, shop.customer)))
    car = version_of(shop, Vehicle, shop.vehicle)
    shop.do(GivePlate(shop.vehicle, car, "粤B12345"))
    with refused("changed_meanwhile"):
        shop.do(ChangeVehicle(shop.vehicle, car, car_values(shop, shop.vehicle)))


def test_a_number_that_stays_keeps_its_row_and_its_silence_in_history(small_shop: SmallShop) -> None:
    shop = small_shop
    shop.do(SetPhones(shop.customer, version_of(shop, Customer, shop.customer), ("13520876610", "13800138000")))
    with reading(shop.engine) as session:
        last = session.execute(select(func.max(History.id))).scalar_one()
        first = session.execute(select(CustomerPhone.id).where(CustomerPhone.typed == "13520876610")).scalar_one()
    shop.do(SetPhones(shop.customer, version_of(shop, Customer, shop.customer), ("13800138000", "13520876610")))
    seen = version_of(shop, Customer, shop.customer)
    shop.do(SetPhones(shop.customer, seen, ("13800138000", "13520876610")))
    assert version_of(shop, Customer, shop.customer) == seen
    with reading(shop.engine) as session:
        assert session.execute(select(CustomerPhone.id, CustomerPhone.position).where(CustomerPhone.typed == "13520876610")).one() == (first, 1)
        rows = session.execute(select(History.subject, History.changes).where(History.id > last)).all()
        assert sorted(rows, key=str) == [("customer_phone", {"position": [0, 1]}), ("customer_phone", {"position": [1, 0]})]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (CustomerValues("  ", ("", " ")), "customer_unknown"),
        (CustomerValues("陳", account_limit=-1), "account_limit_negative"),
        (CustomerValues("陳", account_months=4), "account_term_too_long"),
        (CustomerValues("陳", account_months=7, is_government=True), "account_term_too_long"),
    ],
)
def test_a_customer_needs_a_name_or_a_phone_and_fair_terms(small_shop: SmallShop, values: CustomerValues, code: str) -> None:
    with refused(code):
        small_shop.do(AddCustomer(values))


def test_a_technician_may_not_and_is_told_who_may(small_shop: SmallShop) -> None:
    with pytest.raises(Refusal) as caught:
        small_shop.do(AddCustomer(CustomerValues("陳")), who=small_shop.technician)
    assert caught.value.code == "not_allowed" and "advisor" in caught.value.facts["roles"]


def test_plates_over_time_all_find_the_car(small_shop: SmallShop) -> None:
    shop = small_shop
    result = shop.do(GivePlate(shop.vehicle, version_of(shop, Vehicle, shop.vehicle), "粤b·d12345", since=dt.date(2026, 11, 1)))
    assert result["plate"] == "粤BD12345"
    assert found_vehicles(shop, "粤BD12345") == found_vehicles(shop, "8K326") == [shop.vehicle]
    with reading(shop.engine) as session:
        rows = session.execute(
            select(VehiclePlate.plate, VehiclePlate.colour, VehiclePlate.until).where(VehiclePlate.vehicle_id == shop.vehicle).order_by(VehiclePlate.id)
        ).all()
        assert rows == [("粤B8K326", "blue", dt.date(2026, 11, 1)), ("粤BD12345", "green", None)]
        former = session.execute(select(VehiclePlate.id).where(VehiclePlate.until.is_not(None))).scalar_one()
    shop.do(ChangePlate(former, dt.date(2020, 5, 1), dt.date(2026, 10, 31)))
    with refused("plate_ends_before"):
        shop.do(ChangePlate(former, TODAY, dt.date(2026, 10, 31)))
    with refused("changed_meanwhile"):
        shop.do(ChangePlate(former, None, None))
    result["version"] = version_of(shop, Vehicle, shop.vehicle)
    with refused("plate_before_last"):
        shop.do(GivePlate(shop.vehicle, result["version"], "粤B99999", since=dt.date(2026, 10, 31)))
    with refused("plate_already"):
        shop.do(GivePlate(shop.vehicle, result["version"], "粤BD12345"))
    with refused("plate_missing"):
        shop.do(GivePlate(shop.vehicle, result["version"], " · "))


def test_a_plate_written_down_wrongly_leaves_no_past(small_shop: SmallShop) -> None:
    shop = small_shop
    shop.do(GivePlate(shop.vehicle, version_of(shop, Vehicle, shop.vehicle), "粤B8K328", correction=True))
    assert found_vehicles(shop, "8K326") == [] and found_vehicles(shop, "8K328") == [shop.vehicle]
    with reading(shop.engine) as session:
        assert session.execute(select(func.count()).select_from(VehiclePlate).where(VehiclePlate.vehicle_id == shop.vehicle)).scalar_one() == 1


def test_a_plate_that_another_car_bears_moves_only_when_said_so(small_shop: SmallShop) -> None:
    shop = small_shop
    seen = version_of(shop, Vehicle, shop.second_vehicle)
    with pytest.raises(Refusal) as caught:
        shop.do(GivePlate(shop.second_vehicle, seen, "粤B8K326"))
    assert caught.value.code == "plate_taken" and caught.value.facts["vehicle_id"] == shop.vehicle
    shop.do(GivePlate(shop.second_vehicle, seen, "粤B8K326", from_other=True))
    with reading(shop.engine) as session:
        assert (
            session.execute(select(VehiclePlate.vehicle_id).where(VehiclePlate.plate == "粤B8K326", VehiclePlate.until.is_(None))).scalar_one()
            == shop.second_vehicle
        )


def test_a_car_is_known_by_plate_or_by_vin(small_shop: SmallShop) -> None:
    shop = small_shop
    with refused("vehicle_unknown"):
        shop.do(AddVehicle(VehicleValues(maker="比亞迪")))
    plain = shop.do(AddVehicle(VehicleValues(), "粤B00001"))["vehicle_id"]
    with refused("vehicle_unknown"):
        shop.do(EndPlate(plain, version_of(shop, Vehicle, plain), TODAY))
    shop.do(EndPlate(shop.vehicle, version_of(shop, Vehicle, shop.vehicle), TODAY))
    with refused("vehicle_unknown"):
        shop.do(ChangeVehicle(shop.vehicle, version_of(shop, Vehicle, shop.vehicle), replace(car_values(shop, shop.vehicle), vin="")))
    with refused("vin_taken"):
        shop.do(ChangeVehicle(plain, version_of(shop, Vehicle, plain), VehicleValues("lvgbv54h0lg001357")))
    with refused("model_year_not_possible"):
        shop.do(ChangeVehicle(plain, version_of(shop, Vehicle, plain), VehicleValues(model_year=202)))
    shop.do(
        ChangeVehicle(
            plain,
            version_of(shop, Vehicle, plain),
            VehicleValues("LFMK440F7J2217306", "一汽豐田", "榮放", 2021, power_train=PowerTrain.HYBRID, severe_use=True),
        )
    )
    assert found_vehicles(shop, "217306") == [plain]


def test_owner_and_drivers_with_their_dates(small_shop: SmallShop) -> None:
    shop = small_shop
    car = shop.vehicle
    with refused("owner_already"):
        shop.do(SetOwner(car, version_of(shop, Vehicle, car), shop.customer))
    shop.do(SetFate(car, version_of(shop, Vehicle, car), VehicleFate.SOLD_ON))
    with refused("owner_before_last"):
        shop.do(SetOwner(car, version_of(shop, Vehicle, car), shop.second_customer, since=dt.date(2020, 1, 1)))
    result = shop.do(SetOwner(car, version_of(shop, Vehicle, car), NewCustomer("林子軒", ("13822904416",)), since=dt.date(2026, 11, 20)))
    shop.do(AddDriver(car, result["version"], shop.second_customer, since=dt.date(2026, 11, 21)))
    with refused("tie_already"):
        shop.do(AddDriver(car, version_of(shop, Vehicle, car), shop.second_customer))
    with refused("role_is_owner"):
        shop.do(AddDriver(car, version_of(shop, Vehicle, car), shop.second_customer, OwnershipRole.OWNER))
    with reading(shop.engine) as session:
        ties = session.execute(
            select(Ownership.id, Ownership.customer_id, Ownership.role, Ownership.until).where(Ownership.vehicle_id == car).order_by(Ownership.id)
        ).all()
        assert [tuple(row)[1:] for row in ties] == [
            (shop.customer, OwnershipRole.OWNER, dt.date(2026, 11, 20)),
            (result["customer_id"], OwnershipRole.OWNER, None),
            (shop.second_customer, OwnershipRole.DRIVER, None),
        ]
        assert session.get_one(Vehicle, car).fate is VehicleFate.KEPT
    with refused("tie_ends_before"):
        shop.do(EndOwnership(ties[2][0], dt.date(2026, 11, 1)))
    with refused("owner_there"):
        shop.do(ChangeOwnership(ties[0][0], None, None))
    with refused("tie_ends_before"):
        shop.do(ChangeOwnership(ties[0][0], TODAY, dt.date(2026, 1, 1)))
    shop.do(ChangeOwnership(ties[0][0], dt.date(2020, 5, 1), dt.date(2026, 11, 19)))
    with reading(shop.engine) as session:
        row = session.get_one(Ownership, ties[0][0])
        assert (row.since, row.until) == (dt.date(2020, 5, 1), dt.date(2026, 11, 19))
    shop.do(EndOwnership(ties[2][0], TODAY))
    with refused("changed_meanwhile"):
        shop.do(EndOwnership(ties[2][0], TODAY))


def test_a_reading_by_hand_fits_between_its_neighbours_or_says_why(small_shop: SmallShop) -> None:
    shop = small_shop
    between = shop.now - dt.timedelta(days=70)
    shop.do(AddReading(shop.vehicle, 40_500, between))
    for kilometres, at in ((37_000, between), (50_000, between), (43_000, shop.now), (-1, shop.now)):
        with pytest.raises(Refusal) as caught:
            shop.do(AddReading(shop.vehicle, kilometres, at))
        assert caught.value.code in ("odometer_implausible", "odometer_not_possible")
    shop.do(AddReading(shop.vehicle, 120, shop.now, reason="cluster_replaced"))
    with refused("reading_in_future"):
        shop.do(AddReading(shop.vehicle, 60_000, shop.now + dt.timedelta(hours=1)))


def test_policies(small_shop: SmallShop) -> None:
    shop = small_shop
    values = PolicyValues("PICC", PolicyKind.COMMERCIAL, dt.date(2026, 1, 31), dt.date(2027, 1, 30), "P1", 431_800, True)
    key = shop.do(AddPolicy(shop.vehicle, values))["policy_id"]
    shop.do(ChangePolicy(key, 1, replace(values, premium=420_000)))
    with refused("changed_meanwhile"):
        shop.do(ChangePolicy(key, 1, values))
    with reading(shop.engine) as session:
        assert session.get_one(Policy, key).premium == 420_000
    for wrong, code in (
        (replace(values, insurer_code="?"), "insurer_unknown"),
        (replace(values, until_on=dt.date(2026, 1, 30)), "policy_ends_before"),
        (replace(values, premium=-1), "premium_negative"),
    ):
        with refused(code):
            shop.do(AddPolicy(shop.vehicle, wrong))


def test_a_talk_with_a_next_day_makes_a_follow_up(small_shop: SmallShop) -> None:
    shop = small_shop
    made = shop.do(AddContact(shop.customer, ContactWay.MESSAGE, "月底再來", shop.vehicle, next_on=dt.date(2026, 11, 30)))
    with reading(shop.engine) as session:
        following = session.get_one(Contact, made["next_id"])
        assert (following.due_on, following.done_at, following.customer_id) == (dt.date(2026, 11, 30), None, shop.customer)
    with refused("words_missing"):
        shop.do(AddContact(shop.customer, ContactWay.PHONE, " "))
    shop.do(AddContact(shop.customer, ContactWay.PHONE, "", result="no_answer"))
    with refused("record_missing"):
        shop.do(AddContact(None, ContactWay.PHONE, "x"))


def test_a_promise_is_open_until_kept_or_taken_back_with_a_word(small_shop: SmallShop) -> None:
    shop = small_shop
    first = shop.do(MakePromise(shop.customer, "送雨刷片一對"))["promise_id"]
    second = shop.do(MakePromise(shop.customer, "週三前回電", dt.date(2026, 11, 25)))["promise_id"]
    shop.do(KeepPromise(first, 1))
    with refused("promise_closed"):
        shop.do(KeepPromise(first, 2))
    with refused("words_missing"):
        shop.do(TakeBackPromise(second, 1, " "))
    shop.do(TakeBackPromise(second, 1, "已說明沒有貨"))
    with reading(shop.engine) as session:
        assert [row.state for row in session.execute(select(Promise).order_by(Promise.id)).scalars()] == [PromiseState.KEPT, PromiseState.TAKEN_BACK]


def erase(shop: SmallShop, customer_id: int) -> None:
    shop.do(EraseCustomer(customer_id, version_of(shop, Customer, customer_id)), who=shop.manager)


def test_an_erased_name_is_gone_from_records_and_history_and_the_books_stay(small_shop: SmallShop) -> None:
    shop = small_shop
    person = shop.second_customer
    shop.do(SetPhones(person, version_of(shop, Customer, person), ("13798765432", "13811112222")))
    shop.do(SetPhones(person, version_of(shop, Customer, person), ("13798765432",)))
    shop.do(AddContact(person, ContactWay.PHONE, "黃麗雯說下週再來", next_on=dt.date(2026, 11, 30)))
    with reading(shop.engine) as session:
        others = session.execute(select(func.count()).select_from(HistoryPersonal).where(HistoryPersonal.value.like("%陳志強%"))).scalar_one()
        orders = session.execute(select(func.count()).select_from(WorkOrder)).scalar_one()
    erase(shop, person)
    with reading(shop.engine) as session:
        everything = [
            str(value)
            for table in (Customer, CustomerPhone, Contact, WorkOrder, HistoryPersonal, SearchKey)
            for row in session.execute(select(table.__table__)).all()
            for value in row
        ]
        for trace in ("黃麗雯", "huang", "98765432", "11112222"):
            assert not any(trace in value for value in everything), trace
        assert session.execute(select(func.count()).select_from(HistoryPersonal).where(HistoryPersonal.value.like("%陳志強%"))).scalar_one() == others > 0
        assert session.execute(select(func.count()).select_from(WorkOrder)).scalar_one() == orders
        assert (
            session.execute(
                select(History.change).where(History.subject == "customer", History.subject_id == person).order_by(History.id.desc()).limit(1)
            ).scalar_one()
            == "erased"
        )
        row = session.get_one(Customer, person)
        assert row.erased_at == shop.now and not row.consent_to_call
        assert session.execute(select(Contact.result).where(Contact.customer_id == person, Contact.due_on.is_not(None))).scalar_one() == "erased"
        assert session.execute(select(Ownership.until).where(Ownership.customer_id == person)).scalar_one() == TODAY
    with refused("customer_erased"):
        erase(shop, person)
    with refused("customer_erased"):
        shop.do(AddContact(person, ContactWay.PHONE, "x"))


def test_nobody_is_erased_while_his_car_is_here_or_by_an_advisor(small_shop: SmallShop) -> None:
    shop = small_shop
    with refused("erase_open_order"):
        erase(shop, shop.customer)
    with refused("not_allowed"):
        shop.do(EraseCustomer(shop.second_customer, version_of(shop, Customer, shop.second_customer)))


def test_what_is_gone_is_said_so(small_shop: SmallShop) -> None:
    shop = small_shop
    for command in (
        SetPhones(999, 1, ("1",)),
        ChangeVehicle(999, 1, VehicleValues()),
        EndOwnership(999, TODAY),
        KeepPromise(999, 1),
        MakePromise(999, "x"),
        AddReading(999, 1, shop.now),
    ):
        with refused("record_missing"):
            shop.do(command)
