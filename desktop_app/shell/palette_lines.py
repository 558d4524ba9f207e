"""What stands in the search palette: records that were found and acts, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.shell.actions import COMMON

if TYPE_CHECKING:
    from db.queries.search import Found, FoundOrder, FoundPaper
    from desktop_app.room import Verb

MOST_OF_A_GROUP = 6
_CHECK_IN = next(verb for verb in COMMON if verb.key == "check_in")
CARS, PAPERS, ACTS = "Customers and cars", "Documents", "Acts"


@dataclass(frozen=True)
class Hit:
    """A record that was found; `subject` as in `Navigator`."""

    subject: str
    record_id: int
    plate: str = ""
    colour: str = "blue"
    bold: str = ""
    plain: str = ""
    state: str = ""
    aside: str = ""


@dataclass(frozen=True)
class Line:
    """One line of the list: a group's head, a hit or an act."""

    group: str
    head: int = 0
    hit: Hit | None = None
    verb: Verb | None = None
    words: str = ""
    vehicle_id: int = 0
    """With a verb: the car that it is done with."""


class Lines(QAbstractListModel):
    """What stands in the list, as the delegate paints it and a screen reader reads it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def take(self, lines: list[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return read_aloud(self.lines[index.row()])
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        line = self.lines[index.row()]
        return Qt.ItemFlag.NoItemFlags if line.head else Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def read_aloud(line: Line) -> str:
    """A line in words."""
    if line.head:
        return f"{tr(line.group)} {line.head}"
    if line.hit is not None:
        return " ".join(part for part in (line.hit.plate, line.hit.bold, line.hit.plain, line.hit.aside) if part)
    return line.words


def lines_of(found: Found | None, verbs: list[Verb], now: Any) -> list[Line]:
    """The list's lines: what was found, then acts."""
    lines: list[Line] = []
    if found is not None:
        cars = [_vehicle_hit(row, now) for row in found.vehicles[:MOST_OF_A_GROUP]]
        cars += [Hit("customer", key, bold=name, plain=formats_phone(phone)) for key, name, phone in found.customers_without_vehicle[:MOST_OF_A_GROUP]]
        papers = [Hit("order", row.order_id, bold=row.number, plain=row.plate, state=_state_key(row)) for row in found.orders[:MOST_OF_A_GROUP]]
        papers += [_paper_hit(row, now) for row in found.papers[:MOST_OF_A_GROUP]]
        for group, hits in ((CARS, cars), (PAPERS, papers)):
            if hits:
                lines.append(Line(group, head=len(hits)))
                lines += [Line(group, hit=hit) for hit in hits]
    acts = [Line(ACTS, verb=verb, words=tr(verb.text)) for verb in verbs]
    if found is not None and found.vehicles:
        first = found.vehicles[0]
        words = tr("Check in {plate} {name}", plate=first.plate or first.vin, name=first.owner_name)
        acts.insert(0, Line(ACTS, verb=_CHECK_IN, words=words, vehicle_id=first.vehicle_id))
    if acts:
        lines += [Line(ACTS, head=len(acts)), *acts]
    return lines


def _state_key(row: FoundOrder) -> str:
    """The state as `state_word` and the design's tokens name it: waiting by what for."""
    return f"{row.state}_{row.waiting_for}" if row.waiting_for else row.state


def _paper_hit(row: FoundPaper, now: Any) -> Hit:
    aside = f"{tr(row.kind, 'paper number')} · {formats().near_day(row.at, now())}"
    return Hit(*row.shown_as, bold=row.number, plain=row.plate, aside=aside)


def _vehicle_hit(row: Any, now: Any) -> Hit:
    car = " ".join(str(part) for part in (row.maker, row.model) if part)
    aside = tr("last here {day}", day=formats().near_day(row.last_visit_at, now())) if row.last_visit_at else ""
    plain = " · ".join(part for part in (car, formats_phone(row.owner_phone)) if part)
    return Hit("vehicle", row.vehicle_id, row.plate or row.vin, row.plate_colour if row.plate else "none", row.owner_name, plain, aside=aside)


def formats_phone(e164: str) -> str:
    """A phone as it is said."""
    if not e164:
        return ""
    from db.rules.phone import display

    return display(e164)
