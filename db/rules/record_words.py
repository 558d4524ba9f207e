"""The fixed words that records are made of, where no rule module of their own has them."""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    """A customer's language, and the papers'."""

    TRADITIONAL = "zh_TW"
    SIMPLIFIED = "zh_CN"
    ENGLISH = "en"


class PowerTrain(StrEnum):
    PETROL = "petrol"
    DIESEL = "diesel"
    HYBRID = "hybrid"
    PLUG_IN_HYBRID = "plug_in_hybrid"
    BATTERY = "battery"


class OwnershipRole(StrEnum):
    """What a customer is to a vehicle; one owner at a time."""

    OWNER = "owner"
    DRIVER = "driver"
    SENDER = "sender"
    PAYER = "payer"


class VehicleFate(StrEnum):
    """Why a vehicle no longer belongs to the retained base."""

    KEPT = "kept"
    SOLD_ON = "sold_on"
    SCRAPPED = "scrapped"
    MOVED = "moved"


class BayKind(StrEnum):
    LIFT = "lift"
    ALIGNMENT = "alignment"
    SHEET_METAL = "sheet_metal"
    PAINT = "paint"
    WASH = "wash"


class AppointmentState(StrEnum):
    BOOKED = "booked"
    CHECKED_IN = "checked_in"
    NOT_SHOWN = "not_shown"
    CANCELLED = "cancelled"


class ReadingSource(StrEnum):
    CHECK_IN = "check_in"
    BY_HAND = "by_hand"
    IMPORT = "import"


class SignedHow(StrEnum):
    """How the customer signed at check-in."""

    SIGNATURE = "signature"
    ON_PAPER = "on_paper"


class AuthorisedHow(StrEnum):
    SIGNATURE = "signature"
    PHONE = "phone"
    MESSAGE = "message"
    AT_COUNTER = "at_counter"


class StopReason(StrEnum):
    """Why a technician's clock stopped."""

    DONE = "done"
    BREAK = "break"
    OTHER_CAR = "other_car"
    PARTS = "parts"
    QUESTION = "question"
    END_OF_DAY = "end_of_day"


class Verdict(StrEnum):
    OK = "ok"
    WATCH = "watch"
    REPLACE = "replace"
    NOT_APPLICABLE = "not_applicable"
    NOT_CHECKED = "not_checked"


class Urgency(StrEnum):
    NOW = "now"
    SOON = "soon"
    WATCH = "watch"
    FINE = "fine"


class RecommendationState(StrEnum):
    FOUND = "found"
    PRESENTED = "presented"
    ACCEPTED = "accepted"
    POSTPONED = "postponed"
    DECLINED = "declined"
    DONE_HERE = "done_here"
    MEASURED_GOOD = "measured_good"
    DONE_ELSEWHERE = "done_elsewhere"
    REFUSED_FOR_GOOD = "refused_for_good"


class RecommendationSource(StrEnum):
    INSPECTION = "inspection"
    SCHEDULE = "schedule"
    RECALL = "recall"
    CAMPAIGN = "campaign"
    TECHNICIAN = "technician"


class CheckLevel(StrEnum):
    """The three levels of quality check (三檢)."""

    SELF = "self"
    MUTUAL = "mutual"
    FINAL = "final"


class SettlementState(StrEnum):
    OPEN = "open"
    PAID = "paid"
    ON_ACCOUNT = "on_account"
    WRITTEN_OFF = "written_off"
    CANCELLED = "cancelled"


class PaymentMethod(StrEnum):
    CASH = "cash"
    CARD = "card"
    WECHAT = "wechat"
    ALIPAY = "alipay"
    BANK = "bank"
    ACCOUNT = "account"
    VOUCHER = "voucher"
    INSURER_DIRECT = "insurer_direct"


class ClaimState(StrEnum):
    OPEN = "open"
    DELIVERED = "delivered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class ClaimKind(StrEnum):
    """Kinds of case A to F of the papers table."""

    SINGLE = "single"
    OWN_FAULT = "own_fault"
    OTHERS_FAULT = "others_fault"
    SHARED = "shared"
    INJURY = "injury"
    THEFT = "theft"
    OTHER_DAMAGE = "other_damage"


class Severity(StrEnum):
    LIGHT = "light"
    MEDIUM = "medium"
    HEAVY = "heavy"


class PolicyKind(StrEnum):
    COMPULSORY = "compulsory"
    COMMERCIAL = "commercial"


class ContactWay(StrEnum):
    PHONE = "phone"
    MESSAGE = "message"
    COUNTER = "counter"
    LETTER = "letter"


class ContactPurpose(StrEnum):
    """Why a customer is talked to; with a next date it stands in the follow-ups."""

    AFTER_VISIT = "after_visit"
    SERVICE_DUE = "service_due"
    FIRST_SERVICE = "first_service"
    RENEWAL = "renewal"
    INSPECTION = "inspection"
    WIN_BACK = "win_back"
    RECOMMENDATION = "recommendation"
    PROMISE = "promise"
    CLAIM = "claim"
    DEBT = "debt"
    OTHER = "other"


class PromiseState(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    TAKEN_BACK = "taken_back"


class VoucherState(StrEnum):
    GIVEN = "given"
    USED = "used"
    EXPIRED = "expired"


class AttachmentKind(StrEnum):
    PHOTO = "photo"
    SCAN = "scan"
    SIGNATURE = "signature"


class CatalogueKind(StrEnum):
    """Plain lists of the catalogue that need no table of their own."""

    CANCEL_REASON = "cancel_reason"
    BELONGING = "belonging"
    DAMAGE_KIND = "damage_kind"
    COMPLAINT_CHIP = "complaint_chip"
