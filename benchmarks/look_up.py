"""Each kind of look-up through the program's search, against one bare statement for the same rows."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

from benchmarks.bare import open_bare
from benchmarks.figure import Figure, percentile
from db.engine import file_url, open_engine, reading
from db.queries import search
from db.rules import search_text
from desktop_app.place import STORE_FILE_NAME

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from pathlib import Path

LIMIT = 12
TRIES = 5
"""Each text is looked up so often on both sides and its best time counts: what other programs take from the machine is not ours to measure."""
FLOOR_IS_TINY_MS = 0.3
"""Where the bare statement takes less than this, the program may take `TINY_MAY_MS`."""
TINY_MAY_MS = 1.0
RATIO = 3.0
NEVER_OVER_MS = 30.0

_LINE = """
SELECT v.id, p.plate, p.colour, v.vin, v.maker, v.model, v.model_year, c.id, c.name,
       (SELECT e164 FROM customer_phone f WHERE f.customer_id = c.id ORDER BY f.position, f.id LIMIT 1), v.last_visit_at
FROM ({ids}) k JOIN vehicle v ON v.id = k.vehicle_id AND v.merged_into_id IS NULL
LEFT JOIN vehicle_plate p ON p.vehicle_id = v.id AND p.until IS NULL
LEFT JOIN ownership o ON o.vehicle_id = v.id AND o.role = 'owner' AND o.until IS NULL
LEFT JOIN customer c ON c.id = o.customer_id
"""
_BY_VEHICLE = _LINE.format(
    ids=f"SELECT subject_id AS vehicle_id FROM search_key WHERE key >= ? AND key < ? AND subject = 'v' ORDER BY key LIMIT {LIMIT}"
)  # fmt: skip
_BY_CUSTOMER = _LINE.format(
    ids="SELECT w.vehicle_id FROM (SELECT subject_id FROM search_key WHERE key >= ? AND key < ? AND subject = 'c' ORDER BY key "
    f"LIMIT {LIMIT * 4}) s JOIN ownership w ON w.customer_id = s.subject_id AND w.until IS NULL LIMIT {LIMIT}"
)
_BY_NUMBER = (
    "SELECT id, number, state, plate, plate_colour, checked_in_at FROM work_order WHERE number >= ? AND number < ? "
    f"ORDER BY number DESC LIMIT {LIMIT}"
)


def look_ups(home: Path, samples: int) -> list[Figure]:
    """A figure for each kind, over `samples` rows taken from all over the shop, each of them `TRIES` times."""
    bare = open_bare(home / STORE_FILE_NAME)
    draw = random.Random(7)
    kinds = _kinds(bare, draw, samples)
    engine = open_engine(file_url(home / STORE_FILE_NAME))
    figures = []
    try:
        with reading(engine) as session:
            search.find(session, "00000")
        for name, (statement, typed) in kinds.items():
            floor, value = [], []
            for text, prefix in typed:
                values = (prefix, search_text.prefix_end(prefix))
                bare_tries, own_tries = [], []
                for _try in range(TRIES):
                    start = time.perf_counter()
                    rows = bare.execute(statement, values).fetchall()
                    bare_tries.append((time.perf_counter() - start) * 1000)
                    start = time.perf_counter()
                    with reading(engine) as session:
                        found = search.find(session, text, LIMIT)
                    own_tries.append((time.perf_counter() - start) * 1000)
                floor += bare_tries
                value += own_tries
                _compare(name, text, rows, found)
            low, high = percentile(floor, 0.99), percentile(value, 0.99)
            goal = min(NEVER_OVER_MS, TINY_MAY_MS if low < FLOOR_IS_TINY_MS else RATIO * low)
            figures.append(Figure(f"look-up by {name}, p99", high, "ms", goal, low))
    finally:
        engine.dispose()
        bare.close()
    return figures


def _compare(name: str, text: str, rows: Sequence[tuple[object, ...]], found: search.Found) -> None:
    """What was measured must have found something, and what the bare statement found must be in it where neither was cut short."""
    ours = {order.order_id for order in found.orders} if name == "order number" else {car.vehicle_id for car in found.vehicles}
    if not ours:
        raise AssertionError(f"nothing was found by {name} {text!r}")
    if len(rows) < LIMIT and len(ours) < LIMIT and not {row[0] for row in rows} <= ours:
        raise AssertionError(f"the search by {name} {text!r} misses rows")


def _kinds(bare: sqlite3.Connection, draw: random.Random, samples: int) -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """Kind to its bare statement and what is typed, each with the key that it means."""
    last = bare.execute("SELECT max(id) FROM vehicle").fetchone()[0]
    cars, orders = [], []
    while len(cars) < samples:
        row = bare.execute(
            "SELECT p.plate, v.vin, c.name, f.e164 FROM vehicle v JOIN vehicle_plate p ON p.vehicle_id = v.id AND p.until IS NULL "
            "JOIN ownership o ON o.vehicle_id = v.id AND o.until IS NULL AND o.role = 'owner' JOIN customer c ON c.id = o.customer_id "
            "JOIN customer_phone f ON f.customer_id = c.id WHERE v.id = ? AND v.vin <> ''",
            (draw.randint(1, last),),
        ).fetchone()
        if row is not None:
            cars.append(row)
    last_order = bare.execute("SELECT max(id) FROM work_order").fetchone()[0]
    while len(orders) < samples:
        row = bare.execute("SELECT number FROM work_order WHERE id = ?", (draw.randint(1, last_order),)).fetchone()
        if row is not None:
            orders.append(row[0])

    def keys(texts: Sequence[str], kind: str, *, backwards: bool = False) -> list[tuple[str, str]]:
        return [(text, kind + (text[::-1] if backwards else search_text.query_key(text))) for text in texts]

    plates, phones = [row[0] for row in cars], [row[3].removeprefix("+86") for row in cars]
    names = [row[2] for row in cars]
    return {
        "plate": (_BY_VEHICLE, [(plate, search_text.PLATE + plate) for plate in plates]),
        "plate tail": (_BY_VEHICLE, keys([plate[-5:] for plate in plates], search_text.PLATE_TAIL, backwards=True)),
        "phone": (_BY_CUSTOMER, [(phone, search_text.PHONE + phone) for phone in phones]),
        "phone tail": (_BY_CUSTOMER, keys([phone[-6:] for phone in phones], search_text.PHONE_TAIL, backwards=True)),
        "name in Han": (_BY_CUSTOMER, keys(names, search_text.NAME)),
        "pinyin": (_BY_CUSTOMER, keys([_latin(name, whole=True) for name in names], search_text.NAME)),
        "initials": (_BY_CUSTOMER, keys([_latin(name, whole=False) for name in names], search_text.NAME)),
        "VIN tail": (_BY_VEHICLE, keys([row[1][-6:] for row in cars], search_text.VIN_TAIL, backwards=True)),
        "order number": (_BY_NUMBER, [(number, number) for number in orders]),
    }


def _latin(name: str, *, whole: bool) -> str:
    """A name in pinyin, or its initials, as its own keys have it."""
    latin = sorted((key[2:] for key in search_text.name_keys(name) if key[2:].isascii()), key=len)
    if whole:
        return latin[-1]
    return next((key for key in latin if 1 < len(key) <= len(name)), latin[0])
