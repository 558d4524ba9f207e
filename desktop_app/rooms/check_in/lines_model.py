"""The form's lines as the table shows them: a package as one row, its lines inside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db.rules.order_life import LineKind, Payer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.queries.alerts import Offer
    from db.rules.order_line import LineValues


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One row: `places` are the form's lines behind it, `hours` thousandths, `amount` fen."""

    places: tuple[int, ...]
    kind: str
    """labour, part, consumable, sublet, fee or package."""
    code: str
    names: tuple[str, str, str]
    details: tuple[tuple[str, str, str], ...]
    hours: int
    quantity: int
    unit: str
    amount: int
    payer: Payer
    proposed: bool
    from_last_time: bool

    def name(self, language: str) -> str:
        """Its name in zh_TW, zh_CN or en."""
        return self.names[("zh_TW", "zh_CN", "en").index(language)]

    def detail(self, language: str) -> str:
        """What a package holds, in a few words."""
        place = ("zh_TW", "zh_CN", "en").index(language)
        return ("、" if language != "en" else ", ").join(names[place] for names in self.details)


def shown_lines(lines: Sequence[LineValues]) -> list[ShownLine]:
    """The rows in the form's order."""
    rows: list[ShownLine] = []
    groups: dict[int, list[int]] = {}
    for place, line in enumerate(lines):
        if line.package_group is not None:
            groups.setdefault(line.package_group, []).append(place)
    shown: set[int] = set()
    for place, line in enumerate(lines):
        if line.package_group is None:
            rows.append(_single(place, line))
        elif line.package_group not in shown:
            shown.add(line.package_group)
            rows.append(_package(tuple(groups[line.package_group]), lines))
    return rows


def _single(place: int, line: LineValues) -> ShownLine:
    is_labour = line.kind is LineKind.LABOUR
    return ShownLine(
        (place,), line.kind.value, line.code, (line.name_zh_tw, line.name_zh_cn, line.name_en), (), line.quantity if is_labour else 0,
        1000 if is_labour else line.quantity, "" if is_labour else line.unit, line.amount, line.payer, line.proposed, line.recommendation_id is not None,
    )  # fmt: skip


def _package(places: tuple[int, ...], lines: Sequence[LineValues]) -> ShownLine:
    inside = [lines[place] for place in places]
    first = inside[0]
    return ShownLine(
        places, "package", first.package_code, (first.package_name_zh_tw, first.package_name_zh_cn, first.package_name_en),
        tuple((line.name_zh_tw, line.name_zh_cn, line.name_en) for line in inside),
        sum(line.quantity for line in inside if line.kind is LineKind.LABOUR), 1000, "", sum(line.amount for line in inside), first.payer,
        first.proposed, first.recommendation_id is not None,
    )  # fmt: skip


def carries(line: LineValues, offer: Offer) -> bool:
    """Whether a line is what an alert offers: by what it answers, else by its item."""
    if offer.recommendation_id is not None:
        return line.recommendation_id == offer.recommendation_id
    if offer.campaign_id is not None:
        return line.campaign_id == offer.campaign_id
    return offer.code in (line.code, line.package_code)


def without(lines: Sequence[LineValues], places: Sequence[int]) -> list[LineValues]:
    """The lines less those at `places`."""
    return [line for place, line in enumerate(lines) if place not in places]


def with_payer(lines: Sequence[LineValues], places: Sequence[int], payer: Payer) -> list[LineValues]:
    """The lines with another payer for those at `places`."""
    return [replace(line, payer=payer) if place in places else line for place, line in enumerate(lines)]


def with_consent(lines: Sequence[LineValues], places: Sequence[int], proposed: bool) -> list[LineValues]:
    """The lines with those at `places` agreed to, or only proposed."""
    return [replace(line, proposed=proposed) if place in places else line for place, line in enumerate(lines)]


def with_quantity(lines: Sequence[LineValues], place: int, quantity: int) -> list[LineValues]:
    """The lines with another quantity (thousandths; hours for labour) at one place."""
    changed = lines[place]
    minutes = quantity * 60 // 1000 if changed.kind is LineKind.LABOUR else changed.standard_minutes
    return [replace(line, quantity=quantity, standard_minutes=minutes) if at == place else line for at, line in enumerate(lines)]


def next_group(lines: Sequence[LineValues]) -> int:
    """A number for a package that no line has yet."""
    return max((line.package_group or 0 for line in lines), default=0) + 1
