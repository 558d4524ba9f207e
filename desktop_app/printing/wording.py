"""How a paper says things: phrases in its language, figures, moments in the shop's zone, plates, and the words for kinds and places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.rules.money import format_quantity
from db.rules.plate import REGIONS, display
from desktop_app.car_shapes import ZONE_WORDS
from desktop_app.i18n import Phrases
from desktop_app.i18n.formats import Formats

if TYPE_CHECKING:
    import datetime as dt

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")

_KIND_LETTERS = {"labour": "Labour", "part": "Part", "consumable": "Consumable", "sublet": "Sublet", "fee": "Fee", "package": "Package"}

_VALUES = {
    "payer": {
        "customer": "Customer",
        "warranty": "Warranty",
        "insurer": "Insurer",
        "internal": "Internal",
        "goodwill": "Goodwill",
        "recall": "Recall",
    },
    "order kind": {
        "maintenance": "Maintenance",
        "repair": "Repair",
        "accident": "Accident repair",
        "warranty": "Warranty repair",
        "recall": "Recall",
        "comeback": "Comeback",
        "internal": "Internal",
        "pre_delivery": "Pre-delivery inspection",
    },
    "power train": {
        "petrol": "Petrol",
        "diesel": "Diesel",
        "hybrid": "Hybrid",
        "plug_in_hybrid": "Plug-in hybrid",
        "battery": "Battery electric",
    },
    "part origin": {
        "original": "original part",
        "same_quality": "same-quality part",
        "remanufactured": "remanufactured part",
        "repaired": "repaired part",
        "customer_supplied": "customer-supplied part",
        "aftermarket": "aftermarket part",
    },
    "class of repair": {
        "vehicle_overhaul": "Whole-vehicle repair",
        "assembly_overhaul": "Assembly repair",
        "second_maintenance": "Second-level maintenance",
        "first_maintenance": "First-level maintenance",
        "minor_repair": "Minor repair",
        "special_repair": "Special repair",
        "comeback": "Comeback",
    },
    "road test": {"yes": "yes", "no": "no"},
    "wash": {"yes": "yes", "no": "no"},
    "damage": {"scratch": "scratch", "dent": "dent", "chip": "paint chipped", "crack": "crack", "missing": "missing"},
}


class Wording:
    """The words of one paper: its language and the shop's zone."""

    def __init__(self, language: str, zone: str) -> None:
        self.language = language
        self._phrases = Phrases(language)
        self._formats = Formats(language, zone)

    def __call__(self, text: str, /, **values: object) -> str:
        """A phrase of `resources/i18n/papers.csv` in the paper's language."""
        return self._phrases(text, "paper", **values)

    def value(self, kind: str, word: str) -> str:
        """The word for a fixed value, such as a payer; a word of the shop's own lists stands as it is."""
        known = _VALUES[kind].get(word)
        return word if known is None else self._phrases(known, f"paper {kind}")

    def zone(self, zone: str) -> str:
        """A panel of the car in words."""
        words = ZONE_WORDS.get(zone)
        return zone if words is None else self._phrases(words, "zone")

    def kind_letter(self, kind: str) -> str:
        """The one character that stands for a line's kind: 工 件 料 外 費 套, in English L P C S F K."""
        word = _KIND_LETTERS.get(kind)
        if word is None or self.language == "en":
            return "K" if kind == "package" else (word or kind)[:1].upper()
        return self._phrases(word, "paper line kind")

    def money(self, fen: int) -> str:
        """`1,286.00`."""
        return self._formats.amount(fen)

    def price(self, fen: int) -> str:
        """`¥1,286.00`."""
        return self._formats.money(fen)

    def quantity(self, thousandths: int, unit: str = "") -> str:
        """`4.2 L`, `1 副`, never broken between figure and unit."""
        return f"{format_quantity(thousandths)}\xa0{unit}" if unit else format_quantity(thousandths)

    def hours(self, thousandths: int) -> str:
        """`1.6`; nothing for no hours."""
        return "" if not thousandths else format_quantity(thousandths) if thousandths % 1000 else f"{thousandths // 1000}.0"

    def distance(self, kilometres: int) -> str:
        """`61,284 km`."""
        return self._formats.km(kilometres)

    def moment(self, moment: dt.datetime) -> str:
        """`2026-11-24 14:32` in the shop's zone."""
        return self._formats.moment(moment)

    def day_and_time(self, moment: dt.datetime, beside: dt.datetime) -> str:
        """`11-24 14:32`, with the year where it is not that of `beside`."""
        written = self._formats.moment(moment)
        return written[5:] if written[:5] == self._formats.moment(beside)[:5] else written

    def plate(self, plate: str, region: str = "CN") -> str:
        """`粤B·8K326`, as on the metal."""
        return display(plate, "CN" if region not in REGIONS else region)

    def person(self, name: str, title: str = "") -> str:
        """`陳志強 先生`, `Mr Li Wenjie`."""
        if title not in ("mr", "ms") or not name:
            return name
        word = self._phrases("Mr" if title == "mr" else "Ms", "paper title")
        if self.language == "en":
            return f"{word} {name}"
        return f"{name} {word}"

    def tank(self, fuel_eighths: int | None, charge_percent: int | None) -> str:
        """`油 5/8`, `電 62 %`, or both."""
        parts = []
        if fuel_eighths is not None:
            parts.append(self("fuel {eighths}/8", eighths=fuel_eighths))
        if charge_percent is not None:
            parts.append(self("charge {percent} %", percent=charge_percent))
        return self.joined(parts)

    def joined(self, parts: list[str]) -> str:
        """Things in a row: `a、b、c` in Chinese, `a, b, c` in English."""
        return ("、" if self.language != "en" else ", ").join(part for part in parts if part)

    def quoted(self, words: str) -> str:
        """A person's own words between quotation marks."""
        if self.language == "en":
            return f"“{words}”"
        return f"「{words}」" if self.language == "zh_TW" else f"“{words}”"

    def colon(self) -> str:
        """What stands between a label and its value in running text."""
        return ": " if self.language == "en" else "："

    def bracketed(self, words: str) -> str:
        """Words in brackets, as they follow others in a line."""
        return f" ({words})" if self.language == "en" else f"（{words}）"

    def size(self, millimetres: int) -> str:
        """`12 cm`, `8 mm`."""
        return f"{format_quantity(millimetres * 100)} cm" if millimetres >= 10 else f"{millimetres} mm"

    def is_chinese(self, words: str) -> bool:
        """Whether the words hold Han characters."""
        return _HAN.search(words) is not None
