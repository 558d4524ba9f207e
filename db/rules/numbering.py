"""The numbers that people say aloud: series, shop's day, counter, as in `W261124-007`.

At least so many digits as the series has, more when the day needs them: order by the parsed parts, never by the text.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from db.rules.errors import Refusal

WORK_ORDER = "W"
CLAIM = "C"
SETTLEMENT = "S"
APPOINTMENT = "A"

DIGITS = {WORK_ORDER: 3, CLAIM: 2, SETTLEMENT: 3, APPOINTMENT: 2}
"""The least digits of each series."""

_NUMBER = re.compile(r"(?P<series>[A-Z])(?P<day>\d{6})-?(?P<counter>\d{2,9})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Number:
    """The parts of a number, in the order by which numbers are sorted."""

    series: str
    day: dt.date
    counter: int

    def __str__(self) -> str:
        return format_number(self.series, self.day, self.counter)


def format_number(series: str, day: dt.date, counter: int) -> str:
    """`format_number("W", date(2026, 11, 24), 7)` is `W261124-007`. The day is the shop's, the counter starts at 1."""
    if counter < 1:
        raise ValueError("numbers start at 1")
    return f"{series}{day:%y%m%d}-{counter:0{DIGITS[series]}d}"


def parse_number(text: str) -> Number:
    """The parts of a number as typed or scanned: lower case, full width, and with a shop's code in front (`K7Q2/W261124-007`).

    Refusal number_not_understood (text).
    """
    plain = unicodedata.normalize("NFKC", text).strip().upper().rpartition("/")[2].replace("–", "-").replace("—", "-")
    match = _NUMBER.fullmatch(plain)
    if match is None or match["series"] not in DIGITS or not int(match["counter"]):
        raise Refusal("number_not_understood", text=text)
    try:
        day = dt.date(2000 + int(match["day"][:2]), int(match["day"][2:4]), int(match["day"][4:]))
    except ValueError as error:
        raise Refusal("number_not_understood", text=text) from error
    number = Number(match["series"], day, int(match["counter"]))
    # Zeros in front beyond the series' digits would let one number be written in several ways.
    if len(match["counter"]) != max(DIGITS[number.series], len(str(number.counter))):
        raise Refusal("number_not_understood", text=text)
    return number
