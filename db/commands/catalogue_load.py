"""Writes the starter catalogue into the tables of a new shop, with the words under which its entries are found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from db.models import CatalogueEntry, CatalogueKey, InspectionPoint, Insurer, LabourOperation, Package, PackageLine, Part, ScheduleItem
from db.rules.due import first_service_code
from db.rules.found_under import item_keys
from db.rules.order_life import LineKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy.orm import Session

    from db.catalogue_files import StarterCatalogue
    from db.catalogue_files.records import InspectionLimit, Material, ScheduleRow, Words

OPERATION, PART, PACKAGE = "operation", "part", "package"
"""Subjects of `CatalogueKey`; consumables are found as parts."""

INSPECT_SUFFIX = "-I"
"""Ends the code of a schedule item that is only looked at where the same item is also replaced."""

_KINDS = {"operation": LineKind.LABOUR, "part": LineKind.PART, "consumable": LineKind.CONSUMABLE}


def load_starter(session: Session, catalogue: StarterCatalogue) -> None:
    """Write the whole starter catalogue into a store that has none; one history row names the load.

    Units, skills, reasons, belongings, claim stages and the like become `CatalogueEntry` rows: a list of reasons has the subject
    `<list>_reason`, everything else its own name; what needs no column stands in `details`. When a package is offered stands
    under `package_due`, schedule items that only some cars have under `schedule_choice`, of which cars a point is checked under
    `inspection_use`.
    """
    _load_operations_and_parts(session, catalogue)
    _load_packages(session, catalogue)
    _load_points(session, catalogue)
    _load_schedules(session, catalogue)
    session.execute(
        insert(Insurer),
        [
            {
                "code": row.code, **_names(row.name), "short_zh_tw": row.short.zh_TW, "short_zh_cn": row.short.zh_CN, "short_en": row.short.en,
                "phone": row.phone, "needs_checking": row.sure == "guess", "version": 1,
            }
            for row in catalogue.insurers
        ],
    )  # fmt: skip
    entries = list(_entries(catalogue))
    session.execute(insert(CatalogueEntry), entries)
    session.execute(insert(CatalogueKey), list(_keys(catalogue)))
    recorder = session.info.get("recorder")
    if recorder is not None:
        recorder.note("catalogue_entry", "added", None, {"starter_catalogue": [None, counts(catalogue)]})


def counts(catalogue: StarterCatalogue) -> dict[str, int]:
    """How many entries of each kind a catalogue has, for the history."""
    return {
        "labour_operation": len(catalogue.labour_operations),
        "part": len(catalogue.parts) + len(catalogue.consumables),
        "package": len(catalogue.packages),
        "inspection_point": len(catalogue.inspection_points),
        "schedule_item": len(catalogue.maintenance_schedules),
        "insurer": len(catalogue.insurers),
    }


def _names(words: Words) -> dict[str, str]:
    return {"name_zh_tw": words.zh_TW, "name_zh_cn": words.zh_CN, "name_en": words.en}


def _plain(words: Words | None) -> dict[str, str] | None:
    return None if words is None else {"zh_TW": words.zh_TW, "zh_CN": words.zh_CN, "en": words.en}


def _load_operations_and_parts(session: Session, catalogue: StarterCatalogue) -> None:
    prices = {rate.code: rate.price for rate in catalogue.labour_rates}
    session.execute(
        insert(LabourOperation),
        [
            {
                "code": row.code, **_names(row.name), "hours": row.hours, "hourly_price": prices[row.rate_class], "skill": row.skill,
                "work_class": row.work_class, "power_trains": list(row.power_trains), "find_words": " ".join(row.find_words), "version": 1,
            }
            for row in catalogue.labour_operations
        ],
    )  # fmt: skip
    session.execute(insert(Part), [_part(row) for row in (*catalogue.parts, *catalogue.consumables)])


def _part(row: Material) -> dict[str, Any]:
    return {
        "code": row.code, **_names(row.name), "kind": _KINDS[row.kind], "unit": row.unit, "price": row.price, "cost": row.cost, "origin": row.origin,
        "guarantee_days": row.guarantee_days, "guarantee_km": row.guarantee_km, "tax_basis_points": row.tax_basis_points,
        "operation_codes": list(row.operations), "find_words": " ".join(row.find_words), "version": 1,
    }  # fmt: skip


def _load_packages(session: Session, catalogue: StarterCatalogue) -> None:
    lines = []
    for package_id, row in enumerate(catalogue.packages, 1):
        session.execute(
            insert(Package).values(
                id=package_id, code=row.code, **_names(row.name), price=row.price, payer=row.payer, power_trains=list(row.power_trains),
                find_words=" ".join(row.find_words), version=1,
            )
        )  # fmt: skip
        lines += [
            {"package_id": package_id, "position": position, "kind": _KINDS[line.kind], "item_code": line.code, "quantity": line.quantity}
            for position, line in enumerate(row.lines)
        ]
    session.execute(insert(PackageLine), lines)


def stored_limits(limits: Iterable[InspectionLimit]) -> dict[str, Any]:
    """A point's limits as `db.rules.inspection` reads them, by power train; empty for a point that no figure decides."""
    return {
        power_train: {
            "ok_low": limit.ok_low, "ok_high": limit.ok_high, "watch_low": limit.watch_low, "watch_high": limit.watch_high,
            "ok_excludes_limit": limit.ok_excludes_limit, "watch_excludes_limit": limit.watch_excludes_limit,
        }
        for limit in limits
        for power_train in limit.power_trains
    }  # fmt: skip


def _load_points(session: Session, catalogue: StarterCatalogue) -> None:
    safety = {item.code for item in catalogue.recommendation_items if item.safety}
    session.execute(
        insert(InspectionPoint),
        [
            {
                "code": row.code, **_names(row.name), "group_code": row.group, "position": row.position, "unit": row.unit, "method": row.method,
                "each_wheel": row.per_wheel, "is_safety": row.recommendation in safety,
                "limits": stored_limits(row.limits),
                "verdict_words": {verdict: _plain(words) for verdict, words in (("ok", row.ok), ("watch", row.watch), ("replace", row.replace)) if words},
                "recommendation_code": row.recommendation, "version": 1,
            }
            for row in catalogue.inspection_points
        ],
    )  # fmt: skip


def _load_schedules(session: Session, catalogue: StarterCatalogue) -> None:
    names = {item.code: item.name for item in catalogue.maintenance_items}
    packages = {package.code: package for package in catalogue.packages}
    rows: list[dict[str, Any]] = []
    for row in catalogue.maintenance_schedules:
        if row.by_default:
            rows.append(
                {
                    "power_train": row.power_train, "code": schedule_code(catalogue, row), **_names(names[row.item]), "action": row.action,
                    "kilometres": row.km, "months": row.months, "item_kind": PACKAGE if row.does in packages else OPERATION, "item_code": row.does,
                    "is_first_service": False, "tolerance_kilometres": None, "tolerance_days": None, "version": 1,
                }
            )  # fmt: skip
    for window in catalogue.first_service_windows:
        for maker in window.makers or ("",):
            rows.append(
                {
                    "power_train": window.power_train, "code": first_service_code(maker),
                    **_names(packages[window.package].name), "action": "replace", "kilometres": window.km, "months": window.months,
                    "item_kind": PACKAGE, "item_code": window.package, "is_first_service": True, "tolerance_kilometres": window.tolerance_km,
                    "tolerance_days": window.tolerance_days, "version": 1,
                }
            )  # fmt: skip
    session.execute(insert(ScheduleItem), rows)


def schedule_code(catalogue: StarterCatalogue, row: ScheduleRow) -> str:
    """The code of a schedule row, unique within its power train."""
    both = any(
        other.item == row.item and other.power_train == row.power_train and other.action != row.action and other.by_default
        for other in catalogue.maintenance_schedules
    )
    return f"{row.item}{INSPECT_SUFFIX}" if both and row.action == "inspect" else row.item


def _entry(subject: str, code: str, position: int, name: Words, **details: Any) -> dict[str, Any]:
    return {"subject": subject, "code": code, "position": position, **_names(name), "details": details, "version": 1}


def _entries(catalogue: StarterCatalogue) -> Iterator[dict[str, Any]]:
    yield from _workshop_entries(catalogue)
    yield from _list_entries(catalogue)
    yield from _claim_entries(catalogue)
    items = {item.code: item.name for item in catalogue.maintenance_items}
    for n, choice in enumerate(row for row in catalogue.maintenance_schedules if not row.by_default):
        yield _entry(
            "schedule_choice", f"{choice.power_train}/{choice.item}/{choice.action}", n, items[choice.item], power_train=choice.power_train,
            item=choice.item, action=choice.action, kilometres=choice.km, months=choice.months, does=choice.does,
        )  # fmt: skip


def _workshop_entries(catalogue: StarterCatalogue) -> Iterator[dict[str, Any]]:
    for n, unit in enumerate(catalogue.units):
        yield _entry("unit", unit.code, n, unit.name)
    for n, skill in enumerate(catalogue.skills):
        yield _entry("skill", skill.code, n, skill.name, bay_kind=skill.bay_kind)
    for n, rate in enumerate(catalogue.labour_rates):
        yield _entry("labour_rate", rate.code, n, rate.name, price=rate.price)
    for n, work in enumerate(catalogue.work_classes):
        yield _entry("work_class", work.code, n, work.name, guarantee_days=work.guarantee_days, guarantee_km=work.guarantee_km)
    for n, package in enumerate(catalogue.packages):
        due = package.due
        yield _entry(
            "package_due", package.code, n, package.name, kind=due.kind, item=due.item, point=due.point, kilometres=due.km, months=due.months,
            from_month=due.from_month, to_month=due.to_month,
        )  # fmt: skip
    for point in catalogue.inspection_points:
        yield _entry("inspection_use", point.code, point.position, point.name, direction=point.direction, power_trains=list(point.power_trains))
    for n, group in enumerate(catalogue.inspection_groups):
        yield _entry("inspection_group", group.code, n, group.name)
    for n, item in enumerate(catalogue.maintenance_items):
        yield _entry("maintenance_item", item.code, n, item.name, recommendation=item.recommendation)
    for n, advice in enumerate(catalogue.recommendation_items):
        words = {entry.verdict: {"urgency": entry.urgency, "seen": _plain(entry.seen)} for entry in advice.words}
        yield _entry(
            "recommendation_item", advice.code, n, advice.name, safety=advice.safety, proposes=list(advice.proposes), if_left=_plain(advice.if_left),
            words=words,
        )  # fmt: skip


def _list_entries(catalogue: StarterCatalogue) -> Iterator[dict[str, Any]]:
    for n, reason in enumerate(catalogue.reasons):
        yield _entry(f"{reason.list}_reason", reason.code, n, reason.name, **({"falls_to": reason.falls_to} if reason.falls_to else {}))
    for n, thing in enumerate(catalogue.belongings):
        yield _entry("belonging", thing.code, n, thing.name, counted=thing.counted)
    for n, damage in enumerate(catalogue.damage_kinds):
        yield _entry("damage_kind", damage.code, n, damage.name, key=damage.key, sized=damage.sized)
    for n, chip in enumerate(catalogue.complaint_chips):
        yield _entry("complaint_chip", chip.code, n, chip.name, operation=chip.operation, find_words=list(chip.find_words))
    for n, maker in enumerate(catalogue.makers):
        yield _entry("maker", maker.code, n, maker.name, wmi=list(maker.wmi))
    for n, model in enumerate(catalogue.vehicle_models):
        yield _entry(
            "vehicle_model", model.code, n, model.name, maker=model.maker, power_train=model.power_train, wmi=list(model.wmi), engine=model.engine,
            body=model.body,
        )  # fmt: skip


def _claim_entries(catalogue: StarterCatalogue) -> Iterator[dict[str, Any]]:
    for stage in catalogue.claim_stages:
        yield _entry(
            "claim_stage", stage.code, stage.position, stage.name, roles=list(stage.roles), with_party=stage.with_party,
            minutes={"light": stage.minutes.light, "medium": stage.minutes.medium, "heavy": stage.minutes.heavy},
            round_the_clock=stage.round_the_clock, after=list(stage.after),
        )  # fmt: skip
    for n, kind in enumerate(catalogue.claim_kinds):
        yield _entry("claim_kind", kind.code, n, kind.name)
    for n, paper in enumerate(catalogue.claim_papers):
        yield _entry("claim_paper", paper.code, n, paper.name, needs={need.kind: {"need": need.need, "whose": need.whose} for need in paper.needs})


def _keys(catalogue: StarterCatalogue) -> Iterator[dict[str, str]]:
    groups = ((OPERATION, catalogue.labour_operations), (PART, (*catalogue.parts, *catalogue.consumables)), (PACKAGE, catalogue.packages))
    for subject, rows in groups:
        for row in rows:
            for key in sorted(item_keys(row.code, (row.name.zh_TW, row.name.zh_CN, row.name.en), " ".join(row.find_words))):
                yield {"key": key, "subject": subject, "code": row.code}
