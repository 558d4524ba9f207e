"""One work order with everything that stands on it, as its window and its papers show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from db.models import (
    Attachment,
    Authorisation,
    Bay,
    Claim,
    Contact,
    Customer,
    DamageMark,
    History,
    LabourSession,
    OrderBelonging,
    Promise,
    Settlement,
    Staff,
    Vehicle,
    WorkOrder,
    WorkOrderLine,
)
from db.queries.complaints import ComplaintRow, complaints_of
from db.queries.keeping_up import ContactRow, contact_row
from db.queries.order_facts import checks_passed, order_facts, standing_of
from db.queries.search import first_phones
from db.queries.shop import the_shop
from db.rules import authorisation, order_life
from db.rules.errors import Refusal
from db.rules.order_life import Consent, LineKind
from db.rules.record_words import CheckLevel, SettlementState
from db.rules.rights import who_may

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from db.rules.authorisation import PayerTotal
    from db.rules.order_life import OrderFacts, OrderState, Payer, WaitingFor, WorkState

ASKED = frozenset(("technician", "bay", "waiting_for", "final_check", "shares_settled", "taken_by", "reason"))
"""Needs of a move that the person who makes it is asked for, so they are nothing that is missing."""


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line as it stands. Money in fen, quantity in thousandths, rates in basis points."""

    line_id: int
    version: int
    complaint_id: int | None
    position: int
    kind: LineKind
    code: str
    names: tuple[str, str, str]
    """zh_TW, zh_CN, en."""
    package_group: int | None
    package_names: tuple[str, str, str]
    quantity: int
    unit: str
    standard_minutes: int
    unit_price: int
    discount_basis_points: int
    adjustment: int
    amount: int
    tax_basis_points: int
    payer: Payer
    consent: Consent
    authorised_how: str
    authorised_at: dt.datetime | None
    authorised_by: str
    work_state: WorkState
    done_at: dt.datetime | None
    done_by: str
    technician_id: int | None
    technician: str
    expected_at: dt.datetime | None
    recommendation_id: int | None
    split_from_id: int | None
    withdrawn_reason: str | None
    running: tuple[tuple[str, dt.datetime], ...]
    """Who is clocked on, and since when."""

    @property
    def stands(self) -> bool:
        """Whether it is on the order: proposed or authorised, not taken away."""
        return self.consent in (Consent.PROPOSED, Consent.AUTHORISED)

    def name(self, language: str) -> str:
        """Its name in zh_TW, zh_CN or en."""
        return self.names[{"zh_TW": 0, "zh_CN": 1}.get(language, 2)]

    def package_name(self, language: str) -> str:
        """Its package's name in zh_TW, zh_CN or en; empty for a line of its own."""
        return self.package_names[{"zh_TW": 0, "zh_CN": 1}.get(language, 2)]


@dataclass(frozen=True, slots=True)
class AuthorisationRow:
    """A yes: how, by whom, up to what total in fen."""

    authorisation_id: int
    how: str
    by_name: str
    agreed_total: int
    authorised_at: dt.datetime
    taken_by: str
    note: str


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A picture or scan of the order or of a damage on its drawing."""

    attachment_id: int
    sha256: str
    kind: str
    media_type: str
    file_name: str
    size: int
    added_at: dt.datetime
    of_damage: bool


@dataclass(frozen=True, slots=True)
class MoveOffer:
    """A move out of the order's state: what it asks the person for, and what is missing before it can be made at all."""

    name: str
    to_state: OrderState
    right: str
    roles: tuple[str, ...]
    asks: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrderFile:
    """Everything of one order."""

    order_id: int
    number: str
    version: int
    seen: int
    """The last entry of the order's history: what comes after it is news."""
    state: OrderState
    waiting_for: WaitingFor | None
    waiting_until: dt.datetime | None
    waiting_since: dt.datetime | None
    washed: bool
    """Washed, or no wash wanted."""
    washed_at: dt.datetime | None
    wash_wanted: bool
    kind: str
    plate: str
    plate_colour: str
    vehicle_id: int
    vin: str
    maker: str
    model: str
    model_year: int | None
    power_train: str
    customer_id: int | None
    customer_name: str
    customer_title: str
    customer_language: str
    is_account: bool
    sender_name: str
    phone: str
    odometer_km: int
    fuel_eighths: int | None
    charge_percent: int | None
    keep_old_parts: bool
    customer_waits: bool
    advisor: str
    technician_id: int | None
    technician: str
    bay_id: int | None
    bay: str
    checked_in_at: dt.datetime
    dispatched_at: dt.datetime | None
    started_at: dt.datetime | None
    checked_at: dt.datetime | None
    ready_at: dt.datetime | None
    settled_at: dt.datetime | None
    delivered_at: dt.datetime | None
    delivered_to: str
    cancelled_at: dt.datetime | None
    cancel_reason: str | None
    promised_at: dt.datetime
    first_promised_at: dt.datetime
    rework_count: int
    comeback_number: str
    claim_id: int | None
    claim_number: str
    note: str
    agreed_total: int
    rise: int
    """Fen by which the authorised lines lie above what the customer agreed to."""
    complaints: tuple[ComplaintRow, ...]
    lines: tuple[LineRow, ...]
    totals: tuple[PayerTotal, ...]
    authorisations: tuple[AuthorisationRow, ...]
    contacts: tuple[ContactRow, ...]
    promises: tuple[tuple[int, str, dt.date | None], ...]
    """Open ones: id, words, until when."""
    attachments: tuple[AttachmentRow, ...]
    belongings: tuple[tuple[str, str, int], ...]
    """Code, words, how many."""
    settlements: tuple[tuple[str, Payer, int, str], ...]
    """Number, payer, total, state."""
    checks: frozenset[CheckLevel]
    moves: tuple[MoveOffer, ...]

    @property
    def state_key(self) -> str:
        """The key of the word under which the state is shown."""
        return state_key(self.state, self.waiting_for, self.washed)

    @property
    def amount(self) -> int:
        """What all lines that stand come to, in fen."""
        return sum(line.amount for line in self.lines if line.stands)

    @property
    def hours(self) -> int:
        """Thousandths of an hour of all labour that stands."""
        return sum(line.quantity for line in self.lines if line.stands and line.kind is LineKind.LABOUR)

    @property
    def fixed(self) -> bool:
        """Whether it takes no more changes."""
        return self.state in (order_life.OrderState.SETTLED, order_life.OrderState.DELIVERED, order_life.OrderState.CANCELLED)


def state_key(state: OrderState, waiting_for: WaitingFor | None, washed: bool) -> str:
    """`waiting_parts`, `washing`, `ready` …: the key under which a state has its word, icon and colour."""
    if waiting_for is not None:
        return f"waiting_{waiting_for.value}"
    if state is order_life.OrderState.READY and not washed:
        return "washing"
    return state.value


def offers(state: OrderState, facts: OrderFacts) -> tuple[MoveOffer, ...]:
    """The legal moves out of a state, in the order of an order's life, each with what it asks for and what is missing."""
    found = []
    for move in order_life.legal_moves(state):
        missing = tuple(need for need in order_life.missing_for(move, facts) if need not in ASKED)
        asks = tuple(need for need in move.needs if need in ASKED)
        roles = tuple(role.value for role in who_may(move.right))
        found.append(MoveOffer(move.name, move.to_state, move.right.value, roles, asks, missing))
    return tuple(found)


def last_entry(session: Session, order_id: int) -> int:
    """The id of the order's last history row, 0 for none."""
    return session.execute(select(func.max(History.id)).where(History.order_id == order_id)).scalar() or 0


def order_file(session: Session, order_id: int, viewer_id: int | None = None) -> OrderFile:
    """The order; `viewer_id` is who would make the final check. Refusal order_unknown."""
    order = session.get(WorkOrder, order_id)
    if order is None:
        raise Refusal("order_unknown")
    vehicle = session.get_one(Vehicle, order.vehicle_id)
    customer = session.get(Customer, order.customer_id) if order.customer_id is not None else None
    phone = order.contact_phone or (first_phones(session, [customer.id]).get(customer.id, "") if customer is not None else "")
    people = {row[0]: row[1] for row in session.execute(select(Staff.id, Staff.name))}
    rows = session.execute(
        select(WorkOrderLine).where(WorkOrderLine.order_id == order_id).order_by(WorkOrderLine.position, WorkOrderLine.id)
    ).scalars().all()  # fmt: skip
    said = {
        row.id: row
        for row in session.execute(select(Authorisation).where(Authorisation.order_id == order_id).order_by(Authorisation.id)).scalars()
    }  # fmt: skip
    running: dict[int, list[tuple[str, dt.datetime]]] = {}
    for line_id, staff_id, since in session.execute(
        select(LabourSession.line_id, LabourSession.technician_id, LabourSession.started_at)
        .join(WorkOrderLine, WorkOrderLine.id == LabourSession.line_id)
        .where(WorkOrderLine.order_id == order_id, LabourSession.ended_at.is_(None))
    ):
        running.setdefault(line_id, []).append((people[staff_id], since))
    standings = [standing_of(row) for row in rows]
    settings = the_shop(session).settings
    facts = order_facts(session, order, viewer_id)
    return OrderFile(
        order_id=order.id, number=order.number, version=order.version, seen=last_entry(session, order_id), state=order.state,
        waiting_for=order.waiting_for, waiting_until=order.waiting_until, waiting_since=order.waiting_since,
        washed=order.washed_at is not None or not order.wash_wanted, washed_at=order.washed_at, wash_wanted=order.wash_wanted, kind=order.kind.value,
        plate=order.plate, plate_colour=order.plate_colour, vehicle_id=vehicle.id, vin=vehicle.vin, maker=vehicle.maker, model=vehicle.model,
        model_year=vehicle.model_year, power_train=vehicle.power_train.value, customer_id=order.customer_id,
        customer_name=customer.name if customer is not None else order.sender_name, customer_title=customer.title if customer is not None else "",
        customer_language=customer.language.value if customer is not None else "", is_account=customer is not None and customer.is_account,
        sender_name=order.sender_name, phone=phone, odometer_km=order.odometer_km, fuel_eighths=order.fuel_eighths, charge_percent=order.charge_percent,
        keep_old_parts=order.keep_old_parts, customer_waits=order.customer_waits, advisor=people.get(order.advisor_id or 0, ""),
        technician_id=order.technician_id, technician=people.get(order.technician_id or 0, ""), bay_id=order.bay_id,
        bay=session.execute(select(Bay.name).where(Bay.id == order.bay_id)).scalar() or "", checked_in_at=order.checked_in_at,
        dispatched_at=order.dispatched_at, started_at=order.started_at, checked_at=order.checked_at, ready_at=order.ready_at,
        settled_at=order.settled_at, delivered_at=order.delivered_at, delivered_to=order.delivered_to, cancelled_at=order.cancelled_at,
        cancel_reason=order.cancel_reason, promised_at=order.promised_at, first_promised_at=order.first_promised_at,
        rework_count=order.rework_count,
        comeback_number=session.execute(select(WorkOrder.number).where(WorkOrder.id == order.comeback_of_id)).scalar() or "",
        claim_id=order.claim_id, claim_number=session.execute(select(Claim.number).where(Claim.id == order.claim_id)).scalar() or "",
        note=order.note, agreed_total=order.agreed_total,
        rise=authorisation.rise(order.agreed_total, standings, settings.authorisation_tolerance_fen),
        complaints=tuple(complaints_of(session, (order_id,))),
        lines=tuple(_line(row, said, people, tuple(running.get(row.id, ()))) for row in rows),
        totals=authorisation.totals_by_payer(standings),
        authorisations=tuple(
            AuthorisationRow(
                row.id, row.how.value, row.by_name, row.agreed_total, row.authorised_at, people.get(row.staff_id or 0, ""), row.note
            )
            for row in said.values()
        ),
        contacts=_contacts(session, order_id, people), promises=_promises(session, order_id), attachments=_attachments(session, order_id),
        belongings=tuple(
            (row[0], row[1], row[2])
            for row in session.execute(
                select(OrderBelonging.code, OrderBelonging.words, OrderBelonging.quantity)
                .where(OrderBelonging.order_id == order_id)
                .order_by(OrderBelonging.id)
            )
        ),
        settlements=tuple(
            (row.number, row.payer, row.total, row.state.value)
            for row in session.execute(
                select(Settlement)
                .where(Settlement.order_id == order_id, Settlement.state != SettlementState.CANCELLED)
                .order_by(Settlement.id)
            ).scalars()
        ),
        checks=checks_passed(session, order_id), moves=offers(order.state, facts),
    )  # fmt: skip


def _line(row: WorkOrderLine, said: dict[int, Authorisation], people: dict[int, str], running: tuple[tuple[str, dt.datetime], ...]) -> LineRow:
    yes = said.get(row.authorisation_id or 0)
    return LineRow(
        line_id=row.id, version=row.version, complaint_id=row.complaint_id, position=row.position, kind=row.kind, code=row.code,
        names=(row.name_zh_tw, row.name_zh_cn, row.name_en), package_group=row.package_group,
        package_names=(row.package_name_zh_tw, row.package_name_zh_cn, row.package_name_en), quantity=row.quantity, unit=row.unit,
        standard_minutes=row.standard_minutes, unit_price=row.unit_price, discount_basis_points=row.discount_basis_points,
        adjustment=row.adjustment, amount=row.amount, tax_basis_points=row.tax_basis_points, payer=row.payer, consent=row.consent,
        authorised_how=yes.how.value if yes is not None else "", authorised_at=yes.authorised_at if yes is not None else None,
        authorised_by=yes.by_name if yes is not None else "", work_state=row.work_state, done_at=row.done_at,
        done_by=people.get(row.done_by_id or 0, ""), technician_id=row.technician_id, technician=people.get(row.technician_id or 0, ""),
        expected_at=row.expected_at, recommendation_id=row.recommendation_id, split_from_id=row.split_from_id,
        withdrawn_reason=row.withdrawn_reason, running=running,
    )  # fmt: skip


def _contacts(session: Session, order_id: int, people: dict[int, str]) -> tuple[ContactRow, ...]:
    rows = session.execute(select(Contact).where(Contact.order_id == order_id).order_by(Contact.id.desc())).scalars()
    return tuple(contact_row(row, people) for row in rows)


def _promises(session: Session, order_id: int) -> tuple[tuple[int, str, dt.date | None], ...]:
    query = select(Promise.id, Promise.words, Promise.until_on).where(Promise.order_id == order_id, Promise.closed_at.is_(None))
    return tuple((row[0], row[1], row[2]) for row in session.execute(query.order_by(Promise.id)))


def _attachments(session: Session, order_id: int) -> tuple[AttachmentRow, ...]:
    marks = select(DamageMark.id).where(DamageMark.order_id == order_id)
    rows = session.execute(
        select(Attachment)
        .where(
            ((Attachment.subject == "work_order") & (Attachment.subject_id == order_id))
            | ((Attachment.subject == "damage_mark") & Attachment.subject_id.in_(marks))
        )
        .order_by(Attachment.id)
    ).scalars()
    return tuple(
        AttachmentRow(row.id, row.sha256, row.kind, row.media_type, row.file_name, row.size, row.added_at, row.subject == "damage_mark") for row in rows
    )
