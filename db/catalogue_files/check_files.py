"""What is recommended and why, the inspection points with their limits, the maintenance schedules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.catalogue_files.records import (
    FirstServiceWindow,
    InspectionGroup,
    InspectionLimit,
    InspectionPoint,
    MaintenanceItem,
    RecommendationItem,
    RecommendationWords,
    ScheduleRow,
)
from db.catalogue_files.table import Table
from db.catalogue_files.workshop_files import POWER_TRAINS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from db.catalogue_files.table import Row

GROUPS = ("L", "I", "E", "U", "B", "T", "H")
METHODS = ("see", "measure", "tool", "function", "listen")
DIRECTIONS = ("higher", "lower", "band", "look")
VERDICTS = ("watch", "replace", "due")
URGENCIES = ("now", "soon", "watch")
ACTIONS = ("replace", "inspect")
PLACES = ("point", "value", "limit")

_NAMES = ("name_zh_TW", "name_zh_CN", "name_en")
_LOWEST_LIMIT = -(10**9)


def read_recommendation_items(folder: Path, operations: Collection[str]) -> tuple[RecommendationItem, ...]:
    """recommendation_items.csv with recommendation_words.csv; each item has words for one verdict at least."""
    if_left = ("if_left_zh_TW", "if_left_zh_CN", "if_left_en")
    table = Table(folder, "recommendation_items.csv", ("code", *_NAMES, "safety", "operations", *if_left))
    rows: dict[str, Row] = {}
    for code, row in table.by_word():
        rows[code] = row
    words = _read_recommendation_words(folder, rows)
    items = []
    for code, row in rows.items():
        if code not in words:
            raise row.broken("code", "words_missing", code=code, in_file="recommendation_words.csv")
        items.append(
            RecommendationItem(
                code=code,
                name=row.words("name"),
                safety=row.flag("safety"),
                proposes=row.references("operations", operations, "labour_operations.csv"),
                if_left=row.words("if_left"),
                words=words[code],
            )
        )
    return tuple(items)


def _read_recommendation_words(folder: Path, items: Collection[str]) -> Mapping[str, tuple[RecommendationWords, ...]]:
    table = Table(folder, "recommendation_words.csv", ("item", "verdict", "urgency", "seen_zh_TW", "seen_zh_CN", "seen_en"))
    words: dict[str, tuple[RecommendationWords, ...]] = {}
    for row in table:
        item = row.reference("item", items, "recommendation_items.csv")
        verdict = row.one_of("verdict", VERDICTS)
        table.only_once(row, "verdict", item, verdict)
        seen = row.sentence("seen", () if verdict == "due" else PLACES)
        words[item] = (*words.get(item, ()), RecommendationWords(verdict, row.one_of("urgency", URGENCIES), seen))
    return words


def read_inspection_groups(folder: Path) -> tuple[InspectionGroup, ...]:
    table = Table(folder, "inspection_groups.csv", ("code", *_NAMES, "position"))
    groups = []
    for row in table:
        table.only_once(row, "code", code := row.one_of("code", GROUPS))
        table.only_once(row, "position", position := row.whole("position", 1))
        groups.append(InspectionGroup(code, row.words("name"), position))
    return tuple(groups)


def read_inspection_points(
    folder: Path, groups: Collection[str], units: Collection[str], recommendations: Mapping[str, RecommendationItem]
) -> tuple[InspectionPoint, ...]:
    """inspection_points.csv with inspection_limits.csv.

    A point's recommendation must have words for what the point can find, and name a value only where every point measures one.
    """
    texts = tuple(f"{verdict}_{language}" for verdict in ("ok", "watch", "replace") for language in ("zh_TW", "zh_CN", "en"))
    columns = ("code", "group", *_NAMES, "position", "method", "unit", "per_wheel", "direction", "power_trains", *texts, "recommendation")
    table = Table(folder, "inspection_points.csv", columns)
    rows: dict[str, Row] = {}
    for code, row in table.by_code():
        table.only_once(row, "position", row.whole("position", 1))
        row.one_of("direction", DIRECTIONS)
        row.some_of("power_trains", POWER_TRAINS)
        rows[code] = row
    limits = _read_limits(folder, rows)
    points = []
    for code, row in rows.items():
        direction = row.cell("direction")
        power_trains = row.some_of("power_trains", POWER_TRAINS)
        recommendation = row.reference("recommendation", recommendations, "recommendation_items.csv")
        own = limits.get(code, ())
        words = recommendations[recommendation].words
        if not {found.verdict for found in words} >= {"watch", "replace"}:
            raise row.broken("recommendation", "words_missing", code=recommendation, in_file="recommendation_words.csv")
        if direction == "look":
            if any("{value}" in found.seen.en or "{limit}" in found.seen.en for found in words):
                raise row.broken("recommendation", "words_name_a_value", found=recommendation)
            for verdict in ("ok", "replace"):
                row.words(verdict)
        else:
            for power_train in power_trains:
                if sum(power_train in limit.power_trains for limit in own) != 1:
                    raise row.broken("power_trains", "limits_missing", code=code, power_train=power_train, in_file="inspection_limits.csv")
            row.text("unit")
        points.append(
            InspectionPoint(
                code=code,
                group=row.reference("group", groups, "inspection_groups.csv"),
                name=row.words("name"),
                position=row.whole("position", 1),
                method=row.one_of("method", METHODS),
                unit=row.optional_reference("unit", units, "units.csv"),
                per_wheel=row.flag("per_wheel"),
                direction=direction,
                power_trains=power_trains,
                limits=own,
                ok=row.optional_words("ok"),
                watch=row.optional_words("watch"),
                replace=row.optional_words("replace"),
                recommendation=recommendation,
            )
        )
    return tuple(points)


def _read_limits(folder: Path, points: Mapping[str, Row]) -> Mapping[str, tuple[InspectionLimit, ...]]:
    columns = ("point", "power_trains", "ok_low", "ok_high", "watch_low", "watch_high", "ok_excludes_limit", "watch_excludes_limit")
    table = Table(folder, "inspection_limits.csv", columns)
    limits: dict[str, tuple[InspectionLimit, ...]] = {}
    for row in table:
        point = row.reference("point", points, "inspection_points.csv")
        direction = points[point].cell("direction")
        power_trains = row.some_of("power_trains", POWER_TRAINS)
        own_trains = points[point].cell("power_trains").split()
        for power_train in power_trains:
            if power_train not in own_trains:
                raise row.broken("power_trains", "power_train_not_checked", found=power_train, point=point)
            table.only_once(row, "power_trains", point, power_train)
        limits[point] = (*limits.get(point, ()), _limit(row, direction, power_trains))
    return limits


def _limit(row: Row, direction: str, power_trains: tuple[str, ...]) -> InspectionLimit:
    """Both ends that the direction asks for and no other, the watch range never narrower than the good one."""
    wanted = {"higher": ("_low",), "lower": ("_high",), "band": ("_low", "_high")}.get(direction, ())
    for side in ("_low", "_high"):
        for column in ("ok" + side, "watch" + side):
            if row.cell(column) and side not in wanted:
                raise row.broken(column, "cell_must_be_empty", found=row.cell(column))
            if not row.cell(column) and side in wanted:
                raise row.broken(column, "cell_empty")
    limit = InspectionLimit(
        power_trains=power_trains,
        ok_low=row.optional_whole("ok_low", _LOWEST_LIMIT),
        ok_high=row.optional_whole("ok_high", _LOWEST_LIMIT),
        watch_low=row.optional_whole("watch_low", _LOWEST_LIMIT),
        watch_high=row.optional_whole("watch_high", _LOWEST_LIMIT),
        ok_excludes_limit=row.flag("ok_excludes_limit"),
        watch_excludes_limit=row.flag("watch_excludes_limit"),
    )
    if limit.ok_low is not None and limit.watch_low is not None and limit.watch_low > limit.ok_low:
        raise row.broken("watch_low", "limits_crossed")
    if limit.ok_high is not None and limit.watch_high is not None and limit.watch_high < limit.ok_high:
        raise row.broken("watch_high", "limits_crossed")
    if limit.ok_low is not None and limit.ok_high is not None and limit.ok_low > limit.ok_high:
        raise row.broken("ok_high", "limits_crossed")
    return limit


def read_maintenance_items(folder: Path, recommendations: Mapping[str, RecommendationItem]) -> tuple[MaintenanceItem, ...]:
    """maintenance_items.csv: each leads to a recommendation that has words for what falls due."""
    table = Table(folder, "maintenance_items.csv", ("code", *_NAMES, "recommendation"))
    items = []
    for code, row in table.by_code():
        recommendation = row.reference("recommendation", recommendations, "recommendation_items.csv")
        if all(found.verdict != "due" for found in recommendations[recommendation].words):
            raise row.broken("recommendation", "words_missing", code=recommendation, in_file="recommendation_words.csv")
        items.append(MaintenanceItem(code, row.words("name"), recommendation))
    return tuple(items)


def read_maintenance_schedules(folder: Path, items: Collection[str], does: Collection[str]) -> tuple[ScheduleRow, ...]:
    """maintenance_schedules.csv: each power train has one; `does` are the codes of operations and packages."""
    table = Table(folder, "maintenance_schedules.csv", ("power_train", "item", "action", "km", "months", "does", "by_default"))
    schedule = []
    for row in table:
        power_train = row.one_of("power_train", POWER_TRAINS)
        item = row.reference("item", items, "maintenance_items.csv")
        action = row.one_of("action", ACTIONS)
        table.only_once(row, "item", power_train, item, action)
        km, months = row.optional_whole("km", 1), row.optional_whole("months", 1)
        if km is None and months is None:
            raise row.broken("km", "interval_missing")
        reference = row.reference("does", does, "labour_operations.csv, packages.csv")
        schedule.append(ScheduleRow(power_train, item, action, km, months, reference, row.flag("by_default")))
    for power_train in POWER_TRAINS:
        if all(row.power_train != power_train for row in schedule):
            raise table.broken("schedule_missing", power_train=power_train)
    return tuple(schedule)


def read_first_service_windows(folder: Path, makers: Collection[str], packages: Collection[str]) -> tuple[FirstServiceWindow, ...]:
    """first_service_windows.csv: each power train has one row without makers, that holds for all others."""
    columns = ("power_train", "makers", "km", "months", "tolerance_km", "tolerance_days", "package")
    table = Table(folder, "first_service_windows.csv", columns)
    windows = []
    for row in table:
        power_train = row.one_of("power_train", POWER_TRAINS)
        named = row.references("makers", makers, "makers.csv")
        for maker in named or ("",):
            table.only_once(row, "makers", power_train, maker)
        windows.append(
            FirstServiceWindow(
                power_train=power_train,
                makers=named,
                km=row.whole("km", 1),
                months=row.whole("months", 1),
                tolerance_km=row.whole("tolerance_km"),
                tolerance_days=row.whole("tolerance_days"),
                package=row.reference("package", packages, "packages.csv"),
            )
        )
    for power_train in POWER_TRAINS:
        if all(window.power_train != power_train or window.makers for window in windows):
            raise table.broken("schedule_missing", power_train=power_train)
    return tuple(windows)
