"""How amounts, distances, times and spans are written, in the shop's zone and one language; without Qt, for windows and papers."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from desktop_app.i18n.phrases import current_language, phrases

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Formats:
    """Writes values in one language and one zone. All times in are aware; fen, thousandths and basis points are whole numbers."""

    def __init__(self, language: str, zone: str = "Asia/Shanghai") -> None:
        self.language = language
        self.zone = ZoneInfo(zone)
        self._say = phrases(language)

    def money(self, fen: int) -> str:
        """¥1,286.00; a negative amount as −¥12.00."""
        return f"{'−' if fen < 0 else ''}¥{amount(abs(fen))}"

    def money_short(self, fen: int) -> str:
        """¥1,286 where there are no fen, else ¥1,286.50: for the customer's screen."""
        return self.money(fen).removesuffix(".00")

    def amount(self, fen: int) -> str:
        """1,286.00: for table cells, where the column says what it is."""
        return f"{'−' if fen < 0 else ''}{amount(abs(fen))}"

    def number(self, value: int) -> str:
        """61,284"""
        return f"{value:,}"

    def km(self, value: int) -> str:
        """61,284 km"""
        return f"{value:,} km"

    def quantity(self, thousandths: int) -> str:
        """1.2, 4, 0.125: no more decimals than there are."""
        return decimal(thousandths, 1000)

    def hours(self, thousandths: int) -> str:
        """1.6 h"""
        return f"{decimal(thousandths, 1000)} h"

    def percent(self, basis_points: int) -> str:
        """12.5 %"""
        return f"{decimal(basis_points, 100)} %"

    def duration(self, minutes: int) -> str:
        """38 min under an hour, else 3 h 40; a negative span with its sign."""
        sign, minutes = ("−", -minutes) if minutes < 0 else ("", minutes)
        if minutes < 60:
            return sign + self._say("{count} min", "duration", count=minutes)
        hours, rest = divmod(minutes, 60)
        return f"{sign}{hours} h {rest:02d}" if rest else f"{sign}{hours} h"

    def local(self, moment: dt.datetime) -> dt.datetime:
        """The moment on the shop's clock."""
        return moment.astimezone(self.zone)

    def day(self, day: dt.date | dt.datetime) -> str:
        """2026-11-24"""
        return self._day(day).isoformat()

    def time(self, moment: dt.datetime) -> str:
        """14:32"""
        return f"{self.local(moment):%H:%M}"

    def clock(self, moment: dt.datetime) -> str:
        """14:32:08"""
        return f"{self.local(moment):%H:%M:%S}"

    def moment(self, moment: dt.datetime) -> str:
        """2026-11-24 14:32"""
        return f"{self.local(moment):%Y-%m-%d %H:%M}"

    def weekday(self, day: dt.date | dt.datetime) -> str:
        """週二"""
        return self.day_of_week(self._day(day).weekday())

    def day_of_week(self, place: int) -> str:
        """週二, of a day counted from Monday, which is 0."""
        return self._say(_WEEKDAYS[place], "weekday")

    def near_day(self, day: dt.date | dt.datetime, today: dt.date | dt.datetime) -> str:
        """Yesterday, today and tomorrow by their words, any other day as 2026-11-24."""
        distance = (self._day(day) - self._day(today)).days
        words = {-1: "Yesterday", 0: "Today", 1: "Tomorrow"}.get(distance)
        return self._say(words) if words else self.day(day)

    def near(self, moment: dt.datetime, now: dt.datetime) -> str:
        """今天 14:32, 明天 10:00, else 2026-11-26 10:00."""
        return f"{self.near_day(moment, now)} {self.time(moment)}"

    def days_away(self, day: dt.date | dt.datetime, today: dt.date | dt.datetime) -> int:
        """Whole days from today to the day, negative when it has passed."""
        return (self._day(day) - self._day(today)).days

    def _day(self, day: dt.date | dt.datetime) -> dt.date:
        return self.local(day).date() if isinstance(day, dt.datetime) else day


def amount(fen: int) -> str:
    """1,286.00"""
    yuan, rest = divmod(fen, 100)
    return f"{yuan:,}.{rest:02d}"


def decimal(value: int, scale: int) -> str:
    """A whole number of parts (`scale` to the unit, a power of ten) as a decimal without needless zeros: 1200, 1000 → 1.2."""
    sign = "−" if value < 0 else ""
    whole, rest = divmod(abs(value), scale)
    decimals = str(rest).zfill(len(str(scale)) - 1).rstrip("0")
    return f"{sign}{whole:,}.{decimals}" if decimals else f"{sign}{whole:,}"


_zone = "Asia/Shanghai"
_by_language: dict[tuple[str, str], Formats] = {}


def set_zone(zone: str) -> None:
    """The shop's zone, once it is known; `formats()` writes in it from then on."""
    global _zone
    ZoneInfo(zone)
    _zone = zone


def formats(language: str = "") -> Formats:
    """The `Formats` of a language (of the screen's, when none is given) in the shop's zone."""
    key = (language or current_language(), _zone)
    if key not in _by_language:
        _by_language[key] = Formats(*key)
    return _by_language[key]
