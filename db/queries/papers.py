"""What a paper says, read from the store: the shop as its papers name it, and one order in one language."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from db.models import (
    Attachment,
    AttachmentBytes,
    Authorisation,
    Bay,
    CatalogueEntry,
    Customer,
    CustomerPhone,
    DamageMark,
    OrderBelonging,
    PaperPrint,
    Staff,
    Vehicle,
    VehiclePlate,
    WorkOrder,
    WorkOrderLine,
)
from db.queries.complaints import complaints_of
from db.queries.order_facts import standing_of
from db.queries.paper_content import (
    LEAST_GUARANTEES,
    Belonging,
    ComplaintOnPaper,
    DamageMarkOnPaper,
    Guarantee,
    Letterhead,
    OrderOnPaper,
    PaperLine,
    PayerTotal,
    PersonOnPaper,
    VehicleOnPaper,
)
from db.queries.shop import ShopRow, the_shop
from db.rules.authorisation import totals_by_payer
from db.rules.errors import Refusal
from db.rules.order_life import Consent, LineKind, OrderState, Payer
from db.rules.phone import display, masked, recognise
from db.rules.record_words import SignedHow

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from db.rules import authorisation

_MEANT_TO_BE_DONE = (Consent.PROPOSED, Consent.AUTHORISED)
_DAMAGE_WITH_A_PHRASE = ("scratch", "dent", "chip", "crack", "missing")


@dataclass(frozen=True, slots=True)
class Printing:
    """The print that is being made: when and by whom, which paper, and its copy number when that is given already."""

    paper: str
    at: dt.datetime
    by: str = ""
    copy_number: int | None = None
    language: str | None = None
    """The customer's language when None."""


def letterhead(session: Session) -> Letterhead:
    """The shop's head for papers, with the guarantee that its catalogue gives each class of work. LookupError in an empty store."""
    shop = the_shop(session)
    entries = session.execute(
        select(CatalogueEntry.code, CatalogueEntry.details)
        .where(CatalogueEntry.subject == "work_class", CatalogueEntry.retired.is_(False))
        .order_by(CatalogueEntry.position)
    ).all()
    guarantees = tuple(Guarantee(code, details["guarantee_km"], details["guarantee_days"]) for code, details in entries)
    return Letterhead(
        shop_name=shop.name, shop_code=shop.code, address=shop.address, phone=shop.phone, complaint_phone=shop.complaint_phone,
        licence_class=shop.licence_class, zone=shop.zone, logo=shop.logo, guarantees=guarantees or LEAST_GUARANTEES,
    )  # fmt: skip


def copies_printed(session: Session, order_id: int, paper: str) -> int:
    """How often this paper of the order was printed."""
    return session.execute(select(func.count()).select_from(PaperPrint).where(PaperPrint.order_id == order_id, PaperPrint.paper == paper)).scalar_one()


def order_on_paper(session: Session, number: str, printing: Printing) -> OrderOnPaper:
    """One order as a paper says it, in the language asked for, else the customer's, else the shop's. Refusal order_unknown (number)."""
    order = session.execute(select(WorkOrder).where(WorkOrder.number == number)).scalar_one_or_none()
    if order is None:
        raise Refusal("order_unknown", number=number)
    shop = the_shop(session)
    customer = session.get(Customer, order.customer_id) if order.customer_id is not None else None
    language = printing.language or (customer.language.value if customer is not None else shop.language)
    names = _Names(session, language)
    complaints = complaints_of(session, (order.id,))
    lines = _lines(session, order.id)
    totals = totals_by_payer(standing_of(line) for line in lines)
    staff = _staff_names(session, [order.advisor_id, order.technician_id, *(line.technician_id for line in lines)])
    copies = copies_printed(session, order.id, printing.paper) if printing.copy_number is None else printing.copy_number - 1
    theirs, bringer = _people(session, order, customer, shop)
    return OrderOnPaper(
        number=order.number,
        customer=theirs,
        bringer=bringer,
        vehicle=_vehicle(session, order, shop),
        checked_in_at=order.checked_in_at,
        promised_at=order.promised_at,
        odometer_km=order.odometer_km,
        printed_at=printing.at,
        printed_by=printing.by,
        language=language,
        kind=order.kind.value,
        complaints=tuple(ComplaintOnPaper(said.words, said.names(language)) for said in complaints),
        lines=_paper_lines(lines, {said.complaint_id: place for place, said in enumerate(complaints)}, staff, names),
        totals=_totals(totals),
        not_agreed=sum(total.proposed for total in totals if total.payer is Payer.CUSTOMER),
        agreed_total=order.agreed_total,
        fuel_eighths=order.fuel_eighths,
        charge_percent=order.charge_percent,
        marks=_marks(session, order.id, names),
        belongings=_belongings(session, order.id, names),
        keys_count=order.keys_count,
        key_tag=order.key_tag,
        warning_lamps=order.warning_lamps,
        keep_old_parts=order.keep_old_parts,
        wash_wanted=order.wash_wanted,
        customer_waits=order.customer_waits,
        signature=_signature(session, order),
        signed_at=_signed_at(session, order),
        advisor=staff.get(order.advisor_id, ""),
        bay=_bay_name(session, order.bay_id),
        technician=staff.get(order.technician_id, ""),
        note=order.note,
        is_void=order.state is OrderState.CANCELLED,
        reprint=copies,
    )


class _Names:
    """Names of the catalogue's entries in one language."""

    def __init__(self, session: Session, language: str) -> None:
        self._session = session
        self._language = language.lower()

    def of(self, row: object, prefix: str = "name") -> str:
        """The row's name in this language."""
        return str(getattr(row, f"{prefix}_{self._language}"))

    def entries(self, subject: str, codes: Iterable[str]) -> dict[str, str]:
        """Name by code for entries of a plain list; codes that it does not have are left out."""
        wanted = {code for code in codes if code}
        if not wanted:
            return {}
        query = select(CatalogueEntry).where(CatalogueEntry.subject == subject, CatalogueEntry.code.in_(wanted))
        return {row.code: self.of(row) for row in self._session.execute(query).scalars()}


def _staff_names(session: Session, ids: Sequence[int | None]) -> dict[int | None, str]:
    wanted = {each for each in ids if each is not None}
    return {row[0]: row[1] for row in session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(wanted)))} if wanted else {}


def _bay_name(session: Session, bay_id: int | None) -> str:
    return "" if bay_id is None else session.get_one(Bay, bay_id).name


def _phone(stored: str, shop: ShopRow) -> tuple[str, str]:
    """A phone as people write it and with its middle hidden; what is no number stands as it was typed."""
    e164 = stored if stored.startswith("+") else recognise(stored, shop.region).normalised or stored
    return display(e164, shop.region), masked(e164, shop.region)


def _person(session: Session, customer: Customer, contact_phone: str, shop: ShopRow) -> PersonOnPaper:
    first = session.execute(
        select(CustomerPhone.e164, CustomerPhone.typed)
        .where(CustomerPhone.customer_id == customer.id)
        .order_by(CustomerPhone.position, CustomerPhone.id)
        .limit(1)
    ).first()
    shown, hidden = _phone(contact_phone or (first[0] or first[1] if first else ""), shop)
    return PersonOnPaper(customer.name, customer.title, shown, hidden, customer.address, customer.is_company, customer.contact_person)


def _people(session: Session, order: WorkOrder, customer: Customer | None, shop: ShopRow) -> tuple[PersonOnPaper, PersonOnPaper | None]:
    """The customer and, where it is someone else, who brought the car; the phone of this visit belongs to whoever brought it."""
    sender = session.get(Customer, order.sender_id) if order.sender_id is not None and order.sender_id != order.customer_id else None
    bringer = None
    if sender is not None:
        bringer = _person(session, sender, order.contact_phone, shop)
    elif order.sender_name and (customer is None or order.sender_name != customer.name):
        bringer = PersonOnPaper(order.sender_name, "", *_phone(order.contact_phone, shop))
    if customer is not None:
        return _person(session, customer, "" if bringer else order.contact_phone, shop), bringer
    return (bringer or PersonOnPaper("", "", *_phone(order.contact_phone, shop))), None


def _vehicle(session: Session, order: WorkOrder, shop: ShopRow) -> VehicleOnPaper:
    vehicle = session.get_one(Vehicle, order.vehicle_id)
    region = session.execute(select(VehiclePlate.region).where(VehiclePlate.vehicle_id == vehicle.id, VehiclePlate.plate == order.plate).limit(1)).scalar()
    return VehicleOnPaper(
        plate=order.plate, plate_colour=order.plate_colour, plate_region=region or shop.region, vin=vehicle.vin, maker=vehicle.maker,
        model=vehicle.model, model_year=vehicle.model_year, colour=vehicle.colour, power_train=vehicle.power_train.value, body=vehicle.body,
        engine_number=vehicle.engine_number, first_registered_on=vehicle.first_registered_on,
    )  # fmt: skip


def _lines(session: Session, order_id: int) -> list[WorkOrderLine]:
    query = select(WorkOrderLine).where(WorkOrderLine.order_id == order_id, WorkOrderLine.consent.in_(_MEANT_TO_BE_DONE))
    return list(session.execute(query.order_by(WorkOrderLine.position, WorkOrderLine.id)).scalars())


def _paper_lines(
    lines: Sequence[WorkOrderLine], complaints: dict[int, int], staff: dict[int | None, str], names: _Names
) -> tuple[PaperLine, ...]:  # fmt: skip
    """The lines in their order; those of a package together below its head, where the first of them stands.

    What another payer took over of a package, or what is not agreed to of it, stands apart, so that each amount shows who pays it and whether it is agreed.
    """
    units = names.entries("unit", (line.unit for line in lines))

    def on_paper(line: WorkOrderLine) -> PaperLine:
        return PaperLine(
            kind=line.kind.value, name=names.of(line), code=line.code, quantity=line.quantity, unit=units.get(line.unit, line.unit),
            hours=line.quantity if line.kind is LineKind.LABOUR else 0, unit_price=line.unit_price,
            discount_basis_points=line.discount_basis_points, amount=line.amount, payer=line.payer.value, consent=line.consent.value,
            technician=staff.get(line.technician_id, ""), part_origin=line.part_origin.value if line.part_origin else "",
            work_class=line.work_class, complaint=complaints.get(line.complaint_id) if line.complaint_id is not None else None,
        )  # fmt: skip

    packages: dict[int, list[WorkOrderLine]] = defaultdict(list)
    for line in lines:
        if line.package_group is not None:
            packages[line.package_group].append(line)
    found: list[PaperLine] = []
    shown: set[int] = set()
    for line in lines:
        if line.id in shown:
            continue
        inside = packages.get(line.package_group, []) if line.package_group is not None else []
        together = [each for each in inside if (each.payer, each.consent) == (line.payer, line.consent)]
        if not inside or (len(together) == 1 and len(inside) > 1):
            found.append(on_paper(line))
            continue
        below = [replace(on_paper(each), in_package=True) for each in together]
        shown.update(each.id for each in together)
        amount = sum(each.amount for each in below)
        found.append(
            PaperLine(
                kind="package",
                name=names.of(line, "package_name"),
                code=line.package_code,
                unit_price=amount,
                amount=amount,
                hours=sum(each.hours for each in below),
                payer=line.payer.value,
                consent=line.consent.value,
                complaint=below[0].complaint,
            )
        )
        found += below
    return tuple(found)


def _totals(totals: Sequence[authorisation.PayerTotal]) -> tuple[PayerTotal, ...]:
    found = []
    for total in totals:
        amounts = dict(total.by_kind)
        if not amounts:
            continue
        material = amounts.get(LineKind.PART, 0) + amounts.get(LineKind.CONSUMABLE, 0)
        labour, sublet, fee = (amounts.get(kind, 0) for kind in (LineKind.LABOUR, LineKind.SUBLET, LineKind.FEE))
        found.append(PayerTotal(total.payer.value, labour, material, sublet, fee, total.amount, total.tax))
    return tuple(found)


def _marks(session: Session, order_id: int, names: _Names) -> tuple[DamageMarkOnPaper, ...]:
    rows = session.execute(select(DamageMark).where(DamageMark.order_id == order_id).order_by(DamageMark.position, DamageMark.id)).scalars().all()
    counted = session.execute(
        select(Attachment.subject_id, func.count())
        .where(Attachment.subject == "damage_mark", Attachment.subject_id.in_([row.id for row in rows]))
        .group_by(Attachment.subject_id)
    )
    photos = {mark_id: count for mark_id, count in counted}
    own_kinds = names.entries("damage_kind", (row.kind for row in rows if row.kind not in _DAMAGE_WITH_A_PHRASE))
    return tuple(
        DamageMarkOnPaper(
            row.zone, row.view, row.x, row.y, own_kinds.get(row.kind, row.kind), row.size_mm, row.note, photos.get(row.id, 0), row.known_before
        )
        for row in rows
    )  # fmt: skip


def _belongings(session: Session, order_id: int, names: _Names) -> tuple[Belonging, ...]:
    rows = session.execute(select(OrderBelonging).where(OrderBelonging.order_id == order_id).order_by(OrderBelonging.id)).scalars().all()
    known = names.entries("belonging", (row.code for row in rows))
    return tuple(Belonging(" ".join(part for part in (known.get(row.code, row.code), row.words) if part), row.quantity) for row in rows)


def _signature(session: Session, order: WorkOrder) -> bytes | None:
    if order.signed_how is not SignedHow.SIGNATURE or order.signature_id is None:
        return None
    return session.execute(
        select(AttachmentBytes.content).join(Attachment, Attachment.sha256 == AttachmentBytes.sha256).where(Attachment.id == order.signature_id)
    ).scalar()


def _signed_at(session: Session, order: WorkOrder) -> dt.datetime | None:
    """When the drawn signature was given: with the first authorisation. None where the customer signs on the paper."""
    if order.signed_how is not SignedHow.SIGNATURE:
        return None
    return session.execute(select(func.min(Authorisation.authorised_at)).where(Authorisation.order_id == order.id)).scalar()
