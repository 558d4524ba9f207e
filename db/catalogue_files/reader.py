"""Reads all files of a starter catalogue, each after those whose codes it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.catalogue_files import check_files, list_files, stage_file, workshop_files
from db.catalogue_files.records import StarterCatalogue

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import Protocol

    class _Coded(Protocol):
        @property
        def code(self) -> str: ...


def _codes(records: Iterable[_Coded]) -> dict[str, None]:
    """The codes, quick to look up and still in their order."""
    return dict.fromkeys(record.code for record in records)


def read_catalogue(folder: Path) -> StarterCatalogue:
    """The whole starter catalogue of a folder such as `resources/catalogue`, checked.

    Refuses with `CatalogueFileError` the first thing that is wrong: file, line and reason. Raises
    `Environment("catalogue_file_unreadable")` when the machine can't read a file.
    """
    units = workshop_files.read_units(folder)
    skills = workshop_files.read_skills(folder)
    bays = workshop_files.read_bays(folder)
    rates = workshop_files.read_labour_rates(folder)
    classes = workshop_files.read_work_classes(folder)
    operations = workshop_files.read_labour_operations(folder, _codes(skills), _codes(classes), _codes(rates))
    kinds = {operation.code: "operation" for operation in operations}
    parts = workshop_files.read_materials(folder, "part", _codes(units), _codes(operations), kinds)
    kinds |= {part.code: part.kind for part in parts}
    consumables = workshop_files.read_materials(folder, "consumable", _codes(units), _codes(operations), kinds)
    kinds |= {consumable.code: consumable.kind for consumable in consumables}
    recommendations = {item.code: item for item in check_files.read_recommendation_items(folder, _codes(operations))}
    groups = check_files.read_inspection_groups(folder)
    points = check_files.read_inspection_points(folder, _codes(groups), _codes(units), recommendations)
    items = check_files.read_maintenance_items(folder, recommendations)
    packages = workshop_files.read_packages(folder, kinds, _codes(items), _codes(points))
    makers = list_files.read_makers(folder)
    case_kinds = list_files.read_claim_kinds(folder)
    return StarterCatalogue(
        units=units,
        skills=skills,
        bays=bays,
        labour_rates=rates,
        work_classes=classes,
        labour_operations=operations,
        parts=parts,
        consumables=consumables,
        packages=packages,
        recommendation_items=tuple(recommendations.values()),
        inspection_groups=groups,
        inspection_points=points,
        maintenance_items=items,
        maintenance_schedules=check_files.read_maintenance_schedules(folder, _codes(items), _codes(operations) | _codes(packages)),
        first_service_windows=check_files.read_first_service_windows(folder, _codes(makers), _codes(packages)),
        insurers=list_files.read_insurers(folder),
        claim_stages=stage_file.read_claim_stages(folder),
        claim_kinds=case_kinds,
        claim_papers=list_files.read_claim_papers(folder, tuple(kind.code for kind in case_kinds)),
        reasons=list_files.read_reasons(folder),
        belongings=list_files.read_belongings(folder),
        damage_kinds=list_files.read_damage_kinds(folder),
        complaint_chips=list_files.read_complaint_chips(folder, _codes(operations)),
        makers=makers,
        vehicle_models=list_files.read_vehicle_models(folder, {maker.code: maker.wmi for maker in makers}),
    )
