"""What stands in a check-in form: kept as a draft after each key, turned into one command at the end."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from db.rules.authorisation import totals_by_payer
from db.rules.complaint_words import places_after
from db.rules.order_life import LineKind, OrderKind, PartOrigin, Payer
from db.rules.order_line import LineValues
from db.rules.record_words import Language, PowerTrain

if TYPE_CHECKING:
    from db.commands.check_in import BelongingValues, CheckIn, ComplaintValues, MarkValues
    from db.rules.authorisation import PayerTotal

DRAFT_FORM = "check_in"
"""What its drafts are called in the store."""


@dataclass
class NewCar:
    """A car and a customer that the store doesn't know yet, as typed."""

    plate: str = ""
    plate_colour: str = ""
    vin: str = ""
    maker: str = ""
    model: str = ""
    model_year: str = ""
    power_train: str = "petrol"
    body: str = "sedan"
    customer_id: int | None = None
    name: str = ""
    phone: str = ""
    title: str = ""
    is_company: bool = False
    language: str = "zh_TW"

    @property
    def named(self) -> str:
        """By what one knows it again in a list: plate, else VIN, else who brings it, else what it is; empty while nothing is typed."""
        return self.plate or self.vin or self.name or self.phone or " ".join(part for part in (self.maker, self.model, self.model_year) if part)


@dataclass
class CheckInForm:
    """The form's state. Texts are kept as typed, readable or not; moments are ISO texts in UTC."""

    key: str = field(default_factory=lambda: uuid.uuid4().hex)
    """Under which its draft is kept."""
    vehicle_id: int | None = None
    new_car: NewCar | None = None
    asking: bool = False
    """`new_car` is what was typed so far: its dialog is open, or was left."""
    wanted_packages: list[str] = field(default_factory=list)
    """Codes of the appointment's packages, whose lines come once the car is known."""
    customer_id: int | None = None
    sender_id: int | None = None
    """Who brings the car, when it is a known customer and not its owner."""
    sender_name: str = ""
    contact_phone: str = ""
    mileage: str = ""
    mileage_reason: str = ""
    fuel_eighths: int | None = None
    charge_percent: int | None = None
    keys_count: int = 1
    key_tag: str = ""
    warning_lamps: str = ""
    keep_old_parts: bool = False
    wash_wanted: bool = True
    customer_waits: bool = False
    belongings: list[BelongingValues] = field(default_factory=list)
    words: str = ""
    heard: list[str] = field(default_factory=list)
    """The complaints by which the lines' `complaint` counts: those that stood when the words were looked into last."""
    tags: list[str] = field(default_factory=list)
    lines: list[LineValues] = field(default_factory=list)
    marks: list[MarkValues] = field(default_factory=list)
    photo_ids: list[int] = field(default_factory=list)
    promised_at: str = ""
    promise_chosen: bool = False
    """A person chose `promised_at`; else it is the proposal, and follows the items."""
    signature_id: int | None = None
    signed_on_paper: bool = False
    appointment_id: int | None = None
    claim_id: int | None = None
    comeback_of_id: int | None = None
    comeback_line_id: int | None = None
    voucher_ids: list[int] = field(default_factory=list)
    postponed: list[list[Any]] = field(default_factory=list)
    """Recommendation id, until (ISO day or None), until km or None."""
    declined: list[list[Any]] = field(default_factory=list)
    """Recommendation id, reason code."""
    handled: dict[str, str] = field(default_factory=dict)
    """Alert key to what was done about it."""
    added: dict[str, list[str]] = field(default_factory=dict)
    """Alert key to the codes of the items that its button put on."""
    is_accident: bool = False
    note: str = ""
    began_at: str = ""

    @property
    def is_blank(self) -> bool:
        """Nothing worth keeping stands in it."""
        return self.vehicle_id is None and self.new_car is None

    def bring(self, name: str, number: str, customer_id: int | None) -> None:
        """Who brings the car, and the phone for this visit; the owner himself where nobody is named, or where it turns out to be him."""
        if customer_id is not None and customer_id == self.customer_id:
            name, customer_id = "", None
        self.sender_name, self.contact_phone, self.sender_id = name, number, customer_id

    def to_draft(self) -> dict[str, Any]:
        """The form as JSON."""
        return asdict(self)

    @classmethod
    def from_draft(cls, body: dict[str, Any]) -> CheckInForm:
        """A form out of a draft; fields that another version wrote are passed over."""
        from db.commands.check_in import BelongingValues, MarkValues

        known = {name: value for name, value in body.items() if name in cls.__dataclass_fields__}
        form = cls(**known)
        form.new_car = NewCar(**body["new_car"]) if body.get("new_car") else None
        if "heard" not in body:
            form.heard = form.said()
        form.belongings = [BelongingValues(**row) for row in body.get("belongings", [])]
        form.lines = [line_from_json(row) for row in body.get("lines", [])]
        form.marks = [MarkValues(**{**row, "photo_ids": tuple(row["photo_ids"])}) for row in body.get("marks", [])]
        return form

    def kind(self) -> OrderKind:
        """Under which main kind the visit is counted."""
        if self.comeback_of_id is not None:
            return OrderKind.COMEBACK
        if self.is_accident or self.claim_id is not None:
            return OrderKind.ACCIDENT
        if any(line.payer is Payer.RECALL for line in self.lines) and all(line.payer is Payer.RECALL for line in self.lines):
            return OrderKind.RECALL
        if any(line.package_code for line in self.lines):
            return OrderKind.MAINTENANCE
        return OrderKind.REPAIR if self.words.strip() or self.tags or self.lines else OrderKind.MAINTENANCE

    def begin_with(self, words: str) -> None:
        """What an appointment says of the visit; it asks for no diagnosis until somebody changes it."""
        self.words = words
        self.heard = self.said()

    def said(self) -> list[str]:
        """The words of each complaint."""
        return [said.words for said in self.complaints()]

    def follow_words(self) -> None:
        """Let each line stay under the complaint that it answers, wherever that stands now."""
        places = places_after(self.heard, self.said())
        # A proposal whose complaint is gone waits under the first, as a chip's does, until the words are looked into.
        self.lines = [
            line if line.complaint is None else replace(line, complaint=_place(places, line.complaint, 0 if line.proposed else None)) for line in self.lines
        ]
        self.heard = self.said()

    def complaints(self) -> tuple[ComplaintValues, ...]:
        """One complaint a paragraph of the customer's words."""
        from db.commands.check_in import ComplaintValues

        paragraphs = [part.strip() for part in self.words.split("\n") if part.strip()]
        if not paragraphs and self.tags:
            return (ComplaintValues("", tuple(self.tags)),)
        return tuple(ComplaintValues(part, tuple(self.tags) if place == 0 else ()) for place, part in enumerate(paragraphs))

    def totals(self) -> dict[Payer, PayerTotal]:
        """What each payer has agreed to, and what is only proposed to him: the sums that the order and its contract will name."""
        return {total.payer: total for total in totals_by_payer(line.standing for line in self.lines)}

    def command(self, odometer_km: int | None, device: str) -> CheckIn:
        """The check-in that this form asks for."""
        from db.commands.check_in import CheckIn
        from db.commands.people_and_cars import NewCustomer, NewVehicle

        complaints = self.complaints()
        places = places_after(self.heard, [said.words for said in complaints])
        lines = tuple(line if line.complaint is None else replace(line, complaint=_place(places, line.complaint, None)) for line in self.lines)
        new_vehicle: NewVehicle | None = None
        new_customer: NewCustomer | None = None
        customer_id = self.customer_id
        if self.new_car is not None:
            car = self.new_car
            new_vehicle = NewVehicle(
                plate=car.plate, plate_colour=car.plate_colour, vin=car.vin, maker=car.maker, model=car.model,
                model_year=int(car.model_year) if car.model_year.isdecimal() else None, body=car.body, power_train=PowerTrain(car.power_train),
            ) if self.vehicle_id is None else None  # fmt: skip
            if car.customer_id is not None:
                customer_id = car.customer_id
            elif car.name.strip() or car.phone.strip():
                new_customer = NewCustomer(
                    name=car.name, phones=(car.phone,) if car.phone.strip() else (), title=car.title, is_company=car.is_company, language=Language(car.language)
                )
        return CheckIn(
            odometer_km=odometer_km,
            promised_at=dt.datetime.fromisoformat(self.promised_at) if self.promised_at else None,
            vehicle_id=self.vehicle_id,
            new_vehicle=new_vehicle,
            customer_id=customer_id,
            new_customer=new_customer,
            sender_id=self.sender_id,
            sender_name=self.sender_name,
            contact_phone=self.contact_phone,
            odometer_reason=self.mileage_reason or None,
            fuel_eighths=self.fuel_eighths,
            charge_percent=self.charge_percent,
            keys_count=self.keys_count,
            key_tag=self.key_tag,
            warning_lamps=self.warning_lamps,
            keep_old_parts=self.keep_old_parts,
            wash_wanted=self.wash_wanted,
            customer_waits=self.customer_waits,
            kind=self.kind(),
            complaints=complaints,
            lines=lines,
            marks=tuple(self.marks),
            belongings=tuple(self.belongings),
            photo_ids=tuple(self.photo_ids),
            signature_id=self.signature_id,
            signed_on_paper=self.signed_on_paper,
            appointment_id=self.appointment_id,
            claim_id=self.claim_id,
            comeback_of_id=self.comeback_of_id,
            comeback_line_id=self.comeback_line_id,
            voucher_ids=tuple(self.voucher_ids),
            postponed_recommendations=tuple((row[0], dt.date.fromisoformat(row[1]) if row[1] else None, row[2]) for row in self.postponed),
            declined_recommendations=tuple((row[0], row[1]) for row in self.declined),
            draft=(DRAFT_FORM, device, self.key),
            note=self.note,
        )


def _place(places: list[int | None], before: int, gone: int | None) -> int | None:
    place = places[before] if before < len(places) else None
    return gone if place is None else place


def line_from_json(row: dict[str, Any]) -> LineValues:
    """A line out of a draft."""
    origin = row.get("part_origin")
    return LineValues(**{**row, "kind": LineKind(row["kind"]), "payer": Payer(row["payer"]), "part_origin": PartOrigin(origin) if origin else None})
