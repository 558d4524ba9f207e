"""The starter catalogue that comes with the program: complete, in three languages, and plausible."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from db.catalogue_files import StarterCatalogue, read_catalogue
from desktop_app.resource import resource

POWER_TRAINS = {"petrol", "diesel", "hybrid", "plug_in_hybrid", "battery"}


@cache
def starter() -> StarterCatalogue:
    return read_catalogue(resource("catalogue"))


@pytest.mark.parametrize(
    ("least", "what"),
    [(60, "labour_operations"), (15, "packages"), (60, "inspection_points"), (15, "insurers"), (60, "vehicle_models"), (20, "complaint_chips"), (15, "belongings")],
)
def test_it_is_large_enough(least: int, what: str) -> None:
    assert len(getattr(starter(), what)) >= least


def test_it_has_eighty_parts_and_consumables() -> None:
    assert len(starter().parts) >= 60
    assert len(starter().parts) + len(starter().consumables) >= 80


def test_all_points_of_the_trade_list_are_there() -> None:
    by_group = Counter(point.group for point in starter().inspection_points)
    assert by_group == {"L": 18, "I": 13, "E": 15, "U": 10, "B": 8, "T": 7, "H": 10}


def test_each_power_train_has_a_schedule_and_a_first_service() -> None:
    assert {row.power_train for row in starter().maintenance_schedules} == POWER_TRAINS
    assert {window.power_train for window in starter().first_service_windows if not window.makers} == POWER_TRAINS


def test_the_claim_has_its_nineteen_stages_in_order() -> None:
    assert [stage.code for stage in starter().claim_stages] == ["report", "survey", "tow", "intake", "loss_assessment", "dismantling", "supplement", "price_approval", "authorisation", "parts", "sheet_metal", "paint", "assembly", "quality_check", "wash", "delivery", "papers", "submission", "payment"]
