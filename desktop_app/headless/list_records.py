"""`list work-orders|customers|vehicles|claims`: what the store holds, as a table, JSON or CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from desktop_app.headless import DONE, tables

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from db.engine import Session
    from desktop_app.command_line import Call
    from desktop_app.i18n import Phrases

KEYS = {
    "work-orders": ("number", "state", "waiting_for", "plate", "vin", "vehicle", "customer", "odometer_km", "agreed_total_fen", "checked_in_at", "promised_at"),
    "customers": ("id", "name", "is_company", "phones", "plates", "language", "created_at"),
    "vehicles": ("id", "plate", "plate_colour", "vin", "maker", "model", "model_year", "power_train", "owner", "last_visit_at"),
    "claims": ("number", "state", "severity", "plate", "customer", "insurer", "report_number", "assessed_fen", "approved_fen", "paid_fen", "reported_at"),
}
"""What each row of a list holds, in its order."""
WITH_STATE = ("work-orders", "claims")
_MOST = 100


def describe(parser: argparse.ArgumentParser, phrases: Phrases) -> None:
    """The command's own arguments."""
    parser.add_argument("what", choices=tuple(KEYS), metavar=phrases("LIST"), help=phrases("which list"))
    parser.add_argument("--state", metavar=phrases("STATE"), help=phrases("only this state; for orders also: open"))
    parser.add_argument("--find", metavar=phrases("TEXT"), default="", help=phrases("plate, phone, name, pinyin, VIN or number"))
    parser.add_argument("--limit", metavar="N", help=phrases("at most so many rows (100)"))
    parser.add_argument("--format", choices=tables.FORMATS, default=tables.TABLE, help=phrases("table, json or csv"))


def run(call: Call) -> int:
    """Write the list. Refusals: state_unknown, state_not_here, limit_not_understood."""
    from db.engine import reading
    from db.rules.errors import Refusal
    from desktop_app.headless.store import opened

    options = call.options
    limit = _limit(options.limit)
    if options.state is not None and options.what not in WITH_STATE:
        raise Refusal("state_not_here", what=options.what)
    with opened(call) as (store, shop), reading(store.engine) as session:
        rows = _rows(options.what)(session, options.state or "", options.find.strip(), limit + 1)
        zone = ZoneInfo(shop.zone)
    tables.write(rows[:limit], KEYS[options.what], options.format, zone)
    if len(rows) > limit:
        call.complain(call.phrases("There are more than the {count} rows shown; --limit shows more", count=limit))
    return DONE


def _limit(text: str | None) -> int:
    from db.rules.errors import Refusal

    if text is None:
        return _MOST
    if not (text.isascii() and text.isdecimal() and 0 < int(text) < 10**9):
        raise Refusal("limit_not_understood", text=text)
    return int(text)


def _rows(what: str) -> Callable[[Session, str, str, int], list[dict[str, Any]]]:
    from db.queries import listing

    if what == "work-orders":
        return listing.work_orders
    if what == "claims":
        return listing.claims
    if what == "vehicles":
        return lambda session, _state, find, limit: listing.vehicles(session, find, limit)
    return lambda session, _state, find, limit: listing.customers(session, find, limit)
