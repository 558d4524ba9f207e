"""Insurers, kinds of case and their papers, reasons, belongings, damage, complaints, makers and models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.catalogue_files.records import (
    Belonging,
    ClaimKind,
    ClaimPaper,
    ComplaintChip,
    DamageKind,
    Insurer,
    Maker,
    PaperNeed,
    Reason,
    VehicleModel,
)
from db.catalogue_files.table import Table
from db.catalogue_files.workshop_files import POWER_TRAINS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from db.catalogue_files.table import Row

SURENESS = ("checked", "practice", "guess")
REASON_LISTS = (
    "cancel",
    "clock_correction",
    "decline",
    "discount",
    "mileage",
    "no_show",
    "order_waiting",
    "overrun",
    "postpone",
    "reopen",
    "rework",
    "stage_waiting",
    "stop_work",
    "verdict_better",
    "withdraw",
    "write_off",
)
FALLS_TO = ("shop", "insurer", "customer", "supplier", "nobody")
PAPER_NEEDS = ("no", "sometimes", "needed", "needed_own", "needed_both", "needed_originals")
DAMAGE_KEYS = ("G", "A", "L", "D", "Q")
BODIES = ("sedan", "suv")

_NAMES = ("name_zh_TW", "name_zh_CN", "name_en")
_CHARACTERS_OF_A_WMI = frozenset("0123456789ABCDEFGHJKLMNPRSTUVWXYZ")


def read_insurers(folder: Path) -> tuple[Insurer, ...]:
    table = Table(folder, "insurers.csv", ("code", *_NAMES, "short_zh_TW", "short_zh_CN", "short_en", "phone", "sure"))
    insurers = []
    for code, row in table.by_code():
        phone = row.cell("phone")
        if phone and not (phone.isascii() and phone.replace("-", "").isdigit()):
            raise row.broken("phone", "phone_malformed", found=phone)
        insurers.append(Insurer(code, row.words("name"), row.words("short"), phone, row.one_of("sure", SURENESS)))
    return tuple(insurers)


def read_claim_kinds(folder: Path) -> tuple[ClaimKind, ...]:
    table = Table(folder, "claim_kinds.csv", ("code", *_NAMES))
    return tuple(ClaimKind(code, row.words("name")) for code, row in table.by_word())


def read_claim_papers(folder: Path, kinds: tuple[str, ...]) -> tuple[ClaimPaper, ...]:
    """claim_papers.csv has one column for each kind of case."""
    table = Table(folder, "claim_papers.csv", ("code", *_NAMES, *kinds))
    papers = []
    for code, row in table.by_word():
        needs = []
        for kind in kinds:
            need, _, whose = row.one_of(kind, PAPER_NEEDS).partition("_")
            needs.append(PaperNeed(kind, need, whose))
        papers.append(ClaimPaper(code, row.words("name"), tuple(needs)))
    return tuple(papers)


def read_reasons(folder: Path) -> tuple[Reason, ...]:
    """reasons.csv: each list has an entry; those for overrun stages, and no others, say whom the time falls to."""
    table = Table(folder, "reasons.csv", ("list", "code", *_NAMES, "falls_to"))
    reasons = []
    for row in table:
        kind = row.one_of("list", REASON_LISTS)
        table.only_once(row, "code", kind, code := row.word())
        if kind == "overrun":
            falls_to = row.one_of("falls_to", FALLS_TO)
        elif row.cell("falls_to"):
            raise row.broken("falls_to", "cell_must_be_empty", found=row.cell("falls_to"))
        else:
            falls_to = ""
        reasons.append(Reason(kind, code, row.words("name"), falls_to))
    for kind in REASON_LISTS:
        if all(reason.list != kind for reason in reasons):
            raise table.broken("list_missing", list=kind)
    return tuple(reasons)


def read_belongings(folder: Path) -> tuple[Belonging, ...]:
    table = Table(folder, "belongings.csv", ("code", *_NAMES, "counted"))
    return tuple(Belonging(code, row.words("name"), row.flag("counted")) for code, row in table.by_word())


def read_damage_kinds(folder: Path) -> tuple[DamageKind, ...]:
    table = Table(folder, "damage_kinds.csv", ("code", "key", *_NAMES, "sized"))
    kinds = []
    for code, row in table.by_word():
        table.only_once(row, "key", key := row.one_of("key", DAMAGE_KEYS))
        kinds.append(DamageKind(code, key, row.words("name"), row.flag("sized")))
    return tuple(kinds)


def read_complaint_chips(folder: Path, operations: Collection[str]) -> tuple[ComplaintChip, ...]:
    table = Table(folder, "complaint_chips.csv", ("code", *_NAMES, "operation", "find_words"))
    return tuple(
        ComplaintChip(code, row.words("name"), row.reference("operation", operations, "labour_operations.csv"), row.find_words())
        for code, row in table.by_word()
    )


def read_makers(folder: Path) -> tuple[Maker, ...]:
    """makers.csv: a world maker identifier has three characters and belongs to one maker."""
    table = Table(folder, "makers.csv", ("code", *_NAMES, "wmi"))
    makers = []
    for code, row in table.by_code():
        wmi = tuple(row.text("wmi").split())
        for identifier in wmi:
            if len(identifier) != 3 or not set(identifier) <= _CHARACTERS_OF_A_WMI:
                raise row.broken("wmi", "code_malformed", code=identifier)
            table.only_once(row, "wmi", identifier)
        if len(set(wmi)) != len(wmi):
            raise row.broken("wmi", "named_twice", found=next(identifier for identifier in wmi if wmi.count(identifier) > 1))
        makers.append(Maker(code, row.words("name"), wmi))
    return tuple(makers)


def read_vehicle_models(folder: Path, makers: Mapping[str, tuple[str, ...]]) -> tuple[VehicleModel, ...]:
    """vehicle_models.csv; `makers` gives each maker's identifiers."""
    table = Table(folder, "vehicle_models.csv", ("code", "maker", *_NAMES, "power_train", "wmi", "engine", "body"))
    models = []
    for code, row in table.by_code():
        maker = row.reference("maker", makers, "makers.csv")
        row.text("wmi")
        models.append(
            VehicleModel(
                code=code,
                maker=maker,
                name=row.words("name"),
                power_train=row.one_of("power_train", POWER_TRAINS),
                wmi=row.references("wmi", makers[maker], "makers.csv"),
                engine=_engine(row),
                body=row.one_of("body", BODIES),
            )
        )
    return tuple(models)


def _engine(row: Row) -> str:
    """The engine's code or size; a car without a combustion engine has none."""
    if row.cell("power_train") != "battery":
        return row.text("engine")
    if row.cell("engine"):
        raise row.broken("engine", "cell_must_be_empty", found=row.cell("engine"))
    return ""
