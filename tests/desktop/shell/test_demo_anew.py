"""An example shop whose day is past is opened as it stands, and made anew where one asks for it: in a file and on a server."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import func, select

from db.engine import reading
from db.models import Vehicle
from db.queries.shop import the_shop
from desktop_app.bootstrap import Program
from desktop_app.place import Request, place_of
from desktop_app.preferences import Preferences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

PAST = dt.date(2026, 11, 20)
MAKING_MS = 60_000


@pytest.fixture
def program(store_url: str, tmp_path: Path, qtbot: QtBot) -> Iterator[Program]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    server = "" if store_url.startswith("sqlite") else store_url
    request = Request(data_dir=tmp_path / "demo 示範", database=server, demo=True, demo_size=30, today=PAST, language="en")
    place = place_of(request)
    program = Program(application, request, place, Preferences(place.preferences_file))
    program.start()
    qtbot.waitUntil(lambda: bool(program.desks) and program.desks[0].session.signed_in, timeout=MAKING_MS)
    program.scanner.enabled = False
    yield program
    for desk in list(program.desks):
        desk.window.ask_before_close = None
        desk.window.close()
    program.stop()


def test_it_is_offered_anew_and_made_for_today(program: Program, qtbot: QtBot) -> None:
    desk = program.desks[0]
    assert desk.session.shop is not None and desk.session.shop.demo_day == PAST
    banner = desk.window.banner
    qtbot.waitUntil(lambda: banner.isVisible() and "2026-11-20" in banner.words.text())
    qtbot.waitUntil(lambda: not program.runner.busy)
    banner.button.setFocus()
    QTest.keyClick(banner.button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: program.engine is not None and desk.session.signed_in and desk.session.shop.demo_day > PAST, timeout=MAKING_MS)
    assert not banner.isVisible()
    with reading(program.engine) as session:  # type: ignore[arg-type]
        assert the_shop(session).demo_day > PAST
        assert session.execute(select(func.count(Vehicle.id))).scalar_one() == 30, "made once, not added to the one before"
