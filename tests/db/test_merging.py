"""Doubles become one and can be taken apart: nothing is lost on the way there, and all stands as before on the way back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from db.commands.customers import ChangeCustomer, CustomerValues, EraseCustomer, SetPhones
from db.commands.keeping_up import AddContact, AddPolicy, MakePromise, PolicyValues
from db.commands.merging import CUSTOMER_FIELDS, JOINABLE, VEHICLE_FIELDS, DismissDouble, MergeCustomers, MergeVehicles, Unmerge
from db.commands.moved_rows import pointing_to
from db.commands.order_moves import Cancel
from db.commands.ownership import AddDriver, SetOwner
from db.commands.people_and_cars import NewCustomer
from db.commands.vehicles import AddReading, AddVehicle, GivePlate, VehicleValues
from db.engine import reading, writing
from db.models import (
    Base,
    Campaign,
    CampaignVehicle,
    Contact,
    Customer,
    CustomerPhone,
    DoubleDismissed,
    HistoryPersonal,
    Merge,
    Ownership,
    Vehicle,
    VehiclePlate,
    WorkOrder,
)
from db.queries.search import find
from db.rules.errors import Refusal
from db.rules.record_words import ContactWay, PolicyKind

if TYPE_CHECKING:
    from tests.small_shop import SmallShop

NOT_COMPARED = {"history", "history_personal", "history_head", "request_done", "merge"}
IN_ONE_STORE = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
"""Each example leaves the store as it found it, which is what the test is about."""


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    return pytest.RaisesExc(Refusal, check=lambda error: error.code == code)


def everything(shop: SmallShop) -> dict[str, list[tuple[Any, ...]]]:
    """All records but the history, without the counters of their versions."""
    found = {}
    with reading(shop.engine) as session:
        for name, table in Base.metadata.tables.items():
            if name not in NOT_COMPARED:
                columns = [column for column in table.columns if column.name != "version"]
                found[name] = sorted((tuple(row) for row in session.execute(select(*columns))), key=repr)
    return found


def version_of(shop: SmallShop, kind: type[Customer] | type[Vehicle], key: int) -> int:
    with reading(shop.engine) as session:
        return session.get_one(kind, key).version


@pytest.fixture
def doubles(small_shop: SmallShop) -> tuple[SmallShop, int, int]:
    """A second record of the customer and one of the car, each with things of its own."""
    shop = small_shop
    shop.do(SetPhones(shop.customer, version_of(shop, Customer, shop.customer), ("13520876610", "13800138000")))
    values = VehicleValues(maker="廣汽豐田", model="凯美瑞", colour="白", bought_on=dt.date(2020, 5, 1), note="舊系統")
    car = shop.do(AddVehicle(values, "粤B0V2K6", owner=shop.second_customer))["vehicle_id"]
    owner = NewCustomer("陈志强", ("+86 135 2087 6610", "13822904416"), came_by="import")
    person = shop.do(SetOwner(car, version_of(shop, Vehicle, car), owner))["customer_id"]
    typed = CustomerValues("陈志强", ("+86 135 2087 6610", "13822904416"), address="寶安區", note="上門取車", tier="silver", came_by="import")
    shop.do(ChangeCustomer(person, version_of(shop, Customer, person), typed))
    shop.do(AddDriver(shop.vehicle, version_of(shop, Vehicle, shop.vehicle), person))
    shop.do(AddDriver(shop.second_vehicle, version_of(shop, Vehicle, shop.second_vehicle), person))
    shop.do(GivePlate(car, version_of(shop, Vehicle, car), "粤B8K32F"))
    shop.do(AddReading(car, 30_000, shop.now - dt.timedelta(days=200)))
    shop.do(AddPolicy(car, PolicyValues("PICC", PolicyKind.COMPULSORY, dt.date(2026, 2, 1), dt.date(2027, 1, 31))))
    shop.do(AddContact(person, ContactWay.PHONE, "怕等，先打電話", car, next_on=dt.date(2026, 12, 1)))
    shop.do(MakePromise(person, "送雨刷片", vehicle_id=car))
    with writing(shop.engine) as session:
        campaigns = [Campaign(code=f"R-{n}", is_recall=True, name_zh_tw="召回", name_zh_cn="召回", name_en="Recall") for n in range(3)]
        session.add_all(campaigns)
        session.flush()
        session.add(CampaignVehicle(campaign_id=campaigns[0].id, vehicle_id=shop.vehicle))
        session.add(CampaignVehicle(campaign_id=campaigns[0].id, vehicle_id=car, done_at=shop.now))
        session.add(CampaignVehicle(campaign_id=campaigns[1].id, vehicle_id=car))
        session.add(CampaignVehicle(campaign_id=campaigns[2].id, vehicle_id=shop.vehicle))
    return shop, person, car


def merge_people(shop: SmallShop, kept: int, gone: int, **choice: Any) -> int:
    command = MergeCustomers(kept, gone, version_of(shop, Customer, kept), version_of(shop, Customer, gone), **choice)
    return int(shop.do(command)["merge_id"])


def merge_cars(shop: SmallShop, kept: int, gone: int, **choice: Any) -> int:
    command = MergeVehicles(kept, gone, version_of(shop, Vehicle, kept), version_of(shop, Vehicle, gone), **choice)
    return int(shop.do(command)["merge_id"])


@IN_ONE_STORE
@given(
    st.sets(st.sampled_from([*CUSTOMER_FIELDS, "phones"])),
    st.sets(st.sampled_from(sorted(JOINABLE))),
    st.booleans(),
)  # fmt: skip
def test_customers_merged_and_taken_apart_stand_as_before(doubles: tuple[SmallShop, int, int], from_gone: set[str], both: set[str], other_way: bool) -> None:
    shop, person, _car = doubles
    kept, gone = (person, shop.customer) if other_way else (shop.customer, person)
    before = everything(shop)
    key = merge_people(shop, kept, gone, from_gone=tuple(sorted(from_gone)), both=tuple(sorted(both)))
    with reading(shop.engine) as session:
        for table, column in pointing_to("customer"):
            if table != "customer_phone":
                values = session.execute(select(Base.metadata.tables[table].columns[column])).scalars()
                assert gone not in set(values), f"{table}.{column}"
    shop.do(Unmerge(key))
    assert everything(shop) == before


@IN_ONE_STORE
@given(st.sets(st.sampled_from([*VEHICLE_FIELDS, "plate", "owner"])), st.sets(st.just("note")), st.booleans())
def test_vehicles_merged_and_taken_apart_stand_as_before(doubles: tuple[SmallShop, int, int], from_gone: set[str], both: set[str], other_way: bool) -> None:
    shop, _person, car = doubles
    kept, gone = (car, shop.vehicle) if other_way else (shop.vehicle, car)
    before = everything(shop)
    key = merge_cars(shop, kept, gone, from_gone=tuple(sorted(from_gone)), both=tuple(both))
    with reading(shop.engine) as session:
        for table, column in pointing_to("vehicle"):
            if table != "campaign_vehicle":
                values = session.execute(select(Base.metadata.tables[table].columns[column])).scalars()
                assert gone not in set(values), f"{table}.{column}"
        current = session.execute(select(VehiclePlate.plate).where(VehiclePlate.vehicle_id == kept, VehiclePlate.until.is_(None))).scalars().all()
        assert current == [("粤B8K32F" if (("plate" in from_gone) != other_way) else "粤B8K326")]
        owners = select(func.count()).select_from(Ownership).where(Ownership.vehicle_id == kept, Ownership.role == "owner", Ownership.until.is_(None))
        assert session.execute(owners).scalar_one() == 1
    shop.do(Unmerge(key))
    assert everything(shop) == before


def test_each_field_is_the_one_that_was_chosen(doubles: tuple[SmallShop, int, int]) -> None:
    shop, person, _car = doubles
    merge_people(shop, shop.customer, person, from_gone=("address", "tier"), both=("phones", "note"))
    with reading(shop.engine) as session:
        kept = session.get_one(Customer, shop.customer)
        assert (kept.name, kept.title, kept.address, kept.tier, kept.came_by, kept.note) == ("陳志強", "mr", "寶安區", "silver", "", "上門取車")
        phones = session.execute(select(CustomerPhone.typed).where(CustomerPhone.customer_id == kept.id).order_by(CustomerPhone.position)).scalars().all()
        assert phones == ["13520876610", "13800138000", "13822904416"]
        assert session.get_one(Customer, person).merged_into_id == kept.id
        found = find(session, "4416")
        assert {row.vehicle_id for row in found.vehicles} >= {shop.vehicle} and found.customers_without_vehicle == []


def test_a_merged_car_has_both_pasts_and_a_recall_done_once(doubles: tuple[SmallShop, int, int]) -> None:
    shop, _person, car = doubles
    merge_cars(shop, shop.vehicle, car, from_gone=("colour",))
    with reading(shop.engine) as session:
        assert session.get_one(Vehicle, shop.vehicle).colour == "白"
        assert [row.vehicle_id for row in find(session, "0V2K6").vehicles] == [shop.vehicle]
        recalls = select(CampaignVehicle.done_at).where(CampaignVehicle.vehicle_id == shop.vehicle).order_by(CampaignVehicle.campaign_id)
        assert session.execute(recalls).scalars().all() == [shop.now, None, None]


def test_what_came_since_and_what_was_changed_since_stays(doubles: tuple[SmallShop, int, int]) -> None:
    shop, person, _car = doubles
    key = merge_people(shop, shop.customer, person, from_gone=("address", "tier"))
    contact = shop.do(AddContact(shop.customer, ContactWay.PHONE, "合併以後說的"))["contact_id"]
    with reading(shop.engine) as session:
        phones = tuple(session.execute(select(CustomerPhone.typed).where(CustomerPhone.customer_id == shop.customer)).scalars())
    shop.do(ChangeCustomer(shop.customer, version_of(shop, Customer, shop.customer), CustomerValues("陳志強", phones, address="搬家後的地址", tier="silver")))
    shop.do(Unmerge(key))
    with reading(shop.engine) as session:
        kept = session.get_one(Customer, shop.customer)
        assert (kept.address, kept.tier) == ("搬家後的地址", "")
        assert session.get_one(Contact, contact).customer_id == kept.id
        assert session.get_one(Customer, person).merged_into_id is None


def test_a_plate_that_went_to_another_car_since_is_not_taken_back(doubles: tuple[SmallShop, int, int]) -> None:
    shop, _person, car = doubles
    key = merge_cars(shop, shop.vehicle, car)
    shop.do(GivePlate(shop.second_vehicle, version_of(shop, Vehicle, shop.second_vehicle), "粤B8K32F"))
    with refused("plate_taken"):
        shop.do(Unmerge(key))


def test_an_owner_and_a_plate_since_the_merge_stay(doubles: tuple[SmallShop, int, int]) -> None:
    shop, _person, car = doubles
    key = merge_cars(shop, shop.vehicle, car, from_gone=("plate", "owner"))
    shop.do(GivePlate(shop.vehicle, version_of(shop, Vehicle, shop.vehicle), "粤B77777"))
    shop.do(SetOwner(shop.vehicle, version_of(shop, Vehicle, shop.vehicle), shop.second_customer))
    shop.do(Unmerge(key))
    with reading(shop.engine) as session:
        plate = select(VehiclePlate.plate).where(VehiclePlate.vehicle_id == shop.vehicle, VehiclePlate.until.is_(None))
        assert session.execute(plate).scalar_one() == "粤B77777"
        owner = select(Ownership.customer_id).where(Ownership.vehicle_id == shop.vehicle, Ownership.role == "owner", Ownership.until.is_(None))
        assert session.execute(owner).scalar_one() == shop.second_customer


def test_merges_are_taken_apart_the_last_one_first(doubles: tuple[SmallShop, int, int]) -> None:
    shop, person, _car = doubles
    first = merge_people(shop, shop.customer, person)
    second = merge_people(shop, shop.customer, shop.second_customer)
    with refused("unmerge_later_first"):
        shop.do(Unmerge(first))
    shop.do(Unmerge(second))
    shop.do(Unmerge(first))
    with refused("unmerge_done"):
        shop.do(Unmerge(first))


def test_two_cars_are_not_made_one(doubles: tuple[SmallShop, int, int]) -> None:
    shop, person, car = doubles
    assert version_of(shop, Vehicle, shop.vehicle)
    with refused("merge_two_vins"):
        merge_cars(shop, shop.vehicle, shop.second_vehicle)
    with refused("merge_same"):
        merge_cars(shop, car, car)
    with refused("merge_field_unknown"):
        merge_people(shop, shop.customer, person, both=("name",))
    with refused("merge_field_unknown"):
        merge_people(shop, shop.customer, person, from_gone=("merged_into_id",))
    with refused("changed_meanwhile"):
        shop.do(MergeCustomers(shop.customer, person, 99, 99))
    merge_people(shop, shop.customer, person)
    with pytest.raises(Refusal) as caught:
        merge_people(shop, person, shop.second_customer)
    assert caught.value.code == "merged_away" and caught.value.facts["into_id"] == shop.customer


def test_two_cars_with_open_orders_are_not_made_one(doubles: tuple[SmallShop, int, int]) -> None:
    shop, _person, car = doubles
    with writing(shop.engine) as session:
        order = session.get_one(WorkOrder, shop.order)
        own = ("id", "number", "vehicle_id", "version")
        columns = {column.name: getattr(order, column.name) for column in WorkOrder.__table__.columns if column.name not in own}
        session.add(WorkOrder(number="W261124-999", vehicle_id=car, **columns))
    with pytest.raises(Refusal) as caught:
        merge_cars(shop, shop.vehicle, car)
    assert caught.value.code == "merge_two_open_orders" and caught.value.facts["numbers"] == [shop.order_number, "W261124-999"]


def test_no_person_can_be_read_out_of_a_merge_after_erasure(doubles: tuple[SmallShop, int, int]) -> None:
    shop, person, _car = doubles
    key = merge_people(shop, shop.second_customer, person, from_gone=("name", "address"), both=("phones", "note"))
    shop.do(EraseCustomer(shop.second_customer, version_of(shop, Customer, shop.second_customer)), who=shop.manager)
    with reading(shop.engine) as session:
        texts = [str(value) for table in (Merge, HistoryPersonal, Customer) for row in session.execute(select(table.__table__)).all() for value in row]
        for trace in ("陈志强", "黃麗雯", "寶安區", "上門取車"):
            assert not any(trace in text for text in texts), trace
    with refused("unmerge_erased"):
        shop.do(Unmerge(key))


def test_a_pair_is_dismissed_once_whichever_comes_first(small_shop: SmallShop) -> None:
    shop = small_shop
    first = shop.do(DismissDouble("customer", shop.customer, shop.second_customer))
    assert shop.do(DismissDouble("customer", shop.second_customer, shop.customer)) == first
    with reading(shop.engine) as session:
        assert session.execute(select(func.count()).select_from(DoubleDismissed)).scalar_one() == 1
    with refused("merge_same"):
        shop.do(DismissDouble("customer", shop.customer, shop.customer))


def test_a_cancelled_order_moves_too(doubles: tuple[SmallShop, int, int]) -> None:
    shop, _person, car = doubles
    shop.do(Cancel(shop.order, "no_time"))
    merge_cars(shop, car, shop.vehicle, from_gone=("vin",))
    with reading(shop.engine) as session:
        assert session.get_one(WorkOrder, shop.order).vehicle_id == car
        row = session.get_one(Vehicle, car)
        assert row.vin == "LVGBV54H0LG001357" and row.last_visit_at is not None
