"""The starter catalogue in a new shop: complete, findable, and read by the rules as the files say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from db.catalogue_files import read_catalogue
from db.commands.catalogue_load import load_starter
from db.engine import reading, writing
from db.models import CatalogueEntry, InspectionPoint, Insurer, LabourOperation, Package, Part, ScheduleItem
from db.queries.catalogue import entries, find_items
from db.rules.inspection import limits_for, verdict_of
from db.rules.record_words import Verdict
from desktop_app.resource import resource

if TYPE_CHECKING:
    from sqlalchemy import Engine


def test_the_starter_catalogue_is_loaded_whole_and_found_by_pinyin(engine: Engine) -> None:
    catalogue = read_catalogue(resource("catalogue"))
    with writing(engine) as session:
        load_starter(session, catalogue)
    with reading(engine) as session:
        for model, least in ((LabourOperation, 60), (Part, 80), (Package, 15), (InspectionPoint, 60), (Insurer, 15)):
            assert session.execute(select(func.count()).select_from(model)).scalar_one() >= least
        trains = set(session.execute(select(ScheduleItem.power_train)).scalars())
        assert trains == {"petrol", "diesel", "hybrid", "plug_in_hybrid", "battery"}
        for typed in ("lthw", "轮胎换位", "輪胎換位", "luntaihuan", "G20"):
            assert "G20" in [item.code for item in find_items(session, typed, limit=40)], typed
        assert [entry.code for entry in entries(session, "cancel_reason")][:2] == ["customer_left", "price"]
        assert session.execute(select(func.count()).select_from(CatalogueEntry).where(CatalogueEntry.subject == "claim_stage")).scalar_one() == 19


def test_limits_are_read_as_the_files_say(engine: Engine) -> None:
    with writing(engine) as session:
        load_starter(session, read_catalogue(resource("catalogue")))
    with reading(engine) as session:
        pads = session.execute(select(InspectionPoint).where(InspectionPoint.code == "B01")).scalar_one()
        limits = limits_for(pads.limits, "petrol")
        assert limits is not None
        assert [verdict_of(value, limits) for value in (5001, 5000, 3001, 3000)] == [Verdict.OK, Verdict.WATCH, Verdict.WATCH, Verdict.REPLACE]
        assert pads.is_safety
