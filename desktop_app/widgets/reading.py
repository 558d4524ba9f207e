"""What people type for numbers, amounts and times, read leniently: full-width digits, separators, units, words for days."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text can't be read or taken, as an English phrase with its values."""

    phrase: str
    values: dict[str, object] = field(default_factory=dict)


class Unreadable(ValueError):
    """The text is not what the field wants; `fault` says it in words."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.phrase)
        self.fault = fault


NOT_A_NUMBER = Fault("That isn't a number")
NOT_A_DATE = Fault("That isn't a date: 2026-11-24, 11-24 or +30")
NOT_A_TIME = Fault("That isn't a time: 18:10 or 1810")
NOT_A_MOMENT = Fault("That isn't a date and time: 18:10, tomorrow 10:00 or 11-26 10:00")

_UNITS = re.compile(r"(km|公里|里|mm|毫米|yuan|rmb|元|¥|h|小時|小时|%|l|升)+$", re.IGNORECASE)
_DAYS = {
    "前天": -2, "昨天": -1, "yesterday": -1, "今天": 0, "今日": 0, "today": 0, "明天": 1, "明日": 1, "tomorrow": 1, "後天": 2, "后天": 2,
}  # fmt: skip
_WEEKDAYS = {name: index for index, names in enumerate(("一mon", "二tue", "三wed", "四thu", "五fri", "六sat", "日sun")) for name in (names[0], names[1:])}
_WEEKDAY = re.compile(r"^(?:週|周|星期|礼拜|禮拜)?([一二三四五六日天]|mon|tue|wed|thu|fri|sat|sun)[a-z]*$")


def plain(text: str) -> str:
    """Half width, no surrounding space."""
    return unicodedata.normalize("NFKC", text).strip()


def read_number(text: str, decimals: int = 0) -> int | None:
    """The number in whole parts of 10^-decimals ("1.2" with three decimals is 1200); None for nothing; raises `Unreadable`."""
    bare = re.sub(r"[\s,_']", "", plain(text)).lstrip("¥￥")
    bare = _UNITS.sub("", bare).replace("−", "-").replace("–", "-")
    if not bare:
        return None
    match = re.fullmatch(r"([+-]?)(\d*)(?:\.(\d*))?", bare, re.ASCII)
    if match is None or not (match[2] or match[3]):
        raise Unreadable(NOT_A_NUMBER)
    rest = (match[3] or "").rstrip("0")
    if len(rest) > decimals:
        raise Unreadable(NOT_A_NUMBER if decimals == 0 else Fault("At most {count} decimals", {"count": decimals}))
    value = int((match[2] or "0") + rest.ljust(decimals, "0"))
    return -value if match[1] == "-" else value


def read_time(text: str) -> dt.time | None:
    """18:10, 1810, 830, 8 or 8.30; None for nothing; raises `Unreadable`."""
    bare = plain(text).replace("時", ":").replace("时", ":").replace("點", ":").replace("点", ":").replace("分", "").replace(".", ":").rstrip(":")
    if not bare:
        return None
    match = re.fullmatch(r"(\d{1,2}):(\d{1,2})", bare) or re.fullmatch(r"(\d{1,2})(\d{2})", bare) or re.fullmatch(r"(\d{1,2})()", bare)
    try:
        if match is None:
            raise ValueError
        return dt.time(int(match[1]), int(match[2] or 0))
    except ValueError:
        raise Unreadable(NOT_A_TIME) from None


def read_date(text: str, today: dt.date) -> dt.date | None:
    """2026-11-24, 11-24, 1124, 20261124, +30 (days), a weekday (the next one) or a word; None for nothing; raises `Unreadable`.

    A day without year is the nearest: this year's unless that lies over half a year back or ahead.
    """
    bare = re.sub(r"[年月./]", "-", plain(text).lower()).rstrip("日號号").strip() if not _WEEKDAY.match(plain(text).lower()) else plain(text).lower()
    if not bare:
        return None
    try:
        return _read_date(bare, plain(text).lower(), today)
    except (ValueError, OverflowError):
        raise Unreadable(NOT_A_DATE) from None


def _read_date(bare: str, words: str, today: dt.date) -> dt.date:
    if words in _DAYS:
        return today + dt.timedelta(days=_DAYS[words])
    weekday = _WEEKDAY.match(words)
    if weekday:
        wanted = 6 if weekday[1] == "天" else _WEEKDAYS[weekday[1]]
        return today + dt.timedelta(days=(wanted - today.weekday()) % 7)
    if match := re.fullmatch(r"([+-])(\d{1,5})", bare):
        return today + dt.timedelta(days=int(match[1] + match[2]))
    if match := re.fullmatch(r"(\d{4})-?(\d{1,2})-?(\d{1,2})", bare) if "-" in bare else re.fullmatch(r"(\d{4})(\d{2})(\d{2})", bare):
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{1,2})-(\d{1,2})", bare) or re.fullmatch(r"(\d{1,2})(\d{2})", bare):
        return _nearest_year(int(match[1]), int(match[2]), today)
    raise ValueError(bare)


def _nearest_year(month: int, day: int, today: dt.date) -> dt.date:
    found = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            found.append(dt.date(year, month, day))
        except ValueError:
            continue
    if not found:
        raise ValueError(month)
    return min(found, key=lambda date: abs(date - today))


def read_moment(text: str, now: dt.datetime) -> dt.datetime | None:
    """A date and a time, or a time alone (today's, or tomorrow's once it has passed); local to `now`; None for nothing; raises `Unreadable`.

    `now` is aware, in the zone that the text is meant in, and so is the answer. "+90" and "+1.5h" count from now.
    """
    bare = plain(text).lower()
    if not bare:
        return None
    if match := re.fullmatch(r"\+(\d+(?:\.\d)?)\s*(h|小時|小时|min|分|分鐘|分钟)?", bare):
        hours = match[2] is not None and match[2][0] in "h小"
        return (now + dt.timedelta(minutes=float(match[1]) * (60 if hours else 1))).replace(second=0, microsecond=0)
    try:
        time = read_time(bare)
    except Unreadable:
        return _read_day_and_time(bare, now)
    assert time is not None
    moment = now.replace(hour=time.hour, minute=time.minute, second=0, microsecond=0)
    return moment if moment >= now.replace(second=0, microsecond=0) else moment + dt.timedelta(days=1)


def _read_day_and_time(bare: str, now: dt.datetime) -> dt.datetime:
    words = next((word for word in sorted(_DAYS, key=len, reverse=True) if bare.startswith(word)), None)
    day_text, time_text = (words, bare[len(words) :]) if words else ([*bare.rsplit(None, 1), ""])[:2]
    try:
        day, time = read_date(day_text, now.date()), read_time(time_text)
    except Unreadable:
        raise Unreadable(NOT_A_MOMENT) from None
    if day is None or time is None:
        raise Unreadable(NOT_A_MOMENT)
    return now.replace(year=day.year, month=day.month, day=day.day, hour=time.hour, minute=time.minute, second=0, microsecond=0)
