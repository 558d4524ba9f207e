"""The shop and its people as the program's start reads them: by plain statements, before any table has been mapped.

Mapping all tables takes longer than showing the window; whoever asks for more later pays for it then, in the background.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from db.engine import as_environment
from db.queries.shop_rows import ShopRow, StaffRow, hours_of
from db.rules.settings import from_stored

if TYPE_CHECKING:
    from sqlalchemy import Engine

_SHOP = text(
    "SELECT code, name, address, phone, complaint_phone, licence_class, region, province, zone, language, sign_in, weekly_hours, settings, logo, is_demo,"
    " demo_day, demo_seed, version FROM shop WHERE id = 1"
)
_STAFF = text(
    "SELECT id AS staff_id, name, roles, skills, working_days, pin_hash IS NOT NULL AS has_pin, badge, failed_pins, locked_until, language,"
    " left_on, version FROM staff WHERE left_on IS NULL ORDER BY position, id"
)


def shop_and_staff(engine: Engine) -> tuple[ShopRow | None, list[StaffRow]]:
    """The same as `db.queries.shop.shop_row` and `staff_rows`; an empty store has neither."""
    with as_environment(engine), engine.connect() as connection:
        found = connection.execute(_SHOP).first()
        if found is None:
            return None, []
        shop = _shop(found)
        staff = [_person(row) for row in connection.execute(_STAFF)]
    return shop, staff


def _shop(row: Any) -> ShopRow:
    values = dict(row._mapping)
    values["weekly_hours"] = hours_of(_parts(values["weekly_hours"]))
    values["settings"] = from_stored(_parts(values["settings"]))
    values["demo_day"] = _day(values["demo_day"])
    for name in ("sign_in", "is_demo"):
        values[name] = bool(values[name])
    return ShopRow(**values)


def _person(row: Any) -> StaffRow:
    values = dict(row._mapping)
    for name in ("roles", "skills", "working_days"):
        values[name] = tuple(_parts(values[name]))
    values["has_pin"] = bool(values["has_pin"])
    values["locked_until"] = _moment(values["locked_until"])
    values["left_on"] = _day(values["left_on"])
    return StaffRow(**values)


def _parts(stored: Any) -> Any:
    """SQLite keeps lists and mappings as text, PostgreSQL hands them out ready."""
    return json.loads(stored) if isinstance(stored, str) else stored


def _day(stored: Any) -> dt.date | None:
    return dt.date.fromisoformat(stored) if isinstance(stored, str) else stored


def _moment(stored: Any) -> dt.datetime | None:
    if isinstance(stored, str):
        return dt.datetime.fromisoformat(stored).replace(tzinfo=dt.UTC)
    return stored.astimezone(dt.UTC) if stored is not None else None
