"""The demo shop of the tour: always the same day, hour and seed, made once and copied for each walk."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING

from db.demo.make import make_demo
from db.engine import file_url, open_engine
from db.migrations.run import make_ready
from desktop_app.place import STORE_FILE_NAME
from desktop_app.resource import resource

if TYPE_CHECKING:
    from pathlib import Path

DAY = dt.date(2026, 11, 24)
NOW = dt.datetime(2026, 11, 24, 6, 32, tzinfo=dt.UTC)
"""14:32 in Shanghai."""

SEED = 1


def make_template(folder: Path) -> Path:
    """Make the demo's file in a folder; where one stands there already it is taken as it is."""
    file = folder / "template.db"
    if not file.exists():
        half = folder / "half-made.db"
        half.unlink(missing_ok=True)
        engine = open_engine(file_url(half))
        make_ready(engine)
        make_demo(engine, resource("catalogue"), SEED, DAY, NOW)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
        half.rename(file)
    return file


def copy_into(template: Path, folder: Path) -> None:
    """Put a fresh copy of the demo into a data folder, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(template, folder / STORE_FILE_NAME)
