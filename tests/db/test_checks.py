"""The check of the records: clean on an honest shop, and naming the row that was tampered with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from db.checks import findings
from db.engine import reading
from desktop_app.finding_words import SENTENCES

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.small_shop import SmallShop


def codes(shop: SmallShop) -> set[tuple[str, str]]:
    with reading(shop.engine) as session:
        found = list(findings(session))
    assert {finding.code for finding in found} <= set(SENTENCES)
    return {(finding.code, finding.key) for finding in found}


def tamper(shop: SmallShop, *statements: str) -> None:
    """As somebody with the database's own tools would: past triggers and indexes."""
    with shop.engine.connect() as connection:
        _without_guards(connection)
        for statement in statements:
            connection.execute(text(statement))
        connection.commit()


def _without_guards(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        tables = ("history", "history_personal")
        for table in tables:
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
        for index in ("uq_ownership_owner", "uq_vehicle_plate_current", "uq_vehicle_plate_vehicle", "uq_work_order_open_vehicle"):
            connection.execute(text(f"DROP INDEX IF EXISTS {index}"))
        return
    for (name,) in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
        connection.execute(text(f'DROP TRIGGER "{name}"'))
    for index in ("uq_ownership_owner", "uq_vehicle_plate_current", "uq_vehicle_plate_vehicle", "uq_work_order_open_vehicle"):
        connection.execute(text(f"DROP INDEX IF EXISTS {index}"))


def test_an_honest_shop_has_nothing_wrong(small_shop: SmallShop) -> None:
    assert codes(small_shop) == set()


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE history SET verb = 'other' WHERE id = 3", {("history_row_altered", "3")}),
        ("UPDATE history SET hash = '00' WHERE id = 3", {("history_row_altered", "3"), ("history_link_broken", "4")}),
        ("DELETE FROM history WHERE id = (SELECT max(id) FROM history) AND id NOT IN (SELECT history_id FROM history_personal)", None),
    ],
)
def test_a_history_that_was_edited_is_named(small_shop: SmallShop, statement: str, found: set[tuple[str, str]] | None) -> None:
    tamper(small_shop, statement)
    now = codes(small_shop)
    if found is None:
        assert {code for code, _ in now} <= {"history_end_missing"}
    else:
        assert now == found


def test_an_altered_personal_value_is_named_and_an_erased_one_is_not(small_shop: SmallShop) -> None:
    with reading(small_shop.engine) as session:
        rows = session.execute(text("SELECT history_id, field FROM history_personal WHERE side = 'new' ORDER BY history_id, field")).all()
    (first, field), (second, other) = rows[0], rows[-1]
    tamper(
        small_shop,
        f"UPDATE history_personal SET value = value || 'x' WHERE history_id = {first} AND field = '{field}'",
        f"DELETE FROM history_personal WHERE history_id = {second} AND field = '{other}'",
    )
    assert codes(small_shop) == {("history_value_altered", str(first))}


def test_books_that_do_not_hold_are_named_by_row(small_shop: SmallShop) -> None:
    shop = small_shop
    with reading(shop.engine) as session:
        (line,) = session.execute(text(f"SELECT min(id) FROM work_order_line WHERE order_id = {shop.order}")).one()
    tamper(
        shop,
        f"UPDATE ownership SET vehicle_id = {shop.vehicle} WHERE vehicle_id = {shop.second_vehicle}",
        f"UPDATE work_order_line SET amount = amount + 1 WHERE id = {line}",
        f"UPDATE settlement SET total = total + 100 WHERE order_id = {shop.earlier_order} AND payer = 'customer'",
        "UPDATE number_counter SET last = last + 1 WHERE series = 'W' AND day = (SELECT max(day) FROM number_counter WHERE series = 'W')",
    )
    found = codes(shop)
    assert {("owner_doubled", str(shop.vehicle)), ("line_amount_wrong", f"{shop.order_number} #{line}")} <= found
    assert {"settlement_total_wrong", "number_missing"} <= {code for code, _ in found}
    assert len(found) == 4


def test_work_without_a_yes_is_named(small_shop: SmallShop) -> None:
    with reading(small_shop.engine) as session:
        (line,) = session.execute(text(f"SELECT min(id) FROM work_order_line WHERE order_id = {small_shop.earlier_order}")).one()
    tamper(small_shop, f"UPDATE work_order_line SET consent = 'proposed' WHERE id = {line}")
    found = {code for code, _ in codes(small_shop)}
    assert {"line_worked_unauthorised", "line_billed_unauthorised"} <= found
