"""Sentences and words of the customers' room that several of its parts say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.rules import phone
from db.rules.record_words import OwnershipRole, VehicleFate
from desktop_app.i18n import current_language, tr
from desktop_app.i18n.formats import formats
from desktop_app.names import joined as joined
from desktop_app.names import person_words as person_words
from desktop_app.names import plate_words as plate_words
from desktop_app.record_words import WORDS, record_word
from desktop_app.widgets.cells import EMPTY, Cell, Number, State, Words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from db.queries.customer_file import PhoneRow
    from db.queries.customers import Count, VehicleListRow
    from db.queries.service_due import DueItem

POWER_TRAINS = (
    ("petrol", "petrol"), ("diesel", "diesel"), ("hybrid", "hybrid"), ("plug_in_hybrid", "plug-in hybrid"), ("battery", "battery electric"),
)  # fmt: skip
"""Key and English phrase, context `power train`."""

STATES: dict[str, tuple[str, str, str]] = {
    "active": ("Kept", "ok", "user-check"),
    "drifting": ("Drifting", "warn", "trending-down"),
    "going": ("Going", "rust", "trending-down"),
    "lost": ("Lost", "bad", "user-x"),
    "sold_on": ("Sold on", "grey", "car"),
    "scrapped": ("Scrapped", "grey", "trash-2"),
    "moved": ("Moved away", "grey", "arrow-right"),
}
"""A vehicle's state to its word (context `vehicle state`), colour family and icon."""

FATES = ((VehicleFate.KEPT, "Still a customer's"), (VehicleFate.SOLD_ON, "Sold on"), (VehicleFate.SCRAPPED, "Scrapped"), (VehicleFate.MOVED, "Moved away"))
"""Context `vehicle state`."""

ROLES: dict[OwnershipRole, str] = {
    OwnershipRole.OWNER: "owner", OwnershipRole.DRIVER: "drives", OwnershipRole.SENDER: "brings it", OwnershipRole.PAYER: "pays",
}  # fmt: skip
"""Context `role of a customer`."""

LANGUAGES = (("zh_TW", "繁體中文"), ("zh_CN", "简体中文"), ("en", "English"))
"""Each language names itself."""

UNITS = {
    "millimetre": "mm", "percent": "%", "volt": "V", "millivolt": "mV", "kilopascal": "kPa", "celsius": "°C", "ohm": "Ω", "milliohm": "mΩ",
    "megohm": "MΩ", "microsiemens": "µS", "degree": "°", "arc_minute": "′",
}  # fmt: skip
"""The catalogue's units as they are written; those that are no unit of measure are left out."""

PLACES = {"fl": "front left", "fr": "front right", "rl": "rear left", "rr": "rear right"}
"""Context `wheel`."""

REASONS = {
    "price": "too expensive", "time": "no time", "elsewhere": "done elsewhere", "doubt": "not convinced", "own_part": "brings own part",
    "sells_soon": "sells the car soon", "never": "never wants it", "later": "next time", "ask_family": "asks the family", "money": "not this month",
    "next_service": "at the next service",
}  # fmt: skip
"""Context `why declined`."""


TIERS = tuple(WORDS["tier"].items())
"""Context `tier`; a shop's own tiers stand for themselves."""


def tier_words(tier: str) -> str:
    """A customer's tier in words."""
    return record_word("tier", tier)


def named(names: tuple[str, str, str]) -> str:
    """The name in the screen's language out of three (zh_TW, zh_CN, en)."""
    return names[("zh_TW", "zh_CN", "en").index(current_language())]


def power_train_words(key: str) -> str:
    """The power train in the screen's language."""
    return tr(dict(POWER_TRAINS)[key], "power train")


def phone_words(row: PhoneRow, region: str = "CN") -> str:
    """A phone as it is read aloud; what can't be read as a number as it was typed."""
    return phone.display(row.e164, region) if row.e164 else row.typed


def e164_words(e164: str, region: str = "CN") -> str:
    """An E.164 number as it is read aloud, or that there is none."""
    return phone.display(e164, region) if e164 else tr("no phone")


def model_words(maker: str, model: str, year: int | None) -> str:
    """Maker, model and model year."""
    named_model = model if model.startswith(maker) else f"{maker} {model}"
    return " ".join(part for part in (named_model.strip(), str(year) if year else "") if part) or tr("Model not known")


def state_words(state: str) -> tuple[str, str, str]:
    """A vehicle's state in words, with its colour family and icon."""
    phrase, sem, icon = STATES[state]
    return tr(phrase, "vehicle state"), sem, icon


def state_cell(row: VehicleListRow) -> Cell:
    """The state as the list shows it."""
    return State(*state_words(row.state))


def due_cell(row: VehicleListRow, today: dt.date) -> Cell:
    """The next due as the list shows it: how far off, and what."""
    if not row.worked_out:
        return EMPTY
    item = row.next
    what = "" if item is None else formats().km(item.due_km) if item.due_km else named(item.names)
    if row.state not in ("active", "drifting", "going", "lost"):
        return Words("–", tone="text3")
    if row.open_order:
        return Words(tr("being done"), what, tone="text2")
    if item is None:
        return Words("–", tone="text3")
    days = (item.due_on - today).days
    words, tone = days_words(days, item.due_on, item.state)
    return Words(words, what, bold=tone != "text", tone=tone)


def days_words(days: int, day: dt.date, state: str) -> tuple[str, str]:
    """How far off something due is, with its tone: days when it is near or past, else its month."""
    if days < 0:
        return tr("{count} days over", count=-days), "bad"
    if state != "later" or days <= 30:
        return (tr("due today") if days == 0 else tr("in {count} days", count=days)), "warn"
    return f"{day:%Y-%m}", "text"


def distance_cell(row: VehicleListRow) -> Cell:
    """Kilometres a day; a star marks the usual figure of a car whose own isn't known yet."""
    if row.metres_per_day is None:
        return Number("")
    return Number(f"{round(row.metres_per_day / 1000):,}{'*' if row.distance_is_usual else ''}", tone="text3" if row.distance_is_usual else "text")


def span_words(since: dt.date | None, until: dt.date | None) -> str:
    """From when until when."""
    if since is None:
        return "" if until is None else tr("until {day}", day=formats().day(until))
    if until is None:
        return tr("since {day}", day=formats().day(since))
    return f"{formats().day(since)} – {formats().day(until)}"


def due_name(item: DueItem) -> str:
    """What is due, in the screen's language."""
    return named((item.name_zh_tw, item.name_zh_cn, item.name_en))


def months_and_days(since: dt.date, today: dt.date) -> tuple[int, int]:
    """Whole months since a day, and the days beyond them."""
    months = (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)
    from db.rules.months import add_months

    return months, (today - add_months(since, months)).days


def absence_words(last_visit: dt.date | None, today: dt.date) -> str:
    """How long a car hasn't been here."""
    if last_visit is None:
        return tr("never here yet")
    months, days = months_and_days(last_visit, today)
    if months <= 0:
        return tr("here today") if days == 0 else tr("not here for {days} days", days=days)
    return tr("not here for {months} months {days} days", months=months, days=days)


def names_list(parts: Sequence[str]) -> str:
    """Words of a list in the screen's manner."""
    return tr(", ", "list").join(parts)


def count_words(count: Count) -> str:
    """A count, or that there are more."""
    return f"{count.number:,}+" if count.more else f"{count.number:,}"


def totals_words(vehicles: Count, people: Count) -> str:
    """What the room says beside its title."""
    return tr("{vehicles} vehicles · {people} customers", vehicles=count_words(vehicles), people=count_words(people))
