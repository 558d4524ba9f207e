"""Rows as a table for the eye, as JSON or as CSV."""

from __future__ import annotations

import csv
import datetime as dt
import json
import sys
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

TABLE, JSON, CSV = "table", "json", "csv"
FORMATS = (TABLE, JSON, CSV)


def write(rows: Sequence[dict[str, Any]], keys: Sequence[str], form: str, zone: dt.tzinfo) -> None:
    """To stdout. Moments are written in the shop's zone: ISO 8601 for scripts, to the minute for the eye."""
    if form == JSON:
        json.dump([{key: _for_scripts(row[key], zone) for key in keys} for row in rows], sys.stdout, ensure_ascii=False, indent=1)
        print()
    elif form == CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(keys)
        writer.writerows([_in_one_cell(_for_scripts(row[key], zone)) for key in keys] for row in rows)
    else:
        _write_table(rows, keys, zone)


def width(words: str) -> int:
    """Columns that the words take on a console: Han characters take two, combining marks none."""
    return sum(0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in words)


def _write_table(rows: Sequence[dict[str, Any]], keys: Sequence[str], zone: dt.tzinfo) -> None:
    shown = [[_for_the_eye(row[key], zone) for key in keys] for row in rows]
    widths = [max([len(key), *(width(line[column]) for line in shown)]) for column, key in enumerate(keys)]
    numbers = [bool(rows) and all(row[key] is None or (isinstance(row[key], int) and not isinstance(row[key], bool)) for row in rows) for key in keys]
    for line in ([*keys], *shown):
        cells = []
        for words, wide, number in zip(line, widths, numbers, strict=True):
            gap = " " * (wide - width(words))
            cells.append(gap + words if number else words + gap)
        print("  ".join(cells).rstrip())


def _for_scripts(value: Any, zone: dt.tzinfo) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(zone).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, dt.date) else value


def _in_one_cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(str(part) for part in value) if isinstance(value, list) else value


def _for_the_eye(value: Any, zone: dt.tzinfo) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return f"{value.astimezone(zone):%Y-%m-%d %H:%M}"
    words = str(_in_one_cell(value))
    # A control character in a name must not move the console's cursor.
    return "".join(character if character.isprintable() else " " for character in words)
