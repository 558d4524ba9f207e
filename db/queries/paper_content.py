"""What a paper says, as plain frozen values: filled by a query, set in type by the desktop program, knowing neither."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True)
class Guarantee:
    """Quality guarantee after a class of work (質量保證期): counted from delivery, whichever is reached first."""

    work_class: str
    kilometres: int
    days: int


LEAST_GUARANTEES = (
    Guarantee("vehicle_overhaul", 20_000, 100),
    Guarantee("assembly_overhaul", 20_000, 100),
    Guarantee("second_maintenance", 5_000, 30),
    Guarantee("first_maintenance", 2_000, 10),
    Guarantee("minor_repair", 2_000, 10),
    Guarantee("special_repair", 2_000, 10),
)
"""The least that 機動車維修管理規定 (Ministry of Transport) allows for cars; a shop publishes its own, never below these."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The shop as its papers name it."""

    shop_name: str
    shop_code: str
    """Four letters or digits that stand before the number in the codes."""
    address: str = ""
    phone: str = ""
    complaint_phone: str = ""
    licence_class: str = ""
    zone: str = "Asia/Shanghai"
    """IANA name; every moment on a paper is told in it."""
    logo: bytes | None = None
    """PNG or JPEG."""
    guarantees: tuple[Guarantee, ...] = LEAST_GUARANTEES
    guarantee_note: str = ""
    """The shop's own words on its guarantee, printed below the periods."""
    storage_free_days: int | None = None
    storage_fee_per_day: int | None = None
    """Fen for each day that a finished car is left longer; without both the paper points to the published rate."""


@dataclass(frozen=True, slots=True)
class PersonOnPaper:
    """A customer, or who brought the car."""

    name: str
    title: str = ""
    """`mr`, `ms` or nothing."""
    phone: str = ""
    """As people write it."""
    masked_phone: str = ""
    """With its middle hidden, for papers that lie about in the workshop."""
    address: str = ""
    is_company: bool = False
    contact_person: str = ""


@dataclass(frozen=True, slots=True)
class VehicleOnPaper:
    """The car, as it is on the day."""

    plate: str
    """Normalised, with the characters that stand on the metal; empty for a car without one."""
    plate_colour: str = "blue"
    plate_region: str = "CN"
    vin: str = ""
    maker: str = ""
    model: str = ""
    model_year: int | None = None
    colour: str = ""
    power_train: str = "petrol"
    body: str = "sedan"
    """Which drawing shows it: `sedan` or `suv`."""
    engine_number: str = ""
    first_registered_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ComplaintOnPaper:
    """What the customer complains of: in his own words, which may be empty, and what was ticked, in the paper's language."""

    words: str
    names: tuple[str, ...] = ()
    """Never what the words say already."""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A line of the order, or the head of a package whose lines follow it."""

    kind: str
    """`labour`, `part`, `consumable`, `sublet`, `fee`; `package` for a head."""
    name: str
    """In the paper's language."""
    code: str = ""
    quantity: int = 1000
    """Thousandths of the unit; of an hour for labour."""
    unit: str = ""
    hours: int = 0
    """Standard hours in thousandths; a head carries the sum of its lines."""
    unit_price: int = 0
    """Fen, tax included; of a head the price of the whole package."""
    discount_basis_points: int = 0
    amount: int = 0
    """Fen after discount and adjustment; of a head the sum of its lines."""
    payer: str = "customer"
    consent: str = "authorised"
    """Of a head that of all its lines."""
    technician: str = ""
    part_origin: str = ""
    work_class: str = ""
    complaint: int | None = None
    """Index into the order's complaints."""
    in_package: bool = False
    """True for the lines below a package's head."""


@dataclass(frozen=True, slots=True)
class PayerTotal:
    """What one payer owes, in fen, tax included; `tax` is what lies inside `total`."""

    payer: str
    labour: int
    material: int
    """Parts and consumables."""
    sublet: int
    fee: int
    total: int
    tax: int


@dataclass(frozen=True, slots=True)
class DamageMarkOnPaper:
    """A place on the car's drawing that was damaged when it came."""

    zone: str
    view: str
    """`left`, `right`, `top`, `front` or `rear`, the car's own."""
    x: float
    y: float
    """0 to 1 of the view's width and height."""
    kind: str
    """`scratch`, `dent`, `chip`, `crack`, `missing`, or words of the shop's own list in the paper's language."""
    size_mm: int | None = None
    note: str = ""
    photos: int = 0
    known_before: bool = False


@dataclass(frozen=True, slots=True)
class Belonging:
    """Something left in the car, in the paper's language."""

    name: str
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class OrderOnPaper:
    """One work order, read for one language."""

    number: str
    customer: PersonOnPaper
    vehicle: VehicleOnPaper
    checked_in_at: dt.datetime
    promised_at: dt.datetime
    odometer_km: int
    printed_at: dt.datetime
    language: str = "zh_TW"
    kind: str = "maintenance"
    """Kind of the visit, a word of the order's life."""
    bringer: PersonOnPaper | None = None
    """Who brought the car, where it is not the customer."""
    complaints: tuple[ComplaintOnPaper, ...] = ()
    lines: tuple[PaperLine, ...] = ()
    totals: tuple[PayerTotal, ...] = ()
    """Over the authorised lines, the customer's own share first."""
    not_agreed: int = 0
    """What is only proposed to the customer, at his own cost, in fen."""
    agreed_total: int = 0
    """Up to what total the customer's last yes goes, in fen."""
    fuel_eighths: int | None = None
    charge_percent: int | None = None
    marks: tuple[DamageMarkOnPaper, ...] = ()
    belongings: tuple[Belonging, ...] = ()
    keys_count: int = 1
    key_tag: str = ""
    warning_lamps: str = ""
    keep_old_parts: bool = False
    wash_wanted: bool = True
    customer_waits: bool = False
    signature: bytes | None = None
    """The signature as PNG; without one the paper leaves a line to sign on."""
    signed_at: dt.datetime | None = None
    advisor: str = ""
    bay: str = ""
    technician: str = ""
    note: str = ""
    is_void: bool = False
    """The order was undone or cancelled: the paper is marked void."""
    reprint: int = 0
    """0 for the first print of this paper, then 1, 2, …"""
    printed_by: str = ""
