"""The guarantee after repair, and comebacks."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.errors import Refusal
from db.rules.guarantee import DoneWork, PastVisit, Term, VehicleClass, WorkClass, check_term, comeback_of, cover, least_term, still_covered

TODAY = dt.date(2026, 11, 24)


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days)


@pytest.mark.parametrize(
    ("work", "vehicle", "days", "kilometres"),
    [
        (WorkClass.VEHICLE_OVERHAUL, VehicleClass.CAR, 100, 20_000),
        (WorkClass.ASSEMBLY_OVERHAUL, VehicleClass.CAR, 100, 20_000),
        (WorkClass.SECOND_MAINTENANCE, VehicleClass.CAR, 30, 5_000),
        (WorkClass.FIRST_MAINTENANCE, VehicleClass.CAR, 10, 2_000),
        (WorkClass.MINOR_REPAIR, VehicleClass.CAR, 10, 2_000),
        (WorkClass.SPECIAL_REPAIR, VehicleClass.CAR, 10, 2_000),
        (WorkClass.ASSEMBLY_OVERHAUL, VehicleClass.MOTORBIKE, 80, 7_000),
        (WorkClass.SECOND_MAINTENANCE, VehicleClass.MOTORBIKE, 10, 800),
        (WorkClass.VEHICLE_OVERHAUL, VehicleClass.OTHER, 60, 6_000),
        (WorkClass.MINOR_REPAIR, VehicleClass.OTHER, 7, 700),
    ],
)
def test_the_least_periods(work: WorkClass, vehicle: VehicleClass, days: int, kilometres: int) -> None:
    assert least_term(work, vehicle) == Term(days, kilometres)
    check_term(Term(days, kilometres), work, vehicle)
    for below in (Term(days - 1, kilometres), Term(days, kilometres - 1)):
        with pytest.raises(Refusal) as refused:
            check_term(below, work, vehicle)
        assert (refused.value.code, refused.value.facts) == ("guarantee_below_least", {"days": days, "least_km": kilometres})


@pytest.mark.parametrize(
    ("days_ago", "driven", "left"),
    [(0, 0, (10, 2000)), (10, 2000, (0, 0)), (11, 0, None), (5, 2001, None), (3, 500, (7, 1500))],
)
def test_the_first_reached_ends_it(days_ago: int, driven: int, left: tuple[int, int] | None) -> None:
    found = cover(DoneWork(1, 2, WorkClass.MINOR_REPAIR, ago(days_ago), 50_000), TODAY, 50_000 + driven)
    assert (found and (found.days_left, found.kilometres_left)) == left


def test_a_part_with_a_term_of_its_own() -> None:
    done = DoneWork(1, 2, WorkClass.MINOR_REPAIR, ago(200), 50_000, Term(365, 30_000))
    found = cover(done, TODAY, 60_000)
    assert found is not None
    assert (found.until, found.until_kilometres) == (ago(200) + dt.timedelta(365), 80_000)


def test_what_is_still_covered_ends_soonest_first() -> None:
    works = [
        DoneWork(1, 1, WorkClass.ASSEMBLY_OVERHAUL, ago(20), 50_000),
        DoneWork(1, 2, WorkClass.SECOND_MAINTENANCE, ago(20), 50_000),
        DoneWork(1, 3, WorkClass.MINOR_REPAIR, ago(20), 50_000),
    ]
    assert [found.done.line_id for found in still_covered(works, TODAY, 51_000)] == [2, 1]


@given(st.sampled_from(WorkClass), st.integers(0, 200), st.integers(0, 30_000), st.integers(0, 100), st.integers(0, 5_000))
def test_a_guarantee_that_is_over_stays_over(work: WorkClass, days: int, driven: int, more_days: int, more_driven: int) -> None:
    done = DoneWork(1, 1, work, ago(days), 50_000)
    if cover(done, TODAY, 50_000 + driven) is None:
        assert cover(done, TODAY + dt.timedelta(more_days), 50_000 + driven + more_driven) is None


def test_comebacks() -> None:
    visits = [
        PastVisit(1, ago(60), ("前輪異響",)),
        PastVisit(2, ago(29), ("前輪 異響!",), frozenset({"noise"})),
        PastVisit(3, ago(5), ("保養",), frozenset({"noise"})),
        PastVisit(4, ago(3), ("更換雨刮",)),
        PastVisit(5, ago(-1), ("前輪異響",)),
    ]
    assert [visit.order_id for visit in comeback_of(visits, ["前輪異響"], [], TODAY)] == [2]
    assert [visit.order_id for visit in comeback_of(visits, ["前輪異響"], ["noise"], TODAY)] == [3, 2]
    assert [visit.order_id for visit in comeback_of(visits, ["前輪異響"], [], TODAY, within_days=60)] == [2, 1]
    assert comeback_of(visits, ["", "…"], [], TODAY) == []
