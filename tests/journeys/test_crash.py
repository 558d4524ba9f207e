"""The program is killed in the middle of work: what it had acknowledged is there, nothing is there by half, and the draft comes back."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter as Multiset
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from db.catalogue_files import read_catalogue
from db.checks import check
from db.commands.act import Act
from db.commands.begin_shop import BeginShop
from db.commands.check_in import CheckIn, NewCustomer, NewVehicle
from db.commands.order_moves import Cancel
from db.commands.perform import perform
from db.commands.shop import MakeShop
from db.engine import file_url, open_engine, reading
from db.migrations.run import make_ready
from db.models import (
    Authorisation,
    Complaint,
    Customer,
    CustomerPhone,
    Draft,
    History,
    NumberCounter,
    OdometerReading,
    RequestDone,
    VehiclePlate,
    WorkOrder,
    WorkOrderLine,
)
from db.rules.order_life import OrderState
from desktop_app.resource import resource
from desktop_app.rooms.check_in.form import DRAFT_FORM
from tests.conftest import NOW

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.journeys.conftest import Counter

KILLS_A_ROUND = 10
ROUNDS = 20
KNOWN_CARS = 40
SLACK = 2.5
"""Seconds that a busy machine may take to write a row."""
ROOT = Path(__file__).resolve().parent.parent.parent


def make_shop(folder: Path) -> None:
    """A shop of one person, with cars that have been here before."""
    engine = open_engine(file_url(folder / "shop.db"))
    make_ready(engine)
    at = NOW - dt.timedelta(days=30)
    whoever = {"device": "counter", "everything": True}
    perform(engine, BeginShop(MakeShop("順通汽車", works_alone=True), read_catalogue(resource("catalogue"))), Act(at=at, **whoever))  # type: ignore[arg-type]
    for number in range(KNOWN_CARS):
        command = CheckIn(
            21_000, at + dt.timedelta(hours=1), new_vehicle=NewVehicle(plate=f"粤B{number + 70000}"), signed_on_paper=True,
            new_customer=NewCustomer(f"陳{number}", (f"138{number:08d}",)),
        )  # fmt: skip
        made = perform(engine, command, Act(at=at, **whoever)).result  # type: ignore[arg-type]
        perform(engine, Cancel(made["order_id"], "no_time"), Act(at=at + dt.timedelta(minutes=1), **whoever))  # type: ignore[arg-type]
    engine.dispose()


class Run:
    """One run of the program until it is killed, and what it had printed by then."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.said: list[dict[str, Any]] = []
        words = [sys.executable, "-X", "faulthandler", "-m", "tests.journeys.crash_child", str(folder), str(seed)]
        self._process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONIOENCODING": "utf-8"})
        self._complaints: list[bytes] = []
        self._threads = [threading.Thread(target=self._listen), threading.Thread(target=self._hear_complaints)]
        for thread in self._threads:
            thread.start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.endswith(b"\n"):
                self.said.append(json.loads(line))

    def _hear_complaints(self) -> None:
        assert self._process.stderr is not None
        self._complaints.append(self._process.stderr.read())

    def all(self, kind: str) -> list[dict[str, Any]]:
        return [line[kind] for line in list(self.said) if kind in line]

    def wait_for(self, kind: str, seconds: float) -> bool:
        """Until it says one more of the kind; whether it did."""
        before, end = len(self.all(kind)), time.monotonic() + seconds
        while len(self.all(kind)) == before and time.monotonic() < end and self._process.poll() is None:
            time.sleep(0.001)
        return len(self.all(kind)) > before

    def kill(self) -> None:
        ended = self._process.poll()
        self._process.kill()
        self._process.wait(30)
        for thread in self._threads:
            thread.join(30)
        for stream in (self._process.stdout, self._process.stderr):
            assert stream is not None
            stream.close()
        assert ended is None, f"it had ended by itself ({ended}): " + b"".join(self._complaints).decode()


def run_and_kill(folder: Path, seed: int) -> Run:
    """Start the program, let it work, kill it: at any moment, while it saves, or right after it has acknowledged something."""
    chance = random.Random(seed)
    run = Run(folder, seed)
    if not run.all("ready") and not run.wait_for("ready", 120):
        run.kill()
        raise AssertionError("the program did not start")
    how = chance.random()
    time.sleep(chance.uniform(0.0, 3.0))
    if how < 0.4:
        run.wait_for("saving", 30)
        time.sleep(chance.uniform(0.0, 0.15))
    elif how < 0.6:
        run.wait_for("kept", 30)
    elif how < 0.7:
        run.wait_for("opened", 30)
        time.sleep(chance.uniform(0.0, 0.3))
    run.kill()
    return run


def holds_at_least(stored: dict[str, Any], acknowledged: dict[str, Any]) -> bool:
    """Whether a form is the acknowledged one, or the same one some keys later."""
    if stored["words"].startswith(acknowledged["words"]):
        same = ("key", "vehicle_id", "new_car", "customer_id", "appointment_id", "began_at")
        return all(stored[name] == acknowledged[name] for name in same) and len(stored["lines"]) >= len(acknowledged["lines"])
    return False


def assert_whole(session: Session, order: WorkOrder, body: dict[str, Any]) -> None:
    """The order holds all that stood on the form."""
    assert order.state is OrderState.CHECKED_IN and order.odometer_km == int(body["mileage"].replace(",", "")) and order.fuel_eighths == body["fuel_eighths"]
    words = session.execute(select(Complaint.words).where(Complaint.order_id == order.id).order_by(Complaint.position)).scalars().all()
    assert words == complaints_of(body)
    lines = session.execute(select(WorkOrderLine).where(WorkOrderLine.order_id == order.id)).scalars().all()
    assert Multiset((line.kind.value, line.code, line.quantity, line.unit_price) for line in lines) == Multiset(
        (line["kind"], line["code"], line["quantity"], line["unit_price"]) for line in body["lines"]
    )
    assert order.promised_at == dt.datetime.fromisoformat(body["promised_at"])
    if body["new_car"]:
        plates = session.execute(select(VehiclePlate.plate).where(VehiclePlate.vehicle_id == order.vehicle_id)).scalars().all()
        assert plates == [body["new_car"]["plate"]]
        assert session.get_one(Customer, order.customer_id).name == body["new_car"]["name"]
        phones = session.execute(select(CustomerPhone.e164).where(CustomerPhone.customer_id == order.customer_id)).scalars().all()
        assert phones == ["+86" + body["new_car"]["phone"]]
    else:
        assert order.vehicle_id == body["vehicle_id"]


def assert_nothing_half(session: Session) -> list[WorkOrder]:
    """Every order of today with its reading, its leave, its history and the request that made it; numbers without a gap."""
    orders = session.execute(select(WorkOrder).where(WorkOrder.checked_in_at >= NOW).order_by(WorkOrder.id)).scalars().all()
    last = session.execute(select(NumberCounter.last).where(NumberCounter.series == "W", NumberCounter.day == NOW.date())).scalar() if orders else 0
    assert [order.number for order in orders] == [f"W261124-{place:03d}" for place in range(1, (last or 0) + 1)]
    done = {row["number"]: row["order_id"] for row in session.execute(select(RequestDone.result).where(RequestDone.verb == "check_in")).scalars()}
    for order in orders:
        readings = session.execute(select(OdometerReading.kilometres).where(OdometerReading.order_id == order.id)).scalars().all()
        assert readings == [order.odometer_km]
        assert len(session.execute(select(Authorisation.id).where(Authorisation.order_id == order.id)).scalars().all()) == 1
        rows = session.execute(select(History.subject, History.change).where(History.order_id == order.id, History.verb == "check_in")).all()
        assert ("work_order", "added") in {tuple(row) for row in rows}
        lines = session.execute(select(WorkOrderLine.id).where(WorkOrderLine.order_id == order.id)).scalars().all()
        assert sum(row.subject == "work_order_line" for row in rows) == len(lines) > 0
        assert done[order.number] == order.id
    return list(orders)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.large) for part in range(1, ROUNDS))])
def test_whatever_was_acknowledged_outlives_a_kill(tmp_path: Path, part: int) -> None:
    folder = tmp_path / "順通 汽車"
    folder.mkdir()
    make_shop(folder)
    engine = open_engine(file_url(folder / "shop.db"))
    opened: dict[str, str] = {}
    saving: dict[str, dict[str, Any]] = {}
    kept: dict[str, dict[str, Any]] = {}
    waiting: dict[str, dict[str, Any]] = {}
    for place in range(KILLS_A_ROUND):
        seed = part * KILLS_A_ROUND + place + 1
        run = run_and_kill(folder, seed)
        (ready,) = run.all("ready")
        assert {draft["key"]: draft["body"] for draft in ready["offered"]} == waiting, f"kill {seed}: the next start offers what was kept"
        assert ready["strips"] == min(3, len(waiting))
        opened.update({line["number"]: line["key"] for line in run.all("opened")})
        saving.update({line["key"]: line["body"] for line in run.all("saving")})
        kept.update({line["key"]: line["body"] for line in run.all("kept")})
        with reading(engine) as session:
            assert check(session) == [], f"kill {seed}"
            orders = {order.number: order for order in assert_nothing_half(session)}
            waiting = {key: body for key, body in session.execute(select(Draft.window_key, Draft.body).where(Draft.form == DRAFT_FORM))}
            made = {key: number for number, key in opened.items()}
            for number in orders.keys() - opened.keys():
                # It was committed and killed before the notice: it must be the form that was on its way.
                on_its_way = [key for key in saving if key not in made]
                (made_of,) = [key for key in on_its_way if form_of(session, orders[number], saving[key])]
                made[made_of] = number
            for number, key in opened.items():
                assert number in orders, f"kill {seed}: {number} was acknowledged and is gone"
                assert_whole(session, orders[number], saving[key])
            for key, number in made.items():
                assert_whole(session, orders[number], saving[key])
                assert key not in waiting, "an order and its draft beside it"
            for key, body in kept.items():
                assert key in made or (key in waiting and holds_at_least(waiting[key], body)), f"kill {seed}: a draft that was acknowledged is gone"
            opened.update({number: key for key, number in made.items()})
    engine.dispose()
    assert len(opened) >= KILLS_A_ROUND // 3 and kept, "the script hardly did anything"


def form_of(session: Session, order: WorkOrder, body: dict[str, Any]) -> bool:
    words = session.execute(select(Complaint.words).where(Complaint.order_id == order.id).order_by(Complaint.position)).scalars().all()
    return words == complaints_of(body)


def complaints_of(body: dict[str, Any]) -> list[str]:
    return [part.strip() for part in body["words"].split("\n") if part.strip()]


# How soon a draft is kept


def test_a_draft_is_kept_a_moment_after_the_last_key_and_at_most_two_seconds_apart(counter: Counter) -> None:
    view = counter.desk.window.room_widget("check_in")
    counter.press(Qt.Key.Key_F2)
    counter.type("28816")
    counter.press(Qt.Key.Key_Return)
    counter.wait(lambda: view.in_form)
    counter.wait(lambda: view.promise.proposal is not None)
    view.words.words.inner.setFocus()
    # The proposal is a change of the form as well.
    counter.rest(0.5)
    counter.settle()
    kept: list[tuple[float, str]] = []
    view._keeper.kept.connect(lambda _at: kept.append((time.monotonic(), stored())))

    def stored() -> str:
        with reading(counter.shop.engine) as session:
            return str(session.execute(select(Draft.body)).scalar_one()["words"])

    pressed = time.monotonic()
    counter.compose("一")
    counter.wait(lambda: kept)
    assert 0.28 <= kept[0][0] - pressed <= 0.3 + SLACK and kept[0][1] == "一"
    kept.clear()
    begin = time.monotonic()
    while time.monotonic() < begin + 5:
        counter.compose("字")
        counter.rest(0.05)
    typed = time.monotonic()
    moments = [begin, *(at for at, _words in kept)]
    apart = [later - earlier for earlier, later in itertools.pairwise(moments)]
    assert len(apart) >= 2 and max(apart) <= 2.0 + SLACK, apart
    # One that a busy machine wrote late comes close before the next.
    assert statistics.median(apart) >= 1.8, apart
    assert all(len(words) > 5 for _at, words in kept)
    counter.wait(lambda: kept[-1][0] > typed - 0.1 and kept[-1][1] == view.words.words.text)
    assert kept[-1][0] - typed <= 0.3 + SLACK
