"""The check of the records: clean on an honest shop, and for every rule naming exactly the row that was made to break it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from db.checks import CHECKS, Finding, chain, check, findings
from db.demo.make import make_demo
from db.engine import reading
from db.models import Base
from desktop_app.finding_words import SENTENCES
from desktop_app.i18n import LANGUAGES, Phrases
from desktop_app.resource import resource
from tests.conftest import NOW
from tests.db.demo_store import ready_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

    from tests.small_shop import SmallShop

SCALE = 0.055


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine on a small demo, once of each kind; what a test breaks it takes back."""
    engine = ready_store(request, tmp_path_factory)
    make_demo(engine, resource("catalogue"), now=NOW, scale=SCALE)
    yield engine
    engine.dispose()


@contextmanager
def tampered(engine: Engine, *statements: str) -> Iterator[Session]:
    """The store as it stands after somebody changed rows with the database's own tools: past triggers, indexes, references and checks."""
    with engine.execution_options(writes=True).connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        sqlite = engine.dialect.name == "sqlite"
        if sqlite:
            driver.execute("PRAGMA foreign_keys=OFF")
            driver.execute("PRAGMA ignore_check_constraints=ON")
        transaction = connection.begin()
        try:
            _without_guards(connection)
            for statement in statements:
                connection.execute(text(statement))
            with Session(connection) as session:
                yield session
        finally:
            transaction.rollback()
            if sqlite:
                driver.execute("PRAGMA foreign_keys=ON")
                driver.execute("PRAGMA ignore_check_constraints=OFF")


def _without_guards(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("ALTER TABLE work_order DROP CONSTRAINT ck_work_order_waiting_names_what_for"))
    else:
        for (name,) in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            connection.execute(text(f'DROP TRIGGER "{name}"'))
    for index in (index for table in Base.metadata.sorted_tables for index in table.indexes if index.unique):
        connection.execute(text(f'DROP INDEX IF EXISTS "{index.name}"'))


def found_in(session: Session) -> list[Finding]:
    """All findings but those of the history, which no such change touches."""
    return [finding for run in CHECKS if run is not chain.history for finding in run(session)]


def value(engine: Engine, statement: str) -> int:
    with reading(engine) as session:
        return int(session.execute(text(statement)).scalar_one())


def test_the_demo_has_nothing_against_it(demo: Engine) -> None:
    steps: list[int] = []
    with reading(demo) as session:
        assert list(findings(session, lambda done, total: steps.append(done))) == []
    assert steps == list(range(len(CHECKS) + 1))


def test_an_honest_shop_has_nothing_against_it(small_shop: SmallShop) -> None:
    with reading(small_shop.engine) as session:
        assert check(session) == []


def test_an_empty_store_has_nothing_against_it(engine: Engine) -> None:
    with reading(engine) as session:
        assert check(session) == []


@dataclass(frozen=True)
class Break:
    """What is done to the row that `row` finds ({id} in the statements), and the finding that must come of it."""

    code: str
    table: str
    row: str
    statements: tuple[str, ...]
    finds: str = ""
    """The row that is named, where it is another one."""
    also: tuple[str, ...] = ()
    """Codes that cannot but come along."""


def one(table: str, where: str = "1 = 1", order: str = "id") -> str:
    return f"SELECT id FROM {table} WHERE {where} ORDER BY {order} LIMIT 1"


def update(table: str, what: str, where: str = "id = {id}") -> tuple[str, ...]:
    return (f"UPDATE {table} SET {what} WHERE {where}",)


DELIVERED = one("work_order", "state = 'delivered'")
WAITING = one("work_order", "state = 'waiting'")
CANCELLED = one("work_order", "state = 'cancelled'")
IN_PROGRESS = one("work_order", "state = 'in_progress'")
CHECKED_IN = one("work_order", "state = 'checked_in' AND claim_id IS NULL")
LINE = one("work_order_line", "settlement_id IS NOT NULL AND payer = 'customer' AND kind = 'labour' AND unit_price > 0 AND recommendation_id IS NULL")
OPEN_LINE = one("work_order_line", "work_state = 'open' AND consent = 'authorised' AND kind = 'part'")
DONE_SESSION = one("labour_session", "ended_at IS NOT NULL")
RUNNING = one("labour_session", "ended_at IS NULL")
WITHOUT_VOUCHER = "id NOT IN (SELECT settlement_id FROM payment WHERE voucher_id IS NOT NULL)"
PAID = one("settlement", f"state = 'paid' AND payer = 'customer' AND total > 1000 AND {WITHOUT_VOUCHER}")
ACCOUNT = one("settlement", "state = 'on_account'")
DONE_STAGE = one("claim_stage", "ended_at IS NOT NULL AND code = 'survey'")
SENT_PAPER = one("claim_paper", "sent_at IS NOT NULL")

BREAKS = (
    # people and cars
    Break("two_owners", "ownership", one("ownership", "until IS NULL", "id DESC"), update("ownership", "vehicle_id = (SELECT min(vehicle_id) FROM ownership)")),
    Break("ownership_ends_before_start", "ownership", one("ownership"), update("ownership", "until = '2001-01-01', since = '2002-01-01'")),
    Break(
        "plate_on_two_vehicles", "vehicle_plate", one("vehicle_plate", "until IS NULL AND colour = 'blue'", "id DESC"),
        update("vehicle_plate", "plate = (SELECT plate FROM vehicle_plate WHERE until IS NULL AND colour = 'blue' ORDER BY id LIMIT 1)"),
        also=("search_key_missing", "search_key_wrong"),
    ),
    Break(
        "vehicle_with_two_plates", "vehicle_plate", one("vehicle_plate", "until IS NULL", "id DESC"),
        update("vehicle_plate", "vehicle_id = (SELECT min(vehicle_id) FROM vehicle_plate WHERE until IS NULL)"),
        also=("search_key_missing", "search_key_wrong"),
    ),
    Break(
        "vehicle_unknown", "vehicle", one("vehicle", "id NOT IN (SELECT vehicle_id FROM vehicle_plate WHERE until IS NOT NULL)"),
        ("UPDATE vehicle SET vin = '' WHERE id = {id}", "DELETE FROM vehicle_plate WHERE vehicle_id = {id}"), also=("search_key_wrong",),
    ),
    Break(
        "customer_unknown", "customer", one("customer", "id NOT IN (SELECT customer_id FROM customer_phone)"),
        update("customer", "name = ''"), also=("search_key_wrong",),
    ),
    Break(
        "vin_twice", "vehicle", one("vehicle", order="id DESC"), update("vehicle", "vin = (SELECT vin FROM vehicle ORDER BY id LIMIT 1)"),
        also=("search_key_missing", "search_key_wrong"),
    ),
    Break(
        "reading_implausible", "odometer_reading",
        one("odometer_reading r", "implausible_reason IS NULL AND EXISTS (SELECT 1 FROM odometer_reading b WHERE b.vehicle_id = r.vehicle_id AND b.id < r.id)",
            "id DESC").replace("SELECT id", "SELECT r.id").replace("BY id", "BY r.id"),
        ("UPDATE odometer_reading SET kilometres = 1 WHERE id = {id}",
         "UPDATE work_order SET odometer_km = 1 WHERE id = (SELECT order_id FROM odometer_reading WHERE id = {id})"),
    ),
    Break("order_without_reading", "work_order", DELIVERED, ("UPDATE odometer_reading SET order_id = NULL WHERE order_id = {id}",)),
    Break(
        "reading_differs", "odometer_reading", "SELECT id FROM odometer_reading ORDER BY id LIMIT 1",
        update("work_order", "odometer_km = odometer_km + 7", "id = (SELECT order_id FROM odometer_reading WHERE id = {id})"),
    ),
    # orders
    Break(
        "two_open_orders", "work_order", one("work_order", "state = 'checked_in'", "id DESC"),
        ("UPDATE work_order SET vehicle_id = (SELECT vehicle_id FROM work_order WHERE state = 'dispatched' ORDER BY id LIMIT 1) WHERE id = {id}",
         "UPDATE odometer_reading SET vehicle_id = (SELECT vehicle_id FROM work_order WHERE id = {id}), implausible_reason = 'other' WHERE order_id = {id}"),
        also=("recommendation_of_other_vehicle", "reading_implausible"),
        finds="SELECT max(id) FROM work_order WHERE vehicle_id = (SELECT vehicle_id FROM work_order WHERE id = {id})"
              " AND state NOT IN ('delivered', 'cancelled')",
    ),
    Break("order_time_missing", "work_order", DELIVERED, update("work_order", "started_at = NULL")),
    Break("order_time_too_early", "work_order", CHECKED_IN, update("work_order", "settled_at = checked_in_at")),
    Break("order_times_out_of_order", "work_order", DELIVERED, update("work_order", "dispatched_at = '2001-01-01 00:00:00.000000'")),
    Break("order_taker_missing", "work_order", DELIVERED, update("work_order", "delivered_to = ''")),
    Break("cancel_reason_missing", "work_order", CANCELLED, update("work_order", "cancel_reason = NULL")),
    Break("waiting_without_reason", "work_order", WAITING, update("work_order", "waiting_for = NULL")),
    Break("waiting_reason_left", "work_order", IN_PROGRESS, update("work_order", "waiting_for = 'parts'")),
    Break(
        "order_nobody_to_reach", "work_order", DELIVERED,
        ("UPDATE work_order SET contact_phone = '', customer_id = (SELECT id FROM customer WHERE id NOT IN (SELECT customer_id FROM customer_phone)"
         " ORDER BY id LIMIT 1) WHERE id = {id}",),
    ),
    Break("order_signature_missing", "work_order", DELIVERED, update("work_order", "signed_how = 'signature', signature_id = NULL")),
    Break("promised_before_check_in", "work_order", DELIVERED, update("work_order", "promised_at = checked_in_at")),
    Break("comeback_without_work", "work_order", DELIVERED, update("work_order", "kind = 'comeback', comeback_of_id = NULL")),
    Break(
        "comeback_of_other_vehicle", "work_order", one("work_order", "comeback_of_id IS NULL", "id DESC"),
        update("work_order", "comeback_of_id = (SELECT id FROM work_order ORDER BY id LIMIT 1)"),
    ),
    Break(
        "number_of_other_day", "work_order", one("work_order w", "number LIKE '%-001' AND NOT EXISTS (SELECT 1 FROM work_order o WHERE o.number ="
                                                " replace(w.number, '-001', '-002'))").replace("SELECT id", "SELECT w.id").replace("BY id", "BY w.id"),
        ("UPDATE number_counter SET day = '2001-02-03' WHERE series = 'W' AND day = (SELECT {day} FROM work_order WHERE id = {id})",
         "UPDATE work_order SET number = 'W010203-001' WHERE id = {id}"),
    ),
    Break(
        "number_counter_differs", "number_counter", "SELECT 0", ("UPDATE number_counter SET last = last + 1 WHERE series = 'W' AND day = '2026-11-24'",),
        finds="SELECT NULL",
    ),
    Break(
        "numbers_with_gap", "work_order", "SELECT 0",
        ("UPDATE work_order SET number = 'W261124-999' WHERE number = 'W261124-001'",
         "UPDATE number_counter SET last = 999 WHERE series = 'W' AND day = '2026-11-24'"),
        finds="SELECT NULL",
    ),
    Break(
        "appointment_without_order", "appointment", one("appointment", "state = 'checked_in'"),
        ("UPDATE work_order SET appointment_id = NULL WHERE appointment_id = {id}",),
    ),
    Break("appointment_not_marked", "appointment", one("appointment", "state = 'checked_in'"), update("appointment", "state = 'booked'")),
    Break(
        "appointment_used_twice", "work_order", one("work_order", "appointment_id IS NULL AND state = 'delivered'", "id DESC"),
        update("work_order", "appointment_id = (SELECT min(appointment_id) FROM work_order WHERE state = 'delivered')"),
    ),
    Break("final_check_missing", "work_order", DELIVERED, ("DELETE FROM quality_check WHERE order_id = {id} AND level = 'final' AND passed",)),
    Break("rework_count_differs", "work_order", DELIVERED, update("work_order", "rework_count = rework_count + 1")),
    Break(
        "paper_of_cancelled_order", "paper_print", CANCELLED,
        ("INSERT INTO paper_print (id, paper, order_id, copy_number, printed_at, file_name, void)"
         " VALUES (1, 'job_card', {id}, 1, '2026-11-24 01:00:00.000000', '', false)",), finds="SELECT 1",
    ),
    # lines
    Break(
        "line_amount_wrong", "work_order_line", one("work_order_line", "settlement_id IS NULL AND consent <> 'authorised'"),
        update("work_order_line", "amount = amount + 1"),
    ),
    Break(
        "line_below_zero", "work_order_line", one("work_order_line", "consent <> 'authorised'"),
        update("work_order_line", "adjustment = adjustment - amount - 5, amount = -5"),
    ),
    Break(
        "worked_without_consent", "work_order_line", one("work_order_line", "work_state = 'done' AND settlement_id IS NULL AND consent = 'authorised'"),
        update("work_order_line", "consent = 'declined'"),
    ),
    Break(
        "billed_without_consent", "work_order_line", one("work_order_line", "consent = 'proposed'"),
        update("work_order_line", "settlement_id = (SELECT max(id) FROM settlement)"),
        also=("line_on_other_settlement", "settlement_total_differs", "settlement_tax_differs"),
    ),
    Break("consent_without_authorisation", "work_order_line", LINE, update("work_order_line", "authorisation_id = NULL")),
    Break("authorisation_of_other_order", "work_order_line", LINE, update("work_order_line", "authorisation_id = (SELECT max(id) FROM authorisation)")),
    Break(
        "complaint_of_other_order", "work_order_line", one("work_order_line", "complaint_id IS NOT NULL"),
        update("work_order_line", "complaint_id = (SELECT max(id) FROM complaint)"),
    ),
    Break("done_without_time", "work_order_line", LINE, update("work_order_line", "done_at = NULL")),
    Break("time_without_done", "work_order_line", OPEN_LINE, update("work_order_line", "done_at = '2026-11-24 01:00:00.000000'")),
    Break("agreed_total_differs", "work_order", one("work_order", "state = 'dispatched'"), update("work_order", "agreed_total = agreed_total + 1")),
    Break(
        "billed_over_agreed", "work_order", one("work_order", "state = 'delivered' AND agreed_total > 100"),
        ("UPDATE work_order SET agreed_total = 1 WHERE id = {id}", "UPDATE authorisation SET agreed_total = 1 WHERE order_id = {id}"),
    ),
    Break("billed_with_work_left", "work_order_line", LINE, update("work_order_line", "work_state = 'stopped', done_at = NULL")),
    Break(
        "payer_not_settled", "work_order", one("settlement", "payer = 'warranty'").replace("SELECT id", "SELECT order_id"),
        ("UPDATE work_order_line SET settlement_id = NULL WHERE order_id = {id} AND payer = 'warranty'",
         "UPDATE settlement SET state = 'open', total = 0, tax = 0 WHERE order_id = {id} AND payer = 'warranty'",
         "DELETE FROM payment WHERE settlement_id IN (SELECT id FROM settlement WHERE order_id = {id} AND payer = 'warranty')"),
        also=("settlement_open", "reversal_differs", "reference_broken"),
    ),
    Break(
        "line_not_billed", "work_order_line", one("work_order_line", "settlement_id IS NOT NULL AND amount = 0"),
        update("work_order_line", "settlement_id = NULL"),
    ),
    Break(
        "line_on_other_settlement", "work_order_line", one("work_order_line", "settlement_id IS NOT NULL AND amount = 0"),
        update("work_order_line", "settlement_id = (SELECT max(id) FROM settlement)"),
    ),
    Break(
        "recommendation_of_other_vehicle", "work_order_line", one("work_order_line", "recommendation_id IS NULL AND settlement_id IS NOT NULL"),
        update("work_order_line", "recommendation_id = (SELECT max(id) FROM recommendation)"),
    ),
    # workshop
    Break(
        "technician_on_two_lines", "labour_session", one("labour_session", "technician_id = (SELECT min(technician_id) FROM labour_session)", "started_at"),
        update("labour_session", "ended_at = (SELECT min(b.ended_at) FROM labour_session b WHERE b.technician_id = labour_session.technician_id"
                                 " AND b.started_at > labour_session.started_at)"),
        finds="SELECT b.id FROM labour_session a JOIN labour_session b ON b.technician_id = a.technician_id AND b.started_at > a.started_at WHERE a.id = {id}"
              " ORDER BY b.started_at LIMIT 1", also=("clock_outside_order",),
    ),
    Break("clock_ends_before_start", "labour_session", DONE_SESSION, update("labour_session", "ended_at = '2001-01-01 00:00:00.000000'")),
    Break(
        "clock_outside_order", "labour_session", one("labour_session", "technician_id = (SELECT min(technician_id) FROM labour_session)", "started_at"),
        update("labour_session", "started_at = '2001-01-01 00:00:00.000000'"),
    ),
    Break(
        "clock_running_on_order", "labour_session", DONE_SESSION,
        update("labour_session", "ended_at = NULL"), also=("technician_on_two_lines",),
    ),
    Break(
        "working_without_clock", "work_order_line", one("work_order_line", "work_state = 'stopped'"), update("work_order_line", "work_state = 'working'"),
    ),
    Break(
        "clock_without_working", "labour_session", RUNNING,
        update("work_order_line", "work_state = 'stopped'", "id = (SELECT line_id FROM labour_session WHERE id = {id})"),
    ),
    Break(
        "final_check_by_worker", "quality_check", one("quality_check", "level = 'final' AND passed"),
        update("quality_check", "staff_id = (SELECT l.done_by_id FROM work_order_line l WHERE l.order_id = quality_check.order_id AND l.kind = 'labour'"
                                " AND l.done_by_id IS NOT NULL LIMIT 1)"),
    ),
    Break(
        "verdict_better_than_measured", "inspection_result", one("inspection_result", "point_code = 'B01' AND verdict = 'ok'"),
        update("inspection_result", "value = 1500"),
    ),
    Break("value_without_verdict", "inspection_result", one("inspection_result", "value IS NOT NULL"), update("inspection_result", "verdict = 'not_checked'")),
    Break(
        "recommendation_state_differs", "recommendation", one("recommendation", "state = 'declined'"), update("recommendation", "state = 'presented'"),
    ),
    Break(
        "accepted_without_line", "recommendation", one("recommendation", "state = 'presented'"),
        ("UPDATE recommendation SET state = 'accepted' WHERE id = {id}",
         "UPDATE recommendation_decision SET state = 'accepted' WHERE id = (SELECT max(id) FROM recommendation_decision WHERE recommendation_id = {id})"),
    ),
    # money
    Break(
        "settlement_total_differs", "settlement", ACCOUNT, update("settlement", "total = total + 1"),
    ),
    Break("settlement_tax_differs", "settlement", PAID, update("settlement", "tax = tax + 1")),
    Break("settlement_open", "settlement", one("settlement", "total = 0"), update("settlement", "state = 'open'"), also=("payer_not_settled",)),
    Break("paid_too_much", "settlement", PAID, update("payment", "amount = amount + 1", "settlement_id = {id}")),
    Break("paid_below_zero", "settlement", PAID, update("payment", "amount = -1", "settlement_id = {id}")),
    Break("settlement_state_differs", "settlement", PAID, update("payment", "amount = amount - 1", "settlement_id = {id}")),
    Break("account_without_due", "settlement", ACCOUNT, update("settlement", "due_on = NULL")),
    Break(
        "reversal_differs", "payment", "SELECT 900001",
        ("INSERT INTO payment (id, settlement_id, method, amount, paid_at, reference) SELECT 900000, max(id), 'cash', 0, '2026-11-24 01:00:00.000000', ''"
         " FROM settlement",
         "INSERT INTO payment (id, settlement_id, method, amount, paid_at, reference, reverses_id) SELECT 900001, min(id), 'cash', 0,"
         " '2026-11-24 01:00:00.000000', '', 900000 FROM settlement"),
    ),
    Break(
        "voucher_used_twice", "voucher", one("voucher", "state = 'given'"),
        ("UPDATE voucher SET state = 'used', used_at = given_at, used_order_id = (SELECT order_id FROM settlement ORDER BY id LIMIT 1) WHERE id = {id}",
         "INSERT INTO payment (id, settlement_id, method, amount, paid_at, reference, voucher_id) SELECT 900000, min(id), 'voucher', 0,"
         " '2026-11-24 01:00:00.000000', '', {id} FROM settlement",
         "INSERT INTO payment (id, settlement_id, method, amount, paid_at, reference, voucher_id) SELECT 900001, min(id), 'voucher', 0,"
         " '2026-11-24 01:00:00.000000', '', {id} FROM settlement"),
    ),
    Break("voucher_state_differs", "voucher", one("voucher", "state = 'given'"), update("voucher", "state = 'used'")),
    Break(
        "voucher_of_other_order", "payment", one("voucher", "state = 'given'"),
        ("UPDATE voucher SET state = 'used', used_at = given_at, used_order_id = (SELECT max(id) FROM work_order) WHERE id = {id}",
         "INSERT INTO payment (id, settlement_id, method, amount, paid_at, reference, voucher_id) SELECT 900000, min(id), 'voucher', 0,"
         " '2026-11-24 01:00:00.000000', '', {id} FROM settlement"),
        finds="SELECT 900000",
    ),
    Break("loaner_lent_twice", "loan", one("loan", "back_at IS NULL"), update("loan", "out_at = '2001-01-01 00:00:00.000000', out_km = 0"),
          finds="SELECT max(id) FROM loan WHERE loaner_id = (SELECT loaner_id FROM loan WHERE id = {id})", also=("loaner_lent_twice",)),
    Break("loan_back_before_out", "loan", one("loan", "back_at IS NOT NULL"), update("loan", "back_km = out_km - 1")),
    Break("promise_closed_without_time", "promise", one("promise", "state = 'kept'"), update("promise", "closed_at = NULL")),
    Break(
        "recall_done_without_order", "campaign_vehicle", one("campaign_vehicle", "done_order_id IS NULL"),
        update("campaign_vehicle", "done_at = '2026-11-24 01:00:00.000000'"),
    ),
    Break(
        "recall_done_without_work", "campaign_vehicle", one("campaign_vehicle", "done_at IS NOT NULL"),
        ("UPDATE work_order_line SET code = 'none' WHERE order_id = (SELECT done_order_id FROM campaign_vehicle WHERE id = {id})"
         " AND code = (SELECT operation_code FROM campaign JOIN campaign_vehicle ON campaign_vehicle.campaign_id = campaign.id"
         " WHERE campaign_vehicle.id = {id})",),
    ),
    # claims
    Break(
        "stage_starts_too_early", "claim_stage", one("claim_stage", "code = 'payment' AND started_at IS NOT NULL"),
        update("claim_stage", "started_at = '2001-01-01 00:00:00.000000'"),
    ),
    Break("stage_ends_too_early", "claim_stage", one("claim_stage", "code = 'payment' AND ended_at IS NOT NULL"),
          update("claim_stage", "ended_at = '2001-01-01 00:00:00.000000'")),
    Break(
        "stage_signed_unfinished", "claim_stage", one("claim_stage", "code = 'payment' AND started_at IS NOT NULL AND ended_at IS NULL"),
        update("claim_stage", "signed_by_id = 1"),
    ),
    Break(
        "overrun_without_reason", "claim_stage", one("claim_stage", "code = 'payment' AND ended_at IS NOT NULL"), update("claim_stage", "standard_minutes = 1"),
    ),
    Break("claim_sent_with_paper_missing", "claim_paper", SENT_PAPER, update("claim_paper", "received_at = NULL")),
    Break("claim_closed_without_time", "claim", one("claim", "state = 'closed'"), update("claim", "closed_at = NULL")),
    # keys
    Break("search_key_missing", "customer", one("customer"), ("DELETE FROM search_key WHERE subject = 'c' AND subject_id = {id}",)),
    Break("search_key_wrong", "vehicle", one("vehicle"), ("INSERT INTO search_key (key, subject, subject_id) VALUES ('p:wrong', 'v', {id})",)),
    Break(
        "search_key_missing", "package", one("package"),
        ("DELETE FROM catalogue_key WHERE subject = 'package' AND code = (SELECT code FROM package WHERE id = {id})",),
    ),
    Break(
        "search_key_wrong", "part", one("part"),
        ("INSERT INTO catalogue_key (key, subject, code) SELECT 'n:wrong', 'part', code FROM part WHERE id = {id}",),
    ),
    # files
    Break(
        "attachment_altered", "attachment", one("attachment"),
        ("UPDATE attachment_bytes SET content = {bytes} WHERE sha256 = (SELECT sha256 FROM attachment WHERE id = {id})",),
    ),
    Break(
        "attachment_bytes_missing", "attachment", one("attachment"),
        ("UPDATE attachment SET sha256 = 'gone' WHERE id = {id}",),
    ),
    Break("attachment_size_differs", "attachment", one("attachment"), update("attachment", "size = size + 1")),
)  # fmt: skip


@pytest.mark.parametrize("broken", BREAKS, ids=lambda broken: f"{broken.code}-{broken.table}")
def test_a_row_that_breaks_a_rule_is_named(demo: Engine, broken: Break) -> None:
    postgresql = demo.dialect.name == "postgresql"
    row_id = value(demo, broken.row)
    places = {
        "id": row_id, "bytes": r"'\x00'::bytea" if postgresql else "x'00'",
        "day": "to_date(substr(number, 2, 6), 'YYMMDD')" if postgresql
        else "'20' || substr(number, 2, 2) || '-' || substr(number, 4, 2) || '-' || substr(number, 6, 2)",
    }  # fmt: skip
    expected: int | None = row_id
    with tampered(demo, *(statement.format(**places) for statement in broken.statements)) as session:
        if broken.finds:
            expected = session.execute(text(broken.finds.format(**places))).scalar_one()
        found = found_in(session)
    assert (broken.code, broken.table, expected) in {(finding.code, finding.table, finding.row_id) for finding in found}, found
    assert {finding.code for finding in found} <= {broken.code, *broken.also}, found
    if not broken.also:
        assert len(found) == 1, found
    said(found)


HISTORY_BREAKS = (
    ("UPDATE history SET verb = 'other' WHERE id = 3", [("history_altered", 3)]),
    ("UPDATE history SET hash = '00' WHERE id = 3", [("history_altered", 3), ("history_link_broken", 4)]),
    ("DELETE FROM history WHERE id = 7", [("history_gap", 8)]),
    ("UPDATE history_head SET last_id = last_id + 1", [("history_head_differs", 1)]),
    ("UPDATE history_personal SET value = 'other' WHERE history_id = (SELECT min(history_id) FROM history_personal) AND field = 'name'", None),
    ("DELETE FROM history_personal", []),
)


@pytest.mark.parametrize(("statement", "expected"), HISTORY_BREAKS)
def test_a_history_that_was_edited_is_named(demo: Engine, statement: str, expected: list[tuple[str, int]] | None) -> None:
    first = value(demo, "SELECT min(history_id) FROM history_personal")
    with tampered(demo, statement) as session:
        found = list(chain.history(session))
    assert [(finding.code, finding.row_id) for finding in found] == ([("history_personal_differs", first)] if expected is None else expected)
    said(found)


def test_a_broken_reference_is_named(demo: Engine) -> None:
    if demo.dialect.name != "sqlite":
        pytest.skip("a server never lets a reference break")
    with tampered(demo, "UPDATE complaint SET order_id = 999999 WHERE id = 1") as session:
        found = [finding for finding in found_in(session) if finding.code == "reference_broken"]
    assert [(finding.table, finding.row_id) for finding in found] == [("complaint", 1)]
    said(found)


def said(found: list[Finding]) -> None:
    """Each finding has a sentence in the three languages, with its facts filled in."""
    for finding in found:
        for language in LANGUAGES:
            words = Phrases(language)(SENTENCES[finding.code], **finding.facts)
            assert words and "{" not in words
        assert finding.key


def test_every_finding_is_tested_and_said() -> None:
    tested = {broken.code for broken in BREAKS} | {code for _, expected in HISTORY_BREAKS for code, _ in expected or ()}
    assert tested | {"history_personal_differs", "reference_broken"} == set(SENTENCES)
