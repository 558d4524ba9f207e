"""The shop that is measured: made once per size and kept between runs beside the system's other passing files."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from db.demo.bulk import make_bulk
from db.engine import file_url, open_engine
from db.migrations.run import CURRENT, make_ready
from desktop_app.place import STORE_FILE_NAME
from desktop_app.resource import resource

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = dt.date(2026, 11, 24)
NOW = dt.datetime(2026, 11, 24, 6, 32, tzinfo=dt.UTC)
QUICK_SIZE = 20_000
BIG_SIZE = 1_000_000


def big_shop(vehicles: int, folder: Path | None = None, tell: Callable[[str], object] = print) -> Path:
    """The data folder of a shop of so many vehicles; it is made where it does not stand yet."""
    home = (folder or Path(tempfile.gettempdir()) / "service-front-benchmarks") / f"{vehicles}-{CURRENT}"
    file = home / STORE_FILE_NAME
    if not file.exists():
        tell(f"making a shop of {vehicles:,} vehicles in {home}")
        home.mkdir(parents=True, exist_ok=True)
        half = home / "half-made"
        for name in home.glob("half-made*"):
            name.unlink()
        engine = open_engine(file_url(half))
        make_ready(engine)
        make_bulk(engine, resource("catalogue"), vehicles, 1, DAY, NOW)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
        half.rename(file)
    return home
