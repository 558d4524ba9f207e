"""Keeps a store of one version as a sample: `uv run python -m tests.samples.keep 0002`, to be run before a migration after that version is written.

The sample is plain INSERT statements that both kinds of store understand, of a small shop whose catalogue is cut down to what its orders use.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from db.commands.appointments import MakeAppointment
from db.commands.attachments import KeepAttachment
from db.commands.drafts import keep_draft
from db.engine import file_url, open_engine
from db.migrations.run import upgrade
from db.models import Base
from tests.small_shop import furnish

FOLDER = Path(__file__).resolve().parent
NOW = dt.datetime(2026, 11, 24, 6, 32, tzinfo=dt.UTC)

_CUT = """
DELETE FROM package WHERE code <> 'PK-MIN-S';
DELETE FROM package_line WHERE package_id NOT IN (SELECT id FROM package);
DELETE FROM labour_operation WHERE code <> 'G02' AND code NOT IN (SELECT item_code FROM package_line);
DELETE FROM part WHERE code NOT IN (SELECT item_code FROM package_line);
DELETE FROM catalogue_key WHERE NOT EXISTS (
    SELECT 1 FROM package WHERE subject = 'package' AND package.code = catalogue_key.code
    UNION ALL SELECT 1 FROM part WHERE subject = 'part' AND part.code = catalogue_key.code
    UNION ALL SELECT 1 FROM labour_operation WHERE subject = 'operation' AND labour_operation.code = catalogue_key.code);
DELETE FROM inspection_point WHERE position > 2;
DELETE FROM schedule_item WHERE power_train <> 'petrol';
DELETE FROM insurer WHERE id > 3;
DELETE FROM catalogue_entry WHERE position > 1 AND subject <> 'setting';
"""

_LITERAL = {"BOOLEAN": "CASE {name} WHEN 1 THEN 'TRUE' WHEN 0 THEN 'FALSE' ELSE 'NULL' END", "JSON": "quote(CAST({name} AS TEXT))"}
"""SQLite keeps truth as 0 and 1 and a document that is a bare number as a number, which a server takes for neither."""


def sample_file(version: str) -> Path:
    """Where the sample of a version lies."""
    return FOLDER / f"{version}.sql"


def make(version: str, path: Path) -> None:
    """Make the sample's store: a shop that lived under `version`."""
    engine = open_engine(file_url(path))
    upgrade(engine, version)
    shop = furnish(engine, NOW)
    photo = shop.do(KeepAttachment(b"\x89 not shown, only kept \x00\xff", "photo", "image/png", "front.png", subject="work_order", subject_id=shop.order))
    shop.do(MakeAppointment(NOW + dt.timedelta(days=1), "換機油", vehicle_id=shop.second_vehicle, customer_id=shop.second_customer))
    body = {"vehicle_id": shop.second_vehicle, "mileage": "22", "words": "it's \\ “冷車” 有聲", "photo_ids": [photo]}
    keep_draft(engine, "check_in", "counter 1", "one", shop.advisor, "粤BD28816", body, NOW)
    engine.dispose()
    with closing(sqlite3.connect(path)) as store:
        store.executescript(_CUT)


def statements(path: Path) -> list[str]:
    """All rows of a store as INSERT statements with their columns named, referred tables first."""
    found = []
    with closing(sqlite3.connect(path)) as store:
        for table in Base.metadata.sorted_tables:
            columns = [(row[1], row[2]) for row in store.execute(f"PRAGMA table_info({table.name})")]
            values = [_LITERAL.get(kind, "quote({name})").format(name=name) for name, kind in columns]
            names = ", ".join(name for name, _kind in columns)
            for row in store.execute(f"SELECT {', '.join(values)} FROM {table.name} ORDER BY 1"):
                found.append(f"INSERT INTO {table.name} ({names}) VALUES ({', '.join(row)});")
    return found


def main(version: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shop.db"
        make(version, path)
        sample_file(version).write_text("\n".join((*statements(path), "")), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
