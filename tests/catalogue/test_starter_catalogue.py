"""The starter catalogue that comes with the program: complete, in three languages, and plausible."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import time
from collections import Counter
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING

import pytest
from opencc import OpenCC

from db.catalogue_files import StarterCatalogue, read_catalogue
from db.catalogue_files.records import Words
from db.rules import vin
from db.rules.guarantee import WorkClass, least_term
from db.rules.inspection import limits_for, verdict_of
from db.rules.order_life import LineKind, PartOrigin, Payer
from db.rules.record_words import BayKind, ClaimKind, PowerTrain, Urgency, Verdict
from db.rules.rights import Role
from desktop_app.resource import resource

if TYPE_CHECKING:
    from collections.abc import Iterator

POWER_TRAINS = {"petrol", "diesel", "hybrid", "plug_in_hybrid", "battery"}


@cache
def starter() -> StarterCatalogue:
    return read_catalogue(resource("catalogue"))


@pytest.mark.parametrize(
    ("least", "what"),
    [
        (60, "labour_operations"),
        (15, "packages"),
        (60, "inspection_points"),
        (15, "insurers"),
        (60, "vehicle_models"),
        (20, "complaint_chips"),
        (15, "belongings"),
        (60, "reasons"),
    ],
)
def test_it_is_large_enough(least: int, what: str) -> None:
    assert len(getattr(starter(), what)) >= least


def test_it_has_eighty_parts_and_consumables() -> None:
    assert len(starter().parts) + len(starter().consumables) >= 80


def test_all_points_of_the_trade_list_are_there() -> None:
    by_group = Counter(point.group for point in starter().inspection_points)
    assert by_group == {"L": 18, "I": 13, "E": 15, "U": 10, "B": 8, "T": 7, "H": 10}


@pytest.mark.parametrize(
    ("code", "hours"),
    [("G01", 500), ("M01", 800), ("M02", 900), ("M02E", 1100), ("M24", 30_000), ("S07H", 16_000), ("S05", 14_000), ("E13", 1000), ("P-FULL", 35_000)],
)
def test_operations_have_the_hours_of_the_trade_table(code: str, hours: int) -> None:
    assert {operation.code: operation.hours for operation in starter().labour_operations}[code] == hours


def test_each_power_train_has_a_schedule_and_a_first_service() -> None:
    assert {row.power_train for row in starter().maintenance_schedules} == POWER_TRAINS
    assert {window.power_train for window in starter().first_service_windows if not window.makers} == POWER_TRAINS


def test_a_battery_car_has_nothing_of_an_engine_in_its_schedule() -> None:
    operations = {operation.code: operation for operation in starter().labour_operations}
    for row in starter().maintenance_schedules:
        if row.does in operations:
            assert row.power_train in operations[row.does].power_trains, row


def test_a_schedule_names_an_item_and_act_once_by_default() -> None:
    choices = [("OIL", "OIL-SEMI", "OIL-MIN"), ("PLUG-NI", "PLUG-PT", "PLUG-IR"), ("ATF", "CVTF", "DCTF", "MTF"), ("COOL", "COOL-LL")]
    for power_train in POWER_TRAINS:
        assumed = {row.item for row in starter().maintenance_schedules if row.power_train == power_train and row.by_default}
        for choice in choices:
            assert len(assumed.intersection(choice)) <= 1


def test_the_claim_has_its_nineteen_stages_in_order() -> None:
    assert [stage.code for stage in starter().claim_stages] == [
        *("report", "survey", "tow", "intake", "loss_assessment", "dismantling", "supplement", "price_approval", "authorisation", "parts"),
        *("sheet_metal", "paint", "assembly", "quality_check", "wash", "delivery", "papers", "submission", "payment"),
    ]
    assert {stage.code for stage in starter().claim_stages if stage.round_the_clock} == {"report", "tow"}


@pytest.mark.parametrize(
    ("code", "light", "medium", "heavy"),
    [
        ("report", 15, 15, 15),
        ("tow", 0, 120, 180),
        ("loss_assessment", 60, 240, 960),
        ("parts", 240, 960, 4800),
        ("paint", 480, 960, 1920),
        ("payment", 3360, 7200, 14_400),
    ],
)
def test_stages_take_the_upper_value_of_a_span_in_working_minutes(code: str, light: int, medium: int, heavy: int) -> None:
    minutes = {stage.code: stage.minutes for stage in starter().claim_stages}[code]
    assert (minutes.light, minutes.medium, minutes.heavy) == (light, medium, heavy)


VERDICTS = [
    ("B01", "petrol", {5001: "ok", 5000: "watch", 3001: "watch", 3000: "replace"}),
    ("B02", "petrol", {4001: "ok", 4000: "watch", 3000: "replace", 2800: "replace"}),
    ("B03", "petrol", {2501: "ok", 2500: "watch", 1500: "replace"}),
    ("B04", "diesel", {1000: "ok", 999: "watch", 0: "watch", -1: "replace"}),
    ("B06", "petrol", {15: "ok", 16: "watch", 20: "watch", 21: "replace"}),
    ("T01", "battery", {3001: "ok", 3000: "watch", 1600: "watch", 1599: "replace"}),
    ("T03", "petrol", {4999: "ok", 5000: "watch", 5999: "watch", 6000: "replace"}),
    ("T05", "petrol", {1000: "ok", 2000: "watch", 2001: "replace"}),
    ("T02", "petrol", {240_000: "ok", 210_000: "watch", 190_000: "replace", 285_000: "replace"}),
    ("T02", "battery", {270_000: "ok", 285_000: "ok", 230_000: "watch", 330_000: "replace"}),
    ("L12", "petrol", {12_500: "ok", 12_490: "watch", 12_200: "watch", 12_190: "replace"}),
    ("L13", "battery", {80_000: "ok", 79_000: "watch", 59_000: "replace"}),
    ("L15", "petrol", {13_500: "ok", 14_800: "ok", 13_400: "watch", 12_900: "replace", 15_100: "replace"}),
    ("L18", "petrol", {0: "ok", 1000: "watch"}),
    ("E03", "petrol", {-36_000: "ok", -32_000: "watch", -28_000: "replace", -18_000: "replace"}),
    ("E05", "hybrid", {1400: "ok", 1500: "watch", 3000: "watch", 3100: "replace"}),
    ("E13", "petrol", {1100: "ok", 1200: "watch", 1250: "replace"}),
    ("I03", "petrol", {10_000: "ok", 14_000: "watch", 14_500: "replace"}),
    ("I08", "petrol", {7000: "ok", 9000: "watch", 10_000: "replace"}),
    ("H01", "battery", {20_000: "ok", 1000: "watch", 900: "replace", 200: "replace"}),
    ("H02", "battery", {85_000: "ok", 75_000: "watch", 74_000: "replace"}),
    ("H09", "plug_in_hybrid", {100: "ok", 101: "replace"}),
]


@pytest.mark.parametrize(("code", "power_train", "expected"), VERDICTS)
def test_limits_give_the_verdicts_of_the_trade_table(code: str, power_train: str, expected: dict[int, str]) -> None:
    point = next(point for point in starter().inspection_points if point.code == code)
    ends = ("ok_low", "ok_high", "watch_low", "watch_high", "ok_excludes_limit", "watch_excludes_limit")
    by_train = {train: {end: getattr(limit, end) for end in ends} for limit in point.limits for train in limit.power_trains}
    limits = limits_for(by_train, power_train)
    assert limits is not None
    assert {value: verdict_of(value, limits).value for value in expected} == expected


def test_points_without_the_thing_are_not_asked_for() -> None:
    points = {point.code: point for point in starter().inspection_points}
    assert "battery" not in points["E01"].power_trains
    assert set(points["H02"].power_trains) == {"hybrid", "plug_in_hybrid", "battery"}
    assert "battery" in points["L12"].power_trains


def test_words_of_the_records_are_the_words_of_the_files() -> None:
    catalogue = starter()
    assert set(PowerTrain) == POWER_TRAINS
    assert {operation.work_class for operation in catalogue.labour_operations} <= set(WorkClass)
    assert {material.origin for material in (*catalogue.parts, *catalogue.consumables)} <= set(PartOrigin)
    assert {material.kind for material in catalogue.parts} == {LineKind.PART}
    assert {material.kind for material in catalogue.consumables} == {LineKind.CONSUMABLE}
    assert {package.payer for package in catalogue.packages} <= set(Payer)
    assert {bay.kind for bay in catalogue.bays} == set(BayKind)
    assert {kind.code for kind in catalogue.claim_kinds} == set(ClaimKind)
    assert {role for stage in catalogue.claim_stages for role in stage.roles} <= set(Role)
    words = [entry for item in catalogue.recommendation_items for entry in item.words]
    assert {entry.urgency for entry in words} <= set(Urgency)
    assert {entry.verdict for entry in words} - {"due"} == {Verdict.WATCH, Verdict.REPLACE}


def test_guarantees_by_class_are_those_of_the_law() -> None:
    for work in starter().work_classes:
        least = least_term(WorkClass(work.code))
        assert (work.guarantee_days, work.guarantee_km) == (least.days, least.kilometres)


def test_prices_are_plausible() -> None:
    catalogue = starter()
    assert all(10_000 <= rate.price <= 20_000 for rate in catalogue.labour_rates)
    assert all(0 < material.cost < material.price for material in (*catalogue.parts, *catalogue.consumables))


def test_a_package_costs_at_most_its_lines() -> None:
    catalogue = starter()
    rates = {rate.code: rate.price for rate in catalogue.labour_rates}
    prices = {operation.code: operation.hours * rates[operation.rate_class] for operation in catalogue.labour_operations}
    prices |= {material.code: material.price * 1000 for material in (*catalogue.parts, *catalogue.consumables)}
    for package in catalogue.packages:
        lines = sum(prices[line.code] * line.quantity for line in package.lines) // 1_000_000
        assert package.price <= lines
        assert package.price >= lines // 2 or package.price == 0
        assert package.payer != "warranty" or package.price == lines


def test_a_package_fits_every_power_train_that_it_is_sold_for() -> None:
    catalogue = starter()
    fits = {item.code: item.power_trains for item in (*catalogue.labour_operations, *catalogue.parts, *catalogue.consumables)}
    for package in catalogue.packages:
        for line in package.lines:
            assert set(package.power_trains) <= set(fits[line.code]), (package.code, line.code)


def every_text() -> Iterator[Words]:
    def walk(value: object) -> Iterator[Words]:
        if isinstance(value, Words):
            yield value
        elif isinstance(value, tuple):
            for part in value:
                yield from walk(part)
        elif is_dataclass(value):
            for field in fields(value):
                yield from walk(getattr(value, field.name))

    return walk(starter())


def test_each_language_is_written_in_its_own_script() -> None:
    to_simplified, to_traditional = OpenCC("t2s"), OpenCC("s2t")
    both_scripts = set("里霉吃岳")
    for words in every_text():
        assert to_simplified.convert(words.zh_CN) == words.zh_CN, words
        simplified = [sign for sign in words.zh_TW if to_traditional.convert(sign) != sign and to_simplified.convert(sign) == sign]
        assert set(simplified) <= both_scripts, words
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in words.en), words


def test_chinese_punctuation_is_full_width() -> None:
    for words in every_text():
        for text in (words.zh_TW, words.zh_CN):
            assert not re.search(r"[\u4e00-\u9fff}][;:()?!,]|[;:()?!,][\u4e00-\u9fff{]", text), text
        assert not set(words.zh_CN) & set("「」"), words
        assert not set(words.en) & set("，。：；（）「」"), words


def test_every_model_of_a_maker_can_be_told_by_its_identifier() -> None:
    makers = {identifier: maker.code for maker in starter().makers for identifier in maker.wmi}
    for model in starter().vehicle_models:
        assert {makers[identifier] for identifier in model.wmi} == {model.maker}
    assert {model.power_train for model in starter().vehicle_models} == POWER_TRAINS
    assert {model.body for model in starter().vehicle_models} == {"sedan", "suv"}


def test_every_identifier_is_one_that_a_vin_is_recognised_by() -> None:
    assert all(vin.maker(f"{identifier}00000000000000") is not None for maker in starter().makers for identifier in maker.wmi)


def test_damage_is_marked_by_the_keys_of_the_drawing() -> None:
    assert {damage.code: damage.key for damage in starter().damage_kinds} == {"scratch": "G", "dent": "A", "crack": "L", "chip": "D", "missing": "Q"}


def test_what_is_guessed_about_insurers_is_marked() -> None:
    sure = {insurer.code: insurer.sure for insurer in starter().insurers}
    assert (sure["PICC"], sure["PAIC"], sure["ZAIC"], sure["TAIC"]) == ("checked", "practice", "guess", "guess")


def test_files_are_plain_text_with_unix_line_ends() -> None:
    for path in resource("catalogue").iterdir():
        data = path.read_bytes()
        assert b"\r" not in data
        assert data.endswith(b"\n")
        if path.suffix == ".csv":
            with path.open(encoding="utf-8", newline="") as file:
                assert len({len(row) for row in csv.reader(file)}) == 1


def test_reading_takes_less_than_sixty_milliseconds() -> None:
    times = []
    for _ in range(5):
        start = time.process_time()
        read_catalogue(resource("catalogue"))
        times.append(time.process_time() - start)
    assert min(times) < 0.06


def test_records_and_commands_start_without_it() -> None:
    script = (
        "import importlib, pkgutil, sys, db\n"
        "for layer in ('rules', 'models', 'queries', 'commands'):\n"
        "    package = importlib.import_module('db.' + layer)\n"
        "    for module in pkgutil.iter_modules(package.__path__):\n"
        "        importlib.import_module(package.__name__ + '.' + module.name)\n"
        "print([name for name in sys.modules if name.startswith('db.catalogue_files')])\n"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=resource("catalogue").parents[1])
    assert found.stdout.strip() == "[]"
