"""The history as facts that can be put into words: who did what to which record, what it was and became, references and persons resolved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from db.models import (
    Appointment,
    Attachment,
    Authorisation,
    Base,
    Bay,
    CatalogueEntry,
    Claim,
    Closure,
    Customer,
    CustomerPhone,
    History,
    HistoryPersonal,
    Insurer,
    LabourOperation,
    LabourSession,
    Package,
    Part,
    Payment,
    Recommendation,
    RecommendationDecision,
    Settlement,
    Staff,
    Vehicle,
    VehiclePlate,
    WorkOrder,
    WorkOrderLine,
)
from db.queries.complaints import complaints_by_id

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Iterable, Sequence

    from sqlalchemy.orm import Session

    from db.queries.complaints import ComplaintRow

PAGE = 200
"""History rows that are read at once."""


class Erased(Enum):
    """Stands for a value of a person that was erased; the chain still holds."""

    ERASED = "erased"


ERASED = Erased.ERASED


class Untold(Enum):
    """Stands for a value that the history does not hold: a secret, or bytes; only that there was one."""

    UNTOLD = "untold"


UNTOLD = Untold.UNTOLD


@dataclass(frozen=True, slots=True)
class Named:
    """What a record is called: one name, or one in each language."""

    zh_tw: str
    zh_cn: str
    en: str

    def name(self, language: str) -> str:
        """The name in zh_TW, zh_CN or en."""
        return {"zh_TW": self.zh_tw, "zh_CN": self.zh_cn}.get(language, self.en)


def _one(words: str) -> Named:
    return Named(words, words, words)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that became another: plain values as they are stored (fen, thousandths, ISO times), `Named` for references, several `Named` for
    a list of codes, ERASED or UNTOLD."""

    field: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class HistoryFact:
    """One record that was added, changed or removed."""

    history_id: int
    subject: str
    subject_id: int | None
    change: str
    about: Named | None
    """What the record is called now; None when it has no name of its own."""
    fields: tuple[FieldChange, ...]

    def value(self, field: str) -> object:
        """What a field became, None when it did not change."""
        return next((change.new for change in self.fields if change.field == field), None)

    def before(self, field: str) -> object:
        """What a field was, None when it did not change."""
        return next((change.old for change in self.fields if change.field == field), None)


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """What one request did: by whom, with whose leave, when, at which PC."""

    request_id: str
    last_id: int
    at: dt.datetime
    who: str
    """Empty when nobody was signed in."""
    approved_by: str
    device: str
    verb: str
    facts: tuple[HistoryFact, ...]


def order_history(session: Session, order_id: int, before: int | None = None, limit: int = PAGE) -> list[HistoryEntry]:
    """What was done to an order and what stands on it, newest first; `before` is the last id already read."""
    lines = select(WorkOrderLine.id).where(WorkOrderLine.order_id == order_id)
    settlements = select(Settlement.id).where(Settlement.order_id == order_id)
    aside = {
        "labour_session": select(LabourSession.id).where(LabourSession.line_id.in_(lines)),
        "payment": select(Payment.id).where(Payment.settlement_id.in_(settlements)),
        "attachment": select(Attachment.id).where(Attachment.subject == "work_order", Attachment.subject_id == order_id),
    }
    beside = [(History.subject == subject) & History.subject_id.in_(list(session.execute(ids).scalars())) for subject, ids in aside.items()]
    return _entries(session, or_(History.order_id == order_id, *beside), before, limit)


def subject_history(session: Session, subject: str, subject_id: int, before: int | None = None, limit: int = PAGE) -> list[HistoryEntry]:
    """What was done to one record, newest first; `subject` is its table."""
    return _entries(session, (History.subject == subject) & (History.subject_id == subject_id), before, limit)


def subjects_history(session: Session, subjects: Sequence[tuple[str, Sequence[int]]], before: int | None = None, limit: int = PAGE) -> list[HistoryEntry]:
    """As `subject_history` for several records together: a customer with his phones, a car with its plates."""
    wanted = [(History.subject == subject) & History.subject_id.in_(list(ids)) for subject, ids in subjects if ids]
    return _entries(session, or_(*wanted), before, limit) if wanted else []


def tables_history(session: Session, tables: Sequence[str], before: int | None = None, limit: int = PAGE) -> list[HistoryEntry]:
    """What was done to all records of some small tables, newest first; signing in, which only counts wrong PINs, is left out."""
    return _entries(session, History.subject.in_(list(tables)) & History.verb.not_in(("try_pin", "check_in")), before, limit)


def changes_since(session: Session, order_id: int, seen: int) -> list[HistoryEntry]:
    """What others have done to an order since its history ended at `seen` (see `OrderFile.seen`), newest first."""
    return [
        HistoryEntry(entry.request_id, entry.last_id, entry.at, entry.who, entry.approved_by, entry.device, entry.verb, fresh)
        for entry in order_history(session, order_id)
        if (fresh := tuple(fact for fact in entry.facts if fact.history_id > seen))
    ]


def changes_over(session: Session, order_id: int, request_id: str, own: Collection[str]) -> list[HistoryEntry]:
    """What requests other than `own` have done since to the very records that a request changed, newest first: taking it back would undo theirs too."""
    touched = session.execute(select(History.id, History.subject, History.subject_id).where(History.request_id == request_id)).all()
    if not touched:
        return []
    records = {(row[1], row[2]) for row in touched}
    return [
        entry
        for entry in changes_since(session, order_id, max(row[0] for row in touched))
        if entry.request_id not in own and any((fact.subject, fact.subject_id) in records for fact in entry.facts)
    ]


def _entries(session: Session, wanted: Any, before: int | None, limit: int) -> list[HistoryEntry]:
    query = select(History).where(wanted).order_by(History.id.desc()).limit(limit)
    if before is not None:
        query = query.where(History.id < before)
    rows = session.execute(query).scalars().all()
    if before is None or rows:
        rows = _whole_last(rows, limit)
    reader = _Reader(session, rows)
    entries: list[HistoryEntry] = []
    requests: dict[str, list[History]] = {}
    for row in rows:
        requests.setdefault(row.request_id, []).append(row)
    for request_id, group in requests.items():
        head = group[0]
        entries.append(
            HistoryEntry(
                request_id, group[-1].id, head.at, reader.person(head.staff_id) or head.actor, reader.person(head.approved_by_id), head.device,
                head.verb, tuple(reader.fact(row) for row in reversed(group)),
            )
        )  # fmt: skip
    return entries


def _whole_last(rows: Sequence[History], limit: int) -> Sequence[History]:
    """A full page may cut the last request in two: leave what is cut for the next page, unless it is all there is."""
    if len(rows) < limit:
        return rows
    last = rows[-1].request_id
    kept = [row for row in rows if row.request_id != last]
    return kept or rows


def _names_of(model: type[Base], *columns: str) -> Callable[[Session, Iterable[int]], dict[int, Named]]:
    def read(session: Session, ids: Iterable[int]) -> dict[int, Named]:
        key: Any = model.__table__.c["id"]
        wanted = [model.__table__.c[column] for column in columns]
        rows = session.execute(select(key, *wanted).where(key.in_(list(ids))))
        return {row[0]: _one(str(row[1])) if len(columns) == 1 else Named(row[1], row[2], row[3]) for row in rows}

    return read


_THREE = ("name_zh_tw", "name_zh_cn", "name_en")


def _names_through(model: type[Base], link: str, of: type[Base]) -> Callable[[Session, Iterable[int]], dict[int, Named]]:
    """What has no name of its own goes by that of the row that its column `link` leads to."""

    def read(session: Session, ids: Iterable[int]) -> dict[int, Named]:
        key: Any = model.__table__.c["id"]
        named = of.__table__
        query = select(key, *(named.c[column] for column in _THREE)).join(named, named.c["id"] == model.__table__.c[link])
        return {row[0]: Named(row[1], row[2], row[3]) for row in session.execute(query.where(key.in_(list(ids))))}

    return read


def _through_settlement(session: Session, ids: Iterable[int]) -> dict[int, Named]:
    rows = session.execute(select(Payment.id, Settlement.number).join(Settlement, Settlement.id == Payment.settlement_id).where(Payment.id.in_(list(ids))))
    return {row[0]: _one(row[1]) for row in rows}


def _vehicle_names(session: Session, ids: Iterable[int]) -> dict[int, Named]:
    rows = session.execute(
        select(Vehicle.id, VehiclePlate.plate, Vehicle.vin)
        .outerjoin(VehiclePlate, (VehiclePlate.vehicle_id == Vehicle.id) & VehiclePlate.until.is_(None))
        .where(Vehicle.id.in_(list(ids)))
    )
    return {row[0]: _one(row[1] or row[2] or "") for row in rows}


def _complaint_names(session: Session, ids: Iterable[int]) -> dict[int, Named]:
    """A complaint by its words, one of chips alone by theirs."""

    def names(said: ComplaintRow) -> Named:
        if said.words:
            return _one(said.words)
        return Named("、".join(said.names("zh_TW")), "、".join(said.names("zh_CN")), ", ".join(said.names("en")))

    return {key: names(said) for key, said in complaints_by_id(session, ids).items()}


def _closed_days(session: Session, ids: Iterable[int]) -> dict[int, Named]:
    rows = session.execute(select(Closure.id, Closure.day).where(Closure.id.in_(list(ids))))
    return {row[0]: _one(row[1].isoformat()) for row in rows}


_ABOUT: dict[str, Callable[[Session, Iterable[int]], dict[int, Named]]] = {
    "work_order": _names_of(WorkOrder, "number"),
    "work_order_line": _names_of(WorkOrderLine, *_THREE),
    "complaint": _complaint_names,
    "authorisation": _names_of(Authorisation, "by_name"),
    "labour_session": _names_through(LabourSession, "line_id", WorkOrderLine),
    "recommendation": _names_of(Recommendation, *_THREE),
    "recommendation_decision": _names_through(RecommendationDecision, "recommendation_id", Recommendation),
    "settlement": _names_of(Settlement, "number"),
    "payment": _through_settlement,
    "attachment": _names_of(Attachment, "file_name"),
    "appointment": _names_of(Appointment, "number"),
    "claim": _names_of(Claim, "number"),
    "customer": _names_of(Customer, "name"),
    "customer_phone": _names_of(CustomerPhone, "typed"),
    "vehicle": _vehicle_names,
    "vehicle_plate": _names_of(VehiclePlate, "plate"),
    "staff": _names_of(Staff, "name"),
    "bay": _names_of(Bay, "name"),
    "labour_operation": _names_of(LabourOperation, *_THREE),
    "part": _names_of(Part, *_THREE),
    "package": _names_of(Package, *_THREE),
    "closure": _closed_days,
}

_REFERENCES = {
    "technician_id": "staff", "advisor_id": "staff", "done_by_id": "staff", "staff_id": "staff", "corrected_by_id": "staff", "found_by_id": "staff",
    "bay_id": "bay", "customer_id": "customer", "sender_id": "customer", "vehicle_id": "vehicle", "order_id": "work_order",
    "used_order_id": "work_order", "comeback_of_id": "work_order", "line_id": "work_order_line", "comeback_line_id": "work_order_line",
    "split_from_id": "work_order_line", "complaint_id": "complaint", "recommendation_id": "recommendation", "claim_id": "claim",
    "settlement_id": "settlement", "appointment_id": "appointment",
}  # fmt: skip
"""Fields that point to a record, and its table."""

_CODED = {"cancel_reason": "cancel_reason", "insurer_code": "insurer", "tags": "complaint_chip"}
"""Fields that hold a code of the catalogue, or several, and what it is a code of; what a person typed instead stands for itself."""


def _codes_in(value: object) -> list[str]:
    """The codes in a field that holds one or several."""
    return [code for code in (value if isinstance(value, list) else [value]) if isinstance(code, str)]


def _coded_names(session: Session, codes: dict[str, set[str]]) -> dict[tuple[str, str], Named]:
    """Names by kind and code."""
    found: dict[tuple[str, str], Named] = {}
    for kind, wanted in codes.items():
        model = Insurer if kind == "insurer" else CatalogueEntry
        query = select(model.code, model.name_zh_tw, model.name_zh_cn, model.name_en).where(model.code.in_(wanted))
        if kind != "insurer":
            query = query.where(CatalogueEntry.subject == kind)
        found.update({(kind, code): Named(zh_tw, zh_cn, en) for code, zh_tw, zh_cn, en in session.execute(query)})
    return found


def _is_personal(subject: str, field: str) -> bool:
    table = Base.metadata.tables.get(subject)
    return table is not None and field in table.columns and bool(table.columns[field].info.get("personal"))


class _Reader:
    """Looks up at once what a page of rows refers to."""

    def __init__(self, session: Session, rows: Sequence[History]) -> None:
        wanted: dict[str, set[int]] = {"staff": set()}
        codes: dict[str, set[str]] = {}
        for row in rows:
            wanted["staff"].update(key for key in (row.staff_id, row.approved_by_id) if key is not None)
            if row.subject in _ABOUT and row.subject_id is not None:
                wanted.setdefault(row.subject, set()).add(row.subject_id)
            for name, pair in row.changes.items():
                table = _REFERENCES.get(name)
                if table is not None and isinstance(pair, list):
                    wanted.setdefault(table, set()).update(key for key in pair if isinstance(key, int))
                if name in _CODED and isinstance(pair, list):
                    codes.setdefault(_CODED[name], set()).update(code for side in pair for code in _codes_in(side))
        self._names = {table: _ABOUT[table](session, ids) for table, ids in wanted.items() if ids}
        self._coded = _coded_names(session, codes)
        self._personal: dict[tuple[int, str, str], str] = {}
        ids = [row.id for row in rows]
        if ids:
            for side in session.execute(select(HistoryPersonal).where(HistoryPersonal.history_id.in_(ids))).scalars():
                self._personal[side.history_id, side.field, side.side] = side.value

    def person(self, staff_id: int | None) -> str:
        """The name of a member of staff, empty for nobody."""
        named = self._named("staff", staff_id)
        return named.zh_tw if named is not None else ""

    def fact(self, row: History) -> HistoryFact:
        """The row in facts."""
        fields = tuple(
            FieldChange(name, self._value(row.id, row.subject, name, "old", pair[0]), self._value(row.id, row.subject, name, "new", pair[1]))
            for name, pair in row.changes.items()
            if isinstance(pair, list) and len(pair) == 2
        )
        return HistoryFact(row.id, row.subject, row.subject_id, row.change, self._named(row.subject, row.subject_id), fields)

    def _named(self, table: str, key: int | None) -> Named | None:
        return self._names.get(table, {}).get(key) if key is not None else None

    def _value(self, history_id: int, subject: str, name: str, side: str, value: object) -> object:
        if isinstance(value, dict) and set(value) == {"secret"}:
            return UNTOLD
        if isinstance(value, dict) and set(value) == {"sha256"}:
            # Bytes that are no person's, a logo or a picture, are kept by their hash alone.
            return self._personal.get((history_id, name, side), ERASED if _is_personal(subject, name) else UNTOLD)
        table = _REFERENCES.get(name)
        if table is not None and isinstance(value, int):
            return self._named(table, value) or _one(str(value))
        if name in _CODED and isinstance(value, str):
            return self._coded.get((_CODED[name], value), value)
        if name in _CODED and isinstance(value, list):
            return tuple(self._coded.get((_CODED[name], code), _one(code)) for code in _codes_in(value))
        return value
