"""How two records that may be one are laid side by side: each field in words, and which side is proposed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.commands.merging import CUSTOMER_FIELDS, JOINABLE, VEHICLE_FIELDS
from db.rules import plate
from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats
from desktop_app.rooms.customers.words import LANGUAGES, STATES, e164_words, joined, person_words, power_train_words, tier_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.queries.doubles import Side

KEPT, GONE, BOTH = "kept", "gone", "both"

LABELS: dict[str, str] = {
    "name": "Name", "phones": "Phones", "contact_person": "Contact person", "language": "Language", "came_by": "Came by", "consent_to_call": "May be called",
    "account": "Account", "tier": "Tier", "address": "Address", "licence_number": "Licence number", "note": "Note", "plate": "Plate", "owner": "Owner",
    "vin": "VIN", "model": "Model", "model_year": "Year", "colour": "Colour", "power_train": "Power train", "engine_number": "Engine number",
    "first_registered_on": "First registration", "bought": "Bought on", "inspection_ends_on": "Inspection ends", "warranty_ends_on": "Warranty ends",
    "fate": "What became of it", "severe_use": "Severe use",
}  # fmt: skip

REASONS: dict[str, str] = {
    "same_phone": "The same phone number", "same_name": "The same name, in either script", "same_sound": "Names that sound alike",
    "same_address": "The same address", "shared_vehicle": "Both are tied to one vehicle", "phone_tail": "Phones end in the same 7 digits",
    "other_phones": "Different phone numbers", "vin_tails": "VINs end in the same 6", "same_serial": "The same characters on the plate",
    "same_model": "The same model", "same_owner": "The same owner", "other_vin": "Different VINs",
}  # fmt: skip
"""Code of a reason to its phrase."""

_STAYS = ("name", "came_by", "plate", "owner", "vin")
"""What stays as the older record has it, whoever was here last: papers carry it, or it tells of the beginning."""

_ORDER = {
    "customer": ("name", "phones", *(name for name in CUSTOMER_FIELDS if name != "name")),
    "vehicle": ("plate", "owner", *VEHICLE_FIELDS),
}


@dataclass(frozen=True, slots=True)
class FieldPair:
    """A field with what both sides have, in words; `differs` when both have something and it isn't the same."""

    name: str
    gone: str
    kept: str
    differs: bool
    joinable: bool


def field_pairs(subject: str, gone: Side, kept: Side) -> list[FieldPair]:
    """The fields in which at least one side has something."""
    found = []
    for name in _ORDER[subject]:
        one, other = (_words(name, side.values[name]) for side in (gone, kept))
        if one or other:
            found.append(FieldPair(name, one, other, bool(one and other and gone.values[name] != kept.values[name]), name in JOINABLE))
    return found


def proposed(pairs: Iterable[FieldPair], gone: Side, kept: Side) -> dict[str, str]:
    """Which side of each field is taken unless a person says otherwise: the one that has something, both where both can stay, else the newer."""
    gone_is_newer = (gone.last_change or gone.created_at) > (kept.last_change or kept.created_at)
    choices = {}
    for pair in pairs:
        if not pair.gone or not pair.kept:
            choices[pair.name] = KEPT if pair.kept else GONE
        elif pair.joinable:
            choices[pair.name] = BOTH
        else:
            choices[pair.name] = GONE if pair.differs and gone_is_newer and pair.name not in _STAYS else KEPT
    return choices


def which_is_kept(first: Side, second: Side) -> tuple[Side, Side]:
    """(kept, gone): the one with more visits keeps its number, else the older one."""
    return (first, second) if (-first.orders, first.created_at, first.key) <= (-second.orders, second.created_at, second.key) else (second, first)


def _words(name: str, value: Any) -> str:
    match name:
        case "name":
            return joined(person_words(value[0], value[1]) if value[0] else "", tr("company") if value[2] else "")
        case "phones":
            return tr(", ", "list").join(e164_words(number) if number.startswith("+") else number for number in value)
        case "language":
            return dict(LANGUAGES)[value]
        case "consent_to_call":
            return tr("yes") if value else tr("no")
        case "account":
            return _account_words(value) if value[0] else ""
        case "plate":
            return joined(plate.display(value[0]), tr(value[1], "plate colour")) if value[0] else ""
        case "tier":
            return tier_words(value)
        case "power_train":
            return power_train_words(value)
        case "fate":
            return "" if value == "kept" else tr(STATES[value][0], "vehicle state")
        case "bought":
            return joined(formats().day(value[0]) if value[0] is not None else "", tr("bought here") if value[1] else "")
        case "severe_use":
            return tr("yes") if value else ""
        case "first_registered_on" | "inspection_ends_on" | "warranty_ends_on":
            return formats().day(value) if value is not None else ""
        case _:
            return " ".join(str(value).split()) if value else ""


def _account_words(value: tuple[bool, int | None, int | None, bool]) -> str:
    _is_account, limit, months, government = value
    return joined(
        tr("account customer"), formats().money(limit) if limit is not None else "", tr("{count} months", count=months) if months is not None else "",
        tr("government") if government else "",
    )  # fmt: skip
