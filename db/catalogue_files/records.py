"""The starter catalogue as plain values: what the files under `resources/catalogue/` say, checked and joined.

Money is whole fen with tax, quantities and hours whole thousandths, tax rates basis points, distances km, measured limits whole
thousandths of the point's unit.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One text in the three languages; none of them is empty."""

    zh_TW: str
    zh_CN: str
    en: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of parts, quantities and measured values; its name is what stands behind the figure."""

    code: str
    name: Words


@dataclass(frozen=True, slots=True)
class Skill:
    """What a technician must be able to do, and the kind of bay in which it is mostly done."""

    code: str
    name: Words
    bay_kind: str


@dataclass(frozen=True, slots=True)
class Bay:
    """A place of work that a new shop starts with."""

    code: str
    name: Words
    kind: str


@dataclass(frozen=True, slots=True)
class LabourRate:
    """An hourly rate class: fen for one hour of labour."""

    code: str
    name: Words
    price: int


@dataclass(frozen=True, slots=True)
class WorkClass:
    """A class of repair with the quality guarantee that the law asks for at least: whichever of days and km is reached first."""

    code: str
    name: Words
    guarantee_days: int
    guarantee_km: int


@dataclass(frozen=True, slots=True)
class LabourOperation:
    """A labour operation. `hours` in thousandths; `panels`, for paint, in thousandths of a standard panel, else None."""

    code: str
    name: Words
    hours: int
    skill: str
    work_class: str
    rate_class: str
    panels: int | None
    power_trains: tuple[str, ...]
    find_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """A part or consumable (`kind`). A guarantee of its own in days and km, or None where the work's class decides."""

    kind: str
    code: str
    name: Words
    unit: str
    price: int
    cost: int
    origin: str
    guarantee_days: int | None
    guarantee_km: int | None
    tax_basis_points: int
    operations: tuple[str, ...]
    power_trains: tuple[str, ...]
    find_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DueRule:
    """When a package is offered.

    `kind`: `schedule` (with `item`), `interval` (`km`, `months` or both), `measured` (`point`), `first_service`,
    `season` (`from_month` to `to_month`), `lapsed` (`months` without a visit) or `none` (on request).
    """

    kind: str
    item: str
    point: str
    km: int | None
    months: int | None
    from_month: int | None
    to_month: int | None


@dataclass(frozen=True, slots=True)
class PackageLine:
    """One line of a package: `kind` operation, part or consumable; for an operation `quantity` counts how often it is done."""

    kind: str
    code: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Package:
    """A bundle of lines at one price, and who mostly pays it."""

    code: str
    name: Words
    price: int
    payer: str
    power_trains: tuple[str, ...]
    due: DueRule
    lines: tuple[PackageLine, ...]
    find_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecommendationWords:
    """What is said to the customer at one verdict (`watch`, `replace`, or `due` by the schedule).

    `seen` may hold the places {point}, {value}, {limit}: the point's name, and with their unit the measured value and the end of
    the watch range on the side where the value lies, beyond which it is replace.
    """

    verdict: str
    urgency: str
    seen: Words


@dataclass(frozen=True, slots=True)
class RecommendationItem:
    """Something that is recommended. `proposes` are codes of operations and packages; `safety` items need a signature when declined."""

    code: str
    name: Words
    safety: bool
    proposes: tuple[str, ...]
    if_left: Words
    words: tuple[RecommendationWords, ...]


@dataclass(frozen=True, slots=True)
class InspectionGroup:
    """A group of inspection points, in the order of the walk."""

    code: str
    name: Words
    position: int


@dataclass(frozen=True, slots=True)
class InspectionLimit:
    """The limits of one point for some power trains, in thousandths of its unit.

    Within `ok_low`…`ok_high` the verdict is ok, else within `watch_low`…`watch_high` watch, else replace; a side that is None is
    open. A limit itself still counts as the better verdict, unless `ok_excludes_limit` or `watch_excludes_limit` says that the value
    must be better than it.
    """

    power_trains: tuple[str, ...]
    ok_low: int | None
    ok_high: int | None
    watch_low: int | None
    watch_high: int | None
    ok_excludes_limit: bool
    watch_excludes_limit: bool


@dataclass(frozen=True, slots=True)
class InspectionPoint:
    """A point of the inspection. `direction`: `higher` is better, `lower` is better, `band`, or `look` (no figure decides)."""

    code: str
    group: str
    name: Words
    position: int
    method: str
    unit: str
    per_wheel: bool
    direction: str
    power_trains: tuple[str, ...]
    limits: tuple[InspectionLimit, ...]
    ok: Words | None
    watch: Words | None
    replace: Words | None
    recommendation: str


@dataclass(frozen=True, slots=True)
class MaintenanceItem:
    """Something that a maintenance schedule asks for, and the recommendation that it leads to."""

    code: str
    name: Words
    recommendation: str


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One item of one power train's schedule: every `km` or `months`, whichever comes first.

    `does` is the code of an operation or package. Of items that exclude each other (oil grades, plug materials, gearboxes) only
    those `by_default` count while nothing more is known of the car.
    """

    power_train: str
    item: str
    action: str
    km: int | None
    months: int | None
    does: str
    by_default: bool


@dataclass(frozen=True, slots=True)
class FirstServiceWindow:
    """The first service of one power train: due ± tolerance. `makers` names those for whom it holds; empty means all others."""

    power_train: str
    makers: tuple[str, ...]
    km: int
    months: int
    tolerance_km: int
    tolerance_days: int
    package: str


@dataclass(frozen=True, slots=True)
class Insurer:
    """An insurance company. `sure`: `checked`, `practice`, or `guess` (code or number must be checked before it is used)."""

    code: str
    name: Words
    short: Words
    phone: str
    sure: str


@dataclass(frozen=True, slots=True)
class BySeverity:
    """A figure for light, medium and heavy accidents."""

    light: int
    medium: int
    heavy: int


@dataclass(frozen=True, slots=True)
class ClaimStage:
    """A stage of a claim. `minutes` are working minutes unless `round_the_clock`; 0 where the stage is not needed.

    `roles` are the staff who may sign it; `with_party` is who outside the shop it also depends on (insurer, customer, supplier or
    empty); `after` are the stages that must be done, or marked not needed, before it.
    """

    code: str
    name: Words
    position: int
    roles: tuple[str, ...]
    with_party: str
    minutes: BySeverity
    round_the_clock: bool
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimKind:
    """A kind of case, by which the papers are asked for."""

    code: str
    name: Words


@dataclass(frozen=True, slots=True)
class PaperNeed:
    """Whether a kind of case needs a paper: `needed`, `sometimes`, `no`; `whose` is own, both, originals or empty."""

    kind: str
    need: str
    whose: str


@dataclass(frozen=True, slots=True)
class ClaimPaper:
    """A paper that an insurer asks for."""

    code: str
    name: Words
    needs: tuple[PaperNeed, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One entry of a list of reasons. `falls_to`, for overrun claim stages: shop, insurer, customer, supplier, nobody; else empty."""

    list: str
    code: str
    name: Words
    falls_to: str


@dataclass(frozen=True, slots=True)
class Belonging:
    """Something that stays in the car; `counted` ones are asked for with a number."""

    code: str
    name: Words
    counted: bool


@dataclass(frozen=True, slots=True)
class DamageKind:
    """A kind of damage on the drawing and the key that marks it; `sized` ones are asked for with centimetres."""

    code: str
    key: str
    name: Words
    sized: bool


@dataclass(frozen=True, slots=True)
class ComplaintChip:
    """A complaint as customers word it, and the diagnosis operation that it proposes."""

    code: str
    name: Words
    operation: str
    find_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Maker:
    """A maker of vehicles and the world maker identifiers that its VINs begin with."""

    code: str
    name: Words
    wmi: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VehicleModel:
    """A model as it is sold with one power train; `wmi` are those of its maker that it is built under."""

    code: str
    maker: str
    name: Words
    power_train: str
    wmi: tuple[str, ...]
    engine: str
    body: str


@dataclass(frozen=True, slots=True)
class StarterCatalogue:
    """Everything that a new shop starts with."""

    units: tuple[Unit, ...]
    skills: tuple[Skill, ...]
    bays: tuple[Bay, ...]
    labour_rates: tuple[LabourRate, ...]
    work_classes: tuple[WorkClass, ...]
    labour_operations: tuple[LabourOperation, ...]
    parts: tuple[Material, ...]
    consumables: tuple[Material, ...]
    packages: tuple[Package, ...]
    recommendation_items: tuple[RecommendationItem, ...]
    inspection_groups: tuple[InspectionGroup, ...]
    inspection_points: tuple[InspectionPoint, ...]
    maintenance_items: tuple[MaintenanceItem, ...]
    maintenance_schedules: tuple[ScheduleRow, ...]
    first_service_windows: tuple[FirstServiceWindow, ...]
    insurers: tuple[Insurer, ...]
    claim_stages: tuple[ClaimStage, ...]
    claim_kinds: tuple[ClaimKind, ...]
    claim_papers: tuple[ClaimPaper, ...]
    reasons: tuple[Reason, ...]
    belongings: tuple[Belonging, ...]
    damage_kinds: tuple[DamageKind, ...]
    complaint_chips: tuple[ComplaintChip, ...]
    makers: tuple[Maker, ...]
    vehicle_models: tuple[VehicleModel, ...]
