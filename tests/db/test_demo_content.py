"""What the demo shop holds at its full size: everything that a tour of the program needs to show."""

from __future__ import annotations

import datetime as dt
import itertools
import time
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select, text

from db.checks import check
from db.commands.pins import pin_fits
from db.demo.make import make_demo
from db.engine import reading
from db.models import (
    Appointment,
    Bay,
    Campaign,
    Claim,
    Customer,
    InspectionResult,
    Policy,
    Promise,
    Recommendation,
    Settlement,
    Staff,
    Vehicle,
    Voucher,
    WorkOrder,
)
from db.queries import alerts
from db.queries.search import find
from db.queries.shop import working_calendar
from db.queries.vehicle_file import vehicle_file
from db.rules import phone, plate, vin
from db.rules.ageing import Debt, DebtState, debt_state
from db.rules.due import Drift, drift
from db.rules.order_life import OrderState, WaitingFor
from db.rules.record_words import AppointmentState, ClaimState, PromiseState, RecommendationState, SettlementState, VoucherState
from db.rules.rights import Role
from desktop_app.resource import resource
from tests.conftest import NOW
from tests.db.demo_store import ready_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session


TODAY = dt.date(2026, 11, 24)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine on the whole demo, made once on each kind of store."""
    engine = ready_store(request, tmp_path_factory)
    begun = time.process_time()
    make_demo(engine, resource("catalogue"), now=NOW)
    # Promised are twenty seconds at a counter's PC; a machine of tests may be busy, but not with rows read again for each row.
    assert time.process_time() - begun < (20 if request.config.getoption("--large") else 60)
    yield engine
    engine.dispose()


@pytest.fixture
def session(demo: Engine) -> Iterator[Session]:
    with reading(demo) as session:
        yield session


def count(session: Session, *where: object, of: type) -> int:
    return session.execute(select(func.count()).select_from(of).where(*where)).scalar_one()  # type: ignore[arg-type]


def test_nothing_is_wrong_with_it(session: Session) -> None:
    assert check(session) == []


def test_people_and_places(session: Session) -> None:
    staff = session.execute(select(Staff)).scalars().all()
    assert len(staff) == 12 and {role for person in staff for role in person.roles} == {role.value for role in Role}
    assert pin_fits(staff[0].pin_hash, "1234") and len({person.pin_hash for person in staff}) == 1
    assert count(session, of=Bay) == 10
    assert count(session, of=Customer) == 1200
    languages = dict(session.execute(select(Customer.language, func.count()).group_by(Customer.language)).all())
    assert min(languages.values()) > 20 and len(languages) == 3
    assert count(session, Customer.is_company.is_(True), of=Customer) > 40


def test_every_plate_vin_and_phone_is_one(session: Session) -> None:
    plates = session.execute(text("SELECT plate, kind, colour FROM vehicle_plate")).all()
    assert {"NORMAL", "NEV_SMALL", "CROSS_BORDER", "TRAINING"} <= {kind for _, kind, _ in plates}
    assert all(plate.recognise(text_).valid for text_, _, _ in plates)
    assert all(vin.recognise(number, 2026).valid for number in session.execute(select(Vehicle.vin)).scalars())
    assert all(phone.recognise(e164, "CN").valid for e164 in session.execute(text("SELECT e164 FROM customer_phone")).scalars())


def test_twenty_six_cars_stand_on_the_board_in_every_state(session: Session) -> None:
    rows = session.execute(select(WorkOrder.state, WorkOrder.waiting_for).where(WorkOrder.state.not_in((OrderState.DELIVERED, OrderState.CANCELLED)))).all()
    assert len(rows) == 26
    assert {state for state, _ in rows} == set(OrderState) - {OrderState.DELIVERED, OrderState.CANCELLED}
    assert {what for _, what in rows if what} == set(WaitingFor)
    running = session.execute(text("SELECT count(*) FROM labour_session WHERE ended_at IS NULL")).scalar_one()
    assert running == 5


def test_claims_appointments_promises_recalls_and_vouchers(session: Session) -> None:
    claims = session.execute(select(Claim)).scalars().all()
    assert len(claims) == 8 and {claim.state for claim in claims} == {ClaimState.OPEN, ClaimState.DELIVERED, ClaimState.CLOSED}
    begun = "SELECT max(position) FROM claim_stage WHERE started_at IS NOT NULL AND code <> 'papers' GROUP BY claim_id"
    last_begun = session.execute(text(begun)).scalars().all()
    assert len(set(last_begun)) >= 7
    start = working_calendar(session).moment(TODAY)
    booked = session.execute(select(Appointment.state).where(Appointment.starts_at >= start)).scalars().all()
    assert len(booked) == 12 and {AppointmentState.BOOKED, AppointmentState.CHECKED_IN, AppointmentState.NOT_SHOWN} == set(booked)
    assert count(session, Promise.state == PromiseState.OPEN, of=Promise) >= 5
    assert count(session, Campaign.is_recall.is_(True), of=Campaign) == 2
    assert count(session, Voucher.state == VoucherState.GIVEN, of=Voucher) > 20 and count(session, Voucher.state == VoucherState.USED, of=Voucher) > 20
    soon = TODAY + dt.timedelta(days=60)
    assert count(session, Policy.until_on.between(TODAY, soon), of=Policy) > 50
    assert count(session, Vehicle.inspection_ends_on.between(TODAY, soon), of=Vehicle) > 20


def test_debts_of_every_age(session: Session) -> None:
    rows = session.execute(select(Settlement.settled_at, Settlement.total, Settlement.due_on).where(Settlement.state == SettlementState.ON_ACCOUNT)).all()
    assert {debt_state(Debt(at.date(), total, due), TODAY) for at, total, due in rows} == set(DebtState)


def test_customers_drift_away(session: Session) -> None:
    states = [drift(last.date(), TODAY) for (last,) in session.execute(select(Vehicle.last_visit_at).where(Vehicle.last_visit_at.is_not(None)))]
    for state in Drift:
        assert states.count(state) > 40, state


def test_pads_fall_with_the_kilometres(session: Session) -> None:
    rows = session.execute(
        select(InspectionResult.vehicle_id, InspectionResult.odometer_km, InspectionResult.value)
        .where(InspectionResult.point_code == "B01", InspectionResult.place == "fr").order_by(InspectionResult.vehicle_id, InspectionResult.checked_at)
    ).all()  # fmt: skip
    pairs = [(first, then) for first, then in itertools.pairwise(rows) if first[0] == then[0] and then[1] > first[1]]
    falling = [then[2] <= first[2] for first, then in pairs]
    assert len(pairs) > 500 and sum(falling) / len(falling) > 0.9
    answers = dict(session.execute(select(Recommendation.state, func.count()).group_by(Recommendation.state)).all())
    for state in (RecommendationState.POSTPONED, RecommendationState.DECLINED, RecommendationState.DONE_HERE, RecommendationState.MEASURED_GOOD):
        assert answers[state] > 30, state


def test_the_car_of_the_afternoon_has_all_that_an_advisor_must_know(session: Session) -> None:
    car = find(session, "8K326").vehicles[0]
    known = alerts.alerts(session, vehicle_file(session, car.vehicle_id, NOW), NOW)
    assert {"recall", "postponed", "due", "promise", "owes", "policy"} <= {alert.kind for alert in known}
    assert car.owner_name == "陳志強" and find(session, "czq").vehicles
